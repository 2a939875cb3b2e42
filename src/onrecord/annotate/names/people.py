"""People and organisations that the registry does not know: full names, then the family names they go by."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.annotate.names import misread
from onrecord.annotate.names.spans import Found, Page
from onrecord.facts.actors import Registry

if TYPE_CHECKING:
    from spacy.tokens import Span

_HEADS_OF_BODIES = frozenset({
    "chairman", "chairwoman", "chair", "director", "president", "spokesman", "spokeswoman", "secretary",
    "commissioner", "manager", "strategist", "adviser", "advisor", "affairs", "secretary-treasurer",
})  # fmt: skip
"""Titles that end the name of a body and begin a person's ("Example Committee Chairman Ann Sample")."""
_IN_OFFICE = frozenset({"minister", "secretary", "undersecretary", "deputy", "director", "commissioner"})
"""Titles behind which "of" leads to what the office is for: "Minister of Commerce Ann Example"."""
_FOLLOWED_BY_A_NAME = frozenset({
    "mr", "mr.", "mrs", "mrs.", "ms", "ms.", "dr", "dr.", "sen.", "rep.", "gov.", "gen.", "lt.", "col.",
    "maj.", "capt.", "sgt.", "adm.", "senator", "congressman", "congresswoman", "prof.", "ayatollah",
    "justice", "judge", "hon", "hon.", "h.e.", "comrade", "compañero", "compañera", "messrs", "messrs.",
    "mme", "mme.",
})  # fmt: skip
PARTICLES = frozenset({
    "de", "van", "von", "der", "den", "al", "el", "bin", "ben", "ibn", "abu", "dos", "da", "di", "del",
    "la", "le", "ter", "bint",
})  # fmt: skip
_BREAKS = frozenset({"-", "–", "—", ",", ";", ":", "(", ")", "|", "/", '"', "“", "”", "''", "``"})
_LEADING = frozenset({"VERB", "ADP", "SCONJ", "CCONJ", "PRON", "DET", "AUX", "PUNCT", "SPACE", "NUM", "SYM"})
_NO_ORG = frozenset({"the", "a", "an", "’s", "'s"})
_PARTS_OF_TITLES = (["state"], ["treasury"], ["defense"], ["commerce"], ["house"], ["cabinet"])
_WHERE = frozenset({"in", "near", "outside", "across"})
"""Words behind which a lone name that no title goes before is a place's: "police in Darwin"."""
_THINGS = frozenset({
    "Plan", "Act", "Bill", "Deal", "Rule", "Doctrine", "Accord", "Treaty", "Amendment", "Commission",
    "Committee", "Initiative", "Project", "Fund", "Award", "Prize",
})  # fmt: skip
"""Last words of names of things; a family name inside one is no person: "the Clean Power Plan"."""
_PLACES = frozenset({
    "County", "Street", "Avenue", "Road", "Boulevard", "University", "College", "Hospital", "Bridge",
    "Airport", "Park", "Beach", "River", "Lake", "Island", "Islands", "Valley", "Springs", "Heights",
    "Township",
})  # fmt: skip
"""The same for places, also without a word before the family name: "Jackson County"."""
_US_STATES = frozenset({
    "Alabama", "Alaska", "Arizona", "Arkansas", "California", "Colorado", "Connecticut", "Delaware",
    "Florida", "Georgia", "Hawaii", "Idaho", "Illinois", "Indiana", "Iowa", "Kansas", "Kentucky",
    "Louisiana", "Maine", "Maryland", "Massachusetts", "Michigan", "Minnesota", "Mississippi", "Missouri",
    "Montana", "Nebraska", "Nevada", "New", "North", "Ohio", "Oklahoma", "Oregon", "Pennsylvania", "Rhode",
    "South", "Tennessee", "Texas", "Utah", "Vermont", "Virginia", "Washington", "West", "Wisconsin",
    "Wyoming",
})  # fmt: skip
"""First words of the states of the United States: "Warren, Michigan" is a town."""
_FIRMS = frozenset({
    "firm", "company", "corporation", "airline", "bank", "manufacturer", "retailer", "charity", "newspaper",
    "magazine", "broadcaster", "agency",
})  # fmt: skip
_SAID = frozenset({
    "stated", "continued", "added", "said", "asked", "concluded", "replied", "noted", "tweeted",
    "wrote", "told",
})  # fmt: skip
"""Verbs that stand right before a speaker's name at the start of a sentence."""
_JOINTS = re.compile(r"\s*[-–/]\s*|\s+and\s+")
"""What stands between two states in one word: "U.S.-Russia"."""
_ENDINGS = frozenset({"'s", "’s", "'", "’", "jr", "sr"})
ORDINALS = frozenset({"ii", "iii", "iv"})
"""What may stand behind a family name; behind a given name alone it is a monarch's."""


