"""Filters as each index understands them: a value for every row of the vectors, a scope for the words."""

from __future__ import annotations

from datetime import date

import numpy as np
from numpy.typing import NDArray

from index.derived import Derived
from index.lexical import Scope, publisher_key
from index.models import Filters
from index.periods import NEVER, UNKNOWN
from index.view import View


class Filtered:
    """Filters applied to one generation. Raises UnknownPublisher where they name a publisher that no article has."""

    def __init__(self, filters: Filters, *, view: View, derived: Derived) -> None:
        articles, names = view.articles_of(filters.publishers) if filters.publishers else (None, ())
        self.scope = _scope(filters, names)
        self.allowed = _allowed(filters, derived, articles) if filters else None
        """Of each row, whether it may be found; None where all may that are shown."""
        self.undated = _count(derived.undated, articles) if filters.by_date else 0
        """Articles that stand now and carry no date, so that no range of dates holds them."""


def standing(as_of: date | None) -> Scope:
    """Everything that stood at the end of a day, or stands now."""
    return Scope(as_of=as_of.toordinal() if as_of else 0)


def _scope(filters: Filters, names: tuple[str, ...]) -> Scope:
    return Scope(
        since=filters.since.toordinal() if filters.since else 0,
        until=filters.until.toordinal() if filters.until else 0,
        publishers=tuple(sorted({publisher_key(name) for name in names})),
        as_of=filters.as_of.toordinal() if filters.as_of else 0,
    )


def _allowed(filters: Filters, derived: Derived, articles: NDArray[np.int64] | None) -> NDArray[np.bool_]:
    days, until = derived.passages[:, 2], derived.until
    if filters.as_of is None:
        allowed = until == NEVER
    else:
        day = filters.as_of.toordinal()
        allowed = (days > UNKNOWN) & (days <= day) & (day < until)
    if filters.since is not None:
        allowed &= days >= filters.since.toordinal()
    if filters.until is not None:
        allowed &= (days > UNKNOWN) & (days <= filters.until.toordinal())
    if articles is not None:
        allowed &= np.isin(derived.passages[:, 1], articles)
    return np.asarray(allowed)


def _count(undated: NDArray[np.int64], articles: NDArray[np.int64] | None) -> int:
    return len(undated if articles is None else np.intersect1d(undated, articles))
