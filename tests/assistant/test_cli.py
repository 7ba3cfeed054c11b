"""The command line as a user meets it: real processes, the real model, the sample articles."""

from __future__ import annotations

import json
import subprocess
from pathlib import Path

import pytest

from assistant.models import Answer
from tests.conftest import SAMPLE, Crosscheck

PERFORMANCE = "How much better is Maia 200's performance per dollar?"


def ask_json(crosscheck: Crosscheck, workspace: Path, question: str, *flags: str, code: int = 0) -> Answer:
    done = crosscheck("ask", question, "--workspace", workspace, "--json", *flags, code=code)
    return Answer.model_validate_json(done.stdout)


def test_an_answer_is_made_of_quotes_with_numbered_sources(crosscheck: Crosscheck, sample_workspace: Path) -> None:
    done = crosscheck("ask", PERFORMANCE, "--workspace", sample_workspace)
    assert "[1]" in done.stdout
    assert "Sources" in done.stdout
    assert "30% better performance per dollar" in " ".join(done.stdout.split())
    assert done.stderr == ""


def test_every_quote_is_verbatim_at_its_offsets_in_what_show_prints(
    crosscheck: Crosscheck, sample_workspace: Path
) -> None:
    answer = ask_json(crosscheck, sample_workspace, PERFORMANCE)
    assert answer.citations
    for citation in answer.citations:
        shown = crosscheck("articles", "show", citation.article_id, "--workspace", sample_workspace).stdout
        assert shown[citation.start : citation.end] == citation.quote
        assert f"{citation.quote} [{citation.number}]" in answer.text


def test_a_question_nothing_bears_on_is_answered_as_not_covered(crosscheck: Crosscheck, sample_workspace: Path) -> None:
    answer = ask_json(crosscheck, sample_workspace, "Who won the 1974 football world cup?", code=4)
    assert (answer.status, answer.citations) == ("not_covered", ())
    assert answer.closest
    text = crosscheck("ask", "Who won the 1974 football world cup?", "--workspace", sample_workspace, code=4).stdout
    assert text.startswith("Not covered: Nothing in the articles bears on this question.")
    assert "none of them supports an answer" in text


def test_filters_apply_before_ranking(crosscheck: Crosscheck, sample_workspace: Path) -> None:
    flags = ("--publisher", "pelham wire")
    answer = ask_json(crosscheck, sample_workspace, PERFORMANCE, *flags)
    assert {citation.publisher for citation in answer.citations} == {"Pelham Wire"}


def test_as_of_leaves_out_what_was_published_later(crosscheck: Crosscheck, sample_workspace: Path) -> None:
    question = "How many people died when the ferry sank?"
    answer = ask_json(crosscheck, sample_workspace, question, "--as-of", "2026-03-04")
    assert answer.as_of is not None
    assert all((citation.published or "") <= "2026-03-05" for citation in answer.citations)
    assert any("no publication date" in warning for warning in answer.warnings)


def test_search_shows_passages_with_all_three_scores(crosscheck: Crosscheck, sample_workspace: Path) -> None:
    hits = json.loads(crosscheck("search", "Maia 200 memory", "-w", sample_workspace, "--json", "-k", "3").stdout)
    assert len(hits) == 3
    assert {"fused", "dense", "lexical", "text", "start", "end", "article_id"} <= hits[0].keys()
    assert hits[0]["fused"] >= hits[1]["fused"] >= hits[2]["fused"]
    assert "dense" in crosscheck("search", "Maia 200 memory", "-w", sample_workspace).stdout


def test_a_second_ingest_changes_nothing(crosscheck: Crosscheck, sample_workspace: Path) -> None:
    before = crosscheck("info", "--workspace", sample_workspace, "--json").stdout
    done = crosscheck("ingest", SAMPLE, "--workspace", sample_workspace)
    assert "0 added, 0 revised, 34 unchanged, 0 removed, 0 skipped." in done.stdout
    assert crosscheck("info", "--workspace", sample_workspace, "--json").stdout == before


