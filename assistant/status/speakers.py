"""Who speaks in an article: a subject's kind, remembered under its names for the sentences that follow.

`sources` reads one subject by its own words; here the article answers: a surname has the role that its bearer was
introduced with, "he" and "the source" are the last who spoke, and one whom the article is about speaks for themself.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.status import sources
from assistant.status.mentions import Mentions
from assistant.status.reporting import Clause
from assistant.status.sources import Kind, Subject
from assistant.status.words import Words

_PERSONAL = frozenset(("he", "she"))
_PRONOUNS = frozenset(("he", "she", "it", "they", "both"))
_PERSONS = frozenset(("someone", "expert", "rep", "spokes"))
_BODIES = frozenset(("outlet_name", "outlet_word", "study", "document"))
_OPENING, _OFTEN = 4, 3
"""Whoever is named in the first sentences, or this often before speaking, is whom the article is about."""
_ANY = frozenset(("a", "an", "another", "one", "two", "three", "several", "some", "many", "both"))
_BARE = 3
_PARTISAN = frozenset(("lawsuit", "complaint", "suit", "blog"))
_MEMORY = 12
"""Sentences after which a pronoun no longer means the last speaker."""


@dataclass(frozen=True, slots=True)
class Speaker:
    """Somebody who vouches, and the sentence that named them."""

    kind: Kind
    named_in: int
    """Number of the sentence."""
    is_person: bool


@dataclass(slots=True)
class Speakers:
    """Grows as the sentences of one article are read in order."""

    mentions: Mentions
    title: str
    publisher: str | None
    unnamed_officials: bool = False
    """Whether the article says of officials that they would not be named."""
    known: dict[str, Speaker] = field(default_factory=dict)
    last: Speaker | None = None
    last_person: Speaker | None = None
    last_group: Speaker | None = None
    spoke_in: int = -99
    posts_in: int = -99
    """The last sentence that speaks of posts on social media."""

    def of(self, words: Words, clause: Clause, number: int) -> Speaker | None:
        """Who the clause's subject is; None where it is nobody who could vouch ("I", "it" with nothing before)."""
        subject = _subject(words, clause)
        if not subject.low:
            return None
        if len(subject.low) == 1 and subject.low[0] in _PRONOUNS:
            return self._remembered(subject.low[0], number)
        if subject.low[0] in (
            "i",
            "we",
            "you",
            "what",
            "nobody",
            "there",
            "nothing",
            "neither",
            "none",
            "no",
        ):
            return None
        speaker = self._reporter(subject, words.low[clause.verb], number) or self._new(subject, number)
        if speaker is not None and clause.form != "inner":
            self._remember(subject, speaker, number)
        return speaker

    def _remembered(self, pronoun: str, number: int) -> Speaker | None:
        if pronoun in _PERSONAL:
            recent = self.last_person if number - self.spoke_in <= _MEMORY else None
            return recent or self._whoever_was_named(number)
        return (self.last_group or self.last) if number - self.spoke_in <= _MEMORY else None

    def _whoever_was_named(self, number: int) -> Speaker | None:
        """The person named last before a sentence that says "he": mostly the one whom the article is about."""
        return Speaker(Kind("party", "pronoun", 0.5), max(0, number - 1), True) if number else None

    def _new(self, subject: Subject, number: int) -> Speaker | None:
        person = sources.is_person(subject)
        kind = sources.by_words(subject, publisher=self.publisher)
        if kind is not None and kind.rule in ("spokes", "document") and not subject.names:
            return self._for_the_last(subject, kind, number)
        if kind is not None and kind.rule == "official" and self._is_unnamed_official(subject):
            kind = Kind("anonymous", "unnamed_official", 0.7)
        if kind is not None and kind.rule in ("director", "head") and person and not self._is_of_the_story(subject):
            kind = Kind("named_person", "of_an_organisation", 0.6)
        if kind is not None and kind.attribution == "own_reporting":
            return Speaker(kind, number, False)
        if kind is not None and kind.strength > 0.5 and (kind.rule != "document" or not subject.names):
            return Speaker(kind, number, kind.rule in _PERSONS or (person and kind.rule not in _BODIES))
        if kind is None and subject.low[0] in _ANY and subject.text[-1][0].islower():
            return self._guess(subject, kind, number)
        return self._by_name(subject, number, person=person) or self._guess(subject, kind, number)

    def _reporter(self, subject: Subject, verb: str, number: int) -> Speaker | None:
        """Who "reports" and is neither an office nor a person is an outlet, known or not."""
        if verb not in ("reports", "reported", "reporting") or not subject.names or sources.is_person(subject):
            return None
        if sources.by_words(subject, publisher=self.publisher) is not None:
            return None
        return Speaker(Kind("other_outlet", "reports", 0.6), number, False)

    def _is_unnamed_official(self, subject: Subject) -> bool:
        """A "senior official" without a name, or any official where the article says that they would not be named."""
        if sources.is_person(subject) or not {"official", "officials"}.intersection(subject.low):
            return False
        if {"senior", "current", "former"}.intersection(subject.low) or self.unnamed_officials:
            return True
        last = self.last_person or self.last
        return subject.low == ("the", "official") and last is not None and last.kind.attribution == "anonymous"

    def _is_of_the_story(self, subject: Subject) -> bool:
        """Whether the organisation beside a name comes up elsewhere, so that its people speak for it."""
        names = [
            word.lower().removesuffix("'s").removesuffix("’s") for word in subject.beside_text if word[0].isupper()
        ]
        return not names or any(
            name in self.title or len(self.mentions.places.get(name, ())) >= _OFTEN for name in names
        )

    def _for_the_last(self, subject: Subject, kind: Kind, number: int) -> Speaker:
        """A spokesman or a statement without a name speaks for whoever spoke last, where that is an office."""
        last = self.last_group or self.last
        if (
            len(subject.low) <= _BARE
            and _PARTISAN.isdisjoint(subject.low)
            and last is not None
            and last.kind.attribution == "official"
            and number - self.spoke_in <= _MEMORY
        ):
            return last
        return Speaker(kind, number, kind.rule == "spokes")

    def _by_name(self, subject: Subject, number: int, *, person: bool) -> Speaker | None:
        for name in reversed(subject.names):
            known = self.known.get(name)
            if known is not None:
                return known
        for name in reversed(subject.names):
            place = self.mentions.first(name)
            if place is None or place[0] > number:
                continue
            kind = sources.by_role(self.mentions.role_words(place))
            if kind is not None and kind.strength >= 0.6:
                return Speaker(kind, place[0], True)
        return self._bare_name(subject, number, person=person)

    def _bare_name(self, subject: Subject, number: int, *, person: bool) -> Speaker | None:
        """A name without a role: a firm or somebody whom the article is about speaks for itself."""
        if not subject.names:
            return None
        name = subject.names[-1]
        if subject.at_start and len(subject.low) == 1 and name.endswith("s") and self._is_plural(name):
            return Speaker(Kind("anonymous", "unnamed_people", 0.5), number, False)
        place = self.mentions.first(name) or (number, 0)
        about = name in self.title or place[0] < _OPENING or self.mentions.count(name, before=number) >= _OFTEN
        if person and not about:
            return Speaker(Kind("named_person", "person", 0.5), number, True)
        return Speaker(Kind("party", "about_itself", 0.6), number, person)

    def _is_plural(self, name: str) -> bool:
        """Whether a word with a capital for its place is no name: nowhere else in the article does it have one."""
        return name not in self.title and len(self.mentions.places.get(name, ())) == 1

    def _guess(self, subject: Subject, kind: Kind | None, number: int) -> Speaker | None:
        """A noun that nothing is known of: "the maker" is a party, "a protester" is somebody without a name."""
        if kind is not None:
            return Speaker(kind, number, False)
        if not any(word[0].isalpha() for word in subject.low):
            return None
        if subject.low[0] in _ANY or (subject.low[-1].endswith("s") and not subject.low[-1].endswith(("ss", "'s"))):
            return Speaker(Kind("anonymous", "plain_noun", 0.4), number, False)
        return Speaker(Kind("party", "plain_noun", 0.3), number, False)

    def _remember(self, subject: Subject, speaker: Speaker, number: int) -> None:
        self.last, self.spoke_in = speaker, number
        if speaker.is_person or speaker.kind.attribution in ("named_person", "official", "party", "anonymous"):
            self.last_person = speaker
        if not speaker.is_person:
            self.last_group = speaker
        if sources.is_person(subject):
            for name in subject.names:
                self.known.setdefault(name, speaker)
        elif len(subject.names) == 1 and subject.low[-1] == subject.names[0]:
            self.known.setdefault(subject.names[0], speaker)


def _subject(words: Words, clause: Clause) -> Subject:
    first, last = clause.subject
    beside = words.low[clause.apposition[0] : clause.apposition[1]]
    while first < last and not words.low[first][0].isalnum():
        first += 1
    beside_text = words.text[clause.apposition[0] : clause.apposition[1]]
    return Subject(words.text[first:last], words.low[first:last], beside, beside_text, first == 0)
