"""Requests of all kinds for a long time, while another process adds, revises and removes articles.

    python -m tests.benchmarks.soak WORKSPACE [--requests 20000] [--clients 16] [--every 2.5]

`crosscheck serve` runs over a copy of the workspace. Each answer has to be of one generation that was published: every
quote stands where its citation says, in the text that its article had in that generation; and no connection ever sees
an earlier generation than before. Prints what failed and how much memory the server held over time.
"""

from __future__ import annotations

import argparse
import asyncio
import json
import random
import shutil
import statistics
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote

from index.workspace import open_workspace
from tests.assistant.planted import planted
from tests.benchmarks import servers
from tests.benchmarks.load_client import Load, request, response
from tests.benchmarks.measuring import table
from tests.benchmarks.servers import Server

KINDS = {"search": 24, "query": 3, "stream": 1, "check": 1, "list": 4, "article": 6, "readyz": 1}
"""How often each, in relation to the others."""
MOST_ADDED = 12

Texts = Mapping[str, str]
"""Text of each living article, by id."""


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that an answer gives, and where it says they stand."""

    generation: int
    article: str
    start: int
    end: int
    words: str

    def holds(self, generations: Mapping[int, Texts]) -> bool:
        text = generations.get(self.generation, {}).get(self.article)
        return text is not None and text[self.start : self.end] == self.words


@dataclass(slots=True)
class Record:
    """What was seen so far."""

    done: Counter[str] = field(default_factory=Counter)
    failed: Counter[str] = field(default_factory=Counter)
    quoted: list[Quoted] = field(default_factory=list)
    backwards: int = 0
    """Answers of an earlier generation than one before on the same connection."""
    memory: list[tuple[float, float]] = field(default_factory=list)
    """Megabytes, second by second: all that is resident, and the part of it that is no file."""
    slowest: float = 0.0


class Writer:
    """Changes the workspace from other processes and notes what each generation holds."""

    def __init__(self, workspace: Path, folder: Path) -> None:
        self._workspace = workspace
        self._folder = folder
        self._random = random.Random(7)
        self._made = 0
        self.added: list[str] = []
        self.changes: Counter[str] = Counter()
        self.generations: dict[int, Texts] = {}
        self.note()

    async def run(self, every: float, ended: asyncio.Event) -> None:
        """One change after the other, the last of which is finished."""
        while not ended.is_set():
            await self._change()
            with suppress(TimeoutError):
                await asyncio.wait_for(ended.wait(), every)

    async def _change(self) -> None:
        if len(self.added) == MOST_ADDED or (len(self.added) > 3 and self._random.random() < 0.25):
            await self._remove(self.added.pop(0))
        elif self.added and self._random.random() < 0.4:
            await self._ingest("revised", self._random.choice(self.added))
        else:
            self._made += 1
            self.added.append(f"soak-{self._made}")
            await self._ingest("added", self.added[-1])
        await asyncio.to_thread(self.note)

    async def _ingest(self, kind: str, article: str) -> None:
        cost = self._random.randint(2, 900)
        text = (
            f"The bridge at {article.title()} cost {cost} million euros, the ministry said.\n\n"
            f"It was opened on a Monday. About {cost * 3} people came to see it. Nobody was hurt."
        )
        row = {"id": article, "title": f"Bridge at {article.title()}", "publisher": "Soak Post", "text": text}
        file = self._folder / f"{article}.jsonl"
        file.write_text(json.dumps({**row, "published": "2026-03-01"}) + "\n")
        await self._crosscheck("ingest", str(file))
        self.changes[kind] += 1

    async def _remove(self, article: str) -> None:
        await self._crosscheck("articles", "remove", article)
        self.changes["removed"] += 1

    async def _crosscheck(self, *arguments: str) -> None:
        command = [sys.executable, "-m", "assistant", *arguments, "--workspace", str(self._workspace)]
        pipe = asyncio.subprocess.PIPE
        process = await asyncio.create_subprocess_exec(*command, stdout=pipe, stderr=pipe)
        _, error = await process.communicate()
        if process.returncode:
            raise RuntimeError(f"crosscheck {arguments[0]} failed: {error.decode()}")

    def note(self) -> None:
        """The texts of the published generation."""
        with open_workspace(self._workspace) as workspace, workspace.viewing() as view:
            ids = [one.id for one in view.listings()]
            self.generations[view.generation] = {one: view.article(one).text for one in ids}


class Client:
    """One connection that asks one thing after the other."""

    def __init__(self, port: int, writer: Writer, record: Record, number: int) -> None:
        self._port = port
        self._writer = writer
        self._record = record
        self._random = random.Random(number)
        self._last = 0
        self._questions = [row.question for row in planted()]
        self._sample = sorted(writer.generations[min(writer.generations)])

    async def run(self, requests: int) -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", self._port)
        while self._record.done.total() < requests:
            kind = self._random.choices(list(KINDS), list(KINDS.values()))[0]
            self._record.done[kind] += 1
            path, body = self._made(kind)
            begun = time.perf_counter()
            writer.write(request(Load(port=self._port, path=path), body))
            status, content = await response(reader)
            self._record.slowest = max(self._record.slowest, time.perf_counter() - begun)
            self._look(kind, path, status, content)
        writer.close()

    def _made(self, kind: str) -> tuple[str, str | None]:
        """Path and body."""
        added = self._writer.added or ["soak-1"]
        if kind == "article":
            return f"/v1/articles/{quote(self._random.choice([*self._sample, *added]))}", None
        if kind in ("list", "readyz"):
            return {"list": "/v1/articles?limit=20", "readyz": "/readyz"}[kind], None
        article = self._random.choice(added).title()
        if kind == "check":
            return "/v1/check", json.dumps({"statement": f"The bridge at {article} cost 44 million euros."})
        text = self._random.choice([*self._questions, f"What did the bridge at {article} cost?"])
        path = {"search": "/v1/search", "query": "/v1/query", "stream": "/v1/query/stream"}[kind]
        return path, json.dumps({"question": text})

    def _look(self, kind: str, path: str, status: int, content: bytes) -> None:
        gone = kind == "article" and status == 404 and "/soak-" in path
        if status != 200 and not gone:
            self._record.failed[f"{kind}: {status}"] += 1
        if status != 200 or kind in ("article", "readyz"):
            return
        if kind == "stream":
            content = content.decode().split("event: answer")[1].split("data: ", 1)[1].strip().encode()
        answer = json.loads(content)
        generation = answer["generation"] if "generation" in answer else answer["workspace"]["generation"]
        self._record.backwards += generation < self._last
        self._last = max(self._last, generation)
        for one in (*answer.get("citations", ()), *answer.get("closest", ()), *answer.get("hits", ())):
            words = one.get("quote", one.get("text"))
            self._record.quoted.append(Quoted(generation, one["article_id"], one["start"], one["end"], words))


async def watch(server: Server, record: Record, ended: asyncio.Event) -> None:
    while not ended.is_set():
        record.memory.append((server.megabytes(), server.private_megabytes()))
        await asyncio.sleep(1)


async def soaked(server: Server, writer: Writer, *, requests: int, clients: int, every: float) -> Record:
    record, ended = Record(), asyncio.Event()
    async with asyncio.TaskGroup() as beside:
        beside.create_task(writer.run(every, ended))
        beside.create_task(watch(server, record, ended))
        await asyncio.gather(*(Client(server.port, writer, record, one).run(requests) for one in range(clients)))
        ended.set()
    return record


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--requests", type=int, default=20_000)
    parser.add_argument("--clients", type=int, default=16)
    parser.add_argument("--every", type=float, default=2.5, help="seconds between two changes")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name:
        copy, articles = Path(name) / "workspace", Path(name) / "articles"
        shutil.copytree(given.workspace, copy)
        articles.mkdir()
        writer = Writer(copy, articles)
        begun = time.perf_counter()
        with servers.crosscheck(copy) as server:
            run = soaked(server, writer, requests=given.requests, clients=given.clients, every=given.every)
            record = asyncio.run(run)
        wrong = [one for one in record.quoted if not one.holds(writer.generations)]
    report(record, writer, wrong, seconds=time.perf_counter() - begun)
    return 1 if record.failed or wrong or record.backwards else 0


def report(record: Record, writer: Writer, wrong: Sequence[Quoted], *, seconds: float) -> None:
    total = record.done.total()
    print(
        f"{total:,} requests in {seconds:,.0f} s ({total / seconds:.0f} a second), the slowest {record.slowest:.2f} s."
    )
    print(f"Of these: {', '.join(f'{count:,} {kind}' for kind, count in sorted(record.done.items()))}.")
    changes = ", ".join(f"{count} {kind}" for kind, count in sorted(writer.changes.items()))
    print(f"Beside them {writer.changes.total()} changes ({changes}), {len(writer.generations)} published generations.")
    print(f"Failed: {dict(record.failed) or 0}. Generations that went backwards: {record.backwards}.")
    print(f"Quotes: {len(record.quoted):,}, not in the text of their generation: {len(wrong)} {wrong[:3] or ''}\n")
    quarter = max(1, len(record.memory) // 4)
    rows = []
    for at, name in ((0, "resident, MB"), (1, "of it no file, MB")):
        values = [one[at] for one in record.memory]
        first, last = statistics.mean(values[:quarter]), statistics.mean(values[-quarter:])
        rows.append([name, f"{first:.0f}", f"{last:.0f}", f"{max(values):.0f}", f"{100 * (last / first - 1):+.1f} %"])
    print(table(["memory of the server", "first quarter", "last quarter", "most", "change"], rows))


if __name__ == "__main__":
    sys.exit(main())
