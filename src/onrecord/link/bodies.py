"""Bodies that the registry does not know: ministries by their state, firms by what stands beside the name."""

from __future__ import annotations

import re

from onrecord.facts.actors import Registry
from onrecord.link.people import told_countries
from onrecord.link.roles import Told
from onrecord.types import ActorKind

_KINDS = "(?i:Foreign|Defen[cs]e|Interior|Finance|Energy|Justice|Trade)"
MINISTRY = re.compile(
    r"(?:[Tt]he )?(?:([A-Z][\w.]+(?: [A-Z][\w.]+)?)(?:'s|’s)? )??"
    rf"(?:({_KINDS}) (?i:Ministry)|(?i:Ministry of) ({_KINDS}|(?i:Foreign Affairs)))"
)
"""(whose), (kind) or (kind): "the Polish defence ministry", "Ministry of Foreign Affairs"."""
SIDES = frozenset({"side", "delegation", "team"})
"""Nouns for what deals for a state that is told beside them."""
KINDS: dict[str, tuple[ActorKind, ...]] = {
    **dict.fromkeys(
        ("company", "firm", "airline", "group", "organization", "organisation", "foundation", "union",
         "charity", "bank", "federation"),
        ("organisation", "medium"),
    ),
    **dict.fromkeys(("network", "channel", "station", "broadcaster"), ("medium", "organisation")),
    **dict.fromkeys(("newspaper", "magazine", "outlet"), ("medium",)),
}  # fmt: skip
"""Nouns for bodies, and the kinds of actor they may mean."""


def ministry_key(found: re.Match[str], state: str) -> str:
    """Registry id of a state's ministry as `MINISTRY` found it: `org:pol-defense-ministry`."""
    kind = (found[2] or found[3]).lower().replace("defence", "defense")
    return f"org:{state.lower()}-{kind.replace(' affairs', '')}-ministry"


def home(told: Told, registry: Registry) -> str | None:
    """ISO3 of the state told beside a body's name: "the American firm Example Drilling"."""
    words = registry.words
    if any(noun in words and words[noun].body for noun, _ in told.roles):
        return next(iter(told_countries(told)), None)
    return None
