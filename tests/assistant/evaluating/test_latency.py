"""Percentiles."""

from __future__ import annotations

from statistics import median

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.evaluating.latency import latencies, percentile
from assistant.models import Timings

VALUES = st.lists(st.floats(0, 1e6), min_size=1, max_size=40)


def test_percentiles_computed_by_hand() -> None:
    assert [percentile([40, 10, 20, 30], percent) for percent in (0, 50, 90, 100)] == [10, 25, pytest.approx(37), 40]


@given(VALUES, st.sampled_from([0, 50, 90, 95, 99, 100]))
def test_they_are_numpys_and_the_middle_one_is_the_median(values: list[float], percent: int) -> None:
    assert percentile(values, percent) == pytest.approx(np.percentile(values, percent))
    assert percentile(values, 50) == pytest.approx(median(values))


def test_each_stage_has_its_own() -> None:
    made = latencies([Timings(search=1, read=2, judge=3, total=6), Timings(search=3, read=2, judge=0, total=5)])
    assert [(one.stage, one.p50, one.max) for one in made] == [
        ("search", 2, 3), ("read", 2, 2), ("judge", 1.5, 3), ("total", 5.5, 6),
    ]  # fmt: skip


def test_of_no_answers_there_are_none() -> None:
    assert latencies([]) == ()
    with pytest.raises(ValueError, match="no values"):
        percentile([], 50)
