"""The project's own reader, through ONNX Runtime: a small cross-encoder that shows where a passage answers a question.

The only module that imports ONNX Runtime for reading. Its files are package data (`weights/reader`, with a model
card), whose hashes the tests check.
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
from tokenizers import Encoding, Tokenizer

from assistant.reading import Pair, Reading
from index.model_files import ModelError

FOLDER = Path(__file__).parent / "weights" / "reader"

_CLS, _SEP = 101, 102


class DamagedReader(ModelError):
    """The reader's files are missing or not those that were shipped."""

    def __init__(self, folder: Path, reason: str) -> None:
        super().__init__(f"The reader in {str(folder)!r} cannot be used: {reason}. Install Crosscheck again.")


@dataclass(frozen=True, slots=True)
class Config:
    """What the reader's own `config.json` says about it."""

    max_tokens: int
    title_tokens: int
    question_tokens: int


class Reader:
    """An opened reader. `open_reader` makes one; any number of threads may use it."""

    def __init__(self, session: ort.InferenceSession, tokenizer: Tokenizer, config: Config, *, threads: int) -> None:
        self._session = session
        self._tokenizer = tokenizer
        self._config = config
        self._threads = threads

    def __call__(self, pairs: Sequence[Pair]) -> list[Reading]:
        """Reads each pair by itself, several at a time.

        A pair alone fits the processor's cache and has quantisation scales of its own: measured, that takes 0.6 of
        the time of batches of 16 and gives the unquantised network's span more often (83 of 100 against 77). And
        what a pair is read with cannot change what is read.
        """
        encoded = [self._encoded(pair) for pair in pairs]
        with ThreadPoolExecutor(self._threads) as pool:
            return list(pool.map(self._read, *zip(*encoded, strict=True))) if encoded else []

    def _encoded(self, pair: Pair) -> tuple[list[int], int, list[tuple[int, int]]]:
        """Token ids of `[CLS] question [SEP] (title [SEP]) passage [SEP]`; where the passage begins; its offsets."""
        head = [_CLS, *self._tokens(pair.question).ids[: self._config.question_tokens], _SEP]
        if pair.title:
            head += [*self._tokens(pair.title).ids[: self._config.title_tokens], _SEP]
        passage = self._tokens(pair.passage)
        room = self._config.max_tokens - len(head) - 1
        return [*head, *passage.ids[:room], _SEP], len(head), passage.offsets[:room]

    def _tokens(self, text: str) -> Encoding:
        return self._tokenizer.encode(text, add_special_tokens=False)

    def _read(self, ids: list[int], first: int, offsets: list[tuple[int, int]]) -> Reading:
        row = np.array([ids], dtype=np.int64)
        kinds = (np.arange(len(ids)) >= first).astype(np.int64)[None]
        inputs = {"input_ids": row, "token_type_ids": kinds, "attention_mask": np.ones_like(row)}
        starts, ends, answers, stances = self._session.run(["start", "end", "answers", "stance"], inputs)
        stop = first + len(offsets)
        yes, no, leaves_open = stances[0].tolist()
        return Reading(
            offsets=offsets,
            starts=starts[0, first:stop],
            ends=ends[0, first:stop],
            nothing=float(starts[0, 0] + ends[0, 0]),
            answers=float(answers[0]),
            stances=(yes, no, leaves_open),
        )


def open_reader(folder: Path = FOLDER, *, threads: int = 1) -> Reader:
    """Opens the shipped reader, or one that was trained anew. Raises DamagedReader."""
    try:
        config = _config(json.loads((folder / "config.json").read_text(encoding="utf-8")))
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        session = open_session(folder / "reader.onnx")
    except Exception as error:  # neither library has an error class of its own
        raise DamagedReader(folder, str(error)) from error
    tokenizer.no_truncation()
    tokenizer.no_padding()
    return Reader(session, tokenizer, config, threads=threads)


def _config(stated: dict[str, Any]) -> Config:
    return Config(
        max_tokens=stated["max_tokens"],
        title_tokens=stated["title_tokens"],
        question_tokens=stated["question_tokens"],
    )


def open_session(path: Path) -> ort.InferenceSession:
    """An exported network, on one thread."""
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # plans memory per shape, and every pair has another
    options.log_severity_level = 3
    return ort.InferenceSession(str(path), options, providers=["CPUExecutionProvider"])
