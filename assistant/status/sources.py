"""What kind of source a reporting subject is: from the words of the subject, and from who is known by now.

A table of kinds in `lexicons/sources.tsv` and an order in which they count; names of outlets are `corpus.outlets`'.
Knows one subject at a time; `speakers` remembers who said what in the article.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING

from assistant.status.phrases import lexicon, words_of
from assistant.status.words import Words
from corpus import outlets

if TYPE_CHECKING:
    from assistant.models import Attribution

_LINKS = frozenset(("of", "and", "the", "de", "la", "van", "von", "al", "bin", "del", "der", "&", "for"))
_ORGANISED = words_of(
    """
    inc corp ltd llc co group university college institute museum foundation society hospital bank centers
    centres prevention service
    services authority administration organization organisation network project program programme initiative
    alliance weather emergency control health press observatory rights labour labor office department
    ministry agency association federation union council committee commission center centre school church party
    entertainment pictures studios records airlines motors technologies systems labs media company international
    services resorts brothers bros
    """
)
_TITLE_KINDS = frozenset(
    ("official", "president", "expert", "spokes", "former", "outlet", "social", "party", "academic")
)
_TITLES = words_of("mr mrs ms miss sir dame lord lady dr prof professor rev father sister")
_NOT_NAMES = words_of(
    """
    the a an in on at but and so as it he she they we i this that these those his her their its our my one two
    three meanwhile however later earlier then now also when after before while although though since because if
    for from with by to of another some many several most both each all no other such there here what who how
    why monday tuesday wednesday thursday friday saturday sunday january february march april june july august
    september october november december today yesterday speaking according
    """
)


@dataclass(frozen=True, slots=True)
class Kind:
    """A reading of a subject."""

    attribution: Attribution
    rule: str
    strength: float


@dataclass(frozen=True, slots=True)
class Subject:
    """The words of a subject: its name part and what stands beside it in apposition."""

    text: tuple[str, ...]
    low: tuple[str, ...]
    beside: tuple[str, ...]
    beside_text: tuple[str, ...]
    at_start: bool
    """Whether its first word is the sentence's, whose capital says nothing."""

    @property
    def names(self) -> tuple[str, ...]:
        """Its capitalised words, without possessive endings, titles and words that only open the sentence."""
        return tuple(
            low.removesuffix("'s")
            for text, low in zip(self.text, self.low, strict=True)
            if text[0].isupper() and low not in _NOT_NAMES
        )

    @property
    def own_names(self) -> tuple[str, ...]:
        """Names of the subject itself: not of an owner ("Ann's friends"), nor a capital that only opens a sentence."""
        text, low = self.text, self.low
        skip_first = self.at_start and len(text) > 1 and text[1][0].islower()
        return tuple(
            low[at]
            for at in range(skip_first, len(text))
            if text[at][0].isupper()
            and low[at] not in _NOT_NAMES
            and not low[at].endswith("'s")
            and text[at] not in ("U.S", "US", "UK")
        )


def withholds_names(words: Words) -> bool:
    """`The officials spoke on condition of anonymity`"""
    low = words.low
    return "anonymity" in low or ("authorized" in low and "not" in low and "officials" in low)


def kinds_in(words: Sequence[str]) -> list[str]:
    """The kinds of the source words among `words`, in order."""
    return [found.kind for found in lexicon("sources").find([word.removesuffix("'s") for word in words])]


def by_words(subject: Subject, *, publisher: str | None) -> Kind | None:
    """The kind that the subject's own words give; None where only the article can tell who a name is."""
    outlet = outlet_span(subject)
    inside = kinds_in([low for at, low in enumerate(subject.low) if outlet is None or not outlet[0] <= at < outlet[1]])
    beside = kinds_in(subject.beside)
    named = bool(_person_names(subject))
    return (
        _unnamed(subject, inside, beside)
        or _outlet(subject, inside, outlet, publisher)
        or _role(inside, beside, named=named, low=subject.low)
        or _place(subject)
        or _document(inside, beside)
        or _crowd(subject, inside, named=named)
    )


def by_role(words: Sequence[str]) -> Kind | None:
    """The kind that an introduction gives to a name."""
    kinds = kinds_in(words)
    return _role(kinds, [], named=True, low=words)


def is_person(subject: Subject) -> bool:
    """Whether the name looks like a person's: two capitalised words or more, no organisation's word among them."""
    names = _person_names(subject)
    return len(names) >= 2 or bool(_TITLES.intersection(subject.low))


def _person_names(subject: Subject) -> tuple[str, ...]:
    names = [
        name for name in subject.own_names if lexicon("sources").kind(name) not in _TITLE_KINDS and name not in _TITLES
    ]
    if _ORGANISED.intersection(names) or _names_a_place(subject):
        return ()
    if subject.at_start and len(subject.low) == 1 and lexicon("sources").kind(subject.low[0]) is not None:
        return ()
    return tuple(names)


def _unnamed(subject: Subject, inside: Sequence[str], beside: Sequence[str]) -> Kind | None:
    if "anonymous" in inside:
        return Kind("anonymous", "unnamed", 0.95)
    if "wish" in beside or "wish" in inside:
        return Kind("anonymous", "asked_not_to_be_named", 0.8)
    if "social" in inside and not _is_company(subject) and not {"spokes", "party", "official"}.intersection(inside):
        return Kind("social_post", "social", 0.85)
    if any(low.startswith("@") and len(low) > 2 for low in subject.low):
        return Kind("social_post", "handle", 0.9)
    return None


def _is_company(subject: Subject) -> bool:
    """`Facebook said`: the firm and not somebody who posts there."""
    return len(subject.low) == 1 and subject.text[0][0].isupper()


