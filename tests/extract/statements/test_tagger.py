"""The tagger's own code, by hand-made scores; and the shipped weights, where they are installed."""

from __future__ import annotations

import json
from collections.abc import Sequence
from importlib.util import find_spec
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from onrecord.errors import MissingPart
from onrecord.extract.statements import decode
from onrecord.extract.statements.decode import CONTENT, CUE, SOURCE, B, I, O
from onrecord.extract.statements.tagger import FILES, Tagger, verified
from onrecord.extract.statements.windows import (
    MAX_PIECES,
    Range,
    Window,
    cut_windows,
    paragraphs,
    quoted,
    shape,
)

TRUSTING = decode.Settings(
    lean=0.0, threshold=0.5, weights=(1.0, 1.0, 0.0, 0.0, 0.0), bias=0.0, reliability=()
)
Answers = dict[Range, dict[int, list[Range]]]


def by_word(texts: list[str]) -> list[tuple[Sequence[int], Sequence[Range]]]:
    """A tokenizer with one piece to a word."""
    rows: list[tuple[Sequence[int], Sequence[Range]]] = []
    for text in texts:
        ends = [i + 1 for i, c in enumerate(text) if c != " " and (i + 1 == len(text) or text[i + 1] == " ")]
        starts = [i for i, c in enumerate(text) if c != " " and (i == 0 or text[i - 1] == " ")]
        rows.append(([7] * len(starts), list(zip(starts, ends, strict=True))))
    return rows


class Told:
    """A backend that says what the test told it: {cue: {role: runs}} in indices of the window."""

    def __init__(self, answers: Answers) -> None:
        self.answers = answers

    def read(self, window: Window) -> tuple[decode.Floats, decode.Floats]:
        scores = flat(len(window))
        for start, end in self.answers:
            mark(scores[:, CUE], start, end)
        return np.zeros((len(window), 384), dtype=np.float32), scores.reshape(len(window), 9)

    def link(self, states: decode.Floats, tags: decode.Floats, around: decode.Around) -> decode.Floats:
        out = []
        for at, (cue, roles) in enumerate(self.answers.items()):
            scores = flat(len(states))
            for role, spans in ({CUE: [cue]} | roles).items():
                for span in spans:
                    mark(scores[:, role], *span)
            out.append(scores.reshape(len(states), 9)[around.index[at]])
        return np.stack(out)


def flat(size: int) -> decode.Floats:
    """Scores that say O everywhere."""
    scores = np.zeros((size, 3, 3), dtype=np.float32)
    scores[:, :, O] = 5
    return scores


def mark(scores: decode.Floats, start: int, end: int) -> None:
    scores[start:end, I] = 10
    scores[start, B] = 20


def told(text: str, answers: Answers) -> list[tuple[list[str], list[str], list[str]]]:
    (window,) = cut_windows(text, [(0, len(text))], by_word)
    found = decode.attributions([window], text, Told(answers), TRUSTING)

    def words(spans: Sequence[Range]) -> list[str]:
        return [text[s:e] for s, e in spans]

    return [(words(a.source), words(a.cue), words(a.content)) for a in found]


def test_one_cue_makes_one_attribution() -> None:
    text = "Lavrov said the talks went well"
    assert told(text, {(2, 3): {SOURCE: [(1, 2)], CONTENT: [(3, 7)]}}) == [
        (["Lavrov"], ["said"], ["the talks went well"])
    ]


def test_attributions_nest_and_share_spans() -> None:
    text = "Bolton said Trump promised help"
    found = told(
        text,
        {(2, 3): {SOURCE: [(1, 2)], CONTENT: [(3, 6)]}, (4, 5): {SOURCE: [(3, 4)], CONTENT: [(5, 6)]}},
    )
    assert (["Bolton"], ["said"], ["Trump promised help"]) in found
    assert (["Trump"], ["promised"], ["help"]) in found


def test_content_may_lie_on_both_sides_of_its_cue() -> None:
    text = "Peace , he said , is near"
    assert told(text, {(4, 5): {SOURCE: [(3, 4)], CONTENT: [(1, 2), (6, 8)]}}) == [
        (["he"], ["said"], ["Peace", "is near"])
    ]


def test_source_may_be_missing_and_content_may_not() -> None:
    ((source, _, content),) = told("It was said that rain came", {(3, 4): {}})
    assert source == []
    assert content != []


def test_of_two_readings_of_one_cue_one_is_kept() -> None:
    answers = {(2, 3): {CONTENT: [(4, 5)], CUE: [(2, 4)]}, (3, 4): {CONTENT: [(4, 5)], CUE: [(2, 4)]}}
    assert len(told("They have said so today", answers)) == 1


def test_best_run_overlaps_the_cue_it_is_asked_for() -> None:
    scores = flat(8)[:, CUE]
    mark(scores, 1, 2)
    mark(scores, 5, 7)
    assert decode.best_run(scores, within=(6, 7))[0] == (5, 7)
    assert decode.best_run(scores, within=(1, 3))[0] == (1, 2)
    assert decode.best_run(flat(8)[:, CUE])[1] < 0


@given(st.lists(st.tuples(*[st.floats(-5, 5)] * 3), min_size=1, max_size=7))
def test_best_tags_are_the_best_legal_sequence(rows: list[tuple[float, float, float]]) -> None:
    scores = np.array(rows)
    legal: list[list[int]] = [[]]
    for _ in rows:
        legal = [[*t, n] for t in legal for n in (O, B, I) if n != I or (t and t[-1] != O)]
    best = max(sum(scores[i, t] for i, t in enumerate(tags)) for tags in legal)
    tags = decode.best_tags(scores)
    assert tags in legal
    assert sum(scores[i, t] for i, t in enumerate(tags)) == pytest.approx(best)


