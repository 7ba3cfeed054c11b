"""The networks that this project ships, through ONNX Runtime: each reads a passage for what its heads say.

The only module of the package that imports ONNX Runtime and `tokenizers`. What the outputs mean, each user knows:
`reader`, `judge`. The files are package data (`weights/NAME`, with a model card); their hashes are
checked before anything is loaded.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from assistant.pair_tokens import TokenPair, joined
from index.model_files import ModelError
from index.seals import is_whole

Floats = NDArray[np.float32]


class DamagedNetwork(ModelError):
    """A network's files are missing or not those that were shipped."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(
            f"The {folder.name} in {str(folder)!r} cannot be used: {reason}. Install Crosscheck again."
        )  # fmt: skip


@dataclass(frozen=True, slots=True)
class TextPair:
    """What is read together."""

    heads: tuple[str, ...]
    """As many as `Limits.heads`; "" where there is none."""
    passage: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How many tokens a network was trained to read."""

    max_tokens: int
    heads: tuple[int, ...]
    """The most tokens of each head."""


@dataclass(frozen=True, slots=True)
class Read:
    """A pair as it was read, and what the network says: one array an output, without the batch's dimension."""

    tokens: TokenPair
    outputs: tuple[Floats, ...]


class PairNetwork:
    """An opened network. `open_network` makes one; any number of threads may use it."""

    def __init__(
        self,
        session: ort.InferenceSession,
        tokenizer: Tokenizer,
        limits: Limits,
        *,
        outputs: Sequence[str],
        threads: int,
    ) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._limits = limits
        self._outputs = list(outputs)
        self._pool = ThreadPoolExecutor(threads, thread_name_prefix="crosscheck-network") if threads > 1 else None

    def __call__(self, pairs: Sequence[TextPair]) -> list[Read]:
        """Reads each pair by itself, several at a time.

        A pair alone fits the processor's cache and has quantisation scales of its own: measured, that takes 0.6 of
        the time of batches of 16 and gives the unquantised network's span more often (83 of 100 against 77). And
        what a pair is read with cannot change what is read. All callers share one pool: whatever waits, of whichever
        question, is read as soon as a core is free.
        """
        rows = [self._row(pair) for pair in pairs]
        if self._pool is None or len(rows) < 2:
            return [self._read(row) for row in rows]
        return list(self._pool.map(self._read, rows))

    def _row(self, pair: TextPair) -> TokenPair:
        heads = [self._encode(head).ids[:most] for head, most in zip(pair.heads, self._limits.heads, strict=True)]
        passage = self._encode(pair.passage)
        return joined(heads, passage.ids, passage.offsets, max_tokens=self._limits.max_tokens)

    def _encode(self, text: str) -> Any:
        return self._tokenizer.encode(text, add_special_tokens=False)

    def _read(self, tokens: TokenPair) -> Read:
        row = np.array([tokens.ids], dtype=np.int64)
        kinds = (np.arange(len(tokens.ids)) >= tokens.first).astype(np.int64)[None]
        inputs = {"input_ids": row, "token_type_ids": kinds, "attention_mask": np.ones_like(row)}
        return Read(tokens, tuple(output[0] for output in self._session.run(self._outputs, inputs)))


def open_network(folder: Path, *, outputs: Sequence[str], threads: int = 1, seals: Path | None = None) -> PairNetwork:
    """Opens `folder/NAME.onnx`, NAME being the folder's own, once it is what its config.json says.

    `seals` is a folder where it is remembered that the files were (`index.seals`). Raises DamagedNetwork.
    """
    try:
        stated = json.loads((folder / "config.json").read_text(encoding="utf-8"))
        limits = _limits(stated)
        for name in (f"{folder.name}.onnx", "tokenizer.json"):
            _refuse_other(folder / name, stated["sha256"][name], seals)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        session = open_session(folder / f"{folder.name}.onnx")
    except Exception as error:  # neither library has an error class of its own
        raise DamagedNetwork(folder, str(error)) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return PairNetwork(session, tokenizer, limits, outputs=outputs, threads=threads)


def _refuse_other(path: Path, sha256: str, seals: Path | None) -> None:
    if not is_whole(path, sha256, seals=seals):
        raise ValueError(f"{path.name} is not the file that was shipped")


def _limits(stated: dict[str, Any]) -> Limits:
    return Limits(stated["max_tokens"], tuple(stated["head_tokens"]))


def open_session(path: Path) -> ort.InferenceSession:
    """An exported network, on one thread."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # plans memory per shape, and every pair has another
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
