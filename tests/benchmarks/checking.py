"""Claim checks: every statement of `tests/assistant/distorted.tsv` over the sample articles.

    python -m tests.benchmarks.checking WORKSPACE

WORKSPACE holds the sample articles. Prints verdicts by what was changed, every distorted statement that was confirmed,
every true one that was not, and the time of a check. Ends with 1 where a distorted statement was confirmed.
"""

from __future__ import annotations

import sys
from collections import Counter
from pathlib import Path
from statistics import median

from assistant import wiring
from assistant.models import ask
from assistant.settings import load

STATEMENTS = Path(__file__).parent.parent / "assistant" / "distorted.tsv"


def main(workspace: Path) -> int:
    verdicts: Counter[tuple[str, str]] = Counter()
    times: list[float] = []
    with wiring.opened(load({"workspace": workspace})) as desk:
        for line in STATEMENTS.read_text(encoding="utf-8").splitlines()[1:]:
            changed, statement = line.split("\t")
            found = desk.check(ask(statement))
            verdicts[changed, found.verdict] += 1
            times.append(found.timings_ms.total)
            if changed == "nothing" and found.verdict != "supported":
                print(f"true but {found.verdict}: {statement} ({found.reason})")
            elif changed != "nothing" and found.verdict == "supported":
                print(f"CONFIRMED although its {changed} was changed: {statement}")
    for (changed, verdict), count in sorted(verdicts.items()):
        print(f"{changed:10} {verdict:20} {count}")
    print(f"a check takes {median(times):.0f} ms at the median, {max(times):.0f} ms at most")
    return int(any(verdict == "supported" and changed != "nothing" for changed, verdict in verdicts))


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1])))
