"""Kills at random moments, few here; ``TIAOWEN_KILLS=100 pytest tests/faults/test_kills.py`` for many."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

HERE = Path(__file__).parent
COUNT = int(os.environ.get("TIAOWEN_KILLS", "3"))

pytestmark = pytest.mark.skipif(not hasattr(os, "fork"), reason="processes are forked here")


@pytest.mark.parametrize("program", ["killed_builds.py", "killed_servers.py"])
def test_nothing_that_was_promised_is_lost(program: str, tmp_path: Path) -> None:
    done = subprocess.run(
        [sys.executable, HERE / program, tmp_path, str(COUNT)],
        env=os.environ
        | {
            "PYTHONPATH": os.pathsep.join(sys.path),
            "OMP_NUM_THREADS": "1",
            "OPENBLAS_NUM_THREADS": "1",
        },
        capture_output=True,
        text=True,
        timeout=60 + 30 * COUNT,
    )
    assert done.returncode == 0, done.stdout + done.stderr[-3000:]
    assert done.stdout.startswith(f"{COUNT} killed"), done.stdout
