"""Whole answers to labelled questions: `python -m tests.benchmarks.answers SHARED --workspace FOLDER [--part PART]`.

FOLDER is a workspace of all shared articles. The questions are those of tests/gold (`questions.jsonl`): status with its
confusion table, whether an expected answer is in the text, conflicts found and false alarms, refusals right and wrong.
"""

from __future__ import annotations

import argparse
import re
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from assistant import wiring
from assistant.models import Answer, ask
from assistant.settings import load
from tests.benchmarks.measuring import median, table
from tests.gold.questions import GoldQuestion, gold_questions

STATUSES = (
    "confirmed", "single_source", "attributed_only", "unconfirmed", "denied", "contested", "superseded", "not_covered",
)  # fmt: skip


@dataclass(frozen=True, slots=True)
class Case:
    gold: GoldQuestion
    answer: Answer


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--part", choices=("tune", "held"), default="held")
    parser.add_argument("--show", action="store_true", help="each question with what was said, to look at errors")
    given = parser.parse_args()
    with wiring.opened(load({"workspace": given.workspace})) as asker:
        cases = [Case(one, asker.ask(ask(one.question))) for one in gold_questions() if one.part == given.part]
    report(cases)
    if given.show:
        for case in cases:
            print(shown(case))


def report(cases: Sequence[Case]) -> None:
    covered = [case for case in cases if case.gold.status != "not_covered"]
    refused = [case for case in cases if case.answer.status == "not_covered"]
    rightly = [case for case in refused if case.gold.status == "not_covered"]
    rows = [
        ["questions", str(len(cases)), ""],
        [
            "an expected answer is in the text, of those answered anywhere",
            *_share([answered(case) for case in covered]),
        ],
        ["a labelled sentence is cited", *_share([cites(case) for case in covered])],
        ["status right", *_share([case.answer.status == case.gold.status for case in cases])],
        [
            "refused, of those that nothing answers",
            *_share([case in rightly for case in cases if case.gold.status == "not_covered"]),
        ],
        ["refused, of those that something answers", *_share([case in refused for case in covered])],
        [
            "conflicts found, of those labelled",
            *_share([bool(case.answer.conflicts) for case in cases if case.gold.conflict]),
        ],
        [
            "right, of conflicts flagged",
            *_share([case.gold.conflict is not None for case in cases if case.answer.conflicts]),
        ],
        [
            "type right, of conflicts found",
            *_share(
                [
                    case.gold.conflict in {c.type for c in case.answer.conflicts}
                    for case in cases
                    if case.answer.conflicts and case.gold.conflict
                ]
            ),
        ],
    ]
    print(table(["", "share", "of"], rows), end="\n\n")
    print(table(["labelled \\ said", *STATUSES], list(_confusion(cases))), end="\n\n")
    for stage in ("search", "read", "judge", "total"):
        print(f"{stage}: median {median([getattr(case.answer.timings_ms, stage) for case in cases]):.0f} ms")


def _share(some: Sequence[bool]) -> tuple[str, str]:
    return (f"{sum(some) / len(some):.2f}" if some else "–", str(len(some)))


def _confusion(cases: Sequence[Case]):  # type: ignore[no-untyped-def]
    counts = Counter((case.gold.status, case.answer.status) for case in cases)
    for gold in STATUSES:
        yield [gold, *(str(counts[gold, said] or "") for said in STATUSES)]


def answered(case: Case) -> bool:
    """Short numbers count only as whole words. Yes/no questions are answered by a labelled sentence."""
    words = [one for one in case.gold.answers if one.casefold() not in {"yes", "no"}]
    if not words:
        return cites(case)
    text = " ".join(citation.quote for citation in case.answer.citations)
    return any(re.search(rf"(?<!\w){re.escape(one)}(?!\w)", text, re.IGNORECASE) for one in words)


def cites(case: Case) -> bool:
    places = {(place.article, place.start) for place in case.gold.sentences}
    return any((citation.article_id, citation.start) in places for citation in case.answer.citations)


def shown(case: Case) -> str:
    gold, said = case.gold, case.answer
    lines = [f"\n{gold.id} {gold.question!r}\n  labelled {gold.status} {gold.conflict or ''} {list(gold.answers)}"]
    lines.append(f"  said     {said.status}: {said.reason}")
    lines += [f"  conflict {one.type}: {[side.value for side in one.sides]} {one.reason}" for one in said.conflicts]
    lines += [
        f"  [{c.number}] {c.score:.2f} {c.attribution}/{c.certainty} {c.article_id} {c.origin}: "
        f"{' '.join(c.quote.split())[:200]}"
        for c in (*said.citations, *said.closest)
    ]
    return "\n".join(lines)


if __name__ == "__main__":
    main()
