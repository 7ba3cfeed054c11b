"""Which reporting clause of a sentence vouches for it: the outermost one whose verb and subject go together."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.status import posts
from assistant.status.phrases import words_of
from assistant.status.reporting import Clause
from assistant.status.sources import Kind
from assistant.status.speakers import Speaker, Speakers
from assistant.status.words import Words

_RANK = {"final": 0, "according": 1, "inverted": 2, "aside": 3, "leading": 4}
"""Outermost first. Clauses below another, and `citing X`, vouch for nothing by themselves."""
_FINDERS = frozenset(
    ("study", "official", "state", "official_spokes", "academic", "outlet_name", "outlet_word", "document")
)
_NEAR = 40
_SOON = 12
_SAID_NEXT = frozenset(["that", "the", "he", "she", "it", "they", "there", "no", ",", ":", "“", '"', "‘", "'"])
_SPEAKS_FOR_ITSELF = frozenset(("spokes", "rep", "lawyer", "party"))
_PLAIN = frozenset(("say", "tell", "deny", "rej", "ing", "noun"))
"""Classes of verbs that go with a noun without a name: of others ("the sign shows") a thing may be the subject."""


@dataclass(frozen=True, slots=True)
class Voucher:
    """The clause that vouches, and who speaks in it."""

    clause: Clause
    speaker: Speaker


def outermost(words: Words, clauses: Sequence[Clause], speakers: Speakers, number: int) -> Voucher | None:
    """The clause that vouches for the sentence; None where the article speaks for itself."""
    if posts.speaks_of_posts(words):
        speakers.posts_in = number
    ranked = sorted((clause for clause in clauses if clause.form in _RANK), key=lambda clause: _RANK[clause.form])
    for clause in ranked:
        if not _could_report(words, clause) or _only_heard(words, clause):
            continue
        speaker = speakers.of(words, clause, number)
        if speaker is not None and _fits(words, clause, speaker):
            return Voucher(clause, _by_medium(words, clause, speaker, speakers, number))
    return None


def _by_medium(words: Words, clause: Clause, speaker: Speaker, speakers: Speakers, number: int) -> Speaker:
    """Who posts vouches as a post does; an office or an interested party that posts speaks all the same."""
    if not _is_anybody(speaker):
        return speaker
    talked_of = number - speakers.posts_in <= _STILL_POSTING
    written = words.low[clause.verb] in _WRITES or words.low[clause.subject[0]] in ("another", "others")
    if not posts.by_way_of(words, clause) and not (talked_of and written and speaker.kind.rule in _CROWD):
        return speaker
    posted = Speaker(Kind("social_post", "by_way_of_post", 0.7), speaker.named_in, True)
    speakers.last = speakers.last_person = posted
    return posted


def _is_anybody(speaker: Speaker) -> bool:
    return speaker.kind.attribution in ("named_person", "anonymous") or speaker.kind.rule in ("pronoun", "someone")


_CROWD = frozenset(("unnamed_people", "pronoun", "someone", "person", "plain_noun"))
_WRITES = words_of("wrote writes posted commented captioned tweeted replied joked quipped stated")
_STILL_POSTING = 3
"""Sentences after one that speaks of posts up to which "another wrote" means a post."""


def _only_heard(words: Words, clause: Clause) -> bool:
    """`The minister reportedly said`: that she said it is hearsay itself."""
    return clause.form != "according" and words.low[clause.verb - 1] in ("reportedly", "allegedly", "supposedly")


def _could_report(words: Words, clause: Clause) -> bool:
    """Whether the verb is followed by what such a verb needs."""
    kind, quotes = clause.verb_kind, words.quoted_words > 0
    following = words.low[clause.verb + 1] if clause.verb + 1 < len(words.low) else ""
    if kind in ("cont", "quote_only", "post_quote"):
        return quotes
    if kind == "ask":
        return quotes and "?" not in words.low
    if kind in ("read", "post"):
        near = words.low[clause.verb + 1 : clause.verb + _SOON]
        return following in (":", ",", "“", '"', "‘", "'") or "that" in near or clause.form in ("final", "inverted")
    if kind == "believe":
        return following == "that"
    if kind == "call":
        return any(words.quoted[clause.verb : clause.verb + _NEAR])
    if kind == "soft":
        near = words.low[clause.verb + 1 : clause.verb + _SOON]
        return following in _SAID_NEXT or "that" in near or clause.form in ("final", "aside", "inverted")
    if kind == "point":
        return following in ("out", "to")
    return True


def _fits(words: Words, clause: Clause, speaker: Speaker) -> bool:
    if speaker.kind.rule == "plain_noun" and clause.verb_kind not in _PLAIN and clause.form != "according":
        return False
    if clause.verb_kind == "act":
        return speaker.kind.attribution in ("official", "named_person") or speaker.kind.rule in _SPEAKS_FOR_ITSELF
    if clause.verb_kind != "find":
        return True
    following = words.low[clause.verb + 1] if clause.verb + 1 < len(words.low) else ""
    if speaker.kind.attribution == "anonymous":
        return True
    return following == "that" or speaker.kind.rule in _FINDERS or clause.form in ("final", "aside", "inverted")
