"""Merging again after articles came, changed or went: only rows that may come out otherwise are merged.

Rows are found through their blocks (`merge.blocks`, where the law stands on which this rests): those of the
articles concerned, the rows they are the same as, the rows these are the same as, and so on. What comes out
is what merging everything anew gives.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any, NamedTuple, TypeVar

from onrecord.merge import (
    agreements,
    disputes,
    events,
    meetings,
    opposed,
    positions,
    quotes,
    stances,
    traces,
    voicing,
)
from onrecord.merge.alike import alike, linked
from onrecord.merge.blocks import (
    AGREEMENTS,
    CLAIMS,
    EVENTS,
    MEETINGS,
    Blocks,
    claim_keys,
    position_keys,
    quote_keys,
)
from onrecord.merge.duplicates import grouped, near_pairs
from onrecord.merge.ground import Ground, Told, day_key, key_of
from onrecord.types import (
    Actor,
    Changes,
    Copy,
    Dispute,
    Event,
    EventCluster,
    Judged,
    Kept,
    Merged,
    MergedAgreement,
    MergedDispute,
    MergedMeeting,
    Passage,
    Position,
    Statement,
)

V = TypeVar("V")
M = TypeVar("M", EventCluster, MergedMeeting, MergedAgreement)
Change = tuple[Actor | None, Actor | None]
"""An actor as he was known and as he is; None where the record did not, or does not, know him."""


class Looked(Mapping[str, V]):
    """Values looked up one by one, each once."""

    def __init__(self, look: Callable[[Iterable[str]], Mapping[str, V]]) -> None:
        self._look = look
        self._known: dict[str, V | None] = {}

    def __getitem__(self, key: str) -> V:
        if key not in self._known:
            self._known[key] = self._look([key]).get(key)
        value = self._known[key]
        if value is None:
            raise KeyError(key)
        return value

    def __iter__(self) -> Iterator[str]:
        return iter(self._known)

    def __len__(self) -> int:
        return len(self._known)


class Laid(NamedTuple):
    """The ground of a merging, and the articles whose rows may come out otherwise."""

    copies: tuple[Copy, ...]
    ground: Ground
    touched: list[str]
    alike_touched: list[str]
    """The same with those that have other articles alike than before, which only events ask for."""
    stance_touched: list[str]
    """The same with those whose speakers may be another subject than before, which only positions ask for."""
    quoted_touched: list[str]
    """Those whose quotations may come out otherwise: of actors, these ask only for the family's name."""
    waiting: list[str]
    """Those that came, changed or went."""


def again(kept: Kept, judged: Judged) -> Changes:
    """What has to be taken out and put in. The record's notes are brought up to date on the way.

    `judged` has to be what it was at the last merging.
    """
    laid = _lay(kept, judged)
    ground, touched = laid.ground, laid.touched
    clusters: dict[str, str] = {}

    def clustered(rows: Iterable[tuple[str, Any]], base: Ground) -> tuple[EventCluster, ...]:
        homes, merged = events.merge(rows, base)
        clusters.update(homes)
        return merged

    gone_events, happened = _regrouped(EVENTS, EventCluster, clustered, laid.alike_touched, kept, ground)
    gone_meetings, met = _regrouped(MEETINGS, MergedMeeting, meetings.merge, touched, kept, ground)
    gone_agreements, agreed = _regrouped(AGREEMENTS, MergedAgreement, agreements.merge, touched, kept, ground)
    gone_disputes, disputed = _disputes((gone_meetings, met), (gone_agreements, agreed), laid, kept)
    gone_positions, stood = _positions(laid.stance_touched, kept, ground)
    gone_quotes, quoted = _quotes(laid.quoted_touched, kept, ground)
    return Changes(
        gone={
            "event_clusters": _ids(gone_events),
            "merged_meetings": _ids(gone_meetings),
            "merged_agreements": _ids(gone_agreements),
            "merged_disputes": _ids(gone_disputes),
            "positions": _ids(gone_positions),
            "same_quotes": tuple(sorted(gone_quotes)),
        },
        merged=Merged(
            copies=laid.copies,
            clusters=clusters,
            events=happened,
            meetings=met,
            agreements=agreed,
            disputes=disputed,
            positions=stood,
            quotes=quoted,
        ),
    )


