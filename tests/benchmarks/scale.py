"""How Crosscheck bears large corpora: building, searching, changing and asking at several sizes.

    python -m tests.benchmarks.scale [--passages 10000 100000 1000000] [--from WORKSPACE] [--keep FOLDER]

Articles are the real ones of a workspace (the sample's, unless another is named) and beyond them resampled ones (see
`scale_articles`); they go through the real pipeline, except that vectors of resampled passages are derived from real
ones (see `scale_engine`). Questions are those of `tests/gold/questions.jsonl`. Every measurement runs in a process of
its own. What is finished stays noted in FOLDER, so a run that was broken off goes on where it was. Prints a Markdown
table with one column a size.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Sequence
from pathlib import Path

from tests.benchmarks.measuring import run, table

QUESTIONS = Path(__file__).parent.parent / "gold" / "questions.jsonl"
SAMPLE = Path(__file__).parent.parent.parent / "corpus" / "sample" / "articles"
ASKED = 200

Figures = dict[str, float]


def real_questions(path: Path) -> list[str]:
    """Evenly taken from the file."""
    texts = [json.loads(line)["question"] for line in path.read_text(encoding="utf-8").splitlines()]
    return texts[:: max(1, len(texts) // ASKED)][:ASKED]


def do(step: str, real: Path, folder: Path, questions: Sequence[str]) -> Figures:
    from tests.benchmarks import scale_measures as measures
    from tests.benchmarks.scale_articles import write_articles

    steps: dict[str, Callable[[], Figures]] = {
        "articles": lambda: {"made": write_articles(real, int(folder.name), folder / "articles")},
        "build": lambda: measures.build(real, folder),
        "sizes": lambda: measures.sizes(folder),
        "search": lambda: measures.searches(folder, questions),
        "recall": lambda: measures.recall(folder, questions),
        "change": lambda: measures.changes(folder),
        "cold": lambda: measures.cold(folder, questions),
    }
    return steps[step]()


STEPS = ("articles", "build", "sizes", "search", "recall", "change", "cold")


def measured(size: int, real: Path, keep: Path, *, again: Sequence[str]) -> Figures:
    """All figures of one size; those that are noted are not measured again."""
    from tests.benchmarks.scale_measures import alone

    folder = keep / str(size)
    folder.mkdir(parents=True, exist_ok=True)
    state = folder / "state.json"
    known: dict[str, Figures] = json.loads(state.read_text()) if state.exists() else {}
    for step in STEPS:
        if step not in known or step in again:
            known[step] = alone(step, real, folder)
            state.write_text(json.dumps(known, indent=1))
    return {name: value for figures in known.values() for name, value in figures.items()}


ROWS: tuple[tuple[str, str], ...] = (
    ("articles", "{articles:,.0f}"),
    ("passages", "{passages:,.0f}"),
    ("build: reading and planning", "{reading wall:.0f} s, {reading cpu:.0f} s of the processor"),
    ("build: writing", "{writing wall:.0f} s, {writing cpu:.0f} s of the processor"),
    ("of it the stand-in encoder", "{encoding:.0f} s"),
    ("build: publishing", "{publishing wall:.0f} s, {publishing cpu:.0f} s of the processor"),
    ("peak memory of the ingest", "{build peak:.0f} MB"),
    ("database", "{database:.0f} MB"),
    ("indexes", "{indexes:.0f} MB"),
    ("memory of a desk after 100 questions", "{resident:.0f} MB"),
    ("search, p50 and p95", "{search wall p50:.1f}, {search wall p95:.1f} ms"),
    ("of the processor", "{search cpu p50:.1f}, {search cpu p95:.1f} ms"),
    ("since the middle day", "{since half wall p50:.1f}, {since half wall p95:.1f} ms"),
    ("of the processor", "{since half cpu p50:.1f}, {since half cpu p95:.1f} ms"),
    ("one publisher", "{publisher wall p50:.1f}, {publisher wall p95:.1f} ms"),
    ("of the processor", "{publisher cpu p50:.1f}, {publisher cpu p95:.1f} ms"),
    ("as of a day", "{as of wall p50:.1f}, {as of wall p95:.1f} ms"),
    ("of the processor", "{as of cpu p50:.1f}, {as of cpu p95:.1f} ms"),
    ("recall@10, recall@100", "{recall 10:.3f}, {recall 100:.3f}"),
    ("one article added", "{add wall:.2f} s, {add cpu:.2f} s of the processor"),
    ("revised", "{revise wall:.2f} s, {revise cpu:.2f} s of the processor"),
    ("removed", "{remove wall:.2f} s, {remove cpu:.2f} s of the processor"),
    ("added, whole process", "{add process wall:.2f} s, {add process cpu:.2f} s of the processor"),
    ("revised, whole process", "{revise process wall:.2f} s, {revise process cpu:.2f} s of the processor"),
    ("cold question", "{cold wall:.2f} s, {cold cpu:.2f} s of the processor"),
    ("cold question, peak memory", "{cold memory:.0f} MB"),
    ("cold question against the smallest", "{cold wall ratio:.2f}, {cold cpu ratio:.2f} of the processor"),
)


def laid_out(sizes: Sequence[int], figures: Sequence[Figures]) -> str:
    clocks = ("cold wall", "cold cpu")
    columns = [{**one, **{f"{clock} ratio": one[clock] / figures[0][clock] for clock in clocks}} for one in figures]
    rows = [[name, *(form.format_map(column) for column in columns)] for name, form in ROWS]
    return table(["", *(f"{size:,}" for size in sizes)], rows)


def sample(keep: Path) -> Path:
    """A workspace of the sample articles."""
    import sys

    folder = keep / "sample"
    if not folder.exists():
        made = run([sys.executable, "-m", "assistant", "ingest", str(SAMPLE), "--workspace", str(folder)])
        if made.code:
            raise SystemExit(f"Ingesting {str(SAMPLE)!r} ended with {made.code}; run `crosscheck ingest` to see why.")
    return folder


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--passages", type=int, nargs="+", default=[10_000, 100_000, 1_000_000])
    parser.add_argument("--from", dest="real", type=Path, help="workspace with the real articles")
    parser.add_argument("--keep", type=Path, default=Path("scale"))
    parser.add_argument("--questions", type=Path, default=QUESTIONS)
    parser.add_argument("--again", nargs="*", choices=STEPS, default=[], help="steps to measure once more")
    parser.add_argument("--do", choices=STEPS, help=argparse.SUPPRESS)
    given = parser.parse_args()
    questions = real_questions(given.questions)
    if given.do:
        print(json.dumps(do(given.do, given.real, given.keep / str(given.passages[0]), questions)))
        return
    real = given.real or sample(given.keep)
    figures = [measured(size, real, given.keep, again=given.again) for size in sorted(given.passages)]
    print(laid_out(sorted(given.passages), figures))


if __name__ == "__main__":
    main()
