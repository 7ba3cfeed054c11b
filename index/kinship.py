"""Reading links and origins of one generation, as things stand now or stood on an earlier day. What `View` asks of it.

Apart from `index.origins`, which writes them, and from the view, which knows the generation.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from typing import Any, Protocol

from corpus.origins import Link, Origin, origins
from index import checksums
from index.errors import DamagedWorkspace


class Rows(Protocol):
    """Asks the store, with the view's generation and day bound."""

    def __call__(self, sql: str, **values: str) -> Iterator[tuple[Any, ...]]: ...


class Shown(Protocol):
    """The condition on a row of `revisions` that picks those that the view shows."""

    def __call__(self, *, r: str) -> str: ...


def origins_of_all(rows: Rows, shown: Shown) -> list[Origin]:
    """All origins, each with its articles and links."""
    articles = rows(
        f"SELECT a.id, r.published FROM revisions r JOIN articles a ON a.number = r.article WHERE {shown(r='r')}"
    )
    return origins(dict(articles), [link for _, _, link in _links(rows, shown)])


def origins_of(rows: Rows, shown: Shown, numbers: Iterable[int]) -> dict[int, str]:
    """The name of the origin of each of these shown articles. Looks at those they are linked with alone."""
    wanted = set(numbers)
    links: set[Link] = set()
    known: set[int] = set()
    new = wanted
    while new:
        known = known | new
        found = _links(rows, shown, new)
        links.update(link for _, _, link in found)
        new = {number for one, other, _ in found for number in (one, other)} - known
    ids, published = _ids_and_dates(rows, shown, known)
    named = {id_: origin.name for origin in origins(published, links) for id_ in origin.articles}
    return {number: named[ids[number]] for number in wanted}


def links_of(rows: Rows, shown: Shown, article_id: str) -> list[Link]:
    """Links of one article with others, by the other's id."""
    row = next(rows("SELECT number FROM articles WHERE id = :id", id=article_id), None)
    found = [link for _, _, link in _links(rows, shown, {row[0]})] if row else []
    return sorted(found, key=lambda link: (link.article, link.other))


def _ids_and_dates(rows: Rows, shown: Shown, numbers: Iterable[int]) -> tuple[dict[int, str], dict[str, str | None]]:
    found = list(
        rows(
            "SELECT a.number, a.id, r.published FROM revisions r JOIN articles a ON a.number = r.article "
            f"WHERE a.number IN (SELECT value FROM json_each(:numbers)) AND {shown(r='r')}",
            numbers=json.dumps(sorted(numbers)),
        )
    )
    return {number: id_ for number, id_, _ in found}, {id_: published for _, id_, published in found}


def _links(rows: Rows, shown: Shown, numbers: Iterable[int] | None = None) -> list[tuple[int, int, Link]]:
    """Both article numbers and the link, of those that touch one of `numbers`, or of all."""
    found = rows(
        f"{_LINKS} WHERE {shown(r='r')} AND {shown(r='s')}" + ("" if numbers is None else _TOUCHING),
        numbers=json.dumps(sorted(numbers or ())),
    )
    return [_link(row) for row in found]


def _link(row: tuple[Any, ...]) -> tuple[int, int, Link]:
    id_, other_id, checksum, *stored = row
    if checksum != checksums.of_row(*stored):
        raise DamagedWorkspace(f"A link between {id_!r} and {other_id!r} in the store is damaged. {checksums.MEND}")
    number, _, other, _, kind, outlet, share = stored
    return number, other, Link(id_, other_id, kind, outlet, share)


_LINKS = (
    "SELECT a.id, o.id, l.checksum, l.article, l.revision, l.other, l.other_revision, l.kind, l.outlet, l.share "
    "FROM links l "
    "JOIN revisions r ON r.article = l.article AND r.revision = l.revision "
    "JOIN revisions s ON s.article = l.other AND s.revision = l.other_revision "
    "JOIN articles a ON a.number = l.article JOIN articles o ON o.number = l.other"
)

_TOUCHING = (
    " AND l.rowid IN (SELECT rowid FROM links WHERE article IN (SELECT value FROM json_each(:numbers)) "
    "UNION SELECT rowid FROM links WHERE other IN (SELECT value FROM json_each(:numbers)))"
)
