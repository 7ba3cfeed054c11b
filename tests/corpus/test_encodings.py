"""Bytes become the text that was written, or are refused as no text."""

from __future__ import annotations

import codecs
import time
from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.encodings import NotText, decode, older_charset, refuse_binary

FRENCH = "Le café de René coûte 17 €, dit-il : « c’est cher ». "
GERMAN = "Die Brücke in Köln wird größer, sagte Frau Müller. "
POLISH = "Rząd ogłosił nowe środki na drogi, powiedział rzecznik. Zażółć gęślą jaźń. "
CZECH = "Vláda oznámila nová opatření. Příliš žluťoučký kůň úpěl. "
RUSSIAN = "Правительство объявило о новых мерах, сообщил представитель. "
GREEK = "Η κυβέρνηση ανακοίνωσε νέα μέτρα, δήλωσε ο εκπρόσωπος. "
JAPANESE = "政府は新しい対策を発表したと省の報道官が述べた。"
CHINESE = "政府宣布了新的措施，部门发言人说。这是一个重要的公告。"

ENCODED = [
    (FRENCH, "cp1252"),
    (GERMAN, "latin-1"),
    (POLISH, "cp1250"),
    (CZECH, "cp1250"),
    (RUSSIAN, "cp1251"),
    (RUSSIAN, "koi8-r"),
    (GREEK, "cp1253"),
    (JAPANESE, "shift_jis"),
    (JAPANESE, "euc-jp"),
    (CHINESE, "gbk"),
]


@pytest.mark.parametrize(("text", "encoding"), ENCODED)
@pytest.mark.parametrize("times", [1, 50])
def test_an_older_encoding_is_found(text: str, encoding: str, times: int) -> None:
    assert decode((text * times).encode(encoding)) == text * times


@pytest.mark.parametrize("text", [FRENCH, RUSSIAN, JAPANESE, "plain", ""])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-32"])
def test_unicode_with_its_mark_is_read_and_the_mark_dropped(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


@pytest.mark.parametrize("text", [FRENCH, POLISH, RUSSIAN, GREEK, "two lines\nof text"])
@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_read_where_the_text_has_an_alphabet(text: str, encoding: str) -> None:
    assert decode(text.encode(encoding)) == text


def test_utf_8_wins_over_what_is_declared() -> None:
    assert decode(FRENCH.encode(), declared="iso-8859-1") == FRENCH


def test_a_declared_charset_is_used() -> None:
    assert decode("mačka".encode("cp1250"), declared="windows-1250") == "mačka"
    assert decode("17 €".encode("cp1252"), declared="ISO-8859-1") == "17 €"


@pytest.mark.parametrize("declared", ["", "no-such-charset", "base64", "rot13", "utf-8", "utf-16"])
def test_a_useless_declaration_does_no_harm(declared: str) -> None:
    assert decode(FRENCH.encode("cp1252"), declared=declared).startswith("Le")


def test_a_few_bad_bytes_in_utf_8_cost_only_themselves() -> None:
    raw = FRENCH.encode() * 10 + b"\xff" + FRENCH.encode()
    assert decode(raw) == FRENCH * 10 + "\ufffd" + FRENCH
    assert decode((FRENCH * 10).encode()[:-3]).startswith(FRENCH * 9)


@pytest.mark.parametrize(
    ("raw", "reason"),
    [
        (b"a\0b and more", "NUL"),
        (bytes(range(1, 32)) * 10, "control characters"),
        (codecs.BOM_UTF16_LE + b"abc", "no valid UTF-16"),
        (codecs.BOM_UTF32_LE + b"abcd", "no valid UTF-32"),
        ("\0\0".encode("utf-16"), "NUL"),
    ],
)
def test_what_is_no_text_is_refused(raw: bytes, reason: str) -> None:
    with pytest.raises(NotText, match=reason):
        decode(raw)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"%PDF-1.7 ...", "a PDF; let its name end in .pdf"),
        (b"PK\x03\x04....", "a zip archive or an Office file"),
        (b"\x1f\x8b\x08", "a gzip file"),
        (b"\x89PNG\r\n", "a picture"),
        (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office file"),
    ],
)
def test_another_kind_of_file_is_named(head: bytes, kind: str) -> None:
    with pytest.raises(NotText, match=kind):
        refuse_binary(head)


def test_the_beginning_of_a_file_tells_its_older_encoding() -> None:
    assert older_charset((RUSSIAN * 100).encode("cp1251")[:1001]) == "cp1251"
    assert older_charset((RUSSIAN * 100).encode()[:1001]) is None
    assert older_charset(b"plain") is None


def test_guessing_looks_at_a_part_only() -> None:
    begin = time.perf_counter()
    decode((FRENCH * 400_000).encode("cp1252"))
    assert time.perf_counter() - begin < 5


@given(st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0")))
def test_utf_8_survives_unless_it_is_in_good_part_control_characters(text: str) -> None:
    try:
        assert decode(text.encode()) == text.removeprefix("\ufeff")
    except NotText:
        assert sum(not character.isprintable() for character in text) > 3


@given(st.binary())
def test_any_bytes_are_text_or_refused(raw: bytes) -> None:
    with suppress(NotText):
        assert isinstance(decode(raw), str)
