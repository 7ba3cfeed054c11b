"""The sources of an answer: what is cited first, then the current citation inside its article.

Beside the conversation where there is room; a screen of its own, `SourcesScreen`, where there is none.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import ComposeResult
from textual.containers import Vertical, VerticalScroll
from textual.content import Content
from textual.screen import Screen
from textual.widgets import Static

from tui import drawing
from tui.keyline import KeyLine

if TYPE_CHECKING:
    from assistant.shown import Card, Shown
    from tui.excerpt import Excerpt, Lines

_EMPTY = "Sources of an answer stand here: click a number such as [1], or press ^n."


class _Card(Static):
    """An article with what is cited of it."""

    def __init__(self, card: Card, key: int, current: int | None) -> None:
        super().__init__(drawing.card(card, key, current), classes="card")
        self._card, self._key = card, key
        self.mark(current)

    def holds(self, number: int | None) -> bool:
        return any(quoted.number == number for quoted in self._card.quotes)

    def mark(self, current: int | None) -> None:
        self.set_class(self.holds(current), "current")
        self.update(drawing.card(self._card, self._key, current))


class SourcesPane(Vertical):
    """Cards above, the article below."""

    def __init__(self, *, id: str | None = None) -> None:  # noqa: A002 - Textual's own name
        super().__init__(id=id)
        self._of: int | None = None

    def compose(self) -> ComposeResult:
        yield Static("Sources", classes="pane-title")
        yield VerticalScroll(Static(_EMPTY, classes="hint"), classes="cards")
        with VerticalScroll(classes="article"):
            yield Static(classes="article-head")
            yield Static(classes="before")
            yield Static(classes="cited")
            yield Static(classes="after")

    async def show(self, shown: Shown | None, key: int, current: int | None) -> None:
        """The sources of an answer; nothing where there is none."""
        cards = self.query_one(".cards", VerticalScroll)
        if self._of != key or shown is None:
            self._of = key if shown else None
            await cards.remove_children()
            laid = (shown.sources or shown.closest) if shown else ()
            await cards.mount_all([_Card(one, key, current) for one in laid] or [Static(_EMPTY, classes="hint")])
            self.query_one(".pane-title", Static).update(_title(shown))
            self.query_one(".article", VerticalScroll).display = False
        self.mark(current)

    def mark(self, current: int | None) -> None:
        for card in self.query(_Card):
            card.mark(current)
            if card.holds(current):
                self.query_one(".cards", VerticalScroll).scroll_to_widget(card, animate=False)

    def show_article(self, excerpt: Excerpt) -> None:
        """An article, from where it is cited."""
        article = self.query_one(".article", VerticalScroll)
        article.display = True
        parts = {
            ".article-head": _head(excerpt),
            ".before": _lines(excerpt.before),
            ".cited": _lines(excerpt.cited),
            ".after": _lines(excerpt.after),
        }
        for name, content in parts.items():
            part = self.query_one(name, Static)
            part.display = bool(content.plain)
            part.update(content)
        if excerpt.cited:
            self.call_after_refresh(self._find_cited)
        else:
            article.scroll_home(animate=False)

    def _find_cited(self) -> None:
        article, cited = self.query_one(".article", VerticalScroll), self.query_one(".cited", Static)
        above = max(0, cited.virtual_region.y - max(1, (article.size.height - cited.size.height) // 3))
        article.scroll_to(y=above, animate=False)


def _title(shown: Shown | None) -> str:
    if shown is None:
        return "Sources"
    return "Closest passages" if shown.closest else "Sources"


def _head(excerpt: Excerpt) -> Content:
    from assistant.shown import day

    article = excerpt.article
    number = f"[{excerpt.number}] " if excerpt.number else ""
    known = " · ".join(part for part in (article.publisher, day(article.published), article.url) if part)
    lines = [Content.styled(f"{number}{drawing.safe_line(article.title or article.id)}", drawing.BRIGHT)]
    if known:
        lines.append(Content.styled(drawing.safe_line(known), drawing.FAINT))
    if excerpt.note:
        lines.append(Content.styled(excerpt.note, "$text-warning"))
    if any(excerpt.left_out):
        before, after = excerpt.left_out
        lines.append(
            Content.styled(f"{before:,} characters before and {after:,} after are not shown: ^l", drawing.FAINT)
        )
    return drawing.joined(lines)


def _lines(lines: Lines) -> Content:
    return drawing.joined((drawing.pieces(line) for line in lines), "\n\n")


class SourcesScreen(Screen[None]):
    """The sources where the conversation leaves no room for them."""

    BINDINGS = [("escape,f2", "dismiss", "Back")]  # noqa: RUF012 - Textual's own way

    def compose(self) -> ComposeResult:
        yield SourcesPane(id="own-sources")
        yield KeyLine(back=True, keys=("ctrl+n", "ctrl+b", "ctrl+o", "ctrl+l"))
