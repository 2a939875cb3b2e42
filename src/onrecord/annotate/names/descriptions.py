"""Descriptions: titles that stand alone ("the Russian foreign minister"), people and bodies without a name.

A definite singular ("the secretary", "his counterpart") is a `title`, to be resolved; the rest ("U.S.
officials", "a spokesman for the ministry", "both governments") are groups, who stay unnamed.
"""

from __future__ import annotations

import re

from onrecord.annotate.names.spans import Found, Page
from onrecord.facts.actors import Registry, slug

_DEFINITE = frozenset({
    "the", "his", "her", "their", "its", "this", "that", "our",
})  # fmt: skip
RELATIONS = frozenset({
    "colleague", "counterpart", "guest", "host", "visitor", "interlocutor", "homologue",
})  # fmt: skip
"""Nouns for somebody by whom he deals with; a speaker tells them with "my", too."""
_FIRST_PERSON = frozenset({"my", "your"})
_NATIONALS = re.compile(r"(?:ese|ish|sh|ch|ss|s)$")
"""Ends of adjectives that stand for many where a noun is left out: "the Chinese", "the Dutch"."""
_NOBODY_CERTAIN = frozenset(
    {"a", "an", "one", "another", "some", "no", "neither", "either", "any", "every", "each"}
)
_POSSESSIVE = frozenset({"'s", "’s", "'", "’"})
_PREMODIFIERS = frozenset(
    {"amod", "compound", "nmod", "det", "poss", "nummod", "advmod", "case", "punct", "predet"}
)
_ADJECTIVES = frozenset({"ADJ", "NOUN", "PROPN", "DET", "NUM", "ADV", "VERB", "PRON", "PART"})
_OF = frozenset({"of", "for", "to", "at", "in", "with", "from"})
_WHERE = frozenset({"in", "at", "with", "to"})
"""Words after which a state is where somebody is, or whom he deals with, not where he belongs."""
_MINISTRY = re.compile(
    r"(foreign|defen[cs]e|interior|finance|energy|justice|trade|health|oil) ministry"
    r"|ministry of (foreign affairs|defen[cs]e|the interior|finance|energy|justice|trade)"
)
_GOVERNMENTS = frozenset({"government", "administration"})
MAX_MODIFIERS = 9
"""Words before the head noun that a description may have."""


def find(page: Page, named: list[Found], registry: Registry) -> list[Found]:
    """The names, and every description between them; a description swallows the adjective inside it."""
    owner = {i: n for n, f in enumerate(named) for i in page.within(f.start, f.end)}
    starts = {page.at[f.start]: f for f in named if f.start in page.at}
    found = []
    done = -1
    for i, word in enumerate(page.lower):
        if i <= done:
            continue
        if i in owner and named[owner[i]].use == "demonym":
            found.append(_people_of(page, i, named, owner))
            continue
        national = _national(page, i, named, owner, registry)
        if national is not None:
            found.append(national)
            continue
        noun = _relation(page, i) or word
        if noun not in registry.heads or i in owner:
            continue
        length, title = _title(page, i, registry)
        plural = registry.words[noun].plural == noun if noun in registry.words else False
        one = _describe(page, i, noun, length, title, plural, named, owner, starts, registry)
        if one is not None:
            found.append(one)
            done = i + length - 1
    return found


def _relation(page: Page, i: int) -> str:
    """The noun that the last word of "opposite number" stands for; empty for every other word."""
    if i and page.lower[i - 1] == "opposite" and page.lower[i] in ("number", "numbers"):
        return "counterparts" if page.lower[i].endswith("s") else "counterpart"
    return ""


