"""The model card, written from the figures of a run."""

from __future__ import annotations

from typing import Any

from onrecord.extract.statements.decode import Settings

LABELS = {
    "tokens source": "source, tokens",
    "tokens cue": "cue, tokens",
    "tokens content": "content, tokens",
    "tokens micro": "all three roles, tokens",
    "attribution": "attribution",
    "strict": "strict (all spans equal)",
    "exact source": "source, exact spans",
    "exact cue": "cue, exact spans",
    "exact content": "content, exact spans",
    "recall direct": "recall, direct speech",
    "recall mixed": "recall, mixed speech",
    "recall indirect": "recall, indirect speech",
}

TEXT = """# Statements: source, cue and content

Finds who says or thinks what in English news: for every attribution the spans of its source, its cue and
its content, with a confidence. Encoder: all-MiniLM-L6-v2 (Apache-2.0), with BIO heads for the three
roles and a linker that tags again around each cue. int8 ONNX (dynamic quantisation, weights by output
channel), for a CPU.

`reader.onnx`: ids, types, mask → states (last hidden states, 384 wide), tags. `linker.onnx`: states,
tags, cues and the places around them → tags by cue. Hashes: `manifest.json`.

## Data
PolNeAR (Newell, Margolin, Ruths, LREC 2018): political news of seven US publishers, 2015–16. Trained on
the train part less {held} held-out articles (of each publisher every 20th by date); the held-out
articles fix confidence and threshold. **The corpus states no licence**: its texts are not part of this
package, and whoever needs rights that derive from the data has to ask its makers. Six annotators; where
an article has several versions, one is drawn anew in each epoch. Quotation marks are varied in training
(straight, «», „“).

## Figures
Agreement in % with the first annotator on the {articles} articles of the dev part, by the shipped int8
files, F1 unless recall is said; in brackets 95 % bootstrap intervals over articles.

| measure | dev | interval |
|---|---|---|
{rows}

Attribution F1 by publisher: {publishers}.

Two human annotators reach 75.4 on attributions and 59.8 strict by the same measure (on the 20 articles
that have several annotators), so differences beyond that are not meaningful.

## Confidence
Logistic regression on five signs of the decoder, made to rise with the share that was right on held-out
articles:

| score | share right |
|---|---|
{reliability}

Attributions below {threshold} are left out; `lean` {lean} nats lets the linker see doubtful cues.

## Training
{training}

## Where it fails
- Cues that are no verb of speech ("a bare dash with a name", "is expected"), and indirect speech in
  general.
- Attributions merged or split ("said they want … and pledged …"), sources of participles and
  appositions.
- Contents farther than 80 pieces before or 112 after their cue are prolonged by the plain tags, and long
  passages of speech right after a quotation are taken to continue it, which a listicle of quotes belies.
- Text unlike US political news: transcripts, press releases and headlines are rare in the data.
- It tells what an article attributes, never whether it is true.
"""


def card(settings: Settings, dev: dict[str, Any], notes: dict[str, Any]) -> str:
    """Markdown."""
    measures = dev["measures"]
    rows = [
        f"| {label} | {measures[k][0]} | {measures[k][1]}–{measures[k][2]} |" for k, label in LABELS.items()
    ]
    publishers = ", ".join(f"{name} {value}" for name, value in dev["attribution by publisher"].items())
    told = ", ".join(f"{k} {v}" for k, v in notes.items() if k != "loss")
    return TEXT.format(
        held=notes.get("held", 42),
        articles=dev["articles"],
        rows="\n".join(rows),
        publishers=publishers,
        reliability="\n".join(f"| {x:.3f} | {y:.3f} |" for x, y in settings.reliability),
        threshold=settings.threshold,
        lean=settings.lean,
        training=f"Settings and length of the run: {told}.",
    )
