"""Answers that stand in a sentence of a clause other than the one most like the question."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query

TEXT = """临江市就业服务若干措施
第一条 用工紧缺的企业可以向市就业中心提出申请，在“临江急聘”专栏发布用工信息，各街道应当帮助企业把用工信息及时发布到“临江急聘”专栏，做好宣传和对接。市就业中心收到企业的发布材料后2日内，完成真实性、合法性审核并公布。
第二条 放宽企业创业担保贷款申请条件，新招人员占在职职工的比例调到15%；岗位稳定在90%以上的企业同样能申请创业担保贷款。重点企业的贷款额度最高不超过500万元；额度在200万元以内的，财政全额贴息。
第三条 困难行业企业当年的亏损，可以往后结转8年。
困难行业企业，包括客运、餐馆、旅馆、旅行社四类，分类看国家标准。
第四条 需保障运输的物资分为以下三类：医药企业用的原料；重大项目用的设备；其他工业企业用的物资。第一、二类物资由企业向市经信局申请调运单，市交通局接调运单后协调沿线交通部门，确保运输畅通，各县区应当配合做好保障。
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
        pytest.param(
            "哪些行业算困难行业？", ["客运、餐馆、旅馆、旅行社"], id="what-a-word-takes-in"
        ),
        pytest.param("保障运输的物资分哪三类？", ["其他工业企业用的物资"], id="all-of-a-list"),
        pytest.param("稳定市场价格由哪些部门负责？", ["市公安局"], id="who-does-one-thing"),
        pytest.param("公积金可以缓交到什么时候？", ["2020年6月30日"], id="缓交-is-缓缴"),
    ],
)
def test_sentence(assistant_over, question: str, figures: list[str]) -> None:
    answer = assistant_over(TEXT).ask(Query(question, date(2026, 11, 24)))
    assert answer.status == "answered", answer.text
    assert all(figure in answer.text for figure in figures), answer.text
