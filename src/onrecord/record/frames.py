"""Rows as columns: for pandas, polars and Parquet. Types follow from the fields, as in `codec`."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from importlib import import_module
from typing import TYPE_CHECKING, Any, Literal, NamedTuple, get_args, get_origin

from onrecord.errors import MissingPart
from onrecord.record import codec
from onrecord.record.filters import Filters
from onrecord.record.kinds import BY_TYPE, Kind
from onrecord.record.store import Store
from onrecord.types import Actor, Range, Span

if TYPE_CHECKING:
    import pandas as pd
    import polars as pl

ARTICLE_COLUMNS = ("article_id", "article_path", "article_title", "article_publisher", "article_published")


class Column(NamedTuple):
    """A column of a frame: what it is called, what it holds, and how it is taken out of a row."""

    name: str
    holds: str
    """`text`, `label`, `whole`, `number`, `truth`, `day`, `spans`, `texts` or `json`."""
    field: str
    part: int | None = None
    """Which end of a range."""


def columns(kind: Kind) -> list[Column]:
    """A kind's columns: a field each, two for a range; spans and lists as lists, the rest as JSON text."""
    found = []
    for f in codec.fields(kind.type):
        if f.name in kind.unlisted:
            continue
        if f.hint is Range:
            found += [Column(f"{f.name}_{end}", "day", f.name, n) for n, end in enumerate(("start", "end"))]
        else:
            found.append(Column(f.name, _holds(f.hint), f.name))
    return found


def words(kind: Kind, name: str) -> list[str]:
    """The words that a label may be, in the order of its type."""
    hints = {f.name: f.hint for f in codec.fields(kind.type)}
    return list(get_args(hints[name]))


def _holds(hint: Any) -> str:
    simple = {str: "text", int: "whole", float: "number", bool: "truth", date: "day"}
    if get_origin(hint) is Literal:
        return "label"
    if hint in simple:
        return simple[hint]
    if hint == tuple[Span, ...]:
        return "spans"
    if hint == tuple[str, ...]:
        return "texts"
    return "text" if getattr(hint, "__origin__", None) is not tuple and codec.is_text(hint) else "json"


def cells(row: Any, of: Iterable[Column]) -> dict[str, Any]:
    """A row's cells: days as `date`, spans as (start, end) pairs, lists as lists, the rest as JSON text."""
    made: dict[str, Any] = {}
    for c in of:
        value = getattr(row, c.field)
        if c.part is not None:
            value = value[c.part] if value else None
        elif c.holds == "spans":
            value = [{"start": s, "end": e} for s, e in value]
        elif c.holds == "texts":
            value = list(value)
        elif c.holds == "json":
            value = codec.to_json(value)
        made[c.name] = value
    return made


def table_rows(
    store: Store,
    kind: Kind,
    filters: Filters | None = None,
    *,
    prepare: Callable[[str, Any], Any] = lambda _, row: row,
) -> Iterator[dict[str, Any]]:
    """Rows of a kind as cells: their own, their actors' names and countries, their article's columns.

    `prepare` is given the article id and the row, and gives the row to print.
    """
    of, named = columns(kind), _named(kind)
    article, head, actors = "", _head(None), dict[str, Actor]()
    everybody = store.actors() if kind.merged and named else {}
    for at, found in store.rows(kind.type, filters):
        row = prepare(at, found)
        if at != article and kind.name != "articles":
            article, head = at, _head(store.article_head(at))
            actors = store.actors_of(at) if named else {}
        made = cells(row, of)
        for field, single in named:
            made |= _who(field, getattr(row, field), everybody if kind.merged else actors, single=single)
        if kind.name == "events":
            made["cluster"] = store.cluster(row.id)
        if kind.name == "articles":
            made["text"] = made["text"] or None
        elif not kind.merged:
            made |= head
        yield made


def _named(kind: Kind) -> list[tuple[str, bool]]:
    """(field, whether it holds one actor) of the fields whose actors get names of their own."""
    hints = {f.name: f.hint for f in codec.fields(kind.type)}
    return [(f, hints[f] is str) for f in kind.actors if hints[f] in (str, tuple[str, ...])]


