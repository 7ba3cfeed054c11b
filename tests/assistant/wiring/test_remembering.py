"""Labels that are kept: the same as if they were not, made once, and bounded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from assistant.status.learned import open_labeller
from assistant.status.models import Label
from assistant.wiring.remembering import RememberedLabels
from corpus.models import Article, Sentence

TEXT = "The mill burned down. Police said that nobody was hurt. It is not clear who owns it."
SENTENCES = (Sentence(0, 21), Sentence(22, 55), Sentence(56, 84))
ARTICLE = Article(
    id="mill", revision=1, text=TEXT, sha256="a", source="mill.txt", title="A fire", publisher="Wire", author=None,
    url=None, published=None, language=None,
)  # fmt: skip
really = open_labeller()


class Counting:
    """A labeller that says how many sentences it labelled."""

    def __init__(self) -> None:
        self.labelled = 0

    def __call__(self, article: Article, sentences: Sequence[Sentence], wanted: Sequence[Sentence]) -> list[Label]:
        self.labelled += len(wanted)
        return really(article, sentences, wanted)


def test_labels_are_those_of_the_labeller_whatever_was_kept_before() -> None:
    remembered = RememberedLabels(really)
    remembered(ARTICLE, SENTENCES, SENTENCES[1:2])
    wanted = (SENTENCES[2], SENTENCES[0], SENTENCES[1], SENTENCES[2])
    assert remembered(ARTICLE, SENTENCES, wanted) == really(ARTICLE, SENTENCES, wanted)


def test_a_sentence_is_labelled_once_until_its_article_is_another() -> None:
    counting = Counting()
    remembered = RememberedLabels(counting)
    for article in (ARTICLE, replace(ARTICLE, revision=2), replace(ARTICLE, publisher="Post")):
        remembered(article, SENTENCES, SENTENCES)
    assert counting.labelled == 2 * len(SENTENCES)


def test_what_was_wanted_longest_ago_is_forgotten() -> None:
    counting = Counting()
    remembered = RememberedLabels(counting, most=2)
    for at in (0, 1, 0, 2, 0, 1):
        remembered(ARTICLE, SENTENCES, SENTENCES[at : at + 1])
    assert counting.labelled == 4
