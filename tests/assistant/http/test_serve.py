"""`crosscheck serve` as a process: it starts, becomes ready, answers, and stops when it is told to."""

from __future__ import annotations

import json
import shutil
import signal
import socket
import subprocess
import time
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from tests.assistant.http.serving import request, send
from tests.assistant.http.starting import Served, served, until
from tests.conftest import Crosscheck

QUESTION = "When did the Maia talks begin?"
TOKEN = "a-token-of-the-tests-0001"


@pytest.fixture(scope="module")
def own_workspace(sample_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One that may be changed."""
    return Path(shutil.copytree(sample_workspace, tmp_path_factory.mktemp("served") / "workspace"))


@pytest.fixture(scope="module")
def server(own_workspace: Path, cache: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    said = tmp_path_factory.mktemp("said") / "stderr"
    with served(own_workspace, cache, said) as server:
        yield server


def posted(question: str, **others: object) -> bytes:
    return request(body=json.dumps({"question": question, **others}).encode())


def without_timings(printed: bytes | str) -> dict[str, object]:
    answer: dict[str, object] = json.loads(printed)
    del answer["timings_ms"]
    return answer


def test_it_is_alive_before_it_is_ready_and_then_says_what_answers(server: Served) -> None:
    alive, at_first = server.get("/healthz"), server.get("/readyz")
    assert (alive.status, alive.json()) == (200, {"status": "alive"})
    assert at_first.status == 503
    assert at_first.headers["retry-after"]
    assert "being loaded" in str(at_first.json()["detail"])
    assert server.ready().json() == {"generation": 1, "articles": 34, "model": "all-MiniLM-L6-v2"}


def test_it_gives_the_answer_of_the_command_line(server: Served, own_workspace: Path, crosscheck: Crosscheck) -> None:
    server.ready()
    printed = crosscheck("ask", QUESTION, "--json", "--workspace", own_workspace, code=None).stdout
    assert without_timings(send(server.port, posted(QUESTION)).body) == without_timings(printed)


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_curl_gets_an_answer(server: Served) -> None:
    server.ready()
    sent = ["-H", "Content-Type: application/json", "-d", json.dumps({"question": QUESTION})]
    command = ["curl", "-sS", "--fail-with-body", f"http://localhost:{server.port}/v1/query", *sent]
    done = subprocess.run(command, capture_output=True, check=True, timeout=60)
    assert json.loads(done.stdout)["question"] == QUESTION


def test_the_log_has_a_line_for_each_request_and_nothing_of_what_was_asked(server: Served) -> None:
    server.ready()
    got = send(server.port, posted("Who opened the Tolm bridge?"))
    send(server.port, request("/?q=Who+opened+the+Tolm+bridge", method="GET"))
    line = next(one for one in server.log() if one.get("request_id") == got.headers["x-request-id"])
    assert {name: line[name] for name in ("event", "method", "route", "status", "client")} == {
        "event": "request",
        "method": "POST",
        "route": "/v1/query",
        "status": 200,
        "client": "127.0.0.1",
    }
    assert "Tolm" not in server.said.read_text()


def test_who_leaves_is_noted_as_gone(server: Served) -> None:
    server.ready()
    with socket.create_connection(("127.0.0.1", server.port)) as connection:
        connection.sendall(request(body=b"{", length=100, extra=("X-Request-ID: left-early",)))
        time.sleep(0.2)
    line = until(lambda: next((one for one in server.log() if one.get("request_id") == "left-early"), None))
    assert line["status"] == 499


def test_a_name_that_is_not_its_own_is_not_answered(server: Served) -> None:
    lured = request("/v1/articles", method="GET").replace(b"Host: localhost", b"Host: pages.evil.example")
    assert send(server.port, lured).status == 421


def test_a_new_generation_answers_without_a_restart(
    server: Served, own_workspace: Path, crosscheck: Crosscheck, tmp_path: Path
) -> None:
    before = server.ready().json()
    (tmp_path / "quarry.txt").write_text(
        "The Orrin quarry was closed on 4 May 2026 after a landslide, the county said."
    )
    crosscheck("ingest", tmp_path, "--workspace", own_workspace)
    after = server.ready().json()
    assert (after["articles"], after["generation"]) == (35, int(str(before["generation"])) + 1)
    answer = send(server.port, posted("When was the Orrin quarry closed?")).json()
    assert "4 May 2026" in str(answer["text"])


def test_a_stop_finishes_what_was_accepted(sample_workspace: Path, cache: Path, tmp_path: Path) -> None:
    with served(sample_workspace, cache, tmp_path / "stderr", "--workers", "1", "--log-questions") as server:
        server.ready()
        questions = [f"When was bridge number {number} opened, and who paid for it?" for number in range(8)]
        with ThreadPoolExecutor(len(questions)) as together:
            answers = [together.submit(send, server.port, posted(question), patience=60) for question in questions]
            time.sleep(0.2)
            assert not all(answer.done() for answer in answers)
            server.process.send_signal(signal.SIGTERM)
            assert [answer.result().status for answer in answers] == [200] * len(questions)
        assert server.ended() == 0
        assert sorted(str(one["questions"]) for one in server.log() if "questions" in one) == [
            str([question]) for question in questions
        ]
        assert server.process.stdout is not None
        assert server.process.stdout.read() == b""


def test_an_interruption_before_it_is_ready_ends_it_too(sample_workspace: Path, cache: Path, tmp_path: Path) -> None:
    with served(sample_workspace, cache, tmp_path / "stderr") as server:
        server.process.send_signal(signal.SIGINT)
        # Where it comes before the server minds signals, it ends as any interrupted command does.
        assert server.ended() in {0, 130}


def test_with_a_token_it_may_listen_to_others(sample_workspace: Path, cache: Path, tmp_path: Path) -> None:
    flags = ("--host", "0.0.0.0", "--rate", "3")
    with served(sample_workspace, cache, tmp_path / "stderr", *flags, CROSSCHECK_TOKENS=TOKEN) as server:
        assert server.get("/v1/articles").status == 401
        right = request("/metrics", method="GET", token=TOKEN)
        assert [send(server.port, right).status for _ in range(4)] == [200, 200, 200, 429]
        assert TOKEN not in server.said.read_text()


def test_a_port_in_use_gives_a_sentence(crosscheck: Crosscheck, sample_workspace: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        done = crosscheck("serve", "--workspace", sample_workspace, "--port", port, code=2)
    assert done.stderr.startswith(f"Nothing can listen on '127.0.0.1', port {port} (Address already in use).")


def test_without_a_workspace_nothing_is_served(crosscheck: Crosscheck, tmp_path: Path) -> None:
    done = crosscheck("serve", "--workspace", tmp_path / "nowhere", code=3)
    assert done.stderr.startswith("There is no workspace in")
    assert "listens" not in done.stderr
