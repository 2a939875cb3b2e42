"""What is put before spaCy: the text with what is not read blanked, offset for offset."""

from __future__ import annotations

import pytest

from onrecord.annotate.syntax import MAX_TOKENS, load, masked, parse
from onrecord.settings import LANGUAGE_MODEL
from onrecord.types import Acquired, Article, Passage


@pytest.mark.parametrize("sign", ['"', "a", "…", "\u200b"])
def test_a_run_no_language_writes_is_blanked_and_the_rest_stays(sign: str) -> None:
    text = f"They met. {sign * 400} They left. {sign * 399}"
    found = masked(text, [Passage(start=0, end=len(text), role="body")])
    assert found == f"They met. {' ' * 400} They left. {sign * 399}"


def _lengths(text: str) -> list[int]:
    """Tokens of each sentence."""
    article = Article(id="a", path="a", text=text)
    one = Acquired(article=article, passages=(Passage(start=0, end=len(text), role="body"),))
    (parsed,) = parse([one], LANGUAGE_MODEL)
    return [len(sentence) for sentence in parsed.doc.sents]


@pytest.mark.parametrize("bait", ["agreed to agree on an agreement that ", "said said that ", "will meet "])
def test_no_sentence_outgrows_the_bound_where_no_full_stop_comes(bait: str) -> None:
    assert max(_lengths(bait * 300)) <= MAX_TOKENS


def test_a_long_sentence_within_the_bound_stays_whole() -> None:
    doc = load(LANGUAGE_MODEL).make_doc(f"They met. {'and so, ' * 80}they left.")
    broken = load(LANGUAGE_MODEL).get_pipe("onrecord_long_sentences")(doc)
    assert not any(token.is_sent_start for token in broken[1:])


@pytest.mark.parametrize("dateline", ["AMMAN - ", "MUSCAT, Oman (Reuters) - ", "LONDON, March 4 (AP) — "])
def test_a_lower_case_word_after_another_word_starts_no_sentence(dateline: str) -> None:
    text = f"{dateline}Jordan and Syria agreed on Monday to reopen the border crossing between them."
    article = Article(id="a", path="a", text=text)
    start = len(dateline)
    passages = (
        Passage(start=0, end=start, role="dateline"),
        Passage(start=start, end=len(text), role="body"),
    )
    (parsed,) = parse([Acquired(article=article, passages=passages)], LANGUAGE_MODEL)
    assert [s.text for s in parsed.doc.sents if not s.text.isspace()] == [text[start:]]


def test_a_passage_that_opens_with_a_lower_case_word_is_a_sentence_of_its_own() -> None:
    text = "They met in Oslo\nand later they left"
    passages = (Passage(start=0, end=16, role="headline"), Passage(start=17, end=len(text), role="body"))
    article = Article(id="a", path="a", text=text)
    (parsed,) = parse([Acquired(article=article, passages=passages)], LANGUAGE_MODEL)
    assert [s.text.strip() for s in parsed.doc.sents] == ["They met in Oslo", "and later they left"]
