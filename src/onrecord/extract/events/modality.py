"""Whether what a trigger names was done: negation, modals, and the verbs above it that promise, refuse or
report.

"will meet" is an agreement and not yet a meeting, "will bomb" a threat, "refused to meet" a rejection:
`shift` holds these rules, `reading_of` collects what they need from the words above the trigger.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.events import grammar
from onrecord.facts.plover import Ontology
from onrecord.types import EventStatus

if TYPE_CHECKING:
    from spacy.tokens import Token

FUTURE = frozenset({"will", "'ll", "’ll", "wo", "shall"})
OBLIGATION = frozenset({"must"})
POSSIBLE = frozenset({"could", "may", "might", "can", "ca", "should", "ought"})
IF = frozenset({"if", "unless", "whether", "should", "in case"})
IMPLYING = frozenset(
    {"help", "force", "use", "appear", "seem", "move", "act", "get", "let", "make", "cause", "send", "order",
     "compel", "lead", "prompt", "enable", "allow", "permit", "authorise", "authorize", "join", "turn",
     "come", "tend", "rush", "step", "say", "report", "know", "believe", "find", "see",
     "choose", "decide", "opt", "vote"}
)  # fmt: skip
"""Verbs whose "to" clause is as good as done; below others that no operator knows ("needs to", "wants X to")
it is not."""
HABITS = frozenset(
    {"normally", "usually", "generally", "typically", "often", "always", "sometimes", "regularly"}
)
"""Adverbs of what happens again and again ("officials *normally* meet in summer")."""
DOUBTFUL = frozenset({"possible", "conceivable", "unlikely", "doubtful", "unclear", "uncertain"})
MEANT = frozenset(
    {"plan", "intend", "hope", "set", "due", "expected", "likely", "poised", "bound", "scheduled", "about"}
)
"""Words that tell what somebody means to do or is to do, and no word given."""
AIMS = frozenset(
    {"job", "goal", "aim", "purpose", "plan", "role", "task", "mission", "point", "idea", "duty", "intention",
     "objective", "strategy", "way", "hope", "thing", "challenge", "key", "answer", "choice", "option"}
)  # fmt: skip
COMPLEMENTS = frozenset({"xcomp", "ccomp", "pcomp", "acl", "acomp", "oprd"})
DEPTH = 6
"""Verbs looked at above a trigger; deeper nesting is rarer than the parser's own errors."""
VERBAL_CONFLICT_STAYS = frozenset({"REQUEST", "ACCUSE", "REJECT", "THREATEN"})
KEPT_UNDER_NEGATION = frozenset({"CONSULT"})
AGREE_MODES = {
    "CONSULT": "meet", "AID": "aid", "CONCEDE": "yield", "RETREAT": "yield", "COOPERATE": "cooperate",
}  # fmt: skip


@dataclass(frozen=True)
class Reading:
    """How a trigger is to be read; `speaker` and `governor` are verbs above it."""

    future: bool = False
    negated: bool = False
    refused: bool = False
    ceased: bool = False
    obliged: bool = False
    possible: bool = False
    conditional: bool = False
    attempted: bool = False
    unreal: bool = False
    """Only wanted, needed or asked for."""
    disowned: bool = False
    """Somebody denies it."""
    unless: bool = False
    embedded: int = 0
    """Clauses between the trigger and the sentence's root, those of saying not counted."""
    speaker: Token | None = None
    """The verb of saying right above."""
    governors: tuple[Token, ...] = ()
    """Verbs and adjectives above whose complement the trigger is, nearest first."""


class Operators:
    """The operator table by word."""

    def __init__(self, known: Ontology) -> None:
        self._effects: dict[tuple[str, str], str] = {
            (w, o.pos): o.effect for o in known.operators for w in o.words
        }

    def effect(self, token: Token) -> str | None:
        """What a governing word does to its complement, None for nothing known."""
        pos = "V" if token.pos_ in ("VERB", "AUX") else "A"
        return self._effects.get((token.lemma_.lower(), pos)) or self._effects.get((token.lower_, "A"))


def _auxiliaries(verb: Token) -> set[str]:
    own = grammar.auxiliaries(verb)
    if not own and verb.dep_ == "conj" and verb.tag_ == "VB":
        return _auxiliaries(verb.head)
    if (
        verb.tag_ == "VBG"
        and verb.lemma_ == "go"
        and "be" in {c.lemma_ for c in verb.children if c.dep_ == "aux"}
    ):
        return own | ({"will"} if any(c.dep_ == "xcomp" for c in verb.children) else set())
    return own


