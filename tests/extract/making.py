"""Articles made by hand for extractor tests: marked-up text → Parsed, with an invented cast of real states.

    [Halvorsen]                     a mention of somebody of the cast
    [she=Halvorsen]                 a pronoun or title that stands for somebody
    [the two leaders=Orlov+Mercer]  a group with its members
    {Friday|2019-03-08}             time words and the days they cover (`a/b` for a range)
    {two hours|PT2H}                a duration with its TIMEX3 value; `~PT2H` where it is vague
    <Geneva|CHE>                    a city and its state

Everything between marks is plain text; marks leave only their words behind.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from onrecord.annotate import syntax
from onrecord.settings import LANGUAGE_MODEL
from onrecord.types import (
    Acquired,
    Actor,
    ActorKind,
    Article,
    Mention,
    Parsed,
    Passage,
    Place,
    Range,
    Role,
    Span,
    Statement,
    TimeExpr,
    day_range,
)

PUBLISHED = date(2019, 3, 10)

PEOPLE = {
    "Halvorsen": ("Ingrid Halvorsen", "NOR"), "Petrenko": ("Pavel Petrenko", "UKR"),
    "Silva": ("Marta Silva", "BRA"), "Keller": ("Tomas Keller", "DEU"), "Diallo": ("Amina Diallo", "SEN"),
    "Wei": ("Wei Junhao", "CHN"), "Haddad": ("Leila Haddad", "JOR"), "Rahimi": ("Omar Rahimi", "AFG"),
    "Mercer": ("John Mercer", "USA"), "Whitlock": ("Dana Whitlock", "USA"), "Orlov": ("Viktor Orlov", "RUS"),
    "Sorokin": ("Lev Sorokin", "RUS"), "Mwangi": ("Grace Mwangi", "KEN"), "Malhotra": ("Raj Malhotra", "IND"),
    "Tanabe": ("Hiro Tanabe", "JPN"), "Kovacs": ("Eva Kovacs", "HUN"),
}  # fmt: skip
STATES = {
    "Norway": "NOR", "Ukraine": "UKR", "Brazil": "BRA", "Germany": "DEU", "Senegal": "SEN", "China": "CHN",
    "Jordan": "JOR", "Afghanistan": "AFG", "the United States": "USA", "Russia": "RUS", "Kenya": "KEN",
    "India": "IND", "Japan": "JPN", "Hungary": "HUN", "Washington": "USA", "Moscow": "RUS", "U.S.": "USA",
    "Pakistan": "PAK", "Egypt": "EGY", "Sudan": "SDN",
}  # fmt: skip
OTHERS = {
    "the Coastal Herald": ("medium", None), "reporters": ("group", None),
    "the United Nations": ("organisation", None),
    "the Northern Front": ("armed_group", "AFG"),
}  # fmt: skip

_MARK = re.compile(r"\[([^\]=]+)(?:=([^\]]+))?\]|\{([^|}]+)\|([^}]+)\}|<([^|>]+)\|([A-Z]{3})>")


def actor_id(name: str) -> str:
    """The id of somebody of the cast, by the short name."""
    if name in PEOPLE:
        return f"person:{name.lower()}"
    if name in STATES:
        return f"state:{STATES[name]}"
    return f"other:{name.removeprefix('the ').replace(' ', '-').lower()}"


def cast() -> dict[str, Actor]:
    """Everybody who may be named."""
    found = {
        actor_id(n): Actor(id=actor_id(n), name=full, kind="person", country=iso, sector="GOV")
        for n, (full, iso) in PEOPLE.items()
    }
    found |= {
        actor_id(n): Actor(id=actor_id(n), name=n, kind="state", country=iso, sector="GOV")
        for n, iso in STATES.items()
    }
    kinds: dict[str, ActorKind] = {"medium": "medium", "group": "group", "organisation": "organisation",
                                   "armed_group": "armed_group"}  # fmt: skip
    found |= {
        actor_id(n): Actor(
            id=actor_id(n), name=n, kind=kinds[kind], country=iso,
            sector="IGO" if kind == "organisation" else None,
        )
        for n, (kind, iso) in OTHERS.items()
    }  # fmt: skip
    return found


def parsed(marked: str, *, role: Role = "body", published: date | None = PUBLISHED) -> Parsed:
    """The Parsed of marked-up text: real syntax, mentions, times and places as marked."""
    text, mentions, times, places = _unmark(marked)
    article = Article(
        id="article", path="article.txt", text=text, published=published,
        published_basis="given" if published else "unknown",
        published_range=day_range(published) if published else None,
    )  # fmt: skip
    passages = tuple(_passages(text, role))
    one = next(iter(syntax.parse([Acquired(article=article, passages=passages)], LANGUAGE_MODEL)))
    return replace(one, mentions=tuple(mentions), times=tuple(times), places=tuple(places), actors=cast())


def statement(
    text: str, quote: str, *, speaker: str, act: str = "say", number: int = 0, cue: str = ""
) -> Statement:
    """A statement whose content is the first place of some words in a text."""
    start = text.index(quote)
    return Statement(
        id=f"s-{number:03}", source=(), cue=_span_of(text, cue), content=(Span(start, start + len(quote)),),
        speaker=actor_id(speaker), speech="indirect", act=act, quote=quote,  # type: ignore[arg-type]
    )  # fmt: skip


def _span_of(text: str, words: str) -> tuple[Span, ...]:
    return (Span(text.index(words), text.index(words) + len(words)),) if words else ()


def _passages(text: str, role: Role) -> Sequence[Passage]:
    """A passage a line."""
    found, at = [], 0
    for line in text.split("\n"):
        if line.strip():
            found.append(Passage(start=at, end=at + len(line), role=role))
        at += len(line) + 1
    return found


def _unmark(marked: str) -> tuple[str, list[Mention], list[TimeExpr], list[Place]]:
    mentions: list[Mention] = []
    times: list[TimeExpr] = []
    places: list[Place] = []
    text, at = "", 0
    for mark in _MARK.finditer(marked):
        text += marked[at : mark.start()]
        at = mark.end()
        who, members, when, value, where, country = mark.groups()
        start = len(text)
        text += who or when or where
        if who:
            ids = tuple(actor_id(m) for m in (members or who).split("+"))
            form = "name" if not members else ("group" if len(ids) > 1 else "pronoun")
            mentions.append(
                Mention(start=start, end=len(text), text=who, form=form,  # type: ignore[arg-type]
                        actor=ids[0] if len(ids) == 1 else None, members=ids if len(ids) > 1 else ())
            )  # fmt: skip
        elif when:
            times.append(_time(start, when, value))
        else:
            places.append(Place(start=start, end=len(text), text=where, name=where, country=country))
    return text + marked[at:], mentions, times, places


def _time(start: int, words: str, value: str) -> TimeExpr:
    end = start + len(words)
    if "P" in value[:2]:
        return TimeExpr(start=start, end=end, text=words, type="DURATION", value=value.lstrip("~"),
                        mod="APPROX" if value[0] == "~" else None)  # fmt: skip
    first, _, last = value.partition("/")
    days = Range(date.fromisoformat(first), date.fromisoformat(last or first))
    return TimeExpr(start=start, end=end, text=words, type="DATE", value=first, range=days)
