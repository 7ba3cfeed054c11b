"""What the benchmarks share: running a process and taking its time and memory, and printing tables."""

from __future__ import annotations

import os
import statistics
import subprocess
from collections.abc import Sequence
from dataclasses import dataclass
from time import perf_counter


@dataclass(frozen=True, slots=True)
class Run:
    """One finished process."""

    seconds: float
    peak_megabytes: float
    """Largest resident set, as the operating system accounts for it."""
    code: int


def run(command: Sequence[str]) -> Run:
    """Runs a command with its output thrown away, from start to end."""
    started = perf_counter()
    process = subprocess.Popen(command, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, usage = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    return Run(perf_counter() - started, usage.ru_maxrss / 1024, process.returncode)


def median(values: Sequence[float]) -> float:
    return statistics.median(values)


def table(heads: Sequence[str], rows: Sequence[Sequence[str]]) -> str:
    """A Markdown table."""
    lines = ["| " + " | ".join(row) + " |" for row in [heads, ["---"] * len(heads), *rows]]
    return "\n".join(lines)