def find(page: Page, registry: Registry, known: list[Found]) -> list[Found]:
    """Full names of people, family names that repeat one, organisations: as the language model sees them."""
    full, single, orgs = _entities(page, registry)
    full += _after_titles(page, registry)
    taken_for_bodies = misread.people_among(page, orgs, registry)
    full += taken_for_bodies
    orgs = [f for f in orgs if not any(f.start <= p.start and p.end <= f.end for p in taken_for_bodies)]
    family = _mothers_before(page, full, registry) | _family_names(page, full)
    for one in known:
        if one.use == "name" and one.is_person:
            family |= _registered(page, one, registry)
    repeated = [f for f in _repeated(page, family) if not in_other_name(page, f)]
    full = [
        f for f in full if not _runs_on(page, f, family, registry) and not misread.is_place(page, f, registry)
    ]
    taken = {f.start for f in repeated}
    towns = _towns(page, single + orgs, registry) - family.keys()
    rest = [
        f
        for f in single + orgs
        if f.start not in taken
        and (words := page.text[f.start : f.end]) not in registry.forms
        and words not in towns
    ]
    return full + repeated + rest + _tails(page, [*rest, *known])


def _towns(page: Page, lone: list[Found], registry: Registry) -> set[str]:
    """Lone words taken for people and bodies that are places: known ones, and those of whom it is told where.

    "Talks in Cartagena", "police in Darwin"; a title before the word anywhere makes it somebody's name.
    """
    words = {page.text[f.start : f.end] for f in lone if page.text.find(" ", f.start, f.end) < 0}
    pairs = list(zip(page.lower, page.words[1:], strict=False)) if words else []
    places = {word for before, word in pairs if before in _WHERE and word in words}
    places |= {w for w in words if w in registry.places or w.title() in registry.places}
    return places - {word for before, word in pairs if before in misread.HONORIFICS and word in places}


def in_other_name(page: Page, one: Found) -> bool:
    """Whether a family name is part of the name of a thing or a place.

    "The Clean Power Plan", "Jackson County", "in Warren, Michigan"; headlines, where every word has a
    capital, are left alone.
    """
    i = page.at.get(one.start)
    after = next((j for j in range(i or 0, len(page.tokens)) if page.starts[j] >= one.end), None)
    if i is None or after is None:
        return False
    following = page.words[after]
    before = page.words[i - 1] if i else ""
    if following == "," and before.lower() in _WHERE | {"from", "at"} and after + 1 < len(page.tokens):
        return page.words[after + 1] in _US_STATES
    is_thing = following in _THINGS and before[:1].isupper() and not page.tokens[i - 1].is_sent_start
    if not is_thing and following not in _PLACES:
        return False
    return any(t.is_alpha and t.is_lower and len(t.text) > 4 for t in page.tokens[i].sent) and (
        before.lower() not in misread.HONORIFICS
    )


def _tails(page: Page, named: list[Found]) -> list[Found]:
    """The last two words of a body's name in small letters after "the": "the budget office"."""
    tails = {
        tuple(page.text[f.start : f.end].lower().split()[-2:])
        for f in named
        if not f.is_person and page.text.count(" ", f.start, f.end) > 1
    }
    return [
        Found(page.starts[i + 1], page.end(i + 2), "name", ("org:?",), 1, "org")
        for i in range(len(page.lower) - 2)
        if page.lower[i] == "the" and (page.lower[i + 1], page.lower[i + 2]) in tails
        and page.words[i + 1].islower() and page.words[i + 2].islower()
    ]  # fmt: skip


def _entities(page: Page, registry: Registry) -> tuple[list[Found], list[Found], list[Found]]:
    full: list[Found] = []
    single: list[Found] = []
    orgs: list[Found] = []
    for entity in page.doc.ents:
        if entity.label_ == "PERSON":
            if _is_bodys(page, entity.start) or page.words[entity.end - 1] in misread.ENDS_OF_BODIES:
                orgs.append(
                    Found(page.starts[entity.start], page.end(entity.end - 1), "name", ("org:?",), 1, "org")
                )
                continue
            for a, b in _pieces(page, entity):
                last = page.lower[b - 1]
                if last in registry.words and (b - a == 1 or registry.words[last].plural == last):
                    continue
                one = Found(page.starts[a], page.end(b - 1), "name", (), 1, "person")
                if b - a > 1:
                    if not _is_heading(page, a, b, registry):
                        full.append(one)
                elif _stands_alone(page, a):
                    single.append(one)
        elif entity.label_ == "ORG":
            a, b = _organisation(page, entity)
            parts = _JOINTS.split(page.text[page.starts[a] : page.end(b - 1)]) if b > a else []
            if parts and all(misread.is_state(part, registry) for part in parts):
                continue
            if b - a == 1 and page.lower[a] in registry.heads:
                continue
            if b > a and page.text[page.starts[a]].isupper() and page.lower[a:b] not in _PARTS_OF_TITLES:
                orgs.append(Found(page.starts[a], page.end(b - 1), "name", ("org:?",), 0, "org"))
    return full, single, orgs


