"""Encounters that the learnt reader marks in a sentence: their words, their people, what is told of them.

The marker says *that* words name an encounter, with which status, and which words name people, places, days
and lengths. This module says which of these belong together, by syntax, and whom they mean.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from onrecord.extract.meetings import words
from onrecord.extract.meetings.people import is_person, participants, state_sides
from onrecord.extract.scene import Scene, clause_of, subjects
from onrecord.types import ENCOUNTERS, Mark, Medium, MeetingStatus, Mention, state_told

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token

CROSSING = 3
"""What a verb on the way between two words counts, in steps of the syntax: another clause lies beyond it."""
_FIRST_PERSON = frozenset({"i", "me", "my", "myself", "we", "us", "our", "ourselves"})
_SEVERAL = frozenset(
    {"they", "them", "their", "themselves", "two", "both", "pair", "we", "us", "our", "each", "duo", "other"}
)
"""Words for several people told of before, or for a speaker and another."""
_COUNTED = frozenset({"two", "both"})
LIKELY = 0.75
"""Least confidence of a mark for an encounter that no rule sees."""
REACH = 7
"""Steps of the syntax (`distance`) beyond which nobody takes part in an encounter."""
_DETAILS = ("place", "day", "length")


@dataclass(frozen=True, slots=True)
class Marked:
    """An encounter as one sentence's marks tell it."""

    token: Token
    """The word that names it: a noun rather than the verb beside it."""
    status: MeetingStatus
    sure: float
    """Confidence of the surest mark of its words, 0 … 1."""
    tokens: tuple[Token, ...]
    people: tuple[Mark, ...] = ()
    places: tuple[Mark, ...] = ()
    days: tuple[Mark, ...] = ()
    lengths: tuple[Mark, ...] = ()


def encounters(scene: Scene, sentence: Run, ruled: Sequence[Token] = ()) -> list[Marked]:
    """The encounters marked in a sentence, in text order, each with the marks that belong to it.

    `ruled` are tokens that rules take for encounters: their marks need less confidence, and where they are
    not marked themselves they keep the people nearest to them from the marked ones.
    """
    span = scene.span_of(sentence)
    marks = list(scene.parsed.marks_in(span.start, span.end))
    known = {t.i for r in ruled for t in (r, *r.children)}
    told = [(m, h) for m in marks if m.tag in ENCOUNTERS and (h := scene.head_of(m.start, m.end))]
    named = _joined([(m, h) for m, h in told if m.confidence >= LIKELY or h.i in known])
    if not named:
        return []
    words_of = [[t for _, t in group] for group in named]
    taken = [t for group in words_of for t in group]
    words_of += [[t] for t in ruled if not any(t in (w, clause_of(w)) for w in taken)]
    owned: list[list[Mark]] = [[] for _ in words_of]
    for mark in marks:
        head = scene.head_of(mark.start, mark.end) if mark.tag in ("participant", *_DETAILS) else None
        for n in _owners(head, words_of, shared=mark.tag == "participant") if head is not None else ():
            owned[n].append(mark)
    return [_encounter(group, own) for group, own in zip(named, owned, strict=False)]


def _encounter(named: Sequence[tuple[Mark, Token]], own: Sequence[Mark]) -> Marked:
    tokens = [t for _, t in named]
    nouns = [t for t in tokens if t.pos_ == "NOUN"]
    able = nouns or tokens
    surest = max((m for m, _ in named), key=lambda m: m.confidence)
    return Marked(
        token=next((t for t in able if not any(o in t.ancestors for o in able)), able[0]),
        status=surest.tag,  # type: ignore[arg-type]
        sure=surest.confidence,
        tokens=tuple(tokens),
        people=tuple(m for m in own if m.tag == "participant"),
        places=tuple(m for m in own if m.tag == "place"),
        days=tuple(m for m in own if m.tag == "day"),
        lengths=tuple(m for m in own if m.tag == "length"),
    )


def _joined(named: Sequence[tuple[Mark, Token]]) -> list[list[tuple[Mark, Token]]]:
    """Words of one clause and one status that hang together name one encounter: `sat down for talks`."""
    groups: list[list[tuple[Mark, Token]]] = []
    for mark, token in named:
        home = next((g for g in groups if any(_is_one(mark, token, m, t) for m, t in g)), None)
        if home is None:
            groups.append([(mark, token)])
        else:
            home.append((mark, token))
    return groups


def _is_one(mark: Mark, token: Token, other: Mark, beside: Token) -> bool:
    if mark.start - other.end <= 1:
        return True  # `a telephone call`, two marks of neighbouring words
    if mark.tag != other.tag or clause_of(token) != clause_of(beside):
        return False
    if token == beside or token in beside.ancestors or beside in token.ancestors:
        return token.pos_ != beside.pos_ or token.pos_ != "NOUN" or token.dep_ in ("compound", "appos")
    return False


