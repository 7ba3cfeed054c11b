"""`crosscheck label` as a user meets it."""

from __future__ import annotations

import json
from pathlib import Path

from assistant.label_command import Labelled, as_text, labelled
from assistant.wiring import labeller
from corpus.models import Skipped
from tests.conftest import SAMPLE, Crosscheck


def test_every_article_is_one_json_line_with_verbatim_sentences_and_cues(
    crosscheck: Crosscheck, tmp_path: Path
) -> None:
    text = "Sources said the deal was done. He added that it may fail."
    (tmp_path / "deal.txt").write_text(text, encoding="utf-8")
    (line,) = crosscheck("label", tmp_path).stdout.splitlines()
    article = json.loads(line)
    assert article["article_id"] == "deal"
    assert [row["attribution"] for row in article["sentences"]] == ["anonymous", "anonymous"]
    for row in article["sentences"]:
        assert text[row["start"] : row["end"]] == row["text"]
        assert all(text[cue["start"] : cue["end"]] == cue["text"] for cue in row["cues"])
    assert article["sentences"][1]["because_of"] == {"start": 0, "end": 31}


def test_ids_are_those_that_ingest_gives(crosscheck: Crosscheck, sample_workspace: Path) -> None:
    listed = crosscheck("articles", "list", "--workspace", sample_workspace).stdout.splitlines()
    found = [read.article_id for read in labelled([SAMPLE], label=labeller()) if isinstance(read, Labelled)]
    assert sorted(found) == sorted(line.split("\t")[0] for line in listed)


def test_a_file_that_cannot_be_read_is_told_and_the_others_go_on(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("The bridge was opened.", encoding="utf-8")
    (tmp_path / "b.xyz").write_text("?", encoding="utf-8")
    found = list(labelled([tmp_path], label=labeller()))
    assert [type(read) for read in found] == [Skipped, Labelled]


def test_people_see_labels_above_each_sentence_and_cues_marked(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("Sources said the deal may fail.", encoding="utf-8")
    (article,) = labelled([tmp_path], label=labeller())
    assert isinstance(article, Labelled)
    shown = as_text(article, style=lambda text, role: f"<{text}>" if role == "cue" else text)
    assert "anonymous, hedged, unconfirmed" in shown
    assert "<Sources said>" in shown


def test_a_path_that_does_not_exist_is_wrong_usage(crosscheck: Crosscheck, tmp_path: Path) -> None:
    assert "does not exist" in crosscheck("label", tmp_path / "nothing", code=2).stderr
