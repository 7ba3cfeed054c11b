"""The publishers that the page's form suggests: looked up once for each generation."""

from __future__ import annotations

from collections import Counter
from threading import Lock
from weakref import WeakKeyDictionary

from assistant.wiring import Desk

_MOST = 300
"""Names suggested, the most frequent; any other can be typed."""


class Publishers:
    """Remembers the names in the last generation seen of each workspace. Any thread may ask."""

    def __init__(self) -> None:
        self._lock = Lock()
        self._known: WeakKeyDictionary[Desk, tuple[int, tuple[str, ...]]] = WeakKeyDictionary()

    def of(self, desk: Desk) -> tuple[str, ...]:
        """In alphabetical order."""
        with self._lock, desk.viewing() as view:
            generation, names = self._known.get(desk, (-1, ()))
            if generation != view.generation:
                counts = Counter(listing.publisher for listing in view.listings() if listing.publisher)
                names = tuple(sorted((name for name, _ in counts.most_common(_MOST)), key=str.casefold))
                self._known[desk] = (view.generation, names)
            return names
