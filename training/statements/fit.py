"""The training loop: tag heads and linker on one encoder pass, averaged weights, curves as JSON lines."""

from __future__ import annotations

import copy
import json
import random
import time
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Tokenizer
from torch import Tensor
from torch.nn import functional

from onrecord.extract.statements import decode
from onrecord.extract.statements.windows import Encode
from training.statements.data import IGNORED, Article, Example, batches, encoder_of, examples
from training.statements.model import Model


@dataclass(frozen=True)
class Settings:
    """What a run is made of; logged with its curves."""

    epochs: float = 4
    minutes: float | None = None  # a budget of wall time: the rates fall as it runs out
    batch: int = 8
    encoder_rate: float = 2.5e-4
    head_rate: float = 1e-3
    warm_up: float = 0.05
    average: float = 0.995  # of weights, over about 200 steps: labels of one annotator are noisy
    link_weight: float = 1.5
    jitter: float = 0.15  # share of gold cues whose bounds are moved by a piece
    wrong_cues: int = 1  # a window, from the tagger's own guesses, so that the linker learns to refuse
    seed: int = 3
    threads: int = 2


@dataclass(frozen=True)
class Batch:
    """Padded tensors of some windows."""

    ids: Tensor
    types: Tensor
    mask: Tensor
    tags: Tensor
    lengths: Tensor


