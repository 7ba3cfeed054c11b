"""Which articles go back to one source: what makes two of them one, and what follows for all.

Pure: from traces of articles (made in `tracing`) to links with a reason, and from links to origins. Storing both, and
finding the few articles that a new one may be linked with, is `index.origins`'s.

A link depends on its two articles alone, and an origin is whatever links connect, so neither the order in which
articles came nor what else is there changes anything. Being about the same is never enough: two articles are linked
where they share their words, credit one outlet, or one credits the other's publisher.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from hashlib import sha256
from typing import Literal

import numpy as np
from numpy.typing import NDArray

from corpus.shingles import Sketch

RULES = "1"
"""Raise it when other traces or links come out for the same articles: those that are stored are then made anew."""

WINDOW = 14
"""Days between two articles of one origin at most, where both have a date: later ones had time to ask around."""

LIKE = 0.55
"""Least cosine of two articles that tell the same story. Anything below is not looked at."""

SAME_STORY = 0.95
"""Least sum of cosine and half the shared names of two articles that credit the same outlet: below, it was credited for
something else. Names part look-alikes: the same event at another place, told in the same words."""

SAME_TEXT = 0.75
"""Least cosine of two articles that share their words: below, one quotes the other among much else."""

FEW_RUNS = 6
"""Kept runs that two texts must share; of fewer, a shared quotation is enough to explain them."""

_SHARES = {0: 0.15, 1: 0.25, 2: 0.5}
"""Least share of the shorter text that stands in the longer, by how many of the two credit somebody.

Chosen, like the numbers above, on the labelled stories of tests/gold/origins.jsonl whose part is "tune".
"""

Kind = Literal["copy", "credit", "publisher"]


@dataclass(frozen=True, slots=True, eq=False)
class Trace:
    """What is kept of an article to tell where it comes from."""

    id: str
    published: date | None
    publisher: str | None
    """Canonical name."""
    credits: frozenset[str]
    """Outlets credited for the main news."""
    names: frozenset[str]
    """Capitalised words of its beginning, in lower case."""
    sketch: Sketch
    vector: NDArray[np.float32]
    """Mean of the vectors of its passages, of length 1; shape (dimension,)."""


@dataclass(frozen=True, slots=True)
class Link:
    """Two articles of one origin, and why."""

    article: str
    """For kind `publisher` the one that credits, otherwise either."""
    other: str
    kind: Kind
    outlet: str | None = None
    """For kinds `credit` and `publisher`."""
    share: float = 0.0
    """For kind `copy`: the share of the shorter text's word runs that stand in the longer."""

    @property
    def reason(self) -> str:
        """Words that follow "Same origin as ...:"."""
        if self.kind == "copy":
            return f"{self.share:.0%} of the shorter text stands in the other, word for word"
        if self.kind == "credit":
            return f"both credit {self.outlet}"
        return f"{self.article} credits {self.outlet}, which published {self.other}"


@dataclass(frozen=True, slots=True)
class Origin:
    """An independent source, known by the articles that go back to it."""

    name: str
    """Stable while its first article stays the first."""
    articles: tuple[str, ...]
    """Ids, by date of publication and then id; undated ones last."""
    links: tuple[Link, ...]

    @property
    def reason(self) -> str:
        """One sentence for the whole."""
        if not self.links:
            return "No other article shares its source."
        outlets_named = sorted({link.outlet for link in self.links if link.outlet})
        parts = [f"credit to {' and '.join(outlets_named)}"] if outlets_named else []
        if any(link.kind == "copy" for link in self.links):
            parts.append("shared text")
        return f"Linked by {' and by '.join(parts)}."


def link(one: Trace, other: Trace) -> Link | None:
    """The link between two different articles, None where nothing says that they share a source. Symmetric."""
    one, other = sorted((one, other), key=lambda trace: trace.id)
    if _too_far_apart(one, other):
        return None
    likeness = float(one.vector @ other.vector)
    return _copied(one, other, likeness) or _credited(one, other, likeness)


def _too_far_apart(one: Trace, other: Trace) -> bool:
    if one.published is None or other.published is None:
        return False
    return abs((one.published - other.published).days) > WINDOW


def _copied(one: Trace, other: Trace, likeness: float) -> Link | None:
    least = _SHARES[bool(one.credits) + bool(other.credits)]
    share, runs = one.sketch.containment(other.sketch)
    same = share == 1.0 and len(one.sketch.runs) == len(other.sketch.runs)
    if share < least or likeness < SAME_TEXT or not (same or runs >= FEW_RUNS):
        return None
    return Link(one.id, other.id, "copy", share=round(share, 2))


def _credited(one: Trace, other: Trace, likeness: float) -> Link | None:
    if likeness < LIKE or likeness + _shared_names(one, other) / 2 < SAME_STORY:
        return None
    for credits_it, published_it in ((one, other), (other, one)):
        if published_it.publisher in credits_it.credits:
            return Link(credits_it.id, published_it.id, "publisher", outlet=published_it.publisher)
    both = sorted(one.credits & other.credits)
    return Link(one.id, other.id, "credit", outlet=both[0]) if both else None


def _shared_names(one: Trace, other: Trace) -> float:
    """The share of the names of the one with fewer that the other has too."""
    fewer = min(len(one.names), len(other.names))
    return len(one.names & other.names) / fewer if fewer else 0.0


def origins(articles: Mapping[str, str | None], links: Iterable[Link]) -> list[Origin]:
    """The origins of articles, given as ids with their publication dates; links to any other article do not count.

    Each article is in exactly one. By first article.
    """
    kept = [link for link in links if link.article in articles and link.other in articles]
    joined = _joined(articles, kept)
    members: dict[str, list[str]] = {}
    reasons: dict[str, list[Link]] = {}
    for article in sorted(articles, key=lambda id_: (articles[id_] or "9999", id_)):
        members.setdefault(joined[article], []).append(article)
    for link in sorted(kept, key=lambda link: (link.article, link.other)):
        reasons.setdefault(joined[link.article], []).append(link)
    return [Origin(_name(ids[0]), tuple(ids), tuple(reasons.get(root, ()))) for root, ids in members.items()]


def _joined(articles: Iterable[str], links: Iterable[Link]) -> dict[str, str]:
    """One article of its origin for each (union-find with path halving)."""
    parent = {article: article for article in articles}

    def root(article: str) -> str:
        while parent[article] != article:
            parent[article] = article = parent[parent[article]]
        return article

    for link in links:
        parent[root(link.article)] = root(link.other)
    return {article: root(article) for article in parent}


def _name(first: str) -> str:
    return f"o-{sha256(first.encode()).hexdigest()[:10]}"
