"""The training loop of the marker, and what it finds on paragraphs it has not seen."""

from __future__ import annotations

import random
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from onrecord.extract.statements.marks import MarkSettings, group_of, marks
from onrecord.extract.statements.windows import Encode, Ints, Window
from onrecord.types import Mark
from training.dealings.data import IGNORED, Paragraph, varied, window
from training.dealings.model import Marker, Shared


@dataclass(frozen=True)
class Settings:
    """What a run is made of."""

    epochs: int = 7
    batch: int = 6
    together: int = 3  # paragraphs in a window, so that it looks like a piece of an article
    rate: float = 3e-4
    head_rate: float = 1e-3
    warm_up: float = 0.06
    average: float = 0.99
    limit: int = 254
    seed: int = 3
    threads: int = 2


OPEN = MarkSettings(least={"encounter": 0.4, "agreement": 0.4})
"""Used until thresholds are fitted."""


def padded(group: Sequence[tuple[Window, Ints]]) -> tuple[Tensor, Tensor, Tensor, Tensor]:
    """ids, types, mask, labels [B, T]."""
    size = -(-max(len(w) for w, _ in group) // 32) * 32
    ids, types, mask = (torch.zeros(len(group), size, dtype=torch.long) for _ in range(3))
    labels = torch.full((len(group), size), IGNORED)
    for row, (read, own) in enumerate(group):
        n = len(read)
        ids[row, :n], types[row, :n] = torch.from_numpy(read.ids), torch.from_numpy(read.types)
        mask[row, :n], labels[row, :n] = 1, torch.from_numpy(own)
    return ids, types, mask, labels


def fit(
    articles: Sequence[list[Paragraph]],
    shared: Shared,
    encode: Encode,
    settings: Settings,
    start: Path | None = None,
) -> Marker:
    """A marker with averaged weights; `start`: a checkpoint to go on from."""
    torch.manual_seed(settings.seed)
    torch.set_num_threads(settings.threads)
    model = Marker(shared)
    if start:
        model.load_state_dict(torch.load(start, weights_only=True))
    averaged = torch.optim.swa_utils.AveragedModel(
        model, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(settings.average)
    )
    rates = [
        {"params": model.layers.parameters(), "lr": settings.rate},
        {"params": model.tags.parameters(), "lr": settings.head_rate},
    ]
    optimiser = torch.optim.AdamW(rates, weight_decay=0.01)
    groups = list(_windows(articles, encode, settings))
    steps = len(groups)
    rising = settings.warm_up * steps
    falling = torch.optim.lr_scheduler.LambdaLR(
        optimiser, lambda n: min(1.0, (n + 1) / rising) * max(0.02, 1 - n / steps)
    )
    model.train()
    began, total = time.monotonic(), 0.0
    for step, group in enumerate(groups, 1):
        ids, types, mask, labels = padded(group)
        scores = model(shared(ids, types, mask), mask.bool()[:, None, None, :])
        loss = functional.cross_entropy(scores.flatten(0, 1), labels.flatten(), ignore_index=IGNORED)
        optimiser.zero_grad()
        loss.backward()
        torch.nn.utils.clip_grad_norm_(model.parameters(), 1.0)
        optimiser.step()
        falling.step()
        averaged.update_parameters(model)
        total += loss.item()
        if step % 100 == 0:
            print(f"{step}/{steps} loss {total / 100:.3f} {time.monotonic() - began:.0f} s", flush=True)
            total = 0.0
    return averaged.module.eval()


def _windows(
    articles: Sequence[list[Paragraph]], encode: Encode, settings: Settings
) -> Iterator[list[tuple[Window, Ints]]]:
    """Batches of windows: paragraphs that stand alone are packed by lot, anew in each epoch."""
    rng = random.Random(settings.seed)
    packed: list[list[Paragraph]] = []
    for _ in range(settings.epochs):
        alone = [a[0] for a in articles if len(a) == 1]
        rng.shuffle(alone)
        packs = [alone[n : n + settings.together] for n in range(0, len(alone), settings.together)]
        packs += [
            a[n : n + 2 * settings.together]
            for a in articles
            if len(a) > 1
            for n in range(0, len(a), 2 * settings.together)
        ]
        rng.shuffle(packs)
        packed += packs
    for n in range(0, len(packed), settings.batch):
        chosen = packed[n : n + settings.batch]
        yield [window([varied(p, rng) for p in pack], encode, limit=settings.limit) for pack in chosen]


def survey(
    articles: Sequence[list[Paragraph]], model: Marker, shared: Shared, encode: Encode, least: MarkSettings
) -> dict[str, tuple[float, float, float, int]]:
    """Group of tags → precision, recall, F1 (overlap counts) and how many are gold; statuses told apart."""
    counts: Counter[tuple[str, str]] = Counter()
    for article in articles:
        found, gold = _found(article, model, shared, encode, least)
        for name in {group_of(m.tag) for m in (*found, *gold)}:
            ours = [m for m in found if group_of(m.tag) == name]
            theirs = [m for m in gold if group_of(m.tag) == name]
            counts[name, "found"] += len(ours)
            counts[name, "gold"] += len(theirs)
            counts[name, "right"] += sum(any(m.span.overlaps(g.span) for g in theirs) for m in ours)
            counts[name, "hit"] += sum(any(m.span.overlaps(g.span) for m in ours) for g in theirs)
            pairs = [(m, g) for g in theirs for m in ours if m.span.overlaps(g.span)]
            counts[f"{name} status", "gold"] += len(pairs)
            counts[f"{name} status", "found"] += len(pairs)
            counts[f"{name} status", "right"] += sum(m.tag == g.tag for m, g in pairs)
            counts[f"{name} status", "hit"] += sum(m.tag == g.tag for m, g in pairs)
    told = {}
    for name in sorted({n for n, _ in counts}):
        if name.endswith(" status") and name.split()[0] not in ("encounter", "agreement"):
            continue
        precision = counts[name, "right"] / max(1, counts[name, "found"])
        recall = counts[name, "hit"] / max(1, counts[name, "gold"])
        f1 = 2 * precision * recall / max(1e-9, precision + recall)
        told[name] = (precision, recall, f1, counts[name, "gold"])
    return told


@torch.no_grad()
def _found(
    article: list[Paragraph], model: Marker, shared: Shared, encode: Encode, least: MarkSettings
) -> tuple[list[Mark], list[Mark]]:
    """Marks found and gold of an article's first window, both decoded alike."""
    text = "".join(p.text + "\n" for p in article)
    read, labels = window(article, encode, limit=Settings.limit)
    ids, types, mask, _ = padded([(read, labels)])
    scores = model(shared(ids, types, mask), mask.bool()[:, None, None, :])[0, : len(read)].numpy()
    told = np.full(scores.shape, -20, dtype=np.float32)
    told[np.arange(len(read)), np.maximum(labels, 0)] = 20
    return marks(read, scores, text, least), marks(read, told, text, OPEN)
