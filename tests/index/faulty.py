"""Damage done on purpose, and a small workspace whose every answer is known."""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path

from index.models import Filters
from index.search import Limits, search
from index.workspace import STORE_FILE, open_workspace
from tests.fakes import HashedWords, bring_in

QUESTIONS = ("harbour closed", "bridge opened in May", "ferry late", "what did the mayor say")
TOWNS = ("Aster", "Birk", "Calder", "Dunmore", "Elm", "Farrow", "Glen", "Holt", "Isla", "Jarrow", "Kell", "Lund")


def articles(folder: Path) -> Path:
    """A folder of articles, a few sentences each."""
    folder.mkdir(exist_ok=True)
    for number in range(len(TOWNS)):
        (folder / f"article-{number:02}.txt").write_text(
            f"The bridge of {TOWNS[number]} was opened in May. The mayor of {TOWNS[number]} said so on Monday.\n"
            f"{'It rained all day. ' * number}The ferry was late. The harbour was closed for {number} days."
        )
    return folder


def make(root: Path) -> Path:
    """A workspace of two generations, so that there are superseded texts too."""
    folder = articles(root / "articles")
    bring_in(root / "w", folder)
    (folder / "article-03.txt").write_text("The harbour was open on all days. The ferry of Dunmore was on time.")
    bring_in(root / "w", folder)
    return root / "w"


Answer = list[tuple[str, int, str, float]]
"""Article, revision, quote and score, by rank."""


def answers(workspace: Path) -> list[Answer]:
    """What the questions find. Raises WorkspaceError."""
    found = []
    with open_workspace(workspace) as opened, opened.reading() as (view, derived):
        for question in QUESTIONS:
            vector = HashedWords.embed([question])[0]
            hits = search(question, vector, view=view, derived=derived, filters=Filters(), limits=Limits(top_k=20)).hits
            found.append([(h.passage.article.id, h.passage.article.revision, h.passage.text, h.score) for h in hits])
    return found


def files(workspace: Path) -> list[Path]:
    """Every file that holds anything."""
    return sorted(path for path in workspace.rglob("*") if path.is_file() and path.stat().st_size)


def store(workspace: Path) -> Path:
    return workspace / STORE_FILE


def flip(path: Path, at: int, *, times_put_back: bool = False, mask: int = 0x10) -> None:
    """Changes a byte; as rotting hardware does where times are put back, which no time of change tells."""
    before = path.stat()
    with path.open("r+b") as file:
        file.seek(at)
        byte = file.read(1)[0]
        file.seek(at)
        file.write(bytes([byte ^ mask]))
    if times_put_back:
        os.utime(path, ns=(before.st_atime_ns, before.st_mtime_ns))


def spoil(path: Path, pages: Sequence[int], *, size: int = 4096) -> None:
    """Overwrites whole pages, numbered from 1, with what no page is."""
    with path.open("r+b") as file:
        for page in pages:
            file.seek((page - 1) * size)
            file.write(b"\xa5" * size)


def page_of(path: Path, words: str, *, size: int = 4096) -> int:
    """The number of the first page that holds these words."""
    return path.read_bytes().index(words.encode()) // size + 1
