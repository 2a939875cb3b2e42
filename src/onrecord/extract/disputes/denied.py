"""What a telling says was not so: the words under its negation, and the ways to say `not that` of another's.

No   `gave no word`, `there was no apology`, `was not raised`, `denied that X had promised`
back `no such deal exists`, `they did nothing of the kind`, `he did not`, `that is untrue`
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import pairwise
from typing import TYPE_CHECKING, Literal

from onrecord.extract.disputes.tellings import CLAIMS, Telling
from onrecord.extract.scene import Scene, auxiliaries, clause_of, is_negated

if TYPE_CHECKING:
    from spacy.tokens import Token

Back = Literal["no such", "nothing of the kind", "did not", "untrue"]

STEM = 7
"""Letters of a word, its ending taken off, by which a verb and its noun are one: `invite`, `invitation`."""
_ENDING = re.compile(
    r"(?<=\w{4})(?:ations?|itions?|ings?|ments?|ances?|als?|ures?|ions?|is[ei]|iz[ei]|ies|[eyi])$"
)
LONG = 5
"""Letters of an adjective that is short for a matter: `good`, `other`."""
MET = "met"
FIELDS: dict[str, frozenset[str]] = {
    "raised": frozenset(
        {"raise", "discuss", "mention", "broach", "address", "touch", "speak", "talk", "discussion"}
    ),
    "bound": frozenset(
        {"agree", "accept", "consent", "settle", "commit", "undertake", "promise", "pledge", "vow",
         "guarantee", "agreement", "deal", "accord", "arrangement", "understanding", "bargain",
         "commitment", "undertaking", "assurance", "assure", "word", "concession", "concede", "acceptance",
         "pact"}
    ),
    "asked": frozenset({"ask", "request", "demand", "seek", "plea", "plead", "appeal"}),
    "said": frozenset({"say", "tell", "assure", "inform", "sentence", "utter"}),
    MET: frozenset({"meet", "meeting", "encounter", "telephone", "phone", "ring", "see", "conversation"}),
}  # fmt: skip
"""Words of one deed between governments: to bring up, to bind oneself, to ask, to meet. Who says no to one of
them says no to its neighbours: A tells that B agreed to a fee, B that it made no promise on fees."""
BY_WORD = frozenset({"bound", "raised"})
"""Deeds that are done by saying: `A told me we are exempt`, `A made no promise to exempt them`."""
_MODAL = frozenset(
    {"will", "would", "shall", "should", "may", "might", "can", "could", "must", "ll", "’ll", "'ll"}
)
_LIGHT = frozenset(
    {"be", "have", "do", "make", "give", "take", "put", "get", "go", "come", "say", "tell", "exist", "let",
     "reach", "hold", "see", "want", "know", "think", "believe"}
)  # fmt: skip
"""Verbs that say little of what was done: their object says it."""
_KINDS, _KIND_TAGS = ("compound", "amod", "nmod"), ("NOUN", "PROPN", "ADJ", "VERB")
_MIND = frozenset(
    {"expect", "hope", "intend", "plan", "need", "wish", "fear", "feel", "mean", "seem", "appear", "consider",
     "want", "know", "think", "believe", "regard", "doubt", "understand", "like"}
)  # fmt: skip
"""Verbs of what somebody thinks or wants: nothing that was done."""
_BARE = frozenset({"be", "have", "do", "make", "give", "take", "get", "come", "put", "exist"})
"""Of them those that say no more than that there is such a thing: `held no ship` says who had it."""
_DOING = frozenset(
    {"strike", "sign", "conclude", "seal", "secure", "obtain", "receive", "express", "break", "extract"}
)
"""Verbs by which a deal, a word or an apology comes about or goes."""
_ASIDE = frozenset({"relcl", "acl", "advcl", "amod", "csubj"})
"""Clauses in which nothing is stated: `loans that were not tied to projects`."""
_NONE = frozenset({"no", "nothing", "none", "nobody", "neither", "nor", "never"})
_ARGUMENTS = frozenset({"nsubj", "nsubjpass", "dobj", "attr", "pobj", "expl", "oprd", "dative", "conj"})
_UNTRUE = frozenset(
    {
        "untrue", "false", "wrong", "invention", "fabrication", "fabricate", "lie", "nonsense", "baseless",
        "unfounded", "fiction", "fantasy", "groundless", "incorrect", "inaccurate", "invent", "rubbish",
        "falsehood", "myth",
    }
)  # fmt: skip
_BACK = frozenset({"that", "this", "it", "these", "those", "they"})
_OF_THE_KIND = re.compile(r"\w+ (?:of|like) (?:the|that|this)(?: (?:kind|sort))?\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class No:
    """One thing that was not so."""

    verb: Token
    keys: frozenset[str]
    """Stems of what is denied: the verb, or of a light verb the nouns it takes."""
    stems: frozenset[str]
    """Those of them that are no names."""
    deeds: frozenset[str]
    """Fields of these words."""
    noun: bool
    """A thing is denied (`no promise was made`), not a deed of somebody's (`did not sign`)."""


