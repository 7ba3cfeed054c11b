"""How a status looks: a shape, a word and a colour, so that none of the three is needed to tell one from another."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING

from textual.content import Content

if TYPE_CHECKING:
    from assistant.models import Status


@dataclass(frozen=True, slots=True)
class Badge:
    shape: str
    """One cell wide in every terminal."""
    style: str


BADGES: Mapping[Status, Badge] = {
    "confirmed": Badge("✓", "bold $text-success on $success-muted"),
    "single_source": Badge("1", "bold $text-primary on $primary-muted"),
    "attributed_only": Badge("“", "bold $text-accent on $accent-muted"),
    "unconfirmed": Badge("?", "bold $text-warning on $warning-muted"),
    "denied": Badge("✗", "bold $text-error on $error-muted"),
    "contested": Badge("≠", "bold $text-error on $error-muted"),
    "superseded": Badge("»", "bold $text-secondary on $secondary-muted"),
    "not_covered": Badge("–", "bold $foreground-muted on $boost"),
}


def badge(status: Status) -> Content:
    from assistant.shown_words import STATUS

    look = BADGES[status]
    return Content.styled(f" {look.shape} {STATUS[status]} ", look.style)
