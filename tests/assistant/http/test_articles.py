"""Articles over HTTP: listed, shown with their spans, added and removed while others ask."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest
from fastapi.testclient import TestClient
from filelock import FileLock

from assistant import wiring
from assistant.http.app import create_app
from assistant.http.options import ServerOptions
from assistant.models import ask
from assistant.settings import load
from assistant.wiring import Desk
from tests.assistant.http.serving_slowly import served
from tests.conftest import Crosscheck

FERRY = "ferry-wire-sinking"
ID = 'wire/2025 05?q=1&b="ü"#'
BRIDGE = {"id": ID, "title": "Bridge opened", "published": "2025-05-02", "text": "Ida Marsh opened the bridge at Tolm."}


@pytest.fixture(scope="module")
def workspace(sample_workspace: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A copy that may be written to."""
    folder = tmp_path_factory.mktemp("writing") / "workspace"
    shutil.copytree(sample_workspace, folder)
    return folder


@pytest.fixture(scope="module")
def writing_desk(workspace: Path, cache: Path) -> Iterator[Desk]:
    with wiring.opened(load({"workspace": workspace, "cache": cache}, environment={})) as opened:
        yield opened


@pytest.fixture(scope="module")
def writer(writing_desk: Desk) -> Iterator[TestClient]:
    with TestClient(create_app(writing_desk, ServerOptions(writing=True)), raise_server_exceptions=False) as made:
        yield made


@pytest.fixture(scope="module")
def there(writing_desk: Desk) -> Iterator[httpx.Client]:
    """A real server; httpx's own transport for apps decodes addresses twice."""
    options = ServerOptions(writing=True)
    with served(writing_desk, options) as url, httpx.Client(base_url=url, timeout=30) as client:
        yield client


def address(article_id: str) -> str:
    return f"/v1/articles/{quote(article_id, safe='')}"


def test_pages_hold_every_article_once_by_id(client: TestClient) -> None:
    found: list[str] = []
    after = ""
    while after is not None:
        page = client.get("/v1/articles", params={"limit": 10, "after": after}).json()
        found += [article["id"] for article in page["articles"]]
        after = page["next"]
    assert found == sorted(found)
    assert len(found) == len(set(found)) == page["total"] == 34


def test_a_page_goes_on_where_an_article_is_gone_and_ends_at_the_end(client: TestClient) -> None:
    whole = client.get("/v1/articles", params={"limit": 34}).json()
    assert whole["next"] is None
    later = client.get("/v1/articles", params={"after": FERRY + "!"}).json()
    assert [one["id"] for one in later["articles"]] == [one["id"] for one in whole["articles"] if one["id"] > FERRY]
    assert client.get("/v1/articles", params={"after": "zzz"}).json()["articles"] == []


@pytest.mark.parametrize("limit", ["0", "1001", "many"])
def test_a_page_of_no_size_is_refused(client: TestClient, limit: str) -> None:
    assert client.get("/v1/articles", params={"limit": limit}).status_code == 422


def test_every_citation_can_be_followed_to_its_words(client: TestClient, desk: Desk) -> None:
    answer = desk.ask(ask("How many people died when the ferry sank?"))
    for cited in answer.citations:
        span = {"start": cited.start, "end": cited.end, "around": 40}
        shown = client.get(address(cited.article_id), params=span).json()
        excerpt = shown["excerpt"]
        assert (excerpt["quote"], shown["sha256"], shown["revision"]) == (cited.quote, cited.sha256, cited.revision)
        around = excerpt["before"] + excerpt["quote"] + excerpt["after"]
        assert around == shown["text"][max(0, cited.start - 40) : cited.end + 40]


def test_no_answer_tells_where_articles_were_read_from(client: TestClient, sample_workspace: Path) -> None:
    bodies = client.get("/v1/articles").text + client.get(address(FERRY)).text
    assert "/articles/" not in bodies
    assert str(sample_workspace) not in bodies


def test_an_article_names_those_of_its_origin(client: TestClient, desk: Desk) -> None:
    with desk.viewing() as view:
        linked = next(origin for origin in view.origins() if len(origin.articles) > 1)
        links = view.links_of(linked.articles[0])
    shown = client.get(address(linked.articles[0])).json()
    assert {one["article_id"] for one in shown["same_origin"]} <= set(linked.articles[1:])
    assert len(shown["same_origin"]) == len(links) > 0


@pytest.mark.parametrize(
    ("span", "sentence"),
    [
        ({"start": 5}, "A span needs both start and end"),
        ({"end": 5}, "A span needs both start and end"),
        ({"start": 5, "end": 5}, "The span from 5 to 5 is not in the text"),
        ({"start": 9, "end": 5}, "The span from 9 to 5 is not in the text"),
        ({"start": 0, "end": 10**9}, "The span from 0 to 1000000000 is not in the text"),
        ({"start": -1, "end": 5}, "start: Input should be greater than or equal to 0."),
    ],
)
def test_a_span_that_is_not_there_is_refused(client: TestClient, span: dict[str, int], sentence: str) -> None:
    refused = client.get(address(FERRY), params=span)
    assert refused.status_code == 422
    assert refused.json()["detail"].startswith(sentence)


@pytest.mark.parametrize("unknown", [FERRY + "x", "../" + FERRY, "a\0b", "%", ""])
def test_an_unknown_article_is_not_found_and_a_near_one_named(client: TestClient, unknown: str) -> None:
    refused = client.get(address(unknown))
    assert refused.status_code == 404
    assert (f"Near ones: '{FERRY}'" in refused.json()["detail"]) == (FERRY in unknown)


