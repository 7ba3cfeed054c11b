"""What is being made appears whole under its name, or not at all."""

from __future__ import annotations

import os
from contextlib import suppress
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
    assert [path.name for path in tmp_path.iterdir()] == ["x"]


def test_what_a_process_put_aside_and_did_not_come_to_replace_is_not_lost(tmp_path: Path) -> None:
    (tmp_path / "x.replaced").mkdir()
    (tmp_path / "x.replaced" / "file").write_text("the only one there is")
    with pytest.raises(KeyError):
        fail_half_way(tmp_path / "x", folder=True)
    assert (tmp_path / "x" / "file").read_text() == "the only one there is"


class Killed(BaseException):
    """As if the process had ended here."""


@pytest.mark.parametrize("folder", [False, True])
@pytest.mark.parametrize("step", [1, 2])
def test_a_process_that_is_killed_while_it_moves_leaves_the_old_or_the_new(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: int, folder: bool
) -> None:
    def write(path: Path, text: str) -> None:
        if folder:
            path.mkdir()
        (path / "file" if folder else path).write_text(text)

    write(tmp_path / "x", "old")
    steps = 0
    move = os.replace

    def stepping(source: Path, target: Path) -> None:
        nonlocal steps
        steps += 1
        if steps == step:
            raise Killed
        move(source, target)

    monkeypatch.setattr(os, "replace", stepping)
    with suppress(Killed), replacing(tmp_path / "x") as building:
        write(building, "new")
    monkeypatch.undo()
    with suppress(KeyError):
        fail_half_way(tmp_path / "x", folder=folder)
    assert (tmp_path / "x" / "file" if folder else tmp_path / "x").read_text() in ("old", "new")
