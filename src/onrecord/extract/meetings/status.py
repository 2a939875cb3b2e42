"""Whether an encounter is ahead, took place, was called off, put off or denied: tense, mood and negation."""

from __future__ import annotations

from typing import TYPE_CHECKING

from onrecord.extract.meetings import words
from onrecord.extract.scene import auxiliaries, clause_of, is_negated
from onrecord.types import MeetingStatus, Range, Role

if TYPE_CHECKING:
    from spacy.tokens import Token

_AHEAD_AUX = frozenset(
    {"will", "wo", "'ll", "’ll", "shall", "would", "may", "might", "could", "can", "should", "must"}
)
_WILLING = frozenset(
    {
        "ready", "willing", "prepared", "due", "set", "likely", "expected", "scheduled", "able", "eager",
        "supposed",
    }
)  # fmt: skip
_IF_ASKED = frozenset({"honor", "honour", "happy", "glad", "delight", "open", "able", "love"})
_REFUSE = frozenset({"refuse", "decline", "reject"})


def of(token: Token, *, role: Role | None) -> MeetingStatus | None:
    """Status told by the words around a trigger; None where they speak of no encounter at all."""
    found = _verb(token, role) if token.pos_ in ("VERB", "AUX") else _noun(token, role)
    return "denied" if found == "held" and is_denied(token) else found


def is_denied(token: Token) -> bool:
    """`denied that he had spoken with B`, `denied having met B`, `denied that the meeting took place`."""
    verb = token if token.pos_ in ("VERB", "AUX") else clause_of(token)
    if verb != token and token.dep_ not in ("dobj", "nsubj", "nsubjpass"):
        return False  # `denied that duties were discussed at the meeting`
    if verb != token and token.dep_ != "dobj" and verb.lemma_ not in ("take", "happen", "occur", "be"):
        return False
    above = verb.head
    denies = above.lemma_ == "deny" and above != verb and verb.dep_ in ("ccomp", "xcomp", "pcomp", "dobj")
    return denies and not is_negated(above)


def called_off_by(token: Token) -> Token | None:
    """The verb that called an encounter off or put it off, told of its noun."""
    if token.pos_ in ("VERB", "AUX"):
        return None
    near = [clause_of(token), *(c for c in token.children if c.dep_ in ("acl", "relcl"))]
    return next((v for v in near if _called_off(v) in ("cancelled", "postponed")), None)


def is_news_of_change(token: Token, status: MeetingStatus | None) -> bool:
    """A noun whose main clause tells that it was called off; `since talks were put off` looks back."""
    main = clause_of(token).dep_ in ("ROOT", "ccomp", "conj")
    return status in ("cancelled", "postponed") and main and token.dep_ in ("dobj", "nsubjpass")


def is_firm(token: Token) -> bool:
    """True when the words themselves say whether it took place; `at their meeting` alone does not."""
    if token.pos_ in ("VERB", "AUX") or token.dep_ != "pobj":
        return True
    verb = clause_of(token.head)
    helpers = {a.lower_ for a in auxiliaries(verb)}
    past = verb.tag_ == "VBD" or (verb.tag_ == "VBN" and bool(helpers & {"was", "were"}))
    return token.head.lower_ in words.WITHIN and past and not helpers & {"has", "have", "had"}


def settled(status: MeetingStatus, date: Range | None, written: Range | None) -> MeetingStatus:
    """The status with the calendar's word in it: what lies wholly after the article is still ahead."""
    if date and written and status == "held" and date.start and written.end and date.start > written.end:
        return "prospective"
    return status


def _verb(token: Token, role: Role | None) -> MeetingStatus | None:
    if token.tag_ in ("NN", "NNP", "NNS"):  # a headline's `A and B meet`
        return "held"
    helpers = {a.lower_ for a in auxiliaries(token)}
    if is_negated(token) or {"n't", "not"} & {c.lower_ for c in token.children}:
        if helpers & {"will", "wo", "would"}:
            return "cancelled"
        return "denied" if helpers & {"did", "had", "has", "have"} else None
    perfect = helpers & {"have", "'ve", "’ve", "has", "had", "having"}
    if helpers & _AHEAD_AUX and perfect:
        return None  # would have met, may have met
    if helpers & _AHEAD_AUX:
        return "prospective"
    if token.tag_ == "VB" or "to" in helpers:
        return _infinitive(token)
    if any(c.lower_ == "if" for c in token.children if c.dep_ == "mark"):
        return "prospective"
    if token.tag_ == "VBG":
        return _participle(token, helpers)
    if token.tag_ in ("VBP", "VBZ"):
        return _present(token, role)
    return "held"


