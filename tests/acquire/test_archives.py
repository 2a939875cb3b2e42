"""Web archives: their pages are articles, and an archive cut anywhere says so."""

from __future__ import annotations

import gzip
import zlib
from pathlib import Path

import pytest

from onrecord.types import Acquired
from tests.acquire.making import Archive, page, read, rejects, texts

NAMES = ["Arne", "Bodil", "Carl", "Dina"]


def archive(*, gzip: bool) -> Archive:
    made = Archive(gzip=gzip)
    for name in NAMES:
        made.response(name, page(name))
    return made


@pytest.mark.parametrize("suffix", ["warc", "warc.gz"])
def test_each_page_is_an_article_with_its_record_and_address(tmp_path: Path, suffix: str) -> None:
    (tmp_path / f"a.{suffix}").write_bytes(archive(gzip=suffix.endswith("gz")).data)
    found = read(tmp_path)
    assert [f"on {n}" in t for n, t in zip(NAMES, texts(found), strict=True)] == [True] * 4
    first = found[0]
    assert isinstance(first, Acquired)
    assert first.article.path.endswith(f"a.{suffix}#urn:test:Arne")
    assert first.article.url == "http://example.org/Arne"
    assert first.article.title == "Talks of Arne"
    assert first.article.meta == {"captured": "2011-05-04T09:00:00Z"}


@pytest.mark.parametrize("packed", [False, True])
def test_an_archive_cut_anywhere_is_told_and_read_as_far_as_it_goes(tmp_path: Path, packed: bool) -> None:
    whole = archive(gzip=packed)
    data, ends = whole.data, [0, *whole.ends]
    for at in range(1, len(data), 97):
        (tmp_path / "a.warc").write_bytes(data[:at])
        found = read(tmp_path / "a.warc")
        # A record's last two line ends carry nothing, so without them it is whole.
        complete = sum(end <= at + (0 if packed else 4) for end in ends) - 1
        assert len(texts(found)) == complete, at
        if at not in ends and not any(end - 4 <= at <= end and not packed for end in ends):
            assert [r.reason in ("cut_off", "damaged") for r in rejects(found)] == [True], at


def test_an_archive_packed_as_one_piece_is_read(tmp_path: Path) -> None:
    data = gzip.compress(archive(gzip=False).data)
    (tmp_path / "a.warc.gz").write_bytes(data)
    assert len(texts(read(tmp_path))) == 4
    (tmp_path / "a.warc.gz").write_bytes(data[: len(data) // 2])
    assert [r.reason for r in rejects(read(tmp_path))] == ["cut_off"]


def test_a_record_whose_bytes_changed_is_told_and_the_next_is_read(tmp_path: Path) -> None:
    data = archive(gzip=False).data.replace(b"report on Bodil", b"report on Bodo1")
    (tmp_path / "a.warc").write_bytes(data)
    found = read(tmp_path)
    assert len(texts(found)) == 3
    (reject,) = rejects(found)
    assert (reject.reason, reject.path.rpartition("#")[2]) == ("damaged", "urn:test:Bodil")


def test_bytes_that_no_longer_unpack_end_the_archive(tmp_path: Path) -> None:
    whole = archive(gzip=True)
    data = bytearray(whole.data)
    data[whole.ends[1] + 100] ^= 0xFF
    (tmp_path / "a.warc.gz").write_bytes(bytes(data))
    found = read(tmp_path)
    assert len(texts(found)) == 2
    assert [r.reason for r in rejects(found)] in (["damaged"], ["cut_off"])


@pytest.mark.parametrize(
    ("body", "headers"),
    [
        (page("Arne", "latin-1"), {"type": "text/html; charset=ISO-8859-1"}),
        (page("Arne", "utf-8"), {"type": "text/html; charset=ISO-8859-1"}),
        (page("Arne", "cp1250"), {"type": 'text/html; charset="windows-1250"'}),
        (gzip.compress(page("Arne")), {"Content_Encoding": "gzip"}),
        (zlib.compress(page("Arne")), {"Content_Encoding": "deflate"}),
        (page("Arne"), {"Content_Encoding": "gzip"}),
        (b"%x\r\n%s\r\n0\r\n\r\n" % (len(page("Arne")), page("Arne")), {"Transfer_Encoding": "chunked"}),
        (page("Arne"), {"Transfer_Encoding": "chunked"}),
    ],
    ids=[
        "charset",
        "wrong charset",
        "east",
        "gzip",
        "deflate",
        "gzip told only",
        "chunked",
        "chunked told only",
    ],
)
def test_pages_are_read_in_the_encodings_they_were_sent_in(
    tmp_path: Path, body: bytes, headers: dict[str, str]
) -> None:
    (tmp_path / "a.warc").write_bytes(Archive().response("Arne", body, **headers).data)
    (text,) = texts(read(tmp_path))
    assert "This is the café report on Arne." in text


def test_what_is_no_page_is_left_out_on_purpose_and_counted(tmp_path: Path) -> None:
    made = archive(gzip=False)
    for n in range(3):
        made.response(f"p{n}", b"\x89PNG", type="image/png")
    made.response("gone", page("gone"), status="404 Not Found")
    made.record("crawl", "metadata", b"fetchTimeMs: 3", "application/warc-fields")
    (tmp_path / "a.warc").write_bytes(made.data)
    found = read(tmp_path)
    assert len(texts(found)) == 4 and not rejects(found)
    told = {r.reason: r.detail for r in rejects(found, deliberate=True)}
    assert told == {"not_a_page": "3 records: image/png (3)", "no_page_given": "1 records: status 404 (1)"}


def test_texts_taken_out_of_pages_are_read(tmp_path: Path) -> None:
    made = Archive().record("t", "conversion", "Norland’s envoy left Geneva.".encode(), "text/plain")
    (tmp_path / "a.warc").write_bytes(made.data)
    assert texts(read(tmp_path)) == ["Norland’s envoy left Geneva."]


def test_one_page_captured_twice_is_two_articles(tmp_path: Path) -> None:
    made = Archive().response("Arne", page("Arne")).response("Arne", page("Arne"))
    (tmp_path / "a.warc").write_bytes(made.data)
    assert len({f.article.id for f in read(tmp_path) if isinstance(f, Acquired)}) == 2


def test_a_page_that_swells_beyond_all_measure_is_refused_and_the_next_read(tmp_path: Path) -> None:
    bomb = gzip.compress(b"<p>again</p>" * 4_000_000)
    made = Archive().response("bomb", bomb, Content_Encoding="gzip").response("Arne", page("Arne"))
    (tmp_path / "a.warc").write_bytes(made.data)
    found = read(tmp_path)
    assert [r.reason for r in rejects(found)] == ["too_long"]
    assert len(texts(found)) == 1


@pytest.mark.parametrize(
    "data", [b"WARC/1.0\r\n", b"WARC/1.0\r\nContent-Length: 99999999999999999999\r\n\r\n", b"no"]
)
def test_what_is_no_archive_is_told(tmp_path: Path, data: bytes) -> None:
    (tmp_path / "a.warc").write_bytes(data)
    assert next(r.reason for r in rejects(read(tmp_path))) in ("damaged", "cut_off")
