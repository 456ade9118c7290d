"""Short names that texts explain."""

from __future__ import annotations

import pytest

from indexer.glossary import glossary_of


@pytest.mark.parametrize(
    ("text", "glossary"),
    [
        ("建立长期护理保险（以下简称长护险）制度。", {"长护险": "长期护理保险"}),
        ("建立长期护理保险（以下简称“长护险”）制度。", {"长护险": "长期护理保险"}),
        ("由市经济和信息化委员会(下称市经信委)负责。", {"市经信委": "市经济和信息化委员会"}),
        ("支持建设CRO（合同研究外包组织）平台。", {"CRO": "合同研究外包组织"}),
        ("通过药物临床试验质量管理规范（GCP）认证。", {"GCP": "药物临床试验质量管理规范"}),
        ("重庆市人民政府（以下简称市政府）", {"市政府": "市人民政府"}),
        pytest.param("为规范管理，制定本办法（以下简称本办法）。", {}, id="vague"),
        pytest.param("甲公司（以下简称甲方）", {}, id="party"),
        pytest.param("按照规定的标准（见附件）执行。", {}, id="no-name"),
        pytest.param("奖励（最高500万元）", {}, id="amount"),
        pytest.param("北京大学（以下简称清华）", {}, id="not-made-of"),
    ],
)
def test_what_a_text_explains(text: str, glossary: dict[str, str]):
    assert glossary_of([text]) == glossary


def test_the_commonest_meaning_counts():
    texts = [
        "生物医药产业园（以下简称生医园）",
        "生态医疗园（以下简称生医园）",
        "生物医药产业园（以下简称生医园）",
    ]
    assert glossary_of(texts) == {"生医园": "生物医药产业园"}
