"""What is done with the exchange that is looked at: its answer copied, its story laid out, its articles opened outside.

Found in threads (`work`), shown here.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from textual.app import App, SuspendNotSupported

from tui import messages, outside, work
from tui.citing import Citing
from tui.opening import Opening
from tui.threads import Threads

if TYPE_CHECKING:
    from tui.state import Exchange


class Looking:
    """Acts on the exchange of the current citation, else on the latest."""

    def __init__(self, app: App[None], citing: Citing, *, threads: Threads, opening: Opening) -> None:
        self._app = app
        self._citing = citing
        self._threads = threads
        self._opening = opening

    def exchange(self) -> Exchange | None:
        """The exchange that is looked at; says so where there is none."""
        view = self._citing.view
        if view is None or view.exchange is None:
            self._app.notify("There is no answer yet. Ask something first.")
            return None
        return view.exchange

    def copy(self) -> None:
        if made := self.exchange():
            self._threads.run(lambda post, _: work.copy(made.answer, post=post))

    def copied(self, message: messages.Copied) -> None:
        self._app.copy_to_clipboard(message.markdown)
        self._app.notify("Copied the answer with its sources, as Markdown.")

    def trace(self) -> None:
        """The articles of the story, by date."""
        if made := self.exchange():
            self._threads.run(lambda post, stopped: work.trace(self._opening.keeper, made, post=post, stopped=stopped))

    def traced(self, message: messages.Traced) -> None:
        from tui.timeline import TimelineScreen

        screen = TimelineScreen(message.entries, question=message.question)
        self._app.push_screen(screen, lambda article: self._citing.show_article(article) if article else None)

    def open(self, number: int | None = None, *, browser: bool) -> None:
        """Opens a cited article outside."""
        cited = self._citing.cited(number)
        if cited is None:
            self._app.notify(f"There is no citation [{number}]." if number else "There is no citation to open yet.")
            return
        self._threads.run(
            lambda post, stopped: work.whole(
                self._opening.keeper, cited.article_id, browser=browser, post=post, stopped=stopped
            )
        )

    def whole(self, message: messages.Whole) -> None:
        """An article in the browser, or in the pager."""
        if message.url:
            self._app.open_url(message.url)
            self._app.notify(f"Opened {message.url}. ^l reads what was brought in.", markup=False)
            return
        try:
            with self._app.suspend():
                wrong = outside.page(message.text)
        except SuspendNotSupported:
            wrong = "This terminal cannot show a pager. F2 shows the article here."
        if wrong:
            self._app.notify(wrong, severity="error", markup=False)
