"""onrecord puts the news on the record: who met whom, who said what, what was agreed, as a database.

    import onrecord

    onrecord.build(["articles/"], record="my.db")
    with onrecord.open("my.db") as record:
        for statement in record.statements(speaker="Lavrov", issue="syria", since="2017"):
            print(statement.quote)

The names below are loaded when they are first used.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from onrecord.api import Record, Rows, add, build, open, read
    from onrecord.errors import OnrecordError
    from onrecord.record.coverage import Coverage
    from onrecord.record.filters import Filters
    from onrecord.settings import Settings
    from onrecord.types import Reading, Span

_HOMES = {
    "Coverage": "onrecord.record.coverage", "Filters": "onrecord.record.filters",
    "OnrecordError": "onrecord.errors", "Reading": "onrecord.types", "Record": "onrecord.api",
    "Rows": "onrecord.api", "Settings": "onrecord.settings", "Span": "onrecord.types", "add": "onrecord.api",
    "build": "onrecord.api", "open": "onrecord.api", "read": "onrecord.api",
}  # fmt: skip

__all__ = [
    "Coverage", "Filters", "OnrecordError", "Reading", "Record", "Rows", "Settings", "Span", "add", "build",
    "open", "read",
]  # fmt: skip


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module 'onrecord' has no attribute {name!r}; it has {', '.join(__all__)}")
    value = getattr(import_module(_HOMES[name]), name)
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
