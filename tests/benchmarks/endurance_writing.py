"""The side of the endurance run that changes the workspace: one ingest after the other, each in a process of its own.

It notes every text that it ever wrote, and after every ingest what the published generation holds. Some ingests are
killed and begun again.
"""

from __future__ import annotations

import json
import os
import random
import signal
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from index.schema import NOW
from index.store import connect
from index.workspace import STORE_FILE, open_workspace
from tests.benchmarks import endurance_facts as facts
from tests.benchmarks.endurance_facts import OWN, Text

MOST_BRIDGES = 14
MOST_LISTS = 3
LARGEST = 300
"""Articles that one file brings at most."""
KILLED = 0.2
"""Share of the ingests that are killed first."""

Holds = dict[str, tuple[str, str]]
"""SHA-256 and day of publication of each of these articles, by id."""


@dataclass(frozen=True, slots=True)
class Published:
    """A generation, and when it can have been the published one: not before `begun`, and certainly at `noted`."""

    generation: int
    begun: float
    noted: float
    holds: Holds


@dataclass(slots=True)
class Ledger:
    """What was written and published."""

    texts: dict[tuple[str, str], str] = field(default_factory=dict)
    """By article and SHA-256."""
    published: list[Published] = field(default_factory=list)
    changes: Counter[str] = field(default_factory=Counter)
    killed: int = 0
    half_done: int = 0
    """Killed ingests that left a new generation behind."""
    wrong: list[str] = field(default_factory=list)
    """Where the workspace does not hold what an ingest said it wrote."""
    seconds: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    """The most that each ingest held."""


