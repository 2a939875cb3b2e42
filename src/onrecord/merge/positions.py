"""What an actor stands for on an issue over time, from what it said and did, and when that changed."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace

from onrecord.merge import turns
from onrecord.merge.ground import Ground, day_key
from onrecord.merge.stances import named, other_border
from onrecord.merge.voicing import OWNED, PRAISE_OR_BLAME, TOPIC, Voice, voices
from onrecord.types import Account, Event, Position, Statement, row_id

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
NARROW = 31
"""Days within which the time of a stance is known."""
OWNED_SHARED = 3


def merge(
    rows: Iterable[tuple[str, Statement]],
    events: Iterable[tuple[str, Event]],
    ground: Ground,
    note: Callable[[Sequence[Voice]], None] | None = None,
) -> tuple[Position, ...]:
    """Positions by actor, issue and day; `shift_from` where the direction of what was said turned.

    A deed is a position on an issue, but turns none: its day and its aim are misread too often. On a matter
    that no taxonomy knows it turns where the article tells no words of its doer's that say the same.

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
            before = (v for d in earlier for v in days[d] if v.way or other.stance == "denies")
            one = next((v for v in before if _is_same(v, other, ground)), None)
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
    if OWNED in (one.stance, other.stance) and len(one.matter.own & other.matter.own) < OWNED_SHARED:
        return False
    return apart < turns.FAR and turns.of_one(one.matter, other.matter, days=apart)


def _wavers(voice: Voice, held: Iterable[Voice], ground: Ground) -> bool:
    """Whether on one day its actor also says the contrary of the same matter."""
    return any(v.way * voice.way < 0 and _is_same(v, voice, ground) for v in held)


def _share_words(one: Voice, other: Voice) -> bool:
    mine, theirs = _stems(one), _stems(other)
    return len(mine & theirs) >= min(SHARED, len(mine), len(theirs))


def _turns(one: Voice, other: Voice) -> bool:
    """A yes becomes a no or the other way round; what was denied is confirmed.

    To deny that something is so after having agreed to something takes nothing back; nor does a denial turn
    to a promise or an offer, which are of what is to come.
    """
    if one.stance == "denies" and other.stance in ("promises", "offers"):
        return False
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
