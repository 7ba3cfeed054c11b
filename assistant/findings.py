"""Findings and the status of the whole answer: what is said, by whom, and what follows. Pure.

A finding is a group of claims that say the same; its status comes from `standing`, unless another group contradicts it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from assistant.comparing.updates import is_withdrawn
from assistant.conflicts import Clash, Edge, Group
from assistant.models import ConflictType
from assistant.standing import Standing, standing, trusted
from assistant.vouched import VouchedClaim

_DISPUTES = frozenset({"number", "date", "identity", "polarity", "attribution", "opinion"})
_VALUES = frozenset({"number", "date"})
_DOUBTFUL = frozenset({"hedged", "rumour"})


@dataclass(frozen=True, slots=True)
class Found:
    """A group with its status."""

    group: Group
    standing: Standing
    articles: int
    origins: int


def asserts(claims: Sequence[VouchedClaim], group: Group) -> bool:
    """Whether somebody in the group says it without reserve, in an article that is of whom it says."""
    return any(claim.label.certainty not in _DOUBTFUL for claim in trusted([claims[at] for at in group.members]))


def firmly(claims: Sequence[VouchedClaim], group: Group) -> bool:
    """Whether somebody in the group says it without reserve, not only in a post, and no article puts it in doubt."""
    labels = [claim.label for claim in trusted([claims[at] for at in group.members])]
    return any(
        label.certainty not in _DOUBTFUL and not label.unconfirmed and label.attribution != "social_post"
        for label in labels
    )


def disputes(claims: Sequence[VouchedClaim], clashes: Sequence[Clash]) -> list[Clash]:
    """The clashes with something asserted on each hand: two sides at least. The rest is doubt, not contradiction.

    Against a denial stands only what somebody firmly asserts: what else is denied is a rumour.
    """
    kept: dict[ConflictType, list[Edge]] = {}
    for clash in clashes:
        enough = firmly if clash.type == "polarity" else asserts
        for edge in clash.edges:
            if enough(claims, edge.one) and enough(claims, edge.other) and _of_different_articles(claims, clash, edge):
                kept.setdefault(_type(claims, clash, edge), []).append(edge)
    made = [Clash(kind, tuple(edges)) for kind, edges in kept.items()]
    return sorted(made, key=lambda clash: -clash.strongest.score)


def _type(claims: Sequence[VouchedClaim], clash: Clash, edge: Edge) -> ConflictType:
    """An outlet that withdraws what it said and states the other does not fight with itself: it updates."""
    return (
        "superseded"
        if _withdrawn(claims, edge.one, edge.other) or _withdrawn(claims, edge.other, edge.one)
        else clash.type
    )


def _withdrawn(claims: Sequence[VouchedClaim], group: Group, other: Group) -> bool:
    """Whether an article on the other side only repeats in the group what it had said before."""
    theirs = {claims[at].article.id for at in other.members}
    return any(_is_withdrawn(claims[at]) and claims[at].article.id in theirs for at in group.members)


def _is_withdrawn(claim: VouchedClaim) -> bool:
    return is_withdrawn(claim.candidate.quote)


def _of_different_articles(claims: Sequence[VouchedClaim], clash: Clash, edge: Edge) -> bool:
    """Whether each side has a voice of its own. An article that itself gives both answers speaks of two things.

    One that withdraws what it said does not; nor does one that quotes somebody for one figure and states another.
    """
    one, other = (
        {
            (claim.article.id, claim.label.attribution if clash.type in _VALUES else "")
            for claim in trusted([claims[at] for at in group.members])
            if not _is_withdrawn(claim)
        }
        for group in (edge.one, edge.other)
    )
    return not (one <= other or other <= one)


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
                origins=origins(members),
            )
        )
    return found


def origins(members: Sequence[VouchedClaim]) -> int:
    """How many independent ones state it; articles that are not of whom they say count where there are no others."""
    return len({claim.origin for claim in trusted(members) or members})


def _in_conflict(group: Group, clashes: Sequence[Clash], claims: Sequence[VouchedClaim]) -> Standing | None:
    mine = [clash for clash in clashes if group in clash.sides]
    replaced = [_superseded(group, clash, claims) for clash in mine if clash.type == "superseded"]
    contested = [Standing("contested", _reason(group, clash)) for clash in mine if clash.type != "superseded"]
    return next((standing for standing in [*contested, *replaced] if standing is not None), None)


def _reason(group: Group, clash: Clash) -> str:
    """Of the group's own strongest contradiction."""
    mine = [edge for edge in clash.edges if group in (edge.one, edge.other)]
    return max(mine, key=lambda edge: edge.score).reason