def _stands_alone(page: Page, i: int) -> bool:
    """Whether one word is a name of its own: no verb at the start of a headline, no part of a longer name.

    "Calls On", "Oscar-winning", "anti-Obama", "Green Mountain State" are none.
    """
    token, start, end = page.tokens[i], page.starts[i], page.end(i)
    if token.pos_ != "PROPN" or not token.text.replace("'", "").replace("’", "").replace("-", "").isalpha():
        return False
    if "-" in (page.text[start : start + 1], page.text[start - 1 : start], page.text[end : end + 1]):
        return False
    after = page.tokens[i + 1] if i + 1 < len(page.tokens) else None
    before = page.tokens[i - 1] if i and not token.is_sent_start else None
    for other in (before, after):
        if other is not None and other.pos_ == "PROPN" and other.text.istitle() and other.dep_ == "compound":
            return page.lower[other.i] in misread.HONORIFICS or other.text.endswith(".")
    return not (
        token.dep_ == "compound" and after is not None and after.pos_ == "PROPN" and after.text.istitle()
    )


def _is_heading(page: Page, a: int, b: int, registry: Registry) -> bool:
    """Whether words taken for a full name are all in capitals without a given name, or end in a body's name.

    "CORRECTION APPENDED"; "the Obama White House".
    """
    if all(page.words[i].isupper() for i in range(a, b)):
        return page.words[a].title() not in registry.given and len(page.words[a]) > 3
    tails = (page.text[page.starts[i] : page.end(b - 1)] for i in range(a + 1, b - 1))
    return any(e.key.startswith("org:") for tail in tails for e in registry.forms.get(tail, ()))


def _is_bodys(page: Page, first: int) -> bool:
    """Whether a noun for a company stands right before a name: "the American firm Example Drilling"."""
    return first > 0 and page.lower[first - 1] in _FIRMS


def _pieces(page: Page, entity: Span) -> list[tuple[int, int]]:
    """Token ranges of the names in an entity: cut at dashes and commas, titles and endings taken off."""
    pieces, at = [], entity.start
    for i in range(entity.start, entity.end + 1):
        spaced = (
            i < entity.end
            and page.lower[i] in _BREAKS
            and page.text[page.starts[i] - 1 : page.starts[i]] == " "
        )
        if i == entity.end or page.lower[i] in _BREAKS - {"-"} or spaced or page.tokens[i].is_space:
            pieces.append((at, i))
            at = i + 1
    return [p for p in (_trimmed(page, a, b) for a, b in pieces) if p[1] > p[0]]


def _trimmed(page: Page, a: int, b: int) -> tuple[int, int]:
    while b > a and (
        page.lower[b - 1] in _ENDINGS
        or page.tokens[b - 1].is_punct
        or (page.words[b - 1].islower() and not _is_hyphened(page, b - 1))
    ):
        b -= 1
    if b - a > 2 and a > 1 and page.lower[a - 1] in ("of", "for") and page.lower[a - 2] in _IN_OFFICE:
        a += 1
    a = next((i + 1 for i in range(b - 2, a, -1) if page.lower[i] in _HEADS_OF_BODIES), a)
    while b > a and (
        page.lower[a] in misread.HONORIFICS
        or (page.tokens[a].pos_ in _LEADING and b - a > 1)
        or (page.words[a].islower() and page.lower[a] not in PARTICLES)
        or (page.lower[a] in _SAID and b - a > 1)
    ):
        a += 1
    return a, b


def _is_hyphened(page: Page, i: int) -> bool:
    """Whether a word hangs on the one before by a hyphen: the end of "Ho Chang-nam"."""
    joint = i > 1 and page.lower[i - 1] == "-" and page.starts[i] == page.starts[i - 1] + 1
    return joint and page.tokens[i].pos_ == "PROPN"


def _organisation(page: Page, entity: Span) -> tuple[int, int]:
    a, b = entity.start, entity.end
    for i in range(a, b):
        if i > a and (page.tokens[i].is_space or (page.lower[i] in ("-", "–", "—", ",") and
                      page.text[page.starts[i] - 1 : page.starts[i]] == " ")):  # fmt: skip
            b = i
            break
    while b > a and (page.lower[b - 1] in _ENDINGS or page.tokens[b - 1].is_punct):
        b -= 1
    while b > a and (page.lower[a] in _NO_ORG or page.tokens[a].is_punct or page.tokens[a].is_space):
        a += 1
    return a, b


