"""The chat: one question at a time, answered in a thread, while typing goes on.

Threads post messages (`work`), handlers here change widgets. What an answer says and how it is drawn is decided
elsewhere; so is what a typed command means (`commanding`).
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, ClassVar

from textual import on, work
from textual.app import App, ComposeResult, SuspendNotSupported, SystemCommand
from textual.binding import BindingType
from textual.containers import Horizontal
from textual.events import Key
from textual.screen import Screen
from textual.worker import get_current_worker

from tui import beginning, messages, outside, themes
from tui import work as threads
from tui.citing import WIDE, Citing
from tui.exchange_view import ExchangeView
from tui.keeper import Keeper, OpenDesk
from tui.keyline import KeyLine
from tui.keys import KEYS, as_pairs, bindings
from tui.prompt import Completions, Prompt
from tui.source_view import SourcesPane, SourcesScreen
from tui.status_line import StatusLine
from tui.sweeping import Sweeper
from tui.transcript import Transcript

if TYPE_CHECKING:
    from collections.abc import Sequence

    from assistant.models import Citation
    from tui.completing import Completion
    from tui.reporting import Ingest
    from tui.state import Exchange, Scope

Errand = Callable[[threads.Post, Callable[[], bool]], None]
_SHORT = 18
"""Rows below which the prompt has no frame."""
_EVERYWHERE = frozenset({"quit", "command_palette", "change_theme", "cite"})
_WITH_SOURCES = frozenset({"next_citation", "previous_citation", "open", "read", "copy_answer", "theme"})
_TICK = 0.1
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
        self._open_desk = open_desk
        self._workspace = workspace
        self._sessions = sessions
        self.ingest = ingest
        self._scope = scope
        self._resume = resume
        self._keeper = Keeper(open_desk)
        self._publishers: tuple[str, ...] = ()
        self._sweeper = Sweeper()
        self._session = ""
        self._asking: ExchangeView | None = None
        self._completions = Completions()
        self.prompt = Prompt(self._completions, self._complete)
        self.transcript = Transcript(beginning.hello(workspace), id="transcript")
        self._status = StatusLine()
        self._sources = SourcesPane(id="sources")
        self.citing = Citing(self, self.transcript, self._sources, find=self._look_for)

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
        self._ticking = self.set_interval(_TICK, self._tick, pause=True)
        self.set_interval(_LOOK, self._look)
        self.prompt.focus()
        # The models come after the first screen, not before it.
        self.call_after_refresh(self._begin)

    def _look(self) -> None:
        if not self.asking:
            self._sweeper.look()

    @on(Prompt.Changed)
    def _typing(self) -> None:
        self._sweeper.touched()

    def _begin(self) -> None:
        self._keep(self._keeper)
        if self._scope is not None:
            self._status.bound(self._scope)
        if self._resume is not None:
            self.resume(self._resume)

    def on_unmount(self) -> None:
        self._keeper.close()

    # ---- threads

    @work(thread=True, group="desk", exit_on_error=False)
    def _keep(self, keeper: Keeper) -> None:
        threads.keep(keeper, post=self.post_message)

    @work(thread=True, exclusive=True, group="question", exit_on_error=False)
    def _answer(self, job: threads.Job) -> None:
        threads.ask(job, self._keeper, post=self.post_message, stopped=_stopped())

    @work(thread=True, group="errand", exit_on_error=False)
    def errand(self, errand: Errand) -> None:
        """Something short besides questions."""
        threads.run(errand, post=self.post_message, stopped=_stopped())

    @work(thread=True, exclusive=True, group="article", exit_on_error=False)
    def _find(self, errand: Errand) -> None:
        """An article to show; a later one takes its place."""
        threads.run(errand, post=self.post_message, stopped=_stopped())

    # ---- the workspace

    @on(messages.Opened)
    def _opened(self, message: messages.Opened) -> None:
        self._publishers = message.publishers
        self._status.opened(message.standing)
        if message.standing.articles == 0:
            self._welcome("The workspace has no articles yet.")

    @on(messages.NotOpened)
    def _not_opened(self, message: messages.NotOpened) -> None:
        self._status.say("no workspace" if message.missing else "not open")
        if message.missing:
            self._welcome(message.sentence)
        else:
            self.notify(message.sentence, title="The workspace cannot be asked", severity="error", timeout=20)

    def _welcome(self, reason: str) -> None:
        from tui.welcome import WelcomeScreen, samples

        screen = WelcomeScreen(reason, workspace=self._workspace, ingest=self.ingest, samples=samples())
        self.push_screen(screen, lambda ready: self.reopen() if ready else None)

    def reopen(self) -> None:
        """Opens the workspace anew: after an ingest, or after it could not be opened."""
        self._keeper.close()
        self._keeper = Keeper(self._open_desk)
        self._status.say("opening the workspace…")
        self._keep(self._keeper)

    # ---- questions

    @property
    def scope(self) -> Scope:
        """Which articles count."""
        if self._scope is None:
            from tui.state import Scope

            self._scope = Scope()
        return self._scope

    def bound(self, scope: Scope) -> None:
        """Sets which articles count from now on, unless no article can."""
        from tui.scopes import unknown_publisher

        if wrong := unknown_publisher(scope.publishers, self._publishers):
            self.notify(wrong, severity="error", markup=False)
            return
        self._scope = scope
        self._status.bound(scope)

    @on(Prompt.Sent)
    async def _sent(self, message: Prompt.Sent) -> None:
        from tui import commanding

        if commanding.is_command(message.text):
            await commanding.run(self, message.text)
        elif self._asking is not None:
            self.prompt.put(message.text)
            self.notify("One question at a time: Esc stops the one that runs.")
        else:
            await self.ask(message.text)

    async def ask(self, typed: str, *, as_typed: bool = False) -> None:
        """Asks, in the light of what was asked before unless it is to be taken as it was typed."""
        from tui.scopes import described

        if self._keeper.failed:
            self.reopen()
        before = [] if as_typed else self._exchanges()
        view = ExchangeView(typed, scope=described(self.scope))
        self._asking = view
        await self.transcript.begin_with(view)
        self.transcript.bring_up(view)
        self._ticking.resume()
        self._answer(
            threads.Job(
                key=view.key,
                typed=typed,
                before=before,
                scope=self.scope,
                sessions=self._sessions,
                session=self.session,
            )
        )

    @property
    def session(self) -> str:
        """The conversation's id, made when it begins."""
        if not self._session:
            from tui.sessions import new_id

            self._session = new_id(datetime.now(UTC))
        return self._session

    @property
    def asking(self) -> bool:
        """Whether a question runs."""
        return self._asking is not None

    def _exchanges(self) -> list[Exchange]:
        return [view.exchange for view in self.transcript.views if view.exchange is not None]

    def _tick(self) -> None:
        if self._asking is not None:
            self._asking.tick()

    @on(messages.Begun)
    def _begun(self, message: messages.Begun) -> None:
        if view := self._runs(message.key):
            view.begun(message.asked, message.because, sure=message.sure)

    @on(messages.Working)
    def _working(self, message: messages.Working) -> None:
        if view := self._runs(message.key):
            view.work(message.words)

    @on(messages.Answered)
    async def _answered(self, message: messages.Answered) -> None:
        if view := self._runs(message.key):
            self._over()
            self._sweeper.answered()
            first = next((one.number for one in (*message.shown.answer.citations, *message.shown.answer.closest)), None)
            view.answer(message.exchange, message.shown, current=first)
            self.transcript.bring_up(view)
            await self.citing.choose(view, first)
            if message.note:
                self.notify(message.note, severity="warning")

    @on(messages.Failed)
    def _failed(self, message: messages.Failed) -> None:
        if view := self._runs(message.key):
            self._give_back(view, message.sentence)

    def _runs(self, key: int) -> ExchangeView | None:
        """The running question, if it is that one; what comes late of another is dropped."""
        return self._asking if self._asking is not None and self._asking.key == key else None

    def _over(self) -> None:
        self._asking = None
        self._ticking.pause()

    def _give_back(self, view: ExchangeView, sentence: str) -> None:
        """The question in the prompt again, unless something else is being typed there."""
        self._over()
        view.fail(sentence)
        self.transcript.call_after_refresh(self.transcript.scroll_end, animate=False)
        if not self.prompt.value:
            self.prompt.put(view.typed)

    def action_stop(self) -> None:
        if self._asking is None:
            self.prompt.focus()
            return
        self.workers.cancel_group(self, "question")
        self._give_back(self._asking, "Stopped.")

    # ---- citations and sources

    def _look_for(self, article_id: str, citation: Citation | None, others: Sequence[Citation]) -> None:
        self._find(
            lambda post, stopped: threads.show(self._keeper, article_id, citation, others, post=post, stopped=stopped)
        )

    @on(messages.Showing)
    def _showing(self, message: messages.Showing) -> None:
        self.citing.show(message.excerpt)

    async def action_cite(self, key: int, number: int) -> None:
        """A number was clicked."""
        await self.citing.clicked(key, number)

    async def action_next_citation(self) -> None:
        await self.citing.step(1)

    async def action_previous_citation(self) -> None:
        await self.citing.step(-1)

    def action_sources(self) -> None:
        self.citing.toggle_sources()

    # ---- what keys do

    def action_help(self) -> None:
        from tui.help import HelpScreen

        self.push_screen(HelpScreen(as_pairs()))

    def action_conflicts(self) -> None:
        only = self.transcript.toggle_conflicts()
        self._status.only_conflicts(only)
        if only and not any(view.clashes for view in self.transcript.views):
            self.notify("Nothing contradicts anything in this conversation so far.")

    def action_timeline(self) -> None:
        if made := self.looked_at():
            self.errand(lambda post, stopped: threads.trace(self._keeper, made, post=post, stopped=stopped))

    def action_as_of(self) -> None:
        self._filter("as-of")

    def action_filters(self) -> None:
        self._filter("publisher")

    def _filter(self, first: str) -> None:
        from tui.filters import FiltersScreen

        screen = FiltersScreen(self.scope, publishers=self._publishers, first=first)
        self.push_screen(screen, lambda scope: None if scope is None else self.bound(scope))

    def action_copy_answer(self) -> None:
        if made := self.looked_at():
            self.errand(lambda post, _: threads.copy(made.answer, post=post))

    def action_open(self) -> None:
        self.open(browser=True)

    def action_read(self) -> None:
        self.open(browser=False)

    def open(self, number: int | None = None, *, browser: bool) -> None:
        """Opens a cited article outside."""
        cited = self.citing.cited(number)
        if cited is None:
            self.notify(f"There is no citation [{number}]." if number else "There is no citation to open yet.")
            return
        self.errand(
            lambda post, stopped: threads.whole(
                self._keeper, cited.article_id, browser=browser, post=post, stopped=stopped
            )
        )

    def action_save(self) -> None:
        if self.looked_at():
            self.prompt.put(f"/save crosscheck-{datetime.now().astimezone():%Y-%m-%d-%H%M}.md")

    def save(self, path: str) -> None:
        if self.looked_at():
            self.errand(lambda post, _: threads.save(self._sessions, self.session, path, post=post))

    def action_sessions(self) -> None:
        self.errand(lambda post, _: threads.listed(self._sessions, post=post))

    def resume(self, session: str) -> None:
        """Goes on with an earlier conversation."""
        self.errand(lambda post, _: threads.resume(self._sessions, session, post=post))

    def forget(self, session: str) -> None:
        """Deletes an earlier conversation. Raises SessionError."""
        from tui.sessions import remove

        remove(self._sessions, session)

    def action_ingest(self) -> None:
        self.prompt.put("/ingest ")

    def bring_in(self, path: str) -> None:
        """Ingests a path, then asks what is there now."""
        from tui.welcome import IngestScreen

        screen = IngestScreen([Path(path).expanduser()], ingest=self.ingest)
        self.push_screen(screen, lambda summary: self.reopen() if summary is not None else None)

    async def action_typed(self) -> None:
        view = self.transcript.last
        if view is None or self._asking is not None:
            self.notify("There is no question to ask again yet.")
        else:
            await self.ask(view.typed, as_typed=True)

    async def action_new(self) -> None:
        if self._asking is not None:
            self.action_stop()
        self._session = ""
        await self.transcript.clear(beginning.hello(self._workspace))
        await self.citing.clear()
        self.prompt.focus()

    def action_theme(self) -> None:
        self.theme = themes.other(self.theme)

    def action_scroll_up(self) -> None:
        self.transcript.scroll_page_up(animate=False)

    def action_scroll_down(self) -> None:
        self.transcript.scroll_page_down(animate=False)

    def looked_at(self) -> Exchange | None:
        """The exchange of the current citation, or the latest; says so where there is none."""
        view = self.citing.view
        if view is None or view.exchange is None:
            self.notify("There is no answer yet. Ask something first.")
            return None
        return view.exchange

    # ---- what threads found

    @on(messages.Told)
    def _told(self, message: messages.Told) -> None:
        self.notify(message.sentence, severity="error" if message.failed else "information", markup=False)

    @on(messages.Copied)
    def _copied(self, message: messages.Copied) -> None:
        self.copy_to_clipboard(message.markdown)
        self.notify("Copied the answer with its sources, as Markdown.")

    @on(messages.Whole)
    def _whole(self, message: messages.Whole) -> None:
        if message.url:
            self.open_url(message.url)
            self.notify(f"Opened {message.url}. ^l reads what was brought in.", markup=False)
            return
        try:
            with self.suspend():
                wrong = outside.page(message.text)
        except SuspendNotSupported:
            wrong = "This terminal cannot show a pager. F2 shows the article here."
        if wrong:
            self.notify(wrong, severity="error", markup=False)

    @on(messages.Traced)
    def _traced(self, message: messages.Traced) -> None:
        from tui.timeline import TimelineScreen

        screen = TimelineScreen(message.entries, question=message.question)
        self.push_screen(screen, lambda article: self.citing.show_article(article) if article else None)

    @on(messages.Listed)
    def _listed(self, message: messages.Listed) -> None:
        from tui.session_list import SessionsScreen

        screen = SessionsScreen(message.lines, delete=self.forget)
        self.push_screen(screen, lambda session: self.resume(session) if session else None)

    @on(messages.Resumed)
    async def _resumed(self, message: messages.Resumed) -> None:
        await self.action_new()
        self._session = message.session
        for exchange, shown in message.exchanges:
            await self.transcript.begin_with(ExchangeView.of(exchange, shown))
        self.transcript.say_earlier(message.earlier)
        if view := self.transcript.last:
            self.transcript.bring_up(view)
            await self.citing.first(view)
        if message.note:
            self.notify(message.note, severity="warning")

    # ---- Textual

    def check_action(self, action: str, parameters: tuple[object, ...]) -> bool | None:
        """A dialog has its own keys; the sources on their own screen have some of these."""
        if len(self.screen_stack) == 1 or action in _EVERYWHERE:
            return True
        return isinstance(self.screen, SourcesScreen) and action in _WITH_SOURCES

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

        known = sorted((file.stem for file in self._sessions.glob("*.jsonl")), reverse=True)
        return completions(line, publishers=self._publishers, sessions=known)


def _stopped() -> Callable[[], bool]:
    """Whether the thread that asks is to end."""
    worker = get_current_worker()
    return lambda: worker.is_cancelled
