"""The values that travel through onrecord, all frozen; rooms meet through this module only.

Offsets are Python code points into `Article.text`, end exclusive. A field called `text`, `quote` or
`…_text` holds the very words that the row's spans cut; `onrecord.record` refuses rows where it does not.
Field names follow the JSON shapes printed by `onrecord read` and the listings.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, Protocol, TypeVar

import msgspec

if TYPE_CHECKING:
    from spacy.tokens import Doc

T = TypeVar("T")

Role = Literal[
    "headline", "byline", "dateline", "body", "heading", "caption",
    "credit", "topics", "bio", "licence", "furniture",
]  # fmt: skip
READ_ROLES: frozenset[str] = frozenset({"headline", "body", "heading", "caption"})
"""Roles of passages that are read for statements, events and meetings; the rest serve metadata only."""

DateBasis = Literal["given", "metadata", "inferred", "unknown"]
ActorKind = Literal["person", "state", "government", "organisation", "armed_group", "medium", "group"]
Form = Literal["name", "title", "pronoun", "metonym", "group"]
TimeType = Literal["DATE", "TIME", "DURATION", "SET"]
Speech = Literal["direct", "mixed", "indirect"]
Act = Literal[
    "say", "deny", "confirm", "accuse", "promise", "threaten", "demand", "propose", "agree", "reject", "warn",
    "praise", "criticise", "ask", "expect", "believe", "decide", "decline", "omit", "assess", "forecast",
]  # fmt: skip
EventStatus = Literal["happened", "planned", "hypothetical", "denied", "historical"]
MeetingStatus = Literal["prospective", "held", "cancelled", "postponed", "denied"]
Medium = Literal["in_person", "call", "video"]
AgreementState = Literal[
    "proposed", "agreed", "in_force", "violated", "withdrawn", "expired", "not_agreed"
]  # fmt: skip
DisputeKind = Literal["contradiction", "reported_as_differing"]


_WORDS_OF = frozenset({
    "letter", "bill", "proposal", "legislation", "statement", "speech", "tweet", "message", "book", "remark", "comment", "testimony", "post",
    "spokesman", "op-ed", "campaign", "office", "team", "report", "view", "idea", "plan", "critique",
    "interview", "article", "column", "memo", "email", "address",
})  # fmt: skip
"""Nouns whose owner is the one who speaks through them: "the senator's letter"."""
_TITLE_TAGS = frozenset({"NOUN", "PROPN", "ADJ", "SPACE"})
_SCENE = frozenset({"in", "at", "near", "to", "outside"})
"""Words before a place that make it the scene of what is told."""


class Span(NamedTuple):
    """Characters [start, end) of the article's text."""

    start: int
    end: int

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end

    def contains(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end


class Range(NamedTuple):
    """Two full days, both inclusive; None is an open end."""

    start: date | None
    end: date | None

    def overlaps(self, other: Range) -> bool:
        return (self.start or date.min) <= (other.end or date.max) and (other.start or date.min) <= (
            self.end or date.max
        )

    @property
    def days(self) -> int | None:
        """Number of days covered, None where an end is open."""
        return (self.end - self.start).days + 1 if self.start and self.end else None


def day_range(day: date) -> Range:
    return Range(day, day)


class Value(msgspec.Struct, frozen=True, kw_only=True):
    """Base of all values: frozen, compared by content; change with `msgspec.structs.replace`."""


def cut(text: str, spans: Iterable[Span]) -> str:
    """The words that spans cut out of a text; fragments of a discontinuous span are joined by ' … '."""
    return " … ".join(text[s:e] for s, e in spans)


def row_id(kind: str, article_id: str, *content: object) -> str:
    """An id made of what the row says: `kind` letter, dash, 12 hex digits (BLAKE2s)."""
    told = "\x1f".join([article_id, *map(str, content)])
    return f"{kind}-{hashlib.blake2s(told.encode('utf-8', 'surrogatepass'), digest_size=6).hexdigest()}"


def text_hash(text: str) -> str:
    """SHA-256 of the text as UTF-8, in hex; lone surrogates are encoded as they stand."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


# --- what comes in ---


class Article(Value, frozen=True, kw_only=True):
    """One text as received, with its metadata. `text` is never altered; cleaning only labels passages."""

    id: str
    path: str
    text: str
    title: str | None = None
    authors: tuple[str, ...] = ()
    publisher: str | None = None
    url: str | None = None
    published: date | None = None
    published_basis: DateBasis = "unknown"
    published_range: Range | None = None
    published_evidence: tuple[Span, ...] = ()
    published_reason: str | None = None
    """How the date was found, or why it is not known."""
    language: str | None = None
    licence: str | None = None
    """An SPDX-like identifier, e.g. `CC-BY-NC-ND-4.0`; None when nothing was said."""
    text_sha256: str = ""
    meta: dict[str, Any] = {}
    """Other keys of the input, as they came."""


class Reject(Value, frozen=True, kw_only=True):
    """An input that was left out, and why. `reason` is a short code, `detail` a sentence that helps."""

    path: str
    reason: str
    detail: str = ""
    deliberate: bool = False
    """True when leaving it out is right (an image in a folder), so the exit code stays 0."""


class Passage(Value, frozen=True, kw_only=True):
    """A run of the article's text with one role."""

    start: int
    end: int
    role: Role
    language: str | None = None


class Acquired(Value, frozen=True, kw_only=True):
    """An article with its text labelled: what `acquire` hands on. Passages are disjoint and in text order."""

    article: Article
    passages: tuple[Passage, ...]


# --- what one article holds ---


class Actor(Value, frozen=True, kw_only=True):
    """Who can act: person, state, government, organisation, armed group, medium, unnamed group."""

    id: str
    name: str
    kind: ActorKind
    country: str | None = None
    """ISO 3166-1 alpha-3 (XKX for Kosovo), at the article's date."""
    sector: str | None = None
    """PLOVER sector: GOV MIL LEG OPP IGO NGO MED COP JUD CVL BUS …"""
    wikidata: str | None = None
    role: str | None = None
    """Office or description at the article's date, e.g. `foreign minister of Russia`."""


class Mention(Value, frozen=True, kw_only=True):
    """A span that refers to an actor. `actor` is None while unlinked; then `reason` says why."""

    start: int
    end: int
    text: str
    form: Form
    actor: str | None = None
    reason: str | None = None
    """How it was linked (`office at 2017-07-07`), or why it was not (`two holders in the range`)."""
    keys: tuple[str, ...] = ()
    """Registry entries the words may stand for, best first; written by annotate, read by link."""
    members: tuple[str, ...] = ()
    """Ids of the known actors that a group mention stands for ("the two leaders")."""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Place(Value, frozen=True, kw_only=True):
    """A city, region or state named as a place."""

    start: int
    end: int
    text: str
    name: str
    """The name under which the table knows it."""
    country: str | None = None
    """ISO3 of the state it lies in, by the policy of docs/disputed-names.md."""
    kind: Literal["city", "state"] = "city"

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class TimeExpr(Value, frozen=True, kw_only=True):
    """A TIMEX3 expression (ISO-TimeML: DATE, TIME, DURATION, SET) with its value and the days it covers."""

    start: int
    end: int
    text: str
    type: TimeType
    value: str
    range: Range | None = None
    mod: str | None = None
    """TIMEX3 mod: APPROX, LESS_THAN, MORE_THAN, START, MID, END …"""
    looks: Literal["past", "future"] | None = None
    """Where the verb that governs it looks; None where it does not tell."""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


class Attribution(Value, frozen=True, kw_only=True):
    """Source, cue and content spans as an attributor finds them, before anything is read into them."""

    source: tuple[Span, ...] = ()
    cue: tuple[Span, ...] = ()
    content: tuple[Span, ...]
    confidence: float = 1.0
    why: str = ""
    """Name of the rule that found it; empty: the model did."""


class Statement(Value, frozen=True, kw_only=True):
    """Words or a thought that an article attributes to somebody."""

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None
    speech: Speech
    act: Act
    negated: bool = False
    hedged: bool = False
    within: str | None = None
    addressee: tuple[str, ...] = ()
    said_on: Range | None = None
    said_at: str | None = None
    issues: tuple[str, ...] = ()
    confidence: float = 1.0
    quote: str = ""
    """The content's words, cut."""
    source_text: str = ""
    cue_text: str = ""
    speaker_reason: str | None = None
    """How the speaker was found, or why not."""
    why: str = ""
    """Which rule or model found it."""


class Event(Value, frozen=True, kw_only=True):
    """Someone did something to someone, as one article tells it (PLOVER)."""

    id: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    actors: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()
    date: Range | None = None
    place: str | None = None
    status: EventStatus = "happened"
    on_word_of: str | None = None
    """Id of the statement it rests on; None: the article's own voice."""
    trigger: tuple[Span, ...]
    evidence: tuple[Span, ...]
    confidence: float = 1.0
    trigger_text: str = ""
    text: str = ""
    """The evidence's words, cut."""
    date_basis: str | None = None
    """What the date rests on: the time words, `article date`, or a row of a table of facts."""
    why: str = ""


class Meeting(Value, frozen=True, kw_only=True):
    """An encounter as one article tells it."""

    id: str
    participants: tuple[str, ...] = ()
    delegations: dict[str, tuple[str, ...]] = {}
    """Country (ISO3) or organisation → actor ids."""
    occasion: str | None = None
    place: str | None = None
    date: Range | None = None
    minutes: int | None = None
    length_told: str | None = None
    medium: Medium | None = None
    status: MeetingStatus = "held"
    agenda: tuple[str, ...] = ()
    evidence: tuple[Span, ...]
    text: str = ""
    date_basis: str | None = None
    """What date and place rest on: words, `article date`, or `table of happenings: <id>`."""
    on_word_of: str | None = None
    confidence: float = 1.0
    why: str = ""


class Agreement(Value, frozen=True, kw_only=True):
    """What sides agreed, proposed, broke or left open, as one article tells it."""

    id: str
    parties: tuple[str, ...] = ()
    subject: str
    made_on: Range | None = None
    effective: Range | None = None
    expires: Range | None = None
    state: AgreementState = "agreed"
    on_word_of: str | None = None
    brokers: tuple[str, ...] = ()
    conditions: tuple[str, ...] = ()
    evidence: tuple[Span, ...]
    text: str = ""
    confidence: float = 1.0
    why: str = ""


class Side(Value, frozen=True, kw_only=True):
    """One side of a dispute: who tells what, in which words."""

    actor: str | None
    told: str
    statement: str | None = None
    evidence: tuple[Span, ...]
    article: str | None = None
    """Id of the article it is told in; None within one article's own reading."""


class Dispute(Value, frozen=True, kw_only=True):
    """Accounts that cannot all hold, or that an article itself says differ."""

    id: str
    about: str
    kind: DisputeKind
    sides: tuple[Side, ...]
    confidence: float = 1.0
    why: str = ""
    about_row: str | None = None
    """Id of the meeting or agreement in question, where there is one."""


class IssueWeight(Value, frozen=True, kw_only=True):
    """How much of an article is about an issue: share of its issue terms, 0 … 1."""

    id: str
    label: str
    weight: float


class Reading(Value, frozen=True, kw_only=True):
    """Everything one article holds: what `onrecord read FILE --json` prints."""

    article: Article
    passages: tuple[Passage, ...] = ()
    actors: tuple[Actor, ...] = ()
    mentions: tuple[Mention, ...] = ()
    times: tuple[TimeExpr, ...] = ()
    statements: tuple[Statement, ...] = ()
    events: tuple[Event, ...] = ()
    meetings: tuple[Meeting, ...] = ()
    agreements: tuple[Agreement, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    issues: tuple[IssueWeight, ...] = ()


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article on its way through annotate and link: syntax, and what has been found so far.

    `doc` covers the whole article; every character that is not to be read has been blanked to a space of
    its own, so `token.idx` is an offset into `article.text` and sentences never cross passages.
    """

    article: Article
    passages: tuple[Passage, ...]
    doc: Doc
    times: tuple[TimeExpr, ...] = ()
    mentions: tuple[Mention, ...] = ()
    actors: Mapping[str, Actor] = field(default_factory=dict)
    places: tuple[Place, ...] = ()

    def mentions_in(self, start: int, end: int) -> Iterator[Mention]:
        """Mentions that lie within [start, end), in text order."""
        return (m for m in self.mentions if start <= m.start and m.end <= end)

    def mention_at(self, span: Span) -> Mention | None:
        """The mention that a span is about, e.g. of a statement's source: the mention at its head word.

        "Russian Foreign Minister Sergey Lavrov" is about the name, "Tillerson, who …" about Tillerson, "a
        spokesman for the ministry" about the spokesman. None where no mention stands at the head.
        """
        inside = [m for m in self.mentions if m.start < span.end and m.end > span.start]
        found = self.doc.char_span(span.start, span.end, alignment_mode="expand") if inside else None
        if found is None:
            return inside[0] if inside else None
        at = {t.i: m for m in inside for t in found if m.start <= t.idx < m.end}
        head = found.root
        while head.pos_ in ("ADP", "SCONJ") and any(c.dep_ == "pobj" and c in found for c in head.children):
            head = next(c for c in head.children if c.dep_ == "pobj" and c in found)
        last = max(inside, key=lambda m: m.end)
        before_name = at[head.i].end if head.i in at else head.idx + len(head)
        if last is not at.get(head.i) and self._ends_in_name(before_name, last, span):
            return last
        if head.i in at:
            listed = [at[c.i] for c in head.conjuncts if c in found and c.i in at and at[c.i].form == "name"]
            if listed and at[head.i].form == "name" and all(m.actor for m in (at[head.i], *listed)):
                named = (at[head.i], *listed)
                return Mention(start=span.start, end=span.end, text=self.article.text[span.start : span.end],
                               form="group", members=tuple(dict.fromkeys(m.actor for m in named if m.actor)),
                               reason="named one by one")  # fmt: skip
            return at[head.i]
        for child in head.children:
            if child.i in at and child.dep_ in ("appos", "compound", "nsubj"):
                return at[child.i]
            if child.i in at and child.dep_ == "poss" and head.lemma_ in _WORDS_OF:
                return at[child.i]
            if child.lower_ == "of" and head.lemma_ not in _WORDS_OF:
                part = [at[c.i] for c in child.children if c.i in at and at[c.i].form == "group"]
                if part:
                    return part[0]
        edge = [
            m for m in inside if m.form == "name" and m.actor and (m.start == span.start or m.end == span.end)
        ]
        return edge[0] if len(inside) == 1 and edge else None

    def times_in(self, start: int, end: int) -> Iterator[TimeExpr]:
        """Time expressions that lie within [start, end), in text order."""
        return (t for t in self.times if start <= t.start and t.end <= end)

    def _ends_in_name(self, after: int, last: Mention, span: Span) -> bool:
        """Whether a source ends in a person's name, and only words of a title lie between."""
        between = self.doc.char_span(after, last.start, alignment_mode="contract")
        is_end = last.end >= span.end - 1 and (last.actor or "").startswith("person:") and last.form == "name"
        return (
            is_end
            and after <= last.start
            and (between is None or all(t.pos_ in _TITLE_TAGS for t in between))
        )

    def places_in(self, start: int, end: int) -> Iterator[Place]:
        """Places named within [start, end), in text order."""
        return (p for p in self.places if start <= p.start and p.end <= end)

    def place_of(self, start: int, end: int) -> str | None:
        """Where something told in [start, end) took place: the city after "in", "at" …, else such a state.

        Only places that a preposition of place introduces count; None where there is none.
        """
        said = [p for p in self.places_in(start, end) if self._is_scene(p)]
        cities = [p for p in said if p.kind == "city"]
        return next((p.name for p in [*cities, *said]), None)

    def _is_scene(self, place: Place) -> bool:
        """Whether "in", "at", "to" … stands right before a place."""
        before = self.article.text[max(0, place.start - 12) : place.start].split()
        return bool(before) and (
            before[-1].lower() in _SCENE
            or (len(before) > 1 and before[-1] == "the" and before[-2].lower() in _SCENE)
        )

    def role_at(self, offset: int) -> Role | None:
        """The role of the passage that holds a character, None between passages."""
        return next((p.role for p in self.passages if p.start <= offset < p.end), None)


# --- what many articles hold together ---


class Account(Value, frozen=True, kw_only=True):
    """What one article, or one actor through it, tells of a merged row."""

    article: str
    """Article id; listings print the article object."""
    row: str
    """Id of the article's own row that tells it."""
    actor: str | None = None
    statement: str | None = None
    told: dict[str, Any] = {}
    evidence: tuple[Span, ...] = ()


class EventCluster(Event, frozen=True, kw_only=True):
    """One event, however many articles tell it: same type, dyad, date and place."""

    articles: int
    independent: int
    accounts: tuple[Account, ...] = ()


class MergedMeeting(Meeting, frozen=True, kw_only=True):
    """One encounter, however many articles tell of it."""

    articles: int
    independent: int
    accounts: tuple[Account, ...] = ()


class MergedAgreement(Agreement, frozen=True, kw_only=True):
    articles: int
    independent: int
    accounts: tuple[Account, ...] = ()


class MergedDispute(Dispute, frozen=True, kw_only=True):
    articles: int
    independent: int
    accounts: tuple[Account, ...] = ()


class Position(Value, frozen=True, kw_only=True):
    """What an actor stands for on an issue at a time; `shift_from` names the stance it left."""

    id: str
    actor: str
    issue: str
    range: Range | None
    stance: str
    shift_from: str | None = None
    articles: int = 1
    independent: int = 1
    accounts: tuple[Account, ...] = ()


class Copy(Value, frozen=True, kw_only=True):
    """An article that repeats another: exact, or near (wire copy, light edit)."""

    article: str
    of: str
    """The group's first article (earliest date, then smallest id); its own id for the first."""
    kind: Literal["exact", "near"]
    similarity: float


class SameQuote(Value, frozen=True, kw_only=True):
    """A statement that repeats the words of another one, in another article."""

    statement: str
    group: str
    similarity: float


class Merged(Value, frozen=True, kw_only=True):
    """Everything that only many articles together can tell."""

    copies: tuple[Copy, ...] = ()
    clusters: dict[str, str] = {}
    """Event id → cluster id, for every event."""
    events: tuple[EventCluster, ...] = ()
    meetings: tuple[MergedMeeting, ...] = ()
    agreements: tuple[MergedAgreement, ...] = ()
    disputes: tuple[MergedDispute, ...] = ()
    positions: tuple[Position, ...] = ()
    quotes: tuple[SameQuote, ...] = ()


class RowSource(Protocol):
    """What merge reads: rows of all articles in a fixed order (article id, then place in the text)."""

    def articles(self) -> Iterable[Article]: ...

    def actors(self) -> Mapping[str, Actor]: ...

    def rows(self, kind: type[T]) -> Iterable[tuple[str, T]]:
        """(article id, row) of one kind: Passage, Statement, Event, Meeting, Agreement, Dispute or IssueWeight."""
        ...


# --- the seams where parts can be replaced ---


class Attributor(Protocol):
    """Finds attributions; `onrecord.registry` names the known ones."""

    def attributions(self, parsed: Parsed) -> list[Attribution]: ...
