# ruff: noqa: E501  (sample texts keep their lines)
"""What the user names becomes articles, or one reason each."""

from __future__ import annotations

import io
import json
import os
from pathlib import Path

import pytest

from onrecord import acquire
from onrecord.settings import Settings
from onrecord.types import Acquired, Reject, text_hash

SENTENCE = "The foreign ministers of Norland and Sudria met in Geneva on Monday."


def read(*inputs: str | Path, stdin: bytes | None = None, **settings: int) -> list[Acquired | Reject]:
    stream = io.BytesIO(stdin) if stdin is not None else None
    return list(acquire.read([str(i) for i in inputs], settings=Settings(**settings), stdin=stream))


def articles(*inputs: str | Path, stdin: bytes | None = None) -> list[Acquired]:
    found = read(*inputs, stdin=stdin)
    rejected = [f for f in found if isinstance(f, Reject)]
    assert not rejected
    return [f for f in found if isinstance(f, Acquired)]


def only_reject(*inputs: str | Path, stdin: bytes | None = None, **settings: int) -> Reject:
    (found,) = read(*inputs, stdin=stdin, **settings)
    assert isinstance(found, Reject)
    assert found.detail, "a reject tells what to do"
    return found


def test_one_sentence_is_an_article(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    (one,) = articles(tmp_path)
    assert one.article.text == SENTENCE
    assert [p.role for p in one.passages] == ["body"]
    assert one.article.language == "en"


def test_text_stays_as_received_but_for_its_mark(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b"\xef\xbb\xbf" + b"One line.\r\nAnd another one.\r\n\r\n")
    (one,) = articles(tmp_path)
    assert one.article.text == "One line.\r\nAnd another one.\r\n\r\n"
    assert one.article.text_sha256 == text_hash(one.article.text)


def test_identical_texts_at_two_paths_are_two_articles(tmp_path: Path) -> None:
    for name in ("a.txt", "b.txt"):
        (tmp_path / name).write_text(SENTENCE)
    first, second = articles(tmp_path)
    assert first.article.text_sha256 == second.article.text_sha256
    assert first.article.id != second.article.id


def test_order_of_inputs_does_not_matter_and_none_is_read_twice(tmp_path: Path) -> None:
    for name in ("b.txt", "a.txt", "c.txt"):
        (tmp_path / name).write_text(f"{SENTENCE} {name}")
    one = read(tmp_path / "c.txt", tmp_path)
    other = read(f"{tmp_path}/*.txt", tmp_path / "b.txt")
    assert one == other
    assert [Path(a.article.path).name for a in one if isinstance(a, Acquired)] == ["a.txt", "b.txt", "c.txt"]


def test_folders_are_read_to_their_depth_and_images_are_left_out_deliberately(tmp_path: Path) -> None:
    (tmp_path / "x" / "y").mkdir(parents=True)
    (tmp_path / "x" / "y" / "deep.TXT").write_text(SENTENCE)
    (tmp_path / "x" / "map.png").write_bytes(b"\x89PNG")
    deep, image = sorted(read(tmp_path), key=lambda r: isinstance(r, Reject))
    assert isinstance(deep, Acquired)
    assert isinstance(image, Reject)
    assert (image.reason, image.deliberate) == ("unknown_suffix", True)


def test_a_file_named_outright_is_read_whatever_its_ending(tmp_path: Path) -> None:
    (tmp_path / "notes.md").write_text(SENTENCE)
    (one,) = articles(tmp_path / "notes.md")
    assert one.article.text == SENTENCE


@pytest.mark.parametrize(
    ("name", "data", "reason"),
    [
        ("empty.txt", b"", "empty"),
        ("blank.txt", b" \n\t\n", "empty"),
        ("dots.txt", "… — …".encode(), "empty"),
        ("binary.txt", bytes(range(256)) * 8, "binary"),
        ("paper.txt", b"%PDF-1.7\n...", "binary"),
        ("cut.txt", ("„Ja“, sagte er – „und nein“. " * 9).encode()[:-4], "wrong_encoding"),
        ("empty.jsonl", b"\n\n", "empty"),
        ("empty.html", b"<html><head></head><body></body></html>", "no_article"),
        ("broken.jsonl", b'{"text": "no end', "broken_json"),
        ("list.jsonl", b'["text"]', "not_an_object"),
        ("none.jsonl", b'{"id": 1, "body": "x"}', "no_text"),
        ("null.jsonl", b'{"id": 1, "text": null}', "no_text"),
        ("blank.jsonl", b'{"id": 1, "text": "  "}', "empty"),
        ("half.jsonl", b'{"id": 1, "text": "half \\ud83d"}', "lone_surrogate"),
        ("title.jsonl", b'{"id": 1, "text": "whole", "title": "\\udc00"}', "lone_surrogate"),
        ("deep.jsonl", b'{"text": ' + b"[" * 100_000, "broken_json"),
    ],
)
def test_bad_input_is_told_once_and_the_rest_goes_on(
    tmp_path: Path, name: str, data: bytes, reason: str
) -> None:
    (tmp_path / name).write_bytes(data)
    (tmp_path / "good.txt").write_text(SENTENCE)
    found = read(tmp_path)
    (reject,) = [f for f in found if isinstance(f, Reject)]
    assert reject.reason == reason
    assert name in reject.path
    assert not reject.deliberate
    assert len(found) == 2


@pytest.mark.parametrize("name", ["long.txt", "long.jsonl", "long.html"])
def test_a_line_of_fifty_megabytes_is_refused_unread(tmp_path: Path, name: str) -> None:
    with (tmp_path / name).open("wb") as file:
        file.truncate(50_000_000)  # sparse: the size alone decides
        file.seek(0)
        file.write(b"word " * 10_000)
        if name.endswith("jsonl"):
            file.seek(0)
            file.write(b" " * 50_000_000)
            file.write(b'\n{"id": "next", "text": "This line is read."}\n')
    found = read(tmp_path)
    assert isinstance(found[-1 if name != "long.jsonl" else 0], Reject | Acquired)
    assert [f.reason for f in found if isinstance(f, Reject)] == ["too_long"]
    if name == "long.jsonl":
        assert [f.article.path.rpartition("#")[2] for f in found if isinstance(f, Acquired)] == ["next"]


def test_length_limit_is_the_settings(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    assert only_reject(tmp_path, max_characters=20).reason == "too_long"


def test_missing_paths_and_empty_folders_are_told(tmp_path: Path) -> None:
    assert only_reject(tmp_path / "nowhere.txt").reason == "not_found"
    assert only_reject(f"{tmp_path}/*.txt").reason == "not_found"
    assert only_reject("with\0nul").reason == "not_found"
    (tmp_path / "empty").mkdir()
    assert only_reject(tmp_path / "empty").reason == "no_articles"


def test_links_in_a_circle_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "b").mkdir()
    (tmp_path / "b" / "up").symlink_to(tmp_path)
    (tmp_path / "self").symlink_to(tmp_path / "self")
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere")
    found = read(tmp_path)
    assert sum(isinstance(f, Acquired) for f in found) == 1
    reasons = {Path(f.path).name: f.reason for f in found if isinstance(f, Reject)}
    assert reasons["up"] == "linked_twice"
    assert reasons["gone.txt"] == "not_found"


def test_a_linked_folder_is_read(tmp_path: Path) -> None:
    (tmp_path / "far").mkdir()
    (tmp_path / "far" / "a.txt").write_text(SENTENCE)
    (tmp_path / "near").mkdir()
    (tmp_path / "near" / "link").symlink_to(tmp_path / "far")
    (one,) = articles(tmp_path / "near")
    assert one.article.path.endswith("near/link/a.txt")


def test_pipes_and_devices_are_never_opened(tmp_path: Path) -> None:
    os.mkfifo(tmp_path / "pipe.txt")
    assert {r.reason for r in read(tmp_path) if isinstance(r, Reject)} == {"not_a_file", "no_articles"}
    assert only_reject("/dev/zero").reason == "not_a_file"


def test_a_file_that_may_not_be_read_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr(Path, "open", refuse)
    reject = only_reject(tmp_path)
    assert (reject.reason, reject.detail) == ("unreadable", "Permission denied")


def test_legacy_encoding_is_read_and_noted(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(
        "The café talks: “no result” – said the minister’s aide.".encode("cp1252")
    )
    (tmp_path / "b.txt").write_text(SENTENCE, encoding="utf-16")
    old, wide = articles(tmp_path)
    assert old.article.text.startswith("The café talks: “no result” –")
    assert old.article.meta == {"encoding": "cp1252"}
    assert wide.article.text == SENTENCE


def test_json_line_keeps_what_it_is_given(tmp_path: Path) -> None:
    row = {
        "id": 7, "text": "Norland's envoy left.\n", "title": "Envoy leaves", "date": "2004-03-09", "publisher": "CFR",
        "url": "https://example.org/7", "author": "Ana Ruiz", "license": "CC BY 4.0", "desk": "world",
    }  # fmt: skip
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n")
    (one,) = articles(tmp_path)
    a = one.article
    assert a.path.endswith("a.jsonl#7")
    assert (a.title, a.authors, a.publisher, a.licence) == ("Envoy leaves", ("Ana Ruiz",), "CFR", "CC-BY-4.0")
    assert (str(a.published), a.published_basis) == ("2004-03-09", "given")
    assert a.published_range == (a.published, a.published)
    assert a.meta == {"desk": "world"}


def test_half_known_date_is_a_range(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Talks went on.", "date": "2016-02"}')
    (one,) = articles(tmp_path)
    assert one.article.published is None
    assert [str(d) for d in one.article.published_range or ()] == ["2016-02-01", "2016-02-29"]


def test_date_that_cannot_be_read_is_unknown_with_a_reason(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "Talks went on.", "date": "05/06/2016"}')
    (one,) = articles(tmp_path)
    assert (one.article.published, one.article.published_basis) == (None, "unknown")
    assert "05/06/2016" in (one.article.published_reason or "")


def test_repeated_json_lines_are_articles_of_their_own(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text(
        '{"id": 1, "text": "Same."}\n{"id": 1, "text": "Same."}\n{"id": 1, "text": "Other."}\n'
    )
    found = articles(tmp_path)
    assert len({a.article.id for a in found}) == 3
    assert {a.article.path.rpartition("#")[2] for a in found} == {"1"}


def test_stdin_is_json_lines_or_one_text() -> None:
    assert [a.article.path for a in articles("-", stdin=b'{"id": "x", "text": "Hello there."}\n')] == ["-#x"]
    assert [a.article.text for a in articles("-", stdin=SENTENCE.encode())] == [SENTENCE]
    assert only_reject("-", stdin=b"").reason == "empty"
    assert only_reject("-").reason == "not_found"


def test_reading_streams_without_waiting_for_the_end(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text(SENTENCE)
    (tmp_path / "b.txt").write_text(SENTENCE)
    reader = acquire.read([str(tmp_path)], settings=Settings())
    assert isinstance(next(reader), Acquired)
    (tmp_path / "b.txt").unlink()
    late = next(reader)
    assert isinstance(late, Reject)
    assert late.reason == "unreadable"
