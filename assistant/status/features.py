"""Labels as numbers, for a learned model on top of the rules: what they found, by which rule, how sure.

One row of floats a sentence, always of the same length and order, so that weights learned on it fit. No thresholds and
no learning here.
"""

from __future__ import annotations

from collections.abc import Sequence

from assistant.status.models import Label

ATTRIBUTIONS = (
    "own_reporting", "official", "party", "named_person", "anonymous", "other_outlet", "social_post", "none",
)  # fmt: skip
CERTAINTIES = ("stated", "hedged", "forecast", "rumour", "denied", "corrected")
RULES = (
    "about_itself", "academic", "announced", "asked_not_to_be_named", "by_way_of_post", "crowd", "director", "document",
    "expert", "experts", "former", "handle", "head", "hearsay", "kin", "lawyer", "nobody_named", "of_an_organisation",
    "official", "official_spokes", "outlet_name", "outlet_word", "own_outlet", "party", "person", "plain_noun", "post",
    "pronoun", "quotation", "rep", "reports", "run_of_quotation", "signature", "social", "someone", "spokes", "staff",
    "state", "study", "unnamed", "unnamed_expert", "unnamed_official", "unnamed_people", "unnamed_subject", "vacuous",
    "witness",
)  # fmt: skip
"""Every rule that can decide an attribution; `Evidence.rule` of a label's first evidence is one of them."""


def names() -> tuple[str, ...]:
    """What each place of a row of `features` means."""
    return (*ATTRIBUTIONS, *CERTAINTIES, *RULES, *_NUMBERS)


_NUMBERS = ("unconfirmed", "strength_of_attribution", "strength_of_certainty", "cues", "by_another_sentence", "place")


def features(labels: Sequence[Label]) -> list[tuple[float, ...]]:
    """A row for each label of an article, in order: flags for its classes and its rule, then `_NUMBERS`."""
    return [_row(label, number / max(1, len(labels) - 1)) for number, label in enumerate(labels)]


def _row(label: Label, place: float) -> tuple[float, ...]:
    attribution, certainty = label.evidence[0], label.evidence[-1]
    return (
        *(float(label.attribution == name) for name in ATTRIBUTIONS),
        *(float(label.certainty == name) for name in CERTAINTIES),
        *(float(attribution.rule == name) for name in RULES),
        float(label.unconfirmed),
        attribution.strength,
        certainty.strength,
        float(len(label.cues)),
        float(label.because_of is not None),
        place,
    )
