"""The table of the grammar: pattern → the rule that reads it. Order matters: longer forms stand first.

Patterns are for lower-cased text and use the names of `lexicon.PATTERNS`; see `lexicon.compiled`.
"""

from __future__ import annotations

from onrecord.annotate.times import rules as r
from onrecord.annotate.times.rules import Build

_CLOCK = r"(?P<clock>(?:\d{1,2}(?::\d\d)?{AMPM}|\d{1,2}:\d\d(?={ZONE})|noon|midnight){ZONE}?)"
_REL = r"(?P<rel>last|this|next) year"
_YEAR = r"(?P<year>{YEAR})"
_MON = r"(?P<mon>{MON})"
_WD = r"(?P<wd>{WD})"
_NAMED = r"(?:(?P<dir>this past|this coming|last|next|this|the previous|the following) )?"
_TO = r"(?: ?(?:-|to|through|and) ?(?P<to>{DOM})(?! {MON}))?"

RULES: tuple[tuple[str, Build], ...] = (
    # --- a day of the calendar
    (r"\d{4}-\d\d-\d\d(?:t\d\d:\d\d(?::\d\d)?)?", r.iso),
    (r"(?P<a>\d{1,2})/(?P<b>\d{1,2})/(?P<y>\d{4}|\d\d)", r.slashes),
    (_CLOCK + r",?(?: on)? " + _WD, r.weekday),
    (_CLOCK + r",?(?: on)? (?P<day>today|yesterday|tomorrow)", r.deictic),
    (_CLOCK + r",?(?: on)? " + _MON + r" (?P<dom>{DOM})(?:,? " + _YEAR + ")?", r.month_day),
    (_CLOCK, r.clock_alone),
    (
        r"(?:this coming |last |next )?(?:(?:{WD}|{WDA}),? )?"
        + _MON
        + r"~?(?P<dom>{DOM})"
        + _TO
        + rf"(?:,? {_YEAR}|,? {_REL})?",
        r.month_day,
    ),
    (
        r"(?:(?:{WD}|{WDA}),? )?(?:the )?(?P<dom>{DOM})(?: ?(?:-|to|through|and) ?(?P<to>{DOM}))?(?: of)? "
        + _MON
        + rf"(?:,? {_YEAR}|,? {_REL})?",
        r.month_day,
    ),
    (
        r"(?:this coming |last |next )?(?:{WD},? )?"
        + _MON
        + r" (?:the )?(?P<dom>{DOMW})(?:,? "
        + _YEAR
        + ")?",
        r.month_day,
    ),
    (r"(?:the )?(?P<dom>{DOMW}) of " + _MON + r"(?:,? " + _YEAR + ")?", r.month_day),
    (
        r"(?:(?P<dir>last|this past|this|next) )?(?P<holiday>{HOLIDAY})(?:,? " + _YEAR + f"| of {_REL})?",
        r.holiday,
    ),
    # --- a month
    (r"(?:each|every) " + _MON, r.each_month),
    (_MON + r"(?:,| of)? ?" + _YEAR, r.month),
    (_MON + r" (?P<yearw>{YEARW})", r.month),
    (_MON + r"(?: of)? " + _REL, r.month),
    (_NAMED + _MON, r.month),
    # --- a day of the week
    (r"(?:each|every) " + _WD + r"(?: (?P<part>{PART}))?", r.each_weekday),
    (_WD + r" (?P<part>{PART})s", r.each_weekday),
    (_WD + r"s(?!\w)", r.each_weekday),
    (_WD + r",? (?:of )?(?P<week>last|this|next) week", r.weekday),
    (_NAMED + _WD + r"(?: (?P<part>{PART}))?", r.weekday),
    # --- yesterday, this morning
    (
        r"(?P<part>mid~?morning|mid~?afternoon|morning|afternoon|evening) (?P<dir>yesterday|tomorrow)",
        r.deictic_part,
    ),
    (
        r"(?P<day>the day before yesterday|the day after tomorrow|today|tonight|yesterday|tomorrow)"
        r"(?: (?P<part>{PART}))?",
        r.deictic,
    ),
    (r"(?P<dir>this|last|yesterday|that|next) (?P<part>{PART})", r.this_part),
    (r"(?P<dir>the) (?P<part>morning|afternoon|evening)", r.this_part),
    (r"overnight", r.overnight),
    # --- quarters and halves
    (r"(?P<rel>last|this|next) year's (?:fiscal )?(?:(?P<ord>{ORD})~)?quarter", r.quarter),
    (
        r"(?:the )?(?:comparable |corresponding |same )?(?P<ago>year~ago|year~earlier)(?: fiscal)?"
        r"(?: (?P<ord>{ORD}))?~(?:quarter|period)",
        r.quarter,
    ),
    (
        r"the (?:quarter|(?:same|comparable|corresponding|like|year-ago) (?:quarter|period)) "
        r"(?P<ago>a year (?:ago|earlier|before)|last year)",
        r.quarter,
    ),
    (
        r"(?:the )?(?:fiscal )?" + _YEAR + r"(?:'s)?(?: fiscal)? (?:(?P<ord>{ORD}) )?(?:quarter|period|half)",
        r.quarter,
    ),
    (r"(?:fiscal )?(?P<ord>{ORD})-quarter", r.quarter),
    (
        r"(?:the )?(?:fiscal[ ~])?(?P<ord>{ORD}) (?:fiscal )?quarter"
        rf"(?:(?: of)? (?:fiscal )?{_YEAR}| of {_REL})?",
        r.quarter,
    ),
    (rf"(?:the )?(?P<ord>first|second|last|latter) half(?: of {_YEAR}| of {_REL})", r.quarter),
    (r"(?:the )?(?P<dir>latest|last|previous|current|this|next|following|coming) quarter", r.quarter),
    (r"the (?P<dir>latest) period", r.quarter),
    (r"the quarter", r.quarter),
    # --- seasons
    (r"(?P<dir>last|this past|this coming|this|next) (?P<season>{SEASON})", r.season),
    (r"(?:the )?(?P<season>{SEASON})(?: of|,)? (?:" + _YEAR + "|" + _REL + ")", r.season),
    (r"(?:the )?(?P<season>{SEASON}) (?:of )?(?P<yearw>{YEARW})", r.season),
    (r"the (?P<season>spring|summer|winter|autumn)", r.season),
    (r"(?P<season>{SEASON})", r.season),
    # --- years, decades, centuries
    (
        r"(?:the |its )?(?P<which>latest|last|past|previous|current|this|next|coming) (?:fiscal|calendar|"
        r"full) year",
        r.fiscal_year,
    ),
    (r"the (?:full|fiscal|calendar) year(?! {YEAR})", r.this_year),
    (r"(?:(?:the )?(?:fiscal|calendar)(?: year)? |the year )?" + _YEAR, r.year),
    (r"(?:the year )?(?P<yearw>{YEARW})", r.spelt_year),
    (r"(?:the )?(?:mid~?|early |late )?'?(?P<d>(?:1[89]|20)\d0|[2-9]0)'?s", r.decade),
    (r"(?:the )?(?P<dw>twenties|thirties|forties|fifties|sixties|seventies|eighties|nineties)", r.decade),
    (r"(?:the )?(?P<ord>\d\d?(?:st|nd|rd|th)|{DOMW})~century", r.century),
    (r"'(?P<y>\d\d)(?![\d.,:%])", r.short_year),
    (r"(?:the )?year~end|year's end|the end of the year", r.year_end),
    # --- counted from somewhere
    (
        r"(?P<num>{CARD}|{VAGUE}|an?)~(?:more )?(?P<unit>{UNIT})(?: or so)? "
        r"(?P<how>ago|earlier|later|before that|from now|hence|back)",
        r.ago,
    ),
    (r"(?P<unit>{UNITS}) (?:ago|earlier)", r.ref("PAST_REF")),
    (r"(?P<unit>{UNITS}) (?:later|from now)", r.ref("FUTURE_REF")),
    (r"year~(?:ago|earlier)", r.year_ago),
    # --- windows and durations
    (
        r"(?:each of )?(?:the |these |his |her |its |their |this )?(?P<dir>last|past|next|first|latest|"
        r"previous|coming|"
        r"following|final|preceding)~(?P<num>{CARD}|{VAGUE}) (?:fiscal |consecutive |trading |business |"
        r"full )?"
        r"(?P<unit>{UNIT})",
        r.window,
    ),
    (r"(?:the )?(?:recent|past) (?P<unit>{UNITS})(?: and {UNITS})?", r.ref("PAST_REF")),
    (r"(?:the )?(?:coming|future) (?P<unit>{UNITS})(?: and {UNITS})?", r.ref("FUTURE_REF")),
    (r"(?:the )?(?P<unit>{UNITS}) (?:ahead|to come)", r.vague_duration),
    (r"the (?:first|early|final) (?P<unit>{UNITS})", r.vague_duration),
    (r"(?P<num>an?|one) (?P<unit>{UNIT1}) and a half", r.and_a_half),
    (r"half an? (?P<unit>hour|day|year|decade|century)", r.half),
    (
        r"(?:the (?=\w+ ))?(?P<num>{CARD})(?:~(?:to|or)~{CARD})?~(?:more |additional |straight |"
        r"consecutive |full |trading |"
        r"business |working |calendar )?(?P<unit>{UNIT})(?:-old|-long|~period)?(?! old)",
        r.duration,
    ),
    (r"(?:the )?(?P<num>{VAGUE})~(?:more )?(?P<unit>{UNITS}|year)", r.duration),
    (r"(?:an additional|another|a full|a whole|an entire|an extra) (?P<unit>{UNIT1})", r.one_duration),
    # --- sets
    (r"(?:each|every)(?: (?P<num>{CARD}))? (?:(?P<unit>{UNIT})|(?P<part>{PART}))", r.every),
    (r"daily|nightly|weekly|monthly|yearly|annually|hourly", r.set_adverb),
    # --- one unit told from an anchor
    (
        r"(?P<dir>last|past|this past|this coming|this|next|the (?:past|last|next|coming|previous|"
        r"following|current|"
        r"same|preceding)|current|that|coming) (?P<unit>{UNIT1})",
        r.relative_unit,
    ),
    (r"the (?P<unit>week|weekend|month|year)", r.the_unit),
    (r"(?P<num>an?)~(?P<unit>{UNIT1})", r.duration),
    (r"(?P<unit>{UNITS})", r.duration),
    # --- vague
    (
        r"right now|now|currently|at present|at the moment|at this (?:moment|time|point)|these days|nowadays|"
        r"the present",
        r.ref("PRESENT_REF"),
    ),
    (r"more recently|most recently|recently|lately|the (?:recent )?past|in recent memory", r.ref("PAST_REF")),
    (
        r"soon|the (?:near |foreseeable |immediate |not-too-distant )?future|the near term|the short term|"
        r"as soon as possible|the long term|a later date",
        r.ref("FUTURE_REF"),
    ),
)
