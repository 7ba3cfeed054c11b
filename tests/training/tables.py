"""Figures as Markdown tables. Knows nothing of where they come from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Table:
    title: str
    heads: tuple[str, ...]
    rows: tuple[tuple[str, ...], ...]

    def markdown(self) -> str:
        lines = [self.heads, tuple("---" for _ in self.heads), *self.rows]
        return f"### {self.title}\n\n" + "\n".join(f"| {' | '.join(line)} |" for line in lines) + "\n"


def figure(value: float) -> str:
    return f"{value:.3f}"


def row(name: str, values: Sequence[float]) -> tuple[str, ...]:
    return (name, *(figure(value) for value in values))