def _national(
    page: Page, i: int, named: list[Found], owner: dict[int, int], registry: Registry
) -> Found | None:
    """One person told by his state alone ("the Cuban", "the Turk"); not "the Dutch", "the Cuban minister"."""
    token = page.tokens[i]
    if not i or page.lower[i - 1] != "the" or token.is_sent_start or not page.words[i][:1].isupper():
        return None
    if token.dep_ in ("amod", "compound", "nmod", "nummod", "advmod") or token.tag_ in ("NNS", "NNPS"):
        return None
    after = page.tokens[i + 1] if i + 1 < len(page.tokens) else None
    if after is not None and (after.pos_ in ("PROPN", "NOUN", "ADJ", "NUM") or after.lower_ in ("-", "and")):
        return None
    one = named[owner[i]] if i in owner else None
    if one is not None and one.use == "adjective" and one.start == page.starts[i]:
        state = one.keys[0] if not _NATIONALS.search(page.lower[i]) else ""
    else:
        many = registry.forms.get(f"{page.words[i]}s", ())
        state = next((e.key for e in many if e.use == "demonym"), "")
    if not state:
        return None
    return Found(page.starts[i - 1], page.end(i), "title", (f"role:national@{state}", state), 4, "title")


def _people_of(page: Page, i: int, named: list[Found], owner: dict[int, int]) -> Found:
    """Words like "the Russians" alone stands for their state; "many Russians", "Russians" are people."""
    left = _left(page, i, {j: n for j, n in owner.items() if j != i}, named)
    state = named[owner[i]].keys[0]
    if left == i - 1 and page.lower[left] == "the":
        return Found(page.starts[left], page.end(i), "metonym", (state,), 4, "name")
    return Found(page.starts[left], page.end(i), "group", (f"group:{state[6:]}-people",), 4, "group")


def _title(page: Page, i: int, registry: Registry) -> tuple[int, str | None]:
    """Tokens from i on that belong to the title, and the title with the words before it: longest wins."""
    best, length = None, 1
    for after in range(4):
        if i + after >= len(page.lower):
            break
        for before in range(4):
            if i - before < 0:
                break
            words = page.text[page.starts[i - before] : page.end(i + after)].lower()
            if words in registry.titles and (best is None or len(words) > len(best)):
                best, length = words, after + 1
    return length, best


def _describe(
    page: Page,
    i: int,
    word: str,
    length: int,
    title: str | None,
    plural: bool,
    named: list[Found],
    owner: dict[int, int],
    starts: dict[int, Found],
    registry: Registry,
) -> Found | None:
    token = page.tokens[i]
    after = i + length
    if token.pos_ not in ("NOUN", "PROPN") or (
        token.dep_ in ("compound", "nmod", "amod") and token.head.i >= after
    ):
        return None
    if after in starts and starts[after].is_person and not plural:
        return None
    left = _left(page, i, owner, named)
    whose = _owner(page, left, i, after, named, owner)
    first = page.lower[left]
    definite = first in _DEFINITE or any(page.lower[j] in _POSSESSIVE for j in range(max(0, left - 1), i))
    definite = definite or (first in _FIRST_PERSON and word in RELATIONS)
    start, end = page.starts[left], page.end(after - 1)
    if word in _GOVERNMENTS and whose.startswith("state:"):
        return Found(start, end, "metonym", (f"gov:{whose[6:]}",), 3, "name")
    ministry = _MINISTRY.search(page.text[start:end].lower()) if word == "ministry" else None
    if ministry and whose.startswith("state:"):
        kind = (ministry.group(1) or ministry.group(2)).replace("defence", "defense").removeprefix("the ")
        kind = {"foreign affairs": "foreign"}.get(kind, kind)
        return Found(start, end, "name", (f"org:{whose[6:].lower()}-{kind}-ministry",), 3, "name")
    if not plural and (title is not None or definite) and first not in _NOBODY_CERTAIN:
        keys = [f"office:{title}@{whose.removeprefix('state:')}"] if title else []
        keys.append(f"role:{word}@{whose}")
        return Found(start, end, "title", tuple(keys), 3, "title")
    return Found(start, end, "group", (_group_key(whose, word, registry),), 3, "group")


