"""The numbers that bound and decide an audit, in one place: which sentences meet, and what counts as a conflict.

An audit never compares all pairs. Chosen on the stories of the part "tune" of tests/gold/stories.jsonl, whose flagged
pairs were read one by one; `docs/measurements.md` has the precision on the others.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from assistant.comparing.values import Values


@dataclass(frozen=True, slots=True)
class RelatingPolicy:
    """When two sentences that nobody asked for contradict each other."""

    firm_no: float = 0.6
    """Probability of no, in both directions, where one denies what the other says."""
    yes: float = 0.5
    """Probability that the other says what is left of the denial without its "not"."""
    margin: float = 2.0
    """By which a figure or date fills the other's blank better than nothing does, in both directions."""
    bias: float = -1.5
    """Log-odds that figures or dates contradict each other: to begin with,"""
    for_margin: float = 0.35
    """for each unit of that margin,"""
    for_alike: float = 1.5
    """where all their surroundings are shared,"""
    for_noun: float = 0.8
    """where the same things are counted,"""
    for_date: float = -0.9
    """and for dates, which rarely belong to the same event."""

    def log_odds(self, margin: float, values: Values) -> float:
        noun = getattr(values.a, "noun", None)
        counted = noun is not None and noun == getattr(values.b, "noun", None)
        return (
            self.bias
            + self.for_margin * margin
            + self.for_alike * values.alike
            + self.for_noun * counted
            + self.for_date * values.are_dates
        )


@dataclass(frozen=True, slots=True)
class AuditPolicy:
    """Each sentence meets the sentences of passages nearest to its own, and few of those go on to the models."""

    neighbours: int = 20
    """Passages of other articles, nearest to a sentence's own by vector,"""
    near: float = 0.3
    """with at least this cosine."""
    per_sentence: int = 5
    """Partners of a sentence that go on to the models: those most alike."""
    fewest_shared: int = 2
    """Words that two sentences share,"""
    alike: float = 0.2
    """and the weight of these by rarity, as part of the sentence that tells less, where figures or dates clash,"""
    denied: float = 0.3
    """and where one denies what the other says."""
    alike_enough: float = 0.5
    """Sentences that share less than this rank lower, in proportion,"""
    days: int = 2
    """and so do articles that appeared so many days apart,"""
    lowered: float = 0.4
    """by this factor: what changed in between contradicts nobody."""
    least: float = 0.35
    """What scores less is not shown."""
    same_topic: float = 0.5
    """Conflicts whose shared words overlap by this part are about the same thing: the firmest is shown."""
    batch: int = 16
    """Pairs compared together, and made durable together."""
    relating: RelatingPolicy = field(default_factory=RelatingPolicy)
