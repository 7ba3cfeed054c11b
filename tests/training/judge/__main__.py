"""`python -m tests.training.judge --data SHARED --work FOLDER`: from labelled data to the shipped judge."""

from __future__ import annotations

import argparse
import logging
from pathlib import Path

STEPS = ("prepare", "train", "fold", "export")


def main() -> None:
    logging.basicConfig(level=logging.INFO, format="%(asctime)s %(message)s")
    asked = _arguments()
    for step in asked.steps:
        _run(step, asked)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(prog="python -m tests.training.judge", description=__doc__)
    parser.add_argument("--data", type=Path, required=True, help="the folder that holds data/ and articles/")
    parser.add_argument("--work", type=Path, required=True, help="for prepared data and checkpoints")
    parser.add_argument("--ship", type=Path, help="where the finished files go; WORK/judge unless given")
    parser.add_argument("--threads", type=int, default=1)
    parser.add_argument("--steps", nargs="+", choices=STEPS, default=STEPS, help="all, in order, unless given")
    return parser.parse_args()


def _run(step: str, asked: argparse.Namespace) -> None:
    """Imports stand here so that `--help` loads no torch."""
    work: Path = asked.work
    if step == "prepare":
        from tests.training.judge import preparing

        for name, count in preparing.prepare(asked.data, work).items():
            logging.info("%s: %d examples", name, count)
    elif step == "train":
        from tests.training.judge import examples, training

        for plan in training.ROUNDS:
            learnt = list(examples.read(work / f"train-{plan.number}.jsonl"))
            training.train(learnt, plan, work=work, threads=asked.threads)
    elif step == "fold":
        from tests.training.judge import folding

        logging.info("judged: %s", folding.judge_all(asked.data, work, threads=asked.threads))
    else:
        from tests.training.judge import shipping

        shipping.export(work, asked.ship or work / "judge")


if __name__ == "__main__":
    main()
