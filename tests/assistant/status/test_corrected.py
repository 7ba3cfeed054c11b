"""What an article that corrects itself says now is not taken for what was corrected."""

from __future__ import annotations

import pytest

from assistant.status.learned import Labeller, open_labeller
from corpus.models import Article, text_sha256
from corpus.sentences import split

STORY = "The bridge at Holm was opened in 1932. It cost 4 million crowns to build. Engineers praised the steel arch."
NOTICE = "Correction: A previous version of this article gave the wrong year for the opening of the bridge."


@pytest.fixture(scope="module")
def labeller() -> Labeller:
    return open_labeller()


def certainties(labeller: Labeller, text: str) -> list[str]:
    sentences = split(text)
    article = Article(id="bridge", revision=1, text=text, sha256=text_sha256(text), source="/bridge.txt")
    return [label.certainty for label in labeller(article, sentences, sentences)]


def test_only_the_notice_is_a_correction(labeller: Labeller) -> None:
    assert certainties(labeller, f"{STORY}\n\n{NOTICE}") == ["stated", "stated", "stated", "corrected"]
    assert certainties(labeller, f"{NOTICE}\n\n{STORY}") == ["corrected", "stated", "stated", "stated"]


def test_what_another_outlet_corrected_is_still_one(labeller: Labeller) -> None:
    story = "The Gazette has retracted its report about the bridge at Holm. The report had said that the bridge fell."
    assert certainties(labeller, story)[0] == "corrected"
