"""How many things of one sentence are called alike; when and where to apply in two sentences."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """澜川市人民政府关于帮助企业复工的通知
澜川政发〔2025〕9号
一、加强组织。各县区要专设帮扶企业工作组，坚持一手抓防灾一手抓生产，组织协调到位。
二、有序复工。以规模以上工业企业为重点，指导企业制定复工方案和应急预案，搭建全市企业复工管理平台，做到防灾机制到位、设备检修到位、物资储备到位和宣传教育到位，确保生产平稳有序。
三、推荐用工补助。人力资源机构为重点企业推荐用工的，可以申请一次性推荐用工补助，每推荐成功1人给予300元。
四、防灾工作结束后，开始推荐用工补助申请工作。人力资源机构可登录市人力资源和社会保障局“就业直通”平台进行申请，并提交名册。
五、市人力资源和社会保障局于受理申请之日起5个工作日内核查推荐用工补助。
六、稳定价格。市场经营者签署承诺书，做到不跟风涨价、不囤货居奇、不短斤少两。
"""


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "said"),
    [
        (
            "企业复工要做到几个“到位”，分别是什么？",
            "防灾机制到位、设备检修到位、物资储备到位和宣传教育到位",
        ),
        ("企业复工的四个“到位”指的是什么？", "宣传教育到位"),
        ("市场经营者的承诺书要做到哪几个“不”，分别是什么？", "不囤货居奇"),
        ("推荐用工补助什么时候开始报、在哪儿申请？", "“就业直通”平台"),
        ("推荐用工补助什么时候开始报、在哪儿申请？", "防灾工作结束后"),
    ],
)
def test_is_stated(works: Assistant, question: str, said: str) -> None:
    answer = works.ask(Query(question, date(2026, 11, 29)))
    assert answer.status == "answered"
    assert said in answer.text
