"""How well statements are found and read, on articles annotated as PolNeAR's are.

    python -m evals.statements GOLD [--attributor rules] [--scorer FILE.py] [--acts] [--limit N] [--report F]
        [--reliability F.svg]

GOLD holds `text/*.txt` and `attributions/*.ann` (brat standoff). Passages are labelled and parsed as on the
public route, with nothing known but the text; the author's own assessments are left out, since the annotation
does not know them. Definitions of the figures: onrecord.measure.attributions; intervals are 95 %, bootstrap
over articles. `--scorer` counts once more with a scorer given by path, which is not part of this project.
`--acts` also compares act, negation and hedge with evals/acts.jsonl, which holds offsets and labels for 500
statements of PolNeAR's dev part.
"""

from __future__ import annotations

import argparse
import importlib.util
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from functools import lru_cache, partial
from itertools import islice
from pathlib import Path
from typing import Any

import numpy as np

from evals.common import Figures, Others, Tally, rows_of, share, table
from evals.reliability import draw
from onrecord.evaluating import parse
from onrecord.extract import statements
from onrecord.extract.statements import acts
from onrecord.extract.statements.words import Words
from onrecord.facts.cues import shipped
from onrecord.measure import attributions, misses, report
from onrecord.measure.attributions import MEASURES, Gold, Roles
from onrecord.measure.scores import reliability
from onrecord.settings import Settings
from onrecord.types import Parsed, Span

ACTS = Path(__file__).parent / "acts.jsonl"
DEV = Path("polnear/dev")
OTHERS = Others(
    columns=("humans", "textacy", "GGT", "Citron*", "target"),
    rows={
        "source": ("81.1", "19.9", "62.2", "53.7", "84"),
        "cue": ("68.6", "21.3", "37.1", "67.5", "73"),
        "content": ("91.6", "51.2", "69.3", "70.1", "93"),
        "micro": ("88.4", "45.8", "66.4", "68.0", "90"),
        "attribution": ("75.4", "27.3", "42.1", "50.4", "≥ 75.4"),
        "strict": ("59.8", "9.1", "27.2", "30.1", "≥ 58"),
        "exact source": ("78.8", "–", "58.1", "–", "80"),
        "exact cue": ("71.2", "–", "49.4", "–", "73"),
        "exact content": ("72.0", "–", "47.3", "–", "70"),
        "recall direct": ("98", "75", "60", "52", "97"),
        "recall mixed": ("89", "21", "39", "55", "89"),
        "recall indirect": ("67", "0", "23", "32", "67"),
    },
    note="others on 84 other articles of PolNeAR, humans on 20; GGT: Gender Gap Tracker; *gold cues given",
)
FAST = Others(columns=(*OTHERS.columns[:-1], "target"), note=OTHERS.note, rows={
    name: (*row[:-1], "≥ 45" if name == "attribution" else "–") for name, row in OTHERS.rows.items()
})  # fmt: skip
ACT_OTHERS = Others(columns=("target",), rows={"act": ("≥ 90",)}, note="labelled by reading, spans given")


@lru_cache(maxsize=1)
def read(folder: Path, limit: int | None = None) -> tuple[tuple[Parsed, Gold], ...]:
    """Annotated articles as the route parses them, with their gold."""
    gold = dict(islice(attributions.load(folder).items(), limit))
    parsed = parse(((name, one.text) for name, one in gold.items()), Settings())
    return tuple((p, gold[p.article.id]) for p in parsed)


def measure(data: Path, *, settings: Settings) -> Figures:
    """Spans of statements on the dev part, by the attributor that the settings choose."""
    return spans(read(data / DEV), settings)


measure_installed = partial(measure, settings=Settings())
measure_fast = partial(measure, settings=Settings(fast=True))


def spans(
    articles: Sequence[tuple[Parsed, Gold]],
    settings: Settings,
    watch: Callable[[str, Gold, Iterable[Roles]], None] = lambda *_: None,
    sure: list[tuple[float, bool]] | None = None,
) -> Figures:
    """Spans against the annotation; `watch` sees each article's answer, `sure` takes the verdicts."""
    finder = statements.attributor(settings)
    tallies: list[Tally] = []
    sure = [] if sure is None else sure
    seconds, words = 0.0, 0
    for parsed, gold in articles:
        start = time.process_time()
        found = finder.attributions(parsed)
        seconds += time.process_time() - start
        words += sum(t.is_alpha for t in parsed.doc)
        roles = [Roles.of(a) for a in found]
        watch(parsed.article.id, gold, roles)
        tallies.append(attributions.tally(gold, roles))
        fits = attributions.judged(gold, roles)
        sure += [(a.confidence, fit) for a, fit in zip(found, fits, strict=True) if fit is not None]
    counted = np.array(tallies)
    told = Figures()
    for row, name in enumerate(MEASURES):
        told.put(name, counted, partial(_figure, row=row, recall=name.startswith("recall")))
    told.notes = [
        f"{len(tallies)} articles, attributor {type(finder).__name__}, "
        f"{words / max(seconds, 1e-9):,.0f} words a CPU-second beyond the parse",
        "confidence, share right (answers): "
        + ", ".join(f"{mean:.2f} {right:.2f} ({n})" for mean, right, n in reliability(sure)),
    ]
    told["calibration"] = 100.0 - calibration_error(sure)
    return told


