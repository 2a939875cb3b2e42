"""THE ROUTE: how an article becomes a reading, and a pile of readings a record. Read this first.

    acquire   files and pages      → Acquired (article, labelled passages) | Reject
    annotate  Acquired             → Parsed: sentences, syntax, times, names
    link      Parsed               → Parsed: the article's date, times normalised, mentions resolved to actors
    extract   Parsed               → Reading: statements, events, meetings, agreements, disputes, issues
    merge     readings             → Merged: one row an encounter, event, agreement, however many tell it
    record    readings, Merged     ⇄ SQLite

Actors are resolved before extraction, because every extracted row names actors
(docs/decisions/0001-link-before-extract.md).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from onrecord.annotate import names, syntax, times
from onrecord.extract import agreements, disputes, events, issues, meetings, statements
from onrecord.facts.actors import Registry
from onrecord.facts.happenings import Happenings
from onrecord.facts.issues import Taxonomy
from onrecord.link import actors, dating, places, standing
from onrecord.settings import Settings
from onrecord.types import Acquired, Attributor, Parsed, Reading


@dataclass(frozen=True)
class Tools:
    """What reading needs, loaded once a process."""

    settings: Settings
    registry: Registry
    happenings: Happenings
    taxonomy: Taxonomy
    attributor: Attributor

    @classmethod
    def load(cls, settings: Settings) -> Tools:
        return cls(
            settings=settings,
            registry=Registry.load(settings.actor_tables),
            happenings=Happenings.load(settings.happening_tables),
            taxonomy=Taxonomy.load(settings.issue_tables),
            attributor=statements.attributor(settings),
        )


def read(acquired: Iterable[Acquired], tools: Tools) -> Iterator[Reading]:
    """One reading an article, in the order the articles came."""
    for parsed in syntax.parse(acquired, tools.settings.language_model):
        yield extract(link(annotate(parsed, tools), tools), tools)


def annotate(parsed: Parsed, tools: Tools) -> Parsed:
    """Names and time expressions, found but not yet resolved."""
    return names.find(times.recognise(parsed), tools.registry)


def link(parsed: Parsed, tools: Tools) -> Parsed:
    """The article's date first, since times and offices are read against it."""
    dated = dating.date_article(parsed, tools.registry, tools.happenings)
    known = actors.resolve(times.normalise(dated), tools.registry)
    return places.locate(standing.with_states(known, tools.registry), tools.registry)


def extract(parsed: Parsed, tools: Tools) -> Reading:
    """Everything the article holds; later extractors read what earlier ones found."""
    said = statements.extract(parsed, tools.attributor, tools.taxonomy, tools.settings)
    parsed = statements.marked(parsed, tools.attributor)
    met = meetings.extract(parsed, said, tools.happenings, tools.taxonomy)
    agreed = agreements.extract(parsed, said, met)
    happened = events.extract(parsed, said, tools.settings, tools.taxonomy)
    differ = disputes.extract(parsed, said, met, agreed)
    compared = disputes.propositions(parsed, said)
    placed = disputes.states(differ, compared, tools.registry)
    cast = {**placed, **statements.authors(parsed, said), **parsed.actors, **happened.actors}
    return Reading(
        article=parsed.article,
        passages=parsed.passages,
        actors=tuple(cast[a] for a in sorted(cast)),
        mentions=parsed.mentions,
        times=parsed.times,
        statements=compared,
        events=happened.events,
        meetings=met,
        agreements=agreed,
        commitments=agreements.commitments(parsed, said, agreed),
        disputes=differ,
        issues=issues.weigh(parsed, tools.taxonomy),
    )
