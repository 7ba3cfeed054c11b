"""Articles that are not of whom they say: quoted, told of, and without any weight in what follows."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.doubting import doubts_of
from assistant.findings import overall
from assistant.models import Citation
from assistant.standing import standing
from tests.assistant.claiming import Said, claimed, judged, sides
from tests.assistant.test_standing import saying

SPOOFED = "Reut\u0435rs"
"""With a Cyrillic e."""


def spoofed(some: Sequence[Said]) -> list[Said]:
    return [replace(one, article=f"spoof {at}", publisher=SPOOFED, origin=f"o{at}") for at, one in enumerate(some)]


def citation(number: int, publisher: str | None, url: str | None = None) -> Citation:
    return Citation(
        number=number, article_id=f"a{number}", revision=1, title=None, publisher=publisher, author=None, url=url,
        published=None, quote="x", start=0, end=1, sha256="0", score=0.5,
    )  # fmt: skip


def test_a_spoofed_article_is_no_second_origin() -> None:
    honest = Said("nine", "a")
    assert standing([claimed(honest), claimed(Said("nine", "b"))]).status == "confirmed"
    assert standing([claimed(honest), *map(claimed, spoofed([honest]))]).status == "single_source"


def test_what_only_a_spoofed_article_says_is_unconfirmed_even_if_it_names_an_official() -> None:
    found = standing([claimed(replace(Said("nine", "a", "official"), publisher=SPOOFED))])
    assert found.status == "unconfirmed"
    assert (
        found.reason
        == "The article that states it says it is of Reuters, but in letters that only look like those of that name."
    )


@given(saying(), saying())
def test_spoofed_articles_change_no_standing_whatever_they_say(some: list[Said], more: list[Said]) -> None:
    claims, spoofs = list(map(claimed, some)), list(map(claimed, spoofed(more)))
    assert standing([*claims, *spoofs]) == standing([*spoofs, *claims]) == standing(claims)


values = st.sampled_from(["nine", "ten", "eleven"])


@given(st.lists(values, min_size=1, max_size=4), st.lists(values, max_size=4), st.booleans())
def test_spoofed_articles_make_and_unmake_no_conflict(honest: list[str], fake: list[str], first: bool) -> None:
    some = [Said(value, f"a{at}") for at, value in enumerate(honest)]
    spoofs = spoofed([Said(value, "x") for value in fake])
    alone, together = judged(some), judged([*spoofs, *some] if first else [*some, *spoofs])
    assert sides(together) == sides(alone)
    status = overall(alone.found, alone.clashes, alone.claims, doubted=alone.doubted).status
    assert overall(together.found, together.clashes, together.claims, doubted=together.doubted).status == status


def test_the_origins_of_a_finding_are_those_of_known_publishers() -> None:
    honest = Said("nine", "a")
    (found,) = judged([honest, *spoofed([honest, honest])]).found
    assert (found.articles, found.origins) == (3, 1)


def test_the_warning_names_the_citations_and_what_is_wrong() -> None:
    cited = [
        citation(1, "Reuters", "https://www.reuters.com/1"),
        citation(2, "Reuters", "https://reuters.com.evil.example/1"),
        citation(3, "Veyle Post", "https://post.example/1"),
        citation(4, "Reuters", "https://x.evil.example/2"),
    ]
    assert doubts_of(cited) == [
        "[2] (and so [4]) says it is of Reuters, but its address is on evil.example; nobody vouches for that."
    ]


@pytest.mark.parametrize("publisher", [None, "", "Veyle Post", "Reuters"])
def test_nothing_is_said_of_citations_that_nobody_need_doubt(publisher: str | None) -> None:
    assert doubts_of([citation(1, publisher), citation(2, publisher, "https://reuters.com/1")]) == []
