"""What is indexed by its words, and which part of that a search is about: values and their numbers, no index.

Separate because the caller makes them and the index of words reads them.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b

from index.periods import NEVER as NEVER


def publisher_key(name: str) -> int:
    """A publisher's number in the index: 64 bits of a hash of its name, whatever the case; never 0."""
    return int.from_bytes(blake2b(name.casefold().encode(), digest_size=8).digest()) or 1


@dataclass(frozen=True, slots=True)
class LexicalRow:
    """A passage as it is indexed."""

    position: int
    article: int
    """All passages of an article are dropped together."""
    day: int
    """Of publication, as an ordinal; 0 where unknown."""
    until: int
    """The day from which a later revision stands in its place, or NEVER."""
    publisher: int
    """`publisher_key` of its name; 0 where unknown."""
    text: str


@dataclass(frozen=True, slots=True)
class Scope:
    """Which passages are ranked, and over which all statistics are counted. Passages without a day are in no range."""

    since: int = 0
    """The first day of publication; 0: any."""
    until: int = 0
    """The last day of publication; 0: any."""
    publishers: tuple[int, ...] = ()
    as_of: int = 0
    """The day as of which things stand as they did; 0: as they stand now."""

    @property
    def days(self) -> tuple[int, int]:
        """The first and the last day of publication; (0, NEVER) where any will do, unknown ones too."""
        first = max(self.since, 1) if self.since or self.until or self.as_of else 0
        return first, min(self.until or NEVER, self.as_of or NEVER)


EVERYTHING = Scope()
"""All that stands now."""
