"""Who is let in, at which rate, and with which headers the answers go out."""

from __future__ import annotations

from collections.abc import Callable

import pytest
from fastapi.testclient import TestClient

from assistant.http.app import create_app
from assistant.http.options import ServerOptions
from assistant.http.problems import MEDIA_TYPE
from assistant.http.security import HEADERS
from assistant.http.service import Gone
from assistant.wiring import Desk

TOKEN = "a-token-of-the-tests-0001"
OTHER = "a-token-of-the-tests-0002"
PAGE = "https://newsroom.example"

Calling = Callable[..., TestClient]


@pytest.fixture
def calling(desk: Desk) -> Calling:
    """A client of an app with these options."""

    def make(address: str = "192.0.2.7", **options: object) -> TestClient:
        app = create_app(desk, ServerOptions(**options))  # type: ignore[arg-type]
        return TestClient(app, raise_server_exceptions=False, client=(address, 50_000))

    return make


def bearing(token: str) -> dict[str, str]:
    return {"Authorization": f"Bearer {token}"}


def test_each_of_several_tokens_lets_in(calling: Calling) -> None:
    client = calling(tokens=(TOKEN, OTHER))
    assert [client.get("/v1/articles", headers=bearing(one)).status_code for one in (TOKEN, OTHER)] == [200, 200]
    assert client.get("/v1/articles", headers={"authorization": f"bearer {TOKEN}"}).status_code == 200


def test_who_has_none_is_told_how_to_send_one(calling: Calling) -> None:
    got = calling(tokens=(TOKEN,)).get("/v1/articles")
    assert (got.status_code, got.headers["www-authenticate"]) == (401, 'Bearer realm="crosscheck"')
    assert "Authorization: Bearer" in got.json()["detail"]


def test_the_probes_need_no_token_and_have_no_limit(calling: Calling) -> None:
    client = calling(tokens=(TOKEN,), per_minute=1)
    assert {client.get(path).status_code for path in ("/healthz", "/readyz") * 3} == {200}


def test_a_browser_that_gave_a_token_is_let_in_by_its_cookie(calling: Calling) -> None:
    client = calling(tokens=(TOKEN,))
    assert "set-cookie" not in client.post("/login", data={"token": OTHER}).headers
    assert client.get("/v1/articles").status_code == 401
    cookie = client.post("/login", data={"token": TOKEN}, follow_redirects=False).headers["set-cookie"]
    assert "HttpOnly" in cookie
    assert "SameSite=strict" in cookie
    assert TOKEN not in cookie
    assert client.get("/v1/articles").status_code == 200


def test_a_client_that_asks_too_often_is_told_when_to_come_back(calling: Calling) -> None:
    client = calling(per_minute=3)
    answers = [client.get("/v1/articles") for _ in range(5)]
    assert [one.status_code for one in answers] == [200, 200, 200, 429, 429]
    assert 1 <= int(answers[-1].headers["retry-after"]) <= 60
    assert answers[-1].headers["content-type"] == MEDIA_TYPE


def test_each_token_has_a_rate_of_its_own(calling: Calling) -> None:
    client = calling(tokens=(TOKEN, OTHER), per_minute=2)
    ask = [client.get("/v1/articles", headers=bearing(one)).status_code for one in (TOKEN, TOKEN, TOKEN, OTHER)]
    assert ask == [200, 200, 429, 200]


def test_who_guesses_tokens_is_slowed_down_by_address(calling: Calling) -> None:
    client = calling(tokens=(TOKEN,), per_minute=3)
    guesses = [client.get("/v1/articles", headers=bearing(f"guess-number-{n:08}")).status_code for n in range(5)]
    assert guesses == [401, 401, 401, 429, 429]
    assert client.get("/v1/articles", headers=bearing(TOKEN)).status_code == 200


