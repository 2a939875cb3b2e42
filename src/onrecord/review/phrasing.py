"""Plain words for values: dates, acts, lists. The same words for every side."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence
from datetime import date
from typing import Any

from onrecord.types import Agreement, Commitment, Correction, Range, Statement

ACTS = {
    "say": "said",
    "deny": "denied",
    "confirm": "confirmed",
    "accuse": "accused",
    "promise": "promised",
    "threaten": "threatened",
    "demand": "demanded",
    "propose": "proposed",
    "agree": "agreed",
    "reject": "rejected",
    "warn": "warned",
    "praise": "praised",
    "criticise": "criticised",
    "ask": "asked",
    "expect": "expected",
    "believe": "believed",
    "decide": "decided",
    "decline": "declined to say",
    "omit": "did not mention",
    "assess": "assessed",
    "forecast": "forecast",
}
_MONTHS = (
    "January",
    "February",
    "March",
    "April",
    "May",
    "June",
    "July",
    "August",
    "September",
    "October",
    "November",
    "December",
)


_PLAIN = frozenset(
    ["said", "say", "says", "saying", "told", "tell", "tells", "telling", "added", "adds", "according",
     "noted", "notes", "stated", "states", "wrote", "writes", "announced", "declared", "reported",
     "statement", "quoted"]
)  # fmt: skip
"""Words of cues that mean no more than `said`."""


def act(statement: Statement) -> str:
    """`denied`, `did not (threaten)`; the article's own words where `said` would tell less than they.

    `“detects”`, `“has never been coy about”`: what is reported there is no clause that somebody said.
    """
    silent = statement.act in ("omit", "decline")
    bare = statement.act == "say" and statement.speech == "indirect"
    bare = bare and _PLAIN.isdisjoint(statement.cue_text.lower().split())
    if statement.cue_text and (bare or (statement.negated and not silent)):
        return f"“{shortened(statement.cue_text, 60)}”"
    return f"did not ({statement.act})" if statement.negated and not silent else ACTS[statement.act]


def day(value: date) -> str:
    """`7 July 2017`."""
    return f"{value.day} {_MONTHS[value.month - 1]} {value.year}"


def days(value: Range | None) -> str:
    """`7 July 2017`, `7–10 July 2017`, `from 9 July 2017`, or `date not known`."""
    if value is None or (value.start is None and value.end is None):
        return "date not known"
    start, end = value
    if start is None or end is None:
        return f"from {day(start)}" if start else f"until {day(end)}" if end else "date not known"
    if start == end:
        return day(start)
    if (start.year, start.month) == (end.year, end.month):
        return f"{start.day}–{day(end)}"
    return f"{day(start)} – {day(end)}"


def day_key(value: Range | None) -> tuple[date, date]:
    """Sorts by first day, then last; what is not dated comes first."""
    if value is None:
        return date.min, date.min
    return value.start or date.min, value.end or date.max


def listed(words: Sequence[str]) -> str:
    """`a`, `a and b`, `a, b and c`."""
    if len(words) < 2:
        return "".join(words)
    return f"{', '.join(words[:-1])} and {words[-1]}"


def counted(number: int, thing: str) -> str:
    """`1 meeting`, `3 meetings`."""
    return f"{number} {thing}" if number == 1 else f"{number} {thing}s"


def length(minutes: int) -> str:
    """`136` → `2 h 16 min`."""
    hours, rest = divmod(minutes, 60)
    return " ".join(
        p for p in (f"{hours} h" if hours else "", f"{rest} min" if rest or not hours else "") if p
    )


def shortened(text: str, width: int = 160) -> str:
    """Text on one line, cut at a word with ` …` where it is longer than `width` characters."""
    return textwrap.shorten(" ".join(text.split()), width=width, placeholder=" …")


def due(agreement: Agreement, as_of: date | None) -> str | None:
    """`expired` or `overdue` as of a day, by the agreement's own dates; None where they say neither."""
    if as_of is None:
        return None
    if agreement.expires and agreement.expires.end and agreement.expires.end < as_of:
        return "expired"
    starts = agreement.effective
    if agreement.state in ("proposed", "agreed") and starts and starts.end and starts.end < as_of:
        return f"overdue since {day(starts.end)}: no article tells that it took effect"
    return None


def overdue(promised: Commitment, state: str, as_of: date | None) -> str | None:
    """`overdue since …` where the day by which a promise is due has passed and nothing tells more of it."""
    end = promised.due.end if promised.due else None
    if state != "promised" or as_of is None or end is None or end >= as_of:
        return None
    return f"overdue since {day(end)}: no article tells that it was kept"


def correction(told: Correction) -> str:
    """`speaker of “…”: Ana Ruiz, not Bo Lind`."""
    words = told.anchors[0].quote
    short = words if len(words) <= 70 else words[:69] + "…"
    about = short if words[:1] in '“"«„' else f"“{short}”"
    match told.what:
        case "set":
            return f"{told.field} of {about}: {value(told.value)}, not {value(told.was)}"
        case "reject":
            return f"{about} is none of the {told.anchors[0].kind.removeprefix('merged_')}"
        case "same_meeting":
            return f"one meeting: {about} and “{told.anchors[-1].quote[:60]}”"
        case "other_meeting":
            return f"another meeting than it was merged with: {about}"
    where = "" if told.what == "same_actor" else " in this article"
    return f"{value(told.was)} is {value(told.value)}{where}"


def value(of: Any) -> str:
    """A value in words."""
    match of:
        case None | []:
            return "not known"
        case {"name": name}:
            return str(name)
        case bool():
            return "yes" if of else "no"
        case [int(), int()]:
            return f"{of[0]}:{of[1]}"
        case list():
            return ", ".join(value(v) for v in of)
    return str(of)
