"""Clues from offices: `President Obama` was written in his term, or after it; `former President Obama`
after it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace
from functools import lru_cache
from typing import TYPE_CHECKING

import numpy as np

from onrecord.link.dating import days as d
from onrecord.link.dating import offsets
from onrecord.link.dating.clues import Clue
from onrecord.types import Span

if TYPE_CHECKING:
    from onrecord.facts.actors import Registry
    from onrecord.facts.happenings import Happenings

_OFFICES = {
    "president": ("president",),
    "vice president": ("vice president",),
    "prime minister": ("prime minister",),
    "premier": ("prime minister",),
    "chancellor": ("chancellor",),
    "foreign minister": ("foreign minister",),
    "foreign secretary": ("foreign minister",),
    "secretary of state": ("foreign minister", "secretary of state"),
    "defense secretary": ("defence minister", "defense secretary"),
    "defence secretary": ("defence minister",),
    "secretary of defense": ("defence minister", "defense secretary"),
    "defense minister": ("defence minister",),
    "defence minister": ("defence minister",),
    "secretary-general": ("secretary-general",),
    "secretary general": ("secretary-general",),
    "national security adviser": ("national security adviser",),
    "national security advisor": ("national security adviser",),
    "attorney general": ("attorney general",),
    "house speaker": ("house speaker",),
}
_TITLED = re.compile(
    r"\b(?P<before>[Ff]ormer |[Ee]x-|[Tt]hen-|[Tt]hen |[Ll]ate )?(?:(?:U\.S\.|US|[A-Z][a-z]+(?:n|sh|ch|se|"
    r"i)) )?"
    rf"(?P<title>(?i:{'|'.join(sorted(_OFFICES, key=len, reverse=True))})),? "
    r"(?P<name>(?:[A-Z][\w.’'-]*\s){0,3}[A-Z][\w’-]+)"
)
AFTER_TERM = 0.15
"""Weight of days after a term: presidents keep their title in looks back."""
BEFORE_TERM = 0.003
STILL_IN_OFFICE = 0.03
"""Weight of days within the term of somebody called `former`."""
MAX_SPREAD = 3
"""Names that stand for more holders of such an office say nothing."""


_NOT_YET = re.compile(r"\b(?:likely|possible|eventual|potential|probable)\s+(?:\w+\s+){0,2}$")
_RUNNING = re.compile(
    r"\b(?P<before>[Ff]ormer |[Oo]ne-time |[Oo]nce |[Pp]revious |[Pp]ast |\d{4} )?"
    r"(?:(?:Republican|Democratic|GOP|G\.O\.P\.|independent) )?"
    r"(?P<status>(?:[Pp]resumptive )?(?:(?:Republican|Democratic|GOP|G\.O\.P\.) )?(?:presidential )?"
    r"(?:nominee|candidate|front-?runner|hopeful|contender))s?,? "
    r"(?P<name>(?:[A-Z][\w.’'-]*\s){0,2}[A-Z][\w’-]+)"
)


_RUNS = re.compile(r"(?:nominee|candidate|runner|hopeful|contender)s?,? [A-Z]")
_HOLDS = re.compile(
    r"[AaCcDdGgMmPpSs](?i:dvis[eo]r|hancellor|efense|eneral|inister|resident|remier|ecretary|tate|peaker),? "
    r"[A-Z]"
)
"""What each match of the patterns holds: a word, and the name's first letter behind it. Looked for first,
since that is quick, the more so where it begins with a class of letters.
"""
REACH, LEAD = 160, 80
"""Characters after such a word and before it within which a match lies."""


def _near(word: re.Pattern[str], pattern: re.Pattern[str], text: str) -> Iterator[re.Match[str]]:
    """Matches of a pattern around a word that each of them holds."""
    done = 0
    for hit in word.finditer(text):
        if hit.start() < done:
            continue
        start, end = max(done, hit.start() - LEAD), hit.end() + REACH
        m = pattern.search(text, start, end)
        while m is not None:
            yield m
            done = m.end()
            m = pattern.search(text, done, end) if done < hit.end() else None


Holders = Mapping[tuple[str, str], tuple[tuple[str, int, int], ...]]


def clues(text: str, registry: Registry, happenings: Happenings) -> Iterator[Clue]:
    """A clue for each office-holder or candidate a text names with the title; one a person and way of
    naming.
    """
    yield from _in_office(text, registry)
    yield from _running(text, happenings)
    yield from _campaign(text, happenings)
    yield from _named(text, registry, happenings)


_CAMPAIGN = re.compile(
    r"\b(?:campaign\w*|caucus\w*|primar(?:y|ies)|delegates?|nominee|nomination|candidates?|front-?runner)\b"
)


IN_RACE = (1.0, 0.03, 0.008)
"""Weight of days outside a campaign, by how many more of its candidates are named than of any other's."""
OUT_OF_RACE = 0.5
"""Weight of days on which a candidate named was not running, for each of the first `MAX_OUT` such."""
MAX_OUT = 4
_DELEGATES = re.compile(r"\b(?:delegates?|caucus\w*|primar(?:y|ies))\b")
_TICKET = re.compile(r"\brunning[ -]mates?\b|\bgeneral[- ]election (?:campaign|debate)")
_PHASES = ((_DELEGATES, -420, -95, 0.25), (_TICKET, -240, 10, 0.4))
"""Words of a phase of a campaign, days from its vote within which they are common, their weight beyond."""


