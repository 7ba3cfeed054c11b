"""Dates and times as articles state them, resolved against the day of publication, and compared."""

from __future__ import annotations

import itertools
import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.moments import Moment, compare, find

WEDNESDAY = date(2014, 10, 22)


def only(text: str, *, published: date | None = WEDNESDAY) -> Moment:
    (moment,) = find(text, published=published)
    return moment


@pytest.mark.parametrize(
    ("sentence", "words", "shown"),
    [
        ("It opened on 5 May 2014.", "5 May 2014", "2014-05-05"),
        ("It opened on May 5, 2014.", "May 5, 2014", "2014-05-05"),
        ("It opened on the 5th of May 2014.", "5th of May 2014", "2014-05-05"),
        ("It opened on Monday, May 5, 2014.", "Monday, May 5, 2014", "2014-05-05"),
        ("It opened on 2014-05-06.", "2014-05-06", "2014-05-06"),
        ("It opened on 25/12/2013.", "25/12/2013", "2013-12-25"),
        ("It opened on May 5.", "May 5", "2014-05-05"),
        ("It opened on 24 December.", "24 December", "2013-12-24"),
        ("It opens on 24 December, and will stay.", "24 December", "2013-12-24"),
        ("It will open on 24 December.", "24 December", "2014-12-24"),
        ("It will open on 5 May.", "5 May", "2015-05-05"),
        ("It ran from June 3-5.", "June 3-5", "2014-06-03 to 2014-06-05"),
        ("It came in January 2026.", "January 2026", "2026-01"),
        ("It came in March.", "March", "2014-03"),
        ("It came in early March.", "early March", "2014-03-01 to 2014-03-11"),
        ("It came in late 2013.", "late 2013", "2013-09-01 to 2013-12-31"),
        ("It came in November.", "November", "2013-11"),
        ("It will come in November.", "November", "2014-11"),
        ("It came last May.", "last May", "2014-05"),
        ("It came in 2011.", "2011", "2011"),
        ("The 2011 elections went well.", "2011", "2011"),
        ("It came in the spring of 2015.", "spring of 2015", "2015-03-01 to 2015-05-31"),
        ("It came in the third quarter of 2014.", "third quarter of 2014", "2014-07-01 to 2014-09-30"),
        ("It came in the 1990s.", "1990s", "1990-01-01 to 1999-12-31"),
        ("It was open 2010-2014.", "2010-2014", "2010-01-01 to 2014-12-31"),
        ("It came on Tuesday.", "Tuesday", "2014-10-21"),
        ("It came on Wednesday.", "Wednesday", "2014-10-22"),
        ("It came last Wednesday.", "last Wednesday", "2014-10-15"),
        ("It comes next Tuesday.", "next Tuesday", "2014-10-28"),
        ("The court will sit on Friday.", "Friday", "2014-10-24"),
        ("On Monday the court will sit.", "Monday", "2014-10-27"),
        ("He said on Friday it will sit.", "Friday", "2014-10-17"),
        ("It came yesterday.", "yesterday", "2014-10-21"),
        ("It comes tomorrow.", "tomorrow", "2014-10-23"),
        ("It came last week.", "last week", "2014-10-13 to 2014-10-19"),
        ("It came last weekend.", "last weekend", "2014-10-18 to 2014-10-19"),
        ("It comes next month.", "next month", "2014-11"),
        ("It came last year.", "last year", "2013"),
        ("It came two years ago.", "two years ago", "2012"),
        ("It came ten days ago.", "ten days ago", "2014-10-12"),
        ("It came three months ago.", "three months ago", "2014-07"),
        ("It starts at 9 p.m. ET.", "9 p.m. ET", "21:00 ET"),
        ("It starts at 21:30.", "21:30", "21:30"),
        ("It starts at 0630 GMT.", "0630 GMT", "06:30 GMT"),
        ("It starts around noon.", "around noon", "11:30 to 12:30"),
        ("It starts at three o'clock in the afternoon.", "three o'clock in the afternoon", "15:00"),
        ("It came on Tuesday at 9 p.m.", "Tuesday at 9 p.m.", "2014-10-21 21:00"),
        ("It came at 9:30 a.m. on May 5.", "9:30 a.m. on May 5", "2014-05-05 09:30"),
        ("It came on Tuesday morning.", "Tuesday morning", "2014-10-21 05:00 to 12:00"),
        ("It came last night.", "last night", "2014-10-21 18:00 to 05:00"),
    ],
)
def test_a_moment_is_found_and_resolved(sentence: str, words: str, shown: str) -> None:
    moment = only(sentence)
    assert (moment.words, moment.shown()) == (words, shown)


@pytest.mark.parametrize(
    "sentence",
    [
        "They may 5 times say no.",
        "They march 3 miles.",
        "May I come in?",
        "It takes two weeks.",
        "It holds 2,014 people.",
        "It holds 2000 people.",
        "It cost $2014.",
        "Springs fall apart.",
        "It was 3/4/2014 or so.",
        "On 31 June it rained.",
    ],
)
def test_what_only_looks_like_a_date_is_none(sentence: str) -> None:
    assert find(sentence, published=WEDNESDAY) == []


