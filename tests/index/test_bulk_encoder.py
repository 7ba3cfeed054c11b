from __future__ import annotations

import dataclasses
from pathlib import Path

import numpy as np
import pytest

from index.bulk_encoder import BulkEncoder, best_dtype
from index.model_files import ModelFiles, WrongModelFiles, locate

TEXTS = (
    "The ministry confirmed the figure on Tuesday.",
    "Ein Sprecher lehnte es ab, sich zu äußern.",
    "x",
    "",
    "A much longer passage, " * 60,
    "👩‍👩‍👧‍👦 ﷽ \x00 \u202e and 東京",
    "The ministry denied the figure on Wednesday.",
)


@pytest.fixture(scope="module")
def precise(minilm: ModelFiles) -> BulkEncoder:
    return BulkEncoder.load(minilm, dtype="fp32", device="cpu")


@pytest.fixture(scope="module")
def fast(minilm: ModelFiles) -> BulkEncoder:
    return BulkEncoder.load(minilm, dtype="bf16", device="cpu")


def test_vectors_are_those_of_sentence_transformers_called_plainly(precise: BulkEncoder) -> None:
    plain = precise.model.encode(list(TEXTS), normalize_embeddings=True)
    assert np.abs(precise.encode(TEXTS) - plain).max() < 2e-4  # half of the last place in 16 bits


def test_bf16_keeps_a_cosine_of_four_nines(precise: BulkEncoder, fast: BulkEncoder) -> None:
    cosines = (precise.encode(TEXTS).astype(np.float32) * fast.encode(TEXTS).astype(np.float32)).sum(axis=1)
    assert cosines.min() > 0.9999


def test_the_engine_says_what_it_computes_in(precise: BulkEncoder, fast: BulkEncoder) -> None:
    assert (precise.engine, fast.engine) == ("sentence-transformers/fp32", "sentence-transformers/bf16")


def test_the_processor_decides_where_nobody_does(minilm: ModelFiles) -> None:
    assert BulkEncoder.load(minilm, device="cpu").engine.endswith(best_dtype("cpu"))


def test_vectors_are_16_bit_and_of_length_1(fast: BulkEncoder) -> None:
    vectors = fast.encode(TEXTS)
    assert vectors.dtype == np.float16
    assert vectors.shape == (len(TEXTS), fast.dimension)
    assert np.abs(np.linalg.norm(vectors.astype(np.float32), axis=1) - 1).max() < 1e-3


def test_no_texts_make_no_vectors(fast: BulkEncoder) -> None:
    assert fast.encode([]).shape == (0, 384)


@pytest.mark.parametrize("name", ["precise", "fast"])
def test_vectors_do_not_depend_on_the_order_of_the_texts(name: str, request: pytest.FixtureRequest) -> None:
    encoder: BulkEncoder = request.getfixturevalue(name)
    texts = [f"{text} {n}" for n in range(4) for text in TEXTS]
    order = np.random.default_rng(1).permutation(len(texts))
    assert (encoder.encode([texts[i] for i in order]) == encoder.encode(texts)[order]).all()


def test_a_vector_depends_on_its_company_by_little(fast: BulkEncoder) -> None:
    together = fast.encode([f"{text} {n}" for n in range(8) for text in TEXTS]).astype(np.float32)
    alone = fast.encode([f"{TEXTS[0]} 0"]).astype(np.float32)
    assert (together[0] @ alone[0]) > 0.9999


def test_what_is_longer_than_the_model_reads_is_cut(precise: BulkEncoder) -> None:
    long, longer = precise.encode(["word " * 300, "word " * 3000])
    assert (long == longer).all()


def test_progress_adds_up(fast: BulkEncoder) -> None:
    done: list[int] = []
    fast.encode(["word " * n for n in range(1, 100)], progress=done.append)
    assert sum(done) == 99
    assert len(done) > 1


def test_wrong_weights_are_not_loaded(minilm: ModelFiles) -> None:
    with pytest.raises(WrongModelFiles, match="SHA-256"):
        BulkEncoder.load(dataclasses.replace(minilm, weights_sha256="0" * 64))


def test_another_model_is_loaded_from_its_folder_and_takes_its_own_prompt(tiny: Path) -> None:
    encoder = BulkEncoder.load(locate(str(tiny)), dtype="fp32", device="cpu")
    plain = encoder.model.encode_document(["a passage"], normalize_embeddings=True)
    assert encoder.dimension == 24
    assert np.abs(encoder.encode(["a passage"]) - plain).max() < 5e-4


def test_a_folder_that_cannot_be_loaded_is_named(minilm: ModelFiles, tmp_path: Path) -> None:
    files = dataclasses.replace(minilm, folder=tmp_path, weights_sha256=None)
    with pytest.raises(WrongModelFiles, match="cannot load"):
        BulkEncoder.load(files)
