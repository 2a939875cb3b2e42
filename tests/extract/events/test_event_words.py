from __future__ import annotations

import pytest

from onrecord.errors import UsageError
from onrecord.extract.events.coder import coder
from onrecord.serve import options


def settings(event_words):
    return options.settings(None, None, None, event_words, True, None, 0.0, 1)


def test_words_of_ones_own_bring_events(tmp_path):
    table = tmp_path / "words.csv"
    table.write_text("words,pos,needs,type,mode,roles,weight\ncold-shoulder|blindside,V,,ACCUSE,,,5\n")
    chosen = settings([table])
    assert chosen.event_tables == (table,)
    assert {"cold-shoulder", "blindside"} == set(coder(chosen.event_tables).known.entries[0].words)


def test_a_table_that_is_not_there_is_named(tmp_path):
    with pytest.raises(UsageError, match="--event-words: no file"):
        settings([tmp_path / "none.csv"])
