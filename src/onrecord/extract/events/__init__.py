"""Who did what to whom: PLOVER events of one article, from a lexicon over syntax, with roles, status and
date.

A sentence gives candidates (`coder`), each with the words that bring it, a reading of its modality and
heads for
both sides (`roles`); `who` turns heads into linked actors. What names no actor is no event.
"""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, NamedTuple

from onrecord.extract.events import grammar
from onrecord.extract.events.coder import Candidate, Coder, coder
from onrecord.extract.events.coding import Coding, Trained, code, train
from onrecord.extract.events.head import Head
from onrecord.extract.events.matter import issues
from onrecord.extract.events.named import Ids
from onrecord.extract.events.politics import PLAYED, in_words, of_sport, tells_event
from onrecord.extract.events.roles import HOME
from onrecord.extract.events.when import date_of, goes_on, historical, sentence_before, speaks_of
from onrecord.extract.events.who import Who
from onrecord.facts.actors import Registry
from onrecord.facts.issues import Taxonomy
from onrecord.facts.plover import Ontology
from onrecord.settings import Settings
from onrecord.types import Actor, Event, Parsed, Span, Statement, cut, row_id

if TYPE_CHECKING:
    from spacy.tokens import Span as Run
    from spacy.tokens import Token

MIN_SCORE = 1.0
"""Candidates below it are not told; on the open records a lower bar adds more wrong types than right ones."""
SURE = 5.0
"""The rules' score that counts as full confidence."""
INWARD = frozenset({"PROTEST"})
"""Types whose other side, where none is told, is the actors' own state: protest is against those who rule."""
AT_HOME = frozenset({"curfew", "martial-law", "censor"})
"""What only those who rule a place do to it ("declared a state of siege in Haiti")."""
LONGEST_ROLE = 5
"""Words before the head of a phrase that are shown of it."""
LONGEST_EVIDENCE = 400
"""Characters; of a longer sentence only the trigger's clause is cut as evidence."""
POLITICAL = frozenset({"person", "state", "government", "organisation", "armed_group", "group", "medium"})


class Coded(NamedTuple):
    """Events of an article, and the actors that its mentions alone do not give."""

    events: tuple[Event, ...]
    actors: dict[str, Actor]
    """States of places ("shelled Jericho"), and actors whose country the text tells."""


def extract(
    parsed: Parsed, statements: tuple[Statement, ...], settings: Settings, taxonomy: Taxonomy | None = None
) -> Coded:
    """Events of an article in text order, the surest of a sentence first; no issues without a taxonomy."""
    using = coder(settings.event_tables, settings.ontology_tables)
    who = Who(parsed, Registry.load(settings.actor_tables), using.known.classes["persons"])
    found: list[Event] = []
    for sentence in parsed.doc.sents:
        found += _of_sentence(sentence, parsed, statements, using, who, taxonomy)
    kept = tuple(e for e in found if e.confidence >= settings.min_confidence)
    named = {a for e in kept for a in (*e.actors, *e.recipients)}
    return Coded(kept, {a: who.made[a] for a in sorted(who.made) if a in named})


def _of_sentence(
    sentence: Run,
    parsed: Parsed,
    statements: tuple[Statement, ...],
    using: Coder,
    who: Who,
    taxonomy: Taxonomy | None,
) -> list[Event]:
    found: list[Event] = []
    told: set[tuple[str, tuple[str, ...], tuple[str, ...]]] = set()
    for raw in using.candidates(sentence, who):
        if raw.score < MIN_SCORE or raw.dominated:
            continue
        actors, recipients = sides(raw, who)
        candidate = _by_sides(raw, actors, recipients, who, using.known)
        if candidate.type not in using.known.types:
            candidate = raw
        if candidate.roles.together and len(actors) > 1 and not recipients:
            recipients = actors
        key = (candidate.type, actors, recipients)
        kind = using.known.types[candidate.type]
        if candidate.type in PLAYED and of_sport(sentence, using.known):
            continue
        if key in told or not tells_event(candidate, actors, recipients, who, kind):
            continue
        told.add(key)
        found.append(_event(candidate, sentence, parsed, statements, actors, recipients, using, taxonomy))
    return found


