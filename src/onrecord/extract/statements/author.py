"""The author's own assessments and forecasts, kept apart from what the article reports others to have said.

A sentence counts when its main verb is the author's (outside quotations, not what some source says) and
either foretells with a mark of uncertainty or a condition ("will likely", "may", "unless they …, they will")
or judges by a word of judgement ("a setback", "it is unclear whether", "must", "arguably"). A bare `will` is
a plan or a schedule, not a forecast. Precision comes first: a sentence without a mark is left alone.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from functools import lru_cache
from typing import TYPE_CHECKING, NamedTuple

from onrecord.extract.statements.page import Page, trimmed
from onrecord.extract.statements.tags import tag
from onrecord.facts.actors import slug
from onrecord.facts.cues import WordsRow
from onrecord.facts.issues import Taxonomy
from onrecord.facts.table import TABLES, read_table
from onrecord.types import Act, Actor, Article, Parsed, Span, Statement, cut, row_id

if TYPE_CHECKING:
    from spacy.tokens import Span as Sentence
    from spacy.tokens import Token

CONFIDENCE = 0.7
_FIRST_PERSON = frozenset({"i", "we", "you", "my", "our", "your", "us"})
_LONGEST = 70
"""Tokens; a longer sentence is a list or an extraction error."""


class _Mark(NamedTuple):
    act: Act
    tokens: tuple[int, ...]
    why: str
    condition: tuple[int, ...] = ()


@lru_cache(maxsize=1)
def words() -> Mapping[str, frozenset[str]]:
    """Groups of tables/assess_words.csv."""
    return {row.group: frozenset(row.words) for row in read_table(TABLES / "assess_words.csv", WordsRow)}


def author_actor(article: Article) -> Actor | None:
    """The first author as an actor of sector MED; None where the article names none."""
    if not article.authors:
        return None
    name = article.authors[0]
    return Actor(id=f"person:{slug(name)}", name=name, kind="person", sector="MED", role="author")


def assessments(parsed: Parsed, reported: Sequence[Statement], taxonomy: Taxonomy) -> tuple[Statement, ...]:
    """Sentences of the body in which the author judges or foretells, in text order."""
    page = Page.of(parsed)
    article = parsed.article
    who = author_actor(article)
    taken = [span for s in reported for span in (*s.content, *s.cue)]
    found = []
    for sent in page.doc.sents:
        mark = _mark(page, sent, taken) if parsed.role_at(_start(sent)) == "body" else None
        content = trimmed(article.text, page.span(sent.start, sent.end - 1)) if mark else None
        if mark is None or content is None:
            continue
        cue = page.spans(mark.tokens)
        quote = cut(article.text, (content,))
        found.append(
            Statement(
                id=row_id("s", article.id, "author", cue, content),
                source=(),
                cue=cue,
                content=(content,),
                speaker=who.id if who else None,
                speech="indirect",
                act=mark.act,
                negated=False,
                issues=tag(taxonomy, quote),
                condition=page.spans(mark.condition),
                confidence=CONFIDENCE,
                quote=quote,
                cue_text=cut(article.text, cue),
                speaker_reason="the article's author, in the article's own voice"
                if who
                else "author not named",
                why=mark.why,
            )
        )
    return tuple(found)


def _start(sent: Sentence) -> int:
    return next((t.idx for t in sent if not t.is_space), sent[0].idx)


def _mark(page: Page, sent: Sentence, taken: Sequence[Span]) -> _Mark | None:
    """The words that make a sentence an assessment or a forecast of the author's."""
    root = sent.root
    if len(sent) > _LONGEST or root.i in page.quote_of or root.pos_ not in ("VERB", "AUX"):
        return None
    if any(
        t.lower_ in _FIRST_PERSON and t.i not in page.quote_of for t in sent
    ) or sent.text.rstrip().endswith("?"):
        return None
    if any(page.text[q.start : q.end] for q in page.quotes if _long_quote(page, q.span, sent)):
        return None
    for clause in _clauses(root):
        if not _claimed(clause, taken) and _subject(clause) is not None:
            mark = _forecast(clause) or _judgement(clause)
            if mark:
                return mark
    return None


def _long_quote(page: Page, quote: Span, sent: Sentence) -> bool:
    """A quotation that fills more than a third of the sentence: the words are not the author's."""
    low, high = page.span(sent.start, sent.end - 1)
    return (
        quote.start < high
        and low < quote.end
        and 3 * (min(high, quote.end) - max(low, quote.start)) > high - low
    )


def _claimed(verb: Token, taken: Sequence[Span]) -> bool:
    return any(start <= verb.idx < end for start, end in taken)


