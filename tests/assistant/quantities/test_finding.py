"""Which quantities a sentence states, where they stand, and what they are worth."""

from __future__ import annotations

import itertools
import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.quantities import compare, find

INF = float("inf")
DAY = 86400.0


@pytest.mark.parametrize(
    ("sentence", "words", "value", "unit"),
    [
        # plain numbers
        ("The bridge carries 1,100 cars.", "1,100", 1100, "count"),
        ("He keeps twenty-five hens.", "twenty-five", 25, "count"),
        ("She owns two boats.", "two", 2, "count"),
        ("They counted two hundred and fifty seals.", "two hundred and fifty", 250, "count"),
        ("Some 3,40 is a typing error for 340 seals.", "340", 340, "count"),
        ("It sold 10 million units.", "10 million", 1e7, "count"),
        ("About three-and-a-half million bees live there.", "About three-and-a-half million", 3.5e6, "count"),
        ("It has a million and a half readers.", "a million and a half", 1.5e6, "count"),
        ("It has half a million readers.", "half a million", 5e5, "count"),
        ("A quarter of a million fish died.", "A quarter of a million", 2.5e5, "count"),
        ("They sowed a dozen acres of rye.", "a dozen acres", 12 * 4046.8564224, "square_metre"),
        ("It drew 5k visitors.", "5k", 5000, "count"),
        ("It drew 1.5m visitors.", "1.5m", 1.5e6, "count"),
        ("It has 3bn parts.", "3bn", 3e9, "count"),
        ("The state has 2 crore farmers.", "2 crore", 2e7, "count"),
        ("Nearly 3 lakh homes lost power.", "Nearly 3 lakh", 3e5, "count"),
        ("They met twice.", "twice", 2, "count"),
        # money
        ("The deal is worth $1.13bn.", "$1.13bn", 1.13e9, "USD"),
        ("The flat cost £1.5m.", "£1.5m", 1.5e6, "GBP"),
        ("The fine was 500,000 euros.", "500,000 euros", 5e5, "EUR"),
        ("They paid half a million pounds.", "half a million pounds", 5e5, "GBP"),
        ("It costs US$20.", "US$20", 20, "USD"),
        ("It costs EUR 20.", "EUR 20", 20, "EUR"),
        ("It costs A$20.", "A$20", 20, "AUD"),
        ("A roll costs 50p.", "50p", 0.5, "GBP"),
        ("A stamp costs 20 cents.", "20 cents", 0.2, "USD"),
        ("It raised Rs 200 crore.", "Rs 200 crore", 2e9, "INR"),
        ("They lost -$5 a head.", "-$5 a head", -5, "USD"),
        # shares
        ("It took 33 per cent of the vote.", "33 per cent", 33, "percent"),
        ("It took 33% of the vote.", "33%", 33, "percent"),
        ("A third of the crew left.", "A third", 1 / 3, "ratio"),
        ("Two-thirds of the crew left.", "Two-thirds", 2 / 3, "ratio"),
        ("Half of the crew left.", "Half", 0.5, "ratio"),
        ("One in five lamps is broken.", "One in five", 0.2, "ratio"),
        ("9 out of 10 lamps work.", "9 out of 10", 0.9, "ratio"),
        ("The gap is 2.5 percentage points.", "2.5 percentage points", 2.5, "percentage_point"),
        ("The rate is 25 basis points off.", "25 basis points", 0.25, "percentage_point"),
        # measures
        ("He is 5ft 9in tall.", "5ft 9in", 1.7526, "metre"),
        ("He is six feet two.", "six feet two", 1.8796, "metre"),
        ("She won the 100m sprint.", "100m", 100, "metre"),
        ("It lies 2½ miles off.", "2½ miles", 4023.36, "metre"),
        ("The process is at 3nm.", "3nm", 3e-9, "metre"),
        ("The calf weighs 200 pounds.", "200 pounds", 90718.474, "gram"),
        ("The hall has 1,000 sq ft.", "1,000 sq ft", 92.90304, "square_metre"),
        ("The chip has 216GB of memory.", "216GB", 216e9, "byte"),
        ("It was -3°C at dawn.", "-3°C", -3, "degree_celsius"),
        ("It was 86F at noon.", "86F", 30, "degree_celsius"),
        ("It was 30 degrees Celsius.", "30 degrees Celsius", 30, "degree_celsius"),
        ("It drew 40 MW.", "40 MW", 40e6, "watt"),
        # durations
        ("It takes two weeks.", "two weeks", 14 * DAY, "second"),
        ("The film runs 90 minutes.", "90 minutes", 5400, "second"),
        ("It lasted an hour and a half.", "an hour and a half", 5400, "second"),
        ("It lasted half an hour.", "half an hour", 1800, "second"),
        ("It was a 30-minute show.", "30-minute", 1800, "second"),
        ("It took 2 hours and 20 minutes.", "2 hours and 20 minutes", 8400, "second"),
        ("It took one second.", "one second", 1, "second"),
        ("A 25-year-old man fell.", "25-year-old", 25 * 365.25 * DAY, "second"),
        # changes
        ("It is 30% better per dollar.", "30% better", 30, "percent"),
        ("Sales rose 2% again.", "rose 2%", 2, "percent"),
        ("Profits doubled.", "doubled", 2, "ratio"),
        ("Twice as many came.", "Twice as many", 2, "ratio"),
        ("Three times as many came.", "Three times as many", 3, "ratio"),
        ("It is a tenfold rise.", "tenfold rise", 10, "ratio"),
        ("It gives 5x the speed.", "5x", 5, "ratio"),
    ],
)
def test_one_figure_is_found_with_its_words_value_and_unit(sentence: str, words: str, value: float, unit: str) -> None:
    quantities = [quantity for quantity in find(sentence) if quantity.words == words]
    assert [quantity.unit for quantity in quantities] == [unit]
    assert quantities[0].figure == pytest.approx(value)


