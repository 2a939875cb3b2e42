"""What an actor stands for on an issue over time, from what it said and did, and when that changed.

A stance is read off the act and its negation, or off the words where the speaker's own side is their subject,
never off praise or blame words: both sides are read alike.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import groupby

from onrecord.merge import deeds, performed, turns
from onrecord.merge.ground import Ground, Told, day_key
from onrecord.merge.stances import antecedent, borrowed, named, other_border, own_stance, target
from onrecord.types import Account, Act, Actor, Event, Position, Range, Statement, row_id

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
SHARED = 2
"""Words that two stances on one issue must share to be a turn."""
STEM = 5
_PLAIN = re.compile(r"\b[a-z]{4,}")
_EMPTY = frozenset(
    {
        "about", "after", "again", "against", "also", "been", "before", "between", "could", "does", "from",
        "have", "into", "more", "must", "other", "over", "said", "should", "some", "such", "than", "that",
        "their", "them", "then", "there", "these", "they", "this", "those", "through", "under", "until",
        "were", "what", "when", "where", "which", "while", "will", "with", "would", "your",
    }
)  # fmt: skip
TOPIC = "topic:"
"""Begins the issue of a position on a matter that no taxonomy knows: `topic:market`; alone: of any."""
NARROW = 31
"""Days within which the time of a stance is known."""
SPOKEN_FOR = 2
"""Statements after one of a state's in which somebody who acts for it may speak of the same."""
YES_OR_NO = frozenset({"agrees", "promises", "offers", "rejects", "denies", "threatens"})
"""Stances that can turn on such a matter. With praise and blame, 1 of 23 turns on 736 articles of campaign
news was one; with these alone the one was left."""


OWNED = "confirms"
"""Turns nothing but what was denied before, in more words in common than others (`OWNED_SHARED`)."""
OWNED_SHARED = 3
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


def merge(
    rows: Iterable[tuple[str, Statement]],
    events: Iterable[tuple[str, Event]],
    ground: Ground,
    note: Callable[[Sequence[Voice]], None] | None = None,
) -> tuple[Position, ...]:
    """Positions by actor, issue and day; `shift_from` where the direction of what was said turned.

    A deed is a position, but turns none: its day and its aim are misread too often.

    Args:
        rows: statements, article by article.
        events: likewise.
        ground: what mergers look things up in.
        note: is told what each article says.
    """
    groups: dict[tuple[str, str], list[Voice]] = {}
    for told in voices(rows, events, ground):
        if note:
            note(told)
        for voice in told:
            groups.setdefault((voice.actor, voice.issue), []).append(voice)
    courses = (
        (key, tuple(_course(groups[key], ground) if key[1] != TOPIC else _turned(groups[key], ground)))
        for key in sorted(groups)
    )
    return tuple(p for (_, issue), course in courses if _tells(issue, course) for p in course)


def subject(issue: str) -> str:
    """Under which issue a position is looked for: what lies outside the taxonomy is looked for together."""
    return TOPIC if issue.startswith(TOPIC) else issue


def _tells(issue: str, course: Sequence[Position]) -> bool:
    """A matter outside the taxonomy is told of only where a stance on it turned."""
    return not issue.startswith(TOPIC) or any(p.shift_from for p in course)


def voices(
    rows: Iterable[tuple[str, Statement]], events: Iterable[tuple[str, Event]], ground: Ground
) -> Iterator[list[Voice]]:
    """What each article's statements and events say for positions."""
    done: dict[str, list[Event]] = {}
    for article, event in events:
        if deeds.shows(event):
            done.setdefault(article, []).append(event)
    for article, told in groupby(rows, key=lambda pair: pair[0]):
        held = [statement for _, statement in told]
        spoken = [v for statement in held for v in _voices(Told(article, statement), held, ground)]
        spoken += _spoken_for(spoken, held, ground)
        standing = [v.told.row for v in spoken if isinstance(v.told.row, Statement)]
        yield [*spoken, *_shown(article, done.pop(article, ()), standing, ground)]
    for article, left in done.items():
        yield list(_shown(article, left, (), ground))


def _shown(article: str, done: Iterable[Event], held: Sequence[Statement], ground: Ground) -> Iterator[Voice]:
    """The stances that an article's events show."""
    for event in done:
        days = deeds.days(event, article, ground)
        for deed in deeds.deeds(event, held, ground) if days else ():
            for issue in event.issues[:2]:
                yield Voice(Told(article, event), deed.actor, issue, deed.stance, deed.way, days)


