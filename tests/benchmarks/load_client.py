"""Clients that ask a server as fast as it answers: `python -m tests.benchmarks.load_client`, a `Load` as JSON on stdin.

A process of its own, on bare sockets, so that it takes little from the server beside which it runs. Each client has one
connection and sends its next request when it has its answer. Prints `Figures` as JSON.
"""

from __future__ import annotations

import asyncio
import json
import subprocess
import sys
import time
from collections import Counter
from collections.abc import Sequence
from dataclasses import asdict, dataclass, field
from itertools import count


@dataclass(frozen=True, slots=True, kw_only=True)
class Load:
    """What is sent, by how many, for how long."""

    port: int
    path: str
    bodies: Sequence[str] = ()
    """Sent in turn by POST; none for GET."""
    clients: int = 1
    seconds: float = 5.0


@dataclass(frozen=True, slots=True)
class Figures:
    """What came of it."""

    seconds: float
    milliseconds: list[float]
    """Of each request that was answered with 200, from its first byte sent to its last byte received, ascending."""
    failed: dict[str, int] = field(default_factory=dict)
    """How many had each other status."""
    client_cpu: float = 0.0
    """Seconds that the clients took of the processor."""

    @property
    def per_second(self) -> float:
        return len(self.milliseconds) / self.seconds

    def percentile(self, share: float) -> float:
        return self.milliseconds[min(len(self.milliseconds) - 1, int(len(self.milliseconds) * share))]


def together(several: Sequence[Figures]) -> Figures:
    """Several rounds as one."""
    failed: Counter[str] = Counter()
    for one in several:
        failed.update(one.failed)
    return Figures(
        sum(one.seconds for one in several),
        sorted(took for one in several for took in one.milliseconds),
        dict(failed),
        sum(one.client_cpu for one in several),
    )


def drive(load: Load) -> Figures:
    """Runs the clients in another process."""
    command = [sys.executable, "-m", "tests.benchmarks.load_client"]
    done = subprocess.run(command, input=json.dumps(asdict(load)), capture_output=True, text=True, check=True)
    return Figures(**json.loads(done.stdout))


def request(load: Load, body: str | None) -> bytes:
    """The bytes of one request."""
    head = f"{'GET' if body is None else 'POST'} {load.path} HTTP/1.1\r\nHost: 127.0.0.1:{load.port}\r\n"
    if body is None:
        return f"{head}\r\n".encode()
    content = body.encode()
    head += f"Content-Type: application/json\r\nContent-Length: {len(content)}\r\n\r\n"
    return head.encode() + content


async def response(reader: asyncio.StreamReader) -> tuple[int, bytes]:
    """Status and body, by its length or in chunks."""
    head = (await reader.readuntil(b"\r\n\r\n")).decode("latin-1").lower()
    status = int(head.split(" ", 2)[1])
    if "content-length: " in head:
        return status, await reader.readexactly(int(head.split("content-length: ")[1].split("\r\n")[0]))
    parts = []
    while size := int(await reader.readuntil(b"\r\n"), 16):
        parts.append(await reader.readexactly(size))
        await reader.readexactly(2)
    await reader.readexactly(2)
    return status, b"".join(parts)


async def _all(load: Load) -> Figures:
    requests = [request(load, body) for body in load.bodies] or [request(load, None)]
    numbers = count()
    taken: list[float] = []
    failed: Counter[str] = Counter()
    ends = time.perf_counter() + load.seconds

    async def client() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", load.port)
        while (started := time.perf_counter()) < ends:
            writer.write(requests[next(numbers) % len(requests)])
            status, _ = await response(reader)
            if status == 200:
                taken.append((time.perf_counter() - started) * 1000)
            else:
                failed[str(status)] += 1
        writer.close()

    started = time.perf_counter()
    await asyncio.gather(*(client() for _ in range(load.clients)))
    return Figures(time.perf_counter() - started, sorted(taken), dict(failed), time.process_time())


if __name__ == "__main__":
    json.dump(asdict(asyncio.run(_all(Load(**json.loads(sys.stdin.read()))))), sys.stdout)
