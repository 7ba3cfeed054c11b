"""`crosscheck batch` as a user runs it: a process of its own, the real models, the sample articles."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from tests.benchmarks.batch_kills import kills, sample_questions, without_timings
from tests.conftest import ROOT, Crosscheck

QUESTIONS = (
    '{"id": "a", "question": "How much better is Maia 200\'s performance per dollar?", '
    '"expected": {"conflict": true}}\n'
    '{"id": "b", "question": "How many people died when the ferry Sandlark sank?", "as_of": "2026-03-09"}\n'
)


@pytest.fixture
def questions(tmp_path: Path) -> Path:
    path = tmp_path / "questions.jsonl"
    path.write_text(QUESTIONS)
    return path


def rows(out: Path) -> list[dict[str, object]]:
    return [json.loads(line) for line in out.read_text(encoding="utf-8").splitlines()]


def test_answers_are_those_of_ask_and_a_second_run_opens_no_model(
    crosscheck: Crosscheck, sample_workspace: Path, questions: Path, tmp_path: Path
) -> None:
    out = tmp_path / "answers.jsonl"
    done = crosscheck("batch", questions, "-o", out, "-w", sample_workspace)
    assert done.stdout == ""
    assert "2 lines done" in done.stderr
    alone = json.loads(
        crosscheck(
            "ask", "How much better is Maia 200's performance per dollar?", "--json", "-w", sample_workspace
        ).stdout
    )
    (first, second) = without_timings(out)
    assert first == {
        "kind": "answered", "line": 1, "asked": first["asked"], "expected": {"conflict": True},
        "answer": {key: value for key, value in alone.items() if key != "timings_ms"} | {"id": "a"},
    }  # fmt: skip
    assert second["answer"]["as_of"] == "2026-03-09"  # type: ignore[index]
    before = out.read_bytes()
    again = crosscheck("batch", questions, "-o", out, "-w", sample_workspace, CROSSCHECK_CACHE=str(tmp_path / "none"))
    assert "0 lines done" in again.stderr
    assert (out.read_bytes(), (tmp_path / "none").exists()) == (before, False)


@pytest.mark.parametrize(("name", "flags"), [("r.html", []), ("r.md", []), ("r.csv", []), ("r.jsonl", ["html"])])
def test_a_report_comes_with_its_records(
    crosscheck: Crosscheck, sample_workspace: Path, tmp_path: Path, name: str, flags: list[str]
) -> None:
    (tmp_path / "q.txt").write_text("?\n")
    wanted = [argument for flag in flags for argument in ("--format", flag)]
    crosscheck("batch", tmp_path / "q.txt", "-o", tmp_path / name, *wanted, "-w", sample_workspace, code=1)
    assert rows(tmp_path / "r.jsonl")[0]["kind"] == "failed"
    report = tmp_path / ("r.html" if flags else name)
    assert "The question has no words" in report.read_text(encoding="utf-8")


def test_stdin_and_stdout_are_lines_of_records(
    crosscheck: Crosscheck, sample_workspace: Path, cache: Path, tmp_path: Path
) -> None:
    done = subprocess.run(
        [sys.executable, "-m", "assistant", "batch", "-", "--input-format", "text", "-w", sample_workspace],
        input="Who was the captain of the Sandlark?\n?\n", capture_output=True, text=True, cwd=tmp_path,
        env={**os.environ, "PYTHONPATH": str(ROOT), "CROSSCHECK_CACHE": str(cache)},
    )  # fmt: skip
    assert done.returncode == 1
    assert [json.loads(line)["kind"] for line in done.stdout.splitlines()] == ["answered", "failed"]
    assert "the first on line 2: The question has no words." in done.stderr


def test_exit_codes_say_what_is_wrong(
    crosscheck: Crosscheck, sample_workspace: Path, questions: Path, tmp_path: Path
) -> None:
    out = tmp_path / "answers.jsonl"
    assert "no workspace" in crosscheck("batch", questions, "-o", out, "-w", tmp_path / "none", code=3).stderr
    assert not out.exists()
    assert "no file" in crosscheck("batch", tmp_path / "no.jsonl", "-w", sample_workspace, code=2).stderr
    (tmp_path / "q.xls").write_text("x")
    assert "--input-format" in crosscheck("batch", tmp_path / "q.xls", "-w", sample_workspace, code=2).stderr
    kept = crosscheck("batch", questions, "-o", questions, "-w", sample_workspace, code=2)
    assert "would be overwritten" in kept.stderr
    beside = crosscheck("batch", questions, "-o", tmp_path / "questions.html", "-w", sample_workspace, code=2)
    assert "would be overwritten" in beside.stderr
    assert questions.read_text() == QUESTIONS
    crosscheck("batch", questions, "-o", out, "--restart", "--continue-anyway", "-w", sample_workspace, code=2)
    crosscheck("batch", questions, "-o", tmp_path / "no" / "a.jsonl", "-w", sample_workspace, code=2)
    crosscheck("batch", questions, "-o", out, "--format", "pdf", "-w", sample_workspace, code=2)


def test_other_settings_are_refused_before_a_model_is_opened(
    crosscheck: Crosscheck, sample_workspace: Path, tmp_path: Path
) -> None:
    questions, out = tmp_path / "q.jsonl", tmp_path / "a.jsonl"
    questions.write_text("broken\n")
    crosscheck("batch", questions, "-o", out, "-w", sample_workspace, code=1)
    done = crosscheck("batch", questions, "-o", out, "-w", sample_workspace, code=2, CROSSCHECK_TOP_K="5")
    assert "other settings" in done.stderr
    crosscheck("batch", questions, "-o", out, "-w", sample_workspace, "--restart", code=1, CROSSCHECK_TOP_K="5")


def test_ctrl_c_keeps_what_is_done_and_says_how_to_go_on(sample_workspace: Path, cache: Path, tmp_path: Path) -> None:
    questions, out = sample_questions(tmp_path / "q.jsonl", 400), tmp_path / "a.jsonl"
    process = subprocess.Popen(
        [sys.executable, "-m", "assistant", "batch", questions, "-o", out, "-w", sample_workspace],
        stderr=subprocess.PIPE, text=True, cwd=ROOT, env={**os.environ, "CROSSCHECK_CACHE": str(cache)},
    )  # fmt: skip
    for _ in range(600):
        if out.exists() and out.stat().st_size:
            break
        time.sleep(0.05)
    process.send_signal(signal.SIGINT)
    _, said = process.communicate(timeout=60)
    assert process.returncode == 130, said
    assert "of 400 lines. Run the same command again to go on." in said
    assert 0 < len(rows(out)) < 400


def test_a_run_killed_at_random_moments_ends_as_an_undisturbed_one(
    sample_workspace: Path, cache: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("CROSSCHECK_CACHE", str(cache))
    questions = sample_questions(tmp_path / "q.jsonl", 30)
    found = list(kills(sample_workspace, questions, tmp_path, count=5))
    assert all(agrees for _, agrees in found), found
