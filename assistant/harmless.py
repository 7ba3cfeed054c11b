"""What texts of others may hold that steers a terminal, hides or misleads, made visible. Pure.

Control characters, directions, what has no width, tags, floods of marks on one letter: each is shown as its escape.
Nothing else of a text changes, and no other module decides which characters those are. In JSON the same characters
become JSON's own escapes, so that a program reads the exact text and a terminal that shows the JSON is safe as well.
"""

from __future__ import annotations

import re
import unicodedata

_CONTROLS = r"\x00-\x08\x0b-\x1f\x7f-\x9f"
_DIRECTIONS = r"\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"
_LINES = r"\u2028\u2029"
_NO_WIDTH = (
    r"\u034f\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200d\u2060-\u2065\u206a-\u206f\u3164\ufeff\uffa0\ufff0-\ufffb"
    r"\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"
)
"""Unicode's default-ignorable characters, joiners, fillers and annotations; hieroglyphs' and notes' controls."""
_TAGS = r"\U000e0000-\U000e0fff"
_NO_CHARACTERS = r"\ud800-\udfff\ue000-\uf8ff\ufffe\uffff\U000f0000-\U0010ffff"
"""Half characters and private ones, which no font shows and which this program marks with (`answer_text`)."""
_VARIANTS = r"\ufe00-\ufe0f"
"""Choose between shapes of the sign before them."""
_UNSEEN = _CONTROLS + _DIRECTIONS + _LINES + _NO_WIDTH + _TAGS + _NO_CHARACTERS

_JOINED = r"[^\x00-\u058f\u2000-\u206f]"
"""What a joiner may stand between: letters of scripts that need it, and pictures."""
_VARIED = r"[#*0-9\xa9\xae\u203c-\u33ff\u3400-\u9fff\U0001f000-\U0001faff\U00020000-\U0003ffff]"
"""What has variants: keys, signs, pictures, Chinese characters."""
_NEEDED = rf"(?<={_JOINED})[\u200c\u200d](?={_JOINED})|(?<={_VARIED})[{_VARIANTS}]"
_SHOWN = re.compile(rf"\u00ad|({_NEEDED})|[{_UNSEEN}{_VARIANTS}]")
_RAW = rf"[\u00ad{_UNSEEN}{_VARIANTS}]"

_MARKS = 4
"""Combining marks on one letter that are shown; no language writes more."""
_MAYBE_MARKS = re.compile(rf"[^\w\s\x00-\u02ff]{{{_MARKS + 1},}}")


def visible(text: str) -> str:
    """Characters that steer, hide or mislead as their escapes; line breaks and tabs stay.

    Soft hyphens, which only say where a word may break, are left out. Joiners stay where a script or a picture needs
    them.
    """
    if text.isascii() and text.isprintable():
        return text
    return _MAYBE_MARKS.sub(_unflooded, _SHOWN.sub(_shown, text))


def in_json(written: str) -> str:
    """JSON of the same value in which no such character stands as it is. `written` may have several lines."""
    return written if written.isascii() and "\x7f" not in written else re.sub(_RAW, _json_escape, written)


def _shown(found: re.Match[str]) -> str:
    if found[0] == "\u00ad":
        return ""
    return found[0] if found[1] else _escape(found[0])


def _escape(character: str) -> str:
    number = ord(character)
    return f"\\u{number:04x}" if number < 0x10000 else f"\\U{number:08x}"


def _json_escape(found: re.Match[str]) -> str:
    """Above the first plane in two halves, as JSON has it (RFC 8259, section 7)."""
    number = ord(found[0])
    if number < 0x10000:
        return f"\\u{number:04x}"
    return f"\\u{0xD7C0 + (number >> 10):04x}\\u{0xDC00 + (number & 0x3FF):04x}"


def _unflooded(found: re.Match[str]) -> str:
    """The run without the marks that no letter can carry, and how many those are."""
    kept: list[str] = []
    marks = 0
    for character in found[0]:
        is_mark = unicodedata.category(character) in {"Mn", "Me"}
        if not is_mark and marks > _MARKS:
            kept.append(_left_out(marks))
        marks = marks + 1 if is_mark else 0
        if marks <= _MARKS:
            kept.append(character)
    return "".join(kept) + (_left_out(marks) if marks > _MARKS else "")


def _left_out(marks: int) -> str:
    more = marks - _MARKS
    return f"⟨and {more:,} more {'mark' if more == 1 else 'marks'}⟩"
