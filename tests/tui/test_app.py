"""Keys and commands of the chat, pressed by a pilot."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from index.errors import NoWorkspace, OtherEncoder
from tests.tui.talking import Chat, TableDesk, talk
from tui.help import HelpScreen
from tui.keys import KEYS
from tui.session_list import SessionsScreen
from tui.source_view import SourcesPane, SourcesScreen
from tui.timeline import TimelineScreen
from tui.transcript import HELD
from tui.welcome import IngestScreen, WelcomeScreen

BRIDGE = "When was the bridge opened?"
NARROW = (80, 24)


def test_the_first_screen_says_how_to_begin(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        assert "Ask the articles." in chat.text
        assert "2 articles" in chat.text
        assert "F1 Help" in chat.text

    talk(steps, tmp_path)


def test_a_question_gets_its_badge_its_reason_both_sides_and_its_sources(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.send(BRIDGE)
        assert "≠ Contested" in chat.text
        assert "One article says so." in chat.text
        assert "18 April" in chat.text
        assert "25 April" in chat.text
        assert any("18 April" in line and "25 April" in line for line in chat.text.splitlines()), "side by side"
        assert "Sources" in chat.text
        assert "Oxmere Post · 18 April 2026" in chat.text
        assert "Same origin as [2]" in chat.text

    talk(steps, tmp_path)


def test_what_no_article_covers_shows_the_nearest_passages(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.send("Who owns the moon?")
        assert "– Not covered" in chat.text
        assert "none of them supports" in chat.text

    talk(steps, tmp_path, size=(200, 50))


def test_a_follow_up_shows_what_it_was_asked_as_and_f8_asks_it_as_typed(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.send("When was the Narrows Bridge opened?")
        await chat.send("And what did it cost?")
        assert chat.desk.asked[-1].text != "And what did it cost?"
        assert f"Asked as: {chat.desk.asked[-1].text}" in chat.text
        await chat.press("f8")
        await chat.settled()
        assert chat.desk.asked[-1].text == "And what did it cost?"

    talk(steps, tmp_path, size=(200, 50))


def test_the_passage_is_marked_inside_its_article(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.send(BRIDGE)
        cited = chat.app.query_one("#sources .cited")
        assert "It was opened on 18 April. The minister came by boat." in str(cited.render())
        assert "A toll of two crowns" in chat.text

    talk(steps, tmp_path)


def test_next_and_previous_citation_go_round(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.press("ctrl+n")
        assert "no citation yet" in chat.notices[0]
        await chat.send(BRIDGE)
        assert chat.current == 1
        for key, number in (("ctrl+n", 2), ("ctrl+n", 1), ("ctrl+b", 2), ("ctrl+b", 1)):
            await chat.press(key)
            assert chat.current == number
        await chat.press("ctrl+n")
        await chat.settled()
        assert "[2] Notice to drivers" in chat.text

    talk(steps, tmp_path)


def test_a_click_on_a_number_shows_its_source(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.send(BRIDGE)
        lines = chat.text.splitlines()
        row = next(n for n, line in enumerate(lines) if "[2]" in line)
        await chat.pilot.click(offset=(lines[row].index("[2]") + 1, row))
        await chat.settled()
        assert chat.current == 2

    talk(steps, tmp_path)


def test_on_a_narrow_terminal_sources_are_a_screen_of_their_own(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.send(BRIDGE)
        assert "Sources" not in chat.text.replace("F2 Sources", "")
        await chat.press("f2")
        await chat.settled()
        assert isinstance(chat.app.screen, SourcesScreen)
        assert "Oxmere Post" in chat.text
        assert "The minister came by boat." in chat.text
        await chat.press("ctrl+n")
        await chat.settled()
        assert "Lorries wait" in chat.text
        await chat.press("escape")
        assert not isinstance(chat.app.screen, SourcesScreen)

    talk(steps, tmp_path, size=NARROW)


def test_on_a_wide_terminal_f2_hides_the_sources_and_brings_them_back(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        pane = chat.app.query_one("#sources", SourcesPane)
        for shown in (False, True):
            await chat.press("f2")
            assert bool(pane.display and pane.styles.display != "none") is shown

    talk(steps, tmp_path)


def test_conflicts_alone_hide_what_contradicts_nothing(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.press("ctrl+g")
        assert "Nothing contradicts" in chat.notices[0]
        await chat.press("ctrl+g")
        await chat.send("Who owns the moon?")
        await chat.send(BRIDGE)
        await chat.press("ctrl+g")
        await chat.pilot.pause()
        assert "Who owns the moon?" not in chat.text
        assert "18 April" in chat.text
        assert "conflicts only" in chat.text
        await chat.press("ctrl+g")
        await chat.pilot.pause()
        assert "Who owns the moon?" in chat.text

    talk(steps, tmp_path, size=(200, 50))


def test_the_timeline_leads_to_an_article(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.press("ctrl+t")
        assert "no answer yet" in chat.notices[0]
        await chat.send(BRIDGE)
        await chat.press("ctrl+t")
        await chat.until(lambda: isinstance(chat.app.screen, TimelineScreen))
        await chat.press("down", "enter")
        await chat.settled()
        assert "Notice to drivers" in chat.text

    talk(steps, tmp_path)


@pytest.mark.parametrize("key", ["f5", "f6"])
def test_filters_open_and_bound_the_next_question(tmp_path: Path, key: str) -> None:
    async def steps(chat: Chat) -> None:
        await chat.press(key)
        await chat.pilot.pause()
        await chat.press(*("2026-05-01" if key == "f5" else "Oxmere Post"), "enter")
        await chat.settled()
        assert ("as of 1 May 2026" if key == "f5" else "only Oxmere Post") in chat.text
        await chat.send(BRIDGE)
        asked = chat.desk.asked[-1]
        assert (str(asked.as_of), asked.publishers) == (
            ("2026-05-01", ()) if key == "f5" else ("None", ("Oxmere Post",))
        )

    talk(steps, tmp_path)


def test_copying_gives_markdown_with_its_citations(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.send(BRIDGE)
        await chat.press("ctrl+y")
        await chat.until(lambda: chat.copied)
        assert "It was opened on 18 April. [1]" in chat.copied[0]
        assert "**Sources**" in chat.copied[0]

    talk(steps, tmp_path)


@pytest.mark.parametrize("ending", ["md", "jsonl"])
def test_saving_proposes_a_name_and_writes_the_conversation(tmp_path: Path, ending: str) -> None:
    async def steps(chat: Chat) -> None:
        await chat.press("ctrl+s")
        assert chat.app.prompt.value == ""
        await chat.send(BRIDGE)
        await chat.press("ctrl+s")
        assert chat.app.prompt.value.startswith("/save crosscheck-")
        await chat.send(f"/save {tmp_path / 'talk'}.{ending}")
        assert BRIDGE in (tmp_path / f"talk.{ending}").read_text()

    talk(steps, tmp_path)


def test_an_earlier_conversation_is_listed_and_resumed(tmp_path: Path) -> None:
    async def first(chat: Chat) -> None:
        await chat.send(BRIDGE)

    async def second(chat: Chat) -> None:
        await chat.press("ctrl+r")
        await chat.until(lambda: isinstance(chat.app.screen, SessionsScreen))
        assert BRIDGE in chat.text
        await chat.press("enter")
        await chat.settled()
        await chat.until(lambda: "≠ Contested" in chat.text)
        await chat.send("Who owns the moon?")

    talk(first, tmp_path)
    talk(second, tmp_path)
    (file,) = (tmp_path / "sessions").glob("*.jsonl")
    assert [json.loads(line)["typed"] for line in file.read_text().splitlines()] == [BRIDGE, "Who owns the moon?"]


def test_an_earlier_conversation_is_resumed_from_the_command_line(tmp_path: Path) -> None:
    async def first(chat: Chat) -> None:
        await chat.send(BRIDGE)

    async def again(chat: Chat) -> None:
        await chat.until(lambda: "≠ Contested" in chat.text)

    talk(first, tmp_path)
    (file,) = (tmp_path / "sessions").glob("*.jsonl")
    talk(again, tmp_path, resume=file.stem)


def test_opening_goes_to_the_address_and_without_one_to_the_pager(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.press("ctrl+o")
        assert "no citation to open" in chat.notices[0]
        await chat.send(BRIDGE)
        await chat.press("ctrl+o")
        await chat.until(lambda: chat.opened)
        assert chat.opened == ["https://oxmere.example/bridge"]
        await chat.send("/open 2")
        await chat.until(lambda: any("cannot show a pager" in one for one in chat.notices))
        await chat.press("ctrl+l")
        await chat.settled()
        assert chat.opened == ["https://oxmere.example/bridge"]

    talk(steps, tmp_path)


def test_help_and_the_palette_name_every_key(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.press("f1")
        await chat.pilot.pause()
        assert isinstance(chat.app.screen, HelpScreen)
        await chat.press("escape")
        named = [command.help for command in chat.app.get_system_commands(chat.app.screen)]
        assert named == [key.label for key in KEYS]
        await chat.press("ctrl+p")
        await chat.pilot.pause()
        assert "Go to the next citation" in chat.text

    talk(steps, tmp_path)


def test_ingesting_begins_in_the_prompt(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.press("f7")
        assert chat.app.prompt.value == "/ingest "
        await chat.send(f"/ingest {tmp_path}")
        await chat.until(lambda: isinstance(chat.app.screen, IngestScreen))

    talk(steps, tmp_path)


def test_a_new_conversation_is_empty_and_the_old_one_is_kept(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.send(BRIDGE)
        await chat.press("f9")
        await chat.pilot.pause()
        assert "Ask the articles." in chat.text
        assert "Contested" not in chat.text
        await chat.send("Who owns the moon?")

    talk(steps, tmp_path)
    assert len(list((tmp_path / "sessions").glob("*.jsonl"))) == 2


def test_the_theme_changes_between_dark_and_light(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        before = chat.app.current_theme.dark
        await chat.press("f10")
        assert chat.app.current_theme.dark is not before

    talk(steps, tmp_path)


def test_page_keys_scroll_the_conversation(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        for _ in range(3):
            await chat.send(BRIDGE)
        end = chat.app.transcript.scroll_y
        await chat.press("pageup")
        await chat.pilot.pause()
        assert chat.app.transcript.scroll_y < end
        await chat.press("pagedown")
        await chat.pilot.pause()
        assert chat.app.transcript.scroll_y == end

    talk(steps, tmp_path, size=NARROW)


def test_quitting_ends_the_chat(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.press("ctrl+q")
        await chat.pilot.pause()
        assert not chat.app.is_running

    talk(steps, tmp_path)


def test_stages_show_while_a_question_runs_and_typing_goes_on(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        chat.desk.go.clear()
        chat.app.prompt.value = BRIDGE
        await chat.press("enter")
        await chat.until(lambda: "Reading 2 passages…" in chat.text)
        await chat.press(*"and", "space", *"then")
        assert chat.app.prompt.value == "and then"
        await chat.press("enter")
        assert chat.app.prompt.value == "and then"
        assert "One question at a time" in chat.notices[0]
        chat.desk.go.set()
        await chat.until(lambda: "≠ Contested" in chat.text)
        assert chat.app.prompt.value == "and then"
        assert len(chat.desk.asked) == 1

    talk(steps, tmp_path)


def test_escape_stops_a_question_and_gives_it_back(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        chat.desk.go.clear()
        chat.app.prompt.value = BRIDGE
        await chat.press("enter")
        await chat.until(lambda: "Reading" in chat.text)
        await chat.press("escape")
        assert chat.app.prompt.value == BRIDGE
        chat.desk.go.set()
        await chat.settled()
        assert "Stopped." in chat.text
        assert "Contested" not in chat.text
        await chat.press("enter")
        await chat.until(lambda: "≠ Contested" in chat.text)

    talk(steps, tmp_path)
    assert len((tmp_path / "sessions").glob("*.jsonl").__next__().read_text().splitlines()) == 1


def test_a_failure_gives_the_question_back_with_a_sentence(tmp_path: Path) -> None:
    desk = TableDesk()
    desk.fails = OtherEncoder("The workspace was made anew.")

    async def steps(chat: Chat) -> None:
        await chat.send(BRIDGE)
        assert "The workspace was made anew." in chat.text
        assert chat.app.prompt.value == BRIDGE
        desk.fails = ZeroDivisionError("no")
        await chat.press("enter")
        await chat.settled()
        assert "(ZeroDivisionError: no)" in " ".join(chat.text.split())

    talk(steps, tmp_path, desk=desk, size=(200, 50))


def test_words_that_are_no_question_come_back_with_a_sentence(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.send("???")
        assert "The question has no words." in chat.text
        assert chat.app.prompt.value == "???"

    talk(steps, tmp_path)


def test_a_missing_workspace_shows_how_to_begin(tmp_path: Path) -> None:
    def missing() -> None:
        raise NoWorkspace(tmp_path)

    async def steps(chat: Chat) -> None:
        await chat.until(lambda: isinstance(chat.app.screen, WelcomeScreen))
        assert "There is no workspace" in chat.text

    talk(steps, tmp_path, opening=missing)  # type: ignore[arg-type]


def test_an_empty_workspace_shows_how_to_begin(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.until(lambda: isinstance(chat.app.screen, WelcomeScreen))
        assert "no articles yet" in chat.text

    talk(steps, tmp_path, desk=TableDesk(articles=0))


def test_a_workspace_that_cannot_be_opened_is_tried_again_with_the_next_question(tmp_path: Path) -> None:
    tries: list[int] = []

    def at_last() -> TableDesk:
        tries.append(1)
        if len(tries) == 1:
            raise OtherEncoder("The workspace holds vectors of another model.")
        return TableDesk()

    async def steps(chat: Chat) -> None:
        await chat.until(lambda: chat.notices)
        assert "another model" in chat.notices[0]
        await chat.send(BRIDGE)
        assert "≠ Contested" in chat.text

    talk(steps, tmp_path, opening=at_last)  # type: ignore[arg-type]


COMMANDS: dict[str, tuple[str, ...]] = {
    "/as-of 2026-05-01": ("as of 1 May 2026",),
    "/since 2026-01-01": ("since 1 January 2026",),
    "/until 2026-05-01": ("until 1 May 2026",),
    "/publisher Oxmere Post": ("only Oxmere Post",),
    "/filters": ("Published since",),
    "/conflicts": ("conflicts only",),
    "/timeline": ("Notice to drivers",),
    "/next": ("[2] Notice to drivers",),
    "/previous": ("[2] Notice to drivers",),
    "/sources": ("Contested",),
    "/sessions": (BRIDGE,),
    "/resume": (BRIDGE,),
    "/new": ("Ask the articles.",),
    "/typed": ("Contested",),
    "/copy": ("Copied the answer",),
    "/help": ("Commands",),
    "/everything": ("Contested",),
    "/theme": ("Contested",),
    "/as-of yesterday": ("YYYY-MM-DD",),
    "/tomorrow": ("no command /tomorrow",),
}


@pytest.mark.parametrize("line", COMMANDS)
def test_a_command_does_what_it_says(tmp_path: Path, line: str) -> None:
    async def steps(chat: Chat) -> None:
        await chat.send(BRIDGE)
        await chat.send(line)
        await chat.until(lambda: all(words in f"{chat.text} {chat.notices}" for words in COMMANDS[line]))

    talk(steps, tmp_path)


def test_forgetting_deletes_a_conversation(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.send(BRIDGE)
        (file,) = (tmp_path / "sessions").glob("*.jsonl")
        await chat.send(f"/forget {file.stem}")
        assert not file.exists()
        await chat.send("/forget 1999")
        assert any("1999" in one for one in chat.notices)

    talk(steps, tmp_path)


def test_a_slash_offers_commands_and_tab_takes_one(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.press("slash")
        await chat.pilot.pause()
        assert "/as-of" in chat.text
        await chat.press("p", "tab")
        assert chat.app.prompt.value == "/publisher "
        await chat.press("o", "tab", "enter")
        await chat.pilot.pause()
        assert "only Oxmere Post" in chat.text
        await chat.press("slash", "escape")
        await chat.press("backspace")
        assert chat.app.prompt.value == ""

    talk(steps, tmp_path)


def test_enter_takes_the_command_that_was_chosen_with_the_arrows(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.press("slash", "down", "down", "enter")
        assert chat.app.prompt.value == "/until "

    talk(steps, tmp_path)


def test_the_arrows_bring_earlier_questions_back(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.send("Who owns the moon?")
        await chat.send(BRIDGE)
        await chat.press("up")
        assert chat.app.prompt.value == BRIDGE
        await chat.press("up")
        assert chat.app.prompt.value == "Who owns the moon?"
        await chat.press("down", "down")
        assert chat.app.prompt.value == ""

    talk(steps, tmp_path)


def test_what_is_typed_while_the_focus_is_elsewhere_goes_into_the_prompt(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        chat.app.transcript.focus()
        await chat.press(*"when")
        assert chat.app.prompt.value == "when"

    talk(steps, tmp_path)


def test_pasted_lines_become_one(tmp_path: Path) -> None:
    from textual.events import Paste

    async def steps(chat: Chat) -> None:
        chat.app.prompt.post_message(Paste("When was\nthe bridge\r\n opened?"))
        await chat.pilot.pause()
        assert chat.app.prompt.value == BRIDGE

    talk(steps, tmp_path)


def test_a_long_conversation_holds_its_latest_questions_and_says_so(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        for _ in range(HELD + 2):
            await chat.send("Who owns the moon?")
        assert len(chat.app.transcript.views) == HELD
        chat.app.transcript.scroll_home(animate=False)
        await chat.pilot.pause()
        assert "2 earlier questions are no longer shown" in chat.text
        await chat.send(f"/save {tmp_path / 'all.jsonl'}")

    talk(steps, tmp_path)
    assert len((tmp_path / "all.jsonl").read_text().splitlines()) == HELD + 2


def test_every_key_is_pressed_somewhere_here() -> None:
    """A key that is added without a test is noticed."""
    here = Path(__file__).read_text()
    assert [key.key for key in KEYS if f'"{key.key}"' not in here] == []


def test_everything_fits_forty_columns(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.send(BRIDGE)
        assert "Contested" in chat.text
        assert "All keys" in chat.text

    talk(steps, tmp_path, size=(40, 14))


def test_a_question_as_long_as_a_text_is_echoed_in_part_and_says_why_it_is_refused(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.send("when " * 500)
        assert "(2,499 characters)" in chat.text
        assert "at most 2,000 are read" in " ".join(chat.text.split())

    talk(steps, tmp_path, size=(200, 50))


def test_a_publisher_that_no_article_has_is_told_at_once(tmp_path: Path) -> None:
    async def steps(chat: Chat) -> None:
        await chat.send("/publisher Nobody's News")
        assert "No article has the publisher" in chat.notices[0]
        assert "only" not in chat.text.splitlines()[0]

    talk(steps, tmp_path)
