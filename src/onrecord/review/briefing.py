"""The brief: what a desk analyst reads before a meeting, every line with the number of its source."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable
from datetime import date

from onrecord.errors import UsageError
from onrecord.facts.sides import Side
from onrecord.review import changes, phrasing
from onrecord.review.desk import Desk
from onrecord.review.leading import lead
from onrecord.review.lines import (
    AgreementLine,
    CommitmentLine,
    DisputeLine,
    IssueSection,
    MeetingLine,
    SourceNote,
)
from onrecord.review.material import Asked, Material, Source, gather, sides_of
from onrecord.types import Event, MergedMeeting, Range, Value

MAX_QUOTES = 5
"""Statements printed for one side on one issue; the rest is counted. JSON holds them all."""


class Brief(Value, frozen=True, kw_only=True):
    """A readable report cut from a record."""

    between: tuple[str, ...]
    """Codes of the sides: ISO 3166-1 alpha-3, else actor ids."""
    sides: tuple[Side, ...]
    as_of: date | None
    period: Range | None
    articles: int
    lead: tuple[str, ...]
    meetings: tuple[MeetingLine, ...]
    issues: tuple[IssueSection, ...]
    agreements: tuple[AgreementLine, ...]
    commitments: tuple[CommitmentLine, ...]
    disputes: tuple[DisputeLine, ...]
    changes: tuple[str, ...]
    unknown: tuple[str, ...]
    sources: tuple[SourceNote, ...]


def brief(
    source: Source,
    *,
    between: Asked | None = None,
    issue: str | None = None,
    since: date | None = None,
    until: date | None = None,
    as_of: date | None = None,
) -> Brief:
    """The brief on two sides.

    Args:
        source: An open record.
        between: ISO codes, names or actor ids, or sides looked up before; None takes the two states the
            record tells most about.
        issue: An issue's id; None takes all.
        since: First day; what has no date is left out where a bound is given.
        until: Last day.
        as_of: The day to judge due dates by; None takes the newest article's. The clock is never asked.

    Raises:
        UsageError: a side is not in the record, or there are no two states in it.
    """
    sides = sides_of(source, between or main_pair(source))
    material = gather(source, sides, issue=issue, since=since, until=until)
    if issue and issue not in material.labels:
        raise UsageError.unknown("issue", issue, material.labels)
    return brief_of(material, as_of=as_of)


def brief_of(material: Material, *, as_of: date | None = None) -> Brief:
    """The brief of rows that were gathered before; `as_of` as in `brief`."""
    days = [d for a in material.articles.values() if (d := a.days)]
    # The newest article's first possible day: what it calls upcoming must not be overdue.
    as_of = as_of or max((d.start for d in days if d.start), default=None)
    desk = Desk(material, as_of)
    meetings = desk.meetings()
    sections, agreements = desk.issues(), desk.agreements()
    commitments, disputes = desk.commitments(), desk.disputes()
    return Brief(
        between=tuple(s.code for s in material.sides),
        sides=material.sides,
        as_of=as_of,
        period=_period(days),
        articles=len(material.articles),
        lead=lead(material, desk.as_of),
        meetings=meetings,
        issues=sections,
        agreements=agreements,
        commitments=commitments,
        disputes=disputes,
        changes=changes.since_last_meeting(material, desk.as_of),
        unknown=_unknown(material),
        sources=desk.sources(),
    )


def _period(days: list[Range]) -> Range | None:
    """From the first possible day of the oldest article to the last of the newest."""
    if not days:
        return None
    return Range(
        min((d.start for d in days if d.start), default=None),
        max((d.end for d in days if d.end), default=None),
    )


def main_pair(source: Source) -> tuple[str, str]:
    """Codes of the two states that meet or act on each other most often in a record; ties go by code.

    Raises:
        UsageError: no two do.
    """
    actors = source.actors()
    states = {
        a.id: a.country for a in actors.values() if a.country and a.kind in ("state", "government", "person")
    }

    def pairs() -> Iterable[tuple[str, str]]:
        for _, meeting in source.rows(MergedMeeting):
            codes = sorted({states[p] for p in meeting.participants if p in states})
            yield from ((a, b) for i, a in enumerate(codes) for b in codes[i + 1 :])
        for _, event in source.rows(Event):
            for a in event.actors:
                for b in event.recipients:
                    if states.get(a) and states.get(b):
                        yield states[a], states[b]

    counts = Counter((a, b) if a < b else (b, a) for a, b in pairs() if a != b)
    if not counts:
        raise UsageError("no two states deal with each other in this record; name two sides with --between")
    return min(counts, key=lambda pair: (-counts[pair], pair))


def _unknown(material: Material) -> tuple[str, ...]:
    """What the record does not know, said plainly."""
    said = []
    for what in ("date", "place"):
        bare = [m for m in material.meetings if getattr(m, what) is None]
        if bare:
            who = [phrasing.listed([material.name(p) for p in m.participants]) for m in bare]
            said.append(
                f"The {what} of {phrasing.counted(len(bare), 'meeting')}: {'; '.join(dict.fromkeys(who))}."
            )
    for article in material.articles.values():
        if article.published is None:
            told = (
                f"taken to be {phrasing.days(article.published_range)}"
                if article.published_range
                else "not known"
            )
            reason = article.published_reason or "no clue in the text"
            said.append(f"The date of “{article.title or article.path}”: {told} ({reason}).")
    return tuple(said)
