"""How an article changed: sentences that came and went, and what one said before."""

from __future__ import annotations

import json

from hypothesis import given
from hypothesis import strategies as st

from assistant.history import Came, Changed, difference, said_before
from assistant.history_text import Stage, stage_json, stage_text, stages
from corpus.models import Article, text_sha256
from index.view import RevisionRow


def article(text: str, *, revision: int = 1, title: str | None = None) -> Article:
    return Article(id="ferry", revision=revision, text=text, sha256=text_sha256(text), source="/ferry.txt", title=title)


def kept(*articles: Article) -> list[tuple[RevisionRow, Article | None]]:
    """As the workspace keeps them."""
    rows = [
        RevisionRow(
            revision=one.revision,
            seen=f"2022-06-0{one.revision}T10:00:00+00:00",
            published="2022-06-01",
            sha256=one.sha256,
            title=one.title,
            characters=len(one.text),
            born=one.revision,
            living=one is articles[-1],
        )
        for one in articles
    ]
    return list(zip(rows, articles, strict=True))


BEFORE = "The ferry sails at nine. It takes two hours. The fare is 4 crowns."
AFTER = "The ferry sails at ten. It takes two hours. The fare is 4 crowns. Children pay half."


def test_sentences_that_came_and_went_are_told_in_the_order_of_the_text() -> None:
    assert difference(article(BEFORE), article(AFTER)).sentences == [
        Came("removed", "The ferry sails at nine.", 0),
        Came("added", "The ferry sails at ten.", 0),
        Came("added", "Children pay half.", 66),
    ]


def test_what_else_changed_is_told_with_its_values() -> None:
    found = difference(article(BEFORE, title="Ferry"), article(BEFORE, title="Ferry delayed"))
    assert (found.fields, found.sentences) == ([Changed("title", "Ferry", "Ferry delayed")], [])


def test_white_space_that_changed_is_no_change() -> None:
    assert difference(article(BEFORE), article(BEFORE.replace(" It", "\n\nIt"))).sentences == []


def test_what_stood_in_a_sentence_s_place_is_found() -> None:
    assert said_before("The ferry sails at ten.", now=AFTER, before=BEFORE) == "The ferry sails at nine."


def test_a_sentence_that_stood_there_before_said_nothing_else() -> None:
    assert said_before("It takes two hours.", now=AFTER, before=BEFORE) is None


def test_a_sentence_that_is_new_replaces_nothing() -> None:
    assert said_before("Children pay half.", now=AFTER, before=BEFORE) is None


def test_a_sentence_that_still_stands_elsewhere_was_not_replaced() -> None:
    now = "The fare is 5 crowns on Sundays. The fare is 4 crowns."
    assert said_before("The fare is 5 crowns on Sundays.", now=now, before="The fare is 4 crowns.") is None


def test_punctuation_and_case_that_changed_say_nothing_else() -> None:
    assert said_before("The ferry sails at nine!", now="The ferry sails at nine!", before=BEFORE) is None


@given(st.text(max_size=200), st.text(max_size=200))
def test_every_change_stands_where_it_says(before: str, after: str) -> None:
    for one in difference(article(before), article(after)).sentences:
        text = after if one.how == "added" else before
        assert text[one.start : one.start + len(one.text)] == one.text


def shown(*articles: Article, with_difference: bool = False) -> list[Stage]:
    return list(stages(kept(*articles), with_difference=with_difference))


def test_a_revision_is_told_in_a_few_lines() -> None:
    corrected = AFTER + "\n\nCorrection: An earlier version of this article gave a wrong hour."
    first, second = shown(article(BEFORE, title="Ferry"), article(corrected, revision=2), with_difference=True)
    assert stage_text(first) == (
        "Revision 1\n"
        f"  seen 2022-06-01 10:00:00 UTC, published 2022-06-01, SHA-256 {text_sha256(BEFORE)[:12]}, 66 characters\n"
        "  Ferry"
    )
    assert stage_text(second).splitlines()[0] == "Revision 2, as it stands now"
    assert stage_text(second).splitlines()[2:] == [
        "  (no title)",
        "  correction: “Correction: An earlier version of this article gave a wrong hour.”",
        "  ~ title: “Ferry” → none",
        "  - The ferry sails at nine.",
        "  + The ferry sails at ten.",
        "  + Children pay half.",
        "  + Correction: An earlier version of this article gave a wrong hour.",
    ]


def test_what_an_article_holds_cannot_pretend_to_be_another_line() -> None:
    text = stage_text(shown(article("One.", title="Ferry\n+ Nothing changed\x1b[31m"))[0])
    assert len(text.splitlines()) == 3
    assert "\x1b" not in text


def test_json_holds_the_whole_hash_and_exact_spans() -> None:
    notice = "Correction: The fare is 5 crowns."
    first, second = shown(article(BEFORE), article(f"{BEFORE}\n\n{notice}", revision=2), with_difference=True)
    row = json.loads(stage_json(second))
    assert json.loads(stage_json(first))["changed"] is None
    assert (row["article_id"], row["revision"], row["living"]) == ("ferry", 2, True)
    assert row["sha256"] == text_sha256(f"{BEFORE}\n\n{notice}")
    assert row["notices"] == [{"kind": "correction", "start": 68, "end": 101, "substantial": True, "text": notice}]
    assert row["changed"]["sentences"] == [{"how": "added", "text": notice, "start": 68}]
