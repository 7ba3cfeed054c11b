"""Bytes to text: byte order marks, UTF-8, UTF-16 without a mark, a charset the file declares, then a guess.

Only this module knows encodings and the charset-normalizer library. It neither splits lines nor cleans text.
"""

from __future__ import annotations

import codecs
import re
from collections import Counter
from collections.abc import Iterator


class NotText(ValueError):
    """The bytes are no text; the message completes "the file ..."."""


_MARKS = (  # UTF-32 first: its little-endian mark begins with that of UTF-16.
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_SIGNATURES = (
    (b"%PDF-", "a PDF", ".pdf"),
    (b"PK\x03\x04", "a zip archive or an Office file", ".docx"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "an old or encrypted Office file", None),
    (b"\x1f\x8b", "a gzip file", ".gz"),
    (b"BZh91AY&SY", "a bzip2 file", None),
    (b"\xfd7zXZ\0", "an xz file", None),
    (b"\x89PNG", "a picture", None),
    (b"\xff\xd8\xff", "a picture", None),
    (b"GIF89a", "a picture", None),
    (b"SQLite format 3\0", "a database", None),
    (b"\x7fELF", "a program", None),
)
_CONTROLS = bytes(set(range(32)) - set(b"\t\n\r\f\x08\x1b")) + b"\x7f"
_CHECKED = 1 << 16
_GUESSED_FROM = 1 << 15
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]")
_REPLACEMENT = "\ufffd"

# Alphabets a reader of English or French would not mistake for his own; a guess of one of these is trusted.
_OTHER_ALPHABETS = re.compile(
    r"cp1251|cp1253|cp1255|cp1256|cp866|koi8|iso8859_[5-8]$|mac_(?:cyrillic|greek)|shift|cp932|euc|iso2022|gb|big5|hz|cp949|johab"
)


def decode(raw: bytes, *, declared: str | None = None) -> str:
    """`raw` as text, without a byte order mark. `declared` is the charset that the file itself names, if any.

    Valid UTF-8 is UTF-8, whatever is declared. A few bad bytes in UTF-8 become U+FFFD. Raises `NotText`.
    """
    if encoding := wide(raw):
        return _decode_wide(raw, encoding)
    raw = raw.removeprefix(codecs.BOM_UTF8)
    _refuse_controls(raw)
    try:
        return raw.decode()
    except UnicodeDecodeError:
        return _mended(raw) or _as_declared(raw, declared) or raw.decode(_guess(raw), errors="replace")


def older_charset(head: bytes) -> str | None:
    """The codec that the beginning of a file points to where it is not UTF-8; to be passed on as `declared`."""
    try:
        head.decode()
    except UnicodeDecodeError:
        return None if _mended(head) else _guess(head)
    return None


def wide(raw: bytes) -> str | None:
    """The codec of text in units of two or four bytes, by its mark or by where its NULs are; else None."""
    for mark, encoding in _MARKS[1:]:
        if raw.startswith(mark):
            return encoding
    sample = raw[:4096]
    if 0 in sample[1::2] and _is_high_half(sample[1::2]):
        return "utf-16-le"
    if 0 in sample[::2] and _is_high_half(sample[::2]):
        return "utf-16-be"
    return None


def _is_high_half(half: bytes) -> bool:
    """Whether these could be the high bytes of UTF-16: an alphabet has one, beside the 0 of spaces and digits."""
    common = Counter(half).most_common(2)
    return all(value < 0x30 for value, _ in common) and sum(count for _, count in common) > 0.8 * len(half)


def refuse_binary(head: bytes) -> None:
    """Raises `NotText` if the beginning of a file is that of another kind of file."""
    for signature, kind, suffix in _SIGNATURES:
        if head.startswith(signature):
            hint = f"; let its name end in {suffix} if it should be read as one" if suffix else ""
            raise NotText(f"is not text but {kind}{hint}")
    if not wide(head):
        _refuse_controls(head)


def _refuse_controls(raw: bytes) -> None:
    if b"\0" in raw:
        raise NotText("is not text: it holds NUL bytes")
    sample = raw[:_CHECKED]
    controls = len(sample) - len(sample.translate(None, _CONTROLS))
    if controls > 3 and controls * 20 > len(sample):
        raise NotText("is not text: it is in good part control characters")


def _decode_wide(raw: bytes, encoding: str) -> str:
    for mark, marked in _MARKS:
        if marked == encoding:
            raw = raw.removeprefix(mark)
    try:
        text = raw.decode(encoding)
    except UnicodeDecodeError as error:
        raise NotText(f"is not text: it holds NUL bytes and is no valid {encoding[:6].upper()} either") from error
    if "\0" in text:
        raise NotText("is not text: it holds NUL characters")
    return text


def _mended(raw: bytes) -> str | None:
    """UTF-8 with a few bad bytes, such as a character cut in half; None where that is unlikely."""
    text = raw.decode(errors="replace")
    bad = text.count(_REPLACEMENT)
    good = sum(len(run) for run in re.findall(r"[^\x00-\x7f\ufffd]+", text))
    return text if bad * 10 <= good else None


def _as_declared(raw: bytes, declared: str | None) -> str | None:
    """None where nothing usable is declared; UTF-8 and UTF-16 have been tried by then."""
    try:
        codec = codecs.lookup(declared or "").name
        # The WHATWG Encoding Standard reads both names as windows-1252, as browsers do.
        text = raw.decode("cp1252" if codec in ("iso8859-1", "ascii") else codec, errors="replace")
    except (LookupError, ValueError):
        return None
    return None if codec.startswith("utf") else text


def _guess(raw: bytes) -> str:
    """The codec that charset-normalizer finds for the stretches with bytes beyond ASCII.

    Where it chooses between Latin alphabets and windows-1252 is possible, that one: by far the most common,
    and the library prefers its Central European twin for French.
    """
    from charset_normalizer import from_bytes  # a rare path: most files are UTF-8

    matches = from_bytes(b"\n".join(_telling(raw)))
    best = matches.best()
    if best is not None and _OTHER_ALPHABETS.match(best.encoding):
        return best.encoding
    if best is None or len(raw) < 4 or any("cp1252" in match.could_be_from_charset for match in matches):
        return "cp1252"
    return "cp1252" if best.encoding.startswith(("utf", "cp037", "cp500")) else best.encoding


def _telling(raw: bytes) -> Iterator[bytes]:
    """Lines of `raw` that hold bytes beyond ASCII, from shortly before the first one; `_GUESSED_FROM` bytes in all."""
    left = _GUESSED_FROM
    for line in re.finditer(rb"[^\n]+", raw):
        if left > 0 and (first := _BEYOND_ASCII.search(line[0])):
            start = max(0, first.start() - 40)
            yield line[0][start : start + left]
            left -= len(line[0]) - start
        if left <= 0:
            return
