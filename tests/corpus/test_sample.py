"""The sample corpus keeps its promises: what `planted.jsonl` and its README say is really in the articles.

Looks at the raw files only, so that it holds whatever the readers do with them.
"""

from __future__ import annotations

import json
import re
from collections import Counter
from pathlib import Path
from typing import NamedTuple, TypedDict

import pytest

import corpus

SAMPLE = Path(corpus.__file__).parent / "sample"
FILES = sorted(path for path in (SAMPLE / "articles").rglob("*") if path.is_file())
README = (SAMPLE / "README.md").read_text(encoding="utf-8")

CONFLICT_TYPES = {"number", "date", "identity", "polarity", "attribution", "superseded", None}
RELATIONS = {
    "number_conflict",
    "date_conflict",
    "identity_conflict",
    "polarity_conflict",
    "attribution_conflict",
    "denial",
    "superseded",
    "agreement",
    "look_alike",
    "reprint",
    "unconfirmed",
    "party_claim",
    "not_covered",
}
BODY = {
    ".md": re.compile(r"\A---\n.*?\n---\n(.*)\Z", re.DOTALL),
    ".html": re.compile(r"<article>(.*)</article>", re.DOTALL),
    ".txt": re.compile(r"(.*)", re.DOTALL),
}


class Raw(NamedTuple):
    """An article as it stands in its file, and the part of it that a reader keeps."""

    id: str
    source: str
    body: str


class Side(TypedDict):
    article_id: str
    quote: str
    value: str


class Planted(TypedDict):
    relation: str
    type: str | None
    question: str
    sides: list[Side]
    note: str


def raw_articles(path: Path) -> list[Raw]:
    source = path.read_text(encoding="utf-8")
    if path.suffix == ".jsonl":
        rows = [json.loads(line) for line in source.splitlines()]
        return [Raw(row["id"], source, row["text"]) for row in rows]
    found = BODY[path.suffix].search(source)
    assert found, f"{path.name} has no article body"
    return [Raw(path.stem, source, re.sub(r"<[^>]+>", " ", found[1]))]


ARTICLES = [article for path in FILES for article in raw_articles(path)]
BY_ID = {article.id: article for article in ARTICLES}
PLANTED: list[Planted] = [
    json.loads(line) for line in (SAMPLE / "planted.jsonl").read_text(encoding="utf-8").splitlines()
]


def test_there_are_about_thirty_articles() -> None:
    assert 30 <= len(ARTICLES) <= 34


def test_an_article_id_is_unique_over_the_whole_sample() -> None:
    ids = [article.id for article in ARTICLES] + [path.stem for path in FILES if path.suffix == ".jsonl"]
    assert [name for name, times in Counter(ids).items() if times > 1] == []


def test_the_sample_shows_off_four_formats() -> None:
    assert {path.suffix for path in FILES} == {".md", ".txt", ".html", ".jsonl"}


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_an_article_is_short_and_listed_in_the_readme(article: Raw) -> None:
    assert 120 <= len(article.body.split()) <= 350
    assert f"| `{article.id}` |" in README


@pytest.mark.parametrize("article", ARTICLES, ids=lambda article: article.id)
def test_every_address_is_reserved_for_examples(article: Raw) -> None:
    hosts = re.findall(r"https?://([^/\s\"]+)", article.source)
    assert all(host.endswith(".example") for host in hosts)


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted["question"])
def test_every_planted_quote_stands_once_in_its_article(planted: Planted) -> None:
    for side in planted["sides"]:
        assert BY_ID[side["article_id"]].body.count(side["quote"]) == 1, side["quote"]


@pytest.mark.parametrize("planted", PLANTED, ids=lambda planted: planted["question"])
def test_a_planted_row_uses_the_closed_sets_and_has_the_sides_it_needs(planted: Planted) -> None:
    assert planted["relation"] in RELATIONS
    assert planted["type"] in CONFLICT_TYPES
    assert (planted["sides"] == []) == (planted["relation"] == "not_covered")
    if planted["type"] is not None:
        assert len(planted["sides"]) >= 2


def test_every_relation_is_planted_and_there_are_at_least_thirty_rows() -> None:
    assert {planted["relation"] for planted in PLANTED} == RELATIONS
    assert len(PLANTED) >= 30


def test_the_readme_has_the_same_table_as_the_file_for_machines() -> None:
    missing = [planted["question"] for planted in PLANTED if f"| {planted['question']} |" not in README]
    assert missing == []


def test_every_article_has_something_planted_in_it() -> None:
    used = {side["article_id"] for planted in PLANTED for side in planted["sides"]}
    assert set(BY_ID) == used


def test_the_reprint_repeats_its_original_word_for_word_under_another_headline() -> None:
    original, reprint = BY_ID["maia-talks-pelham"], BY_ID["maia-talks-eastmere"]
    assert original.body == reprint.body
    assert original.source != reprint.source
