"""The rules of the grammar: pattern → Meaning, grouped by what stands at the core of the expression."""

from __future__ import annotations

import re
from collections.abc import Callable

from onrecord.annotate.times import lexicon as lx
from onrecord.annotate.times.meaning import UNITS, Meaning

Match = re.Match[str]
Build = Callable[[Match], Meaning | None]

_DIRECTIONS = {"last": -1, "past": -1, "this past": -1, "previous": -1, "next": 1, "coming": 1, "this coming": 1,
               "following": 1, "this": 0, "current": 0}  # fmt: skip


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


# --- days of the calendar ----------------------------------------------------------------------------------------


def _iso(m: Match) -> Meaning:
    return Meaning("TIME" if "t" in m.group() else "DATE", m.group().upper())


def _slashes(m: Match) -> Meaning | None:
    a, b, y = int(m["a"]), int(m["b"]), int(m["y"])
    month, day = (a, b) if a <= 12 else (b, a)
    if not (1 <= month <= 12 and 1 <= day <= 31):
        return None
    year = y if y > 99 else (1900 + y if y > 40 else 2000 + y)
    return Meaning("DATE", f"{year}-{month:02d}-{day:02d}")


def _month_day(m: Match) -> Meaning | None:
    day = lx.day_number(m["dom"])
    last = lx.day_number(m["to"]) if _group(m, "to") else None
    if last is not None and last <= day:
        return None
    year, rel = _group(m, "year"), _direction(_group(m, "rel"))
    value = f"{year or 'XXXX'}-{lx.month_number(m['mon']):02d}-{day:02d}"
    clock = _group(m, "clock")
    part = _clock(clock) if clock else _part(m)
    return Meaning("TIME" if part else "DATE", value, years=rel, part=part, last_day=last)


def _month(m: Match) -> Meaning:
    year = _group(m, "year") or (str(lx.spelt_year(m["yearw"])) if _group(m, "yearw") else None)
    value = f"{year or 'XXXX'}-{lx.month_number(m['mon']):02d}"
    return Meaning("DATE", value, years=_direction(_group(m, "rel")), direction=_direction(_group(m, "dir")))


def _each_month(m: Match) -> Meaning:
    return Meaning("SET", f"XXXX-{lx.month_number(m['mon']):02d}")


def _weekday(m: Match) -> Meaning:
    value = f"XXXX-WXX-{lx.weekday_number(m['wd'])}"
    clock = _group(m, "clock")
    part = _clock(clock) if clock else _part(m)
    week = _direction(_group(m, "week"))
    if week is not None:
        return Meaning("TIME" if part else "DATE", value, anchor="article", shift=week, unit="W", part=part)
    anchor = "told" if (_group(m, "dir") or "").startswith("the ") else "none"
    return Meaning("TIME" if part else "DATE", value, direction=_direction(_group(m, "dir")), part=part,
                   anchor=anchor)  # fmt: skip


def _each_weekday(m: Match) -> Meaning:
    return Meaning("SET", f"XXXX-WXX-{lx.weekday_number(m['wd'])}{_part(m)}")


_DEICTIC = {"today": 0, "tonight": 0, "yesterday": -1, "tomorrow": 1, "the day before yesterday": -2,
            "the day after tomorrow": 2}  # fmt: skip


def _deictic(m: Match) -> Meaning:
    word = " ".join(m["day"].split())
    clock = _group(m, "clock")
    part = "TNI" if word == "tonight" else (_clock(clock) if clock else _part(m))
    return Meaning(
        "TIME" if part else "DATE", UNITS["D"], anchor="article", shift=_DEICTIC[word], unit="D", part=part
    )


def _this_part(m: Match) -> Meaning:
    which = _group(m, "dir") or "this"
    shift = {"last": -1, "yesterday": -1, "next": 1, "tomorrow": 1}.get(which, 0)
    anchor = "told" if which in ("the", "that") else "article"
    return Meaning("TIME", UNITS["D"], anchor=anchor, shift=shift, unit="D", part=_part(m))


def _clock_alone(m: Match) -> Meaning:
    return Meaning("TIME", UNITS["D"], anchor="told", unit="D", part=_clock(m["clock"]))


def _holiday(m: Match) -> Meaning:
    year, rel = _group(m, "year"), _direction(_group(m, "rel"))
    rule = lx.HOLIDAYS[" ".join(m["holiday"].split())]
    return Meaning("DATE", f"{year or 'XXXX'}-{rule}", years=rel, direction=_direction(_group(m, "dir")))


