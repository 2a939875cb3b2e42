"""Meetings for those who do not ask a database: a calendar, a timeline, a table of visits."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from html import escape
from typing import Any, Literal

import msgspec

from onrecord.facts.actors import Registry
from onrecord.facts.cow import cow_number
from onrecord.record.codec import to_json
from onrecord.record.exporting.job import Cells, Job
from onrecord.types import Actor, MeetingStatus, MergedAgreement, MergedMeeting, Range, printable

Standing = Literal["CONFIRMED", "TENTATIVE", "CANCELLED"]
STANDING: dict[MeetingStatus, Standing] = {
    "held": "CONFIRMED",
    "prospective": "TENTATIVE",
    "postponed": "TENTATIVE",
    "cancelled": "CANCELLED",
    "denied": "CANCELLED",
}
"""STATUS of iCalendar (RFC 5545, 3.8.1.11); the description gives the meeting's own status."""
VISIT_COLUMNS = (
    "meeting", "visitor", "visitor_office", "visitor_country", "visitor_cow", "host", "host_country",
    "host_cow", "place", "start", "end", "occasion", "status", "articles", "independent",
)  # fmt: skip


def _dated(job: Job) -> Iterator[tuple[MergedMeeting, date, date]]:
    """Meetings whose first and last possible day are known."""
    for _, row in job.store.rows(MergedMeeting):
        days = row.date
        if days and days.start and days.end:
            yield job.prepare("", row), days.start, days.end
        else:
            job.left_out["meetings without a date"] += 1


def _title(job: Job, row: MergedMeeting) -> str:
    """`Achieng Mutua – Dawit Lemma`, with what is not a plain meeting held said in front."""
    names = " – ".join(a.name for a in job.named(row.participants)) or row.occasion or "Meeting"
    return names if row.status == "held" else f"{row.status.capitalize()}: {names}"


def _about(job: Job, row: MergedMeeting) -> list[str]:
    """Lines that tell of a meeting: status, occasion, length, agenda, by how many articles."""
    told = [f"Status: {row.status}"]
    if row.date and row.date.days and row.date.days > 1:
        told.append("The day is not known: it lies within these days.")
    told += [f"Occasion: {row.occasion}"] if row.occasion else []
    told += [f"Length: {row.length_told}"] if row.length_told else []
    told += [f"On the table: {', '.join(i.replace('_', ' ') for i in row.agenda)}"] if row.agenda else []
    told.append(f"Told by {row.articles} article(s), {row.independent} independent.")
    return told


# --- iCalendar -------------------------------------------------------------------------------------------


def calendar(job: Job) -> None:
    """`meetings.ics`: whole-day entries; STATUS keeps what is planned apart from what was held."""
    from icalendar import Calendar, Event

    made = Calendar()
    made.add("prodid", "-//onrecord//meetings//EN")
    made.add("version", "2.0")
    for row, start, end in _dated(job):
        entry = Event()
        entry.add("uid", f"{row.id}@onrecord")
        entry.add("dtstamp", _stamp(job, row))
        entry.add("dtstart", start)
        entry.add("dtend", end + timedelta(days=1))  # the first day after it (RFC 5545, 3.6.1)
        entry.add("summary", _plain(_title(job, row)))
        entry.add("status", STANDING[row.status])
        entry.add("transp", "TRANSPARENT")
        entry.add("description", _plain("\n".join([*_about(job, row), "", row.text])))
        if row.place:
            entry.add("location", _plain(row.place))
        if row.agenda:
            entry.add("categories", list(row.agenda))
        if url := next((u for a in row.accounts if (u := job.address(a.article))), None):
            entry.add("url", url)
        made.add_component(entry)
    job.write("meetings.ics", made.to_ical())


def _stamp(job: Job, row: MergedMeeting) -> datetime:
    """When what is known was known: the newest article's day; a record asks no clock."""
    told = (job.store.article_head(a.article)[4] for a in row.accounts)
    newest = max((t for t in told if t), default="1970-01-01")
    return datetime.combine(date.fromisoformat(newest), datetime.min.time(), UTC)


def _plain(text: str) -> str:
    """Text as a calendar takes it: no barred characters, and no line end but the one that it escapes."""
    return printable("\n".join(text.splitlines()))


# --- TimelineJS ------------------------------------------------------------------------------------------


