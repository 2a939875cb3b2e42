"""PLOVER as data: event types, modes, contexts, and the lexicon that brings events.

Everything is read from tables (facts/tables/plover_*.csv), so an ontology can be extended, or replaced by
another
folder with tables of the same shape. docs/codebook.md defines each type and names the sources of the weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal

import msgspec

from onrecord.errors import UsageError
from onrecord.facts.table import TABLES, read_table

Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
Pos = Literal["V", "N", "A"]
Roles = Literal["", "swap", "recip", "self"]


class EventType(msgspec.Struct, frozen=True, kw_only=True):
    """One of the types: its quad class, CAMEO root codes (main one first) and cooperation–conflict weight."""

    id: str
    quad: Quad
    label: str
    definition: str
    cameo: tuple[str, ...] = ()
    weight: float
    """Cooperation (+10) to conflict (−10), the Goldstein value of `weight_code`."""
    weight_code: str
    reciprocal: bool = False
    """Whether sides can do it together ("A and B met")."""

    @property
    def cooperative(self) -> bool:
        return self.quad.endswith("cooperation")

    @property
    def material(self) -> bool:
        return self.quad.startswith("material")


class Mode(msgspec.Struct, frozen=True, kw_only=True):
    """How an event of a type was done."""

    type: str
    id: str
    label: str
    cameo: str
    """The CAMEO code that it continues, a string ("0871")."""


class Context(msgspec.Struct, frozen=True, kw_only=True):
    """What an event is about, and the lemmas that tell so."""

    id: str
    words: tuple[str, ...]


class WordClass(msgspec.Struct, frozen=True, kw_only=True):
    """Lemmas that conditions name together."""

    id: str
    words: tuple[str, ...]


class Operator(msgspec.Struct, frozen=True, kw_only=True):
    """Words that change what the verb below them tells: a promise, an attempt, a refusal."""

    words: tuple[str, ...]
    pos: Pos
    effect: Literal["intend", "begin", "attempt", "refuse", "cease", "cause"]


class Entry(msgspec.Struct, frozen=True, kw_only=True):
    """Words that bring an event of a type when their conditions hold; the table's head explains the
    columns.
    """

    words: tuple[str, ...]
    pos: Pos
    needs: tuple[str, ...] = ()
    type: str
    mode: str | None = None
    roles: Roles = ""
    weight: float = 1.0


@dataclass(frozen=True)
class Ontology:
    """Types, modes, contexts, lexicon: all that the event coder knows about meaning."""

    types: Mapping[str, EventType]
    modes: tuple[Mode, ...]
    contexts: tuple[Context, ...]
    classes: Mapping[str, frozenset[str]]
    operators: tuple[Operator, ...]
    entries: tuple[Entry, ...]

    @classmethod
    def load(cls, lexica: Iterable[Path] = (), *, folder: Path = TABLES) -> Ontology:
        """The ontology of a folder, with further lexica whose entries are tried first.

        Raises:
            UsageError: a table cannot be read, or an entry names an unknown type, mode or class.
        """
        types = {t.id: t for t in read_table(folder / "plover_types.csv", EventType)}
        entries = [e for path in lexica for e in read_table(path, Entry)]
        entries += read_table(folder / "plover_lexicon.csv", Entry)
        known = cls(
            types=types,
            modes=tuple(read_table(folder / "plover_modes.csv", Mode)),
            contexts=tuple(read_table(folder / "plover_contexts.csv", Context)),
            classes={c.id: frozenset(c.words) for c in read_table(folder / "plover_classes.csv", WordClass)},
            operators=tuple(read_table(folder / "plover_operators.csv", Operator)),
            entries=tuple(entries),
        )
        known.check()
        return known

    def check(self) -> None:
        """Refuses an entry that names a type, mode or class that does not exist.

        Raises:
            UsageError: naming the word and what is known.
        """
        modes = {(m.type, m.id) for m in self.modes}
        for entry in self.entries:
            if entry.type not in self.types:
                raise UsageError.unknown("event type", entry.type, self.types)
            if entry.mode and (entry.type, entry.mode) not in modes:
                told = [m for t, m in modes if t == entry.type]
                raise UsageError.unknown(f"mode of {entry.type}", entry.mode, told)
            for need in entry.needs:
                values = need.partition(":")[2].split("/")
                for name in (v[1:] for v in values if v.startswith("@")):
                    if name not in self.classes:
                        raise UsageError.unknown("word class", name, self.classes)


@lru_cache(maxsize=8)
def ontology(lexica: tuple[Path, ...] = ()) -> Ontology:
    """The shipped ontology, with a user's own lexica in front; loaded once."""
    return Ontology.load(lexica)


def goldstein(type_id: str) -> float:
    """Cooperation–conflict weight of a type, −10 … 10 (Goldstein's scale as carried over to CAMEO)."""
    return ontology().types[type_id].weight


@cache
def _modes() -> Mapping[tuple[str, str], str]:
    return {(m.type, m.id): m.cameo for m in ontology().modes}


def cameo_code(type_id: str, mode: str | None) -> str:
    """The CAMEO code that a type and mode continue, a string: ("CONSULT", "phone") → "041"."""
    root = ontology().types[type_id].cameo[0]
    return _modes().get((type_id, mode or ""), f"{root}0")


def quad_number(type_id: str) -> int:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict."""
    kind = ontology().types[type_id]
    return 1 + kind.material + 2 * (not kind.cooperative)
