"""The composition root: from settings to the parts that a front calls.

The only module that chooses classes. It imports heavy modules inside the functions that need them: a question
loads no torch, and an ingest of nothing new loads no model at all.
"""

from __future__ import annotations

import hashlib
import os
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cached_property, partial
from pathlib import Path
from typing import TYPE_CHECKING

from assistant.models import Answer, Question
from assistant.settings import Settings
from index.errors import WorkspaceError
from index.exported import Manifest, checked, export_folder, read_manifest
from index.model_files import DEFAULT_MODEL, ModelError, ModelFiles, WrongModelFiles, locate
from index.model_files import check as check_files
from index.models import EncoderIdentity, SearchResult, Summary, Vectors
from index.workspace import Workspace, open_workspace

if TYPE_CHECKING:
    from datetime import date

    from assistant.answering import Relate, Tools
    from assistant.audit_models import Audit
    from assistant.auditing import AuditEvents
    from assistant.checking import CheckTools
    from assistant.compare_command import Compare, Stated
    from assistant.comparing.judgement import JudgePairs
    from assistant.comparing.relating import Related
    from assistant.comparing.statement import Statement
    from assistant.hearing import RelateBare
    from assistant.models import Check, ConflictType
    from assistant.policy import Policy
    from assistant.reading import Pair, Read, Reading
    from assistant.scoring import Score
    from assistant.status.models import Label
    from assistant.vouched import LabelArticle
    from corpus.models import Article, Sentence
    from index.bulk_encoder import BulkEncoder
    from index.checks import Check as WorkspaceCheck
    from index.question_encoder import QuestionEncoder
    from index.sync import Engine, Events

Notice = Callable[[str], None]
"""Tells the user, in a sentence, why something takes long."""

_PREPARING = "Preparing the question encoder: once for each model, about ten seconds."

_FEW = 256
"""Up to so many passages, encoding through ONNX Runtime ends before torch would be loaded."""


class Asker:
    """An open workspace and the models to ask it with."""

    def __init__(self, workspace: Workspace, tools: Tools) -> None:
        self.tools = tools
        self._workspace = workspace

    def ask(self, question: Question) -> Answer:
        """The one answer that every front shows. Raises UnknownPublisher."""
        from assistant.answering import answer

        with self._workspace.reading() as (view, derived):
            return answer(question, tools=self.tools, view=view, derived=derived)

    def search(self, question: Question) -> SearchResult:
        """Passages alone. Raises UnknownPublisher."""
        from assistant.answering import find

        vector = self.tools.embed_questions([question.text])[0]
        with self._workspace.reading() as (view, derived):
            return find(question, vector, limits=self.tools.limits, view=view, derived=derived)


def silent(_: str) -> None:
    """Tells nobody."""


@contextmanager
def opened(settings: Settings, *, notice: Notice = silent) -> Iterator[Asker]:
    """A workspace ready to be asked. Raises WorkspaceError or ModelError."""
    with open_workspace(settings.workspace) as workspace:
        yield Asker(workspace, _tools(settings, workspace, notice))


def _tools(settings: Settings, workspace: Workspace, notice: Notice) -> Tools:
    from assistant.answering import Tools
    from assistant.policy import Policy
    from index.question_encoder import QuestionEncoder
    from index.search import Limits

    policy, read = Policy(), _own_reader(settings)
    encoder = QuestionEncoder.open(_question_export(settings, workspace, notice))
    return Tools(
        embed_questions=encoder.encode_questions,
        score=_score(settings.reader, read, policy),
        label=labeller(),
        relate=_relate(_judge(settings.judge, read), policy),
        limits=Limits(settings.top_k, settings.candidates, settings.fusion_weight),
        policy=policy,
        model=encoder.model,
        settings_hash=settings.answering_hash(),
    )


def _own_reader(settings: Settings) -> Read | None:
    """The project's own reader, where it is the one that reads."""
    if settings.reader != "crosscheck":
        return None
    from assistant.reader import open_reader

    return open_reader(threads=os.cpu_count() or 1)


