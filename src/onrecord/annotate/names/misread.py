"""What the language model misses or takes for something else: people for bodies, places for people."""

from __future__ import annotations

from onrecord.annotate.names.spans import Found, Page
from onrecord.facts.actors import Registry

HONORIFICS = frozenset({
    "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "miss", "dr", "dr.", "sir", "lady", "lord", "sen", "sen.",
    "sens.", "rep", "rep.", "reps.", "gov", "gov.", "govs.", "gen", "gen.", "lt", "lt.", "col", "col.",
    "maj", "maj.", "capt", "capt.", "sgt", "sgt.", "adm", "adm.", "president", "senator", "secretary",
    "minister", "governor", "judge", "justice", "general", "colonel", "professor", "prof.", "rev.",
    "ambassador", "king", "queen", "prince", "princess", "sheikh", "ayatollah", "pope", "cardinal",
    "mayor", "congressman", "congresswoman", "chancellor", "premier", "speaker", "candidate", "nominee",
    "spokesman", "spokeswoman", "representative", "attorney", "ag", "hon", "hon.", "h.e.", "comrade",
    "compañero", "compañera", "messrs", "messrs.", "monsieur", "mme", "mme.", "senhor", "señor", "herr",
    "undersecretary", "deputy", "excellency",
})  # fmt: skip
ENDS_OF_BODIES = frozenset({
    "Party", "Show", "Foundation", "Committee", "Commission", "Institute", "Association", "University",
    "Group", "Council", "Union", "Coalition", "Network", "Inc", "Inc.", "Corp", "Corp.", "Ltd", "Ltd.",
    "Church", "Tower", "Radio", "Bowl", "Holdings", "Mining", "Energy", "Airlines", "Industries", "Petroleum",
})  # fmt: skip
"""Last words of what the language model takes for people and is a body: "Tea Party", "Ann Example Show"."""


def people_among(page: Page, orgs: list[Found], registry: Registry) -> list[Found]:
    """Full names that the language model took for bodies.

    A person goes by the last word of the name later on, a body by its first: "Osman Example … Example and
    Lind" is one; so is what stands right behind a state at the end of a title ("the foreign minister of the
    State of Peru Ana Sample"), and what stands beside a noun for one person ("Peru's minister, Ana Sample").
    """
    found = []
    for one in orgs:
        inside = list(page.within(one.start, one.end))
        if page.text[one.start : one.end] in registry.forms:
            continue
        inside = inside[_after_state(page, inside, registry) :]
        if not 2 <= len(inside) <= 3 or not all(_is_name_word(page, i) for i in inside):
            continue
        a, b = inside[0], inside[-1]
        if page.words[b] in ENDS_OF_BODIES or page.lower[a] in HONORIFICS:
            continue
        if a and page.lower[a - 1] in ("the", "a", "an", "and") and one.start == page.starts[a]:
            continue
        cut = one.start != page.starts[a]
        if cut or _goes_by_last(page, a, b) or _is_beside_person(page, b, registry):
            found.append(Found(page.starts[a], page.end(b), "name", (), 1, "person"))
    return found


def _after_state(page: Page, inside: list[int], registry: Registry) -> int:
    """How many tokens of a seeming body run up to a state's name with two more words behind it, or 0."""
    for n in range(len(inside) - 2, 0, -1):
        if page.lower[inside[0]] in ("state", "republic", "kingdom") and is_state(
            page.words[inside[n - 1]], registry
        ):
            return n
    return 0


def _is_name_word(page: Page, i: int) -> bool:
    return (
        page.words[i].istitle()
        and page.words[i].replace("-", "").isalpha()
        and page.tokens[i].pos_ == "PROPN"
    )


def _goes_by_last(page: Page, a: int, b: int) -> bool:
    """Whether the last word of a name stands alone elsewhere, and its first word never does."""
    first, last = page.words[a], page.words[b]
    alone = [i for i, w in enumerate(page.words) if w == last and page.words[i - 1] != page.words[b - 1]]
    return bool(alone) and page.words.count(first) == sum(
        page.words[i : i + 1 + b - a] == page.words[a : b + 1] for i in range(len(page.words))
    )


def _is_beside_person(page: Page, i: int, registry: Registry) -> bool:
    """Whether a name stands in apposition to a noun for one person, or such a noun to it."""
    token = page.tokens[i]
    near = [c for c in token.children if c.dep_ == "appos"] + ([token.head] if token.dep_ == "appos" else [])
    words = (registry.words.get(t.lower_) for t in near)
    return any(w is not None and not w.body and w.sector in ("GOV", "MIL", "LEG") for w in words)


def is_state(word: str, registry: Registry) -> bool:
    """Whether a word names a state."""
    return any(e.key.startswith("state:") for e in registry.forms.get(word, ()))


def is_place(page: Page, one: Found, registry: Registry) -> bool:
    """Whether what looks like an unknown full name is told as a place somewhere ("talks at Bac Kan")."""
    words = page.text[one.start : one.end]
    if words in registry.forms or " " not in words or words.split()[0] in registry.given:
        return False
    at = 0
    while (at := page.text.find(words, at)) >= 0:
        i = page.at.get(at)
        if (
            i
            and page.lower[i - 1] in ("in", "at", "near", "outside")
            and page.lower[i - 2 : i - 1] != ["trust"]
        ):
            return True
        at += len(words)
    return False


def listed_after(page: Page, i: int, registry: Registry) -> list[Found]:
    """Two family names behind a plural for office-holders ("ministers Lind and Example", "Messrs …")."""
    word = registry.words.get(page.lower[i])
    plural = word is not None and word.plural == page.lower[i] and word.sector == "GOV"
    if not plural and page.lower[i] not in ("messrs", "messrs."):
        return []
    one, joint, other = i + 1, i + 2, i + 3
    if other >= len(page.lower) or page.lower[joint] != "and" or page.tokens[i].is_sent_end:
        return []
    names = [j for j in (one, other) if page.words[j].istitle() and page.tokens[j].pos_ == "PROPN"]
    known = any(page.words[j] in registry.places for j in names)
    after = page.tokens[other + 1].pos_ if other + 1 < len(page.lower) else ""
    if len(names) < 2 or known or after == "PROPN":
        return []
    return [Found(page.starts[j], page.end(j), "name", (), 1, "person") for j in names]