# --- years, quarters, halves, seasons, decades ---------------------------------------------------------------------


def _year(m: Match) -> Meaning:
    return Meaning("DATE", m["year"])


def _spelt_year(m: Match) -> Meaning | None:
    year = lx.spelt_year(m["yearw"])
    return None if year is None else Meaning("DATE", str(year))


def _short_year(m: Match) -> Meaning:
    y = int(m["y"])
    return Meaning("DATE", str(1900 + y if y > 40 else 2000 + y))


def _decade(m: Match) -> Meaning:
    if _group(m, "d"):
        d = m["d"]
        value = d[:3] if len(d) == 4 else ("19" if int(d) > 20 else "20") + d[0]
    else:
        value = "19" + str(lx.NUMBERS[m["dw"].replace("ies", "y")])[0]
    return Meaning("DATE", value)


def _century(m: Match) -> Meaning:
    word = m["ord"]
    n = int(re.match(r"\d+", word).group()) if word[0].isdigit() else lx.day_number(word)  # type: ignore[union-attr]
    return Meaning("DATE", f"{n - 1:02d}")


def _quarter(m: Match) -> Meaning:
    """`the third quarter`, `the 1988 quarter`, `the year-earlier period`, `the latest quarter`."""
    ordinal, year, rel = _group(m, "ord"), _group(m, "year"), _direction(_group(m, "rel"))
    half = "half" in m.group()
    number = None if ordinal is None else {"fir": 1, "1st": 1, "sec": 2, "2nd": 2, "thi": 3, "3rd": 3, "fou": 4,
                                           "4th": 4, "las": 2, "lat": 2}[ordinal[:3]]  # fmt: skip
    ago = _group(m, "ago")
    letter = "H" if half else "Q"
    if number is not None:
        value = f"{year or 'XXXX'}-{letter}{number}"
        return Meaning("DATE", value, years=-1 if ago else rel, direction=0 if not (year or rel or ago) else None,
                       anchor="told" if ago else "none")  # fmt: skip
    if ago:
        return Meaning("DATE", "XXXX-QX", anchor="told", shift=-4, unit="Q")
    if year:
        return Meaning("DATE", f"{year}-QX", anchor="told", unit="Q")
    shift = {"last": -1, "previous": -1, "next": 1, "this": 0, "current": 0, "following": 1, "coming": 1}
    which = _group(m, "dir")
    if which in shift:
        return Meaning("DATE", "XXXX-QX", anchor="article", shift=shift[which], unit="Q")
    return Meaning("DATE", "XXXX-QX", anchor="told", unit="Q")


def _season(m: Match) -> Meaning:
    value = f"{_group(m, 'year') or 'XXXX'}-{lx.SEASONS[m['season']]}"
    return Meaning("DATE", value, direction=_direction(_group(m, "dir")), years=_direction(_group(m, "rel")))


def _year_end(m: Match) -> Meaning:
    return Meaning("DATE", "XXXX", "END", anchor="article", unit="Y")


# --- units counted from an anchor, durations, sets -------------------------------------------------------------------


def _relative_unit(m: Match) -> Meaning:
    """`last week`, `the following year`, `this month`, `that year`."""
    which = " ".join(m["dir"].removeprefix("the ").split())
    unit = lx.unit_code(m["unit"])
    shift = _DIRECTIONS.get(which, 0)
    told = which in ("that", "same", "following", "preceding") or (which == "previous")
    shift = -1 if which == "preceding" else shift
    return Meaning("DATE", UNITS[unit], anchor="told" if told else "article", shift=shift, unit=unit)


def _the_unit(m: Match) -> Meaning:
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


def _duration(m: Match) -> Meaning:
    n = lx.number(m["num"]) if _group(m, "num") else (0.5 if _group(m, "half") else None)
    return Meaning("DURATION", _duration_value(n, lx.unit_code(m["unit"])))


def _and_a_half(m: Match) -> Meaning:
    return Meaning("DURATION", _duration_value(1.5, lx.unit_code(m["unit"])))


