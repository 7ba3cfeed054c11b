"""Requests that nobody means well, each with what it gets: never a 500, never a path of the server."""

from __future__ import annotations

import json
import socket
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest

from assistant.http.options import ServerOptions
from assistant.http.problems import MEDIA_TYPE
from assistant.wiring import Desk
from tests.assistant.http.serving import Got, chunked, listening, request, send

TOKEN = "a-token-of-the-tests-0001"
OTHER = "a-token-of-the-tests-0002"
OPTIONS = ServerOptions(tokens=(TOKEN, OTHER), per_minute=0, connections=40)
ROOT = Path(__file__).parents[3]


@pytest.fixture(scope="module")
def port(desk: Desk) -> Iterator[int]:
    with listening(desk, OPTIONS) as port:
        yield port


@pytest.fixture(scope="module")
def hasty(desk: Desk) -> Iterator[int]:
    """The port of a server that waits one second for what is sent, and lets articles be added."""
    options = ServerOptions(tokens=(TOKEN,), per_minute=0, timeout=1.0, writing=True, article_bytes=3_000_000)
    with listening(desk, options) as port:
        yield port


def asked(question: object = "When?", **others: object) -> bytes:
    return json.dumps({"question": question, **others}).encode()


def post(body: bytes, target: str = "/v1/query", **others: object) -> bytes:
    return request(target, body, token=TOKEN, **others)  # type: ignore[arg-type]


def get(target: str, *, method: str = "GET", extra: tuple[str, ...] = ()) -> bytes:
    return request(target, method=method, token=TOKEN, extra=extra)


def basic(*headers: str) -> bytes:
    return request("/v1/articles", method="GET", extra=headers)


DEEP = b"[" * 100_000 + b"]" * 100_000
DEEP_OBJECT = b'{"question":' * 50_000 + b"1" + b"}" * 50_000
WORDS = " ".join(["word"] * 10_000)

