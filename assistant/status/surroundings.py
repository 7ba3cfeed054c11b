"""What the learned labeller reads of a sentence: the rules' opinion, what the article is about, what stands before.

One function for training and for use, so that both see the same.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.status.models import Label
from corpus.models import Sentence

_BEGINNING = 40
"""Words of the article's beginning."""
_BEFORE = 45
"""Words before the sentence, of the two sentences before."""


def texts(
    text: str, sentences: Sequence[Sentence], ruled: Sequence[Label], at: int, *, title: str | None
) -> tuple[str, str, str, str]:
    """The rules' opinion, the article's beginning, what stands before, and the sentence itself."""
    label = ruled[at]
    doubt = "unconfirmed" if label.unconfirmed else "plain"
    rules = f"{label.attribution.replace('_', ' ')}, {label.certainty}, {doubt}"
    words = text[: 16 * _BEGINNING].split()[:_BEGINNING]
    beginning = " ".join([*([f"{title}."] if title else []), *words])
    before = " ".join(text[sentences[max(0, at - 2)].start : sentences[at].start].split()[-_BEFORE:])
    place = sentences[at]
    return rules, beginning, before, " ".join(text[place.start : place.end].split())
