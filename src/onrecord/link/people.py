"""Names become people: registry candidates are weighed, unknown people get an identity of their own."""

from __future__ import annotations

import re
from datetime import date

import msgspec

from onrecord.facts.actors import Registry, slug
from onrecord.link.cast import Cast, unknown_person
from onrecord.link.roles import Told
from onrecord.types import Actor, Range

_SOON = 400
"""Days around a term of office within which its holder is still likely to be meant by the bare name."""


def identify(name: str, candidates: list[str], told: Told, cast: Cast) -> Actor:
    """The person behind a full name.

    A registry person of that name is taken unless the article gives somebody another country, or a private
    trade ("a baker from Leeds"). Then, and where the registry knows nobody, the name makes a new one. Its
    id is the name alone (`person:ann-example`), so that articles which tell more and less of somebody unknown
    agree on who it is; where that id is a registry person's, the country that the article tells is put behind
    it (`person:sergei-ivanov-bgr`), or else the trade (`person:john-kerry-baker`), or else `other`. A short
    given name counts as the full one (Ed Rendell is `person:edward-rendell`), save before a family name that
    many bear. Who bears such a one and only stands in a list of names is nobody of another article.
    """
    countries = told_countries(told)
    trade = next((noun for noun, _ in told.roles if noun in _PRIVATE), "")
    fitting = [c for c in candidates if not trade and _agrees(c, countries, cast)]
    ranked = sorted(fitting, key=lambda c: (-closeness(c, cast.at, cast.registry), c))
    same_rank = [
        c
        for c in ranked
        if closeness(c, cast.at, cast.registry) == closeness(ranked[0], cast.at, cast.registry)
    ]
    if len(same_rank) == 1:
        best = ranked[0]
        known = cast.registry.actor(best, cast.at)
        assert known is not None
        return _with_role(known, told)
    same = cast.same_person(name)
    if same is not None and same not in candidates:
        return cast.figures[same].actor
    country = countries[0] if countries else None
    new = unknown_person(
        name, country, told.words, _sector(told, cast.registry),
        article=cast.article, called=_in_full(name, cast.registry),
        alone=told.listed and not told.roles and name.rsplit(maxsplit=1)[-1] in _BORNE_BY_MANY,
    )  # fmt: skip
    if new.id in candidates or cast.registry.actor(new.id) is not None:
        return msgspec.structs.replace(new, id=f"{new.id}-{(country or trade or 'other').lower()}")
    apart = next((noun for noun, _ in told.roles if noun in _KEPT_APART), "")
    return msgspec.structs.replace(new, id=f"{new.id}-{apart}") if apart and " " in name else new


def how_known(actor: str, told: Told) -> str:
    """The reason of a full name's link, and why its bearer is kept apart from others of the name."""
    trade = next((noun for noun, _ in told.roles if actor.endswith(f"-{noun}")), "")
    if trade:
        return f"full name; kept apart from others of it as {trade}"
    alone = told.listed and re.search(r"-[0-9a-f]{6}$", actor)
    return "full name; many bear it, and it only stands in a list" if alone else "full name"


def bearers(name: str, registry: Registry) -> list[str]:
    """Registry people of a full name as it is usually written, with or without middle initials and "Jr."."""
    words = [w for w in name.split() if w.rstrip(".,") not in ("Jr", "Sr")]
    core = [w for n, w in enumerate(words) if not (0 < n < len(words) - 1 and len(w.rstrip(".")) == 1)]
    if len(core) < 2:
        return []
    ways = (name, " ".join(words), " ".join(core), _in_full(" ".join(core), registry))
    entries = next((found for way in ways if (found := registry.forms.get(way))), ())
    known = [e.key for e in entries if e.use == "name" and e.key.startswith("person:")]
    same = f"person:{slug(' '.join(core))}"  # "HIllary Clinton"
    return known or ([same] if registry.actor(same) is not None else [])


