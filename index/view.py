"""Reading one generation of the store, as things stand now or as they stood on an earlier day.

A view names a generation and sees that one alone, whatever a writer adds meanwhile. It never writes. What it reads is
held against its checksums: a damaged row is an error, never an article.
"""

from __future__ import annotations

import json
from collections import Counter
from collections.abc import Container, Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from difflib import get_close_matches
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.models import Article, Sentence
from corpus.origins import RULES, Link, Origin
from index import checksums, kinship
from index.errors import DamagedWorkspace, UnknownArticle, UnknownPublisher
from index.models import Sizes, StoredPassage
from index.records import is_whole
from index.schema import AS_OF, NOW
from index.spans import unpack_sentences
from index.store import Store

_Row = tuple[Any, ...]
"""As SQLite gives it."""

_ARTICLE = (
    "r.article, a.id, r.revision, r.text, r.sha256, a.source, r.title, r.publisher, r.author, r.url, r.published, "
    "r.language, r.born, r.died, r.record, r.checksum, a.source_key, a.checksum, r.sentences"
)
_PASSAGES = "passages p JOIN revisions r ON r.article = p.article AND r.revision = p.revision"


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


@dataclass(frozen=True, slots=True, kw_only=True)
class RevisionRow:
    """One revision of an article that is kept."""

    revision: int
    seen: str | None
    """When it was first read, by the clock of then, in UTC; None for one of before that was noted."""
    published: str | None
    sha256: str
    title: str | None
    characters: int
    born: int
    """The generation that it came with."""
    living: bool
    """Whether it is what the article says now."""


