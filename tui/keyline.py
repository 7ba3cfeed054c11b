"""The line of keys at the bottom: as many as fit, each of which can be clicked. One widget, unlike Textual's footer."""

from __future__ import annotations

from collections.abc import Sequence

from textual.content import Content
from textual.events import Resize
from textual.style import Style
from textual.widgets import Static

from tui.keys import FOOTER, KEYS

_LAST = ("^p", "All keys", "app.command_palette")
_BY_KEY = {key.key: key for key in KEYS}


class KeyLine(Static):
    """Keys by their names in the table; the palette, which has all of them, always stands last."""

    def __init__(self, *, keys: Sequence[str] = FOOTER, back: bool = False) -> None:
        super().__init__(classes="keyline")
        shown = [_BY_KEY[key] for key in keys]
        self._items = [(key.shown, key.label, f"app.{key.action}") for key in shown]
        if back:
            self._items.insert(0, ("Esc", "Back", "screen.dismiss"))

    def on_resize(self, event: Resize) -> None:
        self.update(fitted(self._items, event.size.width), layout=False)


def fitted(items: Sequence[tuple[str, str, str]], width: int) -> Content:
    """As many as a line of that width holds, and the last one in any case."""
    left = width - _width(_LAST)
    taken = []
    for item in items:
        left -= _width(item)
        if left < 0:
            break
        taken.append(item)
    return Content("").join(_item(*item) for item in [*taken, _LAST])


def _width(item: tuple[str, str, str]) -> int:
    return len(item[0]) + len(item[1]) + 3


def _item(key: str, label: str, action: str) -> Content:
    text = Content.assemble(
        (f" {key}", "bold $footer-key-foreground"), (f" {label} ", "$footer-description-foreground")
    )
    return text.stylize(Style.from_meta({"@click": action}))
