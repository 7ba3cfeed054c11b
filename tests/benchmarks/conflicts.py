"""How well conflicts are told from agreement and lookalikes: `python -m tests.benchmarks.conflicts SHARED [--fit]`.

Over the labelled pairs of tests/gold: the tables are of the held part, of whose stories nothing was trained or fitted
on. `--fit` fits the weights on pairs that no network learnt (`own_pairs.anchored_pairs`) and prints them
for `policy`. Beside the product: the judge alone (each statement asked of the other), and the rules alone.
"""

from __future__ import annotations

import argparse
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import average_precision_score, confusion_matrix

from assistant.comparing.answers import stated
from assistant.comparing.asked_values import with_own_stance
from assistant.comparing.cloze import Blanks, fill, unfilled
from assistant.comparing.features import Features, features
from assistant.comparing.judgement import Judgement, StatementPair, by_stance
from assistant.comparing.relating import probabilities
from assistant.comparing.statement import Statement
from assistant.comparing.values import Values, beside
from assistant.policy import ComparingPolicy, ComparingWeights, Policy, RelationWeights
from assistant.reader import open_reader
from assistant.reading import Read
from tests.benchmarks.measuring import table
from tests.gold.articles import Article, articles
from tests.gold.pairs import gold_pairs
from tests.training.own_pairs import anchored_pairs

RELATIONS = ("compatible", "agree", "conflict")


@dataclass(frozen=True, slots=True)
class Labelled:
    """A pair and what it is."""

    a: str
    b: str
    question: str | None
    relation: str
    type: str | None


@dataclass(frozen=True, slots=True)
class Case:
    """A labelled pair as the product sees it."""

    pair: Labelled
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
    parser.add_argument("--reader", type=Path, help="another reader's folder than the shipped one")
    parser.add_argument("--fit", action="store_true")
    given = parser.parse_args()
    texts = articles(given.shared)
    read = open_reader(given.reader, threads=2) if given.reader else open_reader(threads=2)
    for asked in (True, False):
        name = "With the question" if asked else "Without a question"
        held = cases(labelled(texts, part="held"), read, with_question=asked)
        weights = weights_of(Policy().comparing, with_question=asked)
        if given.fit:
            fitting = cases(written(texts), read, with_question=asked)
            weights = fit(fitting)
            print(f"{name}, fitted on {len(fitting)} pairs:\n{shown(weights)}\n")
        report(name, held, weights)


def weights_of(policy: ComparingPolicy, *, with_question: bool) -> RelationWeights:
    return policy.framed if with_question else policy.bare


def labelled(texts: Mapping[str, Article], *, part: str) -> list[Labelled]:
    return [
        Labelled(_line(pair.a.words(texts)), _line(pair.b.words(texts)), pair.question, pair.relation, pair.type)
        for pair in gold_pairs()
        if pair.part == part
    ]


def written(texts: Mapping[str, Article]) -> list[Labelled]:
    return [
        Labelled(own.a, own.b, own.question, own.relation, own.type if own.relation == "conflict" else None)
        for own in anchored_pairs(texts)
    ]


def _line(text: str) -> str:
    return " ".join(text.split())


def cases(pairs: Sequence[Labelled], read: Read, *, with_question: bool) -> list[Case]:
    some = [pair for pair in pairs if pair.question or not with_question]
    statements = [_stated(pair, read, with_question=with_question) for pair in some]
    judgements = by_stance(read)([StatementPair(pair.a, pair.b) for pair in some])
    blanks = unfilled(statements) if with_question else fill(statements, read)
    return [
        Case(pair, a, b, beside(a, b, question=pair.question if with_question else None), said, filled)
        for pair, (a, b), said, filled in zip(some, statements, judgements, blanks, strict=True)
    ]


def _stated(pair: Labelled, read: Read, *, with_question: bool) -> tuple[Statement, Statement]:
    """With the answers that the product's reader finds."""
    if not with_question or pair.question is None:
        return Statement(pair.a), Statement(pair.b)
    a, b = stated(pair.question, [pair.a, pair.b], read)
    return with_own_stance(pair.question, a), with_own_stance(pair.question, b)


def fit(some: Sequence[Case]) -> RelationWeights:
    rows = np.array([astuple(case.features) for case in some])
    labels = np.array([RELATIONS.index(case.pair.relation) for case in some])
    model = LogisticRegression(max_iter=5000, C=0.3).fit(rows, labels)
    coefficients, biases = model.coef_ - model.coef_[0], model.intercept_ - model.intercept_[0]
    names = [field.name for field in fields(Features)]
    agree, conflict = (
        ComparingWeights(
            bias=round(float(bias), 2), **{name: round(float(value), 2) for name, value in zip(names, row, strict=True)}
        )
        for row, bias in zip(coefficients[1:], biases[1:], strict=True)
    )
    return RelationWeights(conflict=conflict, agree=agree)


