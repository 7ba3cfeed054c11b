"""Words of passages on disk, searched by BM25. The only module that imports tantivy.

What people ask is analysed and turned into term queries; it is never parsed as a query language. Positions are
the caller's numbers for passages, and articles are numbers to filter by: this module knows neither.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from contextlib import contextmanager
from math import log
from pathlib import Path
from typing import Self

import numpy as np
import tantivy
from numpy.typing import NDArray

from index.durable import replacing
from index.errors import DamagedIndex

_ANALYSIS = "numbers whole, at most 40 bytes, lower case, no accents, English stems"
"""Written beside the index: one that was made from other terms than `terms` gives now must be made anew."""
_ANALYSIS_FILE = "analysis.txt"
_ANALYZER = (
    tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.regex(r"\d+(?:[.,]\d+)*|[^\W_]+"))
    .filter(tantivy.Filter.remove_long(40))
    .filter(tantivy.Filter.lowercase())
    .filter(tantivy.Filter.ascii_fold())
    .filter(tantivy.Filter.stemmer("english"))
    .build()
)
_HEAP = 256_000_000


def terms(text: str) -> list[str]:
    """The terms of `text`, in order and with repetitions, as the index holds them.

    English stems (Porter 1980, in its second version, Snowball) put the right paragraph first for 77 of 100
    questions instead of 74. Function words stay in: leaving them out changed nothing, and BM25 weighs them low.
    """
    return _ANALYZER.analyze(text)


def build(rows: Iterable[tuple[int, int, str]], path: Path) -> None:
    """Writes the index of `rows`, each (position, article number, text), as the folder `path`, whole or not at all.

    Raises OSError where it cannot be written.
    """
    with replacing(path) as building:
        building.mkdir()
        index = tantivy.Index(_schema(), path=str(building))
        index.register_tokenizer("terms", _ANALYZER)
        # One thread numbers the documents in the order of the rows.
        writer = index.writer(heap_size=_HEAP, num_threads=1)
        try:
            for position, article, text in rows:
                with _refusals(path):
                    writer.add_document(_document(position, article, text))
            with _refusals(path):
                writer.commit()
        finally:
            with _refusals(path):
                writer.wait_merging_threads()
        names = sorted(file.name for file in building.iterdir() if not file.name.endswith(".lock"))
        (building / _ANALYSIS_FILE).write_text("\n".join([_ANALYSIS, *names]))


def _schema() -> tantivy.Schema:
    return (
        tantivy.SchemaBuilder()
        .add_text_field("text", tokenizer_name="terms", index_option="freq")
        .add_unsigned_field("position", fast=True)
        .add_unsigned_field("article", indexed=True)
        .build()
    )


@contextmanager
def _refusals(path: Path) -> Iterator[None]:
    """tantivy's ValueError, which stands for a full disk too, as OSError; not those of the caller's rows."""
    try:
        yield
    except ValueError as error:
        raise OSError(f"The words could not be written to {str(path)!r} ({error})") from error


def _document(position: int, article: int, text: str) -> tantivy.Document:
    document = tantivy.Document()
    document.add_unsigned("position", position)
    document.add_unsigned("article", article)
    document.add_text("text", text)
    return document


class Lexical:
    """An opened index. Searches may run in several threads at once."""

    def __init__(self, searcher: tantivy.Searcher, schema: tantivy.Schema) -> None:
        self._searcher = searcher
        self._schema = schema

    @classmethod
    def open(cls, path: Path) -> Self:
        """Maps the files into memory. Raises DamagedIndex where they are absent, cut off or of another analysis."""
        try:
            analysis, *names = (path / _ANALYSIS_FILE).read_text().split("\n")
            index = tantivy.Index.open(str(path))
        except (OSError, ValueError) as error:
            raise DamagedIndex(f"{path.name} is no index of words that tantivy can read ({error})") from error
        if analysis != _ANALYSIS:
            raise DamagedIndex(f"{path.name} was made with other terms ({analysis!r}) than are made now")
        opened = cls(index.searcher(), index.schema)
        # tantivy opens without some of its files and fails when it searches. They are never made again under the same
        # name, so those that are there now were there a moment ago.
        missing = [name for name in names if not (path / name).exists()]
        if missing:
            raise DamagedIndex(f"{path.name} lacks {missing[0]}")
        return opened

    def __len__(self) -> int:
        return self._searcher.num_docs

    def search(
        self, question: str, k: int, *, articles: Collection[int] | None = None
    ) -> tuple[NDArray[np.int64], NDArray[np.float32]]:
        """Positions and BM25 scores of the `k` best passages, best first, equal ones by position.

        A passage needs one term of the question; a question without any finds nothing. Only passages of
        `articles` are ranked, where that is given. BM25 as in Robertson and Zaragoza, The Probabilistic Relevance
        Framework (2009), with k1 = 1.2 and b = 0.75, over all passages whatever the filter.
        """
        wanted = dict.fromkeys(terms(question))
        if not wanted or k < 1 or (articles is not None and not articles):
            return np.empty(0, np.int64), np.empty(0, np.float32)
        hits = self._hits(self._query(wanted, articles), k)
        scores = np.array([score for score, _ in hits], dtype=np.float32)
        positions = np.array(
            self._searcher.fast_field_values("position", [address for _, address in hits]), dtype=np.int64
        )
        order = np.lexsort((positions, -scores))[:k]
        return positions[order], scores[order]

    def weighted_terms(self, text: str) -> dict[str, float]:
        """The terms of `text`, each once, with the inverse document frequency by which BM25 weighs it.

        0 and up, highest for terms that no passage has.
        """
        return {term: self._weight(self._searcher.doc_freq("text", term)) for term in terms(text)}

    def _weight(self, passages: int) -> float:
        return log(1 + (len(self) - passages + 0.5) / (passages + 0.5))

    def _query(self, wanted: Iterable[str], articles: Collection[int] | None) -> tantivy.Query:
        by_words = tantivy.Query.boolean_query(
            [(tantivy.Occur.Should, tantivy.Query.term_query(self._schema, "text", term, "freq")) for term in wanted]
        )
        if articles is None:
            return by_words
        among = tantivy.Query.term_set_query(self._schema, "article", list(articles))
        return tantivy.Query.boolean_query(
            [(tantivy.Occur.Must, by_words), (tantivy.Occur.Must, tantivy.Query.const_score_query(among, 0.0))]
        )

    def _hits(self, query: tantivy.Query, k: int) -> list[tuple[float, tantivy.DocAddress]]:
        """At least the best `k`, with all that tie with the last of them, so that segments don't decide."""
        limit = min(k, len(self)) + 1
        while True:
            hits = self._searcher.search(query, limit, count=False).hits
            if len(hits) < limit or hits[-1][0] < hits[k - 1][0]:
                return hits
            limit *= 2
