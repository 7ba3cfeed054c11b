"""A workspace in one file, and back: the same answers, or a refusal that names what is wrong."""

from __future__ import annotations

import io
import json
import shutil
import sqlite3
import tarfile
from collections.abc import Callable
from contextlib import closing
from dataclasses import asdict, replace
from pathlib import Path
from threading import Event, Thread

import pytest
from pydantic import TypeAdapter

from assistant import audit_store
from index.backup import AUDIT_FILE, MANIFEST, BadBackup, Manifest, Packed, backup
from index.checks import check
from index.errors import DamagedWorkspace, NoWorkspace, WorkspaceBusy
from index.restore import restore
from index.workspace import STORE_FILE, locked, open_workspace
from tests.fakes import bring_in
from tests.index import faulty


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """With what an audit keeps, and a posted article."""
    workspace = faulty.make(tmp_path_factory.mktemp("pristine"))
    with audit_store.opened(workspace, "") as store:
        store.dismiss_all({"x-0123456789ab": "the same bridge"})
    (workspace / "posted").mkdir()
    posted = workspace / "posted" / f"{'ab' * 16}.json"
    posted.write_text(json.dumps({"id": "lighthouse", "text": "The lighthouse of Wick was lit in June."}))
    bring_in(workspace, posted)
    return workspace


@pytest.fixture
def workspace(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "w"))