def by_initial(name: str, cast: Cast) -> list[str]:
    """The one office-holder at the article's date whom an initial and a family name fit ("R. Example")."""
    found = re.fullmatch(r"([A-Z])\. ?(\S.*)", name)
    if found is None:
        return []
    keys = [e.key for e in cast.registry.forms.get(found[2], ()) if e.key.startswith("person:")]
    people = [a for k in dict.fromkeys(keys) if (a := cast.registry.actor(k)) and a.name[0] == found[1]]
    held = [a.id for a in people if cast.at and closeness(a.id, cast.at, cast.registry) >= 3]
    return held if len(held) == 1 else []


def _in_full(name: str, registry: Registry) -> str:
    """A name with its short given name in full: "Ed Rendell" → Edward Rendell, but no "Mike Brown"."""
    given, *rest = name.split()
    full = registry.nicknames.get(given)
    return " ".join([full, *rest]) if full and rest and rest[-1] not in _BORNE_BY_MANY else name


def known_by_short_name(
    candidates: list[str],
    gender: str,
    cast: Cast,
    *,
    states: frozenset[str],
    is_common: bool,
    in_company: bool,
) -> tuple[str | None, str]:
    """Whom a bare family name means when no full name is told, with the reason.

    `states`: ISO3 of the states and their bodies that the article names. Away from those only the holder of a
    top office is meant, and only where the family name is not one that many people bear (`is_common`), or
    any holder named in one sentence with another (`in_company`).
    """
    fitting = [c for c in candidates if not gender or cast.registry.gender.get(c, gender) == gender]
    ranked = sorted(fitting, key=lambda c: (-closeness(c, cast.at, cast.registry), c))
    if not ranked:
        return None, "nobody of this name known"
    best = closeness(ranked[0], cast.at, cast.registry)
    if len(ranked) > 1 and closeness(ranked[1], cast.at, cast.registry) == best:
        return None, "several people of this name"
    terms = cast.registry.offices(ranked[0])
    at_home = any(t.country in states or (t.organisation and not t.country) for t in terms)
    if cast.at is not None and not at_home and (is_common or not (best == 4 or (best == 3 and in_company))):
        return None, "a family name; nothing in the article tells which bearer"
    if best <= 0 and cast.at is not None:
        return None, "nobody of this name in office around the article's date"
    return ranked[
        0
    ], "family name; in office around the article's date" if cast.at else "family name; one bearer known"


def told_countries(told: Told) -> list[str]:
    """ISO3 codes of the states told as owners of somebody's roles."""
    owners = [o for _, o in told.roles] + [told.home]
    return list(dict.fromkeys(o.partition(":")[2] for o in owners if o.startswith("state:")))


def _agrees(candidate: str, countries: list[str], cast: Cast) -> bool:
    """Whether nothing the article says of a person speaks against a registry person of the same name."""
    terms = cast.registry.offices(candidate)
    theirs = {t.country for t in terms if t.country} | {None}
    has_organisation = any(t.organisation for t in terms)
    return not countries or has_organisation or bool(theirs & set(countries)) or theirs == {None}


def closeness(person: str, at: Range | None, registry: Registry) -> int:
    """How likely a person is spoken of at a date: in a top office 4, in another 3, near one 2 or 1."""
    if at is None or not (at.start and at.end):
        return 1
    best = 0
    for term in registry.offices(person):
        if term.range.overlaps(at):
            best = max(best, 4 if term.office in _TOP else 3)
        else:
            gap = max(
                ((term.range.start or date.min) - at.end).days, (at.start - (term.range.end or date.max)).days
            )
            if gap <= _SOON:
                best = max(best, 2 if term.office in _TOP else 1)
    return best


