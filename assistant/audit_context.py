"""What whole articles say to a pair of their sentences: they tell of others, or one tells both sides. Pure."""

from __future__ import annotations

from collections import Counter
from functools import lru_cache

from assistant.audit_shelf import Placed, Shelf
from assistant.comparing import names
from assistant.comparing.denial import asserts, denials, denying
from assistant.comparing.rarity import Rarity
from assistant.comparing.rivals import rivals, said_too

_SHORTEST = 3
"""Letters of a name that tells whom an article is about."""
_KEPT = 4096


def of_others(a: Placed, b: Placed) -> bool:
    """Whether the articles are about different people or things, each unknown to the other article."""
    return (_unknown_hero(a, b) and _unknown_hero(b, a)) or (_stranger(a, b) and _stranger(b, a))


def _unknown_hero(one: Placed, other: Placed) -> bool:
    hero = _hero(one.article.text)
    return hero is not None and hero not in _spoken(other.article.text)


def _stranger(one: Placed, other: Placed) -> bool:
    """Whether a sentence has a full name of which the other article says no word."""
    spoken = _spoken(other.article.text)
    some = (name for name in names.find(one.asserted.text) if len(name.words) > 1)
    return any(not any(word in spoken for word in name.words) for name in some)


@lru_cache(_KEPT)
def _spoken(text: str) -> frozenset[str]:
    return names.spoken(text)


@lru_cache(_KEPT)
def _hero(text: str) -> str | None:
    """The name that an article says most often."""
    found = (word for name in names.find(text, known=names.known(text)) for word in name.words)
    counts = Counter(word for word in found if len(word) >= _SHORTEST and not word.isdigit())
    return max(counts, key=lambda word: (counts[word], word), default=None)


def tells_both(a: Placed, b: Placed, shelf: Shelf, rarity: Rarity) -> bool:
    """Whether one of the articles gives the other's side, too: then it contradicts nobody."""
    some = rivals(a.asserted, b.asserted)
    if some and all(
        any(said_too(one.a, other.asserted) for other in shelf.of_article(b.article_number))
        or any(said_too(one.b, other.asserted) for other in shelf.of_article(a.article_number))
        for one in some
    ):
        return True
    return not some and _denies_too(a, b, shelf, rarity)


def _denies_too(a: Placed, b: Placed, shelf: Shelf, rarity: Rarity) -> bool:
    """Whether the article that asserts it also tells that it is denied."""
    found = denying(a.asserted, b.asserted, rarity)
    if found is None:
        return False
    asserting = b if found[0] is a.asserted else a
    return any(
        asserts(asserting.asserted.words, denial, rarity)
        for other in shelf.of_article(asserting.article_number)
        for denial in denials(other.asserted.text)
    )
