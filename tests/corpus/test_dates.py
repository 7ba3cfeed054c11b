"""Dates are read whole and in one possible way, or refused with what to write instead."""

from __future__ import annotations

import math
from contextlib import suppress
from datetime import UTC, date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.dates import WrongDate, day, parse_published

READ = [
    ("2022-06-17", "2022-06-17"),
    ("2022-6-7", "2022-06-07"),
    ("2022/06/17", "2022-06-17"),
    ("2022.06.17", "2022-06-17"),
    ("20220617", "2022-06-17"),
    ("2022年6月17日", "2022-06-17"),
    (" 17 June\n2022 ", "2022-06-17"),
    ("17th of June 2022", "2022-06-17"),
    ("17-Jun-2022", "2022-06-17"),
    ("June 17, 2022", "2022-06-17"),
    ("Jun. 17th, 2022", "2022-06-17"),
    ("Friday, June 17, 2022", "2022-06-17"),
    ("Sept 3, 2022", "2022-09-03"),
    ("17.06.2022", "2022-06-17"),
    ("17/06/2022", "2022-06-17"),
    ("06/17/2022", "2022-06-17"),
    ("2022-06-17T10:00:00Z", "2022-06-17T10:00:00+00:00"),
    ("2022-06-17T10:00:00.123456789+02:00", "2022-06-17T10:00:00+02:00"),
    ("2022-06-17T10:00+02:00[Europe/Berlin]", "2022-06-17T10:00:00+02:00"),
    ("2022-06-17 10:00:00 +0200", "2022-06-17T10:00:00+02:00"),
    ("20220617T101010Z", "2022-06-17T10:10:10+00:00"),
    ("2022-06-17T23:59:60Z", "2022-06-17T23:59:59+00:00"),
    ("Fri, 17 Jun 2022 10:00:00 +0200", "2022-06-17T10:00:00+02:00"),
    ("Fri, 17 Jun 2022 10:00:00 GMT", "2022-06-17T10:00:00+00:00"),
    ("Sun, 19 May 02 15:21:36 GMT", "2002-05-19T15:21:36+00:00"),
    ("Fri Jun 17 14:03:22 +0000 2022", "2022-06-17T14:03:22+00:00"),
    ("June 17, 2022 at 2:03 p.m. EDT", "2022-06-17T14:03:00-04:00"),
    ("June 17, 2022 12:03 AM UTC", "2022-06-17T00:03:00+00:00"),
    ("2022-06-17 22:00 UTC+2", "2022-06-17T22:00:00+02:00"),
    ("1655460000", "2022-06-17T10:00:00+00:00"),
    (1655460000, "2022-06-17T10:00:00+00:00"),
    (1655460000.9, "2022-06-17T10:00:00+00:00"),
    (1655460000123, "2022-06-17T10:00:00+00:00"),
    (1655460000123456, "2022-06-17T10:00:00+00:00"),
    (20220617, "2022-06-17"),
    (date(2022, 6, 17), "2022-06-17"),
    (datetime(2022, 6, 17, 10, tzinfo=UTC), "2022-06-17T10:00:00+00:00"),
]

NO_ZONE = [
    "2022-06-17T10:00:00",
    "2022-06-17 10:00",
    "20220617101010",
    "Fri Jun 17 14:03:22 2022",
    "Fri Jun 17 14:03:22 CEST 2022",
    "June 17, 2022 10am",
    "June 17, 2022, 10:00 a.m. ET",
    "17.06.2022 10:00 Uhr",
    datetime(2022, 6, 17, 10),
]

REFUSED = [
    ("", "is empty"),
    ("yesterday", "day, month and year"),
    ("Monday", "day, month and year"),
    ("June", "day, month and year"),
    ("June 2022", "day, month and year"),
    ("2022-06", "day, month and year"),
    ("2022", "day, month and year"),
    ("May 5 10:00", "day, month and year"),
    ("June 17-18, 2022", "day, month and year"),
    ("17/06/22", "day, month and year"),
    ("2022-02-30", "no day of the calendar"),
    ("2022/17/06", "no day of the calendar"),
    ("0000-00-00", "no day of the calendar"),
    ("31 June 2022", "no day of the calendar"),
    ("03/04/2022", "can be two days; write 2022-03-04 or 2022-04-03"),
    ("3-4-2022 10:00", "can be two days; write 2022-03-04 or 2022-04-03"),
    ("2022-06-17T25:00", "no clock shows"),
    ("2022-06-17 13:00 pm", "no clock shows"),
    ("2022-06-17T10:00+99:00", "no clock shows"),
    ("2022-06-17 in Paris", "no time of day"),
    ("2022-06-17T10", "no time of day"),
    ("1022-01-01", "outside the years"),
    ("9999-12-31", "outside the years"),
    (17, "neither Unix time nor a date"),
    (0, "neither Unix time nor a date"),
    (10**400, "neither Unix time nor a date"),
    (True, "is not a date"),
    (math.nan, "is not a date"),
    (math.inf, "is not a date"),
]


@pytest.mark.parametrize(("raw", "expected"), READ)
def test_a_complete_date_is_written_as_iso_8601(raw: str, expected: str) -> None:
    assert parse_published(raw) == expected


@pytest.mark.parametrize("raw", NO_ZONE)
def test_a_time_without_a_zone_of_one_meaning_is_cut_to_its_date(raw: str) -> None:
    assert parse_published(raw) == "2022-06-17"


@pytest.mark.parametrize(("raw", "reason"), REFUSED)
def test_what_states_no_single_day_is_refused_with_the_reason(raw: str, reason: str) -> None:
    with pytest.raises(WrongDate, match=reason):
        parse_published(raw)


def test_dots_mean_day_first() -> None:
    assert parse_published("3.4.2022") == "2022-04-03"


def test_a_message_never_carries_a_long_value_whole() -> None:
    with pytest.raises(WrongDate) as caught:
        parse_published("x" * 100_000)
    assert len(str(caught.value)) < 200


@pytest.mark.parametrize("published", ["2022-06-17", "2022-06-17T23:30:00-11:00"])
def test_the_day_is_the_one_stated_whatever_the_zone(published: str) -> None:
    assert day(published) == date(2022, 6, 17)


zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1500, 1, 2), datetime(2200, 12, 30), timezones=zones)


@given(moments.map(lambda moment: moment.replace(microsecond=0)))
def test_what_it_writes_it_reads_back_unchanged(moment: datetime) -> None:
    assert parse_published(moment) == moment.isoformat()
    assert parse_published(moment.isoformat()) == moment.isoformat()


@given(st.text() | st.from_regex(r"[0-9A-Za-z ,:./+-]{1,40}", fullmatch=True))
def test_any_text_is_a_date_or_refused(raw: str) -> None:
    try:
        published = parse_published(raw)
    except WrongDate:
        return
    assert parse_published(published) == published
    assert 1500 <= day(published).year <= 2200


@given(st.integers() | st.floats())
def test_any_number_is_a_date_or_refused(raw: float) -> None:
    with suppress(WrongDate):
        assert day(parse_published(raw))
