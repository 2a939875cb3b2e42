"""How well statements are found and read, on articles annotated as PolNeAR's are.

    python -m evals.statements GOLD [--attributor rules] [--scorer score_statements.py] [--acts] [--limit N]

GOLD holds `text/*.txt` and `attributions/*.ann` (brat standoff). Passages are labelled and parsed as on the
public route, with nothing known but the text; the author's own assessments are left out, since the annotation
does not know them. The scorer is given by path and is not part of this project. Printed: the
scorer's own line, exact spans by role, 95 % intervals of the attribution scores (bootstrap over articles,
seed 7), and speed. `--acts` also compares act, negation and hedge with evals/acts.jsonl, which holds offsets
and labels for 500 statements of PolNeAR's dev part.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import random
import sys
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from types import ModuleType
from typing import Any

from onrecord.acquire import passages
from onrecord.annotate import syntax
from onrecord.extract import statements
from onrecord.extract.statements import acts
from onrecord.extract.statements.words import Words
from onrecord.facts.cues import shipped
from onrecord.settings import LANGUAGE_MODEL, Settings
from onrecord.types import Acquired, Article, Attribution, Parsed, Span

ACTS = Path(__file__).parent / "acts.jsonl"
ROUNDS = 1000
FIXED = """\
                          source   cue  content  micro  attribution  strict   (84 other articles of PolNeAR)
two human annotators        81.1  68.6     91.6   88.4         75.4    59.8
textacy, by paragraph       19.9  21.3     51.2   45.8         27.3     9.1
Gender Gap Tracker          62.2  37.1     69.3   66.4         42.1    27.2"""


def scorer(path: Path) -> ModuleType:
    """The scorer as a module, from its file."""
    spec = importlib.util.spec_from_file_location("score_statements", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer at {path}; give its path with --scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def parsed(gold: dict[str, Any]) -> Iterator[Parsed]:
    """Articles of the gold folder as the route parses them."""
    given = (
        Acquired(article=Article(id=name, path=name, text=one["text"]), passages=passages.label(one["text"]))
        for name, one in gold.items()
    )
    return syntax.parse(given, LANGUAGE_MODEL)


def told(found: Sequence[Attribution]) -> list[dict[str, Any]]:
    return [{"source": a.source, "cue": a.cue, "content": a.content} for a in found]


def interval(counts: Sequence[tuple[int, int, int]]) -> tuple[float, float]:
    """95 % of F1 over articles drawn with replacement; counts are (right, predicted, gold) an article."""
    draw = random.Random(7)
    scores = []
    for _ in range(ROUNDS):
        some = [counts[draw.randrange(len(counts))] for _ in counts]
        right, predicted, gold = (sum(c[i] for c in some) for i in range(3))
        scores.append(200 * right / max(1, predicted + gold))
    scores.sort()
    return scores[int(0.025 * ROUNDS)], scores[int(0.975 * ROUNDS)]


def spans(gold: dict[str, Any], score: ModuleType, attributor: str) -> None:
    """Spans against the annotation."""
    finder = statements.attributor(Settings(attributor=attributor))
    whole = score.Scorer()
    counts: list[tuple[int, int, int]] = []
    seconds, words = 0.0, 0
    for one in parsed(gold):
        start = time.process_time()
        found = told(finder.attributions(one))
        seconds += time.process_time() - start
        words += sum(t.is_alpha for t in one.doc)
        answer = gold[one.article.id]
        attributions, discard = answer["annotators"][answer["first"]]
        before = list(whole.att)
        whole.add(answer["text"], attributions, found, discard)
        counts.append(tuple(b - a for a, b in zip(before, whole.att, strict=True)))
    result = whole.result()
    low, high = interval(counts)
    exact = " / ".join(f"{100 * result['exact_spans'][r]['f1']:.1f}" for r in ("source", "cue", "content"))
    token = result["token"]
    print(FIXED)
    row = "  ".join(f"{100 * token[r]['f1']:.1f}" for r in ("source", "cue", "content", "micro"))
    pairs = f"{100 * result['attribution']['f1']:.1f}  {100 * result['strict']['f1']:.1f}"
    print(f"onrecord, {attributor}: {row}  {pairs}")
    print(score.line(result))
    print(f"exact spans (source / cue / content) {exact}")
    print(f"attribution F1, 95 % interval over {len(counts)} articles: {low:.1f} … {high:.1f}")
    print(f"{words / max(seconds, 1e-9):,.0f} words a CPU-second beyond the parse")


def labels(gold: dict[str, Any]) -> None:
    """Act, negation and hedge, with the annotated spans given."""
    rows = [json.loads(line) for line in ACTS.read_text("utf-8").splitlines()]
    wanted = {row["doc"] for row in rows}
    docs = {p.article.id: Words.of(p.doc) for p in parsed({n: g for n, g in gold.items() if n in wanted})}
    right: Counter[str] = Counter()
    missed: Counter[tuple[str, str]] = Counter()
    telling = 0
    for row in rows:
        source, cue, content = (
            docs[row["doc"]].within([Span(*s) for s in row[role]]) for role in ("source", "cue", "content")
        )
        got = acts.read(cue, content, shipped(), source)
        right.update(field for field in ("act", "negated", "hedged") if getattr(got, field) == row[field])
        telling += row["act"] != "say"
        right["telling"] += row["act"] != "say" and got.act == row["act"]
        if got.act != row["act"]:
            missed[row["act"], got.act] += 1
    shares = ", ".join(f"{f} {right[f] / len(rows):.3f}" for f in ("act", "negated", "hedged"))
    print(
        f"{len(rows)} statements: {shares}; acts other than say ({telling}): {right['telling'] / telling:.3f}"
    )
    print("  " + ", ".join(f"{a} read as {b} {n}" for (a, b), n in missed.most_common(8)))


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("gold", type=Path)
    ask.add_argument("--attributor", default="rules")
    ask.add_argument("--scorer", type=Path, required=True)
    ask.add_argument("--acts", action="store_true")
    ask.add_argument("--limit", type=int)
    given = ask.parse_args()
    score = scorer(given.scorer)
    gold = dict(list(score.load_gold_dir(str(given.gold)).items())[: given.limit])
    spans(gold, score, given.attributor)
    if given.acts:
        labels(gold)
    return 0


if __name__ == "__main__":
    sys.exit(main())
