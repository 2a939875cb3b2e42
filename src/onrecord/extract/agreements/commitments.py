"""Commitments that one article tells of: who promised what to whom, as part of an agreement or by itself.

A promise outside an agreement counts where one side of states gives it and the other is told: as the one it
is given to, as the one that is to have it, or in what is promised, unless that is a hostile deed. Where who
promises is not clear there is no row.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from msgspec.structs import replace

from onrecord.extract.agreements import sides, words
from onrecord.extract.agreements.grouping import content_words
from onrecord.extract.agreements.promises import Promise, behind, promises
from onrecord.extract.events.coder import coder
from onrecord.extract.meetings.people import state_sides
from onrecord.extract.scene import Scene, clause_of, is_negated
from onrecord.facts.plover import ontology
from onrecord.types import (
    Agreement,
    Commitment,
    CommitmentState,
    Parsed,
    Range,
    Span,
    Statement,
    TimeExpr,
    cut,
    row_id,
)

if TYPE_CHECKING:
    from spacy.tokens import Token

_SECTORS = frozenset({"GOV", "MIL", "IGO", "REB", "UAF"})
"""PLOVER sectors that can bind a side."""
_SAME = 0.6
"""Share of the shorter promise's words that two tellings of one promise have in common."""


def extract(
    parsed: Parsed, statements: Sequence[Statement], agreements: Sequence[Agreement]
) -> tuple[Commitment, ...]:
    """All commitments of an article, in the order they are first told.

    Args:
        parsed: the article, linked.
        statements: what it attributes; a promise told within one rests on it.
        agreements: those of the article; a promise told where one is, by one of its sides, is part of it.
    """
    scene = Scene(parsed, statements)
    found: list[Commitment] = []
    for sentence in scene.sentences:
        for promise in promises(scene, sentence):
            for row, stands in _rows(scene, promise, agreements):
                _add(scene, found, row, stands=stands)
    return tuple(found)


def _rows(
    scene: Scene, promise: Promise, agreements: Sequence[Agreement]
) -> Iterator[tuple[Commitment, bool]]:
    """One row for each who promises, and whether it stands alone or only adds to one told before."""
    here = scene.span_of(promise.verb.sent)
    named = promise.promisers
    if promise.together and promise.act == "agree":
        told = [a for a in agreements if here in a.evidence and a.state == "agreed"]
        named = told[0].parties if len(told) == 1 and len(sides.sides(scene, told[0].parties)) > 1 else ()
    able = [p for p in named if _can_bind(scene, p)]
    givers = list({scene.side(p): p for p in reversed(able)}.values())[::-1]
    content = _spans(scene, promise)
    if not givers or not content:
        return
    for giver in givers:
        others = tuple(g for g in givers if g != giver)
        part_of = _part_of(scene, promise, giver, here, agreements)
        to = tuple(t for t in promise.to if scene.side(t) != scene.side(giver))
        to = to or _receivers(scene, promise.deed, giver) or others
        stands = part_of is not None or _is_between_states(scene, promise, giver, to)
        yield _row(scene, promise, giver, to, content, here, part_of), stands


def _can_bind(scene: Scene, actor_id: str) -> bool:
    """A state, a body of states, an armed group, or somebody who speaks for one."""
    actor = scene.actor(actor_id)
    if actor is None or not state_sides(scene, [actor_id]):
        return False
    if actor.kind == "person":
        return actor.sector in ("GOV", "MIL", "IGO", "REB")
    return actor.kind in ("state", "government", "armed_group") or actor.sector in _SECTORS


def _part_of(
    scene: Scene, promise: Promise, giver: str, here: Span, agreements: Sequence[Agreement]
) -> Agreement | None:
    """The agreement told in the same sentence, or, of what is done `under the deal`, the last one before."""
    side = scene.side(giver)
    told = [a for a in agreements if a.state != "not_agreed"]
    bound = [a for a in told if side in sides.sides(scene, a.parties)]
    same = [a for a in bound if here in a.evidence]
    if same and promise.act in ("agree", "under"):
        return same[0]
    before = [a for a in bound if a.evidence[0].start <= here.start]
    return before[-1] if before and promise.act == "under" else None