TABLE: tuple[tuple[str, bytes, int], ...] = (
    # no token, wrong tokens, several tokens
    ("no token", request(body=asked()), 401),
    ("no token for the counters", request("/metrics", method="GET"), 401),
    ("no token for the document", request("/openapi.json", method="GET"), 401),
    ("no token where there is nothing", request("/nowhere", method="GET"), 401),
    ("no token, probe in the path", request("/healthz/../v1/articles", method="GET"), 401),
    ("no token, probe with a slash", request("/healthz/", method="GET"), 401),
    ("no token, a probe that is not one", request("//healthz", method="GET"), 401),
    ("wrong token", basic("Authorization: Bearer wrong"), 401),
    ("most of a token", basic(f"Authorization: Bearer {TOKEN[:-1]}"), 401),
    ("more than a token", basic(f"Authorization: Bearer {TOKEN}x"), 401),
    ("a token in capitals", basic(f"Authorization: Bearer {TOKEN.upper()}"), 401),
    ("two tokens in one header", basic(f"Authorization: Bearer {TOKEN} {OTHER}"), 401),
    ("two tokens by a comma", basic(f"Authorization: Bearer {TOKEN}, {OTHER}"), 401),
    ("two headers with tokens", basic(f"Authorization: Bearer {TOKEN}", f"Authorization: Bearer {OTHER}"), 400),
    ("an empty token", basic("Authorization: Bearer "), 401),
    ("the scheme alone", basic("Authorization: Bearer"), 401),
    ("a token without its scheme", basic(f"Authorization: {TOKEN}"), 401),
    ("another scheme", basic("Authorization: Basic YTpi"), 401),
    ("a token that is no text", basic("Authorization: Bearer \xff\xfe\xfd"), 401),
    ("a token of 20,000 characters", basic("Authorization: Bearer " + "x" * 20_000), 401),
    ("a token in the address", request(f"/v1/articles?access_token={TOKEN}", method="GET"), 401),
    ("a token as a cookie", basic(f"Cookie: crosscheck_session={TOKEN}"), 401),
    ("a cookie that is no text", basic("Cookie: crosscheck_session=\xff\xfe"), 401),
    ("no token, a body of 2 MB", request(body=asked("x" * 2_000_000)), 401),
    # bodies that are no JSON, or not as they say
    ("no body", post(b""), 422),
    ("no JSON", post(b"question=When?"), 422),
    ("half an object", post(b'{"question": "Wh'), 422),
    ("broken UTF-8", post(b'{"question": "\xff\xfe\xfa"}'), 400),
    ("half a character", post(b'{"question": "\xe2\x82"}'), 400),
    ("UTF-16", post('{"question": 1}'.encode("utf-16")), 422),
    ("a raw NUL in a string", post(b'{"question": "When\x00?"}'), 422),
    ("a NUL after the object", post(b'{"question": "When?"}\x00'), 422),
    ("NULs alone", post(b"\x00" * 1000), 422),
    ("half a surrogate", post(b'{"question": "\\ud800"}'), 422),
    ("100,000 arrays in each other", post(DEEP), 400),
    ("50,000 objects in each other", post(DEEP_OBJECT), 400),
    ("deep inside the question", post(b'{"question": ' + b"[" * 900 + b"]" * 900 + b"}"), 422),
    ("a number of 10,000 digits", post(b'{"question": "When?", "top_k": ' + b"9" * 10_000 + b"}"), 400),
    ("NaN", post(b'{"question": "When?", "top_k": NaN}'), 422),
    ("Infinity", post(b'{"question": "When?", "top_k": Infinity}'), 422),
    ("1e999", post(b'{"question": "When?", "top_k": 1e999}'), 422),
    ("an array", post(b'["When?"]'), 422),
    ("a string", post(b'"When?"'), 422),
    ("null", post(b"null"), 422),
    ("the same key twice, then wrong", post(b'{"question": "When?", "question": 7}'), 422),
    ("a form", post(b"question=When%3F", kind="application/x-www-form-urlencoded"), 422),
    ("plain text", post(asked(), kind="text/plain"), 422),
    ("no content type", post(asked(), kind=""), 422),
    ("a content type that is none", post(asked(), kind="/;;=\xff"), 422),
    ("packed", post(b"\x1f\x8b\x08\x00" + b"\x00" * 50, extra=("Content-Encoding: gzip",)), 400),
    ("a body of 2 MB", post(asked("x" * 2_000_000)), 413),
    ("2 MB of blanks", post(b" " * 2_000_000), 413),
    ("a length of 10 GB", post(b"{}", length=10_000_000_000), 413),
    ("chunks of more than 1 MB", chunked(*([b"10000\r\n" + b"x" * 65_536 + b"\r\n"] * 17), token=TOKEN), 413),
    # questions that are none
    ("10,000 words", post(asked(WORDS)), 422),
    ("3,000 characters", post(asked("word " * 600)), 422),
    ("no words", post(asked("?!  \t\n ")), 422),
    ("only NULs, escaped", post(asked("\0\0\0")), 422),
    ("a number", post(asked(7)), 422),
    ("a truth value", post(asked(True)), 422),
    ("nothing", post(asked(None)), 422),
    ("an object", post(asked({"$gt": ""})), 422),
    ("a list", post(asked(["When?"])), 422),
    ("no question", post(b"{}"), 422),
    ("a field that is none", post(asked(workspace="/etc")), 422),
    ("a field of a prototype", post(asked(__proto__={"admin": True})), 422),
    ("10,000 fields", post(asked(**{f"field{n}": n for n in range(10_000)})), 422),
    ("a field with a name of 500,000 characters", post(asked(**{"x" * 500_000: 1})), 422),
    ("no passages", post(asked(top_k=0)), 422),
    ("a thousand passages", post(asked(top_k=1000)), 422),
    ("passages below zero", post(asked(top_k=-1)), 422),
    ("half a passage", post(asked(top_k=1.5)), 422),
    ("passages in words", post(asked(top_k="many")), 422),
    ("more passages than a machine word", post(asked(top_k=2**80)), 422),
    ("a day that is none", post(asked(as_of="2026-02-30")), 422),
    ("a day of another kind", post(asked(since={"day": 1})), 422),
    ("a day before all days", post(asked(since="0000-00-00")), 422),
    ("days the wrong way round", post(asked(since="2026-03-01", until="2026-01-01")), 422),
    ("a publisher nobody is", post(asked(publishers=["'; DROP TABLE articles; --"])), 422),
    ("a publisher with a NUL", post(asked(publishers=["a\0b"])), 422),
    ("publishers that are none", post(asked(publishers=[1, None, {}])), 422),
    ("100,000 publishers", post(asked(publishers=["a"] * 100_000)), 422),
    ("publishers in a string", post(asked(publishers="Pelham Wire")), 422),
    ("an id of 100,000 characters", post(asked(id="x" * 100_000)), 422),
    ("explain by a word", post(asked(explain="perhaps")), 422),
    ("a statement with no words", post(b'{"statement": "..."}', "/v1/check"), 422),
    ("a statement where a question is due", post(b'{"statement": "It is so."}'), 422),
    ("no search", post(b"[]", "/v1/search"), 422),
    ("no stream", post(asked(""), "/v1/query/stream"), 422),
    ("no batch", post(b"\xff\xfe\x00", "/v1/batch"), 422),
    # addresses
    ("a path upwards", get("/v1/articles/..%2f..%2fetc%2fpasswd"), 404),
    ("a path upwards, plain", get("/v1/articles/../../../etc/passwd"), 404),
    ("a path upwards, encoded twice", get("/v1/articles/%252e%252e%252fetc%252fpasswd"), 404),
    ("a path upwards with backslashes", get("/v1/articles/..%5c..%5cwindows%5cwin.ini"), 404),
    ("a path upwards in the files of the page", get("/static/..%2f..%2foptions.py"), 404),
    ("a path upwards in the files of the page, plain", get("/static/../templating.py"), 404),
    ("an absolute path", get("/v1/articles/%2fetc%2fpasswd"), 404),
    ("a NUL in the path", get("/v1/articles/a%00b"), 404),
    ("broken UTF-8 in the path", get("/v1/articles/%ff%fe"), 404),
    ("half an escape", get("/v1/articles/%"), 404),
    ("overlong UTF-8", get("/v1/articles/%c0%ae%c0%ae"), 404),
    ("lines in the path", get("/v1/articles/a%0d%0aSet-Cookie:%20a=b"), 404),
    ("SQL in the path", get("/v1/articles/x'%20OR%20'1'='1"), 404),
    ("HTML in the path", get("/v1/articles/%3Cscript%3Ealert(1)%3C%2Fscript%3E"), 404),
    ("an id of 10,000 characters", get("/v1/articles/" + "a" * 10_000), 404),
    ("nothing there", get("/wp-login.php"), 404),
    ("a dotfile", get("/.git/config"), 404),
    ("an address in full", get("http://example.org/v1/articles"), 404),
    ("a page of articles below zero", get("/v1/articles?limit=-1"), 422),
    ("a million articles", get("/v1/articles?limit=1000000"), 422),
    ("a page of articles in words", get("/v1/articles?limit=%00"), 422),
    # methods
    ("GET for a question", get("/v1/query"), 405),
    ("DELETE of everything", get("/v1/articles", method="DELETE"), 405),
    ("TRACE", get("/v1/articles", method="TRACE"), 405),
    ("a method that is none", get("/v1/articles", method="BREW"), 405),
    ("a method in small letters", get("/v1/articles", method="get"), 405),
    ("a method of 5,000 letters", get("/v1/articles", method="A" * 5_000), 405),
    ("CONNECT", get("/v1/articles", method="CONNECT"), 405),
    ("a method overridden", post(b"{}", "/v1/conflicts", extra=("X-HTTP-Method-Override: GET",)), 405),
    ("OPTIONS, though no page may ask", get("/v1/query", method="OPTIONS", extra=("Origin: https://a.example",)), 405),
    ("a web socket", get("/v1/query", extra=("Connection: Upgrade", "Upgrade: websocket")), 405),
    ("adding an article where nobody may", post(b'{"id": "a", "text": "Hello."}', "/v1/articles"), 403),
    ("adding nothing where nobody may", post(b"{}", "/v1/articles"), 403),
    ("removing an article where nobody may", get("/v1/articles/a", method="DELETE"), 403),
    # what is no HTTP
    ("no HTTP", b"\x16\x03\x01\x02\x00\x01\x00\x01\xfc\x03\x03\r\n\r\n", 400),
    ("no version", b"GET /healthz\r\n\r\n", 400),
    ("no host", b"GET /healthz HTTP/1.1\r\n\r\n", 400),
    ("two hosts", b"GET /healthz HTTP/1.1\r\nHost: a\r\nHost: b\r\n\r\n", 400),
    ("blanks before a colon", b"GET /healthz HTTP/1.1\r\nHost : a\r\n\r\n", 400),
    ("a NUL in a header", b"GET /healthz HTTP/1.1\r\nHost: a\r\nX: a\x00b\r\n\r\n", 400),
    ("a blank in the address", b"GET /a b HTTP/1.1\r\nHost: a\r\n\r\n", 400),
    ("a header of 100,000 characters", get("/healthz", extra=("X: " + "a" * 100_000,)), 431),
    ("10,000 headers", get("/healthz", extra=tuple(f"X{n}: a" for n in range(10_000))), 431),
    ("an address of 100,000 characters", get("/" + "a" * 100_000), 431),
    ("a length that is no number", post(b"", extra=("Content-Length: many",)), 400),
    ("a length below zero", post(b"", extra=("Content-Length: -1",)), 400),
    ("two lengths", post(b"{}", extra=("Content-Length: 7",)), 400),
    ("a chunk size that is none", chunked(b"xyz\r\nabc\r\n0\r\n\r\n", token=TOKEN), 400),
    ("a chunk size below zero", chunked(b"-1\r\nabc\r\n0\r\n\r\n", token=TOKEN), 400),
    ("a chunk size without end", chunked(b"f" * 50_000, token=TOKEN), 431),
    ("a chunk longer than it says", chunked(b"2\r\nabcdef\r\n0\r\n\r\n", token=TOKEN), 400),
    ("another transfer encoding", post(b"", extra=("Transfer-Encoding: gzip",)), 501),
)  # fmt: skip


