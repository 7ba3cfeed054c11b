"""The chat without a screen: what is typed, what is said, and that nothing typed ends it but leaving."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path

import pytest

from assistant import wiring
from assistant.models import Answer, Question
from assistant.settings import Settings
from assistant.stages import Watch
from assistant.wiring import Desk
from index.errors import NoWorkspace
from index.models import Summary
from index.sync import Events
from tests.conftest import ROOT
from tui import sessions
from tui.plain import run
from tui.plain_commands import _DOING
from tui.plain_reading import Completer
from tui.plain_words import commands
from tui.samples import samples
from tui.scopes import described
from tui.slash import COMMANDS

ASKED = "How much better is Maia 200's performance per dollar?"
Talk = Callable[..., str]


@pytest.fixture(scope="module")
def desk(sample_workspace: Path, cache: Path) -> Iterator[Desk]:
    with wiring.opened(Settings(workspace=sample_workspace, cache=cache)) as opened:
        yield opened


@pytest.fixture
def talk(desk: Desk, tmp_path: Path) -> Talk:
    """Types lines and returns all that was said; what is said after each question stands after its `> `."""

    def talk(*lines: str, resume: str | None = None) -> str:
        return _talk(lines, lambda: nullcontext(desk), tmp_path / "sessions", resume=resume)

    return talk


def _talk(lines, open_desk, folder, *, ingest=None, resume=None) -> str:  # type: ignore[no-untyped-def]
    said: list[str] = []
    typed = iter(lines)

    def read(_: str) -> str:
        line = next(typed, None)
        if line is None:
            raise EOFError
        said.append(f"> {line}")
        return line

    run(open_desk, sessions=folder, read=read, write=said.append, ingest=ingest, resume=resume)
    return "\n".join(said)


def test_a_question_gets_its_answer_with_numbered_sources_and_the_stages_are_told(talk: Talk) -> None:
    said = talk(ASKED)
    assert "34 articles" in said
    assert said.index("Reading 8 passages.") < said.index("Comparing what they say.") < said.index("Contested:")
    assert "Contradiction (number)" in said
    assert "[1] " in said.split("Sources")[1]


def test_a_follow_up_is_understood_and_what_was_asked_is_said(talk: Talk) -> None:
    said = talk(ASKED, "and how much memory does it have?")
    assert "Asked as: How much memory does Maia 200 have?" in said
    assert "216GB" in said


def test_a_guess_is_called_one_and_can_be_asked_as_typed(talk: Talk) -> None:
    said = talk("Who is the mayor of Dunmarrow, and who is the captain of the Sandlark?", "How old is he?", "/typed")
    assert "This is a guess. To ask it exactly as you typed it: /typed" in said
    assert "Asked as" not in said.split("> /typed")[1]


def test_nothing_of_what_is_said_moves_a_cursor_or_has_a_colour(talk: Talk) -> None:
    said = talk(ASKED, "/next", "/timeline", "/help", "/copy")
    assert not any(ord(character) < 32 and character != "\n" for character in said)


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ("/next", "Quoted: "),
        ("/open [3]", "[3] "),
        ("/open 99", "The last answer has no source [99]"),
        ("/conflicts", "Contradiction (number)"),
        ("/timeline", "27 May 2026: The Quillby Letter, A handshake nobody has seen."),
        ("/sources", "Sources\n[1] "),
        ("/copy", "**Contested:**"),
        ("/sessions", "1 question)"),
        ("/filters", "All articles count."),
        ("/as-of 2026-05-22", "What counts: articles as of 22 May 2026."),
        ("/since 2026-05-22", "What counts: articles published since 22 May 2026."),
        ("/until 2026-05-22", "What counts: articles published until 22 May 2026."),
        ("/publisher pelham wire", "What counts: articles only pelham wire."),
        ("/publisher Pelam", "No article has the publisher 'Pelam'. Near ones: Pelham Wire."),
        ("/everything", "All articles count."),
        ("/as-of never", "is no day"),
        ("/nxt", "Did you mean /next?"),
        ("/theme", "Nothing is coloured here."),
        ("/new", "A new conversation."),
        ("/resume nosuch", "There is no conversation 'nosuch'."),
        ("/resume", "Go on with one: /resume and its id."),
        ("/ingest x", "crosscheck ingest PATH"),
        ("?!", "The question has no words."),
        ("x" * 3000, "at most 2,000 are read"),
    ],
)
def test_every_command_and_mistake_has_its_answer(talk: Talk, typed: str, said: str) -> None:
    assert said in talk(ASKED, typed).split(f"> {typed}")[1]


@pytest.mark.parametrize("typed", ["/next", "/previous", "/open", "/conflicts", "/timeline", "/sources", "/copy",
                                   "/typed", "/save x.md"])  # fmt: skip
def test_before_a_question_they_say_that_there_was_none(talk: Talk, typed: str) -> None:
    assert "Nothing was asked in this conversation yet." in talk(typed)


def test_every_command_does_something() -> None:
    scoping = {"as-of", "since", "until", "publisher", "everything"}
    assert set(_DOING) | scoping == {about.name for about in COMMANDS}


def test_next_and_previous_go_through_the_sources_and_stop_at_their_ends(talk: Talk) -> None:
    said = talk(ASKED, *["/next"] * 9, "/previous", "/open")
    passages = [line.split("]")[0] for line in said.split("\n") if line.startswith("[") and line.endswith(".")]
    assert passages == ["[1", "[2", "[3", "[4", "[5", "[6", "[7", "[6", "[6"]
    assert "That was the last source." in said


def test_filters_hold_until_they_are_lifted(talk: Talk, tmp_path: Path) -> None:
    talk("/as-of 2026-05-22", "/publisher Pelham Wire", ASKED, "/everything", ASKED)
    (session,) = sessions.listed(tmp_path / "sessions")
    first, second = sessions.kept(tmp_path / "sessions", session.id)
    assert described(first.scope) == "as of 22 May 2026; only Pelham Wire"
    assert {citation.publisher for citation in first.answer.citations} == {"Pelham Wire"}
    assert not second.scope


def test_a_conversation_is_kept_and_gone_on_with_and_deleted(talk: Talk, tmp_path: Path) -> None:
    talk(ASKED)
    (line,) = sessions.listed(tmp_path / "sessions")
    said = talk("and how much memory does it have?", resume=line.id)
    assert "Asked as: How much memory does Maia 200 have?" in said
    assert sessions.listed(tmp_path / "sessions")[0].questions == 2
    assert f"Deleted the conversation {line.id}." in talk(f"/forget {line.id[:8]}")
    assert sessions.listed(tmp_path / "sessions") == ()


def test_the_conversation_is_saved(talk: Talk, tmp_path: Path) -> None:
    assert "Saved the conversation in" in talk(ASKED, f"/save {tmp_path / 'talks.md'}")
    assert f"## {ASKED}" in (tmp_path / "talks.md").read_text(encoding="utf-8")
    assert "not overwritten" in talk(ASKED, f"/save {tmp_path / 'talks.md'}")


def test_leaving_ends_it(talk: Talk) -> None:
    assert "> /help" not in talk("/quit", "/help")


def test_help_has_a_line_for_each_command(talk: Talk) -> None:
    said = talk("/help")
    assert all(line in said for line in commands())
    assert "/as-of 2026-03-01: Answer as things stood on a day" in said


def test_an_answer_that_cannot_be_kept_is_said_and_the_chat_goes_on(desk: Desk, tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    said = _talk([ASKED, "/conflicts"], lambda: nullcontext(desk), tmp_path / "file")
    assert "It goes on without being kept." in said
    assert "Contradiction" in said.split("> /conflicts")[1]


class Failing:
    """A desk in which something breaks, once in one way and once in another."""

    def __init__(self, desk: Desk, *errors: BaseException) -> None:
        self._desk = desk
        self._errors = list(errors)
        self.standing, self.viewing = desk.standing, desk.viewing

    def ask(self, question: Question, *, watch: Watch | None = None) -> Answer:
        if self._errors:
            raise self._errors.pop(0)
        return self._desk.ask(question, watch=watch)


def test_a_question_that_fails_or_is_stopped_does_not_end_the_chat(desk: Desk, tmp_path: Path) -> None:
    failing = Failing(desk, ZeroDivisionError("division by zero"), KeyboardInterrupt())
    said = _talk([ASKED, ASKED, ASKED], lambda: nullcontext(failing), tmp_path)
    first, second, third = said.split(f"> {ASKED}")[1:]
    assert "nobody foresaw (ZeroDivisionError: division by zero)" in first
    assert "Stopped. To leave, type /quit or press Ctrl-D." in second
    assert "Contested:" in third


def test_a_missing_workspace_can_be_made_from_within(desk: Desk, tmp_path: Path) -> None:
    there: list[bool] = []

    @contextmanager
    def open_desk() -> Iterator[Desk]:
        if not there:
            raise NoWorkspace(tmp_path / "ws")
        yield desk

    def ingest(paths: Sequence[Path], events: Events) -> Summary:
        events.reading(34, 34)
        events.planned(34)
        there.append(True)
        return Summary(added=34, seconds=1.0)

    said = _talk([ASKED, f"/ingest {samples()}", ASKED], open_desk, tmp_path, ingest=ingest)
    assert "There is no workspace in" in said.split("> ")[0]
    assert f"/ingest {samples()}" in said.split("> ")[0]
    assert "Reading files: 34.\nTaking in articles: 34.\n34 new articles (1.0 s)." in said
    assert "Contested:" in said.rsplit("> ", 1)[1]


def test_tab_offers_one_completion_after_the_other() -> None:
    complete = Completer(lambda: ["/save", "/since"])
    assert [complete("/s", state) for state in range(3)] == ["/save", "/since", None]


def test_starting_the_plain_mode_loads_no_screen_and_no_model() -> None:
    code = "import sys, tui.plain; print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True, cwd=ROOT).stdout
    assert {"textual", "torch", "onnxruntime", "faiss"}.isdisjoint(loaded.split())
