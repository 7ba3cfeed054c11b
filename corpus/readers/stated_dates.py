"""The date that a web page states about itself, in the places where pages state it; never one from its text."""

from __future__ import annotations

import json
from collections import deque
from collections.abc import Iterator, Sequence
from typing import Protocol

from corpus import fields

_MOST_NODES = 10_000


class Tree(Protocol):
    """As much of an lxml tree as is needed here."""

    def xpath(self, path: str, /) -> Sequence[object]: ...


_LOWER = "translate(@name, 'ABCDEFGHIJKLMNOPQRSTUVWXYZ', 'abcdefghijklmnopqrstuvwxyz')"
_META_NAMES = (
    "date", "pubdate", "publishdate", "publish-date", "publish_date", "publication_date", "publication-date",
    "dc.date", "dc.date.issued", "dcterms.date", "dcterms.issued", "article.published", "article:published_time",
    "sailthru.date", "parsely-pub-date", "citation_publication_date", "citation_online_date",
)  # fmt: skip
_BEFORE_LINKED_DATA = (
    ".//meta[@property='article:published_time' or @property='og:published_time']/@content",
    ".//*[@itemprop='datePublished']/@content",
    ".//*[@itemprop='datePublished']/@datetime",
)
_AFTER_LINKED_DATA = (
    f".//meta[{' or '.join(f'{_LOWER}={name!r}' for name in _META_NAMES)}]/@content",
    ".//time[@pubdate or contains(@class, 'published') or contains(@class, 'entry-date')]/@datetime",
)


def published(tree: Tree) -> str | None:
    """The first stated date that is one, as `dates.parse_published` writes it; None where none is stated.

    Raises `fields.WrongField` where dates are stated and none can be read.
    """
    wrong: fields.WrongField | None = None
    for stated in _stated(tree):
        try:
            return fields.published(stated)
        except fields.WrongField as error:
            wrong = wrong or error
    if wrong is not None:
        raise wrong
    return None


def _stated(tree: Tree) -> Iterator[str]:
    for path in _BEFORE_LINKED_DATA:
        yield from _texts(tree, path)
    for script in _texts(tree, ".//script[@type='application/ld+json']/text()"):
        yield from _linked_data(script)
    for path in _AFTER_LINKED_DATA:
        yield from _texts(tree, path)


def _texts(tree: Tree, path: str) -> Iterator[str]:
    return (str(value) for value in tree.xpath(path) if str(value).strip())


def _linked_data(script: str) -> Iterator[str]:
    """Each `datePublished` of a JSON-LD script (schema.org), outermost first."""
    try:
        queue = deque([json.loads(script)])
    except (ValueError, RecursionError):
        return  # many pages carry broken ones; then nothing is stated there
    for _ in range(_MOST_NODES):
        if not queue:
            return
        node = queue.popleft()
        if isinstance(node, dict):
            if isinstance(stated := node.get("datePublished"), str) and stated.strip():
                yield stated
            queue.extend(node.values())
        elif isinstance(node, list):
            queue.extend(node)
