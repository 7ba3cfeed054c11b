"""Whole audits over real indexes with a fake encoder and a table that compares: resumed, after re-ingest, dismissed."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import pytest

from assistant import audit_store, audit_text
from assistant.audit_models import Audit
from assistant.audit_policy import AuditPolicy
from assistant.auditing import AuditTools, audit
from assistant.comparing.relating import Related
from assistant.comparing.statement import Statement
from assistant.models import ConflictType
from assistant.status.models import Label
from corpus.models import Article, Sentence
from index.workspace import open_workspace
from tests.conftest import Crosscheck
from tests.fakes import bring_in

DIED = re.compile(r"\b(nine|ten|eleven|twelve)\b", re.IGNORECASE)
TEXTS = (
    "Nine people died when the ferry Sandlark sank.",
    "Eleven people died when the ferry Sandlark sank, the inspector said.",
    "The mayor of Vendrey has not resigned in spring.",
    "The mayor of Vendrey has resigned in spring.",
)


class Silent:
    def looked(self, done: int, total: int) -> None:
        pass

    def compared(self, done: int, total: int) -> None:
        pass


class Killed(Exception):
    pass


class Table:
    """Compares by the numbers of dead; after `most` batches it dies."""

    def __init__(self, most: int = 10**6) -> None:
        self.pairs: list[frozenset[str]] = []
        self._left = most

    def __call__(self, pairs: Sequence[tuple[Statement, Statement]]) -> list[Related]:
        if self._left == 0:
            raise Killed
        self._left -= 1
        self.pairs += [frozenset((a.text, b.text)) for a, b in pairs]
        return [self._related(a.text, b.text) for a, b in pairs]

    @staticmethod
    def _related(a: str, b: str) -> Related:
        one, other = DIED.search(a), DIED.search(b)
        if one and other and one.group().lower() != other.group().lower():
            return Related("conflict", "number", "They cannot both hold.", 0.8, 0.1)
        if ("not" in a) != ("not" in b):
            return Related("conflict", "polarity", "One says no.", 0.9, 0.0)
        return Related("compatible", None, "Both can hold.", 0.1, 0.1)


def label(article: Article, sentences: Sequence[Sentence], wanted: Sequence[Sentence]) -> list[Label]:
    """A post is a rumour, all else is stated."""
    certainty = "rumour" if article.id.startswith("post") else "stated"
    return [Label(one, "own_reporting", certainty, unconfirmed=False) for one in wanted]  # type: ignore[arg-type]


def ingest(folder: Path, texts: Sequence[str], *, prefix: str = "a") -> Path:
    file = folder / f"{prefix}.jsonl"
    rows = [{"id": f"{prefix}{at}", "text": text} for at, text in enumerate(texts)]
    file.write_text("".join(json.dumps(row) + "\n" for row in rows))
    bring_in(folder / "w", file)
    return folder / "w"


def audited(
    workspace: Path, table: Table, *, batch: int = 16, kind: ConflictType | None = None, limit: int | None = None
) -> Audit:
    tools = AuditTools(table, label, replace(AuditPolicy(), batch=batch), "hashed words", "x")
    with (
        open_workspace(workspace) as opened,
        opened.reading() as (view, derived),
        audit_store.opened(workspace, "x") as store,
    ):
        return audit(view, derived, store=store, tools=tools, events=Silent(), kind=kind, limit=limit)


def test_each_conflict_is_shown_once_with_both_quotes_exact_and_the_firmest_first(tmp_path: Path) -> None:
    found = audited(ingest(tmp_path, TEXTS), Table())
    assert [one.type for one in found.conflicts] == ["polarity", "number"]
    for one in found.conflicts:
        for side in one.sides:
            assert TEXTS[int(side.article_id[1:])][side.start : side.end] == side.quote
    assert (found.found, found.compared, found.dismissed) == (2, found.compared_now, 0)


def test_a_type_and_a_limit_choose_what_is_shown_not_what_is_found(tmp_path: Path) -> None:
    workspace = ingest(tmp_path, TEXTS)
    assert [one.type for one in audited(workspace, Table(), kind="number").conflicts] == ["number"]
    limited = audited(workspace, Table(), limit=1)
    assert ([one.type for one in limited.conflicts], limited.found) == (["polarity"], 2)


def test_a_rumour_against_a_statement_comes_last_and_is_marked(tmp_path: Path) -> None:
    ingest(tmp_path, [*TEXTS, "Nine shops burnt down in the market hall of Vendrey."])
    workspace = ingest(
        tmp_path, ["On the quay, a guard said, twelve shops burnt down in the market hall."], prefix="post"
    )
    found = audited(workspace, Table()).conflicts
    assert [one.doubtful for one in found] == sorted(one.doubtful for one in found)
    assert found[-1].doubtful


def test_of_conflicts_about_the_same_thing_the_firmest_is_shown_and_names_the_others(tmp_path: Path) -> None:
    found = audited(ingest(tmp_path, [*TEXTS, "Ten people died when the ferry Sandlark sank."]), Table())
    assert [(one.type, len(one.others)) for one in found.conflicts] == [("polarity", 0), ("number", 2)]
    assert found.found == 2
    assert "2 more about the same" in audit_text.audit(found, width=200)


def test_a_second_audit_compares_nothing_and_finds_the_same(tmp_path: Path) -> None:
    workspace, again = ingest(tmp_path, TEXTS), Table()
    first, second = audited(workspace, Table()), audited(workspace, again)
    assert again.pairs == []
    assert (second.conflicts, second.compared_now) == (first.conflicts, 0)


def test_a_killed_audit_goes_on_where_it_was(tmp_path: Path) -> None:
    workspace = ingest(tmp_path, [f"{number} people died on the Sandlark." for number in ("Nine", "Ten", "Eleven")])
    killed, resumed = Table(most=2), Table()
    with pytest.raises(Killed):
        audited(workspace, killed, batch=1)
    found = audited(workspace, resumed, batch=1)
    assert len(killed.pairs) == 2
    assert not set(killed.pairs) & set(resumed.pairs)
    assert found.compared == len(killed.pairs) + len(resumed.pairs)


def test_after_another_ingest_only_new_pairs_are_compared(tmp_path: Path) -> None:
    workspace, table = ingest(tmp_path, TEXTS), Table()
    audited(workspace, Table())
    ingest(tmp_path, ["Ten people died when the ferry Sandlark sank."], prefix="later")
    audited(workspace, table)
    assert table.pairs
    assert all(any(text.startswith("Ten") for text in pair) for pair in table.pairs)


def test_a_dismissed_conflict_stays_dismissed_where_its_quotes_move(tmp_path: Path) -> None:
    workspace = ingest(tmp_path, TEXTS)
    conflict = audited(workspace, Table(), kind="number").conflicts[0]
    with audit_store.opened(workspace, "") as store:
        store.dismiss(conflict.id, "Two counts of one day.")
    ingest(tmp_path, [f"The weather was calm.\n{TEXTS[0]}", *TEXTS[1:]])
    found = audited(workspace, Table())
    assert conflict.id not in {one.id for one in found.conflicts}
    assert (found.found, found.dismissed) == (1, 1)


def test_the_same_two_sentences_in_many_articles_are_one_conflict(tmp_path: Path) -> None:
    found = audited(ingest(tmp_path, [TEXTS[0], TEXTS[1], TEXTS[1]]), Table())
    assert [one.copies for one in found.conflicts] == [2]


def test_the_text_shows_both_quotes_the_id_and_what_was_left_out(tmp_path: Path) -> None:
    found = audited(ingest(tmp_path, TEXTS), Table(), limit=1)
    shown = audit_text.audit(found, width=100)
    assert found.conflicts[0].id in shown
    assert all(f"“{side.quote}”" in shown for side in found.conflicts[0].sides)
    assert "1 of 2 conflicts" in shown
    assert Audit.model_validate_json(found.model_dump_json()) == found


def test_an_empty_workspace_has_no_conflicts(tmp_path: Path) -> None:
    found = audited(ingest(tmp_path, [TEXTS[0]]), Table())
    assert (found.conflicts, found.compared) == ((), 0)
    assert "No conflict is shown" in audit_text.audit(found, width=80)


def test_the_command_lists_the_planted_conflicts_and_dismisses_one(
    crosscheck: Crosscheck, sample_workspace: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "workspace"  # one that nobody audited before
    shutil.copytree(sample_workspace, workspace, ignore=shutil.ignore_patterns("audit.sqlite*"))
    run = ("audit", "--workspace", workspace, "--json", "--type", "number")
    done = crosscheck(*run)
    found = Audit.model_validate_json(done.stdout)
    assert "pairs of sentences" in done.stderr
    values = [{re.sub(r"\D", "", side.quote)[:3] for side in one.sides} for one in found.conflicts]
    assert values
    first = found.conflicts[0].id
    crosscheck("audit", "dismiss", first, "--reason", "A test.", "--workspace", workspace)
    assert first not in crosscheck(*run).stdout
    crosscheck("audit", "dismiss", "x-0", "--reason", "A test.", "--workspace", workspace, code=2)
    crosscheck("audit", "--type", "colour", "--workspace", workspace, code=2)
