"""From claims that cannot both hold to conflicts with their sides; from the rest to groups that say the same. Pure.

The sides of a conflict are different answers to one question. A side is a group of claims with the same answer; how
many claims, articles or origins it has does not change whether there is a conflict.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

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
class Clash:
    """Groups that cannot all hold, in the order of their best claims."""

    type: ConflictType
    reason: str
    sides: tuple[Group, ...]
    score: float


def groups(claims: Sequence[VouchedClaim], relations: Relations) -> list[Group]:
    """Claims that agree are in one group, unless somebody in it contradicts the newcomer. In order of best claims."""
    found: list[list[int]] = []
    for at in range(len(claims)):
        home = next((members for members in found if _belongs(at, members, relations)), None)
        if home is None:
            found.append([at])
        else:
            home.append(at)
    return [Group(tuple(members)) for members in found]


def _belongs(at: int, members: Sequence[int], relations: Relations) -> bool:
    between = [related for member in members if (related := _between(at, member, relations)) is not None]
    return any(one.relation == "agree" for one in between) and all(one.relation != "conflict" for one in between)


def _between(one: int, other: int, relations: Relations) -> Related | None:
    return relations.get((min(one, other), max(one, other)))


def clashes(claims: Sequence[VouchedClaim], found: Sequence[Group], relations: Relations) -> list[Clash]:
    """Conflicts between groups, one for each type, the most certain first."""
    edges: dict[ConflictType, list[tuple[int, int, Related]]] = {}
    for one in range(len(found)):
        for other in range(one + 1, len(found)):
            related = _strongest(found[one], found[other], claims, relations)
            if related is not None and related.type is not None:
                edges.setdefault(related.type, []).append((one, other, related))
    made = [_clash(kind, some, found) for kind, some in edges.items()]
    return sorted(made, key=lambda clash: -clash.score)


def _strongest(one: Group, other: Group, claims: Sequence[VouchedClaim], relations: Relations) -> Related | None:
    """The clearest conflict of two groups, both sides of which assert something."""
    between = [
        related
        for a in one.members
        for b in other.members
        if (related := _between(a, b, relations)) is not None and related.relation == "conflict"
    ]
    return max(between, key=lambda related: related.conflict, default=None)


def _clash(kind: ConflictType, edges: Sequence[tuple[int, int, Related]], found: Sequence[Group]) -> Clash:
    strongest = max((related for _, _, related in edges), key=lambda related: related.conflict)
    sides = sorted({place for one, other, _ in edges for place in (one, other)})
    return Clash(kind, strongest.reason, tuple(found[place] for place in sides), strongest.conflict)
