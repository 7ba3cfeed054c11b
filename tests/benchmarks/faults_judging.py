"""Whether a workspace to which something was done answers as it did before: the real desk asked again."""

from __future__ import annotations

import shutil
import sqlite3
from collections.abc import Mapping, Sequence
from contextlib import closing
from hashlib import sha256
from pathlib import Path

from assistant import wiring
from assistant.models import Answer, ask
from assistant.posting import PostedArticle
from assistant.settings import Settings
from assistant.wiring.desk import Desk
from assistant.wiring.examining import audit_damage, posted_checks
from assistant.wiring.export import question_export, silent
from assistant.wiring.mending import mend
from assistant.wiring.models import THREADS, Models
from index.checks import check
from index.errors import WorkspaceError
from index.question_encoder import QuestionEncoder
from index.readers import Readers
from index.workspace import STORE_FILE, open_workspace

SAMPLE = Path(__file__).parents[2] / "corpus" / "sample" / "articles"
QUESTIONS = (
    "When was the Veyle Narrows Bridge opened to traffic?",
    "Has the takeover been agreed?",
    "How many people took part in the trial?",
    "Why was the ferry late?",
    "Did the mayor resign?",
)
SAME, REBUILT, REFUSED, CRASHED = "same answers", "rebuilt, same answers", "refused by name", "CRASHED"
WRONG_QUOTE, OTHER = "WRONG QUOTE", "OTHER ANSWER WITHOUT A WORD"
OUTCOMES = (SAME, REBUILT, REFUSED, CRASHED, WRONG_QUOTE, OTHER)


class Quiet:
    """Nobody watches an ingest here."""

    def reading(self, done: int, total: int) -> None: ...

    def planned(self, articles: int) -> None: ...

    def encoding(self, articles: int, done: int, total: int) -> None: ...

    def written(self, articles: int, passages: int) -> None: ...


class Asker:
    """Asks the questions of a workspace, with models that stay open."""

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        with open_workspace(settings.workspace) as workspace:
            export = question_export(settings, workspace, silent)
        self._encoder = QuestionEncoder.open(export, threads=THREADS)
        # A reading follows from its texts alone, so remembering them changes nothing but the time.
        self._models = Models(settings, remembering=True)

    def __call__(self) -> list[Answer]:
        """Raises WorkspaceError."""
        folder = self._settings.workspace
        with open_workspace(folder), closing(Readers(folder)) as readers:
            desk = Desk(self._settings, self._encoder, self._models, readers)
            return [desk.ask(ask(text)) for text in QUESTIONS]


def settings_for(folder: Path) -> Settings:
    from assistant.settings import load

    return load({"workspace": folder})


def make_workspace(folder: Path) -> Settings:
    """The sample articles, one article that was posted and a revision of it."""
    settings = settings_for(folder)
    wiring.ingest(settings, [SAMPLE], events=Quiet())
    for day in ("Monday", "Tuesday"):
        text = f"The harbour of Eastquay was closed on {day}. The harbour master said so in a note to all captains."
        wiring.post(settings, [PostedArticle(id="harbour", text=text, title="Harbour closed")])
    return settings


def drop_earlier_indexes(folder: Path) -> None:
    """Nobody reads them any more, so that a flip there would be no test."""
    with open_workspace(folder) as workspace:
        now = workspace.derived_folder(workspace.store.published)
    for earlier in now.parent.iterdir():
        if earlier != now:
            shutil.rmtree(earlier)


def texts_of(folder: Path) -> dict[tuple[str, int], str]:
    """By article and revision."""
    with open_workspace(folder) as workspace, workspace.viewing() as view:
        found = {}
        for listing in view.listings():
            for row in view.revisions(listing.id):
                article = view.revision(listing.id, row.revision)
                assert article is not None
                found[listing.id, row.revision] = article.text
    return found


def content(answer: Answer) -> str:
    """All of an answer but how long it took and which generation it was."""
    return answer.model_dump_json(exclude={"timings_ms": True, "workspace": {"generation"}, "id": True})


def wrong_quotes(answers: Sequence[Answer], texts: Mapping[tuple[str, int], str]) -> list[str]:
    """Quotes that do not stand where they say, in what was ingested."""
    return [
        f"{cited.article_id}: {cited.quote!r}"
        for answer in answers
        for cited in (*answer.citations, *answer.closest)
        if texts.get((cited.article_id, cited.revision), "")[cited.start : cited.end] != cited.quote
    ]


class Judge:
    """Knows what is right."""

    def __init__(self, pristine: Path, work: Path) -> None:
        self._pristine = pristine
        self.settings = settings_for(work)
        self.reset()
        self.asker = Asker(self.settings)
        self._expected = [content(answer) for answer in self.asker()]
        self._dump = _dump(pristine)
        self._texts = texts_of(work)

    def reset(self) -> None:
        shutil.rmtree(self.settings.workspace, ignore_errors=True)
        shutil.copytree(self._pristine, self.settings.workspace)

    def outcome(self) -> tuple[str, str]:
        """What the workspace answers now, and what was told."""
        before = self._derived()
        try:
            answers = self.asker()
        except WorkspaceError as error:
            return REFUSED, str(error)
        except Exception as error:  # whatever it is, it is a finding
            return CRASHED, f"{type(error).__name__}: {error}"
        if wrong := wrong_quotes(answers, self._texts):
            return WRONG_QUOTE, "; ".join(wrong)
        found = [content(answer) for answer in answers]
        if found != self._expected:
            differing = next((a, b) for a, b in zip(self._expected, found, strict=True) if a != b)
            return OTHER, _difference(*differing)
        return (SAME if self._derived() == before else REBUILT), ""

    def noticed(self) -> bool:
        """Whether the doctor finds anything."""
        try:
            with open_workspace(self.settings.workspace) as workspace:
                found = [one for one in (*check(workspace), *posted_checks(workspace)) if not one.passed]
        except WorkspaceError:
            return True
        return bool(found) or audit_damage(self.settings.workspace) is not None

    def in_use(self) -> bool:
        """Whether the store reads otherwise than before."""
        return _dump(self.settings.workspace) != self._dump

    def mended(self) -> str:
        """Repairs, asks again."""
        try:
            done, _ = mend(self.settings, events=Quiet(), notice=silent)
        except WorkspaceError as error:
            return f"not repaired: {error}"
        except Exception as error:
            return f"REPAIR CRASHED: {type(error).__name__}: {error}"
        outcome, told = self.outcome()
        if done.lost and outcome in (SAME, OTHER):
            return "repaired, articles named as lost"
        return "repaired, same answers" if outcome in (SAME, REBUILT) else f"REPAIRED, {outcome}: {told}"

    def _derived(self) -> list[tuple[int, int]]:
        folders = [path.stat() for path in (self.settings.workspace / "derived").glob("*")]
        return sorted((folder.st_ino, folder.st_mtime_ns) for folder in folders)


def _dump(folder: Path) -> str:
    """Of all rows of the store, a hash."""
    digest = sha256()
    try:
        with closing(sqlite3.connect(folder / STORE_FILE)) as connection:
            for line in connection.iterdump():
                digest.update(line.encode())
    except (sqlite3.Error, UnicodeDecodeError):
        return "cannot be read"
    return digest.hexdigest()


def _difference(expected: str, found: str) -> str:
    at = next((i for i, (a, b) in enumerate(zip(expected, found, strict=False)) if a != b), 0)
    return f"...{expected[max(0, at - 60) : at + 60]!r} became {found[max(0, at - 60) : at + 60]!r}"
