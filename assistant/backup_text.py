"""What `crosscheck backup` and `crosscheck restore` tell of an archive. Pure."""

from __future__ import annotations

import json
from dataclasses import asdict

from assistant.render import visible
from index.backup import Manifest


def manifest_text(manifest: Manifest, *, done: str) -> str:
    """One line: what was done, and what is in the archive."""
    size = sum(packed.size for packed in manifest.files)
    articles = f"{manifest.articles:,} {'article' if manifest.articles == 1 else 'articles'}"
    return visible(
        f"{done}: {articles}, generation {manifest.generation}, {size / 1e6:.1f} MB, of {manifest.made[:19]} UTC."
    )


def manifest_json(manifest: Manifest) -> str:
    return json.dumps(asdict(manifest), ensure_ascii=False, indent=2)
