"""An ingest in a process of its own, to be killed: python -m tests.index.ingesting WORKSPACE FOLDER.

Everything is real but the encoder, so that it takes a fraction of a second; windows are small, so that there are
many transactions to be killed between. Reports on stderr what is durable, as `crosscheck ingest` does.
"""

from __future__ import annotations

import sys
from pathlib import Path

from assistant.progress import Lines
from index.planning import make_order
from index.sync import Engine, ingest
from index.workspace import open_workspace
from tests.fakes import IDENTITY, HashedWords, count_words


def main() -> None:
    workspace, folder = map(Path, sys.argv[1:])
    engine = Engine(IDENTITY, HashedWords(), count_words, window=8)
    with open_workspace(workspace, create=True) as opened:
        ingest(opened, make_order([folder], workspace=workspace, prune=True), engine=engine, events=Lines(sys.stderr))


if __name__ == "__main__":
    main()
