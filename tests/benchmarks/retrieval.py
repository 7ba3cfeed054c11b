"""How well search finds the passage: dense, lexical and fused.

    python -m tests.benchmarks.retrieval SHARED [--workspace FOLDER] [--questions N]

SHARED is the folder with `data/` and `articles/`. Ingests the paragraphs of the squad part and all articles into one
workspace (kept if a folder is given), then prints two Markdown tables.

Squad part: a paragraph is an article of its own; the ranking of passages is read as one of articles, and the one
relevant article is the paragraph that the question was written for. 2022 questions: a passage is evidence if it
contains an answer in whole words and at least half of the words of the evidence sentence that are four letters or
longer; only questions with such a passage anywhere in the workspace count. Nothing was tuned on either.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import tempfile
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from assistant import wiring
from assistant.progress import shown_events
from assistant.settings import Settings
from index.fusion import Ranked, min_max
from index.indexable import passage_rows
from index.search import texts_of
from index.view import View
from index.workspace import Derived, open_workspace
from tests.benchmarks.measuring import table

POOL = 100


@dataclass(frozen=True, slots=True)
class Rankings:
    """Positions by method, one array a question."""

    dense: list[NDArray[np.int64]]
    lexical: list[NDArray[np.int64]]
    fused: list[NDArray[np.int64]]


def write_paragraphs(rows: Sequence[dict[str, str]], path: Path) -> None:
    """The squad part's paragraphs as articles, one a row."""
    paragraphs = {(row["title"], row["paragraph_id"]): row["paragraph"] for row in rows}
    with path.open("w", encoding="utf-8") as file:
        for (title, number), text in paragraphs.items():
            file.write(json.dumps({"id": paragraph_id(title, number), "title": title, "text": text}) + "\n")


def paragraph_id(title: str, number: object) -> str:
    return f"squad {title} {number}"


def rank(questions: Sequence[str], workspace: Path, view: View, derived: Derived) -> Rankings:
    """Searches each question by each method."""
    rankings = Rankings([], [], [])
    with wiring.opened(Settings(workspace=workspace)) as asker:
        vectors = asker.tools.embed_questions(questions)
    for question, vector in zip(questions, vectors, strict=True):
        dense = Ranked(*derived.dense.search(vector, POOL))
        lexical = Ranked(*derived.lexical.search(question, POOL, texts=texts_of(view, derived)))
        rankings.dense.append(dense.positions)
        rankings.lexical.append(lexical.positions)
        rankings.fused.append(min_max(dense, lexical).positions)
    return rankings


def articles_of(positions: NDArray[np.int64], derived: Derived) -> list[int]:
    """The ranking of articles that a ranking of passages is: each at its first passage."""
    return list(dict.fromkeys(derived.passages[positions, 1].tolist()))


def scores(found: Sequence[Sequence[int]], relevant: Sequence[int]) -> list[str]:
    """nDCG@10, recall@1, recall@10, recall@100, where one thing is relevant to each question."""
    ranks = [list(row).index(one) + 1 if one in row else None for row, one in zip(found, relevant, strict=True)]

    def share(limit: int, value: Callable[[int], float] = lambda _: 1.0) -> float:
        return sum(value(rank) for rank in ranks if rank and rank <= limit) / len(ranks)

    ndcg = share(10, lambda rank: 1 / np.log2(1 + rank))
    return [f"{number:.3f}" for number in (ndcg, share(1), share(10), share(100))]


def squad_table(rows: Sequence[dict[str, str]], workspace: Path, view: View, derived: Derived) -> str:
    numbers = {article_id: number for number, article_id in article_ids(view).items()}
    relevant = [numbers[paragraph_id(row["title"], row["paragraph_id"])] for row in rows]
    rankings = rank([row["question"] for row in rows], workspace, view, derived)
    lines = [
        [name, *scores([articles_of(one, derived) for one in positions], relevant)]
        for name, positions in (
            ("dense", rankings.dense),
            ("lexical", rankings.lexical),
            ("fused", rankings.fused),
        )
    ]
    return table([f"squad part, {len(rows):,} questions", "nDCG@10", "recall@1", "recall@10", "recall@100"], lines)


