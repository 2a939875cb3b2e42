"""Rows coded by hand, as users have them: brat folders, CSV, TimeML, JSON lines. Errors say what to mend."""

from __future__ import annotations

import csv
import json
import re
import xml.etree.ElementTree as ET
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, Generic, TypeVar

from onrecord.errors import UsageError
from onrecord.facts.plover import ontology
from onrecord.measure import attributions, brat
from onrecord.measure.attributions import Roles
from onrecord.measure.brat import Spans
from onrecord.measure.events import Coding
from onrecord.measure.times import Timex

T = TypeVar("T")
THE_CODER = "the coder"
"""Who coded, where a file names nobody."""
_LIST = re.compile(r"[|;,\s]+")
_YES, _NO = ("yes", "true", "1", "y"), ("no", "false", "0", "n")


@dataclass(frozen=True)
class Document(Generic[T]):
    """A text and what each coder says of it, coders in the order of their names."""

    name: str
    text: str
    by: Mapping[str, T]
    published: str | None = None
    """ISO day of publication, where the gold knows it."""
    title: str | None = None

    def of(self, coder: str | None) -> T:
        """What one coder says; the first by name where none is chosen or he did not code this text."""
        return next(iter(self.by.values())) if coder is None or coder not in self.by else self.by[coder]


# --- statements ------------------------------------------------------------------------------------------


def statements(path: Path) -> list[Document[attributions.Gold]]:
    """A brat folder (events `Attribution` with Source, Cue, Content), or a CSV file.

    Columns of CSV: `file` (a text file beside it) or `text`; `content`, `source`, `cue` in the text's own
    words, `source` and `cue` empty where there is none; `coder` where there are several. A row without a
    content says that the text holds no statement.

    Raises:
        UsageError: it cannot be read; says where and why.
    """
    return list(_annotated(path, _attributions)) if path.is_dir() else _table(path, ("content",), _quoted)


def _attributions(found: brat.Standoff, text: str) -> attributions.Gold:
    told, discarded = attributions.of_standoff(found)
    if not told and any(b.label.lower() in attributions.ROLES for b in found.bounds.values()):
        raise UsageError(
            f"{found.where}: spans of Source, Cue and Content, but no event ties them; "
            "write E1<tab>Attribution:T4 Source:T1 Cue:T2 Content:T3"
        )
    return attributions.Gold(text, told, discarded)


def _quoted(text: str, rows: list[tuple[str, dict[str, str]]]) -> attributions.Gold:
    made, after = [], 0
    for where, row in rows:
        if not row["content"]:
            continue
        content = _find(text, row["content"], where, "content", near=after)
        after = content[0][1]
        ends = {
            role: _find(text, row[role], where, role, near=content[0][0]) if row.get(role) else ()
            for role in ("source", "cue")
        }
        made.append(Roles(source=ends["source"], cue=ends["cue"], content=content))
    return attributions.Gold(text, tuple(made))


def _find(text: str, words: str, where: str, column: str, *, near: int) -> Spans:
    """Where words stand: the place nearest to another; ` … ` parts a span in two; white space is free."""
    spans = []
    for part in re.split(r"\s+(?:…|\.\.\.)\s+", words):
        pattern = r"\s+".join(map(re.escape, part.split()))
        places = [m.span() for m in re.finditer(pattern, text)] if pattern else []
        if not places:
            raise UsageError(f"{where}: {column} {part[:60]!r} does not stand in the text in these words")
        spans.append(min(places, key=lambda p: abs(p[0] - near)))
    return tuple(sorted(spans))


# --- events ----------------------------------------------------------------------------------------------


def events(path: Path) -> list[Document[tuple[Coding, ...]]]:
    """A brat folder (events with PLOVER types), a CSV file, or JSON with `records` as PLOVER's own gold.

    Columns of CSV: `text` (a sentence) or `file`; `type`; `source` and `target`, codes of countries (or IGO,
    NGO) with `|` between; `coder`. A row without a type says that the text holds no event.

    Raises:
        UsageError: it cannot be read; says where and why.
    """
    if path.is_dir():
        return list(_annotated(path, _triggers))
    if path.suffix == ".json":
        return list(_records(path))
    return _table(path, ("type",), _coded)


