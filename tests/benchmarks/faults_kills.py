"""Ingests killed at random points, again and again over the same workspace: what was reported as done must be there.

Everything is real but the encoder. Writers are forked from a process that has loaded everything, so that a kill falls
into an ingest and not into importing. Half of the kills fall on a workspace so large that indexes are extended rather
than made anew.
"""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from multiprocessing.process import BaseProcess
from pathlib import Path
from tempfile import TemporaryDirectory

from index.checks import check
from index.errors import NoWorkspace
from index.planning import make_order
from index.sync import Engine, ingest
from index.workspace import open_workspace
from tests.fakes import IDENTITY, HashedWords, count_words

SMALL, LARGE = 60, 2_300
"""Articles; the indexes of more than 2,000 passages are extended."""
_WINDOW = 8
SINCE = 1, 2
"""Reports from which the time to a kill runs, by turns: the first is made at the beginning, which is mostly reading of
files, the second after the first transaction."""


@dataclass(frozen=True, slots=True)
class Kill:
    """One killed ingest."""

    articles: int
    reported: int
    """Articles that it had reported as written,"""
    changed: int
    """of so many."""
    finished: bool
    """Whether it was done before it could be killed."""
    wrong: str = ""


class Reports:
    """Writes how many articles are durable to a file, a number a line."""

    def __init__(self, file: Path) -> None:
        self._out = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        self._written = 0

    def reading(self, done: int, total: int) -> None: ...

    def planned(self, articles: int) -> None: ...

    def encoding(self, articles: int, done: int, total: int) -> None: ...

    def written(self, articles: int, passages: int) -> None:
        self._written += articles
        os.write(self._out, f"{self._written}\n".encode())


def bring_in(workspace: Path, folder: Path, reports: Path) -> None:
    """What the writer process does."""
    engine = Engine(IDENTITY, HashedWords(), count_words, window=_WINDOW)
    events = Reports(reports)
    os.write(events._out, b"0\n")
    with open_workspace(workspace, create=True) as opened:
        ingest(opened, make_order([folder], workspace=workspace, prune=True), engine=engine, events=events)


@dataclass(slots=True)
class Bench:
    """A folder of articles that changes, and the workspace that is kept in line with it."""

    root: Path
    articles: int
    chance: random.Random
    texts: dict[str, str] = field(default_factory=dict)
    """What stands in the folder, by article id."""
    version: int = 0

    @property
    def folder(self) -> Path:
        return self.root / "articles"

    @property
    def workspace(self) -> Path:
        return self.root / "workspace"

    def begin(self) -> None:
        self.folder.mkdir(parents=True)
        for number in range(self.articles):
            self._write(f"article-{number:05}")

    def waiting(self, before: Mapping[str, str]) -> list[str]:
        """What is new or changed since, in the order in which an ingest writes it."""
        changed = [id_ for id_, text in self.texts.items() if before.get(id_) != text]
        return sorted(changed, key=lambda id_: str(self.folder / f"{id_}.txt"))

    def change(self) -> None:
        """Adds, revises and removes."""
        self.version += 1
        known = sorted(self.texts)
        changed = self.chance.sample(known, min(len(known), self.chance.randrange(5, 40)))
        gone = set(self.chance.sample(known, self.chance.randrange(0, 6))) - set(changed)
        new = [f"new-{self.version:04}-{number}" for number in range(self.chance.randrange(0, 12))]
        for id_ in (*changed, *new):
            self._write(id_)
        for id_ in gone:
            (self.folder / f"{id_}.txt").unlink()
            del self.texts[id_]

    def _write(self, id_: str) -> None:
        self.texts[id_] = f"The bridge {id_} was opened in {self.version}. It cost {self.version} million marks."
        (self.folder / f"{id_}.txt").write_text(self.texts[id_])


def seen(workspace: Path) -> dict[str, str]:
    """Texts by id as a reader sees them; raises AssertionError where rows and indexes are not of one generation."""
    with open_workspace(workspace) as opened, opened.reading() as (view, derived):
        texts = {listing.id: view.article(listing.id).text for listing in view.listings()}
        shown = derived.passages[derived.present(), 0].tolist()
        passages = view.passages(shown)
        assert {passage.article.id for passage in passages} == set(texts), "rows and indexes differ"
        for passage in passages:
            assert texts[passage.article.id][passage.start : passage.end] == passage.text, passage.article.id
        vector = HashedWords().embed([passages[0].text])[0]
        positions, _ = derived.dense.search(vector, 3, allowed=None)
        best = [derived.passages[position, 0] for position in positions.tolist()]
        assert shown[0] in best, "a vector is not that of its passage"
    return texts


