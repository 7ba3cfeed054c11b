"""Which conversation this is: its id, begun anew, saved, and earlier ones listed, gone on with and deleted.

How conversations are kept in files is said in `sessions`; they are read and written in threads.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path

from textual.app import App

from tui import beginning, messages, work
from tui.citing import Citing
from tui.exchange_view import ExchangeView
from tui.threads import Threads
from tui.transcript import Transcript


class Resuming:
    """The conversation on the screen, among those that are kept."""

    def __init__(
        self, app: App[None], transcript: Transcript, *,
        threads: Threads, citing: Citing, workspace: Path, folder: Path,
    ) -> None:  # fmt: skip
        self._app = app
        self._transcript = transcript
        self._citing = citing
        self._workspace = workspace
        self._threads = threads
        self._id = ""
        self.folder = folder

    @property
    def session(self) -> str:
        """The conversation's id, made when it begins."""
        if not self._id:
            from tui.sessions import new_id

            self._id = new_id(datetime.now(UTC))
        return self._id

    async def begin_anew(self) -> None:
        """Clears the screen; what was asked is kept under its own id."""
        self._id = ""
        await self._transcript.clear(beginning.hello(self._workspace))
        await self._citing.clear()

    def save(self, path: str) -> None:
        self._threads.run(lambda post, _: work.save(self.folder, self.session, path, post=post))

    def list_all(self) -> None:
        self._threads.run(lambda post, _: work.listed(self.folder, post=post))

    def listed(self, message: messages.Listed) -> None:
        """Lets somebody choose one."""
        from tui.session_list import SessionsScreen

        screen = SessionsScreen(message.lines, delete=self.forget)
        self._app.push_screen(screen, lambda session: self.resume(session) if session else None)

    def resume(self, session: str) -> None:
        """Goes on with an earlier conversation."""
        self._threads.run(lambda post, _: work.resume(self.folder, session, post=post))

    async def resumed(self, message: messages.Resumed) -> None:
        """Shows the end of it, on a screen that was cleared."""
        self._id = message.session
        for exchange, shown in message.exchanges:
            await self._transcript.begin_with(ExchangeView.of(exchange, shown))
        self._transcript.say_earlier(message.earlier)
        if view := self._transcript.last:
            self._transcript.bring_up(view)
            await self._citing.first(view)
        if message.note:
            self._app.notify(message.note, severity="warning")

    def forget(self, session: str) -> None:
        """Deletes an earlier conversation. Raises SessionError."""
        from tui.sessions import remove

        remove(self.folder, session)

    def known(self) -> Sequence[str]:
        """Ids of the conversations that are kept, the latest first."""
        return sorted((file.stem for file in self.folder.glob("*.jsonl")), reverse=True)
