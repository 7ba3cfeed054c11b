"""An open workspace as every front uses it: asked, searched and checked with one encoder, one reader, one labeller."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING, TypeAlias

from assistant.models import Answer, Question
from assistant.settings import Settings
from assistant.wiring.export import Notice, question_export, silent
from assistant.wiring.models import THREADS, Models
from assistant.wiring.once import Once
from index.models import EncoderIdentity, SearchResult
from index.readers import Readers
from index.sharing import Observe, Shared
from index.workspace import Derived, open_workspace

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from assistant.answering import Tools
    from assistant.checking import CheckTools
    from assistant.compare_command import Compare, Stated
    from assistant.models import Check
    from assistant.stages import Watch
    from index.question_encoder import QuestionEncoder
    from index.search import Limits
    from index.view import View

Vectors: TypeAlias = "NDArray[np.float32]"
Embed: TypeAlias = "Callable[[Sequence[str]], Vectors]"


@dataclass(frozen=True, slots=True)
class Standing:
    """What answers now."""

    generation: int
    articles: int
    model: str


class Desk:
    """An open workspace and the models to ask it with; `opened` makes one, any number of threads may use it at once.

    Each call has a connection of its own while it runs; see `index.readers`. What another process has published
    meanwhile, the next call sees.
    """

    def __init__(self, settings: Settings, encoder: QuestionEncoder, models: Models, readers: Readers) -> None:
        self.settings = settings
        self._readers = readers
        self._encoder = encoder
        self._embed_questions = embed = Shared[str, Vectors](encoder.encode_questions)
        self._tools = Once(partial(_tools, settings, encoder, models, embed))
        self._check_tools = Once(partial(_check_tools, settings, encoder, models, embed))
        self._comparing = Once(partial(_comparing, models))
        self._standing: Standing | None = None

    @property
    def tools(self) -> Tools:
        """What answers questions, opened when first wanted. Raises ModelError then, as do `ask` and `check`."""
        return self._tools()

    @property
    def comparing(self) -> tuple[Compare, Stated]:
        """How pairs of statements are compared, with a question and without; see `wiring.comparing`."""
        return self._comparing()

    def ask(self, question: Question, *, watch: Watch | None = None) -> Answer:
        """The one answer that every front shows; see `stages` for who watches it come about. Raises UnknownPublisher,
        and whatever the watch raises.
        """
        from assistant.answering import answer
        from assistant.stages import unwatched

        tools = self.tools
        with self._reading() as (view, derived):
            return answer(question, tools=tools, view=view, derived=derived, watch=watch or unwatched)

    def search(self, question: Question) -> SearchResult:
        """Passages alone, without a reader. Raises UnknownPublisher."""
        from assistant.answering import find

        vector = self._embed_questions([question.text])[0]
        with self._reading() as (view, derived):
            return find(question, vector, limits=_limits(self.settings), view=view, derived=derived)

    def check(self, statement: Question) -> Check:
        """Whether the articles bear a statement out. Raises UnknownPublisher."""
        from assistant import checking

        tools = self._check_tools()
        with self._reading() as (view, derived):
            return checking.check(statement, tools=tools, view=view, derived=derived)

    def watch_passes(self, observe: Observe) -> None:
        """From now on, it is told how many questions went through the encoder together."""
        self._embed_questions.watch(observe)

    def standing(self) -> Standing:
        """Counted once for each generation."""
        with self.viewing() as view:
            known = self._standing
            if known is None or known.generation != view.generation:
                known = self._standing = Standing(view.generation, view.count(), self._encoder.model)
            return known

    @contextmanager
    def viewing(self) -> Iterator[View]:
        """The articles themselves, of one generation."""
        with self._readers.taken() as workspace, workspace.viewing() as view:
            yield view

    @contextmanager
    def _reading(self) -> Iterator[tuple[View, Derived]]:
        """One generation. Raises OtherEncoder where the workspace was made anew with another model meanwhile."""
        encoder = self._encoder
        with self._readers.taken() as workspace, workspace.reading() as read:
            workspace.store.refuse_other(EncoderIdentity(encoder.model, encoder.revision, encoder.dimension))
            yield read


@contextmanager
def opened(settings: Settings, *, notice: Notice = silent, remembering: bool = False) -> Iterator[Desk]:
    """A workspace ready to be asked; `remembering`, by many questions alike. Raises WorkspaceError or ModelError."""
    # Held open, or SQLite would take its shared memory apart after every call and make it anew.
    with open_workspace(settings.workspace) as workspace:
        from index.question_encoder import QuestionEncoder

        encoder = QuestionEncoder.open(question_export(settings, workspace, notice), threads=THREADS)
        with closing(Readers(settings.workspace)) as readers:
            yield Desk(settings, encoder, Models(settings, remembering=remembering), readers)


def _tools(settings: Settings, encoder: QuestionEncoder, models: Models, embed: Embed) -> Tools:
    from assistant.answering import Tools
    from assistant.policy import Policy
    from assistant.wiring.comparing import relate_answers

    policy = Policy()
    return Tools(
        embed_questions=embed,
        score=models.score(policy),
        label=models.label,
        relate=relate_answers(models, policy.comparing),
        limits=_limits(settings),
        policy=policy,
        model=encoder.model,
        settings_hash=settings.answering_hash(),
    )


def _check_tools(settings: Settings, encoder: QuestionEncoder, models: Models, embed: Embed) -> CheckTools:
    from assistant.check_policy import CheckPolicy
    from assistant.checking import CheckTools
    from assistant.hearing import stances
    from assistant.wiring.comparing import relate_bare

    # Whatever reads passages for answers: other cross-encoders know no stance, so the project's own reader checks.
    read = models.reader()
    return CheckTools(
        embed_questions=embed,
        embed_sentences=encoder.encode_passages,
        stances=partial(stances, read=read),
        label=models.label,
        relate=relate_bare(models),
        limits=_limits(settings),
        policy=CheckPolicy(),
        model=encoder.model,
        settings_hash=settings.answering_hash(),
    )


def _comparing(models: Models) -> tuple[Compare, Stated]:
    from assistant.wiring.comparing import comparing_with

    return comparing_with(models)


def _limits(settings: Settings) -> Limits:
    from index.search import Limits

    return Limits(settings.top_k, settings.candidates, settings.fusion_weight)
