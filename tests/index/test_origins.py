"""Origins in the store: kept up to date by every ingest, the same whatever the order, seen a generation at a time.

All is real but the encoder.
"""

from __future__ import annotations

import json
import random
import sqlite3
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.origins import RULES, Link, Trace, link
from index import origins as tracks
from index.indexable import passage_rows, vectors
from index.schema import ORIGIN_TABLES
from index.store import Store
from index.view import View
from index.workspace import STORE_FILE, open_workspace
from tests.conftest import ROOT
from tests.fakes import bring_in

FIXTURE = Path(__file__).parent.parent / "corpus" / "origins.jsonl"
ROWS: list[dict[str, str]] = [json.loads(line) for line in FIXTURE.read_text(encoding="utf-8").splitlines()]
COPIES = [row for row in ROWS if row["id"] in ("orrin-original", "orrin-copy", "orrin-abridged")]
Groups = set[frozenset[str]]


def write(path: Path, rows: list[dict[str, str]]) -> Path:
    path.write_text("".join(json.dumps(row) + "\n" for row in rows), encoding="utf-8")
    return path


def groups(view: View) -> Groups:
    return {frozenset(origin.articles) for origin in view.origins()}


def seen(workspace: Path) -> Groups:
    with open_workspace(workspace) as opened, opened.viewing() as view:
        return groups(view)


def counts(store: Store) -> dict[str, int]:
    return {
        table: store.connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0]
        for table in ("traces", "credits", "runs", "links")
    }


def test_ingest_finds_copies_and_abridgements(tmp_path: Path) -> None:
    bring_in(tmp_path / "w", write(tmp_path / "a.jsonl", COPIES))
    assert seen(tmp_path / "w") == {frozenset(row["id"] for row in COPIES)}


def test_a_copy_that_comes_later_joins_its_original(tmp_path: Path) -> None:
    for row in COPIES:
        bring_in(tmp_path / "w", write(tmp_path / f"{row['id']}.jsonl", [row]))
    assert seen(tmp_path / "w") == {frozenset(row["id"] for row in COPIES)}


def test_a_revised_copy_leaves_its_original(tmp_path: Path) -> None:
    bring_in(tmp_path / "w", write(tmp_path / "a.jsonl", COPIES[:2]))
    other = COPIES[1] | {"text": "A bakery in the harbour of Norvik has won a prize for its rye bread this year. " * 3}
    bring_in(tmp_path / "w", write(tmp_path / "a.jsonl", [COPIES[0], other]))
    assert seen(tmp_path / "w") == {frozenset({"orrin-original"}), frozenset({"orrin-copy"})}


def test_removing_what_held_two_together_parts_them_and_leaves_no_trace(tmp_path: Path) -> None:
    bring_in(tmp_path / "w", write(tmp_path / "a.jsonl", COPIES))
    with open_workspace(tmp_path / "w") as opened:
        opened.remove([row["id"] for row in COPIES])
        assert counts(opened.store) == {"traces": 0, "credits": 0, "runs": 0, "links": 0}


def test_a_reader_of_an_earlier_generation_sees_its_origins(tmp_path: Path) -> None:
    bring_in(tmp_path / "w", write(tmp_path / "a.jsonl", COPIES[:2]))
    with open_workspace(tmp_path / "w") as opened:
        before = opened.store.generation
        opened.store.remove(["orrin-copy"])
        assert groups(View(opened.store, before)) == {frozenset({"orrin-original", "orrin-copy"})}
        assert groups(View(opened.store, before + 1)) == {frozenset({"orrin-original"})}


@settings(max_examples=8, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.permutations(ROWS), st.integers(1, len(ROWS) - 1))
def test_the_order_of_ingest_changes_nothing(
    tmp_path_factory: pytest.TempPathFactory, order: list[dict[str, str]], cut: int
) -> None:
    folder = tmp_path_factory.mktemp("order")
    bring_in(folder / "whole", write(folder / "all.jsonl", ROWS))
    for name, part in (("one", order[:cut]), ("two", order[cut:])):
        bring_in(folder / "parts", write(folder / f"{name}.jsonl", part))
    assert seen(folder / "parts") == seen(folder / "whole")


def test_the_origin_of_a_few_is_the_one_that_the_whole_gives_them(tmp_path: Path) -> None:
    bring_in(tmp_path / "w", write(tmp_path / "a.jsonl", ROWS))
    with open_workspace(tmp_path / "w") as opened, opened.viewing() as view:
        ids = dict(opened.store.connection.execute("SELECT number, id FROM articles"))
        whole = {article: origin.name for origin in view.origins() for article in origin.articles}
        few = random.Random(1).sample(sorted(ids), 4)
        assert view.origins_of(few) == {number: whole[ids[number]] for number in few}
        assert view.origins_of([]) == {}


