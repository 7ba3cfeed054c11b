"""Articles that put their own story in doubt: what the disclaimer covers, and what it leaves alone."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

import pytest

from assistant.status import disclaimers, words
from assistant.status.labelling import label
from assistant.status.models import Label
from corpus.models import Sentence


@dataclass(frozen=True)
class Doubted:
    """An article and the mark of each of its sentences."""

    name: str
    text: str
    marks: str
    spans: tuple[Sentence, ...]

    def labels(self) -> list[Label]:
        return label(self.text, self.spans, title=None, publisher=None)


def read(block: str) -> Doubted:
    name, *lines = block.strip().splitlines()
    text, spans = "", []
    for line in lines:
        spans.append(Sentence(len(text), len(text) + len(line) - 2))
        text += line[2:] + "\n"
    return Doubted(name, text, "".join(line[0] for line in lines), tuple(spans))


TEXT = (Path(__file__).parent / "doubted.txt").read_text(encoding="utf-8").partition("\n")[2]
ARTICLES = [read(block) for block in TEXT.strip().split("\n\n")]
EACH = pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.name)


def test_there_are_fifteen_articles_at_least() -> None:
    assert len(ARTICLES) >= 15


@EACH
def test_what_the_disclaimer_is_about_is_unconfirmed_and_the_rest_is_not(article: Doubted) -> None:
    found = "".join("+" if read.unconfirmed else "-" for read in article.labels())
    assert found == article.marks.replace("!", "-")


@EACH
def test_the_disclaimer_is_found(article: Doubted) -> None:
    rows = list(words.read(article.text, article.spans))
    assert article.marks.index("!") in {found.number for found in disclaimers.find(rows)}


def test_a_covered_sentence_points_at_the_disclaimer() -> None:
    talks = ARTICLES[0]
    disclaimer = talks.spans[talks.marks.index("!")]
    assert [read.because_of for read in talks.labels()][:2] == [disclaimer, disclaimer]


def test_a_declined_comment_is_no_disclaimer() -> None:
    text = "The firm declined to comment."
    rows = list(words.read(text, [Sentence(0, len(text))]))
    assert disclaimers.find(rows) == []
