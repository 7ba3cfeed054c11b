"""`crosscheck eval` and `crosscheck verify` as a user meets them."""

from __future__ import annotations

import json
import shutil
from pathlib import Path

import pytest

from tests.conftest import Crosscheck

QUESTIONS = [
    {"id": "ferry", "question": "How many people died when the ferry Sandlark sank?",
     "expected": {"answers": ["nine", "eleven", "9", "11"], "status": "contested", "conflict": True}},
    {"id": "moon", "question": "Who won the 1974 football world cup?", "expected": {"status": "not_covered"}},
    {"id": "bridge", "question": "When did the Narrows Bridge open?"},
    {"id": "wrong", "question": ""},
]  # fmt: skip


@pytest.fixture(scope="module")
def questions(tmp_path_factory: pytest.TempPathFactory) -> Path:
    file = tmp_path_factory.mktemp("evaluated") / "questions.jsonl"
    file.write_text("".join(json.dumps(one) + "\n" for one in QUESTIONS), encoding="utf-8")
    return file


@pytest.fixture(scope="module")
def answers(crosscheck: Crosscheck, sample_workspace: Path, questions: Path) -> Path:
    """A batch of the same questions; one of them fails."""
    file = questions.with_name("answers.jsonl")
    crosscheck("batch", questions, "-o", file, "-w", sample_workspace, code=1)
    return file


def test_eval_asks_and_prints_the_figures(
    crosscheck: Crosscheck, sample_workspace: Path, questions: Path, tmp_path: Path
) -> None:
    picture = tmp_path / "curve.svg"
    done = crosscheck("eval", questions, "-w", sample_workspace, "--curve", picture)
    assert done.stdout.startswith("4 questions, 1 failed. Of 2 it is said what is expected.")
    assert "Refused, of what nothing answers" in done.stdout
    assert picture.read_text(encoding="utf-8").startswith("<svg ")


def test_eval_of_finished_answers_gives_the_figures_of_asking(
    crosscheck: Crosscheck, sample_workspace: Path, questions: Path, answers: Path
) -> None:
    asked = json.loads(crosscheck("eval", questions, "-w", sample_workspace, "--json").stdout)
    for given in ([], [questions]):
        found = json.loads(crosscheck("eval", *given, "--answers", answers, "-w", sample_workspace, "--json").stdout)
        assert {**found, "latency_ms": None} == {**asked, "latency_ms": None}
    assert asked["answer_found"]["right"] == asked["conflict_recall"]["right"] == asked["refused_rightly"]["right"] == 1
    assert asked["citations"]["quotes"]["share"] == asked["citations"]["figures"]["share"] == 1.0


def test_eval_fails_where_a_quote_was_changed(
    crosscheck: Crosscheck, sample_workspace: Path, answers: Path, tmp_path: Path
) -> None:
    changed = tmp_path / "changed.jsonl"
    first, *others = answers.read_text(encoding="utf-8").splitlines(keepends=True)
    record = json.loads(first)
    record["answer"]["citations"][0]["quote"] += " Or ten."
    changed.write_text(json.dumps(record) + "\n" + "".join(others), encoding="utf-8")
    done = crosscheck("eval", "--answers", changed, "-w", sample_workspace, code=1)
    assert "Line 1, ferry [1]: The quote does not stand at characters" in done.stdout
    done = crosscheck("verify", changed, "-w", sample_workspace, code=1)
    assert "Line 1, ferry [1]: The quote does not stand at characters" in done.stdout


def test_eval_says_what_it_needs(crosscheck: Crosscheck, sample_workspace: Path, answers: Path, tmp_path: Path) -> None:
    assert "nothing to evaluate" in crosscheck("eval", code=2).stderr
    assert "no file" in crosscheck("eval", tmp_path / "none.jsonl", code=2).stderr
    other = tmp_path / "other.jsonl"
    other.write_text('{"question": "Who?"}\n', encoding="utf-8")
    done = crosscheck("eval", other, "--answers", answers, "-w", sample_workspace, code=2)
    assert "does not answer line 1 of the questions" in done.stderr


def test_verify_passes_while_the_articles_are_as_they_were(
    crosscheck: Crosscheck, sample_workspace: Path, answers: Path
) -> None:
    assert "all of them hold" in crosscheck("verify", answers, "-w", sample_workspace).stdout
    found = json.loads(crosscheck("verify", answers, "-w", sample_workspace, "--json").stdout)
    assert (found["answers"], found["failed"], found["broken"]) == (3, 1, [])
    assert found["holding"] == found["citations"] > 2


def test_verify_reads_what_ask_and_check_print(crosscheck: Crosscheck, sample_workspace: Path, tmp_path: Path) -> None:
    file = tmp_path / "answer.json"
    for command, text in (
        ("ask", QUESTIONS[0]["question"]),
        ("check", "Nine people died when the ferry Sandlark sank."),
    ):
        printed = crosscheck(command, text, "--json", "-w", sample_workspace, code=None).stdout
        file.write_text(printed, encoding="utf-8")
        assert "of 1 answer checked, all of them hold" in crosscheck("verify", file, "-w", sample_workspace).stdout


def test_verify_tells_which_articles_were_removed(
    crosscheck: Crosscheck, sample_workspace: Path, answers: Path, tmp_path: Path
) -> None:
    workspace = tmp_path / "workspace"
    shutil.copytree(sample_workspace, workspace)
    cited = json.loads(answers.read_text(encoding="utf-8").splitlines()[0])["answer"]["citations"]
    gone = cited[0]["article_id"]
    crosscheck("articles", "remove", gone, "-w", workspace)
    found = json.loads(crosscheck("verify", answers, "-w", workspace, "--json", code=1).stdout)
    assert {(one["line"], one["article_id"], one["outcome"]) for one in found["broken"]} == {(1, gone, "removed")}
    assert found["holding"] == found["citations"] - sum(one["article_id"] == gone for one in cited)


def test_verify_tells_whether_a_revised_article_still_says_so(crosscheck: Crosscheck, tmp_path: Path) -> None:
    workspace, article, answer = tmp_path / "workspace", tmp_path / "note.txt", tmp_path / "answer.json"
    article.write_text("The mill opened in 1974. It cost a lot.", encoding="utf-8")
    crosscheck("ingest", article, "-w", workspace)
    said = crosscheck("ask", "When did the mill open?", "--json", "-w", workspace).stdout
    answer.write_text(said, encoding="utf-8")

    article.write_text("News. The mill opened in 1974. It cost a lot.", encoding="utf-8")
    crosscheck("ingest", article, "-w", workspace)
    assert "from articles revised since, which still say so" in crosscheck("verify", answer, "-w", workspace).stdout

    article.write_text("Correction. The mill opened in 1976. It cost a lot.", encoding="utf-8")
    crosscheck("ingest", article, "-w", workspace)
    done = crosscheck("verify", answer, "-w", workspace, code=1)
    assert "was revised since, and revision 3 no longer says so." in done.stdout


def test_verify_says_where_there_is_nothing_to_read(crosscheck: Crosscheck, tmp_path: Path) -> None:
    assert "cannot be read" in crosscheck("verify", tmp_path / "none.jsonl", code=2).stderr
    file = tmp_path / "a.jsonl"
    file.write_text("{}\n", encoding="utf-8")
    assert "no workspace" in crosscheck("verify", file, "-w", tmp_path / "none", code=3).stderr.casefold()
