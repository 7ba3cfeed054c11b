"""BM25 over passages: scopes before ranking, order without accidents, and honest about damaged folders."""

from __future__ import annotations

import random
import shutil
import threading
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from math import log
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from index.errors import DamagedIndex
from index.lexical import NEVER, Lexical, LexicalRow, Scope, Texts, build, publisher_key, terms


def row(position: int, article: int, text: str, *, day: int = 0, until: int = NEVER, publisher: int = 0) -> LexicalRow:
    return LexicalRow(position, article, day, until, publisher, text)


HARBOUR = [
    row(0, 1, "Westport harbour\nThe harbour was closed after a crane fell on the quay."),
    row(1, 1, "Westport harbour\nNobody was hurt, the port authority said."),
    row(2, 2, "Crane maker fined\nThe maker of the crane was fined 3.5 million euros."),
    row(3, 3, "Easton\nShips were sent to Easton while the inspectors examined the quays."),
]


def texts_of(rows: Sequence[LexicalRow]) -> Texts:
    by_position = {row.position: row.text for row in rows}
    return lambda positions: [by_position[position] for position in positions]


class Opened:
    """An index with the texts it was made from."""

    def __init__(self, rows: Sequence[LexicalRow], folder: Path) -> None:
        build(rows, folder / "lexical")
        self.lexical = Lexical.open(folder / "lexical")
        self.texts = texts_of(rows)

    def scored(self, question: str, k: int = 10, scope: Scope = Scope()) -> dict[int, float]:  # noqa: B008
        positions, scores = self.lexical.search(question, k, scope=scope, texts=self.texts)
        return dict(zip(positions.tolist(), scores.tolist(), strict=True))

    def found(self, question: str, k: int = 10, scope: Scope = Scope()) -> list[int]:  # noqa: B008
        return list(self.scored(question, k, scope))


def bm25(rows: Sequence[LexicalRow], question: str, row: LexicalRow) -> float:
    """By the formula, with the lengths themselves; tantivy keeps them exactly up to 40 terms."""
    bags = [Counter(terms(other.text)) for other in rows]
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
    assert Opened(HARBOUR, tmp_path).found("Who fined the maker of the crane?")[:2] == [2, 0]


def test_scores_are_those_of_the_formula(tmp_path: Path) -> None:
    scored = Opened(HARBOUR, tmp_path).scored("crane on the quay, the quay")
    assert list(scored.values()) == pytest.approx(
        [bm25(HARBOUR, "crane quay on the", HARBOUR[position]) for position in scored], rel=1e-4
    )


def test_scores_have_five_digits(tmp_path: Path) -> None:
    scores = Opened(HARBOUR, tmp_path).scored("crane on the quay").values()
    assert all(len(f"{score:.7g}".replace(".", "").lstrip("0")) <= 5 for score in scores)


def test_words_are_compared_by_their_stems_and_without_accents() -> None:
    assert terms("The Inspectors examined CAFÉS") == terms("the inspector examines cafe")


def test_a_number_is_one_term() -> None:
    assert terms("3.5 million, 1,200 and 7.") == ["3.5", "million", "1,200", "and", "7"]


WEST, EAST = publisher_key("The Western Post"), publisher_key("Eastern Mail")
DATED = [
    row(0, 1, "The crane fell on the quay.", day=10, until=20, publisher=WEST),
    row(1, 1, "The crane fell on the quay and into the harbour.", day=20, publisher=WEST),
    row(2, 2, "A crane was fined.", day=15, publisher=EAST),
    row(3, 3, "No crane was there."),
    row(4, 4, "The crane is up again.", day=30, publisher=EAST),
]


