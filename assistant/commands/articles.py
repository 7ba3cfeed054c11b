"""`crosscheck articles`: list, show and remove."""

from __future__ import annotations

from typing import Annotated

import typer

from assistant.commands import options
from assistant.commands.output import say, watched

app = options.new_app("List, show or remove articles.", no_args_is_help=True)


@app.command("list")
def list_them(workspace: options.Workspace = None, as_json: options.Json = False) -> None:
    """One line an article: id, day, publisher, title; tab-separated."""
    from assistant.summaries import listing_json, listing_text
    from index.workspace import open_workspace

    line = listing_json if as_json else listing_text
    with open_workspace(options.settings(workspace=workspace).workspace) as opened, opened.viewing() as view:
        for listing in view.listings():
            typer.echo(line(listing))


@app.command()
def show(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    workspace: options.Workspace = None,
    as_json: options.Json = False,
) -> None:
    """Print an article's text exactly as offsets refer to it; what else is known of it goes to stderr."""
    from assistant.render import visible
    from assistant.summaries import article_heading, article_json, same_origin_text
    from index.workspace import open_workspace

    with open_workspace(options.settings(workspace=workspace).workspace) as opened, opened.viewing() as view:
        article, links = view.article(article_id), view.links_of(article_id)
    if as_json:
        typer.echo(article_json(article))
        return
    say(article_heading(article) + same_origin_text(article_id, links))
    seen = watched()
    typer.echo(visible(article.text) if seen else article.text, nl=seen)


@app.command()
def remove(
    article_ids: Annotated[list[str], typer.Argument(metavar="ID...")], workspace: options.Workspace = None
) -> None:
    """Remove articles from the workspace. Their files stay; the next ingest of them brings them back."""
    from index.workspace import open_workspace

    wanted = list(dict.fromkeys(article_ids))
    with open_workspace(options.settings(workspace=workspace).workspace) as opened:
        opened.remove(wanted)
    say(f"Removed {len(wanted)} {'article' if len(wanted) == 1 else 'articles'}.")
