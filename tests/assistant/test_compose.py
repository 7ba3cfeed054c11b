"""From judged claims to an answer: numbers, quotes, findings and conflicts, doubts, and several questions in one."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.claims import Claim
from assistant.compose import Part, compose, question_id
from assistant.models import Answer, Attribution, Certainty, Timings, WorkspaceStamp, ask
from corpus.models import Sentence
from tests.assistant.claiming import Said, claimed, copies, judged, related

NINE = Said("nine", "wire", "official", text="The office said that nine died.", cue="The office said")
ELEVEN = Said("eleven", "gazette", text="Eleven is wrong: eleven died.")
DOUBT = "Neither company has confirmed the talks."
TALKS = Said("talks are on", "wire", disclaimer=DOUBT, text="The talks are on.")


def composed(
    *parts: Part,
    closest: Sequence[Claim] = (),
    searched: bool = True,
    mentioned: bool = False,
    explain: bool = False,
) -> Answer:
    return compose(
        ask("How many died?", explain=explain),
        parts,
        closest,
        searched=searched,
        mentioned=mentioned,
        warnings=("One file was skipped.",),
        timings=Timings(search=1.0, read=1.0, total=2.0),
        workspace=WorkspaceStamp(generation=1, model="none"),
        settings_hash="x",
    )


def nothing(question: str) -> Part:
    return Part(question, [], [], [], [])


def texts(some: Sequence[Said]) -> dict[str, str]:
    return {one.article: claimed(one).article.text for one in some}


def assert_sound(answer: Answer, some: Sequence[Said]) -> None:
    """Every number that is cited exists, every quote is verbatim, and the text is made of nothing but quotes."""
    numbers = [citation.number for citation in answer.citations]
    assert numbers == list(range(1, len(numbers) + 1))
    for one in answer.findings:
        assert one.citations
        assert set(one.citations) <= set(numbers)
    for conflict in answer.conflicts:
        for side in conflict.sides:
            assert side.citations
            assert set(side.citations) <= set(numbers)
    articles = texts(some)
    for citation in answer.citations:
        assert articles[citation.article_id][citation.start : citation.end] == citation.quote
        for cue in citation.cues:
            assert articles[citation.article_id][cue.start : cue.end] == cue.text
    rest = answer.text
    for citation in answer.citations:
        assert f"{citation.quote} [{citation.number}]" in rest
        rest = rest.replace(f"{citation.quote} [{citation.number}]", "", 1)
    assert set(rest.split()) <= {"But:"}


def test_an_answer_has_a_numbered_quote_for_each_claim_with_label_cues_and_origin() -> None:
    answer = composed(judged([NINE]))
    assert answer.text == "The office said that nine died. [1]"
    (citation,) = answer.citations
    assert (citation.article_id, citation.attribution, citation.certainty) == ("wire", "official", "stated")
    assert [cue.text for cue in citation.cues] == ["The office said"]
    assert citation.origin == "origin of wire"
    assert 0 <= citation.score <= 1
    assert (answer.status, answer.reason) == ("confirmed", "An official source states it (“The office said”).")
    assert answer.warnings == ("One file was skipped.",)


def test_both_sides_of_a_conflict_are_cited_with_their_values() -> None:
    answer = composed(judged([NINE, ELEVEN]))
    (conflict,) = answer.conflicts
    assert (answer.status, conflict.type, conflict.comparable) == ("contested", "number", True)
    assert [(side.value, side.citations, side.articles, side.origins) for side in conflict.sides] == [
        ("nine", (1,), 1, 1),
        ("eleven", (2,), 1, 1),
    ]
    assert_sound(answer, [NINE, ELEVEN])


def test_a_side_that_was_not_chosen_is_cited_all_the_same() -> None:
    answer = composed(judged([NINE, ELEVEN], chosen=[0]))
    assert {citation.article_id for citation in answer.citations} == {"wire", "gazette"}
    assert all(side.citations for side in answer.conflicts[0].sides)


def test_articles_and_origins_count_all_claims_of_a_side_and_not_only_those_cited() -> None:
    answer = composed(judged([NINE, *copies(NINE, 5), ELEVEN], chosen=[0]))
    first, second = answer.conflicts[0].sides
    assert (first.articles, first.origins, first.citations) == (6, 1, (1,))
    assert (second.articles, second.origins) == (1, 1)


def test_findings_of_which_nothing_is_cited_are_left_out() -> None:
    answer = composed(judged([NINE, ELEVEN], type_of=lambda *_: None, chosen=[0]))
    assert [one.text for one in answer.findings] == ["nine"]


def test_a_finding_is_told_in_words_that_its_own_citation_has() -> None:
    figure = Said("9 people", "gazette", text="It cost 9 people their lives.")
    answer = composed(judged([NINE, figure], between={(0, 1): related("nine", "nine")}, chosen=[1]))
    (finding,), (citation,) = answer.findings, answer.citations
    assert finding.text in citation.quote


def test_a_finding_whose_claim_has_no_answering_words_is_told_as_the_whole_sentence() -> None:
    (whole,) = composed(judged([replace(NINE, whole=True)])).findings
    assert whole.text == NINE.text


def test_an_empty_answering_span_counts_as_none() -> None:
    """The reader gives one where the sentence lies past what it can read of a passage."""
    part = judged([NINE])
    claim = part.claims[0]
    fit = replace(claim.claim.fit, span=Sentence(0, 0))
    emptied = replace(part, claims=[replace(claim, claim=replace(claim.claim, fit=fit))])
    assert [one.text for one in composed(emptied).findings] == [NINE.text]


def test_a_doubt_elsewhere_in_the_article_is_quoted_last_after_a_but() -> None:
    answer = composed(judged([TALKS, ELEVEN], type_of=lambda *_: None))
    assert answer.text == f"The talks are on. [1] {ELEVEN.text} [2] But: {DOUBT} [3]"
    doubt = answer.citations[-1]
    assert (doubt.quote, doubt.article_id, doubt.origin) == (DOUBT, "wire", "origin of wire")
    assert_sound(answer, [TALKS, ELEVEN])


def test_the_same_doubt_is_quoted_once_and_one_of_each_article() -> None:
    other = replace(TALKS, article="gazette", text="They say the talks are on.")
    answer = composed(judged([TALKS, other]))
    assert answer.text.count("But:") == 2
    again = composed(judged([TALKS]), judged([TALKS], question="And who confirmed it?"))
    assert again.text == f"The talks are on. [1] But: {DOUBT} [2]"


def test_a_doubt_of_what_is_not_cited_is_not_quoted() -> None:
    answer = composed(judged([ELEVEN, TALKS], type_of=lambda *_: None, chosen=[0]))
    assert DOUBT not in answer.text


def test_quotes_of_one_article_stand_together_in_the_order_they_were_written() -> None:
    first = claimed(Said("nine", "wire", text="It was nine."))
    text = "It was nine. Later it was ten."
    article = replace(first.article, text=text)
    hit = replace(first.candidate.hit, passage=replace(first.candidate.hit.passage, article=article, end=len(text)))

    def at(start: int, end: int) -> object:
        candidate = replace(first.candidate, hit=hit, sentence=Sentence(start, end))
        return replace(first, claim=replace(first.claim, candidate=candidate))

    part = judged([Said("nine", "wire"), Said("eleven", "gazette"), Said("ten", "wire")], type_of=lambda *_: None)
    claims = [at(13, len(text)), claimed(Said("eleven", "gazette")), at(0, 12)]
    answer = composed(replace(part, claims=claims))  # type: ignore[arg-type]
    assert answer.text == "It was nine. [1] Later it was ten. [2] It was eleven. [3]"


def test_comparisons_are_told_only_where_the_question_asks_to_explain() -> None:
    assert composed(judged([NINE, ELEVEN])).comparisons == ()
    (told,) = composed(judged([NINE, ELEVEN]), explain=True).comparisons
    assert {sentence.quote for sentence in told.sentences} == {NINE.text, ELEVEN.text}


def test_a_question_keeps_its_id_whether_or_not_it_asks_to_explain() -> None:
    """The id that questions had before they could ask for it."""
    assert question_id(ask("How many died?")) == question_id(ask("How many died?", explain=True)) == "q-079309b4cb75"


# Several questions


def test_parts_are_numbered_on_and_a_sentence_that_answers_both_is_cited_once() -> None:
    first, second = judged([NINE]), judged([ELEVEN, NINE], type_of=lambda *_: None, question="Who said so?")
    answer = composed(first, second)
    assert answer.text == f"{NINE.text} [1] {ELEVEN.text} [2]"
    assert [one.citations for one in answer.findings] == [(1,), (2,), (1,)]
    assert_sound(answer, [NINE, ELEVEN])


def test_a_part_that_nothing_answers_is_told_and_the_others_are_answered() -> None:
    answer = composed(judged([NINE]), nothing("Who will play the captain?"))
    assert answer.status == "confirmed"
    assert answer.warnings == ("One file was skipped.", "Nothing answers “Who will play the captain?”")


@pytest.mark.parametrize(
    ("less_firm", "status"),
    [
        ([replace(NINE, attribution="party")], "attributed_only"),
        ([replace(NINE, certainty="rumour")], "unconfirmed"),
        ([replace(NINE, certainty="denied")], "denied"),
        ([NINE, ELEVEN], "contested"),
    ],
)
def test_the_answer_is_as_firm_as_its_least_firm_part(less_firm: list[Said], status: str) -> None:
    firm, weak = judged([NINE]), judged(less_firm, question="And then?")
    assert composed(firm, weak).status == composed(weak, firm).status == status


def test_conflicts_of_all_parts_are_shown_with_numbers_that_exist() -> None:
    other = [Said("Ida Marsh", "a", text="Ida Marsh led it."), Said("Joran Velk", "b", text="Joran Velk led it.")]
    answer = composed(judged([NINE, ELEVEN]), judged(other, type_of=lambda *_: "identity", question="Who led it?"))
    assert [conflict.type for conflict in answer.conflicts] == ["number", "identity"]
    assert [side.citations for conflict in answer.conflicts for side in conflict.sides] == [(1,), (2,), (3,), (4,)]
    assert_sound(answer, [NINE, ELEVEN, *other])


# Nothing found


@pytest.mark.parametrize(
    ("searched", "mentioned", "reason"),
    [(False, False, "filters leave nothing"), (True, True, "mention what"), (True, False, "bears on this question")],
)
def test_what_is_not_covered_says_why_and_cites_nothing(searched: bool, mentioned: bool, reason: str) -> None:
    closest = [claimed(NINE).claim, claimed(NINE).claim, claimed(ELEVEN).claim]
    answer = composed(nothing("Who?"), nothing("When?"), closest=closest, searched=searched, mentioned=mentioned)
    assert (answer.status, answer.citations, answer.findings, answer.conflicts) == ("not_covered", (), (), ())
    assert reason in answer.text
    assert answer.text == answer.reason
    assert [(one.number, one.quote) for one in answer.closest] == [(1, NINE.text), (2, ELEVEN.text)]
    assert answer.warnings == ("One file was skipped.",)


def test_nothing_is_closest_where_something_is_covered() -> None:
    assert composed(judged([NINE]), closest=[claimed(ELEVEN).claim]).closest == ()


SOME = st.lists(
    st.builds(
        Said,
        value=st.sampled_from(["nine", "eleven", "forty"]),
        article=st.integers(0, 10**6).map(str),
        attribution=st.sampled_from(get_args(Attribution)),
        certainty=st.sampled_from(get_args(Certainty)),
        origin=st.sampled_from(["", "o1"]),
        disclaimer=st.sampled_from(["", DOUBT, "Nobody confirmed it. [7]"]),
        cue=st.sampled_from(["", "It was"]),
    ),
    min_size=1,
    max_size=6,
    unique_by=lambda said: said.article,
)


@given(st.data(), SOME, SOME)
def test_every_cited_number_exists_and_the_text_is_made_of_quotes(
    data: st.DataObject, one: list[Said], other: list[Said]
) -> None:
    one_by_id = {said.article: said for said in [*other, *one]}
    other = [one_by_id[said.article] for said in other]
    chosen = [sorted(data.draw(st.sets(st.integers(0, len(some) - 1), min_size=1))) for some in (one, other)]
    answer = composed(
        judged(one, chosen=chosen[0]), judged(other, type_of=lambda *_: "identity", chosen=chosen[1], question="Who?")
    )
    assert_sound(answer, [*one, *other])
    assert Answer.model_validate_json(answer.model_dump_json()) == answer
    assert re.fullmatch(r".+\[\d+\]", answer.text)
