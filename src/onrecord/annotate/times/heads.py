"""How the matches of a regular expression can begin: so that it is tried only where one can.

The heads are read off the parsed pattern, so that they cannot differ from it; what is not understood counts
as anything.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from re import _parser as parser  # type: ignore[attr-defined]  # no public way to a parsed pattern
from typing import Any

Head = tuple[str, bool]
"""The first characters of a match, digits as 0 and white space as a space; whether anything may follow."""
_KINDS = {"CATEGORY_DIGIT": "0", "CATEGORY_SPACE": " "}
_LAST = 0x1FBF9
"""The last decimal digit of Unicode; white space ends before it."""
_SAME = {
    n: "0" if chr(n).isdecimal() else " " for n in range(_LAST + 1) if chr(n).isdecimal() or chr(n).isspace()
}
_MANY = 64
"""A class of more characters counts as any."""


def told(text: str) -> str:
    """The text as heads are written, character for character."""
    return text.translate(_SAME)


class Heads:
    """The heads of a pattern's matches, of at most so many characters each."""

    def __init__(self, pattern: str, length: int, *, behind: str = "") -> None:
        """`behind`: a look behind that all matches share."""
        texts = {text for text, _ in _of_all(parser.parse(pattern), length)}
        by_length = {n: frozenset(t for t in texts if len(t) == n) for n in {len(t) for t in texts}}
        self._shortest = min(by_length)
        self._first = frozenset(t[: self._shortest] for t in texts)
        """What all heads begin with: most places fail on it."""
        self._whole = sorted(by_length.items())
        letters = "".join(re.escape(c) for c in sorted({t[:1] for t in texts}))
        self._begin = re.compile(f"{behind}[{letters}]" if self._shortest else f"{behind}(?s:.)")

    def places(self, text: str) -> Iterator[int]:
        """Where a match can begin, from left to right."""
        same, n, first = told(text), self._shortest, self._first
        for m in self._begin.finditer(same):
            at = m.start()
            if same[at : at + n] in first and any(same[at : at + size] in t for size, t in self._whole):
                yield at


def _of_all(items: Iterable[Any], length: int) -> set[Head]:
    """Of items in a row."""
    found: set[Head] = {("", False)}
    for item in items:
        found = {one for head in found for one in _on(head, item, length)}
    return found


def _on(head: Head, item: Any, length: int) -> Iterator[Head]:
    text, is_open = head
    if is_open or len(text) == length:
        yield head
        return
    for more, then_open in _of(item, length - len(text)):
        yield text + more, then_open


def _of(item: Any, length: int) -> set[Head]:
    kind, value = item
    match str(kind):
        case "LITERAL":
            return {(told(chr(value)), False)}
        case "IN":
            return _of_class(value)
        case "BRANCH":
            return {head for way in value[1] for head in _of_all(way, length)}
        case "SUBPATTERN":
            return _of_all(value[3], length)
        case "MAX_REPEAT" | "MIN_REPEAT":
            least, most, items = value
            return _of_repeated(least, most, items, length)
        case "ASSERT" | "ASSERT_NOT" | "AT":
            return {("", False)}
    return {("", True)}


def _of_class(items: Iterable[Any]) -> set[Head]:
    found: set[Head] = set()
    for kind, value in items:
        if str(kind) == "LITERAL":
            found.add((told(chr(value)), False))
        elif str(kind) == "RANGE" and value[1] - value[0] < _MANY:
            found |= {(told(chr(n)), False) for n in range(value[0], value[1] + 1)}
        elif str(kind) == "CATEGORY" and str(value) in _KINDS:
            found.add((_KINDS[str(value)], False))
        else:
            return {("", True)}
    return found


def _of_repeated(least: int, most: int, items: Iterable[Any], length: int) -> set[Head]:
    inner = _of_all(items, length)
    found: set[Head] = {("", False)} if least == 0 else set()
    so_far: set[Head] = {("", False)}
    for n in range(1, min(int(most), least + length) + 1):
        so_far = {
            (text + more, then_open)
            for text, is_open in so_far
            for more, then_open in ({("", True)} if is_open else inner)
        }
        so_far = {(text[:length], is_open) for text, is_open in so_far}
        found |= so_far if n >= least else set()
    return found
