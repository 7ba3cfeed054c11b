"""What `crosscheck audit` gives: the conflicts of a workspace with both quotes. Part of the wire format."""

from __future__ import annotations

from assistant.models import Attribution, Certainty, ConflictType, Model, WorkspaceStamp


class AuditSide(Model):
    """One of two quotes that cannot both hold: `quote == article.text[start:end]` in the revision with this SHA-256."""

    article_id: str
    revision: int
    title: str | None
    publisher: str | None
    published: str | None
    quote: str
    start: int
    end: int
    sha256: str
    attribution: Attribution
    certainty: Certainty
    origin: str


class AuditConflict(Model):
    """Two sentences of different articles that cannot both hold."""

    id: str
    """The same for these two quotes wherever they stand; `crosscheck audit dismiss` takes it."""
    type: ConflictType
    reason: str
    score: float
    """0 to 1: the probability, lower where the sentences share few telling words or their articles are far apart."""
    doubtful: bool
    """Whether a side is told as rumour or with reserve: doubt more than contradiction."""
    sides: tuple[AuditSide, AuditSide]
    copies: int = 1
    """Pairs of places where just these two sentences stand."""
    others: tuple[str, ...] = ()
    """Ids of less firm conflicts about the same thing."""


class Audit(Model):
    """The conflicts of a workspace that nobody dismissed, firmest first."""

    conflicts: tuple[AuditConflict, ...]
    found: int
    """Conflicts before a limit or a type left some out; those about the same thing count once."""
    compared: int
    """Pairs of sentences whose outcome is known."""
    compared_now: int
    """Of these, pairs that no earlier audit had compared."""
    dismissed: int
    """Conflicts left out because somebody dismissed them."""
    workspace: WorkspaceStamp
    settings_hash: str
