"""How the texts of a pair become one row of token ids, in training and in use alike. Pure: it loads no tokenizer.

The row is `[CLS] head [SEP] (another head [SEP]) passage [SEP]`. Heads are what the passage is read for: a question,
a title, another sentence. They count as the first side of the pair, the passage and its end mark as the second.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

CLS, SEP = 101, 102
"""Of MiniLM's vocabulary (BERT, uncased)."""


@dataclass(frozen=True, slots=True)
class TokenPair:
    """Token ids of a pair, and the characters of the passage that each of its tokens stands for."""

    ids: tuple[int, ...]
    first: int
    """Index of the passage's first token; its tokens go on to the last but one."""
    offsets: tuple[tuple[int, int], ...]
    """Of the passage's tokens: `passage[start:end]`."""


def joined(
    heads: Sequence[Sequence[int]],
    passage: Sequence[int],
    offsets: Sequence[tuple[int, int]],
    *,
    max_tokens: int,
) -> TokenPair:
    """One row of at most `max_tokens`: an empty head is left out, a passage too long is cut at its end."""
    row = [CLS]
    for head in heads:
        if head:
            row += [*head, SEP]
    room = max(0, max_tokens - len(row) - 1)
    return TokenPair((*row, *passage[:room], SEP), len(row), tuple(offsets[:room]))
