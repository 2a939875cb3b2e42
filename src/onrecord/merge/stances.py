"""What a statement's own words say of its speaker's stance, where its act (`say`) tells nothing.

The words must have the speaker's side for their subject: `Norway is willing to …`, said by a Norwegian
minister. What A says that B accepted is A's account, not B's stance. Both sides are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import lru_cache

from onrecord.merge.ground import Ground
from onrecord.types import Actor, Statement

Stance = tuple[str, int]
AGREES: Stance = ("agrees", 1)
OFFERS: Stance = ("offers", 1)
REJECTS: Stance = ("rejects", -1)
DENIES: Stance = ("denies", -1)
PROMISES: Stance = ("promises", 1)
THREATENS: Stance = ("threatens", -1)

_GAP = r"(?P<gap>[^.;:“”\"]{0,60}?)"
_DO = r"(?:accept|agree to|allow|open|reopen|sign|recogni[sz]e|lift|withdraw|give up|ratify|return|yield)"
_REJECTS = re.compile(
    _GAP + r"\b(?:(?:has|have|had)\s+(?:not|never)\s+(?:agreed|accepted)|refused\s+to|refuses\s+to"
    r"|(?:will|would|can|could|do|does|did)\s*(?:not|never|n['’]t)\s+(?:ever\s+)?" + _DO + r")\b",
    re.IGNORECASE,
)
_NOTHING = re.compile(
    r"\bthere\s+(?:is|was|will\s+be)\s+no\s+(?:date|deal|agreement|plan)\b"
    r"|(?<!not )(?<!n['’]t )\bout\s+of\s+the\s+question\b",
    re.IGNORECASE,
)
_FALSE = re.compile(
    r"\b(?:reports?|stories|claims?|allegations?|accusations?|rumou?rs?|charges|suggestions?|tales)\b[^.;]{0,80}?"
    r"\b(?:is|are|was|were)\b\s+(?:[\w…]+\s+){0,2}?"
    r"(?<!not )(?:false|untrue|invented|fabricated|baseless|unfounded|groundless|made\s+up|lies)\b",
    re.IGNORECASE,
)
"""What others tell is not so: a denial, whatever the cue."""
_OFFERS = re.compile(
    _GAP + r"\b(?:is|are|was|were)\s+(?:now\s+|also\s+)?(?:ready|willing|prepared)\s+to\s+"
    r"(?!(?:talk|discuss|meet|negotiate|listen|hear|consider|fight|wait|defend|retaliate|respond|use|strike"
    r"|impose|answer|walk|leave|go)\b)",
    re.IGNORECASE,
)
_AGREES = re.compile(
    _GAP + r"\b(?:agreed|accepted|agrees|accepts)\s+(?:to|on|that|a|an|the)\b", re.IGNORECASE
)
_WILL = re.compile(_GAP + r"(?:\bwill|['’]ll|\bshall)\s+(?!not\b|never\b|be\b|have\b)", re.IGNORECASE)
_UNLESS = re.compile(r"\b(?:if|unless|until)\b", re.IGNORECASE)
_BREAKS = re.compile(
    r"\b(?:not|never|no|if|unless|would|could|might|may|said|says|that|which|who|but|when)\b", re.IGNORECASE
)
"""Words between a subject and its verb after which the verb is another's, or unreal."""
_IF = re.compile(r"\b(?:if|unless|provided|only|when|once)\b", re.IGNORECASE)
_DEFINITE = re.compile(r"\bthe\s+((?:[a-z]{4,}\s+){0,2}[a-z]{4,})", re.IGNORECASE)
_LIGHT = frozenset(
    {"talks", "meeting", "minister", "president", "government", "governments", "country", "side", "sides",
     "question", "agreement", "world", "people", "state", "first", "border", "would", "could", "that", "were"}
)  # fmt: skip


def own_stance(said: Statement, ground: Ground) -> Stance | None:
    """The one stance that a statement's words tell; None for none, or for two that point apart.

    A warning of what the speaker's own side will do unless something is done is a threat.
    """
    if said.act not in ("say", "warn") or said.negated or said.hedged or not said.speaker:
        return None
    subject = _subject(_own(said.speaker, ground))
    text = said.quote
    if said.act == "warn":
        return THREATENS if _UNLESS.search(text) and _tells(_WILL, subject, text) else None
    found: list[Stance] = [DENIES] if _FALSE.search(text) else []
    if _NOTHING.search(text) or _tells(_REJECTS, subject, text):
        found.append(REJECTS)
    if (at := _tells(_OFFERS, subject, text)) and not _IF.search(text[at:]):
        found.append(OFFERS)
    if (at := _tells(_AGREES, subject, text)) and not _IF.search(text[at:]):
        found.append(AGREES)
    return found[0] if len(found) == 1 else None


def _tells(pattern: re.Pattern[str], subject: re.Pattern[str], text: str) -> int | None:
    """Where a verb ends whose subject is the speaker's side; None where there is none."""
    for start in subject.finditer(text):
        found = pattern.match(text, start.end())
        if found and not _BREAKS.search(found["gap"]):
            return found.end()
    return None


