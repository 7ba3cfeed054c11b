"""The screens that open over the conversation: every key of theirs, and that they say all they have to."""

from __future__ import annotations

from datetime import date

import pytest
from textual.pilot import Pilot
from textual.widgets import Input, OptionList
from textual.widgets.option_list import Option

from assistant.shown_words import STATUS
from index.models import SearchResult
from tests.tui.exchanges import NOW, contested
from tests.tui.piloting import NOTHING, SIZES, Steps, played, read, text_of
from tui.filters import FiltersScreen, mistakes
from tui.help import HelpScreen
from tui.session_list import SessionsScreen
from tui.sessions import Line, SessionError
from tui.slash import COMMANDS
from tui.state import Scope
from tui.timeline import TimelineScreen, entries

LINES = (Line("b", NOW, "Who is the mayor?", 2), Line("a", NOW, "When [bold]was[/] it opened?", 1))
STORY = entries(SearchResult(hits=(), generation=1), contested())
PUBLISHERS = ("Pelham Wire", "Tollgate Review")


def timeline() -> TimelineScreen:
    return TimelineScreen(STORY, question="When was it opened?")


@pytest.mark.parametrize("size", SIZES)
def test_the_timeline_shows_days_titles_numbers_and_marks(size: tuple[int, int]) -> None:
    said = read(timeline(), size=size)
    for words in ("25 April 2026", "Veyle Post", "About traffic", "cited as [2]", "◆ Contested", "on 25 April."):
        assert words in said


@pytest.mark.parametrize(
    ("keys", "ended"),
    [(("enter",), "opening"), (("down", "enter"), "traffic"), (("escape",), None)],
)
def test_choosing_in_the_timeline_opens_the_article(keys: tuple[str, ...], ended: str | None) -> None:
    assert played(timeline(), *keys) == ended


def test_a_click_in_the_timeline_opens_the_article() -> None:
    async def click(pilot: Pilot[None]) -> None:
        await pilot.click(".story-body")

    assert played(timeline(), steps=click) == "opening"


def test_a_timeline_without_articles_says_so() -> None:
    assert "No article belongs to this story" in read(TimelineScreen((), question="When?"))
    assert played(TimelineScreen((), question="When?"), "escape") is None


@pytest.mark.parametrize(
    ("keys", "ended"),
    [(("enter",), "b"), (("down", "enter"), "a"), (("escape",), None)],
)
def test_choosing_a_conversation_goes_on_with_it(keys: tuple[str, ...], ended: str | None) -> None:
    assert played(SessionsScreen(LINES), *keys) == ended


def test_an_empty_list_of_conversations_says_so() -> None:
    assert "There is none yet" in read(SessionsScreen(()))
    assert played(SessionsScreen(()), "enter", "delete", "escape") is None


def test_a_conversation_is_deleted_at_the_second_press_alone() -> None:
    deleted: list[str] = []
    assert "Press Del again" in read(SessionsScreen(LINES, delete=deleted.append), "delete")
    assert played(SessionsScreen(LINES, delete=deleted.append), "delete", "down", "delete", "up") is NOTHING
    assert deleted == []
    assert played(SessionsScreen(LINES, delete=deleted.append), "delete", "delete", "enter") == "a"
    assert deleted == ["b"]


def test_without_leave_to_delete_the_key_does_nothing() -> None:
    assert "Press Del again" not in read(SessionsScreen(LINES), "delete", "delete")


def test_a_conversation_that_cannot_be_deleted_is_said() -> None:
    def refuse(_: str) -> None:
        raise SessionError("It cannot be deleted.")

    assert "It cannot be deleted." in read(SessionsScreen(LINES, delete=refuse), "delete", "delete")


@pytest.mark.parametrize("size", SIZES)
def test_help_names_every_command_key_and_badge(size: tuple[int, int]) -> None:
    said = read(HelpScreen([("F2", "Show the sources")]), size=size)
    assert all(f"/{about.name}" in said and about.about in said for about in COMMANDS)
    assert "Show the sources" in said
    assert all(name in said for name in STATUS.values())


@pytest.mark.parametrize("key", ["escape", "f1", "q"])
def test_help_is_closed_by_any_of_the_usual_keys(key: str) -> None:
    assert played(HelpScreen(), "down", key) is None


def filters(scope: Scope = Scope(), first: str = "as-of") -> FiltersScreen:  # noqa: B008 - frozen
    return FiltersScreen(scope, publishers=PUBLISHERS, first=first)


