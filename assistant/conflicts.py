"""From claims that cannot both hold to conflicts with their sides; from the rest to groups that say the same. Pure.

The sides of a conflict are different answers to one question. A side is a group of claims with the same answer; how
many claims, articles or origins it has does not change whether there is a conflict.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from itertools import combinations

from assistant.comparing.relating import Related
from assistant.models import ConflictType
from assistant.vouched import VouchedClaim

Relations = Mapping[tuple[int, int], Related]
"""By places in the list of claims, the lower first. Pairs that were not compared are absent."""


@dataclass(frozen=True, slots=True)
class Group:
    """Claims that say the same, best first: places in the list of claims."""

    members: tuple[int, ...]

    @property
    def best(self) -> int:
        return self.members[0]


@dataclass(frozen=True, slots=True)
class Edge:
    """Two groups that cannot both hold."""

    one: Group
    other: Group
    reason: str
    score: float


@dataclass(frozen=True, slots=True)
class Clash:
    """Groups that cannot all hold, with the pairs of them that clash."""

    type: ConflictType
    edges: tuple[Edge, ...]

    @property
    def sides(self) -> tuple[Group, ...]:
        """In the order of their best claims."""
        return tuple(sorted({group for edge in self.edges for group in (edge.one, edge.other)}, key=_place))

    @property
    def strongest(self) -> Edge:
        return max(self.edges, key=lambda edge: edge.score)


def _place(group: Group) -> int:
    return group.best


def groups(claims: Sequence[VouchedClaim], relations: Relations) -> list[Group]:
    """Claims that agree are in one group, unless somebody in it contradicts the newcomer. In order of best claims.

    The surest agreements are made first, whatever the order of the claims.
    """
    home = {at: {at} for at in range(len(claims))}
    agreeing = [(pair, related) for pair, related in relations.items() if related.relation == "agree"]
    for (a, b), _ in sorted(agreeing, key=lambda one: (-one[1].agree, _name(claims, *one[0]))):
        if home[a] is not home[b] and not _contradict(home[a], home[b], relations):
            home[a] |= home[b]
            for member in home[b]:
                home[member] = home[a]
    found = {min(members): members for members in home.values()}
    return [Group(tuple(sorted(found[first]))) for first in sorted(found)]


def _name(claims: Sequence[VouchedClaim], a: int, b: int) -> tuple[tuple[str, int], ...]:
    return tuple(sorted((claims[at].article.id, claims[at].candidate.sentence.start) for at in (a, b)))


def _contradict(some: Collection[int], others: Collection[int], relations: Relations) -> bool:
    between = (relations.get((min(a, b), max(a, b))) for a in some for b in others)
    return any(related is not None and related.relation == "conflict" for related in between)


def clashes(found: Sequence[Group], relations: Relations) -> list[Clash]:
    """Conflicts between groups, one for each type, the most certain first."""
    edges: dict[ConflictType, list[Edge]] = {}
    for one, other in combinations(found, 2):
        related = _strongest(one, other, relations)
        if related is not None and related.type is not None:
            edges.setdefault(related.type, []).append(Edge(one, other, related.reason, related.conflict))
    made = [Clash(kind, tuple(some)) for kind, some in edges.items()]
    return sorted(made, key=lambda clash: -clash.strongest.score)


def _strongest(one: Group, other: Group, relations: Relations) -> Related | None:
    """The clearest conflict of two groups."""
    between = [
        related
        for a in one.members
        for b in other.members
        if (related := relations.get((min(a, b), max(a, b)))) is not None and related.relation == "conflict"
    ]
    return max(between, key=lambda related: related.conflict, default=None)
