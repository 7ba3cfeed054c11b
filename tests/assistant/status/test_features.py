"""Labels as rows of numbers."""

from __future__ import annotations

from typing import get_args

from assistant.label_command import Labelled, labelled
from assistant.models import Attribution, Certainty
from assistant.status import features
from assistant.wiring import labeller
from tests.assistant.status.test_labelling import CASES, labels
from tests.conftest import SAMPLE


def test_the_classes_are_those_of_the_wire_format() -> None:
    assert get_args(Attribution) == features.ATTRIBUTIONS
    assert get_args(Certainty) == features.CERTAINTIES


def test_every_rule_that_decides_is_listed() -> None:
    found = [read for read in labelled([SAMPLE], label=labeller()) if isinstance(read, Labelled)]
    decided = {label.evidence[0].rule for article in found for label in article.labels}
    decided |= {label.evidence[0].rule for case in CASES for label in labels(case[2].replace(">> ", ""))}
    assert decided <= set(features.RULES)


def test_a_row_has_a_name_for_each_place() -> None:
    rows = features.features(labels("Sources said the deal was done. It rained."))
    assert {len(row) for row in rows} == {len(features.names())}
    assert rows[0][features.names().index("anonymous")] == 1.0
    assert [row[-1] for row in rows] == [0.0, 1.0]
