"""Thresholds and their meaning, fitted on the tune part alone and written into the config beside the weights."""

from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

from tests.training.reader import formulas, measures
from tests.training.reader.formulas import Calibration
from tests.training.reader.trials import Spans

ABSTAINED = 0.95


def fit(tuned: Spans) -> Calibration:
    """From readings of the right paragraph and of a lookalike of the same title."""
    readings = [*tuned.right, *tuned.wrong]
    features = [(one.answers, one.span.margin) for one in readings]
    labels = [True] * len(tuned.right) + [False] * len(tuned.wrong)
    return Calibration(*measures.logistic(features, labels))


def thresholds(tuned: Spans, calibration: Calibration) -> dict[str, float]:
    """Scores that 95 % of the lookalikes stay below, by formula."""
    return {
        name: round(measures.threshold([of(one) for one in tuned.wrong], abstained=ABSTAINED), 3)
        for name, of in formulas.of_passage(calibration).items()
    }


def into_config(ship: Path, calibration: Calibration, limits: dict[str, float]) -> None:
    path = ship / "config.json"
    config = json.loads(path.read_text(encoding="utf-8"))
    config["calibration"] = {
        "log_odds": {key: round(value, 4) for key, value in asdict(calibration).items()},
        "means": "log-odds that a passage answers = answers * `answers` + margin * (best start + end - first token's "
        "start + end) + bias; fitted on paragraphs that answer and their nearest lookalikes, half and half",
        "thresholds": limits,
        "thresholds_mean": "95 % of lookalike paragraphs of the same article score below, on the tune part",
    }
    path.write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
