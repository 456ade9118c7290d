"""A rate with a limit for each of its cases in the sentence behind it."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """云岭市人民政府关于印发《云岭市支持新药创制若干措施》的通知
云岭政发〔2025〕6号
云岭市支持新药创制若干措施
第一条 对在本市开展临床试验的1类创新药，按不超过研发费用的30%给予资助。其中，完成Ⅰ期、Ⅱ期、Ⅲ期临床试验的，分别给予最高600万元、1200万元、2400万元资助。同一企业每年累计资助不超过6000万元。
第二条 对在本市开展临床试验的中药新药，按研发费用的25%给予资助。完成Ⅰ期、Ⅱ期、Ⅲ期临床试验的，最高分别资助300万元、700万元、1500万元。同一企业每年累计资助不超过3000万元。
第三条 对在本市开展临床试验的疫苗，按研发费用的20%给予资助，每家企业每年最高2000万元。其中，完成Ⅰ期、Ⅱ期、Ⅲ期临床试验的，分别给予最高100万元、400万元、900万元资助。
第四条 对新建冷库的企业，按设备投资的10%给予补助，单个项目最高300万元。其中，获评国家级示范冷库的，再给予最高100万元补助。
第五条 对购置检测仪器的机构，按购置金额的15%给予补助，每家机构每年补助不超过500万元。其中，首次取得资质认定的，给予最高80万元奖励。
第六条 对参展企业，按展位费的20%给予补贴，每家企业每年最高50万元。其中，首次参展的，给予最高5万元补贴。
第七条 本措施自2025年2月1日起施行，有效期5年。
云岭市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "1类创新药完成Ⅱ期临床试验，研发费用5000万，资助多少？",
            "最高1200万元", "1500万元 超过上限1200万元，按1200万元", id="of-which",
        ),
        pytest.param(
            "1类创新药做完Ⅲ期想拿满资助，研发费用至少要花多少？",
            "至少8000万元", "2400万元 ÷ 30% = 8000万元", id="backwards-to-the-limit-of-the-case",
        ),
        pytest.param(
            "1类创新药Ⅰ期和Ⅲ期都做完了，研发费用分别是1000万和9000万，一共资助多少？",
            "最高2700万元", "300万元 + 2400万元 = 2700万元", id="two-cases-each-with-its-limit",
        ),
        pytest.param(
            "中药新药完成Ⅰ期临床试验，研发费用1000万，资助多少？",
            "最高250万元", "250万元 未超过上限300万元", id="stages-without-a-word-between",
        ),
        pytest.param(
            "中药新药完成Ⅲ期要顶格拿，研发费用最少要花多少？",
            "至少6000万元", "1500万元 ÷ 25% = 6000万元", id="backwards-without-a-word-between",
        ),
        pytest.param(
            "疫苗完成Ⅱ期临床试验，研发费用3000万，资助多少？",
            "最高400万元", "600万元 超过上限400万元，按400万元", id="limit-of-a-year-before",
        ),
        pytest.param(
            "新建冷库设备投资1500万，又获评国家级示范冷库，一共补多少？",
            "最高250万元", "150万元 + 100万元 = 250万元", id="on-top",
        ),
        pytest.param(
            "机构购置检测仪器花了1000万，还首次取得了资质认定，一共能拿多少？",
            "最高230万元", "150万元 + 80万元 = 230万元", id="another-kind-of-money",
        ),
        pytest.param(
            "企业参展花了展位费100万元，能补多少？",
            "最高20万元", "20万元 未超过每年上限50万元", id="one-case-alone-is-not-all",
        ),
        pytest.param(
            "企业首次参展花了展位费100万元，能补多少？",
            "最高5万元", "20万元 超过上限5万元，按5万元", id="one-case-alone",
        ),
        pytest.param(
            "企业不是首次参展，花了展位费100万元，能补多少？",
            "最高20万元", "20万元 未超过每年上限50万元", id="one-case-alone-denied",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("1类创新药研发费用8000万，资助多少？", id="of-which-case"),
        pytest.param("1类创新药想拿满资助，研发费用至少要多少？", id="backwards-of-which-case"),
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
