"""Titles and offices in running text: alone ("the Russian foreign minister") or beside a name."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.annotate.names.spans import Found, settle
from onrecord.facts.actors import Registry

if TYPE_CHECKING:
    from spacy.tokens import Doc

_DETERMINERS = frozenset("the a an his her their its this that".split())
_MODIFIERS = frozenset(
    "former then then- ex ex- acting new outgoing incoming current longtime late first- deputy".split()
)


def find(doc: Doc, named: list[Found], registry: Registry) -> list[Found]:
    """The names with the titles beside them among their keys, and titles that stand alone."""
    at_start = {f.start: n for n, f in enumerate(named)}
    at_token = {token.idx: token.i for token in doc}
    by_token: dict[int, int] = {}
    for n, f in enumerate(named):
        for token in doc[at_token[f.start] :] if f.start in at_token else ():
            if token.idx >= f.end:
                break
            by_token[token.i] = n
    longest = max(t.count(" ") + 1 for t in registry.titles)
    result = list(named)
    alone: list[Found] = []
    i = 0
    text = doc.text.lower()
    while i < len(doc):
        title, length = _title_at(doc, i, registry, longest, text)
        if not title or i in by_token:
            i += 1
            continue
        left, country = _left(doc, i, by_token, named)
        after = i + length
        country = country or _of(doc, after, by_token, named)
        key = f"office:{title}@{country or ''}"
        following = at_start.get(doc[after].idx) if after < len(doc) else None
        if following is None and after + 1 < len(doc) and doc[after].text == ",":
            following = at_start.get(doc[after + 1].idx)
        if following is not None and _is_person(named[following]):
            result[following] = result[following]._replace(keys=(*result[following].keys, key))
            if doc[after].text != ",":
                i = after
                continue
        elif left >= 2 and doc[left - 1].text == "," and (left - 2) in by_token:
            before = by_token[left - 2]
            if _is_person(named[before]):
                result[before] = result[before]._replace(keys=(*result[before].keys, key))
        start = doc[left].idx
        end = doc[after - 1].idx + len(doc[after - 1])
        alone.append(Found(start, end, "title", (key,), 3, "title"))
        i = after
    return settle(result + alone)


def _is_person(found: Found) -> bool:
    return found.use in ("person", "short") or any(k.startswith("person:") for k in found.keys)


def _title_at(doc: Doc, i: int, registry: Registry, longest: int, text: str) -> tuple[str, int]:
    """The longest title that starts at a token, and its number of tokens; hyphens count as the tokens they are."""
    for length in range(min(longest + 2, len(doc) - i), 0, -1):
        words = text[doc[i].idx : doc[i + length - 1].idx + len(doc[i + length - 1])]
        if words in registry.titles:
            return words, length
    return "", 0


def _left(doc: Doc, i: int, by_token: dict[int, int], named: list[Found]) -> tuple[int, str | None]:
    """Where the phrase begins, and the state or organisation told before the title."""
    country = None
    left = i
    while left > 0:
        token = doc[left - 1]
        if (left - 1) in by_token and not _is_person(named[by_token[left - 1]]):
            key = named[by_token[left - 1]].keys
            country = country or next((k.removeprefix("state:") for k in key if k != "org:?"), None)
        elif token.lower_ in _DETERMINERS:
            return left - 1, country
        elif token.lower_ not in _MODIFIERS and token.lower_ not in ("'s", "’s", "-"):
            break
        left -= 1
    return left, country


def _of(doc: Doc, after: int, by_token: dict[int, int], named: list[Found]) -> str | None:
    """The state or organisation in "of Russia", "of the United Nations" after a title."""
    if after + 1 >= len(doc) or doc[after].lower_ not in ("of", "for", "to"):
        return None
    at = after + 2 if doc[after + 1].lower_ == "the" else after + 1
    if at not in by_token:
        return None
    return next(
        (k.removeprefix("state:") for k in named[by_token[at]].keys if k.startswith(("state:", "org:"))), None
    )
