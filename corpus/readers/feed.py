"""`.rss`, `.atom` and `.xml`: one article an entry of a feed. Only this module knows feedparser."""

from __future__ import annotations

import io
import re
from collections.abc import Iterator, Mapping
from typing import cast

import feedparser

from corpus import fields, identity
from corpus.models import Draft, Skipped
from corpus.readers import fragments, prose
from corpus.readers.blocks import joined
from corpus.readers.raw import RawFile, Unreadable, decoded

_ENDED = re.compile(r"</\s*(?:\w+:)?(?:rss|feed|rdf)\s*>\s*(?:<!--.*?-->\s*)?\Z", re.IGNORECASE | re.DOTALL)
_TAIL = 1000
_MARKUP = re.compile(r"<[a-zA-Z!/]|&#?\w+;")

# A parsed feed or entry: strings, and lists of further ones.
Node = Mapping[str, object]


def read(file: RawFile, mapping: Mapping[str, str]) -> Iterator[Draft | Skipped]:
    raw = file.whole(limit=file.limits.markup_bytes)
    written = decoded(raw)
    if "<!ENTITY" in written:
        raise Unreadable("declares XML entities, which can unpack to any size and which no feed needs")
    parsed = _parsed(raw)
    entries = cast(list[Node], parsed.entries)
    if not parsed.version:
        raise Unreadable("is XML but neither an RSS nor an Atom feed")
    if not entries:
        raise Unreadable("is a feed without entries")
    whole = len(entries) if _ENDED.search(written[-_TAIL:]) else len(entries) - 1
    for number, entry in enumerate(entries[:whole], start=1):
        yield _article(file, entry, feed=cast(Node, parsed.feed), number=number)
    if whole < len(entries):
        yield file.skipped(
            f"entry {len(entries)} breaks off: the file ends in the middle of the feed", line=len(entries)
        )


def _parsed(raw: bytes) -> feedparser.FeedParserDict:
    """The library detects the encoding itself, by the declaration in the file; a stream is never taken for an address.

    It cleans no HTML, which alone can take it minutes: only the words are kept here. Raises `Unreadable` where it
    stumbles: over a number that is no character, or an element that never began.
    """
    try:
        return feedparser.parse(io.BytesIO(raw), resolve_relative_uris=False, sanitize_html=False)
    except _STUMBLES as error:
        raise Unreadable(f"is a feed so broken that it cannot be parsed ({type(error).__name__})") from error


_STUMBLES = (ArithmeticError, AssertionError, AttributeError, LookupError, RecursionError, TypeError, ValueError)


def _article(file: RawFile, entry: Node, *, feed: Node, number: int) -> Draft | Skipped:
    try:
        text = prose.checked(_text(entry), file.limits)
        return _draft(file, entry, feed=feed, text=text, row=number)
    except (Unreadable, fields.WrongField) as error:
        return file.skipped(f"entry {number} {error}", line=number)


def _draft(file: RawFile, entry: Node, *, feed: Node, text: str, row: int) -> Draft:
    link = _string(entry, "link")
    return Draft(
        text=text,
        source=str(file.path),
        row=row,
        given_id=fields.label(_string(entry, "id") or link) or _made_id(entry, feed=feed, text=text),
        title=fields.label(_flat(_string(entry, "title") or "")),
        publisher=fields.label(_flat(_string(_inner(entry, "source"), "title") or _string(feed, "title") or "")),
        author=fields.label(", ".join(_authors(entry))),
        url=fields.link(link),
        published=fields.published(_string(entry, "published") or _string(entry, "updated")),
        language=fields.label(_language(entry) or _string(feed, "language")),
        edition=_edition(entry),
    )


def _made_id(entry: Node, *, feed: Node, text: str) -> str:
    """Of an entry with neither guid nor link: it may move in the feed, so its row does not name it."""
    title, published = _string(entry, "title"), _string(entry, "published")
    known = (title, published) if title and published else (title, published, text)
    return identity.made_id(_string(feed, "title"), *known)


def _edition(entry: Node) -> str:
    """When the entry was last changed, "" where it does not say it so that it can be read."""
    for name in ("updated", "published"):
        try:
            if stated := fields.published(_string(entry, name)):
                return stated
        except fields.WrongField:
            continue
    return ""


def _text(entry: Node) -> str:
    """The longest content of the entry, or its summary, as plain text."""
    contents = [_plain(content) for content in _nodes(entry, "content")]
    return max(contents, key=len, default="") or _plain(_inner(entry, "summary_detail"))


def _plain(content: Node) -> str:
    value = _string(content, "value") or ""
    if _string(content, "type") == "text/plain":
        return value
    # Many feeds call plain text HTML; its lines are then the only structure it has.
    return joined(fragments.blocks(value)) if _MARKUP.search(value) else value


def _flat(title: str) -> str:
    return " ".join(fragments.blocks(title)) if _MARKUP.search(title) else title


def _authors(entry: Node) -> list[str]:
    return list(filter(None, (_string(author, "name") for author in _nodes(entry, "authors"))))


def _language(entry: Node) -> str | None:
    return next(filter(None, (_string(content, "language") for content in _nodes(entry, "content"))), None)


def _string(node: Node, name: str) -> str | None:
    value = node.get(name)
    return value if isinstance(value, str) else None


def _inner(node: Node, name: str) -> Node:
    value = node.get(name)
    return value if isinstance(value, Mapping) else {}


def _nodes(node: Node, name: str) -> list[Node]:
    value = node.get(name)
    return [entry for entry in value if isinstance(entry, Mapping)] if isinstance(value, list) else []
