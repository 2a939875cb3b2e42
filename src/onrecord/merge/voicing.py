"""What articles say for positions: each stance of an actor, as a statement words it or a deed shows it.

A stance is read off the act and its negation, or off the words where the speaker's own side is their subject,
never off praise or blame words: both sides are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from onrecord.merge import deeds, performed, turns
from onrecord.merge.ground import Ground, Told
from onrecord.merge.stances import antecedent, borrowed, own_stance, target
from onrecord.types import Act, Actor, Event, Range, Statement

STANCES: dict[Act, tuple[str, int]] = {
    "agree": ("agrees", 1),
    "promise": ("promises", 1),
    "propose": ("offers", 1),
    "praise": ("praises", 1),
    "reject": ("rejects", -1),
    "deny": ("denies", -1),
    "threaten": ("threatens", -1),
    "accuse": ("accuses", -1),
    "criticise": ("criticises", -1),
    "demand": ("demands", 0),
    "warn": ("warns", 0),
    "confirm": ("confirms", 0),
    "omit": ("did not mention", 0),
    "decline": ("evades", 0),
}
"""Act → stance, and its direction: 1 towards the other side, -1 away from it, 0 neither."""
OPPOSITE: dict[str, tuple[str, int]] = {
    "agrees": ("does not agree", -1),
    "promises": ("does not promise", 0),
    "offers": ("does not offer", 0),
    "rejects": ("does not reject", 0),
    "denies": ("does not deny", 0),
    "threatens": ("does not threaten", 0),
    "confirms": ("does not confirm", 0),
}


_UNSAID = re.compile(
    r"(?:\bnot\b|n['’]t\b|\bnever\b|\bwithout\b).{0,20}\b(?:mention|rais|address|discuss|refer|touch|brought|bring)",
    re.IGNORECASE,
)
"""Cues of words left out: `did not even mention`, and not `did not say how` or `ignored`."""
_SUFFERED = re.compile(
    r"\bunder\s+(?:fire|attack|pressure|scrutiny|criticism)\b|\b(?:fac|attract)\w*\s+(?:\w+\s+)?(?:criticism|accusations)"
    r"|\bdr(?:aw|ew)\w*\s+(?:\w+\s+)?criticism|\byet\s+to\b|\b(?:fail\w*|refus\w+|unable|declin\w+)\s+to\s+agree\b",
    re.IGNORECASE,
)
"""Cues of what others do to their subject, and of what it has not done: `came under fire`, `yet to agree`."""


TOPIC = "topic:"
"""Begins the issue of a position on a matter that no taxonomy knows: `topic:market`; alone: of any."""
SPOKEN_FOR = 2
"""Statements after one of a state's in which somebody who acts for it may speak of the same."""
YES_OR_NO = frozenset({"agrees", "promises", "offers", "rejects", "denies", "threatens"})
"""Stances that can turn on such a matter. With praise and blame, 1 of 23 turns on 736 articles of campaign
news was one; with these alone the one was left."""
OWNED = "confirms"
"""Turns nothing but what was denied before, in more words in common than others (`OWNED_SHARED`)."""
TURNING = YES_OR_NO | {OWNED}
OBSERVERS = frozenset({"EDU", "MED"})
"""Sectors of people who tell what others stand for."""
PRAISE_OR_BLAME = frozenset({"praises", "accuses", "criticises"})
"""Stances towards somebody. Outside the taxonomy they turn on the very same one, told by owner and name.

They turn into one another only: to agree on a deal and later to accuse others of breaking it is no turn.
"""


@dataclass(frozen=True, slots=True)
class Voice:
    """One statement's or deed's stance of one actor on one issue, with the days on which it was told."""

    told: Told[Statement] | Told[Event]
    actor: str
    issue: str
    stance: str
    way: int
    days: Range | None
    before: str = ""
    """Words of the statement before that tell what this one is about."""
    matter: turns.Matter = turns.NOTHING
    issues: tuple[str, ...] = ()
    """Those of the taxonomy that it is told under as well, where its own issue is `TOPIC`."""

    @property
    def words(self) -> str:
        row = self.told.row
        own = row.quote if isinstance(row, Statement) else row.text
        return f"{self.before} {own}" if self.before else own

    @property
    def spoken(self) -> bool:
        return isinstance(self.told.row, Statement)


def voices(
    rows: Iterable[tuple[str, Statement]], events: Iterable[tuple[str, Event]], ground: Ground
) -> Iterator[list[Voice]]:
    """What each article's statements and events say for positions."""
    done: dict[str, list[Event]] = {}
    for article, event in events:
        if deeds.shows(event) or deeds.turning(event):
            done.setdefault(article, []).append(event)
    for article, told in groupby(rows, key=lambda pair: pair[0]):
        held = [statement for _, statement in told]
        spoken = [v for statement in held for v in _voices(Told(article, statement), held, ground)]
        spoken += _spoken_for(spoken, held, ground)
        standing = [v.told.row for v in spoken if isinstance(v.told.row, Statement)]
        there = done.pop(article, ())
        yield [*spoken, *_shown(article, there, standing, ground), *_given(article, there, spoken, ground)]
    for article, left in done.items():
        yield [*_shown(article, left, (), ground), *_given(article, left, (), ground)]


