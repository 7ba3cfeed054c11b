"""The status stage: claims get the label of their sentence, looked up in their whole article."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.claims import Claim, Fit, candidates
from assistant.status.models import Label
from assistant.vouched import vouched
from corpus.models import Article, Sentence, text_sha256
from index.models import Hit, StoredPassage


def claims_of(number: int, *sentences: str) -> list[Claim]:
    """The claims of an article, whose first sentence stands outside the passage that was found."""
    text, places, start = " ".join(("Unfound comes first.", *sentences)), [], 21
    for sentence in sentences:
        places.append(Sentence(start, start + len(sentence)))
        start += len(sentence) + 1
    article = Article(id=f"a{number}", revision=1, text=text, sha256=text_sha256(text), source="/x")
    hit = Hit(StoredPassage(number, number, article, 21, len(text), tuple(places)), 1.0, 0.5, None)
    return [Claim(one, Fit(1.0), frozenset()) for one in candidates([hit])]


class Labels:
    """Says of each sentence that it is hedged where "may" is in it, and remembers what it was asked."""

    def __init__(self) -> None:
        self.asked: list[tuple[str, int, int]] = []

    def __call__(self, article: Article, every: Sequence[Sentence], wanted: Sequence[Sentence]) -> list[Label]:
        self.asked.append((article.id, len(every), len(wanted)))
        return [
            Label(one, "own_reporting", "hedged" if "may" in article.text[one.start : one.end] else "stated", False)
            for one in wanted
        ]


FIRST = claims_of(1, "The mill may close soon.", "It has four gates.")
SECOND = claims_of(2, "The mill closes on Monday.")
SENTENCES = {1: [Sentence(0, 20), *(c.candidate.sentence for c in FIRST)], 2: [c.candidate.sentence for c in SECOND]}
ORIGINS = {1: "o1", 2: "o2"}


def test_each_claim_has_its_own_label_and_origin_in_the_order_of_the_claims() -> None:
    found = vouched([SECOND[0], *FIRST], sentences=SENTENCES, origins=ORIGINS, label=Labels())
    assert [one.label.certainty for one in found] == ["stated", "hedged", "stated"]
    assert [one.origin for one in found] == ["o2", "o1", "o1"]
    assert [one.claim for one in found] == [SECOND[0], *FIRST]
    assert all(one.label.sentence == one.candidate.sentence for one in found)


def test_an_article_is_looked_at_once_with_all_its_sentences() -> None:
    labels = Labels()
    vouched([FIRST[1], SECOND[0], FIRST[0]], sentences=SENTENCES, origins=ORIGINS, label=labels)
    assert labels.asked == [("a1", 3, 2), ("a2", 1, 1)]


def test_a_claim_that_comes_twice_is_labelled_twice() -> None:
    found = vouched([FIRST[0], FIRST[0]], sentences=SENTENCES, origins=ORIGINS, label=Labels())
    assert found[0] == found[1]


def test_no_claims_are_labelled_by_asking_nobody() -> None:
    labels = Labels()
    assert vouched([], sentences={}, origins={}, label=labels) == []
    assert labels.asked == []
