"""Making the export of a model that questions are encoded with: an ONNX graph, its weights, its tokenizer.

Done once per model. Torch is loaded here; what an export is, and running it, need none and live elsewhere
(`exported`, `question_encoder`).
"""

from __future__ import annotations

import io
import logging
import math
import re
import tempfile
import warnings
from collections.abc import Iterator
from contextlib import contextmanager, redirect_stderr, redirect_stdout
from dataclasses import replace
from importlib.metadata import version
from pathlib import Path

import numpy as np
import onnx
import torch
from filelock import FileLock

from index.bulk_encoder import BulkEncoder, Exact
from index.durable import replacing
from index.exported import FORMAT, GRAPH, TOKENIZER, WEIGHTS, Manifest, checked, sealed, write_manifest
from index.model_files import ModelError, ModelFiles, locate
from index.question_encoder import QuestionEncoder, optimise

TOLERANCE = 1e-5
"""Largest difference that is accepted, in any number of a vector. The default model comes within 3e-7."""

_OPSETS = (23, 20)
"""Tried in turn. 23 has attention as one operator: that graph loads 6 ms sooner. Models with rotary positions
(ModernBERT, Qwen3) need 20, as ONNX Runtime refuses the operator that the exporter writes for them in 23."""
_LIBRARIES = ("onnx", "onnxruntime", "onnxscript", "sentence-transformers", "torch", "transformers")
_CHECKS = (
    "Who said it?",
    "The board will meet on 3 March.",
    "Turnover rose by 4.5 per cent to €1.2 billion, the company said, without naming its source.",
    "A denial is not a correction; a correction names what was wrong, where it stood and since when it is known.",
    "Łódź, São Paulo, 東京, Αθήνα and القاهرة — five cities, “quoted” – and one emoji: 🙂",
    "x",
    "word " * 90,
    "a sentence that is longer than any model reads, " * 1000,
)


class ExportDiffers(ModelError):
    """The exported model does not make the vectors that torch makes."""


class ExportFailed(ModelError):
    """The model is of a kind that cannot be exported."""


def export(files: ModelFiles, target: Path, *, encoder: BulkEncoder | None = None) -> None:
    """Makes the folder `target`, complete or not at all; leaves one that is there and sound as it is.

    `encoder` saves loading the model again where it is loaded. Processes that export at the same time wait for one
    another. Raises WrongModelFiles, ExportFailed, ExportDiffers or OSError.
    """
    target.parent.mkdir(parents=True, exist_ok=True)
    with FileLock(f"{target}.lock"):
        if not _is_sound(target):
            on_cpu = encoder is not None and encoder.model.device.type == "cpu"
            loaded = encoder if encoder and on_cpu else BulkEncoder.load(files, dtype="fp32", device="cpu")
            with replacing(target) as folder:
                folder.mkdir()
                _fill(folder, loaded, files)


def _is_sound(target: Path) -> bool:
    try:
        checked(target)
    except ModelError:
        return False
    return True


def _fill(folder: Path, encoder: BulkEncoder, files: ModelFiles) -> None:
    """The first graph that makes the model's vectors stays."""
    (folder / TOKENIZER).write_text(_tokenizer_json(encoder), encoding="utf-8")
    refusal: ModelError | None = None
    for opset in _OPSETS:
        try:
            return _attempt(folder, encoder, files, opset=opset)
        except ModelError as error:
            refusal = refusal or error
    raise refusal or AssertionError("no opset to try")


def _attempt(folder: Path, encoder: BulkEncoder, files: ModelFiles, *, opset: int) -> None:
    with tempfile.TemporaryDirectory(dir=folder) as scratch:
        graph = Path(scratch) / GRAPH
        try:
            _write_graph(encoder, graph, opset=opset)
        except (torch.onnx.errors.OnnxExporterError, RuntimeError, ValueError, TypeError) as error:
            raise ExportFailed(f"The model {files.name!r} cannot be exported: {error}. Use another model.") from error
        _optimise(graph, folder)
    manifest = _manifest(folder, encoder, files)
    write_manifest(folder, manifest)
    difference = _difference(QuestionEncoder.open(folder, every_byte=True), encoder, files)
    if not difference <= TOLERANCE:  # so that not-a-number is refused too
        raise ExportDiffers(
            f"The export of {files.name!r} differs from the model by {difference:.1e}, where {TOLERANCE:.0e} is "
            "allowed. Use another model, or report this with the model's name."
        )
    write_manifest(folder, replace(manifest, max_difference=difference))


