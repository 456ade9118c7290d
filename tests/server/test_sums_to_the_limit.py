"""What it takes until a limit or a threshold is reached, claims that are corrected, rents of a year."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.facts import stated_facts
from server.sums.written_out import spelt_out

TEXT = """青溪市人民政府关于印发《青溪市支持先进制造业若干措施》的通知
青溪政发〔2025〕3号
青溪市支持先进制造业若干措施
第一条 支持设备更新。对年度设备投资额1000万元（含）以上的企业，按设备实际付款金额的8%给予补助，单个企业最高不超过240万元。
第二条 支持接单。对承接非关联企业委托加工业务的企业，年度委托加工合同金额超过500万元的，按年度委托加工合同金额的4%给予奖励，单个企业每年最高不超过80万元。
第三条 支持租用厂房。租用标准厂房的企业，按实缴租金的30%给予补贴，单个企业年补贴总额不超过50万元。
第四条 支持认证
（一）产品通过国际认证的，每个产品给予12万元奖励。
（二）通过能源管理体系认证的企业，给予一次性20万元奖励。
（三）同一企业年度享受本条奖励合计不超过100万元。
第五条 支持检测机构。对检测机构完成资质认定（扩项）的，给予最高30万元一次性奖励，每新增1个检测专业，给予8万元奖励。单个机构每年最高不超过60万元奖励。
第六条 支持研制芯片。对首次流片的企业，按流片费用的20%给予补助，单个产品最高不超过200万元；其中工艺节点为28纳米及以下的，按35%给予补助，单个产品最高不超过400万元。
第七条 护理补贴。对上门护理服务机构，照护等级1-2级的按每人每次3元给予补贴，3-5级的按每人每次6元给予补贴。
第八条 申请受理后，应当在10个工作日内作出决定；情况复杂的，经批准可以延长5个工作日。
第九条 到2027年，培育产值百亿级企业2家、50亿级企业4家、10亿级企业9家，培育独角兽企业1家。
第十条 新引进的综合型总部，实缴资本1亿元（含）以上、2亿元（含）以上、5亿元（含）以上的，分别给予300万元、600万元、1500万元奖励；新引进的职能型总部，按上述标准的50%给予奖励。
第十一条 支持研制装备。对具有自主知识产权、已取得检测报告的装备，按研制费用的10%给予补助，单个项目最高不超过60万元。
第十二条 本措施自2025年2月1日起施行，有效期5年。
青溪市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "今年委托加工合同做了1250万，都是没关联的客户，奖励想拿满还差多少合同额？",
            "还差750万元（现在最高50万元）", "80万元 ÷ 4% = 2000万元", id="short-of-the-limit",
        ),
        pytest.param(
            "今年设备实际付款2000万，设备更新能补多少？离封顶线还差多少？",
            "最高160万元，离上限还差80万元", "240万元 − 160万元 = 80万元", id="left-of-the-limit",
        ),
        pytest.param(
            "设备更新补助要拿满，设备款至少要付多少？",
            "至少3000万元", "240万元 ÷ 8% = 3000万元", id="at-least",
        ),
        pytest.param(
            "设备投资820万，设备更新补助够不够格，还差多少？",
            "还差180万元", "1000万元 − 820万元 = 180万元", id="below-a-threshold",
        ),
        pytest.param(
            "今年委托加工合同正好500万，奖励够格不？",
            "没有超过500万元", "年度委托加工合同金额：500万元 未超过500万元，不能享受",
            id="just-the-threshold",
        ),
        pytest.param(
            "委托加工合同一年1500万，里头300万是给母公司做的，奖多少？",
            "最高48万元", "1500万元 − 300万元 = 1200万元", id="business-with-a-parent",
        ),
        pytest.param(
            "年设备投资2000万，设备合同1800万，目前付了六成，设备更新补多少？",
            "最高86.4万元", "1800万元 × 60% = 1080万元", id="paid-so-far",
        ),
        pytest.param(
            "租标准厂房1500平，每平每月20块，一年租金补贴多少？",
            "最高10.8万元", "1500平方米 × 6元 × 12个月/年 = 10.8万元", id="rent-by-the-metre",
        ),
        pytest.param(
            "租标准厂房，月租5万，今年租金补贴多少？",
            "最高18万元", "5万元 × 12个月/年 = 60万元", id="rent-by-the-month",
        ),
        pytest.param(
            "标准厂房租了1000平，一平方一天1块5，全年租金能补多少？",
            "最高16.425万元", "1.5元 × 1000平方米 × 365天/年 = 54.75万元", id="rent-by-the-day",
        ),
        pytest.param(
            "今年8个产品过了国际认证，能源管理体系认证也拿了，一共奖多少？",
            "最高100万元", "116万元 超过每年上限100万元，按100万元", id="limit-of-an-article",
        ),
        pytest.param(
            "检测机构老早就有资质认定了，今年新增三个检测专业，奖多少？",
            "最高24万元", "3个 × 8万元 = 24万元", id="had-before",
        ),
        pytest.param(
            "检测机构今年刚完成资质认定，还新增了两个检测专业，最多奖多少？",
            "最高46万元", "30万元 + 16万元 = 46万元", id="got-too",
        ),
        pytest.param(
            "一款14纳米的芯片首次流片花了1000万，补多少？",
            "最高350万元", "1000万元 × 35% = 350万元", id="case-by-its-measure",
        ),
        pytest.param(
            "一款40nm的芯片首次流片花了1000万，补多少？",
            "最高200万元", "1000万元 × 20% = 200万元", id="not-that-case",
        ),
        pytest.param(
            "给照护4级的老人上门护理500次，护理补贴多少？",
            "3000元", "500次 × 6元 = 3000元", id="grade-in-a-span",
        ),
        pytest.param(
            "申请最慢要多少个工作日有结果？",
            "最长15个工作日", "10个工作日 + 5个工作日 = 15个工作日", id="with-extension",
        ),
        pytest.param(
            "百亿、五十亿、十亿三档企业一共要培育多少家，独角兽不算？",
            "15家", "2家 + 4家 + 9家 = 15家", id="classes-counted",
        ),
        pytest.param(
            "国际认证一个产品奖20万，三个就是60万，对吧？",
            "不是60万元，最高36万元", "3个 × 12万元 = 36万元", id="claim-corrected",
        ),
        pytest.param(
            "两款65纳米芯片首次流片：一款花了600万，另一款花了900万，发票还没有。流片补多少？",
            "最高300万元", "900万元 × 20% = 180万元", id="what-is-no-condition",
        ),
        pytest.param(
            "研制了两台装备，一台研制费用300万，专利和检测报告都齐；另一台研制费用200万，检测报告还没做。一共补多少？",
            "最高30万元", "200万 不满足“检测报告”，不计入", id="condition-not-met",
        ),
        pytest.param(
            "职能型总部实缴2.6个亿，奖多少？",
            "300万元", "600万元 × 50% = 300万元", id="share-of-a-short-name",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        # Without an area a price is no rent.
        "标准厂房每平每月20块，租金能补多少？",
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


@pytest.mark.parametrize(
    ("said", "written"),
    [
        ("一个五百万、一个两百四、一个八十万", "一个五百万、一个两百四十万、一个八十万"),
        ("付了七成半", "付了75%"),
        ("批了俩，夫妻俩", "批了两个，夫妻俩"),
        ("一天1块5，两块一共多少", "一天1.5元，两块一共多少"),
        ("25块一平", "25块一平"),
    ],
)
def test_figures_as_people_say_them(said: str, written: str) -> None:
    assert spelt_out(said) == written


@pytest.mark.parametrize(
    ("question", "years"),
    [
        ("三年行动计划里每年给的支持，一年合计多少", ["一年"]),
        ("按五年规划，园区补多少", []),
        ("三年计划投资2亿元", ["三年"]),
        ("三年行动计划期间一共给多少", ["三年"]),
    ],
)
def test_years_of_a_plan(question: str, years: list[str]) -> None:
    assert [f.written for f in stated_facts(question) if f.unit == "年"] == years


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("三个批文，一个是创新药，两个改良型", [("一个", False), ("两个", False)]),
        ("设备花了900万，其中一台200万的没认定", [("900万", False), ("200万", True)]),
        ("进了1600万的药，有600万是关联企业的", [("1600万", False), ("600万", True)]),
    ],
)
def test_parts(question: str, facts: list[tuple[str, bool]]) -> None:
    assert [(fact.written, fact.part) for fact in stated_facts(question)] == facts
