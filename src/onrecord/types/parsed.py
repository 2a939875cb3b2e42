"""An article on its way, with its syntax; and the seam where an attributor can be replaced."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Protocol, runtime_checkable

from onrecord.types.articles import Article, Passage, Role
from onrecord.types.marks import Mark
from onrecord.types.rows import Actor, Attribution, Mention, Place, TimeExpr
from onrecord.types.spans import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc, Token

_WORDS_OF = frozenset({
    "letter", "bill", "proposal", "legislation", "statement", "speech", "tweet", "message", "book",
    "remark", "comment", "testimony", "post", "spokesman", "op-ed", "campaign", "office", "team",
    "report", "view", "idea", "plan", "critique", "interview", "article", "column", "memo", "email",
    "address",
})  # fmt: skip
"""Nouns whose owner is the one who speaks through them: "the senator's letter"."""
_SEVERAL = re.compile(
    r"(?:Sens|Reps|Govs|Gens|Messrs)\b|(?:Senators|Representatives|Governors|Ministers) (?=[A-Z])"
)
"""Titles in the plural before the names of several people."""
_TITLE_TAGS = frozenset({"NOUN", "PROPN", "ADJ", "SPACE"})
_AND = re.compile(r"\b(?:and|or)\b|&|\b(?:as well as|(?:along|together) with)\b", re.IGNORECASE)
_NOUNS = ("NOUN", "PROPN")
_BESIDE = ("appos", "compound", "nsubj")
_SCENE = frozenset({"in", "at", "near", "to", "outside"})
"""Words before a place that make it the scene of what is told."""


@dataclass(frozen=True, slots=True)
class Parsed:
    """An article on its way through annotate and link: syntax, and what has been found so far.

    `doc` covers the whole article; every character that is not to be read has been blanked to a space of
    its own, so `token.idx` is an offset into `article.text` and sentences never cross passages.
    """

    article: Article
    passages: tuple[Passage, ...]
    doc: Doc
    times: tuple[TimeExpr, ...] = ()
    mentions: tuple[Mention, ...] = ()
    actors: Mapping[str, Actor] = field(default_factory=dict)
    places: tuple[Place, ...] = ()
    marks: tuple[Mark, ...] = ()
    """What a learnt reader marks, in text order; empty where none is installed."""

    def mentions_in(self, start: int, end: int) -> Iterator[Mention]:
        """Mentions that lie within [start, end), in text order."""
        return (m for m in self.mentions if start <= m.start and m.end <= end)

    def marks_in(self, start: int, end: int) -> Iterator[Mark]:
        """Marks that lie within [start, end), in text order."""
        return (m for m in self.marks if start <= m.start and m.end <= end)

    def mention_at(self, span: Span) -> Mention | None:
        """The mention that a span is about, e.g. of a statement's source: the mention at its head word.

        "Russian Foreign Minister Sergey Lavrov" is about the name, "Tillerson, who …" about Tillerson, "a
        spokesman for the ministry" about the spokesman. None where no mention stands at the head.
        """
        inside = [m for m in self.mentions if m.start < span.end and m.end > span.start]
        people = [m for m in inside if (m.actor or "").startswith("person:") and m.form == "name"]
        if len(people) > 1 and _SEVERAL.match(self.article.text, span.start):
            return self._several(span, people)
        found = self.doc.char_span(span.start, span.end, alignment_mode="expand") if inside else None
        if found is None:
            return inside[0] if inside else None
        at = {t.i: m for m in inside for t in found if m.start <= t.idx < m.end}
        head = found.root
        while head.pos_ in ("ADP", "SCONJ") and any(c.dep_ == "pobj" and c in found for c in head.children):
            head = next(c for c in head.children if c.dep_ == "pobj" and c in found)
        last = max(inside, key=lambda m: m.end)
        before_name = at[head.i].end if head.i in at else head.idx + len(head)
        if last is not at.get(head.i) and self._ends_in_name(before_name, last, span):
            return last
        if head.i in at:
            listed = [at[c.i] for c in head.conjuncts if c in found and c.i in at and at[c.i].form == "name"]
            listed = listed or self._behind_titles(head, at)
            together = listed and _AND.search(self.article.text, span.start, span.end)
            if together and at[head.i].form == "name" and all(m.actor for m in (at[head.i], *listed)):
                return self._several(span, [at[head.i], *listed])
            return at[head.i]
        for child in head.children:
            if child.i in at and child.dep_ in (("appos", "nsubj") if head.tag_ == "NNS" else _BESIDE):
                return at[child.i]
            if child.i in at and child.dep_ == "poss" and head.lemma_ in _WORDS_OF:
                return at[child.i]
            if child.lower_ == "of" and head.lemma_ not in _WORDS_OF:
                part = [at[c.i] for c in child.children if c.i in at and at[c.i].form == "group"]
                if part:
                    return part[0]
        return self._at_edge(inside, span, head)

    def _at_edge(self, inside: list[Mention], span: Span, head: Token) -> Mention | None:
        """The one name at the beginning or end of a source, save where it tells people apart.

        "American Christians" are not America, "Clinton defenders" are not Clinton.
        """
        edge = [
            m for m in inside if m.form == "name" and m.actor and (m.start == span.start or m.end == span.end)
        ]
        if len(inside) != 1 or not edge or (head.tag_ in ("NNS", "NNPS") and head.idx > edge[0].end):
            return None
        return edge[0]

    def _behind_titles(self, head: Token, at: Mapping[int, Mention]) -> list[Mention]:
        """People listed after a name with its own title: "Ann Example, the chair, and Bob Sample"."""
        titles = [c for c in head.children if c.dep_ == "appos" and (c.i not in at or at[c.i].form != "name")]
        named = (at[c.i] for t in titles for c in t.conjuncts if c.i in at)
        people = (m for m in named if m.form == "name" and (m.actor or "").startswith("person:"))
        return [m for m in people if self._ends_phrase(m)]

    def _ends_phrase(self, mention: Mention) -> bool:
        """Whether no noun follows that a name only tells of ("a teacher and *Trump* supporter")."""
        own = self.doc.char_span(mention.start, mention.end, alignment_mode="expand")
        return own is None or all(t.pos_ not in _NOUNS for t in self.doc[own.end : own.end + 1])

    def _several(self, span: Span, named: list[Mention]) -> Mention:
        """A source that names several people one by one."""
        members = tuple(dict.fromkeys(m.actor for m in named if m.actor))
        text = self.article.text[span.start : span.end]
        return Mention(start=span.start, end=span.end, text=text, form="group", members=members,
                       reason="named one by one")  # fmt: skip

    def times_in(self, start: int, end: int) -> Iterator[TimeExpr]:
        """Time expressions that lie within [start, end), in text order."""
        return (t for t in self.times if start <= t.start and t.end <= end)

    def _ends_in_name(self, after: int, last: Mention, span: Span) -> bool:
        """Whether a source ends in a person's name, and only words of a title lie between."""
        between = self.doc.char_span(after, last.start, alignment_mode="contract")
        is_end = last.end >= span.end - 1 and (last.actor or "").startswith("person:") and last.form == "name"
        return (
            is_end
            and after <= last.start
            and (between is None or all(t.pos_ in _TITLE_TAGS for t in between))
        )

    def places_in(self, start: int, end: int) -> Iterator[Place]:
        """Places named within [start, end), in text order."""
        return (p for p in self.places if start <= p.start and p.end <= end)

    def place_of(self, start: int, end: int) -> str | None:
        """Where something told in [start, end) took place: the city after "in", "at" …, else such a state.

        Only places that a preposition of place introduces count; None where there is none.
        """
        said = [p for p in self.places_in(start, end) if self._is_scene(p)]
        cities = [p for p in said if p.kind == "city"]
        return next((p.name for p in [*cities, *said]), None)

    def _is_scene(self, place: Place) -> bool:
        """Whether "in", "at", "to" … stands right before a place."""
        before = self.article.text[max(0, place.start - 12) : place.start].split()
        return bool(before) and (
            before[-1].lower() in _SCENE
            or (len(before) > 1 and before[-1] == "the" and before[-2].lower() in _SCENE)
        )

    def role_at(self, offset: int) -> Role | None:
        """The role of the passage that holds a character, None between passages."""
        return next((p.role for p in self.passages if p.start <= offset < p.end), None)


class Attributor(Protocol):
    """Finds attributions; `onrecord.registry` names the known ones."""

    def attributions(self, parsed: Parsed) -> list[Attribution]: ...


@runtime_checkable
class Marker(Protocol):
    """Marks words of dealings; an attributor that reads with a network may be one too."""

    def marks(self, parsed: Parsed) -> tuple[Mark, ...]: ...
