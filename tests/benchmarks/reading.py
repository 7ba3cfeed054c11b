"""How well sentences are chosen, and whether what nothing answers is refused; and fitting the reader's weights.

    python -m tests.benchmarks.reading SHARED --workspace FOLDER [--questions N] [--fit]

FOLDER is the workspace that `tests.benchmarks.retrieval` fills: all paragraphs of the squad part and all articles. For
each question the corpus is searched twice: as it is, and without any paragraph of the question's article, where
nothing can answer it. Weights and threshold are fitted on the tune part alone (`--fit` prints them for `policy`),
together with the tune part of this project's own questions over the news; the tables are of the held parts, which
neither training nor fitting saw.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import astuple, dataclass, fields
from pathlib import Path
from time import perf_counter

import numpy as np
from numpy.typing import NDArray
from sklearn.linear_model import LogisticRegression
from sklearn.metrics import roc_auc_score

from assistant import claims, wiring
from assistant.kinds import kind_of
from assistant.policy import Policy, ReaderWeights
from assistant.reader import open_reader
from assistant.scoring import Features, ReadCandidate, read_candidates
from assistant.settings import Settings
from assistant.words import subject_weights
from index.fusion import Ranked, min_max
from index.models import Hit
from index.search import Limits, balanced, texts_of
from index.view import View
from index.workspace import Derived, open_workspace
from tests.benchmarks.measuring import median, table
from tests.benchmarks.retrieval import paragraph_id
from tests.gold.questions import GoldQuestion, gold_questions
from tests.gold.stories import stories
from tests.training.splits import of_title

FOUND = 60
"""Hits that the passages to read are taken from."""
POOL = 100


@dataclass(frozen=True, slots=True)
class Asked:
    """One question as one corpus answers it."""

    read: list[ReadCandidate]
    similar: list[float]
    """Cosine of the question and each candidate by itself."""
    right: list[bool]
    """Whether the candidate lies in the question's paragraph and holds an answer."""
    ranks: tuple[float, float]
    """nDCG@10 of the right paragraph, as the search ranks it and as the reader does."""
    milliseconds: float


@dataclass(frozen=True, slots=True)
class Corpus:
    """The opened workspace, and which article numbers belong to which squad article."""

    view: View
    derived: Derived
    numbers: dict[str, int]


def hits(corpus: Corpus, question: str, vector: NDArray[np.float32], *, without: Sequence[int]) -> list[Hit]:
    """The fused hits among all passages but those of some articles."""
    derived, owners = corpus.derived, corpus.derived.passages[:, 1]
    allowed = ~np.isin(owners, without)
    dense = Ranked(*derived.dense.search(vector, POOL, allowed=allowed))
    positions, scores = derived.lexical.search(question, POOL + 400, texts=texts_of(corpus.view, derived))
    kept = allowed[positions]
    fused = min_max(dense, Ranked(positions[kept][:POOL], scores[kept][:POOL]))
    top = fused.positions[:FOUND]
    passages = corpus.view.passages(derived.passages[top, 0].tolist())
    cosines = derived.dense.scores(vector, top).tolist()
    return [
        Hit(passage, score, cosine, None)
        for passage, score, cosine in zip(passages, fused.scores.tolist(), cosines, strict=False)
    ]


def ask(corpus: Corpus, row: dict[str, object], vector: NDArray[np.float32], tools: Tools, *, removed: bool) -> Asked:
    """Searches, reads and scores one question."""
    question, title = str(row["question"]), str(row["title"])
    own = [number for name, number in corpus.numbers.items() if name.startswith(f"squad {title} ")]
    found = hits(corpus, question, vector, without=own if removed else [])
    some, read, taken = read_hits(corpus, question, found, tools)
    gold = corpus.numbers[paragraph_id(title, row["paragraph_id"])]
    similar = (tools.embed([c.quote for c in some]) @ vector).tolist() if tools.similar else [0.0] * len(some)
    right = [_is_right(c, gold, row["answers"]) for c in some]  # type: ignore[arg-type]
    return Asked(read, similar, right, _ranks(found, read, gold), taken)


def read_hits(
    corpus: Corpus, question: str, found: Sequence[Hit], tools: Tools
) -> tuple[list[claims.Candidate], list[ReadCandidate], float]:
    """The sentences of the hits that are read, what is read of them, and how many milliseconds that took."""
    limits = Limits(tools.passages, per_article=Policy().passages_per_article)
    places = balanced([hit.passage.article_number for hit in found], limits)
    some = claims.candidates([found[place] for place in places])
    rarity = subject_weights(corpus.derived.lexical.weighted_terms(question))
    started = perf_counter()
    read = list(read_candidates(question, some, rarity, tools.read))
    return some, read, (perf_counter() - started) * 1000


