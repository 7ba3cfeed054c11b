from __future__ import annotations

import shutil
from pathlib import Path

import numpy as np
import pytest

from index import export as exporting
from index.bulk_encoder import BulkEncoder
from index.export import ExportDiffers, ExportFailed, export
from index.exported import GRAPH, MANIFEST, TOKENIZER, WEIGHTS, checked, export_folder
from index.model_files import ModelFiles, locate
from index.question_encoder import QuestionEncoder


def test_an_export_says_what_it_is(exported: Path, minilm: ModelFiles) -> None:
    manifest = checked(exported)
    assert (manifest.model, manifest.revision) == (minilm.name, minilm.revision)
    assert (manifest.dimension, manifest.max_tokens) == (384, 256)
    assert manifest.max_difference < 1e-6
    assert manifest.versions["torch"]


def test_an_export_holds_its_files_and_nothing_else(exported: Path) -> None:
    assert {path.name for path in exported.iterdir()} == {GRAPH, WEIGHTS, TOKENIZER, MANIFEST}


def test_the_folder_is_named_after_model_and_revision(tmp_path: Path) -> None:
    folder = export_folder(tmp_path, "some/Tiny Model", revision="0123456789abcdef")
    assert folder == tmp_path / "tiny-model-0123456789ab-v2"


@pytest.fixture(scope="module")
def tiny_export(tiny: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("exports") / "tiny"
    export(locate(str(tiny)), folder)
    return folder


def test_another_model_is_exported_with_all_its_layers_and_prompts(tiny: Path, tiny_export: Path) -> None:
    encoder = QuestionEncoder.open(tiny_export)
    plain = BulkEncoder.load(locate(str(tiny)), dtype="fp32", device="cpu").model
    texts = ["a text", "another text that is longer than the first one", "word " * 100]
    questions = plain.encode_query(texts, normalize_embeddings=True)
    passages = plain.encode_document(texts, normalize_embeddings=True)
    assert encoder.dimension == 24
    assert np.abs(encoder.encode_questions(texts) - questions).max() < 1e-6
    assert np.abs(encoder.encode_passages(texts) - passages).max() < 1e-6
    assert np.abs(questions - passages).max() > 0.01


def test_matrices_are_stored_as_they_are_multiplied_where_that_is_safe(exported: Path, tiny_export: Path) -> None:
    offsets = list(exporting._packed_offsets(exported / GRAPH))
    assert offsets
    assert all(offset % 64 == 0 for offset in offsets)
    assert not list(exporting._packed_offsets(tiny_export / GRAPH))


def test_a_sound_export_is_left_as_it_is(tiny: Path, tiny_export: Path) -> None:
    before = (tiny_export / MANIFEST).stat().st_mtime_ns
    export(locate(str(tiny)), tiny_export)
    assert (tiny_export / MANIFEST).stat().st_mtime_ns == before


def test_a_damaged_export_is_made_again_and_nothing_is_printed(
    tiny: Path, tiny_export: Path, tmp_path: Path, capfd: pytest.CaptureFixture[str]
) -> None:
    folder = shutil.copytree(tiny_export, tmp_path / "damaged")
    (folder / GRAPH).write_bytes(b"")
    export(locate(str(tiny)), folder)
    assert checked(folder).revision == checked(tiny_export).revision
    assert capfd.readouterr() == ("", "")


def test_an_export_that_differs_is_refused_and_not_left_behind(
    tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(exporting, "TOLERANCE", 0.0)
    monkeypatch.setattr(exporting, "_OPSETS", (23,))
    with pytest.raises(ExportDiffers, match="Tiny Model"):
        export(locate(str(tiny)), tmp_path / "exported")
    assert [path.name for path in tmp_path.iterdir()] == ["exported.lock"]


def test_a_model_that_cannot_be_exported_is_named(tiny: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    encoder = BulkEncoder.load(locate(str(tiny)), dtype="fp32", device="cpu")
    monkeypatch.setattr(exporting, "_OPSETS", (23,))
    monkeypatch.setattr(encoder.model[1], "forward", lambda features: {"sentence_embedding": features["none"]})
    with pytest.raises(ExportFailed, match="Tiny Model"):
        export(locate(str(tiny)), tmp_path / "exported", encoder=encoder)
