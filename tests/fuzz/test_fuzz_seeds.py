"""What once did harm, and what fuzzing starts from: read or refused, in time."""

from __future__ import annotations

import time

import pytest
from fuzz_seeds import kept_seeds, made_seeds
from fuzz_targets import TARGETS, run
from fuzz_words import mutated

_INPUTS = [
    pytest.param(target, path.read_bytes(), id=f"{target}-{path.name}")
    for target in TARGETS
    for path in kept_seeds(target)
]


@pytest.mark.parametrize(("target", "content"), _INPUTS)
def test_what_once_did_harm(target: str, content: bytes) -> None:
    started = time.process_time()
    run(target, content)
    assert time.process_time() - started < 2


# A DOC starts a program for each file: it has tests of its own.
@pytest.mark.parametrize("target", [target for target in TARGETS if target != "doc"])
def test_the_seeds_and_some_mutations_of_them(target: str) -> None:
    for seed in made_seeds(target):
        TARGETS[target](seed) if target != "zip" else run(target, seed)
        for number in range(8):
            run(target, mutated(seed, 8192, number))
