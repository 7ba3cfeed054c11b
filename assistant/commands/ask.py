"""`crosscheck ask`."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.commands import options
from assistant.commands.output import NOT_COVERED, json_of, say, style, width

app = options.new_app()


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.")],
    workspace: options.Workspace = None,
    top_k: options.TopK = None,
    publisher: options.Publisher = None,
    since: options.Since = None,
    until: options.Until = None,
    as_of: options.AsOf = None,
    explain: Annotated[
        bool, typer.Option("--explain", help="Also show which sentences were compared, and why they conflict or not.")
    ] = False,
    as_json: options.Json = False,
) -> None:
    """Answer a question in sentences from the articles, each with its source."""
    from assistant import answer_text, wiring

    asked = options.question(
        question, publisher=publisher, since=since, until=until, as_of=as_of, top_k=top_k, explain=explain
    )
    with wiring.opened(options.settings(workspace=workspace), notice=say) as desk:
        answer = desk.ask(asked)
    typer.echo(json_of(answer) if as_json else answer_text.answer(answer, width=width(), style=style()))
    if explain and not answer.comparisons:
        say("Note: there were no two sentences to compare.")
    if answer.status == "not_covered":
        raise typer.Exit(NOT_COVERED)