def _left(page: Page, i: int, owner: dict[int, int], named: list[Found]) -> int:
    """Index of the first token of the description: its modifiers, the name that owns it, its article.

    A person's name stays a mention of its own ("Ann Example's" aides), so that it is known later on.
    """
    left = i
    for _ in range(MAX_MODIFIERS):
        before = left - 1
        if before < 0 or page.tokens[before].is_sent_end or page.tokens[left].is_sent_start:
            break
        token, word = page.tokens[before], page.lower[before]
        if word in _POSSESSIVE:
            left = before
            continue
        if before in owner:
            first = page.at[named[owner[before]].start]
            ends = page.lower[left] in _POSSESSIVE
            if named[owner[before]].is_person:
                left += ends
                break
            left = first
            if ends:
                if first and page.lower[first - 1] == "the":
                    left = first - 1
                break
            continue
        if token.pos_ == "DET" or token.tag_ in ("PRP$", "DT", "PDT"):
            left = before
            if word in ("the", "a", "an") and before and page.lower[before - 1] in ("both", "all", "half"):
                left = before - 1
            break
        if (
            word == ","
            and before > 1
            and page.tokens[before - 1].pos_ in ("ADJ", "VERB")
            and page.tokens[before - 2].pos_ == "DET"
        ):
            left = before - 2
            break
        if word == "-" and before > 0 and page.text[page.starts[before] - 1] != " ":
            left = before - (_is_one_word(page, before, left) and before - 1 not in owner)
            continue
        inside = token.pos_ in ("ADJ", "NOUN", "PROPN", "NUM", "VERB", "ADV") and _modifies(page, before, i)
        if not inside:
            break
        left = before
    return left


def _is_one_word(page: Page, hyphen: int, after: int) -> bool:
    """Whether a hyphen joins a noun to what stands before it: "vice-ministers"."""
    joins = page.lower[hyphen] == "-" and hyphen > 0 and page.end(hyphen) == page.starts[after]
    return joins and page.end(hyphen - 1) == page.starts[hyphen]


def _modifies(page: Page, j: int, head: int) -> bool:
    """Whether token j hangs below the head noun by premodifiers only."""
    token = page.tokens[j]
    for _ in range(6):
        if token.i == head:
            return True
        if token.dep_ not in _PREMODIFIERS and token.dep_ not in ("npadvmod", "conj"):
            return False
        token = token.head
    return False


def _owner(page: Page, left: int, i: int, after: int, named: list[Found], owner: dict[int, int]) -> str:
    """The key of the state or organisation told in the description, before the noun or after "of", "for"."""
    for j in range(i, left - 1, -1):
        if j in owner:
            key = _first_key(named[owner[j]])
            if key:
                return key
    if after + 1 < len(page.lower) and page.lower[after] in _OF:
        at = after + 1
        while at < len(page.lower) and at < after + 8 and at not in owner and _goes_on(page, at):
            at += 1
        if at in owner:
            key = _first_key(named[owner[at]])
            return "" if key.startswith("state:") and page.lower[after] in _WHERE else key
    return ""


def _goes_on(page: Page, j: int) -> bool:
    """Whether a token may stand between a noun and its state: "of energy of the Republic of Peru"."""
    return page.lower[j] in ("of", "for", "and") or page.tokens[j].pos_ in ("NOUN", "PROPN", "ADJ", "DET")


def _first_key(found: Found) -> str:
    return next((k for k in found.keys if not k.startswith("org:?")), "")


def _group_key(whose: str, word: str, registry: Registry) -> str:
    """`group:USA-officials`, `group:USA-state-department-spokesman`, `group:analysts`."""
    country = whose.removeprefix("state:") if whose.startswith("state:") else None
    body = ""
    if country is None and whose in registry.organisations:
        known = registry.organisations[whose]
        country, body = known.country, slug(known.name)
    return "group:" + "-".join(p for p in (country, body, word) if p)
