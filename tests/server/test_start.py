"""A start on an existing index imports only what questions need."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

from server.assistant import Assistant
from server.keeping.database import open_database

ROOT = Path(__file__).parents[2]
#: Libraries that read or write files, learn, or talk to others.
UNNEEDED = (
    "torch transformers sentence_transformers matplotlib pandas alembic httpx openpyxl docx reportlab "
    "pypdf lxml PIL pymilvus mcp redis locust pypinyin.phrases_dict indexer.read indexer.loaders.every"
)
#: Serves without listening: a question is asked in the process itself.
SERVING = """
import sys
from server import cli, serving
from starlette.routing import Match

def asked(app, options, access):
    from retriever.query import Query
    from datetime import date
    assert any(route.matches({"type": "http", "method": "POST", "path": "/api/ask"})[0] == Match.FULL
               for route in app.routes)
    answer = app.state.assistant.ask(Query("高新区三类医疗器械注册证奖励多少？", date(2026, 11, 24)))
    assert answer.status == "answered"
    print("loaded:", *sorted(set(sys.modules) & set(sys.argv[1].split())))

serving._run = asked
sys.exit(cli.main(["serve", "--port", "0"]))
"""


def test_serving_an_index_imports_nothing_that_no_question_needs(
    assistant: Assistant, tmp_path: Path
) -> None:
    database = f"sqlite:///{tmp_path / 'kept.db'}"
    # One that is there has its schema; to make it is a matter of the first start.
    open_database(database).close()
    own = {
        "TIAOWEN_INDEX": str(assistant.index.folder.parent),
        "TIAOWEN_DATABASE": database,
        "PYTHONPATH": str(ROOT),
    }
    done = subprocess.run(
        [sys.executable, "-c", SERVING, UNNEEDED],
        env=os.environ | own, cwd=tmp_path, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    assert done.stdout.splitlines()[-1] == "loaded:", done.stdout
