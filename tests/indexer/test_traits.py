"""What a passage holds besides its words."""

from __future__ import annotations

import pytest

from indexer.traits import Trait, traits


@pytest.mark.parametrize(
    ("text", "held"),
    [
        ("给予最高500万元奖励。", Trait.AMOUNT | Trait.NUMBER),
        ("按实际投入的百分之三十给予补助。", Trait.AMOUNT | Trait.NUMBER),
        ("处二万元罚款。", Trait.AMOUNT | Trait.PENALTY),
        ("申请时应当提交下列材料：", Trait.MATERIALS),
        ("应当符合下列条件：", Trait.CONDITIONS),
        ("本办法所称用人单位，是指依法登记的企业。", Trait.ACTOR | Trait.DEFINITION),
        ("由市药监局牵头。", Trait.ACTOR),
        ("应当在三十日内答复。", Trait.NUMBER | Trait.TIME),
        ("本办法自发布之日起施行。", Trait.TIME),
        ("支持企业创新。", Trait(0)),
    ],
)
def test_traits_of_a_text(text: str, held: Trait):
    assert traits(text, "article") == held


def test_where_a_passage_stands():
    assert traits("此复。", "closing") == Trait.EDGE
    assert traits("甲\t乙", "table") == Trait.ROW
