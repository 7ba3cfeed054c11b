"""Names of news outlets: one canonical name for each, and finding them in a sentence.

Data and a lookup, apart from `credits`, which decides what a mention means. An outlet that is not listed is known by
its form: a capitalised name that ends in a word such as Times or Gazette, or an internet address. Names of persons,
companies and authorities have no such form. Places where anybody posts (Twitter, YouTube) are no outlets.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

# Canonical name = other names; a leading "the" and a possessive never count.
_KNOWN = """
9to5Google ; 9to5Mac = 9 to 5 Mac, 9to5mac ; ABC News = ABC, ABC News' ; Agence France-Presse = AFP ; Al Arabiya
Al Jazeera = Al-Jazeera, Aljazeera ; Al-Akhbar ; Al-Hayat ; Al-Sabaah = al-Sabah ; Anadolu Agency = Anadolu
Ars Technica ; Asahi Shimbun ; Associated Press = AP, The AP, Associated Press (AP) ; Axios ; Barron's
BBC = BBC News, BBC Hausa, BBC Radio, BBC Newsbeat ; BGR ; Billboard ; Bleacher Report
Bleeding Cool = BleedingCool, BleedingCool.com ; Bloomberg = Bloomberg News, Bloomberg Businessweek ; BNO News
Boing Boing ; Boston Globe ; Boston Herald ; Boy Genius Report ; Breitbart = Breitbart News ; Business Insider
Business Wire ; BuzzFeed = Buzzfeed, BuzzFeed News ; Canadian Press ; CBC = CBC News ; CBS News = CBS ; Channel 4 News
Chicago Sun-Times ; Chicago Tribune ; Chosun Ilbo ; CNBC ; CNET ; CNN = CNN.com, CNN International
Comic Book Resources ; Complex ; Consumer Reports ; Corriere della Sera ; CTV = CTV News ; Cult of Mac ; Daily Beast
Daily Caller ; Daily Dot ; Daily Express = Express
Daily Mail = Mail, MailOnline, Mail Online, Daily Mail Online, DailyMail.com ; Daily Mirror = Mirror ; Daily Record
Daily Star ; Deadline = Deadline Hollywood ; Defamer ; Der Spiegel = Spiegel ; Detroit Free Press
Deutsche Presse-Agentur = dpa, DPA ; Deutsche Welle ; Digg ; Dow Jones ; E! News = E! Online, E! ; Empire News
Engadget ; Entertainment Tonight = ET ; Entertainment Weekly = EW ; ESPN ; Esquire ; Euronews ; Evening Standard
Fars News Agency = Fars ; Financial Times = FT ; FiveThirtyEight ; Forbes ; Fortune
Fox News = Fox, FOX News, Fox News Channel ; France 24 ; Gawker ; Gizmodo ; Global News ; Global Post = GlobalPost
Globe and Mail ; Good Morning America ; GQ ; Guardian ; Haaretz ; HLN ; Hollywood Gossip
Hollywood Life = HollywoodLife ; Hollywood Reporter = THR ; HuffPost = Huffington Post ; iFixit ; iGen = iGen.fr
Independent ; Inside Edition ; Interfax ; International Business Times = IBTimes ; io9
IraqiNews = Iraqi News, IraqiNews.com ; IRNA ; ITAR-TASS = TASS ; ITV = ITV News ; Jalopnik ; Jerusalem Post ; Jezebel
Judicial Watch ; Kotaku ; Kyodo = Kyodo News ; LA Times = Los Angeles Times ; Le Figaro ; Le Monde ; Life & Style
LiveScience = Live Science ; Mac Rumors = MacRumors ; Mashable ; McClatchy ; Metro ; Mirror Online ; MSNBC
MTV = MTV News ; National Geographic ; National Post ; National Report ; NBC News = NBC
New York Daily News = Daily News, NY Daily News ; New York Magazine = New York magazine
New York Post = NY Post, N.Y. Post ; New York Times = NYT, NY Times, N.Y. Times ; New Yorker ; News.com.au ; Newsweek
Nikkei ; NPR ; NT News = Northern Territory News ; OK! = OK! Magazine ; Onion ; PA = Press Association ; Page Six
PC Magazine = PCMag ; People = People magazine, People Magazine ; PetaPixel ; Politico ; PolitiFact
Popular Mechanics ; Poynter ; PR Newswire ; ProPublica ; Quartz ; Radar Online = RadarOnline, RadarOnline.com, Radar
Raw Story ; Re/code = Recode ; Reuters = Thomson Reuters, Reuters UK ; RIA Novosti ; Rolling Stone ; RT = Russia Today
Rudaw ; Salon ; SANA ; Scientific American ; SITE = SITE Intelligence Group, SITE Intelligence ; Sky News = Sky
Slate ; Smoking Gun ; Snopes ; South China Morning Post ; Space.com ; Sports Illustrated
Star magazine = Star Magazine ; Stuff.co.nz ; Sun = Sun Online ; Sunday Mirror ; Sunday People ; Sunday Times
TechCrunch ; Telegraph = Daily Telegraph, Sunday Telegraph, Telegraph of London ; The Hill ; The Information
The Mary Sue ; The Next Web ; The Times = Times of London, London Times ; The Verge = Verge ; TheWrap = The Wrap
ThinkProgress ; TIME = Time, TIME magazine, Time magazine ; TMZ = TMZ.com, TMZ Sports
Today = TODAY, Today show, TODAY show ; Toronto Star ; Toronto Sun ; TVNZ ; UPI ; Us Weekly = Us Magazine, US Weekly
USA Today = USA TODAY ; Valleywag ; Vanity Fair ; Variety ; VentureBeat
Vice = VICE, VICE News, Vice News, Motherboard ; Voice of America = VOA ; Voice of Israel ; Vox ; Vulture
Wall Street Journal = WSJ, Wall St. Journal, Wall Street Journal Online ; Washington Examiner ; Washington Free Beacon
Washington Post = WaPo, WashPost ; Washington Times ; WikiLeaks ; Wired ; World Net Daily ; World News Daily Report
WorldNetDaily = WND ; Xinhua = Xinhua News Agency ; Yahoo = Yahoo News, Yahoo! News, Yahoo! ; Yedioth Ahronoth
Ynet = Ynetnews ; Yonhap = Yonhap News Agency ; ZDNet ; Zero Hedge
"""

_COMMON = """
Complex, Deadline, ET, Express, Fortune, Fox, Independent, Mail, Metro, Mirror, New Yorker, Onion, PA, People, Quartz
Radar, Salon, Sky, Slate, Star, Sun, Time, Today, Variety, Verge, Wired
"""
"""Listed names that are common words too."""

_OPENERS = frozenset({"Complex", "Express", "Fortune", "Mail", "People", "Star", "Time", "Today"})
"""Those that say nothing at the beginning of a sentence: "People said"."""

_ARTICLED = frozenset({"the hill", "the information", "the times", "the next web"})
"""Names that are outlets only with their article."""

_START = r"(?:io9|iGen|iFixit|[A-Z0-9])"
_WORD = rf"(?:{_START}[\w.&!’'/+-]*[\w!]|[A-Z])"
_NAME = re.compile(rf"(?<![\w.]){_WORD}(?:(?: of| and| &| de| della)?(?: the)? {_WORD})*(?: magazine\b)?")
_OPENING = re.compile(
    r"(?:On|In|As|But|And|When|Meanwhile|According|While|After|However|If|For|At|From|Now|Last|Source|Via|Reports|Per|Earlier"
    r"|Then|The|Update|UPDATE|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day) "
)
"""Words that open a sentence with a capital and belong to no name."""

_FORM = re.compile(
    r"\S.*[ -](?:Times|Register|Post|News|Journal|Daily|Gazette|Herald|Tribune|Telegraph|Mirror|Chronicle|Observer"
    r"|Guardian|Globe|Examiner|Courier|Bulletin|Wire|Newswire|Mail|Standard|Dispatch|Echo|Argus|Inquirer|Enquirer|Weekly|Magazine"
    r"|Radio|Television|Briefing|Insider|Sentinel|Press)$"
)
_ADDRESS = re.compile(
    r"([\w-]+(?:\.[\w-]+)*)\.(?:com|net|org|info|tv|fr|de|it|es|ru|ca|ie|in|co\.uk|com\.au|co\.nz)$", re.IGNORECASE
)
_LONGEST = 6
"""Words in the longest listed name, and in the longest that counts by its form."""

_PART = re.compile(r"\S+")
_POSSESSIVE = re.compile(r"[’']s?$")


@dataclass(frozen=True, slots=True)
class Named:
    """An outlet's name in a sentence: `sentence[start:end]`."""

    outlet: str
    start: int
    end: int
    sure: bool
    """False where the words may mean something else, so that a bare mention says nothing."""