def ask_news(corpus: Corpus, part: str, tools: Tools) -> list[Asked]:
    """This project's labelled questions over the news; a yes/no question has no span and is left out."""
    of_story = {story.name: frozenset(story.articles) for story in stories()}
    squad = list(corpus.numbers.values())
    mine = [one for one in gold_questions() if one.part == part and kind_of(one.question) != "yes_no"]
    asked = []
    for one, vector in zip(mine, tools.embed([one.question for one in mine]), strict=True):
        found = hits(corpus, one.question, vector, without=squad)
        some, read, taken = read_hits(corpus, one.question, found, tools)
        right = [_answers_news(candidate, one, of_story) for candidate in some]
        similar = (tools.embed([c.quote for c in some]) @ vector).tolist() if tools.similar else [0.0] * len(some)
        asked.append(Asked(read, similar, right, (0.0, 0.0), taken))
    return asked


def _answers_news(candidate: claims.Candidate, gold: GoldQuestion, of_story: Mapping[str, frozenset[str]]) -> bool:
    """A labelled sentence, or one of the same story with an accepted answer as whole words."""
    if any(
        (place.article, place.start) == (candidate.article.id, candidate.sentence.start) for place in gold.sentences
    ):
        return True
    pattern = "|".join(rf"(?<!\w){re.escape(answer)}(?!\w)" for answer in gold.answers)
    related = of_story.get(gold.story, frozenset()) | {place.article for place in gold.sentences}
    return (
        bool(pattern) and candidate.article.id in related and bool(re.search(pattern, candidate.quote, re.IGNORECASE))
    )


@dataclass(frozen=True, slots=True)
class Tools:
    """The models."""

    read: Callable[..., object]
    embed: Callable[[Sequence[str]], NDArray[np.float32]]
    similar: bool
    passages: int
    """Read for a question."""


def _is_right(candidate: claims.Candidate, gold: int, answers: Sequence[str]) -> bool:
    pattern = "|".join(rf"(?<!\w){re.escape(answer)}(?!\w)" for answer in answers)
    return candidate.hit.passage.article_number == gold and bool(re.search(pattern, candidate.quote, re.IGNORECASE))


def _ranks(found: Sequence[Hit], read: Sequence[ReadCandidate], gold: int) -> tuple[float, float]:
    best: dict[int, float] = {}
    for one in read:
        number = one.candidate.hit.passage.article_number
        best[number] = max(best.get(number, -99.0), one.features.log_odds(ReaderWeights()))
    searched = list(dict.fromkeys(hit.passage.article_number for hit in found))
    reread = sorted(best, key=lambda number: -best[number])
    reread += [number for number in searched if number not in best]
    return _ndcg(searched, gold), _ndcg(reread, gold)


def _ndcg(ranking: Sequence[int], gold: int) -> float:
    rank = ranking.index(gold) + 1 if gold in ranking else 99
    return float(1 / np.log2(1 + rank)) if rank <= 10 else 0.0


Scoring = Callable[[Asked], list[float]]


def by_weights(weights: ReaderWeights) -> Scoring:
    return lambda asked: [one.features.log_odds(weights) for one in asked.read]


def hit_at_1(some: Sequence[Asked], scoring: Scoring) -> float:
    """Share of questions whose first sentence holds the answer."""
    firsts = [asked.right[int(np.argmax(scoring(asked)))] for asked in some if asked.read]
    return sum(firsts) / len(some)


def bests(some: Sequence[Asked], scoring: Scoring) -> NDArray[np.float64]:
    return np.array([max(scoring(asked), default=-99.0) for asked in some])


def fit(some: Sequence[Asked]) -> ReaderWeights:
    """Logistic regression over the sentences of the tune questions."""
    rows = np.array([astuple(one.features) for asked in some for one in asked.read])
    labels = np.array([right for asked in some for right in asked.right])
    model = LogisticRegression(max_iter=5000).fit(rows, labels)
    named = dict(zip((field.name for field in fields(Features)), model.coef_[0].tolist(), strict=True))
    return ReaderWeights(bias=float(model.intercept_[0]), **named)


