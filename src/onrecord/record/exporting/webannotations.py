"""Rows as W3C Web Annotations (https://www.w3.org/TR/annotation-model/): a collection of a page an article.

Each span of a row is a target with its position and its quotation, so that it is found again in another copy
of the text. A longer quotation of an article without an open licence is told by its beginning and by what
follows it (RangeSelector).
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

import msgspec

from onrecord.record.addresses import web_address
from onrecord.record.codec import to_json
from onrecord.record.exporting.job import Job, file_names
from onrecord.record.exporting.quoting import SHORT_QUOTATION
from onrecord.types import Article, Reading, Span

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
AROUND = 32
"""Characters of prefix and suffix."""
EDGE = 60
"""Characters by which the ends of a longer quotation are told."""
Json = dict[str, Any]


def write(job: Job) -> None:
    """`collection.jsonld` and `pages/NAME.jsonld`."""
    rows = job.store.connection.execute("SELECT id FROM articles ORDER BY id").fetchall()
    names = file_names(row[0] for row in rows)
    files = [f"pages/{name}.jsonld" for name in names.values()]
    total = 0
    for n, article in enumerate(names):
        reading = job.store.reading(article)
        assert reading is not None
        items = list(items_of(reading, is_closed=article in job.closed))
        # Addresses are relative to the file (JSON-LD resolves them against where it was read from).
        beside = {"prev": n - 1, "next": n + 1}
        links = {k: files[at].removeprefix("pages/") for k, at in beside.items() if 0 <= at < len(files)}
        page = {"@context": CONTEXT, "id": files[n].removeprefix("pages/"), "type": "AnnotationPage",
                "partOf": "../collection.jsonld", **links, "startIndex": total, "items": items}  # fmt: skip
        job.write(files[n], _json(page))
        total += len(items)
    ends = {"first": files[0], "last": files[-1]} if files else {}
    whole = {"@context": CONTEXT, "id": "collection.jsonld", "type": "AnnotationCollection",
             "label": "onrecord", "total": total, **ends}  # fmt: skip
    job.write("collection.jsonld", _json(whole))


def _json(value: Json) -> bytes:
    return msgspec.json.format(to_json(value).encode(), indent=1) + b"\n"


def items_of(reading: Reading, *, is_closed: bool = False) -> Iterator[Json]:
    """The annotations of an article: parts of statements, triggers of events, meetings, mentions, times."""
    article = reading.article
    names = {a.id: a.name for a in reading.actors}

    def made(key: str, spans: Iterable[Span], tags: list[str], *who: str | None) -> Json:
        bodies = [_text("tagging", tag) for tag in tags]
        bodies += [_text("identifying", names.get(w, w)) for w in who if w]
        targets = [_target(article, key, n, s, is_closed=is_closed) for n, s in enumerate(spans)]
        return {"@context": CONTEXT, "id": _urn(key), "type": "Annotation",
                "motivation": "identifying" if who else "classifying", "body": bodies,
                "target": targets[0] if len(targets) == 1 else targets}  # fmt: skip

    for s in reading.statements:
        who = s.said_by or (None,)
        acts = [s.act, s.speech, *(["negated"] if s.negated else []), *(["hedged"] if s.hedged else [])]
        yield made(f"{s.id}/content", s.content, ["statement", *acts, *s.issues], *who)
        if s.source:
            yield made(f"{s.id}/source", s.source, ["source"], *who)
        if s.cue:
            yield made(f"{s.id}/cue", s.cue, ["cue", s.act])
    for e in reading.events:
        mode = [e.mode] if e.mode else []
        yield made(e.id, e.trigger, ["event", e.type, *mode, e.status], *e.actors, *e.recipients)
    for m in reading.meetings:
        yield made(m.id, m.evidence, ["meeting", m.status], *m.participants)
    for a in reading.agreements:
        yield made(a.id, a.evidence, ["agreement", a.state, a.subject], *a.parties)
    for c in reading.commitments:
        yield made(c.id, c.content, ["commitment", c.state], c.promiser, *c.beneficiary)
    for mention in reading.mentions:
        key = f"{article.id}/mention/{mention.start}-{mention.end}"
        yield made(key, [mention.span], ["mention", mention.form], mention.actor)
    for t in reading.times:
        yield made(f"{article.id}/time/{t.start}-{t.end}", [t.span], ["time", t.type, t.value])


def _urn(key: str) -> str:
    plain = "".join(c if c.isascii() and (c.isalnum() or c in "-._/") else "_" for c in key)
    return f"urn:onrecord:{plain}"


def _text(purpose: str, value: str) -> Json:
    return {"type": "TextualBody", "purpose": purpose, "value": value, "format": "text/plain"}


def _target(article: Article, key: str, n: int, span: Span, *, is_closed: bool) -> Json:
    position = {"type": "TextPositionSelector", "start": span.start, "end": span.end}
    return {
        "id": f"{_urn(key)}/{n}",
        "type": "SpecificResource",
        "source": web_address(article.url) or _urn(article.id),
        "selector": [position, *_quotation(article.text, span, is_closed=is_closed)],
    }


def _quotation(text: str, span: Span, *, is_closed: bool) -> list[Json]:
    """How the words are told: none where they end the text and may not be quoted whole."""
    words = text[span.start : span.end]
    if not is_closed or len(words) <= SHORT_QUOTATION:
        return [_quote(text, span)]
    following = Span(span.end, min(len(text), span.end + EDGE))
    if following.start == following.end:
        return []
    # A range ends before its end selector begins.
    begin = _quote(text, Span(span.start, span.start + EDGE))
    return [{"type": "RangeSelector", "startSelector": begin, "endSelector": _quote(text, following)}]


def _quote(text: str, span: Span) -> Json:
    return {
        "type": "TextQuoteSelector",
        "exact": text[span.start : span.end],
        "prefix": text[max(0, span.start - AROUND) : span.start],
        "suffix": text[span.end : span.end + AROUND],
    }
