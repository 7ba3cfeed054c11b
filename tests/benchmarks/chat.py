"""The chat over a real workspace: when its first screen and first answer are there, and whether it ever stands still.

    python -m tests.benchmarks.chat WORKSPACE [--questions 500] [--starts 9]

Starts the command in a terminal of its own, several times; then asks many questions in one chat, types into the prompt
while each is answered, and looks every 10 ms how late the interface thread is. Prints Markdown.
"""

from __future__ import annotations

import argparse
import asyncio
import gc
import os
import sys
import tempfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import cycle, islice
from pathlib import Path
from time import perf_counter

from tests.benchmarks.measuring import median, table
from tests.benchmarks.terminal import terminal

QUESTION = "How much better is Maia 200's performance per dollar?"
FIRST, ANSWERED = "Ask the articles", "stated outright"
TICK = 0.01
TYPED = "and then"


@dataclass
class Ticker:
    """How late the interface thread was, every time it was to wake."""

    late: list[float] = field(default_factory=list)

    async def run(self) -> None:
        while True:
            due = perf_counter() + TICK
            await asyncio.sleep(TICK)
            self.late.append(perf_counter() - due)

    def taken(self) -> list[float]:
        """What was measured since the last time."""
        late, self.late = self.late, []
        return late


def starts(workspace: Path, runs: int) -> list[tuple[float, float, float]]:
    """Seconds to the first screen, of processor time until then, and from typing a question at once to its answer."""
    measured = []
    for _ in range(runs):
        with tempfile.TemporaryDirectory() as home:
            command = [sys.executable, "-m", "assistant", "chat", "--workspace", str(workspace)]
            with terminal(command, columns=140, rows=40, XDG_DATA_HOME=home) as shown:
                first = shown.seconds_until(FIRST)
                used = shown.processor_seconds
                shown.type(f"{QUESTION}\r")
                measured.append((first, used, shown.seconds_until(ANSWERED)))
    return measured


@dataclass
class Day:
    """What a long conversation measured."""

    seconds: list[float] = field(default_factory=list)
    late_first: float = 0.0
    """The longest while models load and the first question is answered."""
    late: list[float] = field(default_factory=list)
    megabytes: list[float] = field(default_factory=list)
    lost: int = 0
    sweeps: list[float] = field(default_factory=list)


class Sweeps:
    """How long each full search for garbage took. The chat makes them between questions."""

    def __init__(self) -> None:
        self.seconds: list[float] = []
        self._began = 0.0

    def __call__(self, phase: str, about: dict[str, int]) -> None:
        if about["generation"] < 2:
            return
        if phase == "start":
            self._began = perf_counter()
        else:
            self.seconds.append(perf_counter() - self._began)


async def conversation(workspace: Path, questions: Sequence[str]) -> Day:
    """Asks one after the other, typing while each is answered."""
    from assistant import wiring
    from assistant.settings import load
    from tui.app import ChatApp

    settings = load({"workspace": workspace})
    day, ticker, sweeps = Day(), Ticker(), Sweeps()
    gc.callbacks.append(sweeps)
    with tempfile.TemporaryDirectory() as home:
        app = ChatApp(
            lambda: wiring.opened(settings), workspace=workspace, sessions=Path(home),
            ingest=lambda paths, events: wiring.ingest(settings, paths, events=events),
        )  # fmt: skip
        async with app.run_test(size=(140, 40)) as pilot:
            ticking = asyncio.create_task(ticker.run())
            for number, question in enumerate(questions):
                app.prompt.value = question
                began = perf_counter()
                await pilot.press("enter", *("space" if c == " " else c for c in TYPED))
                day.lost += app.prompt.value != TYPED
                while app.asking:
                    await asyncio.sleep(TICK)
                await pilot.pause()
                day.seconds.append(perf_counter() - began)
                late = ticker.taken()
                if number:
                    day.late += late
                else:
                    day.late_first = max(late)
                if (number + 1) % 50 == 0:
                    day.megabytes.append(resident())
            ticking.cancel()
    gc.callbacks.remove(sweeps)
    day.sweeps = sweeps.seconds
    return day


def resident() -> float:
    """Megabytes that this process holds."""
    return int(Path("/proc/self/statm").read_text().split()[1]) * os.sysconf("SC_PAGE_SIZE") / 2**20


def asked(number: int) -> list[str]:
    """So many questions, those of the sample articles over and over."""
    from tests.assistant.planted import planted

    return list(islice(cycle(dict.fromkeys(row.question for row in planted())), number))


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("workspace", type=Path)
    parser.add_argument("--questions", type=int, default=500)
    parser.add_argument("--starts", type=int, default=9)
    given = parser.parse_args()
    if given.starts:
        first, used, answered = (median(list(one)) for one in zip(*starts(given.workspace, given.starts), strict=True))
        rows = [["first screen", f"{first:.2f} s"], ["processor time until then", f"{used:.2f} s"]]
        rows.append(["first answer, asked at once, from process start", f"{answered:.2f} s"])
        print(table(["start (medians)", ""], rows), flush=True)
    day = asyncio.run(conversation(given.workspace, asked(given.questions)))
    print(f"\n{len(day.seconds)} questions in one chat, load {os.getloadavg()[0]:.1f} on {os.cpu_count()} cores.\n")
    print(table(["", ""], rows_of(day)))


def rows_of(day: Day) -> list[list[str]]:
    late = sorted(day.late)
    place = int(len(late) * 0.999)
    return [
        ["question to answer on the screen, median", f"{median(day.seconds[1:]) * 1000:.0f} ms"],
        ["interface thread late, 99.9 % of the time at most", f"{late[place] * 1000:.0f} ms"],
        ["longest", f"{late[-1] * 1000:.0f} ms"],
        ["over 50 ms", f"{sum(one > 0.05 for one in late)} of {len(late):,}"],
        ["sweeps for garbage, between questions", f"{len(day.sweeps)}, longest {max(day.sweeps) * 1000:.0f} ms"],
        ["longest while models load", f"{day.late_first * 1000:.0f} ms"],
        ["memory after every 50 questions", ", ".join(f"{one:.0f}" for one in day.megabytes) + " MB"],
        ["questions during which typing was lost", str(day.lost)],
    ]


if __name__ == "__main__":
    main()
