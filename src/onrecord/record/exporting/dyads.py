"""Who did how much to whom in which month: events of one state towards another, counted."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator
from itertools import product

from onrecord.facts.cow import cow_number
from onrecord.facts.plover import Quad, goldstein, ontology
from onrecord.record.exporting.job import Cells, Job, month_of
from onrecord.types import Actor

QUADS: tuple[Quad, ...] = (
    "verbal cooperation", "material cooperation", "verbal conflict", "material conflict"
)  # fmt: skip


def columns(*, cow: bool, own: Iterable[str] = ()) -> list[str]:
    """Columns of `dyad_months.csv` in order; `own` are types of a user's own ontology."""
    numbers = ["actor_cow", "recipient_cow"] if cow else []
    quads = [q.replace(" ", "_") for q in QUADS]
    return ["month", "actor", "recipient", *numbers, "events", "tone", *quads, *ontology().types, *own]


def write(job: Job) -> None:
    """`dyad_months.csv`: a row for each directed pair of states and month with an event; no row is a zero."""
    counts: dict[tuple[str, str, str], Counter[str]] = defaultdict(Counter)
    for row in job.happened():
        month = month_of(row.date)
        actors, recipients = (_states(job, ids) for ids in (row.actors, row.recipients))
        pairs = {(a, r) for a, r in product(actors, recipients) if a != r}
        if not month:
            job.left_out["events not dated to a month"] += 1
        elif not pairs:
            job.left_out["events that are not between two states"] += 1
        else:
            for one, other in pairs:
                counts[month, one, other][row.type] += 1
    own = sorted({kind for found in counts.values() for kind in found}.difference(ontology().types))
    job.table("dyad_months.csv", columns(cow=job.cow, own=own), _rows(counts, own, cow=job.cow))


def _states(job: Job, ids: tuple[str, ...]) -> set[str]:
    """Countries that actors speak or act for; media of a country do not."""
    return {a.country for a in job.named(ids) if a.country and not _is_medium(a)}


def _is_medium(actor: Actor) -> bool:
    return actor.kind == "medium" or actor.sector == "MED"


def _rows(counts: dict[tuple[str, str, str], Counter[str]], own: list[str], *, cow: bool) -> Iterator[Cells]:
    types = ontology().types
    for month, actor, recipient in sorted(counts):
        found = counts[month, actor, recipient]
        events = found.total()
        quads = Counter[str]()
        for kind, n in found.items():
            if kind in types:
                quads[types[kind].quad.replace(" ", "_")] += n
        numbers = {"actor_cow": cow_number(actor), "recipient_cow": cow_number(recipient)} if cow else {}
        yield {
            "month": month, "actor": actor, "recipient": recipient, **numbers, "events": events,
            "tone": round(sum(goldstein(k) * n for k, n in found.items()) / events, 3),
            **{q.replace(" ", "_"): quads[q.replace(" ", "_")] for q in QUADS},
            **{kind: found[kind] for kind in (*types, *own)},
        }  # fmt: skip