PLATFORMS = frozenset(
    ["Facebook", "Imgur", "Instagram", "LiveLeak", "Reddit", "Snapchat", "Tumblr", "Twitter", "Vine", "YouTube"]
)
"""Where anybody posts: no outlets."""


def canonical(name: str) -> str | None:
    """The one name of an outlet, listed or known by its form; None for any other name."""
    return known(name) or by_form(name)


def known(name: str) -> str | None:
    """The one name of a listed outlet; None for any other name."""
    return _TABLE.get(_key(name))


def listed() -> Iterator[tuple[str, str]]:
    """Every listed name as it is written, with the one name of its outlet."""
    for entry in re.split(r"[;\n]", _KNOWN.strip()):
        name, _, others = entry.partition(" = ")
        for alias in (name, *filter(None, others.split(","))):
            yield alias.strip(), name.strip()


def is_shy(name: str) -> bool:
    """Whether a listed name is a common word too, so that a bare mention says nothing."""
    return _key(name) in _COMMON_KEYS


def by_form(name: str) -> str | None:
    """The name, tidied, where its form is an outlet's; None otherwise."""
    bare = _bare(name)
    if address := _ADDRESS.match(bare):
        host = address[1].casefold().removeprefix("www.")
        return known(host) or bare.casefold().removeprefix("www.")
    return bare if _FORM.match(bare) else None


