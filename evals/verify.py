"""Our tables of facts against what pages and files tell; names a source for each row that one bears out.

    python -m evals.verify [--write] [--disagreements]

`told/terms.csv` holds terms of office as they stand in pages and files that were opened: facts only, with
the address of each: `source,country,office,name,from,to` (dates as in `offices.csv`; an empty `to` is a
holder in office when the source was made, `?` an end that it does not tell). A term of ours is borne out
where the sources tell the same office of the same state, a name that is spelled alike, and both ends within
a week; an end told by its year alone, or still open there while ours has closed, bears nothing out. Two
sources may tell one end each. `told/happenings.csv` (`source,id,start,end`) does the same for happenings:
the day must be the very day. A `?` there, too, is an end that the source does not tell. `--write` puts the
sources into the tables of the package that runs, `--disagreements` prints what does not fit, with what was
decided.
"""

from __future__ import annotations

import argparse
import csv
import io
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from difflib import SequenceMatcher
from pathlib import Path
from typing import NamedTuple

import msgspec

from onrecord.facts.actors import slug
from onrecord.facts.actors.rows import first_day, last_day
from onrecord.facts.table import TABLES, columns, read_table

TOLD = Path(__file__).parent / "told"
CABINETS = "kept: they tell cabinets one after another; the minister left, or was named anew, between two"
SWORN_IN = "kept: they tell the day of election or naming, we the day of taking office"
SLIP = "kept: a slip of theirs, other lists and the neighbour's term say otherwise"
INTERIM = "kept: they count governments from the full ministry of 1 June 2022; the change was on 23 May"
CONVENED = "kept: they tell the day on which Congress met, or the oath; the seat was taken before"
DECIDED = {
    **dict.fromkeys(
        (
            ("Laurent Fabius", "foreign minister"), ("Jean-Marc Ayrault", "foreign minister"),
            ("İsmail Cem", "foreign minister"), ("Stepan Poltorak", "defence minister"),
            ("Ibrahim Mahlab", "prime minister"), ("Lamberto Dini", "foreign minister"),
        ), CABINETS,
    ),
    **dict.fromkeys(
        (
            ("Isaac Herzog", "president"), ("Carlos França", "foreign minister"),
            ("Hina Rabbani Khar", "foreign minister"),
        ), SWORN_IN,
    ),
    **dict.fromkeys(
        (
            ("Jerry Brown", "governor"), ("Toshimi Kitazawa", "defence minister"),
            ("Mosiuoa Lekota", "defence minister"), ("Nabil Elaraby", "foreign minister"),
            ("Natwar Singh", "foreign minister"), ("Jaswant Singh", "foreign minister"),
            ("Alexander Downer", "foreign minister"), ("Kevin Rudd", "foreign minister"),
            ("David Johnston", "defence minister"), ("Kevin Andrews", "defence minister"),
            ("Willy Claes", "secretary-general"), ("Imad Khamis", "prime minister"),
        ), SLIP,
    ),
    **dict.fromkeys(
        (
            ("Scott Morrison", "prime minister"), ("Anthony Albanese", "prime minister"),
            ("Marise Payne", "foreign minister"), ("Penny Wong", "foreign minister"),
            ("Peter Dutton", "defence minister"),
        ), INTERIM,
    ),
    **dict.fromkeys((("Patrick Leahy", "senator"), ("Lisa Murkowski", "senator")), CONVENED),
    ("Hamid Karzai", "president"): "kept: they count from his oath once elected, he led since 2002",
    ("Abdullah Abdullah", "chief executive"): "kept: they go on to August 2021, the office ended in 2020",
    ("Saad Hariri", "prime minister"): "kept: they tell his resignation, he stayed until the next cabinet",
    ("Michel Barnier", "prime minister"): "kept: they tell the vote against him, he stayed until the next",
    ("Chedli Klibi", "secretary-general"): "kept: they begin with the predecessor's end in March 1979",
    ("Hoshyar Zebari", "foreign minister"): "kept: theirs is the Governing Council's day, not its cabinet's",
    ("jpn-2000-keizo-obuchi-in-a-coma", ""): "kept: they tell the eve, he fell ill in the night to 2 April",
    ("isr-2000-lebanon", ""): "kept: the last troops left on 24 May; 25 May is the day kept since",
    ("per-2000-alberto-fujimori-resigns", ""): "kept: they tell his coming to Tokyo, he resigned from there",
    ("osce-1999-istanbul", ""): "kept: they tell of its second day under the first",
    ("gbr-2000-fuel-protests-in-europe", ""): "kept: they tell the evening of the first blockade",
}  # fmt: skip
"""(name, office) or (id of a happening, "") → what was decided on a disagreement, November 2026. One led to a
change: Kim Sung-hwan was foreign minister of South Korea until his successor came on 11 March 2013; another
closed a term that was open here: Lindsey Graham, senator, died on 11 July 2026."""
WEEK = timedelta(days=7)
UNTOLD = "?"
UNVERIFIED = "unverified"


