"""What status follows from who states something, how firmly, and from how many origins: the hard rules."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.models import Attribution, Certainty
from assistant.standing import Standing, standing
from tests.assistant.claiming import Said, claimed, copies

FIRMNESS = ("contested", "denied", "unconfirmed", "superseded", "attributed_only", "single_source", "confirmed")
ATTRIBUTIONS: tuple[Attribution, ...] = get_args(Attribution)
CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)


def of(*some: Said) -> Standing:
    return standing([claimed(one) for one in some])


def firmness(some: Sequence[Said]) -> int:
    return FIRMNESS.index(of(*some).status)


def saying(
    *,
    attributions: Sequence[Attribution] = ATTRIBUTIONS,
    certainties: Sequence[Certainty] = CERTAINTIES,
    origins: Sequence[str] = ("o1", "o2", "o3"),
    unconfirmed: Sequence[bool] = (True, False),
) -> st.SearchStrategy[list[Said]]:
    """Claims that say the same, one to six of them, in articles of their own."""
    one = st.builds(
        Said,
        value=st.just("nine"),
        article=st.integers(0, 10**6).map(str),
        attribution=st.sampled_from(attributions),
        certainty=st.sampled_from(certainties),
        origin=st.sampled_from(origins),
        unconfirmed=st.sampled_from(unconfirmed),
    )
    return st.lists(one, min_size=1, max_size=6, unique_by=lambda said: said.article)


def test_two_independent_origins_that_state_it_confirm_it() -> None:
    found = of(Said("nine", "a"), Said("nine", "b", "other_outlet"))
    assert found == Standing("confirmed", "Two independent origins state it.")


def test_an_official_source_alone_confirms_it_and_its_words_are_named() -> None:
    found = of(
        Said("nine", "a", "official", text="Nine people died, the harbour office said.", cue="the harbour office")
    )
    assert found == Standing("confirmed", "An official source states it (“the harbour office”).")


def test_one_origin_is_a_single_source_however_many_copies_carry_it() -> None:
    wire = Said("nine", "wire")
    assert of(wire) == Standing("single_source", "Only one origin states it.")
    assert of(wire, *copies(wire, 1)) == Standing("single_source", "Both articles go back to one origin.")
    assert of(wire, *copies(wire, 9)) == Standing("single_source", "All 10 articles go back to one origin.")


def test_an_interested_party_alone_is_only_attributed_whichever_outlets_quote_it() -> None:
    found = of(
        *(Said("5x", name, "party", text="The maker says it is 5x faster.", cue="The maker says") for name in "ab")
    )
    assert found == Standing("attributed_only", "Only an interested party says so (“The maker says”).")


def test_a_named_person_alone_is_only_attributed() -> None:
    assert of(Said("nine", "a", "named_person")).status == "attributed_only"


def test_a_partys_word_adds_nothing_to_a_single_source() -> None:
    assert of(Said("nine", "a"), Said("nine", "b", "party")).status == "single_source"


@pytest.mark.parametrize(
    ("some", "reason"),
    [
        ([Said("nine", "a", "anonymous")], "The article rests on unnamed sources."),
        ([Said("nine", "a", "anonymous"), Said("nine", "b", "anonymous")], "Both articles rest on unnamed sources."),
        ([Said("nine", name, "anonymous") for name in "abc"], "All 3 articles rest on unnamed sources."),
        ([Said("nine", "a", "social_post")], "Only posts on social media say so."),
        (
            [Said("nine", "a", certainty="hedged", text="Reportedly it was nine.", cue="Reportedly")],
            "The article states it only with reserve (“Reportedly”).",
        ),
    ],
)
def test_what_nobody_vouches_for_is_unconfirmed_and_the_reason_says_why(some: list[Said], reason: str) -> None:
    assert of(*some) == Standing("unconfirmed", reason)


def test_the_words_shown_of_a_rumour_are_those_that_make_it_one() -> None:
    sources = Said("nine", "a", "anonymous", text="Sources say it was nine.", cue="Sources say")
    rumour = Said("nine", "b", "anonymous", "rumour", text="Rumour has it that it was nine.", cue="Rumour has it")
    other = Said("nine", "c", certainty="hedged", text="It may be nine.", cue="may")
    assert of(sources, rumour, other) == Standing("unconfirmed", "It is told as a rumour (“Rumour has it”).")


def test_a_disclaimer_elsewhere_is_quoted_as_the_reason_on_one_line() -> None:
    found = of(Said("nine", "a", disclaimer="Neither company\nhas confirmed the talks."))
    assert found.status == "unconfirmed"
    assert found.reason.endswith(": “Neither company has confirmed the talks.”")


def test_a_rumour_that_is_denied_is_denied_however_many_repeat_it() -> None:
    rumour = Said("nine", "a", "anonymous", "rumour")
    denial = Said("nine", "z", "official", "denied", text="The office denied that it was nine.", cue="denied")
    for some in ([rumour, denial], [denial, rumour], [rumour, *copies(rumour, 9), denial]):
        assert of(*some) == Standing("denied", "It is denied (“denied”), and nobody firmly states it.")


def test_what_was_corrected_is_denied_as_corrected() -> None:
    found = of(Said("nine", "a", certainty="corrected", text="It was not nine, as we wrote.", cue="as we wrote"))
    assert found == Standing("denied", "It was corrected (“as we wrote”).")


def test_a_denial_does_not_undo_what_an_origin_firmly_states() -> None:
    assert of(Said("nine", "a"), Said("nine", "b", "party", "denied")).status == "single_source"


@given(saying(certainties=("hedged", "rumour")))
def test_nothing_is_confirmed_that_every_origin_hedges(some: list[Said]) -> None:
    assert of(*some).status == "unconfirmed"


@given(saying(unconfirmed=(True,)))
def test_nothing_is_confirmed_that_every_article_marks_as_unconfirmed(some: list[Said]) -> None:
    assert of(*some).status in {"unconfirmed", "denied"}


@given(saying(attributions=("party", "named_person", "anonymous", "social_post", "none")))
def test_no_party_person_or_unnamed_source_confirms_anything(some: list[Said]) -> None:
    assert of(*some).status in {"attributed_only", "unconfirmed", "denied"}


@given(saying(attributions=tuple(a for a in ATTRIBUTIONS if a != "official"), origins=("o1",)))
def test_one_origin_never_confirms_itself(some: list[Said]) -> None:
    assert of(*some).status != "confirmed"


@given(saying(), st.integers(0, 5), st.integers(1, 10))
def test_copies_of_a_claim_change_no_status(some: list[Said], at: int, count: int) -> None:
    repeated = copies(some[at % len(some)], count)
    assert of(*some, *repeated).status == of(*repeated, *some).status == of(*some).status


@given(st.data(), saying())
def test_neither_the_order_of_claims_nor_the_names_of_outlets_change_a_status(
    data: st.DataObject, some: list[Said]
) -> None:
    shuffled = data.draw(st.permutations(some))
    renamed = [replace(one, article=f"x{one.article}", publisher="Another Name") for one in shuffled]
    assert of(*renamed).status == of(*shuffled).status == of(*some).status


@given(saying(), saying(certainties=("denied", "corrected")))
def test_claims_against_a_finding_never_make_it_firmer(some: list[Said], against: list[Said]) -> None:
    assert firmness([*some, *against]) <= firmness(some)
    assert firmness([*against, *some]) <= firmness(some)


@given(saying(certainties=("stated",), unconfirmed=(False,)), saying())
def test_more_that_say_the_same_never_make_a_finding_less_firm(some: list[Said], more: list[Said]) -> None:
    for_it = [one for one in more if one.certainty not in {"denied", "corrected"}]
    assert firmness([*some, *for_it]) >= firmness(some)


@given(saying())
def test_every_reason_is_a_sentence(some: list[Said]) -> None:
    reason = of(*some).reason
    assert reason[0].isupper()
    assert reason.endswith((".", "”"))
