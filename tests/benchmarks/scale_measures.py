"""What the scale benchmark measures of one workspace, each in a process that did nothing before.

Every function takes the workspace and questions and gives figures by name; `scale` runs them, keeps what they found
and lays it out.
"""

from __future__ import annotations

import json
import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path
from time import perf_counter, process_time
from typing import IO

import numpy as np
from numpy.typing import NDArray

from assistant.models import Question, ask
from assistant.settings import load
from assistant.wiring import opened
from index.sync import Engine, ingest
from index.workspace import Workspace, open_workspace
from tests.benchmarks.measuring import median
from tests.benchmarks.scale_engine import Derived
from tests.benchmarks.scale_vectors import connected, unpacked

Figures = dict[str, float]

_TIE = 1e-5
"""Two ways to add up 384 products differ by less."""


class Phases:
    """When planning and writing ended, by the clock and of the processor."""

    def __init__(self) -> None:
        self.planned_at = self.written_at = now()

    def reading(self, done: int, total: int) -> None:
        pass

    def planned(self, articles: int) -> None:
        self.planned_at = self.written_at = now()

    def encoding(self, articles: int, done: int, total: int) -> None:
        pass

    def written(self, articles: int, passages: int) -> None:
        self.written_at = now()


def build(real: Path, folder: Path) -> Figures:
    """Ingests the articles of `folder` into its workspace. Peak memory holds the stand-in encoder's tables too."""
    from assistant.wiring.export import encoder_files, identity
    from index.exported import export_folder, read_manifest
    from index.planning import make_order
    from index.tokens import TokenCounter

    settings = load({"workspace": folder / "workspace"})
    shutil.rmtree(settings.workspace, ignore_errors=True)
    encode, phases = Derived(real, folder), Phases()
    order = make_order([folder / "articles"], workspace=settings.workspace)
    with open_workspace(settings.workspace, create=True) as workspace:
        files = encoder_files(settings, workspace)
        exported = export_folder(settings.cache, files.name, revision=files.revision)
        engine = Engine(identity(read_manifest(exported)), encode, TokenCounter(files).count)
        started = now()
        summary = ingest(workspace, order, engine=engine, events=phases)
        ended = now()
    return {
        "articles": summary.added,
        "passages": summary.passages,
        **spent("reading", started, phases.planned_at),
        **spent("writing", phases.planned_at, phases.written_at),
        "encoding": encode.seconds,
        **spent("publishing", phases.written_at, ended),
        "unknown": encode.unknown,
    }


def now() -> tuple[float, float]:
    return perf_counter(), process_time()


def spent(name: str, start: tuple[float, float], end: tuple[float, float]) -> Figures:
    return {f"{name} wall": end[0] - start[0], f"{name} cpu": end[1] - start[1]}


def sizes(folder: Path) -> Figures:
    """Megabytes on disk."""
    workspace = folder / "workspace"
    derived = {path.stat().st_ino: path.stat().st_size for path in (workspace / "derived").rglob("*") if path.is_file()}
    return {
        "database": sum(path.stat().st_size for path in workspace.glob("crosscheck.sqlite*")) / 1e6,
        "indexes": sum(derived.values()) / 1e6,
    }


def searches(folder: Path, questions: Sequence[str]) -> Figures:
    """Memory of a desk and times of its searches, with and without filters."""
    settings = load({"workspace": folder / "workspace"})
    half, day, publisher = middle(settings.workspace)
    ways: dict[str, Callable[[str], Question]] = {
        "search": ask,
        "since half": partial(ask, since=half),
        "publisher": partial(ask, publishers=(publisher,)),
        "as of": partial(ask, as_of=day),
    }
    found: Figures = {}
    with opened(settings) as desk:
        timed(desk.search, [ask(text) for text in questions[:100]])
        found["resident"] = resident()
        for name, put in ways.items():
            asked = [put(text) for text in questions]
            timed(desk.search, asked[:10])
            for clock, times in timed(desk.search, asked).items():
                found[f"{name} {clock} p50"], found[f"{name} {clock} p95"] = np.percentile(times, (50, 95)).tolist()
    return found


