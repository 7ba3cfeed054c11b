"""From trained weights to shipped files: a network as int8 ONNX, its tokenizer, and a config that names both.

It changes no weight by training and sets no threshold.
"""

from __future__ import annotations

import hashlib
import json
import logging
from collections.abc import Mapping, Sequence
from pathlib import Path

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from tokenizers import Tokenizer

from assistant.pair_network import Limits
from tests.training import tokens
from tests.training.minilm import Encoder

_LOG = logging.getLogger(__name__)
_INPUTS = ("input_ids", "token_type_ids", "attention_mask")
FULL = "full.onnx"
"""The same network with 32-bit weights, for comparison; it isn't shipped."""
_WIDEST_HEAD = 16
"""Outputs; a matrix that makes no more is a head."""


def export(
    network: Encoder,
    weights: Path,
    ship: Path,
    *,
    name: str,
    limits: Limits,
    outputs: Sequence[str],
    says: Mapping[str, object],
    tokenizer: Tokenizer | None = None,
) -> None:
    """Writes `NAME.onnx`, `tokenizer.json` and `config.json` into `ship`, and `full.onnx` beside `weights`.

    `network` is made without dropout; `says` are further entries of the config; `tokenizer` is MiniLM's unless given.
    """
    ship.mkdir(parents=True, exist_ok=True)
    network.load_state_dict(torch.load(weights, weights_only=True))
    full, shipped = weights.parent / FULL, ship / f"{name}.onnx"
    onnx.save(_graph(network, limits, outputs, name), full)
    _quantize(full, shipped, name)
    (tokenizer or tokens.tokenizer()).save(str(ship / "tokenizer.json"), pretty=False)
    config = _config(name, limits, says) | {
        "sha256": {path.name: sha256(path) for path in (shipped, ship / "tokenizer.json")}
    }
    (ship / "config.json").write_text(json.dumps(config, indent=2) + "\n", encoding="utf-8")
    _LOG.info("%s: %.1f MB", shipped.name, shipped.stat().st_size / 1e6)


def _graph(network: Encoder, limits: Limits, outputs: Sequence[str], name: str) -> onnx.ModelProto:
    shape = {0: torch.export.Dim("pairs"), 1: torch.export.Dim("tokens", max=limits.max_tokens * 2)}
    # Three tensors, not one thrice: the exporter would take equal objects for one input.
    some = tuple(torch.ones((2, 16), dtype=torch.long) for _ in _INPUTS)
    program = torch.onnx.export(
        network.eval(),
        some,
        input_names=list(_INPUTS),
        output_names=list(outputs),
        dynamic_shapes=(shape, shape, shape),
        dynamo=True,
        verbose=False,
    )
    if program is None:
        raise RuntimeError("torch.onnx.export returned no program; update torch and onnxscript together.")
    return _bared(program.model_proto, name)


def _bared(model: onnx.ModelProto, name: str) -> onnx.ModelProto:
    """Without the exporter's notes: they hold this machine's paths, and would make every export another file."""
    del model.metadata_props[:]
    model.graph.name = name
    model.doc_string = ""
    graph = model.graph
    del graph.value_info[:]
    for part in (graph, *graph.node, *graph.input, *graph.output, *graph.initializer):
        del part.metadata_props[:]
        part.doc_string = ""
    return model


def _quantize(full: Path, shipped: Path, name: str) -> None:
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
    onnx.save(_bared(onnx.load(shipped), name), shipped)


def _heads(full: Path) -> list[str]:
    """The last products: hardly any weights, and all the decisions, so they stay as they are.

    They are those whose result is not of a layer's width.
    """
    graph = onnx.load(full).graph
    small = {one.name for one in graph.initializer if len(one.dims) == 2 and min(one.dims) <= _WIDEST_HEAD}
    return [node.name for node in graph.node if small & set(node.input) and node.op_type in {"MatMul", "Gemm"}]


def _config(name: str, limits: Limits, says: Mapping[str, object]) -> dict[str, object]:
    return {
        "name": f"crosscheck-{name}",
        "base": "all-MiniLM-L6-v2",
        "max_tokens": limits.max_tokens,
        "head_tokens": list(limits.heads),
        "pair": "[CLS] head [SEP] (head [SEP])* passage [SEP]; token_type_ids 1 on the passage and its [SEP]",
        **says,
    }


def sha256(path: Path) -> str:
    return hashlib.sha256(path.read_bytes()).hexdigest()