def _campaign(text: str, happenings: Happenings) -> Iterator[Clue]:
    """Several candidates of one election, named in a text about campaigns."""
    words = _CAMPAIGN.search(text)
    if words is None:
        return
    cycles = _cycles(happenings)
    found = {year: [r for r in runs if r[0] in text] for year, runs in cycles.items()}
    counts = sorted({len(runs) for runs in found.values()}, reverse=True)
    if not counts or counts[0] < 2:
        return
    years = [year for year, runs in found.items() if len(runs) == counts[0]]
    lead = counts[0] - counts[1] if len(counts) > 1 else 2
    windows = [(min(r[1] for r in cycles[y]) - 60, max(r[2] for r in cycles[y])) for y in years]
    outside = IN_RACE[min(lead, 2)]
    name = found[years[0]][0][0]
    at = text.index(name)
    span = Span(at, at + len(name))
    names = ", ".join(r[0] for r in found[years[0]][:3])
    bound = d.inside(windows, outside)
    for rank in range(min(MAX_OUT, counts[0])):
        bound += d.inside([found[y][rank][1:] for y in years], OUT_OF_RACE)
    for pattern, first, last, beyond in _PHASES:
        if pattern.search(text):
            bound += d.inside([(end + first, end + last) for _, end in windows], beyond)
    yield Clue(span, f"{names} running in {' or '.join(years)}", "race", bound)


@lru_cache(maxsize=2)
def _cycles(happenings: Happenings) -> dict[str, tuple[tuple[str, int, int], ...]]:
    """Year of an election → its candidates, and the first and last place of each candidacy; those who left
    first stand first.
    """
    table: dict[str, list[tuple[str, int, int]]] = {}
    for h in happenings:
        if h.kind == "candidacy":
            run = (h.people[0], d.number(h.start), d.number(h.end))
            table.setdefault(h.id.split("-")[1], []).append(run)
    return {year: tuple(sorted(runs, key=lambda r: (r[2], r[0]))) for year, runs in table.items()}


_NAME = re.compile(r"\b[A-Z][\w.’'-]+(?:\s(?:[A-Z]\.\s)?(?:al-|bin |von |de )?[A-Z][\w’'-]+){1,2}")
KNOWN_BEFORE = 700
"""Days before a first term from which its holder is likely to be in the news."""
UNKNOWN_YET, RISING = 0.05, 0.4
"""Weight of naming a person longer than `KNOWN_BEFORE` before the first term, and within that time."""
LEAVING, RETIRED, RETIRING = 0.4, 0.06, 900.0
"""Weight of naming a person right after a term and long after it, and the days over which it falls: who
holds an office is named many times as often as who has left one.
"""
_JUST = 0.01
STATES = (
    ("people unknown yet", -np.inf, np.log(UNKNOWN_YET) + _JUST, 6),
    ("people long retired", np.log(UNKNOWN_YET) + _JUST, np.log(0.2), 8),
    ("people just retired", np.log(0.2), np.log(RISING) - _JUST, 8),
    ("people rising", np.log(RISING) - _JUST, np.log(RISING) + _JUST, 6),
    ("people in office", -1e-9, np.inf, 8),
)
"""What the weights of naming a person (`_in_news`) tell about a day, and the most of them that count; of
those in office, how many fewer than on the best day.
"""
MAX_RETIRED = 4
"""So many names out of office count in full; more of them share that weight (looks back name many)."""


