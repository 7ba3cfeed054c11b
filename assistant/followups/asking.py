"""How a question is built: its asking words, its auxiliary, and the rest. Rules over words; pure."""

from __future__ import annotations

import re
from dataclasses import dataclass

from assistant.followups.vocabulary import AUXILIARIES, BE, DETERMINERS, DO, IRREGULAR, PARTICIPLES, PREPOSITIONS

_LEAD = re.compile(
    r"^(?:(?:and|but|so|ok|okay|thanks|thank you|also|well|now|great|good|right|yes|no|hm+|or)\b\s*[,.!:–-]*\s+)+",
    re.IGNORECASE,
)
_LINK = r"(?:according to|at|by|for|from|in|on|of|to|with|since|until|under|about|after|before|against|into)"
_ASKING = re.compile(
    rf"(?:{_LINK}\s+)?"
    r"(?:who|whom|whose|what|which|when|where|why|how)\b",
    re.IGNORECASE,
)
_ADJUNCT = re.compile(
    rf"(?:when|where|why|how come|how exactly|how)$|^(?!of\b|to\b|about\b){_LINK}\b",
    re.IGNORECASE,
)
_COUNTING = re.compile(r"(?:how (?:many|much)|which|what|whose)\b", re.IGNORECASE)
_PLACE_OF_AUXILIARY = 7
"""Words after which an auxiliary belongs to a clause of its own."""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question in its parts: "For how much | is | Tolvane buying Quellspring"."""

    wh: str
    """Empty for a yes/no question, and for words that ask nothing."""
    auxiliary: str
    """Empty where the asking words are the subject and no auxiliary follows."""
    rest: str
    """From the subject on; from the verb on, where the asking words are the subject."""
    asks_for_subject: bool

    @property
    def is_yes_no(self) -> bool:
        return not self.wh and bool(self.auxiliary)

    @property
    def is_adjunct(self) -> bool:
        """Whether the asking words can go, and what is left is whole: "when", "with how many votes"."""
        return _ADJUNCT.search(self.wh) is not None

    @property
    def noun(self) -> str:
        """What is counted or chosen from: "people" of "how many people"."""
        words = self.wh.split()
        return (
            words[-1] if len(words) > 1 and _COUNTING.search(self.wh) and words[-1].casefold() not in _NO_NOUNS else ""
        )


_NO_NOUNS = frozenset({"many", "much", "which", "what", "whose", "better", "far", "more"})


def plain(question: str) -> str:
    """Words in single spaces without the final mark; in small letters where all were capitals."""
    words = " ".join(question.split()).rstrip(" ?.!…")
    return words.lower() if words.isupper() and " " in words else words


def without_lead(body: str) -> str:
    """ "And how long is it" begins with "how"."""
    return _LEAD.sub("", body)


def asked(body: str) -> Asked:
    """The parts of a question without lead and final mark."""
    begins = _ASKING.match(body)
    if begins is None:
        first, _, rest = body.partition(" ")
        return Asked("", first, rest, False) if first.casefold() in AUXILIARIES and rest else Asked("", "", body, False)
    words = body.split()
    start = len(begins.group().split())
    place = _auxiliary(words, start)
    if place is None:
        end = min(start + _nouns(begins.group(), words[start:]), len(words))
        return Asked(" ".join(words[:end]), "", " ".join(words[end:]), True)
    wh, auxiliary, after = " ".join(words[:place]), words[place], words[place + 1 :]
    return Asked(wh, auxiliary, " ".join(after), _is_subject(wh, auxiliary, after))


def _auxiliary(words: list[str], start: int) -> int | None:
    """Where the question's own auxiliary stands; none after a determiner, a name or "that"."""
    for place in range(start, min(start + _PLACE_OF_AUXILIARY, len(words))):
        word = words[place]
        if word.casefold() in AUXILIARIES:
            return place
        if word.casefold() in DETERMINERS or word[0].isupper() or word.casefold() in _ENDS or _is_past(word):
            return None
    return None


_ENDS = frozenset({"that", "when", "while", "because", "who", "which"})


def _nouns(begins: str, following: list[str]) -> int:
    """How many words belong to "how many", "which" or "what" where no auxiliary follows."""
    if not following:
        return 0
    if begins.casefold().split()[-1] == "how":
        one = 1 if following[0].casefold() not in PREPOSITIONS else 0
        counted = following[0].casefold() in {"many", "much"} and len(following) > 1 and not is_verb(following[1])
        return one + (1 if counted else 0)
    if begins.casefold().split()[-1] in {"which", "what", "whose"} and not is_verb(following[0]):
        return 1
    return 1 if following[0].casefold() in {"else", "exactly"} else 0


def is_verb(word: str) -> bool:
    """Whether a word is plainly a verb: an auxiliary, or a past form."""
    return word.casefold() in AUXILIARIES or _is_past(word)


def _is_past(word: str) -> bool:
    return word.casefold() in PARTICIPLES or re.fullmatch(r"[a-z]{2,}ed", word) is not None


def _is_subject(wh: str, auxiliary: str, rest: list[str]) -> bool:
    """ "Who was elected", "How many were on board", as opposed to "What was the price"."""
    if auxiliary.casefold() in DO or _ADJUNCT.search(wh) or not rest:
        return False
    first = rest[0]
    if first[0].isupper() or first[0].isdigit() or first.casefold() in DETERMINERS or first.casefold() in _SUBJECTS:
        return False
    return not (
        wh.casefold().startswith("how") and auxiliary.casefold() in BE and first.endswith("s") and not is_verb(first)
    )


_SUBJECTS = frozenset(
    {"it", "he", "she", "they", "we", "you", "i", "there", "that", "this", "people", "anybody", "anyone"}
)


def past(verb: str) -> str:
    """ "resigned" of "resign"."""
    if verb in IRREGULAR:
        return IRREGULAR[verb]
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if re.search(r"[^aeiou]y$", verb) else f"{verb}ed"


def third_person(verb: str) -> str:
    """ "connects" of "connect"."""
    if verb == "have":
        return "has"
    if re.search(r"(?:s|x|z|ch|sh|o)$", verb):
        return f"{verb}es"
    return f"{verb[:-1]}ies" if re.search(r"[^aeiou]y$", verb) else f"{verb}s"
