"""`crosscheck batch`."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands import options
from assistant.commands.output import FAILURE, say

if TYPE_CHECKING:
    from assistant.batch.inputs import Source
    from assistant.batch.job import Done
    from assistant.batch.output import Write
    from assistant.batch.paths import Paths
    from assistant.batch.resuming import Choice, Plan
    from assistant.batch.running import Earlier
    from assistant.batch.tally import Tally
    from assistant.settings import Settings

app = options.new_app()

_INTERRUPTED = 130


@app.command()
def batch(
    questions: Annotated[
        str, typer.Argument(help="File of questions: .jsonl, .csv or .tsv with column names, .txt; - reads stdin.")
    ],
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="File for the records, a line each; else stdout.")
    ] = None,
    workspace: options.Workspace = None,
    input_format: Annotated[
        str | None, typer.Option(help="jsonl, csv, tsv or text, where the name does not say so. [stdin: jsonl]")
    ] = None,
    format: Annotated[  # noqa: A002 - the flag's own name
        str | None, typer.Option(help="Also make a report of the records: csv, markdown or html.")
    ] = None,
    restart: Annotated[bool, typer.Option("--restart", help="Begin anew and overwrite what is there.")] = False,
    continue_anyway: Annotated[
        bool, typer.Option("--continue-anyway", help="Go on though questions, settings or articles have changed.")
    ] = False,
    at_once: Annotated[int | None, typer.Option(min=1, max=64, help="Questions asked at a time. [2 a core]")] = None,
) -> None:
    """Answer a file of questions. Run it again after it was stopped, and it asks what is missing."""
    from assistant.batch import inputs, paths

    gc.enable()
    settings = options.settings(workspace=workspace)
    choice = _choice(restart=restart, continue_anyway=continue_anyway)
    kind = inputs.kind_of(questions, input_format)
    with inputs.opened(questions, kind) as source:
        if output is None or str(output) == inputs.STDIN:
            tally = _printed(source, settings, format, at_once=at_once)
        else:
            where = paths.chosen(output, format, questions=questions)
            tally = _written(source, settings, where, choice=choice, at_once=at_once)
    if tally.failed:
        raise typer.Exit(FAILURE)


def _choice(*, restart: bool, continue_anyway: bool) -> Choice:
    from assistant.errors import BadInput

    if restart and continue_anyway:
        raise BadInput("--restart begins anew and --continue-anyway goes on; give one of them.")
    return "restart" if restart else "continue" if continue_anyway else "refuse"


def _printed(source: Source, settings: Settings, format: str | None, *, at_once: int | None) -> Tally:  # noqa: A002
    """To stdout: nothing to go on with, nothing to make a report of."""
    from assistant.batch import output, resuming
    from assistant.errors import BadInput

    if format not in (None, "jsonl"):
        raise BadInput(f"A report needs a file beside its records. Add: -o answers.jsonl --format {format}")
    resuming.run_of(source, settings)  # so that what is wrong with the workspace is said before anything else
    with output.printing() as write:
        done = _asked(source, settings, resuming.unplanned(source), write, lambda _: None, at_once=at_once)
    return _told(done, how="Write to a file with -o to be able to go on after a stop.")


def _written(source: Source, settings: Settings, where: Paths, *, choice: Choice, at_once: int | None) -> Tally:
    from assistant.batch import output, resuming
    from assistant.batch.reporting import write_report

    files = resuming.Files(where.records)
    with output.locked(where.records):
        plan = resuming.planned(source, files, resuming.run_of(source, settings), choice=choice)
        with _full_disks_told(where.records), output.appending(where.records) as write:
            done = _asked(source, settings, plan, write, resuming.Earlier(files), at_once=at_once)
        tally = _told(done, how=_GO_ON.capitalize())
        resuming.ended(files)
        write_report(where)
    if where.report:
        say(f"Records: {where.records}. Report: {where.report}.")
    return tally


@contextmanager
def _full_disks_told(records: Path) -> Iterator[None]:
    try:
        yield
    except OSError as error:
        say(f"{str(records)!r} cannot be written to ({error.strerror or error}). Once it can, {_GO_ON}")
        raise typer.Exit(FAILURE) from error


_GO_ON = "run the same command again to go on."


def _asked(
    source: Source, settings: Settings, plan: Plan, write: Write, earlier: Earlier, *, at_once: int | None
) -> Done:
    """Opens the workspace when there is a first question to ask."""
    from assistant import wiring
    from assistant.batch.job import run
    from assistant.batch.stopping import stoppable
    from assistant.progress import shown_batch
    from assistant.wiring.once import Once

    for notice in source.notices():
        say(notice)
    with ExitStack() as stack:
        opened = wiring.opened(settings, notice=say, remembering=True)
        desk = Once(lambda: stack.enter_context(opened))
        stopped = stack.enter_context(stoppable())
        progress = stack.enter_context(shown_batch(sys.stderr, done=plan.tally.records, total=plan.total))
        return run(
            source,
            plan,
            ask=lambda question: desk().ask(question),
            earlier=earlier,
            write=write,
            progress=progress.done,
            stopped=stopped,
            at_once=at_once,
        )


def _told(done: Done, *, how: str) -> Tally:
    """Says what was done; ends the command where it was stopped."""
    from assistant.batch.tally import summary

    for line in summary(done.tally, before=done.before, seconds=done.seconds):
        say(line)
    if done.stopped:
        say(f"Stopped after {done.tally.records:,} of {done.total:,} lines. {how}")
        raise typer.Exit(_INTERRUPTED)
    return done.tally
