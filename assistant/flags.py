"""What stands behind a flag, as a value: days and field mappings. Pure; what cannot be used is a sentence."""

from __future__ import annotations

from datetime import date, datetime
from typing import TYPE_CHECKING, cast, get_args

from assistant.errors import BadInput

if TYPE_CHECKING:
    from assistant.models import ConflictType


def day(flag: str, value: str | None) -> date | None:
    """`YYYY-MM-DD`; None where the flag was not given. Raises BadInput."""
    if value is None:
        return None
    try:
        return datetime.strptime(value, "%Y-%m-%d").date()
    except ValueError as error:
        raise BadInput(f"{flag} is {value!r}, which is no day. Write it as YYYY-MM-DD, e.g. 2026-01-26.") from error


def mapping(fields: list[str]) -> dict[str, str]:
    """`NAME=COLUMN` each, as column by article field. Raises BadInput."""
    pairs = [text.partition("=") for text in fields]
    for text, (name, _, column) in zip(fields, pairs, strict=True):
        if not name or not column:
            raise BadInput(f"--field is {text!r}. Write NAME=COLUMN, e.g. published=datum.")
    return {name.strip(): column.strip() for name, _, column in pairs}


def conflict_type(flag: str, value: str | None) -> ConflictType | None:
    """None where the flag was not given. Raises BadInput."""
    from assistant.models import ConflictType

    if value is not None and value not in get_args(ConflictType):
        raise BadInput(f"{flag} is {value!r}, which is no type. Types: {', '.join(get_args(ConflictType))}.")
    return cast("ConflictType | None", value)
