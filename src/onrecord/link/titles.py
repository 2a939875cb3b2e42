"""Descriptions become people: "the secretary", "the Russian president", "his Russian counterpart"."""

from __future__ import annotations

from datetime import date
from typing import NamedTuple

from onrecord.facts.actors import Term, Title
from onrecord.link.cast import Cast
from onrecord.types import Mention, Range

_PAST = ("former ", "ex-", "then-", "late ")
_KIN = frozenset({
    "brother", "sister", "wife", "husband", "father", "mother", "son", "daughter", "uncle", "aunt",
    "nephew", "niece", "widow",
})  # fmt: skip
_MANY = frozenset(
    {"senator", "representative", "governor", "mayor", "ambassador", "envoy", "minister", "secretary"}
)


class Link(NamedTuple):
    """Who is meant, and how that was found; or None and why not."""

    actor: str | None
    reason: str


def resolve(mention: Mention, order: list[str], cast: Cast, barred: frozenset[str] = frozenset()) -> Link:
    """Whom a definite description means. `order`: ids of people named so far, likeliest first.

    `barred`: ids of people whom the sentence tells apart from it.
    """
    phrase, where = office_of(mention)
    noun, owner = role_of(mention)
    past = mention.text.lower().removeprefix("the ").startswith(_PAST)
    if noun in cast.registry.words and cast.registry.words[noun].body:
        return Link(None, "a body that is not named")
    relation = mention.text.lower().startswith(("his ", "her ", "their ")) and noun not in _KIN
    by_role = None
    if not relation or (phrase and phrase != noun):
        by_role = _by_role(phrase, noun, owner, order, cast) or _named_later(
            phrase, noun, owner, [*order, *barred], cast
        )
    if by_role and not (where and phrase and _elsewhere(by_role.actor, where, cast)):
        return by_role
    if past and phrase:
        held = [a for a in order if _has_held(a, phrase, where, cast)]
        if held:
            return Link(held[0], "held the office before")
    if phrase and not past:
        by_office = _by_office(phrase, where, cast, order)
        if by_office:
            return by_office
    return Link(
        None, "a former holder; which one is not told" if past else "nobody named before fits the title"
    )


def office_of(mention: Mention) -> tuple[str, str]:
    """(title, ISO3 or organisation) of a description, empty where it names no office."""
    key = next((k for k in mention.keys if k.startswith("office:")), "office:@")
    title, _, where = key.removeprefix("office:").partition("@")
    return title, where


def role_of(mention: Mention) -> tuple[str, str]:
    """(noun, owner's key) of a description."""
    key = next((k for k in mention.keys if k.startswith("role:")), "role:@")
    noun, _, owner = key.removeprefix("role:").partition("@")
    return noun, owner


def _by_role(phrase: str, noun: str, owner: str, order: list[str], cast: Cast) -> Link | None:
    """Somebody named before whose own title or role the words repeat."""
    registry = cast.registry
    bares = {t.bare for t in registry.titles.get(phrase, ())} | {phrase, noun} - {""}
    for actor in order:
        figure = cast.figures[actor]
        if owner.startswith("state:") and figure.actor.country not in (None, owner[6:]):
            continue
        for role, whose in figure.roles:
            own = {role} | {t.bare for t in registry.titles.get(role, ())}
            same_owner = not owner or not whose or owner == whose
            loose = phrase in ("", noun) and own & bares and noun in own | {role.split()[-1]}
            if same_owner and (phrase == role or loose):
                return Link(actor, f"{role!r} was said of this person before")
        for term in registry.offices(actor):
            if cast.at is None or not term.range.overlaps(cast.at):
                continue
            if owner and owner not in (f"state:{term.country}", term.organisation):
                continue
            for title in registry.titles.get(phrase or noun, ()):
                if title.office == term.office and _place_fits(title, term):
                    return Link(actor, term.basis)
            if phrase in ("", noun) and noun in _bare_words(term, cast):
                return Link(actor, term.basis)
    return None


