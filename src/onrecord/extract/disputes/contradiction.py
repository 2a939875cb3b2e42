"""Two sides' statements on one proposition that cannot both hold: raised or not, agreed or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from onrecord.extract.disputes.counted import numbers
from onrecord.extract.disputes.reported import in_question, meeting_near
from onrecord.extract.scene import Scene, auxiliaries, is_negated
from onrecord.types import Dispute, Meeting, Side, Statement, row_id

if TYPE_CHECKING:
    from spacy.tokens import Token

PREDICATES: dict[str, str] = {
    **dict.fromkeys(("raise", "discuss", "mention", "broach", "address"), "raised"),
    **dict.fromkeys(("agree", "accept", "commit", "consent", "endorse"), "agreed"),
    **dict.fromkeys(("reject", "refuse"), "not agreed"),
}
"""Verbs whose answers yes and no exclude each other, by the question they answer."""

_PREDICATES = frozenset(PREDICATES)
_STOP = frozenset("be have do say tell it he she they we i who which that this there".split())  # noqa: SIM905


DEEDS = frozenset(
    {
        "promise", "pledge", "agree", "agreement", "accept", "acceptance", "offer", "threaten", "threat",
        "demand", "request", "ask", "sign", "pay", "payment", "shell", "attack", "cross", "violate",
        "violation", "fire", "invade", "raise", "discuss", "discussion", "apologise", "apologize",
        "apology", "concede", "concession",
    }
)  # fmt: skip
"""Deeds, as verb or noun, that one side may claim and the other deny."""
ENCOUNTERS = frozenset({"meet", "speak", "talk", "telephone", "phone", "call", "see"})
"""Verbs of an encounter that one side may tell and the other deny."""
ADJACENT = 200
"""Characters between a claim and the denial that answers it."""


@dataclass(frozen=True, slots=True)
class Claim:
    """One statement's answer to one question about one matter."""

    statement: Statement
    question: str
    yes: bool
    matter: frozenset[str]
    past: bool


def contradictions(scene: Scene, meetings: Sequence[Meeting]) -> Iterator[Dispute]:
    """Pairs of opposite claims by speakers of two sides, each pair of speakers and question once."""
    claims = [c for s in scene.statements if s.speaker and not s.hedged for c in _claims(scene, s)]
    seen: set[tuple[str, ...]] = set()
    for one, other in combinations(claims, 2):
        a, b = one.statement.speaker, other.statement.speaker
        if not a or not b or scene.side(a) == scene.side(b):
            continue
        shared = one.matter & other.matter
        if one.question != other.question or one.yes == other.yes or not shared:
            continue
        if not (one.past and other.past):
            continue
        key = (*sorted((a, b)), one.question, *sorted(shared))
        if key in seen:
            continue
        seen.add(key)
        yield _dispute(scene, one, other, sorted(shared), meetings)


def denials(scene: Scene, meetings: Sequence[Meeting]) -> Iterator[Dispute]:
    """`A said that B had promised` followed at once by `B denied that any promise was made`."""
    for at, other in enumerate(scene.statements):
        if other.act != "deny" or other.negated or not other.speaker:
            continue
        for one in reversed(scene.statements[max(0, at - 3) : at]):
            shared = _answered(scene, one, other)
            if shared:
                said = in_question(one.quote)
                own = one.speech == "direct" or said.split(" ")[0].lower() in ("i", "we")
                about = "whether " + (_denied(scene, other) if own else said)
                yield _pair(scene, one, other, about, "denied at once", meetings)
                break


def other_numbers(scene: Scene, meetings: Sequence[Meeting]) -> Iterator[Dispute]:
    """A number of one side, which the other side answers with its own or calls wrong."""
    for one, other, about in numbers(scene):
        yield _pair(scene, one, other, about, "a number answered by the other side", meetings)


def _denied(scene: Scene, denial: Statement) -> str:
    """What a denial denies, with the speaker's name for its opening pronoun."""
    told = in_question(denial.quote)
    first, _, rest = told.partition(" ")
    who = scene.actor(denial.speaker) if denial.speaker else None
    return f"{who.name} {rest}" if who and rest and first.lower() in ("it", "he", "she", "they") else told


