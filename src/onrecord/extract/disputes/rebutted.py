"""One side tells that something was, the other answers that it was not: statements compared as propositions.

Three things make a pair a dispute: two sides, one matter, and opposite answers about what was. The answer
takes up the other's telling in one of three ways, by which sure it is:

    in its own words   `B says no such deal exists`, right behind A's telling
    by what it denies  the noun or verb that B negates is what A affirms, and another word is shared
    as the text says   `responding to claims from A that …`, `brushed aside an A report that …`
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import TYPE_CHECKING

from onrecord.extract.disputes import denied
from onrecord.extract.disputes.denied import No
from onrecord.extract.disputes.held import cut_side, side_of
from onrecord.extract.disputes.reported import in_question, meeting_near
from onrecord.extract.disputes.tellings import UNKNOWN, Telling, Tellings
from onrecord.extract.scene import Scene, is_negated, subjects
from onrecord.facts import amounts
from onrecord.types import Dispute, Meeting, row_id

if TYPE_CHECKING:
    from spacy.tokens import Token

NEAR, FAR = 1, 4
"""Sentences between a telling and its answer: what points back stands right behind it; what shares the matter
may stand further off."""
SURE, POSSIBLE = 0.7, 0.4
_ANSWERING = frozenset({"respond", "reply", "react", "answer", "response", "reaction", "ask", "comment"})
_PUT_OFF = frozenset(
    {"deny", "reject", "dismiss", "brush", "refute", "rebut", "dispute", "contest", "contradict", "disown",
     "wave", "shrug", "disavow", "repudiate", "denial", "rejection"}
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class _Answer:
    """A telling and the other side's answer to it."""

    one: Telling
    other: Telling
    why: str
    sure: float


def rebutted(scene: Scene, tellings: Tellings, meetings: Sequence[Meeting]) -> Iterator[Dispute]:
    """Disputes by what two sides tell, one an answer, each answer once."""
    for other in tellings.all:
        found = [
            a for one in tellings.all if (a := _answer(scene, tellings, one, tellings.answering(one, other)))
        ]
        best = max(found, key=lambda a: (a.sure, a.one.repeated, a.one.tokens[0].i), default=None)
        if best:
            yield _dispute(scene, best, meetings)


def _answer(scene: Scene, tellings: Tellings, one: Telling, other: Telling) -> _Answer | None:
    """How one side's telling is answered by the other's, None where it is not."""
    if (
        one.side == other.side
        or UNKNOWN in (one.side, other.side)
        or one is other
        or one.denies
        or other.repeated
    ):
        return None
    gap = other.sentence - one.sentence
    if gap < (-NEAR if one.repeated else 0) or (not one.repeated and one.tokens[0].i > other.tokens[0].i):
        return None
    words = denied.affirmed(one)
    was = denied.stems(words)
    if one.repeated and denied.is_of_deeds(one) and _is_put_off(scene, tellings, one, other):
        return _Answer(one, other, "a claim that the other side puts off", SURE)
    if not words or set(one.tokens) & set(other.tokens):
        return None
    back = denied.points_back(other.tokens)
    if back and gap <= NEAR and not _between(tellings, one, other):
        return _Answer(one, other, f"answered: {back}", SURE)
    shared = _shared(scene, one, other)
    deeds = denied.told_deeds(words)
    for no in denied.negations(other):
        pairs = [(was[k], k) for k in sorted(no.keys & was.keys())]
        met = denied.MET in no.deeds and other.side in tellings.named(one)
        if not pairs and (shared or met):
            answered = no.deeds | ({"said"} if no.deeds & denied.BY_WORD else set())
            pairs = [(deeds[k], k) for k in sorted(answered & deeds.keys()) if shared or k == denied.MET]
            pairs = [(t, k) for t, k in pairs if k != "said" or _is_others_word(tellings, one, t)]
        same = [_is_one_deed(tellings, (one, other), verb, no) for verb, _ in pairs]
        matter = shared - {denied.stem(was) for was, _ in pairs}
        if not pairs or False in same or (gap > FAR and not (no.deeds and matter)):
            continue
        of_noun = no.noun or (denied.is_content(no.verb) and any(denied.stem(no.verb) != k for _, k in pairs))
        sure = bool(matter) or (gap <= NEAR and (of_noun or met or True in same))
        why = f"opposite answers: {', '.join(k for _, k in pairs)}"
        return _Answer(one, other, why, SURE if sure else POSSIBLE)
    return _other_number(scene, tellings, one, other) if gap <= NEAR else None


