"""The vocabulary of time in English: names, numbers, units, and the patterns that the grammar is built of.

Patterns are for lower-cased text. In a pattern one blank stands for white space, `~` for white space or
hyphen.
"""

from __future__ import annotations

import re
from collections.abc import Iterable

MONTHS = (
    "january",
    "february",
    "march",
    "april",
    "may",
    "june",
    "july",
    "august",
    "september",
    "october",
    "november",
    "december",
)
WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
SEASONS = {"spring": "SP", "summer": "SU", "fall": "FA", "autumn": "FA", "winter": "WI"}
PARTS = {
    "morning": "TMO",
    "afternoon": "TAF",
    "evening": "TEV",
    "night": "TNI",
    "noon": "T12:00",
    "midnight": "T24:00",
    "midday": "TMI",
    "dawn": "TDA",
    "overnight": "TNI",
}
ORDINALS = (
    "first",
    "second",
    "third",
    "fourth",
    "fifth",
    "sixth",
    "seventh",
    "eighth",
    "ninth",
    "tenth",
    "eleventh",
    "twelfth",
    "thirteenth",
    "fourteenth",
    "fifteenth",
    "sixteenth",
    "seventeenth",
    "eighteenth",
    "nineteenth",
    "twentieth",
    "twenty-first",
    "twenty-second",
    "twenty-third",
    "twenty-fourth",
    "twenty-fifth",
    "twenty-sixth",
    "twenty-seventh",
    "twenty-eighth",
    "twenty-ninth",
    "thirtieth",
    "thirty-first",
)
UNIT_CODES = {
    "second": "S",
    "minute": "MIN",
    "hour": "H",
    "day": "D",
    "night": "D",
    "week": "W",
    "weekend": "WE",
    "fortnight": "W",
    "month": "M",
    "quarter": "Q",
    "year": "Y",
    "decade": "E",
    "century": "C",
    "centurie": "C",
    "millennium": "L",
}
_SMALL = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
]
_TENS = {
    "twenty": 20,
    "thirty": 30,
    "forty": 40,
    "fifty": 50,
    "sixty": 60,
    "seventy": 70,
    "eighty": 80,
    "ninety": 90,
}
NUMBERS = (
    {word: n for n, word in enumerate(_SMALL)}
    | _TENS
    | {
        "a": 1,
        "an": 1,
        "half": 0,
        "dozen": 12,
        "hundred": 100,
        "thousand": 1000,
        "couple": 2,
    }
)
VAGUE = ("several", "a few", "few", "many", "some", "numerous", "a number of", "several more", "recent")
HOLIDAYS = {
    "new year's day": "01-01",
    "new year's eve": "12-31",
    "new year's": "01-01",
    "christmas day": "12-25",
    "christmas eve": "12-24",
    "christmas": "12-25",
    "boxing day": "12-26",
    "valentine's day": "02-14",
    "st. patrick's day": "03-17",
    "april fools' day": "04-01",
    "may day": "05-01",
    "cinco de mayo": "05-05",
    "independence day": "07-04",
    "the fourth of july": "07-04",
    "fourth of july": "07-04",
    "bastille day": "07-14",
    "halloween": "10-31",
    "veterans day": "11-11",
    "armistice day": "11-11",
    "martin luther king day": "MO3-01",
    "martin luther king jr. day": "MO3-01",
    "presidents' day": "MO3-02",
    "presidents day": "MO3-02",
    "mother's day": "SU2-05",
    "memorial day": "MOL-05",
    "father's day": "SU3-06",
    "labor day": "MO1-09",
    "columbus day": "MO2-10",
    "thanksgiving day": "TH4-11",
    "thanksgiving": "TH4-11",
    "easter sunday": "EASTER+0",
    "easter": "EASTER+0",
    "good friday": "EASTER-2",
    "easter monday": "EASTER+1",
    "palm sunday": "EASTER-7",
    "ash wednesday": "EASTER-46",
    "election day": "ELECTION",
}
"""Name → MM-DD, weekday-n-of-month (`TH4-11`, L last), days from Easter, or the first Tuesday after 1
November.
"""


def _any_of(words: Iterable[str]) -> str:
    """Longer words first, so that `new year's day` is not read as `new year's`."""
    return "(?:" + "|".join(sorted(words, key=lambda w: (-len(w), w))) + ")"


