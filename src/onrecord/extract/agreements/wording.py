"""What an agreement is called and what it hangs on, in the article's words."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from onrecord.extract.agreements import sides, words
from onrecord.extract.scene import Scene, clause_of

if TYPE_CHECKING:
    from spacy.tokens import Token

LONGEST = 110
"""Characters of a subject; a clause that runs on is cut at its last comma before."""


_CONDITION = re.compile(
    r"(?:if|unless|provided(?: that)?|on (?:the )?condition that|so long as|as long as|only if|once|until)",
    re.IGNORECASE,
)


_RELATIVE = frozenset({"that", "which", "who", "whose", "whom"})


_QUOTES = str.maketrans("", "", '“”"„«»')


_ABOUT = frozenset({"on", "about", "over", "for"})
_SCENE = frozenset({"under", "before", "after", "despite", "during"})
"""Prepositions of the circumstances in which an agreement was made, not of what it is on."""


def noun_phrase(scene: Scene, noun: Token) -> str:
    """The agreement's noun phrase without its article and without what a relative clause adds."""
    out = {
        t.i
        for c in noun.children
        if c.dep_ in ("relcl", "det", "poss", "conj", "cc", "punct", "appos")
        for t in c.subtree
    }
    ends = [t.left_edge.i for t in noun.subtree if t.dep_ == "relcl" and t.i > noun.i]
    ends += [t.i for t in noun.subtree if t.lower_ in _RELATIVE and t.i > noun.i + 1]
    end = min(ends, default=len(noun.doc))
    after = noun.doc[noun.i + 1] if noun.i + 1 < len(noun.doc) else None
    weak = noun.lemma_.lower() in words.WEAK or bare_name(noun)
    if weak and noun.head.lower_ == "under" and not list(noun.rights)[1:]:
        done = clause_of(noun)
        what = [t for c in done.children if c.dep_ in ("dobj", "prep", "dative") for t in c.subtree]
        what = [t for t in what if done.i < t.i < noun.head.i]
        if not any(c.dep_ == "dobj" for c in done.children):
            what += [t for c in done.children if c.dep_ == "nsubj" for t in c.subtree]
        if what:  # `A will supply B with power under a contract`
            told = run_of(scene, [done, *what])
            opening = min([done, *what], key=lambda t: t.i)
            common = not opening.ent_type_ and opening.i not in scene.mention_of
            return f"{noun.text}: {told[:1].lower() if common else told[:1]}{told[1:]}"
    clause = sides.under_which(noun)
    if clause is not None and bare_name(noun):  # `the arrangement under which A bought flour`
        return run_of(scene, [noun, *clause.subtree])
    about = _of_relative(noun)
    if about is not None and bare_name(noun):  # `a pipeline, for which they signed an agreement`
        return f"{noun.text} on {noun_phrase(scene, about)}"
    out |= _scene_of_signing(scene, noun)
    out |= {t.i for c in noun.children if _tells_making(c) for t in c.subtree}
    about = next(
        (c for c in noun.head.children if c.dep_ == "prep" and c.lower_ in ("on", "over", "about")), None
    )
    if bare_name(noun) and noun.dep_ == "nsubjpass" and about is not None and not is_time(about):
        # `no agreement was reached on the water`
        return f"{noun.text} {run_of(scene, list(about.subtree))}"
    bare = not any(c.dep_ in ("compound", "amod", "acl", "prep") for c in noun.children)
    led_on = after is not None and after.lower_ in _ABOUT and after.dep_ == "prep" and not is_time(after)
    if bare and led_on and after is not None:
        # `signed a treaty on a tunnel`, where the parser gives the phrase to the verb
        return run_of(scene, [noun, *(t for t in after.subtree if t.i < end and t.i not in out)])
    kept = (t for t in noun.subtree if t.i not in out and t.i < end and t.lower_ not in ("no", "any"))
    return run_of(scene, list(kept))