def carrier(trigger: Token) -> Token:
    """The verb whose tense and negation hold for a trigger: itself, or the one a noun depends on."""
    if trigger.pos_ in ("VERB", "AUX"):
        return trigger
    head = trigger.head
    if trigger.pos_ in ("ADJ", "ADV"):
        return head if head.pos_ in ("AUX", "VERB") else trigger
    steps = 0
    while head.pos_ == "ADP" and head.head != head and steps < 2:
        head, steps = head.head, steps + 1
    usable = trigger.dep_ in ("dobj", "nsubjpass", "nsubj", "attr", "pobj")
    return head if usable and head.pos_ in ("VERB", "AUX") else trigger


def reading_of(trigger: Token, operators: Operators) -> Reading:
    """What the words on and above a trigger say about it."""
    verb = carrier(trigger)
    climb = _Climb(operators)
    if _would_if(verb):
        climb.told["conditional"] = True
    if verb.tag_ in ("VBP", "VBZ") and any(c.lower_ in HABITS for c in verb.children if c.dep_ == "advmod"):
        climb.told["unreal"] = True
    climb.told["unless"] = trigger is verb and any(
        g.lower_ == "unless" for c in verb.children if c.dep_ == "advcl" for g in c.children
    )
    climb.told["negated"] = (verb.pos_ in ("VERB", "AUX") and grammar.negated(verb)) or (
        trigger is not verb and any(c.lower_ == "no" and c.dep_ == "det" for c in trigger.children)
    )
    node: Token | None = verb
    for _ in range(DEPTH):
        if node is None:
            break
        _modal(node, climb.told)
        node = climb.above(node)
    return Reading(
        embedded=climb.embedded, speaker=climb.speaker, governors=tuple(climb.governors), **climb.told
    )


def _would_if(verb: Token) -> bool:
    """Whether a deed is only supposed: "would attack only if", "would have helped", "had Peru attacked"."""
    helpers = grammar.auxiliaries(verb)
    if "would" in helpers:
        clauses = (c for c in verb.children if c.dep_ == "advcl")
        return "have" in helpers or any(g.lower_ == "if" for c in clauses for g in c.children)
    if verb.dep_ != "advcl":
        return False
    first = next((c for c in verb.children if c.dep_ == "aux"), None)
    subject = next(grammar.children(verb, grammar.SUBJECTS), None)
    return (
        first is not None
        and subject is not None
        and first.i < subject.i
        and first.lower_ in ("had", "should")
    )


class _Climb:
    """The way up from a trigger: what each governing word adds."""

    def __init__(self, operators: Operators) -> None:
        self.operators = operators
        self.told: dict[str, bool] = {}
        self.governors: list[Token] = []
        self.speaker: Token | None = None
        self.embedded = 0

    def above(self, node: Token) -> Token | None:
        """The next word that still bears on the trigger, None at the top or behind a relative clause."""
        if any(c.dep_ == "mark" and c.lower_ in IF for c in node.children):
            self.told["conditional"] = True
        head = node.head
        if head is node:
            return None
        if node.dep_ == "conj" and head.pos_ in ("VERB", "AUX", "ADJ"):
            if any(c.dep_ in grammar.SUBJECTS | grammar.PASSIVE_SUBJECTS for c in node.children):
                return None
            return head
        if node.dep_ in COMPLEMENTS or grammar.purpose(node):
            return self._governed(node, head)
        if node.dep_ in ("relcl", "advcl", "dep", "parataxis"):
            self.embedded += 1
            return None
        if node.pos_ in ("NOUN", "PROPN") and carrier(node) is not node:
            self.embedded += 1
            return carrier(node)
        return None

    def _governed(self, node: Token, head: Token) -> Token:
        """The governor of a complement: a verb of saying is seen through, any other counts."""
        if node.dep_ == "pcomp" and head.pos_ == "ADP" and head.head is not head:
            head = head.head
        if node.dep_ == "ccomp" and any(
            c.lemma_.lower() in DOUBTFUL for c in head.children if c.dep_ == "acomp"
        ):
            self.told["conditional"] = True
        if node.dep_ == "ccomp" and _only_reports(head):
            self.speaker = self.speaker or head
            return head
        self.governors.append(head)
        effect = self.operators.effect(head)
        self.embedded += head.pos_ != "AUX" and effect not in ("intend", "begin")
        if head.lemma_ == "be" and node.dep_ == "xcomp" and _infinitive(node):
            aims = any(c.lemma_.lower() in AIMS for c in head.children if c.dep_ in grammar.SUBJECTS)
            self.told["unreal" if aims else "future"] = True  # "is to lend"; "his job is to help"
        _effect(effect, head, self.told)
        if head.pos_ == "VERB" and head.lemma_ == "deny":
            self.told["disowned"] = not grammar.negated(head)
        elif effect is None and head.pos_ == "ADJ" and _infinitive(node):
            self.told["unreal"] = True  # "hard for Kenya to accept"
        elif effect is None and head.pos_ == "VERB" and head.lemma_ not in IMPLYING and _infinitive(node):
            self.told["unreal"] = not grammar.passive(head)
        return carrier(head) if head.pos_ in ("NOUN", "PROPN") else head


