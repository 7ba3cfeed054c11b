"""Reading outside the chat: the user's pager, while the chat steps aside."""

from __future__ import annotations

import os
import shlex
import subprocess
from collections.abc import Mapping


def page(text: str, *, environment: Mapping[str, str] = os.environ) -> str:
    """Shows a text in `PAGER`, or `less`, until the user leaves it. Returns a sentence where that fails."""
    command = shlex.split(environment.get("PAGER") or "less -R") or ["less"]
    try:
        subprocess.run(command, input=text, text=True, errors="replace", check=False)
    except OSError as error:
        return f"The pager {command[0]!r} cannot be started ({error.strerror}). Set PAGER to one that is there."
    return ""
