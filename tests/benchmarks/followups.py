"""Follow-up questions: `python -m tests.benchmarks.followups --workspace FOLDER [--answers] [--show]`.

FOLDER is a workspace that holds the sample articles, alone or among others. The conversations are those of tests/gold
(`followups.jsonl`): how often the passage that answers is among those read, for the last question as it was typed, as
it was rewritten, and as a careful reader wrote it; and what one rewriting takes.

With `--answers`, what a later "he" may mean is taken from whole answers rather than from the quotes of the row. Last,
how many questions that stand alone are changed.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from itertools import pairwise
from pathlib import Path
from time import perf_counter

from assistant import wiring
from assistant.followups import Rewritten, Turn, rewritten
from assistant.models import ask
from assistant.settings import load
from assistant.wiring import Desk
from tests.benchmarks.measuring import median, table
from tests.gold.followups import Conversation, conversations, understood
from tests.gold.questions import gold_questions


@dataclass(frozen=True, slots=True)
class Case:
    """A conversation, what became of its last question, and whether each wording finds the passage."""

    gold: Conversation
    rewritten: Rewritten
    seconds: float
    raw: bool
    found: bool
    by_hand: bool


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--answers", action="store_true", help="ask the turns before, which takes longer")
    parser.add_argument("--show", action="store_true", help="each follow-up of the part `tune` with its rewriting")
    given = parser.parse_args()
    with wiring.opened(load({"workspace": given.workspace})) as desk:
        answer = partial(quotes, desk=desk) if given.answers else None
        tune = [measured(one, desk, answer) for one in conversations("tune")]
        held = [measured(one, desk, answer) for one in conversations("held")]
    print(table(["", "tune", "held"], list(zip(LABELS, figures(tune), figures(held), strict=True))))
    changed, alone = standing_alone()
    print(f"\nquestions that stand alone, changed after another one: {changed} of {alone}")
    if given.show:
        print("\n".join(shown(case) for case in tune))


def quotes(text: str, *, desk: Desk) -> str:
    """What a whole answer cites."""
    return "\n".join(citation.quote for citation in desk.ask(ask(text)).citations)


def standing_alone() -> tuple[int, int]:
    """Of the labelled questions of whole answers, each after the one before it in the file."""
    some = [one.question for one in gold_questions()]
    return sum(rewritten(one, [Turn(other)]).changed for other, one in pairwise(some)), len(some) - 1


def measured(one: Conversation, desk: Desk, answer: Callable[[str], str] | None) -> Case:
    started = perf_counter()
    said = understood(one)
    seconds = perf_counter() - started
    said = understood(one, answer=answer) if answer else said
    raw, found, by_hand = (finds(text, one, desk) for text in (one.turns[-1], said.text, one.rewritten))
    return Case(one, said, seconds, raw, found, by_hand)


def finds(text: str, one: Conversation, desk: Desk) -> bool:
    """Whether the passage is among those that would be read."""
    hits = desk.search(ask(text)).hits
    return any(one.quote in " ".join(hit.passage.text.split()) for hit in hits)


LABELS = (
    "conversations",
    "passage found, question as typed",
    "passage found, rewritten",
    "passage found, rewritten by hand",
    "word for word as by hand",
    "unsure",
    "passage found, of those sure",
    "a conversation rewritten, ms",
)


def figures(cases: Sequence[Case]) -> list[str]:
    sure = [case for case in cases if case.rewritten.sure]
    return [
        str(len(cases)),
        _share([case.raw for case in cases]),
        _share([case.found for case in cases]),
        _share([case.by_hand for case in cases]),
        _share([case.rewritten.text == case.gold.rewritten for case in cases]),
        _share([not case.rewritten.sure for case in cases]),
        _share([case.found for case in sure]),
        f"{1000 * median([case.seconds for case in cases]):.2f}",
    ]


def _share(some: Sequence[bool]) -> str:
    return f"{sum(some) / len(some):.2f} ({sum(some)})"


def shown(case: Case) -> str:
    sign = "found" if case.found else "     "
    sure = "" if case.rewritten.sure else " (unsure)"
    return f"{sign} {case.gold.id} {case.gold.turns[-1]!r}: {case.rewritten.text!r}{sure} {case.rewritten.because}"


if __name__ == "__main__":
    main()