def _is_between_states(scene: Scene, promise: Promise, giver: str, to: tuple[str, ...]) -> bool:
    """A promise outside an agreement: another side of states is told, and nothing hostile promised."""
    own = state_sides(scene, [giver])
    if _is_hostile(promise.deed) or promise.act == "under":
        return False
    if state_sides(scene, to) - own:
        return True
    if promise.verb.lemma_ in ("vow", "swear"):
        return False
    inside = {a for t in promise.deed.subtree if (m := scene.mention_of.get(t.i)) for a in scene.ids(m)}
    named = [a for a in inside if (x := scene.actor(a)) and x.kind in ("state", "government", "person")]
    return bool(state_sides(scene, [a for a in named if _can_bind(scene, a)]) - own)


def _is_hostile(deed: Token) -> bool:
    """The deed's PLOVER type is one of conflict, and it is not promised away."""
    match = coder().lexicon.match(deed)
    kind = ontology().types.get(match.entry.type) if match else None
    return kind is not None and not kind.cooperative and not is_negated(deed)


def _receivers(scene: Scene, deed: Token, giver: str) -> tuple[str, ...]:
    """`to send grain to B`, `to supply B with gas`: B."""
    objects = [c for c in deed.children if c.dep_ == "dobj"]
    near = [c for c in deed.children if c.dep_ == "dative" and c.pos_ != "ADP"]
    near += behind((deed, *objects), ("to", "for"))
    if deed.lemma_ in words.SUPPLYING:
        near += objects
    found = sides.able(scene, [a for o in near for a in scene.named(o)])
    return tuple(a for a in found if scene.side(a) != scene.side(giver) and state_sides(scene, [a]))


def _spans(scene: Scene, promise: Promise) -> tuple[Span, ...]:
    """The words of what is promised, without what it hangs on and without who is told."""
    out = {t.i for head in promise.left_out for t in head.subtree}
    tokens = [t for t in promise.deed.subtree if t.i not in out and not t.is_space]
    if promise.deed == promise.verb:  # `under the deal A will open the road`: the deed with its object
        away = ("nsubj", "nsubjpass", "aux", "conj", "cc", "mark", "advcl", "neg")
        out |= {t.i for c in promise.deed.children if c.dep_ in away for t in c.subtree}
        below = [t for t in promise.deed.subtree if t.lower_ in ("under", "as") and t.dep_ == "prep"]
        out |= {t.i for prep in below if clause_of(prep) == promise.deed for t in prep.subtree}
        tokens = [t for t in tokens if t.i not in out]
    while tokens and (tokens[-1].is_punct or tokens[-1].dep_ == "cc"):
        tokens.pop()
    while tokens and (tokens[0].is_punct or tokens[0].dep_ in ("mark", "cc")):
        tokens.pop(0)
    runs: list[list[Token]] = []
    for token in tokens:
        if runs and scene.text[runs[-1][-1].idx + len(runs[-1][-1]) : token.idx].strip() == "":
            runs[-1].append(token)
        else:
            runs.append([token])
    whole = [r for r in runs if not all(t.is_punct for t in r)]
    return tuple(Span(r[0].idx, r[-1].idx + len(r[-1])) for r in whole)


