"""Encoding many texts, through sentence-transformers.

The only module that imports that library for encoding: it takes seconds to load and gigabytes to install on, so
questions go another way (`question_encoder`). Both make the same vectors: bfloat16 arithmetic, used where the
processor multiplies it in hardware, keeps a cosine above 0.9999 to float32.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from typing import Literal

import numpy as np
import torch
from numpy.typing import NDArray
from sentence_transformers import SentenceTransformer
from sentence_transformers.models import Pooling
from tokenizers import Tokenizer
from transformers.utils import logging as progress_bars

from index.batches import Batch, batches, padded
from index.model_files import ModelFiles, WrongModelFiles, check
from index.tokens import tokenized

Dtype = Literal["bf16", "fp32"]

_BUDGETS = {"cpu": 4096, "cuda": 131072, "mps": 16384}
"""Tokens of a batch. On two CPU cores 4,096 is as fast as 2,048 and faster than 8,192, whose activations leave the
cache."""
_STEP = 16
"""Widths are multiples of it: few shapes, so that oneDNN finds its prepared kernels again, for 3 % of padding."""

_LEAST = 1e-9
"""sentence-transformers' own bound on a number of tokens, so that nothing is divided by zero."""


class Pipeline(torch.nn.Module):
    """A model from token numbers to vectors of length 1."""

    def __init__(self, model: SentenceTransformer) -> None:
        super().__init__()
        self.model = model

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        """Two tensors of shape (texts, width) in, one of shape (texts, dimension) in float32 out."""
        features = {"input_ids": input_ids, "attention_mask": attention_mask}
        vectors = self.sentences(features)[:, : self.model.truncate_dim].float()
        return torch.nn.functional.normalize(vectors, dim=1)

    def sentences(self, features: dict[str, torch.Tensor]) -> torch.Tensor:
        """One vector a text, as long as the model makes it."""
        vectors: torch.Tensor = self.model(features)["sentence_embedding"]
        return vectors


class Exact(Pipeline):
    """The same with each plain mean over tokens as a product of matrices: what is exported.

    ONNX Runtime adds a mean up in another order for one row than for several, which shows in the last bit. Not for
    bulk, whose half precision would round the product.
    """

    def sentences(self, features: dict[str, torch.Tensor]) -> torch.Tensor:
        for module in self.model:
            features = _averaged(features) if _is_mean(module) else module(features)
        return features["sentence_embedding"]


def _is_mean(module: torch.nn.Module) -> bool:
    return isinstance(module, Pooling) and module.pooling_mode in ("mean", ("mean",))


def _averaged(features: dict[str, torch.Tensor]) -> dict[str, torch.Tensor]:
    """`token_embeddings` of shape (texts, width, dimension) to their mean over what the mask lets through."""
    tokens = features["token_embeddings"]
    mask = features["attention_mask"].to(tokens.dtype)
    total = torch.matmul(mask.unsqueeze(1), tokens).squeeze(1)
    return {**features, "sentence_embedding": total / mask.sum(1, keepdim=True).clamp(min=_LEAST)}


