"""What makes two articles one origin, and what follows for all of them. Vectors are given, not embedded."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date, timedelta
from itertools import combinations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from corpus.origins import WINDOW, Link, Trace, link, origins
from corpus.shingles import sketch

DAY = date(2026, 2, 3)
STORY = np.array([1.0, 0.0], dtype=np.float32)
LIKE_IT = np.array([0.8, 0.6], dtype=np.float32)
NAMES = frozenset({"orrin", "skell", "dray"})
WORDS = [f"word{n}" for n in range(500)]


def prose(seed: int, count: int = 400) -> str:
    return " ".join(random.Random(seed).choices(WORDS, k=count))


def trace(
    id_: str,
    *credited: str,
    text: str = "",
    publisher: str | None = None,
    published: date | None = DAY,
    names: Iterable[str] = NAMES,
    vector: np.ndarray[tuple[int], np.dtype[np.float32]] = STORY,
) -> Trace:
    return Trace(
        id=id_, published=published, publisher=publisher, credits=frozenset(credited), names=frozenset(names),
        sketch=sketch(text), vector=vector,
    )  # fmt: skip


def test_a_copy_has_the_origin_of_its_original() -> None:
    found = link(trace("a", text=prose(1)), trace("b", text="Another headline\n" + prose(1)))
    assert found is not None
    assert found.kind == "copy"
    assert found.reason.endswith("of the shorter text stands in the other, word for word")


def test_an_abridgement_has_the_origin_of_its_original() -> None:
    assert link(trace("a", text=prose(1)), trace("b", text=prose(1)[:900])) is not None


def test_two_that_credit_one_outlet_have_one_origin() -> None:
    found = link(trace("b", "Reuters", text=prose(1)), trace("a", "Reuters", "CNN", text=prose(2)))
    assert found == Link("a", "b", "credit", outlet="Reuters")
    assert found.reason == "both credit Reuters"


def test_one_that_credits_the_publisher_of_another_has_its_origin() -> None:
    found = link(trace("a", publisher="Halden Gazette"), trace("b", "Halden Gazette"))
    assert found == Link("b", "a", "publisher", outlet="Halden Gazette")
    assert found.reason == "b credits Halden Gazette, which published a"


def test_being_about_the_same_is_not_enough() -> None:
    assert link(trace("a", text=prose(1)), trace("b", text=prose(2))) is None
    assert link(trace("a", "Reuters"), trace("b", "Agence France-Presse")) is None
    assert link(trace("a", publisher="Halden Gazette"), trace("b", publisher="Halden Gazette")) is None


def test_look_alikes_told_by_one_agency_stay_apart() -> None:
    orrin, tamsel = trace("a", "Reuters"), trace("b", "Reuters", names={"tamsel", "corrie", "pell"}, vector=LIKE_IT)
    assert link(orrin, tamsel) is None


def test_a_quotation_that_both_hold_is_not_enough() -> None:
    quotation = " ".join(WORDS[:30])
    assert link(trace("a", text=f"{prose(1)} {quotation}"), trace("b", text=f"{quotation} {prose(2)}")) is None


def test_two_with_own_credits_need_more_common_text_than_two_without() -> None:
    common, one, other = prose(1, 120), prose(2, 280), prose(3, 280)
    assert link(trace("a", text=common + one), trace("b", text=common + other)) is not None
    assert link(trace("a", "CNN", text=common + one), trace("b", "BBC", text=common + other)) is None


def test_weeks_part_what_days_do_not_and_missing_dates_part_nothing() -> None:
    first = trace("a", "Reuters")
    assert link(first, trace("b", "Reuters", published=DAY + timedelta(WINDOW))) is not None
    assert link(first, trace("b", "Reuters", published=DAY + timedelta(WINDOW + 1))) is None
    assert link(first, trace("b", "Reuters", published=None)) is not None


def test_an_origin_is_named_for_its_first_article_and_says_why() -> None:
    articles = {"a": "2026-02-05", "b": None, "c": "2026-02-03", "d": "2026-02-04"}
    links = [Link("a", "c", "copy", share=0.9), Link("b", "c", "credit", outlet="Reuters")]
    first, second = origins(articles, links)
    assert first.articles == ("c", "a", "b")
    assert first.reason == "Linked by credit to Reuters and by shared text."
    assert (second.articles, second.reason) == (("d",), "No other article shares its source.")
    assert first.name == origins({"c": None}, [])[0].name
    assert first.name.startswith("o-")


def test_links_to_articles_that_are_not_asked_about_do_not_count() -> None:
    assert len(origins({"a": None, "b": None}, [Link("a", "x", "copy"), Link("x", "b", "copy")])) == 2


@st.composite
def traces(draw: st.DrawFn) -> list[Trace]:
    made = []
    for number in range(draw(st.integers(0, 7))):
        outlets = draw(st.sets(st.sampled_from(["Reuters", "CNN"]), max_size=1))
        publisher = draw(st.sampled_from(["CNN", "BBC", None]))
        day = draw(st.sampled_from([None, DAY, DAY + timedelta(10), DAY + timedelta(20)]))
        text = prose(draw(st.integers(0, 2)), 80)
        made.append(trace(f"id{number}", *outlets, text=text, publisher=publisher, published=day))
    return made


@given(traces(), st.randoms())
def test_neither_the_order_of_articles_nor_of_links_changes_an_origin(made: list[Trace], rng: random.Random) -> None:
    def found(order: list[Trace]) -> list[tuple[str, ...]]:
        links = [made for one, other in combinations(order, 2) if (made := link(one, other))]
        rng.shuffle(links)
        return [origin.articles for origin in origins({trace.id: str(trace.published or "") for trace in order}, links)]

    assert found(made) == found(rng.sample(made, len(made)))


@given(traces())
def test_every_article_is_in_exactly_one_origin(made: list[Trace]) -> None:
    links = [found for one, other in combinations(made, 2) if (found := link(one, other))]
    members = [id_ for origin in origins(dict.fromkeys((t.id for t in made), None), links) for id_ in origin.articles]
    assert sorted(members) == sorted(trace.id for trace in made)
