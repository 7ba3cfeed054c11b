"""A follow-up made into a question that stands alone: the rules in their order, and the final form. Pure.

First what asks about the last question itself, then what repeats it with something new, then what is whole but points
back. A question that says what it is about is left as it is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from assistant.followups.asking import asked, plain, without_lead
from assistant.followups.context import Before, context
from assistant.followups.doubting import doubted
from assistant.followups.fragments import asked_in_short, replaced
from assistant.followups.leaving_out import with_noun, with_topic, with_verb
from assistant.followups.models import Rewritten, Step, Turn
from assistant.followups.pointing import put_into_words

_LONGEST = 400
"""Characters; what is longer is a text and no question in a conversation."""
_TELLS = re.compile(r"(?:tell|list|name|give|show|explain|describe|compare)\b", re.IGNORECASE)
_SET_APART = re.compile(
    r"^(?:(?:what|how) about |as for )?(?P<name>[^,?]{2,60})[,:?–-]+ +"
    r"(?P<asked>(?:who|what|when|where|why|how|which|is|was|are|were|do|does|did|has|have|can|will)\b.*?)"
    r"\b(?P<word>that|it|he|she|they)\b(?P<rest>.*)$",
    re.IGNORECASE,
)


def rewritten(question: str, turns: Sequence[Turn]) -> Rewritten:
    """What a follow-up asks in the light of the turns before it, the latest of them last.

    A question that stands alone comes back as it is, even if it begins with "And". Where there were several candidates
    or none, `sure` is False and `because` says what was assumed. Never raises, whatever is typed.
    """
    body = without_lead(plain(question))
    before = context([turn for turn in turns if 0 < len(plain(turn.question)) <= _LONGEST])
    if not body or not before or len(body) > _LONGEST:
        return Rewritten(question, False, True, "")
    step = _whole(Step(body), before, led=body != plain(question), asks=question.rstrip().endswith("?"))
    if step.body == body:
        return Rewritten(question, False, step.sure, " ".join(step.notes))
    return Rewritten(_sentence(step.body), True, step.sure, " ".join(step.notes))


def _whole(step: Step, before: tuple[Before, ...], *, led: bool, asks: bool) -> Step:
    apart = _set_apart(step)
    if apart is not None:
        return apart
    short = doubted(step, before) or asked_in_short(step, before) or replaced(step, before, led=led or asks)
    if short is not None:
        return short
    counted = with_noun(step, before[0])
    whole = with_verb(counted, before[0])
    pointed = put_into_words(whole, before)
    return with_topic(pointed, before, led=led) if pointed.body == counted.body else pointed


def _set_apart(step: Step) -> Step | None:
    """ "And Maia 100, when did that come out?" names first what it asks about."""
    found = _SET_APART.match(step.body)
    if found is None or asked(found["name"]).wh or asked(found["name"]).auxiliary:
        return None
    name = found["name"].strip()
    return step.with_body(f"{found['asked']}{name}{found['rest']}", f"“{found['word']}” is taken for “{name}”.")


def _sentence(body: str) -> str:
    words = " ".join(body.split())
    mark = "." if _TELLS.match(words) else "?"
    return f"{words[0].upper()}{words[1:]}{mark}"
