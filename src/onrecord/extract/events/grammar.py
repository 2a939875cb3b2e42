"""What syntax tells about a word: who does it, to whom, with what, under which verb. Tokens in, tokens out.

Labels are those of spaCy's English pipelines (ClearNLP style). Nothing here knows an event type.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from spacy.tokens import Token

SUBJECTS = frozenset({"nsubj", "csubj"})
PASSIVE_SUBJECTS = frozenset({"nsubjpass", "csubjpass"})
PASSIVE_MARKS = frozenset({"nsubjpass", "auxpass", "csubjpass"})
OBJECTS = frozenset({"dobj", "obj"})
CLAUSES = frozenset({"xcomp", "ccomp", "pcomp", "advcl", "acl", "relcl", "conj", "dep"})
SAYING = frozenset(
    ["say", "tell", "announce", "declare", "report", "state", "add", "note", "confirm", "claim",
     "insist", "explain", "stress", "believe", "think", "reveal", "disclose", "indicate", "warn",
     "quote", "know", "see", "show", "find", "suggest", "argue", "reiterate", "hint", "signal", "mean",
     "make"]
)  # fmt: skip
TRANSPARENT = frozenset(
    ["group", "number", "series", "dozen", "hundred", "thousand", "million", "score", "member", "part",
     "round", "wave", "pair", "couple", "handful", "majority", "minority", "set", "string", "lot",
     "host", "spate", "batch", "team", "total", "rest", "most", "some", "all", "many", "none",
     "several", "one", "two", "three", "four", "five", "six", "ten", "kind", "sort", "type", "piece",
     "crowd", "force", "band", "list", "leader", "head", "act", "campaign", "tens", "plenty", "package",
     "leadership", "delegation", "ton", "tonne", "amount", "contingent", "deployment"]
)  # fmt: skip
RELATIVES = frozenset({"who", "which", "that", "whom", "whose"})


def children(token: Token, labels: frozenset[str]) -> Iterator[Token]:
    """Direct dependents with one of the labels, in text order."""
    return (c for c in token.children if c.dep_ in labels)


def conjoined(token: Token) -> list[Token]:
    """The token and the heads coordinated with it, in text order ("France and Germany")."""
    found = [token]
    for child in token.children:
        if child.dep_ == "conj":
            found += conjoined(child)
    return found


def passive(verb: Token) -> bool:
    """Whether the verb's subject undergoes it ("was arrested", "the man arrested by police")."""
    labels = {c.dep_ for c in verb.children}
    if labels & PASSIVE_MARKS or ("agent" in labels and verb.tag_ not in ("VBD", "VB", "VBZ")):
        return True
    return verb.dep_ == "acl" and verb.tag_ == "VBN"


def antecedent(pronoun: Token) -> Token:
    """The noun a relative pronoun stands for, or the word itself."""
    if pronoun.lower_ in RELATIVES:
        clause = pronoun
        while clause.dep_ not in ("relcl", "ROOT") and clause.head != clause:
            clause = clause.head
        if clause.dep_ == "relcl":
            return clause.head
    return pronoun


def _own_subjects(verb: Token) -> list[Token]:
    labels = PASSIVE_SUBJECTS if passive(verb) else SUBJECTS
    return [s for c in children(verb, labels) for s in conjoined(antecedent(_noun_of(c)))]


def _noun_of(subject: Token) -> Token:
    """The noun behind a participle taken for the subject ("*aid groups* working in the north said …")."""
    if subject.tag_ == "VBG":
        return next(children(subject, SUBJECTS), subject)
    return subject


def agents(verb: Token) -> list[Token]:
    """Objects of "by" below a passive."""
    by = [c for c in verb.children if c.dep_ == "agent" or (c.dep_ == "prep" and c.lower_ == "by")]
    return [n for b in by for p in b.children if p.dep_ == "pobj" for n in conjoined(p)]


