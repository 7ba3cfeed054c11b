"""Sentences that claim nothing: questions, headings, captions without a verb, and the furniture of web pages.

Phrases stand in `lexicons/vacuous.tsv`; here is what shows in the form of a sentence.
"""

from __future__ import annotations

from assistant.status.phrases import lexicon, words_of
from assistant.status.words import Words

_ENDS = frozenset(".!?…:;\"”’'»)")
_FINITE = words_of(
    """
    is are was were am be been has have had do does did will would can could may might must should shall says
    said told it's he's she's they're we're i'm that's there's isn't wasn't aren't weren't hasn't haven't hadn't
    doesn't don't didn't won't can't couldn't wouldn't shouldn't became become becomes began begin begins came
    come comes gave give gives goes went got get gets made make makes took take takes saw sees see held hold
    holds kept keep keeps knew know knows led lead leads left leave leaves lost lose loses met meet meets paid
    pay pays put puts ran run runs sat sit sits sent send sends set sets spoke speak speaks spent spend spends
    stood stand stands struck strike told tells thought thinks won win wins wrote write writes rose rises fell
    falls grew grows shot hit hits cut cuts broke breaks built builds bought buys sold sells found finds felt
    feels heard hears read reads brought brings caught catches chose chooses drew draws drove drives flew flies
    fought lies lay shows showed wants needs looks works plays lives says means remains seems appears includes
    uses helps starts stops calls asks tries turns moves
    """
)
_PUNCTUATED = 3
_VERBLESS = 5
"""Words of a sentence up to which it needs a verb that is known as one."""
_HEADING = 14
"""Words of a line without an end mark up to which it is taken for a heading."""


def is_vacuous(words: Words, *, number: int, has_speaker: bool, has_verdict: bool) -> bool:
    """Whether a sentence makes no factual claim.

    `number` counts from the article's start, where a headline stands; `has_verdict` says that something is denied or
    corrected, which is a claim in the shortest line ("So false.").
    """
    low = words.low
    if not any(word[0].isalnum() for word in low):
        return True
    if not has_speaker and ("{" in low or "=" in low or (len(low) == 1 and "@" in low[0])):
        return True
    if has_verdict:
        return False
    if _is_furniture(words):
        return True
    if has_speaker:
        return _only_announces(words)
    return _is_question(words) or _is_fragment(words, number) or _is_exclamation(words)


def _only_announces(words: Words) -> bool:
    """`The paper writes:`"""
    return words.low[-1] == ":" and len(words.low) <= 8


def _is_furniture(words: Words) -> bool:
    low = words.low
    found = list(lexicon("vacuous").find(low))
    if not found:
        return False
    first = next((place for place, word in enumerate(low) if word[0].isalnum()), 0)
    size = sum(word[0].isalnum() for word in low)
    return any(_counts(words, hit.kind, hit.start - first, hit.end, size) for hit in found)


def _counts(words: Words, kind: str, place: int, end: int, size: int) -> bool:
    low = words.low
    if kind == "anywhere" or (kind == "heres" and place == 0):
        return True
    if kind == "code_mark":
        return place <= 0 and end < len(low) and low[end] in ("!", "/")
    if kind == "start_ing":
        return place == 0 and end < len(low) and low[end].endswith("ing")
    if kind == "start_the":
        return place == 0 and end < len(low) and low[end] in ("the", "your", "a")
    if kind == "code":
        return "{" in low or "(" in low
    if kind == "tiny":
        return size <= 4
    if kind == "start":
        return place == 0 and not any(words.quoted)
    if kind == "start_us":
        return place == 0 and end < len(low) and low[end] == "us"
    if kind in ("start_so", "label_only"):
        return place == 0 and size <= 3
    if kind in ("start_take", "start_talk", "start_you"):
        return place == 0 and end < len(low) and low[end] in ("a", "about", "you", "the")
    return kind == "label" and place == 0 and end < len(low) and low[end] in (":", "via", "by")


def _is_question(words: Words) -> bool:
    last = [word for word in words.low[-3:] if word not in "\"”’'»)"]
    return bool(last) and last[-1] == "?"


def _is_exclamation(words: Words) -> bool:
    return words.low[-1] == "!" and len(words.low) <= 8


def _is_fragment(words: Words, number: int) -> bool:
    """A line without an end mark that is a heading or a caption, or a sentence without a verb."""
    low = words.low
    size = sum(word[0].isalnum() for word in low)
    if _is_teaser(words):
        return True
    if words.begins_inside or words.ends_inside or (words.quoted_words and size > 2):
        return False
    ended = low[-1][-1] in _ENDS
    if not ended and number > 0 and words.new_paragraph and (size <= _HEADING or _is_title(words)):
        return True
    if size <= _PUNCTUATED:
        return not any(_is_finite(word) for word in low)
    return (size < _VERBLESS or not ended) and not any(_is_finite(word) for word in low)


def _is_teaser(words: Words) -> bool:
    """`Cuba in the dark:Storm cuts power`: a link to another article, whose label is stuck to it."""
    low, starts = words.low, words.starts
    if low[-1][-1] in '.!?”"':
        return False
    return any(
        low[at] == ":" and starts[at + 1] == starts[at] + 1 and words.text[at + 1][0].isalpha()
        for at in range(1, len(low) - 3)
    )


def _is_finite(word: str) -> bool:
    return word in _FINITE or (word.endswith("ed") and len(word) > 3) or word.endswith("n't")


def _is_title(words: Words) -> bool:
    """Whether a line looks like a heading: most of its longer words begin with a capital, or it opens with a label."""
    longer = [text for text in words.text if len(text) > 3 and text[0].isalpha()]
    return bool(longer) and sum(text[0].isupper() for text in longer) >= 0.6 * len(longer)
