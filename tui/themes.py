"""The two themes of the chat, and which one a terminal begins with."""

from __future__ import annotations

from collections.abc import Mapping

from textual.theme import Theme

DARK = Theme(
    name="crosscheck-dark",
    primary="#82aaff",
    secondary="#c099ff",
    accent="#7fdbca",
    warning="#ffcb6b",
    error="#ff757f",
    success="#a5d66f",
    foreground="#dadada",
    background="#121212",
    surface="#1c1c1c",
    panel="#262626",
    dark=True,
)
LIGHT = Theme(
    name="crosscheck-light",
    primary="#2456b3",
    secondary="#6f3fa0",
    accent="#00696f",
    warning="#8a5200",
    error="#b3261e",
    success="#2d6a2d",
    foreground="#262626",
    background="#fafafa",
    surface="#f2f2f2",
    panel="#e4e4e4",
    dark=False,
)
_LIGHT_GROUNDS = frozenset({"7", "15"})


def fitting(environment: Mapping[str, str]) -> str:
    """The light theme where the terminal says that its background is light (`COLORFGBG`), else the dark one."""
    ground = environment.get("COLORFGBG", "").rpartition(";")[2]
    return (LIGHT if ground in _LIGHT_GROUNDS else DARK).name


def other(name: str) -> str:
    return (DARK if name == LIGHT.name else LIGHT).name
