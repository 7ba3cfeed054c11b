"""The reader measured by itself on what it never saw, and the model card that says so.

Thresholds come from the tune part, every reported figure from the held part, unless a table says otherwise.
"""

from __future__ import annotations

import logging
import time
from collections import defaultdict
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from tests.training import exporting, rows, splits
from tests.training.embedding import Similarity
from tests.training.reader import calibrating, card, examples, formulas, measures, shipping, trials
from tests.training.reader.examples import Example
from tests.training.reader.formulas import Calibration
from tests.training.reader.network import STANCES
from tests.training.reader.reading_with import ExportedReader, spoken
from tests.training.reader.trials import Pool, Ranking, Spans
from tests.training.rows import ReadingRow
from tests.training.tables import Table, figure, row

_LOG = logging.getLogger(__name__)
_SPAN_ROWS, _SENTENCE_ROWS, _RANKING_ROWS, _STANCE_ROWS, _NEWS_ROWS = 500, 200, 100, 250, 500


def evaluate(shared: Path, *, work: Path, ship: Path) -> None:
    """Writes the thresholds into `ship/config.json` and the tables into `ship/README.md`, and logs them."""
    every = rows.reading(shared)
    tune, held = (
        trials.sample([one for one in every if splits.of_title(one.title) == part], _SPAN_ROWS)
        for part in ("tune", "held")
    )
    reader = ExportedReader(ship / shipping.SHIPPED)
    similarity = Similarity()
    tuned = trials.spans(tune, every, reader)
    calibration = calibrating.fit(tuned)
    calibrating.into_config(ship, calibration, calibrating.thresholds(tuned, calibration))
    read = trials.spans(held, every, reader)
    tables = [
        _of_spans(read, tuned, calibration),
        _of_halves(held, read, ExportedReader(work / exporting.FULL), every),
        _of_sentences(tune, held, reader, similarity),
        _of_ranking(tune, held, Pool(every, similarity), reader, calibration=calibration),
        _of_stance(work, reader),
        _of_news(work, reader, calibration),
        _of_latency(ship),
    ]
    for table in tables:
        _LOG.info("\n%s", table.markdown())
    card.write(ship, tables, held=sorted({one.title for one in every if splits.of_title(one.title) == "held"}))


def _of_spans(read: Spans, tuned: Spans, calibration: Calibration) -> Table:
    found = []
    for name, of in formulas.of_passage(calibration).items():
        wrong, right = [of(one) for one in read.wrong], [of(one) for one in read.right]
        limit = measures.threshold([of(one) for one in tuned.wrong], abstained=calibrating.ABSTAINED)
        curve = [measures.refused(right, measures.threshold(wrong, abstained=share)) for share in (0.8, 0.9, 0.95)]
        at_limit = (measures.refused(wrong, limit), measures.refused(right, limit))
        found.append(row(name, [read.exact, read.f1, measures.separation(right, wrong), *curve, *at_limit]))
    heads = ("score", "exact match", "F1", "AUC", "refused at 80 %", "at 90 %", "at 95 % abstained")
    return Table(
        f"Spans; the right paragraph against the nearest lookalike of its article ({len(read.right)} questions)",
        (*heads, "abstained at the tuned threshold", "refused there"),
        tuple(found),
    )


def _of_halves(held: Sequence[ReadingRow], read: Spans, full: ExportedReader, every: Sequence[ReadingRow]) -> Table:
    some = held[:250]
    again = trials.spans(some, every, full)
    same = np.mean([a == b for a, b in zip(read.texts, again.texts, strict=False)])
    aucs = [
        measures.separation([one.answers for one in right], [one.answers for one in wrong])
        for right, wrong in ((read.right[:250], read.wrong), (again.right, again.wrong))
    ]
    exact = np.mean([measures.exact(a, b.answers) for a, b in zip(read.texts, some, strict=False)])
    return Table(
        "Shipped int8 against 32-bit (250 questions)",
        ("same span", "exact match int8", "32-bit", "AUC of answers int8", "32-bit"),
        (tuple(figure(value) for value in (float(same), float(exact), again.exact, *aucs)),),
    )


def _of_sentences(
    tune: Sequence[ReadingRow], held: Sequence[ReadingRow], reader: ExportedReader, similarity: Similarity
) -> Table:
    parts = [trials.sentence_hits(some[:_SENTENCE_ROWS], reader, similarity) for some in (tune, held)]
    return Table(
        f"Sentence hit@1 within the right paragraph ({_SENTENCE_ROWS} questions of each part)",
        ("score", "tune", "held"),
        tuple(row(name, [float(np.mean(part[name])) for part in parts]) for name in parts[0]),
    )


