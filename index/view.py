"""Reading one generation of the store.

A view names a generation and sees that one alone, whatever a writer adds meanwhile. It never writes.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from difflib import get_close_matches
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.models import Article, Sentence
from corpus.origins import RULES, Link, Origin, origins
from index.errors import UnknownArticle, UnknownPublisher
from index.models import Filters, Sizes, StoredPassage
from index.schema import ALIVE
from index.spans import unpack_sentences
from index.store import Store

_Row = tuple[Any, ...]
"""As SQLite gives it."""

_ARTICLE = (
    "a.id, r.revision, r.text, r.sha256, a.source, r.title, r.publisher, r.author, r.url, r.published, r.language"
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """One line of a list of articles."""

    id: str
    revision: int
    title: str | None
    publisher: str | None
    published: str | None
    source: str
    characters: int
    passages: int


@dataclass(frozen=True, slots=True)
class PassageRow:
    """A passage as the derived indexes are built from it."""

    number: int
    article_number: int
    title: str | None
    text: str


class View:
    """One generation of a store. Use within `reading`, so that no row is swept between two calls."""

    def __init__(self, store: Store, generation: int) -> None:
        self.generation = generation
        self._connection = store.connection

    @contextmanager
    def reading(self) -> Iterator[View]:
        """Holds one snapshot of the file for as long as the block runs."""
        self._connection.execute("BEGIN")
        try:
            self._rows("SELECT 1 FROM meta LIMIT 1")
            yield self
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def sizes(self) -> Sizes:
        """Articles and passages of this generation, and revisions kept of all of them."""
        (passages,) = next(self._rows(f"SELECT count(*) FROM {_PASSAGES} WHERE {ALIVE}"))
        (revisions,) = next(self._rows("SELECT count(*) FROM revisions r WHERE r.born <= :generation"))
        return Sizes(self.count(), passages, revisions)

    def count(self) -> int:
        """Articles of this generation."""
        (articles,) = next(self._rows(f"SELECT count(*) FROM revisions r WHERE {ALIVE}"))
        return int(articles)

    def listings(self, *, after: str = "", limit: int = -1) -> Iterator[Listing]:
        """Articles by id: all, or at most so many of those that come after an id."""
        rows = self._rows(
            "SELECT a.id, r.revision, r.title, r.publisher, r.published, a.source, length(r.text), "
            "(SELECT count(*) FROM passages p WHERE p.article = r.article AND p.revision = r.revision) "
            f"FROM revisions r JOIN articles a ON a.number = r.article WHERE {ALIVE} AND a.id > :after "
            "ORDER BY a.id LIMIT :limit", after=after, limit=str(limit),
        )  # fmt: skip
        for id_, revision, title, publisher, published, source, characters, passages in rows:
            yield Listing(
                id=id_, revision=revision, title=title, publisher=publisher, published=published,
                source=source, characters=characters, passages=passages,
            )  # fmt: skip

    def article(self, article_id: str) -> Article:
        """Raises UnknownArticle, with near ids where there are some."""
        found = self.find(article_id)
        if found is None:
            raise UnknownArticle(self._no_article(article_id))
        return found

    def find(self, article_id: str) -> Article | None:
        """As `article`, None where there is none."""
        sql = f"SELECT {_ARTICLE} FROM revisions r JOIN articles a ON a.number = r.article WHERE a.id = :id AND {ALIVE}"
        row = next(self._rows(sql, id=article_id), None)
        return None if row is None else _article(row)

    def revision(self, article_id: str, revision: int) -> Article | None:
        """The article as it stands or once stood, for as long as it is kept at all; None for one it never had."""
        sql = (
            f"SELECT {_ARTICLE} FROM revisions r JOIN articles a ON a.number = r.article "
            "WHERE a.id = :id AND r.revision = :revision AND r.born <= :generation"
        )
        row = next(self._rows(sql, id=article_id, revision=str(revision)), None)
        return None if row is None else _article(row)

    def _no_article(self, article_id: str) -> str:
        ids = [id_ for (id_,) in self._rows(
            f"SELECT a.id FROM articles a JOIN revisions r ON r.article = a.number WHERE {ALIVE}"
        )]  # fmt: skip
        near = get_close_matches(article_id, ids, n=3)
        hint = f" Near ones: {', '.join(map(repr, near))}." if near else ""
        return f"No article has the id {article_id!r}.{hint} All ids: crosscheck articles list"

    def matching(self, filters: Filters) -> tuple[NDArray[np.int64], int]:
        """Numbers of the articles that pass, ascending, and how many were left out for want of a date.

        Publishers are compared without case; days as the publication itself states them, in its own time zone.
        Raises UnknownPublisher for a publisher that no article has.
        """
        rows = list(self._rows(f"SELECT r.article, r.publisher, r.published FROM revisions r WHERE {ALIVE}"))
        wanted = self._known_publishers(filters.publishers, Counter(row[1] for row in rows if row[1]))
        by_publisher = [row for row in rows if not wanted or (row[1] or "").casefold() in wanted]
        in_range = _date_test(filters)
        numbers = sorted(number for number, _, published in by_publisher if in_range(published))
        undated = sum(published is None for _, _, published in by_publisher) if filters.by_date else 0
        return np.asarray(numbers, dtype=np.int64), undated

    @staticmethod
    def _known_publishers(wanted: Sequence[str], there: Counter[str]) -> set[str]:
        folded = {name.casefold(): name for name in there}
        for name in wanted:
            if name.casefold() not in folded:
                near = get_close_matches(name.casefold(), folded, n=3) or [
                    common.casefold() for common, _ in there.most_common(5)
                ]
                named = ", ".join(repr(folded[key]) for key in near)
                hint = f"Publishers here: {named}." if near else "No article here names its publisher."
                raise UnknownPublisher(f"No article has the publisher {name!r}. {hint}")
        return {name.casefold() for name in wanted}

    def passages(self, numbers: Sequence[int]) -> list[StoredPassage]:
        """The passages of those numbers, in that order."""
        marks = ",".join(str(int(number)) for number in numbers)
        rows = self._rows(
            f'SELECT p.number, p.article, p."start", p."end", r.sentences, {_ARTICLE} FROM {_PASSAGES} '
            f"JOIN articles a ON a.number = r.article WHERE p.number IN ({marks})"
        )
        found = {row[0]: _passage(row) for row in rows}
        return [found[number] for number in numbers]

    def passage_rows(self) -> Iterator[PassageRow]:
        """Every passage, by number."""
        # An article's passages were written together, so its text is fetched once, not once per passage.
        current: tuple[int, int] | None = None
        title, text = None, ""
        for number, article, revision, start, end in self._rows(
            'SELECT p.number, p.article, p.revision, p."start", p."end" '
            f"FROM {_PASSAGES} WHERE {ALIVE} ORDER BY p.number"
        ):
            if current != (article, revision):
                current = (article, revision)
                title, text = self._title_and_text(article, revision)
            yield PassageRow(number, article, title, text[start:end])

    def _title_and_text(self, article: int, revision: int) -> tuple[str | None, str]:
        sql = "SELECT title, text FROM revisions WHERE article = ? AND revision = ?"
        title, text = self._connection.execute(sql, (article, revision)).fetchone()
        return title, text

    def vectors(self) -> NDArray[np.float16]:
        """Shape (passages, dimension), rows in the order of `passage_rows`."""
        rows = [vector for (vector,) in self._rows(
            f"SELECT v.vector FROM {_PASSAGES} JOIN vectors v ON v.number = p.vector "
            f"WHERE {ALIVE} ORDER BY p.number"
        )]  # fmt: skip
        return np.frombuffer(b"".join(rows), dtype="<f2").reshape(len(rows), -1 if rows else 0)

    def sentences_of(self, numbers: Iterable[int]) -> dict[int, list[Sentence]]:
        """All sentences of these articles, by article number."""
        rows = self._rows(
            "SELECT r.article, r.sentences FROM revisions r "
            f"WHERE r.article IN (SELECT value FROM json_each(:numbers)) AND {ALIVE}",
            numbers=json.dumps(sorted(numbers)),
        )
        return {number: unpack_sentences(packed) for number, packed in rows}

    @property
    def origins_known(self) -> bool:
        """Whether every article was traced by the present rules; where not, the next ingest does it."""
        row = next(self._rows("SELECT value FROM meta WHERE key = 'origins'"), None)
        return row is not None and row[0] == RULES

    def origins(self) -> list[Origin]:
        """All origins, each with its articles and links."""
        rows = self._rows(
            f"SELECT a.id, r.published FROM revisions r JOIN articles a ON a.number = r.article WHERE {ALIVE}"
        )
        return origins(dict(rows), [link for _, _, link in self._links()])

    def origins_of(self, numbers: Iterable[int]) -> dict[int, str]:
        """The name of the origin of each of these living articles. Looks at those they are linked with alone."""
        wanted = set(numbers)
        links: set[Link] = set()
        known: set[int] = set()
        new = wanted
        while new:
            known = known | new
            found = self._links(new)
            links.update(link for _, _, link in found)
            new = {number for one, other, _ in found for number in (one, other)} - known
        ids, published = self._ids_and_dates(known)
        named = {id_: origin.name for origin in origins(published, links) for id_ in origin.articles}
        return {number: named[ids[number]] for number in wanted}

    def links_of(self, article_id: str) -> list[Link]:
        """Links of one article with others, by the other's id."""
        row = self._connection.execute("SELECT number FROM articles WHERE id = ?", (article_id,)).fetchone()
        found = [link for _, _, link in self._links({row[0]})] if row else []
        return sorted(found, key=lambda link: (link.article, link.other))

    def _ids_and_dates(self, numbers: Iterable[int]) -> tuple[dict[int, str], dict[str, str | None]]:
        rows = list(
            self._rows(
                "SELECT a.number, a.id, r.published FROM revisions r JOIN articles a ON a.number = r.article "
                f"WHERE a.number IN (SELECT value FROM json_each(:numbers)) AND {ALIVE}",
                numbers=json.dumps(sorted(numbers)),
            )
        )
        return {number: id_ for number, id_, _ in rows}, {id_: published for _, id_, published in rows}

    def _links(self, numbers: Iterable[int] | None = None) -> list[tuple[int, int, Link]]:
        """Both article numbers and the link, of those that touch one of `numbers`, or of all."""
        rows = self._rows(
            f"{_LINKS} WHERE {ALIVE} AND {ALIVE.replace('r.', 's.')}" + ("" if numbers is None else _TOUCHING),
            numbers=json.dumps(sorted(numbers or ())),
        )
        return [(number, other_number, Link(*link)) for number, other_number, *link in rows]

    def _rows(self, sql: str, **values: str) -> Iterator[_Row]:
        storable = {name: value.encode(errors="replace").decode() for name, value in values.items()}
        return self._connection.execute(sql, {"generation": self.generation, **storable})


