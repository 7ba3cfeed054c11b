"""Asking many questions: several at a time, records in the order of the lines, a bounded number in between.

What is asked together changes no answer: each question is read by itself. Questions that are the same are asked once.
"""

from __future__ import annotations

from collections import OrderedDict, deque
from collections.abc import Callable, Generator, Iterator
from concurrent.futures import CancelledError, Future, ThreadPoolExecutor
from itertools import islice

from assistant.batch.inputs import Entry
from assistant.models import Answer, Question
from assistant.records import Answered, Failed, Line
from index.errors import UnknownPublisher, WorkspaceError
from index.model_files import ModelError

Ask = Callable[[Question], Answer]
Earlier = Callable[[str], Answer | None]
"""The answer that what has this name got in an earlier run."""
_REMEMBERED = 256
"""Answers kept for the same question to come again; tens of kilobytes each."""


def answered(
    entries: Iterator[Entry], ask: Ask, *, earlier: Earlier, at_once: int, stopped: Callable[[], bool]
) -> Generator[Answered | Failed, None, None]:
    """A record for each entry, in order. Once `stopped` says so, what was begun is finished and nothing else begun.

    At most twice `at_once` entries are under way. Raises WorkspaceError or ModelError: no other question
    would escape them.
    """
    pool = ThreadPoolExecutor(at_once, thread_name_prefix="crosscheck-batch")
    asking = _Asking(pool, ask, earlier)
    under_way: deque[tuple[Entry, Future[Answer] | None]] = deque()
    try:
        while True:
            if stopped():
                pool.shutdown(wait=False, cancel_futures=True)
            else:
                under_way.extend((one, asking(one)) for one in islice(entries, 2 * at_once - len(under_way)))
            if not under_way:
                return
            entry, answer = under_way[0]
            yield _record(entry, answer)
            under_way.popleft()
    except CancelledError:
        return
    finally:
        pool.shutdown(cancel_futures=True)


class _Asking:
    """Hands questions to threads; one that was asked a moment ago is not asked again."""

    def __init__(self, pool: ThreadPoolExecutor, ask: Ask, earlier: Earlier) -> None:
        self._pool = pool
        self._ask = ask
        self._earlier = earlier
        self._kept: OrderedDict[Question, Future[Answer]] = OrderedDict()

    def __call__(self, entry: Entry) -> Future[Answer] | None:
        if isinstance(entry.read, Failed):
            return None
        if answer := self._earlier(entry.asked):
            return _there_already(answer)
        question = entry.read.question.model_copy(update={"id": None})
        if question not in self._kept:
            self._kept[question] = self._pool.submit(self._ask, question)
            if len(self._kept) > _REMEMBERED:
                self._kept.popitem(last=False)
        self._kept.move_to_end(question)
        return self._kept[question]


def _there_already(answer: Answer) -> Future[Answer]:
    found: Future[Answer] = Future()
    found.set_result(answer)
    return found


def _record(entry: Entry, answer: Future[Answer] | None) -> Answered | Failed:
    """Raises CancelledError for a question that was not begun."""
    if isinstance(entry.read, Failed) or answer is None:
        assert isinstance(entry.read, Failed)
        return entry.read.model_copy(update={"asked": entry.asked})
    line = entry.read
    try:
        found = answer.result()
    except UnknownPublisher as error:
        return _failed(entry, line, str(error))
    except (CancelledError, WorkspaceError, ModelError):
        raise
    except Exception as error:  # a failure is a record: the others of the batch go on
        return _failed(entry, line, f"Crosscheck failed in a way nobody foresaw ({type(error).__name__}: {error}).")
    named = found.model_copy(update={"id": line.question.id}) if line.question.id else found
    return Answered(line=line.number, asked=entry.asked, expected=line.expected, answer=named)


def _failed(entry: Entry, line: Line, error: str) -> Failed:
    return Failed(line=line.number, asked=entry.asked, id=line.question.id, expected=line.expected, error=error)
