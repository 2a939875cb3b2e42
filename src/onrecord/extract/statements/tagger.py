"""The trained tagger of statements: the one door to onnxruntime and tokenizers.

Method: MiniLM-L6 with BIO heads for source, cue and content (one pass over each window of the text), then a
small linker that, given each cue, tags again which pieces around it are its source, the cue itself and its
content. In PolNeAR one cue makes one attribution, and so it does here; attributions nest and share spans.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.errors import MissingPart
from onrecord.extract.statements import decode
from onrecord.extract.statements.decode import Floats
from onrecord.extract.statements.windows import Range, Window, cut_windows
from onrecord.types import Attribution

PACKAGE = "onrecord_models"
FILES = ("reader.onnx", "linker.onnx", "tokenizer.json", "settings.json")


def installed(part: str = "statements") -> Path:
    """Folder of a model in the installed `onrecord_models` package.

    Raises:
        MissingPart: the package is not installed, or lacks that model.
    """
    try:
        folder: Path = import_module(PACKAGE).folder(part)
    except ImportError as error:
        raise MissingPart(f"no package {PACKAGE}; install onrecord-models, or build with --fast") from error
    if not (folder / "manifest.json").is_file():
        raise MissingPart(f"{PACKAGE} has no model {part!r}; install onrecord-models again")
    return folder


def verified(folder: Path) -> dict[str, bytes]:
    """The model's files by name, each equal to its SHA-256 in `manifest.json`.

    Raises:
        MissingPart: a file is absent or differs.
    """
    try:
        listed = json.loads((folder / "manifest.json").read_bytes())["files"]
        contents = {name: (folder / name).read_bytes() for name in FILES}
    except (OSError, KeyError, ValueError) as error:
        raise MissingPart(f"no whole model in {folder}: {error}; install onrecord-models again") from error
    for name, content in contents.items():
        if hashlib.sha256(content).hexdigest() != listed.get(name, {}).get("sha256"):
            raise MissingPart(
                f"{folder / name} is damaged: its SHA-256 is not the manifest's; install it again"
            )
    return contents


class OnnxBackend:
    """Both networks in onnxruntime, on the CPU."""

    def __init__(self, reader: bytes, linker: bytes, threads: int) -> None:
        runtime = _library("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # The arena of memory stays on: 8 % quicker, and a peak of 283 MB with it against 295 MB without.
        options.log_severity_level = 3

        def session(content: bytes) -> Any:
            return runtime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

        self._reader, self._linker = session(reader), session(linker)

    def read(self, window: Window) -> tuple[Floats, Floats]:
        """States [T, 384] and tag scores [T, 9]."""
        ids = window.ids[None]
        given = {"ids": ids, "types": window.types[None], "mask": np.ones_like(ids)}
        states, tags = self._reader.run(["states", "tags"], given)
        return states[0], tags[0]

    def link(self, states: Floats, tags: Floats, around: decode.Around) -> Floats:
        """Tag scores [C, W, 9] around each cue."""
        given = {
            "states": states,
            "tags": decode.log_softmax(tags).reshape(tags.shape),
            "cue": around.cue @ states,
            "index": around.index,
            "place": around.place,
            "mask": around.mask,
        }
        scores: Floats = self._linker.run(["scores"], given)[0]
        return scores


class Tagger:
    """Attributions of a text, found by the trained model.

    Args:
        folder: the model's files; by default those of the installed `onrecord_models` package.
        threads: of onnxruntime, for one text at a time.
        threshold: least confidence of a find; by default the one fitted with the weights.

    Raises:
        MissingPart: model, onnxruntime or tokenizers are not installed, or a file is damaged.
    """

    def __init__(
        self, folder: Path | None = None, *, threads: int = 1, threshold: float | None = None
    ) -> None:
        files = verified(folder or installed())
        tokenizer = _library("tokenizers").Tokenizer.from_str(files["tokenizer.json"].decode("utf-8"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._backend = OnnxBackend(files["reader.onnx"], files["linker.onnx"], threads)
        fitted = decode.Settings.of(json.loads(files["settings.json"]))
        self._settings = fitted if threshold is None else replace(fitted, threshold=threshold)

    def attributions(self, text: str, regions: Sequence[Range]) -> list[Attribution]:
        """Attributions in text order (content, then cue), with calibrated confidence.

        Args:
            text: the article as received.
            regions: characters [start, end) that may be read; no span leaves them.
        """
        return decode.attributions(self.windows(text, regions), text, self._backend, self._settings)

    def windows(self, text: str, regions: Sequence[Range]) -> list[Window]:
        """The text as the encoder reads it."""
        return cut_windows(text, regions, self._encode, limit=self._settings.limit)

    def states(self, window: Window) -> Floats:
        """Last hidden states [T, 384] of the encoder, for other heads on it."""
        return self._backend.read(window)[0]

    def _encode(self, texts: list[str]) -> list[tuple[Sequence[int], Sequence[Range]]]:
        return [(e.ids, e.offsets) for e in self._tokenizer.encode_batch(texts, add_special_tokens=False)]


def _library(name: str) -> Any:
    try:
        return import_module(name)
    except ImportError as error:
        raise MissingPart(f"no {name}; install onrecord[tagger], or build with --fast") from error