def _optimise(graph: Path, folder: Path) -> None:
    """With the matrices stored as they are multiplied, unless that is unsafe.

    ONNX Runtime maps them from wherever the file has them and multiplies with instructions that crash where an
    address is no multiple of 64, but does not see to it that they are.
    """
    (folder / WEIGHTS).unlink(missing_ok=True)
    optimise(graph, folder, packed=True)
    if any(offset % 64 for offset in _packed_offsets(folder / GRAPH)):
        (folder / WEIGHTS).unlink(missing_ok=True)
        optimise(graph, folder, packed=False)


def _packed_offsets(graph: Path) -> Iterator[int]:
    """Where in the weights file the matrices stand that are stored as they are multiplied."""
    for weights in onnx.load(graph, load_external_data=False).graph.initializer:
        for entry in weights.external_data:
            if entry.key.startswith("prepacked"):
                yield from map(int, re.findall(r"\|(\d+);", entry.value))


def _tokenizer_json(encoder: BulkEncoder) -> str:
    """As sentence-transformers set it up, which may differ from the model's own file."""
    tokenizer = encoder.tokenizer
    tokenizer.no_truncation()
    return tokenizer.to_str()


def _manifest(folder: Path, encoder: BulkEncoder, files: ModelFiles) -> Manifest:
    return Manifest(
        format=FORMAT,
        model=files.name,
        revision=files.revision,
        dimension=encoder.dimension,
        max_tokens=encoder.max_tokens,
        query_prompt=files.query_prompt,
        document_prompt=files.document_prompt,
        pad=encoder.pad,
        max_difference=math.inf,  # until it is measured
        versions={name: version(name) for name in _LIBRARIES},
        files=sealed(folder, GRAPH, WEIGHTS, TOKENIZER),
    )


def _write_graph(encoder: BulkEncoder, path: Path, *, opset: int) -> None:
    ids = torch.full((2, 9), encoder.pad)
    mask = torch.ones_like(ids)
    mask[1, 5:] = 0
    sizes = {0: torch.export.Dim.DYNAMIC, 1: torch.export.Dim.DYNAMIC}
    with _quiet(), torch.no_grad():
        program = torch.onnx.export(
            Exact(encoder.model).eval(),
            (ids, mask),
            dynamo=True,
            opset_version=opset,
            input_names=["input_ids", "attention_mask"],
            output_names=["crosscheck_vectors"],  # must not be the name of a value inside the model
            dynamic_shapes={"input_ids": sizes, "attention_mask": sizes},
            verbose=False,
        )
        assert program is not None
        program.save(path, external_data=True)


@contextmanager
def _quiet() -> Iterator[None]:
    """The exporter reports to standard output, standard error, warnings and logs; an error is raised all the same."""
    with warnings.catch_warnings(), redirect_stdout(io.StringIO()), redirect_stderr(io.StringIO()):
        warnings.simplefilter("ignore")
        disabled = logging.root.manager.disable
        logging.disable(logging.WARNING)
        try:
            yield
        finally:
            logging.disable(disabled)


def _difference(exported: QuestionEncoder, encoder: BulkEncoder, files: ModelFiles) -> float:
    """Largest difference in any number, over the check texts as questions and as passages."""
    pairs = (
        (exported.encode_questions(_CHECKS), _plainly(encoder, files.query_prompt)),
        (exported.encode_passages(_CHECKS), _plainly(encoder, files.document_prompt)),
    )
    return max(float(np.abs(ours - theirs).max()) for ours, theirs in pairs)


def _plainly(encoder: BulkEncoder, prompt: str) -> np.ndarray:
    """What sentence-transformers itself makes of the check texts, by its own tokenizing, batching and padding."""
    return encoder.model.encode(list(_CHECKS), prompt=prompt, normalize_embeddings=True, show_progress_bar=False)


def main() -> int:
    """`python -m index.export MODEL FOLDER`: for processes that must stay without torch themselves."""
    import sys

    model, folder = sys.argv[1:]
    try:
        export(locate(model), Path(folder))
    except (ModelError, OSError) as error:
        sys.stderr.write(f"{error}\n")
        return 1
    return 0


if __name__ == "__main__":
    raise SystemExit(main())