@given(st.lists(st.text("ab .\n", max_size=300), max_size=8), st.integers(8, 60))
def test_windows_hold_every_piece_once_in_order(parts: list[str], limit: int) -> None:
    text = "\n".join(parts)
    made = cut_windows(text, [(0, len(text))], by_word, limit=limit)
    starts = [int(s) for w in made for s in w.starts if s >= 0]
    spans = paragraphs(text, [(0, len(text))])
    assert starts == [low + s for low, high in spans for s, _ in by_word([text[low:high]])[0][1]]
    assert all(len(w) <= limit for w in made)


def test_no_piece_lies_outside_the_regions() -> None:
    text = "menu menu\nBody one.\nmore menu\nBody two."
    (window,) = cut_windows(text, [(10, 19), (30, 39)], by_word)
    read = {text[s:e] for s, e in zip(window.starts, window.ends, strict=True) if s >= 0}
    assert read == {"Body", "one.", "two."}


def test_a_line_that_ends_with_a_colon_stays_with_the_next() -> None:
    text = "a b c d e\nHe said:\n" + "X " * 8
    made = cut_windows(text, [(0, len(text))], by_word, limit=13)
    assert [int((w.starts >= 0).sum()) for w in made] == [5, 10]


@pytest.mark.parametrize(
    ("text", "inside"),
    [
        ('a "b c" d', '"b c"'),
        ("a \u201cb\u201d d", "\u201cb\u201d"),
        ("a \u201eb\u201c d", "\u201eb\u201c"),
        ("a \u00abb\u00bb d", "\u00abb\u00bb"),
        ("a \u201cb c", "\u201cb c"),
    ],
)
def test_all_kinds_of_quotation_marks_are_seen(text: str, inside: str) -> None:
    assert "".join(c for c, q in zip(text, quoted(text), strict=True) if q) == inside


def test_shapes() -> None:
    assert [shape(p) for p in ("said", "Lavrov", "NATO", ":", "17", "A")] == [0, 1, 2, 3, 0, 1]


def test_confidence_rises_with_its_signs_and_follows_the_table() -> None:
    table = decode.Settings(
        lean=0, threshold=0, weights=(1.0,) * 5, bias=0.0, reliability=((0.0, 0.0), (0.5, 0.4), (1.0, 1.0))
    )
    assert table.confidence((0.0,) * 5) == 0.4
    assert table.confidence((2.0,) * 5) > table.confidence((1.0,) * 5)


def test_a_damaged_file_is_refused(tmp_path: Path) -> None:
    for name in FILES:
        (tmp_path / name).write_bytes(b"x")
    (tmp_path / "manifest.json").write_text(json.dumps({"files": {n: {"sha256": "0"} for n in FILES}}))
    with pytest.raises(MissingPart, match="SHA-256"):
        verified(tmp_path)


def test_a_missing_model_is_named(tmp_path: Path) -> None:
    with pytest.raises(MissingPart, match="onrecord-models"):
        Tagger(tmp_path)


# ---- the shipped weights

shipped = pytest.mark.skipif(find_spec("onrecord_models") is None, reason="onrecord-models is not installed")


@pytest.fixture(scope="module")
def tagger() -> Tagger:
    return Tagger()


def spoken(tagger: Tagger, text: str) -> list[tuple[str, ...]]:
    found = tagger.attributions(text, [(0, len(text))])
    return [
        tuple(" … ".join(text[s:e] for s, e in part) for part in (a.source, a.cue, a.content)) for a in found
    ]


@shipped
def test_plain_indirect_speech_is_found(tagger: Tagger) -> None:
    ((source, cue, content),) = spoken(tagger, "Lavrov said that the talks had been useful.")
    assert (source, cue) == ("Lavrov", "said")
    assert content.rstrip(".") in ("that the talks had been useful", "the talks had been useful")


@shipped
def test_direct_speech_keeps_its_source(tagger: Tagger) -> None:
    ((source, cue, content),) = spoken(
        tagger, "\u201cWe will not leave,\u201d the minister told reporters on Monday."
    )
    assert source == "the minister"
    assert "told" in cue
    assert "We will not leave" in content


@shipped
def test_a_text_without_statements_yields_none(tagger: Tagger) -> None:
    assert spoken(tagger, "The road to the airport was closed for an hour.") == []
    assert tagger.attributions("", []) == []


@shipped
def test_spans_stay_in_the_regions_and_runs_are_equal(tagger: Tagger) -> None:
    text = "Related: Merkel says no\n\nPutin said it was late. \u201cGo,\u201d he added.\n\nShare this"
    region = (25, text.index("\n\nShare"))
    found = tagger.attributions(text, [region])
    assert found
    assert found == tagger.attributions(text, [region])
    spans = [span for a in found for part in (a.source, a.cue, a.content) for span in part]
    assert all(region[0] <= start and end <= region[1] for start, end in spans)


@shipped
def test_windows_fit_the_encoder(tagger: Tagger) -> None:
    text = "He said yes. " * 400
    assert max(len(w) for w in tagger.windows(text, [(0, len(text))])) <= MAX_PIECES