_MON = (
    "january|february|march|april|may|june|july|august|september|october|november|december|"
    r"jan\.?|feb\.?|mar\.|apr\.?|aug\.?|sept?\.?|oct\.?|nov\.?|dec\.?|jun\.|jul\."
)
_ONES = "one|two|three|four|five|six|seven|eight|nine"
_TEENS = "ten|eleven|twelve|thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen"
_TENWORDS = "twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety"
_CARDINAL = f"(?:(?:{_TENWORDS})(?:~(?:{_ONES}))?|{_TEENS}|{_ONES})"
PATTERNS = {
    "MON": f"(?:{_MON})",
    "WD": "(?:monday|tuesday|wednesday|thursday|friday|saturday|sunday)",
    "WDA": r"(?:mon|tues?|wed|thurs?|fri|sat|sun)\.",
    "DOM": r"(?:(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\w%]|[.,:]\d))",
    "DOMW": _any_of(ORDINALS),
    "YEAR": r"(?:(?:1[4-9]|20)\d\d(?![\w%$]|[.,]\d))",
    "YEARW": (
        f"(?:(?:(?:eighteen|nineteen)[ ~](?:{_CARDINAL}|hundred)|twenty[ ~](?:{_TEENS}|"
        f"(?:{_TENWORDS})(?:~(?:{_ONES}))?)"
        f"|two thousand(?:(?: and)? (?:{_CARDINAL}))?)(?![ ~](?:{{UNIT}}|hundred|thousand|million|percent|"
        f"people)))"
    ),
    "ORD": "(?:first|second|third|fourth|1st|2nd|3rd|4th)",
    "CARD": (
        r"(?:\d{1,3}(?:,\d{3})+|\d+(?:\.\d+)?(?: 1/2|-1/2|½)?|"
        f"(?:a |one |{_ONES} )?hundred|(?:{_CARDINAL} |a )?thousand|{_CARDINAL}(?: and a half)?|"
        "(?:a )?couple(?: of)?|a dozen|half a dozen)"
    ),
    "VAGUE": "(?:several more|several|a few more|a few|few|many|some|numerous|a number of)",
    "UNIT": "(?:seconds?|minutes?|hours?|days?|nights?|weeks?|weekends?|months?|quarters?|years?|decades?|"
    "century|centuries|millennium|fortnights?)",
    "UNIT1": "(?:minute|hour|day|night|week|weekend|month|quarter|year|decade|century|fortnight)",
    "UNITS": "(?:seconds|minutes|hours|days|nights|weeks|weekends|months|quarters|years|decades|centuries)",
    "SEASON": "(?:spring|summer|fall|autumn|winter)",
    "PART": "(?:morning|afternoon|evening|night|midday)",
    "HOLIDAY": _any_of(h.replace(".", r"\.") for h in HOLIDAYS),
    "ZONE": r"(?: (?:e[sd]t|c[sd]t|m[sd]t|p[sd]t|gmt|utc|bst|cet|eastern(?: time)?|local time|moscow time))",
    "AMPM": r"(?: ?[ap]\.m\.| ?[ap]m(?!\w))",
}


def compiled(pattern: str) -> str:
    """A regular expression in full: `{NAME}` filled in, blanks and `~` made flexible."""
    for _ in range(3):
        pattern = re.sub(r"\{([A-Z][A-Z0-9]*)\}", lambda m: PATTERNS[m.group(1)], pattern)
    pattern = pattern.replace("[ ~]", r"[\s-]+").replace("~", r"[\s-]+")
    return pattern.replace(" ?", r"\s*").replace(" ", r"\s+")


def month_number(word: str) -> int:
    """`sept.` → 9."""
    return next(n for n, name in enumerate(MONTHS, 1) if name.startswith(word.rstrip(".")[:3]))


def weekday_number(word: str) -> int:
    """ISO number of a weekday, 1 for Monday."""
    return next(n for n, name in enumerate(WEEKDAYS, 1) if name.startswith(word.rstrip(".")[:3]))


def day_number(word: str) -> int:
    """`3rd`, `third` → 3."""
    digits = re.match(r"\d+", word)
    return int(digits.group()) if digits else ORDINALS.index(re.sub(r"\s+", "-", word)) + 1


def unit_code(word: str) -> str:
    """`weeks` → W."""
    return UNIT_CODES[word if word in UNIT_CODES else word.removesuffix("s")]


def number(words: str) -> float | None:
    """`two and a half` → 2.5, `a couple of` → 2, `1,500` → 1500; None for a number that is not told
    (`several`).
    """
    words = words.strip().replace(",", "")
    if any(words.startswith(v) for v in VAGUE) and words != "some":
        return None
    half = 0.5 if re.search(r"and a half|1/2|½", words) else 0.0
    digits = re.match(r"\d+(?:\.\d+)?", words)
    if digits:
        return float(digits.group()) + half
    total = 0.0
    for word in re.split(r"[\s-]+", re.sub(r"and a half|\bof\b|\band\b|\ba(?= couple)", "", words).strip()):
        n = NUMBERS.get(word)
        if n is None:
            return None
        total = (
            total * n
            if n in (12, 100, 1000) and word in ("dozen", "hundred", "thousand") and total
            else total + n
        )
    if words.startswith("half a dozen"):
        return 6.0
    return total + half


def spelt_year(words: str) -> int | None:
    """`nineteen ninety-six` → 1996, `two thousand and one` → 2001."""
    parts = re.split(r"[\s-]+", words)
    if parts[:2] == ["two", "thousand"]:
        return 2000 + int(number(" ".join(p for p in parts[2:] if p != "and")) or 0)
    rest = number(" ".join(parts[1:])) if parts[1:] != ["hundred"] else 0.0
    return None if rest is None else NUMBERS[parts[0]] * 100 + int(rest)
