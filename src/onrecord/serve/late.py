"""An app whose commands are built when they are asked for.

Typer builds all commands before it looks at the arguments: reading the annotations of thirty functions was a
third of the time of `onrecord --help`, and of every other command.
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterator, Mapping
from typing import Any

import typer
from typer.core import TyperCommand, TyperGroup
from typer.main import get_command_from_info, get_command_name, get_group_from_info, solve_typer_info_help

Build = Callable[[], Any]


class Commands(Mapping[str, Any]):
    """Name → command, built at the first look-up; names alone cost nothing."""

    def __init__(self, builders: dict[str, Build]) -> None:
        self._builders = builders
        self._built: dict[str, Any] = {}

    def __getitem__(self, name: str) -> Any:
        if name not in self._built:
            self._built[name] = self._builders[name]()
        return self._built[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._builders)

    def __len__(self) -> int:
        return len(self._builders)


def late(commands: typer.Typer, **named: Any) -> typer.Typer:
    """The app that holds what is registered with `commands` by the time it is called."""

    class Late(TyperGroup):
        def __init__(self, **given: Any) -> None:
            super().__init__(**given)
            self.commands = Commands(_builders(commands, self))  # type: ignore[assignment]  # read, never added to

        def list_commands(self, ctx: Any) -> list[str]:
            return list(self.commands)

        def format_commands(self, ctx: Any, formatter: Any) -> None:
            listed = {name: TyperCommand(name, help=told) for name, told in _helps(commands).items()}
            TyperGroup(commands=dict(listed)).format_commands(ctx, formatter)

    def start() -> None:
        """Nothing of its own: a callback is how Typer knows that an app without commands is a group."""

    return typer.Typer(cls=Late, callback=start, **named)


def _builders(commands: typer.Typer, group: TyperGroup) -> dict[str, Build]:
    looks: dict[str, Any] = {"pretty_exceptions_short": True, "rich_markup_mode": group.rich_markup_mode}

    def command(info: Any) -> Build:
        return lambda: get_command_from_info(info, **looks)

    def inner(info: Any) -> Build:
        return lambda: get_group_from_info(info, suggest_commands=group.suggest_commands, **looks)

    found = {_name(info): command(info) for info in commands.registered_commands}
    return found | {str(info.name): inner(info) for info in commands.registered_groups}


def _helps(commands: typer.Typer) -> dict[str, str]:
    found = {
        _name(info): info.help or inspect.getdoc(info.callback) or "" for info in commands.registered_commands
    }
    return found | {str(info.name): solve_typer_info_help(info) for info in commands.registered_groups}


def _name(info: Any) -> str:
    return info.name or get_command_name(info.callback.__name__)
