"""Findings and the status of the whole answer: what is said, by whom, and what follows. Pure.

A finding is a group of claims that say the same; its status comes from `standing`, unless another group contradicts it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.conflicts import Clash, Group
from assistant.standing import Standing, standing
from assistant.vouched import VouchedClaim

_DISPUTES = frozenset({"number", "date", "identity", "polarity", "attribution", "opinion"})
_DOUBTFUL = frozenset({"hedged", "rumour"})


@dataclass(frozen=True, slots=True)
class Found:
    """A group with its status."""

    group: Group
    standing: Standing
    articles: int
    origins: int


def asserts(claims: Sequence[VouchedClaim], group: Group) -> bool:
    """Whether somebody in the group says it without reserve."""
    return any(claims[at].label.certainty not in _DOUBTFUL for at in group.members)


def firmly(claims: Sequence[VouchedClaim], group: Group) -> bool:
    """Whether somebody in the group says it without reserve and the articles do not put it in doubt."""
    return any(claims[at].label.certainty not in _DOUBTFUL and not claims[at].label.unconfirmed for at in group.members)


def disputes(claims: Sequence[VouchedClaim], clashes: Sequence[Clash]) -> list[Clash]:
    """The clashes with something asserted on each hand: two sides at least. The rest is doubt, not contradiction.

    Against a denial stands only what somebody firmly asserts: what else is denied is a rumour.
    """
    kept = []
    for clash in clashes:
        enough = firmly if clash.type == "polarity" else asserts
        sides = tuple(side for side in clash.sides if enough(claims, side))
        if len(sides) > 1:
            kept.append(Clash(clash.type, clash.reason, sides, clash.score))
    return kept


def findings(claims: Sequence[VouchedClaim], groups: Sequence[Group], clashes: Sequence[Clash]) -> list[Found]:
    """One a group, in the order of the groups."""
    found = []
    for group in groups:
        members = [claims[at] for at in group.members]
        found.append(
            Found(
                group,
                _in_conflict(group, clashes, claims) or standing(members),
                articles=len({claim.article.id for claim in members}),
                origins=len({claim.origin for claim in members}),
            )
        )
    return found


def _in_conflict(group: Group, clashes: Sequence[Clash], claims: Sequence[VouchedClaim]) -> Standing | None:
    for clash in clashes:
        if group in clash.sides:
            if clash.type == "superseded":
                return _superseded(group, clash, claims)
            return Standing("contested", clash.reason)
    return None


def _superseded(group: Group, clash: Clash, claims: Sequence[VouchedClaim]) -> Standing | None:
    """The side with the latest date stands as it is; without dates, nobody can tell which came last."""
    days = {side: max(claims[at].article.published or "" for at in side.members) for side in clash.sides}
    latest = max(days.values())
    if not latest or days[group] == latest:
        return None
    return Standing("superseded", f"A later article says otherwise: {clash.reason}")


def overall(found: Sequence[Found], clashes: Sequence[Clash], claims: Sequence[VouchedClaim]) -> Standing:
    """Of the whole answer: that of its first finding, unless the sources contradict each other.

    What a rumour says and those concerned deny is denied, however many repeat the rumour.
    """
    disputed = next((clash for clash in clashes if clash.type in _DISPUTES), None)
    if disputed is not None:
        return Standing("contested", contested(disputed, claims))
    first = next((one for one in found if one.standing.status != "superseded"), found[0])
    return first.standing


def contested(clash: Clash, claims: Sequence[VouchedClaim]) -> str:
    """ "Two articles give figures that cannot both hold, and both are an interested party's own claim." """
    members = [claims[at] for side in clash.sides for at in side.members]
    articles = len({claim.article.id for claim in members})
    what = _WHAT[clash.type]
    start = f"{_NUMBERS.get(articles, str(articles))} articles {what}" if articles > 1 else f"One article {what}"
    if all(claim.label.attribution == "party" for claim in members):
        return f"{start}, and {'both are' if articles == 2 else 'all are'} an interested party's own claim."
    return f"{start}."


_WHAT = {
    "number": "give figures that cannot both hold",
    "date": "give dates that cannot both hold",
    "identity": "name different ones where only one can be right",
    "polarity": "say opposite things",
    "attribution": "disagree on what was said",
    "opinion": "quote people who disagree",
    "superseded": "tell different states of the matter",
}
_NUMBERS = {2: "Two", 3: "Three", 4: "Four", 5: "Five", 6: "Six", 7: "Seven", 8: "Eight"}
