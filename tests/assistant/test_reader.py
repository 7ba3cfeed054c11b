"""The shipped reader: the right files, and what it reads in a few plain passages."""

from __future__ import annotations

import hashlib
import json
import shutil
import subprocess
import sys
from pathlib import Path

import numpy as np
import pytest

from assistant.pair_network import DamagedNetwork
from assistant.reader import FOLDER, Reader, open_reader
from assistant.reading import Pair, Reading

PASSAGE = "The Veyle Narrows Bridge opened on 18 April 2026. It cost 412 million marks and has four lanes."


@pytest.fixture(scope="module")
def reader() -> Reader:
    return open_reader()


def spoken(reader: Reader, question: str, passage: str = PASSAGE) -> str:
    (reading,) = reader([Pair(question, None, passage)])
    return passage[reading.span.start : reading.span.end]


def test_the_shipped_files_are_those_of_the_model_card() -> None:
    stated = json.loads((FOLDER / "config.json").read_text())["sha256"]
    for name, sha256 in stated.items():
        assert hashlib.sha256((FOLDER / name).read_bytes()).hexdigest() == sha256


def test_all_shipped_weights_together_stay_under_sixty_megabytes() -> None:
    assert sum(file.stat().st_size for file in FOLDER.parent.rglob("*") if file.is_file()) < 60e6


def test_the_answering_words_are_found(reader: Reader) -> None:
    assert spoken(reader, "when did the bridge open?") == "18 April 2026"
    assert "412 million" in spoken(reader, "How much did the bridge cost?")


def test_a_passage_that_answers_scores_above_one_that_does_not(reader: Reader) -> None:
    question = "How much did the Veyle Narrows Bridge cost?"
    other = "The mayor of Dunmarrow thanked the volunteers who had cleaned the market square."
    answers, does_not = reader([Pair(question, None, PASSAGE), Pair(question, None, other)])
    assert answers.answers > does_not.answers
    assert answers.span.margin > does_not.span.margin


def test_what_a_pair_is_read_with_changes_nothing(reader: Reader) -> None:
    pairs = [Pair("What did it cost?", "The bridge", PASSAGE), Pair("Who?", None, "Nobody came. " * 40)]
    together, alone = reader(pairs), [reader([pair])[0] for pair in pairs]
    for one, other in zip(together, alone, strict=True):
        assert np.array_equal(one.starts, other.starts)
        assert one.span == other.span


def test_letter_case_changes_nothing(reader: Reader) -> None:
    assert spoken(reader, "WHEN DID THE BRIDGE OPEN?") == spoken(reader, "when did the bridge open?")


@pytest.mark.parametrize("passage", ["", " ", "\n", "🙈", "x" * 5000, "word " * 3000])
def test_any_passage_can_be_read(reader: Reader, passage: str) -> None:
    (reading,) = reader([Pair("What is it?", "T", passage)])
    assert 0 <= reading.span.start <= reading.span.end <= len(passage)


def test_no_pairs_give_no_readings(reader: Reader) -> None:
    assert reader([]) == []


def test_a_span_within_a_sentence_stays_inside_it(reader: Reader) -> None:
    (reading,) = reader([Pair("When did the bridge open?", None, PASSAGE)])
    start = PASSAGE.index("It cost")
    span = reading.span_within(start, len(PASSAGE))
    assert start <= span.start <= span.end <= len(PASSAGE)
    assert span.margin < reading.span.margin


def test_a_reading_without_tokens_has_no_span() -> None:
    nothing = Reading([], np.array([], np.float32), np.array([], np.float32), 0.0, 0.0, (0.0, 1.0, 0.0))
    assert nothing.span.margin < -20
    assert nothing.stance == "no"


def test_damaged_files_are_refused_with_a_sentence(tmp_path: Path) -> None:
    shutil.copytree(FOLDER, tmp_path / "reader")
    (tmp_path / "reader" / "reader.onnx").write_bytes(b"not a network")
    with pytest.raises(DamagedNetwork, match="cannot be used"):
        open_reader(tmp_path / "reader")


def test_reading_loads_no_torch() -> None:
    code = (
        "from assistant.reader import open_reader; from assistant.reading import Pair\n"
        "open_reader()([Pair('Who?', None, 'Ida Marsh came.')])\n"
        "import sys; assert not {'torch', 'transformers', 'sentence_transformers'} & set(sys.modules)"
    )
    subprocess.run([sys.executable, "-c", code], check=True, cwd=FOLDER.parents[2])
