"""The words of a question that say what it is about, and how much each counts. Pure.

Terms are the index's own (lower case, stems), so that they compare with those of a sentence.
"""

from __future__ import annotations

from collections.abc import Mapping

_FUNCTION_WORDS = frozenset(
    # As the index's analyser leaves them: "any" is "ani", "during" is "dure".
    word
    for line in (
        "a about all am an and ani are as at be been between both by can could d did do doe does done dure",
        "for from had has hasn have he her him his how i if in into is isn it its ll m mani may me might more",
        "most much must my no nor not of on or our out over re s shall she should so some such t than that",
        "the their them then there these they this those to up us ve was wasn we were weren what when where",
        "whi which while who whom whose why will with won would you your",
        # When now is, an article says in its own way.
        "alreadi current ever now still today yet",
    )
    for word in line.split()
)

_LEAST = 1.0
"""In a corpus of a few articles about one thing, its name stands in every passage and would count for nothing."""


def subject_weights(terms: Mapping[str, float]) -> dict[str, float]:
    """The terms without function words, each with its rarity, 1 at least. Empty for a question of nothing else."""
    return {term: max(weight, _LEAST) for term, weight in terms.items() if term not in _FUNCTION_WORDS}