class TermTold(msgspec.Struct, frozen=True):
    """One term of office in a source's words for name and dates."""

    source: str
    country: str
    office: str
    name: str
    from_: str = msgspec.field(default="", name="from")
    to: str = ""


class TermOurs(msgspec.Struct, frozen=True):
    """The columns of `offices.csv` that are compared."""

    name: str
    office: str
    country: str
    from_: str = msgspec.field(default="", name="from")
    to: str = ""
    aliases: tuple[str, ...] = ()
    source: str = UNVERIFIED


class DayTold(msgspec.Struct, frozen=True):
    """The day or days of a happening of ours as a source tells them; `?` is one that it does not tell."""

    source: str
    id: str
    start: str
    end: str = ""


class DayOurs(msgspec.Struct, frozen=True):
    """The columns of `happenings.csv` that are compared."""

    id: str
    start: str
    end: str = ""
    source: str = UNVERIFIED


class Found(NamedTuple):
    """What the sources say of one row of ours: who bears it out, and what does not fit."""

    row: TermOurs | DayOurs
    sources: tuple[str, ...]
    misfits: tuple[str, ...] = ()

    @property
    def borne_out(self) -> bool:
        """Whether each part of the row has a source."""
        return bool(self.sources)


def terms(ours: Iterable[TermOurs], told: Iterable[TermTold]) -> Iterator[Found]:
    """Each term of ours with the sources of its ends."""
    by_office: dict[tuple[str, str], list[TermTold]] = defaultdict(list)
    for one in told:
        by_office[one.country, one.office].append(one)
    for row in ours:
        same = [t for t in by_office[row.country, row.office] if _is_same_name(row, t.name) and _meet(row, t)]
        starts = [t.source for t in same if _is_same_edge(row.from_, t.from_)]
        ends = [t.source for t in same if _is_same_end(row.to, t.to)]
        both = [s for s in starts if s in ends]
        sources = tuple(both[:1] or dict.fromkeys([*starts[:1], *ends[:1]])) if starts and ends else ()
        misfits = () if sources else tuple(f"{t.from_}…{t.to} {t.source}" for t in same)
        yield Found(row, sources, misfits)


def days(ours: Iterable[DayOurs], told: Iterable[DayTold]) -> Iterator[Found]:
    """Each happening of ours that sources tell of, with those that give its very days."""
    by_id: dict[str, list[DayTold]] = defaultdict(list)
    for one in told:
        by_id[one.id].append(one)
    for row in ours:
        here = by_id.pop(row.id, [])
        starts = [t for t in here if t.start == row.start]
        ends = [t for t in here if (t.end or t.start) == (row.end or row.start)]
        both = [t.source for t in starts if t in ends]
        sources = tuple(both[:1] or dict.fromkeys(t.source for t in (*starts[:1], *ends[:1])))
        yield Found(
            row,
            sources if starts and ends else (),
            tuple(f"{t.start}…{t.end} {t.source}" for t in here if t not in starts and t not in ends),
        )
    for unknown in by_id:
        raise KeyError(f"told/happenings.csv names {unknown!r}, which is in no row of happenings.csv")


def _is_same_name(row: TermOurs, name: str) -> bool:
    told = slug(name)
    return any(_alike(slug(n), told) for n in (row.name, *row.aliases))


