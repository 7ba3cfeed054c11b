"""The words that the rules of follow-ups know. Data only.

Lists hold what is common in news; a word that is missing makes a rewriting plainer, not wrong.
"""

from __future__ import annotations


def _words(*lines: str) -> frozenset[str]:
    return frozenset(word for line in lines for word in line.split())


BE = _words("is are was were am")
DO = _words("do does did")
AUXILIARIES = BE | DO | _words("has have had can could will would shall should may might must")
PREPOSITIONS = _words(
    "in on of at for with by from to into about over under between during after before against through since",
    "until per near without among behind towards across aboard",
)
DETERMINERS = _words("the a an this that these those its his her their our my your some any no every each all both")
PRONOUNS = _words(
    "it its itself he him his she her hers they them their theirs i we you me us anybody anyone somebody someone",
    "nobody everyone everybody who whom",
)
FUNCTION_WORDS = (
    AUXILIARIES
    | PREPOSITIONS
    | DETERMINERS
    | PRONOUNS
    | _words(
        "and or but so as if than then there here when where while who whom whose which what why how that be been",
        "being not never too also yet still already now today ever only just even more most less least much many few",
        "several up out off down away again once really exactly actually else same other early late later earlier",
        "first last soon long very quite almost about like because though although whether such one ones",
    )
)

HEADS = _words(
    "election elections trial takeover deal talks report bridge ferry ship chip inquiry attack crash case plan",
    "agreement contract war vote budget merger purchase sale bill law affair scandal project crisis strike fire",
    "accident sinking disaster hearing investigation study statement announcement decision group company",
    "government council ministry police team club party campaign factory plant mine airport station school",
    "hospital prison festival game match series film album drug vaccine tablet phone watch channel island river",
    "harbour port road tunnel tower building tender auction offer bid summit conference treaty protest protests",
    "riots storm flood earthquake explosion outbreak virus disease mission rocket satellite plane flight train",
    "tram bank fund store app model processor processors chips region district province state city town village",
    "board committee court agency authority rumour rumours story",
)
"""Nouns that follow a name and belong to it: "the Dunmarrow election"."""

ATTRIBUTES = _words(
    "price cost costs profit profits revenue sales name age length height width weight speed size capital",
    "population number date reason cause value worth turnover turnout income debt area depth capacity range",
    "address colour color memory budget result results outcome toll duration deadline purpose origin nationality",
    "salary loss losses lead",
)
ROLES = _words(
    "captain owner author maker designer architect builder manager director president chairman chairwoman founder",
    "mayor minister leader head winner operator executive ceo spokesman spokeswoman lawyer buyer seller",
    "manufacturer supplier inventor driver pilot publisher rival",
)
"""Attributes that are somebody: asked for with "who"."""

TITLES = _words(
    "mr mrs ms miss dr sir lady lord captain mayor president minister professor sergeant sister father senator",
    "judge king queen prince princess pope bishop general colonel inspector officer chancellor governor premier",
)
NO_PERSON = _words(
    "group inc corp ltd llc plc bio labs optics lines bank motors airlines systems technologies holdings partners",
    "media energy pharma foods air electric industries cloud services hardware bridge narrows river sea bay",
    "island islands lake mountain port harbour street road square city town north south east west university",
    "college school hospital museum office agency authority council ministry department committee commission",
    "court police party union league association wire post gazette times news review daily journal dispatch echo",
    "briefing monitor lantern watch web states kingdom republic company international global national system chip",
    "station airport tower centre center institute network",
)
COMPANIES = _words(
    "group inc corp ltd llc plc bio labs optics lines bank motors airlines systems technologies holdings partners",
    "media energy pharma foods air electric industries services hardware company agency authority",
)

SHIPS = _words("ferry ship vessel boat yacht")
CLASSES: dict[str, str] = {
    **dict.fromkeys(
        _words("company firm group maker manufacturer operator bank agency corporation business"), "company"
    ),
    **dict.fromkeys(SHIPS | _words("plane aircraft train"), "vessel"),
    **dict.fromkeys(
        _words(
            "chip processor accelerator device product machine phone watch model drug medicine tablet vaccine software",
            "app service car bridge building tower film book album game",
        ),
        "thing",
    ),
    **dict.fromkeys(_words("man woman person politician candidate mayor captain minister president"), "person"),
    **dict.fromkeys(_words("town city country village place island region"), "place"),
}
"""What a definite noun can stand for."""

CLAIMING = _words(
    "say says said claim claims claimed deny denies denied report reports reported confirm confirms confirmed",
    "dispute disputes disputed believe believes believed announce announced prove proved proven know knows doubt",
    "doubts think thinks reveal revealed verify verified admit admits admitted",
)
"""Verbs whose "it" or "that" is what was asked, not a thing."""

IRREGULAR = {
    pair.split(":")[0]: pair.split(":")[1]
    for pair in _words(
        "sink:sank hit:hit say:said win:won lose:lost leave:left buy:bought sell:sold make:made take:took",
        "give:gave get:got go:went come:came see:saw know:knew think:thought tell:told find:found begin:began",
        "run:ran rise:rose fall:fell grow:grew break:broke choose:chose speak:spoke write:wrote build:built",
        "pay:paid put:put cut:cut cost:cost let:let set:set shut:shut hold:held keep:kept lead:led meet:met",
        "send:sent spend:spent stand:stood bring:brought catch:caught teach:taught feel:felt have:had do:did",
        "be:was become:became drive:drove fly:flew draw:drew throw:threw hear:heard read:read shoot:shot",
        "steal:stole strike:struck die:died lie:lied fight:fought bear:bore withdraw:withdrew",
    )
}
PARTICIPLES = frozenset(IRREGULAR.values()) | _words(
    "been done gone sunk begun risen taken given known written shown broken"
)
TIME_NOUNS = _words(
    "day week month year night morning evening afternoon weekend quarter winter summer spring autumn days"
)
