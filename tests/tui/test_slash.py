"""Slash commands: each is understood, and each mistake gets a sentence that says what to type instead."""

from __future__ import annotations

from contextlib import suppress
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.errors import BadInput
from tui.scopes import described
from tui.slash import COMMANDS, About, Command, is_command, number, parsed, scoped
from tui.state import Scope


@pytest.mark.parametrize("about", COMMANDS, ids=lambda about: about.name)
def test_every_command_is_understood_with_its_own_example(about: About) -> None:
    line = f"/{about.name} {about.example}".rstrip()
    assert parsed(line) == Command(about.name, about.example)


@pytest.mark.parametrize("about", COMMANDS, ids=lambda about: about.name)
def test_every_command_says_so_where_it_lacks_an_argument_or_has_one_too_many(about: About) -> None:
    if about.needed:
        with pytest.raises(BadInput, match=f"/{about.name} needs .* Write e.g. /{about.name} "):
            parsed(f"/{about.name}  ")
    if not about.takes:
        with pytest.raises(BadInput, match=f"/{about.name} takes nothing after it"):
            parsed(f"/{about.name} more")


@pytest.mark.parametrize(
    ("line", "command"),
    [
        ("/AS-OF 2026-03-01", Command("as-of", "2026-03-01")),
        ("  /as   2026-03-01  ", Command("as-of", "2026-03-01")),
        ("/pub Pelham Wire", Command("publisher", "Pelham Wire")),
        ("/q", Command("quit")),
        ("/exit", Command("quit")),
        ("/clear-filters", Command("everything")),
        ("/clear", Command("everything")),
        ("/prev", Command("previous")),
        ('/ingest "my clippings"', Command("ingest", "my clippings")),
        ("/ingest my clippings", Command("ingest", "my clippings")),
        ("/open [2]", Command("open", "[2]")),
        ("/open", Command("open")),
    ],
)
def test_beginnings_other_names_and_quotation_marks_are_understood(line: str, command: Command) -> None:
    assert parsed(line) == command


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("/as-off", "There is no command /as-off. Did you mean /as-of?"),
        ("/confilcts", "Did you mean /conflicts?"),
        ("/zzzz", "There is no command /zzzz. All commands: /help"),
        ("/s", "/s could be /save or /sessions or /since or /sources. Type more of it."),
        ("/open two", "/open takes a number, and 'two' is none"),
        ("/open 0", "/open takes a number"),
        ("/a/b", "'/a/b' is no command. All commands: /help"),
    ],
)
def test_a_mistake_gets_a_sentence_with_the_nearest_command(line: str, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        parsed(line)
    assert said in str(caught.value)


@pytest.mark.parametrize("line", ["What is /as-of?", "/", "/ as-of", "//x", "/2", "", "1/2 of it?"])
def test_what_does_not_begin_like_a_command_is_a_question(line: str) -> None:
    assert not is_command(line)


@given(st.text())
def test_whatever_is_typed_is_a_command_or_a_sentence(text: str) -> None:
    with suppress(BadInput):
        assert parsed(f"/{text}").name


@pytest.mark.parametrize(("typed", "expected"), [("2", 2), ("[12]", 12), ("0", None), ("x", None), ("²", None)])
def test_a_citation_is_named_with_or_without_brackets(typed: str, expected: int | None) -> None:
    assert number(typed) == expected


def test_a_day_bounds_what_counts_and_off_or_nothing_lifts_it() -> None:
    narrowed = scoped(Command("as-of", "2026-03-01"), Scope(since=date(2026, 1, 1)))
    assert narrowed == Scope(as_of=date(2026, 3, 1), since=date(2026, 1, 1))
    for typed in ("", "off", "OFF"):
        assert scoped(Command("as-of", typed), narrowed) == Scope(since=date(2026, 1, 1))
    assert scoped(Command("everything"), narrowed) == Scope()


@pytest.mark.parametrize(
    ("command", "scope", "said"),
    [
        (Command("as-of", "1 March"), Scope(), "/as-of is '1 March', which is no day. Write it as YYYY-MM-DD"),
        (Command("until", "2026-02-30"), Scope(), "/until is '2026-02-30', which is no day"),
        (Command("until", "2026-01-01"), Scope(since=date(2026, 5, 1)), "is later than until"),
        (Command("as-of", "2026-01-01"), Scope(since=date(2026, 5, 1)), "no article can match"),
    ],
)
def test_a_day_that_cannot_be_used_is_a_sentence(command: Command, scope: Scope, said: str) -> None:
    with pytest.raises(BadInput) as caught:
        scoped(command, scope)
    assert said in str(caught.value)


def test_publishers_are_parted_by_semicolons_and_replace_those_before() -> None:
    chosen = scoped(Command("publisher", " Pelham  Wire ;Tollgate Review;; Pelham Wire"), Scope(publishers=("Other",)))
    assert chosen == Scope(publishers=("Pelham Wire", "Tollgate Review"))
    assert scoped(Command("publisher", "off"), chosen) == Scope()


def test_commands_about_something_else_leave_the_scope_alone() -> None:
    assert scoped(Command("help"), Scope()) is None


def test_a_scope_is_described_in_one_line() -> None:
    scope = Scope(
        as_of=date(2026, 3, 1),
        since=date(2026, 1, 1),
        until=date(2026, 2, 1),
        publishers=("A Post", "B Post", "C Post"),
    )
    assert described(scope) == (
        "as of 1 March 2026; published since 1 January 2026; published until 1 February 2026; "
        "only A Post, B Post and C Post"
    )
    assert described(Scope()) == ""
