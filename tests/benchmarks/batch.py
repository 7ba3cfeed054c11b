"""Throughput of `crosscheck batch` beside asking one by one, its memory over time, and that its answers are the same.

    python -m tests.benchmarks.batch WORKSPACE QUESTIONS.jsonl [--rounds 3] [--rows 10000] [--seconds 600]

In turns, round by round, so that what else the machine does falls on all: `crosscheck ask` a process each, one process
that asks one after the other, and a batch. Then one long batch, whose resident memory is looked at every five seconds,
and some of whose records are compared with asking alone. Linux only.
"""

from __future__ import annotations

import argparse
import json
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path
from statistics import mean

from assistant import wiring
from assistant.batch.inputs import Source
from assistant.batch.output import records
from assistant.models import Question
from assistant.records import Answered, Line
from assistant.settings import load
from tests.benchmarks.measuring import table

_ROOT = Path(__file__).parents[2]
_EVERY = 5.0
"""Seconds between two looks at the memory."""


@dataclass(frozen=True, slots=True)
class Took:
    """So many questions took so long, and so much of the processors."""

    questions: int
    seconds: float
    processor: float

    def cells(self, name: str) -> list[str]:
        rate, each = self.questions / self.seconds, self.processor / self.questions
        return [name, str(self.questions), f"{rate:.2f}", f"{each * 1000:.0f}"]


def together(some: Sequence[Took]) -> Took:
    return Took(sum(t.questions for t in some), sum(t.seconds for t in some), sum(t.processor for t in some))


def questions_of(path: Path) -> Iterator[Question]:
    for entry in Source(path, path.name, "jsonl").entries():
        if isinstance(entry.read, Line):
            yield entry.read.question


def as_processes(workspace: Path, some: Sequence[Question]) -> Took:
    """`crosscheck ask`, one after the other."""
    before, started = _children(), time.perf_counter()
    for question in some:
        flags = [flag for publisher in question.publishers for flag in ("--publisher", publisher)]
        flags += ["--since", str(question.since)] if question.since else []
        flags += ["--until", str(question.until)] if question.until else []
        command = [sys.executable, "-m", "assistant", "ask", question.text, "-w", str(workspace), *flags]
        subprocess.run(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, cwd=_ROOT, check=False)
    return Took(len(some), time.perf_counter() - started, _children() - before)


def one_by_one(desk: wiring.Desk, some: Sequence[Question]) -> Took:
    started, before = time.perf_counter(), time.process_time()
    for question in some:
        desk.ask(question)
    return Took(len(some), time.perf_counter() - started, time.process_time() - before)


def as_batch(workspace: Path, some: Sequence[Question], folder: Path) -> Took:
    """A whole `crosscheck batch`, with its start."""
    path, out = folder / "some.jsonl", folder / "some-answers.jsonl"
    path.write_text("\n".join(map(_line, some)), encoding="utf-8")
    before, started = _children(), time.perf_counter()
    process = _batch(workspace, path, out, restart=True)
    process.wait()
    return Took(len(some), time.perf_counter() - started, _children() - before)


def compared(workspace: Path, path: Path, folder: Path, *, rounds: int) -> str:
    """Other questions each time."""
    asked = questions_of(path)
    found: dict[str, list[Took]] = {"`crosscheck ask`, a process each": [], "one by one in a process": [], "batch": []}
    with wiring.opened(load({"workspace": workspace})) as desk:
        one_by_one(desk, list(islice(asked, 3)))
        for _ in range(rounds):
            took = (
                as_processes(workspace, list(islice(asked, 8))),
                one_by_one(desk, list(islice(asked, 40))),
                as_batch(workspace, list(islice(asked, 80)), folder),
            )
            for some, one in zip(found.values(), took, strict=True):
                some.append(one)
    heads = ["", "questions", "questions/s", "ms of processor each"]
    return table(heads, [together(some).cells(name) for name, some in found.items()])


def long_run(workspace: Path, path: Path, out: Path, *, seconds: float) -> str:
    """Stopped with Ctrl+C after so long. Says how many records a second, and the memory by quarters."""
    before, started = _children(), time.perf_counter()
    process = _batch(workspace, path, out, restart=True)
    memory: list[float] = []
    done: list[int] = []
    while process.poll() is None and time.perf_counter() - started < seconds:
        time.sleep(_EVERY)
        memory.append(_megabytes(process.pid))
        done.append(_lines(out))
    process.send_signal(signal.SIGINT)
    process.wait()
    took = Took(max(1, _lines(out)), time.perf_counter() - started, _children() - before)
    quarter = max(1, len(memory) // 4)
    quarters = [memory[at : at + quarter] for at in range(0, 4 * quarter, quarter)]
    rows = [
        [f"{at + 1}", f"{mean(some):.0f}", f"{max(some):.0f}", f"{done[min(len(done), (at + 1) * quarter) - 1]:,}"]
        for at, some in enumerate(quarters)
        if some
    ]
    heads = ["quarter", "mean MB", "most MB", "records by then"]
    return f"{table(['', 'questions', 'questions/s', 'ms of processor each'], [took.cells('long batch')])}\n\n" + table(
        heads, rows
    )


def same(workspace: Path, path: Path, out: Path, *, count: int) -> str:
    """Of the first so many records, those whose answer is the one of asking alone."""
    alike = total = 0
    with wiring.opened(load({"workspace": workspace})) as desk:
        for question, (record, _) in islice(zip(questions_of(path), records(out), strict=False), count):
            if isinstance(record, Answered):
                total += 1
                skip = {"timings_ms"}
                alike += desk.ask(question).model_dump(exclude=skip) == record.answer.model_dump(exclude=skip)
    return f"{alike} of {total} answers are those of asking alone, but for their timings."


def _batch(workspace: Path, path: Path, out: Path, *, restart: bool) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "assistant", "batch", str(path), "-o", str(out), "-w", str(workspace)]
    return subprocess.Popen([*command, *(["--restart"] if restart else [])], stderr=subprocess.DEVNULL, cwd=_ROOT)


def _line(question: Question) -> str:
    asked = question.model_dump(mode="json", include={"publishers", "since", "until"}, exclude_none=True)
    return json.dumps({"question": question.text, **asked})


def _children() -> float:
    found = os.times()
    return found.children_user + found.children_system


def _megabytes(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")), 0.0)


def _lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--rows", type=int, default=10_000, help="Questions of the long run.")
    parser.add_argument("--seconds", type=float, default=600, help="Of the long run, at most.")
    parser.add_argument("--same", type=int, default=100, help="Records to compare with asking alone.")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        if given.rounds:
            print(compared(given.workspace, given.questions, folder, rounds=given.rounds), flush=True)
        if given.rows:
            path, out = folder / "long.jsonl", folder / "long-answers.jsonl"
            with given.questions.open(encoding="utf-8") as lines:
                path.write_text("".join(islice(lines, given.rows)), encoding="utf-8")
            print(f"\n{long_run(given.workspace, path, out, seconds=given.seconds)}", flush=True)
            print(f"\n{same(given.workspace, path, out, count=given.same)}")


if __name__ == "__main__":
    main()
