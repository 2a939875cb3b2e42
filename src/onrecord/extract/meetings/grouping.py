"""Sightings of one article → encounters: which tellings speak of the same one."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace

from onrecord.extract.meetings.people import GUESSED, is_person, participants, sides, state_sides
from onrecord.extract.meetings.sightings import Sighting
from onrecord.extract.scene import Scene
from onrecord.types import ActorKind, Range

BACK = 4
"""Sentences that `that meeting` may lie behind people speaking in one room."""


NEWS_DAYS = 20
"""Days before an article's writing within which what it tells without a day is held to have happened."""
LOOK_BACK = 1500
"""Characters before `the two leaders` in which they are looked for."""
NEAR_BACK = 250
"""Characters before `they` in which two states are looked for whose leaders they may be."""


@dataclass(slots=True)
class Encounter:
    """Tellings of one encounter, in text order, and what they say together."""

    tellings: list[Sighting] = field(default_factory=list)
    participants: tuple[str, ...] = ()
    core: tuple[str, ...] = ()
    """Participants without those only told to have been there too."""
    last: int = 0
    """Index of the sentence that told of it last."""

    @property
    def implied(self) -> bool:
        return all(t.implied for t in self.tellings)

    @property
    def date(self) -> Range | None:
        """The narrowest day range told."""
        told = [t.date for t in self.tellings if t.date]
        return min(told, key=lambda r: (r.days or 10**6, r.start or r.end)) if told else None

    def first(self, name: str) -> str | None:
        return next((v for t in self.tellings if (v := getattr(t, name))), None)

    @property
    def ahead(self) -> bool:
        firm = [t for t in self.tellings if t.firm] or self.tellings
        return all(t.status == "prospective" for t in firm)


def group(scene: Scene, sightings: Iterable[tuple[int, Sighting]]) -> list[Encounter]:
    """Encounters in the order they are first told; sightings come with the index of their sentence."""
    found: list[Encounter] = []
    waiting: list[tuple[int, Sighting]] = []
    for sentence, told in sightings:
        sighting = told
        home = _home(scene, found, sighting, sentence)
        if home and sighting.echo and (newer := _named_since(scene, home, sighting)):
            sighting, home = replace(sighting, participants=newer, whole=True, echo=False), None
        if home is None and sighting.echo:
            # whom `the two` means was guessed from names nearby: an encounter just told knows better
            home = _home(
                scene, found, replace(sighting, participants=(), definite=True, whole=False), sentence
            )
            sighting = replace(sighting, participants=()) if home else _echoed(scene, found, sighting)
        if home is None and sighting.marked and not sighting.whole:
            if not (sighting.open_side or sighting.ruled):
                continue  # what leans on others founds nothing
            sighting = completed(scene, sighting) if sighting.open_side else sighting
        if home is None:
            if not (sighting.whole or sighting.echo) or len(state_sides(scene, sighting.participants)) < 2:
                if sighting.definite and not sighting.participants and not sighting.implied:
                    waiting.append((sentence, sighting))
                continue
            home = Encounter()
            found.append(home)
            if not sighting.implied:
                waiting = _take_in(scene, home, waiting, sighting, sentence)
        _add(scene, home, sighting, sentence)
    return [e for e in found if not e.implied]


def _take_in(
    scene: Scene, home: Encounter, waiting: Sequence[tuple[int, Sighting]], first: Sighting, sentence: int
) -> list[tuple[int, Sighting]]:
    """A lead's `talks in Mombasa that lasted an hour`, before the sentence that says who met."""
    _add(scene, home, first, sentence)
    left = []
    for at, sighting in waiting:
        if sentence - at <= BACK and sighting.status == first.status and fits(scene, home, sighting):
            _add(scene, home, sighting, sentence)
        else:
            left.append((at, sighting))
    home.tellings.remove(first)  # the caller adds it, as it adds every other
    return left


def _echoed(scene: Scene, found: Sequence[Encounter], sighting: Sighting) -> Sighting:
    """A new encounter of those told of last, first of all in its own sentence."""
    here = [a for a in sighting.present if len(state_sides(scene, [a])) == 1]
    if len(here) == 2 and len(state_sides(scene, here)) == 2:
        return replace(sighting, participants=tuple(here))
    last = max(found, key=lambda e: e.last, default=None)
    people = last.core if last else sighting.participants or two_before(scene, sighting)
    return replace(sighting, participants=people)


