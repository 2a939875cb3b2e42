"""Rows made by hand for merge tests, and a RowSource over them."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, TypeVar

from onrecord.types import (
    Act,
    Actor,
    Agreement,
    Article,
    Dispute,
    Event,
    Meeting,
    Range,
    Side,
    Span,
    Statement,
    day_range,
    row_id,
)

T = TypeVar("T")

ACTORS = {
    a.id: a
    for a in (
        Actor(id="person:orlov", name="Viktor Orlov", kind="person", country="RUS", sector="GOV"),
        Actor(id="person:v-orlov", name="Vera Orlov", kind="person", country="UKR", sector="GOV"),
        Actor(id="person:sorokin", name="Lev Sorokin", kind="person", country="RUS", sector="GOV"),
        Actor(id="person:mercer", name="John Mercer", kind="person", country="USA", sector="GOV"),
        Actor(id="person:whitlock", name="Dana Whitlock", kind="person", country="USA", sector="GOV"),
        Actor(id="person:tanabe", name="Hiro Tanabe", kind="person", country="JPN", sector="GOV"),
        Actor(id="state:RUS", name="Russia", kind="state", country="RUS", sector="GOV"),
        Actor(id="state:USA", name="United States", kind="state", country="USA", sector="GOV"),
        Actor(id="state:JPN", name="Japan", kind="state", country="JPN", sector="GOV"),
        Actor(id="person:scholar", name="Ada Quill", kind="person", country="USA", sector="EDU"),
        Actor(id="person:stranger", name="Bo Marsh", kind="person"),
        Actor(id="group:RUS-officials", name="Russian officials", kind="group", country="RUS", sector="GOV"),
    )
}


def days(told: str | None) -> Range | None:
    """`2019-03-08` or `2019-03-01/2019-03-31`."""
    if not told:
        return None
    first, _, last = told.partition("/")
    return Range(date.fromisoformat(first), date.fromisoformat(last or first))


@dataclass
class Pile:
    """A RowSource whose rows were added by hand."""

    told: dict[str, Article] = field(default_factory=dict)
    held: list[tuple[str, Any]] = field(default_factory=list)

    def article(self, name: str, *, published: str | None = None, text: str | None = None) -> str:
        day = date.fromisoformat(published) if published else None
        self.told[name] = Article(
            id=name, path=f"{name}.txt", text=text or f"The text of {name}, which nobody else has. " * 12,
            published=day, published_range=day_range(day) if day else None,
        )  # fmt: skip
        return name

    def add(self, article: str, *rows: Any) -> None:
        self.held += [(article, row) for row in rows]

    def text(self, name: str) -> str:
        return self.told[name].text

    def speakers(self) -> Mapping[str, str | None]:
        return {row.id: row.speaker for _, row in self.held if isinstance(row, Statement)}

    def articles(self) -> Iterable[Article]:
        return [self.told[a] for a in sorted(self.told)]

    def actors(self) -> Mapping[str, Actor]:
        return ACTORS

    def rows(self, kind: type[T]) -> Iterable[tuple[str, T]]:
        found = [(a, r) for a, r in self.held if type(r) is kind]
        return sorted(found, key=lambda pair: (pair[0], getattr(pair[1], "id", "")))

    def turned(self) -> Pile:
        """The same rows, added in the opposite order."""
        return Pile(dict(reversed(self.told.items())), list(reversed(self.held)))


def people(names: str) -> tuple[str, ...]:
    """`orlov mercer RUS` → actor ids."""
    return tuple(f"state:{n}" if n.isupper() else f"person:{n}" for n in names.split())


def meeting(article: str, names: str, at: int = 0, **told: Any) -> Meeting:
    told["date"] = days(told.get("date"))
    span = Span(at, at + 10)
    return Meeting(
        id=row_id("m", article, at, names),
        participants=people(names),
        evidence=(span,),
        text="0123456789",
        **told,
    )


def event(article: str, kind: str, left: str, right: str, at: int = 0, **told: Any) -> Event:
    told["date"] = days(told.get("date"))
    span = Span(at, at + 5)
    return Event(
        id=row_id("e", article, at, kind), type=kind, actors=people(left), recipients=people(right),
        **({"trigger": (span,), "evidence": (span,)} | told),
    )  # fmt: skip


def agreement(article: str, names: str, subject: str, at: int = 0, **told: Any) -> Agreement:
    for name in ("made_on", "effective", "expires"):
        told[name] = days(told.get(name))
    return Agreement(
        id=row_id("a", article, at, subject),
        parties=people(names),
        subject=subject,
        evidence=(Span(at, at + 9),),
        **told,
    )


def said(article: str, speaker: str, quote: str, act: Act = "say", at: int = 0, **told: Any) -> Statement:
    told["said_on"] = days(told.get("said_on"))
    return Statement(
        id=row_id("s", article, at, quote), source=(), cue=(), content=(Span(at, at + len(quote)),),
        speaker=f"person:{speaker}", speech=told.pop("speech", "direct"), act=act, quote=quote, **told,
    )  # fmt: skip


def dispute(article: str, about: str, one: tuple[str, str], other: tuple[str, str], **told: Any) -> Dispute:
    sides = tuple(
        Side(actor=f"person:{who}", told=words, evidence=(Span(n * 50, n * 50 + len(words)),))
        for n, (who, words) in enumerate((one, other))
    )
    return Dispute(
        id=row_id("d", article, about), about=about, kind="reported_as_differing", sides=sides, **told
    )
