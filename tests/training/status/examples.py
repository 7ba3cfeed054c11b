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
    """None is: do not learn this here."""

    source: str
    beginning: str
    """Title and first words of the article: who it is about."""
    before: str
    """The sentences before this one."""
    sentence: str
    attribution: str | None
    certainty: str | None
    unconfirmed: bool | None
    weight: float = 1.0


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
