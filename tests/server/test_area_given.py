"""An area as users give it."""

from __future__ import annotations

import pytest

from server.assistant import Assistant
from server.inputs import read_area


@pytest.mark.parametrize(
    ("given", "read"),
    [
        ("重庆市", "重庆市"),
        ("重庆", "重庆市"),
        ("高新区", "重庆高新区"),
        ("重庆高新技术产业开发区", "重庆高新区"),
        (" 重庆高新区 ", "重庆高新区"),
        # No document is of it: it limits the search to nothing.
        ("成都", "成都"),
        ("", None),
        (None, None),
    ],
)
def test_areas(assistant: Assistant, given: str | None, read: str | None) -> None:
    assert read_area(given, assistant.index) == read
