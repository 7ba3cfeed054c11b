"""What a question asks about, and whether a figure, a date or a sentence speaks of it. Rules over words; pure.

Sentences near an answer hold other figures and other events: a price is no length, and the day of a signature is not
the day on which something opened.
"""

from __future__ import annotations

import re

from assistant.comparing import names, negation
from assistant.comparing.statement import Statement
from assistant.quantities import Quantity
from assistant.quantities.units import CURRENCIES, lookup
from assistant.reading import Stance

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)?")
_NOTHING = frozenset(
    word
    for line in (
        "a an the of to in on at for by with from and or but is are was were be been being do does did has have had",
        "will would can could may might must shall should that this these those it its he she they his her their him",
        "who whom whose what which when where why how many much long old what's who's did was there any any's really",
        "off up down out away back year day date month time ever already still now yet actually true say says said own",
        "self himself herself itself more most than about into during after before between over first last new one two",
        "three people person happen happened occur occurred",
    )
    for word in line.split()
)
_MONEY_ASKED = re.compile(
    r"\bhow much (?:money|did \w+ (?:pay|cost|earn|make)|(?:\w+ ){0,6}(?:cost|pay|paying|paid|earn|worth|sell|sold))\b",
    re.IGNORECASE,
)
_EXTENT_ASKED = re.compile(r"\bhow (?:long|wide|tall|deep|far|high|old|fast|heavy)\b", re.IGNORECASE)
_HOW_MANY = re.compile(r"\bhow many ([^\W\d_]+)", re.IGNORECASE)
_OF_ANOTHER = re.compile(r"\bwhose\b[^,;.]*$", re.IGNORECASE)
_UP_ASKED = re.compile(
    r"\bhow (?:much|many times|far) (?:\w+ )?(?:more|better|faster|higher|larger|bigger)\b"
    r"|\b(?:increase|rise|grow|improve|boost|gain)\b",
    re.IGNORECASE,
)
_DOWN_ASKED = re.compile(
    r"\bhow much (?:less|lower|cheaper|smaller|slower)\b|\b(?:lower|reduce|cut|fall|save)\b", re.IGNORECASE
)
_OF_SAYING = re.compile(
    r"\b(?P<verb>said|says|told(?: \w+){0,3}|announced|reported|wrote|tweeted|added)(?: late| early)?(?: on)?\s$",
    re.IGNORECASE,
)
_SYNONYMS = (
    "decide decision",
    "sink sank sunk",
    "break broke broken",
    "fall fell fallen",
    "fly flew flown",
    "give gave given",
    "go went gone",
    "lose lost",
    "make made",
    "meet met",
    "pay paid",
    "rise rose risen",
    "sell sold sale",
    "send sent",
    "shoot shot",
    "speak spoke spoken",
    "steal stole stolen",
    "take took taken",
    "tell told",
    "write wrote written",
    "born birth",
    "become became",
    "bring brought",
    "build built",
    "catch caught",
    "choose chose chosen",
    "come came",
    "find found",
    "drive drove driven",
    "get got",
    "grow grew grown",
    "know knew known",
    "spend spent",
    "stand stood",
    "hold held",
    "keep kept",
    "see saw seen",
    "wear wore worn",
    "marry wed",
    "carry bear",
    "name call",
    "apply application",
    "launch introduce unveil debut release present",
    "found establish",
    "dead death died dies die kill killed",
    "hit struck strike collide crash ram",
    "buy bought acquire purchase takeover",
    "start begin began begun",
    "end finish complete",
    "arrest detain custody",
    "leave left depart quit resign fled",
    "apology apologise apologize sorry regret",
    "behead execute kill murder",
    "injure wound hurt",
    "fake hoax false untrue bogus",
    "design architect",
    "captive capture seize abduct kidnap",
    "wife wives",
    "run ran lead led",
    "woman women",
    "child children",
    "win won beat elect victory",
)
_OPEN = re.compile(
    r"\b(?:possib\w+|whether|if|claim\w*|report(?:s|ed|edly)|alleged\w*|rumou?r\w*|suspected|apparent\w*|may|might|could)\b|\?",
    re.IGNORECASE,
)
"""Words that leave it open whether something is so."""
_SUPPOSED = re.compile(r"\W*(?:if|should|unless|once)\b", re.IGNORECASE)
"""What begins a sentence that only supposes."""
_NOUNS = re.compile(r"\b[^\W\d_]+(?:al|tion|sion|ment)s?\b", re.IGNORECASE)
"""What only names a deed: who applies for an approval has none."""
_STEM = 5


