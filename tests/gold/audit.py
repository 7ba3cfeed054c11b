"""Pairs of sentences that audits flagged, and whether a careful reader agrees that they contradict each other."""

from __future__ import annotations

import json
from dataclasses import dataclass
from typing import Literal

from tests.gold.articles import FOLDER, Place


@dataclass(frozen=True, slots=True)
class FlaggedPair:
    """Two sentences of different articles; the lower article id first."""

    a: Place
    b: Place
    part: Literal["tune", "held"]
    """Held where both articles are of held stories. The rules of the audit were mended looking at both parts."""
    contradicts: bool


def flagged_pairs() -> list[FlaggedPair]:
    lines = (FOLDER / "audit.jsonl").read_text(encoding="utf-8").splitlines()
    return [
        FlaggedPair(Place(**row["a"]), Place(**row["b"]), row["part"], row["contradicts"])
        for row in map(json.loads, lines)
    ]
