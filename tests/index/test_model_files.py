from __future__ import annotations

import dataclasses
import json
import pickle
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from index.bulk_encoder import BulkEncoder
from index.model_files import DEFAULT_MODEL, ModelFiles, WrongModelFiles, check, locate


def test_the_default_model_is_found_under_both_its_names(minilm: ModelFiles) -> None:
    assert locate(f"sentence-transformers/{DEFAULT_MODEL}") == minilm
    assert minilm.name == DEFAULT_MODEL
    assert (minilm.folder / "model.safetensors").is_file()


def test_the_default_model_has_the_published_weights(minilm: ModelFiles) -> None:
    check(minilm)


def test_the_limit_is_the_models_and_not_the_tokenizer_files(minilm: ModelFiles) -> None:
    assert minilm.max_tokens == 256


def test_other_weights_are_refused(minilm: ModelFiles, tmp_path: Path) -> None:
    (tmp_path / "model.safetensors").write_bytes(b"other weights")
    with pytest.raises(WrongModelFiles, match="SHA-256"):
        check(dataclasses.replace(minilm, folder=tmp_path))


def test_missing_weights_are_refused(minilm: ModelFiles, tmp_path: Path) -> None:
    with pytest.raises(WrongModelFiles, match="cannot be read"):
        check(dataclasses.replace(minilm, folder=tmp_path))


def test_a_folder_is_used_as_it_is(tiny: Path) -> None:
    files = locate(str(tiny))
    assert files.folder == tiny
    assert files.max_tokens == 40
    assert (files.query_prompt, files.document_prompt) == ("query: ", "passage: ")


@pytest.fixture
def copy(tiny: Path, tmp_path: Path) -> Path:
    return shutil.copytree(tiny, tmp_path / "copy")


def test_the_revision_is_that_of_the_files_and_not_of_the_place(tiny: Path, copy: Path) -> None:
    assert locate(str(copy)).revision == locate(str(tiny)).revision


@pytest.mark.parametrize("name", ["model.safetensors", "tokenizer.json", "modules.json", "1_Pooling/config.json"])
def test_the_revision_changes_with_every_file_that_can_change_a_vector(tiny: Path, copy: Path, name: str) -> None:
    with (copy / name).open("ab") as file:
        file.write(b"\n")
    assert locate(str(copy)).revision != locate(str(tiny)).revision


def test_the_revision_does_not_change_with_the_description(tiny: Path, copy: Path) -> None:
    (copy / "README.md").write_text("Another description.")
    assert locate(str(copy)).revision == locate(str(tiny)).revision


def test_the_prompt_of_passages_may_go_by_another_name(copy: Path) -> None:
    stated = {"prompts": {"query": "", "passage": "passage: "}}
    (copy / "config_sentence_transformers.json").write_text(json.dumps(stated))
    assert locate(str(copy)).document_prompt == "passage: "


def test_a_folder_without_a_tokenizer_is_no_model(tmp_path: Path) -> None:
    with pytest.raises(WrongModelFiles, match=r"tokenizer\.json"):
        locate(str(tmp_path))


def test_a_folder_with_broken_settings_is_refused(copy: Path) -> None:
    (copy / "modules.json").write_text("[")
    with pytest.raises(WrongModelFiles, match=r"modules\.json"):
        locate(str(copy))


@pytest.mark.parametrize(
    "name", ["pytorch_model.bin", "model.pt", "1_Pooling/weights.PKL", "2_Dense/pytorch_model.bin"]
)
def test_weights_that_would_have_to_be_unpickled_are_refused_before_anything_is_loaded(copy: Path, name: str) -> None:
    for weights in copy.rglob("*.safetensors"):
        weights.unlink()
    (copy / name).parent.mkdir(exist_ok=True)
    (copy / name).write_bytes(pickle.dumps(_Trap()))
    with pytest.raises(WrongModelFiles, match="could run any program"):
        check(locate(str(copy)))


class _Trap:
    """Says so when it is unpickled."""

    def __reduce__(self) -> tuple[object, tuple[str]]:
        return pytest.fail, ("it was unpickled",)


def test_pickled_weights_beside_safetensors_are_passed_over(copy: Path) -> None:
    (copy / "pytorch_model.bin").write_bytes(pickle.dumps(_Trap()))
    BulkEncoder.load(locate(str(copy)), dtype="fp32", device="cpu")


def test_a_module_of_another_library_is_refused(copy: Path) -> None:
    modules = json.loads((copy / "modules.json").read_text())
    modules[-1]["type"] = "custom_code.Anything"
    (copy / "modules.json").write_text(json.dumps(modules))
    with pytest.raises(WrongModelFiles, match=r"custom_code\.Anything"):
        check(locate(str(copy)))


def test_a_name_that_cannot_be_fetched_asks_for_a_folder(tmp_path: Path) -> None:
    code = "import sys; from index.model_files import locate; locate(sys.argv[1])"
    offline = {"HF_HUB_OFFLINE": "1", "HF_HOME": str(tmp_path)}
    done = subprocess.run([sys.executable, "-c", code, "nobody/nothing"], capture_output=True, text=True, env=offline)
    assert "WrongModelFiles" in done.stderr
    assert "Give the folder" in done.stderr


def test_a_text_that_is_no_name_asks_for_a_folder() -> None:
    with pytest.raises(WrongModelFiles, match="Give the folder"):
        locate("no such/folder/anywhere at all")
