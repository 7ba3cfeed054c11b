"""Questions as they come over HTTP; see `assistant.asking`, which has them for every front."""

from __future__ import annotations

from assistant.asking import Asked, Filters, Sought, Stated

__all__ = ["Asked", "Filters", "Sought", "Stated"]