@pytest.mark.parametrize(
    ("scope", "expected"),
    [
        (Scope(), {1, 2, 3, 4}),
        (Scope(as_of=9), set()),
        (Scope(as_of=10), {0}),
        (Scope(as_of=19), {0, 2}),
        (Scope(as_of=20), {1, 2}),
        (Scope(as_of=99), {1, 2, 4}),
        (Scope(since=15), {1, 2, 4}),
        (Scope(until=15), {2}),
        (Scope(since=11, until=29), {1, 2}),
        (Scope(since=29, until=11), set()),
        (Scope(since=11, as_of=16), {2}),
        (Scope(publishers=(WEST,)), {1}),
        (Scope(publishers=(WEST, EAST), as_of=16), {0, 2}),
        (Scope(publishers=(77,)), set()),
    ],
)
def test_only_passages_of_the_scope_are_ranked(tmp_path: Path, scope: Scope, expected: set[int]) -> None:
    assert set(Opened(DATED, tmp_path).found("crane", scope=scope)) == expected


def test_a_publisher_is_known_whatever_the_case() -> None:
    assert publisher_key("the WESTERN post") == WEST != EAST
    assert 0 < publisher_key("") < 2**64


def test_a_question_without_words_finds_nothing(tmp_path: Path) -> None:
    opened = Opened(HARBOUR, tmp_path)
    assert opened.found("?! … —") == opened.found("") == opened.found("crane", k=0) == opened.found("unheard") == []


@pytest.mark.parametrize(
    "question", ["text:crane", "crane AND NOT quay", '"crane"~2', "crane^9", "+(-crane", "crane*", "["]
)
def test_signs_of_a_query_language_are_only_signs(tmp_path: Path, question: str) -> None:
    words = "".join(c if c.isalnum() else " " for c in question)
    opened = Opened(HARBOUR, tmp_path)
    assert opened.found(question) == opened.found(words)


def test_a_repeated_word_counts_once(tmp_path: Path) -> None:
    opened = Opened(HARBOUR, tmp_path)
    assert opened.scored("crane crane cranes") == opened.scored("crane")


def test_equal_scores_are_ranked_by_position_even_at_the_cut(tmp_path: Path) -> None:
    positions = list(range(300))
    random.Random(1).shuffle(positions)
    opened = Opened([row(position, 1, "The crane fell.") for position in positions], tmp_path)
    for k in (1, 2, 99, 300, 400):
        assert opened.found("crane", k) == list(range(min(k, 300)))


WORDS = ["crane", "quay", "harbour", "port", "Monday", "the"]
TEXTS = st.lists(st.lists(st.sampled_from(WORDS), max_size=6).map(" ".join), max_size=25)


@settings(deadline=None, max_examples=15)
@given(texts=TEXTS, k=st.integers(0, 30), seed=st.integers(0, 9))
def test_any_search_equals_brute_force(
    tmp_path_factory: pytest.TempPathFactory, texts: list[str], k: int, seed: int
) -> None:
    rows = [row(position, 1, text) for position, text in enumerate(texts)]
    shuffled = random.Random(seed).sample(rows, len(rows))
    question = "Crane at the harbour"
    scored = Opened(shuffled, tmp_path_factory.mktemp("x")).scored(question, k)
    by_hand = {row.position: bm25(rows, question, row) for row in rows}
    best = sorted((p for p, score in by_hand.items() if score > 0), key=lambda p: (-float(f"{by_hand[p]:.4e}"), p))
    assert list(scored) == best[:k]
    assert list(scored.values()) == pytest.approx([by_hand[position] for position in best[:k]], rel=1e-4)


def test_rare_terms_weigh_more_and_unknown_ones_most(tmp_path: Path) -> None:
    common, rare, unknown = Opened(HARBOUR, tmp_path).lexical.weighted_terms("the Easton unheard").values()
    assert 0 < common < rare < unknown
    assert rare == pytest.approx(log(1 + (4 - 1 + 0.5) / 1.5))


def test_an_empty_index_is_an_index(tmp_path: Path) -> None:
    opened = Opened([], tmp_path)
    assert len(opened.lexical) == 0
    assert opened.found("crane") == []
    assert opened.lexical.weighted_terms("crane") == {"crane": pytest.approx(log(2))}


def test_texts_without_words_are_found_by_nothing(tmp_path: Path) -> None:
    opened = Opened([row(0, 1, "…"), row(1, 1, "")], tmp_path)
    assert len(opened.lexical) == 2
    assert opened.found("crane") == []


