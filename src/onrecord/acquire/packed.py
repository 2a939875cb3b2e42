"""Gzip files → the bytes they hold, as far as they go, with what is wrong with them said at the end."""

from __future__ import annotations

import gzip
import io
import zlib
from typing import BinaryIO

from onrecord.types import Reject

MAGIC = b"\x1f\x8b"
FREE_BYTES = 100_000_000
MAX_RATIO = 200
"""A file that swells beyond `FREE_BYTES` and this many times its size is a bomb: gzip's own limit is 1,032,
articles as JSON lines come to 3 to 10, pages of one site in a web archive to 20."""


class Unpacked(io.RawIOBase):
    """The bytes of a gzip file, one part or many. A broken one ends where it breaks, without an error."""

    def __init__(self, file: BinaryIO) -> None:
        self._file = file
        self._gzip = gzip.GzipFile(fileobj=file, mode="rb")
        self._size = 0
        self._reason = ""
        self._detail = ""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: bytearray | memoryview) -> int:  # type: ignore[override]
        data = b"" if self._reason else self._more(len(buffer))
        buffer[: len(data)] = data
        self._size += len(data)
        if self._size > FREE_BYTES and self._size > MAX_RATIO * self._file.tell():
            self._reason, self._detail = "too_large", f"it swells to more than {MAX_RATIO} times its size"
        return len(data)

    def _more(self, size: int) -> bytes:
        try:
            return self._gzip.read1(size)
        except EOFError:
            self._reason, self._detail = "cut_off", "the file breaks off"
        except (OSError, zlib.error) as error:
            self._reason, self._detail = "damaged", f"the file is damaged: {error}"
        return b""

    def problem(self, path: str) -> Reject | None:
        """What is wrong with the file, as far as it was read; what stood before was handed on."""
        if not self._reason:
            return None
        where = f"after {self._size:,} bytes unpacked; what stands before them was read"
        return Reject(path=path, reason=self._reason, detail=f"{self._detail} {where}")
