"""What outlets note about their own text is found, with exact spans; what they report of corrections is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.corrections import Notice, notices
from corpus.sentences import split

BODY = "The ferry to Orlen sails at nine. It takes two hours. The harbour was dredged last year."


def found(text: str) -> list[tuple[str, str]]:
    """Kind and words of each notice."""
    return [(one.kind, text[one.start : one.end]) for one in notices(text)]


def kinds(line: str) -> list[str]:
    """Of a line below an article."""
    return [one.kind for one in notices(f"{BODY}\n\n{line}")]


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Correction: The ferry takes three hours, not two.", "correction"),
        ("CORRECTION: An earlier version of this article misstated the length of the crossing.", "correction"),
        ("Corrected: A previous version of this piece misspelled Orlen.", "correction"),
        ("Correction (May 3, 2022): The ferry is named Aster.", "correction"),
        ("Correction, 4 p.m. ET: The ferry is named Aster.", "correction"),
        ("Corrections & clarifications: A prior version of this story gave a wrong fare.", "correction"),
        ("Corrections/clarifications: This column gave a wrong fare.", "correction"),
        ("— An earlier version of this story incorrectly named the harbour.", "correction"),
        ("The captain's name was misspelled in a previous version of this report.", "correction"),
        ("An earlier headline on this story overstated the delay.", "correction"),
        ("This article originally misstated the fare.", "correction"),
        ("This story has been corrected to show that the ferry sails at nine.", "correction"),
        ("This story has been updated to correct the spelling of Orlen.", "correction"),
        ("Editor's note: This article has been amended to fix an error in the fare.", "correction"),
        ("Editors’ note: An earlier version of this article gave the wrong fare.", "correction"),
        ("(Corrects spelling in paragraph 3)", "correction"),
        ("(This May 3 story corrects the fare in paragraph 5)", "correction"),
        ("This version corrects the name of the captain.", "correction"),
        ("Due to an editing error, an earlier version of this article gave the wrong fare.", "correction"),
        ("We regret the error.", "correction"),
        ("We apologise for the mistake.", "correction"),
        ("A correction was made on May 3, 2022: the fare is 4 crowns.", "correction"),
        ("The spelling of the captain's name has been corrected.", "correction"),
        ("Clarification: The fare does not include luggage.", "clarification"),
        ("This article has been updated to clarify who owns the ferry.", "clarification"),
        ("Retraction: We no longer stand by this report.", "retraction"),
        ("This article has been retracted.", "retraction"),
        ("We have withdrawn this story.", "retraction"),
        ("UPDATE: The ferry sails again.", "update"),
        ("Update, 11:20 a.m.: The ferry sails again.", "update"),
        ("[Update: The ferry sails again.]", "update"),
        ("This story has been updated to reflect that the ferry sails again.", "update"),
        ("This story has been updated with additional details.", "update"),
        ("This story and headline have been updated.", "update"),
        ("Updated to include a statement from the harbour.", "update"),
        ("We have updated this article.", "update"),
        ("(Adds comment from the harbour master)", "update"),
    ],
)
def test_a_notice_is_found_with_its_kind(line: str, kind: str) -> None:
    assert found(f"{BODY}\n\n{line}") == [(kind, line)]
    assert found(f"{line}\n\n{BODY}") == [(kind, line)]


@pytest.mark.parametrize(
    "line",
    [
        "The stock market is in a correction after three bad weeks.",
        "The company corrected its forecast on Tuesday.",
        "Toyota updated its software to reflect the new rules.",
        "The Department of Corrections said nobody was hurt.",
        "Corrections officers found the tunnel on Monday.",
        "The paper retracted its report, and its editor resigned.",
        "The minister clarified that the law applies to everyone.",
        "The bill was amended to lower the fare.",
        "An earlier version of the bill would have closed the harbour.",
        "An earlier version of the rocket exploded in 2014.",
        "She misspelled the word in the last round.",
        "“This story has been updated to correct the name,” the paper wrote below its report.",
        'The post reads: "Correction: The bird was made of paper."',
        "Its correction said: “An earlier version of this article gave the wrong fare.”",
        "Editor's note: Ann Bell teaches history at Orlen.",
        "Editor’s note: This page recaps the news of Tuesday.",
        "A version of this story appeared in our newsletter.",
        "This interview has been edited for length and clarity.",
        "This story is developing and will be updated.",
        "This page is updated daily.",
        "Ann Bell contributed to this report.",
        "This article was first published in May.",
        "Live updates: The harbour reopens",
        "Update:Three dead in harbour fire",
        "Correction: Making Money at Sea",
        "Updated at 11:45 p.m. ET",
        "Updates",
        "He apologised for the mistake.",
        "We regret that the talks failed, the minister said.",
        "The museum corrected the label and apologised to visitors.",
        "To report corrections & clarifications, contact:",
    ],
)
def test_what_is_reported_of_corrections_is_none(line: str) -> None:
    assert kinds(line) == []


def test_only_what_tells_what_was_changed_is_substantial() -> None:
    lines = {
        "This story has been updated with additional reporting Wednesday.": False,
        "This story and headline have been updated.": False,
        "This story has been updated to include a statement from the harbour.": False,
        "This story was updated at 8:30 p.m. CT.": False,
        "This story has been updated to reflect additional developments.": False,
        "This story has been updated to reflect that the ferry sails again.": True,
        "This story has been updated with the correct fare.": True,
        "Update: The ferry sails again.": True,
        "We regret the error.": True,
    }
    assert {line: notices(line)[0].substantial for line in lines} == lines


def test_a_notice_reaches_to_the_end_of_its_paragraph() -> None:
    notice = "Correction: A previous version of this article gave the wrong fare. It is 4 crowns. Children pay half."
    assert found(f"{notice}\n\n{BODY}") == [("correction", notice)]


def test_a_notice_in_brackets_ends_with_them() -> None:
    assert found(f"(Update: The ferry sails again.) {BODY}") == [("update", "(Update: The ferry sails again.)")]


def test_a_label_on_a_line_of_its_own_belongs_to_the_line_below() -> None:
    assert found(f"{BODY}\n\nUPDATE\n\nThe ferry sails again. All is well.\n\n{BODY}") == [
        ("update", "UPDATE\n\nThe ferry sails again. All is well.")
    ]


def test_a_page_that_lists_the_notices_of_other_articles_has_none_of_its_own() -> None:
    page = "\n\n".join(
        f"News: An earlier version of this story misstated the fare in {year}." for year in range(2000, 2010)
    )
    assert notices(page) == []
    assert len(notices("\n\n".join(page.split("\n\n")[:2]))) == 2


def test_a_running_report_is_not_full_of_notices() -> None:
    page = "\n\n".join(f"Update at {hour}:15 p.m.: The ferry is {hour} miles out." for hour in range(1, 6))
    assert notices(page) == []


def test_known_sentences_give_the_same() -> None:
    text = f"{BODY}\n\nCorrection: The fare is 4 crowns."
    assert notices(text, split(text)) == notices(text)
    assert notices("", []) == []


@given(st.text(alphabet=st.sampled_from("Correction:Updatedthisstory. ,–\n\"“”()[]12İ'"), max_size=300))
def test_spans_are_exact_and_do_not_overlap(text: str) -> None:
    last = 0
    for one in notices(text):
        assert isinstance(one, Notice)
        assert last <= one.start < one.end <= len(text)
        assert text[one.start : one.end].strip() == text[one.start : one.end]
        last = one.end


@pytest.mark.parametrize(
    "piece", ["Update ,1 ", "Correction 1,", "this story ", "(corrects ", "we have updated ", "İ this "]
)
def test_floods_of_such_words_take_no_time(piece: str) -> None:
    notices(piece * 3_000)
    notices(f"{piece * 3_000}\n" * 3)
