"""`kill -9` at random moments of real batches, each then resumed: the records must be those of an undisturbed run.

    python -m tests.benchmarks.batch_kills WORKSPACE [--kills 50] [--questions FILE.jsonl]

Without a file, questions about the sample articles. Prints each kill: after how many seconds, with how many whole
records and how many bytes of a half-written one; ends with 1 where anything differs from the undisturbed run.
"""

from __future__ import annotations

import argparse
import json
import random
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_ROOT = Path(__file__).parents[2]
_TEXTS = (
    "How much better is Maia 200's performance per dollar?",
    "How many people died when the ferry Sandlark sank?",
    "Has the Medicines Council approved PB-417?",
    "Who was the captain of the Sandlark?",
    "How much memory does Maia 200 have?",
    "When was the bridge opened?",
)


@dataclass(frozen=True, slots=True)
class Kill:
    """What was there after a kill."""

    after: float
    """Seconds."""
    records: int
    half: int
    """Bytes of a record that was not whole."""


def sample_questions(path: Path, count: int) -> Path:
    """So many questions, with wrong lines and repetitions among them."""
    lines = []
    for number in range(count):
        row = {"id": f"q{number}", "question": _TEXTS[number % len(_TEXTS)], "top_k": 2 + number // len(_TEXTS) % 7}
        lines.append("not a question" if number % 9 == 8 else json.dumps(row))
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def start(workspace: Path, questions: Path, out: Path) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-m", "assistant", "batch", str(questions), "-o", str(out), "-w", str(workspace)]
    return subprocess.Popen(command, stderr=subprocess.DEVNULL, cwd=_ROOT)


def finish(workspace: Path, questions: Path, out: Path) -> float:
    """Runs to the end; seconds."""
    started = time.perf_counter()
    process = start(workspace, questions, out)
    process.wait()
    assert process.returncode in (0, 1), process.returncode
    return time.perf_counter() - started


def killed(workspace: Path, questions: Path, out: Path, *, after: float) -> Kill | None:
    """A run that is killed; None where it ended before."""
    process = start(workspace, questions, out)
    try:
        process.wait(timeout=after)
        return None
    except subprocess.TimeoutExpired:
        process.send_signal(signal.SIGKILL)
        process.wait()
    raw = out.read_bytes() if out.exists() else b""
    return Kill(after, raw.count(b"\n"), len(raw) - (raw.rfind(b"\n") + 1))


def without_timings(out: Path) -> list[dict[str, object]]:
    """All records, but for how long each took."""
    found = [json.loads(line) for line in out.read_bytes().splitlines()]
    for record in found:
        record.get("answer", {}).pop("timings_ms", None)
    return found


def kills(workspace: Path, questions: Path, folder: Path, *, count: int, seed: int = 1) -> Iterator[tuple[Kill, bool]]:
    """Kills one run after another at random moments; each goes on from the last, and begins anew where it was done.

    With each, whether what is there is the beginning of the undisturbed run. Raises AssertionError where a run that
    was gone on with to its end differs from that.
    """
    chosen = random.Random(seed)
    whole = folder / "whole.jsonl"
    seconds = finish(workspace, questions, whole)
    expected = without_timings(whole)
    round_, out = 0, folder / "killed-0.jsonl"
    made = 0
    while made < count:
        kill = killed(workspace, questions, out, after=chosen.uniform(0.2, seconds))
        if kill is not None:
            made += 1
            yield kill, _agrees(out, expected)
        if kill is None or chosen.random() < 0.3:
            finish(workspace, questions, out)
            if without_timings(out) != expected:
                raise AssertionError(f"{out} differs from {whole}")
            round_ += 1
            out = folder / f"killed-{round_}.jsonl"
    finish(workspace, questions, out)
    if without_timings(out) != expected:
        raise AssertionError(f"{out} differs from {whole}")


def _agrees(out: Path, expected: list[dict[str, object]]) -> bool:
    if not out.exists():
        return True
    raw = out.read_bytes()
    lines = raw[: raw.rfind(b"\n") + 1].splitlines()
    found = [json.loads(line) for line in lines]
    for record in found:
        record.get("answer", {}).pop("timings_ms", None)
    return found == expected[: len(found)]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--kills", type=int, default=50)
    parser.add_argument("--questions", type=Path)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        questions = given.questions or sample_questions(folder / "questions.jsonl", 120)
        agree = True
        for kill, agrees in kills(given.workspace, questions, folder, count=given.kills):
            agree &= agrees
            print(f"{kill.after:.2f} s: {kill.records} records, {kill.half} bytes over{'' if agrees else ': DIFFERS'}")
    print("All as in the undisturbed run." if agree else "Some differ.")
    sys.exit(not agree)


if __name__ == "__main__":
    main()