def test_links_of_an_article_are_those_it_takes_part_in(tmp_path: Path) -> None:
    bring_in(tmp_path / "w", write(tmp_path / "a.jsonl", COPIES))
    with open_workspace(tmp_path / "w") as opened, opened.viewing() as view:
        assert {frozenset((link.article, link.other)) for link in view.links_of("orrin-copy")} == {
            frozenset({"orrin-copy", "orrin-original"}),
            frozenset({"orrin-copy", "orrin-abridged"}),
        }
        assert view.links_of("nobody") == []


def as_of_format_2(workspace: Path) -> None:
    """Takes out what format 3 added."""
    connection = sqlite3.connect(workspace / STORE_FILE, isolation_level=None)
    for index in ("revisions_by_birth", "revisions_by_death", "revisions_by_publisher"):
        connection.execute(f"DROP INDEX {index}")
    for table, column in (
        ("revisions", "seen"),
        *((table, "checksum") for table in ("revisions", "passages", "links")),
    ):
        connection.execute(f"ALTER TABLE {table} DROP COLUMN {column}")
    connection.execute("ALTER TABLE articles DROP COLUMN checksum")
    connection.execute("UPDATE vectors SET vector = substr(vector, 1, length(vector) - 4)")
    connection.execute("UPDATE meta SET value = '2' WHERE key = 'format'")
    connection.close()


def as_of_format_1(workspace: Path) -> None:
    as_of_format_2(workspace)
    connection = sqlite3.connect(workspace / STORE_FILE)
    for line in ORIGIN_TABLES.splitlines():
        if line.startswith("CREATE TABLE"):
            connection.execute(f"DROP TABLE {line.split()[2]}")
    connection.execute("UPDATE meta SET value = '1' WHERE key = 'format'")
    connection.execute("DELETE FROM meta WHERE key = 'origins'")
    connection.commit()
    connection.close()


def test_a_workspace_of_format_1_is_brought_up_to_date_and_filled_by_the_next_ingest(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", COPIES)
    bring_in(tmp_path / "w", file)
    as_of_format_1(tmp_path / "w")
    with open_workspace(tmp_path / "w") as opened, opened.viewing() as view:
        assert not view.origins_known
        assert len(view.origins()) == 3
    summary = bring_in(tmp_path / "w", file)
    assert (summary.unchanged, summary.embedded) == (3, 0)
    with open_workspace(tmp_path / "w") as opened, opened.viewing() as view:
        assert view.origins_known
        assert len(view.origins()) == 1


def test_a_workspace_of_format_2_is_brought_up_to_date_with_checksums_that_hold(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", COPIES)
    bring_in(tmp_path / "w", file)
    as_of_format_2(tmp_path / "w")
    with open_workspace(tmp_path / "w") as opened, opened.reading() as (view, _):
        assert len(view.origins()) == 1
        assert len(list(passage_rows(view))) == len(vectors(view)) == view.sizes().passages
        assert [row.seen for row in view.revisions("orrin-copy")] == [None]
    summary = bring_in(tmp_path / "w", file)
    assert (summary.unchanged, summary.embedded) == (3, 0)


def test_other_rules_make_the_next_ingest_trace_all_anew_once(tmp_path: Path) -> None:
    file = write(tmp_path / "a.jsonl", ROWS)
    bring_in(tmp_path / "w", file)
    with open_workspace(tmp_path / "w") as opened:
        found = counts(opened.store)
        opened.store.connection.execute("UPDATE meta SET value = '0' WHERE key = 'origins'")
        opened.store.connection.execute("DELETE FROM links")
    bring_in(tmp_path / "w", file)
    with open_workspace(tmp_path / "w") as opened:
        assert counts(opened.store) == found
        assert opened.store.meta("origins") == RULES


def test_a_word_run_that_all_articles_share_does_not_make_a_new_one_look_at_all(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    footer = "All rights reserved by the printing house of Norvik and its heirs. " * 3
    words = [f"w{number}" for number in range(300)]
    rows = [{"id": f"n{n}", "text": f"{' '.join(random.Random(n).choices(words, k=200))} {footer}"} for n in range(40)]
    bring_in(tmp_path / "w", write(tmp_path / "a.jsonl", rows[1:]))
    compared: list[str] = []

    def counting(one: Trace, other: Trace) -> Link | None:
        compared.append(other.id)
        return link(one, other)

    monkeypatch.setattr(tracks, "link", counting)
    monkeypatch.setattr(tracks, "_OF_A_RUN", 4)
    bring_in(tmp_path / "w", write(tmp_path / "b.jsonl", rows[:1]))
    assert 1 <= len(compared) <= 5


def test_who_only_reads_loads_none_of_the_patterns() -> None:
    code = "import sys, index.view, index.workspace; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert {"corpus.credits", "corpus.outlets", "corpus.tracing", "index.origins"}.isdisjoint(loaded.split())
