"""Letters that look alike: names keep their length, words of another alphabet stay as they are."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.facts import letters


@pytest.mark.parametrize(
    ("written", "read"),
    [
        ("Vladimir \u0420utin", "Vladimir Putin"),
        ("S\u0435rg\u0435y Lavr\u043ev", "Sergey Lavrov"),
        ("\u039dikos Kotzias", "Nikos Kotzias"),
        ("\u041c\u043e\u0441\u043a\u0432\u0430", "\u041c\u043e\u0441\u043a\u0432\u0430"),
        ("Vl\u044edimir", "Vl\u044edimir"),
        ("Recep Tayyip Erdo\u011fan", "Recep Tayyip Erdo\u011fan"),
    ],
)
def test_only_words_that_mix_alphabets_are_read_as_latin(written: str, read: str) -> None:
    assert letters.latin(written) == read


def test_strange_letters_are_named() -> None:
    assert letters.strangers("Vladimir \u0420utin") == ("CYRILLIC CAPITAL LETTER ER",)
    assert letters.strangers("Vladimir Putin") == ()
    assert letters.strangers("\u041c\u043e\u0441\u043a\u0432\u0430") == ()


@given(st.text(st.sampled_from("ab\u0430\u0440\u044e\u03bd .\u2019-"), max_size=20))
def test_a_text_keeps_its_length(text: str) -> None:
    assert len(letters.latin(text)) == len(text)