def test_without_a_publication_date_a_weekday_stays_a_weekday() -> None:
    moment = only("It came on Tuesday.", published=None)
    assert (moment.resolved, moment.weekday, moment.first) == (False, 1, None)


def test_without_a_publication_date_a_day_keeps_its_month() -> None:
    moment = only("It came on 5 May.", published=None)
    assert (moment.resolved, moment.month, moment.day) == (False, 5, 5)


def test_without_a_publication_date_last_week_is_no_moment() -> None:
    assert find("It came last week.", published=None) == []


CASES = [
    ("5 May 2014", "May 5, 2014", "same"),
    ("on Tuesday", "yesterday", "same"),
    ("9 p.m. ET", "9 p.m. ET", "same"),
    ("noon GMT", "1pm BST", "same"),
    ("5 May 2014", "in May 2014", "compatible"),
    ("5 May 2014", "in 2014", "compatible"),
    ("in early March", "in March", "compatible"),
    ("around noon", "12:15", "compatible"),
    ("on Tuesday", "Tuesday at 9 p.m.", "compatible"),
    ("last night", "2 a.m.", "compatible"),
    ("9 p.m. ET", "0130 GMT", "compatible"),
    ("5 May 2014", "6 May 2014", "clash"),
    ("in 2013", "in 2014", "clash"),
    ("on Tuesday", "on Monday", "clash"),
    ("9 p.m.", "10 p.m.", "clash"),
    ("Tuesday at 9 p.m.", "Monday at 9 p.m.", "clash"),
    ("Tuesday at 9 p.m.", "Tuesday at 7 p.m.", "clash"),
    ("9 p.m. ET", "1 p.m.", "incomparable"),
    ("on Tuesday", "9 p.m.", "incomparable"),
]


@pytest.mark.parametrize(("one", "other", "verdict"), CASES)
def test_two_moments_hold_together_or_not_in_either_order(one: str, other: str, verdict: str) -> None:
    a, b = only(one), only(other)
    assert compare(a, b).verdict == verdict
    assert compare(b, a).verdict == verdict


@pytest.mark.parametrize(
    ("one", "other", "verdict"),
    [
        ("on Monday", "on 6 May 2014", "clash"),
        ("on Tuesday", "on 6 May 2014", "compatible"),
        ("on Tuesday", "on Monday", "clash"),
        ("on Tuesday", "on Tuesday", "same"),
        ("on 5 May", "on 6 May 2014", "clash"),
        ("on 6 May", "on 6 May 2014", "compatible"),
        ("on 6 May", "on 7 May", "clash"),
        ("on 6 May", "in 2014", "compatible"),
        ("on Tuesday", "on 6 May", "incomparable"),
        ("on Tuesday", "in 2014", "incomparable"),
    ],
)
def test_what_is_not_resolved_is_compared_as_far_as_it_goes(one: str, other: str, verdict: str) -> None:
    a, b = only(one, published=None), only(other, published=None)
    assert compare(a, b).verdict == verdict
    assert compare(b, a).verdict == verdict


def test_the_reason_says_which_weekday_a_date_was() -> None:
    a, b = only("on Monday", published=None), only("on 6 May 2014", published=None)
    assert compare(a, b).reason == "Monday, 6 May 2014 is 2014-05-06, which was a Tuesday."


_PIECES = (
    "May march 5 2014 in on Tuesday at 9 p.m. noon last week next year two days ago early - – , . 31 June Q3 spring "
    "will 0630 GMT 21:30 the 1990s yesterday ET"
)
WORDS = st.sampled_from(_PIECES.split(" "))
TEXTS = st.one_of(
    st.text(max_size=80), st.lists(WORDS, max_size=12).map(" ".join), st.lists(WORDS, max_size=8).map("".join)
)
DAYS = st.one_of(st.none(), st.dates())


@given(TEXTS, DAYS)
def test_any_text_is_read_with_offsets_that_fit_and_do_not_overlap(text: str, published: date | None) -> None:
    moments = find(text, published=published)
    for moment in moments:
        assert text[moment.start : moment.end] == moment.words != ""
        assert (moment.first is None) == (moment.last is None)
        assert moment.shown()
    assert all(one.end <= other.start for one, other in itertools.pairwise(moments))


@given(TEXTS, TEXTS, DAYS)
def test_the_verdict_does_not_depend_on_the_order(one: str, other: str, published: date | None) -> None:
    for a in find(one, published=published):
        for b in find(other, published=published):
            assert compare(a, b).verdict == compare(b, a).verdict


@given(TEXTS, DAYS)
def test_a_moment_never_clashes_with_itself(text: str, published: date | None) -> None:
    for moment in find(text, published=published):
        assert compare(moment, moment).verdict == "same"


@pytest.mark.parametrize("piece", ["May ", "5 ", "2014 ", "Tuesday ", "9 p.m. ", "last ", " ", "a", "5 May 2014, "])
def test_time_grows_with_the_length_and_no_faster(piece: str) -> None:
    text = piece * (40_000 // len(piece))
    began = time.perf_counter()
    find(text, published=WEDNESDAY)
    assert time.perf_counter() - began < 5
