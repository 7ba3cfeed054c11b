"""How well and how fast articles are brought together by origin.

    python -m tests.benchmarks.origins SHARED --workspace FOLDER

SHARED is the folder with `articles/`. Ingests the rumour articles into FOLDER (embedded once if it is kept), traces all
of it anew, adds single articles again, and compares origins with `tests/gold/origins.jsonl`: of each labelled story the
labelled articles alone. The thresholds were chosen on the part "tune"; "held" is what counts.

Pairs: two articles of a story that have one origin. A story is exact when it has the right number of origins.
"""

from __future__ import annotations

import argparse
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import combinations
from pathlib import Path
from time import perf_counter

from assistant import wiring
from assistant.progress import shown_events
from assistant.settings import Settings
from corpus.origins import Link, Origin, origins
from index.workspace import Workspace, open_workspace
from tests.benchmarks.measuring import median, table

GOLD = Path(__file__).parent.parent / "gold" / "origins.jsonl"


@dataclass(frozen=True, slots=True)
class Story:
    """The labelled articles of a story, grouped by origin."""

    part: str
    groups: Sequence[Sequence[str]]


@dataclass(frozen=True, slots=True)
class Score:
    """Counts over stories."""

    both: int
    found: int
    labelled: int
    exact: int
    stories: int
    distance: float
    """Mean of how many origins too many or too few a story has."""

    def row(self, name: str) -> list[str]:
        precision, recall = self.both / max(1, self.found), self.both / max(1, self.labelled)
        return [
            name, f"{self.stories}", f"{precision:.3f}", f"{recall:.3f}",
            f"{self.exact / max(1, self.stories):.3f}", f"{self.distance:.2f}",
        ]  # fmt: skip


def read_gold(path: Path) -> list[Story]:
    """Stories; articles that only got into one by mistake stay out."""
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [
        Story(row["part"], [group["articles"] for group in row["groups"] if group["name"].upper() != "OFFTOPIC"])
        for row in rows
    ]


def pairs(groups: Iterable[Sequence[str]]) -> set[frozenset[str]]:
    return {frozenset(pair) for group in groups for pair in combinations(group, 2)}


def score(stories: Sequence[Story], links: Sequence[Link]) -> Score:
    both = found = labelled = exact = distance = 0
    for story in stories:
        ids = dict.fromkeys((id_ for group in story.groups for id_ in group), None)
        groups = [origin.articles for origin in origins(ids, links)]
        ours, theirs = pairs(groups), pairs(story.groups)
        both, found, labelled = both + len(ours & theirs), found + len(ours), labelled + len(theirs)
        off = abs(len(groups) - len(story.groups))
        exact, distance = exact + (off == 0), distance + off
    return Score(both, found, labelled, exact, len(stories), distance / max(1, len(stories)))


def quality(stories: Sequence[Story], links: Sequence[Link]) -> str:
    rows = []
    for part in ("tune", "held"):
        chosen = [story for story in stories if story.part == part]
        rows.append(score(chosen, links).row(part))
        rows.append(score(chosen, [link for link in links if link.kind == "copy"]).row(f"{part}, shared text alone"))
        rows.append(score(chosen, [link for link in links if link.kind != "copy"]).row(f"{part}, credits alone"))
        rows.append(score(chosen, ()).row(f"{part}, every article its own"))
    return table(["part", "stories", "precision", "recall", "exact number", "off by"], rows)


def trace_anew(workspace: Workspace) -> float:
    """Seconds that all articles take, without embedding."""
    with workspace.writing():
        workspace.store.connection.execute("DELETE FROM meta WHERE key = 'origins'")
        started = perf_counter()
        workspace.store.trace_origins()
        return perf_counter() - started


def add_one_each(workspace: Workspace, count: int) -> list[float]:
    """Seconds that tracing and linking one article takes while all others are there, for every n-th article."""
    from index.origins import Tracks

    connection = workspace.store.connection
    living = connection.execute("SELECT article, revision FROM traces ORDER BY article").fetchall()
    seconds = []
    for number, revision in living[:: max(1, len(living) // count)]:
        connection.execute("BEGIN")
        tracks = Tracks(connection)
        tracks.forget(number, revision)
        started = perf_counter()
        tracks.add_stored(number, revision)
        seconds.append(perf_counter() - started)
        connection.execute("ROLLBACK")
    return seconds


def summary(found: Sequence[Origin], seconds: float, single: Sequence[float]) -> str:
    shared = [len(origin.articles) for origin in found if len(origin.articles) > 1]
    articles = sum(len(origin.articles) for origin in found)
    return (
        f"{articles:,} articles traced and linked in {seconds:.1f} s ({seconds / articles * 1000:.1f} ms each); one "
        f"added to the others: median {median(single) * 1000:.1f} ms, worst {max(single) * 1000:.1f} ms.\n"
        f"{len(found):,} origins; {len(shared):,} of them have {sum(shared):,} articles, the largest {max(shared)}."
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--workspace", type=Path, required=True)
    given = parser.parse_args()
    with open("/dev/null", "w") as nowhere, shown_events(nowhere) as events:
        rumours = given.shared / "articles" / "rumours_2014.jsonl.gz"
        wiring.ingest(Settings(workspace=given.workspace), [rumours], events=events)
    with open_workspace(given.workspace) as workspace:
        seconds = trace_anew(workspace)
        single = add_one_each(workspace, 100)
        with workspace.viewing() as view:
            found = view.origins()
    print(summary(found, seconds, single), end="\n\n")
    print(quality(read_gold(GOLD), [link for origin in found for link in origin.links]))


if __name__ == "__main__":
    main()
