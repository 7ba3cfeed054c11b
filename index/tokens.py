"""Texts as token numbers, through `tokenizers` alone: for both engines, and for counting when passages are packed.

Must not import torch, ONNX Runtime or an encoder.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from itertools import chain
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer
from tokenizers.pre_tokenizers import BertPreTokenizer

from index.model_files import ModelFiles, WrongModelFiles

_FEW = 64
"""Up to so many texts are read one by one: starting the tokenizer's own threads takes longer (4 ms)."""
_AT_ONCE = 4096
"""Bounds memory: an `Encoding` takes about a hundred times the space of its numbers."""
_MOST_WORDS = 1 << 19
"""Words whose counts are kept, about 50 MB: most words of an article stand in earlier ones."""


@dataclass(frozen=True, slots=True, eq=False)
class Tokens:
    """The token numbers of several texts, one after the other."""

    ids: NDArray[np.int32]
    lengths: NDArray[np.int64]
    starts: NDArray[np.int64]

    def of(self, row: int) -> NDArray[np.int32]:
        return self.ids[self.starts[row] : self.starts[row] + self.lengths[row]]


def load_tokenizer(path: Path) -> Tokenizer:
    """Neither pads nor cuts, whatever its file says. Raises WrongModelFiles."""
    try:
        tokenizer = Tokenizer.from_file(str(path))
    except Exception as error:  # the library raises nothing narrower
        raise WrongModelFiles(f"{str(path)!r} is no tokenizer that can be read ({error}).") from error
    tokenizer.no_padding()
    tokenizer.no_truncation()
    return tokenizer


def tokenized(tokenizer: Tokenizer, texts: Sequence[str], *, prompt: str = "") -> Tokens:
    """Every text behind the prompt, with special tokens, and cut where the tokenizer is set to cut."""
    rows: list[NDArray[np.int32]] = []
    for start in range(0, len(texts), _AT_ONCE):
        some = [readable(prompt + text) for text in texts[start : start + _AT_ONCE]]
        rows += [np.array(encoding.ids, dtype=np.int32) for encoding in _encodings(tokenizer, some)]
    lengths = np.fromiter(map(len, rows), dtype=np.int64, count=len(rows))
    ids = np.concatenate(rows) if rows else np.zeros(0, dtype=np.int32)
    return Tokens(ids, lengths, np.cumsum(lengths) - lengths)


def readable(text: str) -> str:
    """The text with "?" for lone surrogates, which no UTF-8 text has and tokenizers refuse."""
    return text.encode(errors="replace").decode()


class TokenCounter:
    """Counts the tokens of texts as a model reads them. Loads the tokenizer when it is first needed."""

    def __init__(self, files: ModelFiles) -> None:
        self._files = files
        self._known: dict[str, int] = {}

    def count(self, texts: Sequence[str]) -> list[int]:
        """Tokens of each text, without the special ones, so that the counts of neighbours can be added up."""
        if not self._by_word:
            return self._counted(texts)
        words = [text.split(" ") for text in texts]
        if len(self._known) > _MOST_WORDS:
            self._known.clear()
        unknown = [word for word in dict.fromkeys(chain.from_iterable(words)) if word not in self._known]
        self._known.update(zip(unknown, self._counted(unknown), strict=True))
        return [sum(map(self._known.__getitem__, some)) for some in words]

    @cached_property
    def _by_word(self) -> bool:
        """Whether the tokenizer cuts at every space before it looks at anything else, as BERT's does."""
        return isinstance(self._tokenizer.pre_tokenizer, BertPreTokenizer)

    def _counted(self, texts: Sequence[str]) -> list[int]:
        parts = (texts[start : start + _AT_ONCE] for start in range(0, len(texts), _AT_ONCE))
        return list(chain.from_iterable(map(self._count, parts)))

    @property
    def reserved(self) -> int:
        """Tokens that the model's own special ones take of its `max_tokens`."""
        return self._tokenizer.num_special_tokens_to_add(is_pair=False)

    @cached_property
    def _tokenizer(self) -> Tokenizer:
        return load_tokenizer(self._files.tokenizer)

    def _count(self, texts: Sequence[str]) -> list[int]:
        some = [readable(text) for text in texts]
        return [len(found) for found in _encodings(self._tokenizer, some, special=False)]


def _encodings(tokenizer: Tokenizer, texts: list[str], *, special: bool = True) -> list[Encoding]:
    if len(texts) <= _FEW:
        return [tokenizer.encode(text, add_special_tokens=special) for text in texts]
    return tokenizer.encode_batch_fast(texts, add_special_tokens=special)
