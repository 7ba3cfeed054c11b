"""Two processes ask while a third ingests all the time: every answer has to be true of one published generation.

    python -m tests.benchmarks.endurance WORKSPACE [--minutes 10] [--alone 60] [--seed 7]

WORKSPACE is copied. First the two ask alone, for so many seconds; then articles are added, revised, removed and pruned
beside them, single ones and hundreds, by `crosscheck ingest` and `crosscheck articles remove`, one in five of which is
killed with SIGKILL and begun again. Every answer and every search is held against what was written and published (see
`endurance_checking`). Prints what was asked, failed or inconsistent, how long it took beside the writer and without,
what each process held over time, and what was left in the workspace.
"""

from __future__ import annotations

import argparse
import multiprocessing
import shutil
import statistics
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from multiprocessing.process import BaseProcess
from pathlib import Path

import numpy as np

from index.workspace import open_workspace
from tests.benchmarks.endurance_asking import Seen, asking, read
from tests.benchmarks.endurance_checking import Base, Found, Judge
from tests.benchmarks.endurance_writing import Writer
from tests.benchmarks.measuring import table

ASKERS = 2


@dataclass(slots=True)
class Watched:
    """Megabytes of each process that asks, second by second, of those that are no file's."""

    held: dict[str, list[float]] = field(default_factory=dict)
    folder: list[float] = field(default_factory=list)
    """Megabytes on disk of the workspace."""


@dataclass(frozen=True, slots=True)
class Spans:
    """When things began and ended, by the monotonic clock."""

    alone: float
    beside: float
    ended: float


def private(pid: int) -> float:
    """Megabytes of memory that a process holds and that are no file's."""
    with suppress(OSError):
        for line in Path(f"/proc/{pid}/status").read_text().splitlines():
            if line.startswith("RssAnon"):
                return int(line.split()[1]) / 1024
    return 0.0


def watch(processes: Mapping[str, int], workspace: Path, watched: Watched, stop: threading.Event) -> None:
    while not stop.wait(1):
        for name, pid in processes.items():
            watched.held.setdefault(name, []).append(private(pid))
        watched.folder.append(_size(workspace))


def _size(folder: Path) -> float:
    """Each file once, however many names it has."""
    found: dict[int, int] = {}
    for path in folder.rglob("*"):
        with suppress(OSError):
            stat = path.stat()
            found[stat.st_ino] = stat.st_blocks * 512
    return sum(found.values()) / 1e6


def started(workspace: Path, folder: Path, known: Path, seed: int) -> tuple[list[BaseProcess], list[Path], object]:
    """The processes that ask, once they are ready, their files, and what stops them."""
    context = multiprocessing.get_context("spawn")
    stop = context.Event()
    logs = [folder / f"asker-{number}.jsonl" for number in range(ASKERS)]
    processes: list[BaseProcess] = []
    for number, log in enumerate(logs):
        ready = context.Event()
        process = context.Process(target=asking, args=(workspace, log, known, seed + number, ready, stop))
        process.start()
        processes.append(process)
        if not ready.wait(120):
            raise RuntimeError("A process that asks did not open the workspace.")
    return processes, logs, stop


def untouched(workspace: Path) -> Base:
    """The articles that are there from the start. Makes the indexes of a workspace of an earlier format, too."""
    with open_workspace(workspace) as opened, opened.reading() as (view, _):
        articles = [view.article(one.id) for one in view.listings()]
    return {one.id: (one.sha256, one.text) for one in articles}


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--minutes", type=float, default=10.0)
    parser.add_argument("--alone", type=float, default=60.0, help="seconds without a writer")
    parser.add_argument("--seed", type=int, default=7)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        return run(given, Path(name))


def run(given: argparse.Namespace, folder: Path) -> int:
    workspace = folder / "workspace"
    shutil.copytree(given.workspace, workspace)
    base = untouched(workspace)
    writer = Writer(workspace, folder, seed=given.seed)
    processes, logs, stop = started(workspace, folder, writer.known, given.seed)
    watched, over = Watched(), threading.Event()
    pids = {f"asker {place}": process.pid or 0 for place, process in enumerate(processes)}
    watcher = threading.Thread(target=watch, args=(pids, workspace, watched, over))
    watcher.start()
    alone = time.monotonic()
    time.sleep(given.alone)
    beside = time.monotonic()
    try:
        writer.run(lambda: time.monotonic() < beside + 60 * given.minutes)
    finally:
        spans = Spans(alone, beside, time.monotonic())
        stop.set()  # type: ignore[attr-defined]
        for process in processes:
            process.join(60)
        over.set()
        watcher.join()
    seen = [list(read(log)) for log in logs]
    judge = Judge(writer.ledger, base)
    found = [judge.judge(one) for one in seen]
    report(found, [one for some in seen for one in some], writer, spans=spans, watched=watched)
    writer.close()
    sound = leftovers(workspace)
    wrong = any(one.failed or one.inconsistent for one in found) or writer.ledger.wrong
    return 1 if wrong or not sound or any(process.exitcode for process in processes) else 0


