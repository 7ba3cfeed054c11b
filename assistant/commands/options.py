"""What several commands take: flags that mean the same everywhere, and the settings and the question made of them."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

if TYPE_CHECKING:
    from assistant.models import Question
    from assistant.settings import Settings

Workspace = Annotated[
    Path | None, typer.Option("--workspace", "-w", help="Folder of the workspace. [env: CROSSCHECK_WORKSPACE]")
]
Json = Annotated[bool, typer.Option("--json", help="Print JSON instead of text.")]
TopK = Annotated[int | None, typer.Option("--top-k", "-k", help="Passages to read.")]
Publisher = Annotated[
    list[str] | None, typer.Option("--publisher", help="Only articles of this publisher; may be repeated.")
]
Since = Annotated[str | None, typer.Option(metavar="DAY", help="Only articles published on or after YYYY-MM-DD.")]
Until = Annotated[str | None, typer.Option(metavar="DAY", help="Only articles published on or before YYYY-MM-DD.")]
AsOf = Annotated[str | None, typer.Option("--as-of", metavar="DAY", help="Answer as things stood on YYYY-MM-DD.")]


def new_app(about: str | None = None, *, no_args_is_help: bool = False) -> typer.Typer:
    """What a module registers its commands with; `about` is said of several together."""
    return typer.Typer(
        help=about,
        no_args_is_help=no_args_is_help,
        add_completion=False,
        pretty_exceptions_enable=False,
        rich_markup_mode=None,
    )


def settings(*, workspace: Path | None = None, encoder: str | None = None) -> Settings:
    """With what the flags say over everything else. Raises BadInput."""
    from assistant.settings import load

    return load({"workspace": workspace, "encoder": encoder})


def question(
    text: str,
    *,
    publisher: list[str] | None,
    since: str | None,
    until: str | None,
    as_of: str | None,
    top_k: int | None,
    explain: bool = False,
) -> Question:
    """The flags of `ask`, `check` and `search` as they were typed, as a question. Raises BadInput."""
    from assistant import flags
    from assistant.models import ask

    return ask(
        text,
        publishers=tuple(publisher or ()),
        since=flags.day("--since", since),
        until=flags.day("--until", until),
        as_of=flags.day("--as-of", as_of),
        top_k=top_k,
        explain=explain,
    )
