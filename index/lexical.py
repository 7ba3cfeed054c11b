"""Words of passages on disk, searched by BM25. Only this module and `lexical_opened` import tantivy.

What people ask is analysed and turned into term queries; it is never parsed as a query language. Scores are those of
an index that holds the scope's passages alone: what was removed, superseded or published later changes nothing.
Positions, article numbers, days and publishers are the caller's numbers: this module knows no passages.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
import tantivy
from numpy.typing import NDArray

from index import bm25
from index.appending import share
from index.bm25 import Bounds, Fetched
from index.durable import replacing
from index.lexical_folder import damage, listed, refusals, write_list
from index.lexical_opened import OpenedIndex, any_of
from index.lexical_scope import EVERYTHING as EVERYTHING
from index.lexical_scope import NEVER as NEVER
from index.lexical_scope import LexicalRow as LexicalRow
from index.lexical_scope import Scope as Scope
from index.lexical_scope import publisher_key as publisher_key

_ANALYSIS = "numbers whole, at most 40 bytes, lower case, no accents, English stems; days, publishers and lengths"
"""Written beside the index: one that was made from other terms than `terms` gives now must be made anew."""
_ANALYZER = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"\d+(?:[.,]\d+)*|[^\W_]+"))
    .filter(tantivy.Filter.remove_long(40))
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.ascii_fold())
    .filter(tantivy.Filter.stemmer("english"))
    .build()
)
_HEAP = 256_000_000
_COUNTS = 20_000
"""Document frequencies kept in memory, of an opened index."""

Texts = Callable[[Sequence[int]], Sequence[str]]
"""The texts of positions, in that order, as they were indexed."""
Found = tuple[NDArray[np.int64], NDArray[np.float32]]


def terms(text: str) -> list[str]:
    """The terms of `text`, in order and with repetitions, as the index holds them.

    English stems (Porter 1980, in its second version, Snowball) put the right paragraph first for 77 of 100
    questions instead of 74. Function words stay in: leaving them out changed nothing, and BM25 weighs them low.
    """
    return _ANALYZER.analyze(text)


def build(rows: Iterable[LexicalRow], path: Path) -> None:
    """Writes the index of `rows` as the folder `path`, whole or not at all. Raises OSError where it cannot be."""
    with replacing(path) as building:
        building.mkdir()
        _write(tantivy.Index(_schema(), path=str(building)), rows, path=path)
        write_list(building, _ANALYSIS)


def update(before: Path, path: Path, *, articles: Collection[int], rows: Iterable[LexicalRow]) -> None:
    """Writes the folder `path` from the earlier one `before`: all passages of `articles` are dropped, `rows` added.

    `before` stays as it is; the two share the files that did not change, as tantivy never writes to one twice.
    Raises DamagedIndex where `before` cannot be opened, OSError where `path` cannot be written.
    """
    names = listed(before, _ANALYSIS)
    with replacing(path) as building:
        building.mkdir()
        for name in names:
            share(before / name, building / name)
        with damage(before.name):
            index = tantivy.Index.open(str(building))
            index.searcher()  # opens every part, so that what fails later is no damage
        _write(index, rows, path=path, dropped=articles)
        write_list(building, _ANALYSIS)


def _write(index: tantivy.Index, rows: Iterable[LexicalRow], *, path: Path, dropped: Collection[int] = ()) -> None:
    """Drops and adds, and merges what tantivy finds time to merge."""
    index.register_tokenizer("terms", _ANALYZER)
    with refusals(path):
        # One thread numbers the documents in the order of the rows.
        writer = index.writer(heap_size=_HEAP, num_threads=1)
    try:
        if dropped:
            # Not by term: tantivy's binding takes a number there for a signed one and drops nothing.
            with refusals(path):
                writer.delete_documents_by_query(any_of(index.schema, "article", dropped))
        for row in rows:
            with refusals(path):
                writer.add_document(_document(row))
        with refusals(path):
            writer.commit()
    finally:
        with refusals(path):
            writer.wait_merging_threads()


def _schema() -> tantivy.Schema:
    return (
        tantivy.SchemaBuilder()
        .add_text_field("text", tokenizer_name="terms", index_option="freq")
        .add_unsigned_field("position", fast=True)
        .add_unsigned_field("article", indexed=True)
        .add_unsigned_field("day", fast=True)
        .add_unsigned_field("until", fast=True, indexed=True)
        .add_unsigned_field("publisher", indexed=True)
        .add_unsigned_field("length", fast=True)
        .build()
    )


def _document(row: LexicalRow) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("position", row.position)
    document.add_unsigned("article", row.article)
    document.add_unsigned("day", row.day)
    document.add_unsigned("until", row.until)
    document.add_unsigned("publisher", row.publisher)
    document.add_unsigned("length", len(terms(row.text)))
    document.add_text("text", row.text)
    return document


class Lexical:
    """An opened index. Searches may run in several threads at once."""

    def __init__(self, opened: OpenedIndex) -> None:
        self._opened = opened
        self._statistics = lru_cache(_COUNTS)(opened.statistics)
        self._having = lru_cache(_COUNTS)(opened.having)
        self._average: float | None = None

    @classmethod
    def open(cls, path: Path) -> Self:
        """Maps the files into memory. Raises DamagedIndex where they are absent, cut off or of another analysis."""
        listed(path, _ANALYSIS)
        return cls(OpenedIndex(path))

    def __len__(self) -> int:
        """Passages, superseded ones among them."""
        return self._opened.standing

    def search(self, question: str, k: int, *, scope: Scope = EVERYTHING, texts: Texts) -> Found:
        """Positions and BM25 scores of the `k` best passages of `scope`, best first, equal ones by position.

        A passage needs one term of the question; a question without any finds nothing. Scores, to five digits, are
        those of an index of the scope's passages alone. `texts` is asked for passages whose score tantivy does not
        tell to five digits. Raises DamagedIndex where a file turns out to be damaged.
        """
        weights = self._weights(question, scope) if k > 0 else {}
        if not weights:
            return np.empty(0, np.int64), np.empty(0, np.float32)
        average = self._statistics(scope).average
        known: dict[int, float] = {}

        def exact(positions: Sequence[int]) -> list[float]:
            new = [position for position in positions if position not in known]
            for position, text in zip(new, texts(new), strict=True):
                known[position] = bm25.score(terms(text), weights, average)
            return [known[position] for position in positions]

        query, bounds = self._query(weights, scope)
        positions, scores = bm25.ranked(k, self._fetching(query, scope), bounds=bounds, exact=exact)
        return positions, scores.astype(np.float32)

    def weighted_terms(self, text: str, *, scope: Scope = EVERYTHING) -> dict[str, float]:
        """The terms of `text`, each once, with the inverse document frequency by which BM25 weighs it in `scope`.

        0 and up, highest for terms that no passage has. Raises DamagedIndex.
        """
        documents = self._statistics(scope).documents
        return {term: bm25.weight(documents, self._having(scope, term)) for term in terms(text)}

    def _weights(self, question: str, scope: Scope) -> dict[str, float]:
        """Of those terms of the question that a passage of the scope has."""
        return {
            term: weight
            for term, weight in self.weighted_terms(question, scope=scope).items()
            if self._having(scope, term)
        }

    def _query(self, weights: Mapping[str, float], scope: Scope) -> tuple[tantivy.Query, Bounds]:
        """A query whose scores by tantivy are nearly those in `scope`, and how nearly."""
        by_index = {term: bm25.single_weight(self._opened.held, self._opened.held_having(term)) for term in weights}
        boosts = {term: weight / by_index[term] if by_index[term] else 1.0 for term, weight in weights.items()}
        query = self._opened.boosted(boosts)
        if self._average is None:
            self._average = self._opened.average(query)
        unheard = [weight for term, weight in weights.items() if not by_index[term]]
        return query, Bounds.of(self._statistics(scope), by_index=self._average, terms=len(weights), unheard=unheard)

    def _fetching(self, query: tantivy.Query, scope: Scope) -> Callable[[int], Fetched]:
        """Gives those of the scope among the best `limit` or more."""
        part = self._statistics(scope).documents / self._opened.standing
        # To filter takes as long as to score, so where most are in the scope the first try goes without.
        tries = iter([part > 0.5 and not scope.publishers])

        def fetch(limit: int) -> Fetched:
            without = next(tries, False)
            limit = min(int(limit / part) if without else limit, self._opened.held + 1)
            return self._opened.found(query, limit, scope, filtered=not without)

        return fetch
