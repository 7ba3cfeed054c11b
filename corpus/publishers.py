"""Doubts about who published an article: a name that only looks like an outlet's, or one from another outlet's address.

Pure, from the name and the address alone, as the article gives them. Nobody can tell from those that an article is what
it says; but what plainly is not need not be believed. The comparison of lookalikes follows Unicode Technical Standard
39 (skeletons), with a small table of our own: the Latin, Cyrillic and Greek letters that are drawn alike, and digits.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache
from typing import Literal

from corpus import outlets
from corpus.outlet_hosts import all_hosts, host_of, is_elsewhere, outlet_at, outlet_named

Kind = Literal["hidden", "mixed", "lookalike", "address"]


@dataclass(frozen=True, slots=True)
class Doubt:
    """Why nobody can vouch that an article is of whom it says."""

    kind: Kind
    reason: str
    """Goes on after "[2]" or "It", and ends without a full stop."""


@lru_cache(maxsize=1 << 12)
def doubt(publisher: str | None, url: str | None) -> Doubt | None:
    """The first that holds; None where there is nothing to doubt."""
    name, host = (publisher or "").strip(), host_of(url)
    return _of_name(name) or _of_address(name, host) or _of_host(host)


def _of_name(publisher: str) -> Doubt | None:
    if _hides(publisher):
        seen = _quoted(re.sub(_HIDDEN, "", publisher))
        return Doubt("hidden", f"says it is of {seen}, but there are characters in that name that nobody sees")
    imitated = _imitated(publisher)
    if imitated is not None:
        return Doubt("lookalike", f"says it is of {imitated}, but in letters that only look like those of that name")
    if not publisher.isascii() and any(len(_scripts(word)) > 1 for word in re.findall(r"\w+", publisher)):
        return Doubt("mixed", f"says it is of {_quoted(publisher)}, but that name mixes letters of several scripts")
    return None


def _of_address(publisher: str, host: str) -> Doubt | None:
    """An outlet's name under an address that is neither its own nor another's that prints or keeps its texts."""
    outlet = outlet_named(publisher) if publisher and host else None
    if outlet is None or not is_elsewhere(host, outlet):
        return None
    return Doubt("address", f"says it is of {outlet}, but its address is on {_owned(host)}")


def _of_host(host: str) -> Doubt | None:
    """An address that begins with an outlet's, or only looks like it, whatever name the article has."""
    if not host or outlet_at(host) is not None:
        return None
    labels = _readable(host).split(".")
    beginnings = (".".join(labels[:end]) for end in range(2, len(labels)))
    outlet = next(filter(None, map(outlet_at, beginnings)), None) or _hosts_drawn().get(skeleton(".".join(labels)))
    if outlet is None:
        return None
    return Doubt("address", f"has an address that looks like {outlet}'s, but is on {_owned(host)}")


def _hides(publisher: str) -> bool:
    """Whether anything in the name is not seen that its script does not need: joiners and directions are of others
    than these."""
    if publisher.isascii() and publisher.isprintable():
        return False
    bare = re.sub(_HIDDEN, "", publisher)
    letters = "".join(letter for letter in bare if letter.isalpha())
    return bare != re.sub(_PICTURED, "", publisher) and (not letters or bool(_scripts(letters)))


def _quoted(name: str) -> str:
    return f"“{' '.join(name.split())}”"


def _owned(host: str) -> str:
    """What somebody had to register to have the host: its last two labels, or three below a country's "co" or "com"."""
    labels = host.split(".")
    if ":" in host or host.replace(".", "").isdigit():
        return host
    below = len(labels) > 2 and len(labels[-1]) == 2 and len(labels[-2]) <= _SECOND_LEVEL
    return ".".join(labels[-3 if below else -2 :])


def _readable(host: str) -> str:
    """International names as they are shown (RFC 3492), where they can be."""
    if "xn--" not in host:
        return host
    try:
        return host.encode("ascii").decode("idna")
    except UnicodeError:
        return host


_SECOND_LEVEL = 3
_HIDDEN = (
    r"[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f\xad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180f\u200b-\u200f"
    r"\u202a-\u202e\u2060-\u206f\u2800\u3164\ufe00-\ufe0f\ufeff\uffa0\ufff0-\ufffb\U000e0000-\U000e0fff]"
)
_PICTURED = r"(?<=[#*0-9\xa9\xae\u203c-\u3299\U0001f000-\U0001faff])\ufe0f?\u200d?"
"""What belongs to a picture and has no shape of its own."""

_SCRIPTS = ("LATIN", "CYRILLIC", "GREEK", "ARMENIAN", "CHEROKEE", "FULLWIDTH LATIN", "MATHEMATICAL")


def _scripts(word: str) -> set[str]:
    """Those of its letters' scripts that are drawn alike. `FULLWIDTH` and others by the beginning of their names."""
    names = (unicodedata.name(letter, "") for letter in word if letter.isalpha() and letter not in "ªºµ")
    return {script for name in names for script in _SCRIPTS if name.startswith(script)}


def _imitated(publisher: str) -> str | None:
    """The outlet whose name has the same skeleton, where the name is not spelled as that outlet's."""
    if not publisher or outlets.known(publisher) is not None:
        return None
    drawn = _names_drawn()
    return drawn.get(skeleton(publisher)) or drawn.get(skeleton(publisher.casefold()))


def skeleton(name: str) -> str:
    """Equal for names that are drawn alike (UTS 39, section 4). For comparing, never for showing."""
    plain = unicodedata.normalize("NFD", unicodedata.normalize("NFKC", name))
    return "".join(_ALIKE.get(letter, letter) for letter in plain).removeprefix("The ").replace("rn", "m").strip()


@lru_cache(maxsize=1)
def _names_drawn() -> dict[str, str]:
    """Skeletons of every listed name, as it is written, in small letters and in capitals. Short ones are like much."""
    names = [(name, outlet) for name, outlet in outlets.listed() if len(name) >= _SHORTEST]
    return {skeleton(form): outlet for name, outlet in names for form in (name, name.casefold(), name.upper())}


@lru_cache(maxsize=1)
def _hosts_drawn() -> dict[str, str]:
    return {skeleton(host): outlet for outlet, hosts in all_hosts().items() for host in hosts}


_SHORTEST = 3


_PAIRS = """
aаα AАΑᎪ bЬ BВΒᏴ cсϲᴄ CСϹᏟ dԁᏧ DᎠ eеҽ EЕΕᎬ fϝ FϜ gɡցԍ GԌᏀ hһᏂ HНΗᎻ iіıιɩ jјϳ JЈᎫͿ kκк KКΚᏦ lІIΙ1|ӏ MМΜᎷϺ nոп NΝ
oоοօσ0OОΟՕ pрρ PРΡᏢ qԛզ QԚ rгᴦ RᎡ sѕꜱ SЅՏᏚ tτт TТΤᎢ uυսᴜ UՍ vνѵᴠ VѴᏙ wԝᴡω WԜᎳ xхχ XХΧ yуγү YУΥҮ zᴢ ZΖᏃ
"""
"""Each: the letter that stands for all, and those that look like it. Zero and both O, one and small L and capital I."""
_ALIKE = {letter: entry[0] for entry in _PAIRS.split() for letter in entry[1:]}
