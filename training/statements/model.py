"""Encoder, tag heads and linker, as torch modules."""

from __future__ import annotations

from pathlib import Path

import torch
from torch import Tensor, nn
from torch.nn import functional
from transformers import BertModel

from onrecord.extract.statements.decode import IN_CUE, LEFT, RIGHT

TYPES = 8  # surface types of a piece: four shapes, within quotation marks or not
TAGS = 9  # three roles × O, B, I


def buckets(distance: Tensor) -> Tensor:
    """Signed distance from the cue in pieces → 0 … 31: exact to 6, then by powers."""
    size = distance.abs().clamp(max=160)
    far = 7 + (torch.log2(size.clamp(min=1).float() / 7) * 1.8).long().clamp(min=0, max=8)
    return torch.where(size < 7, size, far) + torch.where(distance < 0, 16, 0)


class Reader(nn.Module):
    """Pieces → states [B, T, 384] and tag scores [B, T, 9] (source O B I, cue O B I, content O B I)."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        # No dropout on attention: on a CPU it costs a third of the forward pass.
        self.bert = BertModel.from_pretrained(
            str(weights),
            add_pooling_layer=False,
            attn_implementation="sdpa",
            attention_probs_dropout_prob=0.0,
        )
        old = self.bert.embeddings.token_type_embeddings.weight.data
        # Surface types ride in BERT's segment embedding: free at run time, and case is seen again.
        self.bert.embeddings.token_type_embeddings = nn.Embedding(TYPES, old.shape[1])
        self.bert.embeddings.token_type_embeddings.weight.data[:] = old[0]
        self.bert.config.type_vocab_size = TYPES
        self.bert.embeddings.word_embeddings.weight.requires_grad = False
        width = self.bert.config.hidden_size
        self.drop = nn.Dropout(0.1)
        self.tags = nn.Linear(width, TAGS)

    def forward(self, ids: Tensor, types: Tensor, mask: Tensor) -> tuple[Tensor, Tensor]:
        states = self.bert(input_ids=ids, token_type_ids=types, attention_mask=mask).last_hidden_state
        return states, self.tags(self.drop(states))


class Block(nn.Module):
    """One pre-norm transformer layer."""

    def __init__(self, width: int, heads: int) -> None:
        super().__init__()
        self.heads = heads
        self.before, self.after = nn.LayerNorm(width), nn.LayerNorm(width)
        self.ask, self.out = nn.Linear(width, 3 * width), nn.Linear(width, width)
        self.widen, self.narrow = nn.Linear(width, 2 * width), nn.Linear(2 * width, width)
        self.drop = nn.Dropout(0.1)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """`x` [C, W, width]; `mask` [C, W] is true where a piece may be looked at."""
        parts = self.ask(self.before(x)).unflatten(-1, (3, self.heads, -1)).permute(2, 0, 3, 1, 4)
        seen = functional.scaled_dot_product_attention(
            parts[0], parts[1], parts[2], attn_mask=mask.unsqueeze(1).unsqueeze(1)
        )
        x = x + self.drop(self.out(seen.transpose(1, 2).flatten(-2)))
        return x + self.drop(self.narrow(functional.gelu(self.widen(self.after(x)))))


class Linker(nn.Module):
    """For each cue of one window: which pieces around it are its source, itself, its content."""

    def __init__(self, width: int = 384, inner: int = 192, heads: int = 4, layers: int = 1) -> None:
        super().__init__()
        self.token = nn.Linear(width + TAGS, inner)
        self.gate = nn.Linear(width, inner)
        self.shift = nn.Linear(width, inner)
        self.place = nn.Embedding(IN_CUE + 1, inner)
        self.mix = nn.ModuleList(Block(inner, heads) for _ in range(layers))
        self.norm = nn.LayerNorm(inner)
        self.tags = nn.Linear(inner, TAGS)

    def forward(
        self, states: Tensor, tags: Tensor, cue: Tensor, index: Tensor, place: Tensor, mask: Tensor
    ) -> Tensor:
        """Tag scores [C, W, 9].

        `states` [N, 384] and `tags` [N, 9] (log-softmaxed by role) of all pieces; `cue` [C, 384] mean
        state of each cue; `index` [C, W] rows of the pieces around it; `place` [C, W] bucket of the distance;
        `mask` [C, W] pieces that exist.
        """
        token = self.token(torch.cat([states, tags], dim=-1))[index]
        mixed = token * (1 + self.gate(cue).unsqueeze(1)) + self.shift(cue).unsqueeze(1) + self.place(place)
        for block in self.mix:
            mixed = block(mixed, mask)
        return self.tags(self.norm(mixed))


class Model(nn.Module):
    """Both, as trained together."""

    def __init__(self, weights: Path) -> None:
        super().__init__()
        self.reader = Reader(weights)
        self.linker = Linker()

    def link(
        self, states: Tensor, tags: Tensor, lengths: Tensor, cues: Tensor
    ) -> tuple[Tensor, Tensor, Tensor]:
        """Scores around each cue. `cues` [C, 3]: row in the batch, start, end.

        Returns tag scores [C, W, 9], each column's index in the window [C, W], and the columns in use [C, W].
        """
        row, start, end = cues.unbind(1)
        columns = start.unsqueeze(1) + torch.arange(-LEFT, RIGHT)
        used = (columns >= 0) & (columns < lengths[row].unsqueeze(1))
        index = columns.clamp(min=0, max=states.shape[1] - 1)
        flat = row.unsqueeze(1) * states.shape[1] + index
        scores = torch.log_softmax(tags.unflatten(-1, (3, 3)).float(), -1).flatten(-2).flatten(0, 1)
        whole = torch.arange(states.shape[1])
        within = (whole >= start.unsqueeze(1)) & (whole < end.unsqueeze(1))  # [C, T]
        mean = torch.bmm((within / within.sum(1, keepdim=True)).unsqueeze(1), states[row].float()).squeeze(1)
        inside = (columns >= start.unsqueeze(1)) & (columns < end.unsqueeze(1))
        distance = torch.where(
            columns < start.unsqueeze(1), columns - start.unsqueeze(1), columns - end.unsqueeze(1) + 1
        )
        place = torch.where(inside, IN_CUE, buckets(distance))
        return self.linker(states.flatten(0, 1), scores, mean, flat, place, used), index, used
