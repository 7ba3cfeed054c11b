"""The side of the endurance run that asks: one process with an open desk, one question after the other.

What it saw goes into a file, a line each; nothing is judged here.
"""

from __future__ import annotations

import json
import random
import time
from collections.abc import Iterator, Sequence
from contextlib import suppress
from dataclasses import asdict, dataclass, replace
from datetime import date, timedelta
from multiprocessing.synchronize import Event
from pathlib import Path

from assistant import wiring
from assistant.models import Question, ask
from assistant.settings import load
from assistant.wiring.desk import Desk
from tests.assistant.as_of import QUESTIONS
from tests.assistant.planted import planted
from tests.benchmarks import endurance_facts as facts


@dataclass(frozen=True, slots=True)
class Quoted:
    """Words that were given, and where they are said to stand."""

    article: str
    sha256: str
    start: int
    end: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Seen:
    """One question and what came of it. Times are of the system's monotonic clock, the same in all processes."""

    kind: str
    """"ask" or "search"."""
    question: str
    bridge: str
    """Whose cost was asked for; "" where it was another question."""
    as_of: str | None
    begun: float
    ended: float
    generation: int = 0
    status: str | None = None
    quoted: Sequence[Quoted] = ()
    error: str = ""


def asking(workspace: Path, log: Path, known: Path, seed: int, ready: Event, stop: Event) -> None:
    """Asks until it is told to stop. The target of a process."""
    chosen = random.Random(seed)
    with wiring.opened(load({"workspace": workspace})) as desk, log.open("a", encoding="utf-8", buffering=1) as lines:
        _ = desk.tools
        ready.set()
        while not stop.is_set():
            seen = one(desk, *_question(chosen, known))
            lines.write(json.dumps(asdict(seen)) + "\n")


def _question(chosen: random.Random, known: Path) -> tuple[str, Question, str]:
    """What to do, the question, and the bridge that it is about."""
    kind = chosen.choice(("ask", "search"))
    bridges = json.loads(known.read_text(encoding="utf-8"))
    if bridges and chosen.random() < 0.5:
        bridge = chosen.choice(bridges)
        day = facts.FIRST_DAY + timedelta(days=chosen.randint(0, 4)) if chosen.random() < 0.25 else None
        return kind, ask(facts.question(bridge), as_of=day), bridge
    return kind, ask(chosen.choice(_others()), as_of=date(2022, 8, 1) if chosen.random() < 0.1 else None), ""


def _others() -> list[str]:
    return [*QUESTIONS, *(row.question for row in planted())]


def one(desk: Desk, kind: str, question: Question, bridge: str) -> Seen:
    """Asks; what goes wrong is what was seen."""
    as_of = question.as_of.isoformat() if question.as_of else None
    begun = time.monotonic()
    asked = Seen(kind=kind, question=question.text, bridge=bridge, as_of=as_of, begun=begun, ended=begun)
    try:
        generation, status, quoted = _answered(desk, question) if kind == "ask" else _searched(desk, question)
    except Exception as error:
        return replace(asked, ended=time.monotonic(), error=f"{type(error).__name__}: {error}")
    return replace(asked, ended=time.monotonic(), generation=generation, status=status, quoted=quoted)


def _answered(desk: Desk, question: Question) -> tuple[int, str | None, list[Quoted]]:
    answer = desk.ask(question)
    cited = (*answer.citations, *answer.closest)
    quoted = [Quoted(one.article_id, one.sha256, one.start, one.end, one.quote) for one in cited]
    return answer.workspace.generation, answer.status, quoted


def _searched(desk: Desk, question: Question) -> tuple[int, str | None, list[Quoted]]:
    result = desk.search(question)
    found = [hit.passage for hit in result.hits]
    quoted = [Quoted(one.article.id, one.article.sha256, one.start, one.end, one.text) for one in found]
    return result.generation, None, quoted


def read(log: Path) -> Iterator[Seen]:
    with log.open(encoding="utf-8") as lines:
        for line in lines:
            with suppress(json.JSONDecodeError):  # the last line of a process that was ended
                row = json.loads(line)
                yield Seen(**{**row, "quoted": tuple(Quoted(**one) for one in row["quoted"])})
