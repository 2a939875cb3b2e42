"""Web archives (WARC) → the articles of the pages they hold: the one door to fastwarc.

Neither fastwarc nor other readers tell of a file cut in half: it reads as half the records. So each record's
length and digest are checked here, and what is short of them is told.
"""

from __future__ import annotations

import base64
import hashlib
from collections import Counter
from collections.abc import Iterator
from typing import Any, BinaryIO, Literal, cast

import msgspec
from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from onrecord.acquire import pages
from onrecord.acquire.article import Told, acquire, too_long
from onrecord.acquire.decode import decode
from onrecord.acquire.repeats import Repeats
from onrecord.settings import Settings
from onrecord.types import Acquired, Reject

SUFFIX = ".warc"
MAX_HEAD = 1_000_000
"""Bytes of a record beyond its page: the server's answer has a head of its own."""
_CHUNK = 1 << 20
_READ = (WarcRecordType.response, WarcRecordType.resource, WarcRecordType.conversion)
"""Records that may hold an article; the others (requests, notes of the crawl) speak of these."""
_Encodings = Literal["all", "transfer", "none"]
_ENCODINGS: tuple[_Encodings, ...] = ("all", "transfer", "none")
_PAGES = {"text/html", "application/xhtml+xml"}
_TEXTS = {"text/plain"}


class Answer(msgspec.Struct, frozen=True):
    """What a server answered: its status, and the body without the encodings it was sent in."""

    status: int | None
    type: str | None
    charset: str | None
    body: bytes


class _Cut(Exception):
    """A record that is shorter than it says; nothing can stand after it."""


class _Stream:
    """What fastwarc asks of a file, for any stream of bytes; it need not be one that can be rewound."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._at = 0

    def read(self, size: int = -1) -> bytes:
        data = self._file.read(size)
        self._at += len(data)
        return data

    def tell(self) -> int:
        return self._at


def read(file: BinaryIO, path: str, settings: Settings) -> Iterator[Acquired | Reject]:
    """The articles of an archive's responses, in the order of its records, named `FILE#WARC-Record-ID`.

    What is no page, or no answer with status 200, is left out on purpose and counted in one line a reason.
    A record that is damaged is told and left out; after one that is cut off the archive ends.
    """
    left_out: Counter[tuple[str, str]] = Counter()
    repeats = Repeats()
    number = 0
    try:
        for record in _records(file):
            number += 1
            name = f"{path}#{_id(record) or f'record-{number}'}"
            one = _one(record, name, repeats, settings)
            if isinstance(one, Acquired) or (isinstance(one, Reject) and not one.deliberate):
                yield one
            elif one is not None:
                left_out[one.reason, one.detail] += 1
    except _Cut as error:
        yield Reject(path=name, reason="cut_off", detail=f"the archive breaks off in this record: {error}")
    except OSError as error:
        yield Reject(
            path=path, reason="damaged", detail=f"after {number} records no further one can be read: {error}"
        )
    yield from _counted(left_out, path)


def _records(file: BinaryIO) -> Iterator[WarcRecord]:
    """Records as fastwarc finds them.

    Raises:
        OSError: what follows is no record. Panics of fastwarc, which are no `Exception`, come as this too.
    """
    try:
        yield from ArchiveIterator(cast(BinaryIO, _Stream(file)), parse_http=False, stream_detect=False)
    except BaseException as error:
        if type(error).__name__ != "PanicException":
            raise
        raise OSError(str(error)) from None


def _id(record: WarcRecord) -> str | None:
    told = record.headers.get("WARC-Record-ID") or record.headers.get("WARC-Target-URI")
    return str(told).strip("<> ") if told else None


def _one(record: WarcRecord, name: str, repeats: Repeats, settings: Settings) -> Acquired | Reject | None:
    """The article of one record; None for records that hold none by their kind."""
    block = _block(record)
    if record.record_type == WarcRecordType.revisit:
        return _left_out(name, "not_a_page", "a page as captured before")
    if record.record_type not in _READ:
        return None
    if block is None:
        return too_long(name, record.content_length, settings, "bytes")
    digest = record.headers.get("WARC-Block-Digest")
    if digest and not _fits(str(digest), block):
        return Reject(path=name, reason="damaged", detail="its bytes are not those its digest was made of")
    answer = _answer(record, block)
    if isinstance(answer, str):
        return Reject(path=name, reason="damaged", detail=answer)
    return _article(record, answer, name, repeats, settings)


def _block(record: WarcRecord) -> bytes | None:
    """A record's bytes, None where they are too many to be a page.

    Raises:
        _Cut: there are fewer than the record says.
    """
    told = str(record.headers.get("Content-Length") or "")
    if not told.isdecimal():
        raise _Cut("its head has no end, or no length")
    size = int(told)
    kept = size <= pages.MAX_BYTES + MAX_HEAD
    parts: list[bytes] = []
    found = 0
    while data := record.reader.read(_CHUNK):
        found += len(data)
        if kept:
            parts.append(data)
    if found < size:
        raise _Cut(f"{found:,} bytes of {size:,}")
    return b"".join(parts) if kept else None


def _fits(told: str, block: bytes) -> bool:
    """Whether a digest (`sha1:BASE32`, `sha256:HEX`) is that of a block; one of another kind is believed."""
    algorithm, _, value = told.partition(":")
    try:
        found = hashlib.new(algorithm.strip().lower().replace("-", ""), block).digest()
    except (ValueError, TypeError):
        return True
    known = {found.hex(), base64.b32encode(found).decode().lower()}
    return value.strip().lower() in known or value.strip() == base64.b64encode(found).decode()


def _answer(record: WarcRecord, block: bytes) -> Answer | str:
    """The server's answer in a record, or what is wrong with it; a record without one is the body itself."""
    if not str(record.headers.get("Content-Type") or "").startswith("application/http"):
        kind, _, rest = str(record.headers.get("Content-Type") or "").partition(";")
        return Answer(None, kind.strip().lower() or None, _charset(rest.partition("charset=")[2]), block)
    failed = ""
    # Some crawlers keep the header that names a body's encoding but store the body without it.
    for encodings in _ENCODINGS:
        try:
            return _decoded(block, encodings)
        except OSError as error:
            failed = failed or str(error)
    return f"the server's answer cannot be read: {failed}"


