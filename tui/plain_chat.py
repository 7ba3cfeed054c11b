"""A conversation held line by line: what was asked, what counts, and how a question is answered."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.errors import BadInput
from assistant.harmless import visible
from tui import plain_words, sessions
from tui.conversation import Understood, exchange
from tui.reporting import Ingest
from tui.state import Exchange, Scope

if TYPE_CHECKING:
    from assistant.models import Answer
    from assistant.stages import Stage
    from assistant.wiring.desk import Desk

Write = Callable[[str], object]
"""A line, or several, for the user."""

_KEPT = 50
"""Exchanges that are held; the file has them all."""


class PlainChat:
    """What changes while lines come in."""

    def __init__(self, open_desk: Callable[[], Desk], *, folder: Path, write: Write, ingest: Ingest | None) -> None:
        self.over = False
        self.folder = folder
        self.write: Write = lambda text: write(visible(text))
        self.ingest = ingest
        self.scope = Scope()
        self.publishers: tuple[str, ...] = ()
        self._open = open_desk
        self._desk: Desk | None = None
        self.begin()

    def begin(self, session: str | None = None, exchanges: Sequence[Exchange] = ()) -> None:
        """A new conversation, or an earlier one."""
        self.session = session or sessions.new_id(datetime.now(UTC))
        self.exchanges = list(exchanges)[-_KEPT:]
        self.place = -1
        """Of the source that was opened last, among those of the last answer."""

    def desk(self) -> Desk:
        """Opened when it is first wanted. Raises what opening raises."""
        if self._desk is None:
            self._desk = self._open()
            self.look_at_publishers()
        return self._desk

    def look_at_publishers(self) -> None:
        """Their names change when articles come in."""
        with self.desk().viewing() as view:
            names = {one.publisher for one in view.listings() if one.publisher}
        self.publishers = tuple(sorted(names, key=str.casefold))

    @property
    def last(self) -> Exchange:
        """Raises BadInput before anything was asked."""
        if not self.exchanges:
            raise BadInput("Nothing was asked in this conversation yet.")
        return self.exchanges[-1]

    def ask(self, asked: Understood) -> None:
        """Answers a question and keeps it. Raises what answering raises, and SessionError once the answer is said."""
        for line in plain_words.understanding(asked):
            self.write(line)
        answer = self.desk().ask(asked.question, watch=self._watch)
        self.show(answer)
        made = exchange(asked, answer, self.scope)
        self.exchanges = [*self.exchanges, made][-_KEPT:]
        self.place = -1
        sessions.keep(self.folder, self.session, made)

    def _watch(self, stage: Stage) -> None:
        if line := plain_words.stage_line(stage):
            self.write(line)

    def show(self, answer: Answer) -> None:
        from assistant import answer_text

        self.write("\n" + answer_text.answer(answer, width=self.width))

    @property
    def width(self) -> int:
        """Columns to fill, as the other commands do."""
        return max(40, min(100, shutil.get_terminal_size((100, 24)).columns))
