"""What became of an agreement: the word that says it, and the state that it tells.

Read off the syntax around its noun: made, kept, broken, left, run out, still in force, or never made.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.agreements import sides, words
from onrecord.extract.agreements.days import AHEAD
from onrecord.extract.agreements.wording import is_time
from onrecord.extract.scene import Scene, auxiliaries, clause_of, is_negated
from onrecord.types import AgreementState

if TYPE_CHECKING:
    from spacy.tokens import Token

LATER: tuple[AgreementState, ...] = ("in_force", "violated", "expired", "withdrawn")
"""States of an agreement that was made before."""
_DONE = frozenset({"after", "by", "since", "upon", "for", "without"})
"""Prepositions under which what follows has been done: `after signing the pact`."""
_UNDER = frozenset({"to", "on", "of", "from", "into", "with", "upon"})
"""Prepositions between a verb and the agreement it makes or leaves: `signed on to`, `pulled out of`."""


_SIGNERS = words.CONSENTS | {"sign", "negotiate", "approve", "endorse", "announce"}
"""Verbs of people; an agreement does none of these."""


def governing_of(noun: Token) -> Token | None:
    """The verb, or noun of leaving, that says what became of the agreement."""
    relative = next((c for c in noun.children if c.dep_ in ("relcl", "acl")), None)
    head = noun.head
    if noun.dep_ == "pobj" and head.dep_ == "prep":
        owner = head.head
        if owner.lemma_.lower() in words.LEAVING | words.PROLONGING | {"violation"}:
            return owner
        if (
            head.lower_ in _UNDER
            and owner.pos_ == "VERB"
            and owner.lemma_ in words.LEAVE | words.MAKE | words.BREAK | words.PROPOSE | words.KEEP
        ):
            return owner
        return relative
    verb = clause_of(noun)
    return (
        verb
        if verb != noun and noun.dep_ in ("dobj", "nsubj", "nsubjpass", "conj", "attr", "appos")
        else relative
    )


def state_of(noun: Token, governing: Token | None) -> AgreementState | None:  # noqa: PLR0912  a table in prose
    if governing is None:
        return None
    lemma = governing.lemma_.lower()
    if governing.dep_ in ("ccomp", "pcomp") and "deny" in (governing.head.lemma_, governing.head.head.lemma_):
        # `B denies that it has violated the treaty, which the two signed in 1987`
        signed = next((c for c in noun.children if c.dep_ == "relcl" and c.lemma_ == "sign"), None)
        return state_of(noun, signed) if signed is not None and signed != governing else None
    helpers = {a.lower_ for a in auxiliaries(governing)}
    ahead = bool(helpers & AHEAD) or (governing.tag_ == "VB" and governing.dep_ in ("xcomp", "advcl", "acl"))
    nothing = any(c.lower_ == "no" for c in noun.children)
    no = is_negated(governing) or nothing
    subject = noun.dep_ in ("nsubj", "nsubjpass")
    if lemma in words.LEAVING:
        planned = any(
            c.lower_ in ("proposed", "planned", "threatened", "possible") for c in governing.children
        )
        return "in_force" if planned else "withdrawn"
    if lemma in words.PROLONGING:
        return "in_force"
    if lemma == "violation" or lemma in words.BREAK:
        return None if no or ahead else "violated"
    if lemma in words.LEAVE:
        return None if no else ("in_force" if ahead or tried(governing) else "withdrawn")
    ran_out = lemma == "run" and any(c.dep_ == "prt" and c.lower_ == "out" for c in governing.children)
    if (lemma in words.EXPIRE or ran_out) and subject:
        return "in_force" if ahead or governing.tag_ in ("VBZ", "VBP") else "expired"  # `expires in May`
    if lemma in words.KEEP:
        held = noun.dep_ in ("dobj", "nsubjpass", "pobj")
        failed = tried(governing) == "fail" and governing.head.tag_ in ("VBD", "VBN", "VBZ", "VBP")
        if held and ((failed and not no) or (no and not ahead)):
            return "violated"  # `failed to keep`, `has not honoured`
        return "in_force" if held and not no and not ahead and not tried(governing) else None
    if _is_in_force(noun, governing) and not no and not ahead:
        return "in_force"
    if _is_within_subject(noun, governing) and lemma in _SIGNERS and not _is_passive(governing):
        return None  # `one contract, he and B agreed …`
    if (no and lemma in words.MAKE) or (nothing and lemma in ("be", "have")):
        return "not_agreed"
    if lemma in words.REFUSE:
        return "not_agreed"
    if tried(governing) == "fail":
        return "not_agreed"
    if governing.tag_ == "VBG" and governing.dep_ == "pcomp" and governing.head.lower_ not in _DONE:
        return None  # `is open to negotiating a deal`
    if lemma in words.MAKE:
        if ahead or tried(governing):
            return (
                "proposed" if lemma in ("sign", "conclude", "reach", "renew", "extend") and not no else None
            )
        return "in_force" if lemma in words.RENEW else "agreed"
    if subject and lemma in words.HOLD | words.BEGIN:
        return "agreed" if ahead or "to" in helpers else "in_force"
    if lemma in words.PROPOSE and noun.dep_ in ("dobj", "nsubjpass"):
        return "proposed"
    relative = next((c for c in noun.children if c.dep_ in ("relcl", "acl")), None)
    return state_of(noun, relative) if relative is not None and relative != governing else None


def set_off_behind(noun: Token) -> Token | None:
    """The participle set off behind a noun phrase: `the truce, violated within days`."""
    own = (t for c in noun.children if c.dep_ == "prep" and c.i > noun.i for t in c.subtree)
    last = max((t.i for t in own if not t.is_punct), default=noun.i)
    rest = noun.doc[last + 1 : last + 4]
    if len(rest) < 3 or rest[0].text != "," or rest[1].tag_ not in ("VBN", "VBD"):
        return None
    known = rest[1].lemma_ in words.MAKE | words.BREAK
    return rest[1] if known and rest[2].pos_ in ("ADP", "ADV", "SCONJ") else None


def state_behind(verb: Token) -> AgreementState:
    if verb.lemma_ in words.BREAK:
        return "violated"
    near = " ".join(t.lower_ for t in verb.doc[verb.i : verb.i + 14] if t.sent == verb.sent)
    return "in_force" if "still in force" in near else "agreed"


def is_blamed(scene: Scene, noun: Token, governing: Token | None, parties: tuple[str, ...]) -> bool:
    """`B has torn up the pact`, says A: broken, on the word of the other side."""
    said = scene.statement_at(noun.idx)
    if governing is None or governing.lemma_ != "tear" or said is None or not said.speaker:
        return False
    return scene.side(said.speaker) not in sides.sides(scene, parties)


def _is_within_subject(noun: Token, verb: Token) -> bool:
    """The subject of a verb, or joined to it."""
    at = noun
    while at.dep_ in ("appos", "conj") and at.head != at:
        at = at.head
    return at.dep_ == "nsubj" and at.head == verb


def _is_passive(verb: Token) -> bool:
    return any(c.dep_ in ("auxpass", "nsubjpass") for c in verb.children)


def _is_in_force(noun: Token, verb: Token) -> bool:
    """`is still in force`, `which runs for another ten years`, `the protocol forbids …`."""
    if not (noun.dep_ in ("nsubj", "nsubjpass") or verb.dep_ == "relcl"):
        return False
    preps = [c for c in verb.children if c.dep_ == "prep"]
    lemma = verb.lemma_.lower()
    present = verb.tag_ in ("VBZ", "VBP")
    if lemma in ("be", "remain"):
        return any(c.lower_ == "in" and any(o.lower_ == "force" for o in c.children) for c in preps)
    if lemma == "run":
        return present and any(c.lower_ in words.LASTING and is_time(c) for c in preps)
    return lemma in words.FORBID and present


def tried(verb: Token) -> str | None:
    """The verb over an infinitive: `failed to sign`, `threatened to quit`."""
    return verb.head.lemma_ if verb.dep_ == "xcomp" and verb.head != verb else None


def yet_to_be(verb: Token) -> bool:
    """`A and B have yet to agree on who pays`."""
    above = verb.head
    return above.lemma_ in ("have", "be") and any(
        c.lower_ == "yet" for c in (*above.children, *verb.children)
    )
