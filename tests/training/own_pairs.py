"""Pairs of statements that this project wrote itself, in the voice of news: `own_pairs.tsv`.

Each group of five shares a statement: two others conflict with it, one agrees, and two only look like it.
"""

from __future__ import annotations

import csv
from dataclasses import dataclass
from pathlib import Path

_FILE = Path(__file__).with_name("own_pairs.tsv")


@dataclass(frozen=True, slots=True)
class OwnPair:
    """`answer_a` and `answer_b` are words of the statements; "yes", "no" or "open"; or "-" where it does not answer."""

    question: str
    a: str
    b: str
    relation: str
    type: str
    answer_a: str
    answer_b: str


def own_pairs() -> list[OwnPair]:
    with _FILE.open(encoding="utf-8", newline="") as lines:
        return [OwnPair(**row) for row in csv.DictReader(lines, delimiter="\t", quoting=csv.QUOTE_NONE)]
