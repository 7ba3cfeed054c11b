"""Encoding questions and single sentences, through ONNX Runtime: the vectors of the bulk encoder, without torch.

The only module that imports ONNX Runtime for encoding. Must not import torch, transformers or
sentence-transformers, directly or by way of another module: loading them takes ten times as long as an answer.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import numpy as np
import onnxruntime as ort
from numpy.typing import NDArray
from tokenizers import Tokenizer

from index.batches import Batch, batches, padded
from index.exported import GRAPH, TOKENIZER, WEIGHTS, DamagedExport, Manifest, checked
from index.model_files import WrongModelFiles
from index.tokens import Tokens, load_tokenizer, tokenized

_BUDGET = 256
"""Tokens of a batch: small, so that sentences of unlike length are not padded to one another, that activations stay
in the cache, and that there are batches enough to share between threads."""

_STEP = 4
"""Widths are multiples of it. ONNX Runtime sums over tokens by fours, and a rest of three in another order; padded to
whole fours, a text has the same bits alone, with others and however wide these make its row."""

_LARGE = "131072"
"""Bytes from which on weights go into the file: all matrices of a real model. Between them, small tables of odd size
would break the alignment of what follows."""


class _Graph:
    """A loaded graph that says where it is from when it fails."""

    def __init__(self, folder: Path) -> None:
        """Loads it. Raises DamagedExport."""
        self._folder = folder
        options = _options()
        options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_DISABLE_ALL  # done by `optimise`
        with self._named_errors():
            self._session = ort.InferenceSession(str(folder / GRAPH), options, providers=["CPUExecutionProvider"])

    def __call__(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        """Shape (texts, width) twice in, (texts, dimension) out. Raises DamagedExport."""
        with self._named_errors():
            found: NDArray[np.float32] = self._session.run(None, {"input_ids": ids, "attention_mask": mask})[0]
        return found

    @contextmanager
    def _named_errors(self) -> Iterator[None]:
        try:
            yield
        except Exception as error:  # the library's errors have no base of their own
            raise DamagedExport(self._folder, f"ONNX Runtime refuses it ({error})") from error


class QuestionEncoder:
    """An opened export. `open` makes one; any number of threads may use it."""

    def __init__(self, manifest: Manifest, graph: _Graph, *, tokenizer: Tokenizer, threads: int) -> None:
        self.model = manifest.model
        self.revision = manifest.revision
        self.dimension = manifest.dimension
        self._manifest = manifest
        self._graph = graph
        self._tokenizer = tokenizer
        self._threads = threads

    @classmethod
    def open(cls, folder: Path, *, threads: int = 1, every_byte: bool = False) -> QuestionEncoder:
        """Opens what `export` made. `threads` batches run at the same time, each in one thread.

        One text is one batch, so a single question takes one thread whatever is given. Threads inside a batch are
        not used: they wait for one another, and a busy neighbour holds up all of them. `every_byte` believes no seal.

        Raises ExportMissing or DamagedExport.
        """
        manifest = checked(folder, every_byte=every_byte)
        try:
            tokenizer = load_tokenizer(folder / TOKENIZER)
        except WrongModelFiles as error:
            raise DamagedExport(folder, str(error)) from error
        tokenizer.enable_truncation(manifest.max_tokens)
        return cls(manifest, _Graph(folder), tokenizer=tokenizer, threads=threads)

    def encode_questions(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of questions, shape (n, dimension), rows of length 1, the same bits in whatever company.

        That holds for models that take the mean over tokens, or a token, or the largest values.
        """
        return self._encode(texts, self._manifest.query_prompt)

    def encode_passages(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of passages or sentences, shape (n, dimension), rows of length 1."""
        return self._encode(texts, self._manifest.document_prompt)

    def _encode(self, texts: Sequence[str], prompt: str) -> NDArray[np.float32]:
        tokens = tokenized(self._tokenizer, texts, prompt=prompt)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float32)

        def run(batch: Batch) -> None:
            vectors[batch.rows] = self._graph(*padded(tokens, batch, pad=self._manifest.pad))

        _each(run, list(batches(self._widths(tokens), budget=_BUDGET)), threads=self._threads)
        return vectors

    def _widths(self, tokens: Tokens) -> NDArray[np.int64]:
        """Of the rows that the texts need, never wider than the model reads."""
        return np.minimum(-(-tokens.lengths // _STEP) * _STEP, self._manifest.max_tokens)


def optimise(graph: Path, folder: Path, *, packed: bool) -> None:
    """Writes a graph as ONNX Runtime reads it fastest: constants folded, weights in a file of their own.

    Weights outside the graph are mapped into memory and not copied. With `packed` the matrices are stored a second
    time, in the order in which they are multiplied. That order differs between processors; ONNX Runtime compares
    before it uses it, so an export may be carried to another machine.
    """
    options = _options()
    # What the higher levels fuse (bias with GELU, residual with normalisation) runs a tenth slower than the parts.
    options.graph_optimization_level = ort.GraphOptimizationLevel.ORT_ENABLE_BASIC
    options.optimized_model_filepath = str(folder / GRAPH)
    options.add_session_config_entry("session.optimized_model_external_initializers_file_name", WEIGHTS)
    options.add_session_config_entry("session.optimized_model_external_initializers_min_size_in_bytes", _LARGE)
    options.add_session_config_entry("session.save_external_prepacked_constant_initializers", "1" if packed else "0")
    ort.InferenceSession(str(graph), options, providers=["CPUExecutionProvider"])


def _options() -> ort.SessionOptions:
    options = ort.SessionOptions()
    options.intra_op_num_threads = 1
    options.inter_op_num_threads = 1
    options.enable_mem_pattern = False  # plans memory per shape; every batch has another, and the plans take 20 MB
    options.log_severity_level = 4  # what goes wrong is raised, and standard error belongs to the front
    return options


def _each(run: Callable[[Batch], None], some: Sequence[Batch], *, threads: int) -> None:
    if threads == 1 or len(some) < 2:
        for batch in some:
            run(batch)
        return
    from concurrent.futures import ThreadPoolExecutor  # takes 12 ms to import

    with ThreadPoolExecutor(threads) as pool:
        list(pool.map(run, some))