@pytest.mark.parametrize(
    ("sentence", "bound", "low", "high"),
    [
        ("Up to 40 boats sank.", "at_most", -INF, 40),
        ("As many as 40 boats sank.", "at_most", -INF, 40),
        ("No more than 40 boats sank.", "at_most", -INF, 40),
        ("Fewer than 40 boats sank.", "at_most", -INF, 40),
        ("At least 40 boats sank.", "at_least", 40, INF),
        ("More than 40 boats sank.", "at_least", 40, INF),
        ("No fewer than 40 boats sank.", "at_least", 40, INF),
        ("40 or more boats sank.", "at_least", 40, INF),
        ("40+ boats sank.", "at_least", 40, INF),
        ("The 40-plus boats sank.", "at_least", 40, INF),
        ("Nearly 40 boats sank.", "about", 40, 40),
        ("Some 40 boats sank.", "about", 40, 40),
        ("Just under 40 boats sank.", "about", 40, 40),
        ("Only 40 boats sank.", "exact", 40, 40),
        ("Between 20 and 30 boats sank.", "range", 20, 30),
        ("From 20 to 30 boats sank.", "range", 20, 30),
        ("20-30 boats sank.", "range", 20, 30),
        ("Two or three boats sank.", "range", 2, 3),
        ("Dozens of boats sank.", "about", 24, 99),
        ("Hundreds of thousands of boats sank.", "about", 2e5, 9.99e5),
        ("A couple of boats sank.", "about", 2, 2),
        ("It cost $5-10m.", "range", 5e6, 1e7),
        ("It cost $5 million to $10 million.", "range", 5e6, 1e7),
        ("It holds 1.5-2m people.", "range", 1.5e6, 2e6),
        ("It fell to 20-30 percent.", "range", 20, 30),
    ],
)
def test_the_words_around_a_figure_give_its_bound(sentence: str, bound: str, low: float, high: float) -> None:
    (quantity,) = find(sentence)
    assert (quantity.bound, quantity.low, quantity.high) == (bound, low, high)