def _present(token: Token, role: Role | None) -> MeetingStatus | None:
    """Present tense: news of the day in headlines and captions, a plan with a coming day elsewhere."""
    if token.lemma_ == "negotiate":
        return None  # `negotiates with B` goes on; it is no one encounter
    marks = {c.lower_ for c in token.children if c.dep_ in ("mark", "advmod")}
    if marks & {"when", "before", "once", "until", "unless", "as"} or token.dep_ == "advcl":
        return "prospective"
    return "held" if role in ("headline", "caption", "heading") else "prospective"


def _infinitive(token: Token) -> MeetingStatus | None:
    """`agreed to meet` is ahead, `refused to meet` denied, `managed to meet` held."""
    head = token.head
    if head.lemma_ in _REFUSE:
        return "denied"
    if head.lemma_ in ("manage", "begin", "start", "continue"):
        return "held" if head.tag_ in ("VBD", "VBN") else "prospective"
    if is_negated(head) or head.lemma_ in _IF_ASKED:
        return None  # `would be honoured to meet B`
    # the one `to` with a past trip: `flew to Geneva to meet X`
    if token.dep_ in ("advcl", "xcomp") and head.lemma_ in ("fly", "travel", "arrive", "come", "go", "visit"):
        past = head.tag_ == "VBD" or (
            head.tag_ == "VBN" and not {a.lower_ for a in auxiliaries(head)} & _AHEAD_AUX
        )
        return "held" if past else "prospective"
    return "prospective"


def _participle(token: Token, helpers: set[str]) -> MeetingStatus | None:
    if helpers & {"is", "are", "'s", "’s", "be"}:
        return "prospective"
    if helpers & {"was", "were", "been"}:
        return "held"
    head = token.head
    if head.dep_ == "prep" or token.dep_ == "pcomp":
        if head.lower_ in words.BEFORE or head.lower_ in ("of", "for", "by"):
            return "prospective"
        return _governed(clause_of(head), default="held")
    if head.lemma_ in ("deny",):
        return "denied"
    if head.lemma_ in words.PLAN or head.lemma_ == "avoid":
        return "prospective" if head.lemma_ != "avoid" else None
    return _governed(clause_of(head), default="held") if head != token else "held"


def _governed(verb: Token, *, default: MeetingStatus) -> MeetingStatus | None:
    """Status lent by the clause that an encounter stands in."""
    helpers = {a.lower_ for a in auxiliaries(verb)}
    if helpers & _AHEAD_AUX and not helpers & {"have", "has", "had"}:
        return "prospective"
    if "to" in helpers and verb.dep_ == "acl":
        return None  # `his promise to be neutral in negotiations between A and B`
    if "to" in helpers and verb.dep_ == "xcomp" and verb.head.lemma_ in words.PLAN | {"have", "be", "need"}:
        return "prospective"
    return default


def _noun(token: Token, role: Role | None) -> MeetingStatus | None:
    mods = {c.lower_ for c in token.children if c.dep_ in ("amod", "compound", "nmod")}
    verb = clause_of(token.head if token.dep_ == "poss" else token)
    lemma = verb.lemma_.lower()
    object_of = token.dep_ in ("dobj", "nsubjpass", "conj", "appos", "attr", "nsubj", "oprd", "ROOT")
    changed = _called_off(verb) if object_of else None
    if changed:
        return changed
    for below in token.children:  # `the summit planned for May`, `talks that were called off`
        if below.dep_ in ("acl", "relcl"):
            if below.lemma_ in words.PLAN - {"agree", "announce", "ask"} and not _went_on(token, verb):
                return "prospective"
            if changed := _called_off(below):
                return changed
    if mods & {"cancelled", "canceled", "aborted", "scrapped"}:
        return "cancelled"
    if mods & {"postponed", "delayed"}:
        return "postponed"
    if object_of and lemma == "deny":
        return "denied"
    if mods & words.AHEAD:
        return None if is_negated(verb) else "prospective"
    if token.dep_ == "pobj":
        return _in_phrase(token, verb)
    return _as_argument(token, verb, lemma, role)


