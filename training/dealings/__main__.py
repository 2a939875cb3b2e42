"""Train the marker of dealings and write its package data.

    python -m training.dealings --reader build/statements/averaged.pt --data DIR [--leave hand4]

`--reader` is the statement reader's checkpoint (training.statements), whose first layers the marker shares:
after a new training of that one the marker must be trained anew too. DIR holds `polnear/train/text/*.txt`,
of which paragraphs without any telling word serve as plain text. `--leave` keeps a file of marks out, prints
what is found on it, and writes nothing.
"""

from __future__ import annotations

import argparse
import hashlib
import json
from pathlib import Path

import onnx
import torch
from onnx import TensorProto, helper
from tokenizers import Tokenizer

from onrecord.extract.statements.marks import MarkSettings
from training.dealings.data import HERE, load, plain
from training.dealings.fit import OPEN, Settings, fit, survey
from training.dealings.model import SHARED, Marker, Shared, reader_of
from training.statements.__main__ import encoder_folder
from training.statements.data import encoder_of
from training.statements.export import quantise, write
from training.statements.slim import restamp, slim

PACKAGE = Path("packages/onrecord-models/src/onrecord_models")
LEASTS = (0.3, 0.4, 0.5, 0.6)
"""Thresholds at which what is left out is measured."""
PLAIN = 600
"""Paragraphs of real news that hold no telling word."""


def tap(reader: Path) -> None:
    """Lets the shipped reader give its states behind the shared layers as `middle`, weights untouched."""
    model = onnx.load(str(reader))
    if any(o.name == "middle" for o in model.graph.output):
        return
    inner = f"/bert/encoder/layer.{SHARED - 1}/output/LayerNorm/LayerNormalization_output_0"
    model.graph.node.append(helper.make_node("Identity", [inner], ["middle"], name="middle"))
    model.graph.output.append(
        helper.make_tensor_value_info("middle", TensorProto.FLOAT, ["batch", "pieces", 384])
    )
    onnx.checker.check_model(model)
    onnx.save(model, str(reader))
    restamp(reader.parent)


def export(model: Marker, out: Path, notes: dict[str, object]) -> None:
    """`marker.onnx` (int8, attention as one operator), settings and manifest."""
    out.mkdir(parents=True, exist_ok=True)
    path = out / "marker.onnx"
    write(model, (torch.randn(1, 40, 384),), path, ({"middle": "BT"}, {"scores": "BT"}))
    quantise(path)
    slim(path)
    (out / "settings.json").write_text(json.dumps({"least": dict(OPEN.least)}, indent=1) + "\n", "utf-8")
    files = {
        name: {"sha256": hashlib.sha256(content).hexdigest(), "bytes": len(content)}
        for name in ("marker.onnx", "settings.json")
        for content in [(out / name).read_bytes()]
    }
    manifest = {"model": "dealings", "files": files, **notes}
    (out / "manifest.json").write_text(json.dumps(manifest, indent=1) + "\n", encoding="utf-8")


def main() -> None:
    """See the module's text."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--reader", type=Path, required=True)
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, default=PACKAGE)
    parser.add_argument("--start", type=Path, help="a checkpoint to go on from")
    parser.add_argument("--runs", type=Path, default=Path("build/dealings"), help="the checkpoint")
    parser.add_argument("--leave", help="name of a file of marks to measure on")
    parser.add_argument("--epochs", type=int, default=Settings.epochs)
    given = parser.parse_args()
    weights = encoder_folder()
    encode = encoder_of(Tokenizer.from_file(str(weights / "tokenizer.json")))
    shared = Shared(reader_of(weights, given.reader))
    files = sorted(HERE.glob("*.txt"))
    marked = [a for f in files if f.stem != given.leave for a in load(f)]
    texts = given.data / "polnear" / "train" / "text"
    real = plain(texts, (p for a in marked for p in a), PLAIN, seed=Settings.seed)
    model = fit([*marked, *real], shared, encode, Settings(epochs=given.epochs), given.start)
    if given.leave:
        unseen = [a for f in files if f.stem == given.leave for a in load(f)]
        for least in LEASTS:
            print(f"least probability of an encounter or agreement: {least}")
            settings = MarkSettings(least={"encounter": least, "agreement": least})
            for name, (p, r, f1, n) in survey(unseen, model, shared, encode, settings).items():
                print(f"{name:18} P {p:.3f}  R {r:.3f}  F1 {f1:.3f}  of {n}")
        return
    size = sum(len(a) for a in marked)
    given.runs.mkdir(parents=True, exist_ok=True)
    torch.save(model.state_dict(), given.runs / "marker.pt")
    export(model, given.out / "dealings", {"trained": {"paragraphs": size, "epochs": given.epochs}})
    tap(given.out / "statements" / "reader.onnx")


if __name__ == "__main__":
    main()
