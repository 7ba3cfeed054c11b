"""The reader's passes through ONNX Runtime and through torch, side by side: `python -m tests.benchmarks.runtimes`.

The pairs are a question with passages of the sample articles. Through torch goes the same network with MiniLM's
weights: what weights a network has does not change how long it takes.
"""

from __future__ import annotations

import itertools
import os
from collections.abc import Callable, Iterator, Sequence
from time import perf_counter

import torch

from assistant.reader import open_reader
from assistant.reading import Pair
from corpus import passages, reading, sentences
from corpus.models import Draft
from tests.benchmarks.measuring import median, table
from tests.conftest import SAMPLE
from tests.training import tokens
from tests.training.reader import batches
from tests.training.reader.training import fresh

_QUESTION = "how much better is the new chip's performance per dollar?"
_ROUNDS = 15
_PER_TOKEN = 4.4
"""Characters."""


def main() -> None:
    pairs = list(itertools.islice(sample_pairs(), 16))
    network = fresh().eval()
    ways: dict[str, Callable[[Sequence[Pair]], object]] = {
        "ONNX Runtime, int8, one by one (the product)": open_reader(threads=os.cpu_count() or 1),
        "torch, 32 bit, one batch": lambda some: through_torch(network, some, torch.float32),
        "torch, bf16, one batch": lambda some: through_torch(network, some, torch.bfloat16),
    }
    rows = []
    for count in (4, 8, 16):
        times: dict[str, list[float]] = {name: [] for name in ways}
        for _, (name, way) in itertools.product(range(_ROUNDS), ways.items()):
            started = perf_counter()
            way(pairs[:count])
            times[name].append((perf_counter() - started) * 1000)
        first = median(next(iter(times.values())))
        rows += [
            [str(count), name, f"{median(some):.0f}", f"{median(some) / first:.2f}"] for name, some in times.items()
        ]
    print(table(["passages", "through", "ms, median", "ratio"], rows))


def sample_pairs() -> Iterator[Pair]:
    for path in reading.find_files([SAMPLE]):
        for draft in reading.read_file(path):
            if isinstance(draft, Draft):
                spans = sentences.split(draft.text)
                lengths = [max(1, int((one.end - one.start) / _PER_TOKEN)) for one in spans]
                for passage in passages.pack(draft.text, spans, lengths):
                    yield Pair(_QUESTION, draft.title, passage.text)


def through_torch(network: torch.nn.Module, pairs: Sequence[Pair], kind: torch.dtype) -> object:
    ids, kinds, mask = tokens.padded(batches.encoded([(pair.question, pair.title, pair.passage) for pair in pairs]))
    with torch.inference_mode(), torch.autocast("cpu", dtype=torch.bfloat16, enabled=kind is torch.bfloat16):
        return network(ids, kinds, mask)


if __name__ == "__main__":
    main()
