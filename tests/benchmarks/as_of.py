"""Answers as of a day beside those of workspaces made only of what was published by then: they have to be equal.

    python -m tests.benchmarks.as_of WORKSPACE [--days 20] [--questions 28] [--changed]
        [--grown] [--shuffled] [--keep FOLDER]

WORKSPACE has the vectors of the 2022 articles; it is copied. Makes one workspace of all these articles and, for each
day, one of those published by that day, and asks each question of both. Compared are status, texts, findings,
conflicts, citations with all they say, comparisons and warnings but the one on undated articles, to the last digit.
With `--changed`, one article in forty has no date and another a later revision. With `--grown`, the workspace of a day
is that of the day before and what was published since, instead of being made at once; with `--shuffled`, the
articles come in another order, so that equal scores are found at other positions. Prints how many are equal and, of
each that is not, where search, weights and answer first differ.
"""

from __future__ import annotations

import argparse
import random
import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from time import perf_counter

from assistant import wiring
from assistant.answering import Tools, answer, find
from assistant.models import Question, ask
from assistant.settings import Settings, load
from assistant.wiring.export import encoder_files, question_export, silent
from assistant.words import subject_weights
from index.filtering import standing
from index.models import Encode, EncoderIdentity, Vectors
from index.planning import make_order
from index.question_encoder import QuestionEncoder
from index.search import Limits
from index.sync import CountTokens, Engine, ingest
from index.tokens import TokenCounter
from index.workspace import STORE_FILE, open_workspace
from tests.assistant.as_of import (
    DAYS,
    QUESTIONS,
    Row,
    borrowed,
    by,
    first_difference,
    found,
    news,
    revised,
    told,
    undated,
    write,
)
from tests.fakes import Silent

_WIDE = Limits(top_k=100)


@dataclass(frozen=True, slots=True)
class Corpus:
    """Files to be brought in one after the other."""

    first: Sequence[Row]
    later: Sequence[Row]
    """Revisions of some of them."""

    def by(self, day: date, *, after: date | None = None) -> Corpus:
        """What was published by the end of a day, or only what was after an earlier one."""
        return Corpus(_between(after, day, self.first), _between(after, day, self.later))


def _between(after: date | None, day: date, rows: Sequence[Row]) -> list[Row]:
    return [row for row in by(day, rows) if after is None or (row.published is not None and row.published > after)]


@dataclass(frozen=True, slots=True)
class Difference:
    """Where two answers part, stage by stage; empty where a stage gave the same."""

    search: str
    weights: str
    answer: str

    def __str__(self) -> str:
        parts = (("search", self.search), ("weights", self.weights), ("answer", self.answer))
        return "\n".join(f"    {name}: {text}" for name, text in parts if text)


def bring_in(workspace: Path, corpus: Corpus, folder: Path, *, engine: Engine) -> None:
    """First all articles, then their revisions."""
    folder.mkdir(exist_ok=True)
    for name, rows in (("articles.jsonl", corpus.first), ("revisions.jsonl", corpus.later)):
        if rows:
            order = make_order([write(folder / name, rows)], workspace=workspace)
            with open_workspace(workspace, create=True) as opened:
                ingest(opened, order, engine=engine, events=Silent())


