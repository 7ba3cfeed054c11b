"""New words in the place of their like in the last question: a name for a name, a phrase for a phrase. Pure."""

from __future__ import annotations

import re

from assistant.followups.context import Before, thing
from assistant.followups.mentions import Mention, is_company, mentions, personal
from assistant.followups.models import Step
from assistant.followups.vocabulary import ROLES

_POSSESSIVE = re.compile(r"[’']s?$")


def with_name(fragment: str, last: Before) -> Step | None:
    """ "What about Trainium?": the last question with Trainium for the name most like it."""
    new = _named(fragment)
    some = [one for one in last.mentions if one.sort != "noun"]
    if not some:
        return with_noun(fragment, last)
    if any(new.core.casefold() == one.core.casefold() for one in some):
        return None
    ranked = sorted(some, key=lambda one: -_likeness(fragment, new, one, last))
    best = ranked[0]
    alone = len(some) == 1 or _likeness(fragment, new, best, last) > _likeness(fragment, new, ranked[1], last)
    note = f"“{new.text}” takes the place of “{best.core}”."
    body = _put(last.body, best, _POSSESSIVE.sub("", fragment))
    if best.sort == "several" and new.sort == "name":
        body = _SINGULAR.sub(lambda found: _ONE[found.group().casefold()], body, count=1)
    others = "" if alone else f" It could be meant in the place of “{ranked[1].core}” as well."
    return Step(body, (note + others,), alone)


_SINGULAR = re.compile(r"^(?:are|were|do|have)\b", re.IGNORECASE)
_ONE = {"are": "is", "were": "was", "do": "does", "have": "has"}


def _named(fragment: str) -> Mention:
    """The name in a fragment, seen as if it stood inside a sentence."""
    return next(one for one in mentions(f"x {fragment}") if one.sort != "noun")


def _put(body: str, old: Mention, new: str) -> str:
    """The new name for the whole of the old mention where it brings a "the" or a noun of its own, else for its name."""
    whole = new.casefold().startswith("the ") or old.text == old.core
    if whole:
        return f"{body[: old.start]}{new}{body[old.end :]}"
    start = body.index(old.core, old.start)
    return f"{body[:start]}{new}{body[start + len(old.core) :]}"


def _likeness(fragment: str, new: Mention, old: Mention, last: Before) -> float:
    """How much a name of the last question is of the kind of a new one."""
    after = last.body[old.end : old.end + 2]
    signs = (
        3.0 * bool(new.words() & old.words() - {"the"}),
        2.0 * (_POSSESSIVE.search(fragment) is not None and after in {"'s", "’s"}),
        1.0 * (any(map(str.isdigit, new.core)) == any(map(str.isdigit, old.core))),
        1.0 * ((personal(new) > 0) == (personal(old) > 0)),
        1.0 * (is_company(new) and is_company(old)),
        1.0 * (new.is_definite == old.is_definite),
        1.0 * (old.sort == new.sort),
    )
    return sum(signs)


def with_phrase(fragment: str, last: Before) -> Step | None:
    """ "And of the Petrel?": for the last phrase with the same preposition and a like thing in it; else added."""
    preposition = fragment.split()[0].casefold()
    new = mentions(f"x {fragment}")
    named = any(one.sort != "noun" for one in new)
    for old in reversed(last.mentions):
        if old.preposition == preposition and (preposition not in {"in", "on", "at"} or named == (old.sort != "noun")):
            start = last.body.rindex(preposition, 0, old.start)
            body = f"{last.body[:start]}{fragment}{last.body[old.end :]}"
            return Step(body, (f"“{fragment}” takes the place of “{last.body[start : old.end]}”.",))
    if new and new[0].is_definite and named and any(one.is_definite and one.sort == "name" for one in last.mentions):
        return with_name(new[0].text, last)
    return Step(f"{last.body} {fragment}", (f"“{fragment}” is added to the question before.",))


_BEGINS = r"^(?P<begins>(?:what|who) (?:is|was|are|were|will be) )"
_OF = re.compile(
    rf"{_BEGINS}the (?P<noun>[a-z][\w -]*?) (?P<link>of|for|on) (?P<rest>.+)$",
    re.IGNORECASE,
)
_S = re.compile(
    rf"{_BEGINS}(?P<owner>.+?(?:[’']s|s[’'])) (?P<noun>[a-z]+)(?P<rest>\b.*)$",
    re.IGNORECASE,
)


def with_attribute(noun: str, last: Before) -> Step | None:
    """ "And the price?": for the attribute that the last question asks for, else of what it is about."""
    asks = "who" if noun.split()[-1].casefold() in ROLES else "what"
    for pattern in (_OF, _S):
        found = pattern.match(last.body)
        if found:
            begins = _agreeing(re.sub(r"^(?:what|who)", asks, found["begins"], flags=re.IGNORECASE), noun)
            linked = (
                f"the {noun} {found['link']} {found['rest']}"
                if pattern is _OF
                else f"{found['owner']} {noun}{found['rest']}"
            )
            return Step(f"{begins}{linked}", (f"“{noun}” takes the place of “{found['noun']}”.",))
    about = thing([last])
    if about is None:
        return None
    verb = "are" if re.search(r"[^s]s$", noun) else "is"
    how = f"“the {noun}” is taken to be that of “{about.text}”."
    return Step(f"{asks} {verb} the {noun} of {about.text}", (how,), about.sure)


def _agreeing(begins: str, noun: str) -> str:
    plural = re.search(r"[^s]s$", noun) is not None
    table = {"is": "are", "was": "were"} if plural else {"are": "is", "were": "was"}
    return " ".join(table.get(word, word) for word in begins.split()) + " "


def with_noun(fragment: str, last: Before) -> Step | None:
    """ "And the approach roads?": in the place of what the last question is about; for a name that may be wrong."""
    about = thing([last])
    if about is None:
        return None
    start = last.body.find(about.text)
    start = start if start >= 0 else last.body.casefold().find(about.text.casefold())
    new = re.sub(r"\bone$", re.sub(r"^the ", "", about.text, flags=re.IGNORECASE), fragment)
    body = f"{last.body[:start]}{new}{last.body[start + len(about.text) :]}"
    like = new != fragment or about.text.islower()
    return Step(_plural_verb(body, new), (f"“{fragment}” takes the place of “{about.text}”.",), about.sure and like)


def _plural_verb(body: str, noun: str) -> str:
    if not re.search(r"[^s]s$", noun):
        return body
    return re.sub(rf"\b(is|was|does|has) (?={re.escape(noun)})", lambda found: _PLURAL[found.group(1)] + " ", body)


_PLURAL = {"is": "are", "was": "were", "does": "do", "has": "have"}
