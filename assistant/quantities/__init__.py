"""Quantities as articles state them: find them in a text, and tell whether two can both hold.

Pure functions over strings and values; no other part of the project is needed.
"""

from __future__ import annotations

from assistant.quantities.comparing import compare
from assistant.quantities.finding import find
from assistant.quantities.models import Comparison, Quantity, Verdict

__all__ = ["Comparison", "Quantity", "Verdict", "compare", "find"]
