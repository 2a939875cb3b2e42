"""Texts made to take a reader's time: each is a pattern repeated to a length, the worst case of some rule."""

from __future__ import annotations

from collections.abc import Callable

_SAID = "“We met,” said Mr. Holt. "


def _repeated(pattern: str) -> Callable[[int], str]:
    return lambda size: (pattern * (size // len(pattern) + 1))[:size]


def _framed(pattern: str) -> Callable[[int], str]:
    """The same inside an ordinary article, so that every stage gets to it."""
    return lambda size: (
        f"The ministers of Kenya and Chile met in Oslo on Monday.\n{_repeated(pattern)(size)}\n{_SAID}"
    )


BAITS: dict[str, Callable[[int], str]] = {
    "straight quotation marks": _framed('"'),
    "spaced quotation marks": _framed('" '),
    "opening quotation marks": _framed("“"),
    "closing quotation marks": _framed("” "),
    "quotation marks and words": _framed('"a" said b, "'),
    "apostrophes": _framed("'s "),
    "commas": _framed(", "),
    "commas and words": _framed("and so, "),
    "one long sentence": _framed("and the minister said that the president told the envoy that "),
    "capitals": _framed("Karin Holt "),
    "capitals without end": _framed("Holt"),
    "titles": _framed("Foreign Minister President Mr. "),
    "initials": _framed("A. B. "),
    "states": _framed("Kenya, Chile, France and "),
    "pronouns": _framed("he she it they "),
    "dates": _framed("July 7, 2017, "),
    "months": _framed("May June "),
    "digits": _framed("1"),
    "numbers": _framed("1,111 "),
    "hours": _framed("10:10 "),
    "said": _framed("said said that "),
    "according to": _framed("according to "),
    "not": _framed("not never no "),
    "colons": _framed("Holt: no. "),
    "dashes": _framed(" – "),
    "hyphens": _framed("-"),
    "dots": _framed("."),
    "ellipses": _framed("… "),
    "brackets": _framed("("),
    "brackets in pairs": _framed("(a) [b] "),
    "spaces": _framed(" "),
    "tabs": _framed("\t"),
    "line ends": _framed("\n"),
    "carriage returns": _framed("\r"),
    "short lines": _framed("By A\n"),
    "lines of dates": _framed("May 5, 2016\n"),
    "lines of credits": _framed("Tom Ek/Getty Images\n"),
    "lines of menus": _framed("Home | World | Sign up for our newsletter\n"),
    "lines of speech": _framed("“We met,” she said.\n"),
    "one letter": _framed("a"),
    "one letter and spaces": _framed("a "),
    "underscores": _framed("_"),
    "at signs": _framed("a@"),
    "addresses": _framed("http://a.b/"),
    "backslashes": _framed("\\"),
    "zero-width": _framed("\u200b"),
    "right to left": _framed("\u202eabc\u202c "),
    "combining marks": _framed("e\u0301\u0301"),
    "letters of two bytes": _framed("é"),
    "emoji": _framed("👩‍👩‍👧 "),
    "look-alike letters": _framed("Kаrin Hоlt "),
    "Arabic": _framed("قال الوزير "),
    "ideographs": _framed("部長說"),
    "nul": _framed("\0"),
    "control characters": _framed("\x01\x1b[31m"),
    "slashes": _framed("A/B/"),
    "copyright": _framed("© 2017 "),
    "will meet": _framed("will meet on Monday and met "),
    "agreed": _framed("agreed to agree on an agreement that "),
    "percent": _framed("5% "),
}
"""What is repeated → a text of about so many characters."""
