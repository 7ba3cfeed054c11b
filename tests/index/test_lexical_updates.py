"""However an index of words came about, a search in it is one in an index made anew of the scope's passages alone."""

from __future__ import annotations

import os
import random
import shutil
from collections.abc import Collection, Sequence
from dataclasses import replace
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DamagedIndex
from index.lexical import NEVER, Lexical, LexicalRow, Scope, build, update

QUESTION = "Which crane fell on the quay of the harbour on Monday?"
WORDS = ["crane", "quay", "harbour", "port", "Monday", "the", "on", "fell", "ship", "a", "was", "of"]
EVERYTHING = Scope()
SCOPES = [
    EVERYTHING,
    Scope(as_of=3),
    Scope(as_of=6),
    Scope(since=2, until=5),
    Scope(until=4, as_of=6),
    Scope(publishers=(1,)),
    Scope(publishers=(1, 2), as_of=5),
]
Answer = tuple[list[int], list[float], dict[str, float]]


def holds(scope: Scope, row: LexicalRow) -> bool:
    """What a scope means, row by row."""
    if scope.as_of and not 0 < row.day <= scope.as_of < row.until:
        return False
    if not scope.as_of and row.until != NEVER:
        return False
    if (scope.since or scope.until) and not max(scope.since, 1) <= row.day <= (scope.until or NEVER):
        return False
    return not scope.publishers or row.publisher in scope.publishers


class Kept:
    """An index as it goes from generation to generation, with the rows that it should hold."""

    def __init__(self, folder: Path, rows: Sequence[LexicalRow] = ()) -> None:
        self.folder = folder
        self.generation = 0
        self.rows = {row.position: row for row in rows}
        self.next = len(self.rows)
        build(rows, self.path)

    @property
    def path(self) -> Path:
        return self.folder / f"{self.generation}"

    def change(self, articles: Collection[int], rows: Sequence[LexicalRow]) -> None:
        before = self.path
        self.generation += 1
        update(before, self.path, articles=articles, rows=rows)
        self.rows = {position: row for position, row in self.rows.items() if row.article not in articles}
        self.rows |= {row.position: row for row in rows}

    def revise(self, article: int, day: int, publisher: int, texts: Sequence[str]) -> None:
        """What stood is superseded by passages of `texts`, from `day` on."""
        before = [row for row in self.rows.values() if row.article == article]
        superseded = [replace(row, until=min(row.until, day)) for row in before if row.day < min(row.until, day)]
        new = [LexicalRow(self.next + n, article, day, NEVER, publisher, text) for n, text in enumerate(texts)]
        self.next += len(new)
        self.change([article], [*superseded, *new])

    def answer(self, scope: Scope, k: int, question: str = QUESTION) -> Answer:
        return answer(self.path, list(self.rows.values()), scope, k, question)

    def fresh(self, scope: Scope, k: int, question: str = QUESTION) -> Answer:
        """What an index of the scope's rows alone says, made anew."""
        rows = [replace(row, until=NEVER) for row in self.rows.values() if holds(scope, row)]
        build(rows, self.folder / "fresh")
        return answer(self.folder / "fresh", rows, EVERYTHING, k, question)


def answer(path: Path, rows: Sequence[LexicalRow], scope: Scope, k: int, question: str) -> Answer:
    lexical = Lexical.open(path)
    texts = {row.position: row.text for row in rows}
    positions, scores = lexical.search(
        question, k, scope=scope, texts=lambda asked: [texts[position] for position in asked]
    )
    return positions.tolist(), scores.tolist(), lexical.weighted_terms(question, scope=scope)


TEXTS = st.lists(
    st.tuples(st.lists(st.sampled_from(WORDS), max_size=8), st.integers(1, 12)).map(
        lambda drawn: " ".join(drawn[0] * drawn[1])
    ),
    max_size=3,
)
CHANGES = st.lists(
    st.tuples(st.sampled_from(["revise", "remove"]), st.integers(1, 4), st.integers(0, 7), st.integers(0, 3), TEXTS),
    max_size=6,
)


@settings(deadline=None, max_examples=20)
@given(changes=CHANGES, k=st.integers(1, 12), scopes=st.lists(st.sampled_from(SCOPES), min_size=1, max_size=3))
def test_any_history_gives_what_an_index_of_the_scope_alone_gives(
    tmp_path_factory: pytest.TempPathFactory,
    changes: list[tuple[str, int, int, int, list[str]]],
    k: int,
    scopes: list[Scope],
) -> None:
    kept = Kept(tmp_path_factory.mktemp("x"))
    for kind, article, day, publisher, texts in changes:
        if kind == "revise":
            kept.revise(article, day, publisher, texts)
        else:
            kept.change([article], [])
    for scope in scopes:
        assert kept.answer(scope, k) == kept.fresh(scope, k)


def article_texts(chance: random.Random, words: Sequence[str]) -> list[str]:
    return [" ".join(chance.choices(words, k=chance.randint(1, 90))) for _ in range(chance.randint(1, 3))]


