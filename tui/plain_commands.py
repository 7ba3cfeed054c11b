"""What each slash command does without a screen: one function a command, in one table."""

from __future__ import annotations

import os
from collections.abc import Callable, Mapping
from pathlib import Path

from assistant.errors import BadInput
from tui import ingest_words, plain_words, sessions, slash
from tui.conversation import understood
from tui.plain_chat import PlainChat
from tui.reporting import Reporter, Step
from tui.samples import samples
from tui.scopes import unknown_publisher
from tui.slash import Command, Name

BEGINNING = f"To begin, take in articles of your own with /ingest PATH, or the samples: /ingest {samples()}"
_STORY = 50
"""Passages among which the articles of a story are looked for, as on the screen."""


def do(chat: PlainChat, command: Command) -> None:
    """Raises BadInput or SessionError with a sentence, and what the workspace raises."""
    scope = slash.scoped(command, chat.scope)
    if scope is None:
        _DOING[command.name](chat, command.argument)
        return
    if wrong := unknown_publisher(scope.publishers, chat.publishers):
        raise BadInput(wrong)
    chat.scope = scope
    chat.write(plain_words.scope_line(scope))


def _filters(chat: PlainChat, _: str) -> None:
    chat.write(plain_words.scope_line(chat.scope))
    chat.write("Change it with /as-of, /since, /until and /publisher; /everything lifts all filters.")


def _conflicts(chat: PlainChat, _: str) -> None:
    answer = chat.last.answer
    if answer.conflicts:
        chat.show(plain_words.conflicts_alone(answer))
    else:
        chat.write("The last answer has no contradictions.")


def _timeline(chat: PlainChat, _: str) -> None:
    from assistant.models import ask
    from tui.story import as_lines, entries

    answer, scope = chat.last.answer, chat.last.scope
    asked = ask(
        answer.question,
        as_of=scope.as_of,
        since=scope.since,
        until=scope.until,
        publishers=scope.publishers,
        top_k=_STORY,
    )
    result = chat.desk().search(asked)
    for line in as_lines(entries(result, answer)):
        chat.write(line)


def _sources(chat: PlainChat, _: str) -> None:
    chat.show(plain_words.sources_alone(chat.last.answer))


def _next(chat: PlainChat, _: str) -> None:
    _open_at(chat, chat.place + 1)


def _previous(chat: PlainChat, _: str) -> None:
    _open_at(chat, max(chat.place, 1) - 1)


def _open(chat: PlainChat, argument: str) -> None:
    """The one that is named, or the one that was opened last."""
    if not argument:
        _open_at(chat, max(chat.place, 0))
        return
    numbers = [citation.number for citation in plain_words.numbered(chat.last.answer)]
    number = slash.number(argument)
    if number not in numbers:
        raise BadInput(f"The last answer has no source [{number}]; it has {len(numbers):,}. All of them: /sources")
    _open_at(chat, numbers.index(number))


def _open_at(chat: PlainChat, place: int) -> None:
    cited = plain_words.numbered(chat.last.answer)
    if not cited:
        raise BadInput("The last answer has no sources.")
    if place >= len(cited):
        raise BadInput("That was the last source. Back to the one before: /previous")
    chat.place = place
    with chat.desk().viewing() as view:
        article = view.article(cited[place].article_id, quoted=cited[place].revision)
    for line in plain_words.passage(cited[place], article, cited, width=chat.width):
        chat.write(line)


def _typed(chat: PlainChat, _: str) -> None:
    chat.ask(understood(chat.last.typed, (), chat.scope))


def _copy(chat: PlainChat, _: str) -> None:
    """There is no clipboard here that can be relied on, so what would be copied is said."""
    from assistant.markdown_answer import as_markdown

    chat.write(as_markdown(chat.last.answer))


def _save(chat: PlainChat, argument: str) -> None:
    _ = chat.last
    written = sessions.save(Path(argument), sessions.kept(chat.folder, chat.session))
    chat.write(f"Saved the conversation in {written}")


def _sessions(chat: PlainChat, _: str) -> None:
    lines = sessions.listed(chat.folder)
    for line in lines:
        chat.write(plain_words.session_line(line))
    chat.write("Go on with one: /resume and its id." if lines else "There is no earlier conversation.")


def _resume(chat: PlainChat, argument: str) -> None:
    if not argument:
        _sessions(chat, "")
        return
    found = sessions.opened(chat.folder, argument)
    chat.begin(found.id, found.exchanges)
    if found.note:
        chat.write(found.note)
    chat.write(f"Going on with {found.id}, {len(found.exchanges):,} questions. The last one: {chat.last.typed}")
    chat.show(chat.last.answer)


def _forget(chat: PlainChat, argument: str) -> None:
    gone = sessions.remove(chat.folder, argument)
    if gone == chat.session:
        chat.begin()
    chat.write(f"Deleted the conversation {gone}.")


def _new(chat: PlainChat, _: str) -> None:
    chat.begin()
    chat.write("A new conversation.")


def _ingest(chat: PlainChat, argument: str) -> None:
    if chat.ingest is None:
        raise BadInput("Nothing can be taken in here. Leave, and run: crosscheck ingest PATH")
    summary = chat.ingest([Path(os.path.expanduser(argument))], Reporter(_Steps(chat.write)))
    for line in (ingest_words.told(summary), *ingest_words.skipped(summary)):
        chat.write(line)
    chat.look_at_publishers()


class _Steps:
    """Says each kind of step once, when it begins."""

    def __init__(self, write: Callable[[str], object]) -> None:
        self._write = write
        self._said = ""

    def __call__(self, step: Step) -> None:
        if step.what != self._said and step.total:
            self._said = step.what
            self._write(f"{step.what}: {step.total:,}.")


def _theme(chat: PlainChat, _: str) -> None:
    chat.write("Nothing is coloured here.")


def _help(chat: PlainChat, _: str) -> None:
    chat.write("Type a question and press Enter; ask on as in a conversation. A slash begins a command:")
    for line in plain_words.commands():
        chat.write(line)
    chat.write("Ctrl-C stops a question, Ctrl-D leaves.")


def _quit(chat: PlainChat, _: str) -> None:
    chat.over = True


_DOING: Mapping[Name, Callable[[PlainChat, str], None]] = {
    "filters": _filters,
    "conflicts": _conflicts,
    "timeline": _timeline,
    "sources": _sources,
    "next": _next,
    "previous": _previous,
    "open": _open,
    "typed": _typed,
    "copy": _copy,
    "save": _save,
    "sessions": _sessions,
    "resume": _resume,
    "forget": _forget,
    "new": _new,
    "ingest": _ingest,
    "theme": _theme,
    "help": _help,
    "quit": _quit,
}