def test_where_nobody_may_write_nothing_is_changed(client: TestClient, desk: Desk) -> None:
    assert client.post("/v1/articles", json=BRIDGE).status_code == 403
    refused = client.delete(address(FERRY))
    assert refused.status_code == 403
    assert "--allow-writing" in refused.json()["detail"]
    assert client.get(address(FERRY)).status_code == 200


def test_an_article_is_added_asked_revised_and_removed(writer: TestClient, workspace: Path) -> None:
    added = writer.post("/v1/articles", json=BRIDGE).json()
    assert (added["articles"], added["added"]) == ([{"id": ID, "revision": 1}], 1)
    answer = writer.post("/v1/query", json={"question": "Who opened the bridge at Tolm?"}).json()
    assert answer["citations"][0]["article_id"] == ID
    assert answer["workspace"]["generation"] == added["generation"]

    assert writer.post("/v1/articles", json=BRIDGE).json()["unchanged"] == 1
    revised = writer.post("/v1/articles", json=[{**BRIDGE, "text": "Uwe Lund opened the bridge at Tolm."}]).json()
    assert (revised["articles"], revised["revised"]) == ([{"id": ID, "revision": 2}], 1)
    assert writer.get(address(ID)).json()["text"].startswith("Uwe Lund")
    assert len(list((workspace / "posted").iterdir())) == 1

    removed = writer.delete(address(ID)).json()
    assert removed == {"id": ID, "generation": revised["generation"] + 1}
    assert list((workspace / "posted").iterdir()) == []
    assert writer.get(address(ID)).status_code == writer.delete(address(ID)).status_code == 404


@pytest.mark.parametrize("odd", ["%41", "/a//b/", "a/../b", "a;b=c", "<b>é\u2028", "?&#", "posted.json"])
def test_every_id_is_an_address_over_a_socket(odd: str, there: httpx.Client) -> None:
    added = there.post("/v1/articles", json={**BRIDGE, "id": odd}).json()
    (kept,) = added["articles"]
    assert there.get(address(kept["id"])).json()["id"] == kept["id"] == " ".join(odd.split())
    assert there.delete(address(kept["id"])).json()["id"] == kept["id"]


def test_a_list_is_added_whole_or_not_at_all(writer: TestClient, workspace: Path) -> None:
    before = writer.get("/v1/articles").json()
    good = {"id": "good", "text": "A good article."}
    for wrong, sentence in (
        ({"id": "bad", "text": " "}, "Article 2 has no text."),
        ({"id": " ", "text": "Text."}, "Article 2 has no id."),
        ({"id": "..", "text": "Text."}, "Article 2 has the id '..', which no address can hold."),
        ({"id": "bad", "text": "a\0b"}, "Article 2 has a NUL character in its text; remove it."),
        ({"id": "i" * 201, "text": "Text."}, "articles.1.id: String should have at most 200 characters."),
        ({"id": "bad", "text": "Text.", "published": "yesterday"}, "Article 2 has a wrong date:"),
        ({"id": "good", "text": "Another."}, "Article 2 has the id 'good', which an earlier one of this request has."),
        ({"text": "Text."}, "articles.1.id: Field required."),
        ({"id": "bad", "text": "Text.", "colour": "red"}, "articles.1.colour: Extra inputs are not permitted."),
    ):
        refused = writer.post("/v1/articles", json=[good, wrong])
        assert refused.status_code == 422
        assert refused.json()["detail"].startswith(sentence)
    assert writer.get("/v1/articles").json() == before
    assert not any((workspace / "posted").glob("*"))


def test_what_was_posted_is_a_source_like_any_other(
    writer: TestClient, workspace: Path, crosscheck: Crosscheck
) -> None:
    writer.post("/v1/articles", json={"id": "kept", "text": "The mill at Tolm is owned by Ida Marsh."})
    crosscheck("articles", "remove", "kept", "-w", workspace)
    assert writer.get(address("kept")).status_code == 404
    crosscheck("ingest", workspace / "posted", "-w", workspace)
    assert writer.get(address("kept")).json()["text"] == "The mill at Tolm is owned by Ida Marsh."
    assert writer.delete(address("kept")).status_code == 200


def test_while_another_process_writes_nothing_is_changed_and_the_client_told_to_come_back(
    writer: TestClient, workspace: Path
) -> None:
    with FileLock(workspace / "lock"):
        for refused in (writer.post("/v1/articles", json=BRIDGE), writer.delete(address(FERRY))):
            assert (refused.status_code, refused.headers["retry-after"]) == (503, "5")
            assert str(workspace) not in refused.text
    assert not any((workspace / "posted").glob("*"))
    assert writer.get(address(FERRY)).status_code == 200


def test_questions_asked_while_articles_come_and_go_are_answered(writer: TestClient) -> None:
    def change(number: int) -> int:
        posted = writer.post("/v1/articles", json={**BRIDGE, "id": f"n{number}"})
        return posted.status_code if posted.status_code != 200 else writer.delete(address(f"n{number}")).status_code

    def question(_: int) -> int:
        return writer.post("/v1/query", json={"question": "Who opened the bridge at Tolm?"}).status_code

    with ThreadPoolExecutor(5) as pool:
        changes, answers = pool.map(change, range(2)), pool.map(question, range(8))
        assert {*changes, *answers} == {200}
