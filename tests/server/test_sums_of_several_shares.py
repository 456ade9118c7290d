"""Shares of each year, of each kind and of each level: what they come to together."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing

from retriever.query import Query
from server.assistant import Assistant

RENT = """柳湾区支持生物制造产业若干措施
第一条 租用区内国有厂房的，按实际租金给予第一年100%、第二年80%、第三年50%的补贴，补贴面积以3000平方米为限，补贴单价以每平方米每月30元为限。
第二条 新引进的软件企业租用写字楼办公的，第一年、第二年按实际租金的80%补贴，第三年按40%补贴。补贴面积不超过2000平方米，每年最高50万元。
第三条 新引进的食品企业租用冷库的，第一年、第二年按实际租金的60%补贴，第三年按30%补贴。补贴总额累计不超过70万元。
第四条 本措施自2025年1月1日起施行，有效期5年。
"""
GROWN = """柳湾区支持食品产业若干措施
第一条 年产值3000万元以上且较上年增长10%以上的企业，产值每净增500万元奖励4万元，不足500万元的部分不计，年度最高奖励60万元。
第二条 本措施自2025年1月1日起施行，有效期5年。
"""
RAISED = """柳湾市数据券管理办法
第一条 数据券每年度申领额度按照下列标准确定：
（一）个体工商户不超过2万元；
（二）小微企业不超过8万元；
（三）专精特新企业不超过15万元。
第二条 属于机器人、低空经济产业链的企业，年度申领额度在第一条规定标准基础上上浮40%。
第三条 培训补贴。取得初级、中级、高级数据标注证书的，分别给予800元、1200元、1800元补贴。
第四条 取得急缺工种目录内证书的，第三条规定的补贴标准提高20%。
第五条 培训机构评为市级、省级示范机构的，分别奖励5万元、10万元。
第六条 位于偏远乡镇的机构，第五条规定的奖励标准提高50%，最高不超过12万元。
第七条 本办法自2025年1月1日起施行，有效期5年。
"""
LENT = """柳湾区支持企业融资若干措施
第一条 支持银行融资。企业取得的一年期以上流动资金贷款，按年利率1.5%给予贴息，贴息贷款本金不超过2000万元，每笔贷款贴息12个月。由政府性融资担保机构担保的，另按担保额的0.4%补助担保费，每年最高6万元。
第二条 支持绿色贷款。企业取得绿色贷款的，按年利率1%给予贴息，单个企业每年最高20万元。
第三条 本措施自2025年1月1日起施行，有效期5年。
"""
CLASSED = """柳湾市支持农药产业若干措施
第一条 支持产品登记。企业首次取得第一类、第二类农药登记证并在本市生产的，分别按每个产品30万元、12万元给予奖励；其中属于生物农药的，按上述标准的50%执行。同一企业每年奖励总额不超过100万元。
第二条 本措施自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)


@pytest.fixture(scope="module")
def rented(assistant_over) -> Assistant:
    return assistant_over(RENT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们租用区内国有厂房2500平方米，月租每平方米20元，三年总共补多少租金？",
            "最高138万元", "60万元 + 48万元 + 30万元 = 138万元", id="each-year-its-share",
        ),
        pytest.param(
            "我们租用区内国有厂房4000平方米，每平方米每月36元，三年一共能补多少租金？",
            "最高248.4万元", "4000平方米 超过上限3000平方米，按3000平方米", id="held-to-area-and-price",
        ),
        pytest.param(
            "我们租用区内国有厂房2500平方米，每平方米每月20元，第二年能补多少租金？",
            "最高48万元", "20元 × 80% = 16元", id="one-of-the-years",
        ),
        pytest.param(
            "新引进的软件企业租用写字楼2000平方米，每平方米每月40元，三年租金一共补多少？",
            "最高138.4万元", "76.8万元 超过每年上限50万元，按50万元", id="limit-of-a-year-in-another-sentence",
        ),
        pytest.param(
            "新引进的食品企业租用冷库2000平方米，每平方米每月40元，三年租金一共补多少？",
            "最高70万元", "144万元 超过上限70万元，按70万元", id="limit-of-all-years",
        ),
    ],
)  # fmt: skip
def test_rent(rented: Assistant, question: str, display: str, line: str) -> None:
    works_out(rented.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        # Of a fourth year the clause says nothing.
        "我们租用区内国有厂房2500平方米，月租每平方米20元，第四年补多少租金？",
    ],
)
def test_no_rent(rented: Assistant, question: str) -> None:
    works_out_nothing(rented.ask(Query(question, TODAY)))


