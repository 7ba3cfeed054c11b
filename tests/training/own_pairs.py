"""Pairs of statements that this project wrote itself, in the voice of news.

Each group of five shares a statement: two others conflict with it, one agrees, and two only look like it. In
`own_pairs.tsv` that statement is written too; in `anchored_pairs.jsonl` it is a sentence of a real article, named by
its place, and only its counterparts are written.
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tests.gold.articles import Article, Place

_FILE = Path(__file__).with_name("own_pairs.tsv")
_ANCHORED = Path(__file__).with_name("anchored_pairs.jsonl")


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


def anchored_pairs(texts: Mapping[str, Article]) -> Iterator[OwnPair]:
    """No network learns these: the weights that are laid on what a network says are fitted on them."""
    for line in _ANCHORED.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        a = " ".join(Place(**row["a"]).words(texts).split())
        answer = row["answer_a"] if isinstance(row["answer_a"], str) else a[slice(*row["answer_a"])]
        yield OwnPair(row["question"], a, row["b"], row["relation"], row["type"], answer, row["answer_b"])