def middle(workspace: Path) -> tuple[date, date, str]:
    """Days at the middle and at three quarters of the articles, and the publisher with the most of them."""
    connection = connected(workspace)
    days = sorted(row[0][:10] for row in connection.execute("SELECT published FROM revisions WHERE published NOT NULL"))
    publisher = connection.execute(
        "SELECT publisher FROM revisions WHERE publisher NOT NULL GROUP BY publisher ORDER BY count(*) DESC LIMIT 1"
    ).fetchone()[0]
    return date.fromisoformat(days[len(days) // 2]), date.fromisoformat(days[len(days) * 3 // 4]), publisher


def timed(act: Callable[[Question], object], questions: Sequence[Question]) -> dict[str, list[float]]:
    """Milliseconds of each: by the clock, and of the processor, which tells more where others use it too."""
    wall, processor = [], []
    for question in questions:
        started, used = perf_counter(), process_time()
        act(question)
        wall.append((perf_counter() - started) * 1000)
        processor.append((process_time() - used) * 1000)
    return {"wall": wall, "cpu": processor}


def resident() -> float:
    """Megabytes of this process, pages of mapped files that were read included."""
    pages = int(Path("/proc/self/statm").read_text().split()[1])
    return pages * os.sysconf("SC_PAGE_SIZE") / 1e6


def recall(folder: Path, questions: Sequence[str]) -> Figures:
    """Of the ten passages nearest by exact arithmetic, how many the dense index gives; ties count as found."""
    from assistant.wiring.export import question_export, silent
    from index.question_encoder import QuestionEncoder

    settings = load({"workspace": folder / "workspace"})
    with open_workspace(settings.workspace) as workspace:
        encoder = QuestionEncoder.open(question_export(settings, workspace, silent), threads=os.cpu_count() or 1)
        vectors = encoder.encode_questions(questions)
        with workspace.reading() as (_, derived):
            found = [derived.dense.search(vector, 100)[1] for vector in vectors]
    best = exact(settings.workspace, vectors, 100)
    return {f"recall {k}": mean_share(found, best, k) for k in (10, 100)}


def mean_share(found: Sequence[NDArray[np.float32]], best: NDArray[np.float32], k: int) -> float:
    """Of the `k` best scores, the share of those found that reach the last of them."""
    return float(np.mean([np.sum(row[:k] >= true[k - 1] - _TIE) / k for row, true in zip(found, best, strict=True)]))


def exact(workspace: Path, questions: NDArray[np.float32], k: int) -> NDArray[np.float32]:
    """The `k` best inner products of each question with the vectors of all living passages, best first."""
    best = np.full((len(questions), k), -np.inf, dtype=np.float32)
    for block in stored_vectors(workspace):
        together = np.hstack([best, questions @ block.T])
        best = -np.partition(-together, k - 1, axis=1)[:, :k]
    return -np.sort(-best, axis=1)


def stored_vectors(workspace: Path, rows: int = 20_000) -> Iterator[NDArray[np.float32]]:
    cursor = connected(workspace).execute(
        "SELECT v.vector FROM passages p JOIN vectors v ON v.number = p.vector "
        "JOIN revisions r ON r.article = p.article AND r.revision = p.revision WHERE r.died IS NULL"
    )
    while block := cursor.fetchmany(rows):
        yield unpacked(row[0] for row in block).astype(np.float32)


TEXT = " ".join(
    f"On day {day} the harbour council of Lindmouth heard that barrier number {day * 7} had cost {day * 13} million. "
    f"Engineer Ada Holm said that work on the {day}th gate would go on through winter, whatever the tides brought.\n\n"
    for day in range(1, 31)
)
"""An article of about a dozen passages."""


@dataclass(frozen=True, slots=True)
class Changed:
    """One new article, revised and removed."""

    file: Path

    def put(self, words: str) -> None:
        self.file.write_text(f"# Gates at Lindmouth\n\n{words} {TEXT}", encoding="utf-8")


def changes(folder: Path, *, times: int = 3) -> Figures:
    """Seconds to add, revise and remove one article: within a process, and as a whole one. Leaves nothing behind."""
    workspace, new = folder / "workspace", Changed(folder / "new-article.md")
    found: dict[str, list[Took]] = {}
    for time in range(times):
        for name, alone in (("", False), (" process", True)):
            new.put(f"Edition {time}{name}.")
            found.setdefault(f"add{name}", []).append(ingested(workspace, new.file, alone=alone))
            new.put(f"Edition {time}{name}, corrected.")
            found.setdefault(f"revise{name}", []).append(ingested(workspace, new.file, alone=alone))
            found.setdefault("remove", []).append(removed(workspace, new.file.stem))
    new.file.unlink()
    return {key: value for name, some in found.items() for key, value in medians(name, some).items()}


@dataclass(frozen=True, slots=True)
class Took:
    """Seconds by the clock, and of the processor; megabytes at most, where it was a whole process."""

    wall: float
    cpu: float
    peak: float = 0.0


NO_ANSWER = 4
"""How a process ends whose question the articles do not answer."""


def processed(command: Sequence[str], *, out: IO[str] | None = None) -> Took:
    """A whole process. Raises RuntimeError where it fails."""
    started = perf_counter()
    process = subprocess.Popen(command, stdout=out or subprocess.DEVNULL, stderr=None if out else subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode not in (0, NO_ANSWER):
        raise RuntimeError(f"{command} ended with {process.returncode}")
    return Took(perf_counter() - started, usage.ru_utime + usage.ru_stime, usage.ru_maxrss / 1024)


def medians(name: str, some: Sequence[Took]) -> Figures:
    return {f"{name} wall": median([one.wall for one in some]), f"{name} cpu": median([one.cpu for one in some])}


def ingested(workspace: Path, file: Path, *, alone: bool) -> Took:
    """Seconds of an ingest of one file: of the whole process, or within one that has loaded what it needs."""
    if alone:
        return processed([sys.executable, "-m", "assistant", "ingest", str(file), "--workspace", str(workspace)])
    from assistant.wiring.ingesting import ingest as ingest_files

    started, used = perf_counter(), process_time()
    summary = ingest_files(load({"workspace": workspace}), [file], events=Phases())
    took = Took(perf_counter() - started, process_time() - used)
    if summary.added + summary.revised != 1:
        raise RuntimeError(f"{str(file)!r} should be one new article or revision: {summary}")
    return took


def removed(workspace: Path, article: str) -> Took:
    with writable(workspace) as one:
        started, used = perf_counter(), process_time()
        one.remove([article])
        return Took(perf_counter() - started, process_time() - used)


@contextmanager
def writable(workspace: Path) -> Iterator[Workspace]:
    with open_workspace(workspace) as one:
        yield one


def cold(folder: Path, questions: Sequence[str], *, times: int = 5) -> Figures:
    """A whole process from a question to an answer, the files it reads in the page cache."""
    command = [sys.executable, "-m", "assistant", "ask", questions[0], "--workspace", str(folder / "workspace")]
    ran = [processed(command) for _ in range(times + 1)][1:]
    return {**medians("cold", ran), "cold memory": median([one.peak for one in ran])}


def alone(step: str, real: Path, folder: Path) -> Figures:
    """A step in a process of its own, and that one's peak memory."""
    command = [sys.executable, "-m", "tests.benchmarks.scale", "--from", str(real), "--keep", str(folder.parent)]
    with (folder / f"{step}.out").open("w+") as out:
        took = processed([*command, "--do", step, "--passages", folder.name], out=out)
        out.seek(0)
        figures: Figures = json.load(out)
    return {**figures, f"{step} peak": took.peak}
