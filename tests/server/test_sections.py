"""Parts of a document that a question names by their heading."""

from __future__ import annotations

import pytest

from server.sections import clauses_of_section

OPINION, ZONE = "cqzfb-2019-52", "cqgxq-2024-31"


def named(question: str, document: str, assistant) -> set[str]:
    found = clauses_of_section(question, [document], assistant.index)
    return {str(address.path) for address in found}


@pytest.mark.parametrize(
    ("question", "document", "paths"),
    [
        (
            "医疗器械板块列了哪几个方向",
            OPINION,
            {"sec3.item2.para1", "sec3.item2.para2", "sec3.item2.para3", "sec3.item2.para4"},
        ),
        # A short name: 生物技术药.
        (
            "意见的生物药部分有哪些",
            OPINION,
            {"sec3.item1.para1", "sec3.item1.para2", "sec3.item1.para3"},
        ),
        ("发展目标这一部分有哪几条", OPINION, {f"sec2.item{n}" for n in (1, 2, 3, 4)}),
        ("培育健康产业业态一章有哪些", ZONE, {"art13", "art14"}),
        ("有哪些支持方面的条款", ZONE, set()),
        ("农业板块有哪些", OPINION, set()),
        ("有哪几部分", OPINION, set()),
        ("有哪些奖励", OPINION, set()),
    ],
)
def test_clauses_under_the_heading_named(question, document, paths, assistant) -> None:
    assert named(question, document, assistant) == paths