def _row(
    scene: Scene, promise: Promise, giver: str, to: tuple[str, ...], content: tuple[Span, ...], here: Span,
    part_of: Agreement | None,
) -> Commitment:  # fmt: skip
    said = scene.statement_at(promise.verb.idx)
    text = scene.text
    days = _days(scene, promise, content)
    return Commitment(
        id=row_id("k", scene.parsed.article.id, promise.verb.idx, promise.deed.idx, giver),
        promiser=giver,
        beneficiary=to,
        what=cut(text, content),
        content=content,
        negated=is_negated(promise.deed),
        made_on=days.get("made_on") or (part_of.made_on if part_of else None),
        effective=days.get("effective"),
        due=days.get("due"),
        expires=days.get("expires"),
        condition=tuple(_span(head) for head in promise.left_out if _is_condition(head)),
        state=promise.state,
        agreement=part_of.id if part_of else None,
        on_word_of=said.id if said else None,
        evidence=(here,),
        text=cut(text, [here]),
        confidence=0.8 if part_of or to else 0.6,
        why=promise.rule,
    )


def _is_condition(head: Token) -> bool:
    """Not the scene of the promise, nor a torn-off subject."""
    after = any(m.dep_ == "mark" and m.lower_ in words.AFTER for m in head.children)
    return head.dep_ != "conj" and not after


def _span(head: Token) -> Span:
    run = [t for t in head.subtree if not t.is_space]
    while run[-1].is_punct:
        run.pop()
    return Span(run[0].idx, run[-1].idx + len(run[-1]))


def _days(scene: Scene, promise: Promise, content: tuple[Span, ...]) -> dict[str, Range]:
    """The days under the promise (made on) and under the deed, by the preposition before them."""
    found: dict[str, Range] = {}
    for time in scene.times_of(promise.verb.sent):
        head = scene.head_of(time.start, time.end)
        if time.type != "DATE" or time.range is None or head is None:
            continue
        above = next((t for t in head.ancestors if t.pos_ in ("VERB", "AUX")), None)
        prep = _preposition(head)
        if above == promise.deed and promise.deed != promise.verb:
            name = words.DAYS_OF.get(prep, "due")
            # `agreed to lower duties on Sunday`, written later: the day of the promise
            one_day = time.range.days == 1 and prep in ("on", "")
            said = name == "due" and one_day and _is_past(scene, time)
            found.setdefault("made_on" if said else name, time.range)
        elif above == promise.deed:
            found.setdefault(words.DAYS_OF.get(prep, "due"), time.range)
        elif above == promise.verb and _is_past(scene, time) and not _covers(content, time.start):
            found.setdefault("made_on", time.range)
    return found


def _covers(spans: tuple[Span, ...], offset: int) -> bool:
    return any(s.start <= offset < s.end for s in spans)


def _preposition(head: Token) -> str:
    return head.head.lower_ if head.dep_ == "pobj" else ""


def _is_past(scene: Scene, time: TimeExpr) -> bool:
    """Days that do not lie wholly after the article's writing."""
    written = scene.parsed.article.published_range
    start = time.range.start if time.range else None
    return not (start and written and written.end and start > written.end)


def _add(scene: Scene, found: list[Commitment], row: Commitment, *, stands: bool) -> None:
    """A promise told again adds its characters, and what became of it; one by one, in text order."""
    for n, one in enumerate(found):
        if _same(one, row):
            evidence = tuple(sorted({*one.evidence, *row.evidence}))
            state: CommitmentState = row.state if row.state != "promised" else one.state
            found[n] = replace(
                one, state=state, beneficiary=one.beneficiary or row.beneficiary,
                agreement=one.agreement or row.agreement, condition=one.condition or row.condition,
                made_on=one.made_on or row.made_on, effective=one.effective or row.effective,
                due=one.due or row.due, expires=one.expires or row.expires,
                evidence=evidence, text=cut(scene.text, evidence),
            )  # fmt: skip
            return
    if stands:
        found.append(row)


def _same(one: Commitment, other: Commitment) -> bool:
    """One promiser, one direction, and most words of the shorter one."""
    if one.promiser != other.promiser or one.negated != other.negated:
        return False
    mine, theirs = content_words(one.what), content_words(other.what)
    return len(mine & theirs) >= _SAME * min(len(mine), len(theirs)) and bool(mine & theirs)
