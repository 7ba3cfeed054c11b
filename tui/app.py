"""The chat: one question at a time, answered in a thread, while typing goes on.

Threads post messages (`work`), handlers here give them to what they are about: the question that runs (`asking`), the
workspace (`opening`), the conversation (`resuming`), the exchange that is looked at (`looking`), citations (`citing`),
bounds (`bounding`). What an answer says and how it is drawn is decided elsewhere; so is what a typed command means.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on
from textual.app import App, ComposeResult, SystemCommand
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.events import Key
from textual.screen import Screen

from tui import beginning, messages, themes
from tui.asking import Asking
from tui.bounding import Bounding
from tui.citing import WIDE, Citing
from tui.keeper import OpenDesk
from tui.keyline import KeyLine
from tui.keys import EVERYWHERE, KEYS, WITH_SOURCES, as_pairs, bindings
from tui.looking import Looking
from tui.opening import Opening
from tui.prompt import Completions, Prompt
from tui.resuming import Resuming
from tui.source_view import SourcesPane, SourcesScreen
from tui.status_line import StatusLine
from tui.threads import Threads
from tui.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Sequence

    from tui.completing import Completion
    from tui.reporting import Ingest
    from tui.state import Scope

_SHORT = 18
"""Rows below which the prompt has no frame."""
_LOOK = 1.0
"""Seconds between two looks at whether there is time to sweep."""


class ChatApp(App[None]):
    """Everything that is heavy is imported by the threads, so that the first screen is there at once."""

    CSS_PATH = "chat.tcss"
    TITLE = "Crosscheck"
    BINDINGS: ClassVar[list[BindingType]] = [*bindings()]
    HORIZONTAL_BREAKPOINTS = [(0, "-narrow"), (WIDE, "-wide")]  # noqa: RUF012 - as Textual declares it
    VERTICAL_BREAKPOINTS = [(0, "-short"), (_SHORT, "-tall")]  # noqa: RUF012

    def __init__(
        self,
        open_desk: OpenDesk,
        *,
        workspace: Path,
        sessions: Path,
        ingest: Ingest,
        scope: Scope | None = None,
        resume: str | None = None,
    ) -> None:
        super().__init__()
        self._resume = resume
        self._completions = Completions()
        self.prompt = Prompt(self._completions, self._complete)
        self.transcript = Transcript(beginning.hello(workspace), id="transcript")
        self._status = status = StatusLine()
        self._sources = SourcesPane(id="sources")
        threads = Threads(self)
        self.opening: Opening = Opening(
            self, status, threads=threads, open_desk=open_desk, workspace=workspace, ingest=ingest
        )
        self.bounding = Bounding(self, status, scope=scope, publishers=lambda: self.opening.publishers)
        self.citing = citing = Citing(self, self.transcript, self._sources, threads=threads, opening=self.opening)
        self.resuming = resuming = Resuming(
            self, self.transcript, threads=threads, citing=citing, workspace=workspace, folder=sessions
        )
        self.looking = Looking(self, citing, threads=threads, opening=self.opening)
        self._asking = Asking(
            self, self.transcript,
            threads=threads, opening=self.opening, prompt=self.prompt, citing=citing, resuming=resuming,
        )  # fmt: skip

    def compose(self) -> ComposeResult:
        yield self._status
        with Horizontal(id="main"):
            yield self.transcript
            yield self._sources
        yield self._completions
        yield self.prompt
        yield KeyLine()

    def on_mount(self) -> None:
        for theme in (themes.DARK, themes.LIGHT):
            self.register_theme(theme)
        self.theme = themes.fitting(os.environ)
        self.set_interval(_LOOK, self._asking.look)
        self.prompt.focus()
        # The models come after the first screen, not before it.
        self.call_after_refresh(self._begin)

    def _begin(self) -> None:
        self.opening.begin()
        self.bounding.begin()
        if self._resume is not None:
            self.resuming.resume(self._resume)

    def on_unmount(self) -> None:
        self.opening.close()

    @property
    def asking(self) -> bool:
        """Whether a question runs."""
        return self._asking.runs

    async def ask(self, typed: str, *, as_typed: bool = False) -> None:
        """Asks, in the light of what was asked before unless it is to be taken as it was typed."""
        before = [] if as_typed else self.transcript.exchanges
        await self._asking.begin(typed, before=before, scope=self.bounding.scope)

    @on(Prompt.Changed)
    def _typing(self) -> None:
        self._asking.typing()

    @on(Prompt.Sent)
    async def _sent(self, message: Prompt.Sent) -> None:
        from tui import commanding

        if commanding.is_command(message.text):
            await commanding.run(self, message.text)
        elif self.asking:
            self.prompt.put(message.text)
            self.notify("One question at a time: Esc stops the one that runs.")
        else:
            await self.ask(message.text)

    @on(messages.Opened)
    def _opened(self, message: messages.Opened) -> None:
        self.opening.opened(message)

    @on(messages.NotOpened)
    def _not_opened(self, message: messages.NotOpened) -> None:
        self.opening.not_opened(message)

    @on(messages.Begun)
    def _begun(self, message: messages.Begun) -> None:
        self._asking.begun(message)

    @on(messages.Working)
    def _working(self, message: messages.Working) -> None:
        self._asking.working(message)

    @on(messages.Answered)
    async def _answered(self, message: messages.Answered) -> None:
        await self._asking.answered(message)

    @on(messages.Failed)
    def _failed(self, message: messages.Failed) -> None:
        self._asking.failed(message)

    @on(messages.Showing)
    def _showing(self, message: messages.Showing) -> None:
        self.citing.show(message.excerpt)

    @on(messages.Told)
    def _told(self, message: messages.Told) -> None:
        self.notify(message.sentence, severity="error" if message.failed else "information", markup=False)

    @on(messages.Copied)
    def _copied(self, message: messages.Copied) -> None:
        self.looking.copied(message)

    @on(messages.Whole)
    def _whole(self, message: messages.Whole) -> None:
        self.looking.whole(message)

    @on(messages.Traced)
    def _traced(self, message: messages.Traced) -> None:
        self.looking.traced(message)

    @on(messages.Listed)
    def _listed(self, message: messages.Listed) -> None:
        self.resuming.listed(message)

    @on(messages.Resumed)
    async def _resumed(self, message: messages.Resumed) -> None:
        await self.action_new()
        await self.resuming.resumed(message)

    def action_help(self) -> None:
        from tui.help import HelpScreen

        self.push_screen(HelpScreen(as_pairs()))

    def action_stop(self) -> None:
        self._asking.stop()

    async def action_cite(self, key: int, number: int) -> None:
        """A number was clicked."""
        await self.citing.clicked(key, number)

    async def action_next_citation(self) -> None:
        await self.citing.step(1)

    async def action_previous_citation(self) -> None:
        await self.citing.step(-1)

    def action_sources(self) -> None:
        self.citing.toggle_sources()

    def action_conflicts(self) -> None:
        only = self.transcript.toggle_conflicts()
        self._status.only_conflicts(only)
        if only and not any(view.clashes for view in self.transcript.views):
            self.notify("Nothing contradicts anything in this conversation so far.")

    def action_timeline(self) -> None:
        self.looking.trace()

    def action_as_of(self) -> None:
        self.bounding.choose("as-of")

    def action_filters(self) -> None:
        self.bounding.choose("publisher")

    def action_copy_answer(self) -> None:
        self.looking.copy()

    def action_open(self) -> None:
        self.looking.open(browser=True)

    def action_read(self) -> None:
        self.looking.open(browser=False)

    def action_save(self) -> None:
        if self.looking.exchange():
            self.prompt.put(f"/save crosscheck-{datetime.now().astimezone():%Y-%m-%d-%H%M}.md")

    def action_sessions(self) -> None:
        self.resuming.list_all()

    def action_ingest(self) -> None:
        self.prompt.put("/ingest ")

    async def action_typed(self) -> None:
        view = self.transcript.last
        if view is None or self.asking:
            self.notify("There is no question to ask again yet.")
        else:
            await self.ask(view.typed, as_typed=True)

    async def action_new(self) -> None:
        if self.asking:
            self.action_stop()
        await self.resuming.begin_anew()
        self.prompt.focus()

    def action_theme(self) -> None:
        self.theme = themes.other(self.theme)

    def action_scroll_up(self) -> None:
        self.transcript.scroll_page_up(animate=False)

    def action_scroll_down(self) -> None:
        self.transcript.scroll_page_down(animate=False)

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A dialog has its own keys; the sources on their own screen have some of these."""
        if len(self.screen_stack) == 1 or action in EVERYWHERE:
            return True
        return isinstance(self.screen, SourcesScreen) and action in WITH_SOURCES

    def get_system_commands(self, screen: Screen[object]) -> Iterator[SystemCommand]:
        """The command palette: every key by name."""
        for key in KEYS:
            yield SystemCommand(f"{key.about} ({key.shown})", key.label, partial(self.run_action, key.action))

    def on_key(self, event: Key) -> None:
        """What is typed while the focus is elsewhere goes into the prompt: no key is lost."""
        if event.is_printable and event.character and self.focused is not self.prompt and len(self.screen_stack) == 1:
            self.prompt.focus()
            self.prompt.insert_text_at_cursor(event.character)
            event.stop()

    def _complete(self, line: str) -> Sequence[Completion]:
        from tui.completing import completions

        return completions(line, publishers=self.opening.publishers, sessions=self.resuming.known())
