"""Answers that stand in a sentence of a clause other than the one most like the question."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query

TEXT = """临江市就业服务若干措施
第一条 用工紧缺的企业可以向市就业中心提出申请，在“临江急聘”专栏发布用工信息，各街道应当帮助企业把用工信息及时发布到“临江急聘”专栏，做好宣传和对接。市就业中心收到企业的发布材料后2日内，完成真实性、合法性审核并公布。
第二条 降低企业创业担保贷款申请条件，新招用人员达到在职职工人数比例下调至15%；1年内企业稳定岗位达到90%以上的也可申请创业担保贷款扶持。对符合条件的重点企业，贷款额度最高不超过500万元；贷款额度在200万元以内的，财政给予全额贴息。
第三条 受影响较大的困难行业企业2020年度发生的亏损，结转年限延长至8年。
困难行业企业，包括客运、餐饮、住宿、旅游四大类，具体标准按国家分类执行。
第四条 需保障运输的物资分为以下三类：防疫企业所需生产物资及相关产品；重大工业项目建设所需物资；其他工业企业复工所需物资。第一、二类物资由企业向市经信局申请调运单，市交通局接调运单后协调沿线交通部门，确保运输畅通，各县区应当配合做好保障。
第五条 稳定市场价格，签署守法经营承诺书，从重查处哄抬物价。（责任单位：市发改局、市公安局）
第六条 经营困难的企业可以申请缓缴住房公积金，缓缴到2020年6月30日，期满后足额补缴。
"""


@pytest.mark.parametrize(
    ("question", "figures"),
    [
        pytest.param("“临江急聘”的信息多久审核完？", ["2日内"], id="value-in-another-sentence"),
        pytest.param(
            "重点企业创业担保贷款最高能贷多少，全额贴息到多少？",
            ["500万元", "200万元"],
            id="two-questions-of-one-clause",
        ),
        pytest.param("哪些行业算困难行业？", ["客运、餐饮、住宿、旅游"], id="what-a-word-takes-in"),
        pytest.param("保障运输的物资分哪三类？", ["其他工业企业复工所需物资"], id="all-of-a-list"),
        pytest.param("稳定市场价格由哪些部门负责？", ["市公安局"], id="who-does-one-thing"),
        pytest.param("公积金可以缓交到什么时候？", ["2020年6月30日"], id="缓交-is-缓缴"),
    ],
)
def test_sentence(assistant_over, question: str, figures: list[str]) -> None:
    answer = assistant_over(TEXT).ask(Query(question, date(2026, 11, 24)))
    assert answer.status == "answered", answer.text
    assert all(figure in answer.text for figure in figures), answer.text