def sides(candidate: Candidate, who: Who) -> tuple[Ids, Ids]:
    """Actor ids of both sides; a reciprocal event that names its sides together has them on both.

    Somebody whose country is not told is placed: recipients where the event happened or else in the actor's
    own
    country (a domestic event), an actor in the only country that the other side names.
    """
    roles = candidate.roles
    actors = _ids(roles.sources, who)
    placed = _ids(roles.targets, who)
    recipients = placed
    if roles.unplaced and (roles.at_home or not placed):
        country = _only(placed, who) or _only(actors, who)
        settled = (who.settle(h, country) if country else who.of(h) for h in roles.unplaced)
        recipients = tuple(dict.fromkeys(a for ids in settled for a in ids))
    if actors and not any(who.country(a) for a in actors) and (country := _home(candidate, placed, who)):
        actors = tuple(dict.fromkeys(a for h in roles.sources for a in who.settle(h, country)))
    if country := _only(placed, who):
        actors = tuple(dict.fromkeys(a for h in roles.sources for a in who.minority(h, country))) or actors
    recipients = tuple(a for a in recipients if a not in actors)
    inward = candidate.base in INWARD or (candidate.base == "COERCE" and candidate.mode in AT_HOME)
    if not recipients and inward and (country := _only(actors, who)):
        recipients = who.at_large(country)
    if roles.together and not recipients and len(actors) > 1:
        return actors, actors
    if roles.together and not actors and len(recipients) > 1:
        return recipients, recipients
    return actors, recipients


def _home(candidate: Candidate, placed: Ids, who: Who) -> str | None:
    """The one state a sentence names, as the home of an actor of unknown country.

    Not when that state itself is on the receiving end: who criticises a state is as often abroad.
    """
    roles = candidate.roles
    if candidate.base in INWARD and (where := _scene(candidate, who)):
        return where
    if not roles.at_home and any(a.startswith("state:") for h in roles.targets for a in who.at(h)):
        return None
    inward = roles.at_home or (candidate.base == "COERCE" and candidate.mode in AT_HOME)
    if inward and (where := _only(placed, who)):
        return where
    named = {c for t in candidate.head.sent for a in who.states(t) if (c := who.country(a))}
    return named.pop() if len(named) == 1 else None


def _scene(candidate: Candidate, who: Who) -> str | None:
    """The one state in which a verb's clause takes place ("marched *through Dhaka*")."""
    told = grammar.prepositions(candidate.head)
    return _only(tuple(a for p, n in told if p in (*HOME, "through", "outside") for a in who.at(n)), who)


def _by_sides(candidate: Candidate, actors: Ids, recipients: Ids, who: Who, known: Ontology) -> Candidate:
    """A candidate whose type depends on who the sides are: attacks in words, drills of one state alone."""
    rule = candidate.rule
    if in_words(candidate, actors, recipients, who):
        return replace(candidate, type="ACCUSE", mode="disapprove", rule=f"{rule}, in words")
    alone = _one_state(actors, recipients, who)
    if candidate.type == "COOPERATE" and candidate.mode == "military" and alone:
        return replace(candidate, type="MOBILIZE", mode="troops", rule=f"{rule}, alone → MOBILIZE")
    if candidate.type == "MOBILIZE" and not alone and len(actors) > 1 and _drills(candidate, known):
        roles = replace(candidate.roles, together=True)
        return replace(
            candidate, type="COOPERATE", mode="military", roles=roles, rule=f"{rule}, together → COOPERATE"
        )
    return candidate


def _drills(candidate: Candidate, known: Ontology) -> bool:
    """Whether forces only train."""
    held = grammar.objects(candidate.head) if candidate.head.pos_ == "VERB" else [candidate.head]
    return any(o.lemma_.lower() in known.classes.get("exercise", ()) for o in held)


def _one_state(actors: Ids, recipients: Ids, who: Who) -> bool:
    """Whether all sides are of one country: a drill of one state alone."""
    return _only((*actors, *recipients), who) is not None


def _only(actors: Ids, who: Who) -> str | None:
    countries = {c for a in actors if (c := who.country(a))}
    return countries.pop() if len(countries) == 1 else None


def _ids(heads: tuple[Token, ...], who: Who) -> Ids:
    return tuple(dict.fromkeys(a for h in heads for a in who.of(h)))