def timeline(job: Job) -> None:
    """`timeline.json`: dated meetings and agreements as slides of TimelineJS 3."""
    slides = sorted([*_meeting_slides(job), *_agreement_slides(job)], key=lambda s: s["unique_id"])
    slides.sort(key=lambda s: tuple(s["start_date"].values()))
    told = {"title": {"text": {"headline": "On the record", "text": f"<p>{len(slides)} entries</p>"}},
            "events": slides}  # fmt: skip
    job.write("timeline.json", msgspec.json.format(to_json(told).encode(), indent=1) + b"\n")


def _meeting_slides(job: Job) -> Iterator[dict[str, Any]]:
    for row, start, end in _dated(job):
        group = "Meetings" if row.status == "held" else "Meetings not (yet) held"
        where = f", {row.place}" if row.place else ""
        yield _slide(row.id, Range(start, end), group, _title(job, row) + where, _about(job, row), row.text)


def _agreement_slides(job: Job) -> Iterator[dict[str, Any]]:
    for _, found in job.store.rows(MergedAgreement):
        row = job.prepare("", found)
        if not (row.made_on and row.made_on.start and row.made_on.end):
            job.left_out["agreements without a date"] += 1
            continue
        parties = ", ".join(a.name for a in job.named(row.parties))
        about = [f"State: {row.state.replace('_', ' ')}", *([f"Parties: {parties}"] if parties else [])]
        yield _slide(row.id, row.made_on, "Agreements", f"{row.subject} ({row.state})", about, row.text)


def _slide(key: str, days: Range, group: str, headline: str, about: list[str], words: str) -> dict[str, Any]:
    """TimelineJS shows headline and text as HTML, so both are escaped."""
    assert days.start and days.end
    lines = "".join(f"<p>{escape(line)}</p>" for line in about)
    quoted = f"<blockquote>{escape(words)}</blockquote>" if words else ""
    made: dict[str, Any] = {
        "start_date": {"year": days.start.year, "month": days.start.month, "day": days.start.day},
        "text": {"headline": escape(headline), "text": lines + quoted},
        "group": group,
        "unique_id": key,
    }
    if days.end != days.start:
        made["end_date"] = {"year": days.end.year, "month": days.end.month, "day": days.end.day}
    return made


# --- visits ----------------------------------------------------------------------------------------------


def visits(job: Job) -> None:
    """`visits.csv`: a row for each person who met somebody in a country not his or her own.

    The shape of hand-made data on travels of leaders (COLT, Diplomatic Outreach): visitor, host, place,
    dates, occasion. A meeting on the ground of a third state has that state as its host country and no host.
    """
    columns = [c for c in VISIT_COLUMNS if job.cow or not c.endswith("_cow")]
    job.table("visits.csv", columns, _visits(job))


def _visits(job: Job) -> Iterator[Cells]:
    for _, found in job.store.rows(MergedMeeting):
        row = job.prepare("", found)
        country = _country_of(row.place)
        if row.medium in ("call", "video"):
            job.left_out["meetings by call or video"] += 1
        elif country is None:
            job.left_out["meetings whose country is not known"] += 1
        else:
            people = [a for a in job.named(row.participants) if a.kind == "person" and a.country]
            hosts = [a for a in people if a.country == country]
            for visitor in (a for a in people if a.country != country):
                yield _visit(job, row, visitor, hosts, country)


def _visit(job: Job, row: MergedMeeting, visitor: Actor, hosts: list[Actor], country: str) -> Cells:
    numbers = {"visitor_cow": cow_number(visitor.country), "host_cow": cow_number(country)}
    return {
        "meeting": row.id, "visitor": visitor.name, "visitor_office": visitor.role,
        "visitor_country": visitor.country, "host": "; ".join(h.name for h in hosts),
        "host_country": country, "place": row.place, "start": row.date and row.date.start,
        "end": row.date and row.date.end, "occasion": row.occasion, "status": row.status,
        "articles": row.articles, "independent": row.independent, **(numbers if job.cow else {}),
    }  # fmt: skip


def _country_of(place: str | None) -> str | None:
    """The state that a place lies in: of the whole name, or of what follows its last comma."""
    known = Registry.load().places
    for name in (place or "", (place or "").rpartition(",")[2].strip()):
        if name in known:
            return known[name].country
    return None
