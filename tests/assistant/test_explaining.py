"""What is told of pairs of claims, as values and as text."""

from __future__ import annotations

from assistant import explain_text
from assistant.explaining import comparisons
from assistant.models import Answer, Comparison, Quote
from tests.assistant.claiming import Said, claimed, relations
from tests.assistant.test_answer_text import CITATION, made

NINE, ELEVEN = Said("nine", "wire"), Said("eleven", "gazette")
NINE_TOO = Said("nine", "lantern", text="The harbour office counted nine.")


def test_each_pair_is_told_with_both_sentences_verbatim_and_its_reason_and_conflicts_come_first() -> None:
    some = [NINE, NINE_TOO, ELEVEN]
    claims = [claimed(one) for one in some]
    first, second, last = comparisons(claims, relations(some))
    assert [one.relation for one in (first, second, last)] == ["conflict", "conflict", "agree"]
    assert (first.type, first.reason, first.conflict) == ("number", "eleven and nine cannot both hold.", 0.9)
    assert last.reason == "Both say the same."
    for one in (first, second, last):
        for sentence in one.sentences:
            (claim,) = [claim for claim in claims if claim.article.id == sentence.article_id]
            assert claim.article.text[sentence.start : sentence.end] == sentence.quote


def pair(one: Quote, other: Quote, **more: object) -> Comparison:
    fields: dict[str, object] = {"relation": "compatible", "reason": "Both can hold.", "conflict": 0.0, "agree": 0.0}
    return Comparison.model_validate({"sentences": (one, other), **fields, **more})


CITED = Quote(article_id="wire", start=52, end=86, quote="Nine people died, the office said.")
OTHER = Quote(article_id="gazette", start=5, end=24, quote="Eleven people died.")
THIRD = Quote(article_id="lantern", start=0, end=10, quote="Many died.")


def explained(*some: Comparison) -> Answer:
    return made(comparisons=some)


def test_a_cited_sentence_goes_by_its_number_and_another_by_a_letter_with_its_quote_below() -> None:
    clash = pair(OTHER, CITED, relation="conflict", type="number", reason="Nine, eleven.", conflict=0.931)
    text = explain_text.comparisons(explained(clash, pair(CITED, THIRD), pair(OTHER, THIRD)), width=80)
    assert text == (
        "What was compared\n"
        "  - [1] and (a): conflict (number, 0.93). Nine, eleven.\n"
        "  - [1] and (b): no conflict. Both can hold.\n"
        "  - (a) and (b): no conflict. Both can hold.\n"
        "  (a) gazette, characters 5–24\n"
        '      "Eleven people died."\n'
        "  (b) lantern, characters 0–10\n"
        '      "Many died."'
    )


def test_nothing_is_printed_where_nothing_was_compared() -> None:
    assert explain_text.comparisons(explained(), width=80) == ""


def test_more_sentences_than_letters_get_names_of_their_own() -> None:
    many = [Quote(article_id="a", start=at, end=at + 1, quote="x") for at in range(1, 40)]
    text = explain_text.comparisons(explained(*(pair(CITED, one) for one in many)), width=80)
    names = [line.split()[0] for line in text.splitlines() if line.startswith("  (")]
    assert len(set(names)) == len(many)


def test_an_explained_answer_survives_json() -> None:
    answer = explained(pair(CITED, OTHER))
    assert answer.citations == (CITATION,)
    assert Answer.model_validate_json(answer.model_dump_json()) == answer
