"""One thing to learn from, and how it lies on disk (JSON lines). Knows neither where it came from nor tokens."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Stance = Literal["yes", "no", "open"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """A question, a passage, and what a reader should say about them. None is: do not learn this here."""

    source: str
    question: str
    passage: str
    title: str | None = None
    answers: bool | None
    spans: tuple[tuple[int, int], ...] | None = ()
    """Character spans of the answer in `passage`, any of them right; empty: nothing in it answers."""
    stance: Stance | None = None


def write(path: Path, examples: Iterable[Example]) -> int:
    """The number of examples written. The file is complete or absent."""
    count = 0
    unfinished = path.with_suffix(".part")
    with unfinished.open("w", encoding="utf-8") as lines:
        for count, example in enumerate(examples, start=1):  # noqa: B007
            lines.write(json.dumps(asdict(example), ensure_ascii=False) + "\n")
    unfinished.replace(path)
    return count


def read(path: Path) -> Iterator[Example]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            spans = row.pop("spans")
            yield Example(**row, spans=None if spans is None else tuple((start, end) for start, end in spans))