def _alike(one: str, other: str) -> bool:
    """One spelling or a near one, or one family name ("Mike Pompeo", "Michael R. Pompeo")."""
    # Holders of one office at one time: names that differ are told apart by far less than 0.75 would let in.
    same_family = one.rpartition("-")[2] == other.rpartition("-")[2]
    return same_family or SequenceMatcher(None, one, other).ratio() >= 0.75


def _meet(row: TermOurs, told: TermTold) -> bool:
    starts, ends = _first(told.from_), _last(told.to)
    return (starts or date.min) <= (last_day(row.to) or date.max) and (ends or date.max) >= (
        first_day(row.from_) or date.min
    )


def _is_same_end(ours: str, told: str) -> bool:
    return not ours if not told else _is_same_edge(ours, told)


def _is_same_edge(ours: str, told: str) -> bool:
    """Whether two dates, each a day or a month, lie within a week of each other."""
    if UNTOLD in told or len(told) < len("2017-07") or len(ours) < len("2017-07"):
        return False
    starts, ends, first, last = first_day(ours), last_day(ours), first_day(told), last_day(told)
    assert starts and ends and first and last
    return starts - WEEK <= last and first <= ends + WEEK


def _first(told: str) -> date | None:
    return None if UNTOLD in told else first_day(told)


def _last(told: str) -> date | None:
    return None if UNTOLD in told else last_day(told)


def decision(found: Found) -> str:
    """What was decided on a row that sources tell otherwise."""
    if isinstance(found.row, DayOurs):
        return DECIDED.get((found.row.id, ""), "not yet")
    if isinstance(found.row, TermOurs):
        decided = DECIDED.get((found.row.name, found.row.office))
        if decided:
            return decided
        # "2021-01-20… https://…": no day behind the dots.
        if found.misfits[-1].partition("…")[2].startswith(" "):
            return "still in office when the source was made: its end stays unverified"
        if len(found.row.from_) == len("2017"):
            return "ours tells the year only: unverified"
        if any(re.search(r"(?:^|…)\d{4}(?:…| )", m) for m in found.misfits):
            return "they tell years only: unverified"
    return "not yet"


def write(table: Path, found: list[Found]) -> int:
    """Puts sources into the rows that named none; rows, order and comments stay. Returns how many."""
    lines = table.read_text(encoding="utf-8").splitlines()
    place = columns(table).index("source")
    rows = iter(found)
    changed = 0
    header_seen = False
    for n, line in enumerate(lines):
        if not line.strip() or line.startswith("#"):
            continue
        if not header_seen:
            header_seen = True
            continue
        one = next(rows)
        cells = next(csv.reader([line]))
        if one.borne_out and cells[place] in ("", UNVERIFIED):
            cells[place] = "|".join(one.sources)
            out = io.StringIO()
            csv.writer(out, lineterminator="").writerow(cells)
            lines[n] = out.getvalue()
            changed += 1
    table.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return changed


def main() -> None:
    """Prints what the sources bear out; writes it with `--write`."""
    options = argparse.ArgumentParser(description=(__doc__ or "").split("\n")[0])
    options.add_argument("--write", action="store_true")
    options.add_argument("--disagreements", action="store_true")
    given = options.parse_args()
    offices, happenings = TABLES / "offices.csv", TABLES / "happenings.csv"
    checks = {
        offices: list(terms(read_table(offices, TermOurs), read_table(TOLD / "terms.csv", TermTold))),
        happenings: list(days(read_table(happenings, DayOurs), read_table(TOLD / "happenings.csv", DayTold))),
    }
    for table, found in checks.items():
        states = Counter(
            "borne out" if f.borne_out else "told otherwise" if f.misfits else "untold" for f in found
        )
        print(table.name, ", ".join(f"{state} {n}" for state, n in states.most_common()))
        for f in found if given.disagreements else ():
            if f.misfits and not f.borne_out and f.row.source == UNVERIFIED:
                print("   ", *msgspec.structs.astuple(f.row)[:5], "| told:", *f.misfits)
                print("        decided:", decision(f))
        if given.write:
            print(table.name, "sources written:", write(table, found))


if __name__ == "__main__":
    main()
