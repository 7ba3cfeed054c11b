"""Dates and times as articles state them: find them in a text, and tell whether two can both hold.

Pure functions over strings, dates and values. Durations ("two weeks") are quantities.
"""

from __future__ import annotations

from assistant.moments.comparing import compare
from assistant.moments.finding import find
from assistant.moments.models import Moment
from assistant.quantities.models import Comparison

__all__ = ["Comparison", "Moment", "compare", "find"]