def _voices(told: Told[Statement], held: Sequence[Statement], ground: Ground) -> Iterable[Voice]:
    """A statement's stances, one an issue; `held` are all statements of its article."""
    said = told.row
    own = own_stance(said, ground)
    stance = own or _performed(said) or _of_act(said)
    if stance is None or not said.speaker or said.hedged:
        return
    issues = said.issues or (borrowed(said, held) if own else ())
    before = None if issues else antecedent(said, held, ground)
    issues = issues or (before.issues if before else ())
    held_by = [a for a in said.said_by if (known := ground.actors.get(a)) and _stands(known)]
    days = said.said_on or ground.written(told.article)
    words = before.quote if before else ""
    about = tuple(issues[:2])
    if stance[0] in PRAISE_OR_BLAME:
        about += tuple(TOPIC + word for word in target(said.quote))[: 2 - len(about)]
    for actor in held_by:
        for issue in about:
            yield Voice(told, actor, issue, stance[0], stance[1], days, words)
        if stance[0] in YES_OR_NO:
            bare = performed.is_bare(said)
            matter = turns.matter(f"{words} {said.quote}", ground.text(told.article), bare=bare)
            yield Voice(told, actor, TOPIC, stance[0], stance[1], days, words, matter, about)


def _performed(said: Statement) -> tuple[str, int] | None:
    """The stance of a cue's own words or of what is quoted; a negated cue performs nothing."""
    return performed.by_cue(said) or (None if said.negated else performed.by_words(said))


def _spoken_for(spoken: Sequence[Voice], held: Sequence[Statement], ground: Ground) -> list[Voice]:
    """What a state stands for, of him who speaks for it: `India offered …. "We are ready," Rao said`.

    His own words must not say otherwise.
    """
    order = sorted(held, key=_begin)
    found = []
    for voice in spoken:
        actor = ground.actors.get(voice.actor)
        if voice.stance not in YES_OR_NO or actor is None or actor.kind not in ("state", "government"):
            continue
        at = next((n for n, s in enumerate(order) if s.id == voice.told.row.id), len(order))
        for said in order[at + 1 : at + 1 + SPOKEN_FOR]:
            person = ground.actors.get(said.speaker or "")
            if person is None or person.kind != "person" or said.speech == "indirect":
                continue
            ways = {v.way for v in spoken if v.told.row.id == said.id}
            if person.country == actor.country and _stands(person) and -voice.way not in ways:
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


def _course(voices: Sequence[Voice], ground: Ground) -> Iterable[Position]:
    """One actor's positions on one issue in order of time."""
    steps: dict[tuple[tuple[str, str], str], list[Voice]] = {}
    for voice in sorted(voices, key=lambda v: (day_key(v.days), v.told.article, v.told.row.id)):
        steps.setdefault((day_key(voice.days), voice.stance), []).append(voice)
    by_day: dict[tuple[object, bool], set[int]] = {}
    for (day, stance), held in steps.items():
        judges = stance in PRAISE_OR_BLAME
        by_day.setdefault((day, judges), set()).update(v.way for v in held if v.spoken)
    lasts: dict[bool, list[Voice]] = {}
    for (day, stance), held in steps.items():
        judges = stance in PRAISE_OR_BLAME
        spoken = [v for v in held if v.spoken]
        last, lead = lasts.get(judges, []), next(iter(spoken), held[0])
        ways = by_day[day, judges] - {0}
        owned = stance == OWNED and not ways
        clear = lead.spoken and lead.days is not None and (ways == {lead.way} or owned)
        turned = clear and any(
            _turns(one, other) and _is_of_one_matter(one, other, ground) for one in last for other in spoken
        )
        yield _position(held, last[0].stance if turned else None, ground)
        if clear and (lead.way or turned):
            lasts[judges] = spoken