def _window(m: Match) -> Meaning:
    """`the past two months`: a duration that ends, or starts, at the article's date."""
    n = lx.number(m["num"])
    unit = lx.unit_code(m["unit"])
    value = _duration_value(n, unit)
    direction = _direction(m["dir"]) or {"first": 0, "latest": -1}.get(m["dir"].split()[-1], 0)
    shift = 0 if n is None else int(n) * direction
    return Meaning("DURATION", value, shift=shift, unit=unit)


def _ago(m: Match) -> Meaning | None:
    """`two weeks ago`, `a year earlier`, `three days later`, `two months from now`."""
    n = lx.number(m["num"])
    unit = lx.unit_code(m["unit"])
    how = m["how"].split()[0]
    sign = -1 if how in ("ago", "earlier", "before", "back") else 1
    anchor = "article" if how in ("ago", "from", "hence", "back") else "told"
    if n is None:
        return Meaning("DATE", "PAST_REF" if sign < 0 else "FUTURE_REF")
    if n != int(n):
        if unit != "Y":
            return None
        n, unit = round(n * 12), "M"
    return Meaning("DATE", UNITS[unit], anchor=anchor, shift=sign * int(n), unit=unit)


_ADVERBS = {"daily": "P1D", "nightly": "P1D", "weekly": "P1W", "monthly": "P1M", "quarterly": "P3M",
            "yearly": "P1Y", "annually": "P1Y", "hourly": "PT1H"}  # fmt: skip


def _set_adverb(m: Match) -> Meaning:
    return Meaning("SET", _ADVERBS[m.group()])


def _every(m: Match) -> Meaning:
    n = lx.number(m["num"]) if _group(m, "num") else 1
    part = _group(m, "part")
    if part:
        return Meaning("SET", f"XXXX-XX-XX{lx.PARTS[part]}")
    return Meaning("SET", _duration_value(n, lx.unit_code(m["unit"])))


def _ref(value: str) -> Build:
    return lambda m: Meaning("DATE", value)


