"""Where sentences end inside one block of English prose: rules and the tables they read.

A full stop is the whole difficulty, for it also closes abbreviations, initials and numbers. Separate from
`sentences` so that the layout of a text (lines, bullets, wrapping) and its punctuation can be read and tested
alone. It looks at a few characters around each candidate and at no model, so its work grows with the length of
the text and nothing else, and it holds no state.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

_CLOSERS = r"[\"”’'»)\]]"
_OPENERS = r"[\"“„‘'«(\[¿¡]"
_NOTES = r"(?:\[[^\]\s]{1,20}\]|(?<=[a-z]{3}[.!?])\d{1,3}(?:,\d{1,3})*|(?<=[a-z]{3}[.!?][\"”’)])\d{1,3}|[¹²³⁰⁴-⁹])"

# The start of a run of terminators is pinned by the lookbehind and nothing is given back ("++"), so that a
# megabyte of full stops is read once, not once for every full stop.
_CANDIDATE = re.compile(
    rf"""
    (?<![.!?…])[.!?…]++{_CLOSERS}*+{_NOTES}*+(?=\s)           # the usual: white space follows
    | (?<=[a-z]{{3}})[.!?]{_CLOSERS}*+(?={_OPENERS}?[A-Z][a-z]*[\s’',])  # white space lost: "in London.The bill"
    | [。！？]++[」』”’）]*+                                    # scripts that write no white space
    """,
    re.VERBOSE,
)
_LEFT_WINDOW = 40
_LEFT_WORD = re.compile(r"[\w&](?:[\w.&'’]*[\w&])?$")
_RIGHT = re.compile(
    rf"[\s\u200b\ufeff]*(?P<open>(?:{_OPENERS}\s?|[”’](?=\w)|[•·●▪]\s*){{0,3}})(?P<word>[^\W_]*)(?P<more>[\w:/.]*)"
)
_GOES_ON = frozenset(",;:.…)]}”’»–—-/&|%")
_QUOTE = re.compile(r"[\"“„‘'«]")
_ENUMERATOR = re.compile(r"\W*(?:\d{1,3}|[A-Za-z]|[ivxIVX]{2,5})")
_LETTERED = re.compile(r"(?:[^\W\d_]{1,2}\.)+[^\W\d_]{1,2}")
_CLOCK = re.compile(r"[ap]\.m", re.IGNORECASE)
_ADDRESS = re.compile(r"https?:|www\.|[\w.]+\.(?:com|org|net)\b|pic\.twitter")
_SPEECH_TAG = re.compile(
    r"\s*(?!(?:He|She|They|We|It|Nobody|Then|So|And|But)\b)(?:[A-Z][\w.'’-]*\s+){1,3}"
    r"(?:said|says|asked|asks|told|wrote|writes|added|replied|tweeted|joked|quipped|exclaimed|recalled)\b"
)
_SPEECH_WINDOW = 80
_VOWELLESS = re.compile(r"[B-DF-HJ-NP-TV-Z][b-df-hj-np-tv-xz]{1,4}")
_WHOLE_WORD = re.compile(r"[a-z]{5,}|(?:19|20)\d\d")


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


_BEFORE_A_NAME = _words(
    """Mr Mrs Ms Mx Dr Drs Prof Profs Gov Govs Sen Sens Rep Reps Gen Lt Col Capt Cmdr Cdr Sgt Maj Cpl Pvt Pfc
    Adm Brig Rev Hon Fr Msgr Messrs Supt Det Insp Amb Asst Atty Attys Pres Mgr Spc Mt Ft Ste vs v Vs cf viz eg ie
    approx ca Rs def lit"""
)
"""Never end a sentence: a name, a number or the other side always follows."""
_BEFORE_A_NUMBER = _words(
    """No Nos no nos Nr nr Vol vol Vols vols Fig fig Figs figs Eq eq Eqs eqs p pp Sec sec Secs secs Art Ch ch Chap
    chap Ex Pt pt Tab Para para cl Op op Ver ver b c d"""
)
"""Abbreviations before a digit; words like any other before anything else."""
_SOMETIMES_LAST = _words(
    """Inc Corp Co Cos Ltd Bros LLC LLP plc PLC Assn assn Assoc Dept dept Govt govt Univ Inst Intl Natl Jr Sr Esq
    St Ave Blvd Rd Hwy Pkwy Bldg Apt
    Jan Feb Mar Apr Jun Jul Aug Sep Sept Oct Nov Dec Tues Thu Thurs
    Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Mass Md Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa
    Penn Tenn Tex Va Vt Wash Wis Wyo Ont Que Alta
    etc al esp est Est ft sq incl excl max Max avg Avg tel Tel ext Ext pct Pct Pop Prop Elec Ed Eds ed eds Sc"""
)
"""End a sentence only where the next word commonly starts one, or a quotation opens."""
_STARTERS = _words(
    """The A An This That These Those It Its He She His Her They Their We Our You Your I My There Here One Some Many
    Most Several Other Others Another Each Every Both All Any Such No Not Nobody None
    In On At By For From With Of To As After Before During Since Until Under Over Despite Without Among Between
    Within According Because Although Though While When Where Whether If Unless Once
    And But Or So Yet Nor However Meanwhile Instead Also Then Now Later Earlier Still Even Only Just Perhaps
    Today Yesterday Recently Last What Who Why How Which Whose Is Are Was Were Do Does Did Has Have Had Can Could
    Will Would Should May Please Typically Generally Officials Reporters Analysts Critics Police Sources"""
)
_AFTER_THE_CLOCK = _words(
    """ET EST EDT CT CST CDT MT MST MDT PT PST PDT GMT UTC BST CET IST JST Eastern Central Pacific Mountain
    Monday Tuesday Wednesday Thursday Friday Saturday Sunday Mon Tue Tues Wed Thu Thurs Fri Sat Sun
    January February March April May June July August September October November December
    Jan Feb Mar Apr Aug Sept Sep Oct Nov Dec"""
)
_BEFORE_A_LETTER = _words("Plan plan Type type Vitamin vitamin Studio Hepatitis hepatitis War Group Class Grade grade")
_BEFORE_AN_ANSWER = _words("said say says saying is was answered voted with replied")


def ends(block: str) -> Iterator[int]:
    """Offsets just past each sentence of `block`, closing quotes and note marks included, in order.

    `block` is prose without breaks of layout; the end of the block itself is not reported.
    """
    start = 0
    for found in _CANDIDATE.finditer(block):
        if _is_end(block, start, found):
            start = found.end()
            yield start


def _is_end(block: str, start: int, found: re.Match[str]) -> bool:
    right = _RIGHT.match(block, found.end())
    assert right is not None, "every part of the pattern may be empty"
    terminator = found.group()
    if terminator[0] in "。！？":
        return True
    left = _LEFT_WORD.search(block, max(start, found.start() - _LEFT_WINDOW), found.start())
    word = left.group() if left else ""
    if _continues(block, right, word if terminator == "." else ""):
        return False
    if terminator[0] != "." or terminator.startswith(".."):
        return not _is_speech_tag(block, found)
    if found.start() - start < _LEFT_WINDOW and _ENUMERATOR.fullmatch(block, start, found.start()):
        return False
    return left is None or _word_ends(block, word, left.start(), right)


def _continues(block: str, right: re.Match[str], word: str) -> bool:
    """Whether what follows cannot start a sentence: punctuation, a dash, or a word in lower case.

    A dash is the signature under a quotation (`… is dead.” — A. Smith`), which belongs to what it signs.
    """
    first = right["word"]
    if not first:
        at = right.end("word")
        return at == len(block) or block[at] in _GOES_ON
    if not first[0].islower() or any(letter.isupper() for letter in first[:2]):
        return False
    if _ADDRESS.match(first + right["more"]):
        return False
    return not (_WHOLE_WORD.fullmatch(word) and word not in _ABBREVIATIONS)


_ABBREVIATIONS = _BEFORE_A_NAME | _BEFORE_A_NUMBER | _SOMETIMES_LAST


def _is_speech_tag(block: str, found: re.Match[str]) -> bool:
    """`“Is it true?” Smith asked.` goes on after the question."""
    if found.group()[-1] not in "\"”’'":
        return False
    return _SPEECH_TAG.match(block, found.end(), found.end() + _SPEECH_WINDOW) is not None


def _word_ends(block: str, word: str, at: int, right: re.Match[str]) -> bool:
    """Whether the full stop after `word`, which stands at offset `at`, ends a sentence."""
    following = right["word"]
    starts = following in _STARTERS and not right["more"].startswith(".")
    opens = starts or _QUOTE.search(right["open"]) is not None
    if _CLOCK.fullmatch(word):
        return following not in _AFTER_THE_CLOCK and not following[:1].isdigit()
    if _LETTERED.fullmatch(word):
        return opens and word not in ("e.g", "i.e", "E.g", "I.e")
    last = word.rpartition(".")[2]
    if len(last) == 1 and last.isupper():
        return starts or _names_by_letter(_previous(block, at))
    if last in _BEFORE_A_NAME:
        return False
    if last in _BEFORE_A_NUMBER:
        return not following[:1].isdigit() or (last == "no" and _previous(block, at) in _BEFORE_AN_ANSWER)
    if last in _SOMETIMES_LAST or _VOWELLESS.fullmatch(last):
        return opens
    return True


def _names_by_letter(word: str) -> bool:
    """`plan B.`, `30 °C.`: the letter is no initial."""
    return word in _BEFORE_A_LETTER or word.endswith("°")


def _previous(block: str, at: int) -> str:
    """The word before offset `at`."""
    words = block[max(0, at - _LEFT_WINDOW) : at].split()
    return words[-1] if words else ""