def _turned(voices: Sequence[Voice], ground: Ground) -> Iterable[Position]:
    """One actor's turns on matters that no taxonomy knows: the stance that turned, and the one it turned to.

    Of each day's stances on a matter the latest before decides, and only where they point one way.
    """
    days: dict[tuple[str, str], list[Voice]] = {}
    for voice in sorted(voices, key=lambda v: (day_key(v.days), v.told.article, v.told.row.id)):
        if voice.days is not None and (voice.days.days or turns.FAR) <= NARROW:
            days.setdefault(day_key(voice.days), []).append(voice)
    order = sorted(days)
    stood: dict[tuple[str, tuple[str, str], str], tuple[Voice, str | None]] = {}
    for n, day in enumerate(order):
        turned = set[str]()
        for other in days[day]:
            earlier = (d for d in reversed(order[:n]) if d[1] < day[0])
            one = next((v for d in earlier for v in days[d] if _is_same(v, other, ground)), None)
            if one is None or not _turns(one, other) or _wavers(other, days[day], ground):
                continue
            if set(one.issues) & set(other.issues) and _share_words(one, other):
                continue  # a turn on an issue of the taxonomy
            if other.stance in turned:
                continue
            turned.add(other.stance)
            thing = turns.label(other.words, one.matter, other.matter)
            issue = TOPIC + " ".join(filter(None, (thing, named(other.words).get(thing))))
            stood.setdefault((issue, day_key(one.days), one.stance), (replace(one, issue=issue), None))
            stood[issue, day, other.stance] = (replace(other, issue=issue), one.stance)
    return [
        _position([voice], since, ground) for _, (voice, since) in sorted(stood.items(), key=lambda i: i[0])
    ]


def _is_same(one: Voice, other: Voice, ground: Ground) -> bool:
    actor = ground.actors.get(one.actor)
    if actor is None or actor.kind == "group" or other_border(one.words, other.words):
        return False
    mine, theirs = named(one.words), named(other.words)
    if any(mine[thing] != theirs[thing] for thing in mine.keys() & theirs.keys()):
        return False
    days = [v.days.end or v.days.start if v.days else None for v in (one, other)]
    apart = abs((days[0] - days[1]).days) if days[0] and days[1] else turns.FAR
    return apart < turns.FAR and turns.of_one(one.matter, other.matter, days=apart)


def _wavers(voice: Voice, held: Iterable[Voice], ground: Ground) -> bool:
    """Whether on one day its actor also says the contrary of the same matter."""
    return any(v.way == -voice.way and _is_same(v, voice, ground) for v in held)


def _share_words(one: Voice, other: Voice) -> bool:
    mine, theirs = _stems(one), _stems(other)
    return len(mine & theirs) >= min(SHARED, len(mine), len(theirs))


def _turns(one: Voice, other: Voice) -> bool:
    """A yes becomes a no or the other way round; what was denied is confirmed.

    To deny that something is so after having agreed to something takes nothing back.
    """
    if OWNED in (one.stance, other.stance) or (other.stance == "denies" and one.way > 0):
        return {one.stance, other.stance} == {OWNED, "denies"}
    return one.way == -other.way and one.stance != other.stance


def _is_of_one_matter(one: Voice, other: Voice, ground: Ground) -> bool:
    """Words in common beside names: a plea about borders after one about bills is no turn on migration.

    Unnamed groups turn never: they are others each time. All three turns told of 240 articles of campaign
    news were of these two kinds, and false.
    """
    actor = ground.actors.get(one.actor)
    if actor is None or actor.kind == "group":
        return False
    if other_border(one.words, other.words):
        return False
    mine, theirs = _stems(one), _stems(other)
    if OWNED in (one.stance, other.stance):
        return len(mine & theirs) >= OWNED_SHARED
    return _share_words(one, other) or (one.issue.startswith(TOPIC) and bool(mine & theirs))


def _stems(voice: Voice) -> frozenset[str]:
    return frozenset(w[:STEM] for w in _PLAIN.findall(voice.words) if w not in _EMPTY)


def _position(held: Sequence[Voice], shift_from: str | None, ground: Ground) -> Position:
    lead = held[0]
    articles = [v.told.article for v in held]
    return Position(
        id=row_id("p", "", lead.actor, lead.issue, lead.stance, day_key(lead.days)),
        actor=lead.actor,
        issue=lead.issue,
        range=lead.days,
        stance=lead.stance,
        shift_from=shift_from,
        articles=len(set(articles)),
        independent=ground.independent(articles),
        accounts=tuple(_account(v) for v in held),
    )


def _account(voice: Voice) -> Account:
    row = voice.told.row
    if isinstance(row, Statement):
        statement, words, evidence = row.id, row.quote, row.content
    else:
        statement, words, evidence = row.on_word_of or "", row.text, row.evidence
    return Account(
        article=voice.told.article,
        row=row.id,
        actor=voice.actor,
        statement=statement or None,
        told={"stance": voice.stance, "words": words},
        evidence=evidence,
    )
