"""Passages embedded per second: sentence-transformers called plainly, article by article, and our two engines.

    python -m tests.benchmarks.encoding --articles PATH.jsonl.gz... [--sample 150] [--rounds 5]

All in one process on the same passages, in turn; medians. Prints a Markdown table.
"""

from __future__ import annotations

import argparse
import gzip
import itertools
import json
import os
import tempfile
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray

from corpus.passages import pack
from corpus.sentences import split
from index.bulk_encoder import BulkEncoder
from index.export import export
from index.model_files import DEFAULT_MODEL, locate
from index.question_encoder import QuestionEncoder
from index.tokens import TokenCounter
from tests.benchmarks.measuring import median, table

Vectors = NDArray[np.floating]
Encode = Callable[[Sequence[Sequence[str]]], Vectors]


def texts(paths: Sequence[Path]) -> Iterator[str]:
    for path in paths:
        with gzip.open(path, "rt", encoding="utf-8") as file:
            yield from (json.loads(line)["text"] for line in file)


def passages(text: str, counter: TokenCounter) -> list[str]:
    sentences = split(text)
    lengths = counter.count([text[sentence.start : sentence.end] for sentence in sentences])
    return [passage.text for passage in pack(text, sentences, lengths)]


def engines(folder: Path) -> dict[str, Encode]:
    """By name, each from articles of passages to vectors."""
    files = locate(DEFAULT_MODEL)
    plain = BulkEncoder.load(files, dtype="fp32").model
    bulk = BulkEncoder.load(files)
    export(files, folder)
    threads = os.cpu_count() or 1
    onnx = QuestionEncoder.open(folder, threads=threads)
    return {
        "SentenceTransformer.encode, article by article": lambda some: np.concatenate([plain.encode(a) for a in some]),
        "SentenceTransformer.encode, one call": lambda some: plain.encode(flat(some)),
        f"BulkEncoder, {bulk.engine}": lambda some: bulk.encode(flat(some)),
        f"QuestionEncoder, {threads} threads": lambda some: onnx.encode_passages(flat(some)),
    }


def flat(articles: Sequence[Sequence[str]]) -> list[str]:
    return list(itertools.chain.from_iterable(articles))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--sample", type=int, default=150, help="articles")
    parser.add_argument("--rounds", type=int, default=5)
    given = parser.parse_args()
    counter = TokenCounter(locate(DEFAULT_MODEL))
    sample = [
        found for text in itertools.islice(texts(given.articles), given.sample) if (found := passages(text, counter))
    ]
    with tempfile.TemporaryDirectory() as name:
        report(engines(Path(name) / "export"), sample, rounds=given.rounds)


def report(by_name: dict[str, Encode], sample: Sequence[Sequence[str]], *, rounds: int) -> None:
    many = len(flat(sample))
    first, *_ = vectors = [encode(sample).astype(np.float32) for encode in by_name.values()]  # warms up
    cosines = [float((first * other).sum(axis=1).min()) for other in vectors]
    seconds: dict[str, list[float]] = {name: [] for name in by_name}
    for _ in range(rounds):
        for name, encode in by_name.items():
            started = perf_counter()
            encode(sample)
            seconds[name].append(perf_counter() - started)
    plain = next(iter(seconds.values()))
    rows = [
        [
            name,
            f"{many / median(taken):.0f}",
            f"{median([a / b for a, b in zip(plain, taken, strict=True)]):.2f}",
            f"{cosine:.6f}",
        ]
        for (name, taken), cosine in zip(seconds.items(), cosines, strict=True)
    ]
    print(f"{many:,} passages of {len(sample)} articles, {rounds} rounds in turn, medians.\n")
    print(table(["engine", "passages a second", "times the first", "least cosine to the first"], rows))


if __name__ == "__main__":
    main()
