"""What each rule of the grammar makes of its match, grouped by what stands at the core of the expression."""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.annotate.times import lexicon as lx
from onrecord.annotate.times.meaning import UNITS, Anchor, Meaning

Match = re.Match[str]
Build = Callable[[Match], Meaning | None]

_DIRECTIONS = {
    "last": -1,
    "past": -1,
    "this past": -1,
    "previous": -1,
    "next": 1,
    "coming": 1,
    "this coming": 1,
    "following": 1,
    "this": 0,
    "current": 0,
}


def _group(m: Match, name: str) -> str | None:
    return m.groupdict().get(name)


def _direction(word: str | None) -> int | None:
    return None if word is None else _DIRECTIONS.get(" ".join(word.removeprefix("the ").split()))


def _clock(words: str) -> str:
    """`7:15 p.m.` → T19:15."""
    words = words.strip()
    if words in ("noon", "midnight"):
        return "T12:00" if words == "noon" else "T24:00"
    m = re.match(r"(\d{1,2})(?::(\d\d))?", words)
    hour, minute = (int(m.group(1)), int(m.group(2) or 0)) if m else (0, 0)
    if re.search(r"p\.?m", words) and hour < 12:
        hour += 12
    if re.search(r"a\.?m", words) and hour == 12:
        hour = 0
    return f"T{hour:02d}:{minute:02d}"


def _part(m: Match) -> str:
    word = _group(m, "part")
    return lx.PARTS[word.removesuffix("s")] if word else ""


# --- days of the calendar
# ----------------------------------------------------------------------------------------


def iso(m: Match) -> Meaning:
    return Meaning("TIME" if "t" in m.group() else "DATE", m.group().upper())


def slashes(m: Match) -> Meaning | None:
    a, b, y = int(m["a"]), int(m["b"]), int(m["y"])
    month, day = (a, b) if a <= 12 else (b, a)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year = y if y > 99 else (1900 + y if y > 40 else 2000 + y)
    return Meaning("DATE", f"{year}-{month:02d}-{day:02d}")


def month_day(m: Match) -> Meaning | None:
    day = lx.day_number(m["dom"])
    last = lx.day_number(m["to"]) if _group(m, "to") else None
    if last is not None and last <= day:
        return None
    year, rel = _group(m, "year"), _direction(_group(m, "rel"))
    value = f"{year or 'XXXX'}-{lx.month_number(m['mon']):02d}-{day:02d}"
    clock = _group(m, "clock")
    part = _clock(clock) if clock else _part(m)
    return Meaning("TIME" if part else "DATE", value, years=rel, part=part, last_day=last)


def month(m: Match) -> Meaning:
    year = _group(m, "year") or (str(lx.spelt_year(m["yearw"])) if _group(m, "yearw") else None)
    value = f"{year or 'XXXX'}-{lx.month_number(m['mon']):02d}"
    return Meaning("DATE", value, years=_direction(_group(m, "rel")), direction=_direction(_group(m, "dir")))


def each_month(m: Match) -> Meaning:
    return Meaning("SET", f"XXXX-{lx.month_number(m['mon']):02d}")


def weekday(m: Match) -> Meaning:
    value = f"XXXX-WXX-{lx.weekday_number(m['wd'])}"
    clock = _group(m, "clock")
    part = _clock(clock) if clock else _part(m)
    week = _direction(_group(m, "week"))
    if week is not None:
        return Meaning("TIME" if part else "DATE", value, anchor="article", shift=week, unit="W", part=part)
    anchor: Anchor = "told" if (_group(m, "dir") or "").startswith("the ") else "none"
    return Meaning(
        "TIME" if part else "DATE", value, direction=_direction(_group(m, "dir")), part=part, anchor=anchor
    )


def each_weekday(m: Match) -> Meaning:
    return Meaning("SET", f"XXXX-WXX-{lx.weekday_number(m['wd'])}{_part(m)}")


_DEICTIC = {
    "today": 0,
    "tonight": 0,
    "yesterday": -1,
    "tomorrow": 1,
    "the day before yesterday": -2,
    "the day after tomorrow": 2,
}


def deictic(m: Match) -> Meaning:
    word = " ".join(m["day"].split())
    clock = _group(m, "clock")
    part = "TNI" if word == "tonight" else (_clock(clock) if clock else _part(m))
    return Meaning(
        "TIME" if part else "DATE", UNITS["D"], anchor="article", shift=_DEICTIC[word], unit="D", part=part
    )


def this_part(m: Match) -> Meaning:
    which = _group(m, "dir") or "this"
    shift = {"last": -1, "yesterday": -1, "next": 1, "tomorrow": 1}.get(which, 0)
    anchor: Anchor = "told" if which in ("the", "that") else "article"
    return Meaning("TIME", UNITS["D"], anchor=anchor, shift=shift, unit="D", part=_part(m))


