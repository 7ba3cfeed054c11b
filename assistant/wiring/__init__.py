"""The composition root: from settings to the parts that a front calls.

The only package that chooses classes. What stands here is found in the module that makes it when it is first wanted,
and heavy modules are imported inside the functions that need them: a question loads no torch, and an ingest of nothing
new loads no model at all.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from assistant.wiring.auditing import audit, dismiss
    from assistant.wiring.comparing import comparing
    from assistant.wiring.desk import Desk, opened
    from assistant.wiring.examining import examine
    from assistant.wiring.export import Notice, silent
    from assistant.wiring.ingesting import ingest
    from assistant.wiring.models import Models, labeller
    from assistant.wiring.posting import post, remove

__all__ = [
    "Desk",
    "Models",
    "Notice",
    "audit",
    "comparing",
    "dismiss",
    "examine",
    "ingest",
    "labeller",
    "opened",
    "post",
    "remove",
    "silent",
]

_HOMES = {
    "Desk": "desk",
    "Models": "models",
    "Notice": "export",
    "audit": "auditing",
    "comparing": "comparing",
    "dismiss": "auditing",
    "examine": "examining",
    "ingest": "ingesting",
    "labeller": "models",
    "opened": "desk",
    "post": "posting",
    "remove": "posting",
    "silent": "export",
}


def __getattr__(name: str) -> object:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
