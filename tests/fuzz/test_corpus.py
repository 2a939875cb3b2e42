"""Inputs that fuzzing found or began with keep the laws of their room."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.fuzz.targets import TARGETS

CORPUS = Path(__file__).parent / "corpus"
FILES = sorted(p for p in CORPUS.glob("*/*") if p.is_file())


@pytest.mark.parametrize("file", FILES, ids=lambda p: f"{p.parent.name}/{p.name}")
def test_each_input_of_the_corpus_keeps_the_laws(file: Path) -> None:
    TARGETS[file.parent.name](file.read_bytes())


@pytest.mark.parametrize("room", sorted(TARGETS))
def test_any_bytes_keep_the_laws(room: str) -> None:
    @settings(max_examples=60)
    @given(
        st.one_of(st.binary(max_size=300), st.text(max_size=200).map(lambda s: s.encode("utf-8", "replace")))
    )
    def holds(data: bytes) -> None:
        TARGETS[room](data)

    holds()