def article_ids(view: View) -> dict[int, str]:
    return {number: view.passages([passage])[0].article.id for passage, number in first_passages(view)}


def first_passages(view: View) -> Iterable[tuple[int, int]]:
    seen: set[int] = set()
    for row in passage_rows(view):
        if row.article_number not in seen:
            seen.add(row.article_number)
            yield row.number, row.article_number


def words(text: str) -> set[str]:
    return {word for word in re.findall(r"\w+", text.casefold()) if len(word) >= 4}


def evidence(questions: Sequence[dict[str, object]], texts: Sequence[str]) -> list[set[int]]:
    """For each question, the positions of the passages that are evidence."""
    where: dict[str, list[int]] = defaultdict(list)
    for position, text in enumerate(texts):
        for word in words(text):
            where[word].append(position)
    return [_evidence_of(question, texts, where) for question in questions]


def _evidence_of(question: dict[str, object], texts: Sequence[str], where: dict[str, list[int]]) -> set[int]:
    wanted = words(str(question["evidence"]))
    shared = Counter(position for word in wanted for position in where.get(word, ()))
    answers = [str(answer).strip("“”\"'‘’ ") for answer in question["answers"]]  # type: ignore[attr-defined]
    pattern = re.compile("|".join(rf"(?<!\w){re.escape(answer)}(?!\w)" for answer in answers), re.IGNORECASE)
    return {p for p, count in shared.items() if count >= len(wanted) / 2 and pattern.search(texts[p])}


def news_table(questions: Sequence[dict[str, object]], workspace: Path, view: View, derived: Derived) -> str:
    found = evidence(questions, [row.text for row in passage_rows(view)])
    answerable = [(question, there) for question, there in zip(questions, found, strict=True) if there]
    rankings = rank([str(question["question"]) for question, _ in answerable], workspace, view, derived)

    def rate(positions: Sequence[NDArray[np.int64]], limit: int) -> str:
        hits = sum(
            not there.isdisjoint(one[:limit].tolist()) for one, (_, there) in zip(positions, answerable, strict=True)
        )
        return f"{hits / len(answerable):.3f}"

    lines = [
        [name, *(rate(positions, limit) for limit in (1, 5, 10, 100))]
        for name, positions in (
            ("dense", rankings.dense),
            ("lexical", rankings.lexical),
            ("fused", rankings.fused),
        )
    ]
    head = f"2022 questions, {len(answerable)} of {len(questions)} with evidence here"
    return table([head, "hit@1", "hit@5", "hit@10", "hit@100"], lines)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--workspace", type=Path)
    parser.add_argument("--questions", type=int, help="only every n-th squad question, so that about so many are asked")
    given = parser.parse_args()
    with gzip.open(given.shared / "data/reading/squad_dev_part.jsonl.gz", "rt", encoding="utf-8") as file:
        rows = [json.loads(line) for line in file]
    news = [json.loads(line) for line in (given.shared / "data/news_2022_questions.jsonl").open(encoding="utf-8")]
    with tempfile.TemporaryDirectory() as name:
        workspace = given.workspace or Path(name) / "workspace"
        paragraphs = (workspace.parent / "squad_paragraphs.jsonl").absolute()
        write_paragraphs(rows, paragraphs)
        with shown_events(open("/dev/null", "w")) as events:
            wiring.ingest(Settings(workspace=workspace), [given.shared / "articles", paragraphs], events=events)
        step = max(1, len(rows) // given.questions) if given.questions else 1
        with open_workspace(workspace) as opened, opened.reading() as (view, derived):
            print(f"{len(derived.passages):,} passages.\n")
            print(squad_table(rows[::step], workspace, view, derived), end="\n\n")
            print(news_table(news, workspace, view, derived))


if __name__ == "__main__":
    main()
