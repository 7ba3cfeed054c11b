"""Words that turn a statement into its opposite without any "not". A table and one look-up. Pure."""

from __future__ import annotations

import re

_OPPOSITES = tuple(
    (re.compile(rf"\b(?:{one})\b", re.IGNORECASE), re.compile(rf"\b(?:{other})\b", re.IGNORECASE))
    for one, other in (
        ("rose|rises?|risen|rising|grew|grows?|grown|increased?|increases|gained|climbed|jumped",
         "fell|falls?|fallen|falling|shrank|decreased?|decreases|lost|dropped|declined|sank"),
        ("accepts?|accepted|agrees?|agreed|approves?|approved|allows?|allowed|backs|backed",
         "rejects?|rejected|refuses?|refused|forbids?|forbade|banned|opposes|opposed"),
        ("confirms?|confirmed|admits?|admitted", "denies|denied|deny|refutes?|refuted"),
        ("opens?|opened|reopens?|reopened", "closes?|closed|shut"),
        ("wins?|won|beats?", "loses?|lost|beaten"),
        ("survived?|survives|survivors?|alive", "died|dies|dead|killed|drowned"),
        ("more|higher|above|longer|larger|faster|earlier", "less|fewer|lower|below|shorter|smaller|slower|later"),
        ("before", "after"), ("first", "last"), ("true", "false"), ("with", "without"), ("best", "worst"),
        ("guilty|convicted", "innocent|acquitted"), ("arrived", "left"), ("begins?|began|started", "ends?|ended"),
        ("switched on", "switched off"), ("public", "private"), ("buys?|bought", "sells?|sold"),
    )
)  # fmt: skip


def apart(one: str, other: str) -> tuple[str, str] | None:
    """A word of `one` whose opposite stands in `other`, with that opposite, where neither text has both."""
    for pair in _OPPOSITES:
        for word, opposite in (pair, pair[::-1]):
            said, there = word.search(one), opposite.search(other)
            if said and there and not opposite.search(one) and not word.search(other):
                return said.group(), there.group()
    return None