def _outlet(
    subject: Subject, inside: Sequence[str], span: tuple[int, int] | None, publisher: str | None
) -> Kind | None:
    if {"expert", "spokes", "former", "rep", "attorney", "party"}.intersection(inside):
        return None
    if span is not None:
        name = outlets.known(" ".join(subject.text[span[0] : span[1]]))
        if publisher and name is not None and outlets.known(publisher) == name:
            return Kind("own_reporting", "own_outlet", 0.8) if span[0] <= 1 else None
        return Kind("other_outlet", "outlet_name", 0.9)
    if "official" in inside:
        return None
    if "outlet" in inside or "outlet_person" in inside:
        return Kind("other_outlet", "outlet_word", 0.8)
    return None


def outlet_span(subject: Subject) -> tuple[int, int] | None:
    """The words of the subject that name an outlet."""
    for first, stop in _capital_runs(subject):
        for end in range(stop, first, -1):
            name = " ".join(subject.text[first:end])
            canonical = outlets.known(name)
            if (
                canonical is not None
                and canonical not in outlets.PLATFORMS
                and _counts(subject, name, first, end, stop)
            ):
                return first, end
        form = outlets.by_form(" ".join(subject.text[first:stop]))
        if form is not None and (stop - first > 1 or subject.low[max(0, first - 1)] == "the"):
            return first, stop
    return None


def _counts(subject: Subject, name: str, first: int, end: int, stop: int) -> bool:
    """A name that is a common word as well ("Time") counts whole or behind an article."""
    if not outlets.is_shy(name):
        return True
    articled = first > 0 and subject.low[first - 1] in ("the", "as", "by", "per")
    return (articled or subject.low[first] == "the" or (first, end) == (0, len(subject.low))) and end == stop


def _capital_runs(subject: Subject) -> list[tuple[int, int]]:
    runs: list[tuple[int, int]] = []
    first = -1
    for at, text in enumerate((*subject.text, ".")):
        goes_on = text[0].isupper() or text[0].isdigit() or (first >= 0 and text in ("of", "and", "&", "de", "!"))
        if goes_on and first < 0:
            first = at
        elif not goes_on and first >= 0:
            runs.append((first, at))
            first = -1
    return runs


def _role(inside: Sequence[str], beside: Sequence[str], *, named: bool, low: Sequence[str]) -> Kind | None:
    kinds = {*inside, *beside}
    if "former" in kinds and named and kinds & {"official", "president", "expert", "party", "staff", "chief"}:
        return Kind("named_person", "former", 0.7)
    if "spokes" in kinds:
        is_public = "official" in kinds or "president" in kinds
        return Kind("official", "official_spokes", 0.85) if is_public else Kind("party", "spokes", 0.85)
    if "rep" in kinds:
        return Kind("party", "rep", 0.85)
    if "attorney" in kinds and "official" not in kinds:
        return Kind("party", "lawyer", 0.85)
    for of in (inside, beside):
        found = _first_role(of, named=named, low=low)
        if found is not None:
            return found
    return None


def _first_role(kinds: Sequence[str], *, named: bool, low: Sequence[str]) -> Kind | None:
    present = set(kinds)
    if "staff" in present and not named and "official" not in present:
        return Kind("anonymous", "unnamed_people", 0.7)
    if "official" in present and "expert" in present:
        return Kind("official", "official", 0.75)
    if ("party" in present or "director" in present) and "academic" in present and named:
        return Kind("named_person", "academic", 0.7)
    for kind in kinds:
        if kind == "official" or (kind == "president" and (named or "the" in low)):
            return Kind("official", "official", 0.85)
        if kind == "expert":
            return Kind("named_person", "expert" if named else "unnamed_expert", 0.8 if named else 0.6)
        if kind in ("party", "kin"):
            return Kind("party", kind, 0.75)
        if kind == "witness" and named:
            return Kind("named_person", "witness", 0.7)
        if kind == "staff" and named:
            return Kind("party", "staff", 0.6)
        if kind == "academic":
            return Kind("named_person", "academic", 0.6)
        if kind == "plural_people" and "experts" in present:
            return Kind("anonymous", "unnamed_people", 0.7)
        if kind == "experts":
            return Kind("anonymous", "experts", 0.55)
        if kind == "study":
            return Kind("other_outlet", "study", 0.5)
        if kind == "official_weak":
            return Kind("official", "official", 0.6)
    if "director" in present:
        return Kind("party", "director", 0.65)
    return Kind("party", "head", 0.6) if "chief" in present and named else None


def _place(subject: Subject) -> Kind | None:
    words = [low for low in subject.low if low not in ("the", "but", "and")]
    found = next(iter(lexicon("places").find(words)), None)
    if found is not None and found.end - found.start == len(words):
        return Kind("official", "state", 0.7)
    return None


def _document(inside: Sequence[str], beside: Sequence[str]) -> Kind | None:
    if "paper" in inside or "paper" in beside:
        return Kind("party", "document", 0.5)
    return None


def _crowd(subject: Subject, inside: Sequence[str], *, named: bool) -> Kind | None:
    if named:
        return None
    if {"witness", "staff", "plural_people"}.intersection(inside):
        return Kind("anonymous", "unnamed_people", 0.75)
    if "someone" in inside:
        return Kind("party", "someone", 0.6)
    return None


def _names_a_place(subject: Subject) -> bool:
    """`organisers in New York City`: the names stand behind a preposition, and the noun before it has no capital."""
    first = next((at for at, text in enumerate(subject.text) if text[0].isupper() and (at or not subject.at_start)), 0)
    return first > 1 and subject.low[first - 1] in ("in", "at", "from", "of", "with", "near", "outside")
