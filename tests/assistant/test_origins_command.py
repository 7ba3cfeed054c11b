"""`crosscheck origins` and what `articles show` says of origins: real processes, the real model."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

import pytest

from assistant.summaries import origin_text, same_origin_text
from corpus.origins import Link, Origin
from tests.conftest import ROOT, Crosscheck

FIXTURE = ROOT / "tests" / "corpus" / "origins.jsonl"


@pytest.fixture(scope="module")
def workspace(crosscheck: Crosscheck, tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("origins") / "workspace"
    crosscheck("ingest", FIXTURE, "-w", folder)
    return folder


def printed(crosscheck: Crosscheck, workspace: Path, *flags: str) -> list[dict[str, object]]:
    return [json.loads(line) for line in crosscheck("origins", "-w", workspace, *flags).stdout.splitlines()]


def articles(row: dict[str, object]) -> tuple[str, ...]:
    found = row["articles"]
    assert isinstance(found, list)
    return tuple(found)


def test_copies_rewrites_and_abridgements_have_one_origin_and_look_alikes_their_own(
    crosscheck: Crosscheck, workspace: Path
) -> None:
    expected = defaultdict(set)
    for line in FIXTURE.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        expected[row["origin"]].add(row["id"])
    found = {frozenset(articles(row)) for row in printed(crosscheck, workspace)}
    assert found == {frozenset(ids) for ids in expected.values()}


def test_an_origin_names_its_articles_and_what_links_them(crosscheck: Crosscheck, workspace: Path) -> None:
    rows = [row for row in printed(crosscheck, workspace) if len(articles(row)) > 1]
    assert [len(articles(row)) for row in rows] == [5, 2]
    assert rows[1] == {
        "origin": rows[1]["origin"],
        "articles": ["tamsel-wire", "tamsel-wire-rewrite"],
        "reason": "Linked by credit to Coastline Wire.",
    }


def test_show_says_with_which_articles_one_shares_its_origin_and_why(crosscheck: Crosscheck, workspace: Path) -> None:
    done = crosscheck("articles", "show", "orrin-rewrite", "-w", workspace)
    assert "Same origin as orrin-via: both credit Halden Gazette." in done.stderr
    credit = "orrin-rewrite credits Halden Gazette, which published orrin-original."
    assert f"Same origin as orrin-original: {credit}" in done.stderr
    assert "Same origin" not in done.stdout
    assert "Same origin" not in crosscheck("articles", "show", "orrin-own", "-w", workspace).stderr


def test_the_sample_has_the_origins_that_were_planted_in_it(crosscheck: Crosscheck, sample_workspace: Path) -> None:
    # The fourth says of what it tells of the talks that it goes back to CNBC, as the first does.
    shared = [articles(row) for row in printed(crosscheck, sample_workspace) if len(articles(row)) > 1]
    assert shared == [("maia-talks-pelham", "maia-talks-eastmere", "maia-rewrite-harrowfield", "maia-status-brasswell")]


def test_people_read_a_line_an_article() -> None:
    origin = Origin("o-1", ("a", "b"), (Link("a", "b", "credit", outlet="Reuters"),))
    assert origin_text(origin) == "o-1: 2 articles. Linked by credit to Reuters.\n  a\n  b"


def test_many_links_are_counted_where_they_are_not_shown() -> None:
    links = [Link("a", f"b{number}", "copy", share=0.5) for number in range(12)]
    lines = same_origin_text("a", links).splitlines()
    assert lines[0] == "Same origin as b0: 50% of the shorter text stands in the other, word for word."
    assert (len(lines), lines[-1]) == (11, "And as 2 more; all of them: crosscheck origins")
    assert same_origin_text("a", []) == ""