@pytest.mark.parametrize(
    ("sentence", "ratio"),
    [
        ("It is 30% better.", (1.3, 1.3)),
        ("It is 30% cheaper.", (0.7, 0.7)),
        ("It is down 20%.", (0.8, 0.8)),
        ("It is up 20%.", (1.2, 1.2)),
        ("It is 5x better.", (5, 5)),
        ("It is 5x cheaper.", (0.2, 0.2)),
        ("It is up to 5x better.", (1, 5)),
        ("Costs fell by up to 60%.", (0.4, 1)),
        ("They slash those expenses by up to 60%.", (0.4, 1)),
        ("It is at least 30% better.", (1.3, INF)),
        ("It doubled.", (2, 2)),
        ("It more than doubled.", (2, INF)),
        ("It halved.", (0.5, 0.5)),
        ("It fell by a third.", (2 / 3, 2 / 3)),
        ("There was a 20% pay rise.", (1.2, 1.2)),
        ("A reduction of 20% came.", (0.8, 0.8)),
        ("Half as many came.", (0.5, 0.5)),
        ("It is 20% to 30% faster.", (1.2, 1.3)),
    ],
)
def test_a_change_is_a_ratio_of_new_to_old(sentence: str, ratio: tuple[float, float]) -> None:
    (quantity,) = find(sentence)
    assert quantity.relative
    assert quantity.as_ratio() == pytest.approx(ratio)


@pytest.mark.parametrize(
    "sentence", ["It rose to 5%.", "It took 40% of the vote.", "A third of them left.", "It holds 300 people."]
)
def test_a_level_has_no_ratio(sentence: str) -> None:
    (quantity,) = find(sentence)
    assert not quantity.relative
    assert quantity.as_ratio() is None


@pytest.mark.parametrize(
    ("sentence", "noun", "per"),
    [
        ("300 passengers were aboard.", "passenger", None),
        ("300 frightened passengers were aboard.", "passenger", None),
        ("Nine people died.", "person", None),
        ("Three women left.", "woman", None),
        ("25 were injured.", None, None),
        ("Dozens of small boats sank.", "boat", None),
        ("It took 40 percent of the votes.", "vote", None),
        ("It sells for $5 a share.", None, "share"),
        ("It goes at 60 mph.", None, "hour"),
        ("It earns 60,000 dollars a year.", None, "year"),
        ("It handles 300 flights a day.", "flight", "day"),
        ("It is 30% cheaper.", "price", None),
        ("A boy aged 12 fell.", "age", None),
        ("Ida Marsh, 61, saw it.", "age", None),
    ],
)
def test_what_is_counted_and_per_what(sentence: str, noun: str | None, per: str | None) -> None:
    (quantity,) = find(sentence)
    assert (quantity.noun, quantity.per) == (noun, per)


@pytest.mark.parametrize(
    "sentence",
    [
        "It opened in 2014.",
        "The 2014 elections were held on May 5.",
        "On 5 May it closed.",
        "It shut in the 1990s.",
        "It shut two years ago.",
        "It begins at 9:30 p.m.",
        "It begins at nine o'clock.",
        "It begins at 0630 GMT.",
        "The third quarter was bad.",
        "She came second.",
        "The Maia 200 is a chip.",
        "He dropped his iPhone 6.",
        "He dropped his iPhone 6 Plus.",
        "It was a Boeing 737.",
        "An F-16 flew past.",
        "An H100 and a GPT-5 met.",
        "One of the doors is open.",
        "No one was there.",
        "They won 3-1.",
        "He lives at 10 Downing Street.",
        "Section 230 protects them.",
        "It filed for Chapter 11.",
        "It is on page 3.",
        "The screen shows 1080p.",
        "A 5G network runs 24/7.",
        "The first half was dull.",
        "A third man came.",
        "See https://example.org/2014/300 for more.",
        "Call 555-0134 now.",
        "It was a double room.",
        "The version is 10.4.2.",
        "She is in her 20s.",
        "A half-naked man ran past.",
        "Call 03000 for help.",
    ],
)
def test_dates_names_and_ranks_are_no_quantities(sentence: str) -> None:
    assert find(sentence) == []


