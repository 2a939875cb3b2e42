"""From characters to row: why a row says what it says."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, Protocol

import msgspec

from onrecord.errors import UsageError
from onrecord.review import phrasing
from onrecord.types import (
    Account,
    Actor,
    Article,
    Commitment,
    Correction,
    Meeting,
    Mention,
    Reading,
    Span,
    Statement,
    Value,
    cut,
)

_SPANS = ("source", "cue", "content", "condition", "trigger", "evidence")
_ACTORS = ("speaker", "speakers", "addressee", "actors", "recipients", "participants", "parties", "brokers",
           "actor", "promiser", "beneficiary")  # fmt: skip

_EMPTY: tuple[object, ...] = (None, (), [], {}, "")
"""Values that tell nothing, as rows and as JSON hold them."""


class Step(Value, frozen=True, kw_only=True):
    """One link of the chain: what was done, and with what."""

    what: str
    told: str
    spans: tuple[Span, ...] = ()


class Explanation(Value, frozen=True, kw_only=True):
    """The chain that leads to a row, characters first."""

    id: str
    kind: str
    steps: tuple[Step, ...]


class Corrected(Protocol):
    """The corrections of a record."""

    def of(self, ids: Iterable[str]) -> Sequence[Correction]: ...


class Rows(Protocol):
    """What explaining needs of a record."""

    def row(self, row_id: str) -> tuple[Any, str, Any] | None:
        """(kind, article id, row), the article id empty for a merged row; None where no row has that id."""
        ...

    def reading(self, article_id: str) -> Reading | None: ...

    def actors(self, ids: Iterable[str] | None = None) -> Mapping[str, Actor]: ...

    @property
    def corrections(self) -> Corrected: ...


def explain(record: Rows, id: str) -> Explanation:
    """The chain from an article's characters to the row with this id.

    Raises:
        UsageError: no row of the record has this id.
    """
    found = record.row(id)
    if found is None:
        raise UsageError(
            f"no row {id!r} in this record; the listings print the ids, e.g. `onrecord statements`"
        )
    _, article_id, row = found
    steps = _own(record, article_id, row) if article_id else _merged(record, row)
    return Explanation(id=id, kind=type(row).__name__.lower(), steps=tuple(steps))


def _own(record: Rows, article_id: str, row: Value) -> Iterator[Step]:
    reading = record.reading(article_id)
    if reading is None:
        return
    article = reading.article
    yield _article(article)
    spans = [s for name in _SPANS for s in getattr(row, name, ())]
    yield from _passages(reading, spans)
    for name in _SPANS:
        if cited := getattr(row, name, ()):
            yield Step(what=f"{name} words", told=cut(article.text, cited), spans=tuple(cited))
    yield from _links(reading, row, spans)
    if why := getattr(row, "why", ""):
        yield Step(what="found by", told=f"{why} (confidence {getattr(row, 'confidence', 1.0):.2f})")
    if basis := getattr(row, "date_basis", None):
        yield Step(what="date rests on", told=basis)
    for name in ("on_word_of", "within"):
        if other := getattr(row, name, None):
            yield from _rests_on(record, other)
    yield from _corrections(record, row)
    yield Step(what="row", told=_summary(row))
    yield from _changers(row, [m.reason for m in _linked(reading, row, spans) if m.reason])


def _article(article: Article) -> Step:
    published = phrasing.days(article.days)
    reason = f"; {article.published_reason}" if article.published_reason else ""
    told = (
        f"{article.path}: {article.publisher or 'publisher not known'}, {published} "
        f"({article.published_basis}{reason}), text sha256 {article.text_sha256[:12]}…"
    )
    return Step(what="article", told=told, spans=article.published_evidence)


def _passages(reading: Reading, spans: list[Span]) -> Iterator[Step]:
    roles = [
        f"{p.role} [{p.start}:{p.end}]"
        for p in reading.passages
        if any(p.start < s[1] and s[0] < p.end for s in spans)
    ]
    if roles:
        yield Step(what="passage", told=", ".join(roles))


def _links(reading: Reading, row: Value, spans: list[Span]) -> Iterator[Step]:
    """How the words in the row's spans were linked to its actors."""
    names = {a.id: a.name for a in reading.actors}
    for mention in _linked(reading, row, spans):
        name = names.get(mention.actor or "", mention.actor)
        how = mention.reason or "by name"
        told = f"“{mention.text}” ({mention.form}) is {name} [{mention.actor}]: {how}"
        yield Step(what="linked", told=told, spans=(Span(mention.start, mention.end),))
    if reason := getattr(row, "speaker_reason", None):
        yield Step(what="speaker", told=reason)