@pytest.fixture(scope="module")
def grown(assistant_over) -> Assistant:
    return assistant_over(GROWN)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们食品厂上一年产值4000万元，今年做到6200万元，净增奖励能拿多少？",
            "最高16万元", "2200万元 ÷ 500万元 ≈ 4个", id="a-year-named-before-the-amount",
        ),
        pytest.param(
            "食品厂今年产值6200万元，上一年是4000万元，产值净增奖励多少？",
            "最高16万元", "6200万元 − 4000万元 = 2200万元", id="the-other-way-round",
        ),
        pytest.param(
            "食品厂前一年产值4000万元，今年4300万元，产值净增奖励多少？",
            "0元", "300万元 未达到400万元，不能享受", id="too-little",
        ),
    ],
)  # fmt: skip
def test_growth(grown: Assistant, question: str, display: str, line: str) -> None:
    works_out(grown.ask(Query(question, TODAY)), display, line)


def test_no_growth(grown: Assistant) -> None:
    # 净增奖励 is what is asked for; by how much it grew is not said.
    works_out_nothing(grown.ask(Query("食品厂今年产值6200万元，产值净增奖励多少？", TODAY)))


@pytest.fixture(scope="module")
def raising(assistant_over) -> Assistant:
    return assistant_over(RAISED)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们是机器人产业链的专精特新企业，一年最多能申领多少额度的数据券？",
            "最高21万元", "15万元 × 40% = 6万元", id="an-item-of-a-list",
        ),
        pytest.param(
            "低空经济产业链上的小微企业，每年度数据券申领额度最高是多少钱？",
            "最高11.2万元", "8万元 + 3.2万元 = 11.2万元", id="another-kind-of-several",
        ),
        pytest.param(
            "我考了高级数据标注证书，这工种在急缺工种目录里，培训补贴能拿多少钱？",
            "2160元", "1800元 × 20% = 360元", id="an-amount-of-several-in-one-sentence",
        ),
    ],
)  # fmt: skip
def test_raised(raising: Assistant, question: str, display: str, line: str) -> None:
    works_out(raising.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        # Of which kind it is, is not said.
        "我们是机器人产业链的企业，一年最多能申领多少额度的数据券？",
        # It is not on the list, and something else may hold.
        "我考了高级数据标注证书，但不在急缺工种目录里，加上浮的培训补贴能拿多少钱？",
        # What is raised is held to a limit of its own.
        "我们是位于偏远乡镇的省级示范机构，培训机构奖励能拿多少钱？",
    ],
)
def test_not_raised(raising: Assistant, question: str) -> None:
    answer = raising.ask(Query(question, TODAY))
    assert answer.calculation is None or " + " not in str(answer.calculation.steps)


@pytest.fixture(scope="module")
def lent(assistant_over) -> Assistant:
    return assistant_over(LENT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "企业取得一年期流动资金贷款1200万元，由政府性融资担保机构全额担保，贴息和担保费补助合计多少？",
            "最高22.8万元", "18万元 + 4.8万元 = 22.8万元", id="interest-and-guarantee",
        ),
        pytest.param(
            "一年期流动资金贷款3000万元，由政府性融资担保机构全额担保，贴息加担保费补助一共多少？",
            "最高36万元", "12万元 超过每年上限6万元，按6万元", id="each-held-to-its-own-limit",
        ),
        pytest.param(
            "企业取得一年期流动资金贷款1200万元，贴息能有多少钱？",
            "最高18万元", "1200万元 × 1.5% = 18万元", id="interest-alone",
        ),
        pytest.param(
            "企业取得绿色贷款3000万元，贴息能有多少钱？",
            "最高20万元", "30万元 超过每年上限20万元，按20万元", id="limit-of-the-measure",
        ),
    ],
)  # fmt: skip
def test_lent(lent: Assistant, question: str, display: str, line: str) -> None:
    works_out(lent.ask(Query(question, TODAY)), display, line)


def test_not_lent(lent: Assistant) -> None:
    # Of how much the guarantee is, is not said.
    question = (
        "一年期流动资金贷款1200万元，由政府性融资担保机构部分担保，贴息和担保费补助合计多少？"
    )
    works_out_nothing(lent.ask(Query(question, TODAY)))


@pytest.fixture(scope="module")
def classed(assistant_over) -> Assistant:
    return assistant_over(CLASSED)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "企业今年首次取得2个一类生物农药登记证、3个普通二类农药登记证，都在本市生产，合计奖励多少？",
            "最高66万元", "60万元 × 50% = 30万元", id="some-at-half",
        ),
        pytest.param(
            "企业今年首次取得4个一类化学农药登记证、1个二类生物农药登记证，都在本市生产，合计奖励多少？",
            "最高100万元", "126万元 超过每年上限100万元，按100万元", id="held-to-the-limit",
        ),
    ],
)  # fmt: skip
def test_classed(classed: Assistant, question: str, display: str, line: str) -> None:
    works_out(classed.ask(Query(question, TODAY)), display, line)


def test_not_classed(classed: Assistant) -> None:
    # Of a third class the clause says nothing.
    question = "企业今年首次取得2个一类农药登记证、3个三类农药登记证，都在本市生产，合计奖励多少？"
    works_out_nothing(classed.ask(Query(question, TODAY)))