def _bare_words(term: Term, cast: Cast) -> set[str]:
    """The short forms for the holder of a term: "the secretary" in the states where one is so called."""
    titles = cast.registry.by_office.get(term.office, ())
    own = [t for t in titles if term.country in t.countries] or [t for t in titles if not t.countries]
    return {t.bare for t in own}


def _has_held(person: str, phrase: str, where: str, cast: Cast) -> bool:
    """Whether somebody's term in the office that a title names is over at the article's date."""
    if cast.at is None or cast.at.start is None:
        return False
    offices = {(t.office, c) for t in cast.registry.titles.get(phrase, ()) for c in (t.countries or ("",))}
    return any(
        term.range.end is not None
        and term.range.end < cast.at.start
        and (not where or where == term.country)
        and ((term.office, term.country or "") in offices or (term.office, "") in offices)
        for term in cast.registry.offices(person)
    )


def _named_later(phrase: str, noun: str, owner: str, order: list[str], cast: Cast) -> Link | None:
    """The one person whose full name comes further down with this very role."""
    word = phrase or noun
    later = [
        a
        for a, f in cast.figures.items()
        if a not in order
        and not (owner.startswith("state:") and f.actor.country not in (None, owner[6:]))
        and any(word == r or (phrase in ("", noun) and noun in r.split()) for r, _ in f.roles)
    ]
    return Link(later[0], f"{noun!r} is said of this person below") if len(later) == 1 else None


def _place_fits(title: Title, term: Term) -> bool:
    return not title.countries or term.country in title.countries


def _elsewhere(actor: str | None, where: str, cast: Cast) -> bool:
    """Whether a person is known to hold offices in other states only."""
    terms = cast.registry.offices(actor or "")
    return bool(terms) and all((t.country or t.organisation) != where for t in terms)


def _by_office(phrase: str, where: str, cast: Cast, order: list[str]) -> Link | None:
    """The one holder of the office at the article's date."""
    for title in cast.registry.titles.get(phrase, ()):
        if title.office in _MANY:
            continue
        places = [where] if where else list(title.countries) if len(title.countries) == 1 else []
        for place in places:
            if title.countries and len(place) == 3 and place not in title.countries:
                continue
            terms = holders(title.office, place, cast.at, cast)
            people = dict.fromkeys(t.actor for t in terms)
            if len(people) == 1:
                actor = cast.registry.actor(terms[0].actor, cast.at)
                assert actor is not None
                cast.enter(actor, actor.name)
                return Link(actor.id, terms[0].basis)
            if people:
                return Link(None, "several holders in the article's range of dates")
    return None


def holders(office: str, place: str, at: Range | None, cast: Cast) -> list[Term]:
    """Who held an office at a date; on a day of change the one who came in; in another word for it, too."""
    if at is None:
        return []
    terms = list(cast.registry.holders(office, place, at))
    lasting = [t for t in terms if not t.acting] or terms
    if at.start == at.end and len({t.actor for t in lasting}) > 1:
        latest = max(t.range.start or date.min for t in lasting)
        return [t for t in lasting if (t.range.start or date.min) == latest]
    return lasting


def counterpart(mention: Mention, whose: str | None, cast: Cast) -> Link:
    """Who holds in another state the office of the person meant by "his" ("his Russian counterpart")."""
    _, owner = role_of(mention)
    place = owner.removeprefix("state:")
    for term in cast.registry.offices(whose or ""):
        if cast.at is not None and term.range.overlaps(cast.at) and term.office not in _MANY:
            for office in _EQUAL.get(term.office, (term.office,)):
                found = holders(office, place, cast.at, cast)
                if len({t.actor for t in found}) == 1:
                    actor = cast.registry.actor(found[0].actor, cast.at)
                    assert actor is not None
                    cast.enter(actor, actor.name)
                    return Link(actor.id, f"counterpart of {term.name}; {found[0].basis}")
    return Link(None, "counterpart whose office is not known")


_EQUAL = {
    "president": ("president", "prime minister", "chancellor", "supreme leader"),
    "prime minister": ("prime minister", "chancellor", "president"),
    "chancellor": ("prime minister", "president", "chancellor"),
}