def test_a_build_that_fails_leaves_the_earlier_folder(tmp_path: Path) -> None:
    build(HARBOUR, tmp_path / "lexical")

    def broken() -> Iterator[LexicalRow]:
        yield HARBOUR[0]
        raise LookupError("the store is gone")

    with pytest.raises(LookupError):
        build(broken(), tmp_path / "lexical")
    assert len(Lexical.open(tmp_path / "lexical")) == len(HARBOUR)
    assert [path.name for path in tmp_path.iterdir()] == ["lexical"]


def test_an_opened_index_outlives_the_folder_that_replaces_it(tmp_path: Path) -> None:
    before = Opened(HARBOUR, tmp_path)
    after = Opened(HARBOUR[:1], tmp_path)
    assert before.found("crane") == [2, 0]
    assert after.found("crane") == [0]


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


@pytest.fixture(scope="module")
def files(tmp_path_factory: pytest.TempPathFactory) -> dict[str, bytes]:
    """Those of an index with full blocks of documents, by name."""
    folder = tmp_path_factory.mktemp("whole")
    build([replace(row, position=n, day=n % 9) for n, row in enumerate(HARBOUR * 70)], folder / "lexical")
    return {file.name: file.read_bytes() for file in (folder / "lexical").iterdir()}


@settings(deadline=None, max_examples=60)
@given(
    suffix=st.sampled_from([".term", ".idx", ".fast", ".fieldnorm", "meta.json"]),
    place=st.floats(0, 1, exclude_max=True),
    bits=st.integers(1, 255),
)
def test_a_changed_byte_is_found_or_read_but_no_other_error(
    files: dict[str, bytes], tmp_path_factory: pytest.TempPathFactory, suffix: str, place: float, bits: int
) -> None:
    folder = tmp_path_factory.mktemp("x")
    for name, content in files.items():
        changed = bytearray(content)
        if name.endswith(suffix):
            changed[int(place * len(changed))] ^= bits
        (folder / name).write_bytes(changed)
    with suppress(DamagedIndex):
        lexical = Lexical.open(folder)
        for scope in (Scope(), Scope(as_of=5)):
            lexical.search("crane on the quay", 5, scope=scope, texts=lambda positions: [""] * len(positions))


def test_an_error_of_the_texts_is_not_called_damage(tmp_path: Path) -> None:
    build(DATED, tmp_path / "lexical")
    lexical = Lexical.open(tmp_path / "lexical")

    def gone(positions: Sequence[int]) -> list[str]:
        raise ValueError("the store is gone")

    with pytest.raises(ValueError, match="store is gone"):
        lexical.search("crane", 5, scope=Scope(as_of=20), texts=gone)


def test_an_index_of_another_analysis_is_made_anew(tmp_path: Path) -> None:
    build(HARBOUR, tmp_path / "lexical")
    (tmp_path / "lexical" / "analysis.txt").write_text("three-letter pieces")
    with pytest.raises(DamagedIndex, match="three-letter pieces"):
        Lexical.open(tmp_path / "lexical")


def test_a_folder_may_be_moved(tmp_path: Path) -> None:
    opened = Opened(HARBOUR, tmp_path)
    shutil.move(tmp_path / "lexical", tmp_path / "elsewhere")
    opened.lexical = Lexical.open(tmp_path / "elsewhere")
    assert opened.found("crane") == [2, 0]


def test_threads_share_an_index(tmp_path: Path) -> None:
    opened = Opened([row(n, n % 7, f"The crane fell on quay {n % 10} on Monday.") for n in range(500)], tmp_path)
    expected = [opened.found(f"crane on quay {n}") for n in range(8)]
    answers: dict[int, list[int]] = {}

    def ask(n: int) -> None:
        for _ in range(20):
            answers[n] = opened.found(f"crane on quay {n}")

    threads = [threading.Thread(target=ask, args=(n,)) for n in range(8)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert [answers[n] for n in range(8)] == expected