def _tells_making(below: Token) -> bool:
    """`under the eyes of B`; `signed on August 9`, `that the two presidents signed in Tripoli`."""
    if below.dep_ == "prep":
        return below.lower_ in _SCENE
    if below.dep_ == "npadvmod":
        return below.ent_type_ == "DATE"  # `the accord last month`
    made = below.dep_ == "acl" and below.lemma_ in ("sign", "conclude", "reach", "initial")
    return made and not any(
        c.lower_ in _ABOUT and c.dep_ == "prep" and not is_time(c) for c in below.children
    )


def bare_name(noun: Token) -> bool:
    """`an agreement`, `a deal`, with no word of its own on what was agreed."""
    naming = (c for c in noun.children if c.dep_ in ("compound", "amod", "nmod", "acl", "prep", "poss"))
    return all(_tells_making(c) for c in naming)


def _of_relative(noun: Token) -> Token | None:
    """`X, for which A signed an agreement`: X; of `the outcome is a pipeline, for which …`, the pipeline."""
    verb = clause_of(noun)
    asked = (c for c in verb.children if c.dep_ == "prep" and c.lower_ in _ABOUT)
    if verb.dep_ != "relcl" or not any(o.lower_ == "which" for c in asked for o in c.children):
        return None
    about = verb.head
    told = [c for c in about.head.children if c.dep_ == "attr" and about.dep_ == "nsubj"]
    return told[0] if told else about


def _scene_of_signing(scene: Scene, noun: Token) -> set[int]:
    """`signed an agreement on quotas in Bergen`: the city belongs to the signing, not to the subject."""
    if noun.lemma_.lower() in words.TRUCES or clause_of(noun).lemma_ not in words.MAKE:
        return set()
    away: set[int] = set()
    for prep in noun.subtree:
        if prep.dep_ != "prep" or prep.lower_ not in ("in", "at") or prep.i < noun.i:
            continue
        run = list(prep.subtree)
        end = run[-1].idx + len(run[-1])
        known = list(scene.parsed.places_in(prep.idx, end))
        named = any(t.ent_type_ == "GPE" and t.i not in scene.mention_of for t in run)
        if any(p.kind == "city" for p in known) or (named and not known):
            away |= {t.i for t in run}
    return away


def phrase_of(scene: Scene, token: Token) -> str:
    """All words below a token."""
    return run_of(scene, list(token.subtree))


def run_of(scene: Scene, tokens: list[Token]) -> str:
    """The characters that tokens stand in, from the first to the last, on one line."""
    if not tokens:
        return ""
    ordered = sorted((t for t in tokens if not t.is_space), key=lambda t: t.i)
    if not ordered:
        return ""
    text = scene.text[ordered[0].idx : ordered[-1].idx + len(ordered[-1])]
    text = " ".join(text.translate(_QUOTES).split()).strip(" ,;:.")
    if len(text) > LONGEST:
        head = text[:LONGEST]
        text = head[: head.rfind(",")] if "," in head[40:] else head[: head.rfind(" ")]
    return text


def conditions(scene: Scene, trigger: Token) -> tuple[str, ...]:
    """Clauses of condition in the agreement's own clause, in the article's words."""
    found = []
    clause = clause_of(trigger)
    direct = trigger.pos_ == "VERB" or trigger.dep_ in ("dobj", "nsubj", "nsubjpass")
    for verb in {*([clause] if direct else []), *(c for c in trigger.subtree if c.pos_ == "VERB")}:
        for child in verb.children:
            if child.dep_ == "advcl" and any(
                g.dep_ == "mark" and _CONDITION.fullmatch(g.lower_) for g in child.children
            ):
                found.append((child.i, phrase_of(scene, child)))
            if child.lower_ == "provided" and child.dep_ == "prep":  # as the parser takes `provided that`
                found.append((child.i, phrase_of(scene, child)))
    return tuple(text for _, text in sorted(found))


def is_time(prep: Token) -> bool:
    """`agreed on Tuesday`."""
    return any(c.dep_ == "pobj" and c.ent_type_ in ("DATE", "TIME") for c in prep.children)
