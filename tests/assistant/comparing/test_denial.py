"""What sentences deny, and which others assert it."""

from __future__ import annotations

import pytest

from assistant.comparing.denial import denials, denying
from assistant.comparing.statement import Statement


def denied_by(a: str, b: str) -> str | None:
    """The one that denies, whichever comes first."""
    found = denying(Statement(a), Statement(b))
    turned = denying(Statement(b), Statement(a))
    assert (found is None) == (turned is None)
    return None if found is None else found[0].text


@pytest.mark.parametrize(
    ("denial", "asserted"),
    [
        ("Mayor Edda Corvale has not resigned.", "Mayor Edda Corvale has resigned."),
        ("The harbour office denied claims that the ferry Sandlark had sunk.", "The ferry Sandlark sank on Monday."),
        ("There is no Captain Joran Velk in Vendrey.", "Captain Joran Velk of Vendrey found the wreck."),
        ("Robots are not patrolling the Vendrey campus.", "Four robots now patrol the campus of Vendrey."),
    ],
)
def test_a_denial_meets_the_sentence_that_asserts_what_it_denies(denial: str, asserted: str) -> None:
    assert denied_by(denial, asserted) == denial


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Mayor Edda Corvale has not resigned.", "Mayor Edda Corvale opened the bridge."),
        ("The captain has not resigned.", "The mayor of Vendrey has resigned."),
        ("This is not the first time that the ferry sank.", "The ferry sank for the first time."),
        ("He has not been seen since the concert.", "He was last seen at the concert."),
        ("The mayor has not confirmed the deal.", "The mayor made the deal."),
        ("The ferry did not sink and the captain did not drown.", "The ferry sank."),
        ("Mayor Edda Corvale has not resigned.", "Is it true that Mayor Edda Corvale has resigned?"),
        ("Mayor Edda Corvale has not resigned.", "Rumours that Mayor Edda Corvale resigned went round."),
        ("Voters rejected the new bridge.", "The new bridge is before the voters."),
    ],
)
def test_what_denies_something_else_or_meets_no_assertion_is_left_out(a: str, b: str) -> None:
    assert denied_by(a, b) is None


def test_without_its_not_a_denial_can_be_asked_of_the_other() -> None:
    (one,) = denials("Mayor Edda Corvale has not resigned, her office said.")
    assert one.affirmed == "Mayor Edda Corvale has resigned"
    (other,) = denials("The office denied reports by a newspaper that the ferry had sunk.")
    assert other.affirmed == "the ferry had sunk."


def test_who_reports_a_denial_is_not_its_subject() -> None:
    (one,) = denials("The Vendrey Gazette reported that the mayor has not resigned.")
    assert one.subject == frozenset(("mayor",))
