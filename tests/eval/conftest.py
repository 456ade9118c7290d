"""One run of the bundled sets, shared by all tests that look at a run."""

from __future__ import annotations

import os
from datetime import date

import pytest
from filelock import FileLock

from eval.runs import load_run, write_run
from eval.sets import default_sets
from eval.variant import DEFAULT
from eval.workbench import Evaluation, evaluate
from server.settings import Settings

#: The day on which the bundled questions are asked.
DAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def evaluation(tmp_path_factory: pytest.TempPathFactory) -> Evaluation:
    """Asked by one of several test processes; the others read what it kept."""
    if "PYTEST_XDIST_WORKER" not in os.environ:
        return evaluate(default_sets(), Settings(), today=DAY)
    folder = tmp_path_factory.getbasetemp().parent / "evaluation"
    with FileLock(f"{folder}.lock"):
        if not folder.is_dir():
            found = evaluate(default_sets(), Settings(), today=DAY)
            write_run(found.run, folder)
            return found
    opened = {each.name: each.open(Settings(), DEFAULT) for each in default_sets()}
    return Evaluation(load_run(folder), opened)
