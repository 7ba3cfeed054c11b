"""`crosscheck articles`: list, show, history and remove."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from assistant.commands import options
from assistant.commands.output import say, style, watched

if TYPE_CHECKING:
    from corpus.models import Article
    from index.view import View

app = options.new_app("List, show or remove articles, or tell how one changed.", no_args_is_help=True)


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
    revision: Annotated[
        int | None, typer.Option(metavar="N", help="As an earlier revision has it; see: articles history ID.")
    ] = None,
    as_json: options.Json = False,
) -> None:
    """Print an article's text exactly as offsets refer to it; what else is known of it goes to stderr."""
    from assistant.render import visible
    from assistant.summaries import article_heading, article_json, same_origin_text
    from index.workspace import open_workspace

    with open_workspace(options.settings(workspace=workspace).workspace) as opened, opened.viewing() as view:
        article = view.article(article_id) if revision is None else _kept(view, article_id, revision)
        links = view.links_of(article_id) if revision is None else []
    if as_json:
        typer.echo(article_json(article))
        return
    say(article_heading(article) + same_origin_text(article_id, links))
    seen = watched()
    typer.echo(visible(article.text) if seen else article.text, nl=seen)


def _kept(view: View, article_id: str, revision: int) -> Article:
    from index.errors import UnknownArticle

    found = view.revision(article_id, revision)
    if found is None:
        there = ", ".join(str(row.revision) for row in view.revisions(article_id))
        raise UnknownArticle(f"The article {article_id!r} has no revision {revision}. Kept are: {there}.")
    return found


@app.command()
def history(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    workspace: options.Workspace = None,
    diff: Annotated[bool, typer.Option("--diff", help="Also show which sentences came and went.")] = False,
    as_json: options.Json = False,
) -> None:
    """Print every revision that is kept of an article, oldest first, with its notices of correction."""
    from assistant.history_text import stage_json, stage_text, stages
    from index.workspace import open_workspace

    shown = style()
    with open_workspace(options.settings(workspace=workspace).workspace) as opened, opened.viewing() as view:
        rows = ((row, view.revision(article_id, row.revision)) for row in view.revisions(article_id))
        for stage in stages(rows, with_difference=diff):
            typer.echo(stage_json(stage) if as_json else stage_text(stage, style=shown))


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
