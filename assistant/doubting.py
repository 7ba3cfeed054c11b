"""What an answer says of citations that are not of whom they say. Pure; `corpus.publishers` has the doubts."""

from __future__ import annotations

from collections.abc import Sequence

from assistant.models import Citation
from corpus.publishers import doubt


def doubts_of(citations: Sequence[Citation]) -> list[str]:
    """A sentence for each doubt, naming the citations that it is about; none where there is nothing to doubt."""
    numbers: dict[str, list[int]] = {}
    for citation in citations:
        found = doubt(citation.publisher, citation.url)
        if found is not None:
            numbers.setdefault(found.reason, []).append(citation.number)
    return [f"{_named(some)} {reason}; nobody vouches for that." for reason, some in numbers.items()]


def _named(numbers: Sequence[int]) -> str:
    """ "[2]", or "[2] (as do [3] and [5])"."""
    first, *others = (f"[{number}]" for number in numbers)
    return f"{first} (and so {' and '.join(others)})" if others else first
