"""An audit of the 1,683 rumour articles: `python -m tests.benchmarks.audit SHARED [--workspace FOLDER] [--part PART]`.

Ingests the articles of a part of the stories, or all, unless FOLDER holds them already; audits them anew; prints time,
pairs compared, conflicts found and, of the first 30, how many a careful reader agrees with (`tests/gold/audit.jsonl`).
Pairs that nobody has read are counted apart: read and label them before a precision is believed.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from time import perf_counter

from assistant import wiring
from assistant.audit_models import Audit, AuditConflict
from assistant.audit_store import FILE
from assistant.settings import Settings, load
from tests.benchmarks.measuring import table
from tests.gold.articles import Place
from tests.gold.audit import flagged_pairs
from tests.gold.stories import stories

FIRST = 30
_ARTICLES = "rumours_2014.jsonl.gz"


class Silent:
    """Tells nobody how far an ingest or an audit is."""

    def looked(self, done: int, total: int) -> None: ...

    def compared(self, done: int, total: int) -> None: ...

    def reading(self, done: int, total: int) -> None: ...

    def planned(self, articles: int) -> None: ...

    def encoding(self, articles: int, done: int, total: int) -> None: ...

    def written(self, articles: int, passages: int) -> None: ...


@dataclass(frozen=True, slots=True)
class Counted:
    """Of some conflicts: those that a reader agrees with, of those that were read."""

    right: int
    read: int
    shown: int

    @property
    def unread(self) -> int:
        return self.shown - self.read


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("shared", type=Path)
    parser.add_argument("--workspace", type=Path, help="one that holds the articles already; its dismissals go")
    parser.add_argument("--part", choices=("tune", "held"), help="only the articles of these stories")
    parser.add_argument("--show", action="store_true", help="each conflict with its quotes")
    given = parser.parse_args()
    with _workspace(given.shared, given.workspace, given.part) as settings:
        (settings.workspace / FILE).unlink(missing_ok=True)
        started = perf_counter()
        found = wiring.audit(settings, events=Silent(), kind=None, limit=None)
        seconds = perf_counter() - started
    print(report(found, seconds))
    for number, one in enumerate(found.conflicts if given.show else (), start=1):
        print(shown(number, one))


@contextmanager
def _workspace(shared: Path, folder: Path | None, part: str | None) -> Iterator[Settings]:
    if folder is not None:
        yield load({"workspace": folder})
        return
    with TemporaryDirectory() as made:
        rows = Path(made) / "articles.jsonl"
        rows.write_text("".join(_rows(shared, part)), encoding="utf-8")
        settings = load({"workspace": Path(made) / "workspace"})
        wiring.ingest(settings, [rows], events=Silent())
        yield settings


def _rows(shared: Path, part: str | None) -> Iterator[str]:
    wanted = {article for story in stories() if part in (None, story.part) for article in story.articles}
    with gzip.open(shared / "articles" / _ARTICLES, "rt", encoding="utf-8") as lines:
        yield from (line for line in lines if json.loads(line)["id"] in wanted)


def counted(conflicts: Sequence[AuditConflict]) -> Counted:
    labels = {frozenset((one.a, one.b)): one.contradicts for one in flagged_pairs()}
    verdicts = [labels.get(_places(one)) for one in conflicts]
    read = [verdict for verdict in verdicts if verdict is not None]
    return Counted(sum(read), len(read), len(verdicts))


def report(found: Audit, seconds: float) -> str:
    firm = [one for one in found.conflicts if not one.doubtful]
    rows = [
        _row(f"first {FIRST}", found.conflicts[:FIRST]),
        _row("nothing in doubt", firm),
        _row("a side in doubt", [one for one in found.conflicts if one.doubtful]),
        *(_row(kind, [one for one in found.conflicts if one.type == kind]) for kind in sorted(_types(found))),
    ]
    head = f"{seconds:.0f} s, {found.compared:,} pairs compared, {found.found:,} conflicts shown."
    return f"{head}\n\n{table(['conflicts', 'shown', 'right', 'precision', 'not read yet'], rows)}"


def _types(found: Audit) -> set[str]:
    return {one.type for one in found.conflicts}


def _row(name: str, conflicts: Sequence[AuditConflict]) -> list[str]:
    of = counted(conflicts)
    precision = f"{of.right / of.read:.2f}" if of.read else "–"
    return [name, str(of.shown), str(of.right), precision, str(of.unread)]


def _places(one: AuditConflict) -> frozenset[Place]:
    return frozenset(Place(side.article_id, side.start, side.end) for side in one.sides)


def shown(number: int, one: AuditConflict) -> str:
    verdict = {0: "wrong", 1: "right"}[counted([one]).right] if counted([one]).read else "not read"
    quotes = [f"    {side.article_id} {side.start}-{side.end}: {' '.join(side.quote.split())}" for side in one.sides]
    return "\n".join([f"\n{number}. {verdict} {one.type} {one.score:.2f}: {one.reason}", *quotes])


if __name__ == "__main__":
    main()