def publisher(name: str) -> str:
    """The one name of an outlet that is known to be one, such as an article's publisher."""
    return canonical(name) or _bare(name)


def names(sentence: str, earlier: dict[str, str]) -> Iterator[Named]:
    """Outlets named in a sentence, in order.

    `earlier` maps last words ("Post") to outlets named before in the same article and is added to, so that "the Post"
    is understood.
    """
    for run in _NAME.finditer(sentence):
        words = [(word.start() + run.start(), word.end() + run.start()) for word in _PART.finditer(run[0])]
        found = list(_listed(sentence, words, earlier))
        if not any(named.sure for named in found):
            found = list(_unlisted(sentence, words, earlier)) or found
        for named in found:
            if " " in sentence[named.start : named.end]:
                earlier[sentence[named.start : named.end].split()[-1]] = named.outlet
            yield named


def _listed(sentence: str, words: list[tuple[int, int]], earlier: dict[str, str]) -> Iterator[Named]:
    """The longest listed names inside a run of capitalised words."""
    place = 0
    while place < len(words):
        longest = _LENGTHS.get(_key(sentence[slice(*words[place])]), 0)
        for stop in range(min(len(words), place + longest), place, -1):
            start = words[place][0]
            name = _POSSESSIVE.sub("", sentence[start : words[stop - 1][1]])
            if outlet := known(name):
                place = stop - 1
                if start or name not in _OPENERS:
                    short = earlier.get(name) if sentence[:start].endswith(("the ", "The ")) else None
                    yield Named(short or outlet, start, start + len(name), not is_shy(name))
                break
        place += 1


def _unlisted(sentence: str, words: list[tuple[int, int]], earlier: dict[str, str]) -> Iterator[Named]:
    """A run that is a short form of an earlier name, or has an outlet's form."""
    start, end = words[0][0], words[-1][1]
    while opening := _OPENING.match(sentence, start, end):
        start = opening.end()
    name = _POSSESSIVE.sub("", sentence[start:end])
    outlet = earlier.get(name) or (by_form(name) if len(name.split()) <= _LONGEST else None)
    if outlet:
        yield Named(outlet, start, start + len(name), False)


def _bare(name: str) -> str:
    return _POSSESSIVE.sub("", name.strip()).removeprefix("The ").removeprefix("the ")


@lru_cache(maxsize=1 << 14)
def _key(name: str) -> str:
    folded = _POSSESSIVE.sub("", name.strip()).casefold()
    words = re.sub(r"[^\w/!&.]+", " ", folded).strip(" .")
    return words if words in _ARTICLED else words.removeprefix("the ")


def _table() -> dict[str, str]:
    table: dict[str, str] = {}
    for alias, name in listed():
        table.setdefault(_key(alias), name)
    return table


def _lengths() -> dict[str, int]:
    lengths: dict[str, int] = {}
    for key in _TABLE:
        first, count = key.split()[0], key.count(" ") + 1
        lengths[first] = max(count, lengths.get(first, 0))
    return lengths | {"the": _LONGEST}


_TABLE = _table()
_LENGTHS = _lengths()
"""Words in the longest listed name that begins with a word."""

_COMMON_KEYS = frozenset(_key(name) for name in re.split(r"[,\n]", _COMMON.strip()))
