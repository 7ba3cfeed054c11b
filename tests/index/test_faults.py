"""Damaged, cut off and missing files of a workspace: the answers of before, or an error that names the damage."""

from __future__ import annotations

import random
import shutil
from collections.abc import Callable
from pathlib import Path

import pytest

from index.checks import check
from index.errors import WorkspaceError
from index.repair import repair
from index.workspace import open_workspace
from tests.fakes import Silent, bring_in, engine
from tests.index import faulty

Damage = Callable[[Path], None]


@pytest.fixture(scope="module")
def pristine(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return faulty.make(tmp_path_factory.mktemp("pristine"))


@pytest.fixture(scope="module")
def expected(pristine: Path) -> list[faulty.Answer]:
    return faulty.answers(pristine)


@pytest.fixture
def workspace(pristine: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(pristine, tmp_path / "w"))


def again(pristine: Path, workspace: Path) -> None:
    shutil.rmtree(workspace)
    shutil.copytree(pristine, workspace)


def refusal(workspace: Path, expected: list[faulty.Answer]) -> str:
    """What the workspace says where it does not answer; what it answers must be what it answered before."""
    try:
        assert faulty.answers(workspace) == expected
    except WorkspaceError as error:
        return str(error)
    return ""


def faults(workspace: Path) -> list[str]:
    """What the doctor finds."""
    try:
        with open_workspace(workspace) as opened:
            return [one.name for one in check(opened) if not one.passed]
    except WorkspaceError as error:
        return [str(error)]


def quotes(answers: list[faulty.Answer]) -> list[list[tuple[str, str]]]:
    """Without the revision, which begins anew for an article that had to be read again, and without the order of
    equals."""
    return [sorted((article, quote) for article, _, quote, _ in answer) for answer in answers]


def mended(workspace: Path, pristine: Path) -> list[faulty.Answer]:
    """The answers after a repair, and after reading again what it names as lost."""
    done = repair(workspace, engine=lambda _: engine(), events=Silent())
    if done.lost:
        bring_in(workspace, pristine.parent / "articles")
    assert faults(workspace) == []
    return faulty.answers(workspace)


def now(workspace: Path) -> Path:
    """The derived folder that readers use."""
    with open_workspace(workspace) as opened:
        return opened.derived_folder(opened.store.published)


def index_files(workspace: Path) -> list[str]:
    return [path.relative_to(workspace).as_posix() for path in faulty.files(now(workspace))]


def flipped(path: Path) -> None:
    faulty.flip(path, path.stat().st_size // 2)


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[: path.stat().st_size // 2])


def emptied(path: Path) -> None:
    path.write_bytes(b"")


DAMAGES: dict[str, Damage] = {
    "flipped in its middle": flipped,
    "cut off": cut,
    "emptied": emptied,
    "deleted": Path.unlink,
}


@pytest.mark.parametrize("damage", DAMAGES)
def test_any_damaged_index_file_is_made_anew_and_answers_stay(
    damage: str, pristine: Path, workspace: Path, expected: list[faulty.Answer]
) -> None:
    for name in index_files(pristine):
        DAMAGES[damage](workspace / name)
        assert refusal(workspace, expected) == "", name
        again(pristine, workspace)


def test_what_rots_in_an_index_file_the_doctor_notices_and_a_repair_mends(
    pristine: Path, workspace: Path, expected: list[faulty.Answer]
) -> None:
    """No time of change tells of it, and a question does not read every byte."""
    for path in faulty.files(now(pristine)):
        if path.name == "seals.json":  # what it says is only taken for true where everything else fits too
            continue
        faulty.flip(workspace / path.relative_to(pristine), path.stat().st_size // 2, times_put_back=True)
        assert faults(workspace) != [], path.name
        repair(workspace, engine=lambda _: engine(), events=Silent())
        assert faults(workspace) == []
        assert faulty.answers(workspace) == expected
        again(pristine, workspace)


def test_all_indexes_deleted_are_made_anew(workspace: Path, expected: list[faulty.Answer]) -> None:
    shutil.rmtree(workspace / "derived")
    assert refusal(workspace, expected) == ""


@pytest.mark.parametrize("times_put_back", [False, True])
def test_a_flipped_byte_in_the_store_is_never_a_wrong_quote(
    pristine: Path, workspace: Path, expected: list[faulty.Answer], times_put_back: bool
) -> None:
    chance = random.Random(4)
    size = faulty.store(pristine).stat().st_size
    known = {hit[:3] for answer in expected for hit in answer}
    refused = 0
    for _ in range(60):
        faulty.flip(faulty.store(workspace), chance.randrange(size), times_put_back=times_put_back)
        try:
            found = faulty.answers(workspace)
        except WorkspaceError:
            refused += 1
        else:
            assert {hit[2] for answer in found for hit in answer} <= {quote for _, _, quote in known}
        again(pristine, workspace)
    assert refused


TEXT = "The harbour was closed for 7 days"


def in_text(path: Path) -> None:
    faulty.flip(path, path.read_bytes().index(TEXT.encode()) + 4)


def page_of_texts(path: Path) -> None:
    faulty.spoil(path, [faulty.page_of(path, TEXT)])


def first_page(path: Path) -> None:
    faulty.spoil(path, [1])


def cut_off(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-4000])


def no_database(path: Path) -> None:
    path.write_bytes(b"This is a letter and no database.\n" * 1000)


STORE_DAMAGES: tuple[Damage, ...] = (in_text, page_of_texts, first_page, cut_off, no_database)


@pytest.mark.parametrize("damage", STORE_DAMAGES)
def test_a_damaged_store_is_refused_by_name_and_mended(
    damage: Damage, pristine: Path, workspace: Path, expected: list[faulty.Answer]
) -> None:
    damage(faulty.store(workspace))
    told = refusal(workspace, expected)
    assert "damaged" in told or "no Crosscheck workspace" in told
    assert "crosscheck doctor --repair" in told
    assert faults(workspace) != []
    if damage is no_database:
        with pytest.raises(WorkspaceError, match="crosscheck restore FILE --replace"):
            mended(workspace, pristine)
        assert faulty.store(workspace).read_bytes().startswith(b"This is a letter")
    else:
        assert quotes(mended(workspace, pristine)) == quotes(expected)


def test_a_damaged_lock_file_is_no_obstacle(pristine: Path, workspace: Path) -> None:
    (workspace / "lock").write_bytes(b"\xff" * 100)
    (pristine.parent / "articles" / "later.txt").write_text("The lighthouse of Wick was lit in June.")
    assert bring_in(workspace, pristine.parent / "articles").added == 1
    (pristine.parent / "articles" / "later.txt").unlink()


def test_a_folder_in_the_place_of_a_file_is_refused_by_name(workspace: Path) -> None:
    (workspace / "lock").unlink()
    (workspace / "lock").mkdir()
    with pytest.raises(WorkspaceError, match="cannot be used"):
        bring_in(workspace, workspace)
