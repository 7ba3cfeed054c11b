"""What is said of an ingest while it runs and when it is over. Pure; the screen and the plain mode say the same."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from index.models import Summary

PREPARING = "Preparing ... (half a minute the very first time)"
READING = "Reading files"
EMBEDDING = "Taking in articles"
STOPPING = "Stopping ..."
STOPPED = "Stopped. What was taken in until now stays; ingest the same path again to go on."

_SHOWN = 50


def told(summary: Summary) -> str:
    """What it did, in one or two sentences."""
    counts = [
        _count(summary.added, "new article"),
        _count(summary.revised, "revised article"),
        _count(summary.removed, "removed article"),
    ]
    changed = ", ".join(filter(None, counts)) or "Nothing new"
    same = f"{_count(summary.unchanged, 'article')} unchanged" if summary.unchanged else ""
    skipped = f"{len(summary.skipped):,} skipped" if summary.skipped else ""
    line = "; ".join(filter(None, (changed, same, skipped)))
    return f"{line} ({summary.seconds:.1f} s)."


def _count(number: int, what: str) -> str:
    if not number:
        return ""
    return f"{number:,} {what}" if number == 1 else f"{number:,} {what}s"


def skipped(summary: Summary) -> Sequence[str]:
    """A line for each thing that could not be read, and how many more there are."""
    from assistant.summaries import skipped_text

    lines = skipped_text(summary)
    more = len(lines) - _SHOWN
    return [*lines[:_SHOWN], *([f"... and {more:,} more. crosscheck ingest lists them all."] if more > 0 else [])]


def failed(error: Exception) -> str:
    """The sentence that the error brings, or one that says that nobody foresaw it."""
    from assistant.exit_codes import code_of

    if code_of(error) is not None:
        return str(error)
    return f"Ingesting failed in a way nobody foresaw ({type(error).__name__}: {error}). The workspace is as it was."