@pytest.mark.parametrize("header", ["X-Forwarded-For", "Forwarded", "X-Real-IP", "CF-Connecting-IP"])
def test_a_header_does_not_say_where_a_client_is(calling: Calling, header: str) -> None:
    client = calling(per_minute=1)
    assert [client.get("/v1/articles", headers={header: f"198.51.100.{n}"}).status_code for n in (1, 2)] == [200, 429]


def test_the_addresses_of_one_ipv6_network_are_one_client(calling: Calling) -> None:
    client = calling("2001:db8::1", per_minute=1)
    assert client.get("/v1/articles").status_code == 200
    neighbour = TestClient(client.app, client=("2001:db8::ffff:2", 50_000))
    stranger = TestClient(client.app, client=("2001:db8:1::1", 50_000))
    assert [one.get("/v1/articles").status_code for one in (neighbour, stranger)] == [429, 200]


@pytest.mark.parametrize(("path", "status"), [("/healthz", 200), ("/nowhere", 404), ("/", 200)])
def test_every_response_has_the_headers_that_browsers_heed(client: TestClient, path: str, status: int) -> None:
    got = client.get(path)
    assert got.status_code == status
    assert HEADERS.keys() <= got.headers.keys()
    assert "default-src 'none'" in got.headers["content-security-policy"]
    assert "unsafe" not in got.headers["content-security-policy"]
    assert "server" not in got.headers


def test_no_page_of_another_origin_may_ask_unless_listed(calling: Calling) -> None:
    asks = {"Origin": PAGE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "content-type"}
    for options in ({}, {"cors": ("https://other.example",)}):
        client = calling(**options)
        assert client.options("/v1/query", headers=asks).status_code in (400, 405)
        assert client.options("/v1/query", headers=asks).headers["content-type"] == MEDIA_TYPE
        assert "access-control-allow-origin" not in client.get("/v1/articles", headers={"Origin": PAGE}).headers


def test_a_listed_origin_may_ask_with_a_token(calling: Calling) -> None:
    client = calling(cors=(PAGE,), tokens=(TOKEN,))
    asks = {"Origin": PAGE, "Access-Control-Request-Method": "POST", "Access-Control-Request-Headers": "authorization"}
    assert client.options("/v1/query", headers=asks).headers["access-control-allow-origin"] == PAGE
    refused = client.get("/v1/articles", headers={"Origin": PAGE})
    assert (refused.status_code, refused.headers["access-control-allow-origin"]) == (401, PAGE)


def test_a_request_keeps_the_id_it_brings_if_that_is_harmless(client: TestClient) -> None:
    assert client.get("/healthz", headers={"X-Request-ID": "proxy-17.a"}).headers["x-request-id"] == "proxy-17.a"
    for bad in ("a b", "x" * 65, '{"a":1}', ""):
        assert len(client.get("/healthz", headers={"X-Request-ID": bad}).headers["x-request-id"]) == 32


def test_what_nobody_foresaw_is_a_500_that_says_nothing_but_its_id(
    calling: Calling, caplog: pytest.LogCaptureFixture
) -> None:
    client = calling()

    @client.app.get("/broken")  # type: ignore[attr-defined,untyped-decorator]
    async def broken() -> None:
        raise OSError("cannot open /srv/newsroom/secret.sqlite")

    got = client.get("/broken", headers={"X-Request-ID": "seventeen"})
    assert (got.status_code, got.headers["content-type"]) == (500, MEDIA_TYPE)
    assert got.json()["instance"] == "seventeen"
    assert "newsroom" not in got.text
    assert got.headers["x-frame-options"] == "DENY"
    assert [one.request_id for one in caplog.records if one.message == "unforeseen"] == ["seventeen"]  # type: ignore[attr-defined]


def test_for_who_has_left_there_is_nothing(calling: Calling) -> None:
    client = calling()

    @client.app.get("/left")  # type: ignore[attr-defined,untyped-decorator]
    async def left() -> None:
        raise Gone

    got = client.get("/left")
    assert (got.status_code, got.content) == (499, b"")
