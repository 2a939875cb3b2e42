"""The marker: layers of its own on top of the statement reader's second layer."""

from __future__ import annotations

import copy
from pathlib import Path

import torch
from torch import Tensor, nn

from training.dealings.data import CLASSES
from training.statements.model import Model

SHARED = 2
"""Layers of the statement reader that the marker reads on from; they are not trained."""
OWN = 3
"""Layers of its own, which start as the reader's next ones."""


class Marker(nn.Module):
    """States [B, T, 384] behind the shared layers → scores [B, T, classes]."""

    def __init__(self, reader: nn.Module) -> None:
        super().__init__()
        self.layers = nn.ModuleList(copy.deepcopy(reader.bert.encoder.layer[SHARED : SHARED + OWN]))
        self.drop = nn.Dropout(0.2)
        self.tags = nn.Linear(reader.bert.config.hidden_size, CLASSES)

    def forward(self, middle: Tensor, mask: Tensor | None = None) -> Tensor:
        """`mask` [B, 1, T, T] is true where a piece may be looked at; None where all may."""
        states = middle
        for layer in self.layers:
            out = layer(states, attention_mask=mask)
            states = out[0] if isinstance(out, tuple) else out
        return self.tags(self.drop(states))


class Shared(nn.Module):
    """Pieces → states [B, T, 384] behind the shared layers."""

    def __init__(self, reader: nn.Module) -> None:
        super().__init__()
        self.bert = reader.bert

    @torch.no_grad()
    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> Tensor:
        told = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask, output_hidden_states=True)
        return told.hidden_states[SHARED]


def reader_of(encoder: Path, checkpoint: Path) -> nn.Module:
    """The statement reader as trained (training.statements)."""
    model = Model(encoder)
    model.load_state_dict(torch.load(checkpoint, weights_only=True))
    return model.reader.eval()
