"""brat standoff (https://brat.nlplab.org/standoff.html): annotations, events, and what is wrong with them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from onrecord.errors import UsageError

Spans = tuple[tuple[int, int], ...]
_PLACES = re.compile(r"\d+ \d+(?:;\d+ \d+)*")
_SUFFIX = re.compile(r"\d+$")


@dataclass(frozen=True)
class Bound:
    """A T line: a label on one or more runs of characters."""

    label: str
    spans: Spans
    words: str = ""


@dataclass(frozen=True)
class Tied:
    """An E line: a trigger and the annotations that play a role in it."""

    type: str
    trigger: str
    roles: tuple[tuple[str, str], ...]
    """(role without its running number, key of the annotation)."""


@dataclass(frozen=True)
class Standoff:
    """One .ann file."""

    bounds: Mapping[str, Bound]
    events: tuple[Tied, ...]
    where: str = ""


def parse(told: str, where: str = "the .ann file") -> Standoff:
    """T and E lines of a file; relations, attributes and notes are passed over.

    Raises:
        UsageError: a T or E line cannot be read, or names what is not there; says file and line.
    """
    bounds: dict[str, Bound] = {}
    events: list[tuple[int, Tied]] = []
    for number, line in enumerate(told.replace("\r\n", "\n").split("\n"), start=1):
        if not line or line[0] not in "TE":
            continue
        key, _, rest = line.partition("\t")
        if line[0] == "T":
            what, _, words = rest.partition("\t")
            label, _, places = what.partition(" ")
            if not _PLACES.fullmatch(places):
                raise UsageError(
                    f"{where}, line {number}: {line[:60]!r} is no annotation; write "
                    "T1<tab>Label START END<tab>words"
                )
            spans = tuple((int(s), int(e)) for s, e in (p.split() for p in places.split(";")))
            if any(s >= e for s, e in spans):
                raise UsageError(f"{where}, line {number}: {key} ends before it begins")
            bounds[key] = Bound(label, spans, words)
        else:
            parts = [p.partition(":") for p in rest.split()]
            if not parts or not all(name and key for name, _, key in parts):
                raise UsageError(
                    f"{where}, line {number}: {line[:60]!r} is no event; write E1<tab>Type:T1 Role:T2"
                )
            roles = tuple((_SUFFIX.sub("", name), target) for name, _, target in parts[1:])
            events.append((number, Tied(parts[0][0], parts[0][2], roles)))
    for number, event in events:
        for target in (event.trigger, *(t for _, t in event.roles)):
            if target[0] == "T" and target not in bounds:
                raise UsageError(f"{where}, line {number}: {target} is not among the annotations")
    return Standoff(bounds, tuple(e for _, e in events), where)


def check(found: Standoff, text: str) -> None:
    """Sees that annotations say the words that stand at their offsets in a text.

    Raises:
        UsageError: one lies beyond the text, or says other words: then file and text do not belong together,
            or the offsets count bytes and not characters.
    """
    for key, bound in found.bounds.items():
        last = max(e for _, e in bound.spans)
        if last > len(text):
            raise UsageError(
                f"{found.where}: {key} ends at {last}, the text has {len(text)} characters; offsets count "
                "characters, not bytes"
            )
        words = " ".join(" ".join(text[s:e] for s, e in bound.spans).split())
        told = " ".join(bound.words.split())
        is_cut = told.endswith("…") and words.startswith(told[:-1])
        if told and told != words and not is_cut:
            raise UsageError(f"{found.where}: {key} says {told[:50]!r}, the text has {words[:50]!r} there")


def files(folder: Path) -> Iterator[tuple[str, Path, dict[str, Path]]]:
    """(name, text file, coder → .ann file) of each annotated text of a folder.

    Texts and annotations lie beside each other, or in `text/` and `attributions/`. `NAME.ann` is the work of
    one coder; `NAME_CODER.ann` and `NAME.CODER.ann` of several.

    Raises:
        UsageError: no text of the folder has annotations.
    """
    apart = (folder / "text").is_dir()
    texts = {p.stem: p for p in (folder / "text" if apart else folder).glob("*.txt")}
    made: dict[str, dict[str, Path]] = {}
    where = folder / "attributions" if apart and (folder / "attributions").is_dir() else folder
    for path in sorted(where.glob("*.ann")):
        name = max((t for t in texts if _belongs(path.stem, t)), key=len, default=None)
        if name is not None:
            made.setdefault(name, {})[path.stem[len(name) + 1 :] or "the coder"] = path
    if not made:
        raise UsageError(f"{folder} holds no NAME.txt with a NAME.ann (or NAME_CODER.ann) beside it")
    for name in sorted(made):
        yield name, texts[name], dict(sorted(made[name].items()))


def _belongs(stem: str, name: str) -> bool:
    return stem == name or stem.startswith((f"{name}_", f"{name}."))
