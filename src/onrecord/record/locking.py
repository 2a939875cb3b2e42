"""One writer a record: a second one is refused at once, with a sentence that helps."""

from __future__ import annotations

import os
from pathlib import Path
from typing import Any

from onrecord.errors import RecordError

try:
    import fcntl
except ImportError:  # not on Windows; there SQLite's own lock is the only one
    fcntl = None  # type: ignore[assignment]


class WriteLock:
    """A lock file `<record>.lock` beside the record, held while it is written and gone afterwards.

    The system drops the lock when its process ends, however it ends, so a left-over file locks nothing.
    """

    def __init__(self, path: Path, file: Any) -> None:
        """Takes over a locked file; callers use `WriteLock.take`."""
        self._path, self._file = path, file

    @classmethod
    def take(cls, record: Path) -> WriteLock:
        """Locks a record for writing.

        Raises:
            RecordError: another process writes it now, or its folder cannot be written.
        """
        path = record.with_name(record.name + ".lock")
        while True:
            try:
                file = path.open("a")
            except OSError as error:
                raise RecordError(f"cannot write {record}: {error.strerror or error}") from error
            if fcntl is None or cls._locked(file, record):
                # The holder before us may have removed the file between our open and our lock.
                if path.exists() and os.fstat(file.fileno()).st_ino == path.stat().st_ino:
                    return cls(path, file)
                file.close()

    @staticmethod
    def _locked(file: Any, record: Path) -> bool:
        try:
            fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            file.close()
            raise RecordError(
                f"another process is writing {record}; wait for it, or write to another file"
            ) from error
        return True

    def release(self) -> None:
        """Lets the next writer in."""
        self._path.unlink(missing_ok=True)
        self._file.close()
