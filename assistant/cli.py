"""The command line: parse, call the core, print. The outermost ring; nothing is decided here.

stdout is data, stderr is for people. What each command needs is imported inside it, so that `--help` and a
question load nothing they do not use.
"""

from __future__ import annotations

import gc
import io
import os
import shutil
import sys
import traceback
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, NoReturn

# Looking for pydantic's plugins, of which there are none here, would take every question 10 ms.
os.environ.setdefault("PYDANTIC_DISABLE_PLUGINS", "1")
# numpy's own threads have nothing to do here, and one of them would spin on the second core.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

import typer

from assistant import flags

if TYPE_CHECKING:
    from assistant.models import Question
    from assistant.settings import Settings
    from index.workspace import Workspace

# The codes themselves stand in `exit_codes`; importing that table costs what its exceptions cost.
_OK, _FAILURE, _NOT_COVERED = 0, 1, 4

_EPILOG = (
    "Exit codes: 0 done or answered, 1 failure, 2 bad input, 3 no workspace, 4 nothing in the articles covers "
    "the question, 130 interrupted."
)

app = typer.Typer(
    help="Ask a folder of articles, and see the sources.",
    epilog=_EPILOG,
    no_args_is_help=True,
    add_completion=False,
    pretty_exceptions_enable=False,
    rich_markup_mode=None,
)
articles_app = typer.Typer(help="List, show or remove articles.", no_args_is_help=True, rich_markup_mode=None)
app.add_typer(articles_app, name="articles")
audit_app = typer.Typer(help="List the contradictions between articles, or dismiss one.", rich_markup_mode=None)
app.add_typer(audit_app, name="audit")

WorkspaceFlag = Annotated[
    Path | None, typer.Option("--workspace", "-w", help="Folder of the workspace. [env: CROSSCHECK_WORKSPACE]")
]
JsonFlag = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
TopKFlag = Annotated[int | None, typer.Option("--top-k", "-k", help="Passages to read.")]
PublisherFlag = Annotated[
    list[str] | None, typer.Option("--publisher", help="Only articles of this publisher; may be repeated.")
]
SinceFlag = Annotated[str | None, typer.Option(metavar="DAY", help="Only articles published on or after YYYY-MM-DD.")]
UntilFlag = Annotated[str | None, typer.Option(metavar="DAY", help="Only articles published on or before YYYY-MM-DD.")]
AsOfFlag = Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="Answer as things stood on YYYY-MM-DD.")]


@app.command()
def ingest(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders to read.")],
    workspace: WorkspaceFlag = None,
    field: Annotated[
        list[str] | None, typer.Option(metavar="NAME=COLUMN", help="Own name of a row field, e.g. published=datum.")
    ] = None,
    prune: Annotated[bool, typer.Option("--prune", help="Remove articles that the paths no longer hold.")] = False,
    encoder: Annotated[
        str | None, typer.Option(help="A sentence-transformers model, by hub name or folder, for a new workspace.")
    ] = None,
    as_json: JsonFlag = False,
) -> None:
    """Bring the workspace in line with files: add new articles, revise changed ones."""
    from assistant import wiring
    from assistant.progress import shown_events
    from assistant.summaries import ingest_json, ingest_text, skipped_text

    gc.enable()
    settings = _settings(workspace=workspace, encoder=encoder)
    mapping = flags.mapping(field or [])
    with shown_events(sys.stderr) as events:
        summary = wiring.ingest(settings, paths, fields=mapping, prune=prune, events=events, notice=_notice)
    for line in skipped_text(summary):
        _say(line)
    typer.echo(ingest_json(summary) if as_json else ingest_text(summary))


