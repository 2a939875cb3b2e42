# ruff: noqa: E501  (a case a line)
"""Hostile inputs: each is made in a folder, read alone against the clock, and all are built as one pile."""

from __future__ import annotations

import gzip
import io
import json
import os
import zipfile
from collections.abc import Callable, Iterator
from functools import partial
from pathlib import Path

from evals.torture.baits import BAITS

Make = Callable[[Path], None]
GOOD = (
    "The foreign ministers of Kenya and Chile met in Oslo on Monday. “It went well,” said Kenya's minister.\n"
)
SIZE = 12_000
"""Characters of each bait: about four articles; a rule whose time grows with the square shows at it."""
PAYLOADS = (
    "'; DROP TABLE articles; --", '" OR 1=1 --', "<script>alert(1)</script>", "<img src=x onerror=alert(1)>",
    "javascript:alert(1)", "{{ 7*7 }}", "${jndi:ldap://127.0.0.1/x}", "../../../../etc/passwd", "=cmd|' /C calc'!A0",
    "http://169.254.169.254/latest/meta-data", "\u202egnp.exe", "a\0b", "%s%n%x", "\r\nSet-Cookie: x=y",
)  # fmt: skip
_KEYS = ("id", "title", "publisher", "url", "authors", "licence", "date", "text", "desk")


def _write(name: str, data: bytes | str | Callable[[], bytes | str]) -> Make:
    """A file of these bytes; large ones are made when they are needed."""

    def make(folder: Path) -> None:
        made = data() if callable(data) else data
        (folder / name).write_bytes(made.encode() if isinstance(made, str) else made)

    return make


def _line(**row: object) -> str:
    return json.dumps(row) + "\n"


def _payloads() -> str:
    """Each payload in every field of an article, and inside a sentence."""
    told = ((p, f"Kenya's minister said {p} on Monday. “{p},” he said.\n{GOOD}") for p in PAYLOADS)
    return "".join(_line(**(dict.fromkeys(_KEYS, p) | {"id": f"id {p}", "text": text})) for p, text in told)


def _packed_blanks(size: int) -> bytes:
    out = io.BytesIO()
    with gzip.GzipFile(fileobj=out, mode="wb", mtime=0) as file:
        for _ in range(size >> 20):
            file.write(b" " * (1 << 20))
    return out.getvalue()


def _zip_bomb(folder: Path) -> None:
    with zipfile.ZipFile(folder / "bomb.txt", "w", zipfile.ZIP_DEFLATED) as file:
        file.writestr("a.txt", b"0" * 50_000_000)


def _links(folder: Path) -> None:
    (folder / "in").mkdir()
    (folder / "in" / "up").symlink_to(folder)
    (folder / "itself.txt").symlink_to(folder / "itself.txt")
    (folder / "climbs.txt").symlink_to("../../../../../../nowhere/secret.txt")
    (folder / "in" / "a.txt").write_text(GOOD)


def _pipes(folder: Path) -> None:
    os.mkfifo(folder / "pipe.txt")
    (folder / "zero.txt").symlink_to("/dev/zero")


def _names(folder: Path) -> None:
    for name in (
        b"new\nline.txt",
        b"\xff\xfe.txt",
        b"a#b.txt",
        b"'; DROP TABLE x.txt",
        b"-rf.txt",
        b"<b>.txt",
    ):
        Path(os.fsdecode(os.fsencode(folder) + b"/" + name)).write_text(GOOD)


def _entities(kind: str) -> str:
    bombs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    head = f'<?xml version="1.0"?><!DOCTYPE x [<!ENTITY a0 "boom">{bombs}<!ENTITY f SYSTEM "file:///etc/passwd">]>'
    body = {"rss": "<rss version='2.0'><channel><item><title>&a9;&f;</title></item></channel></rss>",
            "html": f"<html><body><article><p>{GOOD}</p><p>&a9; &f; {GOOD}</p></article></body></html>"}  # fmt: skip
    return head + body[kind]


