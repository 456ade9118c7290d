"""Units in charge: who leads and who else is responsible, as clauses end in them."""

from __future__ import annotations

import pytest

from corpus.charge import Charge, read_charge

CHARGES = {
    "both": (
        "支持首仿。（牵头单位：市经济信息委；责任单位：市财政局、市药监局）",
        Charge(("市经济信息委",), ("市财政局", "市药监局")),
    ),
    "only-responsible": (
        "推进建设。（责任单位：市科技局、巴南区政府）",
        Charge((), ("市科技局", "巴南区政府")),
    ),
    "spoken": (
        "加大投入。（市经济信息委牵头，市财政局、市科技局配合）",
        Charge(("市经济信息委",), ("市财政局", "市科技局")),
    ),
    "one-in-charge": ("优化审批。（市药监局负责）", Charge(("市药监局",), ())),
    "brackets-inside": (
        "落实政策。（责任单位：各区县政府（两江新区、高新区管委会），市财政局）",
        Charge((), ("各区县政府（两江新区、高新区管委会）", "市财政局")),
    ),
    "a-cell-with-its-label": ("责任单位：市科技局、市财政局", Charge((), ("市科技局", "市财政局"))),
    "none": ("牵头推进产业发展，落实责任单位。", Charge()),
    "a-bracket-in-a-sentence": ("获批（含引进）的，给予奖励。", Charge()),
}


@pytest.mark.parametrize(("text", "charge"), CHARGES.values(), ids=CHARGES)
def test_units_in_charge(text: str, charge: Charge):
    assert read_charge(text) == charge


def test_every_unit_named_is_words_of_the_clause():
    for text, _ in CHARGES.values():
        charge = read_charge(text)
        assert all(name in text for name in (*charge.lead, *charge.responsible))
