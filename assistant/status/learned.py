"""The learned labeller: a small network that reads each sentence with what the rules say of it, and decides.

The rules find the words that decide and what reaches across sentences; the network knows better when to believe them.
It reads only the sentences that are wanted. Its files are package data (`assistant/weights/status`).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import get_args

from assistant.models import Attribution, Certainty
from assistant.pair_network import PairNetwork, Read, TextPair, open_network
from assistant.status.labelling import label
from assistant.status.models import Label
from assistant.status.surroundings import texts
from corpus.corrections import notices
from corpus.models import Article, Sentence

FOLDER = Path(__file__).parents[1] / "weights" / "status"
OUTPUTS = ("attribution", "certainty", "unconfirmed")
_ATTRIBUTIONS: tuple[Attribution, ...] = get_args(Attribution)
_CERTAINTIES: tuple[Certainty, ...] = get_args(Certainty)


class Labeller:
    """An opened labeller. `open_labeller` makes one; any number of threads may use it."""

    def __init__(self, network: PairNetwork) -> None:
        self._network = network

    def __call__(self, article: Article, sentences: Sequence[Sentence], wanted: Sequence[Sentence]) -> list[Label]:
        """Label i is of wanted sentence i; `wanted` are among the article's `sentences`."""
        ruled = label(article.text, sentences, title=article.title, publisher=article.publisher)
        places = {one.start: at for at, one in enumerate(sentences)}
        found = [places[one.start] for one in wanted]
        read = self._network([_pair(article, sentences, ruled, at) for at in found])
        labels = [_label(ruled[at], one) for at, one in zip(found, read, strict=True)]
        unseen = [ruled[at] for at, label in zip(found, labels, strict=True) if _only_it_corrects(label, ruled[at])]
        current = _outside_notices(article, sentences, unseen)
        return [
            _label(ruled[at], one, never="corrected") if ruled[at] in current else label
            for at, one, label in zip(found, read, labels, strict=True)
        ]


def _only_it_corrects(label: Label, ruled: Label) -> bool:
    """Whether the network sees a correction where the rules see none."""
    return label.certainty == "corrected" and ruled.certainty not in {"corrected", "denied"}


def _outside_notices(article: Article, sentences: Sequence[Sentence], labels: Sequence[Label]) -> list[Label]:
    """Those that an article which corrects itself says outside its notices: what it says now, and no correction.

    The network has learned that sentences in whose article something is corrected are about a hoax.
    """
    own = notices(article.text, sentences) if labels else []
    return [one for one in labels if own and not any(n.start <= one.sentence.start < n.end for n in own)]


def _pair(article: Article, sentences: Sequence[Sentence], ruled: Sequence[Label], at: int) -> TextPair:
    *heads, sentence = texts(article.text, sentences, ruled, at, title=article.title)
    return TextPair(tuple(heads), sentence)


def _label(ruled: Label, read: Read, *, never: Certainty | None = None) -> Label:
    """The network's labels with the rules' words; what an article itself puts in doubt stays in doubt."""
    attributions, certainties, unconfirmed = read.outputs
    attribution = _ATTRIBUTIONS[int(attributions.argmax())]
    likely = sorted(zip(certainties.tolist(), _CERTAINTIES, strict=True), reverse=True)
    certainty = next(name for _, name in likely if name != never)
    doubted = any(one.rule == "disclaimer" for one in ruled.evidence) and certainty not in {"denied", "corrected"}
    plain = attribution in {"own_reporting", "none"} and certainty == "stated"
    return replace(
        ruled,
        attribution=attribution,
        certainty=certainty,
        unconfirmed=bool(unconfirmed > 0) or (doubted and ruled.unconfirmed),
        cues=() if plain else ruled.cues,
        because_of=None if plain and not doubted else ruled.because_of,
    )


def open_labeller(folder: Path = FOLDER, *, threads: int = 1, seals: Path | None = None) -> Labeller:
    """Opens the shipped labeller, or one that was trained anew. Raises DamagedNetwork."""
    return Labeller(open_network(folder, outputs=OUTPUTS, threads=threads, seals=seals))
