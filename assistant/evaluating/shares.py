"""A share of so many, and how far it can be trusted. Pure."""

from __future__ import annotations

from collections.abc import Iterable
from math import sqrt
from typing import Self

from pydantic import Field, computed_field

from assistant.models import Model

_Z = 1.959963984540054
"""Two-sided 95 % of a normal distribution lie within so many standard deviations."""


class Share(Model):
    """So many of so many."""

    right: int = Field(ge=0)
    of: int = Field(ge=0)

    @classmethod
    def among(cls, some: Iterable[bool]) -> Self:
        """The share that is true."""
        each = list(some)
        return cls(right=sum(each), of=len(each))

    @computed_field  # type: ignore[prop-decorator]
    @property
    def share(self) -> float | None:
        """0 to 1; None of nothing."""
        return self.right / self.of if self.of else None

    @computed_field  # type: ignore[prop-decorator]
    @property
    def interval(self) -> tuple[float, float] | None:
        """Wilson's, of 95 %; None of nothing."""
        return wilson(self.right, self.of) if self.of else None


def wilson(right: int, of: int) -> tuple[float, float]:
    """The score interval of 95 % for a share: lowest and highest, within 0 and 1, and with the share itself inside.

    E. B. Wilson, "Probable inference, the law of succession, and statistical inference", Journal of the American
    Statistical Association 22 (1927), 209-212. It keeps its promise for few cases and for shares near 0 and 1, where
    the share plus and minus its standard error does not. Raises ValueError unless 0 <= right <= of and of > 0.
    """
    if not (0 <= right <= of and of > 0):
        raise ValueError(f"{right} of {of} is no share")
    share, weight = right / of, _Z * _Z / of
    middle = (share + weight / 2) / (1 + weight)
    reach = _Z * sqrt(share * (1 - share) / of + weight / of / 4) / (1 + weight)
    return max(0.0, min(share, middle - reach)), min(1.0, max(share, middle + reach))