_DAYWORD = r"(?:(?:on )?{WD}|today|yesterday|tomorrow)"
_CLOCK = r"(?:\d{1,2}(?::\d\d)?{AMPM}|\d{1,2}:\d\d(?={ZONE})|noon|midnight){ZONE}?"
_REL = r"(?:last|this|next) year"
RULES: tuple[tuple[str, Build], ...] = (
    (r"\d{4}-\d\d-\d\d(?:t\d\d:\d\d(?::\d\d)?)?", _iso),
    (r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4}|\d\d)", _slashes),
    # clock time with a day
    (r"(?P<clock>" + _CLOCK + r"),?(?: on)? (?P<wd>{WD})", _weekday),
    (r"(?P<clock>" + _CLOCK + r"),?(?: on)? (?P<day>today|yesterday|tomorrow)", _deictic),
    (r"(?P<clock>" + _CLOCK + r"),?(?: on)? (?P<mon>{MON}) (?P<dom>{DOM})(?:,? (?P<year>{YEAR}))?", _month_day),
    (r"(?P<clock>" + _CLOCK + r")", _clock_alone),
    # month and day
    (r"(?:this coming |last |next )?(?:(?:{WD}|{WDA}),? )?(?:the )?(?P<mon>{MON})~?(?P<dom>{DOM})"
     r"(?: ?(?:-|to|through|and) ?(?P<to>{DOM})(?! {MON}))?(?:,? (?P<year>{YEAR})|,? (?P<rel>last|this|next) year)?",
     _month_day),
    (r"(?:(?:{WD}|{WDA}),? )?(?:the )?(?P<dom>{DOM})(?: ?(?:-|to|through|and) ?(?P<to>{DOM}))?(?: of)?"
     r" (?P<mon>{MON})(?:,? (?P<year>{YEAR})|,? (?P<rel>last|this|next) year)?", _month_day),
    (r"(?:this coming |last |next )?(?:{WD},? )?(?P<mon>{MON}) (?:the )?(?P<dom>{DOMW})(?:,? (?P<year>{YEAR}))?",
     _month_day),
    (r"(?:the )?(?P<dom>{DOMW}) of (?P<mon>{MON})(?:,? (?P<year>{YEAR}))?", _month_day),
    # holidays
    (r"(?:(?P<dir>last|this past|this|next) )?(?P<holiday>{HOLIDAY})(?:,? (?P<year>{YEAR})| of (?P<rel>last|this|next)"
     r" year)?", _holiday),
    # month
    (r"(?:each|every) (?P<mon>{MON})", _each_month),
    (r"(?P<mon>{MON})(?:,| of)? ?(?P<year>{YEAR})", _month),
    (r"(?P<mon>{MON}) (?P<yearw>{YEARW})", _month),
    (r"(?P<mon>{MON})(?: of)? (?P<rel>last|this|next) year", _month),
    (r"(?:(?P<dir>this past|this coming|last|next|this|the previous|the following) )?(?P<mon>{MON})", _month),
    # weekday
    (r"(?:each|every) (?P<wd>{WD})(?: (?P<part>{PART}))?", _each_weekday),
    (r"(?P<wd>{WD}) (?P<part>{PART})s", _each_weekday),
    (r"(?P<wd>{WD})s(?!\w)", _each_weekday),
    (r"(?P<wd>{WD}),? (?:of )?(?P<week>last|this|next) week", _weekday),
    (r"(?:(?P<dir>this past|this coming|last|next|this|the previous|the following) )?(?P<wd>{WD})"
     r"(?: (?P<part>{PART}))?", _weekday),
    # yesterday, this morning
    (r"(?P<part>mid~?morning|mid~?afternoon|morning|afternoon|evening) (?P<dir>yesterday|tomorrow)", lambda m: Meaning(
        "TIME", UNITS["D"], "MID" if m["part"].startswith("mid") else None, "article",
        _DEICTIC[m["dir"]], "D", part=lx.PARTS[re.sub(r"mid\W*", "", m["part"])])),
    (r"(?P<day>the day before yesterday|the day after tomorrow|today|tonight|yesterday|tomorrow)(?: (?P<part>{PART}))?",
     _deictic),
    (r"(?P<dir>this|last|yesterday|that|next|the) (?P<part>{PART})|(?P<only>overnight)", lambda m: _this_part(m)
     if m["part"] else Meaning("TIME", UNITS["D"], anchor="article", unit="D", part="TNI")),
    # quarters and halves
    (r"(?:the |its |their |his |her |a )?(?P<rel>last|this|next) year's (?:fiscal )?(?:(?P<ord>{ORD})~)?quarter",
     _quarter),
    (r"(?:the )?(?:comparable |corresponding |same )?(?P<ago>year~ago|year~earlier)(?: fiscal)?(?: (?P<ord>{ORD}))?"
     r"~(?:quarter|period)", _quarter),
    (r"the (?:quarter|(?:same|comparable|corresponding|like) (?:quarter|period)) (?P<ago>a year (?:ago|earlier|before)"
     r"|last year)", _quarter),
    (r"(?:the |its |their |his |a )?(?:fiscal )?(?P<year>{YEAR})(?:'s)?(?: fiscal)? (?:(?P<ord>{ORD}) )?"
     r"(?:quarter|period|half)", _quarter),
    (r"(?:the |its |their |his |a |each )?(?:fiscal[ ~])?(?P<ord>{ORD})~(?:fiscal )?quarter"
     r"(?:(?: of)? (?:fiscal )?(?P<year>{YEAR})| of (?P<rel>last|this|next) year)?", _quarter),
    (r"(?:the )?(?P<ord>first|second|last|latter) half(?: of (?P<year>{YEAR})| of (?P<rel>last|this|next) year)",
     _quarter),
    (r"(?:the )?(?P<dir>latest|last|previous|current|this|next|following|coming) quarter", _quarter),
    (r"the (?P<dir>latest) period", _quarter),
    (r"the quarter", _quarter),
    # seasons
    (r"(?P<dir>last|this past|this coming|this|next) (?P<season>{SEASON})", _season),
    (r"(?:the )?(?P<season>{SEASON})(?: of|,)? (?:(?P<year>{YEAR})|(?P<rel>last|this|next) year)", _season),
    (r"the (?P<season>spring|summer|winter|autumn)", _season),
    (r"(?P<season>{SEASON})", _season),
    # year, decade, century
    (r"(?:the |its )?(?:latest|last|past|previous|current|this|next|coming) (?:fiscal|calendar|full) year",
     lambda m: Meaning("DATE", "XXXX", anchor="article", unit="Y",
                       shift=-1 if re.search("last|past|previous|latest", m.group()) else
                       int(bool(re.search("next|coming", m.group()))))),
    (r"(?:the )?(?:(?:fiscal|calendar)(?: year)? |year )?(?P<year>{YEAR})", _year),
    (r"(?:the year )?(?P<yearw>{YEARW})", _spelt_year),
    (r"(?:the )?(?:mid~|early |late )?'?(?P<d>(?:1[89]|20)\d0|[2-9]0)'?s", _decade),
    (r"(?:the )?(?P<dw>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)", _decade),
    (r"(?:the )?(?P<ord>\d\d?(?:st|nd|rd|th)|{DOMW})~century", _century),
    (r"'(?P<y>\d\d)(?![\d.,:%])", _short_year),
    (r"(?:the )?year~end|year's end|the end of the year", _year_end),
    # counted from somewhere
    (r"(?P<num>{CARD}|{VAGUE}|an?)~(?:more )?(?P<unit>{UNIT}) (?P<how>ago|earlier|later|before that|from now|hence|back)",
     _ago),
    (r"(?P<unit>{UNITS}) (?:ago|earlier)", _ref("PAST_REF")),
    (r"(?P<unit>{UNITS}) (?:later|from now)", _ref("FUTURE_REF")),
    (r"(?:the )?year~(?:ago|earlier)", lambda m: Meaning("DATE", "XXXX", anchor="told", shift=-1, unit="Y")),
    # windows and durations
    (r"(?:each of )?(?:the |these |his |her |its |their |this )?(?P<dir>last|past|next|first|latest|previous|coming|"
     r"following|final|preceding)~(?P<num>{CARD}|{VAGUE}) (?:fiscal |consecutive |trading |business |full )?"
     r"(?P<unit>{UNIT})", _window),
    (r"(?:the )?(?:recent|past|last few|past few|past several) (?P<unit>{UNITS})"
     r"(?: and {UNITS})?", _ref("PAST_REF")),
    (r"(?:the )?(?:coming|future) (?P<unit>{UNITS})(?: and {UNITS})?", _ref("FUTURE_REF")),
    (r"(?:the )?(?P<unit>{UNITS}) (?:ahead|to come)", lambda m: Meaning(
        "DURATION", _duration_value(None, lx.unit_code(m["unit"])))),
    (r"(?P<num>an?|one) (?P<unit>{UNIT1}) and a half", _and_a_half),
    (r"half an? (?P<unit>hour|day|year|decade|century)", lambda m: Meaning("DURATION", {
        "hour": "PT30M", "day": "PT12H", "year": "P6M", "decade": "P5Y", "century": "P50Y"}[m["unit"]])),
    (r"(?:the )?(?P<num>{CARD})(?:~(?:to|or)~{CARD})?~(?:more |additional |straight |consecutive |full |trading |"
     r"business |working |calendar )?(?P<unit>{UNIT})(?:~(?:old|long)|~period)?", _duration),
    (r"(?:the )?(?P<num>{VAGUE})~(?:more )?(?P<unit>{UNITS}|year)", _duration),
    (r"(?:an additional|another|a full|a whole|an entire|an extra) (?P<unit>{UNIT1})",
     lambda m: Meaning("DURATION", _duration_value(1, lx.unit_code(m["unit"])))),
    # sets
    (r"(?:each|every)(?: (?P<num>{CARD}))? (?:(?P<unit>{UNIT})|(?P<part>{PART}))", _every),
    (r"daily|nightly|weekly|monthly|quarterly|yearly|annually|hourly", _set_adverb),
    # one unit told from an anchor
    (r"(?P<dir>last|past|this past|this coming|this|next|the (?:past|last|next|coming|previous|following|current|same|"
     r"preceding)|current|that|coming) (?P<unit>{UNIT1})", _relative_unit),
    (r"the (?P<unit>week|weekend|month|year)", _the_unit),
    (r"the full year", lambda m: Meaning("DATE", "XXXX", anchor="article", unit="Y")),
    (r"(?P<num>an?)~(?P<unit>{UNIT1})", _duration),
    (r"(?P<unit>{UNITS})", _duration),
    # vague
    (r"right now|now|currently|at present|at the moment|at this (?:moment|time|point)|these days|nowadays|"
     r"the present", _ref("PRESENT_REF")),
    (r"more recently|most recently|recently|lately|previously|formerly|in the past|the past|once|"
     r"the recent past|in recent memory", _ref("PAST_REF")),
    (r"soon|the (?:near |foreseeable |immediate |not-too-distant )?future|the near term|the short term|shortly|"
     r"as soon as possible|the long term", _ref("FUTURE_REF")),
)  # fmt: skip
