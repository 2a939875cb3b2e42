"""What the user names → files to read: files, folders, globs and `-`, in one fixed order, each path once."""

from __future__ import annotations

import glob
import os
import stat
from collections.abc import Iterable, Iterator, Sequence
from pathlib import Path

import msgspec

from onrecord.types import Reject

STDIN = "-"
KINDS = {
    ".txt": "text", ".html": "page", ".htm": "page", ".xhtml": "page", ".jsonl": "lines", ".ndjson": "lines",
    ".warc": "archive", ".parquet": "parquet", ".rss": "feed", ".atom": "feed",
}  # fmt: skip
"""How a file's name ends → how it is read; `.gz` may follow."""
NAMED_KINDS = {".csv": "csv", ".tsv": "csv"}
"""The same where the user names the file: met in a folder, it is more likely a table of something else."""
KNOWN = ", ".join(KINDS)
PACKED = ".gz"


def kind_of(path: str, *, named: bool = False) -> str | None:
    """How a file is read, by its name; None where the name does not tell."""
    suffix = Path(path.lower().removesuffix(PACKED)).suffix
    return KINDS.get(suffix) or (NAMED_KINDS.get(suffix) if named else None)


class Source(msgspec.Struct, frozen=True, kw_only=True):
    """A regular file that is there, or stdin; `kind` is None where the name does not tell."""

    path: str
    kind: str | None


def find(inputs: Sequence[str]) -> list[Source | Reject]:
    """Everything the inputs name, sorted by path, so that their order does not matter.

    A path named twice (by itself and by its folder) is read once. Nothing is opened here, so a pipe or a
    device in a folder cannot block the run.
    """
    found: dict[str, Source | Reject] = {}
    for given in inputs:
        for one in _expand(given):
            found.setdefault(_key(one.path), one)
    return [found[key] for key in sorted(found)]


def _key(path: str) -> str:
    """One file named in two ways (`a/b`, `./a/b`) has one key."""
    return path if path == STDIN else os.path.normpath(path)


def _expand(given: str) -> Iterator[Source | Reject]:
    if given == STDIN:
        yield Source(path=STDIN, kind=None)
    elif _exists(given):
        yield from _named(given)
    elif any(c in given for c in "*?["):
        matches = sorted(glob.glob(given, recursive=True))  # noqa: PTH207  (paths stay as given)
        if not matches:
            yield Reject(path=given, reason="not_found", detail="no file matches this pattern")
        for match in matches:
            yield from _walk(match) if os.path.isdir(match) else [_member(match)]  # noqa: PTH112
    else:
        yield _missing(given)


def _exists(path: str) -> bool:
    try:
        return os.path.lexists(path)
    except (OSError, ValueError):  # a name with a NUL, or one too long for the system
        return False


def _missing(path: str) -> Reject:
    near = Path(path).parent if "\0" not in path else Path()
    hint = "" if near.is_dir() else f"; the folder {str(near)!r} does not exist either"
    return Reject(path=path, reason="not_found", detail=f"no such file or folder{hint}")


def _named(path: str) -> Iterator[Source | Reject]:
    """A file or folder that the user named; a file is read whatever its name ends with."""
    problem = _problem(path)
    if problem:
        yield problem
    elif Path(path).is_dir():
        yield from _walk(path)
    else:
        yield Source(path=path, kind=kind_of(path, named=True))


def _member(path: str) -> Source | Reject:
    """A file met in a folder or by a pattern; only what looks like an article is read."""
    problem = _problem(path)
    if problem:
        return problem
    kind = kind_of(path)
    if kind is None:
        return Reject(
            path=path, reason="unknown_suffix", deliberate=True,
            detail=f"in a folder only {KNOWN} are read; name the file itself to have it read",
        )  # fmt: skip
    return Source(path=path, kind=kind)


def _problem(path: str) -> Reject | None:
    """Why a path cannot be read, as far as can be told without opening it."""
    try:
        mode = os.stat(path).st_mode  # noqa: PTH116  (paths stay as given)
    except OSError as error:
        broken = Path(path).is_symlink()
        detail = "a symbolic link that leads nowhere" if broken else (error.strerror or str(error))
        return Reject(path=path, reason="not_found" if broken else "unreadable", detail=detail)
    if stat.S_ISREG(mode) or stat.S_ISDIR(mode):
        return None
    return Reject(
        path=path, reason="not_a_file", detail="a pipe, socket or device; pass its content through `-`"
    )


def _walk(folder: str) -> Iterator[Source | Reject]:
    """Files of a folder and its folders. Linked folders come last and are entered once, so loops end."""
    seen: set[tuple[int, int]] = set()
    links: list[str] = []
    read = False
    pending = [folder]
    while pending or links:
        at = pending.pop() if pending else links.pop(0)
        try:
            status = os.stat(at)  # noqa: PTH116
            if (status.st_dev, status.st_ino) in seen:
                yield Reject(
                    path=at, reason="linked_twice", deliberate=True, detail="a link to a folder already read"
                )
                continue
            seen.add((status.st_dev, status.st_ino))
            entries = sorted(os.scandir(at), key=lambda e: e.name)
        except OSError as error:
            yield Reject(path=at, reason="unreadable", detail=error.strerror or str(error))
            continue
        for member in _members(entries, pending, links):
            read = read or isinstance(member, Source)
            yield member
    if not read:
        yield Reject(
            path=folder, reason="no_articles", detail=f"this folder holds no {KNOWN} that can be read"
        )


def _members(
    entries: Iterable[os.DirEntry[str]], pending: list[str], links: list[str]
) -> Iterator[Source | Reject]:
    folders = []
    for entry in entries:
        if _is_dir(entry):
            if entry.name.startswith("."):
                yield Reject(
                    path=entry.path,
                    reason="hidden_folder",
                    deliberate=True,
                    detail="its name begins with a dot",
                )
            elif entry.is_symlink():
                links.append(entry.path)
            else:
                folders.append(entry.path)
        else:
            yield _member(entry.path)
    pending += reversed(folders)
    links.sort()


def _is_dir(entry: os.DirEntry[str]) -> bool:
    try:
        return entry.is_dir()
    except OSError:
        return False
