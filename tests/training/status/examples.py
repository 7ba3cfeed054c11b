"""One sentence to learn from: its words, what stands before it, and its labels."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import get_args

from assistant.models import Attribution, Certainty

ATTRIBUTIONS: tuple[str, ...] = get_args(Attribution)
CERTAINTIES: tuple[str, ...] = get_args(Certainty)


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """What is read stands in `assistant.status.surroundings`."""

    rules: str
    beginning: str
    before: str
    sentence: str
    attribution: str
    certainty: str
    unconfirmed: bool


def write(path: Path, examples: Iterable[Example]) -> int:
    """The number of examples written. The file is complete or absent."""
    rows = [json.dumps(asdict(one), ensure_ascii=False) for one in examples]
    unfinished = path.with_suffix(".part")
    unfinished.write_text("".join(f"{row}\n" for row in rows), encoding="utf-8")
    unfinished.replace(path)
    return len(rows)


def read(path: Path) -> Iterator[Example]:
    with path.open(encoding="utf-8") as lines:
        for line in lines:
            yield Example(**json.loads(line))
