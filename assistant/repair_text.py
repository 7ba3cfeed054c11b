"""What `crosscheck doctor --repair` tells: what was damaged, what was done, and what only its reader can do. Pure."""

from __future__ import annotations

import json
import shlex
from collections.abc import Iterator, Sequence
from dataclasses import asdict
from pathlib import Path

from assistant.render import visible
from index.checks import Check
from index.repair import Repaired
from index.salvage import Lost

_AT_ONCE = 50
"""Paths in one command."""


def repaired_text(done: Repaired, workspace: Path, *, audit: str | None = None) -> str:
    """In lines, with the commands that bring back what was lost; `audit` says what was done about what audits keep."""
    lines = []
    if done.store:
        lines += [visible(f"The store was damaged. {done.store}"), visible(_saved(done))]
    if audit:
        lines.append(visible(audit))
    if done.indexes:
        lines.append(visible(f"The search indexes were made anew. {done.indexes}"))
    if done.lost:
        lines.append(f"Lost {_count(len(done.lost), 'article')}:")
        lines += [f"  {_named(one)}" for one in done.lost]
        lines += ["Bring back what is still there with:", *(f"  {one}" for one in commands(done.lost, workspace))]
        lines.append("Give --field again where these files were read with it.")
    return "\n".join(lines or ["Nothing had to be mended."])


def repaired_json(done: Repaired, checks: Sequence[Check], workspace: Path, *, audit: str | None = None) -> str:
    """As one object, with the checks of after the repair."""
    mended = {**asdict(done), "kept": str(done.kept) if done.kept else None, "audit": audit}
    mended["commands"] = list(commands(done.lost, workspace))
    return json.dumps({"repaired": mended, "checks": [asdict(check) for check in checks]}, ensure_ascii=False, indent=2)


def commands(lost: Sequence[Lost], workspace: Path) -> Iterator[str]:
    """What to run for the articles whose file is known."""
    paths = sorted({one.source for one in lost if one.source})
    for start in range(0, len(paths), _AT_ONCE):
        named = " ".join(shlex.quote(path) for path in paths[start : start + _AT_ONCE])
        yield f"crosscheck ingest {named} --workspace {shlex.quote(str(workspace.absolute()))}"


def _saved(done: Repaired) -> str:
    text = f"Saved {_count(done.articles, 'article')}"
    text += f", {done.embedded:,} of them embedded anew." if done.embedded else "."
    if done.posted:
        text += f" {_count(done.posted, 'posted article')} came back from where they are kept."
    return text if done.kept is None else f"{text} The damaged file is kept as {str(done.kept)!r}."


def _named(one: Lost) -> str:
    name = "one whose id is lost too" if one.id is None else repr(one.id)
    there = "" if not one.source or Path(one.source).exists() else ", which is no longer there"
    return visible(f"{name}, read from {one.source!r}{there}" if one.source else name)


def _count(number: int, what: str) -> str:
    return f"{number:,} {what}{'' if number == 1 else 's'}"
