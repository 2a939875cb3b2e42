"""Named, replaceable parts: built-in ones here, others through entry points.

A package adds a part by an entry point in the group `onrecord.<kind>`, for instance

    [project.entry-points."onrecord.attributor"]
    mine = "my_package:MyAttributor"
"""

from __future__ import annotations

from collections.abc import Callable
from importlib import import_module
from importlib.metadata import entry_points
from typing import Any

from onrecord.errors import UsageError

BUILT_IN: dict[str, dict[str, str]] = {
    "attributor": {
        "rules": "onrecord.extract.statements.rules:RuleAttributor",
        "tagger": "onrecord.extract.statements.adapter:TaggerAttributor",
    },
}
"""kind → name → `module:attribute`; imported only when asked for."""


def known(kind: str) -> dict[str, str]:
    """Names of a kind of part and where each is; entry points come after the built-in ones and win."""
    return BUILT_IN.get(kind, {}) | {e.name: e.value for e in entry_points(group=f"onrecord.{kind}")}


def part(kind: str, name: str) -> Callable[..., Any]:
    """The part's factory.

    Raises:
        UsageError: no part of that kind has that name.
    """
    parts = known(kind)
    if name not in parts:
        raise UsageError.unknown(kind, name, parts)
    module, _, attribute = parts[name].partition(":")
    factory: Callable[..., Any] = getattr(import_module(module), attribute)
    return factory
