"""The API does what its description says: Schemathesis calls it, with all its checks."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path

import pytest
from serving import serving

from server.assistant import Assistant
from server.settings import Settings

CONFIG = Path(__file__).with_name("schemathesis.toml")


#: A small library: it is the calls that are looked at, and there are many.
TEXT = """某某区支持新药研发暂行办法
某某管发〔2026〕12号
第一条 为支持新药研发，制定本办法。
第二条 对完成III期临床试验的创新药，按研发投入的20%给予不超过300万元的补助。
第三条 对取得三类医疗器械注册证的企业，给予一次性奖励100万元，单个企业每年不超过400万元。
第四条 本办法自2026年3月1日起施行，有效期三年。
"""


@pytest.fixture(scope="module")
def small(assistant_over: Callable[[str], Assistant]) -> Assistant:
    return assistant_over(TEXT)


def run(url: str, folder: Path, *options: str) -> subprocess.CompletedProcess[str]:
    command = [
        sys.executable, "-m", "schemathesis.cli", "--config-file", CONFIG, "run",
        f"{url}/openapi.json", "--checks", "all", "--no-color", "--generation-deterministic",
        "--seed", "1", *options,
    ]  # fmt: skip
    return subprocess.run(command, cwd=folder, capture_output=True, encoding="utf-8", timeout=600)


@pytest.mark.parametrize(
    ("without_key", "phases"),
    [
        # With a key what is kept belongs to it, so that calls can build on one another.
        ("none", "examples,coverage,stateful"),
        # Open, what is kept belongs to the cookie of a browser.
        ("local", "examples,fuzzing"),
    ],
)
def test_no_check_fails(small, tmp_path: Path, without_key, phases: str) -> None:
    index = small.index.folder.parent
    # Its own corpus: what is called at random may change it.
    settings = Settings(corpus=index.parent / "corpus", index=index, home=tmp_path / "home")
    with serving(small, tmp_path, without_key, settings) as (url, key):
        keyed = ["--header", f"Authorization: Bearer {key}"] if without_key == "none" else []
        done = run(url, tmp_path, "--phases", phases, "--max-examples", "3", *keyed)
    assert done.returncode == 0, done.stdout[-20_000:] + done.stderr[-2000:]
    counted = re.search(r"Selected: (\d+)/\1\s+Tested: (\d+)\b", done.stdout)
    # Documents may be sent in one of the runs only: each is read in a process of its own.
    assert counted and int(counted[1]) - int(counted[2]) <= (without_key == "none")