def _answered(scene: Scene, one: Statement, denial: Statement) -> bool:
    """True when a claim of the other side stands just before its denial and names the same deed."""
    if not one.speaker or not denial.speaker or one.act in ("deny", "ask", "expect", "forecast"):
        return False
    if scene.side(one.speaker) == scene.side(denial.speaker):
        return False
    near = denial.content[0].start - one.content[-1].end <= ADJACENT
    both_met = _tells_encounter(scene, one) and _tells_encounter(scene, denial)
    return near and (both_met or bool(_stems(scene, one) & _stems(scene, denial)))


def _tells_encounter(scene: Scene, statement: Statement) -> bool:
    """Its first verb says that people met or spoke, and not of what: `denied that they spoke about money`."""
    inside = (t for c in statement.content for t in scene.tokens_in(c.start, c.end) if t.pos_ == "VERB")
    verb = next(inside, None)
    if verb is None or verb.lemma_.lower() not in ENCOUNTERS or is_negated(verb) or not _is_past(verb):
        return False
    return not any(
        c.lower_ in ("about", "on", "over") and c.ent_type_ == "" and not _is_day(c) for c in verb.children
    )


def _is_day(prep: Token) -> bool:
    """`on Tuesday`, `on 9 November`."""
    return any(o.ent_type_ in ("DATE", "TIME") or o.lower_.endswith("day") for o in prep.children)


def _stems(scene: Scene, statement: Statement) -> frozenset[str]:
    """First letters of what was done, verb or noun alike: `promised`, `promise`."""
    return frozenset(
        t.lemma_.lower()[:6]
        for c in statement.content
        for t in scene.tokens_in(c.start, c.end)
        if t.lemma_.lower() in DEEDS
    )


def _dispute(
    scene: Scene, one: Claim, other: Claim, shared: Sequence[str], meetings: Sequence[Meeting]
) -> Dispute:
    about = f"whether {', '.join(shared)} was {one.question}"
    why = f"opposite answers: {one.question}"
    return _pair(scene, one.statement, other.statement, about, why, meetings)


def _pair(
    scene: Scene, one: Statement, other: Statement, about: str, why: str, meetings: Sequence[Meeting]
) -> Dispute:
    return Dispute(
        id=row_id("d", scene.parsed.article.id, one.id, other.id, why),
        about=about,
        kind="contradiction",
        sides=tuple(
            Side(actor=s.speaker, told=s.quote, statement=s.id, evidence=s.content) for s in (one, other)
        ),
        confidence=0.7,
        why=why,
        about_row=meeting_near(scene, one.content[0], meetings),
    )


def _claims(scene: Scene, statement: Statement) -> Iterator[Claim]:
    """Claims of a statement's own words; what another statement within it says belongs to that one."""
    for span in statement.content:
        for token in scene.of_lemma_in(span.start, span.end, _PREDICATES):
            question = PREDICATES.get(token.lemma_) if token.pos_ == "VERB" else None
            inner = scene.statement_at(token.idx)
            if question is None or inner is None or inner.id != statement.id:
                continue
            matter = _matter(token)
            if not matter:
                continue
            yes = not _no(token)
            if question == "not agreed":
                question, yes = "agreed", not yes
            if statement.act == "deny":
                yes = not yes
            yield Claim(statement, question, yes, matter, _is_past(token))


def _no(verb: Token) -> bool:
    nobody = any(
        c.lower_ in ("no", "nothing", "never", "none") for d in verb.children for c in (d, *d.children)
    )
    return is_negated(verb) != nobody


def _is_past(verb: Token) -> bool:
    helpers = {a.lower_ for a in auxiliaries(verb)}
    if helpers & {"will", "would", "may", "might", "could", "can", "should", "must"}:
        return False
    return verb.tag_ in ("VBD", "VBN") or "did" in helpers or bool(helpers & {"have", "has", "had"})


def _matter(verb: Token) -> frozenset[str]:
    """Nouns that the verb is about: its object, passive subject, complement and `on` or `to` phrase."""
    about = [
        c
        for c in verb.children
        if c.dep_ in ("dobj", "nsubjpass", "xcomp", "ccomp")
        or (c.dep_ == "prep" and c.lower_ in ("to", "on"))
    ]
    return frozenset(
        t.lemma_.lower()
        for c in about
        for t in c.subtree
        if t.pos_ in ("NOUN", "PROPN") and t.lemma_.lower() not in _STOP and len(t) > 2
    )
