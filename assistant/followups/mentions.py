"""Who and what a question names: names with the words that go with them, and nouns. Rules over words; pure."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from assistant.comparing import names
from assistant.followups.vocabulary import (
    AUXILIARIES,
    COMPANIES,
    DO,
    FUNCTION_WORDS,
    HEADS,
    NO_PERSON,
    PREPOSITIONS,
    TIME_NOUNS,
    TITLES,
)

Sort = Literal["name", "several", "noun"]


@dataclass(frozen=True, slots=True)
class Mention:
    """Words for one thing: `question[start:end]`, without a possessive."""

    text: str
    """ "the Dunmarrow election" """
    core: str
    """The name in it, "Dunmarrow"; the whole text where it holds none."""
    start: int
    end: int
    sort: Sort
    """`several` are names joined by "and"."""
    preposition: str
    """The one before it, in lower case, or nothing."""

    @property
    def is_definite(self) -> bool:
        return self.text.casefold().startswith(("the ", "this ", "that "))

    @property
    def is_plural(self) -> bool:
        return self.sort == "several" or (self.sort == "noun" and re.search(r"[^s]s$", self.head) is not None)

    @property
    def head(self) -> str:
        """The noun it ends with, before any "of ..."."""
        words = self.text.split()
        ends = [place for place, word in enumerate(words) if word in PREPOSITIONS]
        return words[ends[0] - 1] if ends and ends[0] > 0 else words[-1]

    def words(self) -> set[str]:
        return {word.casefold() for word in self.text.split()}


_ALPHANUMERIC = re.compile(r"\b[a-z]+[ -]\d{2,}\b|\b[a-z]+-\d+\b")
_LEFT = re.compile(r"\b(?:[Tt]he|[Tt]his|[Aa]n?) (?:(?!(?:the|this|an?) )[a-z][a-z-]+ ){0,3}$")
_NUMBER = re.compile(r" \d+(?=[’']s\b)")
_NOUN = re.compile(r"\b(?:the|these|those)\s+((?:[a-z][a-z-]*\s+){0,3}?[a-z][a-z-]*)(?=$|[\s,?.’'])")
_AFTER = re.compile(r"(?: ([a-z][a-z-]+))(?: ([a-z][a-z-]+)|$|(?=[^a-z]))")
_WANT_VERB = DO | {"will", "would", "can", "could", "may", "might", "should", "must"}
_LINKS = re.compile(r" (?:of|for|on|between|into|over|about|against) ")
_SHORT_ROLES = frozenset({"CEO", "CFO", "COO", "CTO", "PM", "MP"})
_YEAR = re.compile(r"^(?:1[5-9]|20)\d\d$")


def mentions(question: str) -> tuple[Mention, ...]:
    """What a question names, in order; names before nouns where both begin at one place."""
    named = list(_named(question))
    nouns = [noun for noun in _nouns(question, named) if not any(noun.text == one.text for one in named)]
    return tuple(sorted((*named, *nouns), key=lambda one: (one.start, -one.end)))


def _named(question: str) -> Iterator[Mention]:
    spans = _name_spans(question)
    place = 0
    while place < len(spans):
        start, end = spans[place]
        if place + 1 < len(spans) and re.fullmatch(r" and ", question[end : spans[place + 1][0]]):
            last = spans[place + 1][1]
            yield _mention(question, start, last, core=(start, last), sort="several")
            place += 2
            continue
        left = _LEFT.search(question[:start])
        begins = left.start() if left and _is_modified(left.group(), question[: left.start()]) else start
        ends = _with_head(question, begins, end)
        yield _mention(question, begins, ends, core=(start, end), sort="name")
        place += 1


def _name_spans(question: str) -> list[tuple[int, int]]:
    """Where names stand, possessives left out; "Gantry & Holm" is one."""
    found: list[tuple[int, int]] = []
    for name in names.find(question):
        start, end = name.start, name.end - len(_possessive(question[name.start : name.end]))
        if number := _NUMBER.match(question, end):
            end = number.end()
        if start == 0 and len(name.words) == 1 and question[start:end][1:].islower() and end == name.end:
            continue
        if question[start:end] in _SHORT_ROLES:
            continue
        if found and _joins(question[found[-1][0] : found[-1][1]], question[found[-1][1] : start]):
            found[-1] = (found[-1][0], end)
        else:
            found.append((start, end))
    if not found:
        found = [
            match.span() for match in _ALPHANUMERIC.finditer(question) if match.group().split()[0] not in FUNCTION_WORDS
        ]
    return found


def _joins(name: str, between: str) -> bool:
    """ "Gantry & Holm", "Bank of England"; no "CEO of Apple"."""
    return between == " & " or (between == " of " and name.split()[-1].casefold() in NO_PERSON)


def _possessive(text: str) -> str:
    found = re.search(r"[’']s?$", text)
    return found.group() if found else ""


def _is_modified(left: str, before: str) -> bool:
    """Whether the words from a determiner on belong to a name: "the lens maker", but no "did the auditors blame"."""
    words = left.casefold().split()[1:]
    return not set(words) & FUNCTION_WORDS and not (len(words) > 1 and _is_before_verb(before))


def _is_before_verb(before: str) -> bool:
    """Whether a subject and then a bare verb follow: "did", "will"."""
    words = before.split()
    return bool(words) and words[-1].casefold() in _WANT_VERB


def _with_head(question: str, begins: int, end: int) -> int:
    """The end of "Dunmarrow election": a noun after the name that belongs to it."""
    after = _AFTER.match(question, end)
    if after is None or after.group(1) in FUNCTION_WORDS:
        return end
    if after.group(1) in HEADS:
        return after.end(1)
    definite = question[begins : begins + 4].casefold() == "the "
    before = _preposition(question, begins)
    unknown = definite and before and not _wants_verb(question) and _closes(after.group(2))
    return after.end(1) if unknown and not after.group(1).endswith("ed") else end


def _closes(word: str | None) -> bool:
    return word is None or word in FUNCTION_WORDS


def _wants_verb(question: str) -> bool:
    """Whether a bare verb follows the subject: "did", "will"."""
    return any(word.casefold() in _WANT_VERB for word in question.split())


def _nouns(question: str, named: list[Mention]) -> Iterator[Mention]:
    """Definite nouns, and what is linked to them: "the decision on PB-417"."""
    place = 0
    while (match := _NOUN.search(question, place)) is not None:
        words = _up_to_head(question[match.start(1) :], _is_before_verb(question[: match.start()]))
        if not words:
            place = match.start(1)
            continue
        end = match.start(1) + len(words)
        place = end
        if any(one.start <= match.start() < one.end for one in named):
            continue
        yield _mention(question, match.start(), _linked(question, end, named), core=None, sort="noun")


def _up_to_head(text: str, wants_verb: bool) -> str:
    """The words of a noun: up to a function word, a known head, or the verb that has to follow."""
    words: list[str] = []
    for token in text.split()[:4]:
        word = token.strip(",?.")
        if not re.fullmatch(r"[a-z][a-z-]*", word) or word in FUNCTION_WORDS or (words and word.endswith("ed")):
            break
        if words and words[-1] in HEADS and word not in HEADS:
            break
        words.append(word)
        if token != word:
            break
    if wants_verb and len(words) > 1:
        following = text[len(" ".join(words)) :].split()
        ends = not following or (words[-1] not in HEADS and following[0] not in AUXILIARIES)
        words = words[:-1] if ends else words
    return " ".join(words)


def _linked(question: str, end: int, named: list[Mention]) -> int:
    """The end of what hangs on a noun by "of", "for", "on" ..., as far as names and definite nouns follow."""
    link = _LINKS.match(question, end)
    if link is None:
        return end
    for one in named:
        if one.start == link.end():
            return one.end
    noun = re.match(r"(?:the )?(?:[a-z][a-z-]+)", question[link.end() :])
    if noun is None or noun.group().split()[-1] in FUNCTION_WORDS:
        return end
    return _linked(question, link.end() + noun.end(), named)


def _mention(question: str, start: int, end: int, *, core: tuple[int, int] | None, sort: Sort) -> Mention:
    inner = question[core[0] : core[1]] if core else question[start:end]
    text = question[start:end]
    if text[:1].isupper() and text.split()[0].casefold() in {"the", "this", "that"}:
        text = text[0].lower() + text[1:]
    return Mention(text, inner, start, end, sort, _preposition(question, start))


def _preposition(question: str, start: int) -> str:
    before = question[:start].split()
    return before[-1].casefold() if before and before[-1].casefold() in PREPOSITIONS else ""


def is_time(mention: Mention) -> bool:
    return (mention.sort == "noun" and mention.head in TIME_NOUNS) or _YEAR.match(mention.text) is not None


def personal(mention: Mention) -> int:
    """How much a mention looks like a person: 2 a title, 1 nothing against it, 0 not. No list of first names."""
    words = [word.casefold() for word in mention.core.split()]
    if mention.sort != "name" or mention.text != mention.core or re.search(r"\d|&", mention.core):
        return 0
    if words[0] in TITLES:
        return 2
    if (
        set(words) & NO_PERSON
        or re.search(r"\b[A-Z]{2,}|[a-z][A-Z]", mention.core)
        or mention.preposition in {"in", "at", "near"}
    ):
        return 0
    return 1


def is_company(mention: Mention) -> bool:
    words = {word.casefold() for word in mention.core.split()}
    return mention.sort == "name" and bool(words & (COMPANIES | {"&"}))
