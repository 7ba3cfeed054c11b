"""The words in which the fronts name statuses, vouchers, certainty and kinds of contradiction. Values alone."""

from __future__ import annotations

from collections.abc import Mapping

from assistant.models import Attribution, Certainty, ConflictType, Status

STATUS: Mapping[Status, str] = {
    "confirmed": "Confirmed",
    "single_source": "Single source",
    "attributed_only": "Attributed only",
    "unconfirmed": "Unconfirmed",
    "denied": "Denied",
    "contested": "Contested",
    "superseded": "Superseded",
    "not_covered": "Not covered",
}

MEANING: Mapping[Status, str] = {
    "confirmed": "Independent sources state it, or an official one does.",
    "single_source": "Only one origin states it, however many articles repeat it.",
    "attributed_only": "Only somebody with an interest in it, or one named person, says so.",
    "unconfirmed": "Nobody confirms it: it rests on unnamed sources, on rumour or on words of reserve.",
    "denied": "It is denied or was corrected, and nobody firmly states it.",
    "contested": "Sources say things that cannot all hold.",
    "superseded": "A later report took its place.",
    "not_covered": "The articles do not answer the question.",
}

VOUCHER: Mapping[Attribution, str] = {
    "own_reporting": "The publication's own reporting",
    "official": "According to an official source",
    "party": "According to an interested party",
    "named_person": "According to a named person",
    "anonymous": "According to unnamed sources",
    "other_outlet": "According to another outlet",
    "social_post": "According to a post on social media",
    "none": "Claims nothing",
}

CERTAINTY: Mapping[Certainty, str] = {
    "stated": "stated outright",
    "hedged": "said with reserve",
    "forecast": "a forecast",
    "rumour": "told as a rumour",
    "denied": "a denial",
    "corrected": "a correction",
}

CONFLICT: Mapping[ConflictType, str] = {
    "number": "Figures contradict each other",
    "date": "Dates contradict each other",
    "identity": "Names contradict each other",
    "polarity": "One says yes, the other no",
    "attribution": "It is credited to different sources",
    "superseded": "A later report says otherwise",
    "opinion": "Judgements contradict each other",
}