def shown(weights: RelationWeights) -> str:
    """As it stands in `policy`, without what is 0."""
    lines = []
    for name in ("conflict", "agree"):
        row = getattr(weights, name)
        values = ((field.name, getattr(row, field.name)) for field in fields(ComparingWeights))
        lines.append(f"{name}=ComparingWeights({', '.join(f'{key}={value}' for key, value in values if value)})")
    return "\n".join(lines)


def precision(said: NDArray[np.bool_], right: NDArray[np.bool_]) -> float:
    return float((said & right).sum() / max(1, said.sum()))


def recall(said: NDArray[np.bool_], right: NDArray[np.bool_]) -> float:
    return float((said & right).sum() / max(1, right.sum()))


def recall_at(scores: NDArray[np.float64], right: NDArray[np.bool_], least: float) -> float:
    """The highest recall of any threshold with at least that precision."""
    limits = [limit for limit in np.unique(scores) if precision(scores >= limit, right) >= least]
    return max((recall(scores >= limit, right) for limit in limits), default=0.0)


def report(name: str, held: Sequence[Case], weights: RelationWeights) -> None:
    right = np.array([case.pair.relation == "conflict" for case in held])
    print(f"{name}: {len(held)} held pairs, {int(right.sum())} of them conflicts.\n")
    ways: dict[str, Callable[[Case], float]] = {
        "judge alone": lambda case: case.judgement.conflict,
        "rules alone (figures, dates, stances)": rules,
        "features together (the product)": lambda case: probabilities(case.features, weights)[0],
    }
    kinds = {
        "all": np.ones(len(held), dtype=bool),
        "number and date": np.array([about_values(case) for case in held]),
    }
    rows = []
    for kind, some in kinds.items():
        for way, score in ways.items():
            scores = np.array([score(case) for case in held])[some]
            found = f"{average_precision_score(right[some], scores):.3f}"
            rows.append([kind, way, found, *(f"{recall_at(scores, right[some], p):.2f}" for p in (0.9, 0.85, 0.8))])
    heads = ["pairs", "score", "average precision", "recall at precision .90", "at .85", "at .80"]
    print(table(heads, rows), end="\n\n")
    thresholds(held, right, weights)
    said = [relation_of(case, weights) for case in held]
    matrix = confusion_matrix([case.pair.relation for case in held], said, labels=list(RELATIONS))
    lines = [[one, *map(str, row)] for one, row in zip(RELATIONS, matrix, strict=True)]
    print(table(["labelled \\ said", *RELATIONS], lines), end="\n\n")
    by_type: dict[str, list[bool]] = {}
    for case, one in zip(held, said, strict=True):
        if case.pair.type:
            by_type.setdefault(case.pair.type, []).append(one == "conflict")
    lines = [[kind, str(sum(found)), str(len(found))] for kind, found in sorted(by_type.items())]
    print(table(["type", "found", "of"], lines), end="\n\n")


def thresholds(held: Sequence[Case], right: NDArray[np.bool_], weights: RelationWeights) -> None:
    scores = np.array([probabilities(case.features, weights)[0] for case in held])
    rows = [
        [f"{limit:.2f}", f"{precision(scores >= limit, right):.2f}", f"{recall(scores >= limit, right):.2f}"]
        for limit in (0.4, 0.5, 0.6, 0.7, 0.8, 0.9)
    ]
    print(table(["threshold", "precision", "recall"], rows), end="\n\n")


def rules(case: Case) -> float:
    found = case.features
    loose = 0.8 * max(found.loose_number_clash, found.loose_date_clash)
    return max(found.number_clash, found.date_clash, found.stances_clash, loose)


def about_values(case: Case) -> bool:
    """Conflicts of numbers and dates, and the other pairs that have comparable figures or dates."""
    return case.pair.type in {"number", "date"} or (case.pair.type is None and bool(case.values))


def relation_of(case: Case, weights: RelationWeights) -> str:
    conflict, agree = probabilities(case.features, weights)
    policy = Policy().comparing
    if conflict >= policy.conflict:
        return "conflict"
    return "agree" if agree >= policy.agree and agree > conflict else "compatible"


if __name__ == "__main__":
    main()
