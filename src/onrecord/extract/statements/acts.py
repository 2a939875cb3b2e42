"""What a statement does: its act, whether the cue is negated, and whether the article hedges it.

The act is that of the word that introduces it (tables/cues.csv). What stands around the word changes it in a
few ways: what one did not mention is an omission; what one would not say is declined; to vote, argue or
speak for something is to agree to it, against it to reject it; to tell somebody to do a thing is to demand
it. A neutral word (`said`) takes the act from what is said only where that is plain: the speaker's own
`will` is a promise, `should` and `must` for others a demand.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, NamedTuple

from onrecord.facts.cues import Cues, groups
from onrecord.types import Act

if TYPE_CHECKING:
    from spacy.tokens import Token

_POS = {"VERB": "verb", "AUX": "verb", "NOUN": "noun", "PROPN": "noun", "ADJ": "adj"}
_SIDES: Mapping[str, Act] = {"for": "agree", "against": "reject"}
_SIDED = frozenset({"vote", "campaign", "speak", "argue", "come", "rule", "side", "lobby", "rally"})

_TOLD = frozenset({"say", "confirm", "propose", "demand", "decide"})
_OPEN_QUESTION = frozenset({"how", "when", "where", "who", "whether", "which", "why", "what"})
"""Not to say, or not to lay down, how or when is to leave it open."""


class Reading(NamedTuple):
    """Act, negation and hedge of one statement."""

    act: Act
    negated: bool
    hedged: bool


def read(cue: list[Token], content: list[Token], cues: Cues, source: Sequence[Token] = ()) -> Reading:
    """Act, negation and hedge of a statement.

    Args:
        cue: tokens of the cue.
        content: tokens of what is said, in text order.
        cues: the table of words.
        source: tokens of who says it.
    """
    words = groups()
    negated, hedged = _negated(cue), _hedged(cue)
    lemmas = {t.lemma_.lower() for t in cue}
    first = next((t for t in content if t.pos_ in ("VERB", "AUX")), None)
    if lemmas & {"decline", "refuse"}:
        silent = lemmas & words["saying"] or (first is not None and _silent(first, content))
        return Reading("decline" if "decline" in lemmas or silent else "reject", negated, hedged)
    if negated and lemmas & words["answering"]:
        return Reading("decline", True, hedged)
    if negated and lemmas & {"would", "will", "wo"} and lemmas & words["saying"]:
        return Reading("decline", True, hedged)
    if (negated or lemmas & words["barely"]) and lemmas & words["mentioning"]:
        return Reading("omit", negated, hedged)
    if {"stop", "short"} <= lemmas:
        return Reading("omit", negated, hedged)
    act = _act(cue, content, cues, source)
    told = any(t.pos_ == "VERB" and _of_word(t, cues) in _TOLD for t in cue)
    if negated and told and content and content[0].lower_ in _OPEN_QUESTION:
        return Reading("omit", True, hedged)
    return Reading(act, negated, hedged)


def _silent(first: Token, content: list[Token]) -> bool:
    """What is refused is to say or show something."""
    return first.lemma_.lower() in groups()["saying"] or any(t.lower_ == "public" for t in content[:4])


def _act(cue: list[Token], content: list[Token], cues: Cues, source: Sequence[Token]) -> Act:
    told = [(t, _of_word(t, cues)) for t in cue]
    strong = [(t, act) for t, act in told if act and act != "say"]
    lemmas = {t.lemma_.lower() for t in cue}
    last = cue[-1].lower_ if cue else ""
    if lemmas & _SIDED and last in _SIDES:
        return _SIDES[last]
    for i, token in enumerate(cue):
        after = {t.lower_ for t in cue[i + 1 :] if t.pos_ in ("ADP", "SCONJ", "PART")}
        changed = _by_frame(token, after, content)
        if changed:
            return changed
    if cue and cue[0].lemma_.lower() in groups()["neutral"] and cue[0].pos_ == "VERB":
        strong = [(t, a) for t, a in strong if t.pos_ == "VERB"]  # said in an interview, said on a visit
    if strong:
        verbs = [(t, a) for t, a in strong if t.pos_ in ("VERB", "AUX")]
        if any(a != "assess" for _, a in strong):
            strong = [(t, a) for t, a in strong if a != "assess"] or strong
        nouns = [(t, a) for t, a in strong if t.pos_ not in ("VERB", "AUX")]
        return _of_refusal(verbs, nouns) or (nouns or verbs or strong)[-1][1]
    return _by_content(cue, content, source)


def _of_refusal(verbs: Sequence[tuple[Token, Act]], nouns: Sequence[tuple[Token, Act]]) -> Act | None:
    """The act of a verb that answers the noun under it: to reject a request is no demand."""
    for verb, act in verbs:
        under = {a for t, a in nouns if verb in t.ancestors}
        if under and (act in ("reject", "deny") or (act == "propose" and under == {"ask"})):
            return act
    return None


def _of_word(token: Token, cues: Cues) -> Act | None:
    pos = _POS.get(token.pos_)
    if pos is None:
        return None
    lemma = token.lemma_.lower()
    found = cues.act(pos, lemma)
    if found is None:
        found = next((a for p in ("verb", "noun", "adj") if (a := cues.act(p, lemma))), None)
    return found


def _by_frame(token: Token, after: set[str], content: list[Token]) -> Act | None:
    """Words whose act hangs on what follows them."""
    lemma = token.lemma_.lower()
    start = content[0].lower_ if content else ""
    infinitive = start == "to" or (
        len(content) > 1 and any(t.lower_ == "to" and t.dep_ == "aux" for t in content[:6])
    )
    clause = start in ("that", "if", "whether", "what", "who", "why", "how", "when", "where", "which")
    if lemma in ("tell", "instruct") and start == "to" and token.pos_ == "VERB":
        return "demand"
    if lemma == "ask":
        return (
            "demand"
            if "for" in after or start == "for" or (infinitive and not clause and not _quoted(content))
            else "ask"
        )
    if lemma == "call" and token.pos_ == "VERB":
        return "demand" if after & {"for", "on", "upon"} or start == "for" else "say"
    if lemma == "suggest":
        return "propose" if token.tag_ != "VBN" and content and content[0].tag_ == "VBG" else "say"
    if lemma == "insist":
        return "demand" if after & {"on", "upon"} else "say"
    if lemma == "question" and token.pos_ == "VERB":
        return "ask" if clause or not content else "criticise"
    if lemma == "plan" and token.pos_ in ("NOUN", "PROPN"):
        return "decide" if start == "to" else "propose"
    if lemma == "rule" and ("out" in after or any(t.lower_ == "out" for t in content[-2:])):
        return "reject"
    return None


def _quoted(content: list[Token]) -> bool:
    return bool(content) and content[0].is_quote


def _by_content(cue: list[Token], content: list[Token], source: Sequence[Token]) -> Act:
    """What a neutral word introduces, where the first clause makes it plain."""
    words = groups()
    if not {t.lemma_.lower() for t in cue} & words["neutral"]:
        return "say"
    aux = next((t for t in content[:25] if t.dep_ == "aux" and t.tag_ == "MD"), None)
    if aux is None:
        return "say"
    verb = aux.head
    unsaid = any(t.lower_ in words["negations"] for t in content if aux.i < t.i < verb.i)
    if (
        unsaid
        or any(c.dep_ == "neg" for c in verb.children)
        or verb.dep_ in ("advcl", "relcl", "acl", "conj")
    ):
        return "say"
    subject = next((c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass")), None)
    if (
        subject is None
        or (subject.lower_ == "it" and verb.lemma_ in ("be", "take", "seem"))
        or any(t.pos_ == "VERB" and t.i < subject.i for t in content)
    ):
        return "say"
    oneself = subject.lower_ in words["self"] or any(
        t.lemma_ == subject.lemma_ and t.pos_ == "PROPN" for t in source
    )
    if aux.lower_ in words["volition"] and oneself and verb.pos_ == "VERB" and subject.dep_ == "nsubj":
        return "promise"
    if aux.lower_ in words["obliging"] and subject.lower_ not in ("i", "we"):
        return "demand"
    return "say"


def _negated(cue: list[Token]) -> bool:
    own = {t.i for t in cue}
    negations = groups()["negations"]
    return any(t.lower_ in negations or t.dep_ == "neg" for t in cue) or any(
        c.dep_ == "neg" and c.i not in own and c.i < t.i
        for t in cue
        if t.pos_ in ("VERB", "AUX")
        for c in t.children
    )


def _hedged(cue: list[Token]) -> bool:
    words = groups()
    for token in cue:
        lemma = token.lemma_.lower()
        if token.lower_ in words["hedges"] or lemma in words["seeming"]:
            return True
        if token.pos_ in ("VERB", "AUX"):
            if any(
                c.lower_ in words["hedges"] or (c.tag_ == "MD" and c.lower_ in ("may", "might"))
                for c in token.children
            ):
                return True
            if token.dep_ == "xcomp" and token.head.lemma_ in words["seeming"]:
                return True
    return False
