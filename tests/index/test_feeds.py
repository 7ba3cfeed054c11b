"""Feeds are ingested again and again: entries keep their ids, and nothing is added twice."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from index.models import Summary
from index.workspace import open_workspace
from tests.fakes import bring_in


@dataclass(frozen=True)
class Entry:
    title: str
    text: str
    guid: str | None = None
    link: str | None = None
    day: int | None = None


FERRY = Entry("Ferry", "The ferry to Orlen sails at nine.", guid="urn:news:1", day=1)
MARKET = Entry("Market", "The market opens on Friday.", guid="urn:news:2", day=2)
SCHOOL = Entry("School", "The school has a new roof.", guid="urn:news:3", day=3)


def feed(file: Path, *entries: Entry, title: str = "Orlen Post") -> Path:
    """Writes an RSS feed, newest entry first as feeds have it, in the order given."""
    items = "".join(_item(entry) for entry in entries)
    file.write_text(f"<rss version='2.0'><channel><title>{title}</title>{items}</channel></rss>", encoding="utf-8")
    return file


def _item(entry: Entry) -> str:
    parts = [f"<title>{entry.title}</title><description>{entry.text}</description>"]
    parts += [f"<guid isPermaLink='false'>{entry.guid}</guid>"] if entry.guid else []
    parts += [f"<link>{entry.link}</link>"] if entry.link else []
    if entry.day:
        parts.append(f"<pubDate>{format_datetime(datetime(2022, 6, entry.day, tzinfo=UTC))}</pubDate>")
    return f"<item>{''.join(parts)}</item>"


def texts(workspace: Path) -> dict[str, tuple[int, str]]:
    """Revision and text by id."""
    with open_workspace(workspace) as opened, opened.viewing() as view:
        found = [view.article(listing.id) for listing in view.listings()]
    return {article.id: (article.revision, article.text) for article in found}


def counts(summary: Summary) -> tuple[int, int, int, int]:
    return summary.added, summary.revised, summary.unchanged, len(summary.skipped)


def test_a_feed_that_is_ingested_twice_adds_nothing_twice(tmp_path: Path) -> None:
    file, workspace = feed(tmp_path / "post.xml", MARKET, FERRY), tmp_path / "w"
    assert counts(bring_in(workspace, file)) == (2, 0, 0, 0)
    assert counts(bring_in(workspace, file)) == (0, 0, 2, 0)


def test_entries_that_moved_down_in_a_feed_keep_their_ids(tmp_path: Path) -> None:
    file, workspace = feed(tmp_path / "post.xml", MARKET, FERRY), tmp_path / "w"
    bring_in(workspace, file)
    feed(file, SCHOOL, MARKET, FERRY)
    assert counts(bring_in(workspace, file)) == (1, 0, 2, 0)
    assert texts(workspace)["urn:news:1"] == (1, FERRY.text)


def test_an_entry_that_was_rewritten_is_a_revision(tmp_path: Path) -> None:
    file, workspace = feed(tmp_path / "post.xml", MARKET, FERRY), tmp_path / "w"
    bring_in(workspace, file)
    feed(file, MARKET, Entry("Ferry", "The ferry to Orlen sails at ten.", guid="urn:news:1", day=1))
    assert counts(bring_in(workspace, file)) == (0, 1, 1, 0)
    assert texts(workspace)["urn:news:1"] == (2, "The ferry to Orlen sails at ten.")


def test_entries_that_left_the_feed_stay(tmp_path: Path) -> None:
    file, workspace = feed(tmp_path / "post.xml", MARKET, FERRY), tmp_path / "w"
    bring_in(workspace, file)
    feed(file, SCHOOL, MARKET)
    bring_in(workspace, file)
    assert set(texts(workspace)) == {"urn:news:1", "urn:news:2", "urn:news:3"}


def test_an_entry_without_a_guid_is_named_by_its_link(tmp_path: Path) -> None:
    entry = Entry("Ferry", FERRY.text, link="https://post.example/ferry")
    file, workspace = feed(tmp_path / "post.xml", entry), tmp_path / "w"
    bring_in(workspace, file)
    feed(file, MARKET, entry)
    assert counts(bring_in(workspace, file)) == (1, 0, 1, 0)
    assert "https://post.example/ferry" in texts(workspace)


def test_an_entry_with_neither_guid_nor_link_is_the_same_one_row_further_down(tmp_path: Path) -> None:
    entry = Entry("Ferry", FERRY.text, day=1)
    file, workspace = feed(tmp_path / "post.xml", entry), tmp_path / "w"
    bring_in(workspace, file)
    feed(file, Entry("Market", MARKET.text, day=2), entry)
    assert counts(bring_in(workspace, file)) == (1, 0, 1, 0)
    assert sorted(texts(workspace).values()) == [(1, FERRY.text), (1, MARKET.text)]


def test_an_entry_in_the_files_of_two_days_is_one_article_without_a_complaint(tmp_path: Path) -> None:
    feed(tmp_path / "monday.xml", MARKET, FERRY)
    feed(tmp_path / "tuesday.xml", SCHOOL, MARKET, FERRY)
    assert counts(bring_in(tmp_path / "w", tmp_path / "monday.xml", tmp_path / "tuesday.xml")) == (3, 0, 0, 0)
    assert counts(bring_in(tmp_path / "w", tmp_path / "monday.xml", tmp_path / "tuesday.xml")) == (0, 0, 3, 0)


def test_the_file_of_a_later_day_brings_revisions(tmp_path: Path) -> None:
    folder, workspace = tmp_path / "feeds", tmp_path / "w"
    folder.mkdir()
    feed(folder / "monday.xml", MARKET, FERRY)
    bring_in(workspace, folder)
    feed(folder / "friday.xml", SCHOOL, Entry("Ferry", "The ferry to Orlen sails at ten.", guid="urn:news:1", day=4))
    assert counts(bring_in(workspace, folder)) == (1, 1, 1, 0)
    assert texts(workspace)["urn:news:1"] == (2, "The ferry to Orlen sails at ten.")
    assert counts(bring_in(workspace, folder)) == (0, 0, 3, 0)


def test_an_older_file_that_comes_later_changes_nothing(tmp_path: Path) -> None:
    folder, workspace = tmp_path / "feeds", tmp_path / "w"
    folder.mkdir()
    feed(folder / "b.xml", Entry("Ferry", "The ferry to Orlen sails at ten.", guid="urn:news:1", day=4))
    bring_in(workspace, folder)
    feed(folder / "c.xml", FERRY)
    assert counts(bring_in(workspace, folder)) == (0, 0, 1, 0)
    assert texts(workspace)["urn:news:1"] == (1, "The ferry to Orlen sails at ten.")


def test_an_entry_stays_while_one_of_its_files_does(tmp_path: Path) -> None:
    folder, workspace = tmp_path / "feeds", tmp_path / "w"
    folder.mkdir()
    feed(folder / "monday.xml", FERRY)
    later = feed(folder / "tuesday.xml", MARKET, FERRY)
    bring_in(workspace, folder)
    later.unlink()
    bring_in(workspace, folder, prune=True)
    assert set(texts(workspace)) == {"urn:news:1"}


def test_the_same_guid_in_feeds_of_two_publishers_is_told_of(tmp_path: Path) -> None:
    feed(tmp_path / "a.xml", FERRY)
    feed(tmp_path / "b.xml", Entry("Tram", "The tram is late.", guid="urn:news:1", day=1), title="Holm News")
    summary = bring_in(tmp_path / "w", tmp_path / "a.xml", tmp_path / "b.xml")
    assert summary.added == 1
    assert "gives to another text" in summary.skipped[0].reason