def _triggers(found: brat.Standoff, text: str) -> tuple[Coding, ...]:
    types = ontology().types
    kept = [e for e in found.events if e.type in types]
    if not kept and any(e.type != "Attribution" for e in found.events):
        raise UsageError.unknown("event type", f"{found.events[0].type} ({found.where})", types)
    return tuple(Coding(e.type, spans=found.bounds[e.trigger].spans) for e in kept)


def _coded(text: str, rows: list[tuple[str, dict[str, str]]]) -> tuple[Coding, ...]:
    return tuple(
        Coding(
            _type(row["type"], where),
            sources=frozenset(_codes(row.get("source", ""), where, "source")),
            targets=frozenset(_codes(row.get("target", ""), where, "target")),
            reciprocal=row.get("reciprocal", "").lower() in _YES,
        )
        for where, row in rows
        if row["type"]
    )


def _type(told: str, where: str) -> str:
    kind = told.strip().upper()
    if kind not in ontology().types:
        raise UsageError(f"{where}: no event type {told!r}; known: {', '.join(sorted(ontology().types))}")
    return kind


def _codes(told: str, where: str, column: str) -> Iterator[str]:
    for code in filter(None, _LIST.split(told.strip())):
        if not re.fullmatch(r"[A-Z]{3}", code):
            raise UsageError(f"{where}: {column} {code!r} is no code of three capitals (ISO3, IGO, NGO)")
        yield code


def _records(path: Path) -> Iterator[Document[tuple[Coding, ...]]]:
    grouped: dict[str, list[Coding]] = {}
    texts: dict[str, str] = {}
    for n, record in enumerate(_json(path).get("records", []), start=1):
        where = f"{path.name}, record {n}"
        if not isinstance(record, dict) or not record.get("text"):
            raise UsageError(f"{where} has no text")
        key = str(record.get("group") or record.get("id") or n)
        sides = [
            frozenset(str(a.get("code")) for a in record.get(s) or () if a.get("code"))
            for s in ("source", "target")
        ]
        kind = _type(str(record.get("type") or ""), where)
        texts.setdefault(key, record["text"])
        both = bool(record.get("reciprocal"))
        grouped.setdefault(key, []).append(Coding(kind, sides[0], sides[1], reciprocal=both))
    if not grouped:
        raise UsageError(f'{path.name} holds no records; write {{"records": [{{"text", "type", …}}]}}')
    for key, rows in grouped.items():
        yield Document(key, texts[key], {THE_CODER: tuple(rows)})


# --- times -----------------------------------------------------------------------------------------------


def times(path: Path) -> list[Document[tuple[Timex, ...]]]:
    """TimeML (`*.tml` of a folder, or one file), or JSON lines.

    A line of JSON: `{"doc", "text", "dct_date", "timexes": [{"start", "end", "type", "value"}], "coder"}`.
    In a folder, `X.text.jsonl` may hold the texts and `X.gold.jsonl` the expressions.

    Raises:
        UsageError: it cannot be read; says where and why.
    """
    if path.suffix == ".tml" or list(path.glob("*.tml")):
        made = [_timeml(p) for p in ([path] if path.is_file() else sorted(path.glob("*.tml")))]
    else:
        made = list(_timed_lines(path))
    if not made:
        raise UsageError(f"{path} holds neither *.tml files nor JSON lines with text and timexes")
    return made