@pytest.fixture(scope="module")
def old(tmp_path_factory: pytest.TempPathFactory) -> Kept:
    """An index with a long history, of merges too."""
    chance = random.Random(5)
    words = [*WORDS, *(f"word{n}" for n in range(40))]
    rows = [
        LexicalRow(n, n // 2, n % 8, NEVER, n % 4, " ".join(chance.choices(words, k=chance.randint(1, 90))))
        for n in range(600)
    ]
    kept = Kept(tmp_path_factory.mktemp("old"), rows)
    for _ in range(18):
        kept.revise(chance.randrange(330), chance.randrange(8), chance.randrange(4), article_texts(chance, words))
    return kept


@pytest.mark.parametrize("scope", SCOPES)
def test_so_does_a_long_history_with_merges(old: Kept, scope: Scope) -> None:
    assert old.answer(scope, 50) == old.fresh(scope, 50)


def test_scopes_with_far_shorter_passages_are_ranked_by_their_own_average(tmp_path: Path) -> None:
    chance = random.Random(6)
    long = [LexicalRow(n, n, 1, NEVER, 1, " ".join(chance.choices(WORDS, k=200))) for n in range(300)]
    short = [LexicalRow(n, n, 2, NEVER, 2, " ".join(chance.choices(WORDS, k=9))) for n in range(300, 400)]
    kept = Kept(tmp_path, [*long, *short])
    for scope in (Scope(publishers=(2,)), Scope(since=2), Scope(publishers=(1,))):
        assert kept.answer(scope, 5) == kept.fresh(scope, 5)


def test_a_word_that_all_have_weighs_the_same_in_every_history(tmp_path: Path) -> None:
    """Single precision, in which tantivy counts, knows its weight only coarsely."""
    kept = Kept(tmp_path, [LexicalRow(n, n, 1, NEVER, 1, "the " * (n % 7 + 1)) for n in range(4000)])
    kept.change([3999], [])
    assert kept.answer(EVERYTHING, 10, "the") == kept.fresh(EVERYTHING, 10, "the")


def test_the_earlier_index_stays_as_it_was(tmp_path: Path) -> None:
    rows = [LexicalRow(n, n, n, NEVER, 1, f"The crane fell on quay {n}.") for n in range(20)]
    kept = Kept(tmp_path, rows)
    before = answer(kept.path, rows, EVERYTHING, 30, "crane quay 7")
    bytes_before = {file.name: file.read_bytes() for file in kept.path.iterdir()}
    kept.revise(7, 30, 1, ["Another crane."])
    kept.change([8, 9], [])
    assert {file.name: file.read_bytes() for file in (tmp_path / "0").iterdir()} == bytes_before
    assert answer(tmp_path / "0", rows, EVERYTHING, 30, "crane quay 7") == before
    assert kept.answer(EVERYTHING, 30, "crane quay 7") != before


def test_it_stays_though_the_next_ones_merge_and_it_is_removed(tmp_path: Path) -> None:
    kept = Kept(tmp_path, [LexicalRow(0, 0, 1, NEVER, 1, "The crane fell.")])
    opened = Lexical.open(kept.path)
    for n in range(1, 10):
        kept.revise(n, 1, 1, ["The crane fell again."])
        shutil.rmtree(tmp_path / f"{n - 1}")
    assert kept.answer(EVERYTHING, 30, "crane")[0] == list(range(10))
    assert opened.search("crane", 5, texts=lambda asked: ["The crane fell."] * len(asked))[0].tolist() == [0]


def test_an_update_shares_the_files_that_did_not_change(tmp_path: Path) -> None:
    kept = Kept(tmp_path, [LexicalRow(n, n, 1, NEVER, 1, f"The crane fell on quay {n}.") for n in range(20)])
    kept.revise(50, 2, 1, ["Another crane."])
    shared = {file.name for file in (tmp_path / "0").iterdir() if (tmp_path / "1" / file.name).samefile(file)}
    assert {Path(name).suffix for name in shared} >= {".idx", ".term", ".fast", ".fieldnorm"}


def test_where_there_are_no_links_files_are_copied(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise OSError("no links here")

    monkeypatch.setattr(os, "link", refuse)
    kept = Kept(tmp_path, [LexicalRow(0, 0, 1, NEVER, 1, "The crane fell.")])
    kept.revise(1, 2, 1, ["Another crane."])
    shutil.rmtree(tmp_path / "0")
    assert kept.answer(EVERYTHING, 5) == kept.fresh(EVERYTHING, 5)


def test_an_update_may_change_nothing(tmp_path: Path) -> None:
    kept = Kept(tmp_path, [LexicalRow(0, 0, 1, NEVER, 1, "The crane fell.")])
    kept.change([], [])
    kept.change([77], [])
    assert kept.answer(EVERYTHING, 5) == kept.fresh(EVERYTHING, 5)


def test_an_index_may_be_emptied_and_filled_again(tmp_path: Path) -> None:
    kept = Kept(tmp_path, [LexicalRow(0, 0, 1, NEVER, 1, "The crane fell.")])
    kept.change([0], [])
    assert kept.answer(EVERYTHING, 5) == kept.fresh(EVERYTHING, 5)
    kept.revise(1, 2, 1, ["Another crane."])
    assert kept.answer(EVERYTHING, 5) == kept.fresh(EVERYTHING, 5)


def test_an_update_in_place_replaces_the_index(tmp_path: Path) -> None:
    build([LexicalRow(0, 0, 1, NEVER, 1, "The crane fell.")], tmp_path / "lexical")
    update(tmp_path / "lexical", tmp_path / "lexical", articles=[0], rows=[])
    assert len(Lexical.open(tmp_path / "lexical")) == 0


@pytest.mark.parametrize("suffix", [".idx", ".fast", "meta.json", "analysis.txt"])
@pytest.mark.parametrize("gone", [True, False])
def test_an_update_of_a_damaged_index_says_so_and_leaves_nothing(tmp_path: Path, suffix: str, gone: bool) -> None:
    kept = Kept(tmp_path, [LexicalRow(n, n, 1, NEVER, 1, "The crane fell.") for n in range(50)])
    (file,) = (path for path in kept.path.iterdir() if path.name.endswith(suffix))
    content = file.read_bytes()
    file.unlink()
    if not gone:
        file.write_bytes(content[: len(content) // 2])
    with pytest.raises(DamagedIndex):
        update(kept.path, tmp_path / "1", articles=[0], rows=[])
    assert [path.name for path in tmp_path.iterdir()] == ["0"]
