"""The threads of the chat: one that holds the desk, one that answers, one that looks for an article, and errands.

Each runs a function of `work`, which posts what it finds to the application and touches no widget.
"""

from __future__ import annotations

from collections.abc import Callable

from textual.app import App
from textual.worker import get_current_worker

from tui import work
from tui.keeper import Keeper

_QUESTION = "question"


class Threads:
    """Starts them, and stops the one that answers."""

    def __init__(self, app: App[None]) -> None:
        self._app = app
        self._post = app.post_message

    def hold(self, keeper: Keeper) -> None:
        """Opens a desk and holds it open until the keeper is closed."""
        self._start(lambda _: work.keep(keeper, post=self._post), group="desk")

    def answer(self, job: work.Job, keeper: Keeper) -> None:
        self._start(
            lambda stopped: work.ask(job, keeper, post=self._post, stopped=stopped), group=_QUESTION, exclusive=True
        )

    def stop_answering(self) -> None:
        self._app.workers.cancel_group(self._app, _QUESTION)

    def run(self, errand: work.Errand) -> None:
        """Something short besides questions."""
        self._start(lambda stopped: work.run(errand, post=self._post, stopped=stopped), group="errand")

    def find(self, errand: work.Errand) -> None:
        """An article to show; a later one takes its place."""
        self._start(lambda stopped: work.run(errand, post=self._post, stopped=stopped), group="article", exclusive=True)

    def _start(self, do: Callable[[Callable[[], bool]], None], *, group: str, exclusive: bool = False) -> None:
        def doing() -> None:
            worker = get_current_worker()
            do(lambda: worker.is_cancelled)

        self._app.run_worker(doing, thread=True, group=group, exclusive=exclusive, exit_on_error=False)
