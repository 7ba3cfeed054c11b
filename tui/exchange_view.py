"""One question in the conversation: what was asked, what is being done about it, and the answer when it is there."""

from __future__ import annotations

from itertools import count
from time import monotonic
from typing import TYPE_CHECKING

from textual.content import Content
from textual.geometry import Size
from textual.strip import Strip
from textual.visual import Visual
from textual.widget import Widget

from tui import drawing
from tui.laying_out import Lines, columns, indented

if TYPE_CHECKING:
    from assistant.models import Citation
    from assistant.shown import Shown
    from tui.state import Exchange

_KEYS = count(1)
_SPINNING = "⠋⠙⠹⠸⠼⠴⠦⠧⠇⠏"
_ROOMY = 100
"""Cells from which three sides of a conflict stand beside each other."""


class ExchangeView(Widget):
    """Begins with a question; `answer` and `fail` end it. Draws its own lines; see `laying_out`."""

    def __init__(self, typed: str, *, scope: str = "") -> None:
        super().__init__(classes="exchange")
        self.key = next(_KEYS)
        self.typed = typed
        self.exchange: Exchange | None = None
        self.shown: Shown | None = None
        self.current: int | None = None
        self.only_conflicts = False
        self._scope = scope
        self._question = drawing.question(typed, scope=scope)
        self._failure = ""
        self._since = monotonic()
        self._words = "Opening the workspace…"
        self._laid: tuple[int | None, Lines] = (None, [])
        self._drawn: dict[tuple[str, int], Strip] = {}

    @classmethod
    def of(cls, exchange: Exchange, shown: Shown) -> ExchangeView:
        """An exchange that is over from the start."""
        from tui.scopes import described

        view = cls(exchange.typed, scope=described(exchange.scope))
        view.exchange, view.shown = exchange, shown
        view.begun(exchange.answer.question if exchange.rewritten else "", exchange.because, sure=exchange.sure)
        return view

    def begun(self, asked: str, because: str, *, sure: bool) -> None:
        """Shows what the question was understood as."""
        self._question = drawing.question(self.typed, asked=asked, because=because, sure=sure, scope=self._scope)
        self._anew()

    def work(self, words: str) -> None:
        """Shows what is being done."""
        self._words = words
        self.tick()

    def tick(self) -> None:
        self._laid = (None, [])
        self.refresh()

    def fail(self, sentence: str) -> None:
        """Says why there is no answer."""
        self._failure = sentence
        self._anew()

    def answer(self, exchange: Exchange, shown: Shown, *, current: int | None) -> None:
        """Shows the answer in the place of what is being done."""
        self.exchange, self.shown, self.current = exchange, shown, current
        self._anew()

    def mark(self, current: int | None) -> None:
        """Marks the current citation, and takes the mark from the one before."""
        if current != self.current:
            self.current = current
            self.tick()

    def alone(self, *, conflicts: bool) -> None:
        """Shows what contradicts what and nothing else, or everything."""
        self.only_conflicts = conflicts
        self.display = self.clashes or not conflicts
        self._anew()

    @property
    def clashes(self) -> bool:
        return self.shown is not None and bool(self.shown.conflicts)

    @property
    def numbers(self) -> tuple[int, ...]:
        """All citations in their order."""
        if self.shown is None:
            return ()
        answer = self.shown.answer
        return tuple(one.number for one in (*answer.citations, *answer.closest))

    def citation(self, number: int | None) -> Citation | None:
        if self.shown is None:
            return None
        answer = self.shown.answer
        return next((one for one in (*answer.citations, *answer.closest) if one.number == number), None)

    def line_of(self, number: int) -> int:
        """The line in which a citation stands first; the first line where it does not."""
        lines = self._lines(self.content_size.width)
        return next((place for place, line in enumerate(lines) if f"[{number}]" in line.plain), 0)

    def get_content_height(self, container: Size, viewport: Size, width: int) -> int:
        return len(self._lines(width))

    def render_line(self, y: int) -> Strip:
        """Only what is seen is drawn: a whole long answer would stop the screen for 30 ms."""
        width = self.content_size.width
        lines = self._lines(width)
        if y >= len(lines):
            return Strip.blank(width, self.rich_style)
        key = (self.app.theme, y)
        if key not in self._drawn:
            self._drawn[key] = Visual.to_strips(self, lines[y], width, 1, self.visual_style, pad=True)[0]
        return self._drawn[key]

    def _anew(self) -> None:
        self._laid = (None, [])
        self.refresh(layout=True)

    def _lines(self, width: int) -> Lines:
        """Laid out once for each width and current citation."""
        if self._laid[0] != width:
            self._laid = (width, self._lay_out(width))
            self._drawn.clear()
        return self._laid[1]

    def _lay_out(self, width: int) -> Lines:
        width -= 1  # a cell of air before the scroll bar
        lines = indented(self._question, width, by=2, bar="$primary")
        if self.shown is not None:
            return [*lines, *self._answer(self.shown, width)]
        return [*lines, Content(""), *indented(self._progress(), width, by=2)]

    def _answer(self, shown: Shown, width: int) -> Lines:
        parts = [indented(drawing.verdict(shown.answer), width, by=1)]
        for one in shown.conflicts:
            sides = [drawing.column(side, self.key, self.current) for side in one.columns]
            between = columns(sides, width - 1, most=3 if width >= _ROOMY else 2)
            parts.append(indented(drawing.clash(one), width, by=2))
            parts[-1] += [Content.assemble(" ", line) for line in between]
        if not self.only_conflicts:
            texts = (drawing.body(shown, self.key, self.current), drawing.rest(shown, self.key, self.current))
            parts += [indented(text, width, by=2) for text in texts if text.plain]
        return [line for part in parts for line in (Content(""), *part)]

    def _progress(self) -> Content:
        if self._failure:
            return Content.assemble(("✗ ", "bold $text-error"), drawing.safe(self._failure))
        seconds = monotonic() - self._since
        turn = _SPINNING[int(seconds * 10) % len(_SPINNING)]
        waited = f"  {seconds:.0f} s" if seconds >= 1 else ""
        return Content.assemble((f"{turn} {self._words}", "$text-accent"), (f"{waited}  Esc stops it", drawing.FAINT))
