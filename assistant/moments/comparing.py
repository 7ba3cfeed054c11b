"""Whether two stated moments can both hold, and why: first by day, then by time of day.

Pure and symmetric in its verdict. Whether the two are about the same event is for the caller to know.
"""

from __future__ import annotations

from datetime import date, timedelta

from assistant.moments import clock
from assistant.moments.models import WEEKDAYS, Moment
from assistant.quantities.models import Comparison, Verdict


def compare(a: Moment, b: Moment) -> Comparison:
    """Whether `a` and `b`, given for the same question, can both hold. The verdict does not depend on the order."""
    by_day = _days(a, b)
    by_time = _times(a, b)
    verdict = _together(by_day, by_time)
    return Comparison(verdict, _reason(a, b, verdict, by_day))


def _together(by_day: Verdict | None, by_time: Verdict | None) -> Verdict:
    verdicts = {verdict for verdict in (by_day, by_time) if verdict is not None}
    for verdict in ("clash", "incomparable", "compatible", "same"):
        if verdict in verdicts:
            return verdict
    return "incomparable"


def _days(a: Moment, b: Moment) -> Verdict | None:
    """None where neither says a day; the day that only one of them says does not speak against the other."""
    if not a.has_day or not b.has_day:
        return None if not a.has_day and not b.has_day else _one_day_only(a, b)
    if a.first and a.last and b.first and b.last:
        return _intervals((a.first, a.last), (b.first, b.last))
    return _unresolved(a, b)


def _one_day_only(a: Moment, b: Moment) -> Verdict:
    return "compatible" if a.time_of_day and b.time_of_day else "incomparable"


def _intervals(one: tuple[date, date], other: tuple[date, date]) -> Verdict:
    if one == other:
        return "same"
    return "clash" if max(one[0], other[0]) > min(one[1], other[1]) else "compatible"


def _unresolved(a: Moment, b: Moment) -> Verdict:
    """At least one has no year: only its weekday, month or day can speak against the other."""
    checks = [_equal(_weekday(a), _weekday(b)), _meets(_months(a), _months(b)), _equal(_day(a), _day(b))]
    if False in checks:
        return "clash"
    if not any(checks):
        return "incomparable"
    alike = (a.weekday, a.month, a.day, a.resolved) == (b.weekday, b.month, b.day, b.resolved)
    return "same" if alike else "compatible"


def _equal(one: int | None, other: int | None) -> bool | None:
    return None if one is None or other is None else one == other


def _meets(one: set[int], other: set[int]) -> bool | None:
    return bool(one & other) if one and other else None


def _weekday(moment: Moment) -> int | None:
    if moment.first is not None and moment.first == moment.last:
        return moment.first.weekday()
    return moment.weekday


def _day(moment: Moment) -> int | None:
    if moment.first is not None and moment.first == moment.last:
        return moment.first.day
    return moment.day


def _months(moment: Moment) -> set[int]:
    """The months it may lie in; none where it does not say."""
    if moment.first is None or moment.last is None:
        return {moment.month} if moment.month else set()
    span = min((moment.last - moment.first).days, 366)
    return {(moment.first + timedelta(days=passed)).month for passed in [*range(0, span, 27), span]}


def _times(a: Moment, b: Moment) -> Verdict | None:
    if a.time_of_day is None or b.time_of_day is None:
        return None if a.time_of_day == b.time_of_day else "compatible"
    if (a.zone is None) != (b.zone is None):
        return _without_zone(a.time_of_day, b.time_of_day)
    one, other = _in_utc(a), _in_utc(b)
    if a.zone == b.zone or one is None or other is None:
        same_clock = a.zone == b.zone
        return _minutes(a.time_of_day, b.time_of_day) if same_clock else "incomparable"
    return "same" if _around_the_clock(one, other) == "same" else _around_the_clock(one, other)


def _without_zone(one: tuple[int, int], other: tuple[int, int]) -> Verdict:
    """One zone is not stated: other hours may be the same moment elsewhere."""
    return _minutes(one, other) if _minutes(one, other) != "clash" else "incomparable"


def _in_utc(moment: Moment) -> tuple[int, int] | None:
    if moment.time_of_day is None or moment.zone is None:
        return None
    return clock.utc(moment.time_of_day, moment.zone)


def _minutes(one: tuple[int, int], other: tuple[int, int]) -> Verdict:
    if one == other:
        return "same"
    return _around_the_clock(one, other)


def _around_the_clock(one: tuple[int, int], other: tuple[int, int]) -> Verdict:
    """ "Last night" runs past midnight, so a stretch is also laid a day earlier and later."""
    laid = [(other[0] + by, other[1] + by) for by in (-clock.DAY, 0, clock.DAY)]
    if one in laid:
        return "same"
    meets = any(max(one[0], each[0]) <= min(one[1], each[1]) for each in laid)
    return "compatible" if meets else "clash"


def _reason(a: Moment, b: Moment, verdict: Verdict, by_day: Verdict | None) -> str:
    said = f"{_said(a)}, {_said(b)}"
    if verdict == "same":
        return f"{said}: the same."
    if verdict == "compatible":
        return f"{said}: both can hold."
    if verdict == "incomparable":
        return f"{said}: they cannot be set side by side."
    return f"{said}{_weekday_note(a, b)}." if by_day == "clash" else f"{said}: different times of day."


def _weekday_note(a: Moment, b: Moment) -> str:
    """ "2014-05-06 is a Tuesday", where the other only names a weekday."""
    for named, dated in ((a, b), (b, a)):
        if not named.resolved and named.weekday is not None and dated.first and dated.first == dated.last:
            return f", which was a {WEEKDAYS[dated.first.weekday()]}" if dated is b else ""
    return ""


def _said(moment: Moment) -> str:
    shown = moment.shown()
    return moment.words if shown.lower() == moment.words.lower() or not shown else f"{moment.words} is {shown}"
