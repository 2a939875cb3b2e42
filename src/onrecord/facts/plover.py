"""PLOVER as data: event types, modes, contexts, and the lexicon that brings events.

Everything is read from tables (facts/tables/plover_*.csv). A user's own tables are of the same columns, which
tell which table a file is; they are added to the shipped ones or stand in for them. docs/codebook.md defines
each type and names the sources of the weights.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from pathlib import Path
from typing import Literal, TypeVar, cast

import msgspec

from onrecord.errors import UsageError
from onrecord.facts.table import TABLES, columns, read_table

Quad = Literal["verbal cooperation", "material cooperation", "verbal conflict", "material conflict"]
Pos = Literal["V", "N", "A"]
Roles = Literal["", "swap", "recip", "self"]
R = TypeVar("R", bound=msgspec.Struct)


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


COLUMNS = {
    "types": {"id", "quad", "weight"},
    "lexicon": {"words", "pos", "type"},
    "operators": {"words", "pos", "effect"},
    "modes": {"type", "id", "label"},
    "contexts": {"id", "words"},
}
"""Columns that tell a table; word classes have those of contexts, and "class" in the file's name."""
Kind = Literal["types", "modes", "contexts", "classes", "operators", "lexicon"]


def table_kind(path: Path) -> Kind:
    """Which table of an ontology a file is.

    Raises:
        UsageError: it cannot be read, or has the columns of none.
    """
    found = set(columns(path))
    for kind, needed in COLUMNS.items():
        if needed <= found:
            return "classes" if kind == "contexts" and "class" in path.name else cast("Kind", kind)
    told = "; ".join(f"{kind}: {', '.join(sorted(needed))}" for kind, needed in COLUMNS.items())
    raise UsageError(f"{path.name} is no table of an ontology; needed columns: {told}")


class _Tables:
    """The shipped tables and a user's, by kind."""

    def __init__(self, more: tuple[Path, ...], instead: tuple[Path, ...]) -> None:
        self._more = [(table_kind(p), p) for p in more]
        self._instead = [(table_kind(p), p) for p in instead]

    def rows(self, kind: Kind, row: type[R], *, own_first: bool = False) -> list[R]:
        """Rows of a kind: the shipped (or what stands in for them) and the user's."""
        base = [p for k, p in self._instead if k == kind] or [TABLES / f"plover_{kind}.csv"]
        own = [p for k, p in self._more if k == kind]
        return [r for path in (own + base if own_first else base + own) for r in read_table(path, row)]


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
    def load(cls, more: Iterable[Path] = (), instead: Iterable[Path] = ()) -> Ontology:
        """The shipped ontology with a user's own tables.

        Args:
            more: tables whose rows are added; their lexicon is tried first, their ids win.
            instead: tables that stand in for the shipped ones of the same kind.

        Raises:
            UsageError: a table cannot be read or is none of these; an entry names what does not exist.
        """
        known = _Tables(tuple(more), tuple(instead))
        made = cls(
            types={t.id: t for t in known.rows("types", EventType)},
            modes=tuple({(m.type, m.id): m for m in known.rows("modes", Mode)}.values()),
            contexts=tuple({c.id: c for c in known.rows("contexts", Context)}.values()),
            classes={c.id: frozenset(c.words) for c in known.rows("classes", WordClass)},
            operators=tuple(known.rows("operators", Operator)),
            entries=tuple(known.rows("lexicon", Entry, own_first=True)),
        )
        made.check()
        return made

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
def ontology(more: tuple[Path, ...] = (), instead: tuple[Path, ...] = ()) -> Ontology:
    """The shipped ontology with a user's own tables (`Ontology.load`); loaded once."""
    return Ontology.load(more, instead)


def goldstein(type_id: str) -> float:
    """Cooperation–conflict weight of a type, −10 … 10 (Goldstein's scale as carried over to CAMEO).

    A type of a user's own ontology has none there, and counts as 0.
    """
    kind = ontology().types.get(type_id)
    return kind.weight if kind else 0.0


@cache
def _modes() -> Mapping[tuple[str, str], str]:
    return {(m.type, m.id): m.cameo for m in ontology().modes}


def cameo_code(type_id: str, mode: str | None) -> str:
    """The CAMEO code that a type and mode continue, ("CONSULT", "phone") → "041"; empty for none."""
    kind = ontology().types.get(type_id)
    if kind is None or not kind.cameo:
        return ""
    return _modes().get((type_id, mode or ""), f"{kind.cameo[0]}0")


def quad_number(type_id: str) -> int:
    """1 verbal cooperation, 2 material cooperation, 3 verbal conflict, 4 material conflict; 0 not known."""
    kind = ontology().types.get(type_id)
    if kind is None:
        return 0
    return 1 + kind.material + 2 * (not kind.cooperative)