def _score(reader: str, read: Read | None, policy: Policy) -> Score:
    from assistant import scoring

    if reader == "none":
        return scoring.by_likeness
    if read is not None:
        return scoring.by_reader(read, policy.reader)
    from assistant.cross_encoder import load

    return scoring.by_relevance(load(reader))


def labeller() -> LabelArticle:
    """Labels sentences; opened when there is something to label. Raises ModelError then."""
    opened: list[LabelArticle] = []

    def label(article: Article, sentences: Sequence[Sentence], wanted: Sequence[Sentence]) -> list[Label]:
        from assistant.status.learned import open_labeller

        if not opened:
            opened.append(open_labeller(threads=os.cpu_count() or 1))
        return opened[0](article, sentences, wanted)

    return label


def _relate(judge: JudgePairs, policy: Policy) -> Relate:
    def related(pairs: Sequence[tuple[Statement, Statement]], question: str) -> list[Related]:
        from assistant.comparing.relating import relate_answers

        return relate_answers(pairs, question=question, judge=judge, policy=policy.comparing)

    return related


def comparing(settings: Settings) -> tuple[Compare, Stated]:
    """How pairs of statements are compared, with a question and without. Raises ModelError."""
    from assistant.comparing.answers import stated
    from assistant.comparing.cloze import fill, unfilled
    from assistant.comparing.relating import relate
    from assistant.policy import Policy
    from assistant.reader import open_reader

    policy, read = Policy().comparing, open_reader(threads=os.cpu_count() or 1)
    judge = _judge(settings.judge, read)

    def compare(pairs: Sequence[tuple[Statement, Statement]], question: str | None) -> list[Related]:
        filling = unfilled if question else partial(fill, read=read)
        return relate(pairs, question=question, judge=judge, fill=filling, policy=policy)

    def state(question: str, texts: Sequence[str], days: Sequence[date | None]) -> list[Statement]:
        return stated(question, texts, read, published=days)

    return compare, state


def _judge(judge: str, read: Read | None) -> JudgePairs:
    """The project's own judge is its reader; where another reads, it is opened when there is something to judge."""
    from assistant.comparing.judgement import by_stance, undecided

    if judge == "none":
        return undecided
    if judge == "crosscheck":
        return by_stance(read or _late_reader())
    from assistant.cross_encoder import load_judge

    return load_judge(judge)


def _late_reader() -> Read:
    opened: list[Read] = []

    def read(pairs: Sequence[Pair]) -> Sequence[Reading]:
        from assistant.reader import open_reader

        if not opened:
            opened.append(open_reader(threads=os.cpu_count() or 1))
        return opened[0](pairs)

    return read


@contextmanager
def opened_for_checks(settings: Settings, *, notice: Notice = silent) -> Iterator[Callable[[Question], Check]]:
    """A workspace ready to check statements. Raises WorkspaceError or ModelError; checking, UnknownPublisher."""
    from assistant import checking

    with open_workspace(settings.workspace) as workspace:
        tools = _check_tools(settings, workspace, notice)

        def check(asked: Question) -> Check:
            with workspace.reading() as (view, derived):
                return checking.check(asked, tools=tools, view=view, derived=derived)

        yield check


def _check_tools(settings: Settings, workspace: Workspace, notice: Notice) -> CheckTools:
    from assistant.check_policy import CheckPolicy
    from assistant.checking import CheckTools
    from assistant.hearing import stances
    from assistant.reader import open_reader
    from index.question_encoder import QuestionEncoder
    from index.search import Limits

    threads = os.cpu_count() or 1
    encoder = QuestionEncoder.open(_question_export(settings, workspace, notice), threads=threads)
    read = open_reader(threads=threads)
    return CheckTools(
        embed_questions=encoder.encode_questions,
        embed_sentences=encoder.encode_passages,
        stances=partial(stances, read=read),
        label=labeller(),
        relate=_relate_bare(settings, read),
        limits=Limits(settings.top_k, settings.candidates, settings.fusion_weight),
        policy=CheckPolicy(),
        model=encoder.model,
        settings_hash=settings.answering_hash(),
    )


