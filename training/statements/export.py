"""Trained modules to int8 ONNX files with manifest and card."""

from __future__ import annotations

import hashlib
import json
import shutil
from pathlib import Path

import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from torch import nn

from onrecord.extract.statements import decode
from onrecord.extract.statements.windows import MAX_PIECES
from training.statements.model import TAGS, Model
from training.statements.slim import slim


def export(model: Model, out: Path, *, quantised: bool = True) -> None:
    """Write `reader.onnx` and `linker.onnx` to `out`."""
    out.mkdir(parents=True, exist_ok=True)
    model = model.eval().float()
    ids = torch.randint(1000, 20000, (1, 40))
    write(
        model.reader,
        (ids, torch.zeros_like(ids), torch.ones_like(ids)),
        out / "reader.onnx",
        ({"ids": "BT", "types": "BT", "mask": "BT"}, {"states": "BT", "tags": "BT"}),
    )
    given = decode.around(40, [(3, 4), (20, 22)])
    index, place, mask = (torch.from_numpy(a) for a in (given.index, given.place, given.mask))
    write(
        model.linker,
        (torch.randn(40, 384), torch.randn(40, TAGS), torch.randn(2, 384), index, place, mask),
        out / "linker.onnx",
        (
            {"states": "N", "tags": "N", "cue": "C", "index": "CW", "place": "CW", "mask": "CW"},
            {"scores": "CW"},
        ),
    )
    if quantised:
        for name in ("reader.onnx", "linker.onnx"):
            quantise(out / name)
            slim(out / name)


def write(
    module: nn.Module,
    given: tuple[torch.Tensor, ...],
    path: Path,
    names: tuple[dict[str, str], dict[str, str]],
) -> None:
    """One ONNX file; each letter of a name's value is an axis of free size."""
    axes = {name: dict(enumerate(letters)) for part in names for name, letters in part.items()}
    torch.onnx.export(
        module,
        given,
        str(path),
        input_names=list(names[0]),
        output_names=list(names[1]),
        dynamic_axes=axes,
        opset_version=17,
        dynamo=False,
    )


def quantise(path: Path) -> None:
    """Weights to int8 by output channel; sums stay exact in int32, activations are scaled as they come."""
    whole = path.with_suffix(".fp32.onnx")
    path.rename(whole)
    quantize_dynamic(str(whole), str(path), weight_type=QuantType.QInt8, per_channel=True, reduce_range=False)
    whole.unlink()


def store(out: Path, tokenizer: Path, settings: decode.Settings, notes: dict[str, object]) -> None:
    """Tokenizer, settings and manifest beside the ONNX files."""
    shutil.copyfile(tokenizer, out / "tokenizer.json")
    table = {
        "lean": settings.lean,
        "threshold": settings.threshold,
        "weights": dict(zip(decode.SIGNS, map(float, settings.weights), strict=True)),
        "bias": float(settings.bias),
        "reliability": [list(map(float, row)) for row in settings.reliability],
        "limit": MAX_PIECES,
    }
    (out / "settings.json").write_text(json.dumps(table, indent=1) + "\n", encoding="utf-8")
    names = ("reader.onnx", "linker.onnx", "tokenizer.json", "settings.json")
    files = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name in names
        for content in [(out / name).read_bytes()]
    }
    manifest = {"model": "statements", "files": files, **notes}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")
