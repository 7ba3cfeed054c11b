"""From trained weights to the shipped files: the network as int8 ONNX, its tokenizer, and a config that names both.

It changes no weight by training and sets no threshold; `calibrating` adds those to the config.
"""

from __future__ import annotations

import hashlib
import json
import logging
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic

from tests.training.reader import tokens
from tests.training.reader.network import STANCES, Logits, Reader

_LOG = logging.getLogger(__name__)
INPUTS = ("input_ids", "token_type_ids", "attention_mask")
FULL = "full.onnx"
"""The same network with 32-bit weights, for comparison; it isn't shipped."""
SHIPPED = "reader.onnx"


def export(weights: Path, ship: Path) -> None:
    """Writes `reader.onnx`, `tokenizer.json` and `config.json` into `ship`, and `full.onnx` beside `weights`."""
    ship.mkdir(parents=True, exist_ok=True)
    full = weights.parent / FULL
    onnx.save(_graph(weights), full)
    _quantize(full, ship / SHIPPED)
    tokens.tokenizer().save(str(ship / "tokenizer.json"), pretty=False)
    (ship / "config.json").write_text(json.dumps(_config(ship), indent=2) + "\n", encoding="utf-8")
    _LOG.info("%s: %.1f MB", SHIPPED, (ship / SHIPPED).stat().st_size / 1e6)


def _graph(weights: Path) -> onnx.ModelProto:
    network = Reader(dropout=0.0)
    network.load_state_dict(torch.load(weights, weights_only=True))
    shape = {0: torch.export.Dim("pairs"), 1: torch.export.Dim("tokens", max=tokens.MAX_TOKENS * 2)}
    # Three tensors, not one thrice: the exporter would take equal objects for one input.
    some = tuple(torch.ones((2, 16), dtype=torch.long) for _ in INPUTS)
    program = torch.onnx.export(
        network.eval(),
        some,
        input_names=list(INPUTS),
        output_names=list(Logits._fields),
        dynamic_shapes=(shape, shape, shape),
        dynamo=True,
        verbose=False,
    )
    if program is None:
        raise RuntimeError("torch.onnx.export returned no program; update torch and onnxscript together.")
    return _bared(program.model_proto)


def _bared(model: onnx.ModelProto) -> onnx.ModelProto:
    """Without the exporter's notes: they hold this machine's paths, and would make every export another file."""
    del model.metadata_props[:]
    model.graph.name = "reader"
    model.doc_string = ""
    graph = model.graph
    del graph.value_info[:]
    for part in (graph, *graph.node, *graph.input, *graph.output, *graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""
    return model


def _quantize(full: Path, shipped: Path) -> None:
    """Weights of every matrix product and of the word vectors as int8; what flows between stays 32-bit."""
    quantize_dynamic(
        full,
        shipped,
        op_types_to_quantize=["MatMul", "Gemm", "Gather"],
        per_channel=True,
        weight_type=QuantType.QInt8,
        extra_options={"MatMulConstBOnly": True},
        nodes_to_exclude=_heads(full),
    )
    onnx.save(_bared(onnx.load(shipped)), shipped)


def _heads(full: Path) -> list[str]:
    """The last products: hardly any weights, and all the decisions, so they stay as they are.

    They are those whose result is not of a layer's width.
    """
    graph = onnx.load(full).graph
    small = {one.name for one in graph.initializer if len(one.dims) == 2 and min(one.dims) <= 1 + len(STANCES)}
    return [node.name for node in graph.node if small & set(node.input) and node.op_type in {"MatMul", "Gemm"}]


def _config(ship: Path) -> dict[str, object]:
    return {
        "name": "crosscheck-reader",
        "base": "all-MiniLM-L6-v2",
        "max_tokens": tokens.MAX_TOKENS,
        "title_tokens": tokens.TITLE_TOKENS,
        "question_tokens": tokens.QUESTION_TOKENS,
        "pair": "[CLS] question [SEP] (title [SEP])? passage [SEP]; token_type_ids 1 on the passage and its [SEP]",
        "stances": list(STANCES),
        "sha256": {name: sha256(ship / name) for name in (SHIPPED, "tokenizer.json")},
    }


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
