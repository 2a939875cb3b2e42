"""An ungrounded row is refused, and said to be."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from onrecord.errors import Ungrounded
from onrecord.record import Store, check, sound
from onrecord.types import Mention, Reading, Span
from tests.record.making import TEXT, reading


def changed(rows: str, **fields: Any) -> Reading:
    """The reading with its first row of a kind changed."""
    whole = reading()
    first, *rest = getattr(whole, rows)
    return replace(whole, **{rows: (replace(first, **fields), *rest)})


def test_a_sound_reading_is_left_alone() -> None:
    whole = reading()
    assert sound(whole) == (whole, [])
    check(whole)


FLAWS: dict[str, tuple[Callable[[], Reading], str]] = {
    "words that the spans do not cut": (lambda: changed("statements", quote="We agreed on ships"), "quote"),
    "source words of another place": (lambda: changed("statements", source_text="he"), "source_text"),
    "a span behind the end": (lambda: changed("events", trigger=(Span(5, 9999),)), "does not lie"),
    "a span before the beginning": (lambda: changed("events", evidence=(Span(-3, 4),)), "does not lie"),
    "an empty span": (lambda: changed("events", evidence=(Span(4, 4),)), "does not lie"),
    "a span back to front": (lambda: changed("times", start=72, end=66), "does not lie"),
    "no evidence at all": (lambda: changed("meetings", evidence=(), text=""), "no characters"),
    "a statement without content": (lambda: changed("statements", content=(), quote=""), "no characters"),
    "an actor nobody introduced": (lambda: changed("meetings", participants=("mira", "otto")), "'otto'"),
    "a delegate nobody introduced": (lambda: changed("meetings", delegations={"NOR": ("otto",)}), "'otto'"),
    "a mention of other words": (lambda: changed("mentions", text="Mira Solborg"), "not what its span cuts"),
    "a passage behind the end": (lambda: changed("passages", end=9999), "does not lie"),
}


@pytest.mark.parametrize("flaw", FLAWS)
def test_a_flawed_row_is_refused_with_its_reason_and_the_others_stay(flaw: str) -> None:
    flawed, reason = FLAWS[flaw][0](), FLAWS[flaw][1]
    kept, refused = sound(flawed)
    assert len(refused) == 1
    assert reason in refused[0].reason
    assert sound(kept) == (kept, [])
    with pytest.raises(Ungrounded, match=f"article {flawed.article.id}"):
        check(flawed)


def test_rows_that_leaned_on_a_refused_statement_no_longer_name_it() -> None:
    kept, _ = sound(changed("statements", quote="We agreed on ships"))
    assert kept.statements == ()
    assert [e.on_word_of for e in kept.events] == [None, None]
    assert [s.statement for s in kept.disputes[0].sides] == [None, None]


def test_the_second_of_two_rows_with_one_id_is_refused() -> None:
    whole = reading()
    kept, refused = sound(replace(whole, meetings=whole.meetings * 2))
    assert len(kept.meetings) == 1
    assert "another row" in refused[0].reason


@given(
    start=st.integers(-5, len(TEXT) + 5),
    end=st.integers(-5, len(TEXT) + 5),
    words=st.sampled_from(["Oslo", "met"]),
)
def test_a_mention_stands_if_and_only_if_its_words_are_its_characters(
    start: int, end: int, words: str
) -> None:
    mention = Mention(start=start, end=end, text=words, form="name")
    kept, _ = sound(replace(reading(), mentions=(mention,)))
    grounded = 0 <= start < end <= len(TEXT) and TEXT[start:end] == words
    assert (mention in kept.mentions) == grounded


def test_refused_rows_are_not_written_but_counted(tmp_path: Path) -> None:
    flawed = changed("events", trigger_text="shook hands")
    with Store.open(tmp_path / "r.db", write=True) as store:
        store.write(flawed)
        coverage = store.coverage()
        found = store.reading(flawed.article.id)
    assert found is not None
    assert [e.type for e in found.events] == ["AGREE"]
    assert coverage.refused_rows == 1
    assert coverage.exit_code == 0
    assert any("refused" in line for line in coverage.lines())
