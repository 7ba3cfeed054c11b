"""Any sentence-transformers CrossEncoder in the reader's place. The only module that imports that class.

It gives one logit for a question and a sentence, so answers have no answering span. It loads torch, and with it
every question takes seconds longer than with the project's own reader.
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray
from sentence_transformers import CrossEncoder
from torch.nn import Identity

from assistant.scoring import Relevance
from index.model_files import WrongModelFiles


def load(name: str) -> Relevance:
    """By hub name or folder. Raises WrongModelFiles where it cannot be loaded or has more than one output."""
    try:
        model = CrossEncoder(name)
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        first = next(iter(str(error).strip().splitlines()), type(error).__name__)
        raise WrongModelFiles(
            f"The reader {name!r} cannot be loaded ({first}). "
            "Give the folder or hub name of a sentence-transformers CrossEncoder, 'crosscheck' or 'none'."
        ) from error
    if model.num_labels != 1:
        raise WrongModelFiles(
            f"The reader {name!r} has {model.num_labels} outputs; one is needed, a relevance. Choose a reranking model."
        )

    def relevance(pairs: Sequence[tuple[str, str]]) -> NDArray[np.float32]:
        logits = model.predict(list(pairs), activation_fn=Identity(), show_progress_bar=False)
        return np.asarray(logits, dtype=np.float32)

    return relevance