def completed(scene: Scene, sighting: Sighting) -> Sighting:
    """An encounter of which one side is told, with the one other side that the article speaks of."""
    present = state_sides(scene, sighting.participants)
    if len(present) != 1:
        return sighting
    other = principal(scene, besides=present)
    if other is None:
        return sighting
    return replace(sighting, participants=(*sighting.participants, other), whole=True, sure=0.5)


def principal(scene: Scene, *, besides: set[str]) -> str | None:
    """Who deals for the one other side that an article names: its person spoken of most, else the state."""
    told = Counter(a for m in scene.parsed.mentions for a in scene.ids(m))
    able = [a for a in told if len(state_sides(scene, [a])) == 1 and (x := scene.actor(a)) and x.country]
    sides_told = {scene.side(a) for a in able} | besides
    if len(sides_told) != len(besides) + 1:
        return None
    others = [a for a in able if scene.side(a) not in besides]
    people = sorted((a for a in others if is_person(scene, a)), key=lambda a: (-told[a], a))
    if people and (len(people) == 1 or told[people[0]] > told[people[1]]):
        return people[0]
    return next((a for a in others if (x := scene.actor(a)) and x.kind == "state"), None)


def _named_since(scene: Scene, home: Encounter, sighting: Sighting) -> tuple[str, ...]:
    """The two people whom `they met` means where only their states' officials were told to have met."""
    if sighting.participants or any((a := scene.actor(i)) and a.kind == "person" for i in home.participants):
        return ()
    back = sighting.span.start - home.tellings[-1].span.end
    return _last_two(scene, sighting, ("person",), back) if 0 < back <= LOOK_BACK else ()


def two_before(scene: Scene, sighting: Sighting) -> tuple[str, ...]:
    """Whom `the two leaders` means where no encounter was told before: the last two named, of two sides.

    People first; else the two states whose presidents or ministers were told of just before.
    """
    return (
        _last_two(scene, sighting, ("person",), LOOK_BACK)
        or _last_two(scene, sighting, ("state",), NEAR_BACK)
        or _last_two(scene, sighting, ("person", "state"), 0)
    )


def _last_two(scene: Scene, sighting: Sighting, kinds: tuple[ActorKind, ...], back: int) -> tuple[str, ...]:
    within = list(scene.parsed.mentions_in(sighting.span.start, sighting.span.end))
    before = list(scene.parsed.mentions_in(max(0, sighting.span.start - back), sighting.span.start))
    found: dict[str, str] = {}
    for mention in [*within, *reversed(before)]:
        for one in scene.ids(mention):
            actor = scene.actor(one)
            placed = scene.token_at(mention.start - 1).lower_ in ("in", "at", "near", "from", "to")
            town = placed and (mention.reason or "").startswith(GUESSED)
            if (
                mention.form in ("name", "title")
                and actor
                and actor.kind in kinds
                and len(found) < 2
                and not town
            ):
                found.setdefault(scene.side(one), one)
    return tuple(found.values()) if len(found) == 2 else ()


def _add(scene: Scene, home: Encounter, sighting: Sighting, sentence: int) -> None:
    home.tellings.append(sighting)
    home.last = sentence
    home.core = participants(scene, home.core + sighting.participants)
    home.participants = participants(scene, home.participants + sighting.participants + sighting.joined)


def _home(scene: Scene, found: Sequence[Encounter], sighting: Sighting, sentence: int) -> Encounter | None:
    """The encounter a sighting tells of: the one it fits best, the latest told among equals."""
    fitting = [
        (_closeness(scene, e, sighting), e.last, n, e)
        for n, e in enumerate(found)
        if fits(scene, e, sighting, near=sentence - e.last <= BACK)
        and not (e.implied and sentence - e.last > BACK)
    ]
    if not fitting:
        return None
    return max(fitting, key=lambda f: f[:3])[3]


def _closeness(scene: Scene, encounter: Encounter, sighting: Sighting) -> int:
    """Points for what both tell alike: people, day, place, occasion."""
    people = set(sighting.participants)
    points = 3 * len(people & set(encounter.participants)) - len(people - set(encounter.participants))
    points += 4 if sighting.date and encounter.date and sighting.date.overlaps(encounter.date) else 0
    points += 3 if sighting.place and sighting.place == encounter.first("place") else 0
    points += 3 if sighting.medium and sighting.medium == encounter.first("medium") else 0
    points += 2 if sighting.occasion and sighting.occasion == encounter.first("occasion") else 0
    points += 1 if encounter.ahead == (sighting.status == "prospective") else 0
    points += 2 if set(sighting.present) & set(encounter.participants) else 0
    points += 1 if not sighting.firm and encounter.ahead and sighting.status == "prospective" else 0
    points += 2 if encounter.implied and sighting.definite else 0
    return points


