"""How the sentences of an answer were compared, as text for people: a line a pair. Pure.

Sentences that are cited go by their numbers; those that are not, by letters, and are quoted below.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from string import ascii_lowercase

from assistant.models import Answer, Comparison, Quote
from assistant.render import Style, fill, on_one_line, plain

_OUTCOME = {"conflict": "conflict", "agree": "they agree", "compatible": "no conflict"}


def comparisons(value: Answer, *, width: int, style: Style = plain) -> str:
    """A heading, a line for each pair, and the sentences that the answer does not cite; "" where there are none."""
    if not value.comparisons:
        return ""
    names = _names(value)
    lines = [fill(_line(one, names), width, first="  - ", rest="    ") for one in value.comparisons]
    uncited = [_uncited(name, one, width, style) for one, name in names.items() if name.startswith("(")]
    return "\n".join([style("What was compared", "heading"), *lines, *uncited])


def _names(value: Answer) -> dict[Quote, str]:
    """Of each sentence once, in the order in which they are spoken of."""
    numbers = {(one.article_id, one.start): f"[{one.number}]" for one in value.citations}
    sentences = dict.fromkeys(sentence for one in value.comparisons for sentence in one.sentences)
    uncited = [one for one in sentences if (one.article_id, one.start) not in numbers]
    letters = {one: f"({_letter(at)})" for at, one in enumerate(uncited)}
    return {one: letters.get(one) or numbers[one.article_id, one.start] for one in sentences}


def _letter(at: int) -> str:
    """a to z, then a1."""
    return ascii_lowercase[at % 26] + (str(at // 26) if at >= 26 else "")


def _line(comparison: Comparison, names: Mapping[Quote, str]) -> str:
    a, b = sorted((names[sentence] for sentence in comparison.sentences), key=lambda name: (name[0] != "[", name))
    told: Sequence[str] = [comparison.type or "", f"{comparison.conflict:.2f}" if comparison.conflict else ""]
    aside = ", ".join(filter(None, told))
    return f"{a} and {b}: {_OUTCOME[comparison.relation]}{f' ({aside})' if aside else ''}. {comparison.reason}"


def _uncited(name: str, sentence: Quote, width: int, style: Style) -> str:
    place = f"{name} {on_one_line(sentence.article_id)}, characters {sentence.start}–{sentence.end}"
    return f"  {place}\n" + style(fill(f'"{sentence.quote}"', width, first="      "), "quote")