@contextmanager
def encoder_of(settings: Settings) -> Iterator[tuple[EncoderIdentity, Encode, CountTokens]]:
    """What made the vectors of a workspace, for the few texts that have none there."""
    with open_workspace(settings.workspace) as workspace:
        encoder = QuestionEncoder.open(question_export(settings, workspace, silent))

        def encode(texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
            return encoder.encode_passages(texts).astype("<f2")

        identity = EncoderIdentity(encoder.model, encoder.revision, encoder.dimension)
        yield identity, borrowed(workspace.store, encode), TokenCounter(encoder_files(settings, workspace)).count


def none_left(texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
    """Stands for an encoder where all vectors must be there."""
    raise ValueError(f"{len(texts)} passages are not in the large workspace, such as {texts[0][:80]!r}.")


def compared(question: str, day: date, large: Path, small: Path, *, tools: Tools) -> Difference:
    """The question as of that day in the large workspace, and without a day in the small one."""
    then, now = ask(question, as_of=day, explain=True), ask(question, explain=True)
    here, there = _stages(then, large, tools), _stages(now, small, tools)
    return Difference(*(first_difference(one, other) for one, other in zip(here, there, strict=True)))


def _stages(question: Question, workspace: Path, tools: Tools) -> tuple[list[str], list[str], list[str]]:
    """Hits, weights of the question's words, and the answer, each as lines."""
    with open_workspace(workspace) as opened, opened.reading() as (view, derived):
        vector = tools.embed_questions([question.text])[0]
        hits = find(question, vector, limits=_WIDE, view=view, derived=derived)
        weighted = derived.lexical.weighted_terms(question.text, scope=standing(question.as_of))
        weights = [f"{term} {weight!r}" for term, weight in sorted(subject_weights(weighted).items())]
        told_now = answer(question, tools=tools, view=view, derived=derived)
        return found(hits), weights, told(told_now).splitlines()


def run(given: argparse.Namespace, folder: Path) -> int:
    """How many answers differ."""
    rows = undated(news()) if given.changed else news()
    corpus = Corpus(rows, revised(rows) if given.changed else [])
    questions = QUESTIONS[: given.questions]
    source, large = folder / "source", folder / "large"
    source.mkdir()
    shutil.copy(given.workspace / STORE_FILE, source / STORE_FILE)
    with encoder_of(load({"workspace": source})) as (identity, encode, count):
        started = perf_counter()
        bring_in(large, corpus, folder / "files", engine=Engine(identity, encode, count))
        print(f"{len(corpus.first):,} articles and {len(corpus.later)} revisions in {perf_counter() - started:.0f} s")
        with wiring.opened(load({"workspace": large}), remembering=True) as desk, open_workspace(large) as opened:
            engine = Engine(identity, borrowed(opened.store, none_left), count)
            different = 0
            for day, small in made(corpus, folder, engine=engine, given=given):
                different += report(day, large, small, questions, tools=desk.tools)
    print(f"{given.days * len(questions) - different:,} of {given.days * len(questions):,} answers equal")
    return different


def made(corpus: Corpus, folder: Path, *, engine: Engine, given: argparse.Namespace) -> Iterator[tuple[date, Path]]:
    """The days, and the workspaces of what was published by them."""
    before: date | None = None
    for day in sorted(DAYS[-1 - place * len(DAYS) // given.days] for place in range(given.days)):
        files = folder / f"files {day}"
        if given.grown:
            small, some = folder / "grown", corpus.by(day, after=before)
        else:
            small, some = folder / f"by {day}", corpus.by(day)
        if given.shuffled:
            some = Corpus(random.Random(day.toordinal()).sample(some.first, len(some.first)), some.later)
        bring_in(small, some, files, engine=engine)
        before = day
        yield day, small


def report(day: date, large: Path, small: Path, questions: Sequence[str], *, tools: Tools) -> int:
    """Prints what differs; how many answers do."""
    started = perf_counter()
    outcomes = {question: compared(question, day, large, small, tools=tools) for question in questions}
    wrong = {question: one for question, one in outcomes.items() if one != Difference("", "", "")}
    answers = sum(bool(one.answer) for one in wrong.values())
    searches = sum(bool(one.search) for one in wrong.values())
    with open_workspace(small) as opened, opened.viewing() as view:
        articles = view.count()
    print(
        f"{day}: {articles:,} articles; {len(questions) - answers} of {len(questions)} answers equal, "
        f"{len(questions) - searches} searches; {perf_counter() - started:.0f} s",
        flush=True,
    )
    for question, one in wrong.items():
        print(f"  {question}\n{one}", flush=True)
    return answers


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--days", type=int, default=len(DAYS))
    parser.add_argument("--questions", type=int, default=len(QUESTIONS))
    parser.add_argument("--changed", action="store_true")
    parser.add_argument("--grown", action="store_true")
    parser.add_argument("--shuffled", action="store_true")
    parser.add_argument("--keep", type=Path)
    given = parser.parse_args()
    if given.keep:
        given.keep.mkdir(parents=True)
        return 1 if run(given, given.keep) else 0
    with tempfile.TemporaryDirectory() as name:
        return 1 if run(given, Path(name)) else 0


if __name__ == "__main__":
    sys.exit(main())