def _other_number(scene: Scene, tellings: Tellings, one: Telling, other: Telling) -> _Answer | None:
    """`four boats were seized` – `nine boats were seized`: one deed, another exact number of one thing."""
    told = [amounts.counts(scene.text[t.span.start : t.span.end]) for t in (one, other)]
    apart = [u for u in sorted(told[0].keys() & told[1].keys()) if amounts.exclude(told[0][u], told[1][u])]
    days = [{t.lower_ for t in telling.tokens if t.ent_type_ in ("DATE", "TIME")} for telling in (one, other)]
    if not apart or (all(days) and not days[0] & days[1]) or _places(one) != _places(other):
        return None
    was, too = ({t.lemma_.lower(): t for t in denied.affirmed(x) if t.pos_ == "VERB"} for x in (one, other))
    for verb in sorted(was.keys() & too.keys()):
        again = No(too[verb], frozenset(), frozenset(), frozenset(), noun=False)
        if _is_one_deed(tellings, (one, other), was[verb], again) is not False:
            return _Answer(one, other, f"another number: {apart[0]}", SURE)
    return None


def _places(telling: Telling) -> frozenset[str]:
    """What stands behind prepositions, days left out: `over the town`, `on its side`."""
    behind = (t for t in telling.tokens if t.dep_ == "pobj" and t.ent_type_ not in ("DATE", "TIME"))
    return frozenset(denied.stem(t) for t in behind)


def _between(tellings: Tellings, one: Telling, other: Telling) -> bool:
    """Whether somebody of a third side, or the answer's own, speaks between the two."""
    return any(
        t.side not in (one.side, other.side) and one.tokens[-1].i < t.tokens[0].i < other.tokens[0].i
        for t in tellings.all
    )


def _is_put_off(scene: Scene, tellings: Tellings, claim: Telling, other: Telling) -> bool:
    """`responding to claims from A that P`, `brushed aside an A report that P`, said of the answer's side."""
    noun = claim.tokens[0].doc[min(t.i for t in claim.tokens) - 1]
    top = next((t.head for t in claim.tokens if t.head not in set(claim.tokens)), noun)
    for at in (top, *islice(top.ancestors, 4)):
        lemma = at.lemma_.lower()
        if lemma in _PUT_OFF and not is_negated(at):
            return _sides_of_subject(tellings, at, other)
        if lemma in _ANSWERING:
            return _are_opposite(claim, other) and _sides_of_subject(tellings, at, other)
    return False


def _are_opposite(claim: Telling, other: Telling) -> bool:
    """One of the two tells what was, the other what was not."""
    if denied.points_back(other.tokens) or any(True for _ in denied.negations(other)):
        return True
    return any(True for _ in denied.negations(claim)) and bool(denied.affirmed(other))


def _sides_of_subject(tellings: Tellings, verb: Token, other: Telling) -> bool:
    """The one who answers is of the answer's side, or the answer's sentence is the same."""
    named = {s for t in subjects(verb) if (s := tellings.side_in(t.subtree))}
    if named:
        return other.side in {s[0] for s in named}
    return other.sentence <= tellings.number(verb) <= tellings.number(other.tokens[-1])


def _is_others_word(tellings: Tellings, telling: Telling, word: Token) -> bool:
    """`A told me`, of somebody else than the teller; not `he was told by television`."""
    said = any(c.dep_ == "nsubj" for c in word.children)
    return said and tellings.doer(telling, word) != telling.side