def _clauses(root: Token) -> Iterator[Token]:
    """The main verb and those joined to it that have a subject of their own."""
    yield root
    for child in root.children:
        joined = child.dep_ in ("conj", "parataxis") or (child.dep_ == "ccomp" and child.i < root.i)
        if joined and child.pos_ in ("VERB", "AUX"):
            yield from _clauses(child)


def _subject(verb: Token) -> Token | None:
    return next(
        (c for c in verb.children if c.dep_ in ("nsubj", "nsubjpass", "csubj", "csubjpass", "expl")), None
    )


def _forecast(verb: Token) -> _Mark | None:
    """What may, might, could come; what will, with a mark of likelihood or a condition."""
    known = words()
    helpers = [c for c in verb.children if c.dep_ == "aux"]
    past = any(c.lower_ in ("have", "had") for c in helpers) or verb.tag_ == "VBD"
    sure = [c for c in verb.children if c.dep_ == "advmod" and c.lower_ in known["certainty"]]
    sure += [c for c in verb.children if c.dep_ in ("acomp", "oprd") and c.lower_ in known["likelihood"]]
    condition = [m for c in verb.children if c.dep_ == "advcl" for m in c.children if _conditional(m)]
    hangs_on = tuple(t.i for m in condition for t in m.head.subtree)
    modal = next((c for c in helpers if c.tag_ == "MD"), None)
    if verb.lemma_ == "be" and any(c.lower_ in ("likely", "unlikely", "bound", "doomed") for c in sure):
        to = any(x.tag_ == "TO" for c in sure for x in c.subtree)
        if to and not past:
            return _Mark(
                "forecast",
                tuple(sorted([verb.i, *(c.i for c in sure)])),
                "author: likelihood of what is to come",
            )
    if modal is None or past:
        return None
    if modal.lower_ in known["future"] and modal.lower_ != "ca":
        if sure or condition:
            marks = sorted([modal.i, *(c.i for c in sure), *(m.i for m in condition)])
            return _Mark("forecast", tuple(marks), "author: will, with likelihood or condition", hangs_on)
        return None
    if modal.lower_ in ("may", "might", "could"):
        if _granted(verb) or (modal.lower_ == "could" and any(c.dep_ == "neg" for c in verb.children)):
            return None
        return _Mark("forecast", (modal.i, *(c.i for c in sure)), "author: may, might, could", hangs_on)
    if modal.lower_ == "would" and (condition or sure):
        marks = sorted([modal.i, *(c.i for c in sure), *(m.i for m in condition)])
        return _Mark("forecast", tuple(marks), "author: would, with likelihood or condition", hangs_on)
    return None


def _granted(verb: Token) -> bool:
    """What is granted before a "but": "the fleet may be old, but it sails" foretells nothing."""
    return any(c.dep_ == "cc" and c.lower_ == "but" for c in verb.children)


def _conditional(mark: Token) -> bool:
    return mark.dep_ == "mark" and mark.lower_ in ("if", "unless")


def _judgement(verb: Token) -> _Mark | None:
    """A judging adjective or noun after a copula, an obligation, or an adverb of certainty."""
    known = words()
    subject = _subject(verb)
    if verb.lemma_ in ("be", "remain", "seem", "appear", "become", "look", "prove") and subject is not None:
        for child in verb.children:
            if child.dep_ not in ("acomp", "attr", "oprd") or child.i < verb.i:
                continue
            if child.lower_ in known["likelihood"]:
                return _Mark("forecast", (verb.i, child.i), "author: likelihood of what is to come")
            if child.lower_ in known["judged"] or child.lemma_.lower() in known["judgement"]:
                return _Mark("assess", (verb.i, child.i), "author: judging word after a copula")
            inner = [c for c in child.children if c.dep_ == "amod" and c.lower_ in known["judged"]]
            if inner and child.dep_ == "attr":
                return _Mark("assess", (verb.i, inner[0].i), "author: judging word after a copula")
    helpers = [c for c in verb.children if c.dep_ == "aux" and c.lower_ in known["obliging"]]
    if helpers and subject is not None and subject.i < helpers[0].i:
        return _Mark("assess", (helpers[0].i,), "author: must, should")
    weak = ("perhaps", "possibly", "maybe", "hardly", "scarcely")
    sure = [
        c for c in verb.children if c.dep_ == "advmod" and c.lower_ in known["certainty"] and c.i < verb.i
    ]
    if sure and sure[0].lower_ not in weak:
        return _Mark("assess", (sure[0].i,), "author: adverb of certainty")
    past = [c for c in verb.children if c.dep_ == "aux" and c.tag_ == "MD" and c.lower_ in ("may", "might")]
    if past and any(c.dep_ == "aux" and c.lemma_ == "have" for c in verb.children):
        return _Mark("assess", (past[0].i,), "author: may, might, of the past")
    return None
