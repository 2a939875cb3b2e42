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
_HEAD = 4096
"""Bytes in which a page has to name its encoding (HTML asks for 1,024; real pages are less strict)."""
_META = re.compile(
    rb"<(?:meta|\?xml)\b[^>]{0,200}?\b(?:charset|encoding)\s{0,9}=\s{0,9}[\"']?\s{0,9}(?P<charset>[\w.:-]{2,40})",
    re.IGNORECASE,
)
_WEB_NAMES = {
    "iso-8859-1": "cp1252", "iso8859-1": "cp1252", "latin1": "cp1252", "latin-1": "cp1252",
    "us-ascii": "cp1252", "ascii": "cp1252", "iso-8859-9": "cp1254", "windows-874": "cp874",
    "gb2312": "gb18030", "gbk": "gb18030", "shift_jis": "cp932", "ks_c_5601-1987": "cp949", "euc-kr": "cp949",
}  # fmt: skip
"""Names of encodings that browsers read as a wider one (Encoding Standard, WHATWG)."""
_NOT_TOLD = frozenset(
    {"utf-8", "utf-8-sig", "utf-7", "idna", "punycode", "unicode_escape", "raw_unicode_escape"}
)
"""Names that are never believed: tried before, or no encodings of pages."""
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


def decode(data: bytes, path: str, *, charset: str | None = None, page: bool = False) -> Decoded | Reject:
    """UTF-8 where it is UTF-8; else what a byte-order mark says, else what was told if it fits, else cp1252
    or a guess that holds.

    `charset` is what the server told; a `page` may tell it itself. UTF-8 goes before them, since no other
    text is UTF-8 by chance, and servers often name an encoding that the page is not in.
    """
    what = binary(data)
    if what:
        return Reject(path=path, reason="binary", detail=what)
    for bom, encoding in _BOMS:
        if data.startswith(bom):
            return _strict(data[len(bom) :], encoding, path)
    try:
        return Decoded(data.decode("utf-8"), "utf-8")
    except UnicodeDecodeError as error:
        told = _as_told(data, charset) or (_as_told(data, _told_inside(data)) if page else None)
        return told or _legacy(data, path, error.start)


def _told_inside(data: bytes) -> str | None:
    """The encoding that a page's head names."""
    found = _META.search(data, 0, _HEAD)
    return found["charset"].decode("ascii") if found else None


def _as_told(data: bytes, charset: str | None) -> Decoded | None:
    """The text if the named encoding is known, is no UTF-8 (that was tried), and fits."""
    label = (charset or "").strip().lower()
    try:
        known = codecs.lookup(_WEB_NAMES.get(label, label)).name
        if known in _NOT_TOLD:
            return None
        text = data.decode(known)
    except (LookupError, UnicodeError, ValueError):
        return None
    return Decoded(text, known) if isinstance(text, str) else None


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
