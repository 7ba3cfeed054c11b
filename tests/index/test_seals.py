"""That a large file is hashed once, and again whenever anything about it changed."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index import seals
from index.model_files import file_sha256
from index.seals import is_whole


@pytest.fixture
def weights(tmp_path: Path) -> Path:
    path = tmp_path / "network.onnx"
    path.write_bytes(b"weights" * 1000)
    return path


@pytest.fixture
def hashed(monkeypatch: pytest.MonkeyPatch) -> list[Path]:
    """Every file that was hashed, in turn."""
    found: list[Path] = []

    def counted(path: Path) -> str:
        found.append(path)
        return file_sha256(path)

    monkeypatch.setattr(seals, "file_sha256", counted)
    return found


def test_a_whole_file_is_hashed_once(weights: Path, tmp_path: Path, hashed: list[Path]) -> None:
    wanted = file_sha256(weights)
    assert all(is_whole(weights, wanted, seals=tmp_path / "seals") for _ in range(3))
    assert hashed == [weights]


def test_without_a_place_for_seals_it_is_hashed_every_time(weights: Path, hashed: list[Path]) -> None:
    wanted = file_sha256(weights)
    assert is_whole(weights, wanted, seals=None)
    assert is_whole(weights, wanted, seals=None)
    assert len(hashed) == 2


def test_a_file_that_was_written_to_is_hashed_again_and_refused(weights: Path, tmp_path: Path) -> None:
    wanted, place = file_sha256(weights), tmp_path / "seals"
    assert is_whole(weights, wanted, seals=place)
    flipped = bytearray(weights.read_bytes())
    flipped[3000] ^= 1
    weights.write_bytes(flipped)
    assert not is_whole(weights, wanted, seals=place)
    assert not is_whole(weights, wanted, seals=place)


def test_a_change_that_keeps_size_and_day_is_found(weights: Path, tmp_path: Path) -> None:
    wanted, place, before = file_sha256(weights), tmp_path / "seals", weights.stat()
    assert is_whole(weights, wanted, seals=place)
    weights.write_bytes(b"Weights" * 1000)
    os.utime(weights, ns=(before.st_atime_ns, before.st_mtime_ns))
    assert not is_whole(weights, wanted, seals=place)


def test_a_seal_of_another_hash_or_of_nonsense_stands_for_nothing(weights: Path, tmp_path: Path) -> None:
    place = tmp_path / "seals"
    assert is_whole(weights, file_sha256(weights), seals=place)
    assert not is_whole(weights, "0" * 64, seals=place)
    for seal in place.iterdir():
        seal.write_bytes(b"\xff\x00")
    assert is_whole(weights, file_sha256(weights), seals=place)


def test_a_folder_that_cannot_be_written_costs_only_time(weights: Path, tmp_path: Path) -> None:
    (tmp_path / "seals").write_text("a file where the folder should be")
    assert is_whole(weights, file_sha256(weights), seals=tmp_path / "seals")


def test_a_missing_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(OSError, match="nothing"):
        is_whole(tmp_path / "nothing", "0" * 64, seals=tmp_path)