def _timed_lines(path: Path) -> Iterator[Document[tuple[Timex, ...]]]:
    files = [path] if path.is_file() else sorted(path.glob("*.jsonl"))
    texts: dict[str, dict[str, Any]] = {}
    told: dict[str, dict[str, tuple[Timex, ...]]] = {}
    for file in files:
        for where, row in _lines(file):
            doc = str(row.get("doc", ""))
            if "text" in row:
                texts.setdefault(doc, row)
            if "timexes" in row:
                found = tuple(_timex(t, where) for t in row["timexes"])
                told.setdefault(doc, {})[str(row.get("coder") or THE_CODER)] = found
    for doc, row in texts.items():
        if doc in told:
            by = dict(sorted(told[doc].items()))
            beyond = [t for found in by.values() for t in found if t["end"] > len(row["text"])]
            if beyond:
                raise UsageError(f"{doc}: a time ends at {beyond[0]['end']}, beyond its text")
            yield Document(doc, row["text"], by, published=row.get("dct_date"))


def _timex(told: Any, where: str) -> Timex:
    try:
        return {"start": int(told["start"]), "end": int(told["end"]), "type": str(told["type"]),
                "value": str(told["value"])}  # fmt: skip
    except (KeyError, TypeError, ValueError) as error:
        raise UsageError(f"{where}: a time needs start, end, type and value, not {told!r:.80}") from error


def _timeml(path: Path) -> Document[tuple[Timex, ...]]:
    """The text is the content of TEXT with its tags taken out, white space as it stands."""
    try:
        root = ET.parse(path).getroot()  # expat resolves no external entity
    except ET.ParseError as error:
        raise UsageError(f"{path.name} is no well-formed TimeML: {error}") from error
    body = root.find(".//TEXT")
    if body is None:
        raise UsageError(f"{path.name} has no TEXT element")
    parts: list[str] = []
    found: list[Timex] = []
    _walk(body, parts, found)
    text = "".join(parts)
    inside = set(body.iter())
    days = {t.get("functionInDocument"): t.get("value") or "" for t in root.iter("TIMEX3") if t not in inside}
    day = days.get("CREATION_TIME") or days.get("PUBLICATION_TIME") or ""
    told = sorted((_trimmed(t, text) for t in found), key=lambda t: (t["start"], t["end"]))
    kept = tuple(t for t in told if t["start"] < t["end"])
    return Document(path.stem, text, {THE_CODER: kept}, published=day[:10] or None)


def _walk(element: ET.Element, parts: list[str], found: list[Timex]) -> None:
    start = sum(map(len, parts))
    parts.append(element.text or "")
    for child in element:
        _walk(child, parts, found)
        parts.append(child.tail or "")
    if element.tag == "TIMEX3":
        told = {"type": element.get("type", ""), "value": element.get("value", "")}
        found.append({"start": start, "end": sum(map(len, parts)), **told})


def _trimmed(told: Timex, text: str) -> Timex:
    words = text[told["start"] : told["end"]]
    start = told["start"] + len(words) - len(words.lstrip())
    return {**told, "start": start, "end": start + len(words.strip())}


# --- passages --------------------------------------------------------------------------------------------


@dataclass(frozen=True)
class Strings:
    """What belongs to a page's article, and what does not."""

    within: tuple[str, ...] = ()
    without: tuple[str, ...] = ()


def passages(path: Path) -> list[Document[Strings]]:
    """JSON lines `{"text", "with": [string], "without": [string], "title", "coder"}`, or CSV.

    Columns of CSV: `file` or `text`; `string`, words of the page; `article`, yes where they belong to the
    article and no where they are the page's furniture; `coder`.

    Raises:
        UsageError: it cannot be read; says where and why.
    """
    if path.suffix != ".jsonl":
        return _table(path, ("string", "article"), _strings)
    made: dict[str, Document[Strings]] = {}
    for where, row in _lines(path):
        if not isinstance(row.get("text"), str) or not ("with" in row or "without" in row):
            raise UsageError(f"{where}: a page needs text, and strings in with and without")
        told = Strings(tuple(row.get("with") or ()), tuple(row.get("without") or ()))
        name = str(row.get("page") or row.get("id") or f"page {len(made) + 1}")
        by = {**(made[name].by if name in made else {}), str(row.get("coder") or THE_CODER): told}
        made[name] = Document(name, row["text"], dict(sorted(by.items())), title=row.get("title"))
    return list(made.values())


