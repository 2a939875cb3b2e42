"""Gatherings of many, which are no encounter of two sides: `the G20 summit`, `the AIPAC meeting`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.extract.meetings import words
from onrecord.extract.scene import Scene

if TYPE_CHECKING:
    from spacy.tokens import Token


def is_gathering(scene: Scene, token: Token) -> bool:
    """Whether a noun names a gathering instead of an encounter."""
    return _is_occasion(token) or _is_of_body(scene, token)


def _is_occasion(token: Token) -> bool:
    """`the G20 summit`, `the NATO meeting`: a gathering, not the encounter of two sides."""
    front = " ".join(t.text for t in token.subtree if t.i < token.i)
    return any(re.search(rf"(?<!\w){re.escape(name)}(?!\w)", front) for name in words.OCCASIONS)


def _is_of_body(scene: Scene, token: Token) -> bool:
    """`the AIPAC meeting`: a body's own gathering."""
    front = (m for c in token.children if c.dep_ == "compound" and (m := scene.mention_of.get(c.i)))
    actors = [a for m in front for i in scene.ids(m) if (a := scene.actor(i))]
    return any(a.kind == "organisation" and a.sector not in ("GOV", "IGO", "MIL") for a in actors)