class View:
    """One generation of a store. Use within `reading`, so that no row is swept between two calls."""

    def __init__(self, store: Store, generation: int, *, day: date | None = None) -> None:
        self.generation = generation
        self.day = day
        self.store = store
        self._connection = store.connection
        self._shown = (NOW if day is None else AS_OF).format

    @contextmanager
    def reading(self) -> Iterator[View]:
        """Holds one snapshot of the file for as long as the block runs."""
        self._connection.execute("BEGIN")
        try:
            self.rows("SELECT 1 FROM meta LIMIT 1")
            yield self
        finally:
            if self._connection.in_transaction:
                self._connection.execute("ROLLBACK")

    def as_of(self, day: date | None) -> View:
        """The same snapshot as it stood at the end of a day: each article as its latest revision published by then said
        it, articles without a date left out. As things stand now for None.
        """
        return self if day == self.day else View(self.store, self.generation, day=day)

    def sizes(self) -> Sizes:
        """Articles and passages of this generation, and revisions kept of all of them."""
        (passages,) = next(self.rows(f"SELECT count(*) FROM {_PASSAGES} WHERE {self._shown(r='r')}"))
        (revisions,) = next(self.rows("SELECT count(*) FROM revisions r WHERE r.born <= :generation"))
        return Sizes(self.count(), passages, revisions)

    def count(self) -> int:
        """Articles of this generation."""
        (articles,) = next(self.rows(f"SELECT count(*) FROM revisions r WHERE {self._shown(r='r')}"))
        return int(articles)

    def listings(self, *, after: str = "", limit: int = -1) -> Iterator[Listing]:
        """Articles by id: all, or at most so many of those that come after an id."""
        rows = self.rows(
            "SELECT a.id, r.revision, r.title, r.publisher, r.published, a.source, length(r.text), "
            "(SELECT count(*) FROM passages p WHERE p.article = r.article AND p.revision = r.revision) "
            f"FROM revisions r JOIN articles a ON a.number = r.article WHERE {self._shown(r='r')} AND a.id > :after "
            "ORDER BY a.id LIMIT :limit", after=after, limit=str(limit),
        )  # fmt: skip
        for id_, revision, title, publisher, published, source, characters, passages in rows:
            yield Listing(
                id=id_, revision=revision, title=title, publisher=publisher, published=published,
                source=source, characters=characters, passages=passages,
            )  # fmt: skip

    def article(self, article_id: str, *, quoted: int | None = None) -> Article:
        """As it is shown, or where it is kept in the revision that was quoted. Raises UnknownArticle with near ids."""
        found = (self.revision(article_id, quoted) if quoted else None) or self.find(article_id)
        if found is None:
            raise UnknownArticle(self._no_article(article_id))
        return found

    def find(self, article_id: str) -> Article | None:
        """As `article`, None where there is none."""
        return self._one(f"a.id = :id AND {self._shown(r='r')}", id=article_id)

    def revision(self, article_id: str, revision: int) -> Article | None:
        """The article as it stands or once stood, for as long as it is kept at all; None for one it never had."""
        where = "a.id = :id AND r.revision = :revision AND r.born <= :generation"
        return self._one(where, id=article_id, revision=str(revision))

    def revisions(self, article_id: str) -> list[RevisionRow]:
        """All that is kept of one article, oldest first. Raises UnknownArticle."""
        rows = self.rows(
            "SELECT r.revision, r.seen, r.published, r.sha256, r.title, length(r.text), r.born, "
            f"({NOW.format(r='r')}) FROM revisions r JOIN articles a ON a.number = r.article "
            "WHERE a.id = :id AND r.born <= :generation ORDER BY r.revision",
            id=article_id,
        )
        found = [
            RevisionRow(
                revision=revision, seen=seen, published=published, sha256=sha256, title=title,
                characters=characters, born=born, living=bool(living),
            )
            for revision, seen, published, sha256, title, characters, born, living in rows
        ]  # fmt: skip
        if not found:
            raise UnknownArticle(self._no_article(article_id))
        return found

    def numbered(self, article: int, revision: int) -> Article:
        """A revision by the store's own number of its article. Raises DamagedWorkspace where it is gone."""
        where = "r.article = :article AND r.revision = :revision"
        found = self._one(where, article=str(article), revision=str(revision))
        if found is None:
            raise DamagedWorkspace(f"The article number {article} is not in the store any more. {checksums.MEND}")
        return found

    def _one(self, where: str, **values: str) -> Article | None:
        sql = f"SELECT {_ARTICLE} FROM revisions r JOIN articles a ON a.number = r.article WHERE {where}"
        row = next(self.rows(sql, **values), None)
        return None if row is None else _article(row)

    def _no_article(self, article_id: str) -> str:
        ids = [id_ for (id_,) in self.rows(
            f"SELECT a.id FROM articles a JOIN revisions r ON r.article = a.number WHERE {self._shown(r='r')}"
        )]  # fmt: skip
        near = get_close_matches(article_id, ids, n=3)
        hint = f" Near ones: {', '.join(map(repr, near))}." if near else ""
        return f"No article has the id {article_id!r}.{hint} All ids: crosscheck articles list"

    def articles_of(self, publishers: Sequence[str]) -> tuple[NDArray[np.int64], tuple[str, ...]]:
        """Numbers of the articles of these publishers, ascending, and the publishers' names as the articles have them.

        Names are compared without case. Raises UnknownPublisher for one that no article has.
        """
        there: Counter[str] = Counter(dict(self.rows(
            f"SELECT r.publisher, count(*) FROM revisions r WHERE r.publisher IS NOT NULL AND {self._shown(r='r')} "
            "GROUP BY r.publisher"
        )))  # fmt: skip
        wanted = _known(publishers, there)
        names = tuple(sorted(name for name in there if name.casefold() in wanted))
        rows = self.rows(
            f"SELECT r.article FROM revisions r WHERE r.publisher IN (SELECT value FROM json_each(:names)) "
            f"AND {self._shown(r='r')} ORDER BY r.article", names=json.dumps(names),
        )  # fmt: skip
        return np.fromiter((number for (number,) in rows), dtype=np.int64), names

    def passages(self, numbers: Sequence[int]) -> list[StoredPassage]:
        """The passages of those numbers, in that order. Raises DamagedWorkspace."""
        marks = ",".join(str(int(number)) for number in numbers)
        rows = self.rows(
            f'SELECT p.number, p."start", p."end", p.vector, p.checksum, {_ARTICLE} FROM {_PASSAGES} '
            f"JOIN articles a ON a.number = r.article WHERE p.number IN ({marks})"
        )
        found = {row[0]: _passage(row) for row in rows}
        _refuse_missing(numbers, found)
        return [found[number] for number in numbers]

    def texts(self, numbers: Sequence[int]) -> list[tuple[str | None, str]]:
        """Title and text of those passages, in that order, without the rest of their articles."""
        marks = ",".join(str(int(number)) for number in numbers)
        rows = self.rows(
            f'SELECT p.number, r.title, substr(r.text, p."start" + 1, p."end" - p."start") FROM {_PASSAGES} '
            f"WHERE p.number IN ({marks})"
        )
        found = {number: (title, text) for number, title, text in rows}
        _refuse_missing(numbers, found)
        return [found[number] for number in numbers]

    def sentences_of(self, numbers: Iterable[int]) -> dict[int, list[Sentence]]:
        """All sentences of these articles, by article number."""
        rows = self.rows(
            "SELECT r.article, r.sentences FROM revisions r "
            f"WHERE r.article IN (SELECT value FROM json_each(:numbers)) AND {self._shown(r='r')}",
            numbers=json.dumps(sorted(numbers)),
        )
        return {number: unpack_sentences(packed) for number, packed in rows}

    @property
    def origins_known(self) -> bool:
        """Whether every article was traced by the present rules; where not, the next ingest does it."""
        row = next(self.rows("SELECT value FROM meta WHERE key = 'origins'"), None)
        return row is not None and row[0] == RULES

    def origins(self) -> list[Origin]:
        """All origins, each with its articles and links."""
        return kinship.origins_of_all(self.rows, self._shown)

    def origins_of(self, numbers: Iterable[int]) -> dict[int, str]:
        """The name of the origin of each of these shown articles. Looks at those they are linked with alone."""
        return kinship.origins_of(self.rows, self._shown, numbers)

    def links_of(self, article_id: str) -> list[Link]:
        """Links of one article with others, by the other's id."""
        return kinship.links_of(self.rows, self._shown, article_id)

    def rows(self, sql: str, **values: str) -> Iterator[_Row]:
        """What SQLite gives for a question in which `:generation` and `:day` are the view's; for this package alone."""
        storable = {name: value.encode(errors="replace").decode() for name, value in values.items()}
        day = self.day.isoformat() if self.day else None
        return self._connection.execute(sql, {"generation": self.generation, "day": day, **storable})


