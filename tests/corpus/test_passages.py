"""Packing sentences into passages: what holds for any text, and that an edit stays local."""

from __future__ import annotations

import random
import statistics
import time
from collections.abc import Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.models import Passage, Sentence
from corpus.passages import pack
from corpus.sentences import split


def count(text: str) -> int:
    """A stand-in for a tokenizer: words, and a token more for every six letters of one."""
    return sum(1 + len(word) // 6 for word in text.split())


def lengths_of(text: str, sentences: Sequence[Sentence]) -> list[int]:
    return [count(text[sentence.start : sentence.end]) for sentence in sentences]


def packed(text: str, *, target: int = 128, limit: int = 200) -> list[Passage]:
    sentences = split(text)
    return pack(text, sentences, lengths_of(text, sentences), target=target, limit=limit)


WORDS = ["harbour", "crane", "Monday", "authority", "port", "closed", "tugs", "ships", "Westport", "insurer", "quay"]


def sentence(choose: random.Random) -> str:
    return " ".join(choose.choice(WORDS) for _ in range(choose.randint(4, 30))).capitalize() + "."


def article(choose: random.Random, *, sentences: int, paragraph: int) -> list[str]:
    """Sentences, each with the white space after it; a paragraph has `paragraph` of them."""
    return [sentence(choose) + ("\n\n" if n % paragraph == paragraph - 1 else " ") for n in range(sentences)]


def edited(parts: list[str], choose: random.Random) -> list[str]:
    """One word changed, or one sentence added or deleted."""
    at = choose.randrange(len(parts))
    kind = choose.choice(["word", "add", "delete"])
    if kind == "word":
        return [*parts[:at], parts[at].replace(" ", " possibly ", 1), *parts[at + 1 :]]
    return [*parts[:at], *([sentence(choose) + " ", parts[at]] if kind == "add" else []), *parts[at + 1 :]]


def test_a_short_article_is_one_passage() -> None:
    text = "Title\n\nOne sentence. Another one."
    assert packed(text) == [Passage(0, len(text), text)]


def test_no_sentences_make_no_passages() -> None:
    assert pack(" \n", [], []) == []


def test_passages_are_about_the_target() -> None:
    text = "".join(article(random.Random(1), sentences=400, paragraph=3))
    sizes = [count(passage.text) for passage in packed(text)]
    assert 120 <= statistics.mean(sizes) <= 140
    assert min(sizes) >= 64
    assert max(sizes) <= 200


def test_a_passage_ends_with_a_paragraph_where_one_ends_near_the_target() -> None:
    first = "Nobody was hurt when it fell. " * 4 + "The port stayed closed.\n"
    second = "The insurers have not agreed yet. " * 4 + "It is open.\n"
    assert [p.text for p in packed(first + second, target=25, limit=40)] == [first.strip(), second.strip()]


def test_a_heading_goes_with_what_follows_it() -> None:
    first = "Nobody was hurt when it fell. " * 4 + "The port stayed closed.\n"
    second = "What the insurers say\n" + "They have not agreed yet. " * 4
    assert packed(first + second, target=25, limit=40)[1].text.startswith("What the insurers say\nThey")


def test_the_last_passage_is_no_scrap() -> None:
    text = "The port stayed closed on Monday. " * 11 + "So it did."
    sizes = [count(passage.text) for passage in packed(text, target=32, limit=48)]
    assert min(sizes) > 16


def test_a_sentence_above_the_limit_is_cut_at_white_space() -> None:
    text = "Before it. " + "many harbour words " * 200 + "end. After it."
    passages = packed(text, target=32, limit=50)
    assert all(count(passage.text) <= 55 for passage in passages)
    assert " ".join(passage.text for passage in passages) == text


def test_a_sentence_without_white_space_is_cut_anywhere() -> None:
    text = "x" * 1000
    passages = pack(text, [Sentence(0, 1000)], [500], target=128, limit=200)
    assert "".join(passage.text for passage in passages) == text
    assert all(len(passage.text) <= 400 for passage in passages)


def test_a_length_for_every_sentence_is_required() -> None:
    with pytest.raises(ValueError, match="zip"):
        pack("A. B.", [Sentence(0, 2), Sentence(3, 5)], [1])


@given(
    st.text("aB. \n—5\u3000", max_size=400),
    st.lists(st.integers(0, 90), min_size=400, max_size=400),
    st.integers(1, 40),
    st.integers(0, 40),
)
def test_passages_tile_the_text(text: str, numbers: list[int], target: int, above: int) -> None:
    sentences = split(text)
    passages = pack(text, sentences, numbers[: len(sentences)], target=target, limit=target + above)
    end = 0
    for passage in passages:
        assert passage.text == text[passage.start : passage.end] == passage.text.strip() != ""
        assert not text[end : passage.start].strip()
        end = passage.end
    assert not text[end:].strip()


@given(st.lists(st.integers(1, 60), max_size=60), st.integers(60, 200))
def test_no_passage_exceeds_the_limit_and_none_cuts_a_sentence_that_fits(numbers: list[int], limit: int) -> None:
    text = "Aaaa. " * len(numbers)
    sentences = [Sentence(6 * n, 6 * n + 5) for n in range(len(numbers))]
    passages = pack(text, sentences, numbers, target=64, limit=limit)
    starts = {sentence.start: n for n, sentence in enumerate(sentences)}
    for passage in passages:
        first, size = starts[passage.start], (len(passage.text) + 1) // 6
        assert sum(numbers[first : first + size]) <= limit


@pytest.mark.parametrize("paragraph", [1, 3, 10_000], ids=["news", "essay", "one block"])
def test_an_edit_changes_only_the_passages_near_it(paragraph: int) -> None:
    choose = random.Random(paragraph)
    changed = []
    for _ in range(40):
        parts = article(choose, sentences=150, paragraph=paragraph)
        before = {passage.text for passage in packed("".join(parts))}
        after = packed("".join(edited(parts, choose)))
        changed.append(sum(passage.text not in before for passage in after))
    assert statistics.median(changed) <= 3
    assert statistics.mean(changed) <= 4
    assert max(changed) <= 20


def test_sentences_of_one_length_come_back_into_step_after_an_edit() -> None:
    choose = random.Random(7)
    parts = [" ".join(choose.choices(WORDS, k=9)).capitalize() + ". " for _ in range(400)]
    sentences = [f"{n} {part}" for n, part in enumerate(parts)]
    before = {passage.text for passage in packed("".join(sentences))}
    after = packed("".join(["One more sentence stands at the top now. ", *sentences]))
    assert sum(passage.text not in before for passage in after) <= 5


def test_packing_twenty_thousand_sentences_takes_time_in_proportion() -> None:
    """Processor time with much room: a quadratic search would take hours."""
    text = "A! " * 20_000
    sentences = [Sentence(3 * n, 3 * n + 2) for n in range(20_000)]
    began = time.process_time()
    pack(text, sentences, [0] * len(sentences))
    assert time.process_time() - began < 60
