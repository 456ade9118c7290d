"""One run of the bundled sets, shared by all tests that look at a run."""

from __future__ import annotations

from datetime import date

import pytest

from eval.sets import default_sets
from eval.workbench import Evaluation, evaluate
from server.settings import Settings

#: The day on which the bundled questions are asked.
DAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def evaluation() -> Evaluation:
    return evaluate(default_sets(), Settings(), today=DAY)
