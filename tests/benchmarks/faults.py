"""Faults that are really made: killed ingests and changed bytes, and what becomes of articles and answers.

    python -m tests.benchmarks.faults [--kills 200] [--flips 500] [--seed 1]

Prints a table of each. Ends with 1 where an article that was reported as done is lost or a quote is wrong; and, of
bytes that a program changed, where an answer is another without a word or an error is one that nobody foresaw. Of bytes
that changed by themselves, which no time of change tells, both are only counted: the doctor reads every byte.
"""

from __future__ import annotations

import argparse
import sys
from functools import partial

from tests.benchmarks import faults_flips, faults_kills
from tests.benchmarks.faults_judging import CRASHED, OTHER, WRONG_QUOTE

tell = partial(print, file=sys.stderr, flush=True)


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--flips", type=int, default=500)
    parser.add_argument("--seed", type=int, default=1)
    chosen = parser.parse_args()
    bad = 0
    if chosen.kills:
        kills = faults_kills.run(chosen.kills, seed=chosen.seed, tell=tell)
        print(faults_kills.table(kills))
        bad += sum(bool(one.wrong) for one in kills)
    if chosen.flips:
        flips = faults_flips.run(chosen.flips, seed=chosen.seed, tell=tell)
        print(faults_flips.table(flips))
        bad += sum(one.outcome in (CRASHED, WRONG_QUOTE, OTHER) for one in flips[False])
        bad += sum(one.outcome == WRONG_QUOTE for one in flips[True])
    return 1 if bad else 0


if __name__ == "__main__":
    sys.exit(main())