class BulkEncoder:
    """A loaded model. `load` makes one."""

    def __init__(self, model: SentenceTransformer, files: ModelFiles, dtype: Dtype) -> None:
        self.model = model
        self.engine = f"sentence-transformers/{dtype}"
        self.dimension = _dimension(model, files)
        self.max_tokens = min(files.max_tokens, model.max_seq_length or files.max_tokens)
        self._pipeline = Pipeline(model).eval()
        self._prompt = files.document_prompt
        self._autocast = dtype == "bf16"

    @classmethod
    def load(cls, files: ModelFiles, *, dtype: Dtype | None = None, device: str | None = None) -> BulkEncoder:
        """Checks the files first; weights come from safetensors alone, and code that a model brings is never run.

        `dtype` and `device` are chosen by the hardware where they are not given.

        Raises WrongModelFiles.
        """
        check(files)
        try:
            with _no_progress_bars():
                model = SentenceTransformer(
                    str(files.folder),
                    device=device,
                    local_files_only=True,
                    trust_remote_code=False,
                    model_kwargs={"dtype": torch.float32, "use_safetensors": True},
                )
        except (OSError, ValueError, LookupError, TypeError, RuntimeError, ImportError) as error:
            raise WrongModelFiles(
                f"sentence-transformers cannot load {files.name!r} from {str(files.folder)!r}: {error}"
            ) from error
        return cls(model, files, dtype or best_dtype(model.device.type))

    @property
    def tokenizer(self) -> Tokenizer:
        """The model's own, set to cut and not to pad."""
        tokenizer: Tokenizer = self.model.tokenizer.backend_tokenizer
        tokenizer.no_padding()
        tokenizer.enable_truncation(self.max_tokens)
        return tokenizer

    def encode(self, texts: Sequence[str], *, progress: Callable[[int], None] | None = None) -> NDArray[np.float16]:
        """Vectors of passages, shape (n, dimension), row i for text i.

        `progress` is told, batch by batch, how many more texts are done. A vector depends on its text and, through
        the shape of its batch, by less than 1e-6 (fp32) or 1e-3 (bf16) in any number on how many texts are alike
        in length; on their order and content it does not depend.
        """
        tokens = tokenized(self.tokenizer, texts, prompt=self._prompt)
        vectors = np.zeros((len(texts), self.dimension), dtype=np.float16)

        def run(batch: Batch) -> int:
            vectors[batch.rows] = self._run(*padded(tokens, batch, pad=self.pad))
            return len(batch.rows)

        some = batches(tokens.lengths, budget=_BUDGETS.get(self.model.device.type, 4096), step=_STEP)
        with ThreadPoolExecutor(self._workers, initializer=torch.set_num_threads, initargs=(1,)) as pool:
            for done in pool.map(run, some):
                if progress:
                    progress(done)
        return vectors

    @property
    def _workers(self) -> int:
        """On a processor, each batch runs in one thread and several batches at a time.

        Threads inside a batch wait for one another at every multiplication: with a busy neighbour on one of two
        cores that was 27 passages a second where one thread had 124.
        """
        return (os.cpu_count() or 1) if self.model.device.type == "cpu" else 1

    @property
    def pad(self) -> int:
        return int(self.model.tokenizer.pad_token_id or 0)

    @torch.inference_mode()
    def _run(self, ids: NDArray[np.int64], mask: NDArray[np.int64]) -> NDArray[np.float32]:
        device = self.model.device
        with torch.autocast(device.type, dtype=torch.bfloat16, enabled=self._autocast):
            vectors = self._pipeline(torch.from_numpy(ids).to(device), torch.from_numpy(mask).to(device))
        found: NDArray[np.float32] = vectors.cpu().numpy()
        return found


def _dimension(model: SentenceTransformer, files: ModelFiles) -> int:
    dimension = model.truncate_dim or model.get_embedding_dimension()
    if dimension is None:
        raise WrongModelFiles(f"The model {files.name!r} makes no vectors of a fixed length. Use another model.")
    return dimension


def best_dtype(device: str) -> Dtype:
    """bfloat16 where it is faster.

    AMX makes it 2.7 times as fast as float32, AVX512-BF16 1.75 to 2 times on AMD's processors. Intel's run AVX512-BF16
    at half rate, which is slower than float32, so there AMX alone counts.
    """
    if device == "cuda":
        return "bf16" if torch.cuda.is_bf16_supported() else "fp32"
    if device != "cpu":
        return "fp32"
    able = torch.cpu.get_capabilities()
    half_rate = "intel" in str(able.get("cpu_name", "")).lower()
    return "bf16" if able.get("amx_bf16") or (able.get("avx512_bf16") and not half_rate) else "fp32"


@contextmanager
def _no_progress_bars() -> Iterator[None]:
    """Loading takes a third of a second, and standard error belongs to the front."""
    shown = progress_bars.is_progress_bar_enabled()
    progress_bars.disable_progress_bar()  # type: ignore[no-untyped-call]
    try:
        yield
    finally:
        if shown:
            progress_bars.enable_progress_bar()  # type: ignore[no-untyped-call]
