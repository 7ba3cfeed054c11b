from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.batches import batches, padded
from index.model_files import ModelFiles, WrongModelFiles
from index.tokens import TokenCounter, Tokens, load_tokenizer, tokenized

lengths_of_texts = st.lists(st.integers(0, 60), max_size=60).map(lambda some: np.array(some, dtype=np.int64))


def test_tokens_are_counted_without_the_special_ones(minilm: ModelFiles) -> None:
    counter = TokenCounter(minilm)
    assert counter.count(["Hello world", "", "uncrosschecked"]) == [2, 0, 4]
    assert counter.reserved == 2


def test_many_texts_are_counted_as_few_are(minilm: ModelFiles) -> None:
    counter = TokenCounter(minilm)
    texts = ["word " * n for n in range(200)]
    assert counter.count(texts) == list(range(200))


def test_long_texts_are_counted_whole(minilm: ModelFiles) -> None:
    assert TokenCounter(minilm).count(["word " * 5000]) == [5000]


def test_text_that_is_no_utf8_is_counted_all_the_same(minilm: ModelFiles) -> None:
    assert TokenCounter(minilm).count(["a \ud800 b"]) == [3]


def test_a_file_that_is_no_tokenizer_is_refused(minilm: ModelFiles) -> None:
    with pytest.raises(WrongModelFiles, match=r"config\.json"):
        load_tokenizer(minilm.folder / "config.json")


def test_the_prompt_stands_before_the_text(minilm: ModelFiles) -> None:
    tokenizer = load_tokenizer(minilm.tokenizer)
    prompted, written = (
        tokenized(tokenizer, ["so it is"], prompt="query: "),
        tokenized(tokenizer, ["query: so it is"]),
    )
    assert prompted.ids.tolist() == written.ids.tolist()


@given(lengths_of_texts, st.integers(1, 200), st.integers(1, 20))
def test_every_text_is_in_one_batch_that_is_wide_enough(lengths: np.ndarray, budget: int, step: int) -> None:
    found = list(batches(lengths, budget=budget, step=step))
    assert sorted(row for batch in found for row in batch.rows) == list(range(len(lengths)))
    assert all(lengths[batch.rows].max() <= batch.width for batch in found)


@given(lengths_of_texts, st.integers(1, 200), st.integers(1, 20))
def test_a_batch_keeps_to_its_budget_or_is_one_text(lengths: np.ndarray, budget: int, step: int) -> None:
    for batch in batches(lengths, budget=budget, step=step):
        assert len(batch.rows) == 1 or len(batch.rows) * batch.width <= budget


@given(lengths_of_texts, st.integers(2, 20))
def test_with_a_step_the_width_follows_from_the_text_alone(lengths: np.ndarray, step: int) -> None:
    for batch in batches(lengths, budget=300, step=step):
        assert {max(1, -(-length // step)) * step for length in lengths[batch.rows]} == {batch.width}


@given(lengths_of_texts)
@settings(max_examples=50)
def test_rows_hold_the_tokens_and_the_mask_covers_them(lengths: np.ndarray) -> None:
    starts = np.cumsum(lengths) - lengths
    tokens = Tokens(np.arange(1, lengths.sum() + 1, dtype=np.int32), lengths, starts)
    for batch in batches(lengths, budget=100):
        ids, mask = padded(tokens, batch, pad=0)
        for row, wide, covered in zip(batch.rows, ids, mask, strict=True):
            assert wide[wide > 0].tolist() == tokens.of(row).tolist()
            assert covered.sum() == max(1, lengths[row])
