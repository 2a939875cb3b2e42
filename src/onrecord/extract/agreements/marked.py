"""Agreements told by words that a learnt reader marked, each with what the marks around it say.

The marker finds the words, whatever they are; syntax only widens a marked subject to the phrase it stands in,
says which day is which, and which of two marks belong together.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from onrecord.extract.agreements import sides, words
from onrecord.extract.agreements.consents import is_unreal
from onrecord.extract.agreements.days import is_ahead, told_days
from onrecord.extract.agreements.states import governing_of, state_of
from onrecord.extract.agreements.subjects import around, by_syntax, in_runs
from onrecord.extract.agreements.telling import OpenTo, Telling
from onrecord.extract.agreements.wording import conditions, run_of
from onrecord.extract.meetings.people import state_sides
from onrecord.extract.scene import BEARERS, Scene, clause_of, subjects
from onrecord.facts.stems import stem
from onrecord.types import AGREEMENTS, AgreementState, Mark, state_told

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token

_WHO = ("party", "participant")
LEAST = 0.5
"""Least confidence of a marked word of agreement, which may add to one told by a surer word."""
SURE = 0.97
"""Least confidence of the word that tells of an agreement by itself."""
CLEAR = 0.8
"""Least confidence of its marked subject."""


@dataclass(slots=True)
class _Found:
    """Marks of one sentence that tell of one agreement."""

    words: list[Mark]
    """Its own words, in text order."""
    subjects: list[Mark] = field(default_factory=list)

    @property
    def word(self) -> Mark:
        """The surest of its words."""
        return max(self.words, key=lambda m: (m.confidence, -m.start))

    @property
    def refused(self) -> bool:
        return self.word.tag == "not_agreed"


def tellings(scene: Scene) -> Iterator[Telling]:
    """All agreements that an article's marks tell, in text order."""
    sentences = [list(_marks_of(scene, s)) for s in scene.sentences]
    for n, sentence in enumerate(scene.sentences):
        near = [m for at in (n - 1, n + 1) if 0 <= at < len(sentences) for m in sentences[at]]
        for found in _together(scene, sentences[n]):
            told = _telling(scene, sentence, found, sentences[n], near)
            if told is not None:
                yield told


def who(scene: Scene, marks: Iterable[Mark]) -> tuple[str, ...]:
    """The actors that marks of parties, participants or brokers stand for."""
    found: list[str] = []
    for mark in marks:
        head = scene.head_of(mark.start, mark.end)
        inside = [m for m in scene.parsed.mentions if m.start < mark.end and m.end > mark.start]
        own = list(scene.named(head)) if head is not None else []
        if any(t.lower_ == "and" for t in scene.tokens_in(mark.start, mark.end)):
            # `the A and B chiefs`
            own += [m.actor for m in inside if m.actor and m.actor.startswith("state:")]
        if not sides.able(scene, own) and _bears(scene, mark, head):
            own = [a for m in inside for a in (*scene.ids(m), state_told(m)) if a]
        found += (s for one in own for s in _with_state(scene, one))
    return tuple(one for one in sides.able(scene, found) if _can_be_side(scene, one))


def _bears(scene: Scene, mark: Mark, head: Token | None) -> bool:
    """Whether a phrase stands for the state that it names: its minister does, its bankers do not."""
    tokens = scene.tokens_in(mark.start, mark.end)
    return (head is not None and head.i in scene.mention_of and head.pos_ != "NOUN") or any(
        t.lemma_.lower() in BEARERS or t.lower_ in _TOGETHER for t in tokens
    )


def _can_be_side(scene: Scene, actor_id: str) -> bool:
    """States, bodies of states, armed groups, and those who may speak for one; no company, no troops."""
    actor = scene.actor(actor_id)
    if actor is None:
        return False
    if actor.kind == "person":
        return actor.sector in (None, "GOV", "MIL", "IGO", "REB")
    if actor.kind == "organisation" and not actor.country:
        return bool(state_sides(scene, [actor_id]))
    return actor.kind in ("state", "government", "armed_group") or actor.sector in ("GOV", "IGO", "REB")


def _with_state(scene: Scene, actor_id: str) -> Iterator[str]:
    """The actor, and the state that a title of somebody of unknown country names."""
    yield actor_id
    actor = scene.actor(actor_id)
    if actor is not None and actor.kind == "person" and not actor.country:
        told = (state_told(m) for m in scene.parsed.mentions if m.actor == actor_id)
        yield from (s for s in dict.fromkeys(told) if s)


def _marks_of(scene: Scene, sentence: Run) -> Iterator[Mark]:
    span = scene.span_of(sentence)
    return (m for m in scene.parsed.marks if span.start <= m.start < span.end)


