"""Words of passages on disk, searched by BM25. The only module that imports tantivy.

What people ask is analysed and turned into term queries; it is never parsed as a query language. Scores are those of
an index that holds the scope's passages alone: what was removed, superseded or published later changes nothing.
Positions, article numbers, days and publishers are the caller's numbers: this module knows no passages.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from functools import lru_cache
from pathlib import Path
from typing import Self

import numpy as np
import tantivy
from numpy.typing import NDArray

from index import bm25
from index.bm25 import Bounds, Fetched, Statistics
from index.durable import replacing
from index.lexical_folder import damage, listed, refusals, share, write_list
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
        share(before, building, names)
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
                writer.delete_documents_by_query(_any_of(index.schema, "article", dropped))
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


def _any_of(schema: tantivy.Schema, field: str, numbers: Collection[int]) -> tantivy.Query:
    return tantivy.Query.term_set_query(schema, field, list(numbers))


def _all_of(query: tantivy.Query, filters: Iterable[tantivy.Query]) -> tantivy.Query:
    """What `query` finds, with its scores, if it fulfils all of `filters`."""
    conditions = [(tantivy.Occur.Must, tantivy.Query.const_score_query(one, 0.0)) for one in filters]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *conditions]) if conditions else query


class _Opened:
    """What tantivy finds and counts in an opened index, which never changes."""

    def __init__(self, path: Path) -> None:
        self._name = path.name
        with damage(path.name):
            index = tantivy.Index.open(str(path))
            self._schema, self._searcher = index.schema, index.searcher()
            segments = json.loads((path / "meta.json").read_text())["segments"]
            self.held = sum(int(segment["max_doc"]) for segment in segments)
            """Documents of the files, with those that were dropped: tantivy's own statistics are of all these."""
            self.standing = self._searcher.num_docs
            superseded = self._range("until", 0, NEVER - 1, by_value=True)
            self._superseded = superseded if self._counted(superseded).documents else None

    def statistics(self, scope: Scope) -> Statistics:
        with damage(self._name):
            return self._counted(_all_of(tantivy.Query.all_query(), self._filters(scope)))

    def having(self, scope: Scope, term: str) -> int:
        """How many passages of `scope` have `term`."""
        with damage(self._name):
            by_term = self._by_term(term)
            if scope != EVERYTHING:
                return self._counted(_all_of(by_term, self._filters(scope))).documents
            standing = self._counted(by_term).documents if self.standing < self.held else self.held_having(term)
            # As a rule few are superseded, and counting those is faster than counting the others.
            superseded = self._counted(_all_of(by_term, [self._superseded])).documents if self._superseded else 0
            return standing - superseded

    def held_having(self, term: str) -> int:
        with damage(self._name):
            return self._searcher.doc_freq("text", term)

    def boosted(self, boosts: Mapping[str, float]) -> tantivy.Query:
        """Sums what tantivy gives for each term, times its boost."""
        with damage(self._name):
            parts = [tantivy.Query.boost_query(self._by_term(term), boost) for term, boost in boosts.items()]
        # A maximum with all others added to it: a plain sum skips blocks of documents by maxima that tantivy took
        # with the average length of another day, and so could miss one. This one looks at all, and is as fast.
        return tantivy.Query.disjunction_max_query(parts, 1.0)

    def found(self, query: tantivy.Query, limit: int, scope: Scope, *, filtered: bool) -> Fetched:
        """Those of `scope` among the best `limit` by tantivy's own scores; where `filtered`, of the scope's alone."""
        with damage(self._name):
            filters = self._filters(scope)
            hits = self._searcher.search(_all_of(query, filters if filtered else []), limit, count=False).hits
            addresses = [address for _, address in hits]
            positions = self._values("position", addresses)
            inside = self._inside(addresses, scope) if filters and not filtered else np.ones(len(hits), np.bool_)
        scores = np.array([score for score, _ in hits], np.float64)
        return Fetched(positions[inside], scores[inside], scores[-1] if len(hits) == limit else None)

    def average(self, query: tantivy.Query) -> float:
        """The average length that tantivy takes for its scores. `query` must find something.

        After merges it is no longer that of all documents held, as dropped ones were taken out by their kept length.
        """
        with damage(self._name):
            ((_, address),) = self._searcher.search(query, 1, count=False).hits
            explained = query.explain(self._searcher, address).to_json()
            (value, *_) = re.findall(r'"value": ([^,]+),\s*"description": "avgdl', explained)
        return float(value)

    def _inside(self, addresses: list[tantivy.DocAddress], scope: Scope) -> NDArray[np.bool_]:
        day, until = self._values("day", addresses), self._values("until", addresses)
        first, last = scope.days
        stands = until > scope.as_of if scope.as_of else until == NEVER
        inside: NDArray[np.bool_] = stands & (first <= day) & (day <= last)
        return inside

    def _values(self, field: str, addresses: list[tantivy.DocAddress]) -> NDArray[np.int64]:
        values = self._searcher.fast_field_values(field, addresses)
        if None in values:
            raise ValueError(f"a document has no {field}")
        return np.array(values, np.int64)

    def _filters(self, scope: Scope) -> list[tantivy.Query]:
        """What passages of `scope` fulfil; empty where all that stand do."""
        filters = []
        first, last = scope.days
        if first:
            filters.append(self._range("day", first, last))
        if scope.as_of:
            filters.append(self._range("until", scope.as_of + 1, NEVER))
        elif self._superseded:
            filters.append(tantivy.Query.term_query(self._schema, "until", NEVER))
        if scope.publishers:
            filters.append(_any_of(self._schema, "publisher", scope.publishers))
        return filters

    def _counted(self, query: tantivy.Query) -> Statistics:
        lengths = self._searcher.aggregate(query, {"lengths": {"stats": {"field": "length"}}})["lengths"]
        return Statistics(int(lengths["count"]), int(lengths["sum"]), int(lengths["max"] or 0))

    def _by_term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "text", term, "freq")

    def _range(self, field: str, first: int, last: int, *, by_value: bool = False) -> tantivy.Query:
        unsigned = tantivy.FieldType.Unsigned
        return tantivy.Query.range_query(self._schema, field, unsigned, first, last, use_inverted_index=by_value)


class Lexical:
    """An opened index. Searches may run in several threads at once."""

    def __init__(self, opened: _Opened) -> None:
        self._opened = opened
        self._statistics = lru_cache(_COUNTS)(opened.statistics)
        self._having = lru_cache(_COUNTS)(opened.having)
        self._average: float | None = None

    @classmethod
    def open(cls, path: Path) -> Self:
        """Maps the files into memory. Raises DamagedIndex where they are absent, cut off or of another analysis."""
        listed(path, _ANALYSIS)
        return cls(_Opened(path))

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
        share = self._statistics(scope).documents / self._opened.standing
        # To filter takes as long as to score, so where most are in the scope the first try goes without.
        tries = iter([share > 0.5 and not scope.publishers])

        def fetch(limit: int) -> Fetched:
            without = next(tries, False)
            limit = min(int(limit / share) if without else limit, self._opened.held + 1)
            return self._opened.found(query, limit, scope, filtered=not without)

        return fetch
