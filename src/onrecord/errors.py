"""The one error tree of onrecord; the command line turns each branch into its exit code.

OnrecordError            exit 1  something failed
├── UsageError           exit 2  the call was wrong: unknown value, missing file
├── MissingPart          exit 1  a model or library is not installed, or its hash is wrong
├── RecordError          exit 1  the record cannot be opened, read or written
└── Ungrounded           exit 1  a row's words are not the characters its spans point at
"""

from __future__ import annotations

from collections.abc import Iterable


class OnrecordError(Exception):
    """Base of all errors that onrecord raises on purpose; its text says what, where and what next."""

    exit_code = 1


class UsageError(OnrecordError):
    """The caller asked for something that does not exist or cannot be read."""

    exit_code = 2

    @classmethod
    def unknown(cls, what: str, value: str, known: Iterable[str]) -> UsageError:
        """`no component 'x'; known: a, b` with the known names in order."""
        return cls(f"no {what} {value!r}; known: {', '.join(sorted(known))}")


class MissingPart(OnrecordError):
    """A language model, weights file or optional library is absent or damaged."""


class RecordError(OnrecordError):
    """A record that cannot be opened, read or written."""


class Ungrounded(OnrecordError):
    """A row whose text differs from the characters its spans cut; such a row is refused."""