def stem(token: Token) -> str:
    """What a verb and its noun share."""
    word = token.lemma_.lower()
    return _ENDING.sub("", _ENDING.sub("", word))[:STEM]


def fields(token: Token) -> frozenset[str]:
    """The deeds between governments that a word tells of: `came up` is raised."""
    lemma = token.lemma_.lower()
    if token.dep_ == "amod" or (token.pos_ == "NOUN" and not _is_done(token)):
        return frozenset()
    if lemma == "come" and any(c.lower_ == "up" for c in token.children):
        return frozenset({"raised"})
    if lemma in ("speak", "talk") and not any(_is_topic(c) for c in token.children):
        return frozenset({MET})
    return frozenset(name for name, words in FIELDS.items() if lemma in words)


def _is_done(noun: Token) -> bool:
    """`gave its word`, `a deal was struck`, `there was no apology`; not `seeks a deal`, `since the pact`."""
    if noun.dep_ in ("nsubjpass", "attr"):
        return True
    lemma = noun.head.lemma_.lower()
    return noun.dep_ in ("dobj", "nsubj", "conj") and (lemma in _LIGHT or lemma in _DOING)


def _is_topic(prep: Token) -> bool:
    """`about gas`, `on quotas`, not `on Friday`."""
    return prep.lower_ in ("about", "of", "on", "over") and not any(
        o.ent_type_ in ("DATE", "TIME") or o.lower_.endswith("day") for o in prep.children
    )


def is_content(token: Token) -> bool:
    """A noun, name, or a verb that says what was done."""
    if token.pos_ == "VERB":
        return token.lemma_.lower() not in _LIGHT | _MIND
    return token.pos_ in ("NOUN", "PROPN") and len(token) > 2


def is_past(verb: Token) -> bool:
    """Whether a verb tells of what was, not of what may come or ought to be."""
    helpers = {a.lower_ for a in auxiliaries(verb)}
    if helpers & _MODAL or any(
        c.dep_ == "mark" and c.lower_ in ("if", "unless", "whether") for c in verb.children
    ):
        return False
    if "to" in helpers and "have" not in helpers:
        return False
    return verb.tag_ in ("VBD", "VBN") or bool(
        helpers & {"did", "was", "were", "had", "has", "have", "having"}
    )


def tells_past(token: Token) -> bool:
    """Whether a word stands in a clause of what was: an infinitive counts with the verb it hangs on."""
    at = clause_of(token)
    for _ in range(6):
        to = any(a.lower_ == "to" for a in auxiliaries(at))
        perfect = to and is_past(at)
        if not (to or at.tag_ == "VBG") or perfect or at.head == at:
            break
        at = clause_of(at.head)
    return is_past(at) and not _is_denied(at)


def is_matter(token: Token) -> bool:
    """A word that may tell what is spoken of: also `exempt`, `electric`."""
    return is_content(token) or (
        token.pos_ == "ADJ" and token.dep_ in ("acomp", "amod", "attr") and len(token) > LONG
    )


def is_named(scene: Scene, token: Token) -> bool:
    """Part of a state's or person's name or title."""
    mention = scene.mention_of.get(token.i)
    if mention is None or mention.form == "group":
        return False
    known = [a for i in scene.ids(mention) if (a := scene.actor(i))]
    return not known or any(a.kind in ("state", "government", "person") for a in known)


def affirmed(telling: Telling) -> tuple[Token, ...]:
    """Words of what a telling says was so."""
    inside = set(telling.tokens)
    return tuple(
        token
        for token in telling.tokens
        if (is_content(token) or fields(token))
        and tells_past(token)
        and not has_no(token)
        and clause_of(token) in inside
    )


def is_of_deeds(telling: Telling) -> bool:
    """Whether a telling says what was or was not done, not what somebody thinks or what may come."""
    inside = set(telling.tokens)
    top = next((t for t in telling.tokens if t.head not in inside and t.pos_ in ("VERB", "AUX")), None)
    return top is not None and top.lemma_.lower() not in _MIND and is_past(top)


def kinds(noun: Token) -> frozenset[str]:
    """Stems of what stands before a noun, or before the one it is joined to: `military gear or personnel`."""
    nouns = (noun, noun.head) if noun.dep_ == "conj" else (noun,)
    before = (c for n in nouns for c in n.children if c.dep_ in _KINDS and c.pos_ in _KIND_TAGS)
    return frozenset(stem(c) for c in before)


def stems(words: Iterable[Token]) -> dict[str, Token]:
    """What words say was done or was there, with the first word of each."""
    found: dict[str, Token] = {}
    for token in words:
        if is_content(token):
            found.setdefault(stem(token), token)
    return found


def told_deeds(was: Iterable[Token]) -> dict[str, Token]:
    """Fields of words that were so, with the first word of each."""
    found: dict[str, Token] = {}
    for token in was:
        for name in fields(token):
            found.setdefault(name, token)
    return found


