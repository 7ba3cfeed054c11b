"""Which names and addresses of articles are doubted, and that honest ones are not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus import outlets
from corpus.outlet_hosts import all_hosts, host_of, hosts_of, outlet_named
from corpus.publishers import doubt, skeleton


def kind(publisher: str | None, url: str | None = None) -> str | None:
    found = doubt(publisher, url)
    return found and found.kind


@pytest.mark.parametrize(
    "name",
    [
        "Reuters\u200b",
        "\u202eReuters",
        "Reu\u00adters",
        "BBC\ufeff",
        "CNN\ufe0f",
        "\u3164",
        "Veyle\u2060 Post",
        "A\U000e0041P",
    ],
)
def test_a_name_with_characters_that_nobody_sees_is_doubted(name: str) -> None:
    assert kind(name) == "hidden"


@pytest.mark.parametrize(
    "name",
    [
        "Reutеrs",
        "Reutеrѕ",
        "ВВС",
        "lnterfax",
        "Ｒｅｕｔｅｒｓ",
        "𝐑𝐞𝐮𝐭𝐞𝐫𝐬",
        "ΒΒC",
        "The Guаrdian",
        "B1oomberg",
        "AX10S",
        "rnashable",
    ],
)
def test_a_name_that_only_looks_like_an_outlets_is_doubted(name: str) -> None:
    assert kind(name) == "lookalike"


@pytest.mark.parametrize("name", ["Vеyle Post", "Wire Αgency News", "Coаstline"])
def test_a_word_of_letters_of_several_scripts_is_doubted(name: str) -> None:
    assert kind(name) == "mixed"


@pytest.mark.parametrize(
    "name",
    [
        "Reuters",
        "REUTERS",
        "The Guardian",
        "Guardian",
        "ТАСС",
        "РИА Новости",
        "RT на русском",
        "東京新聞 Tokyo",
        "Le Monde",
        "קול ישראל\u200f",
        "همشهری\u200cآنلاین",
        "9to5Mac",
        "E! Online",
        "Ynet",
        "Süddeutsche Zeitung",
        "News ❤️",
        "Veyle Post",
        "Τα Νέα",
        "Ъ-FM",
        "BBC News",
        "Channel 1",
        "Il Sole 24 Ore",
        "",
        "   ",
    ],
)
def test_honest_names_are_not_doubted(name: str) -> None:
    assert doubt(name, None) is None


@pytest.mark.parametrize(
    ("publisher", "url", "owner"),
    [
        ("Reuters", "https://reuters.com.evil.example/world/1", "evil.example"),
        ("Reuters", "https://evil.example/reuters.com", "evil.example"),
        ("The New York Times", "http://nytimes.com@evil.example/", "evil.example"),
        ("cnn.com", "https://cnn.news.evil.co.uk/", "evil.co.uk"),
        ("AP", "http://203.0.113.7/ap", "203.0.113.7"),
        ("BBC News", "https://bbc-news.example/", "bbc-news.example"),
    ],
)
def test_an_outlets_name_under_an_address_that_is_not_its_own_is_doubted(publisher: str, url: str, owner: str) -> None:
    found = doubt(publisher, url)
    assert found is not None
    assert (found.kind, found.reason.endswith(f"but its address is on {owner}")) == ("address", True)


@pytest.mark.parametrize("publisher", [None, "Daily Harbour"])
@pytest.mark.parametrize("host", ["reuters.com.evil.example", "rnashable.com", "xn--reters-0zf.com", "rеuters.com"])
def test_an_address_that_looks_like_an_outlets_is_doubted_whatever_the_name(publisher: str | None, host: str) -> None:
    if host.startswith("xn--"):
        host = "r\u0435uters.com".encode("idna").decode()
    assert kind(publisher, f"https://{host}/1") == "address"


@pytest.mark.parametrize(
    ("publisher", "url"),
    [
        ("Reuters", "https://www.reuters.com/world/1"),
        ("Reuters", "https://uk.reuters.com/article/1"),
        ("Reuters", "HTTPS://REUTERS.COM:443/"),
        ("cnn.com", "https://edition.cnn.com/2022/1"),
        ("usatoday.com", "https://www.usatoday.com/story/1"),
        ("BBC", "https://www.bbc.co.uk/news/1"),
        ("Wired", "https://web.archive.org/web/2020/https://www.wired.com/1"),
        ("Reuters", "https://t.co/abc"),
        ("Associated Press", "https://www.washingtonpost.com/politics/1"),
        ("The Sun", "https://sun.example/"),
        ("Mail", "https://mail.example/"),
        ("Veyle Post", "https://post.example/bridge"),
        ("Reuters", None),
        ("Reuters", "/reuters/1"),
        ("Reuters", "urn:newsml:reuters.com:1"),
        ("Reuters", "http://[::1"),
    ],
)
def test_honest_addresses_are_not_doubted(publisher: str, url: str | None) -> None:
    assert doubt(publisher, url) is None


def test_every_outlet_of_the_hosts_is_listed_under_that_name() -> None:
    assert [name for name in all_hosts() if outlets.known(name) != name] == []


def test_no_listed_name_is_itself_taken_for_another() -> None:
    assert [name for name, _ in outlets.listed() if doubt(name, None)] == []


def test_no_outlet_is_doubted_under_its_own_hosts() -> None:
    for outlet, hosts in all_hosts().items():
        for host in hosts:
            assert doubt(outlet, f"https://www.{host}/1") is None
            assert doubt(host, f"https://{host}/1") is None
            assert outlet_named(outlet) == outlet


def test_hosts_are_of_outlets_with_an_unmistakable_name() -> None:
    assert hosts_of("Metro") == frozenset()
    assert host_of("https://user:secret@WWW.Reuters.com.:8443/x?y#z") == "reuters.com"


@given(st.text(max_size=30), st.text(max_size=60))
def test_no_name_and_no_address_raises_anything(publisher: str, address: str) -> None:
    doubt(publisher, f"https://{address}")
    assert skeleton(skeleton(publisher)) is not None
