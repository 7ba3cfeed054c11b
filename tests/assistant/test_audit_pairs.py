"""Which sentences an audit compares: those of different articles that share words and differ in what can contradict."""

from __future__ import annotations

import json
from collections.abc import Sequence
from pathlib import Path

import pytest

from assistant.audit_pairs import PlacedPair, pairs, worth
from assistant.audit_policy import AuditPolicy
from assistant.audit_shelf import is_checkable
from assistant.comparing.rarity import EVEN
from assistant.comparing.statement import Statement
from index.workspace import open_workspace
from tests.fakes import bring_in

POLICY = AuditPolicy()


def worthy(a: str, b: str) -> bool:
    one = worth(Statement(a), Statement(b), EVEN, POLICY)
    assert one == worth(Statement(b), Statement(a), EVEN, POLICY)
    return one > 0


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Nine people died when the ferry sank.", "Eleven people died in the sinking of the ferry."),
        ("The bridge opened to traffic on 25 April 2026.", "The bridge opened to traffic in October 2025."),
        ("Mayor Edda Corvale has resigned.", "Mayor Edda Corvale has not resigned."),
    ],
)
def test_another_figure_date_or_a_denial_is_worth_comparing(a: str, b: str) -> None:
    assert worthy(a, b)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Nine people died when the ferry sank.", "Nine people died when the ferry sank."),
        ("Nine people died when the ferry sank.", "The harbour has not been closed."),
        ("Nine people died when the ferry sank.", "Eleven shops in Vendrey sell plum cake."),
        (
            "Sales fell by 5% although prices rose by 50% in the week.",
            "In the week, sales fell by 5% although prices rose by 50% in Vendrey.",
        ),
        ("The judges wrote the opinion on the prayers.", "The judges wrote the opinion, which was not long."),
        ("The ferry sank in the fog off the harbour.", "The ferry sank off the harbour in the fog that day."),
    ],
)
def test_the_same_or_something_else_is_not(a: str, b: str) -> None:
    assert not worthy(a, b)


def test_a_sentence_with_nothing_to_contradict_is_not_looked_at() -> None:
    assert is_checkable(Statement("Nine people died on the ferry."))
    assert not is_checkable(Statement("the weather was calm and the water cold"))
    assert not is_checkable(Statement("Date: 12 March"))
    assert not is_checkable(Statement("Ada Lind/Getty Images Fans of Vendrey celebrate on 12 March."))


def found(folder: Path, texts: Sequence[str]) -> list[PlacedPair]:
    file = folder / "articles.jsonl"
    rows = [{"id": f"a{at}", "text": text} for at, text in enumerate(texts)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    bring_in(folder / "w", file)
    seen: list[tuple[int, int]] = []
    with open_workspace(folder / "w") as opened, opened.reading() as (view, derived):
        some = pairs(view, derived, POLICY, looked=lambda done, total: seen.append((done, total)))
    assert seen[-1] == (len(texts), len(texts))
    return some


def test_pairs_are_of_different_articles_each_once_and_quote_where_they_stand(tmp_path: Path) -> None:
    texts = (
        "Nine people died when the ferry Sandlark sank.\nTen people died when the ferry Sandlark sank.",
        "Eleven people died when the ferry Sandlark sank.",
    )
    some = found(tmp_path, texts)
    assert len(some) == 2
    for pair in some:
        assert pair.a.article.id < pair.b.article.id
        for placed in (pair.a, pair.b):
            sentence = placed.sentence
            assert placed.article.text[sentence.start : sentence.end] == placed.statement.text


def test_articles_about_different_people_are_not_set_beside_each_other(tmp_path: Path) -> None:
    text = "A fake report said that {0} died. The singer was dead at {1}, it said. Fans of {0} mourned {0}."
    assert found(tmp_path, [text.format("Edda Corvale", "52"), text.format("Joran Velk", "81")]) == []


def test_an_article_that_gives_both_values_contradicts_nobody(tmp_path: Path) -> None:
    texts = (
        "Nine people died when the ferry Sandlark sank.\nThe harbour had said that eleven people died on it.",
        "Eleven people died when the ferry Sandlark sank.",
    )
    assert found(tmp_path, texts) == []


def test_work_is_bounded_whatever_the_number_of_articles_about_one_thing(tmp_path: Path) -> None:
    texts = [f"The ferry Sandlark carried {number} people on Tuesday." for number in range(20, 60)]
    assert len(found(tmp_path, texts)) <= len(texts) * POLICY.per_sentence
