"""What one article holds, row by row, and all of it together: a reading."""

from __future__ import annotations

import re
from typing import Literal

from onrecord.types.articles import Article, Passage
from onrecord.types.spans import Range, Span, Value

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
CommitmentState = Literal["promised", "kept", "violated", "withdrawn"]
DisputeKind = Literal["contradiction", "reported_as_differing"]


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
    corrected: tuple[str, ...] = ()
    """Ids of the corrections that changed it; empty: as the extractor has it."""

    @property
    def span(self) -> Span:
        return Span(self.start, self.end)


_GROUP_OF_STATE = re.compile(r"group:([A-Z]{3})-")


def state_told(mention: Mention) -> str | None:
    """The id of the state that a title's or a group's words name.

    `state:HTI` of "the Haitian prime minister", "Haitian ministers", whether or not anybody is linked.
    """
    for key in mention.keys if mention.form in ("title", "group") else ():
        whose = key.partition("@")[2] if key.startswith("role:") else ""
        if whose.startswith("state:"):
            return whose
        if found := _GROUP_OF_STATE.match(key):
            return f"state:{found[1]}"
    return None


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


class Proposition(Value, frozen=True, kw_only=True):
    """What a statement tells of dealings between two sides, as words that other articles are compared by.

    A key is the stem of a verb or noun (`sign`), or a deed between governments (`=raised`); `key@ISO3` tells
    whose deed it is, `key>toll` what it was done to, `no key` a thing that there was not.
    """

    side: str
    """ISO3 of the state that its source speaks for, known or not by name."""
    actor: str
    """The speaker, or the state where nobody of it is named."""
    was: tuple[str, ...] = ()
    """Keys of what was so."""
    was_not: tuple[str, ...] = ()
    """Keys of what was not so."""
    words: tuple[str, ...] = ()
    """Stems of all it is about, names of states and people left out; numbers as `#18`."""
    among: tuple[str, ...] = ()
    """States (ISO3) that its article names."""


class Statement(Value, frozen=True, kw_only=True):
    """Words or a thought that an article attributes to somebody."""

    id: str
    source: tuple[Span, ...]
    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    speaker: str | None
    """Who says it; the first of them where several do."""
    speakers: tuple[str, ...] = ()
    """Ids of all who say it, as told, where the source names several; empty where it is one or nobody."""
    speech: Speech
    act: Act
    negated: bool = False
    hedged: bool = False
    within: str | None = None
    addressee: tuple[str, ...] = ()
    said_on: Range | None = None
    said_at: str | None = None
    issues: tuple[str, ...] = ()
    condition: tuple[Span, ...] = ()
    """Of a forecast in the article's own voice: the clause that it hangs on ("unless they recalibrate")."""
    confidence: float = 1.0
    quote: str = ""
    """The content's words, cut."""
    source_text: str = ""
    cue_text: str = ""
    speaker_reason: str | None = None
    """How the speaker was found, or why not."""
    why: str = ""
    """Which rule or model found it."""
    proposition: Proposition | None = None
    """What it tells of dealings between two sides; None where it tells of none."""
    corrected: tuple[str, ...] = ()
    """Ids of the corrections that changed it; empty: as the extractor has it."""

    @property
    def said_by(self) -> tuple[str, ...]:
        """Ids of all who say it, none where that is not known."""
        return self.speakers or ((self.speaker,) if self.speaker else ())


class Event(Value, frozen=True, kw_only=True):
    """Someone did something to someone, as one article tells it (PLOVER)."""

    id: str
    type: str
    mode: str | None = None
    contexts: tuple[str, ...] = ()
    issues: tuple[str, ...] = ()
    """Issues that the deed's own words name, without those of the rest of its sentence."""
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
    corrected: tuple[str, ...] = ()
    """Ids of the corrections that changed it; empty: as the extractor has it."""


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
    length_planned: str | None = None
    """Length that was planned, in the article's words."""
    start: str | None = None
    """Time of day at which it began or is to begin, HH:MM."""
    others: tuple[str, ...] = ()
    """Who else was in the room without a name, in the article's words: `two interpreters`."""
    readouts: tuple[str, ...] = ()
    """Ids of the statements in which the sides tell of it."""
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
    corrected: tuple[str, ...] = ()
    """Ids of the corrections that changed it; empty: as the extractor has it."""


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
    corrected: tuple[str, ...] = ()
    """Ids of the corrections that changed it; empty: as the extractor has it."""


class Commitment(Value, frozen=True, kw_only=True):
    """What one promised to do or not to do, as one article tells it: one row a promiser."""

    id: str
    promiser: str
    beneficiary: tuple[str, ...] = ()
    """To whom; empty where it is not told."""
    what: str = ""
    """The content's words, cut."""
    content: tuple[Span, ...]
    """The words of what is promised."""
    negated: bool = False
    """Promised not to do it."""
    made_on: Range | None = None
    effective: Range | None = None
    due: Range | None = None
    """Days by or on which it is to be done."""
    expires: Range | None = None
    condition: tuple[Span, ...] = ()
    """What it hangs on, or is given for: `if …`, `until …`, `in exchange for …`."""
    state: CommitmentState = "promised"
    agreement: str | None = None
    """Id of the article's agreement that it is part of."""
    on_word_of: str | None = None
    """Id of the statement it rests on; None: the article's own voice."""
    evidence: tuple[Span, ...]
    text: str = ""
    confidence: float = 1.0
    why: str = ""
    corrected: tuple[str, ...] = ()
    """Ids of the corrections that changed it; empty: as the extractor has it."""


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
    corrected: tuple[str, ...] = ()
    """Ids of the corrections that changed it; empty: as the extractor has it."""


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
    commitments: tuple[Commitment, ...] = ()
    disputes: tuple[Dispute, ...] = ()
    issues: tuple[IssueWeight, ...] = ()
