"""The shipped network as such: batches, threads, heads, and files that are not there."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import numpy as np
import pytest

from assistant.pair_network import DamagedNetwork, PairNetwork, TextPair, open_network
from assistant.reader import FOLDER

if not FOLDER.is_dir():
    pytest.skip("the reader's weights are not there", allow_module_level=True)

PAIRS = [
    TextPair(("When did the bridge open?", ""), "It opened on 18 April 2026."),
    TextPair(("Who came?", "The feast"), "Ida Marsh came. " * 60),
    TextPair(("", ""), ""),
]
OUTPUTS = ("stance",)


def outputs_of(folder: Path) -> tuple[str, ...]:
    import onnxruntime as ort

    return tuple(output.name for output in ort.InferenceSession(str(folder / "reader.onnx")).get_outputs())


@pytest.fixture(scope="module")
def outputs() -> tuple[str, ...]:
    return outputs_of(FOLDER)


@pytest.fixture(scope="module")
def network(outputs: tuple[str, ...]) -> PairNetwork:
    return open_network(FOLDER, outputs=outputs)


def test_each_pair_is_read_in_order_with_every_output_that_was_asked_for(
    network: PairNetwork, outputs: tuple[str, ...]
) -> None:
    found = network(PAIRS)
    assert len(found) == len(PAIRS)
    assert all(len(one.outputs) == len(outputs) for one in found)


def test_threads_change_no_result(network: PairNetwork, outputs: tuple[str, ...]) -> None:
    several = open_network(FOLDER, outputs=outputs, threads=2)
    for one, other in zip(network(PAIRS), several(PAIRS), strict=True):
        assert one.tokens == other.tokens
        assert all(np.array_equal(a, b) for a, b in zip(one.outputs, other.outputs, strict=True))


def test_no_row_is_longer_than_the_network_was_trained_to_read(network: PairNetwork) -> None:
    limits = json.loads((FOLDER / "config.json").read_text(encoding="utf-8"))
    long = "word " * 2000
    (found,) = network([TextPair((long, long), long)])
    assert len(found.tokens.ids) == limits["max_tokens"]
    assert found.tokens.first == 1 + sum(limits["head_tokens"]) + len(limits["head_tokens"])


def test_offsets_are_those_of_the_passage(network: PairNetwork) -> None:
    (found,) = network([PAIRS[0]])
    passage = PAIRS[0].passage
    assert [passage[start:end] for start, end in found.tokens.offsets][:3] == ["It", "opened", "on"]


def test_as_many_heads_as_the_network_has_must_be_given(network: PairNetwork) -> None:
    with pytest.raises(ValueError, match="zip"):
        network([TextPair(("Who?",), "Ida Marsh came.")])


def test_nothing_is_read_of_nothing(network: PairNetwork) -> None:
    assert network([]) == []


@pytest.mark.parametrize("name", ["reader.onnx", "config.json", "tokenizer.json"])
def test_each_missing_file_is_told_with_the_folder_and_what_to_do(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(FOLDER, folder)
    (folder / name).unlink()
    with pytest.raises(DamagedNetwork, match=r"The reader in .* cannot be used: .*\. Install Crosscheck again\."):
        open_network(folder, outputs=OUTPUTS)


@pytest.mark.parametrize("name", ["reader.onnx", "tokenizer.json"])
def test_a_file_that_is_not_the_shipped_one_is_refused_before_it_is_loaded(name: str, tmp_path: Path) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(FOLDER, folder)
    with (folder / name).open("r+b") as file:
        file.seek(1000)
        file.write(b"\x00")
    with pytest.raises(DamagedNetwork, match=f"{name} is not the file that was shipped"):
        open_network(folder, outputs=OUTPUTS, seals=tmp_path / "seals")


@pytest.mark.parametrize("config", ["{}", "[", '{"max_tokens": 10}'])
def test_a_config_that_does_not_say_the_limits_is_refused(config: str, tmp_path: Path) -> None:
    folder = tmp_path / "reader"
    shutil.copytree(FOLDER, folder)
    (folder / "config.json").write_text(config, encoding="utf-8")
    with pytest.raises(DamagedNetwork):
        open_network(folder, outputs=OUTPUTS)
