"""What tests of sums ask, and what they look at in an answer."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

from server.answer import Answer
from server.assistant import Assistant


def works_over(text: str = "", **texts: str) -> Any:
    """A fixture for one module: an assistant over a text of its own, or over several by their names."""

    @pytest.fixture(scope="module")
    def works(assistant_over: Callable[..., Assistant]) -> Assistant:
        return assistant_over(text, **texts)

    return works


def works_out(answer: Answer, display: str, line: str) -> None:
    """The sum is the one expected, with a line of its working, and nothing was dropped."""
    assert answer.calculation is not None
    assert answer.calculation.display == display
    assert line in [step.text for step in answer.calculation.steps]
    assert not answer.trace.problems


def works_out_nothing(answer: Answer) -> None:
    """There is no sum, or one that only asks back."""
    assert answer.calculation is None or answer.calculation.result is None
