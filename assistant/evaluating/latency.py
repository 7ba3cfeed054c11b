"""How long answers took, by stage. Pure."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from assistant.models import Model, Timings

PERCENTS = (50, 90, 95, 99)
STAGES = ("search", "read", "judge", "total")


class Latency(Model):
    """Milliseconds of one stage: medians and what all but the slowest stay within."""

    stage: str
    p50: float
    p90: float
    p95: float
    p99: float
    max: float


def latencies(timings: Iterable[Timings]) -> tuple[Latency, ...]:
    """One for each stage; none of no answers."""
    each = list(timings)
    return tuple(_of(stage, [getattr(one, stage) for one in each]) for stage in STAGES) if each else ()


def percentile(values: Sequence[float], percent: float) -> float:
    """Between the two values on either side, in proportion; 50 gives the median.

    R. J. Hyndman and Y. Fan, "Sample Quantiles in Statistical Packages", The American Statistician 50 (1996), 361-365:
    definition 7. Raises ValueError of nothing.
    """
    if not values:
        raise ValueError("no values")
    ordered = sorted(values)
    place = (len(ordered) - 1) * percent / 100
    low = int(place)
    high = min(low + 1, len(ordered) - 1)
    return ordered[low] + (ordered[high] - ordered[low]) * (place - low)


def _of(stage: str, values: Sequence[float]) -> Latency:
    p50, p90, p95, p99 = (round(percentile(values, percent), 2) for percent in PERCENTS)
    return Latency(stage=stage, p50=p50, p90=p90, p95=p95, p99=p99, max=round(max(values), 2))
