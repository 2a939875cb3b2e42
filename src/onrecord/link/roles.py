"""What an article says of somebody beside the name: "Russian Foreign Minister X", "X, a lawyer for Y"."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord.facts.actors import Registry
from onrecord.link.coreference import last_before, named_behind
from onrecord.link.scene import Scene
from onrecord.types import Mention

if TYPE_CHECKING:
    from spacy.tokens import Token

MALE = frozenset({"mr", "mr.", "sir", "lord"})
FEMALE = frozenset({"mrs", "mrs.", "ms", "ms.", "miss", "lady"})
_STOP = frozenset(
    {",", ";", ":", "(", ")", "—", "–", '"', "“", "”", "and", "or", "but", "by", "of", "to", "with", "as"}
)
_WORDS = frozenset({"PROPN", "NOUN", "ADJ"})
MAX_WORDS = 8
"""Words before a name, or of an apposition after it, that may tell a role."""


class Told(NamedTuple):
    """What stands beside a name."""

    roles: tuple[tuple[str, str], ...] = ()
    """(noun or title, owner's key)."""
    gender: str = ""
    words: str | None = None
    """The role in the article's words."""
    listed: bool = False
    """Whether the name only stands in a list between two others."""
    home: str = ""
    """Key of the state whose person the name is said to be, with or without a role ("Oman's Ann Example")."""


def beside(mention: Mention, scene: Scene, others: dict[int, Mention], registry: Registry) -> Told:
    """Roles and gender told right before or after a name. `others`: mentions by the index of their tokens."""
    before = _before(mention, scene, others, registry)
    after = _after(mention, scene, others, registry)
    above = _above(mention, scene, others, registry) if not before.home else Told()
    told = before.roles + above.roles + after.roles
    listed = not told and _in_list(mention, scene, others)
    homes = (t.home for t in (before, above, after))
    home = next((h for h in homes if h), "") or _of_state(mention, scene, others)
    words = before.words or above.words or after.words
    return Told(told, before.gender or above.gender or after.gender, words, listed, home)


def _above(mention: Mention, scene: Scene, others: dict[int, Mention], registry: Registry) -> Told:
    """What a description tells beside which the name stands: "Peru's trade minister, Ann Example,"."""
    head = scene.head(mention)
    if head.dep_ != "appos" or head.head.pos_ not in ("NOUN", "PROPN") or head.head.i >= head.i:
        return _description_before(mention, scene, others, registry)
    noun = last_before(head)
    first, last = noun.left_edge.i, scene.index(mention.start)
    near = others.get(noun.i)
    if near is not None and near.form == "name" and near.keys[:1] and near.keys[0].startswith("person:"):
        return Told()
    if last - first > 2 * MAX_WORDS:
        first = max(first, noun.i - MAX_WORDS)
    places = range(first, last)
    if any(scene.tokens[i].lower_ in (";", ":", "and") for i in range(noun.i, last)):
        return Told()
    words = scene.text[scene.starts[first] : mention.start].strip(" ,")
    told = _read(places, words, "", others, scene, registry)
    return told if told.roles or told.home else Told()


def _description_before(
    mention: Mention, scene: Scene, others: dict[int, Mention], registry: Registry
) -> Told:
    """The same where the parser hangs the name elsewhere: nouns and a comma alone stand between."""
    first, last = scene.index(mention.start), scene.index(mention.end - 1)
    for i in range(first - 2, max(-1, first - 14), -1):
        near = others.get(i)
        if near is not None and near.form == "title":
            names = [t.i for t in named_behind(near, scene)]
            if not any(first <= n <= last for n in names):
                return Told()
            start = scene.index(near.start)
            words = scene.text[near.start : mention.start].strip(" ,")
            return _read(range(start, first), words, "", others, scene, registry)
    return Told()


_LEADING = frozenset({"head", "lead", "run", "chair", "direct", "represent", "command", "govern"})


def _of_state(mention: Mention, scene: Scene, others: dict[int, Mention]) -> str:
    """The state that stands after a name with "of", or whose body its bearer is said to run.

    "Ann Example of Qatar", "Bob Sample, who has run Peru's ports since May"; empty where neither is told.
    """
    head = scene.head(mention)
    at = scene.index(mention.end - 1) + 1
    if at + 1 < len(scene.tokens) and scene.tokens[at].lower_ == "of":
        goal = at + 1 + (scene.tokens[at + 1].lower_ == "the")
        if goal in others:
            return _state_in(others[goal])
    for clause in (c for c in head.children if c.dep_ == "relcl" and c.lemma_ in _LEADING):
        for what in (c for c in clause.children if c.dep_ == "dobj"):
            for owner in (c for c in what.subtree if c.dep_ in ("poss", "amod", "compound", "pobj")):
                if owner.i in others and _state_in(others[owner.i]):
                    return _state_in(others[owner.i])
    return ""


def _state_in(mention: Mention) -> str:
    """The state that a mention is, or belongs to; empty for anything else."""
    found = next((o for o in map(_owner_in, mention.keys) if o.startswith("state:")), "")
    return found if mention.form != "title" else ""


def _in_list(mention: Mention, scene: Scene, others: dict[int, Mention]) -> bool:
    """Whether commas alone part a full name from those of two others ("…, Ann Example, Bob Sample, …")."""
    a, b = scene.index(mention.start) - 1, scene.index(mention.end - 1) + 1
    if a < 1 or b + 1 >= len(scene.tokens) or not scene.tokens[a].lower_ == scene.tokens[b].lower_ == ",":
        return False
    beside = (others.get(a - 1), others.get(b + 1))
    return all(
        m is not None and " " in m.text and m.keys[:1] and m.keys[0].startswith("person:") for m in beside
    )


def _listed(first: int, scene: Scene, registry: Registry) -> Told:
    """What a plural before a list of names tells of the first of them ("its owners, Ann and Bob Example")."""
    word = scene.tokens[first - 2].lower_ if first > 1 and scene.tokens[first - 1].lower_ == "," else ""
    known = registry.words.get(word)
    return Told(((known.word, ""),)) if known is not None and known.plural == word else Told()


def _before(mention: Mention, scene: Scene, others: dict[int, Mention], registry: Registry) -> Told:
    first = scene.index(mention.start)
    gender = ""
    left = first - _title_length(first, scene, registry)
    while left > 0 and first - left < MAX_WORDS:
        token = scene.tokens[left - 1]
        word = token.lower_
        if word in MALE or word in FEMALE:
            gender = "m" if word in MALE else "f"
        elif (
            (token.pos_ not in _WORDS and word not in ("'s", "’s", "-", "the"))
            or scene.sentence[left - 1] != scene.sentence[first]
            or word in _STOP
            or (
                (left - 1) in others
                and (others[left - 1].actor or others[left - 1].keys[:1] or ("",))[0].startswith("per")
            )
        ):
            break
        left -= 1
    left = _behind_of(left, first, scene, others, registry)
    if left == first:
        return _listed(first, scene, registry)
    words = scene.text[scene.starts[left] : mention.start].strip()
    return _read(range(left, first), words, gender, others, scene, registry)


def _behind_of(left: int, first: int, scene: Scene, others: dict[int, Mention], registry: Registry) -> int:
    """Where a title begins that runs through "of" or "for" up to a name ("Minister of Trade Ann Lind")."""
    found = left
    for i in range(left - 1, max(-1, first - 2 * MAX_WORDS), -1):
        token = scene.tokens[i]
        beside = others.get(i)
        is_name = beside is not None and any(k.startswith("person:") for k in beside.keys[:1])
        within = token.pos_ in (*_WORDS, "DET") or token.lower_ in ("of", "for", "and")
        if is_name or not within or scene.sentence[i] != scene.sentence[first]:
            break
        word = registry.words.get(token.lower_)
        if word is not None and word.plural != token.lower_ and scene.tokens[i + 1].lower_ in ("of", "for"):
            found = i
    while found < left and found > 0 and scene.tokens[found - 1].pos_ in _WORDS:
        found -= 1
    return found


def _title_length(first: int, scene: Scene, registry: Registry) -> int:
    """Tokens of the longest title that ends right before a name ("secretary of state")."""
    for length in range(min(5, first), 1, -1):
        a = first - length
        if scene.text[scene.starts[a] : scene.starts[first]].strip().lower() in registry.titles:
            return length
    return 0


def _after(mention: Mention, scene: Scene, others: dict[int, Mention], registry: Registry) -> Told:
    last = scene.index(mention.end - 1)
    head = scene.head(mention)
    # spaCy hangs what stands beside a list on its first member: "Lavrov and Kerry, the U.S. secretary".
    for child in [*head.children, *(c for n in head.conjuncts if n.i < head.i for c in n.children)]:
        if child.dep_ != "appos" or child.i <= last or last_before(child) != head:
            continue
        if child.i not in others or others[child.i].form != "name":
            return _apposition(child, last, scene, others, registry)
    return Told()


def _apposition(noun: Token, last: int, scene: Scene, others: dict[int, Mention], registry: Registry) -> Told:
    a = max(noun.left_edge.i, last + 1)
    b = noun.i + 1
    while (
        b < len(scene.tokens)
        and b < noun.i + MAX_WORDS
        and scene.tokens[b].lower_ not in (",", ";", ".", "who", "—")
    ):
        b += 1
    words = scene.text[scene.starts[a] : scene.starts[b - 1] + len(scene.tokens[b - 1])]
    told = _read(range(a, b), words, "", others, scene, registry)
    if not told.roles and noun.pos_ == "NOUN":
        owner = next((o for i in range(a, b) if i in others for o in map(_owner_in, others[i].keys) if o), "")
        return Told(((noun.lower_, owner),), told.gender, words[:90], home=told.home)
    return told


def _read(
    places: range, words: str, gender: str, others: dict[int, Mention], scene: Scene, registry: Registry
) -> Told:
    """Nouns for people, and titles, among some tokens; the first state or organisation there owns them."""
    keys = [k for i in places if i in others for k in others[i].keys]
    owner = next((o for o in map(_owner_in, keys) if o), "")
    lower = " ".join(scene.tokens[i].lower_ for i in places)
    starts = _by_first_word(registry)
    here = {n: t for word in lower.split(" ") for n, t in starts.get(word, ()) if f" {t} " in f" {lower} "}
    titles = [here[n] for n in sorted(here)]
    titles = [t for t in titles if not any(t != o and f" {t} " in f" {o} " for o in titles)]
    nouns = [scene.tokens[i].lower_ for i in places if scene.tokens[i].lower_ in registry.words]
    roles = tuple((t, owner) for t in dict.fromkeys([*sorted(titles, key=len, reverse=True), *nouns]))
    told = next((registry.words[n].gender for n in nouns if registry.words[n].gender), "")
    home = owner if owner.startswith("state:") else ""
    return Told(roles, gender or told, words[:90] if roles else None, home=home)


@lru_cache(maxsize=2)
def _by_first_word(registry: Registry) -> dict[str, list[tuple[int, str]]]:
    """First word of a title → the titles that begin with it, each with its place in the table."""
    found: dict[str, list[tuple[int, str]]] = {}
    for n, title in enumerate(registry.titles):
        found.setdefault(title.partition(" ")[0], []).append((n, title))
    return found


def _owner_in(key: str) -> str:
    """The state or organisation that a mention's key is, or tells as an owner; empty where none."""
    if key.startswith(("office:", "role:")):
        key = key.partition("@")[2]
        return f"state:{key}" if len(key) == 3 and key.isupper() else key
    if key.startswith("group:"):
        code = key[6:9]
        return f"state:{code}" if code.isupper() and key[9:10] == "-" else ""
    return key if key.startswith(("state:", "org:", "medium:", "armed:", "gov:")) and key != "org:?" else ""
