"""One cold question: `crosscheck ask` against the plainest script, whole processes in turn; and warm search.

    python -m tests.benchmarks.cold WORKSPACE [--question TEXT] [--runs 9]

Prints a Markdown table of medians. The plain script gets a flat index of the same vectors, made beforehand.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
from pathlib import Path
from time import perf_counter

from tests.benchmarks.measuring import Run, median, run, table

QUESTION = "How much better is Maia 200's performance per dollar?"
PLAIN = Path(__file__).with_name("plain_question.py")


def write_plain_index(workspace: Path, folder: Path) -> int:
    """A flat index and a JSON list of the same passages; returns how many."""
    import faiss
    import numpy as np

    from index import indexable
    from index.workspace import open_workspace

    with open_workspace(workspace) as open_one, open_one.reading() as (view, _):
        texts = [row.text for row in indexable.passage_rows(view)]
        vectors = indexable.vectors(view).astype(np.float32)
    index = faiss.IndexFlatIP(vectors.shape[1])
    index.add(vectors)
    faiss.write_index(index, str(folder / "plain.faiss"))
    (folder / "passages.json").write_text(json.dumps(texts))
    return len(texts)


def warm_search(workspace: Path, question: str, runs: int) -> list[float]:
    """Milliseconds of each of several searches in one process, the question's embedding included."""
    from assistant.models import ask
    from assistant.settings import Settings
    from assistant.wiring import opened

    times = []
    with opened(Settings(workspace=workspace)) as asker:
        for _ in range(runs + 3):
            started = perf_counter()
            asker.search(ask(question))
            times.append((perf_counter() - started) * 1000)
    return sorted(times[3:])


def warm_ask(workspace: Path, question: str, runs: int) -> list[float]:
    """Milliseconds of each of several whole answers in one process."""
    from assistant.models import ask
    from assistant.settings import Settings
    from assistant.wiring import opened

    with opened(Settings(workspace=workspace)) as asker:
        return sorted(asker.ask(ask(question)).timings_ms.total for _ in range(runs + 3))[:runs]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--question", default=QUESTION)
    parser.add_argument("--runs", type=int, default=9)
    parser.add_argument("--prepare", type=Path, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.prepare:
        print(write_plain_index(given.workspace, given.prepare))
        return
    with tempfile.TemporaryDirectory() as name:
        # In a process of its own: a child's peak memory begins at that of the process that started it.
        prepare = [sys.executable, "-m", "tests.benchmarks.cold", str(given.workspace), "--prepare", name]
        passages = int(subprocess.run(prepare, check=True, capture_output=True, text=True).stdout)
        ours = [sys.executable, "-m", "assistant", "ask", given.question, "--workspace", str(given.workspace)]
        plain = [sys.executable, "-P", str(PLAIN), name, given.question]  # not its folder, which has an http.py
        pairs = [(run(ours), run(plain)) for _ in range(given.runs + 1)][1:]
    print(f"{passages:,} passages, {given.runs} runs of each in turn, medians.\n")
    print(table(["", "crosscheck", "plainest script", "ratio"], rows(pairs)))
    for name, times in (
        ("search", warm_search(given.workspace, given.question, 200)),
        ("answer", warm_ask(given.workspace, given.question, 50)),
    ):
        print(f"\nWarm {name}, one process: p50 {median(times):.1f} ms, p95 {times[int(len(times) * 0.95)]:.1f} ms.")


def rows(pairs: list[tuple[Run, Run]]) -> list[list[str]]:
    """Time and memory of both, and the median of the ratios pair by pair."""

    def row(name: str, ours: list[float], plain: list[float], form: str) -> list[str]:
        ratio = median([a / b for a, b in zip(ours, plain, strict=True)])
        return [name, form.format(median(ours)), form.format(median(plain)), f"{ratio:.3f}"]

    return [
        row("process start to answer", [a.seconds for a, _ in pairs], [b.seconds for _, b in pairs], "{:.2f} s"),
        row("peak memory", [a.peak_megabytes for a, _ in pairs], [b.peak_megabytes for _, b in pairs], "{:.0f} MB"),
    ]


if __name__ == "__main__":
    main()
