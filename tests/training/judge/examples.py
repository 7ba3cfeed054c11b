"""One pair of statements to learn from, and how it lies on disk (JSON lines)."""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import asdict, dataclass
from pathlib import Path
from typing import Literal

Relation = Literal["agree", "compatible", "conflict"]
RELATIONS: tuple[Relation, ...] = ("agree", "compatible", "conflict")
TYPES = ("number", "date", "identity", "polarity", "attribution", "superseded", "opinion")


@dataclass(frozen=True, slots=True, kw_only=True)
class Example:
    """Two statements, and what they are to each other."""

    source: str
    a: str
    b: str
    question: str | None = None
    """What both speak to, where it is known."""
    relation: Relation
    type: str | None = None
    """Of a conflict, one of `TYPES`; None: do not learn it here."""
    twoway: bool = False
    """Whether a and b may change places: not so where b must follow from a."""


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