def _only_reports(verb: Token) -> bool:
    """Whether a verb of saying tells no act of its own; "warned France that" does."""
    if verb.pos_ not in ("VERB", "AUX") or verb.lemma_.lower() not in grammar.SAYING:
        return False
    return verb.lemma_ != "warn" or not any(c.dep_ in grammar.OBJECTS for c in verb.children)


def _infinitive(verb: Token) -> bool:
    return any(c.lower_ == "to" and c.dep_ == "aux" for c in verb.children)


def _modal(verb: Token, told: dict[str, bool]) -> None:
    words = _auxiliaries(verb)
    if words & FUTURE:
        told["future"] = True
    if "would" in words:
        key = "future" if verb.dep_ in ("ccomp", "conj", "relcl", "advcl", "ROOT") else "possible"
        told[key] = True
    if words & OBLIGATION:
        told["obliged"] = True
    if words & POSSIBLE:
        told["possible"] = True


def _effect(effect: str | None, governor: Token, told: dict[str, bool]) -> None:
    verb = carrier(governor) if governor.pos_ in ("NOUN", "PROPN") else governor
    negated = verb.pos_ in ("VERB", "AUX", "ADJ") and grammar.negated(verb)
    if effect == "intend":
        told["future"] = True
    elif effect == "refuse":
        told["refused"] = not negated
    elif effect == "cease":
        told["ceased"] = True
    elif effect == "attempt":
        told["attempted"] = True
    if negated and effect in ("intend", "begin", "attempt", None):
        told["negated"] = True


def shift(
    type_id: str, mode: str | None, told: Reading, known: Ontology
) -> tuple[str, str | None, EventStatus, str]:
    """The type, mode and status a reading turns a trigger's type into, and the rule in words."""
    kind = known.types[type_id]
    cooperative = kind.cooperative
    if told.refused:
        if type_id in VERBAL_CONFLICT_STAYS:
            return type_id, mode, "denied", "refused"
        return "REJECT", "refuse", "happened", "refused → REJECT"
    if told.ceased and kind.material:
        if not cooperative:
            return (
                "RETREAT",
                "ceasefire",
                "planned" if told.future else "happened",
                "conflict ended → RETREAT",
            )
        return "SANCTION", "relations", "happened", "cooperation ended → SANCTION"
    if told.negated:
        return _denied(type_id, mode, told, cooperative)
    if told.disowned:
        return type_id, mode, "denied", "somebody denies it"
    if told.conditional or (told.possible and not told.future):
        return type_id, mode, "hypothetical", "conditional"
    if (told.obliged or told.unreal) and not told.future:
        return type_id, mode, "hypothetical", "only wanted or needed"
    if told.future:
        if cooperative and told.unless:
            return "THREATEN", "ultimatum", "planned", f"{type_id} to come unless … → THREATEN"
        if cooperative and type_id != "AGREE":
            return "AGREE", AGREE_MODES.get(type_id), "planned", f"{type_id} still to come → AGREE"
        if not cooperative and kind.material:
            return "THREATEN", None, "planned", f"{type_id} still to come → THREATEN"
        return type_id, mode, "planned", "still to come"
    return type_id, mode, "happened", ""


def _denied(
    type_id: str, mode: str | None, told: Reading, cooperative: bool
) -> tuple[str, str | None, EventStatus, str]:
    if cooperative and (told.future or type_id not in KEPT_UNDER_NEGATION):
        return "REJECT", "refuse", "happened", f"no {type_id} → REJECT"
    if told.future and type_id not in VERBAL_CONFLICT_STAYS:
        return "AGREE", "yield", "planned", f"no {type_id} to come → AGREE"
    return type_id, mode, "denied", "negated"