def _ids(rows: Iterable[Any]) -> tuple[str, ...]:
    return tuple(sorted(row.id for row in rows))


def _lay(kept: Kept, judged: Judged) -> Laid:
    waiting = kept.waiting()
    before = kept.traces()
    signed = {t.wording: t.bands for t in before}
    known = traces.bands(before)
    heads = kept.heads(waiting)
    spans = traces.read_spans(kept.told(Passage, sorted(heads)))
    new = []
    for article, head in sorted(heads.items()):
        new.append(traces.trace(head, kept.text(article), spans.get(article), signed))
        kept.notes.trace(new[-1])
    told = [*before, *new]
    holder = {t.wording: t.article for t in reversed(told)}

    def words(wording: str) -> str:
        article = holder[wording]
        there = spans.get(article) or traces.read_spans(kept.told(Passage, [article])).get(article)
        return traces.words(kept.text(article), there)

    fresh = {wording: b for wording, b in traces.bands(new).items() if wording not in signed}
    pairs = near_pairs(fresh, known, words)
    was = {c.article: c.of for c in kept.copies()}
    copies = grouped(traces.in_order(told), [*kept.near_pairs(), *pairs])
    kept.notes.near(pairs)
    copy_of = {c.article: c.of for c in copies}
    alikes = alike(traces.names(told), kept.days().get)
    shifted = {article for pair in alikes ^ kept.alike_pairs() for article in pair}
    kept.notes.alike(alikes)
    changed = kept.changed_actors()
    kept.notes.actors(now for _, now in changed if now)
    moved = {a for a in was.keys() | copy_of.keys() if was.get(a, a) != copy_of.get(a, a)}
    touched = {*waiting, *moved, *_naming_other(_standing, changed, kept)}
    ground = Ground(
        articles=Looked(kept.heads),
        actors=Looked(kept.known_actors),
        copy_of=copy_of,
        speakers=Looked(kept.speakers),
        alike=linked(alikes),
        judged=judged,
        text=kept.text,
    )
    spoken = {*_naming_other(stances.subject_of, changed, kept), *_people_of_other(changed, kept)}
    return Laid(
        copies=copies,
        ground=ground,
        touched=sorted(touched),
        alike_touched=sorted(touched | shifted),
        stance_touched=sorted(touched | spoken),
        quoted_touched=sorted({*waiting, *_naming_other(quotes.family, changed, kept)}),
        waiting=waiting,
    )


def _standing(actor: Actor) -> tuple[str, str | None, str | None]:
    """What rows are grouped by of an actor."""
    return actor.kind, actor.country, actor.sector


def _naming_other(asked: Callable[[Actor], Any], changed: Iterable[Change], kept: Kept) -> list[str]:
    """Articles that name an actor of whom something that is asked for is otherwise than before."""
    return kept.naming(now.id for was, now in changed if now and (not was or asked(was) != asked(now)))


def _people_of_other(changed: Iterable[Change], kept: Kept) -> list[str]:
    """Articles that name somebody of a state that came, went or has another name: it is their subject too."""
    other = {one.id for was, now in changed if (one := now or was) and _name(was) != _name(now)}
    return kept.naming_people_of(i.removeprefix("state:") for i in other if i.startswith("state:"))


def _name(actor: Actor | None) -> str | None:
    return actor.name if actor else None