def collate(group: list[Example]) -> Batch:
    """Pad to the longest, rounded up: oneDNN prepares its kernels anew for each shape it meets."""
    size = -(-max(len(e.window) for e in group) // 32) * 32
    ids, types, mask = (torch.zeros(len(group), size, dtype=torch.long) for _ in range(3))
    tags = torch.full((len(group), size, 3), IGNORED)
    for row, example in enumerate(group):
        n = len(example.window)
        ids[row, :n] = torch.from_numpy(example.window.ids)
        types[row, :n] = torch.from_numpy(example.window.types)
        mask[row, :n] = 1
        tags[row, :n] = torch.from_numpy(example.tags)
    return Batch(ids, types, mask, tags, torch.tensor([len(e.window) for e in group]))


def guesses(scores: Tensor, lengths: Tensor) -> list[list[tuple[int, int]]]:
    """The tagger's own cues, window by window."""
    logs = torch.log_softmax(scores[..., 3:6].detach().float(), -1).numpy()
    logs[..., decode.O] -= 0.8  # lean to more cues than it would pick
    return [decode.runs(decode.best_tags(logs[row, :n])) for row, n in enumerate(lengths.tolist())]


def anchors(
    group: list[Example], found: list[list[tuple[int, int]]], settings: Settings, rng: random.Random
) -> tuple[list[tuple[int, int, int]], list[tuple[int, int] | None]]:
    """Cues to link, and whose tags each is to get: (row, index of the gold cue), or None for a wrong cue."""
    cues: list[tuple[int, int, int]] = []
    whose: list[tuple[int, int] | None] = []
    for row, example in enumerate(group):
        size = len(example.window)
        for index, cue in enumerate(example.cues):
            start, end = cue
            own = [g for g in found[row] if g[0] < end and g[1] > start]
            if own and rng.random() < 0.5:
                start, end = own[0]
            elif rng.random() < settings.jitter:
                start, end = start + rng.choice((-1, 0, 0, 1)), end + rng.choice((-1, 0, 0, 1))
            start = min(max(start, 1), size - 1)
            cues.append((row, start, max(end, start + 1)))
            whose.append((row, index))
        wrong = [g for g in found[row] if not any(g[0] < e and g[1] > s for s, e in example.cues)]
        wrong = [g for g in wrong if example.tags[g[0], decode.CUE] != IGNORED]
        for start, end in rng.sample(wrong, min(len(wrong), settings.wrong_cues)):
            cues.append((row, start, end))
            whose.append(None)
    return cues, whose


def fill(cues: list[tuple[int, int, int]], to: int = 16) -> Tensor:
    """Cues as a tensor, filled with copies of the first to a round number; the copies have no targets."""
    return torch.tensor(cues + cues[:1] * (-len(cues) % to))


def link_targets(group: list[Example], whose: list[tuple[int, int] | None], size: int) -> Tensor:
    """Tags [C, T, 3] of each cue's own attribution; none for a wrong cue."""
    target = torch.zeros(len(whose), size, 3, dtype=torch.long)
    for at, owner in enumerate(whose):
        if owner is not None:
            linked = group[owner[0]].linked[owner[1]]
            target[at, : len(linked)] = torch.from_numpy(linked)
    return target


def lowered() -> torch.autocast:
    """bfloat16 where the processor multiplies it; elsewhere it is emulated, at 2.5 times the time of fp32."""
    native = torch.cpu._is_amx_tile_supported() or torch.cpu._is_avx512_bf16_supported()
    return torch.autocast("cpu", torch.bfloat16, enabled=native)


def losses(
    model: Model, group: list[Example], settings: Settings, rng: random.Random
) -> tuple[Tensor, Tensor]:
    """Of the tag heads and of the linker."""
    batch = collate(group)
    with lowered():
        states, scores = model.reader(batch.ids, batch.types, batch.mask)
    scores = scores.float()
    tag_loss = functional.cross_entropy(
        scores.unflatten(-1, (3, 3)).flatten(0, 2), batch.tags.flatten(), ignore_index=IGNORED
    )
    cues, whose = anchors(group, guesses(scores, batch.lengths), settings, rng)
    if not cues:
        return tag_loss, torch.zeros(())
    with lowered():
        linked, index, used = model.link(model.reader.drop(states), scores, batch.lengths, fill(cues))
    linked, index, used = linked[: len(cues)], index[: len(cues)], used[: len(cues)]
    target = link_targets(group, whose, states.shape[1])
    target = target.gather(1, index.unsqueeze(-1).expand(-1, -1, 3))
    target[~used] = IGNORED
    link_loss = functional.cross_entropy(
        linked.float().unflatten(-1, (3, 3)).flatten(0, 2), target.flatten(), ignore_index=IGNORED
    )
    return tag_loss, link_loss


def fit(articles: list[Article], weights: Path, tokenizer: Tokenizer, out: Path, settings: Settings) -> Model:
    """Train; after each epoch the averaged weights are stored in `out` and a line goes to `curves.jsonl`."""
    torch.manual_seed(settings.seed)
    np.random.seed(settings.seed)
    rng = random.Random(settings.seed)
    torch.set_num_threads(settings.threads)
    torch.set_flush_denormal(True)  # without it Adam's moments slow every step by a third
    out.mkdir(parents=True, exist_ok=True)
    encode = encoder_of(tokenizer)
    model = Model(weights)
    averaged = copy.deepcopy(model).eval()
    heads = [p for n, p in model.named_parameters() if not n.startswith("reader.bert")]
    body = [p for n, p in model.named_parameters() if n.startswith("reader.bert") and p.requires_grad]
    optimiser = torch.optim.AdamW(
        [{"params": body, "lr": settings.encoder_rate}, {"params": heads, "lr": settings.head_rate}],
        weight_decay=0.01,
        fused=True,
    )
    per_epoch = len(batches(examples(articles, encode, random.Random(0)), settings.batch, random.Random(0)))
    total = round(per_epoch * settings.epochs)
    clock = Clock(settings, total)
    plan = torch.optim.lr_scheduler.LambdaLR(optimiser, lambda _: clock.rate())
    with (out / "curves.jsonl").open("w", encoding="utf-8") as curves:
        print(json.dumps({"settings": asdict(settings), "steps": total}), file=curves, flush=True)
        sums = np.zeros(3)
        for group in endless(articles, encode, settings, rng):
            model.train()
            tag_loss, link_loss = losses(model, group, settings, rng)
            (3 * tag_loss + 3 * settings.link_weight * link_loss).backward()
            torch.nn.utils.clip_grad_norm_(body + heads, 1.0)
            optimiser.step()
            optimiser.zero_grad(set_to_none=True)
            clock.step += 1
            plan.step()
            blend(averaged, model, min(settings.average, clock.step / (clock.step + 20)))
            sums += (tag_loss.item(), link_loss.item(), 1)
            if clock.step % 25 == 0:
                row = {"step": clock.step, "tags": sums[0] / sums[2], "link": sums[1] / sums[2]}
                row |= {"rate": clock.rate(), "seconds": round(clock.elapsed())}
                print(json.dumps({k: round(v, 4) for k, v in row.items()}), file=curves, flush=True)
                sums[:] = 0
            if clock.step % 200 == 0 or clock.done() >= 1:
                torch.save(averaged.state_dict(), out / "averaged.pt")
                torch.save(model.state_dict(), out / "last.pt")
            if clock.done() >= 1:
                break
    return averaged


class Clock:
    """How far a run is, by steps or, where a budget is set, by wall time: whichever is farther."""

    def __init__(self, settings: Settings, total: int) -> None:
        self.step = 0
        self._total = total
        self._rise = max(1, int(settings.warm_up * total))
        self._budget = settings.minutes
        self._began = time.monotonic()

    def elapsed(self) -> float:
        """Seconds since the start."""
        return time.monotonic() - self._began

    def done(self) -> float:
        """From 0 to 1."""
        spent = self.elapsed() / (60 * self._budget) if self._budget else 0.0
        return max(self.step / self._total, spent)

    def rate(self) -> float:
        """Linear warm-up, then linear fall to a fiftieth."""
        return min((self.step + 1) / self._rise, max(0.0, 1 - self.done()) * 0.98 + 0.02)


def endless(
    articles: list[Article], encode: Encode, settings: Settings, rng: random.Random
) -> Iterator[list[Example]]:
    """Batches, epoch after epoch."""
    while True:
        yield from batches(examples(articles, encode, rng), settings.batch, rng)


@torch.no_grad()
def blend(averaged: Model, model: Model, keep: float) -> None:
    """Move the averaged weights towards the current ones."""
    pairs = zip(averaged.parameters(), model.parameters(), strict=True)
    slow, fast = zip(*((a, b) for a, b in pairs if b.requires_grad), strict=True)
    torch._foreach_lerp_(slow, fast, 1 - keep)
