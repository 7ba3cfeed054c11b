"""Where the sample articles are, for those who have none of their own at hand."""

from __future__ import annotations

from pathlib import Path

import corpus


def samples() -> Path:
    """Their folder."""
    return Path(corpus.__file__).parent / "sample" / "articles"
