"""How well sentences are labelled: who vouches, how firmly, and what is unconfirmed.

    python -m tests.benchmarks.status SHARED [--part tune|held] [--labeller rules|network] [--confusion]

SHARED is the folder that holds `articles/` and `data/`. The labels are those of `tests/gold`, made by reading; rules
and thresholds were made looking at the part `tune`, and `held` is only measured on. The uncertain sentences of
Wikipedia are another question (is anything in the sentence uncertain?), asked of the cues alone, by document. A further
labeller is one more entry in `LABELLERS`.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache
from itertools import groupby
from pathlib import Path
from time import perf_counter
from typing import Any, get_args

from assistant.models import Attribution, Certainty
from assistant.status import certainty, disclaimers, learned
from assistant.status import words as sentence_words
from assistant.status.labelling import label
from assistant.status.models import Cue, Label
from corpus import models
from corpus.models import Sentence
from corpus.sentences import split
from tests.benchmarks.measuring import table
from tests.gold.articles import FOLDER, Article, articles
from tests.training.splits import of_title

Labeller = Callable[[Article, Sequence[Sentence]], list[Label]]


def by_rules(article: Article, sentences: Sequence[Sentence]) -> list[Label]:
    return label(article.text, sentences, title=article.title, publisher=article.publisher)


@cache
def _learned() -> learned.Labeller:
    return learned.open_labeller(threads=2)


def by_network(article: Article, sentences: Sequence[Sentence]) -> list[Label]:
    """The product: the network that reads the rules' opinion."""
    known = models.Article(
        id=article.id,
        revision=1,
        text=article.text,
        sha256="",
        source="",
        title=article.title,
        publisher=article.publisher,
    )
    return _learned()(known, sentences, sentences)


LABELLERS: dict[str, Labeller] = {"rules": by_rules, "network": by_network}
MADE_OF = frozenset(
    ("may", "could", "perhaps", "hearsay", "seems", "suggests", "likely", "believed", "said_to", "rumour")
)
"""Classes of cues that make a Wikipedia sentence uncertain."""


@dataclass(frozen=True, slots=True)
class Row:
    """A sentence with its label by reading and by a labeller."""

    gold: Label
    found: Label


@dataclass(frozen=True, slots=True)
class Score:
    precision: float
    recall: float
    support: int

    @property
    def f1(self) -> float:
        total = self.precision + self.recall
        return 2 * self.precision * self.recall / total if total else 0.0


def score(pairs: Sequence[tuple[bool, bool]]) -> Score:
    """Of (is, found) pairs."""
    right = sum(gold and found for gold, found in pairs)
    found = sum(found for _, found in pairs)
    support = sum(gold for gold, _ in pairs)
    return Score(right / found if found else 0.0, right / support if support else 0.0, support)