def _shown(article: str, done: Iterable[Event], held: Sequence[Statement], ground: Ground) -> Iterator[Voice]:
    """The stances that an article's events show."""
    for event in done:
        days = deeds.days(event, article, ground)
        for deed in deeds.deeds(event, held, ground) if days else ():
            for issue in event.issues[:2]:
                yield Voice(Told(article, event), deed.actor, issue, deed.stance, deed.way, days)


def _given(article: str, done: Iterable[Event], spoken: Sequence[Voice], ground: Ground) -> Iterator[Voice]:
    """A yes, a no or a threat that an article tells as a deed of somebody of whom it tells no such words."""
    said = {(v.actor, v.way) for v in spoken}
    for event in done:
        stance, days = deeds.turning(event), deeds.days(event, article, ground)
        if stance is None or days is None or len(event.actors) > 1:
            continue
        at = event.trigger[0].start - event.evidence[0].start
        about = turns.matter(event.text[max(at, 0) :], ground.text(article))
        for one in event.actors:
            actor = ground.actors.get(one)
            own = event.on_word_of is None or ground.speakers.get(event.on_word_of) == one
            if actor and own and (one, stance[1]) not in said and _stands(actor):
                yield Voice(Told(article, event), one, TOPIC, *stance, days, "", about, event.issues[:2])


def _voices(told: Told[Statement], held: Sequence[Statement], ground: Ground) -> Iterable[Voice]:
    """A statement's stances, one an issue; `held` are all statements of its article."""
    said = told.row
    own = own_stance(said, ground)
    stance = own or _performed(said, ground.text(told.article)) or _of_act(said)
    if stance is None or not said.speaker or said.hedged:
        return
    issues = said.issues or (borrowed(said, held) if own else ())
    before = None if issues else antecedent(said, held, ground)
    issues = issues or (before.issues if before else ())
    held_by = [known for a in said.said_by if (known := ground.actors.get(a))]
    days = said.said_on or ground.written(told.article)
    words = before.quote if before else ""
    about = tuple(issues[:2])
    if stance[0] in PRAISE_OR_BLAME:
        about += tuple(TOPIC + word for word in target(said.quote))[: 2 - len(about)]
    for one in held_by:
        actor, stands = one.id, _stands(one)
        for issue in about if stands else ():
            yield Voice(told, actor, issue, stance[0], stance[1], days, words)
        if stance[0] in TURNING and (stands or _is_nobody_known(one)):
            bare = performed.is_bare(said)
            matter = turns.matter(f"{words} {said.quote}", ground.text(told.article), bare=bare)
            yield Voice(told, actor, TOPIC, stance[0], stance[1], days, words, matter, about)


def _performed(said: Statement, text: str) -> tuple[str, int] | None:
    """The stance of a cue's own words or of what is quoted; a negated cue performs nothing."""
    whole = text[said.cue[0].start : said.cue[-1].end] if len(said.cue) > 1 else ""
    return performed.by_cue(said, whole or said.cue_text) or (
        None if said.negated else performed.by_words(said)
    )


def _spoken_for(spoken: Sequence[Voice], held: Sequence[Statement], ground: Ground) -> list[Voice]:
    """What a state stands for, of him who speaks for it: `India offered …. "We are ready," Rao said`.

    He tells it himself (`India has offered …, Rao said`), or speaks right behind in his own words, which must
    not say otherwise.
    """
    order = sorted(held, key=_begin)
    found = []
    for voice in spoken:
        actor = ground.actors.get(voice.actor)
        if voice.stance not in YES_OR_NO or actor is None or actor.kind not in ("state", "government"):
            continue
        at = next((n for n, s in enumerate(order) if s.id == voice.told.row.id), len(order))
        own = order[at].cue if at < len(order) else ()
        telling = [s for s in order if any(part.overlaps(c) for part in s.content for c in own)]
        behind = [s for s in order[at + 1 : at + 1 + SPOKEN_FOR] if s.speech != "indirect"]
        for said in (*telling, *behind):
            person = ground.actors.get(said.speaker or "")
            if person is None or person.kind != "person" or person.country not in (actor.country, None):
                continue
            ways = {v.way for v in spoken if v.told.row.id == said.id}
            if _stands(person) and -voice.way not in ways:
                found.append(replace(voice, actor=person.id))
                break
    return found


def _begin(said: Statement) -> int:
    return min((span.start for span in (*said.cue, *said.content)), default=0)


def _stands(actor: Actor) -> bool:
    """Somebody who can stand for something: no medium, scholar or journalist, no stranger.

    Of 30 statements of campaign news read by eye, these held 5 of the 15 wrong ones and none that was right.
    """
    if actor.kind not in ("person", "group"):
        return actor.kind != "medium"
    return actor.sector not in OBSERVERS and bool(actor.sector or actor.country or actor.kind == "group")


def _is_nobody_known(actor: Actor) -> bool:
    """A person of whom neither state nor sector is known: often a minister of a table's gaps."""
    return actor.kind == "person" and not actor.sector and not actor.country


def _of_act(said: Statement) -> tuple[str, int] | None:
    """The stance of an act; silence is one only where the article says that somebody was silent."""
    stance = STANCES.get(said.act)
    if _SUFFERED.search(said.cue_text):
        return None
    if said.act == "omit":
        return stance if _UNSAID.search(said.cue_text) else None
    if said.negated and said.act != "decline" and stance is not None:
        return OPPOSITE.get(stance[0])
    return stance
