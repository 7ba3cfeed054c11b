"""How sentences are scored and chosen, with literals in place of models."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import claims
from assistant.claims import Claim
from assistant.policy import Policy
from corpus.models import Article, Sentence, text_sha256
from index.models import Hit, StoredPassage

POLICY = Policy(covered=0.5, near_best=0.5, sentences=3, per_article=2, same=0.9)


def hit(article_id: str, *sentences: str, number: int = 1) -> Hit:
    text = " ".join(sentences)
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Sentence(start, start + len(sentence)))
        start += len(sentence) + 1
    article = Article(id=article_id, revision=1, text=text, sha256=text_sha256(text), source="/x")
    return Hit(StoredPassage(number, number, article, 0, len(text), tuple(spans)), 1.0, 0.5, None)


def scored(*rows: tuple[str, float], distinct: bool = True) -> tuple[list[Claim], np.ndarray]:
    """Claims of given articles and scores, with vectors that are all different or all the same."""
    found = [
        claims.candidates([hit(name, f"Sentence number {row} stands here.")])[0] for row, (name, _) in enumerate(rows)
    ]
    made = [Claim(one, row, score, score, score) for row, (one, (_, score)) in enumerate(zip(found, rows, strict=True))]
    vectors = np.eye(len(rows), dtype=np.float32) if distinct else np.ones((len(rows), 1), dtype=np.float32)
    return sorted(made, key=lambda claim: -claim.score), vectors


def names(chosen: list[Claim]) -> list[str]:
    return [claim.candidate.article.id for claim in chosen]


def test_each_sentence_of_the_hits_is_a_candidate_once() -> None:
    one = hit("a", "The bridge opened in May.", "It cost a fortune.")
    assert [c.quote for c in claims.candidates([one, one])] == ["The bridge opened in May.", "It cost a fortune."]


def test_lines_of_one_or_two_words_are_no_claims() -> None:
    assert claims.candidates([hit("a", "Advertisement", "Read more")]) == []


def test_a_rare_shared_word_counts_more_than_a_common_one() -> None:
    question = {"the": 0.1, "jalapeno": 5.0, "chip": 1.0}
    assert claims.overlap(question, {"jalapeno"}) > claims.overlap(question, {"the", "chip"})
    assert claims.overlap(question, set(question)) == pytest.approx(1)
    assert claims.overlap({}, {"chip"}) == 0


def test_nothing_is_chosen_where_the_best_is_not_good_enough() -> None:
    assert claims.choose(*scored(("a", 0.49)), POLICY) == []
    assert claims.choose([], np.empty((0, 1), dtype=np.float32), POLICY) == []


def test_sentences_much_worse_than_the_best_are_left_out() -> None:
    assert names(claims.choose(*scored(("a", 0.9), ("b", 0.6), ("c", 0.4)), POLICY)) == ["a", "b"]


def test_a_sentence_that_repeats_a_chosen_one_is_left_out() -> None:
    assert names(claims.choose(*scored(("a", 0.9), ("b", 0.8), distinct=False), POLICY)) == ["a"]


def test_one_article_does_not_crowd_out_a_second() -> None:
    found = scored(("a", 0.9), ("a", 0.89), ("a", 0.88), ("b", 0.6))
    assert names(claims.choose(*found, POLICY)) == ["a", "a", "b"]


def test_sentences_of_one_article_stand_together_in_reading_order() -> None:
    article = hit("a", "First sentence of a here.", "Second sentence of a here.")
    first, second = claims.candidates([article])
    (other,) = claims.candidates([hit("b", "Only sentence of b here.")])
    chosen = [Claim(second, 0, 1, 1, 0.9), Claim(other, 1, 1, 1, 0.8), Claim(first, 2, 1, 1, 0.7)]
    assert [c.candidate for c in claims.in_reading_order(chosen)] == [first, second, other]


def test_the_closest_are_the_best_of_different_articles() -> None:
    found, _ = scored(("a", 0.3), ("a", 0.29), ("b", 0.2), ("c", 0.1), ("d", 0.05))
    assert names(claims.closest(found, POLICY)) == ["a", "b", "c"]


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.floats(0, 1)), min_size=1, max_size=12))
def test_what_is_chosen_keeps_every_limit_of_the_policy(rows: list[tuple[str, float]]) -> None:
    found, vectors = scored(*rows)
    chosen = claims.choose(found, vectors, POLICY)
    assert len(chosen) <= POLICY.sentences
    assert all(names(chosen).count(name) <= POLICY.per_article for name in names(chosen))
    assert all(claim.score >= POLICY.near_best * found[0].score for claim in chosen)
