"""What the tests of batches share: a file of questions, a desk that answers at once, and a whole run of both."""

from __future__ import annotations

import json
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path

from assistant.batch import output, resuming
from assistant.batch.inputs import Entry, Source, kind_of
from assistant.batch.job import Done, run
from assistant.batch.resuming import Choice, Files, Run
from assistant.models import Answer, Question, Timings, WorkspaceStamp
from assistant.records import Answered, Failed, read_record

Ask = Callable[[Question], Answer]


def answer(question: Question) -> Answer:
    """Says what was asked, as far as it changes an answer."""
    return Answer(
        id=question.id or "q-unnamed",
        question=question.text,
        as_of=question.as_of,
        status="not_covered",
        reason=f"top_k {question.top_k}, {', '.join(question.publishers)}",
        text="",
        citations=(),
        timings_ms=Timings(search=0, read=0, total=0),
        workspace=WorkspaceStamp(generation=1, model="none"),
        settings_hash="s",
    )


def entries(path: Path, kind: str | None = None) -> list[Entry]:
    return list(Source(path, str(path), kind_of(str(path), kind)).entries())


def write_questions(path: Path, texts: Sequence[str]) -> Path:
    path.write_text("".join(json.dumps({"id": str(at), "question": text}) + "\n" for at, text in enumerate(texts)))
    return path


def made_with(settings: str = "s", generation: int = 1, crosscheck: str = "1.0") -> Run:
    now = datetime(2026, 11, 22, tzinfo=UTC)
    return Run(
        crosscheck=crosscheck,
        settings=settings,
        generation=generation,
        model="none",
        started=now,
        input="-",
        kind="jsonl",
        bytes=0,
        sha256="",
    )


def asked(
    questions: Path,
    out: Path,
    *,
    ask: Ask = answer,
    choice: Choice = "refuse",
    run_with: Run | None = None,
    stopped: Callable[[], bool] = lambda: False,
) -> Done:
    """A run as the command makes it."""
    source, files = Source(questions, str(questions), kind_of(str(questions), None)), Files(out)
    plan = resuming.planned(source, files, run_with or made_with(), choice=choice)
    earlier = resuming.Earlier(files)
    with output.appending(out) as write:
        done = run(
            source, plan, ask=ask, earlier=earlier, write=write, progress=lambda _: None, stopped=stopped, at_once=3
        )
    if not done.stopped:
        resuming.ended(files)
    return done


def written(out: Path) -> list[Answered | Failed]:
    return [read_record(line) for line in out.read_bytes().splitlines()]
