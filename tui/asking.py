"""The one question that runs: shown while it is worked on, ended by its answer, a failure or Esc.

Apart from the application, which only hands over what threads post. What comes late of an earlier question is dropped.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING

from textual.app import App
from textual.timer import Timer

from tui import messages, work
from tui.citing import Citing
from tui.exchange_view import ExchangeView
from tui.opening import Opening
from tui.prompt import Prompt
from tui.resuming import Resuming
from tui.sweeping import Sweeper
from tui.threads import Threads
from tui.transcript import Transcript

if TYPE_CHECKING:
    from tui.state import Exchange, Scope

_TICK = 0.1


class Asking:
    """At most one question at a time."""

    def __init__(
        self, app: App[None], transcript: Transcript, *,
        threads: Threads, opening: Opening, prompt: Prompt, citing: Citing, resuming: Resuming,
    ) -> None:  # fmt: skip
        self._app = app
        self._transcript = transcript
        self._threads = threads
        self._opening = opening
        self._prompt = prompt
        self._citing = citing
        self._resuming = resuming
        self._sweeper = Sweeper()
        self._view: ExchangeView | None = None
        self._ticking: Timer | None = None

    @property
    def runs(self) -> bool:
        return self._view is not None

    async def begin(self, typed: str, *, before: Sequence[Exchange], scope: Scope) -> None:
        """Asks, in the light of what was asked before. A workspace that could not be opened is tried again."""
        from tui.scopes import described

        self._opening.retry()
        self._view = view = ExchangeView(typed, scope=described(scope))
        await self._transcript.begin_with(view)
        self._transcript.bring_up(view)
        self._ticking = self._app.set_interval(_TICK, view.tick)
        folder, session = self._resuming.folder, self._resuming.session
        job = work.Job(key=view.key, typed=typed, before=before, scope=scope, sessions=folder, session=session)
        self._threads.answer(job, self._opening.keeper)

    def begun(self, message: messages.Begun) -> None:
        if view := self._running(message.key):
            view.begun(message.asked, message.because, sure=message.sure)

    def working(self, message: messages.Working) -> None:
        if view := self._running(message.key):
            view.work(message.words)

    async def answered(self, message: messages.Answered) -> None:
        """Shows the answer, with its first citation as the current one."""
        if view := self._running(message.key):
            self._over()
            self._sweeper.answered()
            first = next((one.number for one in (*message.shown.answer.citations, *message.shown.answer.closest)), None)
            view.answer(message.exchange, message.shown, current=first)
            self._transcript.bring_up(view)
            await self._citing.choose(view, first)
            if message.note:
                self._app.notify(message.note, severity="warning")

    def failed(self, message: messages.Failed) -> None:
        if view := self._running(message.key):
            self._give_back(view, message.sentence)

    def stop(self) -> None:
        """Ends the question; where none runs, goes back to typing."""
        if self._view is None:
            self._prompt.focus()
            return
        self._threads.stop_answering()
        self._give_back(self._view, "Stopped.")

    def typing(self) -> None:
        """Something is typed: no time to sweep."""
        self._sweeper.touched()

    def look(self) -> None:
        """Sweeps, where there is time for it."""
        if not self.runs:
            self._sweeper.look()

    def _running(self, key: int) -> ExchangeView | None:
        return self._view if self._view is not None and self._view.key == key else None

    def _over(self) -> None:
        self._view = None
        if self._ticking is not None:
            self._ticking.stop()

    def _give_back(self, view: ExchangeView, sentence: str) -> None:
        """The question in the prompt again, unless something else is being typed there."""
        self._over()
        view.fail(sentence)
        self._transcript.call_after_refresh(self._transcript.scroll_end, animate=False)
        if not self._prompt.value:
            self._prompt.put(view.typed)
