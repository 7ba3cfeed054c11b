"""What is tried on questions of the reading set: spans, near misses, sentences, and ranking among lookalikes.

Each trial takes rows of one part and an opened reader, and returns scores; `evaluating` makes figures of them.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from corpus import sentences
from tests.training.embedding import Similarity
from tests.training.reader import finding, formulas, measures
from tests.training.reader.formulas import Calibration
from tests.training.reader.mining import Mine
from tests.training.reader.reading_with import ExportedReader, Floats, Reading, spoken
from tests.training.rows import ReadingRow

_CANDIDATES = 20
_POOL = 100


@dataclass(frozen=True, slots=True)
class Spans:
    """Readings of each question's own paragraph, and of the likest one of the same title without the answer."""

    exact: float
    f1: float
    right: list[Reading]
    wrong: list[Reading]
    texts: list[str]


def sample(rows: Sequence[ReadingRow], count: int) -> list[ReadingRow]:
    return random.Random("reader-trial").sample(rows, min(count, len(rows)))


def spans(rows: Sequence[ReadingRow], every: Sequence[ReadingRow], reader: ExportedReader) -> Spans:
    wrong = _near_misses(rows, every)
    read = reader.read([(row.question, None, row.paragraph) for row in rows])
    texts = [spoken(one, row.paragraph) for one, row in zip(read, rows, strict=True)]
    return Spans(
        float(np.mean([measures.exact(text, row.answers) for text, row in zip(texts, rows, strict=True)])),
        float(np.mean([measures.overlap(text, row.answers) for text, row in zip(texts, rows, strict=True)])),
        read,
        reader.read([(row.question, None, paragraph) for row, paragraph in wrong]),
        texts,
    )


def _near_misses(rows: Sequence[ReadingRow], every: Sequence[ReadingRow]) -> list[tuple[ReadingRow, str]]:
    found = []
    for title in sorted({row.title for row in rows}):
        texts = sorted({row.paragraph for row in every if row.title == title})
        mine = Mine(texts)
        for row in rows:
            if row.title == title:
                near = (texts[at] for at, _ in mine.nearest(row.question, 10))
                lookalike = next((one for one in near if not finding.occurrences(one, row.answers)), None)
                if lookalike is not None:
                    found.append((row, lookalike))
    return found


def sentence_hits(rows: Sequence[ReadingRow], reader: ExportedReader, similarity: Similarity) -> dict[str, list[bool]]:
    """Per formula, whether the first sentence of the paragraph by it contains the answer."""
    hits: dict[str, list[bool]] = {}
    within = reader.read([(row.question, None, row.paragraph) for row in rows])
    asked = similarity.vectors([row.question for row in rows])
    for row, whole, vector in zip(rows, within, asked, strict=True):
        pieces = sentences.split(row.paragraph)
        texts = [row.paragraph[one.start : one.end] for one in pieces]
        alone = reader.read([(row.question, None, text) for text in texts])
        cosines = similarity.vectors(texts) @ vector
        right = finding.occurrences(row.paragraph, row.answers)
        scores = [
            formulas.of_sentence(whole, by_itself, float(cosine), start=one.start, end=one.end)
            for one, by_itself, cosine in zip(pieces, alone, cosines, strict=True)
        ]
        for name in scores[0]:
            best = max(range(len(pieces)), key=lambda at: scores[at][name])
            hits.setdefault(name, []).append(any(finding.inside(span, pieces[best]) for span in right))
    return hits


@dataclass(frozen=True, slots=True)
class Ranking:
    """Per formula: nDCG@10 of each question, the best score with its article there, and with the article removed."""

    ndcg: dict[str, list[float]]
    covered: dict[str, list[float]]
    not_covered: dict[str, list[float]]


class Pool:
    """All paragraphs, to be searched by words and by vectors together."""

    def __init__(self, every: Sequence[ReadingRow], similarity: Similarity) -> None:
        self.paragraphs = sorted({(row.title, row.paragraph) for row in every})
        texts = [text for _, text in self.paragraphs]
        self._mine, self._similarity, self._vectors = Mine(texts), similarity, similarity.vectors(texts)

    def scored(self, question: str) -> tuple[Floats, Floats]:
        """Cosine and fused score of every paragraph."""
        cosines = self._vectors @ self._similarity.vectors([question])[0]
        return cosines, _fused(cosines, dict(self._mine.nearest(question, _POOL)))


def ranking(rows: Sequence[ReadingRow], pool: Pool, reader: ExportedReader, *, calibration: Calibration) -> Ranking:
    """Each question's 20 candidates by fused search among all paragraphs, read and ranked.

    Only the question's own paragraph counts as right, and it is right also where the search missed it. The
    candidates without the question's article are found by a search of their own.
    """
    names = ("similarity", "fused", *formulas.of_passage(calibration), "calibrated + fused")
    found = Ranking({name: [] for name in names}, {name: [] for name in names}, {name: [] for name in names})
    for row in rows:
        cosines, fused = pool.scored(row.question)
        order = [int(at) for at in np.argsort(-fused, kind="stable")]
        within = order[:_CANDIDATES]
        without = [at for at in order if pool.paragraphs[at][0] != row.title][:_CANDIDATES]
        union = list(dict.fromkeys(within + without))
        read = dict(
            zip(union, reader.read([(row.question, None, pool.paragraphs[at][1]) for at in union]), strict=True)
        )
        for name in names:
            scores = {at: _score(name, read[at], float(cosines[at]), float(fused[at]), calibration) for at in union}
            ranked = sorted(within, key=lambda at: -scores[at])
            gains = [float(pool.paragraphs[at][1] == row.paragraph) for at in ranked]
            found.ndcg[name].append(measures.ndcg_at_10(gains, [1.0]))
            found.covered[name].append(max(scores[at] for at in within))
            found.not_covered[name].append(max(scores[at] for at in without))
    return found


def _score(name: str, reading: Reading, cosine: float, fused: float, calibration: Calibration) -> float:
    if name == "similarity":
        return cosine
    if name == "fused":
        return fused
    if name == "calibrated + fused":
        return calibration.log_odds(reading) + 3.0 * fused
    return formulas.of_passage(calibration)[name](reading)


def _fused(cosines: Floats, lexical: dict[int, float]) -> Floats:
    """Min-max scores of each top 100, added: as the product's search fuses them."""
    total = np.zeros(len(cosines), dtype=np.float32)
    top = np.argsort(-cosines)[:_POOL]
    low, high = cosines[top[-1]], cosines[top[0]]
    total[top] += 0.5 * (cosines[top] - low) / max(high - low, 1e-9)
    if lexical:
        least, most = min(lexical.values()), max(lexical.values())
        for at, score in lexical.items():
            total[at] += 0.5 * (score - least) / max(most - least, 1e-9)
    return total
