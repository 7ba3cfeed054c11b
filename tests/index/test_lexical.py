"""BM25 over passages: filters before ranking, order without accidents, and honest about damaged folders."""

from __future__ import annotations

import random
import shutil
import threading
from collections import Counter
from collections.abc import Iterator
from math import log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DamagedIndex
from index.lexical import Lexical, build, terms

Row = tuple[int, int, str]

HARBOUR: list[Row] = [
    (0, 1, "Westport harbour\nThe harbour was closed after a crane fell on the quay."),
    (1, 1, "Westport harbour\nNobody was hurt, the port authority said."),
    (2, 2, "Crane maker fined\nThe maker of the crane was fined 3.5 million euros."),
    (3, 3, "Easton\nShips were sent to Easton while the inspectors examined the quays."),
]


def opened(rows: list[Row], folder: Path) -> Lexical:
    build(rows, folder / "lexical")
    return Lexical.open(folder / "lexical")


def found(lexical: Lexical, question: str, k: int = 10, articles: list[int] | None = None) -> list[int]:
    return [int(position) for position in lexical.search(question, k, articles=articles)[0]]


def bm25(rows: list[Row], question: str, row: Row) -> float:
    """By the formula, with the lengths themselves; tantivy keeps them exactly up to 40 terms."""
    bags = [Counter(terms(text)) for _, _, text in rows]
    mean = sum(map(Counter.total, bags)) / len(bags) or 1
    bag = bags[rows.index(row)]
    score = 0.0
    for term in set(terms(question)):
        n = sum(term in other for other in bags)
        idf = log(1 + (len(bags) - n + 0.5) / (n + 0.5))
        norm = 1.2 * (1 - 0.75 + 0.75 * bag.total() / mean)
        score += idf * bag[term] * 2.2 / (bag[term] + norm)
    return score


def test_the_passage_with_the_rarer_words_comes_first(tmp_path: Path) -> None:
    assert found(opened(HARBOUR, tmp_path), "Who fined the maker of the crane?")[:2] == [2, 0]


def test_scores_are_those_of_the_formula(tmp_path: Path) -> None:
    positions, scores = opened(HARBOUR, tmp_path).search("crane on the quay, the quay", 10)
    assert scores.tolist() == pytest.approx(
        [bm25(HARBOUR, "crane quay on the", HARBOUR[p]) for p in positions], rel=1e-5
    )


def test_words_are_compared_by_their_stems_and_without_accents() -> None:
    assert terms("The Inspectors examined CAFÉS") == terms("the inspector examines cafe")


def test_a_number_is_one_term() -> None:
    assert terms("3.5 million, 1,200 and 7.") == ["3.5", "million", "1,200", "and", "7"]


def test_only_passages_of_the_articles_asked_for_are_ranked(tmp_path: Path) -> None:
    lexical = opened(HARBOUR, tmp_path)
    assert found(lexical, "crane", articles=[2, 3]) == [2]
    assert found(lexical, "crane", k=1, articles=[1]) == [0]
    assert found(lexical, "crane", articles=[]) == []


def test_a_filter_does_not_change_scores(tmp_path: Path) -> None:
    lexical = opened(HARBOUR, tmp_path)
    everywhere = dict(zip(*(part.tolist() for part in lexical.search("crane quay harbour", 10)), strict=True))
    filtered = dict(
        zip(*(part.tolist() for part in lexical.search("crane quay harbour", 10, articles=[1])), strict=True)
    )
    assert filtered == pytest.approx({position: everywhere[position] for position in filtered})


def test_a_question_without_words_finds_nothing(tmp_path: Path) -> None:
    lexical = opened(HARBOUR, tmp_path)
    assert found(lexical, "?! … —") == found(lexical, "") == found(lexical, "crane", k=0) == []


@pytest.mark.parametrize(
    "question", ["text:crane", "crane AND NOT quay", '"crane"~2', "crane^9", "+(-crane", "crane*", "["]
)
def test_signs_of_a_query_language_are_only_signs(tmp_path: Path, question: str) -> None:
    words = "".join(c if c.isalnum() else " " for c in question)
    lexical = opened(HARBOUR, tmp_path)
    assert found(lexical, question) == found(lexical, words)


def test_a_repeated_word_counts_once(tmp_path: Path) -> None:
    lexical = opened(HARBOUR, tmp_path)
    assert lexical.search("crane crane cranes", 5)[1].tolist() == lexical.search("crane", 5)[1].tolist()


def test_equal_scores_are_ranked_by_position_even_at_the_cut(tmp_path: Path) -> None:
    positions = list(range(300))
    random.Random(1).shuffle(positions)
    lexical = opened([(position, 1, "The crane fell.") for position in positions], tmp_path)
    for k in (1, 2, 99, 300, 400):
        assert found(lexical, "crane", k) == list(range(min(k, 300)))