def _owners(head: Token, words_of: Sequence[Sequence[Token]], *, shared: bool) -> list[int]:
    """Indexes of the encounters that a word belongs to: the nearest by syntax; people may share several."""
    nearest = min(
        range(len(words_of)), key=lambda n: min((distance(head, t), abs(head.i - t.i)) for t in words_of[n])
    )
    if not shared:
        return [nearest]
    if min(distance(head, t) for t in words_of[nearest]) > REACH:
        return []
    subject = [n for n, group in enumerate(words_of) if any(_is_subject(head, t) for t in group)]
    return sorted({nearest, *subject})


def _is_subject(head: Token, token: Token) -> bool:
    """The word is the subject of the clause that an encounter stands in, or joined to it."""
    own = subjects(clause_of(token))
    return any(head == s or (head in s.conjuncts) for s in own)


def distance(one: Token, other: Token) -> int:
    """Steps from word to word through their common ancestor; a verb passed on the way counts more."""
    up, down = [one, *one.ancestors], [other, *other.ancestors]
    common = next((t for t in up if t in down), None)
    if common is None:
        return 99
    way = [*up[: up.index(common)], common, *down[: down.index(common)]]
    verbs = sum(1 for t in way if t.pos_ in ("VERB", "AUX") and t not in (one, other) and t.dep_ != "aux")
    return len(way) - 1 + CROSSING * max(0, verbs - 1)


def people_of(scene: Scene, marks: Iterable[Mark]) -> tuple[str, ...]:
    """Actors that marked words mean; a state's unnamed people stand for it.

    A state or body told by its bare name is left to the rules: who attends a gathering of many is told so,
    and such gatherings were most of what marks of bare names brought on 200 wire stories.
    """
    told = (m for m in marks if not _is_bare_name(scene, m))
    return tuple(dict.fromkeys(_standing(scene, a) for m in told for a in meant(scene, m)))


def _is_bare_name(scene: Scene, mark: Mark) -> bool:
    """`Brazil`, `the World Bank`, not `Brazil's envoy`."""
    inside = [m for m in scene.parsed.mentions if m.start < mark.end and mark.start < m.end]
    if len(inside) != 1 or inside[0].form not in ("name", "metonym"):
        return False
    actor = scene.actor(inside[0].actor) if inside[0].actor else None
    words = scene.text[mark.start : mark.end].lower().removeprefix("the ")
    bare = words.strip(" ,") == inside[0].text.lower().removeprefix("the ")
    return bare and actor is not None and actor.kind != "person"


def _standing(scene: Scene, actor_id: str) -> str:
    """`the Albanian envoys` → Albania, so that articles that name them otherwise speak of the same side."""
    actor = scene.actor(actor_id)
    state = f"state:{actor.country}" if actor and actor.kind == "group" and actor.country else actor_id
    return state if scene.actor(state) else actor_id


def meant(scene: Scene, mark: Mark) -> tuple[str, ...]:
    """Actors of one marked phrase.

    Whoever is named in it; else whom its main word means; else the state that its title names; else
    whoever speaks, for `I` and `we`.
    """
    head = scene.head_of(mark.start, mark.end)
    inside = [m for m in scene.parsed.mentions if m.start < mark.end and mark.start < m.end]
    told = [(m, a) for m in inside for a in scene.ids(m)]
    states = _states_in(scene, inside)
    able = [(m, a) for m, a in told if is_person(scene, a) and not _is_owner(scene, m, head)]
    people = [a for m, a in able if m.form == "name" or not _is_foreign(scene, a, states)]
    if people:
        return tuple(dict.fromkeys(people))
    if len(states) >= 2:
        return states  # `the Italian and Libyan foreign ministers`
    own = scene.mention_of.get(head.i) if head is not None else None
    if own is not None and (ids := scene.ids(own)):
        return ids
    rest = [a for m, a in told if not is_person(scene, a)]
    return tuple(dict.fromkeys(states or rest or _speaker(scene, mark) or _by_syntax(scene, head)))


def _states_in(scene: Scene, inside: Sequence[Mention]) -> tuple[str, ...]:
    """States that a phrase names, by their names or through titles and groups of their people."""
    told = [state_told(m) for m in inside]
    told += [
        f"state:{a.country}" for m in inside for i in scene.ids(m) if (a := scene.actor(i)) and a.country
    ]
    return tuple(dict.fromkeys(s for s in told if s and scene.actor(s)))


def _is_foreign(scene: Scene, person: str, states: Sequence[str]) -> bool:
    """`the minister of Georgia` is nobody whose state is another one, or told nowhere."""
    actor = scene.actor(person)
    return bool(states) and actor is not None and f"state:{actor.country}" not in states