def clock_alone(m: Match) -> Meaning:
    return Meaning("TIME", UNITS["D"], anchor="told", unit="D", part=_clock(m["clock"]))


def holiday(m: Match) -> Meaning:
    year, rel = _group(m, "year"), _direction(_group(m, "rel"))
    rule = lx.HOLIDAYS[" ".join(m["holiday"].split())]
    return Meaning("DATE", f"{year or 'XXXX'}-{rule}", years=rel, direction=_direction(_group(m, "dir")))


# --- years, quarters, halves, seasons, decades
# ---------------------------------------------------------------------


def year(m: Match) -> Meaning:
    return Meaning("DATE", m["year"])


def spelt_year(m: Match) -> Meaning | None:
    year = lx.spelt_year(m["yearw"])
    return None if year is None else Meaning("DATE", str(year))


def short_year(m: Match) -> Meaning:
    y = int(m["y"])
    return Meaning("DATE", str(1900 + y if y > 40 else 2000 + y))


def decade(m: Match) -> Meaning:
    if _group(m, "d"):
        d = m["d"]
        value = d[:3] if len(d) == 4 else ("19" if int(d) > 20 else "20") + d[0]
    else:
        value = "19" + str(lx.NUMBERS[m["dw"].replace("ies", "y")])[0]
    return Meaning("DATE", value)


def century(m: Match) -> Meaning:
    word = m["ord"]
    n = int(re.match(r"\d+", word).group()) if word[0].isdigit() else lx.day_number(word)  # type: ignore[union-attr]
    return Meaning("DATE", f"{n - 1:02d}")


def quarter(m: Match) -> Meaning:
    """`the third quarter`, `the 1988 quarter`, `the year-earlier period`, `the latest quarter`."""
    ordinal, year, rel = _group(m, "ord"), _group(m, "year"), _direction(_group(m, "rel"))
    half = "half" in m.group()
    number = (
        None
        if ordinal is None
        else {
            "fir": 1,
            "1st": 1,
            "sec": 2,
            "2nd": 2,
            "thi": 3,
            "3rd": 3,
            "fou": 4,
            "4th": 4,
            "las": 2,
            "lat": 2,
        }[ordinal[:3]]
    )
    ago = _group(m, "ago")
    letter = "H" if half else "Q"
    if number is not None:
        value = f"{year or 'XXXX'}-{letter}{number}"
        return Meaning(
            "DATE",
            value,
            years=-1 if ago else rel,
            direction=0 if not (year or rel or ago) else None,
            anchor="told" if ago else "none",
        )
    if ago:
        return Meaning("DATE", "XXXX-QX", anchor="told", shift=-4, unit="Q")
    if year:
        return Meaning("DATE", f"{year}-QX", anchor="told", unit="Q")
    if rel is not None:  # last year's quarter
        return Meaning("DATE", "XXXX-QX", anchor="told", shift=4 * rel, unit="Q")
    shift = {"last": -1, "previous": -1, "next": 1, "this": 0, "current": 0, "following": 1, "coming": 1}
    which = _group(m, "dir")
    if which in shift:
        return Meaning("DATE", "XXXX-QX", anchor="article", shift=shift[which], unit="Q")
    return Meaning("DATE", "XXXX-QX", anchor="told", unit="Q")


def season(m: Match) -> Meaning:
    spelt = _group(m, "yearw")
    year = str(lx.spelt_year(spelt)) if spelt else _group(m, "year")
    value = f"{year or 'XXXX'}-{lx.SEASONS[m['season']]}"
    return Meaning("DATE", value, direction=_direction(_group(m, "dir")), years=_direction(_group(m, "rel")))


def year_end(m: Match) -> Meaning:
    return Meaning("DATE", "XXXX", "END", anchor="article", unit="Y")


# --- units counted from an anchor, durations, sets
# -------------------------------------------------------------------


def relative_unit(m: Match) -> Meaning:
    """`last week`, `the following year`, `this month`, `that year`."""
    which = " ".join(m["dir"].removeprefix("the ").split())
    unit = lx.unit_code(m["unit"])
    shift = _DIRECTIONS.get(which, 0)
    told = which in ("that", "same", "following", "preceding") or (which == "previous")
    shift = -1 if which == "preceding" else shift
    return Meaning("DATE", UNITS[unit], anchor="told" if told else "article", shift=shift, unit=unit)


def the_unit(m: Match) -> Meaning:
    unit = lx.unit_code(m["unit"])
    return Meaning("DATE", UNITS[unit], anchor="told" if unit in ("WE", "Q") else "article", unit=unit)


