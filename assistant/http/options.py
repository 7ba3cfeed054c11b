"""What an operator decides about a server: where it listens, who may do what, and how much."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path


@dataclass(frozen=True, slots=True, kw_only=True)
class ServerOptions:
    """Checked by `commands.serve`; below it, these values are taken as they are."""

    host: str = "127.0.0.1"
    port: int = 8000
    tokens: tuple[str, ...] = ()
    """Bearer tokens that are let in; empty lets everybody in, which only a loopback address allows."""
    writing: bool = False
    """Whether articles may be added and removed."""
    cors: tuple[str, ...] = ()
    """Origins whose pages may call the service."""
    hosts: tuple[str, ...] = ()
    """Names by which the service may be called, without a port; empty for any. Without tokens it has to be a loopback
    name, or a page that a browser shows could reach the service under a name of its own (DNS rebinding)."""
    connections: int = 512
    """Connections open at the same time; past that, 503. Below what a process may open of files."""
    log_questions: bool = False
    """Whether the log may hold what was asked."""
    workers: int = 16
    """Requests at work at the same time; the models behind them share the processor's cores."""
    waiting: int = 64
    """Requests that may wait for a worker; past that, 503."""
    timeout: float = 30.0
    """Seconds that a request may take, waiting included."""
    drain: float = 30.0
    """Seconds that a server that is stopping gives to what it accepted."""
    body_bytes: int = 1_000_000
    """Largest body, of a question or a batch."""
    article_bytes: int = 20_000_000
    """Largest body where articles are added."""
    batch_lines: int = 1_000
    """Most questions of one batch."""
    per_minute: int = 600
    """Requests of one client in a minute; 0 for any number."""
    log_file: Path | None = None
    """Where log lines go instead of standard error."""