def place_people(scene: Scene, told: Iterable[Marked]) -> None:
    """Notes in `scene.standing` on which side people stand whose state is told nowhere.

    A name in one phrase with a state (`his Yemeni guest, Minister Bawazir`) stands for it. A name without
    one, beside an official whose phrase tells his state (`met the Turkish envoy`), is of another: writers
    label foreigners, not their own.
    """
    for one in told:
        phrases = [(m, meant(scene, m), _label(scene, m)) for m in one.people]
        named = [x.name for _, ids, _ in phrases for a in ids if (x := scene.actor(a))]
        unplaced = [(a, label) for _, ids, label in phrases for a in ids if _is_unplaced(scene, a, named)]
        for person, label in unplaced:
            if label:
                scene.standing[person] = label
        labels = {label for _, ids, label in phrases if label and any(_is_official(scene, a) for a in ids)}
        for person, label in unplaced:
            if not label and len(labels) == 1:
                scene.standing.setdefault(person, person)


def _is_official(scene: Scene, actor_id: str) -> bool:
    actor = scene.actor(actor_id)
    return actor is not None and (actor.kind == "state" or actor.sector in ("GOV", "MIL", "IGO", "REB"))


def _label(scene: Scene, mark: Mark) -> str | None:
    """The country code of the one state that a phrase names; None where it names none or several."""
    inside = [m for m in scene.parsed.mentions if m.start < mark.end and mark.start < m.end]
    named = (m for m in inside if m.form != "pronoun")
    told = {s.removeprefix("state:") for m in named if (s := state_told(m))}
    told |= {a.country for m in inside for i in scene.ids(m) if m.form in ("name", "metonym")
             and (a := scene.actor(i)) and a.kind == "state" and a.country}  # fmt: skip
    return told.pop() if len(told) == 1 else None


def _is_unplaced(scene: Scene, actor_id: str, beside: Sequence[str]) -> bool:
    """A person of no known state, whose name is no part of a fuller one beside it."""
    one = scene.actor(actor_id)
    if one is None or one.kind != "person" or one.country or one.sector not in (None, "GOV"):
        return False
    return not any(one.name != name and set(one.name.split()) <= set(name.split()) for name in beside)


def _is_owner(scene: Scene, mention: Mention, head: Token | None) -> bool:
    """`Uribe` in `Uribe's commissioner`: whose somebody is takes no part himself."""
    own = scene.head_of(mention.start, mention.end)
    return own is not None and own != head and own.dep_ == "poss"


def _speaker(scene: Scene, mark: Mark) -> tuple[str, ...]:
    """`I`, `me`, `we` in a quotation: whoever is quoted."""
    said = scene.statement_at(mark.start)
    first = scene.text[mark.start : mark.end].lower() in _FIRST_PERSON
    return (said.speaker,) if first and said is not None and said.speaker else ()


def _by_syntax(scene: Scene, head: Token | None) -> tuple[str, ...]:
    return scene.named(head) if head is not None else ()


def subject_of(scene: Scene, told: Marked) -> tuple[str, ...]:
    """Who does it by syntax, where no mark says so; an office that nobody is known to hold is its state."""
    found: list[str] = []
    for token in subjects(clause_of(told.token)):
        mention = scene.mention_of.get(token.i)
        state = state_told(mention) if mention else None
        bare = mention is not None and mention.form in ("name", "metonym")
        named = tuple(a for a in scene.named(token) if is_person(scene, a) or not bare)
        found += named or ((state,) if state and scene.actor(state) else ())
    return tuple(found)


def has_open_side(scene: Scene, told: Marked) -> bool:
    """One phrase tells somebody whom nothing names: `her visitor`, `the minister`."""
    return any(not participants(scene, meant(scene, m)) and not _is_several(scene, m) for m in told.people)


def points_back(scene: Scene, told: Marked) -> bool:
    """Its people are told by a word for several told of before: `they`, `the two`, `both delegations`."""
    return any(_is_several(scene, m) for m in told.people)


def _is_several(scene: Scene, mark: Mark) -> bool:
    head = scene.head_of(mark.start, mark.end)
    if head is None:
        return False
    if head.lower_ in _SEVERAL or any(c.lower_ in _COUNTED for c in head.children):
        return True
    first = scene.token_at(mark.start).lower_
    return head.tag_ in ("NNS", "NNPS") and first in ("the", "these", "those")


def both_sides(scene: Scene, people: Sequence[str]) -> bool:
    """People of two sides that can meet."""
    return len(state_sides(scene, participants(scene, people))) >= 2


def medium_of(told: Marked) -> Medium | None:
    """`spoke by telephone`, `a video call`: by the words of its own clause."""
    near = {t.lower_ for token in told.tokens for t in _own_words(token)}
    lemmas = {t.lemma_.lower() for t in told.tokens}
    if near & words.VIDEOS:
        return "video"
    if near & words.CALLS or lemmas & (words.PHONE | {"call", "teleconference", "phonecall"}):
        return "call"
    return "in_person" if near & words.FACES else None


def _own_words(token: Token) -> Iterable[Token]:
    """A word and what hangs below it, other clauses left out."""
    yield token
    for child in token.children:
        if child.pos_ not in ("VERB", "AUX") and child.dep_ not in ("relcl", "acl", "advcl", "ccomp"):
            yield from _own_words(child)
