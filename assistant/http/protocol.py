"""A connection before there is a request: what is no HTTP, what comes or is read too slowly, too many at once.

uvicorn answers the first in plain text and waits for the others for ever; here they get problem details and an end.
"""

from __future__ import annotations

import asyncio
import sys
from http import HTTPStatus

import h11
from uvicorn.config import Config
from uvicorn.protocols.http.h11_impl import H11Protocol
from uvicorn.server import ServerState

from assistant.http import problems
from assistant.http.problems import Problem
from assistant.http.security import HEADERS

HEADER_BYTES = 32_768
"""Of the first line and all headers together."""

_SLICE = HEADER_BYTES // 2

_SENTENCES = {
    HTTPStatus.REQUEST_HEADER_FIELDS_TOO_LARGE: f"Address and headers are longer than {HEADER_BYTES:,} bytes.",
    HTTPStatus.REQUEST_TIMEOUT: "The request did not arrive in time. Send it again, faster.",
    HTTPStatus.SERVICE_UNAVAILABLE: "Too many connections are open. Try again in a few seconds.",
    HTTPStatus.NOT_IMPLEMENTED: "That transfer encoding is not known here. Send the body as it is, or chunked.",
}
_NO_HTTP = "This is no HTTP request that can be read."


def protocol(*, patience: float, connections: int) -> type[H11Protocol]:
    """A class, as uvicorn wants it. Headers have so many seconds to arrive, and so many connections may be open."""

    class Protocol(H11Protocol):
        def __init__(
            self,
            config: Config,
            server_state: ServerState,
            app_state: dict[str, object],
            _loop: asyncio.AbstractEventLoop | None = None,
        ) -> None:
            super().__init__(config, server_state, app_state, _loop)
            self._timer: asyncio.TimerHandle | None = None
            self._unread: asyncio.TimerHandle | None = None

        def connection_made(self, transport: asyncio.Transport) -> None:  # type: ignore[override]
            super().connection_made(transport)
            if len(self.connections) > connections:
                self._refuse(HTTPStatus.SERVICE_UNAVAILABLE)
            self._time()

        def connection_lost(self, exc: Exception | None) -> None:
            super().connection_lost(exc)
            self._time()
            self._read_on()

        def data_received(self, data: bytes) -> None:
            # h11 looks at the size of headers only where they are not whole yet, so it gets them in slices.
            for start in range(0, len(data), _SLICE):
                if self.transport.is_closing():
                    return
                super().data_received(data[start : start + _SLICE])
            self._time()

        def on_response_complete(self) -> None:
            super().on_response_complete()
            self._time()

        def pause_writing(self) -> None:
            """Called where the client does not read what it asked for; it has as long as for asking."""
            super().pause_writing()
            self._read_on()
            self._unread = self.loop.call_later(patience, self.transport.abort)

        def resume_writing(self) -> None:
            super().resume_writing()
            self._read_on()

        def _read_on(self) -> None:
            if self._unread is not None:
                self._unread.cancel()
                self._unread = None

        def send_400_response(self, msg: str) -> None:
            """Called where h11 refuses what came; its error says with which status."""
            error = sys.exc_info()[1]
            hint = error.error_status_hint if isinstance(error, h11.RemoteProtocolError) else 400
            self._refuse(HTTPStatus(hint))

        def _time(self) -> None:
            """Runs a clock while a request, or a body that nobody reads any more, is arriving."""
            if self.transport.is_closing() or not _arriving(self.conn):
                if self._timer is not None:
                    self._timer.cancel()
                    self._timer = None
            elif self._timer is None:
                self._timer = self.loop.call_later(patience, self._too_slow)

        def _too_slow(self) -> None:
            if self.conn.trailing_data[0]:
                self._refuse(HTTPStatus.REQUEST_TIMEOUT)
            elif not self.transport.is_closing():
                self.transport.close()

        def _refuse(self, status: HTTPStatus) -> None:
            """Ends the connection, with problem details where no response has begun."""
            if self.conn.our_state in (h11.IDLE, h11.SEND_RESPONSE) and not self.transport.is_closing():
                self.transport.write(_response(status))
            if self.cycle is not None:
                self.cycle.disconnected = True
                self.cycle.message_event.set()
            self.transport.close()

    return Protocol


def _arriving(connection: h11.Connection) -> bool:
    answered = connection.our_state is h11.DONE
    return connection.their_state is h11.IDLE or (answered and connection.their_state is h11.SEND_BODY)


def _response(status: HTTPStatus) -> bytes:
    """Written by hand: the connection may be in no state in which h11 would write."""
    body = problems.details(Problem(status, _SENTENCES.get(status, _NO_HTTP)), None).model_dump_json(exclude_none=True)
    lines = [
        f"HTTP/1.1 {status.value} {status.phrase}",
        f"content-type: {problems.MEDIA_TYPE}",
        f"content-length: {len(body.encode())}",
        "connection: close",
        *(["retry-after: 2"] if status == HTTPStatus.SERVICE_UNAVAILABLE else []),
        *(f"{name}: {value}" for name, value in HEADERS.items()),
    ]
    return "\r\n".join([*lines, "", body]).encode()