def surface_subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Grammatical subjects of a verb, inherited from the governing verb where it has none of its own."""
    own = [
        s for c in verb.children if c.dep_ in SUBJECTS | PASSIVE_SUBJECTS for s in conjoined(antecedent(c))
    ]
    if own or depth > 4:
        return own
    head = verb.head
    if head == verb:
        return []
    if verb.dep_ in ("relcl", "acl"):
        return conjoined(head) if verb.dep_ == "acl" and head.pos_ in ("NOUN", "PROPN", "PRON") else []
    controlled = [o for c in children(head, OBJECTS) for o in conjoined(c)] if verb.dep_ == "xcomp" else []
    if controlled and head.lemma_ not in ("promise", "threaten", "vow"):
        return controlled
    if verb.dep_ == "pcomp":
        above = head.head
        if above.pos_ in ("NOUN", "PROPN"):
            return _noun_owner(above, depth)  # "has no intention *of signing*"
        return surface_subjects(above, depth + 1) if above != head else []
    if verb.dep_ in ("acomp", "attr", "oprd"):
        return surface_subjects(head, depth + 1)
    if verb.dep_ in CLAUSES:
        if head.pos_ in ("NOUN", "PROPN"):
            return _noun_owner(head, depth)
        return surface_subjects(head, depth + 1)
    return []


def _noun_owner(noun: Token, depth: int) -> list[Token]:
    """Who a noun with a clause belongs to: "Israel's decision to close", "made an offer to free"."""
    owner = [o for c in noun.children if c.dep_ == "poss" for o in conjoined(c)]
    if owner:
        return owner
    verb = noun.head
    if noun.dep_ in OBJECTS | {"pobj", "attr"} and depth < 3:
        while verb.pos_ == "ADP" and verb.head != verb:
            verb = verb.head
        return subjects(verb, depth + 1)
    return []


def subjects(verb: Token, depth: int = 0) -> list[Token]:
    """Heads of those who do it: subjects, or agents of a passive; inherited through control and
    coordination.
    """
    if passive(verb):
        return agents(verb)
    own = _own_subjects(verb)
    if own:
        return own
    if verb.dep_ == "conj" and verb.head != verb and not passive(verb.head):
        return subjects(verb.head, depth + 1) if depth < 5 else []
    return surface_subjects(verb, depth)


def objects(verb: Token) -> list[Token]:
    """Heads of those it is done to: direct objects, or subjects of a passive."""
    if passive(verb):
        told = [s for c in children(verb, PASSIVE_SUBJECTS) for s in conjoined(antecedent(c))]
        if not told and verb.dep_ == "acl":
            told = conjoined(verb.head)
        if not told and verb.dep_ in CLAUSES:
            told = surface_subjects(verb)
        return told + [o for c in children(verb, OBJECTS) for o in conjoined(c)]
    found = [o for c in children(verb, OBJECTS) for o in conjoined(antecedent(c))]
    if not found and verb.dep_ == "relcl" and not any(c.dep_ in OBJECTS for c in verb.children):
        has_own = any(c.dep_ in SUBJECTS and c.lower_ not in RELATIVES for c in verb.children)
        found = [verb.head] if has_own else []
    return found


def datives(verb: Token) -> list[Token]:
    """Indirect objects, bare or with "to"."""
    found = []
    for child in children(verb, frozenset({"dative", "iobj"})):
        if child.pos_ == "ADP":
            found += [n for p in child.children if p.dep_ == "pobj" for n in conjoined(p)]
        else:
            found += conjoined(child)
    return found


TEMPORAL = frozenset(
    ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday", "january",
     "february", "march", "april", "may", "june", "july", "august", "september", "october", "november",
     "december", "jan", "feb", "mar", "apr", "jun", "jul", "aug", "sept", "sep", "oct", "nov", "dec",
     "day", "week", "month", "year", "hour", "today", "yesterday", "tomorrow", "morning", "evening",
     "night", "afternoon", "time", "weekend", "decade", "century"]
)  # fmt: skip


def prepositions(token: Token) -> list[tuple[str, Token]]:
    """(preposition, head of its object) below a word, through "out of", "along with" and coordination."""
    found: list[tuple[str, Token]] = []
    for child in token.children:
        if child.dep_ in ("prep", "agent", "dative", "prt") and child.pos_ in (
            "ADP",
            "SCONJ",
            "PART",
            "ADV",
            "VERB",
        ):
            name = child.lower_
            for inner in child.children:
                if inner.dep_ in ("pobj", "pcomp"):
                    if inner.lemma_.lower().rstrip(".") in TEMPORAL:
                        continue
                    found += [(name, n) for n in conjoined(inner)]
                elif inner.dep_ == "prep":
                    found += [
                        (inner.lower_, n) for p in inner.children if p.dep_ == "pobj" for n in conjoined(p)
                    ]
    return found


WITH_PURPOSE = frozenset(
    ["swear", "vow", "threaten", "prepare", "refuse", "agree", "seek", "try", "plan", "pledge",
     "promise", "set", "offer", "move", "act"]
)  # fmt: skip


def purpose(clause: Token) -> bool:
    """A "to" clause that the parser hangs loosely below a verb which asks for one ("sworn to fight")."""
    return (
        clause.dep_ == "advcl"
        and clause.head.lemma_ in WITH_PURPOSE
        and any(c.lower_ == "to" and c.dep_ == "aux" for c in clause.children)
    )


def complements(token: Token) -> list[Token]:
    """Heads of clauses below a word: "agreed to *meet*", "said it would *leave*", coordinated ones
    included.
    """
    found = [c for c in token.children if c.dep_ in ("xcomp", "ccomp", "acl", "acomp", "oprd") or purpose(c)]
    found += [c for p in token.children if p.dep_ == "prep" for c in p.children if c.dep_ == "pcomp"]
    return found + [j for c in found for j in c.children if j.dep_ == "conj" and j.pos_ == "VERB"]


def modifiers(noun: Token) -> list[Token]:
    """Adjectives, compounds and possessors before a noun, with theirs, in text order."""
    found: list[Token] = []
    for child in noun.children:
        if child.dep_ in ("amod", "compound", "nmod", "poss", "nummod") or (
            child.dep_ == "appos" and child.i < noun.i
        ):
            found += [*modifiers(child), *conjoined(child)]
    return found


def see_through(noun: Token) -> list[Token]:
    """The noun, and what a counting noun is of ("dozens of troops" → dozens, troops)."""
    found = [noun]
    if noun.lemma_.lower() in TRANSPARENT or noun.pos_ == "NUM":
        for child in noun.children:
            if child.dep_ == "prep" and child.lower_ == "of":
                found += [
                    x
                    for p in child.children
                    if p.dep_ == "pobj"
                    for n in conjoined(p)
                    for x in see_through(n)
                ]
    return found


def negated(verb: Token) -> bool:
    """Whether the verb stands under "not", "never", "no longer", or its object or subject under "no"."""
    for child in verb.children:
        if child.dep_ == "neg" or child.lower_ in ("never", "neither", "nor"):
            return True
        if child.dep_ in ("nsubj", "nsubjpass") and child.lower_ in ("nobody", "none"):
            return True
        if child.dep_ in ("dobj", "nsubj", "nsubjpass") and any(
            g.lower_ == "neither" or (g.lower_ == "no" and g.dep_ == "det") for g in child.children
        ):
            return True
    return False


def auxiliaries(verb: Token) -> set[str]:
    """Auxiliaries and modals on a verb, lower case."""
    return {c.lower_ for c in verb.children if c.dep_ in ("aux", "auxpass")}


def subtree_span(token: Token) -> tuple[int, int]:
    """Characters [start, end) of all that hangs on a word."""
    left, right = token.left_edge, token.right_edge
    return left.idx, right.idx + len(right)
