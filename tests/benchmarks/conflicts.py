"""How well conflicts are told from agreement and from lookalikes: `python -m tests.benchmarks.conflicts SHARED`.

Over the labelled pairs of tests/gold. Weights are fitted on the tune part (`--fit JUDGED`, where JUDGED is the
`judged.jsonl` of the judge's training: opinions of networks that did not learn those pairs); the tables are of the
held part, of whose stories nothing was trained or fitted on. Beside the product: the judge alone, and the rules alone.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, confusion_matrix

from assistant.comparing.cloze import Blanks, fill
from assistant.comparing.features import Features, features
from assistant.comparing.judgement import Judgement, StatementPair
from assistant.comparing.relating import probabilities
from assistant.comparing.statement import Statement
from assistant.comparing.values import Values, beside
from assistant.judge import open_judge
from assistant.models import ConflictType
from assistant.policy import ComparingPolicy, ComparingWeights, Policy, RelationWeights
from assistant.reader import Reader, open_reader
from tests.benchmarks.measuring import table
from tests.gold.articles import Article, articles
from tests.gold.pairs import GoldPair, gold_pairs

RELATIONS = ("compatible", "agree", "conflict")
_TYPES: tuple[ConflictType, ...] = ConflictType.__args__  # type: ignore[attr-defined]


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled pair as the product sees it."""

    pair: GoldPair
    a: Statement
    b: Statement
    values: list[Values]
    judgement: Judgement
    blanks: Blanks

    @property
    def features(self) -> Features:
        return features(self.a, self.b, self.values, self.judgement, self.blanks)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--judge", type=Path, help="another judge's folder than the shipped one")
    parser.add_argument("--reader", type=Path, help="another reader's folder than the shipped one")
    parser.add_argument("--fit", type=Path, metavar="JUDGED")
    given = parser.parse_args()
    texts = articles(given.shared)
    reader = open_reader(given.reader, threads=2) if given.reader else open_reader(threads=2)
    for framed in (True, False):
        name = "With the question" if framed else "Without a question"
        held = cases("held", texts, reader, judging(given.judge, framed=framed), framed=framed)
        weights = weights_of(Policy().comparing, framed=framed)
        if given.fit:
            judged = judged_before(given.fit, framed=framed)
            tune = cases(
                "tune", texts, reader, lambda some, judged=judged: [judged[one.id] for one, _, _ in some], framed=framed
            )
            weights = fit(tune)
            print(f"{name}, fitted on {len(tune)} tune pairs:\n{weights}\n")
            print(f"On the tune part itself: {thresholds(tune, weights)}\n")
        report(name, held, weights)


def weights_of(policy: ComparingPolicy, *, framed: bool) -> RelationWeights:
    return policy.framed if framed else policy.bare


Judging = Callable[[Sequence[tuple[GoldPair, Statement, Statement]]], Sequence[Judgement]]


def judging(folder: Path | None, *, framed: bool) -> Judging:
    judge = open_judge(folder, threads=2) if folder else open_judge(threads=2)

    def judged(some: Sequence[tuple[GoldPair, Statement, Statement]]) -> Sequence[Judgement]:
        return judge([StatementPair(a.text, b.text, pair.question if framed else None) for pair, a, b in some])

    return judged


def judged_before(path: Path, *, framed: bool) -> Mapping[str, Judgement]:
    """By pair id."""
    rows = (json.loads(line) for line in path.read_text(encoding="utf-8").splitlines())
    return {row["id"]: _judgement(row["framed" if framed else "bare"]) for row in rows}


def _judgement(logits: Sequence[float]) -> Judgement:
    likely = np.exp(np.array(logits[:3]) - max(logits[:3]))
    agree, compatible, conflict = (likely / likely.sum()).tolist()
    return Judgement(agree, compatible, conflict, _TYPES[int(np.argmax(logits[3:]))])


def cases(part: str, texts: Mapping[str, Article], reader: Reader, judge: Judging, *, framed: bool) -> list[Case]:
    some = [pair for pair in gold_pairs() if pair.part == part and (pair.question or not framed)]
    stated = [
        (pair, *(statement(pair, place.words(texts), reader, framed=framed) for place in (pair.a, pair.b)))
        for pair in some
    ]
    judgements = judge(stated)
    blanks = fill([(a, b) for _, a, b in stated], reader)
    return [
        Case(pair, a, b, beside(a, b), said, filled)
        for (pair, a, b), said, filled in zip(stated, judgements, blanks, strict=True)
    ]


def statement(pair: GoldPair, text: str, reader: Reader, *, framed: bool) -> Statement:
    """With the answer that the product's reader finds in it."""
    text = " ".join(text.split())
    if not framed or pair.question is None:
        return Statement(text)
    return answering(pair.question, text, reader)


