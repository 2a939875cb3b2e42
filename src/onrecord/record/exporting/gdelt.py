"""Events and mentions in the columns of GDELT 2.0: tab-separated, no header, codes as strings.

Names and order of columns: The GDELT Event Database Data Format Codebook v2.0 (19 February 2015). A row is an
event of one actor towards one other, so an event with several on a side has several rows; `keys.tsv` leads
from GlobalEventID back to the event of the record. Columns that a record does not hold stay empty
(docs/exports.md lists them).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from itertools import product

from onrecord.facts.actors import Registry
from onrecord.facts.plover import cameo_code, goldstein, quad_number
from onrecord.record.addresses import web_address
from onrecord.record.exporting.job import Job, month_of, one_day
from onrecord.types import Actor, Article, EventCluster, Range, row_id

_ACTOR = ("Code", "Name", "CountryCode", "KnownGroupCode", "EthnicCode", "Religion1Code", "Religion2Code",
          "Type1Code", "Type2Code", "Type3Code")  # fmt: skip
_GEO = ("Type", "FullName", "CountryCode", "ADM1Code", "ADM2Code", "Lat", "Long", "FeatureID")
EVENT_COLUMNS = (
    "GlobalEventID", "Day", "MonthYear", "Year", "FractionDate",
    *(f"Actor{n}{c}" for n in (1, 2) for c in _ACTOR),
    "IsRootEvent", "EventCode", "EventBaseCode", "EventRootCode", "QuadClass", "GoldsteinScale",
    "NumMentions", "NumSources", "NumArticles", "AvgTone",
    *(f"{who}Geo_{c}" for who in ("Actor1", "Actor2", "Action") for c in _GEO),
    "DATEADDED", "SOURCEURL",
)  # fmt: skip
MENTION_COLUMNS = (
    "GlobalEventID", "EventTimeDate", "MentionTimeDate", "MentionType", "MentionSourceName",
    "MentionIdentifier", "SentenceID", "Actor1CharOffset", "Actor2CharOffset", "ActionCharOffset",
    "InRawText", "Confidence", "MentionDocLen", "MentionDocTone", "MentionDocTranslationInfo", "Extras",
)  # fmt: skip
KEY_COLUMNS = ("GlobalEventID", "event", "actor", "recipient")
WEB, CITATION = "1", "2"
"""MentionType: an address of the web, or a citation only."""
Cells = dict[str, object]


def write(job: Job) -> None:
    """`events.export.tsv`, `events.mentions.tsv`, `keys.tsv`."""
    with (
        job.file("events.export.tsv") as events,
        job.file("events.mentions.tsv") as mentions,
        job.file("keys.tsv") as keys,
    ):
        keys.write(_line(KEY_COLUMNS, dict(zip(KEY_COLUMNS, KEY_COLUMNS, strict=True))))
        for row in job.happened():
            told = {a.article: job.store.article(a.article) for a in row.accounts}
            articles = {i: a for i, a in told.items() if a}
            for actor, recipient in _pairs(job, row):
                key = _number(row, actor, recipient)
                events.write(_line(EVENT_COLUMNS, _event(row, key, actor, recipient, articles)))
                mentions.writelines(
                    _line(MENTION_COLUMNS, cells) for cells in _mentions(job, row, key, articles)
                )
                ends = {"actor": actor and actor.id, "recipient": recipient and recipient.id}
                keys.write(_line(KEY_COLUMNS, {"GlobalEventID": key, "event": row.id} | ends))


def _pairs(job: Job, row: EventCluster) -> Iterator[tuple[Actor | None, Actor | None]]:
    """Each actor with each other recipient; None stands for a side that nobody is told on."""
    actors: list[Actor | None] = [*job.named(row.actors)] or [None]
    recipients: list[Actor | None] = [*job.named(row.recipients)] or [None]
    return ((a, r) for a, r in product(actors, recipients) if a is None or r is None or a.id != r.id)


def _number(row: EventCluster, actor: Actor | None, recipient: Actor | None) -> int:
    """A whole number below 2^48 that is the row's own, made of what it says."""
    told = (row.id, actor.id if actor else "", recipient.id if recipient else "")
    return int(row_id("x", "", *told).partition("-")[2], 16)


