"""Events as PLOVER JSON lines: one object an event, however many articles tell it.

Names of fields: PLOVER manual, Event, Actor and Data Interchange Specification (Open Event Data Alliance).
"""

from __future__ import annotations

from typing import Any

import msgspec

from onrecord.facts.cow import cow_number
from onrecord.facts.plover import goldstein, quad_number
from onrecord.record.codec import to_json
from onrecord.record.exporting.job import Job, lead_account, one_day
from onrecord.types import Actor, EventCluster

CODEBOOK = "plover-base-2.0"


def write(job: Job) -> None:
    """`events.plover.jsonl`."""
    with job.file("events.plover.jsonl") as file:
        for row in job.happened():
            file.write(to_json(_record(job, row)).encode() + b"\n")


def _record(job: Job, row: EventCluster) -> dict[str, Any]:
    """One event; what is not known is null or empty, never filled in."""
    coder = f"onrecord {job.store.manifest().get('onrecord', '')}".strip()
    lead = lead_account(row)
    article = job.article(lead)
    spans = sorted(row.evidence)
    return {
        "id": row.id,
        "date": one_day(row.date),
        "date_range": msgspec.to_builtins(row.date),
        "actor": [_entity(job, a) for a in job.named(row.actors)],
        "recipient": [_entity(job, a) for a in job.named(row.recipients)],
        "event": [row.type],
        "mode": [row.mode] if row.mode else [],
        "context": list(row.contexts),
        "event_loc": {"name": row.place} if row.place else {},
        "event_text": [row.trigger_text],
        "quad_code": quad_number(row.type) or None,
        "event_scale": goldstein(row.type),
        "text": row.text,
        "text_info": {"sequence": None, "start": spans[0].start, "end": spans[-1].end} if spans else {},
        "cite_info": {
            "title": article.title, "publication": article.publisher, "url": article.url,
            "language": article.language, "license": article.licence, "citation": article.path,
            "coder": coder, "codebook": CODEBOOK, "version": job.store.manifest().get("onrecord"),
        } if article else {},
        "coder": coder,
        "coded_date": None,
        "articles": row.articles,
        "independent": row.independent,
        "on_word_of": row.on_word_of,
        "confidence": row.confidence,
        "told_by": [{"article": a.article, "event": a.row} for a in row.accounts],
    }  # fmt: skip


def _entity(job: Job, actor: Actor) -> dict[str, Any]:
    """An actor; `code` is ISO 3166-1 alpha-3, or the sector of what stands above states."""
    above = actor.sector if actor.sector in ("IGO", "NGO") else None
    found = {
        "code": actor.country or above,
        "sector": actor.sector,
        "entity_text": actor.name,
        "identifier_id": actor.wikidata,
        "office": actor.role,
        "entity_id": actor.id,
    }
    return found | ({"cow": cow_number(actor.country)} if job.cow else {})
