"""How claims are chosen, with literals in place of models."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import claims
from assistant.claims import Claim, Fit
from assistant.policy import Policy
from assistant.reading import Stance
from corpus.models import Article, Sentence, text_sha256
from index.models import Hit, StoredPassage

POLICY = Policy(covered=0.0, worth_citing=-0.5, below_best=3.0, sentences=3, per_article=2, same=0.7)


def hit(article_id: str, *sentences: str, number: int = 1) -> Hit:
    text = " ".join(sentences)
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Sentence(start, start + len(sentence)))
        start += len(sentence) + 1
    article = Article(id=article_id, revision=1, text=text, sha256=text_sha256(text), source="/x")
    return Hit(StoredPassage(number, hash(article_id), article, 0, len(text), tuple(spans)), 1.0, 0.5, None)


def claim(
    article_id: str,
    log_odds: float,
    text: str = "",
    *,
    answer: str | None = None,
    overlap: float = 0.0,
    margin: float = 0.0,
    stance: Stance | None = None,
) -> Claim:
    text = text or f"Sentence {article_id} {log_odds} stands here."
    candidate = claims.candidates([hit(article_id, text)])[0]
    span = Sentence(text.index(answer), text.index(answer) + len(answer)) if answer else None
    return Claim(candidate, Fit(log_odds, overlap, span, margin, stance), frozenset(text.casefold().split()))


def names(chosen: list[Claim]) -> list[str]:
    return [one.candidate.article.id for one in chosen]


def chosen_of(found: list[Claim]) -> list[Claim]:
    bearing = claims.bearing(found, POLICY, origins={})
    return [bearing[at] for at in claims.choose(bearing, POLICY)]


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
    assert chosen_of([claim("a", -0.1)]) == []
    assert chosen_of([]) == []


def test_sentences_much_worse_than_the_best_are_left_out() -> None:
    assert names(chosen_of([claim("a", 4), claim("b", 2), claim("c", 0.5)])) == ["a", "b"]


def test_a_sentence_that_says_the_same_as_a_chosen_one_is_left_out() -> None:
    text = "On Monday the ferry sank and nine people died."
    same = claim("b", 3, "On Monday the ferry sank and nine persons died.", answer="nine")
    assert names(chosen_of([claim("a", 4, text, answer="nine"), same])) == ["a"]


def test_sentences_that_differ_in_the_answering_words_both_stay() -> None:
    nine = claim("a", 4, "On Monday the ferry sank and nine people died.", answer="nine")
    eleven = claim("b", 3, "On Monday the ferry sank and eleven people died.", answer="eleven")
    assert names(chosen_of([nine, eleven])) == ["a", "b"]


def test_a_third_source_of_one_answer_gives_way_to_another_answer() -> None:
    texts = (
        "It is 30% faster, says the maker.",
        "The figure of 30% better was given.",
        "A report repeats the 30% claim.",
    )
    found = [claim(name, 5 - at, text, answer="30%") for at, (name, text) in enumerate(zip("abc", texts, strict=True))]
    found.append(claim("d", 2, "The maker promises up to 5x as much.", answer="5x"))
    assert names(chosen_of(found)) == ["a", "b", "d"]


def test_one_article_does_not_crowd_out_a_second() -> None:
    found = [claim("a", 4), claim("a", 3.9), claim("a", 3.8), claim("b", 2)]
    assert names(chosen_of(found)) == ["a", "a", "b"]


def test_equal_claims_are_ranked_by_article_and_place_whatever_their_order() -> None:
    some = [claim("b", 1.0), claim("a", 1.0), claim("c", 2.0)]
    assert names(claims.ranked(some)) == names(claims.ranked(some[::-1])) == ["c", "a", "b"]


def test_the_closest_are_the_best_of_different_articles() -> None:
    found = [claim("a", -1), claim("a", -1.1), claim("b", -2), claim("c", -3), claim("d", -4)]
    assert names(claims.closest(found, POLICY)) == ["a", "b", "c"]


def test_a_subject_is_mentioned_where_a_passage_has_most_of_the_questions_words() -> None:
    assert claims.mentioned([claim("a", -5, overlap=0.7)], POLICY)
    assert not claims.mentioned([claim("a", -5, overlap=0.3)], POLICY)


@given(st.lists(st.tuples(st.sampled_from("abcd"), st.floats(-6, 6)), min_size=1, max_size=12))
def test_what_is_chosen_keeps_every_limit_of_the_policy(rows: list[tuple[str, float]]) -> None:
    found = claims.ranked([claim(*row) for row in rows])
    chosen = chosen_of(found)
    assert len(chosen) <= POLICY.sentences
    assert all(names(chosen).count(name) <= POLICY.per_article for name in names(chosen))
    assert all(one.fit.log_odds >= found[0].fit.log_odds - POLICY.below_best for one in chosen)
    assert bool(chosen) == (found[0].fit.log_odds >= POLICY.covered)


def heard(*found: Claim) -> list[str]:
    return names(claims.bearing(list(found), POLICY, origins={}))


def test_a_firm_other_answer_of_an_article_not_heard_yet_is_heard_and_cited_only_as_a_side() -> None:
    sides = [claim("a", 4, answer="stands", margin=9), claim("b", -1, answer="here", margin=9)]
    assert heard(*sides) == ["a", "b"]
    assert names(chosen_of(sides)) == ["a"]


def test_a_weak_other_answer_is_not_heard_nor_one_of_an_article_that_is_heard() -> None:
    assert heard(claim("a", 4, answer="stands", margin=9), claim("b", -1, answer="here", margin=3)) == ["a"]
    assert heard(claim("a", 4, answer="stands", margin=9), claim("a", -1, answer="here", margin=9)) == ["a"]


def test_the_opposite_stance_is_heard() -> None:
    yes = claim("a", 4, margin=3, stance="yes")
    assert heard(yes, claim("b", -1, margin=2, stance="no")) == ["a", "b"]
    assert heard(yes, claim("b", -1, margin=2, stance="yes")) == ["a"]
    assert heard(yes, claim("b", -1, margin=0.5, stance="no")) == ["a"]
