"""Every evaluation, beside other systems' figures and the floors.

    python -m evals [NAME …] --data DIR [--raise]

DIR (or the environment's ONRECORD_DATA) holds `polnear/`, `times/`, `events/`, `passages/`, `reuters/`, as
evals/README.md says. An evaluation whose data are absent is named and left out, and so is its floor; where it
was asked for by name, that is an error. A figure below its floor in floors.json ends with exit code 1.
`--raise` lifts floors to 0.3 points under what was measured; no floor is ever lowered.
"""

from __future__ import annotations

import argparse
import os
import sys
import time
from pathlib import Path

from evals import dating, events, facts, participants, passages, relationship, speakers, statements, times
from evals.common import FLOORS, Evaluation, Figures, below, load_floors, raised, table, write_floors

NOTICE = 1.0
"""Points above a floor from which raising it is called for."""

EVALUATIONS = (
    Evaluation(
        "statements", "source, cue and content of statements, by what is installed",
        ("polnear/dev",), statements.measure_installed, statements.OTHERS,
    ),
    Evaluation(
        "statements-fast", "the same by rules alone (--fast)",
        ("polnear/dev",), statements.measure_fast, statements.FAST,
    ),
    Evaluation(
        "acts", "act, negation and hedge of statements, spans given",
        ("polnear/dev",), statements.measure_acts, statements.ACT_OTHERS,
    ),
    Evaluation("times", "time expressions on TimeBank, F1", ("times",), times.measure, times.OTHERS),
    Evaluation(
        "dating", "dates of articles from their text alone: every third of PolNeAR",
        ("polnear",), dating.measure, dating.OTHERS,
    ),
    Evaluation("dating-own", "the same on articles written for it, 1990–2025", (), dating.measure_own,
               dating.OTHERS),
    Evaluation(
        "speakers", "the actor behind a statement's source", ("polnear/train",), speakers.measure,
        speakers.OTHERS,
    ),
    Evaluation(
        "participants", "the actors behind phrases for those who deal with each other", (),
        participants.measure,
    ),
    Evaluation(
        "passages", "article told from furniture, pages that the weights were fitted on",
        ("passages",), passages.measure, passages.OTHERS,
    ),
    Evaluation(
        "passages-unseen", "the same on sites that the weights have not seen",
        ("passages", "polnear/train"), passages.measure_unseen, passages.OTHERS,
    ),
    Evaluation(
        "events-records", "PLOVER's records: types and countries of events",
        ("events",), events.measure_records, events.RECORD_OTHERS,
    ),
    Evaluation(
        "events-news", "types of news sentences with given actors, cross-validated",
        ("events",), events.measure_news, events.NEWS_OTHERS,
    ),
    Evaluation(
        "events-quiet", "stories that should bring no events",
        ("reuters",), events.measure_quiet, events.QUIET_OTHERS,
    ),
    Evaluation(
        "relationship", "meetings, agreements, disputes, quotes merged over articles written for it, F1",
        (), relationship.measure,
    ),
    Evaluation("facts", "rows of facts whose source was opened", (), facts.measure),
)  # fmt: skip
"""In the order of a run; neighbours share what was parsed."""


def run(one: Evaluation, data: Path, floors: dict[str, float]) -> tuple[Figures, list[str]]:
    """Measures, prints the table, and returns the figures with what is below its floor."""
    start = time.process_time()
    told = one.measure(data)
    spent = time.process_time() - start
    print(f"\n{one.name}: {one.what}")
    print(*table(told, one.others, floors), sep="\n")
    print(f"  ({spent:.0f} CPU-seconds)", flush=True)
    return told, below(told, floors)


def chosen(names: list[str]) -> list[Evaluation]:
    """The evaluations of those names, all without a name.

    Raises:
        SystemExit: no evaluation has a name.
    """
    known = {one.name: one for one in EVALUATIONS}
    if unknown := [name for name in names if name not in known]:
        raise SystemExit(f"no evaluation {', '.join(unknown)}; known: {', '.join(known)}")
    return [known[name] for name in names] if names else list(EVALUATIONS)


def main() -> int:
    """Runs them; 1 where a figure is below its floor."""
    ask = argparse.ArgumentParser(
        prog="python -m evals", description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    ask.add_argument("names", nargs="*", metavar="NAME", help=", ".join(one.name for one in EVALUATIONS))
    ask.add_argument("--data", type=Path, default=os.environ.get("ONRECORD_DATA"))
    ask.add_argument("--floors", type=Path, default=FLOORS)
    ask.add_argument("--raise", action="store_true", dest="lift", help="write higher floors")
    given = ask.parse_args()
    if given.data is None:
        ask.error("name the folder with the data: --data DIR, or ONRECORD_DATA (see evals/README.md)")
    floors, failures, left_out = load_floors(given.floors), [], []
    for one in chosen(given.names):
        absent = [need for need in one.needs if not (Path(given.data) / need).exists()]
        if absent and given.names:
            raise SystemExit(f"{one.name} needs {', '.join(absent)} below {given.data}")
        if absent:
            left_out.append(f"{one.name} (no {', '.join(absent)})")
            continue
        told, lost = run(one, Path(given.data), floors.get(one.name, {}))
        failures += [f"{one.name}: {line}" for line in lost]
        new = raised(told, floors.get(one.name, {}))
        if given.lift:
            floors[one.name] = new
            write_floors(floors, given.floors)
        elif rising := [n for n, f in floors.get(one.name, {}).items() if told.get(n, 0) > f + NOTICE]:
            print(f"  floors that can rise (--raise): {', '.join(rising)}")
    print()
    for line in left_out:
        print(f"LEFT OUT {line}")
    for line in failures:
        print(f"BELOW ITS FLOOR {line}")
    if not failures:
        print("no figure is below its floor")
    return 1 if failures else 0


if __name__ == "__main__":
    sys.exit(main())