def calibration_error(sure: Sequence[tuple[float, bool]]) -> float:
    """Mean distance in points between confidence and share right (expected calibration error)."""
    told = reliability(sure)
    answers = max(1, len(sure))
    return 100.0 * sum(n * abs(mean - right) for mean, right, n in told) / answers


def _figure(counts: Tally, *, row: int, recall: bool) -> float:
    right, told, due = counts[row]
    of = due if recall else (told + due) / 2
    return 100.0 * float(right / of) if of else 0.0


def measure_acts(data: Path) -> Figures:
    """Act, negation and hedge on the dev part, with the annotated spans given."""
    return labels(read(data / DEV))


def labels(articles: Sequence[tuple[Parsed, Gold]]) -> Figures:
    """Act, negation and hedge against evals/acts.jsonl; a row drawn again is an article."""
    docs = {p.article.id: Words.of(p.doc) for p, _ in articles}
    rows = [row for row in rows_of(ACTS) if row["doc"] in docs]
    numbers = {name: n for n, name in enumerate(sorted({row["doc"] for row in rows}))}
    counts = np.zeros((len(numbers), 6))
    missed: Counter[tuple[str, str]] = Counter()
    for row in rows:
        source, cue, content = (
            docs[row["doc"]].within([Span(*s) for s in row[role]]) for role in attributions.ROLES
        )
        got = acts.read(cue, content, shipped(), source)
        fits = [getattr(got, field) == row[field] for field in ("act", "negated", "hedged")]
        telling = row["act"] != "say"
        counts[numbers[row["doc"]]] += [*fits, 1, telling and fits[0], telling]
        if not fits[0]:
            missed[row["act"], got.act] += 1
    told = Figures()
    for column, name in enumerate(("act", "negated", "hedged")):
        told.put(name, counts, share(column, 3))
    told.put("act other than say", counts, share(4, 5))
    confused = ", ".join(f"{a} read as {b} {n}" for (a, b), n in missed.most_common(8))
    told.notes = [f"{len(rows)} statements, {int(counts[:, 5].sum())} of them other than say; {confused}"]
    return told


def other_scorer(path: Path) -> Any:
    """A scorer's class from its file."""
    spec = importlib.util.spec_from_file_location("other_scorer", path)
    if spec is None or spec.loader is None:
        raise SystemExit(f"no scorer at {path}; give its path with --scorer")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def main() -> int:
    ask = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ask.add_argument("gold", type=Path)
    ask.add_argument("--attributor", default="rules")
    ask.add_argument("--scorer", type=Path)
    ask.add_argument("--acts", action="store_true")
    ask.add_argument("--limit", type=int)
    ask.add_argument("--report", type=Path, help="each miss in its sentence, by class (HTML)")
    ask.add_argument("--reliability", type=Path, help="stated confidence against the share right (SVG)")
    given = ask.parse_args()
    articles = read(given.gold, given.limit)
    answers: dict[str, tuple[Gold, list[dict[str, Any]]]] = {}
    sure: list[tuple[float, bool]] = []

    def keep(name: str, gold: Gold, found: Iterable[Roles]) -> None:
        answers[name] = gold, [{r: one[r] for r in attributions.ROLES} for one in found]

    told = spans(articles, Settings(attributor=given.attributor), keep, sure)
    print(*table(told, OTHERS, {}), sep="\n")
    if given.report:
        missed = [
            miss
            for name, (gold, found) in answers.items()
            for miss in misses.of_statements(name, gold, [Roles(**one) for one in found])
        ]
        page = report.page("Statements", missed, misses.STATEMENTS, sure=reliability(sure))
        given.report.write_text(page, encoding="utf-8")
    if given.reliability:
        draw(reliability(sure), given.reliability)
    if given.scorer:
        scorer = other_scorer(given.scorer)
        other = scorer.Scorer()
        for gold, found in answers.values():
            due = [{r: list(one[r]) for r in attributions.ROLES} for one in gold.attributions]
            other.add(gold.text, due, found, gold.discarded)
        print(scorer.line(other.result()))
    if given.acts:
        print(*table(labels(articles), ACT_OTHERS, {}), sep="\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
