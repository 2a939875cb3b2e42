"""Feeds: an entry an article, with what the feed tells about it."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from onrecord.acquire import feeds
from onrecord.types import Acquired, Reject
from tests.acquire.making import read, rejects

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/"><channel><title>Fjord Weekly</title><link>http://example.org/</link>
<copyright>CC BY 4.0</copyright>
<item><title>Border to reopen</title><link>http://example.org/border</link><guid>border-1</guid>
<pubDate>Wed, 04 May 2011 23:30:00 +0000</pubDate><dc:creator>Ana Ruiz</dc:creator><category>world</category>
<description>Short.</description>
<content:encoded><![CDATA[<p>Norland and Sudria agreed&nbsp;to talk.</p><p>“We took a step,” she said.<br>Then
she left.</p><script>alert(1)</script>]]></content:encoded></item>
<item><title>Envoy &amp; aide leave</title><guid>envoy-1</guid>
<description>An envoy left Geneva.</description></item>
<item><guid>nothing</guid></item>
</channel></rss>"""
ATOM = """<feed xmlns="http://www.w3.org/2005/Atom"><title>Fjord Weekly</title><entry>
<title>Border to reopen</title><id>urn:1</id><link href="http://example.org/border"/>
<updated>2011-05-04T09:00:00Z</updated><author><name>Ana Ruiz</name></author>
<content type="text">Norland and Sudria agreed.</content></entry></feed>"""


def rows(data: str | bytes) -> list[dict[str, Any]]:
    found = feeds.rows(data if isinstance(data, bytes) else data.encode(), "feed")
    assert not isinstance(found, Reject)
    return found


def test_an_entry_of_rss_is_an_article_with_its_content() -> None:
    first, second = rows(RSS)
    assert first["text"].splitlines() == [
        "Border to reopen",
        "Norland and Sudria agreed to talk.",
        "“We took a step,” she said.",
        "Then she left.",
    ]
    assert first["date"] == "2011-05-04T23:30:00Z"
    assert (first["id"], first["url"], first["tags"]) == ("border-1", "http://example.org/border", ["world"])
    assert (first["authors"], first["publisher"], first["licence"]) == (
        ["Ana Ruiz"],
        "Fjord Weekly",
        "CC BY 4.0",
    )
    assert second["text"] == "Envoy & aide leave\nAn envoy left Geneva."
    assert "date" not in second


def test_an_entry_of_atom_is_dated_by_its_last_change_where_nothing_else_is_told() -> None:
    (entry,) = rows(ATOM)
    assert entry["text"] == "Border to reopen\nNorland and Sudria agreed."
    assert (entry["date"], entry["authors"]) == ("2011-05-04T09:00:00Z", ["Ana Ruiz"])


@pytest.mark.parametrize("name", ["a.rss", "a.xml"])
def test_a_feed_saved_as_a_file_is_an_input(tmp_path: Path, name: str) -> None:
    (tmp_path / name).write_text(RSS, encoding="utf-8")
    first, second = read(tmp_path / name)
    assert isinstance(first, Acquired) and isinstance(second, Acquired)
    assert first.article.path.endswith(f"{name}#border-1")
    assert (str(first.article.published), first.article.licence) == ("2011-05-04", "CC-BY-4.0")
    assert second.article.published is None


@pytest.mark.parametrize(
    ("data", "reason"),
    [
        (b"<rss version='2.0'><channel></channel></rss>", "empty"),
        (b"<html>no</html>", "no_feed"),
        (b"\0\1", "no_feed"),
        (b"file:///etc/passwd", "no_feed"),
        (b"http://127.0.0.1:9/", "no_feed"),
    ],
)
def test_what_is_no_feed_is_told_and_nothing_is_looked_up(tmp_path: Path, data: bytes, reason: str) -> None:
    (tmp_path / "a.rss").write_bytes(data)
    assert [r.reason for r in rejects(read(tmp_path / "a.rss"))] == [reason]


def test_half_a_character_does_not_travel_on() -> None:
    found = rows(RSS.replace("Short.", "&#xD800;").replace("Envoy", "&amp;#xDC00; Envoy"))
    assert all(row["text"].encode() for row in found)


def test_entities_that_multiply_are_not_followed() -> None:
    bombs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = RSS.replace("<rss", f'<!DOCTYPE rss [<!ENTITY a0 "boom">{bombs}]><rss').replace("Short.", "&a11;")
    found = feeds.rows(bomb.encode(), "feed")
    assert isinstance(found, Reject) or all(len(row["text"]) < 10_000 for row in found)


def test_a_file_of_the_machine_is_never_drawn_into_an_entry(tmp_path: Path) -> None:
    (tmp_path / "secret").write_text("the secret words")
    entity = f'<!DOCTYPE rss [<!ENTITY x SYSTEM "file://{tmp_path}/secret">]><rss'
    found = feeds.rows(RSS.replace("<rss", entity).replace("An envoy", "&x; An envoy").encode(), "feed")
    assert isinstance(found, Reject) or all("secret" not in row["text"] for row in found)