def _superseded(group: Group, clash: Clash, claims: Sequence[VouchedClaim]) -> Standing | None:
    """The side with the latest date stands as it is; without dates, nobody can tell which came last."""
    days = {side: _latest(claims, side) for side in clash.sides}
    latest = max(days.values())
    if not latest or days[group] == latest:
        return None
    return Standing("superseded", f"A later article says otherwise: {_reason(group, clash)}")


def _latest(claims: Sequence[VouchedClaim], side: Group) -> str:
    """The last day on which somebody stands by it; "" where nobody with a date does."""
    standing_by = (claim for claim in trusted([claims[at] for at in side.members]) if not _is_withdrawn(claim))
    return max((claim.article.published or "" for claim in standing_by), default="")


def overall(
    found: Sequence[Found], clashes: Sequence[Clash], claims: Sequence[VouchedClaim], *, doubted: Sequence[Clash] = ()
) -> Standing:
    """Of the whole answer: that of its first finding, unless the sources contradict each other.

    `doubted` are all clashes, with those in which one hand asserts nothing: what a rumour says and somebody denies is
    denied, whichever is found first.
    """
    disputed = next((clash for clash in clashes if clash.type in _DISPUTES), None)
    if disputed is not None:
        return Standing("contested", contested(disputed, claims))
    replaced = next((one for one in found if one.standing.status == "superseded"), None)
    if replaced is not None and any(found[0].group in clash.sides for clash in clashes):
        return replaced.standing
    first = _first(found, claims)
    against = [group for clash in doubted if first.group in clash.sides for group in clash.sides]
    denial = next((one for one in found if one.group in against and one.standing.status == "denied"), None)
    if denial is not None and not firmly(claims, first.group):
        return denial.standing
    return _denied(first.group, doubted, claims) or first.standing


def _first(found: Sequence[Found], claims: Sequence[VouchedClaim]) -> Found:
    """The best that stands; what only articles say that are not of whom they say comes after all others."""
    standing_now = [one for one in found if one.standing.status != "superseded"]
    of_known = (one for one in standing_now if trusted([claims[at] for at in one.group.members]))
    return next(of_known, next(iter(standing_now), found[0]))


def _denied(group: Group, doubted: Sequence[Clash], claims: Sequence[VouchedClaim]) -> Standing | None:
    """Of what somebody firmly says is not so, where nobody firmly says that it is."""
    edges = [
        edge for clash in doubted if clash.type == "polarity" for edge in clash.edges if group in (edge.one, edge.other)
    ]
    for edge in edges:
        for no, yes in ((edge.one, edge.other), (edge.other, edge.one)):
            if firmly(claims, no) and not firmly(claims, yes) and _stance(claims, no) == "no" != _stance(claims, yes):
                return Standing("denied", "It is denied, and nobody firmly states it.")
    return None


def _stance(claims: Sequence[VouchedClaim], group: Group) -> str | None:
    return claims[group.best].claim.fit.stance


def contested(clash: Clash, claims: Sequence[VouchedClaim]) -> str:
    """ "Two articles give figures that cannot both hold, and both are an interested party's own claim." """
    members = trusted([claims[at] for side in clash.sides for at in side.members])
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