CASES: dict[str, Make] = {
    "zip bomb": _zip_bomb,
    "gzip bomb, text": _write("a.txt.gz", lambda: _packed_blanks(300 << 20)),
    "gzip bomb, JSON lines": _write("a.jsonl.gz", lambda: _packed_blanks(300 << 20)),
    "page nested 100,000 deep": _write("a.html", lambda: f"<html><body>{'<div>' * 100_000}{GOOD}{'</div>' * 100_000}"),
    "page of 100,000 open marks": _write("a.html", lambda: "<html><body><article>" + "<p><b><i>" * 100_000 + GOOD),
    "page of a million attributes": _write("a.html", lambda: "<html><body " + "a='b' " * 1_000_000 + f"><p>{GOOD}"),
    "page of entities": _write("a.xhtml", _entities("html")),
    "feed of entities": _write("a.rss", _entities("rss")),
    "line of 100 MB": _write("a.jsonl", lambda: b'{"text": "' + b"word " * 20_000_000 + b'"}\n' + _line(text=GOOD).encode()),
    "text of 100 MB": _write("a.txt", lambda: b"word " * 20_000_000),
    "JSON nested 100,000 deep": _write("a.jsonl", '{"text": ' + "[" * 100_000 + "\n" + _line(text=GOOD)),
    "JSON with a number of 100,000 digits": _write("a.jsonl", '{"text": "Yes.", "n": ' + "9" * 100_000 + "}\n"),
    "NULs in a text": _write("a.txt", GOOD.replace(" ", "\0")),
    "NULs in a line": _write("a.jsonl", _line(text=f"A\0B\0{GOOD}", title="\0")),
    "lone surrogates": _write("a.jsonl", _line(text=f"\ud800 {GOOD}") + _line(text=GOOD, desk="\udc00")),
    "bidi and zero-width characters": _write("a.jsonl", _line(text=GOOD.replace("Kenya", "Ke\u200bn\u202eya\u202c"), title="\u2066x")),
    "look-alike letters": _write("a.txt", GOOD.replace("e", "е").replace("o", "о")),
    "mixed encodings": _write("a.txt", "Café – “no”. ".encode() * 20 + "Café – “no”. ".encode("cp1252") * 20),
    "UTF-16 with a half character": _write("a.txt", b"\xff\xfe" + GOOD.encode("utf-16-le") + b"\x00\xd8"),
    "a million quotation marks": _write("a.txt", '"' * 1_000_000),
    "as many quotation marks as an article may have": _write("a.txt", GOOD + '"' * 399_000),
    "links in circles": _links,
    "pipes and devices": _pipes,
    "names of files": _names,
    "payloads in every field": _write("a.jsonl", _payloads()),
    "archive cut in half": _write("a.warc.gz", gzip.compress(b"WARC/1.0\r\nContent-Length: 99\r\n\r\nno")[:-9]),
    "archive of lies": _write("a.warc", b"WARC/1.0\r\nWARC-Type: response\r\nContent-Length: 999999999999\r\n\r\nHTTP/1.1"),
    "Parquet of lies": _write("a.parquet", b"PAR1" + b"\xff" * 400 + (1 << 30).to_bytes(4, "little") + b"PAR1"),
    **{f"bait: {name}": _write("a.txt", partial(make, SIZE)) for name, make in BAITS.items()},
}  # fmt: skip
"""What it is → what makes it in a folder of its own."""


def piles(folder: Path) -> Iterator[tuple[str, Path]]:
    """Each case with its folder, made anew, a good article before it and one after it."""
    for n, (name, make) in enumerate(CASES.items()):
        here = folder / f"{n:03}"
        here.mkdir(parents=True)
        for good in ("0-good.txt", "z-good.txt"):
            (here / good).write_text(GOOD, encoding="utf-8")
        make(here)
        yield name, here