WORDS = ["crane", "quay", "harbour", "port", "Monday", "the"]
ROWS = st.lists(st.tuples(st.integers(1, 4), st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join)), max_size=25)


@settings(deadline=None, max_examples=15)
@given(rows=ROWS, k=st.integers(0, 30), articles=st.none() | st.lists(st.integers(1, 5)), seed=st.integers(0, 9))
def test_any_search_equals_brute_force(
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[tuple[int, str]],
    k: int,
    articles: list[int] | None,
    seed: int,
) -> None:
    numbered = [(position, article, text) for position, (article, text) in enumerate(rows)]
    shuffled = random.Random(seed).sample(numbered, len(numbered))
    question = "Crane at the harbour"
    positions, scores = opened(shuffled, tmp_path_factory.mktemp("x")).search(question, k, articles=articles)
    by_hand = {row[0]: bm25(numbered, question, row) for row in numbered if articles is None or row[1] in articles}
    best = sorted(
        (position for position, score in by_hand.items() if score > 0), key=lambda p: (-round(by_hand[p], 4), p)
    )
    assert positions.tolist() == best[:k]
    assert scores.tolist() == pytest.approx([by_hand[position] for position in best[:k]], rel=1e-4)


def test_rare_terms_weigh_more_and_unknown_ones_most(tmp_path: Path) -> None:
    common, rare, unknown = opened(HARBOUR, tmp_path).weighted_terms("the Easton unheard").values()
    assert 0 < common < rare < unknown
    assert rare == pytest.approx(log(1 + (4 - 1 + 0.5) / 1.5))


def test_an_empty_index_is_an_index(tmp_path: Path) -> None:
    lexical = opened([], tmp_path)
    assert len(lexical) == 0
    assert found(lexical, "crane") == []
    assert lexical.weighted_terms("crane") == {"crane": pytest.approx(log(2))}


def test_a_build_that_fails_leaves_the_earlier_folder(tmp_path: Path) -> None:
    build(HARBOUR, tmp_path / "lexical")

    def broken() -> Iterator[Row]:
        yield HARBOUR[0]
        raise LookupError("the store is gone")

    with pytest.raises(LookupError):
        build(broken(), tmp_path / "lexical")
    assert len(Lexical.open(tmp_path / "lexical")) == len(HARBOUR)
    assert [path.name for path in tmp_path.iterdir()] == ["lexical"]


def test_an_opened_index_outlives_the_folder_that_replaces_it(tmp_path: Path) -> None:
    before = opened(HARBOUR, tmp_path)
    build(HARBOUR[:1], tmp_path / "lexical")
    assert found(before, "crane") == [2, 0]
    assert found(Lexical.open(tmp_path / "lexical"), "crane") == [0]


def test_an_absent_folder_is_damaged(tmp_path: Path) -> None:
    with pytest.raises(DamagedIndex, match="lexical is no index"):
        Lexical.open(tmp_path / "lexical")


@pytest.mark.parametrize("suffix", [".term", ".idx", ".fast", ".fieldnorm", "meta.json", "analysis.txt"])
@pytest.mark.parametrize("kept", [None, 0.0, 0.5])
def test_a_file_that_is_missing_or_cut_off_is_damage(tmp_path: Path, suffix: str, kept: float | None) -> None:
    build(HARBOUR, tmp_path / "lexical")
    (file,) = (path for path in (tmp_path / "lexical").iterdir() if path.name.endswith(suffix))
    whole = file.read_bytes()
    file.unlink()
    if kept is not None:
        file.write_bytes(whole[: int(len(whole) * kept)])
    with pytest.raises(DamagedIndex):
        Lexical.open(tmp_path / "lexical")


def test_an_index_of_another_analysis_is_made_anew(tmp_path: Path) -> None:
    build(HARBOUR, tmp_path / "lexical")
    (tmp_path / "lexical" / "analysis.txt").write_text("three-letter pieces")
    with pytest.raises(DamagedIndex, match="three-letter pieces"):
        Lexical.open(tmp_path / "lexical")


def test_a_folder_may_be_moved(tmp_path: Path) -> None:
    build(HARBOUR, tmp_path / "lexical")
    shutil.move(tmp_path / "lexical", tmp_path / "elsewhere")
    assert found(Lexical.open(tmp_path / "elsewhere"), "crane") == [2, 0]


def test_threads_share_an_index(tmp_path: Path) -> None:
    lexical = opened([(n, n % 7, f"The crane fell on quay {n % 10} on Monday.") for n in range(500)], tmp_path)
    expected = [found(lexical, f"crane on quay {n}") for n in range(8)]
    answers: dict[int, list[int]] = {}

    def ask(n: int) -> None:
        for _ in range(20):
            answers[n] = found(lexical, f"crane on quay {n}")

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answers[n] for n in range(8)] == expected
