# ruff: noqa: E501  (sample texts keep their lines)
"""Saved web pages: the article out of its furniture, metadata out of the page's head, nothing fetched."""

from __future__ import annotations

import socket
from pathlib import Path

import pytest

from onrecord import acquire
from onrecord.acquire import pages
from onrecord.settings import Settings
from onrecord.types import READ_ROLES, Acquired, Reject

PARAGRAPHS = [
    "Norland and Sudria agreed on Tuesday to reopen four border crossings that had been closed since spring, after "
    "nine hours of talks in the port of Halden, officials from both governments said.",
    "“We have taken a modest step,” said Norland’s finance minister, Karin Holt, who led her country’s delegation.",
    "Her counterpart, Emil Varga, said that his government would watch closely whether the new office works.",
]
HTML = """<!doctype html><html lang="en"><head><title>Border to reopen - Example</title>
<meta property="og:title" content="Border to reopen"><meta property="og:site_name" content="CFR">
<meta name="author" content="Ana Ruiz"><meta property="article:published_time" content="2011-05-04T09:00:00Z">
<meta property="article:modified_time" content="2019-01-01T09:00:00Z">
<link rel="canonical" href="https://www.example.org/border">
</head><body><nav><ul><li><a href="/">Home</a></li><li><a href="/w">World</a></li></ul></nav>
<article><h1>Border to reopen</h1><p>{}</p><p>{}</p><h2>What comes next</h2><p>{}</p></article>
<aside><h3>Related</h3><a href="/x">Whale seen in Halden harbour</a></aside>
<footer>Licensed under <a rel="license" href="https://creativecommons.org/licenses/by-sa/4.0/">CC BY-SA 4.0</a></footer>
</body></html>""".format(*PARAGRAPHS)


@pytest.fixture
def page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Acquired:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("a page was looked up")

    monkeypatch.setattr(socket, "socket", refuse)
    (tmp_path / "a.html").write_text(HTML, encoding="utf-8")
    (found,) = acquire.read([str(tmp_path)], settings=Settings())
    assert isinstance(found, Acquired)
    return found


def test_stored_text_is_title_and_paragraphs_a_line_each(page: Acquired) -> None:
    assert page.article.text == "\n".join(
        ["Border to reopen", *PARAGRAPHS[:2], "What comes next", PARAGRAPHS[2]]
    )
    assert [p.role for p in page.passages] == ["headline", "body", "body", "heading", "body"]
    assert all(p.role in READ_ROLES for p in page.passages)


def test_metadata_comes_from_the_page(page: Acquired) -> None:
    a = page.article
    assert (a.title, a.authors, a.publisher) == (
        "Border to reopen",
        ("Ana Ruiz",),
        "Council on Foreign Relations",
    )
    assert (str(a.published), a.published_basis) == ("2011-05-04", "metadata")
    assert a.licence == "CC-BY-SA-4.0"
    assert a.url == "https://www.example.org/border"


def test_page_without_a_date_has_none(tmp_path: Path) -> None:
    bare = "\n".join(line for line in HTML.splitlines() if "_time" not in line).replace("CFR", "Example")
    (tmp_path / "a.html").write_text(bare, encoding="utf-8")
    (found,) = acquire.read([str(tmp_path)], settings=Settings())
    assert isinstance(found, Acquired)
    assert (found.article.published, found.article.published_basis) == (None, "unknown")


def test_a_page_of_more_marks_than_any_news_page_is_rejected_before_it_is_taken_apart(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(*_: object, **__: object) -> None:
        raise AssertionError("taken apart")

    (tmp_path / "a.html").write_text("<html><body><article>" + "<p><b><i>" * 20_000 + PARAGRAPHS[0])
    monkeypatch.setattr(pages.trafilatura, "bare_extraction", refuse)
    (found,) = acquire.read([str(tmp_path)], settings=Settings())
    assert isinstance(found, Reject)
    assert found.reason == "too_many_marks"
    assert "60,003" in found.detail
