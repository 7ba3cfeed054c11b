"""Statements turned into yes/no questions, by rules on the words alone.

A tagger would do better; this needs none, and what it cannot turn it puts behind "Is it true that". A plain "not"
is taken out and the sides are swapped, since people ask "Did he resign?" and not "Did he not resign?".
"""

from __future__ import annotations

import random
import re
from collections.abc import Container
from dataclasses import dataclass

_PLAIN = frozenset(
    ["is", "are", "was", "were", "can", "could", "will", "would", "should", "may", "might", "must", "does", "do", "did"]
)
_HAVING = {"has": "does", "have": "do", "had": "did"}
_PARTICIPLE = re.compile(
    r".{2,}(?:ed|en|wn)$|^(?:been|had|done|made|won|lost|held|left|led|built|become|sold|said|put)$"
)
_SUBORDINATE = frozenset(
    [
        "that",
        "which",
        "who",
        "whom",
        "whose",
        "when",
        "where",
        "if",
        "because",
        "while",
        "after",
        "before",
        "although",
        "and",
        "or",
    ]
)
_BARRIER = frozenset(
    [
        "a",
        "an",
        "the",
        "to",
        "of",
        "in",
        "on",
        "at",
        "for",
        "by",
        "with",
        "from",
        "as",
        "his",
        "her",
        "its",
        "their",
        "our",
        "my",
        "your",
        "this",
        "these",
    ]
)
_SINGULAR = frozenset({"he", "she", "it", "this"})
_IRREGULAR = dict(
    pair.split(":")
    for pair in [
        "became:become",
        "began:begin",
        "bought:buy",
        "brought:bring",
        "built:build",
        "came:come",
        "caught:catch",
        "chose:choose",
        "cut:cut",
        "died:die",
        "drew:draw",
        "fell:fall",
        "fought:fight",
        "found:find",
        "flew:fly",
        "gave:give",
        "got:get",
        "grew:grow",
        "held:hold",
        "hit:hit",
        "kept:keep",
        "knew:know",
        "left:leave",
        "led:lead",
        "lost:lose",
        "made:make",
        "met:meet",
        "paid:pay",
        "played:play",
        "put:put",
        "ran:run",
        "rose:rise",
        "said:say",
        "sang:sing",
        "sat:sit",
        "saw:see",
        "sent:send",
        "set:set",
        "shot:shoot",
        "sold:sell",
        "spent:spend",
        "stood:stand",
        "spoke:speak",
        "stole:steal",
        "taught:teach",
        "thought:think",
        "told:tell",
        "took:take",
        "went:go",
        "won:win",
        "wrote:write",
    ]
)


@dataclass(frozen=True, slots=True)
class Asked:
    """A question, and whether its yes is the statement's no."""

    question: str
    swapped: bool


def ask(statement: str, chooser: random.Random, *, vocabulary: Container[str]) -> Asked:
    """`vocabulary` holds known words: it tells "hope" from "hop" when "hoped" is undone."""
    words = _cleaned(statement).split()
    inverted = _inverted(words, vocabulary) if chooser.random() > 0.1 else None
    if inverted is None:
        opening = chooser.choice(("Is it true that", "Is it the case that", "True or false:"))
        return Asked(f"{opening} {' '.join(words)}?", swapped=False)
    question, negated = _without_not(*inverted)
    return Asked(f"{question[0].upper()}{question[1:]}?", swapped=negated)


def _cleaned(statement: str) -> str:
    plain = statement.replace("-LRB-", "(").replace("-RRB-", ")").replace("n't", " not").replace("n’t", " not")
    return re.sub(r"\s+([,.!?;:)])", r"\1", plain).strip().rstrip(".!?")


def _inverted(words: list[str], vocabulary: Container[str]) -> tuple[list[str], int] | None:
    """The words of the question, and where what followed the verb goes on."""
    for at, word in enumerate(words[1:9], start=1):
        low = word.lower()
        if low in _SUBORDINATE or word[-1] in ",;:":
            return None
        if low in _PLAIN:
            return [low, *words[:at], *words[at + 1 :]], at + 1
        if low in _HAVING:
            return _of_having(words, at), at + 1
        moved = _of_verb(words, at, vocabulary)
        if moved is not None:
            return moved, at + 1
    return None


def _of_having(words: list[str], at: int) -> list[str]:
    low = words[at].lower()
    after = words[at + 1].lower() if at + 1 < len(words) else ""
    if after in {"not", "never"} or _PARTICIPLE.match(after):
        return [low, *words[:at], *words[at + 1 :]]
    return [_HAVING[low], *words[:at], "have", *words[at + 1 :]]


def _of_verb(words: list[str], at: int, vocabulary: Container[str]) -> list[str] | None:
    word, before = words[at], words[at - 1].lower()
    if not word.isalpha() or not word.islower() or before in _BARRIER:
        return None
    if word in _IRREGULAR:
        return ["did", *words[:at], _IRREGULAR[word], *words[at + 1 :]]
    if word.endswith("ed") and len(word) > 4:
        return ["did", *words[:at], _undone(word, vocabulary), *words[at + 1 :]]
    named = before in _SINGULAR or (words[at - 1][0].isupper() and at > 1)
    if named and word.endswith("s") and not word.endswith("ss"):
        return ["does", *words[:at], _bare(word, vocabulary), *words[at + 1 :]]
    return None


def _undone(word: str, vocabulary: Container[str]) -> str:
    """The verb that `word`, which ends in -ed, is the past of."""
    stem = word[:-2]
    forms = [stem[:-1] + "y"] if stem.endswith("i") else []
    if len(stem) > 3 and stem[-1] == stem[-2]:
        forms.append(stem[:-1])
    forms += [stem + "e", stem]
    return next((form for form in forms if form in vocabulary), stem)


def _bare(word: str, vocabulary: Container[str]) -> str:
    forms = [word[:-3] + "y"] if word.endswith("ies") else []
    forms += [word[:-1], word[:-2]]
    return next((form for form in forms if form in vocabulary), word[:-1])


def _without_not(words: list[str], after: int) -> tuple[str, bool]:
    negated = words[after : after + 1] in (["not"], ["never"])
    return " ".join(words[:after] + words[after + negated :]), negated
