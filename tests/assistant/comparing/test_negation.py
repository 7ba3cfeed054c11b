"""What a negation denies: the words next to it."""

from __future__ import annotations

from assistant.comparing.negation import scopes


def test_a_not_denies_the_words_after_it() -> None:
    assert list(scopes("The mayor has not resigned from her office.")) == ["resigned office."]


def test_what_is_called_false_stands_before_or_after() -> None:
    assert list(scopes("Claims about ninety people are false.")) == ["", "Claims ninety people"]


def test_a_sentence_without_a_negation_denies_nothing() -> None:
    assert list(scopes("The bridge was opened on Monday.")) == []