def _refuse_missing(numbers: Sequence[int], found: Container[int]) -> None:
    missing = next((number for number in numbers if number not in found), None)
    if missing is not None:
        raise DamagedWorkspace(f"The passage {missing} is not in the store any more. {checksums.MEND}")


def _known(wanted: Sequence[str], there: Counter[str]) -> set[str]:
    """The wanted names without case. Raises UnknownPublisher."""
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


def _article(row: _Row) -> Article:
    """Raises DamagedWorkspace where the row is not what was written."""
    number, id_, revision, text, sha256, source, title, publisher, author, url, published, language = row[:12]
    born, died, record, checksum, source_key, of_name, sentences = row[12:]
    article = Article(
        id=id_, revision=revision, text=text, sha256=sha256, source=source, title=title, publisher=publisher,
        author=author, url=url, published=published, language=language,
    )  # fmt: skip
    named = of_name == checksums.of_row(number, id_, source, source_key)
    if not named or not is_whole(
        article, number=number, born=born, died=died, record=record, checksum=checksum, sentences=sentences
    ):
        raise DamagedWorkspace(f"The article {id_!r} in the store is damaged. {checksums.MEND}")
    return article


def _passage(row: _Row) -> StoredPassage:
    number, start, end, vector, checksum = row[:5]
    article = _article(row[5:])
    article_number = row[5]
    if checksum != checksums.of_row(article_number, article.revision, start, end, vector):
        raise DamagedWorkspace(f"A passage of the article {article.id!r} in the store is damaged. {checksums.MEND}")
    sentences = _overlapping(unpack_sentences(row[-1]), start, end)
    return StoredPassage(number, article_number, article, start, end, sentences)


def _overlapping(sentences: Sequence[Sentence], start: int, end: int) -> tuple[Sentence, ...]:
    return tuple(sentence for sentence in sentences if sentence.start < end and sentence.end > start)
