"""Words that look like a reference or a unit and are none."""

from __future__ import annotations

import pytest

from corpus.address import Address, ClausePath
from corpus.charge import read_charge
from corpus.outline import Clause, Outline
from corpus.references import references

HERE = Address("d", ClausePath.parse("art2"))
OUTLINE = Outline(
    tuple(Clause(ClausePath.parse(f"art{n}"), "article", "内容。") for n in (1, 2, 3))
)


@pytest.mark.parametrize("text", ["基本条件", "本条例", "当前项目", "目前款项", "前项目经理"])
def test_no_reference(text: str):
    assert references(f"按照{text}执行。", HERE, OUTLINE) == ()


def test_reference_among_them():
    found = references("本条例未尽事宜，依照前条执行。", HERE, OUTLINE)
    assert [(reference.words, str(reference.address)) for reference in found] == [
        ("前条", "d#art1")
    ]


@pytest.mark.parametrize(
    ("text", "units"),
    [
        pytest.param(
            "（县农业农村局牵头，县市场监管局、县商务局等配合）",
            ("县市场监管局", "县商务局"),
            id="and-others",
        ),
        pytest.param(
            "（责任单位：市科技局、市财政局等有关部门）", ("市科技局", "市财政局"), id="departments"
        ),
    ],
)
def test_others_are_no_unit(text: str, units: tuple[str, ...]):
    assert read_charge(text).responsible == units
