"""What the first screen says before anything was asked."""

from __future__ import annotations

from pathlib import Path

from textual.content import Content

_FAINT = "$foreground-muted"
_KEYS = (
    ("Enter", "asks; a follow-up such as “and in May?” is understood, and shown as it is asked"),
    ("^n ^b", "go from citation to citation; a click on [1] does the same"),
    ("/", "lists commands: /as-of, /publisher, /timeline, /save …"),
    ("F1", "shows every key; ^p finds one by name"),
)


def hello(workspace: Path) -> Content:
    """How to begin."""
    lines = [
        Content.styled("Ask the articles.", "bold"),
        Content.styled(
            "Answers are quotes; they say where sources contradict each other and what nobody confirms.", _FAINT
        ),
        Content(""),
        *(Content.assemble((f"{key:>6}  ", "bold $text-accent"), about) for key, about in _KEYS),
        Content(""),
        Content.styled(f"Workspace: {workspace}", _FAINT),
    ]
    return Content("\n").join(lines)