def audit(settings: Settings, *, events: AuditEvents, kind: ConflictType | None, limit: int | None) -> Audit:
    """The conflicts of a whole workspace. Raises WorkspaceError or ModelError."""
    from assistant import audit_store, auditing
    from assistant.audit_policy import AuditPolicy
    from assistant.reader import open_reader

    with open_workspace(settings.workspace) as workspace:
        known = workspace.store.encoder
        outcomes = _outcomes_hash(settings)
        tools = auditing.AuditTools(
            relate=_relate_bare(settings, open_reader(threads=os.cpu_count() or 1)),
            label=labeller(),
            policy=AuditPolicy(),
            model=known.model if known else "",
            settings_hash=outcomes,
        )
        with workspace.reading() as (view, derived), audit_store.opened(workspace.folder, outcomes) as store:
            return auditing.audit(view, derived, store=store, tools=tools, events=events, kind=kind, limit=limit)


def dismiss(settings: Settings, conflict: str, reason: str) -> None:
    """Leaves a conflict out of every later audit. Raises WorkspaceError or BadInput."""
    from assistant import audit_store

    with open_workspace(settings.workspace) as workspace, audit_store.opened(workspace.folder, "") as store:
        store.dismiss(conflict, reason)


def _outcomes_hash(settings: Settings) -> str:
    """Names everything besides two sentences that decides how they stand to each other."""
    from assistant.policy import Policy
    from assistant.reader import FOLDER

    deciding = hashlib.sha256(f"{settings.judge} {Policy().comparing!r}".encode())
    deciding.update((FOLDER / "reader.onnx").read_bytes())
    return deciding.hexdigest()[:12]


def _relate_bare(settings: Settings, read: Read) -> RelateBare:
    """Statements without a question: each is made the question for the other."""
    from assistant.comparing.cloze import fill
    from assistant.comparing.relating import relate
    from assistant.policy import Policy

    judge = _judge(settings.judge, read)
    return partial(relate, question=None, judge=judge, fill=partial(fill, read=read), policy=Policy().comparing)


def _question_export(settings: Settings, workspace: Workspace, notice: Notice) -> Path:
    """The export that belongs to the workspace's vectors; made in a process of its own where it is missing.

    The workspace itself says which it is, so that the model's own files are looked at only where they are needed.
    """
    encoder = workspace.store.encoder
    if encoder is None or settings.encoder is not None:
        files = locate(settings.encoder or DEFAULT_MODEL)
        model, revision = files.name, files.revision
    else:
        model, revision = encoder.model, encoder.revision
    folder = export_folder(settings.cache, model, revision=revision)
    if not _is_there(folder):
        notice(_PREPARING)
        _export_elsewhere(model, folder)
    workspace.store.refuse_other(_identity(read_manifest(folder)))
    return folder


def _is_there(folder: Path) -> bool:
    try:
        checked(folder)
    except ModelError:
        return False
    return True


def _identity(manifest: Manifest) -> EncoderIdentity:
    return EncoderIdentity(manifest.model, manifest.revision, manifest.dimension)


def _export_elsewhere(model: str, folder: Path) -> None:
    """In another process, so that this one stays without torch."""
    command = [sys.executable, "-m", "index.export", model, str(folder)]
    root = str(Path(__file__).parent.parent)
    path = os.pathsep.join(filter(None, (root, os.environ.get("PYTHONPATH"))))
    done = subprocess.run(command, capture_output=True, text=True, env={**os.environ, "PYTHONPATH": path}, check=False)
    if done.returncode:
        raise ModelError(done.stderr.strip() or f"The question encoder could not be made from {model!r}.")


