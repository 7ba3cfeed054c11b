"""What belongs to a derived folder: what was written to since is noticed, and the rest is not read."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from index import manifest
from index.errors import DamagedIndex
from index.manifest import Manifest

MANY = 3_000_000


@pytest.fixture(autouse=True)
def nothing_is_small(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "_SMALL", 0)


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    made = tmp_path / "1"
    made.mkdir()
    (made / "vectors").write_bytes(os.urandom(MANY))
    (made / "words").write_bytes(b"words")
    files = {name: manifest.content(made / name) for name in ("vectors", "words")}
    manifest.write(made, Manifest(rows=3, dimension=2, trained=0, files=files))
    return made


def test_what_was_noted_is_read_again(folder: Path) -> None:
    found = manifest.read(folder)
    assert (found.rows, found.dimension, found.trained) == (3, 2, 0)
    manifest.verify(folder, found)
    manifest.verify(folder, found, all_of_it=True)


@pytest.mark.parametrize("at", [0, 1_500_000, MANY - 1])
def test_a_file_that_was_written_to_is_read_and_refused(folder: Path, at: int) -> None:
    with (folder / "vectors").open("r+b") as file:
        file.seek(at)
        byte = file.read(1)
        file.seek(at)
        file.write(bytes([byte[0] ^ 1]))
    with pytest.raises(DamagedIndex, match="vectors is not what was written"):
        manifest.verify(folder, manifest.read(folder))


def test_rot_that_leaves_the_time_of_change_alone_is_found_by_reading_everything(folder: Path) -> None:
    before = (folder / "vectors").stat()
    with (folder / "vectors").open("r+b") as file:
        file.write(b"rotten")
    os.utime(folder / "vectors", ns=(before.st_atime_ns, before.st_mtime_ns))
    manifest.verify(folder, manifest.read(folder))
    with pytest.raises(DamagedIndex):
        manifest.verify(folder, manifest.read(folder), all_of_it=True)


def test_rot_in_a_small_folder_is_found_whenever_it_is_opened(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(manifest, "_SMALL", 2 * MANY)
    before = (folder / "vectors").stat()
    with (folder / "vectors").open("r+b") as file:
        file.write(b"rotten")
    os.utime(folder / "vectors", ns=(before.st_atime_ns, before.st_mtime_ns))
    with pytest.raises(DamagedIndex):
        manifest.verify(folder, manifest.read(folder))


def test_what_is_distrusted_is_read_again(folder: Path) -> None:
    before = (folder / "vectors").stat()
    with (folder / "vectors").open("r+b") as file:
        file.write(b"rotten")
    os.utime(folder / "vectors", ns=(before.st_atime_ns, before.st_mtime_ns))
    manifest.verify(folder, manifest.read(folder))
    manifest.distrust(folder)
    with pytest.raises(DamagedIndex):
        manifest.verify(folder, manifest.read(folder))


def test_a_copy_is_read_once_and_then_taken_as_it_is(folder: Path) -> None:
    os.utime(folder / "vectors", ns=(1, 1))
    manifest.verify(folder, manifest.read(folder))
    before = (folder / "vectors").stat()
    with (folder / "vectors").open("r+b") as file:
        file.write(b"rotten")
    os.utime(folder / "vectors", ns=(1, 1))
    assert before.st_size == (folder / "vectors").stat().st_size
    manifest.verify(folder, manifest.read(folder))


def test_what_a_later_generation_added_is_no_damage(folder: Path) -> None:
    with (folder / "vectors").open("ab") as file:
        file.write(b"more")
    manifest.verify(folder, manifest.read(folder), all_of_it=True)


@pytest.mark.parametrize("name", ["vectors", "words"])
def test_a_file_that_is_gone_or_cut_off_is_damage(folder: Path, name: str) -> None:
    kept = (folder / name).read_bytes()
    (folder / name).write_bytes(kept[:-1])
    with pytest.raises(DamagedIndex, match="is cut off"):
        manifest.verify(folder, manifest.read(folder))
    (folder / name).unlink()
    with pytest.raises(DamagedIndex, match="cannot be read"):
        manifest.verify(folder, manifest.read(folder))


@pytest.mark.parametrize("content", [b"", b"{}", b"[1]", b"\xff", b'{"crc": 1, "manifest": "{}"}'])
def test_a_manifest_that_is_none_is_damage(folder: Path, content: bytes) -> None:
    (folder / manifest.NAME).write_bytes(content)
    with pytest.raises(DamagedIndex):
        manifest.read(folder)


def test_shared_blocks_are_not_read_again(folder: Path) -> None:
    known = manifest.content(folder / "vectors")
    with (folder / "vectors").open("ab") as file:
        file.write(b"more")
    assert manifest.content(folder / "vectors", known=known) == manifest.content(folder / "vectors")