def _duration_value(n: float | None, unit: str) -> str:
    letter = {"S": "S", "MIN": "M", "H": "H", "E": "DE", "C": "CE", "WE": "WE", "L": "L"}.get(unit, unit)
    before = "PT" if unit in ("S", "MIN", "H") else "P"
    if n is None:
        return f"{before}X{letter}"
    if n != int(n) and unit in ("Y", "MIN", "H", "D"):
        more = {"Y": ("M", 12), "MIN": ("S", 60), "H": ("M", 60), "D": ("TH", 24)}[unit]
        rest = f"{round((n - int(n)) * more[1])}{more[0][-1]}"
        whole = f"{int(n)}{letter}" if n >= 1 else ""
        if unit == "Y" and n < 1:
            return f"P{rest}"
        return f"{before}{whole}{'T' if more[0] == 'TH' else ''}{rest}"
    return f"{before}{n:g}{letter}"


def duration(m: Match) -> Meaning:
    n = lx.number(m["num"]) if _group(m, "num") else (0.5 if _group(m, "half") else None)
    return Meaning("DURATION", _duration_value(n, lx.unit_code(m["unit"])))


def and_a_half(m: Match) -> Meaning:
    return Meaning("DURATION", _duration_value(1.5, lx.unit_code(m["unit"])))


def window(m: Match) -> Meaning:
    """`the past two months`: a duration that ends, or starts, at the article's date."""
    n = lx.number(m["num"])
    unit = lx.unit_code(m["unit"])
    value = _duration_value(n, unit)
    direction = _direction(m["dir"]) or {"first": 0, "latest": -1}.get(m["dir"].split()[-1], 0)
    shift = 0 if n is None else int(n) * direction
    return Meaning("DURATION", value, shift=shift, unit=unit)


def ago(m: Match) -> Meaning | None:
    """`two weeks ago`, `a year earlier`, `three days later`, `two months from now`."""
    n = lx.number(m["num"])
    unit = lx.unit_code(m["unit"])
    how = m["how"].split()[0]
    sign = -1 if how in ("ago", "earlier", "before", "back") else 1
    anchor: Anchor = "article" if how in ("ago", "from", "hence", "back") else "told"
    if n is None:
        return Meaning("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
    if n != int(n):
        if unit != "Y":
            return None
        n, unit = round(n * 12), "M"
    yearly = unit == "Y" and n == 1 and sign < 0
    mod = "APPROX" if " or so" in m.group() else None
    return Meaning("DATE", UNITS[unit], mod, anchor, sign * int(n), unit, yearly=yearly)


_ADVERBS = {
    "daily": "P1D",
    "nightly": "P1D",
    "weekly": "P1W",
    "monthly": "P1M",
    "yearly": "P1Y",
    "annually": "P1Y",
    "hourly": "PT1H",
}


def deictic_part(m: Match) -> Meaning:
    """`yesterday morning` told the other way round: `mid-afternoon yesterday`."""
    mod = "MID" if m["part"].startswith("mid") else None
    part = lx.PARTS[re.sub(r"mid\W*", "", m["part"])]
    return Meaning("TIME", UNITS["D"], mod, "article", _DEICTIC[m["dir"]], "D", part=part)


def overnight(_: Match) -> Meaning:
    return Meaning("TIME", UNITS["D"], anchor="article", unit="D", part="TNI")


def fiscal_year(m: Match) -> Meaning:
    word = m["which"]
    shift = -1 if word in ("last", "past", "previous", "latest") else int(word in ("next", "coming"))
    return Meaning("DATE", UNITS["Y"], anchor="article", unit="Y", shift=shift)


def this_year(_: Match) -> Meaning:
    return Meaning("DATE", UNITS["Y"], anchor="article", unit="Y")


def year_ago(_: Match) -> Meaning:
    return Meaning("DATE", UNITS["Y"], anchor="told", shift=-1, unit="Y", yearly=True)


def vague_duration(m: Match) -> Meaning:
    return Meaning("DURATION", _duration_value(None, lx.unit_code(m["unit"])))


def one_duration(m: Match) -> Meaning:
    return Meaning("DURATION", _duration_value(1, lx.unit_code(m["unit"])))


_HALVES = {"hour": "PT30M", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y"}


def half(m: Match) -> Meaning:
    return Meaning("DURATION", _HALVES[m["unit"]])


def set_adverb(m: Match) -> Meaning:
    return Meaning("SET", _ADVERBS[m.group()])


def every(m: Match) -> Meaning:
    n = lx.number(m["num"]) if _group(m, "num") else 1
    part = _group(m, "part")
    if part:
        return Meaning("SET", f"XXXX-XX-XX{lx.PARTS[part]}")
    return Meaning("SET", _duration_value(n, lx.unit_code(m["unit"])))


def ref(value: str) -> Build:
    return lambda m: Meaning("DATE", value)