def _named(text: str, registry: Registry, happenings: Happenings) -> Iterator[Clue]:
    """People known for an office, named in full: hardly written long before their first term, and more
    likely within a term than after it.
    """
    terms = _terms(registry, happenings)
    found: dict[str, Clue] = {}
    for m in _NAME.finditer(text):
        name = " ".join(m.group().replace("’", "'").removesuffix("'s").split())
        if name not in found and name in terms:
            found[name] = Clue(Span(m.start(), m.end()), f"{name} is known", "known", _in_news(terms[name]))
    if not found:
        return
    yield from _together(list(found.values()))
    share = min(1.0, MAX_RETIRED / len(found))
    for clue in found.values():
        assert clue.bound is not None
        soft = clue.bound > np.log(UNKNOWN_YET)
        yield replace(clue, bound=np.where(soft, clue.bound * share, clue.bound))


def _together(people: Sequence[Clue]) -> Iterator[Clue]:
    """How many of the people named were unknown yet on a day, rising, in office, just or long retired."""
    bounds = [p.bound for p in people if p.bound is not None]
    for row, low, high, most in STATES:
        counted = np.zeros(d.SIZE)
        for bound in bounds:
            counted += (bound > low) & (bound <= high)
        if row == "people in office":
            counted = counted.max() - counted
        yield Clue(people[0].span, "", rows=(row,), bins=offsets.count(counted, most))


@lru_cache(maxsize=256)
def _in_news(terms: tuple[tuple[int, int], ...]) -> d.Days:
    """Log weight of naming a person on each day, from the terms of office (places in the grid)."""
    gone = d.since(sorted(end for _, end in terms))
    bound = np.log(RETIRED + (LEAVING - RETIRED) * np.exp(-gone / RETIRING))
    first = max(0, min(start for start, _ in terms))
    bound[:first] = np.log(RISING)
    bound[: max(0, first - KNOWN_BEFORE)] = np.log(UNKNOWN_YET)
    for start, end in terms:
        bound[max(0, start) : max(0, end + 1)] = 0.0
    return bound


@lru_cache(maxsize=2)
def _terms(registry: Registry, happenings: Happenings) -> dict[str, tuple[tuple[int, int], ...]]:
    """Full name → first and last place of each term in any office, and of each candidacy for one."""
    table: dict[str, list[tuple[int, int]]] = {}
    for term in getattr(registry, "terms", ()):
        if term.range.start and len(term.name.split()) > 1:
            end = d.number(term.range.end) if term.range.end else d.SIZE - 1
            table.setdefault(term.name, []).append((d.number(term.range.start), end))
    for runs in _cycles(happenings).values():
        for name, start, end in runs:
            table.setdefault(name, []).append((start, end))
    return {name: tuple(runs) for name, runs in table.items()}


def _running(text: str, happenings: Happenings) -> Iterator[Clue]:
    """`presumptive nominee Bob Dole`, `presidential candidate Howard Dean`."""
    candidates = _candidates(happenings)
    seen: set[str] = set()
    for m in _near(_RUNS, _RUNNING, text):
        status = " ".join(m["status"].lower().split())
        if _NOT_YET.search(text, max(0, m.start() - 40), m.start()):
            continue
        if "presidential" not in m.group().lower() and "nominee" not in status and "front" not in status:
            continue
        kind = "nomination" if "nominee" in status else "candidacy"
        kind = "presumptive_nomination" if "presumptive" in status else kind
        name = m["name"].replace("’", "'").removesuffix("'s").split()
        found = [
            t
            for t in candidates.get((kind, name[-1].lower()), ())
            if len(name) == 1 or t[0].startswith(name[0])
        ]
        if found and f"{kind} {name[-1]}" not in seen:
            seen.add(f"{kind} {name[-1]}")
            terms = [(a, b) for _, a, b in found]
            former = bool(m["before"]) and "nominee" not in status
            span = Span(m.start(), m.end())
            yield _clue(
                span, terms, former=former, then=False, words=m.group(), after=0.1, ahead=0.03, kind="running"
            )


