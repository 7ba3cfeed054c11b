"""What the chat looks like in a dozen states at three sizes, line by line. `CROSSCHECK_UPDATE=1` writes them anew.

Text alone: colours are the themes', and shapes and words have to tell everything without them.
"""

from __future__ import annotations

import os
import re
from pathlib import Path

import pytest

from index.errors import NoWorkspace
from tests.tui.talking import Chat, TableDesk, talk

FOLDER = Path(__file__).parent / "snapshots"
SIZES = ((80, 24), (120, 36), (200, 50))
BRIDGE, MOON = "When was the Narrows Bridge opened?", "Who owns the moon?"
STATES: dict[str, tuple[str, ...]] = {
    "first": (),
    "contested": (BRIDGE,),
    "next-citation": (BRIDGE, "^ctrl+n"),
    "sources": (BRIDGE, "^f2"),
    "not-covered": (MOON,),
    "follow-up": (BRIDGE, "And what did it cost?"),
    "conflicts-only": (MOON, BRIDGE, "^ctrl+g"),
    "scrolled": (BRIDGE, MOON, "^pageup"),
    "timeline": (BRIDGE, "^ctrl+t"),
    "filters": ("^f6",),
    "bounded": ("/as-of 2026-05-01", BRIDGE),
    "help": ("^f1",),
    "commands": ("^slash",),
    "no-question": ("???",),
    "failure": ("!", BRIDGE),
}


async def reach(chat: Chat, steps: tuple[str, ...]) -> None:
    for step in steps:
        if step == "!":
            chat.desk.fails = NoWorkspace(Path("/gone"))
        elif step.startswith("^"):
            await chat.press(step[1:])
        else:
            await chat.send(step)
        await chat.settled()


def seen(name: str, size: tuple[int, int], folder: Path) -> str:
    texts: list[str] = []

    async def steps(chat: Chat) -> None:
        await reach(chat, STATES[name])
        await chat.pilot.pause(0.1)
        texts.append(chat.text)

    talk(steps, folder, size=size, desk=TableDesk())
    return re.sub(r" +$", "", texts[0], flags=re.MULTILINE).rstrip() + "\n"


@pytest.mark.parametrize("size", SIZES, ids=lambda size: "x".join(map(str, size)))
@pytest.mark.parametrize("name", STATES)
def test_the_chat_looks_as_it_did(
    name: str, size: tuple[int, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)  # so that the folders on the screen are the same everywhere
    text = seen(name, size, Path())
    file = FOLDER / f"{name}-{size[0]}x{size[1]}.txt"
    if os.environ.get("CROSSCHECK_UPDATE"):
        file.parent.mkdir(exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert text == file.read_text(encoding="utf-8")
