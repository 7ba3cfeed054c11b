"""`doctor --repair`, `backup` and `restore` as a user runs them, with the real model."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from assistant import audit_store
from assistant.repair_text import commands, repaired_text
from assistant.wiring.examining import posted_checks
from index.repair import Repaired
from index.salvage import Lost
from index.workspace import open_workspace
from tests.conftest import SAMPLE, Crosscheck
from tests.fakes import bring_in
from tests.index import faulty

QUESTION = "When was the Veyle Narrows Bridge opened to traffic?"


@pytest.fixture
def workspace(sample_workspace: Path, tmp_path: Path) -> Path:
    return Path(shutil.copytree(sample_workspace, tmp_path / "w"))


def quotes(crosscheck: Crosscheck, workspace: Path) -> list[str]:
    found = json.loads(crosscheck("ask", QUESTION, "-w", workspace, "--json").stdout)
    return [cited["quote"] for cited in found["citations"]]


def test_a_lost_article_is_named_with_the_command_that_brings_it_back(crosscheck: Crosscheck, workspace: Path) -> None:
    expected = quotes(crosscheck, workspace)
    path = faulty.store(workspace)
    faulty.flip(path, path.read_bytes().index(b"opened to traffic"))
    assert "crosscheck doctor --repair" in crosscheck("ask", QUESTION, "-w", workspace, code=1).stderr
    assert "crosscheck doctor --repair" in crosscheck("doctor", "-w", workspace, code=1).stdout
    told = json.loads(crosscheck("doctor", "--repair", "-w", workspace, "--json", code=1).stdout)
    (lost,) = told["repaired"]["lost"]
    (command,) = told["repaired"]["commands"]
    assert command == f"crosscheck ingest {lost['source']} --workspace {workspace}"
    assert all(check["passed"] for check in told["checks"])
    crosscheck(*command.split()[1:])
    assert quotes(crosscheck, workspace) == expected
    assert "Nothing had to be mended." in crosscheck("doctor", "--repair", "-w", workspace).stdout


def test_damaged_vectors_are_made_anew_by_the_model_itself(crosscheck: Crosscheck, workspace: Path) -> None:
    import sqlite3

    expected = quotes(crosscheck, workspace)
    with sqlite3.connect(faulty.store(workspace)) as connection:
        connection.execute("UPDATE vectors SET vector = zeroblob(length(vector)) WHERE number % 5 = 0")
    told = crosscheck("doctor", "--repair", "-w", workspace).stdout
    assert "Saved 34 articles" in told
    assert "embedded anew" in told
    assert quotes(crosscheck, workspace) == expected


def test_what_audits_keep_is_mended_with_its_dismissals(crosscheck: Crosscheck, workspace: Path) -> None:
    with audit_store.opened(workspace, "") as store:
        store.dismiss_all({f"x-{number:012x}": f"reason {number}" for number in range(300)})
    path = workspace / audit_store.FILE
    faulty.spoil(path, [1])
    assert "What audits keep" in crosscheck("doctor", "-w", workspace, code=1).stdout
    assert "300 dismissals were saved" in crosscheck("doctor", "--repair", "-w", workspace).stdout
    with audit_store.opened(workspace, "") as store:
        assert store.dismissed()["x-000000000007"] == "reason 7"


def test_a_backup_comes_back_with_the_same_answers(crosscheck: Crosscheck, workspace: Path, tmp_path: Path) -> None:
    expected = quotes(crosscheck, workspace)
    assert "34 articles" in crosscheck("backup", tmp_path / "kept.tar", "-w", workspace).stdout
    assert "--force" in crosscheck("backup", tmp_path / "kept.tar", "-w", workspace, code=1).stderr
    assert "--replace" in crosscheck("restore", tmp_path / "kept.tar", "-w", workspace, code=1).stderr
    made = json.loads(crosscheck("restore", tmp_path / "kept.tar", "-w", tmp_path / "new", "--json").stdout)
    assert made["articles"] == 34
    assert quotes(crosscheck, tmp_path / "new") == expected
    assert "FAULT" not in crosscheck("doctor", "-w", tmp_path / "new").stdout
    again = crosscheck("ingest", SAMPLE, "-w", tmp_path / "new").stdout
    assert again.startswith("0 added, 0 revised, 34 unchanged")


def test_paths_with_blanks_and_control_characters_are_harmless_in_what_is_printed(tmp_path: Path) -> None:
    lost = (Lost("a\x1b[31mb", "/x/my file's.txt"), Lost(None, ""))
    (command,) = commands(lost, tmp_path)
    assert command == f"crosscheck ingest '/x/my file'\"'\"'s.txt' --workspace {tmp_path}"
    told = repaired_text(Repaired(store="It was.", lost=lost), tmp_path)
    assert "\x1b" not in told
    assert "no longer there" in told


def test_a_posted_article_that_is_not_as_it_was_posted_is_named(tmp_path: Path) -> None:
    (tmp_path / "w" / "posted").mkdir(parents=True)
    file = tmp_path / "w" / "posted" / "a.json"
    file.write_text(json.dumps({"id": "lighthouse", "text": "The lighthouse of Wick was lit in June."}))
    bring_in(tmp_path / "w", file)

    def passed() -> list[bool]:
        with open_workspace(tmp_path / "w") as workspace:
            return [one.passed for one in posted_checks(workspace)]

    assert passed() == [True]
    for damaged in ('{"id": "lighthouse", "text": "The lighthouse of Wick was lit in July."}', "{"):
        file.write_text(damaged)
        assert passed() == [False]
