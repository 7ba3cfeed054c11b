"""Which characters of others' texts are made visible, and that nothing else of a text changes."""

from __future__ import annotations

import json
import sys
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from assistant.harmless import in_json, visible

UNSEEN = {"Cc", "Cf", "Zl", "Zp", "Cs", "Co"}
ARABIC_AND_KAITHI_NUMBER_SIGNS = {*range(0x600, 0x606), 0x6DD, 0x70F, 0x890, 0x891, 0x8E2, 0x110BD, 0x110CD}
"""Formats by their category, but they are seen."""
TEXTS = st.text(alphabet=st.characters())


def unseen() -> list[str]:
    """Every character that nobody sees, by Unicode's tables of this Python."""
    return [
        character
        for number in range(sys.maxunicode + 1)
        if unicodedata.category(character := chr(number)) in UNSEEN
        and number not in ARABIC_AND_KAITHI_NUMBER_SIGNS
        and character not in "\n\t\u00ad"
    ]


def test_every_character_that_nobody_sees_is_shown_as_its_escape() -> None:
    for character in unseen():
        shown = visible(f"a{character}b")
        assert shown.isascii(), hex(ord(character))
        assert int(shown[3:-1], 16) == ord(character)


@pytest.mark.parametrize("filler", "\u034f\u115f\u1160\u17b4\u180e\u3164\uffa0\ufe0f\U000e0100\U000e0041")
def test_fillers_and_variants_that_show_nothing_are_shown(filler: str) -> None:
    assert filler not in visible(f"Reuters{filler}")


@pytest.mark.parametrize(
    "text",
    [
        "naïve “quotes” — 東京 50 %",
        "می‌خواهم",  # a joiner between Persian letters
        "क्‍ष",
        "👩‍👩‍👧 ❤️ 1️⃣",
        "e\u0301 Việt Nam ệ שָׁלוֹם",
        "two\nlines and a\ttab",
    ],
)
def test_what_a_language_or_a_picture_needs_stays(text: str) -> None:
    assert visible(text) == text


@pytest.mark.parametrize("text", ["Reu\u200dters", "Reu\u200cters", "Реу\u200dтерс", "a \u200d b", "क\u200d\u200dष"])
def test_joiners_that_join_nothing_are_shown(text: str) -> None:
    assert "\\u200" in visible(text)


def test_a_soft_hyphen_is_layout_and_left_out() -> None:
    assert visible("soft\u00adhyphen") == "softhyphen"


def test_a_flood_of_marks_on_one_letter_is_cut_and_counted() -> None:
    shown = visible("Z" + "\u0301" * 300 + "algo " + "ส" + "\u0e49" * 5)
    assert shown == "Z" + "\u0301" * 4 + "⟨and 296 more marks⟩algo ส" + "\u0e49" * 4 + "⟨and 1 more mark⟩"


def test_a_hidden_text_of_tags_is_shown() -> None:
    hidden = "".join(chr(0xE0000 + ord(letter)) for letter in "obey")
    assert visible(hidden) == "\\U000e006f\\U000e0062\\U000e0065\\U000e0079"


@given(TEXTS)
def test_showing_twice_changes_nothing_more(text: str) -> None:
    assert visible(visible(text)) == visible(text)


@given(TEXTS)
def test_what_is_shown_steers_no_terminal(text: str) -> None:
    shown = visible(text)
    shown.encode()
    assert not any(unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs", "Co"} and c not in "\n\t" for c in shown)
    assert "\u202e" not in shown


@given(st.recursive(TEXTS, lambda inner: st.lists(inner) | st.dictionaries(TEXTS, inner)), st.sampled_from([None, 2]))
def test_json_keeps_the_exact_value_and_shows_nothing_raw(value: object, indent: int | None) -> None:
    written = in_json(json.dumps(value, ensure_ascii=False, indent=indent))
    assert json.loads(written) == json.loads(json.dumps(value))
    written.encode()
    assert not any(unicodedata.category(c) in {"Cc", "Zl", "Zp", "Cs", "Co"} and c != "\n" for c in written)