def _together(scene: Scene, marks: Sequence[Mark]) -> list[_Found]:
    """A sentence's words of agreements with their subjects; what has none of its own goes with its like."""
    found = [_Found([m]) for m in marks if m.tag in AGREEMENTS and m.confidence >= LEAST]
    if not found:
        return []
    for subject in (m for m in marks if m.tag == "subject"):
        min(found, key=lambda f: _distance(scene, f.word, subject)).subjects.append(subject)
    kept = [f for f in found if f.subjects] or found[:1]
    for one in found:
        if one in kept:
            continue
        like = [k for k in kept if k.refused == one.refused]
        if like:
            home = min(like, key=lambda k: abs(k.word.start - one.word.start))
            home.words = sorted([*home.words, *one.words], key=lambda m: m.start)
        elif one.refused != kept[0].refused:
            kept.append(one)
    return sorted(kept, key=lambda f: f.word.start)


def _distance(scene: Scene, word: Mark, subject: Mark) -> tuple[int, int]:
    """Steps in the syntax between the heads of two marks, then characters."""
    one, other = scene.head_of(word.start, word.end), scene.head_of(subject.start, subject.end)
    apart = max(word.start - subject.end, subject.start - word.end, 0)
    return _steps(one, other) if one is not None and other is not None else len(scene.text), apart


def _steps(one: Token, other: Token) -> int:
    up = {t.i: n for n, t in enumerate((one, *one.ancestors))}
    return next((n + up[t.i] for n, t in enumerate((other, *other.ancestors)) if t.i in up), len(one.doc))


def _telling(
    scene: Scene, sentence: Run, found: _Found, here: Sequence[Mark], near: Sequence[Mark]
) -> Telling | None:
    word = found.word
    trigger = scene.head_of(word.start, word.end)
    if trigger is None:
        return None
    if _is_one_sided(scene, trigger) or _is_unreal(trigger, found):
        return None
    said = scene.statement_at(trigger.idx)
    parties = _parties(scene, trigger, [m for m in here if not _is_aside(scene, m, trigger)])
    state = _state(trigger, found)
    subject, own = _told_subject(scene, trigger, found)
    days = told_days(scene, sentence, trigger, away=[m for m in here if m.tag == "prospective"])
    return Telling(
        trigger=trigger.i,
        span=scene.span_of(sentence),
        kind="marked",
        subject=subject,
        state=state,
        gist=_gist(scene, own),
        rule=f"marked {word.tag}: {scene.text[word.start : word.end]}",
        parties=parties,
        states=frozenset(sides.sides(scene, parties)),
        near=who(scene, (m for m in near if m.tag in _WHO)),
        brokers=who(scene, (m for m in here if m.tag == "broker")),
        definite=not own,
        open_to=_open_to(scene, here),
        anchored=word.confidence >= SURE and _is_clear(scene, found, subject, parties),
        made_on=days.get("made_on") if state in ("agreed", "not_agreed", "in_force") else None,
        effective=days.get("effective") if state != "not_agreed" else None,
        expires=days.get("expires") if state != "not_agreed" else None,
        conditions=conditions(scene, trigger),
        on_word_of=said.id if said else None,
        sure=max(m.confidence for m in found.words),
    )


def _is_clear(scene: Scene, found: _Found, subject: str, parties: Sequence[str]) -> bool:
    """A subject is surely marked, or given by syntax beside two sides."""
    if found.subjects:
        return any(m.confidence >= CLEAR for m in found.subjects)
    return bool(subject) and len(sides.sides(scene, list(parties))) == 2


def _is_unreal(trigger: Token, found: _Found) -> bool:
    """`if they agreed`, `should agree on`: nobody has yet, and no text lies before them."""
    verb = clause_of(trigger)
    if found.word.tag == "proposed":
        return trigger.pos_ not in ("NOUN", "PROPN")  # `is starting to negotiate`
    return found.word.tag == "agreed" and verb.pos_ == "VERB" and (is_unreal(verb) or is_ahead(verb))


def _open_to(scene: Scene, here: Sequence[Mark]) -> OpenTo:
    """Whom its parties may be where they are not named: both of a pair, any of those beside it, or nobody."""
    parties = [m for m in here if m.tag in _WHO]
    heads = [(m, h) for m in parties if (h := scene.head_of(m.start, m.end)) is not None]
    if any(m.tag == "proposed" for m in here) or any(
        m.tag == "party" and _is_other(scene, m, h) for m, h in heads
    ):
        return "none"  # creditors, companies
    together = (t for m in parties for t in scene.tokens_in(m.start, m.end))
    return "pair" if any(t.lower_ in _TOGETHER for t in together) else "beside"