def refuses(got: Got, status: int) -> None:
    """Whether it is problem details with that status, and says nothing of the machine it comes from."""
    assert got.status == status, got.body[:300]
    assert got.headers["content-type"] == MEDIA_TYPE
    assert got.headers["x-content-type-options"] == "nosniff"
    told = got.json()
    assert told["status"] == status
    assert told["title"]
    assert told["detail"]
    for secret in (str(ROOT), "site-packages", "Traceback", "sqlite", ".py", TOKEN, OTHER):
        assert secret not in got.body.decode()
    assert len(got.body) < 20_000


def test_there_are_enough_of_them() -> None:
    assert len(TABLE) >= 60
    assert len({name for name, _, _ in TABLE}) == len(TABLE)


@pytest.mark.parametrize(("sent", "status"), [case[1:] for case in TABLE], ids=[case[0] for case in TABLE])
def test_a_hostile_request_is_refused(port: int, sent: bytes, status: int) -> None:
    refuses(send(port, sent), status)


SLOW: tuple[tuple[str, tuple[bytes, ...]], ...] = (
    ("a body that does not come", (post(b"", length=100),)),
    ("a body a byte at a time", (post(b"", length=100), *([b" "] * 30))),
    ("chunks a byte at a time", (chunked(token=TOKEN), *([b"1\r\n \r\n"] * 30))),
    ("a first line that does not end", (b"GET /heal",)),
    ("headers a line at a time", (b"GET /healthz HTTP/1.1\r\n", *([b"X: a\r\n"] * 30))),
    ("an article that does not come", (post(b"", "/v1/articles", length=2_000_000),)),
)


