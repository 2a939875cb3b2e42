"""Two sides' statements on one proposition that cannot both hold: raised or not, agreed or not."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import combinations
from typing import TYPE_CHECKING

from onrecord.extract.disputes.reported import meeting_near
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

_STOP = frozenset("be have do say tell it he she they we i who which that this there".split())  # noqa: SIM905


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


def _dispute(
    scene: Scene, one: Claim, other: Claim, shared: Sequence[str], meetings: Sequence[Meeting]
) -> Dispute:
    sides = tuple(
        Side(actor=c.statement.speaker, told=c.statement.quote, statement=c.statement.id,
             evidence=c.statement.content)
        for c in (one, other)
    )  # fmt: skip
    return Dispute(
        id=row_id("d", scene.parsed.article.id, one.statement.id, other.statement.id, one.question),
        about=f"whether {', '.join(shared)} was {one.question}",
        kind="contradiction",
        sides=sides,
        confidence=0.7,
        why=f"opposite answers: {one.question}",
        about_row=meeting_near(scene, one.statement.content[0], meetings),
    )


def _claims(scene: Scene, statement: Statement) -> Iterator[Claim]:
    """Claims of a statement's own words; what another statement within it says belongs to that one."""
    for span in statement.content:
        for token in scene.tokens_in(span.start, span.end):
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
