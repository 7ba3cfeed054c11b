"""Whether two figures that answer the same question can both hold."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quantities import Quantity, compare, find


def only(text: str) -> Quantity:
    (quantity,) = find(text)
    return quantity


CASES = [
    # the same, as far as they are rounded
    ("nearly 300", "298", "same"),
    ("33 %", "a third", "same"),
    ("one in five", "20 percent", "same"),
    ("$1.13bn", "$1.1 billion", "same"),
    ("300 passengers", "298 passengers", "same"),
    ("two weeks", "13 days", "same"),
    ("an hour and a half", "90 minutes", "same"),
    ("60 mph", "97 km/h", "same"),
    ("5ft 9in", "175 cm", "same"),
    ("86F", "30C", "same"),
    ("doubled", "rose 100%", "same"),
    ("fell by half", "halved", "same"),
    ("$60,000 a year", "$5,000 a month", "same"),
    ("five", "5", "same"),
    ("twice as many", "two times as many", "same"),
    ("at least 25", "25 or more", "same"),
    ("25 basis points", "0.25 percentage points", "same"),
    # both can hold
    ("at least 25", "30", "compatible"),
    ("at least 25", "at least 30", "compatible"),
    ("up to 40 percent", "30 percent", "compatible"),
    ("20 to 30", "25", "compatible"),
    ("20 to 30", "25 to 35", "compatible"),
    ("dozens", "40", "compatible"),
    ("cut by up to 60%", "cut by 45% on average", "compatible"),
    ("cut by up to 60%", "cut by 45%", "compatible"),
    ("at least 30% better", "5x better", "compatible"),
    ("five people", "three passengers", "compatible"),
    # they cannot
    ("30% better", "up to 5x better", "clash"),
    ("up to 3x faster", "up to 5x faster", "clash"),
    ("nine people", "10 people", "clash"),
    ("at least 25", "20", "clash"),
    ("up to 25", "40", "clash"),
    ("20 to 30", "31", "clash"),
    ("dozens", "hundreds", "clash"),
    ("about 40 percent", "45 percent", "clash"),
    ("$349", "$399", "clash"),
    ("$1.13bn", "$1.5 billion", "clash"),
    ("three people", "five passengers", "clash"),
    ("rose 5%", "fell 5%", "clash"),
    ("a 12-year-old girl", "a 14-year-old girl", "clash"),
    ("two weeks", "three weeks", "clash"),
    # nobody can tell
    ("£5", "$5", "incomparable"),
    ("2%", "2 percentage points", "incomparable"),
    ("rose 2%", "2%", "incomparable"),
    ("nine boats", "10 lorries", "incomparable"),
    ("$5 a share", "$7 a barrel", "incomparable"),
    ("5 metres", "5 minutes", "incomparable"),
    ("30% cheaper", "30% faster", "incomparable"),
    ("$60,000 a year", "$9,000 a month", "incomparable"),
]


@pytest.mark.parametrize(("one", "other", "verdict"), CASES)
def test_two_figures_hold_together_or_not_in_either_order(one: str, other: str, verdict: str) -> None:
    a, b = only(one), only(other)
    assert compare(a, b).verdict == verdict
    assert compare(b, a).verdict == verdict


def test_the_reason_is_a_sentence_with_both_figures() -> None:
    reason = compare(only("30% better"), only("up to 5x better")).reason
    assert reason == "30% better is x1.3, up to 5x better is at most x5."


def test_the_reason_for_other_units_names_them() -> None:
    assert compare(only("£5"), only("$5")).reason == "“£5” is in GBP, “$5” in USD."


def test_slack_is_how_far_about_may_be_off() -> None:
    a, b = only("about 40 percent"), only("45 percent")
    assert compare(a, b, slack=0.2).verdict == "same"


@pytest.mark.parametrize(
    ("words", "shown"),
    [
        ("30% better", "x1.3"),
        ("up to 5x", "<= x5"),
        ("$1.13bn", "1.13e9 USD"),
        ("33 percent", "33 %"),
        ("300 passengers", "300 passenger"),
        ("between 20 and 30", "20 to 30"),
        ("more than 25", ">= 25"),
        ("about 40 percent", "~ 40 %"),
        ("two weeks", "2 week"),
        ("1,600 people", "1,600 person"),
        ("30 degrees Celsius", "30 °C"),
        ("rose by $3", "up 3 USD"),
        ("5 square metres", "5 square metre"),
    ],
)
def test_a_figure_has_one_short_form(words: str, shown: str) -> None:
    assert only(words).shown() == shown


QUANTITIES = st.builds(
    "{} {}{}".format,
    st.sampled_from(["", "up to", "at least", "about", "rose", "fell by", "20 to"]),
    st.one_of(st.integers(0, 200), st.floats(0, 50).map(lambda it: round(it, 1))),
    st.sampled_from(
        ["%", " people", " passengers", "%  better", "x", "x cheaper", " dollars", " days", " weeks", "%  on average"]
    ),
).map(lambda text: find(text)[-1])


@given(QUANTITIES, QUANTITIES)
def test_the_verdict_does_not_depend_on_the_order(a: Quantity, b: Quantity) -> None:
    assert compare(a, b).verdict == compare(b, a).verdict


@given(QUANTITIES)
def test_a_figure_never_clashes_with_itself(a: Quantity) -> None:
    assert compare(a, a).verdict == "same"


@given(QUANTITIES, QUANTITIES)
def test_every_verdict_comes_with_a_reason(a: Quantity, b: Quantity) -> None:
    assert compare(a, b).reason.endswith(".")
