"""Questions as people type them: without the question mark, with slips of the fingers, with "who's"."""

from __future__ import annotations

import random

_CONTRACTED = {"what is": "what's", "who is": "who's", "where is": "where's", "who was": "who was", "how is": "how's"}
_NEIGHBOURS = dict(
    zip(
        "abcdefghijklmnopqrstuvwxyz",
        [
            "qwsz",
            "vghn",
            "xdfv",
            "serfcx",
            "wsdr",
            "drtgvc",
            "ftyhbv",
            "gyujnb",
            "ujko",
            "huikmn",
            "jiolm",
            "kop",
            "njk",
            "bhjm",
            "iklp",
            "ol",
            "wa",
            "edft",
            "awedxz",
            "rfgy",
            "yhji",
            "cfgb",
            "qase",
            "zsdc",
            "tghu",
            "asx",
        ],
        strict=True,
    )
)


def retyped(question: str, chooser: random.Random) -> str:
    """`question` as it stands for most, changed for about a third."""
    luck = chooser.random()
    if luck < 0.15:
        return question.rstrip("? ")
    if luck < 0.27:
        return _slipped(question, chooser)
    return _contracted(question) if luck < 0.33 else question


def _contracted(question: str) -> str:
    for long, short in _CONTRACTED.items():
        if question.lower().startswith(long + " "):
            return short + question[len(long) :]
    return question


def _slipped(question: str, chooser: random.Random) -> str:
    """One or two letters dropped, doubled, swapped or hit beside, in words of at least five letters."""
    words = question.split(" ")
    long = [at for at, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    for at in chooser.sample(long, min(len(long), chooser.choice((1, 1, 2)))):
        words[at] = _mistyped(words[at], chooser)
    return " ".join(words)


def _mistyped(word: str, chooser: random.Random) -> str:
    at = chooser.randrange(1, len(word) - 1)
    letter = word[at].lower()
    beside = chooser.choice(_NEIGHBOURS.get(letter, letter))
    return chooser.choice(
        (
            word[:at] + word[at + 1 :],
            word[:at] + word[at] + word[at:],
            word[:at] + word[at + 1] + word[at] + word[at + 2 :],
            word[:at] + beside + word[at + 1 :],
        )
    )