_TOGETHER = frozenset(
    {"both", "two", "they", "we", "sides", "countries", "neighbours", "neighbors", "pair", "each"}
)


def _is_other(scene: Scene, mark: Mark, head: Token) -> bool:
    return head.pos_ in ("NOUN", "PROPN") and head.lower_ not in _TOGETHER and not who(scene, [mark])


def _is_one_sided(scene: Scene, trigger: Token) -> bool:
    """A promise; what one side alone refused or consented to, be it after talks: it binds nobody else."""
    if trigger.pos_ in ("NOUN", "PROPN"):
        givers = subjects(clause_of(trigger))
        several = any(g.tag_ in ("NNS", "NNPS") or g.lower_ in ("they", "we", "both", "two") for g in givers)
        return trigger.lemma_.lower() in words.PROMISES and not several
    doers = subjects(trigger) if trigger.pos_ in ("VERB", "AUX") else []
    passive = any(c.dep_ in ("auxpass", "nsubjpass") for c in trigger.children)
    alone = sides.sides(scene, sides.able(scene, [a for d in doers for a in scene.named(d)]))
    if passive or len(alone) != 1 or any(c.lower_ == "with" for c in trigger.children):
        return False
    # `the ministers`, of whom one was named, are several
    return not any(d.tag_ in ("NNS", "NNPS") and d.lemma_.lower() in BEARERS for d in doers)


def _is_aside(scene: Scene, mark: Mark, trigger: Token) -> bool:
    """In a relative clause without the word of agreement: `the border, which two Italians drew`."""
    above = [t for t in scene.token_at(mark.start).ancestors if t.dep_ == "relcl"]
    return bool(above) and not any(t == trigger or t in trigger.ancestors for t in above)


def _parties(scene: Scene, trigger: Token, here: Sequence[Mark]) -> tuple[str, ...]:
    """Of a sentence's parties and participants: all, or with more than two sides those of the same clause."""
    marks = [m for m in here if m.tag in _WHO]
    found = who(scene, marks)
    if len(sides.sides(scene, found)) <= 2:
        return found
    for kept in (
        [m for m in marks if m.tag == "party"],
        [m for m in marks if clause_of(scene.token_at(m.start)) == clause_of(trigger)],
    ):
        own = who(scene, kept)
        if len(sides.sides(scene, own)) == 2:
            return own
    return found


_FURTHER: dict[str, tuple[AgreementState, ...]] = {
    "agreed": ("in_force", "expired"), "proposed": ("agreed", "in_force"),
}  # fmt: skip
"""What syntax may make of a mark."""


def _state(trigger: Token, found: _Found) -> AgreementState:
    """As marked; syntax around a noun tells what has been signed, is in force or has run out."""
    tag = found.word.tag
    ruled = state_of(trigger, governing_of(trigger)) if trigger.pos_ in ("NOUN", "PROPN") else None
    if ruled in _FURTHER.get(tag, ()):
        assert ruled is not None
        return ruled
    return tag  # type: ignore[return-value]


def _told_subject(scene: Scene, trigger: Token, found: _Found) -> tuple[str, list[Token]]:
    """The words of what it is about, and the tokens that tell it from others.

    The marked subjects, widened to whole phrases; without any, what syntax gives to the marked word.
    """
    if found.subjects:
        runs = in_runs(scene, found.subjects, found.words)
        run = min(
            runs,
            key=lambda r: (-round(max(m.confidence for m in r), 1), *_distance(scene, found.word, r[-1])),
        )
        told = around(scene, run, trigger)
        own = [t for m in run for t in scene.tokens_in(m.start, m.end)]
        return run_of(scene, told), own if _gist(scene, own) else told
    given = by_syntax(trigger)
    return run_of(scene, given), given


def _surest(marks: Iterable[Mark]) -> float:
    """The highest confidence, to a tenth."""
    return round(max(m.confidence for m in marks), 1)


def _gist(scene: Scene, tokens: Iterable[Token]) -> frozenset[str]:
    own = [t for t in tokens if t.pos_ in _TELLING and not t.is_stop and t.i not in scene.mention_of]
    named = {stem(t.lower_) for t in own if t.pos_ != "ADJ"} - _BARE  # `common understanding` names nothing
    return frozenset({*named, *(stem(t.lower_) for t in own)} - _BARE if named else ())


_TELLING = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_BARE = frozenset(stem(w) for w in words.NOUNS | words.CONSENT | words.MAKE)
"""Stems of words for agreements as such."""
