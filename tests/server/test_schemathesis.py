"""The API does what its description says: Schemathesis calls it, with all its checks."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from serving import serving

CONFIG = Path(__file__).with_name("schemathesis.toml")


def run(url: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", CONFIG, "run",
        f"{url}/openapi.json", "--checks", "all", "--no-color", "--generation-deterministic",
        "--seed", "1", *options,
    ]  # fmt: skip
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=300)


@pytest.mark.parametrize(
    ("without_key", "phases"),
    [
        # With a key what is kept belongs to it, so that calls can build on one another.
        ("none", "examples,coverage,fuzzing,stateful"),
        # Open, what is kept belongs to the cookie of a browser.
        ("local", "examples,fuzzing"),
    ],
)
def test_no_check_fails(assistant, tmp_path: Path, without_key, phases: str) -> None:
    with serving(assistant, tmp_path, without_key) as (url, key):
        keyed = ["--header", f"Authorization: Bearer {key}"] if without_key == "none" else []
        done = run(url, tmp_path, "--phases", phases, "--max-examples", "3", *keyed)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2000:]
    assert "No issues found" in done.stdout