def verify(bench: Bench, before: dict[str, str], done: Sequence[str]) -> str:
    """What is wrong after a kill; empty where nothing is."""
    try:
        found = seen(bench.workspace)
        with open_workspace(bench.workspace) as opened:
            failed = [one.found for one in check(opened) if not one.passed]
    except NoWorkspace:
        return "" if not done and not before else "the workspace is gone"
    except Exception as error:
        return f"{type(error).__name__}: {error}"
    lost = [id_ for id_ in done if found.get(id_) != bench.texts[id_]]
    torn = [id_ for id_, text in found.items() if text not in (bench.texts.get(id_), before.get(id_))]
    gone = [id_ for id_ in before if id_ in bench.texts and id_ not in found]
    return "; ".join(
        [
            f"{len(ids)} articles {what}: {ids[:3]}"
            for what, ids in (("lost", lost), ("torn", torn), ("gone", gone))
            if ids
        ]
        + failed
    )


def run(count: int, *, seed: int, tell: Callable[[str], None]) -> list[Kill]:
    """Half of the kills over a small workspace, half over a large one."""
    context = multiprocessing.get_context("forkserver")
    context.set_forkserver_preload([__name__])
    found: list[Kill] = []
    with TemporaryDirectory() as temporary:
        for articles, kills in ((SMALL, count // 2), (LARGE, count - count // 2)):
            bench = Bench(Path(temporary) / str(articles), articles, random.Random(seed + articles))
            bench.begin()
            found += _kills(bench, kills, context.Process, tell)
    return found


def _kills(bench: Bench, kills: int, process: Callable[..., BaseProcess], tell: Callable[[str], None]) -> list[Kill]:
    reports = bench.root / "reports"
    writer = partial(process, target=bring_in, args=(bench.workspace, bench.folder, reports))
    _undisturbed(writer(), reports)
    lengths = []
    for since in SINCE:
        bench.change()
        lengths.append(_undisturbed(writer(), reports, since=since))
    found: list[Kill] = []
    for number in range(kills):
        before = seen(bench.workspace)
        bench.change()
        waiting = bench.waiting(before)
        since = number % len(SINCE)
        finished = _killed(writer(), reports, bench.chance.random() * lengths[since], since=SINCE[since])
        reported = int(reports.read_text().split()[-1])
        wrong = verify(bench, before, waiting[:reported])
        if not wrong and finished and seen(bench.workspace) != bench.texts:
            wrong = "an ingest that ended has not brought everything in"
        found.append(Kill(bench.articles, reported, len(waiting), finished, wrong))
        if (number + 1) % 10 == 0:
            tell(f"{number + 1} of {kills} kills over {bench.articles:,} articles")
    _undisturbed(writer(), reports)
    if seen(bench.workspace) != bench.texts:
        found.append(Kill(bench.articles, 0, 0, True, "the ingest after the kills has not brought everything in"))
    return found


def _undisturbed(process: BaseProcess, reports: Path, *, since: int = 1) -> float:
    """Seconds of an ingest that runs to its end."""
    started = _begun(process, reports, since)
    process.join()
    assert process.exitcode == 0
    return time.perf_counter() - started


def _killed(process: BaseProcess, reports: Path, seconds: float, *, since: int) -> bool:
    """Kills it so long after that report; whether it had ended by then."""
    _begun(process, reports, since)
    process.join(seconds)
    finished = process.exitcode == 0
    if process.is_alive() and process.pid:
        os.kill(process.pid, signal.SIGKILL)
    process.join()
    return finished


def _begun(process: BaseProcess, reports: Path, since: int) -> float:
    """Starts it and waits until it has reported so many times; when that was."""
    reports.unlink(missing_ok=True)
    process.start()
    while not (reports.exists() and reports.read_bytes().count(b"\n") >= since) and process.is_alive():
        time.sleep(0.001)
    return time.perf_counter()


def table(kills: Sequence[Kill]) -> str:
    lines = [f"{'articles':>10}{'kills':>8}{'before writing':>16}{'while writing':>16}{'publishing':>12}{'ended':>8}"
             f"{'WRONG':>8}"]  # fmt: skip
    for articles in sorted({one.articles for one in kills}):
        of_size = [one for one in kills if one.articles == articles]
        where = Counter(_where(one) for one in of_size)
        cells = [where[name] for name in ("before", "writing", "publishing", "ended")]
        wrong = sum(bool(one.wrong) for one in of_size)
        lines.append(
            f"{articles:>10,}{len(of_size):>8}{cells[0]:>16}{cells[1]:>16}{cells[2]:>12}{cells[3]:>8}{wrong:>8}"
        )
    return "\n".join([*lines, *(f"{one.articles} articles: {one.wrong}" for one in kills if one.wrong)])


def _where(one: Kill) -> str:
    if one.finished:
        return "ended"
    if one.reported == 0:
        return "before"
    return "writing" if one.reported < one.changed else "publishing"