def _regrouped(
    blocks: Blocks,
    kind: type[M],
    merge: Callable[[Iterable[tuple[str, Any]], Ground], tuple[M, ...]],
    touched: Sequence[str],
    kept: Kept,
    ground: Ground,
) -> tuple[list[M], tuple[M, ...]]:
    """Merged rows that have to go, and those that come for them."""
    old = {key for key, _ in kept.keys_of(blocks.kind, touched)}
    kept.forget_keys(blocks.kind, touched)
    rows = [Told(article, row) for article, row in kept.told(blocks.type, touched)]
    kept.notes.keys([key for row in rows for key in blocks.keys(row, ground)])
    were = kept.merged(kind, touched)
    seeds = {row.row.id for row in rows} | {row for _, row, _ in kept.holding(blocks.kind, old)}
    seeds |= {account.row for merged in were for account in merged.accounts}
    held: dict[str, Told[Any]] = _connected(seeds, blocks, kept, ground)
    concerned = kept.merged(kind, sorted({*touched, *(t.article for t in held.values())}))
    mine = {merged.id for merged in were}
    gone = [m for m in concerned if m.id in mine or any(a.row in held for a in m.accounts)]
    return gone, merge([(t.article, t.row) for _, t in sorted(held.items())], ground)


def _connected(seeds: Iterable[str], blocks: Blocks, kept: Kept, ground: Ground) -> dict[str, Told[Any]]:
    """Rows by id: those named, all that are the same as one of them, and so on."""
    known: dict[str, Told[Any]] = {}

    def learn(ids: Iterable[str]) -> None:
        if missing := sorted({i for i in ids if i not in known}):
            known.update((row.id, Told(a, row)) for a, row in kept.these(blocks.type, missing))

    learn(seeds)
    held = {i: known[i] for i in sorted(seeds) if i in known}
    together = [pair for pair in ground.judged.together if blocks is MEETINGS]
    frontier = list(held.values())
    while frontier:
        hints = [(told, blocks.hint_keys(told, ground)) for told in frontier]
        inside: dict[int, list[str]] = {}
        for key, row, _ in kept.holding(blocks.kind, {key for _, keys in hints for key in keys}):
            inside.setdefault(key, []).append(row)
        learn(row for rows in inside.values() for row in rows if row not in held)
        frontier = []
        for told, keys in hints:
            near = {row for key in keys for row in inside.get(key, ()) if row not in held and row in known}
            found = {
                row
                for row in near
                if blocks.same(told, known[row], ground) or blocks.same(known[row], told, ground)
            }
            found |= _partners(told.row.id, together)
            learn(found)
            new = sorted(row for row in found if row in known and row not in held)
            held.update((row, known[row]) for row in new)
            frontier += [known[row] for row in new]
    return held


def _partners(row: str, together: Iterable[tuple[str, str]]) -> set[str]:
    """Rows that people said are of one encounter with a row."""
    return {other for pair in together if row in pair for other in pair if other != row}


def _positions(
    touched: Sequence[str], kept: Kept, ground: Ground
) -> tuple[list[Position], tuple[Position, ...]]:
    """Positions of the actors on the issues that the articles concerned spoke of, then or now."""
    old = {key for key, _ in kept.keys_of("positions", touched)}
    kept.forget_keys("positions", touched)
    told = voicing.voices(kept.told(Statement, touched), kept.told(Event, touched), ground)
    new = [key for voices in told for key in position_keys(voices)]
    kept.notes.keys(new)
    subjects = old | {key.key for key in new}
    holders = sorted({article for _, _, article in kept.holding("positions", subjects)})
    concerned = kept.merged(Position, sorted({*holders, *touched}))
    gone = [p for p in concerned if key_of(p.actor, positions.subject(p.issue)) in subjects]
    came = positions.merge(kept.told(Statement, holders), kept.told(Event, holders), ground)
    return gone, tuple(p for p in came if key_of(p.actor, positions.subject(p.issue)) in subjects)


