"""Passages that look like an answer, found by words (BM25), so that telling them apart is worth learning.

The one module of the training that knows tantivy. It knows neither questions' answers nor examples.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

import tantivy

_WORD = re.compile(r"\w+")


class Mine:
    """A lexical index in memory over `texts`."""

    def __init__(self, texts: Sequence[str]) -> None:
        builder = tantivy.SchemaBuilder()
        builder.add_integer_field("number", stored=True)
        builder.add_text_field("text", tokenizer_name="en_stem")
        self._index = tantivy.Index(builder.build())
        writer = self._index.writer(heap_size=60_000_000, num_threads=1)
        for number, text in enumerate(texts):
            writer.add_document(tantivy.Document(number=number, text=text))
        writer.commit()
        writer.wait_merging_threads()
        self._index.reload()
        self._searcher = self._index.searcher()

    def nearest(self, question: str, limit: int) -> list[tuple[int, float]]:
        """Numbers of texts and their BM25 scores, best first; ties by number."""
        words = " ".join(_WORD.findall(question.lower()))
        if not words:
            return []
        found = self._searcher.search(self._index.parse_query(words, ["text"]), limit=limit).hits
        scored = [(self._searcher.doc(address)["number"][0], score) for score, address in found]
        return sorted(scored, key=lambda one: (-one[1], one[0]))
