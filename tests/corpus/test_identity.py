"""Ids are unique, stable from run to run, and do not hang on the order in which files were read."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from corpus.identity import LONGEST_ID, assign, made_id, source_key
from corpus.models import Draft, Skipped


def draft(source: str, *, row: int | None = None, given_id: str | None = None, text: str = "A text.") -> Draft:
    return Draft(text=text, source=source, row=row, given_id=given_id)


def entry(
    source: str, *, text: str = "A text.", edition: str = "", given_id: str = "urn:1", publisher: str = "Post"
) -> Draft:
    """An entry of a feed."""
    return Draft(text=text, source=source, row=1, given_id=given_id, publisher=publisher, edition=edition)


def ids(*drafts: Draft, known: dict[str, str] | None = None) -> dict[str, str]:
    """Ids by source key."""
    verdicts = assign(drafts, known=known or {})
    return {source_key(found[1]): found[0] for found in verdicts if not isinstance(found, Skipped)}


def reasons(*drafts: Draft) -> list[str]:
    return [verdict.reason for verdict in assign(drafts, known={}) if isinstance(verdict, Skipped)]


def test_a_file_is_named_by_its_stem() -> None:
    assert ids(draft("/home/ann/chip_talks/article_a.txt")) == {"/home/ann/chip_talks/article_a.txt": "article_a"}
    assert list(ids(draft("/a/notes.v2.txt.gz")).values()) == ["notes.v2"]


def test_files_of_one_stem_are_told_apart_by_folders_then_suffixes() -> None:
    assert ids(draft("/c/a/x.txt"), draft("/c/b/x.txt"), draft("/c/b/x.md"), draft("/d/b/x.md"), draft("/c/y.md")) == {
        "/c/a/x.txt": "a/x",
        "/c/b/x.txt": "b/x.txt",
        "/c/b/x.md": "c/b/x.md",
        "/d/b/x.md": "d/b/x",
        "/c/y.md": "y",
    }


def test_rows_are_named_by_their_file_and_number() -> None:
    assert ids(draft("/a/n.jsonl", row=1), draft("/a/n.jsonl", row=12), draft("/b/n.jsonl.gz", row=1)) == {
        "/a/n.jsonl#1": "a/n#1",
        "/a/n.jsonl#12": "a/n#12",
        "/b/n.jsonl.gz#1": "b/n#1",
    }


def test_an_id_that_the_input_gave_wins() -> None:
    found = ids(
        draft("/a/n.jsonl", row=1, given_id="x"),
        draft("/a/n.jsonl", row=2, given_id=" y\x07\n"),
        draft("/a/x.txt"),
        known={"/a/n.jsonl#1": "old", "/a/x.txt": "x"},
    )
    assert found == {"/a/n.jsonl#1": "x", "/a/n.jsonl#2": "y", "/a/x.txt": "a/x"}


def test_a_known_id_stays_whatever_has_come_since() -> None:
    known = {"/a/x.txt": "x"}
    assert ids(draft("/a/x.txt"), draft("/b/x.txt"), known=known) == {"/a/x.txt": "x", "/b/x.txt": "b/x"}


def test_the_id_of_an_article_that_is_gone_is_not_given_to_another() -> None:
    assert ids(draft("/b/x.txt"), known={"/a/x.txt": "x"}) == {"/b/x.txt": "b/x"}


def test_two_texts_with_one_given_id_keep_the_first_and_name_its_place() -> None:
    first = draft("/a/n.jsonl", row=1, given_id="x")
    assert reasons(first, draft("/a/n.jsonl", row=2, given_id="x", text="Other.")) == [
        "has the id 'x', which row 1 of the same file gives to another text; give each article an id of its own"
    ]
    assert reasons(first, draft("/b/m.jsonl", row=2, given_id="x")) == [
        "repeats the article 'x', which row 1 of '/a/n.jsonl' holds already; leave one out"
    ]


def test_an_id_too_long_to_show_is_refused() -> None:
    assert reasons(draft("/a/n.jsonl", row=1, given_id="x" * 201)) == ["has an id of 201 characters; the most is 200"]


def test_a_file_read_twice_counts_once() -> None:
    assert reasons(draft("/a/x.txt"), draft("/a/x.txt", text="Other.")) == ["was read twice in this run"]


def test_odd_names_still_give_ids() -> None:
    found = ids(draft("/a/ .txt"), draft("/a/x#1.txt"), draft("/a/x.jsonl", row=1), draft("/a/" + "y" * 250 + ".txt"))
    assert found["/a/x#1.txt"] == "x_1"
    assert found["/a/x.jsonl#1"] == "x#1"
    assert all(0 < len(name) <= LONGEST_ID for name in found.values())
    assert len(set(found.values())) == 4


pieces = st.sampled_from(["a", "b", "x", "x#1", "x.txt", "ä", " ", "\x07"])
sources = st.builds(
    lambda folders, stem, suffix: "/" + "/".join([*folders, stem]) + suffix,
    st.lists(pieces, max_size=3),
    pieces,
    st.sampled_from([".txt", ".md", ".jsonl", ".jsonl.gz", ""]),
)
drafts = st.builds(
    Draft,
    text=st.sampled_from(["A text.", "Other."]),
    source=sources,
    row=st.none() | st.integers(1, 3),
    given_id=st.none() | st.sampled_from(["x", "a/x", "x#1", " ", "y" * 201]),
)
known_ids = st.dictionaries(
    st.builds(lambda source, row: source + row, sources, st.sampled_from(["", "#1"])),
    st.sampled_from(["x", "a/x", "b", "x#1", "x.txt", "x_1"]),
)


@given(st.lists(drafts, max_size=12), known_ids, st.randoms(use_true_random=False))
def test_ids_are_unique_and_independent_of_the_order(
    found: list[Draft], known: dict[str, str], shuffler: random.Random
) -> None:
    verdicts = assign(found, known=known)
    given_ids = [verdict[0] for verdict in verdicts if not isinstance(verdict, Skipped)]
    assert len(verdicts) == len(found)
    assert len(set(given_ids)) == len(given_ids)
    assert all(name and len(name) <= LONGEST_ID and name.isprintable() for name in given_ids)
    shuffled = list(found)
    shuffler.shuffle(shuffled)
    assert assign(shuffled, known=known) == verdicts


@given(st.lists(drafts, max_size=12))
def test_a_second_run_yields_the_ids_of_the_first(found: list[Draft]) -> None:
    first = ids(*found)
    assert ids(*found, known=first) == first


def test_of_a_feed_s_entry_in_several_files_the_latest_edition_counts() -> None:
    monday = entry("/f/monday.xml", text="Nine.", edition="2022-06-06T08:00:00+00:00")
    friday = entry("/f/friday.xml", text="Ten.", edition="2022-06-10T08:00:00+02:00")
    assert assign([friday, monday], known={}) == [("urn:1", friday)]
    assert assign([monday, friday], known={}) == [("urn:1", friday)]


def test_of_editions_of_one_moment_that_of_the_last_file_counts() -> None:
    first, last = entry("/f/1.xml", text="Nine."), entry("/f/2.xml", text="Ten.")
    assert assign([last, first], known={}) == [("urn:1", last)]
    dated = entry("/f/0.xml", edition="2022-06-10")
    assert assign([first, dated, last], known={}) == [("urn:1", dated)]


def test_an_entry_twice_in_one_file_without_a_word_which_counts_is_told_of() -> None:
    assert len(assign([entry("/f/1.xml"), entry("/f/1.xml")], known={})) == 1
    assert reasons(entry("/f/1.xml"), entry("/f/1.xml", text="Another."))[0].startswith("has the id 'urn:1'")


def test_one_guid_in_feeds_of_two_publishers_names_two_entries() -> None:
    assert reasons(entry("/f/1.xml"), entry("/f/2.xml", text="Another.", publisher="Wire"))
    assert reasons(entry("/f/1.xml"), draft("/f/rows.jsonl", row=1, given_id="urn:1", text="Another."))


def test_an_id_made_for_an_entry_hangs_on_what_it_says_alone() -> None:
    assert made_id("Post", "Ferry", "2022-06-06") == made_id("Post", "Ferry", "2022-06-06")
    assert made_id("Post", "Ferry", None) != made_id("Post", None, "Ferry")
