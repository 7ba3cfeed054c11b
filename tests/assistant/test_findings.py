"""Findings and the status of the whole answer: what is contested, denied or superseded, and what changes nothing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from itertools import permutations
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant import findings
from assistant.comparing.relating import Related
from assistant.conflicts import Clash, Edge, Group
from assistant.models import Attribution, Certainty, ConflictType
from tests.assistant.claiming import Said, claimed, copies, judged, relations, sides, statuses

FIRMNESS = ("contested", "denied", "unconfirmed", "superseded", "attributed_only", "single_source", "confirmed")
DOUBTFUL: tuple[Certainty, ...] = ("hedged", "rumour")
NINE, ELEVEN = Said("nine", "wire", "official"), Said("eleven", "gazette")
RUMOUR = Said("the mill is closing", "blog", "anonymous", "rumour", text="Rumour has it that the mill is closing.")
DENIAL = Said("not closing", "herald", "official", "denied", text="The office denied it: the mill is not closing.")


KINDS = st.sampled_from([kind for kind in get_args(ConflictType) if kind != "superseded"])


def polarity(_: str, __: str) -> ConflictType:
    return "polarity"


def superseding(_: str, __: str) -> ConflictType:
    return "superseded"


def a_few(
    *,
    values: Sequence[str] = ("nine", "eleven", "forty"),
    certainties: Sequence[Certainty] = get_args(Certainty),
    most: int = 6,
) -> st.SearchStrategy[list[Said]]:
    one = st.builds(
        Said,
        value=st.sampled_from(values),
        article=st.integers(0, 10**6).map(str),
        attribution=st.sampled_from(get_args(Attribution)),
        certainty=st.sampled_from(certainties),
        unconfirmed=st.booleans(),
        origin=st.sampled_from(["", "o1", "o2"]),
    )
    return st.lists(one, min_size=1, max_size=most, unique_by=lambda said: said.article)


def test_figures_that_two_sides_assert_are_contested_on_both_sides_and_as_a_whole() -> None:
    part = judged([NINE, ELEVEN])
    assert statuses(part) == {"It was nine.": {"contested"}, "It was eleven.": {"contested"}}
    assert part.standing.status == "contested"
    assert part.standing.reason == "Two articles give figures that cannot both hold."


def test_figures_of_one_partys_own_are_said_to_be_its_own() -> None:
    part = judged([Said("30%", "a", "party"), Said("5x", "b", "party")])
    assert part.standing.reason == (
        "Two articles give figures that cannot both hold, and both are an interested party's own claim."
    )
    three = judged([Said(value, value, "party") for value in ("30%", "5x", "8x")])
    assert three.standing.reason.startswith("Three articles give figures")
    assert three.standing.reason.endswith("and all are an interested party's own claim.")


@pytest.mark.parametrize("kind", get_args(ConflictType))
def test_every_type_of_conflict_has_its_own_sentence(kind: ConflictType) -> None:
    claims = [claimed(NINE), claimed(ELEVEN)]
    reason = findings.contested(Clash(kind, (Edge(Group((0,)), Group((1,)), "Why.", 0.9),)), claims)
    assert reason.startswith("Two articles ")
    assert reason.endswith(".")


@pytest.mark.parametrize("certainty", DOUBTFUL)
def test_a_side_that_is_only_hedged_does_not_make_it_contested(certainty: Certainty) -> None:
    part = judged([NINE, replace(ELEVEN, certainty=certainty)])
    assert part.clashes == []
    assert part.standing.status == "confirmed"
    assert statuses(part)["It was eleven."] == {"unconfirmed"}


def test_a_hedged_side_becomes_one_as_soon_as_somebody_asserts_it() -> None:
    hedged = replace(ELEVEN, certainty="hedged")
    part = judged([NINE, hedged, replace(ELEVEN, article="third")])
    assert part.standing.status == "contested"
    assert sides(part) == {("number", frozenset({"It was nine.", "It was eleven."}))}


def test_a_hedged_side_between_two_that_can_both_hold_does_not_set_them_against_each_other() -> None:
    def kind(one: str, other: str) -> ConflictType | None:
        return "number" if "forty" in (one, other) else None

    part = judged([NINE, Said("forty", "blog", certainty="rumour"), Said("about ten", "gazette")], type_of=kind)
    assert part.clashes == []
    assert part.standing.status == "confirmed"


@pytest.mark.parametrize(
    "some",
    [
        [DENIAL, RUMOUR],
        [RUMOUR, DENIAL],
        [RUMOUR, *copies(RUMOUR, 5), DENIAL],
    ],
)
def test_a_rumour_against_a_denial_is_denied_and_the_rumour_is_shown(some: list[Said]) -> None:
    part = judged(some, type_of=polarity)
    assert part.standing.status == "denied"
    assert part.clashes == []
    assert RUMOUR.text in statuses(part)


def test_a_denial_of_what_somebody_states_is_contested() -> None:
    part = judged([replace(RUMOUR, certainty="stated"), DENIAL], type_of=polarity)
    assert part.standing.status == "contested"
    assert part.standing.reason == "Two articles say opposite things."


def test_against_a_denial_stands_only_what_somebody_firmly_asserts() -> None:
    doubted = replace(RUMOUR, certainty="stated", unconfirmed=True)
    assert judged([doubted, DENIAL], type_of=polarity).clashes == []
    assert judged([doubted, replace(doubted, article="b", unconfirmed=False), DENIAL], type_of=polarity).clashes


def test_a_later_report_replaces_an_earlier_one_which_is_shown_as_superseded() -> None:
    early, late = replace(ELEVEN, published="2026-03-03"), replace(NINE, published="2026-03-09")
    for some in ([early, late], [late, early]):
        part = judged(some, type_of=superseding)
        assert statuses(part) == {"It was eleven.": {"superseded"}, "It was nine.": {"confirmed"}}
        assert part.standing.status == "superseded"
    (replaced,) = [one for one in part.found if one.standing.status == "superseded"]
    assert replaced.standing.reason.startswith("A later article says otherwise: ")


def test_without_dates_nobody_is_said_to_be_superseded() -> None:
    assert statuses(judged([NINE, ELEVEN], type_of=superseding)) == {
        "It was nine.": {"confirmed"},
        "It was eleven.": {"single_source"},
    }


def test_the_last_of_a_series_is_still_contested_by_who_contradicts_it() -> None:
    """An earlier report, which the finding replaces, must not make it firmer than the contradiction leaves it."""
    late, against = replace(NINE, published="2026-03-09"), replace(ELEVEN, published="2026-03-09")
    early = Said("four", "first", published="2026-03-03")
    replaced = Related("conflict", "superseded", "It was four before.", 0.97, 0.0)
    table = {**relations([late, against]), (0, 2): replaced, (1, 2): replaced}
    assert statuses(judged([late, against]))["It was nine."] == {"contested"}
    assert statuses(judged([late, against, early], between=table))["It was nine."] == {"contested"}


def test_articles_and_origins_are_counted_apart() -> None:
    (found,) = judged([ELEVEN, *copies(ELEVEN, 5), replace(ELEVEN, article="other")]).found
    assert (found.articles, found.origins) == (7, 2)


def test_one_finding_alone_decides_the_status_of_the_answer() -> None:
    assert judged([ELEVEN]).standing == judged([ELEVEN]).found[0].standing


def test_an_answer_of_several_findings_has_the_status_of_its_best() -> None:
    part = judged([ELEVEN, replace(NINE, certainty="hedged")], type_of=lambda *_: None)
    assert part.standing.status == "single_source"


@given(a_few())
def test_there_is_a_finding_for_every_group_in_order(some: list[Said]) -> None:
    part = judged(some)
    places = [at for one in part.found for at in one.group.members]
    assert sorted(places) == list(range(len(some)))


@given(a_few())
def test_a_conflict_always_has_two_sides_that_assert_something(some: list[Said]) -> None:
    for clash in judged(some).clashes:
        assert len(clash.sides) >= 2
        for side in clash.sides:
            assert any(some[at].certainty not in DOUBTFUL for at in side.members)


@given(a_few(certainties=DOUBTFUL))
def test_hedges_and_rumours_alone_contest_and_confirm_nothing(some: list[Said]) -> None:
    part = judged(some)
    assert part.clashes == []
    assert {one.standing.status for one in part.found} == {"unconfirmed"}
    assert part.standing.status == "unconfirmed"


@given(st.data(), a_few(), KINDS)
def test_shuffling_claims_and_renaming_outlets_change_no_status_and_no_side(
    data: st.DataObject, some: list[Said], kind: ConflictType
) -> None:
    before = judged(some, type_of=lambda *_: kind)
    order = data.draw(st.permutations(some))
    renamed = [replace(one, publisher="Another Name", article=f"new {one.article}") for one in order]
    shuffled = judged(renamed, type_of=lambda *_: kind)
    assert statuses(shuffled) == statuses(before)
    assert sides(shuffled) == sides(before)
    assert (shuffled.standing.status == "contested") == (before.standing.status == "contested")


@given(a_few(), st.integers(0, 5), KINDS)
def test_ten_copies_of_one_side_change_no_status_and_no_side(some: list[Said], at: int, kind: ConflictType) -> None:
    repeated = copies(some[at % len(some)], 10)
    before, after = (judged(these, type_of=lambda *_: kind) for these in (some, [*some, *repeated]))
    assert statuses(after) == statuses(before)
    assert sides(after) == sides(before)
    assert after.standing.status == before.standing.status


@given(a_few(values=("nine",)), a_few(values=("eleven", "forty")), KINDS)
def test_contradicting_evidence_never_makes_a_finding_firmer(
    some: list[Said], against: list[Said], kind: ConflictType
) -> None:
    (before,) = judged(some, type_of=lambda *_: kind).found
    against = [replace(one, article=f"against {one.article}") for one in against]
    after = judged([*some, *against], type_of=lambda *_: kind).found[0]
    assert after.group == before.group
    assert FIRMNESS.index(after.standing.status) <= FIRMNESS.index(before.standing.status)


@given(a_few(values=("nine",), most=3), a_few(values=("eleven",), most=3), KINDS)
def test_contradicting_evidence_never_makes_the_answer_firmer(
    some: list[Said], against: list[Said], kind: ConflictType
) -> None:
    before = judged(some, type_of=lambda *_: kind).standing.status
    against = [replace(one, article=f"against {one.article}") for one in against]
    after = judged([*some, *against], type_of=lambda *_: kind).standing.status
    assert FIRMNESS.index(after) <= FIRMNESS.index(before)


def test_the_order_of_three_sides_changes_nothing() -> None:
    some = [NINE, ELEVEN, Said("forty", "third")]
    found = [sides(judged(list(order), between=relations(order))) for order in permutations(some)]
    assert all(one == found[0] for one in found)