def test_what_comes_too_slowly_is_not_waited_for(hasty: int) -> None:
    with ThreadPoolExecutor(len(SLOW)) as together:
        for got in together.map(lambda case: send(hasty, *case[1], pause=0.1), SLOW):
            refuses(got, 408)


def test_a_connection_that_says_nothing_is_closed(hasty: int) -> None:
    with socket.create_connection(("127.0.0.1", hasty), timeout=10) as connection:
        assert connection.recv(100) == b""


def test_an_article_may_be_larger_than_a_question_but_not_of_any_size(hasty: int) -> None:
    refuses(send(hasty, post(b'"' + b"x" * 2_000_000 + b'"', "/v1/articles")), 422)
    refuses(send(hasty, post(b" " * 3_000_001, "/v1/articles")), 413)
    refuses(send(hasty, post(b" " * 2_000_000, "/v1/query")), 413)


def test_past_so_many_connections_there_is_a_503(port: int) -> None:
    held = [socket.create_connection(("127.0.0.1", port)) for _ in range(OPTIONS.connections)]
    try:
        refuses(send(port), 503)
    finally:
        for one in held:
            one.close()


ODD: tuple[tuple[str, bytes], ...] = (
    ("the same key twice", post(b'{"question": 7, "question": "When was it opened?"}')),
    ("NULs and line ends in a question", post(asked("When\0was\r\nit opened?"))),
    ("a question in another script", post(asked("Когда открыли мост? 🌉"))),
    ("HTML", post(asked("<script>alert(1)</script>"))),
    ("SQL", post(asked("'; DROP TABLE articles; --"))),
    ("the search engine's own syntax", post(asked('title:"a" AND (NOT b OR [x TO y]) ~2 ^3 \\'))),
    ("a token name in capitals", post(asked()).replace(b"Authorization: Bearer", b"AUTHORIZATION: BEARER")),
)


@pytest.mark.parametrize("sent", [case[1] for case in ODD], ids=[case[0] for case in ODD])
def test_what_is_only_odd_is_answered(port: int, sent: bytes) -> None:
    got = send(port, sent, patience=30)
    assert got.status == 200
    assert got.headers["content-type"] == "application/json"


def test_it_still_answers_after_all_that(port: int) -> None:
    assert send(port, get("/healthz")).status == 200
    assert send(port, post(asked())).status == 200
