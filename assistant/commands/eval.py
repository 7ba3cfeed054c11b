"""`crosscheck eval`."""

from __future__ import annotations

import gc
import sys
from contextlib import nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands import options
from assistant.commands.output import FAILURE, json_of, say

if TYPE_CHECKING:
    from assistant.evaluating.evaluation import Evaluation
    from assistant.settings import Settings

app = options.new_app()


@app.command("eval")
def evaluate(
    questions: Annotated[
        str | None, typer.Argument(metavar="FILE", help="Questions with what is expected of them; - reads stdin.")
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option("--answers", metavar="FILE", help="Do not ask: take these records of a finished batch."),
    ] = None,
    workspace: options.Workspace = None,
    input_format: Annotated[
        str | None, typer.Option("--input-format", help="jsonl, csv, tsv or text, where the name does not say it.")
    ] = None,
    curve: Annotated[
        Path | None, typer.Option("--curve", metavar="FILE.svg", help="Write a picture of risk against coverage.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Say how good the answers are where it is known what to expect. Fails if a quote or a figure is in no article."""
    from assistant.errors import BadInput
    from assistant.evaluating.curve_svg import curve_svg
    from assistant.evaluating.evaluation_text import evaluation

    gc.enable()
    settings = options.settings(workspace=workspace)
    if answers is not None:
        found = _of_finished(questions, answers, input_format, settings)
    elif questions is not None:
        found = _of_asked(questions, input_format, settings)
    else:
        raise BadInput("There is nothing to evaluate. Give a file of questions, or --answers with finished records.")
    if curve is not None:
        _write(curve, curve_svg(found.risk_coverage))
    typer.echo(json_of(found) if as_json else evaluation(found))
    if not found.citations.passed:
        raise typer.Exit(FAILURE)


def _of_asked(questions: str, input_format: str | None, settings: Settings) -> Evaluation:
    from assistant import wiring
    from assistant.batch import inputs
    from assistant.evaluating.asking import ask_each
    from assistant.evaluating.evaluation import evaluate
    from assistant.evaluating.quoting import kept_now
    from assistant.progress import shown_batch

    with inputs.opened(questions, inputs.kind_of(questions, input_format)) as source:
        lines = [entry.read for entry in inputs.some(source.entries())]
        with wiring.opened(settings, notice=say) as desk, shown_batch(sys.stderr, done=0, total=len(lines)) as shown:
            return evaluate(ask_each(lines, desk.ask, done=shown.done), look=kept_now(desk.viewing))


def _of_finished(questions: str | None, answers: Path, input_format: str | None, settings: Settings) -> Evaluation:
    from assistant.batch import inputs
    from assistant.evaluating import earlier
    from assistant.evaluating.evaluation import evaluate
    from assistant.evaluating.quoting import kept_in
    from assistant.lines import opened_lines
    from index.workspace import open_workspace

    source = inputs.opened(questions, inputs.kind_of(questions, input_format)) if questions else nullcontext()
    with opened_lines(answers) as lines, source as asked, open_workspace(settings.workspace) as opened:
        records = earlier.records(lines)
        if asked is not None:
            records = earlier.with_expected(records, {entry.number: entry.read for entry in asked.entries()})
        with opened.viewing() as view:
            return evaluate(records, look=kept_in(view))


def _write(path: Path, text: str) -> None:
    """Raises BadInput."""
    from assistant.errors import BadInput

    try:
        path.write_text(text, encoding="utf-8")
    except OSError as error:
        raise BadInput(f"The picture cannot be written to {str(path)!r} ({error.strerror}).") from error