def _is_one_deed(tellings: Tellings, told: tuple[Telling, Telling], was: Token, no: No) -> bool | None:
    """Whether what was and what was not is one deed: of the same side's, on the same thing.

    None where the words do not tell; `its planes attacked a terminal` and `its planes did not attack` are two
    sides' deeds, `attacked a terminal` and `did not attack the harbour` two things.
    """
    if was.pos_ in ("NOUN", "PROPN"):
        again = [denied.kinds(t) for t in told[1].tokens if denied.stem(t) == denied.stem(was)]
        mine = denied.kinds(was)
        return False if mine and again and all(k and not k & mine for k in again) else None
    if was.pos_ != "VERB" or no.verb.pos_ != "VERB":
        return None
    doers = [_part(tellings, t, v, ("nsubj",)) for t, v in zip(told, (was, no.verb), strict=True)]
    things = [_part(tellings, t, v, ("dobj", "nsubjpass")) for t, v in zip(told, (was, no.verb), strict=True)]
    one, other = doers
    if denied.stem(was) != denied.stem(no.verb):
        known = one and other and one.side and other.side and denied.fields(was) & no.deeds
        return one.side == other.side if known and one and other else None
    if any(a and b and a.excludes(b) for a, b in (doers, things)) or _on_two_things(was, no.verb):
        return False
    return True if one and other and one.is_like(other) else None


def _on_two_things(one: Token, other: Token) -> bool:
    """`agreed on fish`, `had not agreed on chips`."""
    told = [{p.lower_: o for p in v.children if p.dep_ == "prep" for o in p.children if o.pos_ == "NOUN"}
            for v in (one, other)]  # fmt: skip
    return any(
        denied.stem(told[0][p]) != denied.stem(told[1][p])
        for p in sorted(told[0].keys() & told[1].keys())
        if not (told[0][p].ent_type_ or told[1][p].ent_type_)
    )


@dataclass(frozen=True, slots=True)
class _Part:
    """Who does, or what is done to, by side and by noun; a pronoun has no noun."""

    side: str | None
    noun: str | None
    own: bool = False
    """Said to be the teller's: `its ships`."""
    kind: frozenset[str] = frozenset()
    """Nouns right before the noun: `cod` of `cod stocks`."""

    def excludes(self, other: _Part) -> bool:
        """Two sides, two nouns, or what is only one side's and what is not said to be."""
        if self.side and other.side:
            return self.side != other.side
        if other.own and not self.side:
            return True
        if self.kind and other.kind and not self.kind & other.kind:
            return True
        return bool(self.noun and other.noun and self.noun != other.noun)

    def is_like(self, other: _Part) -> bool:
        """One side, or one noun."""
        return (self.side or self.noun) is not None and (self.side, self.side or self.noun) == (
            other.side, other.side or other.noun
        )  # fmt: skip


def _part(tellings: Tellings, telling: Telling, verb: Token, roles: tuple[str, ...]) -> _Part | None:
    """Who or what stands in a role at a verb; `it`, `we` and `its planes` are the teller's own."""
    standing = [c for c in verb.children if c.dep_ in roles]
    if not standing and "nsubj" in roles:
        standing = [s for s in subjects(verb) if s.dep_ in roles]
    for token in standing:
        side, own = tellings.whose(telling, token)
        noun = denied.stem(token) if token.pos_ == "NOUN" and not denied.has_no(token) else None
        return _Part(side, noun, own and "nsubj" not in roles, denied.kinds(token))
    return None


def _shared(scene: Scene, one: Telling, other: Telling) -> frozenset[str]:
    """Stems of content words in both, the sides' own names left out."""
    words = [
        {
            denied.stem(t)
            for t in told.tokens
            if (denied.is_matter(t) or t.like_num) and not denied.is_named(scene, t)
        }
        for told in (one, other)
    ]
    return frozenset(words[0] & words[1])


def _dispute(scene: Scene, answer: _Answer, meetings: Sequence[Meeting]) -> Dispute:
    one, other = answer.one, answer.other
    theirs = side_of(scene, other)
    if set(one.tokens) & set(other.tokens):
        span = scene.span_of(
            scene.sentences[other.sentence]
        )  # `A denied B's claim that P` is all that A tells
        theirs = cut_side(scene, other.actor, span.start, span.end)
    sides = (side_of(scene, one), theirs)
    return Dispute(
        id=row_id("d", scene.parsed.article.id, one.span, other.span, answer.why),
        about="whether " + in_question(sides[0].told),
        kind="contradiction",
        sides=sides,
        confidence=answer.sure,
        why=answer.why,
        about_row=meeting_near(scene, one.span, meetings),
    )