@lru_cache(maxsize=2)
def _candidates(happenings: Happenings) -> Holders:
    """Kind of candidacy and surname → (name, first place, last place)."""
    table: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
    for h in happenings:
        if h.kind in ("candidacy", "presumptive_nomination", "nomination"):
            surname = h.people[0].split()[-1].lower()
            run = (h.people[0], d.number(h.start), d.number(h.end))
            table.setdefault((h.kind, surname), []).append(run)
            if h.kind == "presumptive_nomination":  # papers leave `presumptive` out
                table.setdefault(("nomination", surname), []).append(run)
    return {key: tuple(terms) for key, terms in table.items()}


def _in_office(text: str, registry: Registry) -> Iterator[Clue]:
    holders = _holders(registry)
    seen: set[tuple[str, bool]] = set()
    for m in _near(_HOLDS, _TITLED, text):
        title, name = " ".join(m["title"].lower().split()), m["name"].replace("’", "'").removesuffix("'s")
        terms = _terms_of(holders, title, name)
        former = bool(m["before"]) and m["before"].lower().startswith(("former", "ex", "late"))
        then = bool(m["before"]) and m["before"].lower().startswith("then")
        key = (f"{title} {name.split()[-1]}", former or then)
        if not terms or key in seen:
            continue
        seen.add(key)
        yield _clue(Span(m.start(), m.end()), terms, former=former, then=then, words=m.group())


def _clue(
    span: Span,
    terms: Sequence[tuple[int, int]],
    *,
    former: bool,
    then: bool,
    words: str,
    after: float = AFTER_TERM,
    ahead: float = BEFORE_TERM,
    kind: str = "office",
) -> Clue:
    first = min(start for start, _ in terms)
    bound = np.full(d.SIZE, np.log(after))
    bound[: max(0, first)] = np.log(ahead)
    if former or then:
        bound[:] = np.log(STILL_IN_OFFICE)
        for start, end in terms:
            bound[max(0, min(end, d.SIZE)) :] = 0.0
            bound[: max(0, start)] = np.log(BEFORE_TERM)
        return Clue(span, f"'{' '.join(words.split())}' had left office", "left", bound)
    for start, end in terms:
        bound[max(0, start) : max(0, end + 1)] = 0.0
    return Clue(span, f"'{' '.join(words.split())}' in office", kind, bound)


def _terms_of(holders: Holders, title: str, name: str) -> tuple[tuple[int, int], ...]:
    """Terms (places in the grid) of the people whom title and name fit, if they are few."""
    words = name.split()
    found = [t for office in _OFFICES[title] for t in holders.get((office, words[-1].lower()), ())]
    if len(words) > 1:
        exact = [t for t in found if t[0].lower().split()[0] == words[0].lower()]
        found = exact or ([] if len(words[0]) > 2 else found)
    people = {who for who, _, _ in found}
    return tuple((a, b) for _, a, b in found) if len(people) <= MAX_SPREAD else ()


@lru_cache(maxsize=2)
def _holders(registry: Registry) -> Holders:
    """Office and surname → (name, first place, last place) of each term."""
    table: dict[tuple[str, str], list[tuple[str, int, int]]] = {}
    for term in getattr(registry, "terms", ()):
        start = d.number(term.range.start) if term.range.start else -1
        end = d.number(term.range.end) if term.range.end else d.SIZE - 1
        surname = term.name.replace("’", "'").split()[-1].lower()
        table.setdefault((term.office, surname), []).append((term.name, start, end))
    return {key: tuple(terms) for key, terms in table.items()}
