"""Groups of claims that say the same, and the conflicts between them, from a table of relations."""

from __future__ import annotations

from dataclasses import replace

from hypothesis import given
from hypothesis import strategies as st

from assistant.conflicts import Group, clashes, groups
from assistant.models import ConflictType
from tests.assistant.claiming import Said, claimed, copies, related, relations

VALUES = ("nine", "eleven", "forty", "a dozen")


def grouped(some: list[Said]) -> list[tuple[int, ...]]:
    return [group.members for group in groups([claimed(one) for one in some], relations(some))]


def a_few(values: tuple[str, ...] = VALUES) -> st.SearchStrategy[list[Said]]:
    one = st.builds(Said, value=st.sampled_from(values), article=st.integers(0, 10**6).map(str))
    return st.lists(one, min_size=1, max_size=7, unique_by=lambda said: said.article)


def test_claims_that_agree_are_one_group_best_first() -> None:
    assert grouped([Said("nine", "a"), Said("eleven", "b"), Said("nine", "c")]) == [(0, 2), (1,)]
    assert Group((2, 0)).best == 2


def test_claims_that_were_never_compared_stay_apart() -> None:
    claims = [claimed(Said("nine", "a")), claimed(Said("nine", "b"))]
    assert groups(claims, {}) == [Group((0,)), Group((1,))]
    assert clashes(groups(claims, {}), {}) == []


def test_who_contradicts_one_member_does_not_join_the_others() -> None:
    claims = [claimed(Said("nine", name)) for name in "abc"]
    table = {(0, 1): related("x", "x"), (0, 2): related("x", "x"), (1, 2): related("x", "y")}
    assert [group.members for group in groups(claims, table)] == [(0, 1), (2,)]


def test_two_sentences_of_one_article_that_another_bears_out_are_one_group_in_any_order() -> None:
    first, second = Said("nine", "wire"), Said("nine", "wire", text="Nine, to be exact: nine.")
    other = Said("nine", "gazette")
    assert grouped([first, other, second]) == [(0, 1, 2)]
    assert grouped([first, second, other]) == [(0, 1, 2)]


def test_no_claims_make_no_groups_and_no_conflicts() -> None:
    assert groups([], {}) == []
    assert clashes([], {}) == []


def test_three_figures_are_one_conflict_with_three_sides_in_the_order_of_their_best_claims() -> None:
    some = [Said("nine", "a"), Said("eleven", "b"), Said("eleven", "c"), Said("forty", "d")]
    claims, table = [claimed(one) for one in some], relations(some)
    (clash,) = clashes(groups(claims, table), table)
    assert clash.type == "number"
    assert [side.members for side in clash.sides] == [(0,), (1, 2), (3,)]


def test_what_can_both_hold_is_no_side() -> None:
    def kind(one: str, other: str) -> ConflictType | None:
        return None if "a dozen" in (one, other) else "number"

    some = [Said("nine", "a"), Said("a dozen", "b"), Said("forty", "c")]
    claims, table = [claimed(one) for one in some], relations(some, kind)
    (clash,) = clashes(groups(claims, table), table)
    assert [side.members for side in clash.sides] == [(0,), (2,)]


def test_each_type_is_a_conflict_of_its_own_the_most_certain_first() -> None:
    claims = [claimed(Said(value, value)) for value in ("nine", "eleven", "forty")]
    number, dates = related("nine", "eleven"), replace(related("nine", "forty"), type="date", conflict=0.97)
    found = clashes(groups(claims, {}), {(0, 1): number, (0, 2): dates})
    assert [(clash.type, clash.strongest.score) for clash in found] == [("date", 0.97), ("number", 0.9)]


def test_the_clearest_pair_of_two_groups_gives_the_reason() -> None:
    claims = [claimed(Said(value, name)) for value, name in (("nine", "a"), ("eleven", "b"), ("eleven", "c"))]
    clear = replace(related("nine", "eleven"), conflict=0.99, reason="The clear one.")
    table = {(0, 1): related("nine", "eleven"), (0, 2): clear, (1, 2): related("eleven", "eleven")}
    (clash,) = clashes(groups(claims, table), table)
    assert (clash.strongest.reason, clash.strongest.score) == ("The clear one.", 0.99)


@given(a_few())
def test_every_claim_is_in_exactly_one_group(some: list[Said]) -> None:
    places = [at for members in grouped(some) for at in members]
    assert sorted(places) == list(range(len(some)))
    assert [members[0] for members in grouped(some)] == sorted(members[0] for members in grouped(some))


@given(a_few())
def test_no_side_of_a_conflict_holds_claims_that_contradict_each_other(some: list[Said]) -> None:
    for members in grouped(some):
        assert len({some[at].value for at in members}) == 1


@given(st.data(), a_few())
def test_shuffled_claims_fall_into_the_same_groups(data: st.DataObject, some: list[Said]) -> None:
    def named(these: list[Said]) -> set[frozenset[str]]:
        return {frozenset(these[at].article for at in members) for members in grouped(these)}

    assert named(data.draw(st.permutations(some))) == named(some)


@given(a_few(), st.integers(0, 6), st.integers(1, 10))
def test_copies_join_the_group_of_their_original(some: list[Said], at: int, count: int) -> None:
    original = some[at % len(some)]
    assert len(grouped([*some, *copies(original, count)])) == len(grouped(some))
