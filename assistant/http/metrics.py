"""What Prometheus reads of one app: counters with few and fixed labels, and gauges that look when they are asked.

Routes say what they answered by the `observe_` functions; requests are counted around them, by `access`.
"""

from __future__ import annotations

from fastapi import FastAPI
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, Counter, Gauge, Histogram, generate_latest
from prometheus_client.process_collector import ProcessCollector

from assistant.http.service import Service
from assistant.models import Answer, Check

CONTENT_TYPE = CONTENT_TYPE_LATEST
_SECONDS = (0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 2.5, 5.0, 10.0, 30.0)
_SIZES = (1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1024)
_METHODS = frozenset({"GET", "POST", "DELETE", "HEAD", "OPTIONS", "PUT", "PATCH"})
"""Others count as one, or whoever invents methods would fill the memory."""


class Metrics:
    """The meters of one app, in a registry of their own."""

    def __init__(self, service: Service) -> None:
        self.registry = own = CollectorRegistry()
        ProcessCollector(registry=own)
        self.requests = Counter(
            "crosscheck_requests", "Requests answered.", ("route", "method", "status"), registry=own
        )
        self.request_seconds = Histogram(
            "crosscheck_request_seconds", "From the request to the end of its response.", ("route",),
            buckets=_SECONDS, registry=own,
        )  # fmt: skip
        self.stage_seconds = Histogram(
            "crosscheck_stage_seconds", "Stages of answering.", ("stage",), buckets=_SECONDS, registry=own
        )
        self.batch_size = Histogram(
            "crosscheck_batch_size", "Questions of a batch, or texts of one pass of a model.", ("kind",),
            buckets=_SIZES, registry=own,
        )  # fmt: skip
        self.answers = Counter("crosscheck_answers", "Answers by their status.", ("status",), registry=own)
        self.checks = Counter("crosscheck_checks", "Checked statements by the verdict.", ("verdict",), registry=own)
        self.abstentions = Counter("crosscheck_abstentions", "Questions that no article covers.", registry=own)
        self.conflicts = Counter("crosscheck_conflicts", "Contradictions shown, by type.", ("type",), registry=own)
        self.generation = Gauge("crosscheck_generation", "Generation that answers now.", registry=own)
        queue = Gauge("crosscheck_queue_length", "Requests that wait for a worker.", registry=own)
        queue.set_function(lambda: max(0, service.accepted - service.options.workers))
        working = Gauge("crosscheck_in_flight", "Requests at work.", registry=own)
        working.set_function(lambda: min(service.accepted, service.options.workers))

    def request(self, *, route: str | None, method: str, status: int, seconds: float) -> None:
        """`route` is the template of the address; None where no route took it."""
        named = route or "none"
        self.requests.labels(named, method if method in _METHODS else "other", str(status)).inc()
        self.request_seconds.labels(named).observe(seconds)

    def text(self) -> bytes:
        """In Prometheus' own format."""
        return generate_latest(self.registry)


def of(app: FastAPI) -> Metrics:
    """The app's own."""
    metrics: Metrics = app.state.metrics
    return metrics


def observe_answer(app: FastAPI, answer: Answer) -> None:
    """Stages, status, abstention and contradictions of an answer that is sent."""
    metrics = of(app)
    _observe(metrics, answer)
    metrics.answers.labels(answer.status or "none").inc()
    if answer.status == "not_covered":
        metrics.abstentions.inc()


def observe_check(app: FastAPI, check: Check) -> None:
    """As `observe_answer`, for a checked statement."""
    metrics = of(app)
    _observe(metrics, check)
    metrics.checks.labels(check.verdict).inc()


def observe_batch(app: FastAPI, size: int, *, kind: str = "questions") -> None:
    """How many questions came in one batch; with kind "pass", how many texts a model read in one pass."""
    of(app).batch_size.labels(kind).observe(size)


def _observe(metrics: Metrics, answered: Answer | Check) -> None:
    took = answered.timings_ms
    for stage, milliseconds in (("search", took.search), ("read", took.read), ("judge", took.judge)):
        metrics.stage_seconds.labels(stage).observe(milliseconds / 1000)
    for conflict in answered.conflicts:
        metrics.conflicts.labels(conflict.type).inc()
    metrics.generation.set(answered.workspace.generation)