def test_m_is_million_after_money_and_metres_in_a_sprint() -> None:
    assert [quantity.unit for quantity in find("He spent £100m on the 100m sprint.")] == ["GBP", "metre"]


def test_a_rise_to_a_level_is_two_figures() -> None:
    rise, level = find("Sales rose 2% to 5%.")
    assert (rise.relative, level.relative) == (True, False)


def test_a_movement_from_one_level_to_another_is_no_range() -> None:
    assert [quantity.figure for quantity in find("The count rose from 20 to 30.")] == [20, 30]


def test_an_average_is_marked() -> None:
    (quantity,) = find("It saves 45% on average.")
    assert quantity.average


def test_more_people_than_before_is_a_change() -> None:
    (quantity,) = find("300 more passengers came.")
    assert (quantity.relative, quantity.direction) == (True, "up")


_PIECES = (
    "up to at least about 30 % percent better than $ 5 m million dozens of half a third in 2014 May and - – , . twice "
    "as many 1,100 3-1 ½ 5ft 9in between 20 or more x5 £ bn rose fell by two three people hour year"
)
WORDS = st.sampled_from(_PIECES.split(" "))
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(WORDS, max_size=14).map(" ".join), st.lists(WORDS, max_size=9).map("".join)
)


@given(TEXTS)
def test_any_text_is_read_with_offsets_that_fit_and_do_not_overlap(text: str) -> None:
    quantities = find(text)
    for quantity in quantities:
        assert text[quantity.start : quantity.end] == quantity.words != ""
        assert quantity.low <= quantity.high
        assert quantity.shown()
    starts = [quantity.start for quantity in quantities]
    assert starts == sorted(starts)
    assert all(one.end <= other.start for one, other in itertools.pairwise(quantities))


@given(TEXTS)
def test_the_same_words_elsewhere_are_the_same_figures(text: str) -> None:
    moved = find(f"{text}\n")
    assert [(quantity.words, quantity.low, quantity.unit) for quantity in moved] == [
        (quantity.words, quantity.low, quantity.unit) for quantity in find(text)
    ]


STATED = st.builds(
    "{} {} {}".format,
    st.sampled_from(["", "up to", "at least", "nearly", "only"]),
    st.one_of(st.integers(2, 999), st.integers(10_000, 9_999_999), st.floats(0.1, 999).map(lambda it: round(it, 2))),
    st.sampled_from(
        ["%", "people", "dollars", "metres", "kg", "minutes", "percentage points", "% better", "% cheaper"]
    ),
)


@given(STATED)
def test_what_is_shown_reads_back_as_the_same_figure(text: str) -> None:
    (quantity,) = find(text)
    again = find(quantity.shown())
    assert len(again) == 1
    assert compare(quantity, again[0]).verdict in ("same", "compatible" if quantity.relative else "same")


@pytest.mark.parametrize(
    "piece",
    [
        "1 ",
        "1,",
        "a",
        "one ",
        "$",
        "five hundred ",
        "5-",
        "1.",
        "up to ",
        "half a ",
        "May 5 ",
        "x",
        "9 out of ",
        " ",
        "\n",
    ],
)
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    began = time.perf_counter()
    find(text)
    assert time.perf_counter() - began < 5


def test_a_verb_is_no_plural_of_a_unit() -> None:
    assert {one.unit for one in find("The model 200 has 216GB of memory.")} <= {"byte", "count"}
