"""At whom a statement is aimed: the side that it is addressed to, or that its words are about.

Told by order and prepositions alone, since a record keeps no syntax: precision first, so what is unclear is
aimed at nobody.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

from onrecord.facts.sides import Side
from onrecord.review.material import Material, Said
from onrecord.types import Act, Mention

TO_SOMEBODY: frozenset[Act] = frozenset({"agree", "promise", "propose", "demand", "warn"})
"""Acts that are done to whom they are addressed: said to others they are not aimed at the other side, however
much they are about it ("warned Congress that …")."""
OF_THE_FIRST: frozenset[Act] = frozenset({"accuse", "criticise", "praise", "reject", "deny", "demand"})
"""Acts whose object is whom the content names first ("accused *its own minister* of favouring Peru")."""
OF_A_CLAIM: frozenset[Act] = frozenset({"reject", "deny", "agree"})
"""Acts that, with a clause about the other side, take up a claim of it ("rejects that Peru fired first")."""
ADDRESSED: frozenset[Act] = frozenset({"agree", "promise", "propose"})
"""Acts that count only where they are addressed to the other side: of those that only name it, six of
eight on campaign news gave it nothing ("would order a review of attacks from Peru")."""
OFFICIAL = frozenset({"GOV", "MIL", "LEG", "JUD", "COP", "SPY", "OPP", "REB"})
"""Sectors of unnamed groups that act for a side; refugees, voters and firms do not."""
_AT_A_PLACE = re.compile(
    r"\b(?:in|inside|into|within|across|throughout|near|outside|around|between|(from))\s+(?:the\s+|\w+ern\s+)?$",
    re.IGNORECASE,
)


def aimed_at(material: Material, said: Said) -> Side | None:
    """The other side, where a statement of one side is aimed at it."""
    statement, by = said.statement, said.side
    sides = (material.side_of(a, said.days) for a in statement.addressee)
    told_to = next((s for s in sides if s is not None and s != by), None)
    meant = [m.actor for m in material.named.get(statement.id, ()) if m.actor and _acts(material, said, m)]
    if told_to is not None and (statement.act in TO_SOMEBODY or not meant):
        return told_to
    if statement.act in TO_SOMEBODY and (statement.addressee or _begins(said, "to")):
        return None
    if statement.act in ADDRESSED and not statement.negated:
        return None
    first = material.side_of(next(iter(meant), None), said.days)
    if statement.act == "warn":  # of one's own deeds; "warned that Peru would raise tariffs" warns others
        return _other(material, said, meant) if first == by else None
    if statement.act in OF_THE_FIRST and first == by:
        return None
    if statement.act in OF_A_CLAIM and first != by and _begins(said, "that"):
        return None
    return _other(material, said, meant)


def _other(material: Material, said: Said, meant: Iterable[str]) -> Side | None:
    """The side of the first actor named who is of another state than the speaker."""
    for actor in meant:
        side = material.side_of(actor, said.days)
        if side is not None and side != said.side:
            return side
        known = material.actors.get(actor)
        if side is None and known is not None and known.country is not None:
            return None
    return None


def _acts(material: Material, said: Said, mention: Mention) -> bool:
    """Whether a mention names somebody: no place ("fighting in *Peru*"), no crowd ("*Peruvian refugees*")."""
    known = material.actors.get(mention.actor or "")
    if mention.form == "pronoun" and said.statement.act == "deny":
        return False  # "denied that *it* had fired on Peru" answers Peru
    if known is not None and known.kind == "group" and known.sector not in OFFICIAL:
        return False
    before = _AT_A_PLACE.search(said.article.text, max(0, mention.start - 24), mention.start)
    return before is None or (before[1] is not None and said.statement.act == "demand")


def _begins(said: Said, word: str) -> bool:
    """Whether the content begins with a word: `to` ("to report": whose deed stands outside of it), `that`."""
    return said.statement.quote.lstrip(" \"“'‘").lower().startswith(word + " ")
