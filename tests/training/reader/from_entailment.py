"""Stance examples: an entailment's hypothesis asked as a yes/no question, its premise as the passage."""

from __future__ import annotations

import random
from collections.abc import Container, Iterator, Sequence

from tests.training.reader import yes_no
from tests.training.reader.examples import Example, Stance
from tests.training.rows import EntailmentRow

_STANCE: dict[str, Stance] = {"entailment": "yes", "contradiction": "no", "neutral": "open"}
_SWAPPED: dict[Stance, Stance] = {"yes": "no", "no": "yes", "open": "open"}
_UNRELATED = 0.12
_SURROUNDED = 0.35
"""The share of premises put among one to three others, so that the reader learns to look for the one that matters."""


def make(
    rows: Sequence[EntailmentRow], shares: dict[str, float], chooser: random.Random, *, vocabulary: Container[str]
) -> Iterator[Example]:
    """`shares` says how much of each file is used. Some questions meet another row's premise, which leaves them open.

    A file that holds contradictions only has every second premise asked about itself, which is a yes.
    """
    for row in rows:
        if chooser.random() < shares.get(row.file, 0.0):
            turned = _asked_of_itself(row, chooser)
            yield _example(_surrounded(turned, rows, chooser), chooser, vocabulary)
            if chooser.random() < _UNRELATED:
                other = chooser.choice(rows)
                moved = EntailmentRow(row.file, other.premise, row.hypothesis, "neutral")
                if other.premise != row.premise:
                    yield _example(moved, chooser, vocabulary)


def _asked_of_itself(row: EntailmentRow, chooser: random.Random) -> EntailmentRow:
    if row.file == "wikifactcheck_contradictions" and chooser.random() < 0.5:
        return EntailmentRow(row.file, row.premise, row.premise, "entailment")
    return row


def _surrounded(row: EntailmentRow, rows: Sequence[EntailmentRow], chooser: random.Random) -> EntailmentRow:
    """Captions are left alone: among others, "a man" could be any man."""
    if row.file not in {"wiki_human", "fever_symmetric", "wikifactcheck_contradictions"}:
        return row
    if chooser.random() >= _SURROUNDED:
        return row
    at = chooser.randrange(len(rows))
    others = [one.premise for one in rows[at : at + 3 * chooser.randint(1, 3) : 3] if one.premise != row.premise]
    around = [*others, row.premise]
    chooser.shuffle(around)
    return EntailmentRow(row.file, " ".join(around), row.hypothesis, row.label)


def _example(row: EntailmentRow, chooser: random.Random, vocabulary: Container[str]) -> Example:
    asked = yes_no.ask(row.hypothesis, chooser, vocabulary=vocabulary)
    stance = _STANCE[row.label]
    if asked.swapped:
        stance = _SWAPPED[stance]
    return Example(
        source=row.file,
        question=asked.question,
        passage=row.premise.replace("-LRB-", "(").replace("-RRB-", ")"),
        answers=stance != "open",
        spans=() if stance == "open" else None,
        stance=stance,
    )