def curve(tune: tuple[list[Asked], list[Asked]], held: tuple[list[Asked], list[Asked]], scoring: Scoring) -> str:
    """Risk and coverage: at thresholds chosen on the tune part, and at those that fit the held part itself."""
    rows = []
    for share in (0.5, 0.8, 0.9, 0.95, 0.98):
        threshold = float(np.quantile(bests(tune[1], scoring), share))
        own = float(np.quantile(bests(held[1], scoring), share))
        answered, refused = bests(held[0], scoring), bests(held[1], scoring)
        rows.append(
            [
                f"{share:.0%}",
                f"{threshold:.2f}",
                f"{(refused < threshold).mean():.3f}",
                f"{(answered < threshold).mean():.3f}",
                f"{(answered < own).mean():.3f}",
            ]
        )
    heads = ["unanswerable abstained on tune", "threshold", "abstained on held", "answerable refused on held"]
    return table([*heads, "refused at held's own threshold"], rows)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--workspace", type=Path, required=True)
    parser.add_argument("--questions", type=int, default=300, help="of each part")
    parser.add_argument("--read", type=int, default=8, help="passages read for a question")
    parser.add_argument("--fit", action="store_true")
    given = parser.parse_args()
    with gzip.open(given.shared / "data/reading/squad_dev_part.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    with open_workspace(given.workspace) as opened, opened.reading() as (view, derived):
        numbers = dict(opened.store.connection.execute("SELECT id, number FROM articles WHERE id LIKE 'squad %'"))
        corpus = Corpus(view, derived, numbers)
        tune = ask_all(corpus, rows, "tune", given)
        held = ask_all(corpus, rows, "held", given)
        with wiring.opened(Settings(workspace=given.workspace)) as asker:
            tools = Tools(open_reader(threads=2), asker.tools.embed_questions, similar=True, passages=given.read)
            news = {part: ask_news(corpus, part, tools) for part in ("tune", "held")}
    fitted = fit([*tune[0], *tune[1], *news["tune"] * 2]) if given.fit else ReaderWeights()
    report(tune, held, fitted=fitted, fitting=given.fit)
    report_news(news["held"], fitted)


def ask_all(
    corpus: Corpus, rows: Sequence[dict[str, str]], part: str, given: argparse.Namespace
) -> tuple[list[Asked], list[Asked]]:
    """With the question's article and without."""
    mine = [row for row in rows if of_title(row["title"]) == part]
    some = random.Random(1).sample(mine, min(given.questions, len(mine)))
    with wiring.opened(Settings(workspace=given.workspace)) as asker:
        tools = Tools(open_reader(threads=2), asker.tools.embed_questions, similar=part == "held", passages=given.read)
        vectors = tools.embed([row["question"] for row in some])
    return (
        [ask(corpus, row, vector, tools, removed=False) for row, vector in zip(some, vectors, strict=True)],
        [ask(corpus, row, vector, tools, removed=True) for row, vector in zip(some, vectors, strict=True)],
    )


def report(
    tune: tuple[list[Asked], list[Asked]],
    held: tuple[list[Asked], list[Asked]],
    *,
    fitted: ReaderWeights,
    fitting: bool,
) -> None:
    if fitting:
        print(f"Fitted on {len(tune[0])} tune questions: {fitted}\n")
    ways: dict[str, Scoring] = {
        "similarity of the sentence alone": lambda asked: asked.similar,
        "span margin alone": lambda asked: [one.features.margin for one in asked.read],
        "reader and words (the product)": by_weights(fitted),
    }
    lines = [[name, f"{hit_at_1(held[0], way):.3f}", f"{_auc(held, way):.3f}"] for name, way in ways.items()]
    print(f"{len(held[0])} held questions.\n")
    print(table(["score", "sentence hit@1", "AUC with or without its article"], lines), end="\n\n")
    searched, reread = ([asked.ranks[at] for asked in held[0]] for at in (0, 1))
    print(f"Passage nDCG@10: fused search {np.mean(searched):.3f}, after reading {np.mean(reread):.3f}.\n")
    print(curve(tune, held, by_weights(fitted)), end="\n\n")
    print(f"Reading and scoring, 2 threads: median {median([asked.milliseconds for asked in held[0]]):.0f} ms.")


def report_news(held: Sequence[Asked], fitted: ReaderWeights) -> None:
    answerable = [asked for asked in held if any(asked.right)]
    nothing = [asked for asked in held if not any(asked.right)]
    ways: dict[str, Scoring] = {
        "similarity of the sentence alone": lambda asked: asked.similar,
        "span margin alone": lambda asked: [one.features.margin for one in asked.read],
        "reader and words (the product)": by_weights(fitted),
    }
    parts = (answerable, nothing)
    rows = [[name, f"{hit_at_1(answerable, way):.3f}", f"{_auc(parts, way):.3f}"] for name, way in ways.items()]
    print(f"\nNews: {len(answerable)} held questions with an answer among what is read, {len(nothing)} without.\n")
    print(table(["score", "sentence hit@1", "AUC with or without an answer"], rows))


def _auc(held: tuple[Sequence[Asked], Sequence[Asked]], scoring: Scoring) -> float:
    labels = [1] * len(held[0]) + [0] * len(held[1])
    return float(roc_auc_score(labels, np.concatenate([bests(part, scoring) for part in held])))


if __name__ == "__main__":
    main()
