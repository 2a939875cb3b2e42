"""Differences that the article itself reports: versions set side by side, accounts contradicted."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from onrecord.extract.disputes.held import held
from onrecord.extract.disputes.insisted import insisted
from onrecord.extract.disputes.tellings import Tellings
from onrecord.extract.scene import Scene, is_negated, subjects
from onrecord.types import Dispute, Meeting, Side, Span, Statement, cut, row_id

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token

NEAR = 4
"""Sentences on either side of `accounts differed` in which the accounts are looked for."""

_ACCOUNT = frozenset(
    {"version", "account", "claim", "description", "telling", "assertion", "story", "statement"}
)
_AGAINST = frozenset({"contradict", "dispute", "rebut", "refute", "contest", "challenge"})
_DIFFER = re.compile(
    r"\b(?:accounts?|versions?|readouts?|descriptions?|stories|statements)\b[^.;]{0,80}?"
    r"\b(?:differ(?:s|ed|ing)?|diverged?|conflict(?:s|ed)?|contradict(?:s|ed)?|did not match|at odds"
    r"|at variance)\b"
    r"|\b(?:differing|conflicting|contradictory|diverging|divergent|competing|rival)\s+"
    r"(?:accounts?|versions?|readouts?|descriptions?|statements|stories)\b"
    r"|\bdepending on (?:whom|who) (?:you|one) (?:believe|ask|listen)s?\b"
    r"|\b(?:his|her|its|their|one) (?:side's )?word against (?:his|hers?|its|theirs?|the others?)\b"
    r"|\bneither (?:\w+ )?has changed (?:his|her|its|their) (?:story|version|account)\b"
    r"|\b(?:gave|offered|told|issued|presented)\s+(?:sharply |very |slightly |starkly )?"
    r"(?:different|conflicting|differing)\s+(?:accounts?|versions?|stor(?:y|ies)|readouts?|pictures?)\b",
    re.IGNORECASE,
)
_MARKS = str.maketrans("", "", '“”"„«»')
_NOT = re.compile(r"\b(has|have|had|was|were|is|are|did|does|will|would) (?:not|never)\b")
_HINT = re.compile(
    r"version|account|telling|contradict|disput|rebut|refut|contest|challeng|readout|description|stor(?:y|ies)"
    r"|statement|depending|picture|word against",
    re.IGNORECASE,
)
"""Words without which no sentence says that things are told differently."""
_EDGES = re.compile(r"[,;:(]\s*|\s+(?:or|while|whereas|but)\s+|\band\b\s+")


def reported(scene: Scene, tellings: Tellings, meetings: Sequence[Meeting]) -> Iterator[Dispute]:
    """Disputes that the text names as such, in text order."""
    for number, sentence in enumerate(scene.sentences):
        if not _HINT.search(scene.text, sentence.start_char, sentence.end_char):
            continue
        sides, rule = _versions(scene, sentence), "versions side by side"
        if len(sides) < 2:
            sides, rule = _against(scene, sentence), "contradicted"
        if len(sides) < 2 and _DIFFER.search(sentence.text):
            sides, rule = _around(scene, number), "accounts said to differ"
        if len({s.actor for s in sides}) >= 2:
            yield _dispute(scene, sentence, sides, rule, meetings)
    for sentence, sides in insisted(scene):
        yield _dispute(scene, sentence, sides, "each holds to its version", meetings)
    for sentence, sides in held(scene, tellings):
        yield _dispute(scene, sentence, sides, "holds to what it said", meetings)


def _dispute(
    scene: Scene, sentence: Run, sides: Sequence[Side], rule: str, meetings: Sequence[Meeting]
) -> Dispute:
    span = scene.span_of(sentence)
    return Dispute(
        id=row_id("d", scene.parsed.article.id, span, *(s.actor for s in sides)),
        about=_about(scene, span, sides, rule),
        kind="reported_as_differing",
        sides=tuple(sides),
        confidence=0.9 if rule == "versions side by side" else 0.75,
        why=rule,
        about_row=meeting_near(scene, span, meetings),
    )


def _about(scene: Scene, span: Span, sides: Sequence[Side], rule: str) -> str:
    """What is disputed, in the article's words: `whether P or Q`, or the sentence that says so."""
    if rule in ("versions side by side", "each holds to its version"):
        told = " or ".join(" ".join(s.told.split()).strip(" ,;") for s in sides)
        return f"whether {told}"
    if sides[0].statement:
        return "whether " + in_question(sides[0].told)
    return " ".join(scene.text[span.start : span.end].split())


def in_question(told: str) -> str:
    """A claim as the question it answers: no quotation marks, no opening `that`, no `not`."""
    bare = " ".join(told.replace(" … ", " ").translate(_MARKS).split()).strip(" ,;.")
    bare = _NOT.sub(r"\1", bare.removeprefix("that "), count=1)
    return bare


def meeting_near(scene: Scene, span: Span, meetings: Sequence[Meeting]) -> str | None:
    """The meeting told of in a span, or last before it, or first after it; None where there is none."""
    before = [
        (max(e.start for e in m.evidence if e.start <= span.start), m.id)
        for m in meetings
        if any(e.start <= span.start for e in m.evidence)
    ]
    if before:
        return max(before)[1]
    return min(((m.evidence[0], m.id) for m in meetings), default=(None, None))[1]


