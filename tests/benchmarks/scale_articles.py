"""Articles for the scale benchmark: the real ones of a workspace, and beyond them resampled ones.

A resampled article is a real one with other words: each name and each figure becomes another, consistently within the
article, two of five of the other words become words of other articles, the date moves by up to ten years, and the
number of the article stands before its title. The publisher stays, and so do an outlet that is credited and the words
beside it, or resampled articles would have no origins. Of runs of five words one of twenty is left, so that words,
shingles and passages are no copies. Deterministic: the same seed and workspace make the same articles.
"""

from __future__ import annotations

import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from corpus import outlets
from tests.benchmarks.scale_vectors import connected

IN_A_FILE = 2000
"""Articles."""

SWAPPED = 0.4
"""Of words that are neither names nor figures."""

TEN_YEARS = 3650
_BESIDE = 60
"""Characters around an outlet's name that stay, so that it stays credited."""

_WORD = re.compile(r"\w+(?:[’'\-]\w+)*")


@dataclass(frozen=True, slots=True)
class Real:
    """One article of the workspace."""

    id: str
    text: str
    title: str | None
    publisher: str | None
    published: str | None
    passages: int


@dataclass(frozen=True, slots=True)
class Pools:
    """Words to swap for, each as often as it stands in the articles."""

    plain: Sequence[str]
    names: Sequence[str]
    known: frozenset[str]
    """All plain words."""


def real_articles(workspace: Path) -> list[Real]:
    """All that live, mixed."""
    rows = connected(workspace).execute(
        "SELECT a.id, r.text, r.title, r.publisher, r.published, (SELECT count(*) FROM passages p "
        "WHERE p.article = r.article AND p.revision = r.revision) FROM revisions r "
        "JOIN articles a ON a.number = r.article WHERE r.died IS NULL ORDER BY a.id"
    )
    articles = [Real(*row) for row in rows]
    random.Random(9).shuffle(articles)
    return articles


def write_articles(workspace: Path, passages: int, folder: Path) -> int:
    """JSON lines of about so many passages, and where each article stands; returns how many articles these are."""
    articles = real_articles(workspace)
    numbers = chosen(articles, passages)
    pools = pooled(articles)
    folder.mkdir(parents=True, exist_ok=True)
    offsets = []
    for start in range(0, len(numbers), IN_A_FILE):
        with (folder / f"{start // IN_A_FILE:04}.jsonl").open("wb") as file:
            for number in range(start, min(start + IN_A_FILE, len(numbers))):
                offsets.append(file.tell())
                real = articles[numbers[number]]
                row = original(real) if number < len(articles) else resampled(real, number, pools)
                file.write(json.dumps(row, ensure_ascii=False).encode() + b"\n")
    ids = np.array([articles[number].id for number in numbers])
    np.savez(folder.parent / "made.npz", offsets=np.array(offsets), ids=ids, real=min(len(articles), len(numbers)))
    return len(numbers)


def chosen(articles: Sequence[Real], passages: int) -> list[int]:
    """Places in `articles`: each once, then again and again, until there are passages enough."""
    places: list[int] = []
    there = 0
    while there < passages:
        place = len(places) % len(articles)
        places.append(place)
        there += articles[place].passages
    return places


def pooled(articles: Sequence[Real], *, most: int = 400_000) -> Pools:
    """Names are words that never stand in lower case."""
    words = [word for article in articles[:2000] for word in _WORD.findall(article.text) if not word[0].isdigit()]
    plain = [word for word in words if word.islower()]
    known = frozenset(plain)
    return Pools(plain[:most], [word for word in words if word.lower() not in known][:most], known)


def original(real: Real) -> dict[str, str]:
    row = {
        "id": real.id,
        "text": real.text,
        "title": real.title,
        "publisher": real.publisher,
        "published": real.published,
    }
    return {key: value for key, value in row.items() if value}


def resampled(real: Real, number: int, pools: Pools) -> dict[str, str]:
    rng = random.Random(number)
    swapping = Swapping(pools, rng)
    return original(
        Real(
            id=f"{number}-{real.id}",
            text=swapping.of(real.text, kept=credited(real.text)),
            title=f"{number}: {swapping.of(real.title or 'Report', kept=())}",
            publisher=real.publisher,
            published=moved(real.published, rng),
            passages=real.passages,
        )
    )


def moved(published: str | None, rng: random.Random) -> str | None:
    if not published:
        return None
    return (date.fromisoformat(published[:10]) - timedelta(rng.randrange(TEN_YEARS))).isoformat()


def credited(text: str) -> list[tuple[int, int]]:
    """Spans around the outlets that its beginning names."""
    return [(found.start - _BESIDE, found.end + _BESIDE) for found in outlets.names(text[:4000], {})]


class Swapping:
    """Other words for those of one article: the same name and figure always become the same."""

    def __init__(self, pools: Pools, rng: random.Random) -> None:
        self._pools = pools
        self._rng = rng
        self._fixed: dict[str, str] = {}

    def of(self, text: str, *, kept: Sequence[tuple[int, int]]) -> str:
        """The text with its words swapped; what stands between them, and the kept spans, stay."""
        return "".join(self._parts(text, kept))

    def _parts(self, text: str, kept: Sequence[tuple[int, int]]) -> Iterator[str]:
        last = 0
        for found in _WORD.finditer(text):
            start, end = found.span()
            yield text[last:start]
            yield found.group() if any(a < end and start < b for a, b in kept) else self._other(found.group())
            last = end
        yield text[last:]

    def _other(self, word: str) -> str:
        if word[0].isdigit():
            return self._fixed.get(word) or self._fixed.setdefault(word, self._figure(word))
        if word.lower() not in self._pools.known:
            return self._fixed.get(word) or self._fixed.setdefault(word, self._rng.choice(self._pools.names))
        if self._rng.random() > SWAPPED:
            return word
        other = self._rng.choice(self._pools.plain)
        return other.capitalize() if word[0].isupper() else other

    def _figure(self, word: str) -> str:
        return "".join(str(self._rng.randint(1, 9)) if character.isdigit() else character for character in word)


def offsets_of(folder: Path) -> tuple[NDArray[np.int64], NDArray[np.str_], int]:
    """Where each article begins in its file, the id of the real one it is made of, and how many are real."""
    with np.load(folder / "made.npz") as made:
        return made["offsets"], made["ids"], int(made["real"])