def _quotes(touched: Sequence[str], kept: Kept, ground: Ground) -> tuple[set[str], tuple[Any, ...]]:
    """Statements that may stand in another group of repeated quotations, and the groups as they are now."""
    old = kept.keys_of("quotes", touched)
    said = kept.told(Statement, touched)
    new = [key for article, statement in said for key in quote_keys(article, statement, ground)]
    keys = {key for key, _ in old} | {key.key for key in new}
    before = kept.wordings("quotes", keys)
    kept.forget_keys("quotes", touched)
    kept.notes.keys(new)
    after = kept.wordings("quotes", keys)
    turned = {k for k in keys if (before.get(k, 0) > quotes.COMMON) != (after.get(k, 0) > quotes.COMMON)}
    open_before = {key for key, _ in old if before.get(key, 0) <= quotes.COMMON}
    rows = {row for _, row in old}
    seeds = {key.row for key in new} | {row for _, row, _ in kept.holding("quotes", open_before | turned)}
    seeds |= set(kept.quoted_with(rows))
    held, common = _connected_quotes(seeds, kept, ground)
    return rows | held.keys(), quotes.merge([told for _, told in sorted(held.items())], ground, common)


def _connected_quotes(
    seeds: Iterable[str], kept: Kept, ground: Ground
) -> tuple[dict[str, tuple[str, Statement]], set[int]]:
    """Statements by id whose quotes hang together, and the blocks among theirs that hold too many."""
    known: dict[str, tuple[str, Statement]] = {}
    read: dict[str, quotes.Quote] = {}
    common: set[int] = set()

    def learn(ids: Iterable[str]) -> None:
        for article, row in kept.these(Statement, sorted({i for i in ids if i not in known})):
            known[row.id] = (article, row)
            if quote := quotes.quote_of(article, row, ground):
                read[row.id] = quote

    learn(seeds)
    held = {i for i in seeds if i in read}
    frontier = sorted(held)
    while frontier:
        hints = {row: quotes.blocks(read[row]) for row in frontier}
        counted = kept.wordings("quotes", {key for keys in hints.values() for key in keys})
        common |= {key for key, count in counted.items() if count > quotes.COMMON}
        inside: dict[int, list[str]] = {}
        for key, row, _ in kept.holding("quotes", counted.keys() - common):
            inside.setdefault(key, []).append(row)
        learn(row for rows in inside.values() for row in rows)
        new: set[str] = set()
        for row, keys in hints.items():
            near = {other for key in keys for other in inside.get(key, ())} - held - new
            new |= {other for other in near if other in read and _repeats(read[row], read[other])}
        held |= new
        frontier = sorted(new)
    return {row: known[row] for row in held}, common


def _repeats(one: quotes.Quote, other: quotes.Quote) -> bool:
    longer, shorter = sorted((one, other), key=lambda q: q.place)
    return quotes.likeness(shorter, longer) >= quotes.MIN_LIKENESS


def _disputes(
    meetings: tuple[Sequence[MergedMeeting], Sequence[MergedMeeting]],
    agreements: tuple[Sequence[MergedAgreement], Sequence[MergedAgreement]],
    laid: Laid,
    kept: Kept,
) -> tuple[list[MergedDispute], tuple[MergedDispute, ...]]:
    """All disputes, given the merged rows that go and that come.

    One between articles may hang on any article written within days of a meeting.
    """
    kept.forget_keys("claims", laid.waiting)
    new = opposed.claims(kept.told(Statement, laid.waiting))
    kept.notes.keys([key for claim in new for key in claim_keys(claim)])
    answers = kept.these(Statement, [row for _, row, _ in kept.holding("claims", [CLAIMS])])
    merged = disputes.merge(
        kept.rows(Dispute),
        opposed.claims(answers),
        sorted(_every(MergedMeeting, *meetings, kept), key=lambda m: (day_key(m.date), m.id)),
        _every(MergedAgreement, *agreements, kept),
        laid.ground,
    )
    return list(kept.every(MergedDispute)), merged


def _every(kind: type[M], gone: Sequence[M], came: Sequence[M], kept: Kept) -> list[M]:
    """All merged rows of a kind, with those that come in the place of those that go."""
    left = {row.id for row in gone}
    stay = [row for row in kept.every(kind) if row.id not in left]
    return stay + list(came)