def negations(telling: Telling) -> Iterator[No]:
    """What a telling says was not so."""
    inside = set(telling.tokens)
    for verb in telling.tokens:
        if verb.pos_ not in ("VERB", "AUX") or verb.dep_ in ("aux", "auxpass"):
            continue
        if verb.lemma_.lower() in _MIND or (verb.dep_ in _ASIDE and not _is_top(verb, inside)):
            continue
        if telling.denies:
            if _is_denied(verb) or not (_is_top(verb, inside) and _is_possible(verb)):
                continue
            yield _no(verb, inside, noun=verb.lemma_.lower() in _BARE, everything=True)
        elif _is_denied(verb) and is_past(verb):
            bare = verb.lemma_.lower() in _BARE
            yield _no(verb, inside, noun=bare or (is_content(verb) and not is_negated(verb)))


def _is_top(verb: Token, inside: set[Token]) -> bool:
    return verb.head not in inside or verb.head == verb or verb.dep_ == "conj"


def _is_possible(verb: Token) -> bool:
    """`denied that it was`, `denied having been`, `denied any promise was made`: not `refused to`."""
    return is_past(verb) or verb.tag_ == "VBG"


def _is_denied(verb: Token) -> bool:
    return is_negated(verb) or any(
        has_no(c) for c in verb.children if c.dep_ in (*_ARGUMENTS, "advmod", "prep", "preconj")
    )


def has_no(token: Token) -> bool:
    """`no promise`, `nothing`, `none of it`, `in no case`."""
    if token.lower_ in _NONE:
        return True
    below = [
        c
        for c in token.children
        if c.dep_ in ("det", "neg", "preconj") or (token.dep_ == "prep" and c.dep_ == "pobj")
    ]
    return any(c.lower_ in _NONE or has_no(c) for c in below)


def _no(verb: Token, inside: set[Token], *, noun: bool, everything: bool = False) -> No:
    """The verb's own stem and those of what is denied with it."""
    own = {verb} if is_content(verb) or fields(verb) else set()
    below = {c for c in _arguments(verb) if c in inside and is_content(c)}
    taken = own | {c for c in below if not own or everything or has_no(c)}
    deeds = frozenset(f for t in taken for f in fields(t))
    common = frozenset(stem(t) for t in taken if t.pos_ != "PROPN")
    return No(verb, frozenset(map(stem, taken)), common, deeds, noun)


def _arguments(verb: Token) -> Iterator[Token]:
    for child in verb.children:
        if child.dep_ in _ARGUMENTS and child.dep_ != "nsubj":
            yield child
            yield from (c for c in child.children if c.dep_ == "conj")
        elif child.dep_ == "nsubj" and (has_no(child) or verb.lemma_ in ("exist", "come")):
            yield child


def points_back(tokens: Iterable[Token]) -> Back | None:
    """How some words deny what another has just told, None where they do not."""
    told = list(tokens)
    for token, after in pairwise(told):
        if token.lower_ in ("no", "any", "never") and after.lower_ == "such" and _is_real(after):
            return "no such"
    if not any(t.pos_ in ("VERB", "AUX") for t in told):
        # `called the accusation a fabrication`: no verb of its own
        lemmas = {t.lemma_.lower() for t in told}
        return "untrue" if lemmas & CLAIMS and lemmas & _UNTRUE else None
    for token in told:
        if (
            token.lower_ in ("nothing", "anything", "none")
            and _OF_THE_KIND.match(_from(token))
            and _is_real(token)
        ):
            return "nothing of the kind"
        if token.lemma_.lower() in ("do", "be", "have") and is_negated(token) and _stands_alone(token):
            return "did not"
        if token.lemma_.lower() in _UNTRUE and _is_of_a_claim(token):
            return "untrue"
    return None


def _from(token: Token) -> str:
    return token.doc[token.i : token.i + 5].text


def _is_real(token: Token) -> bool:
    """In a clause of what was or is, not of what may come."""
    verb = clause_of(token)
    helpers = {a.lower_ for a in auxiliaries(verb)}
    return not helpers & _MODAL and "to" not in helpers


def _stands_alone(token: Token) -> bool:
    """`He did not.`: a helping verb with its subject and nothing to help."""
    if token.dep_ in ("aux", "auxpass") or not any(c.dep_ == "nsubj" for c in token.children):
        return False
    rest = [
        c
        for c in token.children
        if c.dep_ not in ("nsubj", "neg", "punct", "mark", "cc", "advmod", "intj", "conj")
    ]
    return not rest and token.tag_ in ("VBD", "VBZ", "VBP")


def _is_of_a_claim(token: Token) -> bool:
    """`that is untrue`, `the report was false`, and not negated."""
    verb = clause_of(token)
    if is_negated(verb):
        return False
    about = [c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")]
    return any(c.lower_ in _BACK or c.lemma_.lower() in CLAIMS for c in about)