def report(found: Sequence[Found], seen: Sequence[Seen], writer: Writer, *, spans: Spans, watched: Watched) -> None:
    ledger = writer.ledger
    failed = [what for one in found for what in one.failed]
    inconsistent = [what for one in found for what in one.inconsistent]
    quotes, told, missed = (
        sum(one) for one in zip(*((one.quotes, one.facts, one.missed) for one in found), strict=True)
    )
    print(
        f"{len(seen):,} questions in {spans.ended - spans.alone:.0f} s by {len(found)} processes, {quotes:,} quotes. "
        f"Failed: {len(failed)}. Inconsistent: {len(inconsistent)}. "
        f"Costs asked for that were told: {told:,}; without a figure in the answer: {missed}.",
    )
    for what in [*failed[:5], *inconsistent[:10], *ledger.wrong[:5]]:
        print(f"  {what}")
    print(
        f"\n{ledger.changes.total()} changes in {spans.ended - spans.beside:.0f} s "
        f"({', '.join(f'{count} {kind}' for kind, count in sorted(ledger.changes.items()))}), "
        f"{len(ledger.texts):,} revisions written, {len(ledger.published)} published generations; {ledger.killed} "
        f"killed and begun again, of which {ledger.half_done} had committed something; not as written: "
        f"{len(ledger.wrong)}. An ingest took {statistics.median(ledger.seconds):.1f} s in the middle, at most "
        f"{max(ledger.seconds):.1f} s, and held {max(ledger.megabytes):.0f} MB at most.\n"
    )
    print(latencies(seen, spans))
    print()
    print(memory({**watched.held, "each ingest, the most": ledger.megabytes, "workspace on disk": watched.folder}))


def latencies(seen: Sequence[Seen], spans: Spans) -> str:
    rows = []
    for kind in ("ask", "search"):
        for name, since, until in (("alone", spans.alone, spans.beside), ("beside ingests", spans.beside, spans.ended)):
            spent = [1000 * (one.ended - one.begun) for one in seen if one.kind == kind and since <= one.begun < until]
            if spent:
                p50, p95 = np.percentile(spent, (50, 95))
                rows.append([kind, name, f"{len(spent):,}", f"{p50:.0f}", f"{p95:.0f}", f"{max(spent):.0f}"])
    return table(["", "", "asked", "p50, ms", "p95, ms", "most, ms"], rows)


def memory(held: Mapping[str, Sequence[float]]) -> str:
    """The first tenth is left out: models are opened when they are first wanted."""
    rows = []
    for name, values in held.items():
        quarter = max(1, len(values) // 4)
        early = values[len(values) // 10 :][:quarter]
        first, last = statistics.mean(early), statistics.mean(values[-quarter:])
        rows.append([name, f"{first:.0f}", f"{last:.0f}", f"{max(values):.0f}", f"{100 * (last / first - 1):+.1f} %"])
    return table(["MB; of processes that ask, of no file", "early", "last quarter", "most", "change"], rows)


def leftovers(workspace: Path) -> bool:
    """Prints what lies in the workspace after it all; whether it is sound and nothing is there that should not be."""
    with open_workspace(workspace) as opened, opened.reading() as (view, _):
        generation = view.generation
    there = sorted(path.relative_to(workspace).as_posix() for path in workspace.rglob("*") if path.is_file())
    top = [f"{name} ({(workspace / name).stat().st_size / 1e6:.1f} MB)" for name in there if "/" not in name]
    folders = sorted(path.name for path in (workspace / "derived").iterdir())
    odd = [name for name in there if name.endswith((".building", ".replaced", ".part", ".tmp")) or ".building/" in name]
    print(f"\nPublished at the end: {generation}. In the workspace: {', '.join(top)}; derived: {', '.join(folders)}.")
    print(f"Left behind: {', '.join(odd) or 'nothing'}.")
    command = [sys.executable, "-m", "assistant", "doctor", "--workspace", str(workspace)]
    doctor = subprocess.run(command, capture_output=True, text=True, check=False)
    print(f"crosscheck doctor: {doctor.returncode}\n{doctor.stdout}{doctor.stderr}")
    return not odd and doctor.returncode == 0 and len(folders) <= 2


if __name__ == "__main__":
    sys.exit(main())
