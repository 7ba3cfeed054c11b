"""`python -m tests.training.status --data SHARED --work FOLDER`: from labelled sentences to the shipped labeller."""

from __future__ import annotations

import argparse
import json
import logging
from pathlib import Path

STEPS = ("prepare", "train", "export")
_WORDS = 16_000
"""Word pieces kept: those of the words that tell who says a thing are common ones."""


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    asked = _arguments()
    for step in asked.steps:
        _run(step, asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.training.status", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/ and articles/")
    parser.add_argument("--work", type=Path, required=True, help="for prepared data and checkpoints")
    parser.add_argument("--ship", type=Path, help="where the finished files go; WORK/status unless given")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=STEPS, help="all, in order, unless given")
    return parser.parse_args()


def _run(step: str, asked: argparse.Namespace) -> None:
    """Imports stand here so that `--help` loads no torch."""
    work: Path = asked.work
    if step == "prepare":
        from tests.gold.articles import articles
        from tests.training import vocabulary
        from tests.training.status import preparing

        for name, count in preparing.prepare(asked.data, work).items():
            logging.info("%s: %d examples", name, count)
        kept = vocabulary.most_used((one.text for one in articles(asked.data).values()), _WORDS)
        (work / "kept.json").write_text(json.dumps(kept))
    elif step == "train":
        from tests.training import vocabulary
        from tests.training.status import examples, training

        kept = json.loads((work / "kept.json").read_text())
        using = vocabulary.smaller(kept)
        for plan in training.ROUNDS:
            learnt = list(examples.read(work / "tune.jsonl"))
            training.train(learnt, plan, kept=kept, using=using, work=work, threads=asked.threads)
    else:
        from tests.training.status import shipping

        shipping.export(work, asked.ship or work / "status")


if __name__ == "__main__":
    main()