def _linked(reading: Reading, row: Value, spans: list[Span]) -> list[Mention]:
    """Mentions in the row's spans that name its actors."""
    wanted = {a for name in _ACTORS for a in _many(getattr(row, name, None))}
    return [
        m for m in reading.mentions
        if m.actor in wanted and any(s[0] <= m.start and m.end <= s[1] for s in spans)
    ]  # fmt: skip


def _many(value: Any) -> tuple[str, ...]:
    return value if isinstance(value, tuple) else (value,) if value else ()


def _rests_on(record: Rows, id: str) -> Iterator[Step]:
    found = record.row(id)
    if found and isinstance(found[2], Statement):
        statement = found[2]
        known = record.actors()
        speakers = phrasing.listed([known[a].name for a in statement.said_by if a in known])
        who = speakers or statement.source_text or "not known"
        yield Step(
            what="rests on the word of", told=f"{who}: {statement.quote} [{id}]", spans=statement.content
        )


def _merged(record: Rows, row: Value) -> Iterator[Step]:
    accounts: tuple[Account, ...] = getattr(row, "accounts", ())
    for account in accounts:
        reading = record.reading(account.article)
        if reading:
            article = reading.article
            told = "; ".join(f"{k} {_plain(v)}" for k, v in account.told.items() if v not in _EMPTY)
            yield Step(
                what=f"told by {article.publisher or article.path}",
                told=f"{cut(article.text, account.evidence)} [{account.row}: {told}]",
                spans=account.evidence,
            )
    for side in getattr(row, "sides", ()):
        yield Step(what=f"side of {side.actor or 'not known'}", told=side.told, spans=side.evidence)
    if why := getattr(row, "why", ""):
        yield Step(what="merged by", told=why)
    if basis := getattr(row, "date_basis", None):
        yield Step(what="date rests on", told=basis)
    yield from _corrections(record, row)
    yield Step(what="row", told=_summary(row))
    yield from _changers(row, [])


def _corrections(record: Rows, row: Value) -> Iterator[Step]:
    """What people put right in a row, and what stood there."""
    if ids := getattr(row, "corrected", ()):
        for told in record.corrections.of(ids):
            why = f": {told.why}" if told.why else ""
            words = f"{phrasing.correction(told)} ({told.who}, {told.at}{why}) [{told.id}]"
            yield Step(what="corrected by a person", told=words)


def _changers(row: Any, reasons: Sequence[str]) -> Iterator[Step]:
    """What would make the row another one, or none."""
    told = list(_conditions(row, reasons))
    yield Step(what="what would change it", told="; ".join(told))


def _conditions(row: Any, reasons: Sequence[str]) -> Iterator[str]:
    if isinstance(row, Statement) and row.speaker is None:
        yield "a name or office in its source that the tables of actors know (--actors)"
    if any("office" in reason or "holder" in reason for reason in reasons):
        yield "another date of the article, or other terms of office (--actors)"
    if (basis := getattr(row, "date_basis", None)) and "article date" in basis:
        yield "another date of publication, since its days are counted from it"
    elif basis and "table" in basis:
        yield "another row of the table of happenings (--happenings)"
    if getattr(row, "on_word_of", None):
        yield "another speaker of the statement that it rests on"
    if accounts := getattr(row, "accounts", ()):
        rows = ", ".join(a.row for a in accounts[:6]) + (" …" if len(accounts) > 6 else "")
        yield f"a change in what it is merged from ({rows})"
        if isinstance(row, Meeting) and len(accounts) > 1:
            yield "a telling of another meeting among it (`onrecord correct RECORD.db ROW --other-meeting`)"
    elif (confidence := getattr(row, "confidence", None)) is not None and confidence < 1:
        yield f"a build that leaves out what is less sure than {confidence:.2f} (--min-confidence)"
    if not isinstance(row, Commitment):
        yield f"a correction (`onrecord correct RECORD.db {row.id} …`)"


def _summary(row: Value) -> str:
    """The row's plain fields, as JSON prints them."""
    told = msgspec.to_builtins(row)
    left_out = {*_SPANS, "accounts", "sides", "text", "quote", "source_text", "cue_text", "why", "evidence",
                "corrected"}  # fmt: skip
    return "; ".join(f"{k} {_plain(v)}" for k, v in told.items() if k not in left_out and v not in _EMPTY)


def _plain(value: Any) -> str:
    if isinstance(value, dict):
        return ", ".join(f"{k}: {_plain(v)}" for k, v in value.items())
    return ", ".join(str(v) for v in value) if isinstance(value, list | tuple) else str(value)