def _strings(text: str, rows: list[tuple[str, dict[str, str]]]) -> Strings:
    sides: dict[bool, list[str]] = {True: [], False: []}
    for where, row in rows:
        answer = row["article"].strip().lower()
        if answer not in (*_YES, *_NO):
            raise UsageError(f"{where}: article {row['article']!r} is neither yes nor no")
        if " ".join(row["string"].split()) not in " ".join(text.split()):
            raise UsageError(f"{where}: string {row['string'][:60]!r} does not stand in the text")
        sides[answer in _YES].append(row["string"])
    return Strings(tuple(sides[True]), tuple(sides[False]))


# --- reading ---------------------------------------------------------------------------------------------


def _annotated(folder: Path, make: Callable[[brat.Standoff, str], T]) -> Iterator[Document[T]]:
    for name, text_path, coders in brat.files(folder):
        text = _text(text_path)
        by = {}
        for coder, path in coders.items():
            found = brat.parse(_text(path), path.name)
            brat.check(found, text)
            by[coder] = make(found, text)
        yield Document(name, text, by)


@dataclass
class _Gathered:
    """Rows of one text, by coder."""

    name: str
    text: str
    by: dict[str, list[tuple[str, dict[str, str]]]] = field(default_factory=dict)


def _table(
    path: Path, needs: Iterable[str], make: Callable[[str, list[tuple[str, dict[str, str]]]], T]
) -> list[Document[T]]:
    """Documents of a CSV or TSV file: rows grouped by text and coder."""
    content = _text(path).removeprefix("\ufeff")
    head = content.partition("\n")[0]
    reader = csv.DictReader(content.splitlines(keepends=True), delimiter="\t" if "\t" in head else ",")
    columns = [c.strip().lower() for c in reader.fieldnames or ()]
    reader.fieldnames = columns
    missing = [c for c in needs if c not in columns]
    if missing or not {"text", "file"} & set(columns):
        wanted = ", ".join(["file (or text)", *needs])
        raise UsageError(f"{path.name} needs the columns {wanted}; it has {', '.join(columns) or 'none'}")
    made: dict[str, _Gathered] = {}
    for row in reader:
        where = f"{path.name}, line {reader.line_num}"
        if None in row or None in row.values():
            raise UsageError(f"{where} has not {len(columns)} cells; quote cells that hold commas")
        text, name = row.get("text", ""), row.get("file", "").strip()
        if not text:
            text = _text(path.parent / name, where) if name else ""
        if not text:
            raise UsageError(f"{where} names no text")
        one = made.setdefault(name or text, _Gathered(name or f"text {len(made) + 1}", text))
        one.by.setdefault(row.get("coder", "").strip() or THE_CODER, []).append((where, row))
    if not made:
        raise UsageError(f"{path.name} has no rows")
    return [
        Document(one.name, one.text, {c: make(one.text, rows) for c, rows in sorted(one.by.items())})
        for one in made.values()
    ]


def _lines(path: Path) -> Iterator[tuple[str, dict[str, Any]]]:
    for number, line in enumerate(_text(path).split("\n"), start=1):
        if line.strip():
            where = f"{path.name}, line {number}"
            try:
                row = json.loads(line)
            except ValueError as error:
                raise UsageError(f"{where} is no JSON: {error}") from error
            if not isinstance(row, dict):
                raise UsageError(f"{where} is no JSON object")
            yield where, row


def _json(path: Path) -> dict[str, Any]:
    try:
        found = json.loads(_text(path))
    except ValueError as error:
        raise UsageError(f"{path.name} is no JSON: {error}") from error
    return found if isinstance(found, dict) else {}


def _text(path: Path, where: str = "") -> str:
    """A file's text, line ends as they stand, since offsets count them."""
    try:
        return path.read_bytes().decode("utf-8")
    except OSError as error:
        told = f"{where}: " if where else ""
        raise UsageError(f"{told}cannot read {path}: {error.strerror or error}") from error
    except UnicodeDecodeError as error:
        raise UsageError(f"{path} is not UTF-8: {error.reason} at byte {error.start}") from error