@pytest.fixture(scope="module")
def archive(pristine: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("archive") / "kept.tar"
    backup(pristine, file)
    return file


def everything(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_what_comes_back_answers_as_what_was_kept(pristine: Path, archive: Path, tmp_path: Path) -> None:
    made = restore(archive, tmp_path / "new")
    assert faulty.answers(tmp_path / "new") == faulty.answers(pristine)
    assert made.articles == len(faulty.TOWNS) + 1
    with audit_store.opened(tmp_path / "new", "") as store:
        assert store.dismissed() == {"x-0123456789ab": "the same bridge"}
    assert everything(tmp_path / "new" / "posted") == everything(pristine / "posted")
    with open_workspace(tmp_path / "new") as opened:
        assert all(one.passed for one in check(opened))


def test_the_name_of_what_audits_keep_is_the_one_that_audits_use() -> None:
    assert audit_store.FILE == AUDIT_FILE


def test_indexes_are_not_kept(archive: Path) -> None:
    with tarfile.open(archive) as tar:
        assert tar.getnames() == [MANIFEST, AUDIT_FILE, STORE_FILE, f"posted/{'ab' * 16}.json"]


def test_a_file_that_is_there_is_written_over_only_by_force(workspace: Path, tmp_path: Path) -> None:
    (tmp_path / "x.tar").write_text("mine")
    with pytest.raises(BadBackup, match="--force"):
        backup(workspace, tmp_path / "x.tar")
    assert (tmp_path / "x.tar").read_text() == "mine"
    backup(workspace, tmp_path / "x.tar", force=True)
    assert tarfile.is_tarfile(tmp_path / "x.tar")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["w", "x.tar"]


@pytest.mark.parametrize("place", ["w/x.tar", "w/crosscheck.sqlite", "nowhere/x.tar/y.tar", "."])
def test_a_place_where_no_backup_can_be_is_refused(workspace: Path, tmp_path: Path, place: str) -> None:
    (tmp_path / "nowhere").write_text("a file")
    before = everything(workspace)
    with pytest.raises(BadBackup):
        backup(workspace, tmp_path / place, force=True)
    assert everything(workspace) == before


def test_without_a_workspace_there_is_nothing_to_keep(tmp_path: Path) -> None:
    with pytest.raises(NoWorkspace):
        backup(tmp_path / "w", tmp_path / "x.tar")
    assert list(tmp_path.iterdir()) == []


def test_a_damaged_workspace_is_not_kept_as_if_it_were_sound(workspace: Path, tmp_path: Path) -> None:
    path = faulty.store(workspace)
    faulty.flip(path, path.read_bytes().index(b"closed for 7 days"))
    with pytest.raises(DamagedWorkspace, match="doctor --repair"):
        backup(workspace, tmp_path / "x.tar")
    assert not (tmp_path / "x.tar").exists()


def test_a_backup_while_an_ingest_runs_is_of_one_moment(workspace: Path, tmp_path: Path) -> None:
    folder = tmp_path / "more"
    folder.mkdir()
    ended = Event()

    def write() -> None:
        for number in range(8):
            for name in "ab":  # two articles a step, always of one state
                (folder / f"{name}.txt").write_text(f"The tower {name} was {number} metres high, all said.")
            bring_in(workspace, folder)
        ended.set()

    writer = Thread(target=write)
    writer.start()
    heights = set()
    count = 0
    while not ended.is_set():
        backup(workspace, tmp_path / "x.tar", force=True)
        restore(tmp_path / "x.tar", tmp_path / "new", replace=True)
        with open_workspace(tmp_path / "new") as opened, opened.viewing() as view:
            found = [view.find(name) for name in "ab"]
        texts = {one.text.split(" was ")[1] for one in found if one is not None}
        assert len(texts) <= 1
        heights |= texts
        count += 1
    writer.join()
    assert count >= 2
    assert len(heights) >= 2


def test_a_folder_that_holds_a_workspace_is_left_alone_unless_told(workspace: Path, archive: Path) -> None:
    before = everything(workspace)
    with pytest.raises(BadBackup, match="--replace"):
        restore(archive, workspace)
    assert everything(workspace) == before


def test_what_else_is_in_the_folder_stays(workspace: Path, archive: Path, pristine: Path) -> None:
    (workspace / "notes.txt").write_text("mine")
    (workspace / "posted" / "other.json").write_text("{}")
    bring_in(workspace, faulty.articles(workspace.parent / "more"))
    restore(archive, workspace, replace=True)
    assert (workspace / "notes.txt").read_text() == "mine"
    assert not (workspace / "posted" / "other.json").exists()
    assert faulty.answers(workspace) == faulty.answers(pristine)
    assert not list(workspace.glob("restore.*"))


def test_while_another_command_writes_nothing_is_replaced(workspace: Path, archive: Path) -> None:
    before = faulty.answers(workspace)
    with locked(workspace), pytest.raises(WorkspaceBusy):
        restore(archive, workspace, replace=True)
    assert faulty.answers(workspace) == before


def test_who_reads_meanwhile_reads_on(workspace: Path, archive: Path) -> None:
    with open_workspace(workspace) as opened, opened.reading() as (view, _):
        before = view.article("article-01").text
        restore(archive, workspace, replace=True)
        assert view.article("article-01").text == before
    assert faulty.answers(workspace)
    with open_workspace(workspace) as again:
        assert all(one.passed for one in check(again))


class Killed(BaseException):
    """As if the process had ended here."""


@pytest.mark.parametrize("steps", range(1, 12))
def test_a_restore_that_is_killed_on_its_way_is_finished_by_the_next(
    workspace: Path, archive: Path, pristine: Path, monkeypatch: pytest.MonkeyPatch, steps: int
) -> None:
    bring_in(workspace, faulty.articles(workspace.parent / "more"))
    done = 0
    move = Path.replace

    def stepping(path: Path, target: Path) -> Path:
        nonlocal done
        done += 1
        if done == steps:
            raise Killed
        return move(path, target)

    monkeypatch.setattr(Path, "replace", stepping)
    try:
        restore(archive, workspace, replace=True)
    except Killed:
        kept = [*workspace.glob("restore.*/crosscheck.sqlite"), *workspace.glob("crosscheck.sqlite")]
        assert kept, "neither the old nor the new one is there"
    monkeypatch.undo()
    restore(archive, workspace, replace=True)
    assert faulty.answers(workspace) == faulty.answers(pristine)


# Archives that are no good


def refused(file: Path, folder: Path) -> str:
    with pytest.raises(BadBackup) as caught:
        restore(file, folder)
    assert not folder.exists()
    return str(caught.value)


def test_any_flipped_byte_is_noticed_or_changes_nothing(archive: Path, tmp_path: Path, pristine: Path) -> None:
    expected = faulty.answers(pristine)
    size = archive.stat().st_size
    told = 0
    for at in range(0, size, size // 40):
        damaged = tmp_path / "damaged.tar"
        shutil.copy(archive, damaged)
        faulty.flip(damaged, at)
        try:
            restore(damaged, tmp_path / "new")
        except BadBackup:
            told += 1
            assert not (tmp_path / "new").exists()
        else:
            assert faulty.answers(tmp_path / "new") == expected
            shutil.rmtree(tmp_path / "new")
    assert told > 30


@pytest.mark.parametrize("share", [0.0, 0.01, 0.3, 0.9])
def test_an_archive_that_was_cut_off_is_refused(archive: Path, tmp_path: Path, share: float) -> None:
    (tmp_path / "cut.tar").write_bytes(archive.read_bytes()[: int(share * archive.stat().st_size)])
    assert "cut.tar" in refused(tmp_path / "cut.tar", tmp_path / "new")


def test_a_file_that_is_no_archive_is_refused(tmp_path: Path) -> None:
    (tmp_path / "letter.txt").write_text("Dear reader, " * 100)
    assert "is no archive of a workspace" in refused(tmp_path / "letter.txt", tmp_path / "new")
    assert "There is no file" in refused(tmp_path / "nothing.tar", tmp_path / "new")


def changed(archive: Path, into: Path, change: Callable[[str, bytes], tuple[tarfile.TarInfo, bytes] | None]) -> Path:
    """The archive with other entries, and a manifest that fits them."""
    with tarfile.open(archive) as tar, tarfile.open(into, "w") as out:
        for entry in tar:
            opened = tar.extractfile(entry)
            assert opened is not None
            new = change(entry.name, opened.read())
            if new is not None:
                out.addfile(new[0], io.BytesIO(new[1]))
    with into.open("ab") as out_of_it:
        out_of_it.write(bytes(archive.stat().st_size))  # so that it is not refused for being smaller
    return into


def entry_of(name: str, content: bytes, kind: bytes = tarfile.REGTYPE, link: str = "") -> tarfile.TarInfo:
    entry = tarfile.TarInfo(name)
    entry.size, entry.type, entry.linkname = len(content), kind, link
    return entry


TRICKS = {
    "an absolute path": ("/etc/passwd", tarfile.REGTYPE),
    "a path upwards": ("../../evil.sqlite", tarfile.REGTYPE),
    "a path upwards from inside": ("posted/../../evil.json", tarfile.REGTYPE),
    "a symbolic link": (STORE_FILE, tarfile.SYMTYPE),
    "a hard link": (STORE_FILE, tarfile.LNKTYPE),
    "a device": (STORE_FILE, tarfile.CHRTYPE),
    "a folder": (STORE_FILE, tarfile.DIRTYPE),
    "something else": ("readme.txt", tarfile.REGTYPE),
}


@pytest.mark.parametrize("trick", TRICKS)
def test_paths_that_lead_elsewhere_are_refused_by_name(archive: Path, tmp_path: Path, trick: str) -> None:
    name, kind = TRICKS[trick]

    def change(old: str, content: bytes) -> tuple[tarfile.TarInfo, bytes]:
        if old != STORE_FILE:
            return entry_of(old, content), content
        kept = content if kind == tarfile.REGTYPE else b""
        return entry_of(name, kept, kind, "/etc/passwd"), kept

    bad = changed(archive, tmp_path / "bad.tar", change)
    assert repr(name) in refused(bad, tmp_path / "new")
    assert sorted(path.name for path in tmp_path.iterdir()) == ["bad.tar"]


def test_even_where_the_manifest_names_it_a_foreign_path_is_refused(archive: Path, tmp_path: Path) -> None:
    def change(old: str, content: bytes) -> tuple[tarfile.TarInfo, bytes]:
        name = "../evil.json" if old.startswith("posted/") else old
        if old == MANIFEST:
            found = TypeAdapter(Manifest).validate_json(content)
            files = tuple(
                Packed("../evil.json", one.size, one.sha256) if one.name.startswith("posted/") else one
                for one in found.files
            )
            content = json.dumps(asdict(replace(found, files=files).sealed())).encode()
        return entry_of(name, content), content

    bad = changed(archive, tmp_path / "bad.tar", change)
    assert "'../evil.json'" in refused(bad, tmp_path / "new")
    assert not (tmp_path.parent / "evil.json").exists()


def test_an_archive_from_a_later_version_says_which(archive: Path, tmp_path: Path) -> None:
    def change(old: str, content: bytes) -> tuple[tarfile.TarInfo, bytes]:
        if old == MANIFEST:
            content = json.dumps({**json.loads(content), "form": 99, "version": "7.5"}).encode()
        return entry_of(old, content), content

    assert "7.5" in refused(changed(archive, tmp_path / "bad.tar", change), tmp_path / "new")


def test_a_store_that_would_act_by_itself_is_refused(workspace: Path, tmp_path: Path) -> None:
    with closing(sqlite3.connect(faulty.store(workspace))) as connection:
        connection.execute("CREATE TRIGGER evil AFTER INSERT ON files BEGIN DELETE FROM articles; END")
        connection.commit()
    backup(workspace, tmp_path / "x.tar")
    assert "'evil'" in refused(tmp_path / "x.tar", tmp_path / "new")
