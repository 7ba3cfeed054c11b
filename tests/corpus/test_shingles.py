"""How much of one text stands in another, estimated from sketches."""

from __future__ import annotations

import random

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.shingles import Sketch, sketch

WORDS = [f"word{n}" for n in range(400)]


def prose(seed: int, count: int) -> list[str]:
    return random.Random(seed).choices(WORDS, k=count)


def test_a_text_contains_itself_whatever_its_case_and_layout() -> None:
    text = " ".join(prose(1, 300))
    share, runs = sketch(text).containment(sketch(text.upper().replace(" ", ",\n")))
    assert share == 1.0
    assert runs == len(sketch(text).runs)


def test_an_abridgement_is_contained_in_its_original() -> None:
    words = prose(2, 1200)
    share, _ = sketch(" ".join(words)).containment(sketch(" ".join(words[:150])))
    assert share == 1.0


@pytest.mark.parametrize("copied", [0.0, 0.3, 0.6, 0.9])
def test_the_share_of_copied_words_is_estimated_within_a_tenth(copied: float) -> None:
    words = prose(3, 2000)
    other = words[: int(2000 * copied)] + prose(4, 2000 - int(2000 * copied))
    share, _ = sketch(" ".join(words)).containment(sketch(" ".join(other)))
    assert share == pytest.approx(copied, abs=0.1)


def test_other_texts_of_the_same_words_share_no_runs() -> None:
    assert sketch(" ".join(prose(5, 500))).containment(sketch(" ".join(prose(6, 500)))) == (0.0, 0)


def test_too_short_a_text_has_no_runs_and_shares_nothing() -> None:
    assert sketch("four words are few").containment(sketch("four words are few")) == (0.0, 0)


def test_what_is_looked_up_by_is_part_of_what_is_kept() -> None:
    made = sketch(" ".join(prose(7, 2000)))
    assert set(made.prints) < set(made.runs.tolist())
    assert 0.4 < len(made.prints) / len(made.runs) < 0.6


def test_a_sketch_stays_the_same_in_every_version() -> None:
    # Sketches are stored; should this fail, raise RULES in corpus.origins.
    assert sketch("the quick brown fox jumps over the lazy dog " * 3).runs.tolist() == KNOWN


KNOWN = [301561460813666706, 3966579907548631237]


@given(st.lists(st.integers(0, 2**64 - 1), unique=True))
def test_a_sketch_survives_packing(runs: list[int]) -> None:
    import numpy as np

    made = Sketch(np.array(sorted(runs), dtype=np.uint64))
    assert Sketch.from_bytes(made.to_bytes()).runs.tolist() == sorted(runs)


@given(st.text(), st.text())
def test_containment_is_symmetric_and_a_share(one: str, other: str) -> None:
    share, runs = sketch(one).containment(sketch(other))
    assert sketch(other).containment(sketch(one)) == (share, runs)
    assert 0.0 <= share <= 1.0
