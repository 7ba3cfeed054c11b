"""A scope in words, and changed by what somebody typed. Pure; apart from `state`, which is only the value."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from difflib import get_close_matches
from typing import Literal

from assistant.flags import day as typed_day
from assistant.models import ask
from tui.state import Scope

Bound = Literal["as-of", "since", "until"]
OFF = "off"
"""Typed to lift a filter."""


def day(when: date) -> str:
    """`1 March 2026`."""
    return f"{when.day} {when:%B} {when.year}"


def described(scope: Scope) -> str:
    """What counts, in one line: `as of 1 March 2026; only Pelham Wire`. Empty where everything does."""
    parts = [
        f"as of {day(scope.as_of)}" if scope.as_of else "",
        f"published since {day(scope.since)}" if scope.since else "",
        f"published until {day(scope.until)}" if scope.until else "",
        f"only {_listed(scope.publishers)}" if scope.publishers else "",
    ]
    return "; ".join(filter(None, parts))


def _listed(names: Sequence[str]) -> str:
    return " and ".join(filter(None, (", ".join(names[:-1]), names[-1])))


def bounded(scope: Scope, bound: Bound, typed: str) -> Scope:
    """With a day as it was typed; nothing, or "off", lifts it. Raises BadInput for what is no day, or a day that
    leaves nothing between the bounds.
    """
    when = None if typed.strip().casefold() in ("", OFF) else typed_day(f"/{bound}", typed.strip())
    if bound == "as-of":
        return checked(replace(scope, as_of=when))
    return checked(replace(scope, since=when) if bound == "since" else replace(scope, until=when))


def published_by(scope: Scope, typed: str) -> Scope:
    """With publishers as they were typed, a semicolon between two; nothing, or "off", lets all count."""
    names = dict.fromkeys(" ".join(name.split()) for name in typed.split(";"))
    chosen = tuple(name for name in names if name)
    return replace(scope, publishers=() if [name.casefold() for name in chosen] == [OFF] else chosen)


def unknown_publisher(names: Sequence[str], known: Sequence[str]) -> str:
    """A sentence for the first name that no article has, else empty; nothing is said where no names are known."""
    folded = {name.casefold(): name for name in known}
    missing = next((name for name in names if known and name.casefold() not in folded), None)
    if missing is None:
        return ""
    near = get_close_matches(missing.casefold(), folded, n=3)
    hint = f" Near ones: {', '.join(folded[one] for one in near)}." if near else ""
    return f"No article has the publisher {missing!r}.{hint}"


def checked(scope: Scope) -> Scope:
    """The scope itself. Raises BadInput where no article could be within it."""
    ask("Is it?", as_of=scope.as_of, since=scope.since, until=scope.until, publishers=scope.publishers)
    return scope
