"""Writes the golden reports anew: `python -m tests.assistant.batch.make_golden`, then read the difference.

With a workspace that holds the sample articles alone, its answers first take the place of the records that the reports
are made of: `python -m tests.assistant.batch.make_golden WORKSPACE`.
"""

from __future__ import annotations

import io
import sys
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from pydantic import TypeAdapter

from assistant import wiring
from assistant.batch.reports import About, Format, write
from assistant.models import Answer, Timings, ask
from assistant.records import Answered, Expected, Failed, Record, one_line
from assistant.settings import load
from assistant.wiring import Desk

GOLDEN = Path(__file__).parent / "golden"
RECORDS = GOLDEN / "records.jsonl"
NAMES: dict[Format, str] = {"csv": "report.csv", "markdown": "report.md", "html": "report.html"}
ABOUT = About(
    input_name="questions.jsonl",
    generation=1,
    model="all-MiniLM-L6-v2",
    settings_hash="0123456789ab",
    started=datetime(2026, 6, 30, 9, 12, tzinfo=UTC),
    finished=datetime(2026, 6, 30, 9, 13, tzinfo=UTC),
)
QUESTIONS = (
    "How much better is Maia 200's performance per dollar?",
    "How long is the Veyle Narrows Bridge?",
    "Where does Claude run today?",
    "Who was the captain of the Sandlark?",
    "Was the Sandlark overloaded?",
    "Did a second ferry ignore the distress call?",
    "Was the radar of the Sandlark switched off?",
    "What is the final death toll of the Sandlark?",
    "What will a month of treatment with PB-417 cost?",
)
"""One of each status, and kinds of contradiction."""
EXPECTED = {1: Expected(answers=("30%", "5x"), status="contested", conflict=True), 9: Expected(status="not_covered")}
WRONG = (
    Failed(line=10, error="The line is no object. Write each question as an object on a line of its own."),
    Failed(line=11, id="q-11", error="top-k is 0; give a number from 1 to 100."),
)


def records() -> list[Answered | Failed]:
    adapter: TypeAdapter[Answered | Failed] = TypeAdapter(Record)
    return [adapter.validate_json(line) for line in RECORDS.read_bytes().splitlines()]


def report(format: Format) -> str:  # noqa: A002
    out = io.StringIO()
    write(records(), out, format=format, about=ABOUT)
    return out.getvalue()


def asked(desk: Desk) -> Iterator[Answered]:
    for number, question in enumerate(QUESTIONS, start=1):
        answer = desk.ask(ask(question, id=f"q-{number}"))
        yield Answered(line=number, expected=EXPECTED.get(number), answer=lasting(answer))


def lasting(answer: Answer) -> Answer:
    """Without what another run measures anew."""
    stamp = answer.workspace.model_copy(update={"generation": ABOUT.generation})
    timings = Timings(search=0, read=0, total=0)
    update = {"timings_ms": timings, "workspace": stamp, "settings_hash": ABOUT.settings_hash}
    return answer.model_copy(update=update)


def main(workspace: Path | None) -> None:
    if workspace is not None:
        with wiring.opened(load({"workspace": workspace})) as desk:
            lines = [one_line(record) for record in (*asked(desk), *WRONG)]
        RECORDS.write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    for format_, name in NAMES.items():
        (GOLDEN / name).write_bytes(report(format_).encode())


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else None)
