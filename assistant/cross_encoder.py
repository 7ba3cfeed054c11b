"""Any sentence-transformers CrossEncoder in the place of the reader or the judge. Only this module imports it.

In the reader's place it gives one logit for a question and a sentence, so answers have no answering span. It loads
torch, and with it every question takes seconds longer than with the project's own networks.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder
from torch.nn import Identity

from assistant.comparing.judgement import Judgement, JudgePairs, StatementPair
from assistant.scoring import Relevance
from index.model_files import WrongModelFiles, refuse_unsafe

_PREFIXES = ("entail", "neutral", "contradict")


def load(name: str) -> Relevance:
    """A reranker, by hub name or folder. Raises WrongModelFiles where it cannot be loaded or has not one output."""
    model = _opened(name, "reader")
    if model.num_labels != 1:
        raise WrongModelFiles(
            f"The reader {name!r} has {model.num_labels} outputs; one is needed, a relevance. Choose a reranking model."
        )

    def relevance(pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        logits = model.predict(list(pairs), activation_fn=Identity(), show_progress_bar=False)
        return np.asarray(logits, dtype=np.float32)

    return relevance


def load_judge(name: str) -> JudgePairs:
    """An entailment model, by hub name or folder; the order of its labels is read from its own config.

    What follows either way round agrees, what contradicts conflicts, the rest is compatible. Raises WrongModelFiles
    where it cannot be loaded or lacks the labels.
    """
    model = _opened(name, "judge")
    order = _order(name, dict(getattr(model.config, "id2label", None) or {}))

    def judge(pairs: Sequence[StatementPair]) -> list[Judgement]:
        both = [texts for pair in pairs for texts in ((pair.a, pair.b), (pair.b, pair.a))]
        if not both:
            return []
        logits = np.asarray(model.predict(both, activation_fn=Identity(), show_progress_bar=False))
        mean = logits.reshape(len(pairs), 2, -1).mean(axis=1)[:, order]
        likely = np.exp(mean - mean.max(axis=1, keepdims=True))
        likely /= likely.sum(axis=1, keepdims=True)
        return [Judgement(agree, compatible, conflict) for agree, compatible, conflict in likely.tolist()]

    return judge


def _order(name: str, labels: Mapping[int, str]) -> list[int]:
    found = [next((at for at, label in labels.items() if label.lower().startswith(p)), None) for p in _PREFIXES]
    places = [at for at in found if at is not None]
    if len(places) != len(_PREFIXES):
        raise WrongModelFiles(
            f"The judge {name!r} has the labels {sorted(labels.values())!r}; needed are entailment, neutral and "
            "contradiction. Choose a model trained on natural language inference."
        )
    return places


def _opened(name: str, place: str) -> CrossEncoder:
    """Weights from safetensors alone, and no code that a model brings along."""
    if Path(name).is_dir():
        refuse_unsafe(Path(name))
    try:
        opened: CrossEncoder = CrossEncoder(name, trust_remote_code=False, model_kwargs={"use_safetensors": True})
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        first = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise WrongModelFiles(
            f"The {place} {name!r} cannot be loaded ({first}). "
            "Give the folder or hub name of a sentence-transformers CrossEncoder, 'crosscheck' or 'none'."
        ) from error
    return opened