def _who(field: str, value: Any, known: Mapping[str, Actor], *, single: bool) -> dict[str, Any]:
    """Names and countries of a field's actors."""
    ids = [value] if single else list(value)
    names = [known[a].name if a in known else a for a in ids]
    countries = [known[a].country if a in known else None for a in ids]
    if single:
        return {f"{field}_name": names[0], f"{field}_country": countries[0]}
    return {f"{field}_names": names, f"{field}_countries": countries}


def _head(article: tuple[Any, ...] | None) -> dict[str, Any]:
    told = dict(zip(ARTICLE_COLUMNS, article or (None,) * len(ARTICLE_COLUMNS), strict=True))
    return told | {"article_published": _day(told["article_published"])}


def all_columns(kind: Kind) -> list[tuple[str, str]]:
    """(name, what it holds) of every column that `table_rows` gives, in order."""
    single = dict(_named(kind))
    found: list[tuple[str, str]] = []
    for column in columns(kind):
        found.append((column.name, column.holds))
        if column.name in single:
            ends, holds = (
                (("name", "country"), "text") if single[column.name] else (("names", "countries"), "texts")
            )
            found += [(f"{column.name}_{end}", holds) for end in ends]
    if kind.name == "events":
        found.append(("cluster", "text"))
    if not kind.merged and kind.name != "articles":
        found += [(name, "day" if name == "article_published" else "text") for name in ARTICLE_COLUMNS]
    return found


def _day(told: str | None) -> date | None:
    return date.fromisoformat(told) if told else None


def to_pandas(store: Store, kind: type[Any], filters: Filters) -> pd.DataFrame:
    """Rows as a pandas frame; an empty one has the same columns and dtypes.

    Dtypes: text `string`, labels `category`, whole numbers `Int64`, numbers `float64`, truth `boolean`, days
    `datetime64[s]` (NaT where unknown or open); spans are lists of {start, end}, lists are lists.

    Raises:
        MissingPart: pandas is not installed.
    """
    library = _installed("pandas")
    of = BY_TYPE[kind]
    rows = list(table_rows(store, of, filters))
    dtypes = {"text": "string", "whole": "Int64", "number": "float64", "truth": "boolean",
              "day": "datetime64[s]"}  # fmt: skip

    def dtype(name: str, holds: str) -> Any:
        if holds == "label":
            return library.CategoricalDtype(words(of, name))
        return dtypes.get(holds, "object")

    frame: pd.DataFrame = library.DataFrame(
        {n: library.Series([r[n] for r in rows], dtype=dtype(n, holds)) for n, holds in all_columns(of)}
    )
    return frame


def to_polars(store: Store, kind: type[Any], filters: Filters) -> pl.DataFrame:
    """Rows as a polars frame; an empty one has the same schema.

    Types: text `String`, labels `Enum`, whole numbers `Int64`, numbers `Float64`, truth `Boolean`, days
    `Date`; spans are lists of structs {start, end}, lists are lists of `String`.

    Raises:
        MissingPart: polars is not installed.
    """
    library = _installed("polars")
    of = BY_TYPE[kind]
    span = library.Struct({"start": library.Int32, "end": library.Int32})
    types = {"whole": library.Int64, "number": library.Float64, "truth": library.Boolean, "day": library.Date,
             "texts": library.List(library.String), "spans": library.List(span)}  # fmt: skip

    def typed(name: str, holds: str) -> Any:
        if holds == "label":
            return library.Enum(words(of, name))
        return types.get(holds, library.String)

    schema = {name: typed(name, holds) for name, holds in all_columns(of)}
    frame: pl.DataFrame = library.DataFrame(list(table_rows(store, of, filters)), schema=schema, orient="row")
    return frame


def _installed(library: str) -> Any:
    """A library of frames.

    Raises:
        MissingPart: it is not installed.
    """
    try:
        return import_module(library)
    except ImportError as error:
        raise MissingPart(f"frames need {library}: `pip install onrecord[frames]`") from error


def arrow_schema(kind: Kind) -> Any:
    """The Parquet schema of a kind."""
    pa: Any = import_module("pyarrow")
    types = {
        **dict.fromkeys(("text", "label", "json"), pa.string()), "whole": pa.int64(), "number": pa.float64(),
        "truth": pa.bool_(), "day": pa.date32(), "texts": pa.list_(pa.string()),
        "spans": pa.list_(pa.struct([("start", pa.int32()), ("end", pa.int32())])),
    }  # fmt: skip
    return pa.schema([(name, types[holds]) for name, holds in all_columns(kind)])
