"""What all formats of running text share: one plain form of the text, and a title where the first line is one.

Rows of JSON and CSV don't pass through here: their text is kept as given.
"""

from __future__ import annotations

import re

from corpus import dates, fields
from corpus.readers.raw import Limits, Unreadable

_NEW_LINES = re.compile(r"\r\n|[\r\v\f\x1c-\x1e\x85\u2028\u2029]")
# Beside control characters: the byte order mark and the soft hyphen, which show nothing and split words.
_INVISIBLE = re.compile(r"[\x00-\x08\x0e-\x1b\x1f\x7f-\x84\x86-\x9f\ufeff\u00ad]")
_BLANK_LINES = re.compile(r"\n{3,}")

_NO_HEADLINE = re.compile(r"[-*•·#>|]|\(?\d{1,3}[.)]\s|by\s|https?:|www\.", re.IGNORECASE)
_SENTENCE_END = re.compile(r"[.,;:…][\"”’')\]]*$")
_LONGEST_HEADLINE = 160
_MOST_WORDS = 25
_WRAPPED_WIDTH = 100


def plain(text: str) -> str:
    """`text` with `\\n` as the only line end, at most one blank line in a row, nothing invisible, nothing trailing.

    A second pass changes nothing.
    """
    visible = _INVISIBLE.sub("", _NEW_LINES.sub("\n", text))
    lines = "\n".join(line.rstrip() for line in visible.split("\n"))
    return _BLANK_LINES.sub("\n\n", lines).strip("\n")


def checked(text: str, limits: Limits) -> str:
    """`plain(text)`. Raises `Unreadable` where `text` is too long or nothing is left of it."""
    if reason := too_long(text, limits):
        raise Unreadable(reason)
    cleaned = plain(text)
    try:
        fields.refuse_unusable(cleaned)
    except fields.WrongField as error:
        raise Unreadable(str(error)) from error
    return cleaned


def too_long(text: str, limits: Limits) -> str | None:
    """Why `text` is refused for its length, if it is."""
    if len(text) <= limits.characters:
        return None
    return f"has a text of {len(text):,} characters; the most for one article is {limits.characters:,}"


def headline(text: str) -> str | None:
    """The first line of plain `text` where it looks like a title: short, no sentence, above longer text.

    Conservative: a missing title costs less than a sentence taken for one.
    """
    first, _, rest = text.partition("\n")
    first = first.strip()
    words = first.split()
    if not 2 <= len(words) <= _MOST_WORDS or len(first) > _LONGEST_HEADLINE or len(rest) < 2 * len(first):
        return None
    if _NO_HEADLINE.match(first) or _SENTENCE_END.search(first) or words[0].islower() or _is_date(first):
        return None
    return None if _is_wrapped(first, rest) else first


def _is_date(line: str) -> bool:
    try:
        dates.parse_published(line)
    except dates.WrongDate:
        return False
    return True


def _is_wrapped(first: str, rest: str) -> bool:
    """Whether the first line is only the beginning of a paragraph that was cut at a column."""
    if rest.startswith("\n"):
        return False
    block = rest.partition("\n\n")[0].split("\n")
    longest = max(map(len, block))
    return block[0].lstrip()[:1].islower() or (longest <= _WRAPPED_WIDTH and len(first) > 0.7 * longest)