def ingest(
    settings: Settings,
    paths: Sequence[Path],
    *,
    events: Events,
    fields: Mapping[str, str] | None = None,
    prune: bool = False,
    notice: Notice = silent,
) -> Summary:
    """Brings a workspace in line with files, making it where it is missing.

    Raises PathMissing or UnknownField before anything is made, then WorkspaceError or ModelError.
    """
    from index import sync
    from index.planning import make_order

    order = make_order(paths, workspace=settings.workspace, fields=fields or {}, prune=prune)
    with open_workspace(settings.workspace, create=True) as workspace:
        return sync.ingest(workspace, order, engine=_engine(settings, workspace, notice), events=events)


def _engine(settings: Settings, workspace: Workspace, notice: Notice) -> Engine:
    """Loads no model unless its export is missing: an ingest of nothing new must not wait for one."""
    from index.sync import Engine
    from index.tokens import TokenCounter

    known = workspace.store.encoder
    files = locate(settings.encoder or (known.model if known else DEFAULT_MODEL))
    encoding = _Encoding(files, export_folder(settings.cache, files.name, revision=files.revision))
    encoding.prepare(notice)
    return Engine(_identity(read_manifest(encoding.exported)), encoding, TokenCounter(files).count)


class _Encoding:
    """Encodes through ONNX Runtime while there is little to do, and through sentence-transformers otherwise."""

    def __init__(self, files: ModelFiles, exported: Path) -> None:
        self.exported = exported
        self._files = files
        self._in_bulk = False

    def prepare(self, notice: Notice) -> None:
        """Makes the export where it is missing."""
        if not _is_there(self.exported):
            from index.export import export

            notice(_PREPARING)
            try:
                export(self._files, self.exported, encoder=self._bulk)
            except OSError as error:
                raise ModelError(
                    f"The question encoder cannot be kept in {str(self.exported.parent)!r} ({error.strerror}). "
                    "Set CROSSCHECK_CACHE to a folder that you may write to."
                ) from error

    def __call__(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> Vectors:
        if self._in_bulk or len(texts) > _FEW:
            return self._bulk.encode(texts, progress=progress)
        vectors = self._questions.encode_passages(texts).astype("<f2")
        if progress:
            progress(len(texts))
        return vectors

    @cached_property
    def _bulk(self) -> BulkEncoder:
        from index.bulk_encoder import BulkEncoder

        self._in_bulk = True
        return BulkEncoder.load(self._files)

    @cached_property
    def _questions(self) -> QuestionEncoder:
        from index.question_encoder import QuestionEncoder

        return QuestionEncoder.open(self.exported, threads=os.cpu_count() or 1)


def examine(settings: Settings) -> list[WorkspaceCheck]:
    """Checks the workspace, and that its questions can be embedded and its passages read."""
    from index.checks import check

    with open_workspace(settings.workspace) as workspace:
        return [*check(workspace), *_model_checks(settings, workspace), _reader_check(settings)]


def _reader_check(settings: Settings) -> WorkspaceCheck:
    from assistant.policy import Policy
    from index.checks import Check

    name = "What reads passages can be opened"
    try:
        _score(settings.reader, _own_reader(settings), Policy())
    except ModelError as error:
        return Check(name, False, str(error), "Mend or leave out the reader setting.")
    return Check(name, True, f"It is {settings.reader!r}.")


def _model_checks(settings: Settings, workspace: Workspace) -> Iterator[WorkspaceCheck]:
    from index.checks import Check

    known = workspace.store.encoder
    model, exported = "The model that made the vectors is here", "Its question encoder is sound"
    try:
        files = locate(settings.encoder or (known.model if known else DEFAULT_MODEL))
        check_files(files)
        yield Check(model, True, f"{files.name}, revision {files.revision[:12]}.")
        workspace.store.refuse_other(
            _identity(checked(export_folder(settings.cache, files.name, revision=files.revision)))
        )
        yield Check(exported, True, "It is the workspace's own.")
    except WrongModelFiles as error:
        yield Check(model, False, str(error), "Ingesting needs it; questions need only its export.")
    except ModelError as error:
        yield Check(exported, False, str(error), "Nothing to do: the next question makes it anew.")
    except WorkspaceError as error:
        yield Check(exported, False, str(error), "Leave out the encoder setting, or ingest into a new workspace.")