def _went_on(token: Token, verb: Token) -> bool:
    """`The talks, for which an hour had been set aside, went on for two`: held, whatever was planned."""
    lasting = verb.lemma_ in ("last", "go", "run", "take", "stretch", "drag", "end", "begin", "start", "open")
    return token.dep_ == "nsubj" and verb.tag_ == "VBD" and lasting and not is_negated(verb)


def _called_off(verb: Token) -> MeetingStatus | None:
    """`cancelled`, `called off`, `put off`: what a verb did to the plan."""
    lemma = verb.lemma_.lower()
    particles = {c.lower_ for c in verb.children if c.dep_ in ("prt", "advmod")}
    if lemma in words.CANCEL or (lemma == "call" and "off" in particles):
        return _changed(verb, "cancelled")
    if lemma in words.POSTPONE or (lemma in ("put", "push") and particles & {"off", "back"}):
        return _changed(verb, "postponed")
    return None


def _changed(verb: Token, status: MeetingStatus) -> MeetingStatus:
    """`cancelled the talks`, but `threatened to cancel` and `may cancel` leave them ahead."""
    helpers = {a.lower_ for a in auxiliaries(verb)}
    if is_negated(verb) or helpers & {"may", "might", "could", "would", "should"}:
        return "prospective"
    if (
        verb.tag_ == "VB"
        and "will" not in helpers
        and verb.head.lemma_ in ("threaten", "want", "consider", "urge")
    ):
        return "prospective"
    return status


def _in_phrase(token: Token, verb: Token) -> MeetingStatus | None:
    prep = token.head
    if prep.lower_ in words.BEFORE or (prep.lower_ == "of" and prep.head.lower_ == "ahead"):
        return "prospective"
    if verb.lemma_ in ("expect", "hope", "want", "await") and not is_negated(verb):
        return "prospective"
    if prep.lower_ in ("for", "to", "on", "about", "into") and verb.lemma_ in (
        words.PLAN | {"call", "invite", "look", "prepare", "wait", "press", "return", "lead", "open", "pave"}
    ):
        return "prospective"
    if prep.lower_ == "for" and verb.lemma_ in (
        "arrive",
        "fly",
        "travel",
        "head",
        "gather",
        "come",
        "go",
        "be",
    ):
        past = verb.tag_ in ("VBD", "VBN")
        return "held" if past else "prospective"
    return _governed(verb, default="held")


def _as_argument(token: Token, verb: Token, lemma: str, role: Role | None) -> MeetingStatus | None:
    helpers = {a.lower_ for a in auxiliaries(verb)}
    ahead = helpers & _AHEAD_AUX and not helpers & {"have", "has", "had"}
    if is_negated(verb):
        if token.dep_ in ("dobj", "nsubjpass") and lemma in words.LIGHT | {"take"}:
            return None if lemma in words.PLAN else ("denied" if not ahead else "cancelled")
        return "prospective" if ahead else "held"
    if token.dep_ in ("dobj", "nsubjpass", "conj") and lemma in words.PLAN:
        return "prospective"
    if verb.tag_ == "VB" and ("to" in helpers or verb.dep_ in ("xcomp", "advcl")):
        governor = verb.head
        past = governor.lemma_ in ("fly", "travel", "come", "arrive", "manage") and governor.tag_ == "VBD"
        return "held" if past else "prospective"
    if ahead or any(c.lower_ == "if" for c in verb.children):
        return "prospective"
    if verb.tag_ == "VBG" and helpers & {"is", "are", "'s", "’s"} and lemma in words.LIGHT:
        return "prospective"
    if verb.tag_ in ("VBP", "VBZ") and lemma in ("take", "begin", "start", "open") and role == "body":
        return "prospective"
    return "held"