@app.command()
def ask(
    question: Annotated[str, typer.Argument(help="The question, in quotation marks.")],
    workspace: WorkspaceFlag = None,
    top_k: TopKFlag = None,
    publisher: PublisherFlag = None,
    since: SinceFlag = None,
    until: UntilFlag = None,
    as_of: AsOfFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Answer a question in sentences from the articles, each with its source."""
    from assistant import answer_text, wiring

    asked = _question(question, publisher, since=since, until=until, as_of=as_of, top_k=top_k)
    with wiring.opened(_settings(workspace=workspace), notice=_notice) as asker:
        answer = asker.ask(asked)
    typer.echo(
        answer.model_dump_json(indent=2) if as_json else answer_text.answer(answer, width=_width(), style=_style())
    )
    if answer.status == "not_covered":
        raise typer.Exit(_NOT_COVERED)


@app.command()
def check(
    statement: Annotated[str, typer.Argument(help="The statement, in quotation marks.")],
    workspace: WorkspaceFlag = None,
    top_k: TopKFlag = None,
    publisher: PublisherFlag = None,
    since: SinceFlag = None,
    until: UntilFlag = None,
    as_of: AsOfFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Say whether the articles support a statement, refute it, or neither, and show the sentences that do."""
    from assistant import check_text, wiring

    asked = _question(statement, publisher, since=since, until=until, as_of=as_of, top_k=top_k)
    with wiring.opened_for_checks(_settings(workspace=workspace), notice=_notice) as checked:
        found = checked(asked)
    typer.echo(found.model_dump_json(indent=2) if as_json else check_text.check(found, width=_width(), style=_style()))
    if found.verdict == "not_enough_evidence":
        raise typer.Exit(_NOT_COVERED)


@audit_app.callback(invoke_without_command=True)
def audit(
    context: typer.Context,
    workspace: WorkspaceFlag = None,
    limit: Annotated[int, typer.Option(min=1, help="Contradictions to show.")] = 30,
    kind: Annotated[str | None, typer.Option("--type", help="Only this type: number, date, polarity, ...")] = None,
    as_json: JsonFlag = False,
) -> None:
    """List the contradictions between articles, the firmest first. What was compared once is remembered."""
    if context.invoked_subcommand:
        return
    from assistant import audit_text, wiring
    from assistant.progress import shown_audit

    gc.enable()
    wanted = flags.conflict_type("--type", kind)
    with shown_audit(sys.stderr) as events:
        found = wiring.audit(_settings(workspace=workspace), events=events, kind=wanted, limit=limit)
    typer.echo(found.model_dump_json(indent=2) if as_json else audit_text.audit(found, width=_width(), style=_style()))


@audit_app.command("dismiss")
def audit_dismiss(
    conflict: Annotated[str, typer.Argument(metavar="ID", help="As the audit shows it: x-...")],
    reason: Annotated[str, typer.Option(help="Why this is no contradiction.")],
    workspace: WorkspaceFlag = None,
) -> None:
    """Leave a contradiction out of every later audit, whatever is ingested meanwhile."""
    from assistant import wiring

    wiring.dismiss(_settings(workspace=workspace), conflict, reason)
    _say(f"Dismissed {conflict}.")


@app.command()
def search(
    words: Annotated[str, typer.Argument(help="What to look for, in quotation marks.")],
    workspace: WorkspaceFlag = None,
    top_k: TopKFlag = None,
    publisher: PublisherFlag = None,
    since: SinceFlag = None,
    until: UntilFlag = None,
    as_of: AsOfFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Show the passages nearest to some words, with their scores."""
    from assistant import render, wiring
    from assistant.summaries import hits_json

    asked = _question(words, publisher, since=since, until=until, as_of=as_of, top_k=top_k)
    with wiring.opened(_settings(workspace=workspace), notice=_notice) as asker:
        result = asker.search(asked)
    for warning in result.warnings:
        _say(f"Note: {warning}")
    if result.hits or as_json:
        typer.echo(hits_json(result.hits) if as_json else render.hits(result.hits, width=_width(), style=_style()))
    if not result.hits:
        _say("No passage was found.")
        raise typer.Exit(_NOT_COVERED)


@articles_app.command("list")
def articles_list(workspace: WorkspaceFlag = None, as_json: JsonFlag = False) -> None:
    """One line an article: id, day, publisher, title; tab-separated."""
    from assistant.summaries import listing_json, listing_text

    line = listing_json if as_json else listing_text
    with _workspace(workspace) as opened, opened.viewing() as view:
        for listing in view.listings():
            typer.echo(line(listing))


@articles_app.command("show")
def articles_show(
    article_id: Annotated[str, typer.Argument(metavar="ID")],
    workspace: WorkspaceFlag = None,
    as_json: JsonFlag = False,
) -> None:
    """Print an article's text exactly as offsets refer to it; what else is known of it goes to stderr."""
    from assistant.render import visible
    from assistant.summaries import article_heading, article_json, same_origin_text

    with _workspace(workspace) as opened, opened.viewing() as view:
        article, links = view.article(article_id), view.links_of(article_id)
    if as_json:
        typer.echo(article_json(article))
        return
    _say(article_heading(article) + same_origin_text(article_id, links))
    seen = sys.stdout.isatty()
    typer.echo(visible(article.text) if seen else article.text, nl=seen)


@articles_app.command("remove")
def articles_remove(
    article_ids: Annotated[list[str], typer.Argument(metavar="ID...")], workspace: WorkspaceFlag = None
) -> None:
    """Remove articles from the workspace. Their files stay; the next ingest of them brings them back."""
    wanted = list(dict.fromkeys(article_ids))
    with _workspace(workspace) as opened:
        opened.remove(wanted)
    _say(f"Removed {len(wanted)} {'article' if len(wanted) == 1 else 'articles'}.")


@app.command()
def origins(
    workspace: WorkspaceFlag = None,
    everything: Annotated[bool, typer.Option("--all", help="Also show origins of a single article.")] = False,
    as_json: JsonFlag = False,
) -> None:
    """Which articles go back to the same source, and why: all as JSON, one object a line, where nobody watches."""
    from assistant.summaries import origin_json, origin_text

    with _workspace(workspace) as opened, opened.viewing() as view:
        found, known = view.origins(), view.origins_known
    if not known:
        _say("Note: not every article's origin is known yet; the next ingest, of whatever, finds them.")
    watched = sys.stdout.isatty() and not as_json
    for origin in found:
        if everything or not watched or len(origin.articles) > 1:
            typer.echo(origin_text(origin) if watched else origin_json(origin))


@app.command()
def label(
    paths: Annotated[list[Path], typer.Argument(help="Files and folders of articles.")], as_json: JsonFlag = False
) -> None:
    """Say of every sentence who vouches for it and how firmly: one JSON object an article where nobody watches."""
    from assistant import label_command, wiring
    from corpus.models import Skipped

    gc.enable()
    shown = sys.stdout.isatty() and not as_json
    for found in label_command.labelled(paths, label=wiring.labeller()):
        if isinstance(found, Skipped):
            _say(f"Skipped {found.path}: {found.reason}")
        else:
            typer.echo(label_command.as_text(found, style=_style()) if shown else label_command.as_json(found))


@app.command()
def compare(
    pairs: Annotated[Path, typer.Argument(help="JSON lines with a and b, each with a text; - reads standard input.")],
) -> None:
    """Say of pairs of statements whether they conflict, agree, or neither, and why: one JSON object a line."""
    from assistant import wiring
    from assistant.compare_command import BadLine, compared
    from assistant.lines import opened_lines

    failed = False
    with opened_lines(pairs) as lines:
        comparing, stated = wiring.comparing(_settings())
        for found in compared(lines, compare=comparing, stated=stated):
            if isinstance(found, BadLine):
                failed = True
                _say(f"Line {found.line} is left out: {found.reason}.")
            else:
                typer.echo(found)
    if failed:
        raise typer.Exit(_FAILURE)


@app.command()
def info(workspace: WorkspaceFlag = None, as_json: JsonFlag = False) -> None:
    """What is in the workspace: articles, passages, model, sizes, generation."""
    from assistant.summaries import facts, facts_json, facts_text

    with _workspace(workspace) as opened:
        found = facts(opened)
    typer.echo(facts_json(found) if as_json else facts_text(found))


@app.command()
def doctor(workspace: WorkspaceFlag = None, as_json: JsonFlag = False) -> None:
    """Check the workspace, and say how to mend what is wrong."""
    from assistant import wiring
    from assistant.summaries import checks_json, checks_text

    checks = wiring.examine(_settings(workspace=workspace))
    typer.echo(checks_json(checks) if as_json else checks_text(checks))
    if not all(check.passed for check in checks):
        raise typer.Exit(_FAILURE)


def _settings(*, workspace: Path | None = None, encoder: str | None = None) -> Settings:
    from assistant.settings import load

    return load({"workspace": workspace, "encoder": encoder})


@contextmanager
def _workspace(folder: Path | None) -> Iterator[Workspace]:
    from index.workspace import open_workspace

    with open_workspace(_settings(workspace=folder).workspace) as opened:
        yield opened


def _question(
    text: str,
    publishers: list[str] | None,
    *,
    since: str | None,
    until: str | None,
    as_of: str | None,
    top_k: int | None,
) -> Question:
    from assistant.models import ask

    return ask(
        text,
        publishers=tuple(publishers or ()),
        since=flags.day("--since", since),
        until=flags.day("--until", until),
        as_of=flags.day("--as-of", as_of),
        top_k=top_k,
    )


def _say(text: str) -> None:
    typer.echo(text, err=True)


def _notice(text: str) -> None:
    _say(text)


def _width() -> int:
    return max(40, min(100, shutil.get_terminal_size((100, 24)).columns))


_STYLES: dict[str, dict[str, object]] = {
    "heading": {"bold": True},
    "quote": {"fg": "cyan"},
    "cue": {"fg": "cyan", "bold": True},
    "faint": {"dim": True},
    "warning": {"fg": "yellow"},
}


def _style() -> Callable[[str, str], str]:
    from assistant.render import plain

    if not sys.stdout.isatty() or os.environ.get("NO_COLOR"):
        return plain
    return lambda text, role: typer.style(text, **_STYLES[role])  # type: ignore[arg-type]


def main() -> NoReturn:
    """Runs a command and turns what went wrong into a sentence and an exit code.

    Typer itself answers wrong usage (2), an interruption (130) and a reader of the pipe that went away.
    """
    # A question ends within a second and leaves no garbage worth looking for; ingest turns the collector on again.
    gc.disable()
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(errors="backslashreplace")
    try:
        app()
        code = _OK
    except SystemExit as ended:
        code = ended.code if isinstance(ended.code, int) else _OK
    except Exception as error:
        code = _report(error)
    _end(code)


def _end(code: int) -> NoReturn:
    """Ends at once. Everything is closed by now, and taking models apart piece by piece would take 60 ms."""
    with suppress(OSError):
        sys.stdout.flush()
        sys.stderr.flush()
    os._exit(code)


def _report(error: Exception) -> int:
    from assistant.exit_codes import Exit, code_of

    code = code_of(error)
    if code is None:
        traceback.print_exception(error, file=sys.stderr)
        _say("Crosscheck failed in a way nobody foresaw. Please report the lines above.")
        return Exit.FAILURE
    _say(str(error))
    return code
