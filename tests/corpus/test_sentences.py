"""Sentence boundaries: offsets that hold for any text, and the cases that split badly elsewhere."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from corpus.sentences import split

# "¦" marks every boundary inside a case.
ABBREVIATIONS = """
The U.S. economy grew 2.4 percent in the second quarter.
Officials in the U.S. said the talks had ended. ¦ No deal was signed.
He moved to the U.S. ¦ The company followed him a year later.
The U.S. Health Department agreed. ¦ “In the U.S. we wait.” ¦ Nobody did.
Apple Inc. said on Monday that Mr. Cook would speak.
It was bought by Apple Inc. ¦ The price was not disclosed.
The bank, UBS AG, said it would close. ¦ Its chairman, A. Weber, resigned.
Kohl Inc. (Company) fell. ¦ Hart et al. (2012) rose.
Mr. and Mrs. Smith met Dr. Jones at St. Mary's Hospital on Jan. 3, 2020.
The law took effect in Jan. 2020 and was repealed in Dec. 2021.
It happened on Sept. 11. ¦ Everyone remembers.
J. K. Rowling and George R. R. Martin attended, as did E. T. A. Hoffmann.
The officer, James A. "Jim" Reed, left. ¦ Edward L. Beach stayed.
J.P. Morgan and E.U. officials declined. ¦ A spokesman for the E.U. did not reply.
The meeting ended at 5 p.m. ¦ Reporters were not admitted.
The shop opens at 9 a.m. Monday and closes at 5 p.m. on Fridays.
It was over by 10:30 p.m. ET. ¦ Police left at 11 p.m. Eastern.
Gov. Brown, Sen. Diaz and Rep. Hall voted for it; Lt. Gen. Powell did not.
Lt. Col. James A. Smith Jr. was killed. ¦ His father, James Smith Sr., survived.
Ms. Lee, a Ph.D. student at M.I.T., agreed. ¦ Prof. Kim did not.
Profits rose 5 pct. vs. a year ago, i.e. less than expected, e.g. by Goldman.
See Fig. 3 and Eq. (4) in Sec. 2.1 of Vol. 3, pp. 10-12. ¦ The SEC. ¦ Then the fig. ¦ Both.
He lives on Main St. ¦ She lives in London, on Downing St. near the park.
The company, based in Washington, D.C., declined. ¦ He flew to Washington, D.C. ¦ The trip took an hour.
Brown v. Board of Education was decided in 1954. ¦ It changed everything.
I met him, her, etc. ¦ Then we left.
World War I. ¦ It was over by Christmas, said George I. Miller.
It was plan B. ¦ Nobody wanted it at 30 °C. ¦ We waited.
It is now in New York. ¦ Last month. ¦ According to reports. ¦ He has cancer. ¦ To do so.
"""
NUMBERS = """
She ranked No. 5 in the list. ¦ No. 6 was her sister.
Asked whether he would resign, he said no. ¦ No one was surprised.
He was asked twice and said no. ¦ No. 5 followed.
The answer is no. ¦ 5 people were killed.
Shares fell to $3.50 from $4.25. ¦ Trading was halted. ¦ $6 billion went.
In 2014 there were 12. ¦ In 2015 there were 15.
Version 2.0.1 was released. ¦ Version 3.0 followed.
It weighs approx. 3 kg. ¦ It is 5 ft. 10 in. tall.
1. Gun laws are debated. ¦ 2. Gas prices rose.
The report was published in 2019.[12] ¦ Later studies disagreed.[13][14] ¦ None was final.
The method was described earlier.1 ¦ It was later withdrawn.
"""
QUOTATIONS = """
"We are not aware of any such talks." ¦ The spokesman hung up.
"We are not aware of any such talks," he said. ¦ "None at all."
“I didn’t do it.” ¦ “Neither did I.” ¦ They both laughed.
“Is it true?” she asked. ¦ “No!” he shouted. ¦ “Why?” Mary Smith asked.
He asked, “Is it true?” ¦ Nobody answered.
He said he was "done." ¦ Then he left.
He said "I will go. ¦ I will not return." ¦ And he went.
(He later withdrew the claim.) ¦ The paper stood by its story.
“Nothing was signed.” ¦ (Reuters could not verify this.) ¦ A source disagreed.
“The deal is dead.” — John Smith, chief executive
He ended it in London. ¦ “Nobody is calling me now,” he said.
"""
OTHER_ENDS = """
Wait... what happened next? ¦ Nobody knows.
He paused … and then went on. ¦ The crowd cheered.
It never ended... ¦ The next day he came back.
He said . . . nothing. ¦ She left.
What?! ¦ You can't be serious!! ¦ I am.
Yahoo! said it would buy the site.
Do you like "Who's Afraid of Virginia Woolf?" as a play?
iPhone sales fell. ¦ iPad sales rose.
Visit www.example.com/page.html for details. ¦ Or write to info@example.org.
Remember the day. ¦ https://example.org/story
Your weather has changed! ¦ 🌪 Stay inside.
The station is in London.¦The bill now heads to the house.
¿Es verdad? ¦ ¡No! ¦ Nadie lo sabe. ¦ Él sí.
今日は晴れです。¦明日は雨でしょう。
"""


def marked(lines: str) -> list[str]:
    return [line for line in lines.split("\n") if line]


def sentences_of(text: str) -> list[str]:
    return [text[sentence.start : sentence.end] for sentence in split(text)]


@pytest.mark.parametrize("case", marked(ABBREVIATIONS + NUMBERS + QUOTATIONS + OTHER_ENDS))
def test_a_line_is_cut_where_a_reader_would_cut_it(case: str) -> None:
    expected = [part.strip() for part in case.split("¦")]
    text = case.replace(" ¦ ", " ").replace("¦", "")
    assert sentences_of(text) == expected


def test_a_bullet_line_is_a_sentence_of_its_own() -> None:
    text = "Key points\n- Rates rise to 5.25%\n• Nobody confirmed it\n* The U.S.\n\nThe bank met. It left."
    assert sentences_of(text) == [
        "Key points",
        "- Rates rise to 5.25%",
        "• Nobody confirmed it",
        "* The U.S.",
        "The bank met.",
        "It left.",
    ]


def test_a_heading_without_full_stop_stays_apart_from_its_paragraph() -> None:
    assert sentences_of("The catch\nNobody signed.") == ["The catch", "Nobody signed."]


def test_every_kind_of_line_break_ends_a_sentence() -> None:
    assert sentences_of("one\r\ntwo\rthree\u2028four\n \nfive") == ["one", "two", "three", "four", "five"]


WRAPPED = """\
The harbour of Westport was closed on Monday after a crane fell on the
quay, the port authority said. Nobody was hurt. Mr. Hall, who runs the
authority, expects it to reopen by Jan. 5, although the insurers have
not agreed.

