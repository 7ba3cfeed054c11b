"""What the operator reads: one JSON object a line.

Without being asked to, no line holds what somebody asked: neither text nor the query string of an address.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from logging.handlers import WatchedFileHandler
from pathlib import Path

from fastapi import Request

from assistant.errors import BadInput

Field = str | int | float | list[str] | None
LOGGERS = ("crosscheck", "uvicorn", "asyncio")
_log = logging.getLogger("crosscheck.requests")


class JsonLines(logging.Formatter):
    """Time (UTC), level, logger and event of each record, then its fields, then where it was raised."""

    def format(self, record: logging.LogRecord) -> str:
        line: dict[str, Field] = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "event": record.getMessage(),
        }
        if (request_id := getattr(record, "request_id", None)) is not None:
            line["request_id"] = str(request_id)
        line |= getattr(record, "fields", {})
        if record.exc_info:
            line["error"] = self.formatException(record.exc_info)
        return json.dumps({name: value for name, value in line.items() if value is not None})


def configure(file: Path | None) -> None:
    """Sends what the server logs to the file, or to standard error. Raises BadInput."""
    try:
        handler = WatchedFileHandler(file, encoding="utf-8") if file else logging.StreamHandler()
    except OSError as error:
        raise BadInput(
            f"The log {str(file)!r} cannot be written ({error}). Name a file in a folder of yours."
        ) from error
    handler.setFormatter(JsonLines())
    for name in LOGGERS:
        logger = logging.getLogger(name)
        logger.handlers = [handler]
        logger.propagate = False
        logger.setLevel(logging.INFO if name == "crosscheck" else logging.WARNING)


def request_ended(request_id: str, fields: Mapping[str, Field]) -> None:
    """One line for one request."""
    _log.info("request", extra={"request_id": request_id, "fields": dict(fields)})


def note_question(request: Request, text: str) -> None:
    """Remembers what was asked, for the line of this request, where the operator wants that. For routes to call."""
    if text and request.app.state.service.options.log_questions:
        request.scope["state"].setdefault("questions", []).append(text)
