"""Posts of social media: what was posted stands in the article itself, or somebody speaks by way of a post.

A post printed in an article ends in its author's handle and a day, or holds a short link. Knows forms, not people.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.status.phrases import words_of
from assistant.status.reporting import Clause
from assistant.status.words import Words

_MEDIA = words_of(
    """
    twitter tweet tweets tweeted tweeting retweeted retweet instagram instagrammed facebook reddit tumblr
    snapchat weibo tiktok youtube blog livejournal vlog blogpost
    """
)
_CROWD = words_of(
    """
    users user commenters commenter redditors redditor tweeters netizens followers bloggers others
    """
)
_CROWD_SPEAKS = words_of(
    """
    suggesting suggested claiming claimed complaining complained saying said speculating alleging asking joking
    noting noted pointed skeptical sceptical flagged convinced comparing calling questioned thought think believe
    replies replied
    """
)
_BY = words_of("on in via to his her their another through a")
_SHORT = 4


def is_signature(words: Words) -> bool:
    """`— Jo Marlow (@jomarlow) May 3, 2019`: signs a post and says nothing."""
    place = _handle(words)
    return place >= 0 and _said_before(words, place) < _SHORT


def is_post(words: Words) -> bool:
    """Whether a sentence is the text of a post together with its signature or its link."""
    low = words.low
    place = _handle(words)
    if place >= 0 and (low[place - 1 : place] == ("(",) or place > len(low) - 8):
        return _said_before(words, place) >= _SHORT
    return any(word.startswith(("pic.twitter.com", "t.co/")) for word in low) and len(low) > _SHORT


def speaks_of_posts(words: Words) -> bool:
    """Whether a sentence speaks, outside quotation, of users or of a place where they post."""
    low, quoted = words.low, words.quoted
    return any(
        (word in _MEDIA or word in ("users", "user", "commenters")) and not quoted[at] for at, word in enumerate(low)
    )


def by_way_of(words: Words, clause: Clause) -> bool:
    """Whether what a clause reports was posted: `wrote on Twitter`, `in a tweet, she said`."""
    low = words.low
    places = [
        *range(max(0, clause.subject[0] - 8), clause.subject[0]),
        *range(clause.verb, min(len(low), clause.verb + 8)),
    ]
    return any(
        low[place] in _MEDIA and (place == clause.verb or not _BY.isdisjoint(low[max(0, place - 4) : place]))
        for place in places
    )


def by_crowd(words: Words) -> bool:
    """`Some users on Reddit have been sceptical`: nobody named, but a place where they post."""
    low = [word for word, quoted in zip(words.low, words.quoted, strict=True) if not quoted]
    media = [place for place, word in enumerate(low) if word in _MEDIA or low[place : place + 2] == ["social", "media"]]
    if not media:
        return False
    crowd = any(not _CROWD.isdisjoint(low[max(0, place - 3) : place + 4]) for place in media)
    return crowd and any(word in _CROWD_SPEAKS for word in low)


def quoted_before(rows: Sequence[Words], number: int) -> range:
    """Sentences of the paragraph that the signature at `number` signs."""
    first = number
    while first > 0 and not rows[first].new_paragraph:
        first -= 1
    if first == number and number > 0:
        first = number - 1
        while first > 0 and not rows[first].new_paragraph:
            first -= 1
    return range(first, number)


def _handle(words: Words) -> int:
    """Where a handle stands behind a bracket or a dash; -1 where none does."""
    low = words.low
    if not any(word[0] == "@" for word in low):
        return -1
    for place, word in enumerate(low):
        if (
            word[0] == "@"
            and len(word) > 2
            and place
            and (low[place - 1] == "(" or "—" in low[max(0, place - 5) : place])
        ):
            return place
    return -1


def _said_before(words: Words, handle: int) -> int:
    """How many words stand before the dash that introduces a signature."""
    low = words.low
    dash = next((place for place in range(handle, -1, -1) if low[place] in ("—", "–", "-", "--")), handle)
    return sum(word[0].isalnum() for word in low[:dash])