def _event(
    candidate: Candidate, sentence: Run, parsed: Parsed, statements: tuple[Statement, ...],
    actors: tuple[str, ...], recipients: tuple[str, ...], using: Coder, taxonomy: Taxonomy | None,
) -> Event:  # fmt: skip
    text = parsed.article.text
    trigger = tuple(Span(t.idx, t.idx + len(t)) for t in candidate.tokens)
    evidence = (_evidence(candidate, sentence),)
    sides = (*actors, *recipients)
    days, basis = date_of(
        candidate.head, sentence, parsed, planned=candidate.status == "planned", sides=sides
    )
    status = candidate.status
    if status == "happened" and historical(days, parsed):
        status = "historical"
    said = _statement_at(trigger[0], statements)
    return Event(
        id=row_id("e", parsed.article.id, candidate.type, trigger, actors, recipients),
        type=candidate.type,
        mode=candidate.mode,
        contexts=_contexts(sentence, using),
        issues=issues(candidate.head, taxonomy),
        actors=actors,
        recipients=recipients,
        date=days,
        date_basis=basis,
        place=_place(candidate, sentence, parsed, sides),
        status=status,
        on_word_of=said,
        trigger=trigger,
        evidence=evidence,
        confidence=round(max(0.05, min(1.0, candidate.score / SURE)), 3),
        trigger_text=cut(text, trigger),
        text=cut(text, evidence),
        why=_why(candidate),
    )


def _why(candidate: Candidate) -> str:
    """Trigger, rule and score, and the words that each side rests on."""
    roles = candidate.roles
    sides = {"who": roles.sources, "whom": (*roles.targets, *roles.unplaced)}
    told = [f"; {side}: " + ", ".join(map(_words, heads)) for side, heads in sides.items() if heads]
    return f"rule {candidate.rule}, score {candidate.score:.1f}" + "".join(told)


def _words(head: Token) -> str:
    """A phrase up to its head ("the *Dutch ambassador*"), without line ends."""
    start = max(head.left_edge.i, head.i - LONGEST_ROLE)
    return " ".join(t.text for t in head.doc[start : head.i + 1] if not t.is_space)


def _evidence(candidate: Candidate, sentence: Run) -> Span:
    words = [t for t in sentence if not t.is_space]
    start, end = words[0].idx, words[-1].idx + len(words[-1])
    if end - start <= LONGEST_EVIDENCE:
        return Span(start, end)
    verb = candidate.head
    while verb.pos_ not in ("VERB", "AUX") and verb.head != verb:
        verb = verb.head
    inside = [t for t in verb.subtree if not t.is_space and t.sent == sentence]
    tokens = [*inside, *candidate.tokens]
    return Span(min(t.idx for t in tokens), max(t.idx + len(t) for t in tokens))


def _statement_at(trigger: Span, statements: tuple[Statement, ...]) -> str | None:
    """The innermost statement whose content holds the trigger."""
    covering = [
        (sum(c.end - c.start for c in s.content), s.id)
        for s in statements
        if any(c.contains(trigger) for c in s.content)
    ]
    return min(covering)[1] if covering else None


def _place(candidate: Candidate, sentence: Run, parsed: Parsed, sides: Ids) -> str | None:
    """Place of the trigger's clause; of the sentence before where this one goes on with it and names none."""
    clause = candidate.head
    while clause.pos_ not in ("VERB", "AUX") and clause.head != clause:
        clause = clause.head
    if (told := parsed.place_of(*grammar.subtree_span(clause))) is not None:
        return told
    if any(True for _ in parsed.places_in(sentence.start_char, sentence.end_char)):
        return None  # another clause's place, or a state that acts
    before = sentence_before(sentence)
    there = any(t.lower_ == "there" and t.dep_ == "advmod" for t in sentence)
    if before is None or not (there or (goes_on(candidate.head) and speaks_of(before, sides, parsed))):
        return None
    return parsed.place_of(before.start_char, before.end_char)


def _contexts(sentence: Run, using: Coder) -> tuple[str, ...]:
    lemmas = [t.lemma_.lower() for t in sentence]
    words, running = set(lemmas), " ".join(lemmas)
    return tuple(
        c.id
        for c in using.known.contexts
        if any((w in running) if " " in w else (w in words) for w in c.words)
    )


__all__ = ["Coded", "Coding", "Head", "Trained", "code", "extract", "train"]