COMMON = frozenset({
    "Abbott", "Ahmed", "Ali", "Anand", "Andrews", "Baker", "Brown", "Burns", "Bush", "Campbell", "Carr",
    "Carter", "Castro", "Chen", "Choi", "Clark", "Clarke", "Cohen", "Cooper", "Costa", "Cox", "Davis",
    "Fernandez", "Fischer", "Fox", "Garcia", "Gong", "Gonzalez", "Gordon", "Graham", "Grant", "Green",
    "Han", "Harris", "Hill", "Hong", "Howard", "Hu", "Hunt", "Hussein", "Ivanov", "Jackson", "Jeong",
    "Johnson", "Johnston", "Jones", "Katz", "Kelly", "Khan", "Kim", "King", "Lee", "Levin", "Levy",
    "Lewis", "Li", "Ma", "Major", "Manley", "Martin", "Mauro", "May", "Miller", "Mitchell", "Moon",
    "Moore", "Morris", "Murphy", "Nelson", "Pak", "Park", "Patel", "Paul", "Perry", "Peters", "Powell",
    "Pratt", "Price", "Rao", "Ray", "Reith", "Reynolds", "Ri", "Rice", "Richard", "Robertson",
    "Rodriguez", "Roh", "Ross", "Ryan", "Saleh", "Sanchez", "Santos", "Scott", "Sharif", "Sharma",
    "Sharon", "Shelton", "Shin", "Singh", "Smith", "Snow", "Solana", "Song", "Stein", "Suh", "Sullivan",
    "Taylor", "Thomas", "Turner", "Walker", "Wallace", "Wang", "Warren", "Webb", "Williams", "Wilson",
    "Wong", "Wright", "Wu", "Yang", "Yoon", "Young", "Yu", "Yılmaz", "Zhao", "Zhu",
})  # fmt: skip
"""Family names that so many bear that a bare one is nobody in particular without its state beside it."""
_BORNE_BY_MANY = COMMON | {
    "Adams", "Allen", "Anderson", "Bailey", "Barnes", "Bell", "Bennett", "Brooks", "Bryant", "Butler",
    "Coleman", "Collins", "Cook", "Cruz", "Diaz", "Edwards", "Evans", "Fisher", "Flores", "Ford", "Foster",
    "Gomez", "Gray", "Griffin", "Hall", "Hamilton", "Harrison", "Hayes", "Henderson", "Hernandez", "Hughes",
    "James", "Jenkins", "Jordan", "Kennedy", "Long", "Lopez", "Marshall", "Martinez", "McDonald", "Morgan",
    "Murray", "Myers", "Nguyen", "Ortiz", "Owens", "Parker", "Patterson", "Perez", "Peterson", "Phillips",
    "Ramirez", "Reed", "Richardson", "Rivera", "Roberts", "Robinson", "Rogers", "Russell", "Simmons",
    "Stewart", "Thompson", "Torres", "Ward", "Washington", "Watson", "West", "White", "Wood", "Wright",
}  # fmt: skip
"""Family names under which two people of one given name are nothing rare."""
_PRIVATE = frozenset({
    "baker", "barber", "butcher", "carpenter", "commuter", "driver", "drummer", "electrician", "farmer",
    "fisherman", "footballer", "goalkeeper", "guitarist", "hairdresser", "jockey", "mechanic", "nurse",
    "passenger", "plumber", "pupil", "schoolboy", "schoolgirl", "shopkeeper", "sprinter", "striker",
    "student", "swimmer", "tourist", "waiter", "waitress", "welder",
})  # fmt: skip
"""Trades and walks of life that no writer tells of an office-holder beside the name."""
_KEPT_APART = _PRIVATE | {
    "agent",
    "detective",
    "owner",
    "pastor",
    "priest",
    "rabbi",
    "imam",
    "coach",
    "teacher",
}
"""Those that tell two unknown people of one name apart across articles."""
_TOP = frozenset({
    "president", "prime minister", "chancellor", "king", "supreme leader", "general secretary",
    "presidential candidate", "Republican presidential nominee", "Democratic presidential nominee",
})  # fmt: skip


def _with_role(known: Actor, told: Told) -> Actor:
    return known if known.role or not told.words else msgspec.structs.replace(known, role=told.words)


def _sector(told: Told, registry: Registry) -> str | None:
    for noun, _ in told.roles:
        if noun in registry.titles and registry.titles[noun][0].sector:
            return registry.titles[noun][0].sector
        if noun in registry.words and registry.words[noun].sector:
            return registry.words[noun].sector
    return None
