"""Several questions typed as one, taken apart. Rules over words; pure.

Each part is searched and read by itself. A part that names nothing ("And when?") is read together with the last one
that does.
"""

from __future__ import annotations

import re

_MOST = 4
"""Parts of one input; what follows stays with the last."""
_END = re.compile(r"(?<=\?)[\s\"”’)]*\s+(?=\S)")
_JOINED = re.compile(r",? and (?=(?:who|what|when|where|why|how|which)(?:'s|’s)? \w+ \w+ \w+)", re.IGNORECASE)
_ASKS = re.compile(r"\b(?:who|what|when|where|why|how|which|whose)\b", re.IGNORECASE)
_POINTS_BACK = re.compile(r"\b(?:it|its|that|this|he|she|they|his|her|their|them|him)\b", re.IGNORECASE)
_FEWEST_WORDS = 4
"""A question of fewer ("And when?") leaves out what it is about."""


def parts(text: str) -> tuple[str, ...]:
    """The questions in the order typed; a text that is one question, or none, comes back whole."""
    pieces = [clause for sentence in _END.split(text) for clause in _clauses(sentence.strip())]
    if len(pieces) < 2 or not all(_is_question(piece) for piece in pieces):
        return (text,)
    pieces = [*pieces[: _MOST - 1], " ".join(pieces[_MOST - 1 :])] if len(pieces) > _MOST else pieces
    subject = pieces[0]
    found = [pieces[0]]
    for piece in pieces[1:]:
        if _says_what_about(piece):
            subject = piece
            found.append(piece)
        else:
            found.append(f"{piece} {subject}")
    return tuple(found)


def _clauses(sentence: str) -> list[str]:
    """ "Who built the bridge and how much did it cost?" asks twice."""
    return _JOINED.split(sentence) if _ASKS.match(sentence) and sentence.endswith("?") else [sentence]


def _is_question(piece: str) -> bool:
    return piece.endswith("?") or _ASKS.search(piece) is not None


def _says_what_about(piece: str) -> bool:
    return len(piece.split()) >= _FEWEST_WORDS and _POINTS_BACK.search(piece) is None