Ships are sent to Easton. The mayor asked for help from the state and
received none:
- two tugs that were promised did not arrive on Monday or on any of the
days after it
- no money

John Hall
Westport
"""


def test_wrapped_text_is_read_across_its_line_ends() -> None:
    assert [sentence.replace("\n", " ") for sentence in sentences_of(WRAPPED)] == [
        "The harbour of Westport was closed on Monday after a crane fell on the quay, the port authority said.",
        "Nobody was hurt.",
        "Mr. Hall, who runs the authority, expects it to reopen by Jan. 5, although the insurers have not agreed.",
        "Ships are sent to Easton.",
        "The mayor asked for help from the state and received none:",
        "- two tugs that were promised did not arrive on Monday or on any of the days after it",
        "- no money",
        "John Hall",
        "Westport",
    ]


def test_an_indented_line_opens_a_paragraph_in_wrapped_text() -> None:
    paragraph = "It was the first time that the harbour had been closed since the\nwar, and the people of the town "
    text = f"{paragraph}came to look at\nit from the hill above the quay and the old\n  They left"
    assert sentences_of(text)[-1] == "They left"


def test_short_lines_in_lower_case_are_a_list_and_not_wrapped_prose() -> None:
    assert sentences_of("apples\npears\nmilk\nbread\ncheese") == ["apples", "pears", "milk", "bread", "cheese"]


def test_nothing_but_white_space_has_no_sentences() -> None:
    assert split("") == split(" \n\t\r\n ") == []


ALPHABET = "aeBISU5 .?!…,\"”“'()[]-•\n\r\t\x1c\u200b\u3000。🌪"
TEXTS = st.one_of(st.text(), st.text(ALPHABET, max_size=200))


@given(TEXTS)
def test_sentences_are_in_order_trimmed_and_leave_nothing_out(text: str) -> None:
    end = 0
    for sentence in split(text):
        assert end <= sentence.start < sentence.end
        assert not text[end : sentence.start].strip()
        assert text[sentence.start : sentence.end] == text[sentence.start : sentence.end].strip()
        end = sentence.end
    assert not text[end:].strip()


@given(TEXTS)
def test_an_article_split_twice_is_split_alike(text: str) -> None:
    assert split(text) == split(text)


@pytest.mark.parametrize(
    "text",
    [
        "x" * 1_000_000,
        "." * 1_000_000,
        ". " * 200_000,
        ".)" * 500_000,
        "e.g. " * 100_000,
        "U.S. A. " * 50_000,
        "No. " * 100_000,
        "a.B" * 300_000,
        "abc.Def" * 140_000,
        '"' * 1_000_000,
        " " * 1_000_000 + ". A",
        "he said no? Smith " * 60_000,
        "\n" * 1_000_000,
        ("and the harbour was closed to the ships of the town and the\r" * 16_000),
        ("and the harbour was closed to the ships of the town and the\n" * 16_000),
    ],
    ids=lambda text: repr(text[:12]),
)
def test_the_worst_megabyte_takes_time_in_proportion(text: str) -> None:
    """Processor time, not the clock, and far above what one pass takes: a quadratic one would take hours."""
    began = time.process_time()
    split(text)
    assert time.process_time() - began < 10