def answering(question: str, text: str, reader: Reader) -> Statement:
    from assistant.comparing.answers import stated

    return stated(question, [text], reader)[0]


def fit(some: Sequence[Case]) -> RelationWeights:
    rows = np.array([astuple(case.features) for case in some])
    labels = np.array([RELATIONS.index(case.pair.relation) for case in some])
    model = LogisticRegression(max_iter=5000, C=0.3).fit(rows, labels)
    coefficients, biases = model.coef_ - model.coef_[0], model.intercept_ - model.intercept_[0]
    names = [field.name for field in fields(Features)]
    agree, conflict = (
        ComparingWeights(
            bias=round(float(bias), 3), **{name: round(float(value), 3) for name, value in zip(names, row, strict=True)}
        )
        for row, bias in zip(coefficients[1:], biases[1:], strict=True)
    )
    return RelationWeights(conflict=conflict, agree=agree)


def thresholds(some: Sequence[Case], weights: RelationWeights) -> str:
    scores = np.array([probabilities(case.features, weights)[0] for case in some])
    right = np.array([case.pair.relation == "conflict" for case in some])
    return ", ".join(
        f"from {limit:.2f} on precision {precision(scores >= limit, right):.2f}, recall {recall(scores >= limit, right):.2f}"
        for limit in (0.4, 0.5, 0.6, 0.7, 0.8)
    )


def precision(said: NDArray[np.bool_], right: NDArray[np.bool_]) -> float:
    return float((said & right).sum() / max(1, said.sum()))


def recall(said: NDArray[np.bool_], right: NDArray[np.bool_]) -> float:
    return float((said & right).sum() / max(1, right.sum()))


def report(name: str, held: Sequence[Case], weights: RelationWeights) -> None:
    right = np.array([case.pair.relation == "conflict" for case in held])
    ways: dict[str, Callable[[Case], float]] = {
        "judge alone": lambda case: case.judgement.conflict,
        "rules alone (figures, dates, stances)": rules,
        "each statement asked of the other": lambda case: case.blanks.refuted,
        "features together (the product)": lambda case: probabilities(case.features, weights)[0],
    }
    kinds: dict[str, NDArray[np.bool_]] = {
        "all": np.ones(len(held), dtype=bool),
        "number and date": np.array([about_values(case) for case in held]),
    }
    rows = []
    for kind, some in kinds.items():
        for way, score in ways.items():
            scores = np.array([score(case) for case in held])[some]
            ap = average_precision_score(right[some], scores)
            rows.append(
                [
                    kind,
                    way,
                    f"{ap:.3f}",
                    *(f"{recall_at(scores, right[some], least):.2f}" for least in (0.9, 0.85, 0.8)),
                ]
            )
    print(f"{name}: {len(held)} held pairs, {int(right.sum())} of them conflicts.\n")
    print(table(["pairs", "score", "average precision", "recall at .90", "at .85", "at .80"], rows), end="\n\n")
    said = [relation_of(case, weights) for case in held]
    matrix = confusion_matrix([case.pair.relation for case in held], said, labels=list(RELATIONS))
    print(
        table(
            ["labelled \\ said", *RELATIONS],
            [[one, *map(str, row)] for one, row in zip(RELATIONS, matrix, strict=True)],
        ),
        end="\n\n",
    )
    by_type = {}
    for case, one in zip(held, said, strict=True):
        if case.pair.type:
            by_type.setdefault(case.pair.type, []).append(one == "conflict")
    print(
        table(
            ["type", "found", "of"],
            [[kind, str(sum(found)), str(len(found))] for kind, found in sorted(by_type.items())],
        ),
        end="\n\n",
    )


def rules(case: Case) -> float:
    found = case.features
    return max(
        found.number_clash,
        found.date_clash,
        found.stances_clash,
        0.8 * found.loose_number_clash,
        0.8 * found.loose_date_clash,
    )


def about_values(case: Case) -> bool:
    """Conflicts of numbers and dates, and the other pairs that have comparable figures or dates."""
    return case.pair.type in {"number", "date"} or (case.pair.type is None and bool(case.values))


def relation_of(case: Case, weights: RelationWeights) -> str:
    conflict, agree = probabilities(case.features, weights)
    policy = Policy().comparing
    if conflict >= policy.conflict:
        return "conflict"
    return "agree" if agree >= policy.agree and agree > conflict else "compatible"


def recall_at(scores: NDArray[np.float64], right: NDArray[np.bool_], least: float) -> float:
    """The highest recall of any threshold with at least that precision."""
    return max(
        (recall(scores >= limit, right) for limit in np.unique(scores) if precision(scores >= limit, right) >= least),
        default=0.0,
    )


if __name__ == "__main__":
    main()
