"""Bytes → text, with the encoding that was found; what is not text is named so."""

from __future__ import annotations

import codecs
import re
from typing import NamedTuple

from charset_normalizer import from_bytes

from onrecord.types import Reject

_BOMS = (
    (codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF32_LE, "utf-32-le"), (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"),
)  # fmt: skip
_MAGIC = (
    (b"%PDF", "a PDF file; export it as text first"),
    (b"PK\x03\x04", "a zip or office file; unpack it or save it as text first"),
    (b"\x1f\x8b", "a gzip file; unpack it first"),
    (b"\x89PNG", "an image"), (b"\xff\xd8\xff", "an image"), (b"GIF8", "an image"),
    (b"SQLite format 3", "a SQLite database"),
    (b"\xd0\xcf\x11\xe0", "an old office file; save it as text first"),
)  # fmt: skip
_SAMPLE = 65_536
_MAX_CONTROLS = 0.01
"""Share of control characters beyond which bytes are no text; real texts have none or a stray form feed."""
_MAX_LEGACY = 0.12
"""Share of bytes ≥ 0x80 up to which cp1252 is believed: English has under 1 %, French about 4 %."""
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f]")
_UTF8_PAIRS = re.compile(rb"[\xc2-\xf4][\x80-\xbf]{1,3}")


class Decoded(NamedTuple):
    """Text without its byte-order mark, line ends untouched."""

    text: str
    encoding: str


def binary(data: bytes) -> str | None:
    """What the bytes are when they are no text, else None."""
    for magic, what in _MAGIC:
        if data.startswith(magic):
            return what
    if any(data.startswith(bom) for bom, _ in _BOMS):
        return None
    sample = data[:_SAMPLE]
    if b"\0" in sample or len(_CONTROL.findall(sample)) > _MAX_CONTROLS * len(sample):
        return "no text: it holds control bytes"
    return None


def decode(data: bytes, path: str) -> Decoded | Reject:
    """UTF-8 where it is UTF-8; else what a byte-order mark says, else cp1252 or a guess that holds."""
    what = binary(data)
    if what:
        return Reject(path=path, reason="binary", detail=what)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding, path)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        return _legacy(data, path, error.start)


def _strict(data: bytes, encoding: str, path: str) -> Decoded | Reject:
    try:
        return Decoded(data.decode(encoding), encoding)
    except UnicodeDecodeError as error:
        return _wrong(path, f"its mark says {encoding}, but byte {error.start} does not fit")


def _legacy(data: bytes, path: str, bad: int) -> Decoded | Reject:
    high = sum(b >= 0x80 for b in data[:_SAMPLE])
    # Damaged UTF-8 read as cp1252 would turn every dash and quotation mark into three wrong letters.
    if 2 * sum(map(len, _UTF8_PAIRS.findall(data[:_SAMPLE]))) > high:
        return _wrong(path, f"UTF-8 that breaks off or is damaged at byte {bad}")
    if high <= _MAX_LEGACY * min(len(data), _SAMPLE):
        try:
            return Decoded(data.decode("cp1252"), "cp1252")
        except UnicodeDecodeError:
            pass
    best = from_bytes(data[:_SAMPLE]).best()
    if best is None:
        return _wrong(path, f"not UTF-8 (byte {bad}), and no other encoding fits")
    return _strict(data, best.encoding, path)


def _wrong(path: str, detail: str) -> Reject:
    return Reject(path=path, reason="wrong_encoding", detail=f"{detail}; save it as UTF-8")
