from __future__ import annotations

import shutil
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest

from index.bulk_encoder import BulkEncoder
from index.exported import GRAPH, MANIFEST, TOKENIZER, WEIGHTS, DamagedExport, ExportMissing
from index.model_files import ModelFiles
from index.question_encoder import QuestionEncoder
from tests.gold.questions import gold_questions

ROOT = Path(__file__).parents[2]
TEXTS = [
    "Who denied the report?",
    "",
    "  ",
    "x",
    "Ein Sprecher lehnte es ab, sich zu äußern.",
    "👩‍👩‍👧‍👦 ﷽ \x00 \u202e and 東京",
    "word " * 3000,
    *(f"Sentence number {n}, " * n for n in range(20)),
]


@pytest.fixture(scope="module")
def encoder(exported: Path) -> QuestionEncoder:
    return QuestionEncoder.open(exported)


def test_vectors_are_those_of_torch_to_the_sixth_place(encoder: QuestionEncoder, minilm: ModelFiles) -> None:
    plain = BulkEncoder.load(minilm, dtype="fp32", device="cpu").model.encode(TEXTS, normalize_embeddings=True)
    assert np.abs(encoder.encode_questions(TEXTS) - plain).max() <= 1e-6
    assert np.abs(encoder.encode_passages(TEXTS) - plain).max() <= 1e-6


def test_a_vector_does_not_depend_on_its_company(encoder: QuestionEncoder) -> None:
    alone = np.concatenate([encoder.encode_questions([text]) for text in TEXTS])
    assert np.array_equal(encoder.encode_questions(TEXTS), alone)


@pytest.mark.parametrize("threads", [1, 2])
def test_questions_in_batches_of_any_size_have_the_bits_of_single_ones(exported: Path, threads: int) -> None:
    encoder = QuestionEncoder.open(exported, threads=threads)
    questions = [one.question for one in gold_questions()][:64]
    alone = np.concatenate([encoder.encode_questions([text]) for text in questions])
    mixed = np.random.default_rng(1)
    for size in range(1, 33):
        rows = mixed.choice(len(questions), size, replace=False)
        assert np.array_equal(encoder.encode_questions([questions[row] for row in rows]), alone[rows]), size


def test_texts_of_every_length_have_the_same_bits_beside_a_longer_one(encoder: QuestionEncoder) -> None:
    texts = ["word " * count for count in range(70)]
    for text in texts:
        assert np.array_equal(encoder.encode_questions([text, texts[-1]])[:1], encoder.encode_questions([text])), text


def test_more_threads_make_the_same_vectors(encoder: QuestionEncoder, exported: Path) -> None:
    both = QuestionEncoder.open(exported, threads=2)
    assert (both.encode_passages(TEXTS) == encoder.encode_passages(TEXTS)).all()


def test_one_encoder_serves_many_threads(encoder: QuestionEncoder) -> None:
    expected = encoder.encode_questions(TEXTS)
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: encoder.encode_questions(TEXTS), range(8)))
    assert all((one == expected).all() for one in found)


def test_vectors_have_length_1(encoder: QuestionEncoder) -> None:
    lengths = np.linalg.norm(encoder.encode_questions(TEXTS), axis=1)
    assert np.abs(lengths - 1).max() < 1e-6


def test_no_texts_make_no_vectors(encoder: QuestionEncoder) -> None:
    assert encoder.encode_questions([]).shape == (0, 384)


def test_text_that_is_no_utf8_is_encoded_all_the_same(encoder: QuestionEncoder) -> None:
    assert np.isfinite(encoder.encode_questions(["a \ud800 b"])).all()


def test_it_says_which_model_it_is(encoder: QuestionEncoder, minilm: ModelFiles) -> None:
    assert (encoder.model, encoder.revision, encoder.dimension) == (minilm.name, minilm.revision, 384)


def test_no_question_loads_torch(exported: Path) -> None:
    code = (
        "import sys\nfrom pathlib import Path\nfrom index.question_encoder import QuestionEncoder\n"
        "QuestionEncoder.open(Path(sys.argv[1]), threads=2).encode_questions(['Who?', 'What? ' * 200])\n"
        "print(*sys.modules)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(exported)], capture_output=True, text=True, check=True, cwd=ROOT
    )
    assert done.stderr == ""
    assert set(done.stdout.split()).isdisjoint({"torch", "transformers", "sentence_transformers", "huggingface_hub"})


def test_a_missing_export_is_named(tmp_path: Path) -> None:
    with pytest.raises(ExportMissing, match=r"nowhere.*crosscheck ingest"):
        QuestionEncoder.open(tmp_path / "nowhere")


@pytest.fixture
def copy(exported: Path, tmp_path: Path) -> Path:
    """Linked, as the weights are large; a test replaces what it damages."""
    return shutil.copytree(exported, tmp_path / "copy", copy_function=lambda a, b: Path(b).symlink_to(a))


@pytest.mark.parametrize("name", [GRAPH, TOKENIZER, WEIGHTS, MANIFEST])
@pytest.mark.parametrize("content", [None, b"", b"{}"])
def test_a_damaged_export_is_refused(copy: Path, name: str, content: bytes | None) -> None:
    (copy / name).unlink()
    if content is not None:
        (copy / name).write_bytes(content)
    missing = name == MANIFEST and content is None
    with pytest.raises(ExportMissing if missing else DamagedExport):
        QuestionEncoder.open(copy)
