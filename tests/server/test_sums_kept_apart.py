"""Two measures in one question: each with its own amount, its own limit, its own deduction."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """柳岸市人民政府关于印发《柳岸市支持制造业扩能若干措施》的通知
柳政发〔2025〕6号
柳岸市支持制造业扩能若干措施
第一条 设备购置支持。对固定资产投资额2000万元（含）以上的项目，按当年度生产设备实际付款金额的8%给予补助，单个企业最高不超过300万元。
第二条 展厅装修支持。对企业自建产品展厅，按每平方米500元给予装修补贴，且补贴额度不超过实际装修费用，单个企业不超过50万元。
第三条 对企业实际缴纳的产品责任保险保费，按40%给予补贴，应扣除当年度已享受的其他保费补贴，单个企业每年最高不超过20万元。
第四条 对企业购买的检测服务，按检测合同金额的30%给予补助，单个企业每年最高不超过60万元。
第五条 企业新建洁净车间的，甲级每平方米补助1000元，乙级每平方米补助500元，总额以实际建设费用的50%为限，且不超过300万元。
第六条 首次取得第三类产品证书的，每件予以80万元奖励；首次取得第二类产品证书的，每件予以15万元奖励。经国家创新医疗器械特别审查程序获批的第三类产品，每件在前述奖励之外再增加60万元。同一企业依本条取得的奖励，年度合计以400万元为限。
第七条 新建并投入使用的起降设施，按建设投入的30%给予补助，枢纽型起降场每个最高300万元，普通起降场每个最高60万元，起降点每个最高8万元。
第八条 毕业五年内到本市企业就业的博士、硕士、本科毕业生，分别按每人每月1800元、1200元、600元给予租房补贴，最长36个月。
第九条 支持扩产项目建设
（一）新建扩产项目设备投入达到500万元的，以设备投入全额为基数分段累进计算补助：2000万元（含）以下的部分按8%，超过2000万元至5000万元（含）的部分按10%，超过5000万元的部分按12%。
（二）单个项目补助最高不超过1200万元。
第十条 委托本市企业加工的，按年度实际执行合同金额的5%对受托方予以奖励，每家每年以200万元为限；委托方在本市登记的，另按合同金额的2%对委托方予以奖励，每家每年以60万元为限。
第十一条 本措施自2025年2月1日起施行，有效期5年。
柳岸市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们项目固定资产投资4000万，今年生产设备实际付款2500万；另外自建展厅800平方米，装修实际花了30万。设备和展厅装修两项一共能补多少？",
            "最高230万元", "2500万元 × 8% = 200万元", id="threshold-is-no-base",
        ),
        pytest.param(
            "我们项目固定资产投资4000万，今年生产设备实际付款2500万；另外自建展厅800平方米，装修实际花了30万。设备和展厅装修两项一共能补多少？",
            "最高230万元", "40万元 超过实际费用30万元，按30万元", id="cost-of-one-of-two",
        ),
        pytest.param(
            "我们项目固定资产投资1500万，今年生产设备实际付款1200万，设备能补多少？",
            "0元", "固定资产投资额：1500万 未达到2000万元，不能享受", id="threshold-not-reached",
        ),
        pytest.param(
            "产品责任保险交了保费45万，已经享受其他保费补贴5万；检测服务合同150万，两项一共补多少？",
            "最高58万元", "13万元 未超过每年上限20万元", id="deduction-and-limit-of-one-of-two",
        ),
        pytest.param(
            "新建甲级洁净车间1500平，建设费用240万，补多少？",
            "最高120万元", "240万元 × 50% = 120万元", id="share-of-cost-as-limit",
        ),
        pytest.param(
            "新建甲级洁净车间1500平、乙级洁净车间2000平，建设费用900万，补多少？",
            "最高250万元", "250万元 未超过上限450万元", id="share-limits-both-classes",
        ),
        pytest.param(
            "今年拿了两张三类产品证书，其中一张走的国家创新通道，一共奖多少？",
            "最高220万元", "80万元 + 140万元 = 220万元", id="added-for-one-of-two",
        ),
        pytest.param(
            "建了1个枢纽型起降场投了1200万，又建了3个起降点每个投20万，起降设施补助一共多少？",
            "最高318万元", "360万元 超过上限300万元，按300万元", id="limit-of-each-kind",
        ),
        pytest.param(
            "今年招了1个博士、2个硕士、3个本科毕业生，租房补贴领满24个月，六个人加一起多少钱？",
            "14.4万元", "3人 × 600元 = 1800元", id="each-kind-of-person",
        ),
        pytest.param(
            "新建扩产项目设备投入1.4亿，补助多少？",
            "最高1200万元", "1540万元 超过上限1200万元，按1200万元", id="limit-in-the-next-item",
        ),
    ],
)  # fmt: skip
def test_two_measures(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("固定资产投资一笔4000万、另一笔2500万，设备能补多少？", id="which-is-which"),
        pytest.param(
            "自建展厅800平方米，装修实际花了30万，后来又装修实际花了20万，装修补多少？",
            id="cost-stated-twice",
        ),
        pytest.param(
            "拿了两张三类产品证书，其中一张走的国家创新通道，还有一张二类产品证书，一共奖多少？",
            id="one-of-another-class-is-none-of-two",
        ),
        pytest.param(
            "今年招了1个博士、2个硕士、3个技工，租房补贴领满24个月，六个人加一起多少钱？",
            id="a-kind-that-gets-nothing",
        ),
        pytest.param(
            "委托加工合同3000万，我们是受托方，委托方也在本市登记，两边一共奖多少？",
            id="one-of-two-sides-is-not-both",
        ),
    ],
)
def test_nothing_where_it_is_not_told(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_cost_of_fitting_out_does_not_hold_equipment(assistant: Assistant, today: date) -> None:
    question = "新厂刚搬进高新区：设备固投5000万，今年付了4500万生产设备款（每台都在50万以上，已入固定资产）；自己装修厂房2000平、GMP车间1000平、办公室500平，装修实花260万。设备和装修两项一共能补多少？"
    works_out(assistant.ask(Query(question, today)), "最高620万元", "170万元 未超过实际费用260万元")


def test_a_share_of_a_cost_that_is_not_stated_is_assumed(works: Assistant) -> None:
    answer = works.ask(Query("新建甲级洁净车间1500平，补多少？", TODAY))
    works_out(answer, "最高150万元", "1500平方米 × 1000元 = 150万元")
    assert answer.calculation is not None
    assert "不超过实际建设费用的50%" in answer.calculation.assumptions


def test_each_level_by_its_own_base(assistant: Assistant, today: date) -> None:
    question = "我们是CDMO，跟客户都没关联。去年代工总收入1.5个亿，里面新增的只有6000万。按高新区里算多少？按市里算多少？"
    answer = assistant.ask(Query(question, today))
    works_out(
        answer, "重庆市最高450万元；重庆高新区最高180万元", "重庆高新区：6000万元 × 3% = 180万元"
    )


def test_income_is_no_investment(assistant: Assistant, today: date) -> None:
    question = "我们CDMO代工收入1.2亿，其中新增5000万，市里能奖多少？高新区能奖多少？"
    answer = assistant.ask(Query(question, today))
    works_out(
        answer, "重庆市最高360万元；重庆高新区最高150万元", "重庆高新区：5000万元 × 3% = 150万元"
    )


def test_the_second_of_two_sums_is_only_named(assistant: Assistant, today: date) -> None:
    question = "同一个创新药，III期投了2500万、上市申请受理过了，后来批文也拿到手准备量产。高新区这两笔钱一共多少？"
    works_out(
        assistant.ask(Query(question, today)), "最高1700万元", "700万元 + 1000万元 = 1700万元"
    )


def test_a_part_that_costs_too_little_is_not_the_whole(assistant: Assistant, today: date) -> None:
    question = "高新区设备付款4000万，其中单台30万的小设备付了500万，固投4500万，能补多少？"
    works_out_nothing(assistant.ask(Query(question, today)))