def test_what_was_skipped_is_said_with_file_line_and_reason(crosscheck: Crosscheck, tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"text": "The bridge was opened in May."}\n{"text": \n')
    (tmp_path / "b.exe").write_bytes(b"\x00")
    done = crosscheck("ingest", tmp_path, "--workspace", tmp_path / "w", "--json")
    summary = json.loads(done.stdout)
    assert (summary["added"], len(summary["skipped"])) == (1, 2)
    assert f"Skipped {tmp_path / 'a.jsonl'}: line 2 is not valid JSON" in done.stderr
    assert f"Skipped {tmp_path / 'b.exe'}" in done.stderr


def test_prune_removes_what_is_gone_and_only_then(crosscheck: Crosscheck, tmp_path: Path) -> None:
    folder, workspace = tmp_path / "articles", tmp_path / "w"
    folder.mkdir()
    for name in ("one", "two"):
        (folder / f"{name}.txt").write_text(f"The bridge number {name} was opened in May.")
    crosscheck("ingest", folder, "-w", workspace)
    (folder / "two.txt").unlink()
    assert "1 article is no longer there; remove with --prune." in crosscheck("ingest", folder, "-w", workspace).stdout
    assert "1 removed" in crosscheck("ingest", folder, "-w", workspace, "--prune").stdout
    assert crosscheck("articles", "list", "-w", workspace).stdout.split("\t")[0] == "one"


def test_a_removed_article_comes_back_with_the_next_ingest(crosscheck: Crosscheck, tmp_path: Path) -> None:
    (tmp_path / "one.txt").write_text("The bridge was opened in May.")
    crosscheck("ingest", tmp_path / "one.txt", "-w", tmp_path / "w")
    crosscheck("articles", "remove", "one", "-w", tmp_path / "w")
    assert crosscheck("articles", "list", "-w", tmp_path / "w").stdout == ""
    assert "1 added" in crosscheck("ingest", tmp_path / "one.txt", "-w", tmp_path / "w").stdout


def test_show_prints_the_exact_text_and_nothing_else_on_stdout(crosscheck: Crosscheck, tmp_path: Path) -> None:
    row = {"id": "x", "title": "A title", "text": "  Two spaces first,\nthen a line.  "}
    (tmp_path / "a.jsonl").write_text(json.dumps(row) + "\n")
    crosscheck("ingest", tmp_path / "a.jsonl", "-w", tmp_path / "w")
    done = crosscheck("articles", "show", "x", "-w", tmp_path / "w")
    assert done.stdout == row["text"]
    assert "A title" in done.stderr


def test_the_doctor_finds_a_sound_workspace_sound(crosscheck: Crosscheck, sample_workspace: Path) -> None:
    done = crosscheck("doctor", "--workspace", sample_workspace)
    assert "FAULT" not in done.stdout
    assert done.stdout.count("ok ") >= 5


def test_damaged_indexes_are_named_by_the_doctor_and_mended_by_the_next_question(
    crosscheck: Crosscheck, tmp_path: Path
) -> None:
    (tmp_path / "one.txt").write_text("The bridge over the Veyle was opened in May.")
    crosscheck("ingest", tmp_path / "one.txt", "-w", tmp_path / "w")
    (dense,) = (tmp_path / "w" / "derived").rglob("vectors.f2")
    dense.write_bytes(dense.read_bytes()[:40])
    assert "FAULT  The search indexes" in crosscheck("doctor", "-w", tmp_path / "w", code=1).stdout
    crosscheck("ask", "When was the bridge over the Veyle opened?", "-w", tmp_path / "w")
    crosscheck("doctor", "-w", tmp_path / "w")


@pytest.mark.parametrize(
    ("arguments", "code", "message"),
    [
        (("ask", ""), 2, "The question has no words."),
        (("ask", "Why?", "--since", "June"), 2, "--since is 'June', which is no day. Write it as YYYY-MM-DD"),
        (("ask", "Why?", "--until", "2026-02-30"), 2, "--until is '2026-02-30', which is no day."),
        (("ask", "Why?", "--top-k", "1000"), 2, "top-k is 1000; give a number from 1 to 100."),
        (("ask", "Why?", "--top-k", "many"), 2, "'--top-k' / '-k': Input should be a valid integer"),
        (("ask", "Why?", "--publisher", "Nobody"), 2, "No article has the publisher 'Nobody'. Publishers here:"),
        (("ask",), 2, "Missing argument"),
        (("ask", "Why?", "--colour"), 2, "No such option: --colour"),
        (("answer", "Why?"), 2, "No such command 'answer'"),
        (("articles", "show", "ferry-wire-sinkin"), 2, "Near ones: 'ferry-wire-sinking'"),
        (("articles", "remove", "nothing"), 2, "No article has the id 'nothing'"),
        (("ingest", "/no/such/folder"), 2, "/no/such/folder"),
        (("ingest", SAMPLE, "--field", "published"), 2, "--field is 'published'. Write NAME=COLUMN"),
        (("ingest", SAMPLE, "--field", "colour=blue"), 2, "colour"),
    ],
    ids=lambda value: " ".join(map(str, value))[:40] if isinstance(value, tuple) else None,
)
def test_bad_input_gets_a_sentence_and_its_code(
    arguments: tuple[object, ...], code: int, message: str, crosscheck: Crosscheck, sample_workspace: Path
) -> None:
    done = crosscheck(*arguments, code=code, CROSSCHECK_WORKSPACE=str(sample_workspace))
    assert message in " ".join(done.stderr.split())
    assert done.stdout == ""
    assert "Traceback" not in done.stderr


def test_without_a_workspace_the_message_says_how_to_make_one(crosscheck: Crosscheck, tmp_path: Path) -> None:
    done = crosscheck("ask", "Why?", "-w", tmp_path / "nowhere", code=3)
    assert "Make one with: crosscheck ingest PATH..." in done.stderr
    assert not (tmp_path / "nowhere").exists()


def test_a_wrong_path_leaves_no_empty_workspace_behind(crosscheck: Crosscheck, tmp_path: Path) -> None:
    crosscheck("ingest", tmp_path / "nothing", "-w", tmp_path / "w", code=2)
    assert not (tmp_path / "w").exists()


def test_a_reader_of_a_pipe_may_go_away(crosscheck: Crosscheck, sample_workspace: Path) -> None:
    import sys

    command = f"{sys.executable} -m assistant articles list -w {sample_workspace} | head -1"
    done = subprocess.run(command, shell=True, capture_output=True, text=True, cwd=SAMPLE.parents[2])
    assert len(done.stdout.splitlines()) == 1
    assert "Traceback" not in done.stderr


def test_no_question_loads_torch(sample_workspace: Path, cache: Path) -> None:
    import sys

    code = (
        "import sys; sys.argv = ['crosscheck', 'ask', 'Why?', '--workspace', sys.argv[1]]\n"
        "from assistant.cli import app\n"
        "try: app()\nexcept SystemExit: pass\n"
        "print(*sys.modules, file=sys.stderr)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code, str(sample_workspace)],
        capture_output=True,
        text=True,
        check=True,
        cwd=SAMPLE.parents[2],
        env={"CROSSCHECK_CACHE": str(cache), "PATH": ""},
    )
    loaded = set(done.stderr.split())
    assert "onnxruntime" in loaded
    assert loaded.isdisjoint({"torch", "transformers", "sentence_transformers", "sklearn", "scipy"})
