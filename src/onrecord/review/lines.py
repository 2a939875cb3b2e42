"""The lines that reports are made of: plain values, each with the number of its source."""

from __future__ import annotations

from onrecord.types import Range, Span, Value


class SourceNote(Value, frozen=True, kw_only=True):
    """A numbered article."""

    number: int
    article: str
    publisher: str | None
    published: Range | None
    basis: str
    title: str | None
    licence: str | None
    path: str


class Quote(Value, frozen=True, kw_only=True):
    """A statement as a line of the brief: exact words, and the number of their source."""

    statement: str
    speaker: str
    role: str | None
    side: str
    act: str
    phrase: str
    """The act in the past tense: `denied`; or the article's own words in quotation marks (`phrasing.act`)."""
    quote: str
    speech: str
    hedged: bool
    on: Range | None
    source: int
    span: Span
    repeated: tuple[int, ...] = ()
    """Further sources with the same words."""


class IssueSection(Value, frozen=True, kw_only=True):
    """One issue: what each side said on it, newest first."""

    id: str
    label: str
    sides: dict[str, tuple[Quote, ...]]
    """Side's name → its statements; a side that said nothing is there with none."""


class Telling(Value, frozen=True, kw_only=True):
    """One article's words on a meeting, agreement or dispute."""

    actor: str | None
    text: str
    source: int


class MeetingLine(Value, frozen=True, kw_only=True):
    """A meeting as a row of the brief's table."""

    id: str
    on: Range | None
    date_basis: str | None
    place: str | None
    occasion: str | None
    participants: tuple[str, ...]
    length: str | None
    minutes: int | None
    medium: str | None
    status: str
    agenda: tuple[str, ...]
    articles: int
    independent: int
    tellings: tuple[Telling, ...]


class AgreementLine(Value, frozen=True, kw_only=True):
    """What was agreed, or expressly not."""

    id: str
    parties: tuple[str, ...]
    subject: str
    state: str
    made_on: Range | None
    effective: Range | None
    expires: Range | None
    due: str | None
    """`overdue` or `expired` as of the brief's day, where its dates say so."""
    brokers: tuple[str, ...]
    conditions: tuple[str, ...]
    tellings: tuple[Telling, ...]


class CommitmentLine(Value, frozen=True, kw_only=True):
    """Who promised what to whom."""

    id: str
    promiser: str
    beneficiary: tuple[str, ...]
    what: str
    """The article's words."""
    negated: bool
    state: str
    made_on: Range | None
    effective: Range | None
    due: Range | None
    expires: Range | None
    overdue: str | None
    """`overdue since …` as of the brief's day, where no article tells that it was kept."""
    conditions: tuple[str, ...]
    word_of: str | None
    """On whose word; None: an article's own."""
    agreement: str | None
    """Id of the agreement that it is part of, as one article tells it."""
    sources: tuple[int, ...]


class DisputeLine(Value, frozen=True, kw_only=True):
    """Accounts that differ, side by side."""

    id: str
    about: str
    kind: str
    sides: tuple[Telling, ...]
