"""Where questions and commands are typed: with what was typed before, and with how a command may go on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from textual.content import Content
from textual.events import Key, Paste
from textual.message import Message
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from tui import drawing

if TYPE_CHECKING:
    from tui.completing import Completion

Complete = Callable[[str], Sequence["Completion"]]
_REMEMBERED = 200


class Completions(OptionList, can_focus=False):
    """How a command may go on, above the prompt. The prompt keeps the focus and moves in it."""

    def __init__(self) -> None:
        super().__init__(id="completions")
        self.lines: tuple[str, ...] = ()

    def offer(self, found: Sequence[Completion]) -> None:
        if not found and not self.lines:
            return  # every layout stops the screen for some milliseconds, and this is asked at every key
        self.lines = tuple(one.line for one in found)
        self.clear_options()
        self.add_options(Option(_option(one)) for one in found)
        self.display = bool(found)
        if found:
            self.highlighted = 0

    @property
    def chosen(self) -> str | None:
        return self.lines[self.highlighted] if self.display and self.highlighted is not None else None


def _option(one: Completion) -> Content:
    return Content.assemble((f"{drawing.safe(one.line.strip()):<22}", "bold"), " ", (one.about, drawing.FAINT))


class Prompt(Input):
    """One line; pasted lines become one."""

    class Sent(Message):
        """Something was typed and Enter pressed."""

        def __init__(self, text: str) -> None:
            super().__init__()
            self.text = text

    def __init__(self, completions: Completions, complete: Complete) -> None:
        super().__init__(placeholder="Ask the articles, or type / for commands", id="prompt", select_on_focus=False)
        self._completions = completions
        self._complete = complete
        self._typed: list[str] = []
        self._place = 0

    def remember(self, text: str) -> None:
        if not self._typed or self._typed[-1] != text:
            self._typed = [*self._typed, text][-_REMEMBERED:]
        self._place = len(self._typed)

    def put(self, text: str) -> None:
        """Replaces what stands there, ready to be changed."""
        self.value = text
        self.cursor_position = len(text)
        self.focus()

    def watch_value(self, value: str) -> None:
        """Offers how a command may go on."""
        found = self._complete(value) if value.startswith("/") else ()
        self._completions.offer([one for one in found if one.line != value])

    def on_key(self, event: Key) -> None:
        keys = {"up": self._up, "down": self._down, "tab": self._take, "escape": self._hide}
        if event.key in keys and keys[event.key]():
            event.stop()
            event.prevent_default()

    def _up(self) -> bool:
        if self._completions.display:
            self._completions.action_cursor_up()
        elif self._place > 0:
            self._go(self._place - 1)
        return True

    def _down(self) -> bool:
        if self._completions.display:
            self._completions.action_cursor_down()
        elif self._place < len(self._typed):
            self._go(self._place + 1)
        return True

    def _go(self, place: int) -> None:
        self._place = place
        text = self._typed[place] if place < len(self._typed) else ""
        self.value = text
        self.cursor_position = len(text)
        self._completions.offer(())

    def _take(self) -> bool:
        chosen = self._completions.chosen
        if chosen is not None:
            self.value = chosen
            self.cursor_position = len(chosen)
        return chosen is not None

    def _hide(self) -> bool:
        shown = self._completions.display
        self._completions.offer(())
        return shown

    def on_paste(self, event: Paste) -> None:
        self.insert_text_at_cursor(" ".join(event.text.split()))
        event.stop()
        event.prevent_default()

    async def action_submit(self) -> None:
        """Sends what was typed; where a command is only begun, takes the completion first."""
        chosen = self._completions.chosen
        if chosen is not None and " " not in self.value.strip() and chosen.strip() != self.value.strip():
            self.value = chosen
            self.cursor_position = len(chosen)
            if chosen.endswith(" "):
                return
        text = self.value.strip()
        self._completions.offer(())
        if text:
            self.remember(text)
            self.value = ""
            self.post_message(self.Sent(text))
