"""What a user can get wrong before any work begins. The text is shown as it is; fronts turn the class into a code."""

from __future__ import annotations


class BadInput(Exception):
    """A question, a filter or a setting that cannot be used: what, which, and what to do about it."""