def _own(speaker: str, ground: Ground) -> tuple[str, ...]:
    """Names under which a speaker's own side may be the subject."""
    actor = ground.actors.get(speaker)
    if actor is None:
        return ()
    names = [subject_of(actor)]
    state = ground.actors.get(f"state:{actor.country}") if actor.country else None
    return tuple(dict.fromkeys([*names, *([state.name] if state else [])]))


def subject_of(actor: Actor) -> str:
    """The name under which an actor is a subject; of a person the last one."""
    words = actor.name.split() if actor.kind == "person" else []
    return words[-1] if words else actor.name


@lru_cache(maxsize=4096)
def _subject(names: tuple[str, ...]) -> re.Pattern[str]:
    return re.compile(
        r"\b(?:" + "|".join(["We", "we", "I", *(re.escape(n) for n in names)]) + r")\b(?!['’]s)"
    )


def nouns(text: str) -> frozenset[str]:
    """What a text speaks of as known: the last word of `the border market`."""
    return frozenset(
        w for m in _DEFINITE.findall(text) for w in m.lower().split() if w not in _LIGHT and len(w) > 4
    )


_NAMED = re.compile(
    r"\b(?:[Aa]n?|[Tt]he|[Aa]ny)\s+(?:[a-z-]{4,}\s+)?([a-z]{4,})\s+(?:on|over|about|across|in|at)\s+the\s+([A-Z][a-z]{3,})\b"
)
"""`a treaty on the Teesta`: a thing and the one name that tells which."""


_BORDER = re.compile(
    r"\b(?:re-?)?open(?:s|ed|ing)?\s+(?:the|its|their|our|his)\s+(?:[a-z]+\s+)?(?:border|frontier)"
    r"(?!\s+(?:market|bridge|post|crossing|road|point)s?\b)"
    r"(?:[^.;]{0,40}?\bwith\s+(?P<side>[A-Z]\w+))?"
)
"""Which border a text speaks of opening, where it says so."""


def named(text: str) -> dict[str, str]:
    """Things of which a name tells which: Teesta by treaty, of `a treaty on the Teesta`."""
    return dict(_NAMED.findall(text))


def other_border(one: str, other: str) -> bool:
    """Whether two texts speak of opening the border with two neighbours."""
    mine, theirs = (({m["side"] for m in _BORDER.finditer(text)} - {None}) for text in (one, other))
    return bool(mine and theirs) and not mine & theirs


_OF_ANOTHER = re.compile(
    r"^[\"“]?(?:the\s+)?([A-Z][\w.-]+)(?:'s|’s)\s+(?:[a-z-]+\s+){0,2}([a-z]{4,})(?=[.,;:\"”’]|\s+(?:of|for|over)\b|$)"
)


def target(text: str) -> tuple[str, ...]:
    """Whom or what praise and blame begin with: Colombia's police of `Colombia's border police of …`."""
    return tuple(f"{owner}'s {thing}" for owner, thing in _OF_ANOTHER.findall(text))


_THE_ACT = re.compile(
    r"\b(?:the|this|that|his|her|its|their)\s+(?:promise|pledge|offer|proposal|threat|rejection|refusal|consent)\b",
    re.IGNORECASE,
)
"""`gave the promise to`: a cue that names an act told before."""
_ASKED = re.compile(r"\b(?:request|call|demand|appeal|plea|proposal|offer|suggestion)s?\b", re.IGNORECASE)
_WILL_NOT = re.compile(_GAP + r"\b(?:will|would|wo|shall)\s*(?:not|never|n['’]t)\b", re.IGNORECASE)


def antecedent(said: Statement, others: Iterable[Statement], ground: Ground) -> Statement | None:
    """The statement just before one that names no issue, which tells what it is about; None for none.

    `Norway has promised to …; its minister gave the promise to …`: the same act of the same side.
    `She denied that …. Stories of … were invented, she said`: a denial goes on.
    `Norway will not …, she said. She rejected a request from …`: what is asked for is what she will not do.
    """
    at = _start(said)
    before = max((o for o in others if _start(o) < at), key=_start, default=None)
    if before is None or not before.issues or before.negated or before.hedged or not said.speaker:
        return None
    if _THE_ACT.search(said.cue_text) and before.act == said.act:
        return before if before.speaker and ground.side(before.speaker) == ground.side(said.speaker) else None
    if said.act == "say" and before.act == "deny" and _FALSE.search(said.quote):
        return before if before.speaker == said.speaker else None
    refused = said.act == "reject" and _ASKED.search(said.cue_text) and before.speaker == said.speaker
    subject = _subject(_own(said.speaker, ground))
    return before if refused and _tells(_WILL_NOT, subject, before.quote) is not None else None


def _start(said: Statement) -> int:
    return min((span.start for span in (*said.cue, *said.content)), default=0)


def borrowed(said: Statement, others: Iterable[Statement]) -> tuple[str, ...]:
    """Issues of a statement that names none: those of one in the same article on the same known thing.

    Only when all such statements agree on one first issue.
    """
    own = nouns(said.quote)
    told = {o.issues[0] for o in others if o.issues and own & nouns(o.quote)} if own else set()
    return tuple(told) if len(told) == 1 else ()
