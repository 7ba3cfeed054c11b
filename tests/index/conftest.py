"""The default model and its export, made once for all tests of this folder, and a small model of random weights."""

from __future__ import annotations

from pathlib import Path

import pytest

from index.exported import export_folder
from index.model_files import DEFAULT_MODEL, ModelFiles, locate


@pytest.fixture(scope="session")
def minilm() -> ModelFiles:
    return locate(DEFAULT_MODEL)


@pytest.fixture(scope="session")
def exported(minilm: ModelFiles, cache: Path) -> Path:
    """The folder of the default model's export."""
    from index.export import export

    folder = export_folder(cache, minilm.name, revision=minilm.revision)
    export(minilm, folder)
    return folder


@pytest.fixture(scope="session")
def tiny(minilm: ModelFiles, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The folder of a model with two layers of random weights, first-token pooling, a dense layer and prompts.

    Its sizes are odd, so that what follows the token table in a file stands at no round address.
    """
    import torch
    from sentence_transformers import SentenceTransformer
    from sentence_transformers.models import Dense, Pooling, Transformer
    from transformers import AutoTokenizer, BertConfig, BertModel

    torch.manual_seed(1)
    bare, folder = tmp_path_factory.mktemp("bare"), tmp_path_factory.mktemp("tiny") / "Tiny Model"
    config = BertConfig(
        hidden_size=36, num_hidden_layers=2, num_attention_heads=4, intermediate_size=1024, initializer_range=0.5
    )
    BertModel(config).save_pretrained(bare)
    AutoTokenizer.from_pretrained(minilm.folder).save_pretrained(bare)
    transformer = Transformer(str(bare), max_seq_length=40)
    modules = [transformer, Pooling(36, pooling_mode="cls"), Dense(36, 24)]
    model = SentenceTransformer(modules=modules, device="cpu", prompts={"query": "query: ", "document": "passage: "})
    model.save(str(folder))
    return folder
