"""From a question to hits: both indexes, fused. One pure sequence over an opened generation.

The caller embeds the question; nothing here knows which model did.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from index.derived import Derived
from index.embedding_text import embedding_text
from index.filtering import Filtered
from index.fusion import Ranked, min_max
from index.lexical import Texts
from index.models import Filters, Hit, SearchResult
from index.view import View


@dataclass(frozen=True, slots=True)
class Limits:
    """How far a search goes."""

    top_k: int = 10
    candidates: int = 100
    """Taken from each index before fusion."""
    weight: float = 0.5
    """Of the dense scores in fusion; the lexical ones have the rest."""
    per_article: int | None = None
    """At most so many hits of one article while there are others, so that a second source is seen; None: any."""
    per_origin: int | None = None
    """The same for articles of one origin: copies of one report must not take the places of another."""


def search(
    words: str,
    vector: NDArray[np.float32],
    *,
    view: View,
    derived: Derived,
    filters: Filters,
    limits: Limits,
) -> SearchResult:
    """The passages nearest to a question.

    `words` is the question as asked, `vector` its embedding of shape (dimension,) and length 1; `view` stands as of the
    day of the filters. Raises UnknownPublisher where a filter names one that no article has.
    """
    filtered = Filtered(filters, view=view, derived=derived)
    dense = Ranked(*derived.dense.search(vector, limits.candidates, allowed=filtered.allowed))
    found = derived.lexical.search(words, limits.candidates, scope=filtered.scope, texts=texts_of(view, derived))
    lexical = Ranked(*found)
    fused = min_max(dense, lexical, weight=limits.weight)
    articles_found = derived.passages[fused.positions, 1].tolist()
    origins = view.origins_of(set(articles_found)) if limits.per_origin else {}
    places = balanced(articles_found, limits, origins=origins)
    top = fused.positions[places]
    hits = _hits(view, derived, top, fused.scores[places], derived.dense.scores(vector, top), lexical)
    return SearchResult(hits, derived.generation, _undated_warning(filtered.undated))


def balanced(articles: Sequence[int], limits: Limits, *, origins: Mapping[int, str] | None = None) -> list[int]:
    """Which places of a ranking to take, given the article of each: the best, with a few of one article at most.

    Where other articles run out, what is left goes to the next best, whatever their article. `origins` by article
    number; where they are given, an origin has its limit too.
    """
    most = limits.per_article or len(articles)
    of_origin = limits.per_origin or len(articles)
    taken: Counter[int | str] = Counter()
    first: list[int] = []
    rest: list[int] = []
    for place, article in enumerate(articles):
        origin = (origins or {}).get(article, f"of {article}")
        full = taken[article] >= most or taken[origin] >= of_origin
        taken.update((article, origin))
        (rest if full else first).append(place)
    return (first + rest)[: limits.top_k]


def _undated_warning(undated: int) -> tuple[str, ...]:
    if not undated:
        return ()
    are = "article carries" if undated == 1 else "articles carry"
    return (f"{undated:,} {are} no publication date and so cannot be in a range of dates; left out.",)


def texts_of(view: View, derived: Derived) -> Texts:
    """What was indexed at given positions."""

    def texts(positions: Sequence[int]) -> list[str]:
        numbers = derived.passages[list(positions), 0].tolist()
        return [embedding_text(title, text) for title, text in view.texts(numbers)]

    return texts


def _hits(
    view: View,
    derived: Derived,
    positions: NDArray[np.int64],
    fused: NDArray[np.float32],
    dense: NDArray[np.float32],
    lexical: Ranked,
) -> Sequence[Hit]:
    passages = view.passages(derived.passages[positions, 0].tolist())
    by_words = dict(zip(lexical.positions.tolist(), lexical.scores.tolist(), strict=True))
    scores = zip(passages, positions.tolist(), fused.tolist(), dense.tolist(), strict=True)
    return tuple(Hit(passage, score, cosine, by_words.get(position)) for passage, position, score, cosine in scores)
