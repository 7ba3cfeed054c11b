"""Any sentence-transformers CrossEncoder in the reader's place: tried with a small random one in a folder."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from index.model_files import DEFAULT_MODEL, locate
from tests.conftest import Crosscheck


@pytest.fixture(scope="module")
def tiny(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A relevance model with random weights, as `CrossEncoder.save` leaves it."""
    import torch
    from transformers import BertConfig, BertForSequenceClassification

    torch.manual_seed(0)
    folder = tmp_path_factory.mktemp("tiny cross-encoder")
    sizes = {"hidden_size": 32, "num_hidden_layers": 1, "num_attention_heads": 2, "intermediate_size": 64}
    BertForSequenceClassification(BertConfig(vocab_size=30522, num_labels=1, **sizes)).save_pretrained(folder)
    for name in ("tokenizer.json", "tokenizer_config.json", "special_tokens_map.json", "vocab.txt"):
        shutil.copy(locate(DEFAULT_MODEL).folder / name, folder / name)
    return folder


def test_a_cross_encoder_by_folder_scores_the_sentences(
    tiny: Path, crosscheck: Crosscheck, sample_workspace: Path
) -> None:
    done = crosscheck("ask", "Who is the captain?", "-w", sample_workspace, CROSSCHECK_READER=str(tiny))
    assert "[1]" in done.stdout


def test_a_reader_with_pickled_weights_alone_is_refused_with_a_sentence(
    tiny: Path, crosscheck: Crosscheck, sample_workspace: Path, tmp_path: Path
) -> None:
    folder = shutil.copytree(tiny, tmp_path / "pickled")
    (folder / "model.safetensors").rename(folder / "pytorch_model.bin")
    done = crosscheck("ask", "Why?", "-w", sample_workspace, code=1, CROSSCHECK_READER=str(folder))
    assert "could run any program" in done.stderr
    assert "Traceback" not in done.stderr


def test_without_a_reader_sentences_are_chosen_by_likeness(crosscheck: Crosscheck, sample_workspace: Path) -> None:
    done = crosscheck("ask", "When was Maia 200 introduced?", "-w", sample_workspace, CROSSCHECK_READER="none")
    assert "January 2026" in done.stdout


def test_a_reader_that_is_nowhere_is_refused_with_a_sentence(
    crosscheck: Crosscheck, sample_workspace: Path, tmp_path: Path
) -> None:
    flags = {"CROSSCHECK_READER": str(tmp_path / "nothing"), "HF_HUB_OFFLINE": "1"}
    done = crosscheck("ask", "Why?", "-w", sample_workspace, code=1, **flags)
    assert "cannot be loaded" in done.stderr
    assert "Traceback" not in done.stderr