def _of_ranking(
    tune: Sequence[ReadingRow],
    held: Sequence[ReadingRow],
    pool: Pool,
    reader: ExportedReader,
    *,
    calibration: Calibration,
) -> Table:
    parts = [trials.ranking(some[:_RANKING_ROWS], pool, reader, calibration=calibration) for some in (tune, held)]
    return Table(
        f"20 candidates by fused search among all paragraphs ({_RANKING_ROWS} questions of each part)",
        (
            "score",
            "nDCG@10 tune",
            "held",
            "AUC with / without article",
            "refused at 90 %",
            "at 95 % abstained",
        ),
        tuple(row(name, _ranking_figures(name, *parts)) for name in parts[0].ndcg),
    )


def _ranking_figures(name: str, tuned: Ranking, read: Ranking) -> list[float]:
    covered, not_covered = read.covered[name], read.not_covered[name]
    limits = [measures.threshold(not_covered, abstained=share) for share in (0.9, 0.95)]
    return [
        float(np.mean(tuned.ndcg[name])),
        float(np.mean(read.ndcg[name])),
        measures.separation(covered, not_covered),
        *(measures.refused(covered, limit) for limit in limits),
    ]


def _of_stance(work: Path, reader: ExportedReader) -> Table:
    """Of the held premises; "yes against no" is on those that are one of the two."""
    by_source: dict[str, list[Example]] = defaultdict(list)
    for one in examples.read(work / "held.jsonl"):
        if one.stance is not None and len(by_source[one.source]) < _STANCE_ROWS:
            by_source[one.source].append(one)
    found = []
    for source, some in by_source.items():
        read = reader.read([(one.question, None, one.passage) for one in some])
        pairs = [(STANCES[int(np.argmax(a.stances))], one.stance, a.stances) for a, one in zip(read, some, strict=True)]
        decided = [(("yes", "no")[int(logits[1] > logits[0])], right) for _, right, logits in pairs if right != "open"]
        found.append(
            (
                source,
                str(len(some)),
                figure(float(np.mean([said == right for said, right, _ in pairs]))),
                figure(float(np.mean([said == right for said, right in decided]))),
            )
        )
    return Table("Stance on held premises", ("source", "questions", "yes, no, open", "yes against no"), tuple(found))


def _of_news(work: Path, reader: ExportedReader, calibration: Calibration) -> Table:
    """The held half of the 2022 questions, and of RAMDocs: spans where there are any, else whether it abstains."""
    found = []
    for source in ("news", "ramdocs"):
        some = [one for one in examples.read(work / "held.jsonl") if one.source == source][:_NEWS_ROWS]
        read = reader.read([(one.question, one.title, one.passage) for one in some])
        right = [(a, one) for a, one in zip(read, some, strict=True) if one.spans]
        texts = [(spoken(a, one.passage), [one.passage[s:e] for s, e in one.spans or ()]) for a, one in right]
        wrong = [calibration.log_odds(a) for a, one in zip(read, some, strict=True) if not one.spans]
        scores = [calibration.log_odds(a) for a, _ in right]
        values = [
            float(np.mean([measures.exact(text, answers) for text, answers in texts])),
            float(np.mean([measures.overlap(text, answers) for text, answers in texts])),
            measures.separation(scores, wrong),
            measures.refused(scores, measures.threshold(wrong, abstained=0.9)),
        ]
        found.append((source, str(len(right)), str(len(wrong)), *(figure(value) for value in values)))
    heads = ("source", "answered", "not", "exact match", "F1", "AUC", "refused at 90 % abstained")
    return Table("News and web passages, held questions", heads, tuple(found))


def _of_latency(ship: Path) -> Table:
    found = []
    for threads in (1, 2):
        opened = ExportedReader(ship / shipping.SHIPPED, threads=threads)
        for pairs in (1, 16):
            times = [_seconds_for_16(opened, pairs) for _ in range(9)]
            found.append((str(threads), str(pairs), f"{np.median(times) * 1000:.0f}", f"{min(times) * 1000:.0f}"))
    return Table("16 pairs of 192 tokens, int8", ("threads", "pairs a pass", "median ms", "least ms"), tuple(found))


def _seconds_for_16(opened: ExportedReader, pairs: int) -> float:
    ids = np.full((pairs, 192), 2000, dtype=np.int64)
    kinds = np.zeros_like(ids)
    kinds[:, 16:] = 1
    begun = time.perf_counter()
    for _ in range(16 // pairs):
        opened.run(ids, kinds, np.ones_like(ids))
    return time.perf_counter() - begun
