"""The service under load, beside a constant route and the first thing one writes, all in one run.

    python -m tests.benchmarks.http WORKSPACE [--seconds 5] [--rounds 3] [--clients 1 8 32] [--workers N]

Three servers as processes on this machine: `crosscheck serve`, and an app with a constant route and a search through
torch (`torch_app`). They are asked in turn, round by round, the labelled questions of tests/gold. Prints tables.
"""

from __future__ import annotations

import argparse
import json
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from index import dense
from index.indexable import passage_rows, vectors
from index.workspace import open_workspace
from tests.benchmarks import servers
from tests.benchmarks.load_client import Figures, Load, drive, together
from tests.benchmarks.measuring import table
from tests.benchmarks.servers import Server
from tests.gold.questions import gold_questions

CONSTANT, TORCH, SEARCH, QUERY = "constant route", "search, torch in a thread pool", "search", "full query"


@dataclass(frozen=True, slots=True)
class Target:
    """A route of a server, and what it is sent."""

    name: str
    server: Server
    path: str
    bodies: Sequence[str] = ()

    def ask(self, clients: int, seconds: float) -> tuple[Figures, float]:
        """Also the seconds that the server took of the processor for each request."""
        before = self.server.cpu_seconds()
        found = drive(Load(port=self.server.port, path=self.path, bodies=self.bodies, clients=clients, seconds=seconds))
        return found, (self.server.cpu_seconds() - before) / max(1, len(found.milliseconds))


@dataclass(frozen=True, slots=True)
class Row:
    """What a target did under so many clients."""

    name: str
    clients: int
    figures: Figures
    cpu: float

    def cells(self) -> list[str]:
        figures = self.figures
        return [
            self.name,
            str(self.clients),
            f"{figures.per_second:,.1f}",
            f"{figures.percentile(0.5):,.1f}",
            f"{figures.percentile(0.99):,.1f}",
            f"{self.cpu * 1000:.1f}",
            str(sum(figures.failed.values())),
        ]


def measured(targets: Sequence[Target], clients: int, *, rounds: int, seconds: float) -> list[Row]:
    """Every target in every round, so that what else the machine does meanwhile falls on all of them."""
    found = [[target.ask(clients, seconds) for target in targets] for _ in range(rounds)]
    by_target = [[one[at] for one in found] for at in range(len(targets))]
    return [
        Row(target.name, clients, together([figures for figures, _ in some]), sum(cpu for _, cpu in some) / len(some))
        for target, some in zip(targets, by_target, strict=True)
    ]


def plain_files(workspace: Path, folder: Path) -> tuple[Path, Path]:
    """The workspace's own vectors as the other app reads them, and its passages as JSON."""
    with open_workspace(workspace) as opened, opened.reading() as (view, _):
        passages = folder / "passages.json"
        passages.write_text(json.dumps([row.text for row in passage_rows(view)]))
        dense.write(vectors(view), folder / "vectors")
    return folder / "vectors", passages


def bodies() -> list[str]:
    return [json.dumps({"question": one.question}) for one in gold_questions()]


def ratios(rows: Sequence[Row]) -> list[list[str]]:
    """Search beside the same through torch: how many times the requests, and which part of the slowest."""
    lines = []
    for clients in dict.fromkeys(row.clients for row in rows):
        of = {row.name: row.figures for row in rows if row.clients == clients}
        ours, theirs = of[SEARCH], of[TORCH]
        times = ours.per_second / theirs.per_second
        share = ours.percentile(0.99) / theirs.percentile(0.99)
        lines.append([str(clients), f"{times:.2f}", f"{share:.2f}"])
    return lines


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--seconds", type=float, default=5.0, help="of each round")
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 8, 32])
    parser.add_argument("--workers", type=int, help="of crosscheck serve, instead of its own choice")
    given = parser.parse_args()
    options = ("--workers", str(given.workers)) if given.workers else ()
    with tempfile.TemporaryDirectory() as name:
        files = plain_files(given.workspace, Path(name))
        with servers.first_thing(*files) as plain, servers.crosscheck(given.workspace, *options) as ours:
            asked = bodies()
            targets = (
                Target(CONSTANT, plain, "/constant"),
                Target(TORCH, plain, "/v1/search", asked),
                Target(SEARCH, ours, "/v1/search", asked),
                Target(QUERY, ours, "/v1/query", asked),
            )
            for target in targets:
                target.ask(2, 1.0)
            rows = [
                row
                for clients in given.clients
                for row in measured(targets, clients, rounds=given.rounds, seconds=given.seconds)
            ]
    report(rows)


def report(rows: Sequence[Row]) -> None:
    print(
        table(["", "clients", "requests/s", "p50 ms", "p99 ms", "server CPU ms", "failed"], [r.cells() for r in rows])
    )
    print("\nSearch beside torch:\n")
    print(table(["clients", "times the requests/s", "times the p99"], ratios(rows)))


if __name__ == "__main__":
    main()
