"""A word that shows an encounter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.meetings.marked import Marked
from onrecord.types import Medium, MeetingStatus

if TYPE_CHECKING:
    from spacy.tokens import Token


@dataclass(frozen=True, slots=True)
class Trigger:
    """A word that shows an encounter, and the actors its syntax gives."""

    token: Token
    left: tuple[str, ...]
    right: tuple[str, ...]
    rule: str
    definite: bool = False
    medium: Medium | None = None
    implied: bool = False
    echo: bool = False
    placed: bool = False
    """Counts only where its words tell a place too."""
    status: MeetingStatus | None = None
    """Where the word itself tells it (`invited A and B`)."""
    marked: Marked | None = None
    """What the learnt reader marks of it; None where only rules speak."""
