"""No pattern of the product takes more than in proportion to the length of a hostile text.

The patterns are timed in a process of their own, which a pattern that hangs cannot keep alive.
"""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from pathlib import Path

import pytest
from hostile import hostile

PROGRAM = Path(__file__).with_name("pattern_times.py")
#: Patterns by far too few would mean that they are no longer found.
LEAST = 500

pytestmark = pytest.mark.skipif(not hasattr(signal, "SIGVTALRM"), reason="no timer to end a match")


def lines(*arguments: str) -> list[dict[str, object]]:
    done = subprocess.run(
        [sys.executable, PROGRAM, *arguments],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path), "OMP_NUM_THREADS": "1"},
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return [json.loads(line) for line in done.stdout.splitlines()]


def test_no_pattern_is_slow_on_hostile_text() -> None:
    *slow, last = lines()
    assert isinstance(last["patterns"], int) and last["patterns"] > LEAST
    assert not slow, "\n".join(map(str, slow))


def test_patterns_that_are_slow_are_found() -> None:
    hard = (
        r"(?:\d+\s*)+元",
        r"(?:可|由\S{2,12}?)*给予",
        r"(?:[.…]\s*){3,}\d*$",
        r"(?P<a>.+?)\s*：",
    )
    *slow, _ = lines("--probe", *hard)
    assert {one["place"] for one in slow} == set(hard)


def test_patterns_that_are_fast_are_not() -> None:
    easy = (
        r"\d{1,18}元",
        r"(?<!\d)\d++元",
        r"《[^》]{1,80}》的通知",
        r"第[一二三]{1,9}条",
        r"奖励|补助",
    )
    assert lines("--probe", *easy) == [{"patterns": len(easy)}]


@pytest.mark.parametrize(
    ("pattern", "wanted"),
    [
        (r"第\s*条", ("第", " ", "\0")),
        (r"《[^》]+》", ("", "《", "\0")),
        (r"(?:甲|乙丙)+丁", ("", "乙丙", "\0")),
    ],
)
def test_strings_are_made_of_what_a_pattern_repeats(
    pattern: str, wanted: tuple[str, str, str]
) -> None:
    assert wanted in hostile(re.compile(pattern))