def gold(part: str) -> Iterator[tuple[str, list[Label]]]:
    """Articles (by id) of a part with their labels by reading."""
    for line in (FOLDER / "status.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        if row["part"] == part:
            yield row["article"], [_label(sentence) for sentence in row["sentences"]]


def _label(row: dict[str, Any]) -> Label:
    because = row["because_of"]
    return Label(
        Sentence(row["start"], row["end"]),
        row["attribution"],
        row["certainty"],
        unconfirmed=row["unconfirmed"],
        cues=tuple(Cue(cue["start"], cue["end"]) for cue in row["cues"]),
        because_of=Sentence(because["start"], because["end"]) if because else None,
    )


def tables(rows: Sequence[Row], axis: str, classes: Sequence[str], *, confusion: bool) -> str:
    """Precision, recall and F1 of each class, their mean over classes that occur, and the confusion matrix."""
    pairs = [(getattr(row.gold, axis), getattr(row.found, axis)) for row in rows]
    scores = {name: score([(gold == name, found == name) for gold, found in pairs]) for name in classes}
    held = [found for found in scores.values() if found.support]
    lines = [[name, *_numbers(found)] for name, found in scores.items()]
    mean = sum(found.f1 for found in held) / len(held)
    text = table(
        [axis, "precision", "recall", "F1", "sentences"], [*lines, ["macro", "", "", f"{mean:.3f}", str(len(rows))]]
    )
    if not confusion:
        return text
    counts = Counter(pairs)
    matrix = [[gold, *(str(counts[gold, found]) for found in classes)] for gold in classes]
    return f"{text}\n\n{table(['is / found', *classes], matrix)}"


def _numbers(found: Score) -> list[str]:
    return [f"{found.precision:.3f}", f"{found.recall:.3f}", f"{found.f1:.3f}", str(found.support)]


def cue_overlap(rows: Sequence[Row]) -> Score:
    """Of the characters that cues hold."""
    gold = [_places(row.gold) for row in rows]
    found = [_places(row.found) for row in rows]
    both = sum(len(a & b) for a, b in zip(gold, found, strict=True))
    size_gold, size_found = sum(map(len, gold)), sum(map(len, found))
    return Score(both / size_found if size_found else 0.0, both / size_gold if size_gold else 0.0, size_gold)


def _places(found: Label) -> set[int]:
    return {place for cue in found.cues for place in range(cue.start, cue.end)}


def coverage(texts: dict[str, Article], part: str) -> tuple[Score, Score]:
    """Disclaimers found, and of the sentences listed as covered or not those that the right ones cover."""
    rows = [json.loads(line) for line in (FOLDER / "disclaimers.jsonl").read_text(encoding="utf-8").splitlines()]
    found_pairs, cover_pairs = [], list[tuple[bool, bool]]()
    for row in (row for row in rows if row["part"] == part):
        spans = split(texts[row["article"]].text)
        by_start = {span.start: number for number, span in enumerate(spans)}
        words = list(sentence_words.read(texts[row["article"]].text, spans))
        number = by_start[row["start"]]
        found_pairs.append((True, number in {found.number for found in disclaimers.find(words)}))
        labels = by_rules(texts[row["article"]], spans)
        reported = [_is_reported(found) for found in labels]
        covered = disclaimers.cover(words, [disclaimers.Disclaimer(number, 1.0, (0, 1))], reported=reported)
        for key in ("covered", "not_covered"):
            cover_pairs += [(key == "covered", by_start[span["start"]] in covered) for span in row[key]]
    return score(found_pairs), score(cover_pairs)


def _is_reported(found: Label) -> bool:
    passed_on = found.attribution in ("anonymous", "other_outlet", "social_post")
    return (passed_on or found.certainty == "rumour") and found.certainty not in ("denied", "corrected")


def wikipedia(shared: Path, part: str) -> Score:
    """Uncertain sentences of the Szeged Uncertainty Corpus, split by document."""
    with gzip.open(shared / "data" / "uncertainty" / "wikipedia_cues.jsonl.gz", "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    pairs = []
    for document, group in groupby(rows, key=lambda row: row["doc"]):
        if (of_title(document) == "held") != (part == "held"):
            continue
        for row in group:
            words = next(iter(sentence_words.read(row["text"], [Sentence(0, len(row["text"]))])))
            found = any(cue.kind in MADE_OF for cue in certainty.cues(words))
            pairs.append((row["label"] == "uncertain", found))
    return score(pairs)


def measured(labeller: Labeller, texts: dict[str, Article], part: str) -> tuple[list[Row], float]:
    """Rows of a part and the microseconds a sentence that labelling took."""
    rows, seconds, sentences = list[Row](), 0.0, 0
    for article, labels in gold(part):
        spans = split(texts[article].text)
        started = perf_counter()
        found = {read.sentence: read for read in labeller(texts[article], spans)}
        seconds += perf_counter() - started
        sentences += len(spans)
        rows += [Row(read, found[read.sentence]) for read in labels]
    return rows, seconds / sentences * 1e6


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("shared", type=Path)
    parser.add_argument("--part", choices=("tune", "held"), default="tune")
    parser.add_argument("--labeller", choices=sorted(LABELLERS), default="network")
    parser.add_argument("--confusion", action="store_true")
    asked = parser.parse_args()
    texts = articles(asked.shared)
    measured(LABELLERS[asked.labeller], texts, asked.part)  # the first pass reads the lexicons
    rows, microseconds = measured(LABELLERS[asked.labeller], texts, asked.part)
    print(tables(rows, "attribution", get_args(Attribution), confusion=asked.confusion), end="\n\n")
    print(tables(rows, "certainty", get_args(Certainty), confusion=asked.confusion), end="\n\n")
    print(_others(rows, texts, asked.shared, asked.part))
    print(f"\n{microseconds:.0f} microseconds a sentence")


def _others(rows: Sequence[Row], texts: dict[str, Article], shared: Path, part: str) -> str:
    found, covered = coverage(texts, part)
    lines = {
        "unconfirmed": score([(row.gold.unconfirmed, row.found.unconfirmed) for row in rows]),
        "characters of cues": cue_overlap(rows),
        "disclaimers found": found,
        "sentences covered": covered,
        "uncertain on Wikipedia": wikipedia(shared, part),
    }
    return table(["", "precision", "recall", "F1", "of"], [[name, *_numbers(value)] for name, value in lines.items()])


if __name__ == "__main__":
    main()
