"""What the derived indexes are made from: passages that are shown now or as of some day, and their vectors.

Apart from the view, which answers readers: here everything goes by in the order of passages, each text read once.
"""

from __future__ import annotations

import json
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby, islice
from operator import itemgetter
from typing import Any

import numpy as np
from numpy.typing import NDArray

from index import checksums
from index.errors import DamagedWorkspace
from index.periods import Period, periods
from index.schema import NOW
from index.view import View

_Row = tuple[Any, ...]
_Among = Collection[int] | None
"""Numbers of articles; None for all."""


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage as the derived indexes hold it."""

    number: int
    article_number: int
    title: str | None
    text: str
    day: int
    until: int
    """When it is shown; see `periods.Period`."""
    publisher: str | None


def passage_rows(view: View, articles: _Among = None) -> Iterator[PassageRow]:
    """Every passage that is shown now or as of some day, by number. Raises DamagedWorkspace."""
    shown = _shown(view, articles)
    # An article's passages were written together, so its text is fetched once, not once per passage.
    columns = 'p.number, p.checksum, p.article, p.revision, p."start", p."end", p.vector'
    for of_one, passages in groupby(_kept(view, columns, articles), key=itemgetter(2, 3)):
        if of_one in shown:
            yield from _of_revision(view, of_one, shown[of_one], passages)


def _of_revision(view: View, of_one: tuple[int, int], period: Period, passages: Iterator[_Row]) -> Iterator[PassageRow]:
    found = view.numbered(*of_one)
    for number, checksum, *row in passages:
        if checksum != checksums.of_row(*row):
            raise DamagedWorkspace(f"A passage of the article {found.id!r} in the store is damaged. {checksums.MEND}")
        text = found.text[row[2] : row[3]]
        yield PassageRow(number, of_one[0], found.title, text, period.day, period.until, found.publisher)


def vectors(view: View, articles: _Among = None) -> NDArray[np.float16]:
    """Shape (passages, dimension), rows in the order of `passage_rows`. Raises DamagedWorkspace."""
    shown = _shown(view, articles)
    kept = _kept(view, "p.article, p.revision, v.key, v.vector", articles)
    rows = ((key, vector) for article, revision, key, vector in kept if (article, revision) in shown)
    encoder = view.store.encoder
    dimension = encoder.dimension if encoder else 0
    # Filled block by block: of a million vectors, as many bytes objects and two copies would take 2 GB more.
    (most,) = next(
        view.rows(
            f"SELECT count(*) FROM passages r WHERE true {_among(articles)}",
            numbers=json.dumps(sorted(articles or ())),
        )
    )
    found, count = np.empty((most, dimension), dtype="<f2"), 0
    while block := list(islice(rows, _BLOCK)):
        found[count : count + len(block)] = checksums.opened(block, dimension)
        count += len(block)
    return found[:count]


_BLOCK = 4096
"""Rows."""


def touched(view: View, since: int) -> list[int]:
    """Numbers of the articles that came, changed or went after a generation."""
    rows = view.rows(
        "SELECT article FROM revisions WHERE born > :since AND born <= :generation "
        "UNION SELECT article FROM revisions WHERE died > :since AND died <= :generation",
        since=str(since),
    )
    return sorted(number for (number,) in rows)


def added(view: View, since: int) -> int:
    """How many passages came with revisions after a generation."""
    (count,) = next(
        view.rows(
            "SELECT count(*) FROM passages p JOIN revisions r ON r.article = p.article AND r.revision = p.revision "
            "WHERE r.born > :since",
            since=str(since),
        )
    )
    return int(count)


def _kept(view: View, columns: str, articles: _Among) -> Iterator[_Row]:
    """Passages by number, of revisions that this generation has or had."""
    return view.rows(
        f"SELECT {columns} FROM passages p JOIN revisions r ON r.article = p.article AND r.revision = p.revision "
        f"LEFT JOIN vectors v ON v.number = p.vector WHERE r.born <= :generation {_among(articles)} ORDER BY p.number",
        numbers=json.dumps(sorted(articles or ())),
    )


def _shown(view: View, articles: _Among) -> Mapping[tuple[int, int], Period]:
    """By article number and revision."""
    rows = view.rows(
        f"SELECT r.article, r.revision, r.published, {NOW.format(r='r')} FROM revisions r "
        f"WHERE r.born <= :generation {_among(articles)} ORDER BY r.article, r.revision",
        numbers=json.dumps(sorted(articles or ())),
    )
    return {
        (article, period.revision): period
        for article, revisions in groupby(rows, key=itemgetter(0))
        for period in _periods(list(revisions))
    }


def _periods(rows: Sequence[_Row]) -> Iterator[Period]:
    removed = not any(alive for *_, alive in rows)
    return periods([(revision, published) for _, revision, published, _ in rows], removed=removed)


def _among(articles: _Among) -> str:
    return "" if articles is None else "AND r.article IN (SELECT value FROM json_each(:numbers))"
