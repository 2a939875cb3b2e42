"""Where answers and gold part, by class: what the report shows."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence

from onrecord.measure.attributions import ROLES, Gold, Roles
from onrecord.measure.brat import Spans
from onrecord.measure.events import Coding
from onrecord.measure.gold import Strings
from onrecord.measure.report import Miss, Shown
from onrecord.measure.times import Timex, pairs
from onrecord.types import TimeExpr

STATEMENTS = ("missed", "wrong source", "boundary", "merged", "spurious")
"""Nothing found there; the same words and another source; other bounds; one answer for several; not coded."""
TIMES = ("missed", "wrong value", "wrong type", "boundary", "spurious")
EVENTS = ("missed", "wrong type", "wrong countries", "spurious")
PASSAGES = ("lost", "kept")
"""Words of the article that are not read; furniture that is."""


def classed(gold: Gold, found: Sequence[Roles]) -> Iterable[tuple[str, Roles | None, Roles | None]]:
    """(class, annotated, found) of every miss of one article, in the order of the text."""
    claims: dict[Roles, int] = defaultdict(int)
    for due in gold.attributions:
        for told in found:
            claims[told] += _meet(due.content, told.content)
    for due in gold.attributions:
        near = max(found, key=lambda told: _shared(due, told), default=None)
        if near is None or not _meet(due.content, near.content):
            yield "missed", due, None
        elif due != near:
            kind = "boundary"
            if bool(due.source) != bool(near.source) or (due.source and not _meet(due.source, near.source)):
                kind = "wrong source"
            elif not _meet(due.cue, near.cue) and due.cue and claims[near] > 1:
                kind = "merged"
            if kind != "boundary" or due.content != near.content:
                yield kind, due, near
    for told in found:
        if not claims[told]:
            yield "spurious", None, told


def of_statements(name: str, gold: Gold, found: Sequence[Roles]) -> Iterator[Miss]:
    """Statements in their words."""

    def shown(one: Roles | None) -> Shown | None:
        return Shown(tuple((s, e, role) for role in ROLES for s, e in one[role])) if one else None

    for kind, due, told in classed(gold, found):
        yield Miss(kind, name, gold.text, shown(due), shown(told))


def of_times(name: str, text: str, gold: Sequence[Timex], found: Sequence[TimeExpr]) -> Iterator[Miss]:
    """Expressions in their words, with type and value."""
    due = {id(g): Shown(((g["start"], g["end"], "time"),), f"{g['type']} {g['value']}") for g in gold}
    told = {id(f): Shown(((f.start, f.end, "time"),), f"{f.type} {f.value}") for f in found}
    met_gold, met_found = set[int](), set[int]()
    for g, f in pairs(gold, found):
        met_gold.add(id(g))
        met_found.add(id(f))
        same = (g["start"], g["end"]) == (f.start, f.end)
        kind = "wrong value" if g["value"] != f.value else "wrong type" if g["type"] != f.type else "boundary"
        if kind != "boundary" or not same:
            yield Miss(kind, name, text, due[id(g)], told[id(f)])
    for g in gold:
        if id(g) not in met_gold:
            yield Miss("missed", name, text, due[id(g)])
    for f in found:
        if id(f) not in met_found:
            yield Miss("spurious", name, text, None, told[id(f)])


def of_events(name: str, text: str, gold: Sequence[Coding], found: Sequence[Coding]) -> Iterator[Miss]:
    """Events by their type and countries; where the gold has triggers, in their words."""
    left = list(found)
    for due in gold:
        near = [t for t in left if _same_place(due, t)]
        told = next((t for t in near if t.type == due.type), next(iter(near), None))
        if told is None:
            yield Miss("missed", name, text, _coding(due))
            continue
        left.remove(told)
        if told.type != due.type:
            yield Miss("wrong type", name, text, _coding(due), _coding(told))
        elif not due.spans and not due.fits(told):
            yield Miss("wrong countries", name, text, _coding(due), _coding(told))
    for told in left:
        yield Miss("spurious", name, text, None, _coding(told))


def of_passages(name: str, text: str, gold: Strings, kept: str) -> Iterator[Miss]:
    """Strings that went astray, where they stand in the page."""
    plain = " ".join(kept.split())
    for kind, strings, is_there in (("lost", gold.within, False), ("kept", gold.without, True)):
        for string in strings:
            if (" ".join(string.split()) in plain) == is_there:
                at = text.find(string)
                spans = ((at, at + len(string), "string"),) if at >= 0 else ()
                yield Miss(kind, name, text, Shown(spans, "" if spans else string))


def _same_place(due: Coding, told: Coding) -> bool:
    """Whether triggers meet; without triggers, all events of a text do."""
    return not due.spans or not told.spans or _meet(due.spans, told.spans) > 0


def _coding(one: Coding) -> Shown:
    sides = " → ".join("+".join(sorted(side)) or "–" for side in (one.sources, one.targets))
    says = one.type if one.spans and not (one.sources or one.targets) else f"{one.type} {sides}"
    return Shown(tuple((s, e, "event") for s, e in one.spans), says)


def _shared(due: Roles, told: Roles) -> tuple[int, int]:
    return _meet(due.content, told.content), _meet(due.cue, told.cue) + _meet(due.source, told.source)


def _meet(some: Spans, others: Spans) -> int:
    """Characters that two lists of spans share."""
    return sum(max(0, min(e, d) - max(s, c)) for s, e in some for c, d in others)