def _event(
    row: EventCluster, key: int, actor: Actor | None, recipient: Actor | None, articles: dict[str, Article]
) -> Cells:
    code = cameo_code(row.type, row.mode)
    first = next(iter(articles.values()), None)
    return {
        "GlobalEventID": key,
        **_dates(row.date),
        **_actor(1, actor),
        **_actor(2, recipient),
        "EventCode": code,
        "EventBaseCode": code[:3],
        "EventRootCode": code[:2],
        "QuadClass": quad_number(row.type) or None,
        "GoldsteinScale": goldstein(row.type),
        "NumMentions": len(row.accounts),
        "NumSources": row.independent,
        "NumArticles": row.articles,
        **_place(row.place),
        "DATEADDED": _stamp(first),
        "SOURCEURL": (first.url or first.path) if first else None,
    }


def _dates(days: Range | None) -> Cells:
    """As exact as the days are known: a day, a month, a year, or nothing."""
    told: Cells = {}
    if day := one_day(days):
        assert days and days.start
        told["Day"] = day.replace("-", "")
        # GDELT's own formula (codebook, FractionDate).
        told["FractionDate"] = f"{days.start.year + (days.start.month * 30 + days.start.day) / 365:.4f}"
    if month := month_of(days):
        told["MonthYear"] = month.replace("-", "")
    if days and days.start and days.end and days.start.year == days.end.year:
        told["Year"] = days.start.year
    return told


def _actor(n: int, actor: Actor | None) -> Cells:
    if actor is None:
        return {}
    kind = None if actor.kind == "state" else actor.sector
    return {
        f"Actor{n}Code": f"{actor.country or ''}{kind or ''}",
        f"Actor{n}Name": actor.name.upper(),
        f"Actor{n}CountryCode": actor.country,
        f"Actor{n}Type1Code": kind,
    }


def _place(place: str | None) -> Cells:
    """Where it took place; GDELT's country codes are FIPS 10-4, which a record does not hold."""
    if not place:
        return {}
    known = Registry.load().places.get(place)
    told: Cells = {"ActionGeo_FullName": place}
    if known:
        told["ActionGeo_Type"] = 1 if known.kind == "state" else 3 if known.country == "USA" else 4
    return told


def _mentions(job: Job, row: EventCluster, key: int, articles: dict[str, Article]) -> Iterator[Cells]:
    first = next(iter(articles.values()), None)
    for account in row.accounts:
        article = articles.get(account.article)
        found = job.store.row(account.row)
        event = found[2] if found else None
        yield {
            "GlobalEventID": key,
            "EventTimeDate": _stamp(first),
            "MentionTimeDate": _stamp(article),
            "MentionType": WEB if article and web_address(article.url) else CITATION,
            "MentionSourceName": article.publisher if article else None,
            "MentionIdentifier": (article.url or article.path) if article else account.article,
            "ActionCharOffset": event.trigger[0].start if event and event.trigger else None,
            "InRawText": 1,
            "Confidence": 10 * max(1, round(10 * event.confidence)) if event else None,
            "MentionDocLen": len(article.text) if article else None,
        }


def _stamp(article: Article | None) -> str | None:
    """YYYYMMDDHHMMSS of the day of publication, at midnight; nothing where it is not known to the day."""
    return article.published.strftime("%Y%m%d000000") if article and article.published else None


def _line(columns: Iterable[str], cells: Cells) -> bytes:
    """A row; tabs and ends of lines within a cell become spaces, since the format has no quoting."""
    told = (cells.get(c) for c in columns)
    plain = (re.sub(r"[\t\r\n\v\f\x85\u2028\u2029]+", " ", str(v)) if v is not None else "" for v in told)
    return "\t".join(plain).encode("utf-8", "backslashreplace") + b"\n"
