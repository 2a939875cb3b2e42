"""From a row and what a person says of it to a correction that holds without the row's id."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any, NamedTuple

import msgspec

from onrecord.correcting.anchors import KINDS as ANCHORED
from onrecord.correcting.anchors import anchor
from onrecord.correcting.applying import SIDES, side_anchors
from onrecord.correcting.fields import ACTORS, MANY_ACTORS, check_field, converted
from onrecord.errors import UsageError
from onrecord.facts.actors.rows import slug
from onrecord.record import codec
from onrecord.record.filters import side
from onrecord.types import Actor, Anchor, Correction, Meeting, Mention, MergedDispute, Reading

if TYPE_CHECKING:
    from onrecord.record import Store


class By(NamedTuple):
    """Who corrects, when, and why."""

    who: str
    at: str
    """ISO 8601."""
    why: str = ""


def set_field(store: Store, row: str, field: str, value: Any, by: By) -> Correction:
    """A field of a row has another value; of a merged row: in each article's telling.

    Args:
        store: an open record.
        row: id of a statement, event, meeting or agreement.
        field: see `fields.SETTABLE`.
        value: as JSON; for actors ids or names of the record, or the name of somebody it does not know.
        by: who says so.

    Raises:
        UsageError: no such row or field, or no value for it.
    """
    told = [_extracted(store, one) for one in _rows_behind(store, row)]
    kind = told[0][1]
    check_field(kind, field)
    value = _actors_in(store, kind, field, value)
    converted(kind, field, value)
    was = _named(store, told[0][0], kind, field, getattr(told[0][2], field))
    return _made("set", store, told, by, field=field, value=value, was=was)


def reject(store: Store, row: str, by: By) -> Correction:
    """A row is none: no statement, no dispute, no meeting of these two …

    Raises:
        UsageError: no such row, or one that follows from others.
    """
    found = store.row(row)
    if found and isinstance(found[2], MergedDispute) and not _own_disputes(store, found[2]):
        dispute = found[2]
        articles = [a for s in dispute.sides if s.article and (a := store.article(s.article))]
        anchors = side_anchors(dispute, {a.id: (a.text_sha256, a.text) for a in articles})
        if not anchors or {a.kind for a in anchors} != {SIDES}:
            raise UsageError(f"no words of articles stand behind {row!r}")
        return _kept("reject", anchors, by, was=_plain(dispute.about))
    told = _rows_behind(store, row)
    return _made("reject", store, told, by, was=_plain(told[0][2]))


def same_meeting(store: Store, one: str, other: str, by: By) -> Correction:
    """Two meetings are one encounter.

    Raises:
        UsageError: one of them is no meeting of the record.
    """
    told = [*_meetings(store, one)[:1], *_meetings(store, other)[:1]]
    return _made("same_meeting", store, told, by)


def other_meeting(store: Store, told_row: str, by: By, *, among: str | None = None) -> Correction:
    """One telling of a meeting is of another encounter than the rest.

    Args:
        store: an open record.
        told_row: id of the article's own row.
        by: who says so.
        among: id of the meeting that it was merged into; None: that is looked up.

    Raises:
        UsageError: it is no article's telling, or it stands alone.
    """
    found = store.row(told_row)
    if found is None or type(found[2]) is not Meeting:
        raise UsageError(f"{told_row!r} is no article's telling of a meeting; see `onrecord explain`")
    home = among or merged_into(store, told_row)
    others = [t for t in _meetings(store, home) if t[2].id != told_row] if home else []
    if not others:
        raise UsageError(f"{told_row!r} is merged with no other telling")
    return _made("other_meeting", store, [(found[1], "meetings", found[2]), *others], by)


def same_actor(store: Store, actor: str, to: str, by: By, *, article: str | None = None) -> Correction:
    """An actor is somebody else: all through the record, or in one article.

    Raises:
        UsageError: the record does not know the actor, or no words name it.
    """
    one, other = known_actor(store, actor), known_actor(store, to)
    if one.id == other.id:
        raise UsageError(f"{one.name} is {other.name} already")
    told = _mention_of(store, one.id, article)
    what = "same_actor" if article is None else "other_actor"
    return _made(what, store, [told], by, value=_plain(other), was=_plain(one))


def known_actor(store: Store, name: str) -> Actor:
    """The actor of a record that an id, code or name means.

    Raises:
        UsageError: nobody, or more than one.
    """
    ids = side(store.connection, name)
    exact = [i for i in ids if i == name] or ids
    if len(exact) != 1:
        known = store.actors(exact[:8])
        told = "; ".join(f"{a.id} ({a.name})" for a in known.values())
        raise UsageError(f"{name!r} may be {told}: give the id" if exact else f"nobody here is {name!r}")
    found = store.actors(exact)[exact[0]]
    return msgspec.structs.replace(found, role=None)


def anybody(store: Store, name: str) -> Actor:
    """The actor of a record that a name means, or a person whom the record does not know yet.

    Raises:
        UsageError: the name fits several.
    """
    name = " ".join(name.split())
    if not name:
        raise UsageError("no name given; leave the field out, or say `unknown`")
    if side(store.connection, name) or ":" in name:
        return known_actor(store, name)
    return Actor(id=f"person:{slug(name)}", name=name, kind="person")


def merged_into(store: Store, told_row: str) -> str | None:
    """Id of the merged meeting that holds an article's telling."""
    sql = """SELECT m.id FROM merged_meetings m, json_each(m.accounts) a
        WHERE json_extract(a.value, '$.row') = ? ORDER BY m.n LIMIT 1"""
    found = store.connection.execute(sql, [told_row]).fetchone()
    return found[0] if found else None