_PASSAGES = "passages p JOIN revisions r ON r.article = p.article AND r.revision = p.revision"

_LINKS = (
    "SELECT l.article, l.other, a.id, o.id, l.kind, l.outlet, l.share FROM links l "
    "JOIN revisions r ON r.article = l.article AND r.revision = l.revision "
    "JOIN revisions s ON s.article = l.other AND s.revision = l.other_revision "
    "JOIN articles a ON a.number = l.article JOIN articles o ON o.number = l.other"
)

_TOUCHING = (
    " AND l.rowid IN (SELECT rowid FROM links WHERE article IN (SELECT value FROM json_each(:numbers)) "
    "UNION SELECT rowid FROM links WHERE other IN (SELECT value FROM json_each(:numbers)))"
)


def _article(row: _Row) -> Article:
    id_, revision, text, sha256, source, title, publisher, author, url, published, language = row
    return Article(
        id=id_, revision=revision, text=text, sha256=sha256, source=source, title=title, publisher=publisher,
        author=author, url=url, published=published, language=language,
    )  # fmt: skip


def _passage(row: _Row) -> StoredPassage:
    number, article_number, start, end, sentences = row[:5]
    return StoredPassage(
        number,
        article_number,
        _article(row[5:]),
        start,
        end,
        _overlapping(unpack_sentences(sentences), start, end),
    )


def _overlapping(sentences: Sequence[Sentence], start: int, end: int) -> tuple[Sentence, ...]:
    return tuple(sentence for sentence in sentences if sentence.start < end and sentence.end > start)


def _date_test(filters: Filters) -> Callable[[str | None], bool]:
    """ISO days compare as strings; the first ten characters of a publication date are its day."""
    since = filters.since.isoformat() if filters.since else ""
    until = filters.until.isoformat() if filters.until else "9999-99-99"

    def in_range(published: str | None) -> bool:
        if not filters.by_date:
            return True
        return published is not None and since <= published[:10] <= until

    return in_range
