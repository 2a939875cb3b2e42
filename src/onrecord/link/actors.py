"""Who each mention is: names, short names, titles and pronouns become actors, or stay unknown with a reason."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

import msgspec

from onrecord.facts.actors import Registry, slug
from onrecord.types import Actor, Mention, Parsed, Range, day_range


@dataclass
class _Cast:
    """Who has appeared so far in one article."""

    registry: Registry
    at: Range | None
    actors: dict[str, Actor] = field(default_factory=dict)
    by_short: dict[str, list[str]] = field(default_factory=dict)
    by_office: dict[str, str] = field(default_factory=dict)
    recent: list[str] = field(default_factory=list)


def resolve(parsed: Parsed, registry: Registry) -> Parsed:
    """The article with an actor, or a reason, for every mention, and all its actors."""
    a = parsed.article
    at = day_range(a.published) if a.published else a.published_range
    cast = _Cast(registry=registry, at=at)
    for mention in parsed.mentions:
        if mention.form == "name" and " " in mention.text:
            _introduce(mention, cast)
    linked = tuple(_link(m, cast) for m in parsed.mentions)
    used = {m.actor for m in linked} | {member for m in linked for member in m.members}
    return dataclasses.replace(
        parsed, mentions=linked, actors={k: v for k, v in sorted(cast.actors.items()) if k in used}
    )


def _link(mention: Mention, cast: _Cast) -> Mention:
    if mention.form in ("name", "metonym"):
        return _link_name(mention, cast)
    if mention.form == "title":
        return _link_title(mention, cast)
    if mention.form == "group":
        return _set(mention, _group(mention, cast), "group", cast)
    return _link_pronoun(mention, cast)


def _set(mention: Mention, actor: str | None, reason: str, cast: _Cast) -> Mention:
    if actor:
        cast.recent.append(actor)
    return msgspec.structs.replace(mention, actor=actor, reason=reason)


def _introduce(mention: Mention, cast: _Cast) -> str:
    """The identity behind a full name, entered into the cast."""
    key = next((k for k in mention.keys if not k.startswith("office:")), None)
    if key == "org:?":
        actor = Actor(id=f"org:{slug(mention.text)}", name=mention.text, kind="organisation")
    elif key is None:
        actor = Actor(
            id=f"person:{slug(mention.text)}",
            name=mention.text,
            kind="person",
            country=_countries(mention),
            role=next((k.removeprefix("office:").partition("@")[0] for k in _offices(mention)), None),
        )
    else:
        found = cast.registry.actor(key, cast.at)
        actor = found or Actor(id=key, name=mention.text, kind="organisation")
    cast.actors.setdefault(actor.id, actor)
    if actor.kind == "person":
        short = mention.text.split()[-1]
        for name in (short, actor.name.split()[-1]):
            people = cast.by_short.setdefault(name, [])
            if actor.id not in people:
                people.append(actor.id)
    for office in _offices(mention):
        cast.by_office[office.removeprefix("office:").partition("@")[0]] = actor.id
    return actor.id


def _offices(mention: Mention) -> list[str]:
    return [k for k in mention.keys if k.startswith("office:")]


def _countries(mention: Mention) -> str | None:
    told = (k.partition("@")[2] for k in _offices(mention))
    return next((c for c in told if len(c) == 3), None)


def _link_name(mention: Mention, cast: _Cast) -> Mention:
    keys = [k for k in mention.keys if not k.startswith("office:")]
    if keys and not keys[0].startswith("person:"):
        return _set(mention, _introduce(mention, cast), "name", cast)
    if " " in mention.text:
        return _set(mention, _introduce(mention, cast), "full name", cast)
    people = cast.by_short.get(mention.text, ())
    if people:
        nearest = next((a for a in reversed(cast.recent) if a in people), people[0])
        return _set(mention, nearest, "short name of a person named in full", cast)
    holders = [k for k in keys if _in_office(k, cast)]
    if len(holders) == 1:
        chosen = msgspec.structs.replace(mention, keys=(holders[0],))
        return _set(mention, _introduce(chosen, cast), "short name; in office at the article's date", cast)
    if len(keys) == 1:
        return _set(mention, _introduce(mention, cast), "short name; one bearer known", cast)
    if keys:
        return _set(mention, None, "several people of this name", cast)
    return _set(mention, _introduce(mention, cast), "name", cast)


def _in_office(person: str, cast: _Cast) -> bool:
    return cast.at is not None and any(t.range.overlaps(cast.at) for t in cast.registry.offices(person))


def _link_title(mention: Mention, cast: _Cast) -> Mention:
    phrase, _, country = mention.keys[0].removeprefix("office:").partition("@")
    if not country and phrase in cast.by_office:
        return _set(mention, cast.by_office[phrase], "title of a person named before", cast)
    titles = cast.registry.titles.get(phrase, ())
    past = "former" in mention.text.lower()
    for title in titles:
        wheres = [country] if country else list(title.countries) if len(title.countries) == 1 else []
        for where in wheres:
            if cast.at is None or past:
                continue
            holders = {t.actor: t for t in cast.registry.holders(title.office, where, cast.at)}
            if len(holders) == 1:
                actor, term = next(iter(holders.items()))
                found = cast.registry.actor(actor, cast.at)
                if found:
                    cast.actors.setdefault(actor, found)
                    return _set(mention, actor, term.basis, cast)
    for title in titles:
        bare = [a for phrase2, a in cast.by_office.items() if phrase2.endswith(title.bare or phrase)]
        if bare and not country:
            return _set(mention, bare[-1], "title of a person named before", cast)
    return _set(mention, None, "no holder known", cast)


def _group(mention: Mention, cast: _Cast) -> str:
    key = mention.keys[0]
    where = key.removeprefix("group:").partition("-")[0]
    country = where if where in cast.registry.countries else None
    cast.actors.setdefault(key, Actor(id=key, name=mention.text, kind="group", country=country, sector=None))
    return key


def _link_pronoun(mention: Mention, cast: _Cast) -> Mention:
    word = mention.text.lower()
    singular = word in ("he", "she", "him", "her", "his", "hers", "himself", "herself")
    for actor in reversed(cast.recent):
        is_person = cast.actors[actor].kind == "person" if actor in cast.actors else False
        if is_person == singular:
            return msgspec.structs.replace(mention, actor=actor, reason="nearest that fits")
    return msgspec.structs.replace(mention, reason="nobody named before")


def when_spoken_of(day: date | None) -> Range | None:
    """A day as a range, None where it is not known."""
    return day_range(day) if day else None


def names_of(actors: Iterable[Actor]) -> tuple[str, ...]:
    """Names in a fixed order, for messages."""
    return tuple(sorted(a.name for a in actors))