# --- what these share ------------------------------------------------------------------------------------

_Told = tuple[str, str, Any]
"""Article id, kind and row as it holds now."""


def _rows_behind(store: Store, row: str) -> list[_Told]:
    """The rows of articles that a row is, or is merged from."""
    found = store.row(row)
    if found is None:
        raise UsageError(f"no row {row!r} in this record; the listings print the ids")
    kind, article, value = found
    if article:
        if kind.name not in ANCHORED:
            raise UsageError(f"{row!r} is no row that can be corrected")
        return [(article, kind.name, value)]
    told = []
    for account in value.accounts:
        own = store.row(account.row)
        if (
            own
            and own[1]
            and own[0].table == kind.table.removeprefix("merged_").replace("event_clusters", "events")
        ):
            told.append((own[1], own[0].name, own[2]))
    if not told:
        raise UsageError(f"{row!r} follows from other rows; correct those (`onrecord explain` names them)")
    return told


def _own_disputes(store: Store, dispute: MergedDispute) -> bool:
    own = [store.row(a.row) for a in dispute.accounts]
    return any(found and found[0].name == "disputes" for found in own)


def _meetings(store: Store, row: str) -> list[_Told]:
    told = _rows_behind(store, row)
    if told[0][1] != "meetings":
        raise UsageError(f"{row!r} is no meeting")
    return told


def _mention_of(store: Store, actor: str, article: str | None) -> _Told:
    """The first words that the extractor takes for an actor; a name, where there is one."""
    articles = [article] if article else store.corrections.naming([actor])
    best: tuple[int, str, int] | None = None
    held: _Told | None = None
    for one in articles:
        reading = _original(store, one)
        for n, mention in enumerate(reading.mentions if reading else ()):
            rank = (0 if mention.form == "name" else 1, one, n)
            if mention.actor == actor and (best is None or rank < best):
                best, held = rank, (one, "mentions", mention)
    if held is None:
        where = " in that article" if article else ""
        raise UsageError(f"no words name {actor!r}{where} as the extractor reads it")
    return held


def _original(store: Store, article: str) -> Reading | None:
    return store.corrections.original(article) or store.reading(article)


def _extracted(store: Store, told: _Told) -> _Told:
    """A row as the extractor has it."""
    article, kind, row = told
    reading = _original(store, article)
    own = None if isinstance(row, Mention) or reading is None else getattr(reading, kind)
    return article, kind, next((r for r in own or () if r.id == row.id), row)


def _made(what: Any, store: Store, told: Sequence[_Told], by: By, **more: Any) -> Correction:
    anchors = []
    for article, kind, row in (_extracted(store, one) for one in told):
        of = store.article(article)
        assert of is not None
        anchors.append(anchor(row, kind, of))
    return _kept(what, tuple(anchors), by, **more)


def _kept(what: Any, anchors: tuple[Anchor, ...], by: By, **more: Any) -> Correction:
    if not by.who.strip():
        raise UsageError("say who corrects: --by NAME")
    return Correction(what=what, anchors=anchors, who=by.who.strip(), at=by.at, why=by.why.strip(), **more)


def _actors_in(store: Store, kind: str, field: str, value: Any) -> Any:
    """A value with actors in place of the names or ids that were given."""
    if (kind, field) in ACTORS:
        return _plain(anybody(store, value)) if isinstance(value, str) else value
    if (kind, field) in MANY_ACTORS:
        return [_plain(anybody(store, v)) if isinstance(v, str) else v for v in value or ()]
    return value


def _named(store: Store, article: str, kind: str, field: str, value: Any) -> Any:
    """What the extractor has, with actors in place of their ids."""
    reading = _original(store, article)
    known = {a.id: a for a in reading.actors} if reading else {}
    if (kind, field) in ACTORS and value:
        return _plain(known.get(value, value))
    if (kind, field) in MANY_ACTORS:
        return [_plain(known.get(v, v)) for v in value]
    return _plain(value)


def _plain(value: Any) -> Any:
    return codec.from_json(codec.to_json(value), Any)
