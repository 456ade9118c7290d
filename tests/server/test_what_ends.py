"""Whether what a question says to end is a document."""

from __future__ import annotations

import pytest

from server.asking import asking


@pytest.mark.parametrize(
    ("question", "validity"),
    [
        ("原税单2月5日到期，可以延到哪天交", False),
        ("贷款到期还不上怎么办", False),
        ("这个政策什么时候到期", True),
        ("外贸十二条到哪天结束", True),
    ],
)
def test_what_comes_to_an_end_is_a_document(question: str, validity: bool) -> None:
    assert asking(question).validity == validity