def _after_titles(page: Page, registry: Registry) -> list[Found]:
    """Names that begin with a known given name or follow a title, even where the language model sees none.

    "Sen. Ann Example", "spokesman Bob Example", "Carol Example".
    """
    found = []
    for i, (word, written) in enumerate(zip(page.lower, page.words, strict=True)):
        found += misread.listed_after(page, i, registry)
        titled = word in _FOLLOWED_BY_A_NAME and written[0].isupper()
        described = word in registry.words and registry.words[word].word == word and word not in _FIRMS
        given = written in registry.given
        if not (titled or described or given):
            if written.isupper() and i + 1 < len(page.lower) and _shouted(page, i, registry):
                found.append(Found(page.starts[i], page.end(i + 1), "name", (), 1, "person"))
            continue
        a = i if given else i + 1
        while not given and a < len(page.lower) and page.lower[a] in registry.words:
            a += 1
        b = a
        while b < len(page.lower) and b < a + 5 and _is_part(page, b):
            b += 1
            a = b if page.lower[b - 1] in _HEADS_OF_BODIES else a
        while b > a and page.lower[b - 1] in PARTICLES:
            b -= 1
        if page.words[b - 1] in misread.ENDS_OF_BODIES:
            continue
        if b - a > 1 or (titled and b > a):
            found.append(Found(page.starts[a], page.end(b - 1), "name", (), 1, "person"))
    return found


def _shouted(page: Page, i: int, registry: Registry) -> bool:
    """Whether a name stands all in capitals, as in transcripts ("ANN EXAMPLE: …")."""
    given, family = page.words[i], page.words[i + 1]
    return given.isupper() and family.isupper() and family.isalpha() and given.title() in registry.given


def _is_part(page: Page, i: int) -> bool:
    token = page.tokens[i]
    if page.lower[i] in ORDINALS and token.text.isupper():
        return True
    if (
        (token.text.isupper() and len(token.text) > 2)
        or page.lower[i] in misread.HONORIFICS
        or token.is_sent_start
    ):
        return False
    return (token.pos_ == "PROPN" and token.text[0].isupper()) or page.lower[i] in PARTICLES


def _runs_on(page: Page, one: Found, family: dict[str, int], registry: Registry) -> bool:
    """Whether a seeming full name is a family name and the word after it ("Example Wades In")."""
    inside = list(page.within(one.start, one.end))
    first, last = page.tokens[inside[0]].text, page.tokens[inside[-1]].text
    return (
        len(inside) == 2 and first in family and first not in registry.given and page.words.count(last) == 1
    )


def _registered(page: Page, known: Found, registry: Registry) -> dict[str, int]:
    """The names by which a person of the registry goes once named in full ("Ban" for Ban Ki-moon)."""
    shorts: dict[str, int] = {}
    for key in known.keys:
        actor = registry.actor(key)
        if actor is not None:
            words = page.text[known.start : known.end]
            shorts |= {
                s.split("-")[-1] if "-" in s else s: 1 for s in registry.shorts.get(key, ()) if s[0].isupper()
            }
            shorts |= {words.split()[-1]: 1} if not registry.shorts.get(key) else {}
    return shorts


def _family_names(page: Page, full: list[Found]) -> dict[str, int]:
    """Last word of each full name → how many words of it count (two with a particle: "dos Santos")."""
    names = {}
    for one in full:
        inside = list(page.within(one.start, one.end))
        if len(inside) > 2 and page.lower[inside[-1]] in ORDINALS:
            inside.pop()
        if len(inside) > 1 and page.tokens[inside[-1]].text[:1].isupper() and len(page.lower[inside[-1]]) > 1:
            last = page.tokens[inside[-1]].text
            names[last.title() if last.isupper() and len(last) > 3 else last] = (
                2 if page.lower[inside[-2]] in PARTICLES else 1
            )
    return names


def _mothers_before(page: Page, full: list[Found], registry: Registry) -> dict[str, int]:
    """Words inside a full name by which people go where the mother's name ends it.

    "Ana Pérez Ruiz" is Pérez later on; given names and short words are none.
    """
    return {
        word: 1
        for one in full
        for i in list(page.within(one.start, one.end))[1:-1]
        if len(word := page.words[i]) > 3 and word.istitle() and word not in registry.given
        and page.lower[i] not in PARTICLES
    }  # fmt: skip


def _repeated(page: Page, family: dict[str, int]) -> list[Found]:
    """Each place where a family name of the article stands; longer names that hold it win later."""
    found = []
    for i, written in enumerate(page.words):
        word = written.title() if written.isupper() and len(written) > 3 else written
        if word in family and page.lower[i] not in _ENDINGS:
            a = i - 1 if family[word] == 2 and i and page.lower[i - 1] in PARTICLES else i
            found.append(Found(page.starts[a], page.end(i), "name", (), 3, "person"))
    return found
