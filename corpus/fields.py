"""Which names of a row, or of front matter, mean which field of a `Draft`, and what values they may hold.

The one table of accepted names. It knows neither files nor formats: a reader hands it one record at a time.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from types import MappingProxyType

from corpus import dates
from corpus.models import Draft

NO_MAPPING: Mapping[str, str] = MappingProxyType({})
LONGEST_LABEL = 10_000

# Compared without case, spaces, hyphens, underscores, colons and dots; the first that holds something is taken.
NAMES: Mapping[str, tuple[str, ...]] = {
    "id": ("id", "guid", "article id", "uid", "uuid", "doc id", "document id"),
    "title": ("title", "headline", "heading", "article title"),
    "text": (
        "text", "body", "content", "article", "full text", "article text", "article body", "body text",
        "content text", "main text", "story",
    ),
    "publisher": (
        "publisher", "source", "site", "outlet", "domain", "site name", "publication", "newspaper", "source name",
        "source domain",
    ),
    "author": ("author", "authors", "byline", "by", "creator", "dc:creator", "writer", "author name"),
    "url": ("url", "link", "href", "permalink", "canonical url", "article url", "source url", "web url"),
    "published": (
        "published", "date", "published at", "pub date", "publish date", "published date", "date published",
        "publication date", "published on", "published time", "date publish", "datetime",
    ),
    "language": ("language", "lang", "locale"),
}  # fmt: skip

_KINDS = {bool: "true or false", int: "a number", float: "a number", list: "a list", dict: "an object"}
_SEPARATORS = re.compile(r"[\s_.:-]+")


def _normal(name: str) -> str:
    return _SEPARATORS.sub("", name).casefold()


_ACCEPTED = {field: tuple(map(_normal, names)) for field, names in NAMES.items()}
_CONTROLS = re.compile(r"[\x00-\x1f\x7f-\x9f]+")
_OTHER_SCHEME = re.compile(r"(?!https?:)[^/?#]*:", re.IGNORECASE)


class UnknownField(ValueError):
    """A mapping names a field that articles do not have."""


class WrongField(ValueError):
    """A record cannot be an article; the message completes "line 17 ..."."""


def check(mapping: Mapping[str, str]) -> None:
    """Raises `UnknownField` unless every key of `mapping`, {field: column}, is a field of an article."""
    for field in mapping:
        if field not in NAMES:
            raise UnknownField(f"{field!r} is not a field of an article; there are {', '.join(NAMES)}")


def recognised(columns: Iterable[str], mapping: Mapping[str, str] = NO_MAPPING) -> frozenset[str]:
    """The fields that some of `columns` would fill."""
    present = {_normal(column) for column in columns}
    return frozenset(field for field in NAMES if not present.isdisjoint(_accepted(field, mapping)))


def has_text(record: Mapping[str, object], mapping: Mapping[str, str] = NO_MAPPING) -> bool:
    """Whether a field for the text holds a string, so that `record` is an article and not a list of them."""
    return isinstance(_Record.of(record, mapping).pick("text"), str)


def draft(
    record: Mapping[str, object], mapping: Mapping[str, str] = NO_MAPPING, *, source: str, row: int | None = None
) -> Draft:
    """The article that one row holds, its text exactly as given. Raises `WrongField`."""
    found = _Record.of(record, mapping)
    found.refuse_absent()
    return _drafted(found, text=found.text(), source=source, row=row)


def described(
    record: Mapping[str, object], mapping: Mapping[str, str] = NO_MAPPING, *, text: str, source: str
) -> Draft:
    """The article `text` with what its front matter says of it. Raises `WrongField`.

    Here a mapped name may be absent, since one mapping serves all the files of a run.
    """
    present = {_normal(name) for name in record}
    usable = {field: name for field, name in mapping.items() if _normal(name) in present}
    return _drafted(_Record.of(record, usable), text=text, source=source, row=None)


def label(raw: str | None) -> str | None:
    """`raw` on one line without control characters; None where nothing is left. Raises `WrongField`."""
    if raw is None:
        return None
    if len(raw) > LONGEST_LABEL:
        raise WrongField(f"has {len(raw):,} characters in a field that is not its text: {raw[:40]!r}...")
    _refuse_half_characters(raw)
    return " ".join(_CONTROLS.sub(" ", raw).split()) or None


def link(raw: str | None) -> str | None:
    """`raw` if it is a web address, with or without `https://`; None for another scheme, such as `javascript:`."""
    address = label(raw)
    return None if address is None or _OTHER_SCHEME.match(address) else address


def published(raw: object) -> str | None:
    """The date as `dates.parse_published` writes it, None where there is none. Raises `WrongField`."""
    if _is_empty(raw):
        return None
    if isinstance(raw, bool) or not isinstance(raw, str | int | float):
        raise WrongField(f"has a date that is {_kind(raw)}; write it as 2022-06-17")
    try:
        return dates.parse_published(raw)
    except dates.WrongDate as error:
        raise WrongField(f"has a wrong date: {error}") from error


def refuse_unusable(text: str) -> None:
    """Raises `WrongField` for a text that is blank or that cannot be stored."""
    if not text or text.isspace():
        raise WrongField("has no text")
    if "\0" in text:
        raise WrongField("has a NUL character in its text; remove it")
    _refuse_half_characters(text)


@dataclass(frozen=True, slots=True)
class _Record:
    """One row, its values by normalised name."""

    names: tuple[str, ...]
    values: dict[str, object]
    mapping: Mapping[str, str]

    @classmethod
    def of(cls, record: Mapping[str, object], mapping: Mapping[str, str]) -> _Record:
        values: dict[str, object] = {}
        for name, value in record.items():
            values.setdefault(_normal(name), value)
        return cls(tuple(record), values, mapping)

    def refuse_absent(self) -> None:
        for field, column in self.mapping.items():
            if _normal(column) not in self.values:
                raise WrongField(f"has no field {column!r}, which is mapped to {field}; it has {self._names()}")

    def pick(self, field: str) -> object:
        """The first value under an accepted name that is not empty, or None."""
        for name in _accepted(field, self.mapping):
            value = self.values.get(name)
            if not _is_empty(value):
                return value
        return None

    def text(self) -> str:
        value = self.pick("text")
        if value is None and not recognised(self.names, self.mapping) & {"text"}:
            raise WrongField(f"has no text: map the field that holds it to text; it has {self._names()}")
        if value is not None and not isinstance(value, str):
            raise WrongField(f"has a text that is {_kind(value)}; it must be a string")
        refuse_unusable(value or "")
        return value or ""

    def words(self, field: str) -> str | None:
        """A field on one line; a list of authors is joined, an object with a name is that name."""
        value = self.pick(field)
        parts = value if isinstance(value, list) and field == "author" else [value]
        return label(", ".join(filter(None, (_word(part, field) for part in parts))))

    def _names(self) -> str:
        shown = ", ".join(repr(name[:40]) for name in self.names[:12])
        return shown + (", ..." if len(self.names) > 12 else "") if shown else "no fields at all"


def _drafted(found: _Record, *, text: str, source: str, row: int | None) -> Draft:
    return Draft(
        text=text,
        source=source,
        row=row,
        given_id=found.words("id"),
        title=found.words("title"),
        publisher=found.words("publisher"),
        author=found.words("author"),
        url=link(found.words("url")),
        published=published(found.pick("published")),
        language=found.words("language"),
    )


def _accepted(field: str, mapping: Mapping[str, str]) -> tuple[str, ...]:
    return (_normal(mapping[field]),) if field in mapping else _ACCEPTED[field]


def _word(value: object, field: str) -> str | None:
    """Some interfaces give a publisher or author as an object: its `name` is meant."""
    if isinstance(value, dict) and "name" in value and field in ("publisher", "author"):
        value = value["name"]
    if value is None or isinstance(value, str):
        return value
    if isinstance(value, int | float) and not isinstance(value, bool):
        return str(int(value) if value == value // 1 else value)
    raise WrongField(f"has {_article(field)} {field} that is {_kind(value)}; it must be a string")


def _article(noun: str) -> str:
    return "an" if noun[0] in "aeiou" and noun != "url" else "a"


def _is_empty(value: object) -> bool:
    return value is None or value in ("", []) or (isinstance(value, str) and value.isspace())


def _kind(value: object) -> str:
    return _KINDS.get(type(value), "of another kind")


def _refuse_half_characters(text: str) -> None:
    try:
        text.encode()
    except UnicodeEncodeError as error:
        half = ascii(text[error.start])[1:-1]
        raise WrongField(f"has half a character ({half}) at offset {error.start}; it was cut in two") from error