def _versions(scene: Scene, sentence: Run) -> list[Side]:
    """`P (A's version) or Q (B's version)`; `A's version is that P`."""
    sides = []
    for token in sentence:
        if token.lemma_.lower() not in ("version", "account", "telling"):
            continue
        owner = next((c for c in token.children if c.dep_ == "poss"), None)
        actors = scene.named(owner) if owner is not None else ()
        told = _bracketed(scene, sentence, token)
        if actors and told:
            sides.append(Side(actor=actors[0], told=scene.text[told.start : told.end], evidence=(told,)))
    return sides


def _bracketed(scene: Scene, sentence: Run, token: Token) -> Span | None:
    """The clause before the brackets that hold an owner's version."""
    open_at = scene.text.rfind("(", sentence.start_char, token.idx)
    close_at = scene.text.find(")", token.idx)
    if open_at < 0 or close_at < 0 or close_at > sentence.end_char or token.idx - open_at > 60:
        return None
    edges = [m.end() for m in _EDGES.finditer(scene.text, sentence.start_char, open_at - 1)]
    # a bracket before ends the neighbour's version; the nearest edge behind it starts this one
    behind = scene.text.rfind(")", sentence.start_char, open_at) + 1
    after = [e for e in edges if e > behind]
    start = after[0] if behind and after else (edges[-1] if edges else sentence.start_char)
    end = open_at
    while end > start and scene.text[end - 1].isspace():
        end -= 1
    return Span(start, end) if end - start > 8 else None


def _against(scene: Scene, sentence: Run) -> list[Side]:
    """`A contradicted B's account that …`, `A disputed B's claim …`: both with the words told."""
    for verb in sentence:
        if verb.lemma_ not in _AGAINST or verb.pos_ != "VERB" or is_negated(verb) or verb.tag_ == "VB":
            continue  # `must rebut B's claims`: nobody has yet
        target = next((c for c in verb.children if c.dep_ in ("dobj", "nsubjpass")), None)
        if target is None:
            continue
        # `…, contradicting his counterpart`: what the other one said is contradicted
        of_person = list(scene.named(target)) if verb.lemma_ == "contradict" else []
        if target.lemma_.lower() not in _ACCOUNT and not of_person:
            continue
        one = [a for s in subjects(verb) if s != target for a in scene.named(s)]
        one += [a for c in verb.children if c.dep_ == "agent" for o in c.children for a in scene.named(o)]
        other = [a for c in target.children if c.dep_ == "poss" for a in scene.named(c)]
        other += [a for c in target.children if c.lower_ in ("by", "from") for o in c.children
                  for a in scene.named(o)]  # fmt: skip
        if of_person and not other:
            other = [a for a in of_person if one and scene.side(a) != scene.side(one[0])]
        if one and other and one[0] != other[0]:
            return [_side(scene, sentence, one[0]), _side(scene, sentence, other[0])]
    return []


def _side(scene: Scene, sentence: Run, actor: str) -> Side:
    """What an actor says nearest to a sentence; the sentence itself where nothing else is told of it."""
    span = scene.span_of(sentence)
    side = scene.side(actor)
    own = [s for s in scene.statements if s.speaker == actor] or [
        s for s in scene.statements if s.speaker and scene.side(s.speaker) == side
    ]
    near = min(own, key=lambda s: (abs(s.content[0].start - span.start), s.id), default=None)
    if near is None or abs(near.content[0].start - span.start) > 900:
        return Side(actor=actor, told=scene.text[span.start : span.end], evidence=(span,))
    return _told(scene, near)


def _told(scene: Scene, statement: Statement) -> Side:
    content = core(scene, statement)
    return Side(
        actor=statement.speaker, told=cut(scene.text, content), statement=statement.id, evidence=content
    )


def core(scene: Scene, statement: Statement) -> tuple[Span, ...]:
    """A content without stray words and without a clause after a semicolon, which is somebody else's."""
    kept = []
    for span in statement.content:
        text = scene.text[span.start : span.end]
        stop = text.find(";")
        if stop > 0 and not re.search(r"[“\"]", text[:stop]):
            span = Span(span.start, span.start + len(text[:stop].rstrip()))  # noqa: PLW2901
        kept.append(span)
    long = [s for s in kept if len(scene.text[s.start : s.end].split()) > 2]
    return tuple(long or kept)


def _around(scene: Scene, number: int) -> list[Side]:
    """The nearest statement of each of two sides around `accounts differed`."""
    here = scene.span_of(scene.sentences[number])
    low = scene.span_of(scene.sentences[max(0, number - 1)]).start
    high = scene.span_of(scene.sentences[min(len(scene.sentences) - 1, number + NEAR)]).end
    chosen: dict[str, Statement] = {}
    # what follows `accounts differed` spells it out; what stands before is the next best
    for said in sorted(scene.statements, key=lambda s: (s.content[0].start < here.start, s.content[0].start)):
        at = said.content[0].start
        actor = scene.actor(said.speaker) if said.speaker else None
        if (
            low <= at < high
            and actor
            and actor.kind in ("person", "government", "state", "group")
            and actor.country
        ):
            chosen.setdefault(scene.side(actor.id), said)
    sides = [_told(scene, s) for s in list(chosen.values())[:2]]
    return sides if len(sides) == 2 else []
