"""A record brought in line with its corrections: rows article by article, then what merging has to know."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from itertools import combinations
from typing import TYPE_CHECKING, Any

import msgspec
from msgspec.structs import replace

from onrecord.correcting.anchors import find
from onrecord.correcting.changes import Renamed, corrected
from onrecord.types import Actor, Anchor, Correction, Found, Judged, Merged, MergedDispute, cut

if TYPE_CHECKING:
    from onrecord.record import Store

SIDES = "merged_disputes"
"""Kind of the anchors of a dispute that no article tells by itself: one anchor a side."""


def apply(store: Store) -> None:
    """Brings the rows of articles in line with the corrections; the same ones twice change nothing."""
    corrections = store.corrections.all()
    renamed = _renamed(store, corrections)
    touched = {
        *store.corrections.changed(),
        *store.corrections.with_texts(a.text_sha256 for c in corrections for a in c.anchors),
        *store.corrections.naming(renamed),
    }
    found: list[Found] = []
    for article in sorted(touched):
        now = store.reading(article)
        if now is None:
            continue
        before = store.corrections.original(article) or now
        told = [c for c in corrections if any(a.kind != SIDES for a in c.anchors)]
        after, places = corrected(before, told, renamed)
        found += places
        if after != now:
            store.corrections.rewrite(after, before if after != before else None)
    store.corrections.set_found(_in_order(corrections, found, store))


def judged(store: Store) -> Judged:
    """Which meetings told are of one encounter and which are not, as people decided; the later one counts."""
    rows: dict[str, dict[int, list[str]]] = {}
    for place in store.corrections.found():
        if place.row:
            rows.setdefault(place.correction, {}).setdefault(place.n, []).append(place.row)
    verdict: dict[tuple[str, str], bool] = {}
    for correction in store.corrections.all():
        at = rows.get(correction.id, {})
        if correction.what == "same_meeting":
            told = sorted({r for found in at.values() for r in found})
            verdict |= dict.fromkeys(combinations(told, 2), True)
        elif correction.what == "other_meeting":
            others = [r for n, found in at.items() if n for r in found]
            pairs = {tuple(sorted((r, o))) for r in at.get(0, ()) for o in others if r != o}
            verdict |= dict.fromkeys(pairs, False)  # type: ignore[arg-type]
    return Judged(
        together=tuple(sorted(p for p, one in verdict.items() if one)),
        apart=tuple(sorted(p for p, one in verdict.items() if not one)),
    )


def after_merging(store: Store, merged: Merged) -> Merged:
    """Merged rows with the corrections that shaped them, without the disputes that a person rejected."""
    corrections = store.corrections.all()
    if not corrections:
        return merged
    by = _corrected_rows(store)
    rejected = _rejected(corrections)
    hashes = store.text_hashes() if rejected else {}
    gone = {frozenset((a.text_sha256, a.spans) for a in c.anchors) for c in rejected}
    return replace(
        merged,
        events=tuple(_shown(r, by) for r in merged.events),
        meetings=tuple(_shown(r, by) for r in merged.meetings),
        agreements=tuple(_shown(r, by) for r in merged.agreements),
        positions=tuple(_shown(r, by) for r in merged.positions),
        disputes=tuple(_shown(d, by) for d in merged.disputes if not gone or _key(d, hashes) not in gone),
    )


def decisions(store: Store) -> str:
    """16 hex digits of what people decided about merged rows themselves."""
    told = [judged(store), [c.id for c in _rejected(store.corrections.all())]]
    return hashlib.blake2s(msgspec.json.encode(told), digest_size=8).hexdigest()


def _rejected(corrections: Iterable[Correction]) -> list[Correction]:
    """Rejections of disputes that no article tells by itself."""
    return [c for c in corrections if c.what == "reject" and c.anchors and c.anchors[0].kind == SIDES]


def side_anchors(dispute: MergedDispute, texts: Mapping[str, tuple[str, str]]) -> tuple[Anchor, ...]:
    """Anchors of a dispute that no article tells by itself; `texts`: article id → (hash, text)."""
    anchors = []
    for side in dispute.sides:
        if side.article and side.article in texts:
            sha, text = texts[side.article]
            quote, told = cut(text, side.evidence), {"about": dispute.about}
            anchors.append(Anchor(text_sha256=sha, kind=SIDES, spans=side.evidence, quote=quote, told=told))
    return tuple(anchors)


def _key(dispute: MergedDispute, hashes: Mapping[str, str]) -> frozenset[tuple[str, Any]]:
    return frozenset((hashes.get(s.article or "", ""), s.evidence) for s in dispute.sides)


def _renamed(store: Store, corrections: Sequence[Correction]) -> dict[str, Renamed]:
    """Actor of the extractor's → whom people take him for, all through the record; chains followed."""
    renamed: dict[str, Renamed] = {}
    for correction in corrections:
        if correction.what != "same_actor":
            continue
        to = msgspec.convert(correction.value, Actor)
        if to.id in renamed:
            to = renamed[to.id].to
        for old in _named(store, correction.anchors):
            for one, other in renamed.items():
                if other.to.id == old:
                    renamed[one] = Renamed(to, (*other.by, correction.id))
            renamed[old] = Renamed(to, (correction.id,))
    return {old: new for old, new in sorted(renamed.items()) if old != new.to.id}


def _named(store: Store, anchors: Iterable[Anchor]) -> list[str]:
    """Whom the extractor takes the words of anchors for."""
    named = []
    for anchor in anchors:
        for article in store.corrections.with_texts([anchor.text_sha256]):
            reading = store.corrections.original(article) or store.reading(article)
            at = find(anchor, reading)[0] if reading else None
            if reading and at is not None and (actor := reading.mentions[at].actor):
                named.append(actor)
    return sorted(set(named))


def _in_order(corrections: Sequence[Correction], found: Sequence[Found], store: Store) -> list[Found]:
    """Where words were found, in the order of the corrections; an anchor without its text is lost."""
    places: dict[tuple[str, int], list[Found]] = {}
    for place in found:
        places.setdefault((place.correction, place.n), []).append(place)
    made = []
    for correction in corrections:
        for n, anchor in enumerate(correction.anchors):
            told = places.get((correction.id, n))
            if told is None and anchor.kind == SIDES:
                there = store.corrections.with_texts([anchor.text_sha256])
                told = [Found(correction=correction.id, n=n, article=a, state="applied") for a in there]
            made += told or [_lost(correction, n)]
    return made


def _lost(correction: Correction, n: int) -> Found:
    return Found(correction=correction.id, n=n, state="lost", reason="no article of the record has this text")


def _corrected_rows(store: Store) -> dict[str, set[str]]:
    """Row id → the corrections that changed it, or decided about it."""
    by: dict[str, set[str]] = {}
    for table in ("statements", "events", "meetings", "agreements", "disputes"):
        for row, told in store.corrections.corrected_rows(table):
            by.setdefault(row, set()).update(told)
    deciding = {c.id for c in store.corrections.all() if c.what in ("same_meeting", "other_meeting")}
    for place in store.corrections.found():
        if place.row and place.correction in deciding:
            by.setdefault(place.row, set()).add(place.correction)
    return by


def _shown(row: Any, by: Mapping[str, set[str]]) -> Any:
    """A merged row that names the corrections of the rows it is made of."""
    parts = [a.row for a in row.accounts] + [s.statement for s in getattr(row, "sides", ()) if s.statement]
    told = sorted({c for part in parts for c in by.get(part, ())})
    return replace(row, corrected=tuple(told)) if told else row
