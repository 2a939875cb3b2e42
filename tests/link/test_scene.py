"""Quotations of a text, by their marks alone."""

from __future__ import annotations

import pytest

from onrecord.link.scene import MAX_QUOTE, quotations

LONG = "x" * (MAX_QUOTE - 1)
"""With an opening mark before it, as much as a quotation may hold before its closing mark."""


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("“Yes,” he said.", ["“Yes,”"]),
        ("''Yes,'' he said.", ["''Yes,''"]),
        ('"Yes, "no" he', ['"Yes, "']),
        ("“He went on\nand on", ["“He went on"]),
        ("“\n”", []),
        ("it's “'so'”", ["“'so'”"]),
        (f"“{LONG}”", [f"“{LONG}”"]),
        (f"“{LONG}x”", []),
        (f"“{LONG}x“no”", []),
        (f"“{LONG}xx“yes”", ["“yes”"]),
        (f"“{LONG}x\n“yes”", [f"“{LONG}x", "“yes”"]),
        (f"“{LONG}xx\n“yes”", ["“yes”"]),
    ],
)
def test_a_mark_that_is_not_closed_within_its_paragraph_or_so_is_stray(text: str, found: list[str]) -> None:
    assert [text[a:b] for a, b in quotations(text)] == found
