"""The workspace of the chat: opened when it begins, opened anew after an ingest, and offered something to hold where
it holds nothing. `keeper` holds it open; here is what is said of it on the screen.
"""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from textual.app import App

from tui import messages
from tui.keeper import Keeper, OpenDesk
from tui.status_line import StatusLine
from tui.threads import Threads

if TYPE_CHECKING:
    from tui.reporting import Ingest


class Opening:
    """Which desk is asked. `begin` opens the first one."""

    def __init__(
        self, app: App[None], status: StatusLine, *,
        threads: Threads, open_desk: OpenDesk, workspace: Path, ingest: Ingest,
    ) -> None:  # fmt: skip
        self._app = app
        self._status = status
        self._threads = threads
        self._open_desk = open_desk
        self._workspace = workspace
        self._ingest = ingest
        self.keeper = Keeper(open_desk)
        self.publishers: tuple[str, ...] = ()

    def begin(self) -> None:
        self._threads.hold(self.keeper)

    def opened(self, message: messages.Opened) -> None:
        self.publishers = message.publishers
        self._status.opened(message.standing)
        if message.standing.articles == 0:
            self._welcome("The workspace has no articles yet.")

    def not_opened(self, message: messages.NotOpened) -> None:
        self._status.say("no workspace" if message.missing else "not open")
        if message.missing:
            self._welcome(message.sentence)
        else:
            self._app.notify(message.sentence, title="The workspace cannot be asked", severity="error", timeout=20)

    def _welcome(self, reason: str) -> None:
        from tui.welcome import WelcomeScreen, samples

        screen = WelcomeScreen(reason, workspace=self._workspace, ingest=self._ingest, samples=samples())
        self._app.push_screen(screen, lambda ready: self.reopen() if ready else None)

    def bring_in(self, path: str) -> None:
        """Ingests a path, then asks what is there now."""
        from tui.welcome import IngestScreen

        screen = IngestScreen([Path(path).expanduser()], ingest=self._ingest)
        self._app.push_screen(screen, lambda summary: self.reopen() if summary is not None else None)

    def retry(self) -> None:
        """Opens the workspace anew where it could not be opened."""
        if self.keeper.failed:
            self.reopen()

    def reopen(self) -> None:
        """Opens the workspace anew: after an ingest, or after it could not be opened."""
        self.close()
        self.keeper = Keeper(self._open_desk)
        self._status.say("opening the workspace…")
        self.begin()

    def close(self) -> None:
        self.keeper.close()