def _stem(word: str) -> str:
    """The first letters, as far as endings change nothing: the same of "opened" and "opens"."""
    plain = re.sub(r"(?:['’]s|ing|ied|ies|ed|es|s|e|y)$", "", word.casefold())
    return (plain if len(plain) > 2 else word.casefold())[:_STEM]


_ALIKE = tuple(frozenset(_stem(word) for word in line.split()) for line in _SYNONYMS)


def fits(question: str, quantity: Quantity) -> bool:
    """Whether a figure is in a unit that can answer the question."""
    if quantity.relative and _goes_the_other_way(question, quantity):
        return False
    if _EXTENT_ASKED.search(question):
        counts = quantity.unit == "count" and quantity.noun is not None
        return not counts and quantity.unit not in CURRENCIES and quantity.unit not in {"percent", "ratio"}
    if _MONEY_ASKED.search(question):
        return quantity.unit in CURRENCIES or (quantity.unit == "count" and quantity.noun != "time")
    many = _HOW_MANY.search(question)
    if many is None:
        return True
    unit = lookup(many[1])
    return quantity.unit == unit.name if unit else quantity.unit not in CURRENCIES and quantity.unit != "second"


def _goes_the_other_way(question: str, quantity: Quantity) -> bool:
    wanted = _UP_ASKED if quantity.direction == "down" else _DOWN_ASKED if quantity.direction == "up" else None
    other = _DOWN_ASKED if wanted is _UP_ASKED else _UP_ASKED
    return wanted is not None and bool(wanted.search(question)) and not other.search(question)


def counted(question: str) -> str | None:
    """The noun of "how many", in the singular; None where nothing is counted."""
    many = _HOW_MANY.search(question)
    if many is None:
        return None
    noun = many[1].casefold()
    return "person" if noun == "people" else noun.removesuffix("s")


def of_another(question: str, text: str, start: int) -> bool:
    """Whether what begins at `start` is told of something else: "whose station opened in 2012".

    So is what is said of "Maia 100" where "Maia 200" is asked about.
    """
    if _OF_ANOTHER.search(text[:start]):
        return True
    asked, told = _numbered(question), _numbered(text[:start])
    last = told[-1] if told else None
    return last is not None and last not in asked and any(one.split()[0] == last.split()[0] for one in asked)


def of_saying(question: str, text: str, start: int) -> bool:
    """Whether the day that begins at `start` is that of a report: "nine people died, the police said on Saturday"."""
    verb = _OF_SAYING.search(text[:start])
    return verb is not None and not events(question) & _spoken(verb["verb"])


def _numbered(text: str) -> list[str]:
    """Names with a number, in one letter case: "maia 200"."""
    return [name.words[-1] for name in names.find(text) if " " in name.words[-1]]


def events(question: str) -> frozenset[str]:
    """Stems of the words, names aside, that say what happened or is asked about."""
    return frozenset(_stem(word) for word in _WORD.findall(question)[1:] if word.islower() and word not in _NOTHING)


def speaks_of(question: str, text: str) -> bool:
    """Whether a sentence has a word for something that the question asks about; True where it asks only for names.

    A word that is part of a name says nothing: "Mayor Edda Corvale" tells of no election for mayor.
    """
    asked = events(question)
    for name in reversed(names.find(text)):
        text = text[: name.start] + text[name.end :] if len(name.words) > 1 else text
    return not asked or bool(asked & _spoken(text))


def own_stance(question: str, statement: Statement) -> Stance | None:
    """What a sentence itself says to a yes/no question, where the reader only spoke of the passage around it.

    A sentence with all that is asked about and no negation says yes; where the negation is about one of these words,
    no; one that has none of them says nothing. Values are not looked at: `asked_values` does that.
    """
    asked = events(question)
    if statement.stance is None or not asked or negation.denies(question):
        return statement.stance
    there = asked & _spoken(statement.text)
    if not there or _SUPPOSED.match(statement.text):
        return "open"
    if there != asked:
        return statement.stance
    if not negation.denies(statement.text):
        is_open = _OPEN.search(statement.text) or asked & {_stem(noun) for noun in _NOUNS.findall(statement.text)}
        return statement.stance if is_open else "yes"
    denied = any(asked & _spoken(scope) for scope in negation.scopes(statement.text))
    return "no" if denied else statement.stance


def _spoken(text: str) -> frozenset[str]:
    """Stems of a text, and those that mean about the same."""
    own = frozenset(_stem(word) for word in _WORD.findall(text.casefold()))
    return own | frozenset(one for group in _ALIKE if own & group for one in group)
