"""From the marker's scores to marks, by hand-made scores; and the shipped marker, where it is installed."""

from __future__ import annotations

from importlib.util import find_spec
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.extract.statements.adapter import Sides
from onrecord.extract.statements.decode import Floats
from onrecord.extract.statements.marks import TAGS, MarkSettings, marks
from onrecord.extract.statements.tagger import Tagger
from onrecord.extract.statements.windows import Window, cut_windows
from onrecord.types import AGREEMENTS, ENCOUNTERS, MarkTag, Span
from tests.extract.making import parsed
from tests.extract.statements.test_tagger import by_word

TEXT = "The two ministers met in Oslo after a call"
EVEN = MarkSettings(least={"encounter": 0.5})


def read(text: str = TEXT) -> Window:
    (window,) = cut_windows(text, [(0, len(text))], by_word)
    return window


def nothing(window: Window) -> Floats:
    """Scores that say O everywhere."""
    scores = np.zeros((len(window), 1 + 2 * len(TAGS)), dtype=np.float32)
    scores[:, 0] = 8
    return scores


def say(scores: Floats, piece: int, tag: MarkTag, score: float = 20, *, inner: bool = False) -> None:
    scores[piece, 1 + 2 * TAGS.index(tag) + inner] = score


def told(scores: Floats, settings: MarkSettings = EVEN) -> list[tuple[str, str]]:
    return [(TEXT[m.start : m.end], m.tag) for m in marks(read(), scores, TEXT, settings)]


def test_pieces_that_go_on_are_one_mark() -> None:
    scores = nothing(read())
    say(scores, 1, "participant")
    say(scores, 2, "participant", inner=True)
    say(scores, 3, "participant", inner=True)
    say(scores, 4, "held")
    assert told(scores) == [("The two ministers", "participant"), ("met", "held")]


def test_a_piece_that_begins_opens_a_mark_of_its_own() -> None:
    scores = nothing(read())
    say(scores, 2, "participant")
    say(scores, 3, "participant")
    assert told(scores) == [("two", "participant"), ("ministers", "participant")]


def test_statuses_in_doubt_still_make_an_encounter() -> None:
    scores = nothing(read())
    say(scores, 4, "held", 8.2)
    say(scores, 4, "prospective", 8.0)
    assert told(scores) == [("met", "held")]
    assert told(scores, MarkSettings(least={"encounter": 0.9})) == []


def test_nothing_is_marked_in_special_pieces() -> None:
    scores = nothing(read())
    for piece in (0, len(read()) - 1):
        say(scores, piece, "held")
    assert told(scores) == []


@given(st.integers(0, 2**32 - 1))
def test_marks_lie_in_the_text_in_order_and_apart(seed: int) -> None:
    window = read()
    scores = np.random.default_rng(seed).normal(0, 3, (len(window), 1 + 2 * len(TAGS))).astype(np.float32)
    found = marks(window, scores, TEXT, MarkSettings(least={}))
    assert all(0 <= m.start < m.end <= len(TEXT) and 0 <= m.confidence <= 1 for m in found)
    assert all(a.end <= b.start for a, b in pairwise(found))


def test_all_statuses_have_a_class() -> None:
    assert set(TAGS) >= ENCOUNTERS | AGREEMENTS
    assert len(set(TAGS)) == len(TAGS)


# ---- the shipped weights

shipped = pytest.mark.skipif(find_spec("onrecord_models") is None, reason="onrecord-models is not installed")


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


@shipped
def test_a_plain_encounter_is_marked_with_those_who_met(tagger: Tagger) -> None:
    text = "Peruvian President Alan Quispe met his Chilean counterpart, Rosa Mella, in Arica on Monday."
    found = [(text[m.start : m.end], m.tag) for m in tagger.read(text, [(0, len(text))])[1]]
    assert ("met", "held") in found
    assert ("Arica", "place") in found
    assert ("Monday", "day") in found
    assert sum(tag == "participant" for _, tag in found) == 2


@shipped
def test_one_pass_finds_what_two_find(tagger: Tagger) -> None:
    text = "The envoy said he had met the king in Basra on Monday.\n\nNobody was hurt in the storm."
    region = (0, len(text))
    said, marked = tagger.read(text, [region])
    assert said == tagger.attributions(text, [region])
    assert [m.tag for m in marked if m.tag in ENCOUNTERS] == ["held"]
    assert tagger.read("", []) == ([], [])


@shipped
def test_a_window_that_is_not_wanted_is_read_but_not_marked(tagger: Tagger) -> None:
    text = "The envoy said he had met the king in Basra on Monday."
    said, marked = tagger.read(text, [(0, len(text))], lambda span: False)
    assert said == tagger.attributions(text, [(0, len(text))])
    assert marked == []


def test_dealings_want_two_sides_within_reach() -> None:
    told = parsed("[Norway] spoke of fish. [Norway] said no more. [Kenya] was silent.")
    sides, text = Sides.of(told), told.article.text
    first, last = text.index("said"), text.index("silent")
    assert not sides.are_two(Span(0, first))
    assert sides.are_two(Span(0, last))
    assert sides.are_two(Span(last, last + 4)), "who is meant may stand before"
    assert not Sides.of(parsed("[Norway] spoke of fish.")).are_two(Span(0, 20))
