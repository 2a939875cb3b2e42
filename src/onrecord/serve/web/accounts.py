"""The accounts of a meeting, side by side: what all tell, what only some tell, where they part."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any, Literal

from onrecord.record.codec import to_json
from onrecord.review import phrasing
from onrecord.types import Account, Actor, Article, MergedMeeting, cut

How = Literal[
    "told by all",
    "told by some",
    "told by one only",
    "told differently",
    "changed in time",
]
FIELDS = {
    "participants": "Who",
    "delegations": "Delegations",
    "date": "When",
    "place": "Where",
    "length_told": "How long",
    "medium": "How",
    "occasion": "Occasion",
    "status": "Status",
    "agenda": "On the table",
}
"""Fields that accounts may tell, with their names on the page."""


@dataclass(frozen=True)
class Column:
    """One account: who tells it, in which article, in which words."""

    account: Account
    article: Article
    actor: Actor | None
    text: str


@dataclass(frozen=True)
class Line:
    """One field, as each account tells it (None: it does not)."""

    name: str
    label: str
    cells: tuple[Any, ...]
    how: How


def columns(
    meeting: MergedMeeting, articles: Mapping[str, Article], actors: Mapping[str, Actor]
) -> list[Column]:
    """The accounts of a meeting whose articles the record holds, oldest article first."""
    made = [
        Column(
            account=account,
            article=articles[account.article],
            actor=actors.get(account.actor or ""),
            text=cut(articles[account.article].text, account.evidence),
        )
        for account in meeting.accounts
        if account.article in articles
    ]
    return sorted(made, key=lambda c: (*phrasing.day_key(c.article.published_range), c.article.id))


def lines(told: list[Column]) -> list[Line]:
    """What the accounts tell, field by field; a field that none tells is left out."""
    made = []
    for name, label in FIELDS.items():
        cells = tuple(c.account.told.get(name) or None for c in told)
        if any(cells):
            made.append(Line(name=name, label=label, cells=cells, how=_how(name, cells)))
    return made


def _how(name: str, cells: tuple[Any, ...]) -> How:
    said = [to_json(sorted(c, key=str) if isinstance(c, list) else c) for c in cells if c is not None]
    if len(set(said)) > 1:
        # An article before the meeting calls it ahead, a later one held: no disagreement.
        is_news = name == "status" and said[0] == to_json("prospective") != said[-1]
        return "changed in time" if is_news else "told differently"
    if len(said) == 1:
        return "told by one only"
    return "told by all" if len(said) == len(cells) else "told by some"
