"""A smaller vocabulary: the word pieces of MiniLM's that a job needs, in their order, and the tokenizer for them.

For a job where the words that matter are common ones. What is left out is spelt from smaller pieces; single letters,
digits and marks all stay, and so do the special tokens with their ids.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Iterable

from tokenizers import Tokenizer

from tests.training.tokens import tokenizer

_SPECIAL = 999
"""Ids below are the special and unused tokens."""


def most_used(texts: Iterable[str], size: int) -> list[int]:
    """MiniLM's ids of the `size` pieces to keep, in order: those that every spelling needs, then the most frequent."""
    counts: Counter[int] = Counter()
    for text in texts:
        counts.update(tokenizer().encode(text, add_special_tokens=False).ids)
    pieces = tokenizer().get_vocab()
    needed = {at for piece, at in pieces.items() if at < _SPECIAL or len(piece.removeprefix("##")) == 1}
    frequent = [at for at, _ in sorted(counts.items(), key=lambda pair: (-pair[1], pair[0])) if at not in needed]
    return sorted({*needed, *frequent[: size - len(needed)]})


def smaller(kept: Iterable[int]) -> Tokenizer:
    """MiniLM's tokenizer over the pieces kept: piece i has id i."""
    described = json.loads(tokenizer().to_str())
    by_id = {at: piece for piece, at in described["model"]["vocab"].items()}
    described["model"]["vocab"] = {by_id[old]: new for new, old in enumerate(kept)}
    return Tokenizer.from_str(json.dumps(described))
