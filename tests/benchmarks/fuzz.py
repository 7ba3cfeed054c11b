"""Ten thousand files that nobody wrote, read as an ingest reads them: in the worker, within its bounds.

    python -m tests.benchmarks.fuzz [--files 10000] [--seed 1] [--largest 1000000] [--keep FOLDER]

For each format: how many files yielded an article, how many were skipped, the slowest, the largest memory of the worker
(Linux), how many a bound ended, and how many broke the worker. A record that asks to be reported is a finding, as is a
broken worker; their files are kept in FOLDER. Ends with 1 where there are findings.
"""

from __future__ import annotations

import argparse
import random
import sys
from collections import Counter, defaultdict
from dataclasses import dataclass, field
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from corpus.models import Draft, Skipped
from corpus.reading_apart import Read, ReaderApart
from tests.benchmarks.measuring import table
from tests.corpus.fuzzing import SUFFIXES, fuzzed, reader_of

FINDINGS = ("please report this", "made the reader stop")


@dataclass(slots=True)
class Tally:
    """What became of the files of one format."""

    files: int = 0
    read: int = 0
    skipped: int = 0
    slowest: float = 0.0
    slowest_file: str = ""
    memory: float = 0.0
    """Megabytes, the largest that a worker had when it answered."""
    ended: int = 0
    """By a bound."""
    broken: int = 0
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, read: Read, name: str, seconds: float, memory: float) -> None:
        reasons = [item.reason for item in read.found if isinstance(item, Skipped)]
        self.files += 1
        self.read += any(isinstance(item, Draft) for item in read.found)
        self.skipped += bool(reasons)
        self.memory = max(self.memory, memory)
        if seconds > self.slowest:
            self.slowest, self.slowest_file = seconds, name
        if read.ended:
            broken = any("made the reader stop" in reason for reason in reasons)
            self.broken += broken
            self.ended += not broken
        self.reasons.update(reason for reason in reasons if any(mark in reason for mark in FINDINGS) or read.ended)


def largest_memory(pid: int | None) -> float:
    """Megabytes at most resident so far; 0 where the system does not say."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:
        return 0.0
    return next((int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmHWM")), 0.0)


def run(files: int, *, seed: int, largest: int, keep: Path | None) -> dict[str, Tally]:
    tallies: dict[str, Tally] = defaultdict(Tally)
    readers: dict[str, ReaderApart] = defaultdict(ReaderApart)
    by_reader = sorted(SUFFIXES, key=reader_of)
    with TemporaryDirectory() as folder:
        for number in range(files):
            suffix = by_reader[number * len(by_reader) // files]
            kind = reader_of(suffix) + (" zipped" if suffix.endswith(".gz") else "")
            path = Path(folder) / f"{number:06}{suffix}"
            path.write_bytes(fuzzed(suffix, random.Random(f"{seed}:{number}"), largest=largest))
            begin = perf_counter()
            (read,) = readers[kind].read([path])
            tallies[kind].add(read, path.name, perf_counter() - begin, largest_memory(readers[kind].pid))
            if keep is not None and is_a_finding(read):
                (keep / path.name).write_bytes(path.read_bytes())
            path.unlink()
            if number % 500 == 0:
                print(f"{number:,} of {files:,} read", file=sys.stderr)
    for reader in readers.values():
        reader.close()
    return tallies


def is_a_finding(read: Read) -> bool:
    return read.ended or any(
        mark in item.reason for item in read.found if isinstance(item, Skipped) for mark in FINDINGS
    )


def report(tallies: dict[str, Tally]) -> None:
    heads = ["format", "files", "with an article", "with something skipped", "slowest, s", "largest memory, MB"]
    rows = [
        [kind, str(one.files), str(one.read), str(one.skipped), f"{one.slowest:.2f} ({one.slowest_file})",
         f"{one.memory:.0f}", str(one.ended), str(one.broken)]
        for kind, one in sorted(tallies.items())
    ]  # fmt: skip
    print(table([*heads, "ended by a bound", "worker broken"], rows))
    for kind, one in sorted(tallies.items()):
        for reason, count in one.reasons.most_common():
            print(f"{kind}: {count} × {reason}")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=10_000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--largest", type=int, default=1_000_000, help="bytes of a file, about")
    parser.add_argument("--keep", type=Path, help="a folder for the files of findings")
    given = parser.parse_args()
    if given.keep is not None:
        given.keep.mkdir(parents=True, exist_ok=True)
    begin = perf_counter()
    tallies = run(given.files, seed=given.seed, largest=given.largest, keep=given.keep)
    report(tallies)
    print(f"\n{given.files:,} files, seed {given.seed}: {perf_counter() - begin:.0f} s.")
    found = sum(count for one in tallies.values() for reason, count in one.reasons.items() if "report" in reason)
    sys.exit(1 if found else 0)


if __name__ == "__main__":
    main()
