"""Follow-up questions, understood in the light of what was asked before: pronouns, what is left out, what is replaced.

Rules over words and no model, so the same conversation is always understood the same way; what was assumed is said.
"""

from assistant.followups.models import Rewritten, Turn
from assistant.followups.rewriting import rewritten

__all__ = ["Rewritten", "Turn", "rewritten"]
