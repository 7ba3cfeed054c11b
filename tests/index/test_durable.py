"""What is being made appears whole under its name, or not at all."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.durable import replacing


def test_a_file_appears_when_it_is_complete(tmp_path: Path) -> None:
    with replacing(tmp_path / "file") as building:
        building.write_text("new")
        assert not (tmp_path / "file").exists()
    assert (tmp_path / "file").read_text() == "new"


def test_a_folder_takes_the_place_of_an_earlier_one(tmp_path: Path) -> None:
    for text in ("old", "new"):
        with replacing(tmp_path / "folder") as building:
            (building / "inner").mkdir(parents=True)
            (building / "inner" / text).write_text(text)
    assert [path.name for path in tmp_path.rglob("*")] == ["folder", "inner", "new"]


def fail_half_way(path: Path, *, folder: bool) -> None:
    with replacing(path) as building:
        if folder:
            building.mkdir()
        else:
            building.write_text("half")
        raise KeyError


@pytest.mark.parametrize("folder", [False, True])
def test_what_fails_leaves_what_was_there(tmp_path: Path, folder: bool) -> None:
    (tmp_path / "x").write_text("old")
    with pytest.raises(KeyError):
        fail_half_way(tmp_path / "x", folder=folder)
    assert [path.name for path in tmp_path.iterdir()] == ["x"]
    assert (tmp_path / "x").read_text() == "old"


def test_what_a_killed_process_left_is_no_obstacle(tmp_path: Path) -> None:
    (tmp_path / "x.building").mkdir()
    (tmp_path / "x.building" / "half").touch()
    (tmp_path / "x.replaced").write_text("older")
    with replacing(tmp_path / "x") as building:
        building.mkdir()
    assert [path.name for path in tmp_path.iterdir() if path.name != "x.replaced"] == ["x"]
