"""The trained tagger of statements: the one door to onnxruntime and tokenizers.

Method: MiniLM-L6 with BIO heads for source, cue and content (one pass over each window of the text), then a
small linker that, given each cue, tags again which pieces around it are its source, the cue itself and its
content. In PolNeAR one cue makes one attribution, and so it does here; attributions nest and share spans.

A second network, the marker, branches off the encoder's second layer and marks words of encounters and
agreements (`marks`), so that both cost one and a half passes.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Sequence
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import numpy as np

from onrecord.errors import MissingPart
from onrecord.extract.statements import decode
from onrecord.extract.statements.decode import Floats
from onrecord.extract.statements.marks import MarkSettings, marks
from onrecord.extract.statements.windows import Range, Window, cut_windows
from onrecord.types import Attribution, Mark, Span

PACKAGE = "onrecord_models"
FILES = ("reader.onnx", "linker.onnx", "tokenizer.json", "settings.json")
MARKER_FILES = ("marker.onnx", "settings.json")


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


def verified(folder: Path, names: Sequence[str] = FILES) -> dict[str, bytes]:
    """A model's files by name, each equal to its SHA-256 in `manifest.json`.

    Raises:
        MissingPart: a file is absent or differs.
    """
    try:
        listed = json.loads((folder / "manifest.json").read_bytes())["files"]
        contents = {name: (folder / name).read_bytes() for name in names}
    except (OSError, KeyError, ValueError) as error:
        raise MissingPart(f"no whole model in {folder}: {error}; install onrecord-models again") from error
    for name, content in contents.items():
        if hashlib.sha256(content).hexdigest() != listed.get(name, {}).get("sha256"):
            raise MissingPart(
                f"{folder / name} is damaged: its SHA-256 is not the manifest's; install it again"
            )
    return contents


class OnnxBackend:
    """The networks in onnxruntime, on the CPU."""

    def __init__(self, reader: bytes, linker: bytes, threads: int, marker: bytes | None = None) -> None:
        runtime = _library("onnxruntime")
        options = runtime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        # The arena of memory stays on: 8 % quicker, and a peak of 283 MB with it against 295 MB without.
        options.log_severity_level = 3

        def session(content: bytes) -> Any:
            return runtime.InferenceSession(content, options, providers=["CPUExecutionProvider"])

        self._reader, self._linker = session(reader), session(linker)
        self._marker = session(marker) if marker else None

    def read(self, window: Window) -> tuple[Floats, Floats]:
        """States [T, 384] and tag scores [T, 9]."""
        states, tags = self._reader.run(["states", "tags"], self._given(window))
        return states[0], tags[0]

    def read_and_mark(self, window: Window) -> tuple[Floats, Floats, Floats]:
        """States [T, 384], tag scores [T, 9] and the marker's scores [T, 39], of one pass."""
        assert self._marker is not None
        states, tags, middle = self._reader.run(["states", "tags", "middle"], self._given(window))
        marked = self._marker.run(["scores"], {"middle": middle})[0]
        return states[0], tags[0], marked[0]

    @staticmethod
    def _given(window: Window) -> dict[str, Any]:
        ids = window.ids[None]
        return {"ids": ids, "types": window.types[None], "mask": np.ones_like(ids)}

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


class _Marking:
    """A backend that notes the marks of each window it reads, of those that are wanted."""

    def __init__(
        self, backend: OnnxBackend, text: str, settings: MarkSettings, wanted: Callable[[Span], bool]
    ) -> None:
        self._backend, self._text, self._settings, self._wanted = backend, text, settings, wanted
        self.found: list[Mark] = []
        self.link = backend.link

    def read(self, window: Window) -> tuple[Floats, Floats]:
        inside = window.starts >= 0
        if not self._wanted(Span(int(window.starts[inside].min()), int(window.ends.max()))):
            return self._backend.read(window)
        states, tags, scores = self._backend.read_and_mark(window)
        self.found += marks(window, scores, self._text, self._settings)
        return states, tags


class Tagger:
    """Attributions of a text, found by the trained model.

    Args:
        folder: the model's files; by default those of the installed `onrecord_models` package.
        marker_folder: those of the marker of dealings, which reads the same encoder; by default as well.
        threads: of onnxruntime, for one text at a time.
        threshold: least confidence of a find; by default the one fitted with the weights.

    Raises:
        MissingPart: model, onnxruntime or tokenizers are not installed, or a file is damaged.
    """

    def __init__(
        self,
        folder: Path | None = None,
        *,
        marker_folder: Path | None = None,
        threads: int = 1,
        threshold: float | None = None,
    ) -> None:
        files = verified(folder or installed())
        tokenizer = _library("tokenizers").Tokenizer.from_str(files["tokenizer.json"].decode("utf-8"))
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        marker = verified(marker_folder or installed("dealings"), MARKER_FILES)
        self._backend = OnnxBackend(
            files["reader.onnx"], files["linker.onnx"], threads, marker=marker["marker.onnx"]
        )
        self._marks = MarkSettings.of(json.loads(marker["settings.json"]))
        fitted = decode.Settings.of(json.loads(files["settings.json"]))
        self._settings = fitted if threshold is None else replace(fitted, threshold=threshold)

    def attributions(self, text: str, regions: Sequence[Range]) -> list[Attribution]:
        """Attributions in text order (content, then cue), with calibrated confidence.

        Args:
            text: the article as received.
            regions: characters [start, end) that may be read; no span leaves them.
        """
        return decode.attributions(self.windows(text, regions), text, self._backend, self._settings)

    def read(
        self, text: str, regions: Sequence[Range], wanted: Callable[[Span], bool] = lambda span: True
    ) -> tuple[list[Attribution], list[Mark]]:
        """Attributions, and marks of dealings in text order, of one pass of the encoder.

        `wanted` says of a window's characters whether they may tell of dealings; others are left unmarked,
        which saves the marker's pass.
        """
        marking = _Marking(self._backend, text, self._marks, wanted)
        windows = self.windows(text, regions)
        found = decode.attributions(windows, text, marking, self._settings)
        return found, sorted(marking.found, key=lambda m: (m.start, m.end))

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
