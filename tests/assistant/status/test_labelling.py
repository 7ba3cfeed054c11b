"""Single sentences, and sentences in a small article: who vouches, how firmly, by which words."""

from __future__ import annotations

from pathlib import Path
from typing import get_args

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from assistant.models import Attribution, Certainty
from assistant.status.labelling import label
from assistant.status.models import Label
from corpus.sentences import split

CASES = [
    line.rstrip("\t").split("\t")
    for line in (Path(__file__).parent / "cases.tsv").read_text(encoding="utf-8").splitlines()
    if line and not line.startswith("#")
]


def labels(text: str, *, title: str | None = None, publisher: str | None = None) -> list[Label]:
    return label(text, split(text), title=title, publisher=publisher)


def of_the_marked(text: str) -> Label:
    """The label of the sentence behind `>> `, or of the only one."""
    before, _, _ = text.partition(">> ")
    plain = text.replace(">> ", "")
    place = len(before) if ">> " in text else 0
    return next(found for found in labels(plain) if found.sentence.start >= place)


@pytest.mark.parametrize(("attribution", "certainty", "text"), CASES, ids=[case[2][:60] for case in CASES])
def test_a_sentence_is_labelled_as_a_reader_would(attribution: str, certainty: str, text: str) -> None:
    found = of_the_marked(text)
    assert (found.attribution, found.certainty) == (attribution, certainty)


def test_there_are_cases_of_every_class() -> None:
    assert {case[0] for case in CASES} == set(get_args(Attribution))
    assert {case[1] for case in CASES} == set(get_args(Certainty))
    assert len(CASES) >= 150


@pytest.mark.parametrize(
    "text",
    [
        "Sources said the deal was done.",
        "The bridge may close next week.",
        "Rumours that the actor had died spread on Sunday.",
        "The clerk allegedly took the money.",
        "Police said the fire may have been started on purpose.",
    ],
)
def test_what_nobody_vouches_for_by_name_or_firmly_is_unconfirmed(text: str) -> None:
    assert labels(text)[0].unconfirmed


@pytest.mark.parametrize(
    "text",
    [
        "The bridge was opened on Monday.",
        "Police said two men were arrested.",
        "The company denied the report.",
        "Neither company has confirmed the talks.",
        "The council will meet on Tuesday.",
        "Watch the video below.",
    ],
)
def test_what_is_said_flatly_or_denied_is_not_unconfirmed(text: str) -> None:
    assert not labels(text)[0].unconfirmed


@pytest.mark.parametrize(
    ("text", "cues"),
    [
        ("Sources said the deal may fail.", ["Sources said", "may"]),
        ("The deal was done, Reuters reported.", ["Reuters reported"]),
        ("The vase is believed to be Roman.", ["is believed to"]),
        ("According to the interior ministry, it rained.", ["According to the interior ministry"]),
        ("The bridge was opened on Monday.", []),
    ],
)
def test_cues_are_the_words_that_decided(text: str, cues: list[str]) -> None:
    assert [text[cue.start : cue.end] for cue in labels(text)[0].cues] == cues


def test_a_pronoun_points_at_the_sentence_that_names_its_speaker() -> None:
    text = "Mayor Olav Trent said the bridge was sound. He added that it had been checked."
    named, added = labels(text)
    assert added.because_of == named.sentence
    assert named.because_of is None


def test_a_quotation_over_several_sentences_has_one_speaker() -> None:
    text = "“It rained for days. The river rose. We left,” said Olav Trent, the mayor. The bridge held."
    *speech, after = labels(text)
    assert [found.attribution for found in speech] == ["official", "official", "official"]
    assert after.attribution == "own_reporting"


def test_a_quotation_that_was_never_closed_ends_with_its_paragraph() -> None:
    text = "“It rained, Mayor Olav Trent said.\n\nThe bridge was opened in 1912."
    assert labels(text)[-1].attribution == "own_reporting"


def test_the_publisher_s_own_name_is_own_reporting() -> None:
    text = "Reuters has learned that the deal was done."
    assert labels(text, publisher="Reuters")[0].attribution == "own_reporting"


def test_the_text_of_a_block_that_an_outlet_is_quoted_with_is_the_outlet_s() -> None:
    text = (
        "The Guardian writes in its own report on the fair:\n\nThe fair drew a crowd. It rained.\n\nIt closed at noon."
    )
    attributions = [found.attribution for found in labels(text)]
    assert attributions[-3:] == ["other_outlet", "other_outlet", "own_reporting"]


def test_negations_deny_only_where_the_article_tells_the_story_as_rumour() -> None:
    rumour = "Rumours that actor Olav Trent had died in Bonn spread on Sunday.\n\nOlav Trent has not died in Bonn."
    plain = "The actor Olav Trent lives in Bonn.\n\nOlav Trent has not died in Bonn."
    assert labels(rumour)[-1].certainty == "denied"
    assert labels(plain)[-1].certainty == "stated"


def test_an_empty_article_has_no_labels() -> None:
    assert label("", [], title=None, publisher=None) == []


PIECES = st.sampled_from(
    [
        "said", "may", "sources", "“", "”", '"', "'", "’", "according to", ",", ".", "?", "\n\n", "the", "Olav Trent",
        "he", "that", "(@jo)", "—", "Reuters", "reported", "who", "not", "rumours", ":", "is", "believed to", "…",
        "May", "14", "WHO", "and", "A", "İstanbul", "🙂",
    ]
)  # fmt: skip


@given(st.lists(PIECES, max_size=60).map(" ".join))
@settings(deadline=None, max_examples=150)
def test_any_text_is_labelled_and_offsets_stay_inside_their_sentence(text: str) -> None:
    check(text)


@given(st.text(max_size=200))
@settings(deadline=None, max_examples=100)
def test_any_characters_are_labelled(text: str) -> None:
    check(text)


def check(text: str) -> None:
    spans = split(text)
    found = label(text, spans, title=text[:20], publisher="Reuters")
    assert [read.sentence for read in found] == spans
    for read in found:
        places = [
            read.sentence.start,
            *(place for cue in read.cues for place in (cue.start, cue.end)),
            read.sentence.end,
        ]
        assert places == sorted(places)
        assert read.because_of is None or (read.because_of in spans and read.because_of != read.sentence)
        assert not (read.attribution == "none" and read.unconfirmed)


def test_labelling_is_the_same_every_time() -> None:
    text = "Sources said the deal was done. He added that it may fail."
    assert labels(text) == labels(text)