@pytest.mark.parametrize(
    ("first", "typed", "scope"),
    [
        ("as-of", "2026-03-01", Scope(as_of=date(2026, 3, 1))),
        ("since", "2026-03-01", Scope(since=date(2026, 3, 1))),
        ("until", "2026-03-01", Scope(until=date(2026, 3, 1))),
        ("publisher", "Pelham Wire; tollgate review", Scope(publishers=("Pelham Wire", "tollgate review"))),
    ],
)
def test_each_filter_is_typed_and_applied(first: str, typed: str, scope: Scope) -> None:
    assert played(filters(first=first), steps=_typing(typed, "enter")) == scope


def test_ctrl_s_applies_too() -> None:
    assert played(filters(Scope(publishers=PUBLISHERS)), "2", "backspace", "ctrl+s") == Scope(publishers=PUBLISHERS)


_PRESSED = frozenset({"enter", "up", "down"})


def _typing(*parts: str) -> Steps:
    """Values for the field that has the focus, and keys between them."""

    async def type_them(pilot: Pilot[None]) -> None:
        for part in parts:
            field = pilot.app.focused
            if part in _PRESSED:
                await pilot.press(part)
            elif isinstance(field, Input):
                field.value = part
                await pilot.pause()

    return type_them


@pytest.mark.parametrize(
    ("first", "typed", "said"),
    [
        ("as-of", "yesterday", "As of is 'yesterday', which is no day. Write it as YYYY-MM-DD"),
        ("until", "2026-02-30", "Published until is '2026-02-30', which is no day"),
        ("publisher", "Pelam Wire", "No article has the publisher 'Pelam Wire'. Near ones: Pelham Wire."),
    ],
)
def test_what_cannot_be_used_is_said_and_not_applied(first: str, typed: str, said: str) -> None:
    async def look(pilot: Pilot[None]) -> None:
        await _typing(typed, "enter")(pilot)
        assert said in text_of(pilot.app.screen)

    assert played(filters(first=first), steps=look) is NOTHING


def test_days_in_the_wrong_order_are_said() -> None:
    wrong = mistakes({"as-of": "", "since": "2026-05-01", "until": "2026-01-01", "publisher": ""}, PUBLISHERS)
    assert "is later than until" in wrong["until"]


@pytest.mark.parametrize("typed", ["2", "2026-", "2026-0", "2026-03-0"])
def test_a_day_is_not_wrong_while_it_is_typed_but_cannot_be_applied(typed: str) -> None:
    fields = {"as-of": typed, "since": "", "until": "", "publisher": ""}
    assert mistakes(fields, PUBLISHERS, typing="as-of") == {"as-of": ""}
    assert "which is no day" in mistakes(fields, PUBLISHERS)["as-of"]
    assert "which is no day" in mistakes(fields, PUBLISHERS, typing="since")["as-of"]


def test_what_the_filters_come_to_is_said_as_they_are_typed() -> None:
    async def look(pilot: Pilot[None]) -> None:
        assert "All articles count." in text_of(pilot.app.screen)
        await _typing("2026-03-01")(pilot)
        assert "as of 1 March 2026" in text_of(pilot.app.screen)

    played(filters(), steps=look)


def test_a_publisher_is_suggested_and_taken_with_the_right_arrow() -> None:
    async def wait(pilot: Pilot[None]) -> None:
        await pilot.press("T", "o")
        await pilot.pause(0.2)
        await pilot.press("right", "enter")

    assert played(filters(first="publisher"), steps=wait) == Scope(publishers=("Tollgate Review",))


def test_the_arrows_go_from_field_to_field() -> None:
    assert played(filters(), steps=_typing("down", "2026-03-01", "up", "2026-05-01", "enter")) == Scope(
        as_of=date(2026, 5, 1), since=date(2026, 3, 1)
    )


@pytest.mark.parametrize(("button", "ended"), [("#lift", Scope()), ("#cancel", None)])
def test_the_buttons_do_what_they_say(button: str, ended: Scope | None) -> None:
    async def click(pilot: Pilot[None]) -> None:
        await pilot.click(button)

    assert played(filters(Scope(publishers=("Pelham Wire",))), steps=click) == ended


def test_the_filters_that_are_set_stand_in_their_fields() -> None:
    scope = Scope(as_of=date(2026, 3, 1), publishers=PUBLISHERS)
    assert played(filters(scope), "enter") == scope
    assert played(filters(scope), "escape") is None


def test_what_an_article_or_a_question_holds_is_never_markup() -> None:
    assert "When [bold]was[/] it opened?" in "".join(str(option.prompt) for option in _options(SessionsScreen(LINES)))


def _options(screen: SessionsScreen) -> list[Option]:
    found: list[Option] = []

    async def look(_: Pilot[None]) -> None:
        found.extend(screen.query_one(OptionList).options)

    played(screen, steps=look)
    return found
