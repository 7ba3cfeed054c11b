"""Words weigh by how rare they are among the sentences at hand."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from assistant.comparing.rarity import EVEN, of_sentences

WORDS = st.frozensets(st.sampled_from(["ferry", "sank", "harbour", "nine", "people", "died", "captain"]), min_size=1)


def test_a_word_that_every_sentence_has_weighs_least() -> None:
    some = of_sentences([frozenset(("ferry", "sank")), frozenset(("ferry", "captain")), frozenset(("ferry",))])
    assert some.weight(("ferry",)) < some.weight(("captain",))


def test_a_word_never_seen_counts_as_rare() -> None:
    some = of_sentences([frozenset(("ferry",)), frozenset(("ferry", "captain"))])
    assert some.weight(("plum",)) == some.weight(("captain",))


@given(one=WORDS, other=WORDS)
def test_what_is_covered_is_a_share_whichever_comes_first(one: frozenset[str], other: frozenset[str]) -> None:
    assert 0.0 <= EVEN.covered(one, other) <= 1.0
    assert EVEN.covered(one, other) == EVEN.covered(other, one)
    assert EVEN.covered(one, one) == 1.0


def test_nothing_shared_covers_nothing() -> None:
    assert EVEN.covered(frozenset(("ferry",)), frozenset(("plum",))) == 0.0
    assert EVEN.covered(frozenset(), frozenset()) == 0.0