def _decoded(block: bytes, encodings: _Encodings) -> Answer:
    """The answer with these encodings taken off; never more of it than a page may have, so bombs stay small.

    Raises:
        OSError: the body is not in the encodings its head names.
    """
    answer = WarcRecord()
    answer.init_headers(WarcRecordType.response)
    answer.set_bytes_content(block)
    answer.is_http = True
    answer.parse_http(auto_decode=encodings)
    head: Any = answer.http_headers
    status = head.status_code if head is not None else None
    kind = str(answer.http_content_type or "").strip().lower()
    body = answer.reader.read(pages.MAX_BYTES + 1)
    return Answer(
        status if isinstance(status, int) else None, kind or None, _charset(answer.http_charset), body
    )


def _charset(told: object) -> str | None:
    return str(told or "").partition(";")[0].strip(" \"'") or None


def _article(
    record: WarcRecord, answer: Answer, name: str, repeats: Repeats, settings: Settings
) -> Acquired | Reject:
    if record.record_type == WarcRecordType.response and answer.status != 200:
        return _left_out(name, "no_page_given", f"status {answer.status or 'none'}")
    if answer.type not in _PAGES | _TEXTS:
        return _left_out(name, "not_a_page", answer.type or "no type told")
    if len(answer.body) > pages.MAX_BYTES:
        return too_long(name, len(answer.body), settings, "bytes or more")
    decoded = decode(answer.body, name, charset=answer.charset, page=answer.type in _PAGES)
    if isinstance(decoded, Reject):
        return decoded
    told = Told(url=_target(record), meta=_meta(record))
    copy = repeats.count(name, decoded.text)
    if answer.type in _PAGES:
        return pages.read(decoded.text, name, settings, told=told, copy=copy)
    return acquire(decoded.text, name, told, settings, copy=copy)


def _target(record: WarcRecord) -> str | None:
    return str(record.headers.get("WARC-Target-URI") or "").strip("<> ") or None


def _meta(record: WarcRecord) -> dict[str, str]:
    """When the page was captured, and whether the crawler cut it: `captured`, `truncated`."""
    names = {"captured": "WARC-Date", "truncated": "WARC-Truncated"}
    return {key: str(told) for key, name in names.items() if (told := record.headers.get(name))}


def _left_out(name: str, reason: str, detail: str) -> Reject:
    return Reject(path=name, reason=reason, detail=detail, deliberate=True)


def _counted(left_out: Counter[tuple[str, str]], path: str) -> Iterator[Reject]:
    """One line a reason: an archive of a crawl holds more pictures than pages."""
    for reason in sorted({reason for reason, _ in left_out}):
        details = {detail: n for (r, detail), n in left_out.items() if r == reason}
        ranked = sorted(details.items(), key=lambda item: (-item[1], item[0]))
        listed = ", ".join(f"{detail} ({n})" for detail, n in ranked)
        yield _left_out(path, reason, f"{sum(details.values())} records: {listed}")
