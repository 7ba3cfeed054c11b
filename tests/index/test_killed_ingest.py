"""`kill -9` at many points of a real ingest: what was reported is there, and the next command just works."""

from __future__ import annotations

import random
import re
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from index.checks import check
from index.errors import NoWorkspace
from index.workspace import open_workspace
from tests.fakes import bring_in

ROOT = Path(__file__).parent.parent.parent
ARTICLES = 60
KILLS = 24


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("articles")
    for number in range(ARTICLES):
        write(made, number, f"The bridge number {number} was opened in May.\nIt cost {number} million marks.")
    return made


def write(folder: Path, number: int, text: str) -> None:
    (folder / f"bridge-{number}.txt").write_text(text)


def start(workspace: Path, folder: Path) -> subprocess.Popen[str]:
    command = [sys.executable, "-m", "tests.index.ingesting", str(workspace), str(folder)]
    return subprocess.Popen(command, stderr=subprocess.PIPE, text=True, cwd=ROOT)


def killed_after(process: subprocess.Popen[str], seconds: float) -> int:
    """Kills it and returns how many articles it had reported as written."""
    time.sleep(seconds)
    process.send_signal(signal.SIGKILL)
    _, reports = process.communicate()
    return max((int(n) for n in re.findall(r"Written (\d+) of", reports)), default=0)


def seen(workspace: Path) -> dict[str, str]:
    """Article texts by id as a reader sees them, every passage checked against its article."""
    with open_workspace(workspace) as opened, opened.reading() as (view, derived):
        texts = {listing.id: view.article(listing.id).text for listing in view.listings()}
        for passage in view.passages(derived.passages[derived.present(), 0].tolist()):
            assert texts[passage.article.id][passage.start : passage.end] == passage.text
        return texts


@pytest.fixture(scope="module")
def length(folder: Path, tmp_path_factory: pytest.TempPathFactory) -> float:
    """Seconds that an undisturbed ingest takes here."""
    started = time.perf_counter()
    process = start(tmp_path_factory.mktemp("whole") / "w", folder)
    process.communicate()
    assert process.returncode == 0
    return time.perf_counter() - started


@pytest.mark.parametrize("kill", range(KILLS))
def test_a_killed_first_ingest_loses_nothing_that_it_reported(
    kill: int, folder: Path, length: float, tmp_path: Path
) -> None:
    workspace = tmp_path / "w"
    reported = killed_after(start(workspace, folder), length * (kill + random.Random(kill).random()) / KILLS)
    try:
        found = seen(workspace)
    except NoWorkspace:
        assert reported == 0
    else:
        assert len(found) >= reported
        with open_workspace(workspace) as opened:
            assert all(one.passed for one in check(opened))
    bring_in(workspace, folder, prune=True)
    assert len(seen(workspace)) == ARTICLES


def test_repeated_kills_of_a_changing_ingest_end_in_the_same_workspace(
    folder: Path, length: float, tmp_path: Path
) -> None:
    changed = tmp_path / "changed"
    changed.mkdir()
    for number in range(5, ARTICLES + 5):
        write(changed, number, f"The bridge number {number} was opened in June, not in May.")
    workspace = tmp_path / "w"
    for kill in range(6):
        killed_after(start(workspace, changed if kill % 2 else folder), length * (0.4 + kill / 10))
    bring_in(workspace, changed, prune=True)
    bring_in(tmp_path / "undisturbed", changed, prune=True)
    expected = seen(tmp_path / "undisturbed")
    found = seen(workspace)
    assert {text for text in found.values() if "June" in text} == set(expected.values())
