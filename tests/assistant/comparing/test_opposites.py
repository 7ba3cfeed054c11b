"""Words that turn a statement into its opposite."""

from __future__ import annotations

from assistant.comparing.opposites import apart


def test_a_word_and_its_opposite_are_apart_either_way_round() -> None:
    assert apart("Sales rose in May.", "Sales fell in May.") == ("rose", "fell")
    assert apart("Sales fell in May.", "Sales rose in May.") == ("fell", "rose")


def test_a_text_with_both_words_stands_against_neither() -> None:
    assert apart("Sales rose.", "Sales rose after profit fell.") is None
    assert apart("Sales rose.", "Sales rose.") is None
