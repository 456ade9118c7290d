"""What tests of sums look at in an answer."""

from __future__ import annotations

from server.answer import Answer


def works_out(answer: Answer, display: str, line: str) -> None:
    """The sum is the one expected, with a line of its working, and nothing was dropped."""
    assert answer.calculation is not None
    assert answer.calculation.display == display
    assert line in [step.text for step in answer.calculation.steps]
    assert not answer.trace.problems


def works_out_nothing(answer: Answer) -> None:
    """There is no sum, or one that only asks back."""
    assert answer.calculation is None or answer.calculation.result is None
