"""An index of words that is open: what tantivy finds and counts in it.

Apart from `lexical`, which writes indexes and ranks what is found here. Whatever tantivy refuses is DamagedIndex.
"""

from __future__ import annotations

import json
import re
from collections.abc import Collection, Iterable, Mapping
from pathlib import Path

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.bm25 import Fetched, Statistics
from index.lexical_folder import damage
from index.lexical_scope import EVERYTHING, NEVER, Scope


def any_of(schema: tantivy.Schema, field: str, numbers: Collection[int]) -> tantivy.Query:
    """What has one of those numbers in a field."""
    return tantivy.Query.term_set_query(schema, field, list(numbers))


def all_of(query: tantivy.Query, filters: Iterable[tantivy.Query]) -> tantivy.Query:
    """What `query` finds, with its scores, if it fulfils all of `filters`."""
    conditions = [(tantivy.Occur.Must, tantivy.Query.const_score_query(one, 0.0)) for one in filters]
    return tantivy.Query.boolean_query([(tantivy.Occur.Must, query), *conditions]) if conditions else query


class OpenedIndex:
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
        """Number and lengths of the passages of `scope`."""
        with damage(self._name):
            return self._counted(all_of(tantivy.Query.all_query(), self._filters(scope)))

    def having(self, scope: Scope, term: str) -> int:
        """How many passages of `scope` have `term`."""
        with damage(self._name):
            by_term = self._by_term(term)
            if scope != EVERYTHING:
                return self._counted(all_of(by_term, self._filters(scope))).documents
            standing = self._counted(by_term).documents if self.standing < self.held else self.held_having(term)
            # As a rule few are superseded, and counting those is faster than counting the others.
            superseded = self._counted(all_of(by_term, [self._superseded])).documents if self._superseded else 0
            return standing - superseded

    def held_having(self, term: str) -> int:
        """How many documents of the files have `term`, dropped ones among them."""
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
            hits = self._searcher.search(all_of(query, filters if filtered else []), limit, count=False).hits
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
            filters.append(any_of(self._schema, "publisher", scope.publishers))
        return filters

    def _counted(self, query: tantivy.Query) -> Statistics:
        lengths = self._searcher.aggregate(query, {"lengths": {"stats": {"field": "length"}}})["lengths"]
        return Statistics(int(lengths["count"]), int(lengths["sum"]), int(lengths["max"] or 0))

    def _by_term(self, term: str) -> tantivy.Query:
        return tantivy.Query.term_query(self._schema, "text", term, "freq")

    def _range(self, field: str, first: int, last: int, *, by_value: bool = False) -> tantivy.Query:
        unsigned = tantivy.FieldType.Unsigned
        return tantivy.Query.range_query(self._schema, field, unsigned, first, last, use_inverted_index=by_value)