class Writer:
    """Changes the workspace until it is told to stop."""

    def __init__(self, workspace: Path, folder: Path, *, seed: int) -> None:
        self.workspace = workspace
        self.folder = folder / "articles"
        self.known = folder / "names.json"
        """The bridges that can be asked about, for the processes that ask."""
        self.ledger = Ledger()
        self._store = connect(workspace / STORE_FILE)
        self._random = random.Random(seed)
        self._names = facts.names()
        self._files: dict[str, tuple[Text, ...]] = {}
        self._revisions: Counter[str] = Counter()
        self.folder.mkdir()
        self._tell()
        self._note(time.monotonic())

    def run(self, goes_on: Callable[[], bool]) -> None:
        """One change after the other; the last one is finished."""
        while goes_on():
            self.change()

    def close(self) -> None:
        self._store.close()

    def change(self) -> None:
        """One addition, revision or removal, of one pair of articles or of hundreds; now and then nothing at all."""
        kind = self._chosen()
        self.ledger.changes[kind] += 1
        what, _, how = kind.partition(" ")
        name = "" if how in ("", "added") else self._random.choice(self._bridges if what == "bridge" else self._lists)
        if how == "removed":
            self._done(["articles", "remove", *(text.article for text in self._take_away(name))])
            return
        if how == "pruned":
            self._take_away(name)
        elif what == "bridge":
            self._put_bridge(name or next(self._names))
        elif what == "list":
            self._put_list(name or f"list-{self.ledger.changes.total()}")
        self._done(["ingest", str(self.folder), "--prune"])

    def _chosen(self) -> str:
        bridges, lists = len(self._bridges), len(self._lists)
        weights = {
            "bridge added": 4 if bridges < MOST_BRIDGES else 0,
            "bridge revised": 5 if bridges else 0,
            "bridge pruned": 2 if bridges > 4 else 0,
            "bridge removed": 2 if bridges > 4 else 0,
            "list added": 2 if lists < MOST_LISTS else 0,
            "list revised": 2 if lists else 0,
            "list pruned": 2 if lists > 1 else 0,
            "nothing": 1,
        }
        return self._random.choices(list(weights), list(weights.values()))[0]

    @property
    def _bridges(self) -> list[str]:
        return [name for name, texts in self._files.items() if len(texts) == 2]

    @property
    def _lists(self) -> list[str]:
        return [name for name, texts in self._files.items() if len(texts) > 2]

    def _take_away(self, name: str) -> tuple[Text, ...]:
        texts = self._files.pop(name)
        (self.folder / f"{name}.jsonl").unlink()
        self._tell()
        return texts

    def _put_bridge(self, name: str) -> None:
        self._revisions[name] += 1
        self._put(name, facts.bridge(name, self._random.randint(2, 9_999), self._revisions[name]))

    def _put_list(self, name: str) -> None:
        """Many articles, of which a later revision changes some, drops some and adds some."""
        kept = [text for text in self._files.get(name, ()) if self._random.random() < 0.9]
        self._revisions[name] += 1
        revision = self._revisions[name]
        texts = [self._revised(text, revision) if self._random.random() < 0.3 else text for text in kept]
        more = self._random.randint(3, max(4, LARGEST - len(texts)))
        texts += [self._depot(next(self._names), revision) for _ in range(more)]
        self._put(name, tuple(texts))

    def _revised(self, text: Text, revision: int) -> Text:
        return self._depot(text.article.removeprefix(OWN), revision)

    def _depot(self, name: str, revision: int) -> Text:
        return facts.depot(name, self._random.randint(100, 99_999), revision)

    def _put(self, name: str, texts: tuple[Text, ...]) -> None:
        self._files[name] = texts
        self.ledger.texts |= {(text.article, text.sha256): text.text for text in texts}
        path = self.folder / f"{name}.jsonl"
        made = path.with_suffix(".part")
        made.write_text("".join(text.line for text in texts), encoding="utf-8")
        os.replace(made, path)
        self._tell()

    def _tell(self) -> None:
        made = self.known.with_suffix(".part")
        made.write_text(json.dumps(self._bridges), encoding="utf-8")
        os.replace(made, self.known)

    def _done(self, arguments: Sequence[str]) -> None:
        """Runs the command to its end, now and then after killing it on its way, and notes what came of it."""
        begun = time.monotonic()
        doomed = self._doom() if self._random.random() < KILLED else None
        if not self._crosscheck(arguments, doomed=doomed):
            self.ledger.killed += 1
            before = self.ledger.published[-1].generation
            self._note(begun)
            self.ledger.half_done += self.ledger.published[-1].generation != before
            begun = time.monotonic()
            again = self._what_is_left(arguments) if arguments[0] == "articles" else arguments
            if len(again) > 2 or again[0] != "articles":
                self._crosscheck(again)
        self._note(begun)
        intended = {text.article: (text.sha256, text.published) for texts in self._files.values() for text in texts}
        if self.ledger.published[-1].holds != intended:
            there = self.ledger.published[-1].holds
            odd = sorted(key for key in {*there, *intended} if there.get(key) != intended.get(key))
            self.ledger.wrong.append(f"after {' '.join(arguments[:2])}: {odd[:5]}")

    def _what_is_left(self, arguments: Sequence[str]) -> list[str]:
        """A killed removal may have been done: what is gone cannot be removed once more."""
        return [*arguments[:2], *(one for one in arguments[2:] if one in self.ledger.published[-1].holds)]

    def _doom(self) -> Callable[[], bool]:
        """When to kill: at some moment, or as soon as something is committed that is not published yet."""
        if self._random.random() < 0.5:
            return lambda: self._store.generation != self._store.published
        usual = self.ledger.seconds[-1] if self.ledger.seconds else 3.0
        until = time.monotonic() + self._random.uniform(0.1, 1.1) * usual
        return lambda: time.monotonic() > until

    def _crosscheck(self, arguments: Sequence[str], *, doomed: Callable[[], bool] | None = None) -> bool:
        """Whether it came to its end; it is killed as soon as it is doomed."""
        command = [sys.executable, "-m", "assistant", *arguments, "--workspace", str(self.workspace)]
        begun = time.monotonic()
        with (self.known.parent / "ingest.log").open("w") as log:
            process = subprocess.Popen(command, stdout=log, stderr=log)
            killed = doomed is not None and not _ends_before(process, doomed)
            if killed:
                process.send_signal(signal.SIGKILL)
            _, status, usage = os.wait4(process.pid, 0)
            process.returncode = os.waitstatus_to_exitcode(status)
        if killed and process.returncode == -signal.SIGKILL:
            return False
        if process.returncode:
            said = (self.known.parent / "ingest.log").read_text()[-500:]
            self.ledger.wrong.append(f"crosscheck {arguments[0]} ended with {process.returncode}: {said}")
        self.ledger.seconds.append(time.monotonic() - begun)
        self.ledger.megabytes.append(usage.ru_maxrss / 1024)
        return True

    def _settle(self) -> None:
        while self._store.generation != self._store.published:
            with open_workspace(self.workspace) as opened, opened.viewing():
                time.sleep(0.05)

    def _note(self, begun: float) -> None:
        """What the published generation holds of these articles.

        What a killed process had committed is published first, here or by a process that asks.
        """
        self._settle()
        with open_workspace(self.workspace) as opened, opened.viewing() as view:
            rows = view.rows(
                "SELECT a.id, r.sha256, r.published FROM revisions r JOIN articles a ON a.number = r.article "
                f"WHERE a.id LIKE :own AND {NOW.format(r='r')}",
                own=f"{OWN}%",
            )
            holds = {article: (sha256, published) for article, sha256, published in rows}
            generation = view.generation
        last = self.ledger.published[-1] if self.ledger.published else None
        if last is None or last.generation != generation:
            self.ledger.published.append(Published(generation, begun, time.monotonic(), holds))
        elif last.holds != holds:
            self.ledger.wrong.append(f"generation {generation} holds something else than before")


def _ends_before(process: subprocess.Popen[bytes], doomed: Callable[[], bool]) -> bool:
    """Looks without reaping, so that what it used can still be told."""
    while os.waitid(os.P_PID, process.pid, os.WEXITED | os.WNOHANG | os.WNOWAIT) is None:
        if doomed():
            return False
        time.sleep(0.005)
    return True