def fits(scene: Scene, encounter: Encounter, sighting: Sighting, *, near: bool = True) -> bool:
    """True when nothing that both tell forbids that they are one encounter, and something speaks for it.

    `near` is false where the encounter was told of more than a few sentences ago.
    """
    if not _people_fit(scene, encounter, sighting):
        return False
    told, known = sighting.date, encounter.date
    if told and known and not told.overlaps(known):
        return False
    if _looks_back(scene, encounter, sighting):
        return False
    for name in ("place", "hall"):
        one, other = getattr(sighting, name), encounter.first(name)
        if one and other and not same_name(one, other):
            return False
    halls = (sighting.hall and not sighting.place, encounter.first("hall") and not encounter.first("place"))
    if not near and ((halls[0] and encounter.first("place")) or (halls[1] and sighting.place)):
        return False  # `visited Jerusalem` and, much later, `the meeting at the White House`
    medium = encounter.first("medium")
    if sighting.medium and medium and sighting.medium != medium:
        return False
    if sighting.implied and encounter.implied:
        return near  # `said as much to B in Lima on Monday`, `put it to B in a room behind the hall`
    if sighting.implied or (encounter.implied and not sighting.definite):
        return False
    if sighting.status == "held" and sighting.firm and _is_off(encounter):
        return False
    if _is_absence(encounter, sighting):
        return False
    return _tense_fits(encounter, sighting, near=near)


def _looks_back(scene: Scene, encounter: Encounter, sighting: Sighting) -> bool:
    """`The January talks` in an article of April whose own talks were told without a day: others."""
    written = scene.parsed.article.published_range
    told = sighting.date
    if encounter.date or encounter.implied or not (told and told.end and written and written.start):
        return False
    return sighting.definite and (written.start - told.end).days > NEWS_DAYS


def _is_absence(encounter: Encounter, sighting: Sighting) -> bool:
    """`did not attend`, told without both sides: the others met all the same."""
    alone = sighting.marked and sighting.status == "denied" and not sighting.whole
    return alone and any(t.status == "held" for t in encounter.tellings)


def _is_off(encounter: Encounter) -> bool:
    """Called off or put off: what the same people did hold is another encounter."""
    return all(t.status in ("cancelled", "postponed") for t in encounter.tellings if t.firm)


def _tense_fits(encounter: Encounter, sighting: Sighting, *, near: bool) -> bool:
    """An encounter told of as past and one still ahead are two, unless day, place or nearness joins them."""
    if not sighting.firm:
        return True
    if sighting.date and sighting.date == encounter.date and sighting.date.days == 1:
        return True  # `held talks on Thursday, their second meeting in a month`
    if encounter.ahead == (sighting.status == "prospective") or sighting.status in ("cancelled", "postponed"):
        return sighting.ordinal not in ("next", "another", "second", "third") or encounter.ahead
    dated = sighting.date and encounter.date
    placed = sighting.place and encounter.first("place")
    return bool(dated or placed or (near and sighting.definite and not sighting.ordinal))


def _people_fit(scene: Scene, encounter: Encounter, sighting: Sighting) -> bool:
    """One set of people holds the other; a state stands for any of its people, `the talks` for anybody."""
    told, known = set(sighting.participants), set(encounter.participants)
    if sighting.marked and not sighting.whole and told:
        present = sides(scene, known)
        return all(a in known or (not is_person(scene, a) and scene.side(a) in present) for a in told)
    if told <= known:
        return bool(told) or sighting.definite
    core = set(encounter.core)
    return core <= told or _covered(scene, told, known) or _covered(scene, core, told)


def _covered(scene: Scene, few: set[str], many: set[str]) -> bool:
    """True when everybody of the few is among the many, or is a state whose people are."""
    present = sides(scene, many)
    if len(sides(scene, few)) < 2:
        return False
    for one in few - many:
        actor = scene.actor(one)
        if actor is None or actor.kind == "person" or scene.side(one) not in present:
            return False
    return True


def same_name(one: str, other: str) -> bool:
    """Two ways to write a place: equal, or one inside the other."""
    a, b = one.casefold(), other.casefold()
    return a in b or b in a
