"""`crosscheck eval`."""

from __future__ import annotations

from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands import options
from assistant.commands.output import FAILURE, say

if TYPE_CHECKING:
    from assistant.evaluating.evaluation import Evaluation

app = options.new_app()


@app.command("eval")
def evaluate(
    questions: Annotated[
        Path | None, typer.Argument(help="JSON lines with question and expected; - reads standard input.")
    ] = None,
    answers: Annotated[
        Path | None, typer.Option("--answers", help="Take these finished records of a batch instead of asking.")
    ] = None,
    workspace: options.Workspace = None,
    curve: Annotated[
        Path | None, typer.Option("--curve", metavar="FILE.svg", help="Write a picture of risk against coverage.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Say how good the answers are where it is known what to expect, and check every citation; fail if one is wrong."""
    from assistant.evaluating import curve_svg, evaluation_text

    found = _evaluation(questions, answers, workspace)
    if curve is not None:
        _write(curve, curve_svg.curve_svg(found.risk_coverage))
    typer.echo(found.model_dump_json(indent=2) if as_json else evaluation_text.evaluation(found))
    if not found.citations.passed:
        raise typer.Exit(FAILURE)


def _evaluation(questions: Path | None, answers: Path | None, workspace: Path | None) -> Evaluation:
    """Raises BadInput."""
    from assistant import wiring
    from assistant.errors import BadInput
    from assistant.evaluating import asking, evaluation, quoting
    from assistant.lines import opened_lines
    from index.workspace import open_workspace

    settings = options.settings(workspace=workspace)
    with ExitStack() as stack:
        asked = list(asking.questions(stack.enter_context(opened_lines(questions)))) if questions else []
        if answers is not None:
            found = asking.records(stack.enter_context(opened_lines(answers)))
            if questions:
                found = asking.laid_beside(found, {line.number: line for line in asked})
            opened = stack.enter_context(open_workspace(settings.workspace))
            view = stack.enter_context(opened.viewing())
        elif questions is None:
            raise BadInput("There is nothing to evaluate. Give a file of questions, or --answers with a finished batch.")
