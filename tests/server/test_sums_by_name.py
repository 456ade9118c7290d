"""Supports called by their names: added, less what was had before, paid by the year, each for the class named."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

PERSONS = """临江市人才安居办法
临江政发〔2025〕12号
第一章 安家
第一条 新引进的全职人才，签订3年以上劳动合同的，按下列标准发放安家费补助：
（一）甲级人才，给予120万元；
（二）乙级人才，给予60万元；
（三）丙级人才，给予18万元；
（四）青年人才，给予5万元。
第二条 甲级人才、乙级人才的安家费补助分4年等额发放；丙级人才的安家费补助分3年发放，每年发放三分之一；青年人才的安家费补助一次性发放。
第二章 住房
第三条 人才购买首套住房的，可申请购房补贴：
（一）甲级人才、乙级人才，按购房款的25%给予补贴，最高分别为80万元、50万元；
（二）丙级人才，按购房款的15%给予补贴，最高15万元；
（三）青年人才，按购房款的3%给予补贴，最高6万元。
第四条 丙级人才中具有博士学历的，购房补贴最高额度提高至20万元。
第五条 租住商品住房的人才，按月发放租房补贴：
（一）乙级人才每月3000元；
（二）丙级人才每月1800元；
（三）青年人才每月900元。
租房补贴累计不超过24个月。
第六条 安家费补助与购房补贴可以同时享受。购房补贴与租房补贴不得同时享受，已领取租房补贴后申请购房补贴的，应当从购房补贴中扣除已领取的租房补贴。
第七条 安家费补助由市和区按5∶5分担。
第八条 购车补贴。人才购买新能源汽车的，按车价的5%给予购车补贴，最高2万元。购车补贴与购房补贴只能选择其一享受。
第九条 本办法自2025年3月1日起施行，有效期5年。
"""
FARMS = """河口县粮食生产扶持办法
河口政规〔2025〕6号
第一条 规模种植补贴。对种粮大户实行规模种植补贴，年度评定为一等、二等、三等的，分别按每亩180元、120元、60元给予补贴，评定不合格的不予补贴。
第二条 秸秆还田补贴。实施秸秆还田的，每亩补贴45元；实施秸秆离田的，每亩补贴30元。两项补贴在同一地块不得重复享受。
第三条 轮作补贴。实行稻油轮作的，每亩补贴150元。
第四条 仓储补贴。新建粮仓的，按建设费用的30%给予补贴，最高40万元。
第五条 轮作补贴不得与仓储补贴同时享受。
第六条 本办法自2025年3月1日起施行，有效期5年。
"""
GRADUATES = """安溪县促进就业创业若干政策
安溪政规〔2025〕9号
一、支持就业
（一）求职创业补贴。对毕业年度内困难家庭毕业生，给予一次性求职创业补贴2000元。
（二）生活补贴。对到本县企业就业的毕业生，按博士每人每月2500元、硕士每人每月1500元、本科每人每月800元给予生活补贴，最长36个月。
（三）租房补贴。对毕业生租房的，按博士每月1500元、硕士每月1000元、本科每月600元给予租房补贴，最长24个月。
（四）购房补贴。毕业生在本县首次购房的，按博士20万元、硕士10万元、本科5万元给予购房补贴，分5年等额发放。
（五）已享受租房补贴的毕业生购房的，购房补贴应当扣减已享受的租房补贴。
（六）生活补贴与租房补贴可以同时享受。
二、支持创业
（七）一次性创业补贴。对首次创业的毕业生，给予8000元一次性创业补贴。
（八）场地补贴。对创业者租用场地的，按实际租金的50%给予场地补贴，每年最高2万元。
（九）带动就业补贴。创业企业每吸纳1人就业，给予3000元带动就业补贴，最高3万元。
三、附则
（十）同一人享受本政策各项补贴合计不超过12万元。
（十一）本政策自2025年3月1日起施行，有效期5年。
"""
OPINIONS = """平湖区促进人才发展若干意见
平湖委发〔2025〕2号
一、引才补助
（一）安家补助。新引进人才按下列标准给予安家补助，分3年等额发放：
1.A级人才，给予90万元；
2.B级人才，给予45万元；
3.C级人才，给予12万元。
（二）购房补贴。人才首次购房的，按下列标准给予购房补贴：
1.A级人才，按购房总价的20%给予补贴，最高100万元；
2.B级人才、C级人才，按购房总价的10%给予补贴，最高分别为50万元、20万元。
安家补助与购房补贴可同时享受。
（三）租房补贴。未购房的人才，按月给予租房补贴：
1.A级人才，5000元；
2.B级人才，3000元；
3.C级人才，1500元。
（四）已领取租房补贴的人才购房的，购房补贴中抵扣已领取的租房补贴。
二、附则
（五）本意见自2025年3月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)

persons = works_over(PERSONS)
farms = works_over(FARMS)
graduates = works_over(GRADUATES)
opinions = works_over(OPINIONS)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "临江市乙级人才买首套房花了160万元，安家费补助加上购房补贴总共能拿多少？",
            "最高100万元", "60万元 + 40万元 = 100万元", id="added",
        ),
        pytest.param(
            "临江市丙级人才买房130万，安家费补助和购房补贴都拿，合计多少钱？",
            "最高33万元", "19.5万元 超过上限15万元，按15万元", id="added-at-the-limit-of-the-class",
        ),
        pytest.param(
            "临江市丙级人才已经领过10个月租房补贴，现在购房花了80万元，购房补贴还能拿多少？",
            "最高10.2万元", "1800元/月 × 10个月 = 1.8万元", id="months-had",
        ),
        pytest.param(
            "临江市丙级人才之前领了1.8万元租房补贴，现在买房款80万元，购房补贴扣完能到手多少？",
            "最高10.2万元", "12万元 − 1.8万元 = 10.2万元", id="amount-had",
        ),
        pytest.param(
            "临江市乙级人才的安家费补助每年能拿多少？",
            "15万元（按期拨付，全部为60万元）", "60万元 ÷ 4年 = 15万元", id="each-year",
        ),
        pytest.param(
            "我是刚到临江的甲级人才，安家费补助第一年发多少钱？",
            "30万元（按期拨付，全部为120万元）", "120万元 ÷ 4年 = 30万元", id="the-first-year",
        ),
    ],
)  # fmt: skip
def test_supports_of_a_class(persons: Assistant, question: str, display: str, line: str) -> None:
    works_out(persons.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("临江市人才买房130万，安家费补助和购房补贴都拿，合计多少钱？", id="no-class"),
        pytest.param(
            "临江市丙级人才是博士，买房130万，安家费补助和购房补贴都拿，合计多少钱？",
            id="raised-for-the-case-told",
        ),
        pytest.param(
            "临江市乙级人才租了10个月房，购房160万元，租房补贴和购房补贴加起来能拿多少？",
            id="not-at-once",
        ),
        pytest.param(
            "临江市乙级人才已领30个月租房补贴，现在买房款100万元，购房补贴还能拿多少？",
            id="more-months-than-are-paid",
        ),
        pytest.param(
            "临江市乙级人才已领租房补贴，现在买房款100万元，购房补贴还能拿多少？",
            id="how-much-was-had-is-not-told",
        ),
        pytest.param("临江市青年人才的安家费补助每年能拿多少？", id="paid-at-once"),
        pytest.param("临江市丙级人才的安家费补助每年发多少？", id="thirds-are-not-read"),
        pytest.param("临江市人才的安家费补助每年发多少？", id="no-class-each-year"),
        pytest.param(
            "我和老婆都是临江市的乙级人才，买首套房花了160万元，安家费补助和购房补贴一共多少？",
            id="two-persons",
        ),
        pytest.param(
            "临江市丙级人才已经领过10个月租房补贴，购房花了80万元，安家费补助和购房补贴一共多少？",
            id="added-and-taken-off",
        ),
    ],
)
def test_no_sum_where_it_is_not_certain(persons: Assistant, question: str) -> None:
    works_out_nothing(persons.ask(Query(question, TODAY)))


def test_the_cost_of_one_of_two_supports_is_asked_for(persons: Assistant) -> None:
    answer = persons.ask(Query("临江市乙级人才，安家费补助和购房补贴一共多少钱？", TODAY))
    assert answer.calculation is not None
    assert answer.calculation.missing == ("购房款是多少？",)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "河口县种粮大户种了200亩，评定二等，200亩都做了秸秆还田，规模种植补贴和秸秆还田补贴一共多少钱？",
            "3.3万元", "2.4万元 + 9000元 = 3.3万元", id="one-area",
        ),
        pytest.param(
            "河口县大户种了200亩评上一等，其中80亩实行稻油轮作，规模种植补贴和轮作补贴合计多少？",
            "4.8万元", "80亩 × 150元 = 1.2万元", id="a-part-of-it",
        ),
        pytest.param(
            "河口县大户规模种植300亩评为三等，另外轮作100亩，规模种植补贴加轮作补贴总共多少？",
            "3.3万元", "300亩 × 60元 = 1.8万元", id="two-areas",
        ),
    ],
)  # fmt: skip
def test_supports_by_area(farms: Assistant, question: str, display: str, line: str) -> None:
    works_out(farms.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "河口县大户种了200亩，全部秸秆还田，规模种植补贴和秸秆还田补贴一共多少？", id="no-grade"
        ),
        pytest.param(
            "河口县大户种了200亩，评定不合格，全部秸秆还田，规模种植补贴和秸秆还田补贴一共多少？",
            id="the-grade-that-gets-nothing",
        ),
        pytest.param(
            "河口县大户种了200亩，评定二等，秸秆还田也做了，规模种植补贴和秸秆还田补贴一共多少钱？",
            id="an-area-that-is-not-told",
        ),
        pytest.param(
            "河口县大户建粮仓花了100万，轮作200亩，轮作补贴和仓储补贴一共多少？", id="not-both"
        ),
        pytest.param(
            "河口县大户规模种植300亩，另外轮作100亩，规模种植补贴加轮作补贴总共多少？",
            id="no-grade-of-two-areas",
        ),
        pytest.param(
            "河口县大户种了120亩评定二等，秸秆还田60亩秸秆离田60亩，规模种植补贴和秸秆还田补贴一共多少？",
            id="two-of-one-clause",
        ),
    ],
)
def test_no_sum_of_areas(farms: Assistant, question: str) -> None:
    works_out_nothing(farms.ask(Query(question, TODAY)))


@pytest.mark.parametrize("name", ["甲级人才", "乙级人才"])
def test_limits_of_several_classes_are_those_of_each(persons: Assistant, name: str) -> None:
    """最高分别为80万元、50万元: no class is asked back that the question has named."""
    (document,) = persons.index.entitlements
    rows = [r for r in persons.index.entitlements[document] if r.subject and r.subject.text == name]
    caps = [[cap.quantity.span.text for cap in row.caps] for row in rows if row.rate]
    assert caps == [["80万元" if name == "甲级人才" else "50万元"]]


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "安溪县硕士毕业生就业12个月，租房12个月，生活补贴和租房补贴加起来多少钱？",
            "最高3万元", "1000元/月 × 12个月 = 1.2万元", id="by-the-month",
        ),
        pytest.param(
            "安溪县毕业生吸纳12人就业，首次创业，一次性创业补贴加带动就业补贴合计多少？",
            "最高3.8万元", "3.6万元 超过上限3万元，按3万元", id="for-each-person",
        ),
        pytest.param(
            "安溪县毕业生首次创业，租场地实际租金5万元，吸纳4人就业，一次性创业补贴、场地补贴和带动就业补贴总共多少？",
            "最高4万元", "8000元 + 2万元 + 1.2万元 = 4万元", id="three",
        ),
        pytest.param(
            "安溪县博士毕业生就业12个月，首次购房，生活补贴和购房补贴一共多少？",
            "最高12万元", "23万元 超过合计上限12万元，按12万元", id="held-to-what-all-may-come-to",
        ),
        pytest.param(
            "安溪县硕士毕业生已经领了10个月租房补贴，现在首次购房，购房补贴还能拿多少？",
            "9万元", "10万元 − 1万元 = 9万元", id="months-had",
        ),
    ],
)  # fmt: skip
def test_supports_for_persons(graduates: Assistant, question: str, display: str, line: str) -> None:
    works_out(graduates.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "安溪县硕士毕业生在企业就业12个月，生活补贴和租房补贴一共能领多少？",
            id="months-of-one-of-them",
        ),
    ],
)
def test_no_sum_for_persons(graduates: Assistant, question: str) -> None:
    works_out_nothing(graduates.ask(Query(question, TODAY)))


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "平湖区B级人才购房总价600万元，安家补助和购房补贴一共多少？",
            "最高95万元", "60万元 超过上限50万元，按50万元", id="added",
        ),
        pytest.param(
            "平湖区C级人才已经领了12个月租房补贴，现在首次购房总价150万元，购房补贴还能领多少？",
            "最高13.2万元", "1500元/月 × 12个月 = 1.8万元", id="the-month-stands-in-the-lead",
        ),
        pytest.param(
            "平湖区B级人才安家补助每年能拿多少？",
            "15万元（按期拨付，全部为45万元）", "45万元 ÷ 3年 = 15万元", id="years-in-the-lead",
        ),
    ],
)  # fmt: skip
def test_lists_of_opinions(opinions: Assistant, question: str, display: str, line: str) -> None:
    """A paragraph behind the last line of a list splits that line in two."""
    works_out(opinions.ask(Query(question, TODAY)), display, line)


def test_a_heading_without_words_of_its_own_gives_nothing_by_its_name(assistant_over) -> None:
    found = assistant_over(
        "某市促进集成电路产业若干政策\n一、支持\n（一）流片补贴\n1.参加多项目晶圆流片的，按照流片费用的70%给予补贴，最高90万元。\n"
        "2.首次完成工程流片的，按照流片费用的40%给予补贴，最高400万元。\n（二）软件补贴\n"
        "1.购买设计软件的，按照费用的20%给予补贴，最高150万元。\n"
    )
    question = "流片补贴和软件补贴加起来一共多少？流片花了100万元，软件花了50万元"
    assert found.ask(Query(question, date(2026, 11, 29))).status == "answered"


@pytest.mark.parametrize(
    ("question", "works"),
    [
        ("买一台10万元的插秧机，国家和市级已经补了50%，区里还能再补多少？", False),
        ("买一台10万元的插秧机，区里补多少？", True),
    ],
)
def test_a_share_that_other_levels_have_borne_is_looked_at(
    assistant_over, question: str, works: bool
) -> None:
    found = assistant_over(
        "某区扶持家庭农场办法\n第一条 家庭农场购买插秧机的，区财政按机具价格的25%给予补贴。\n"
        "第二条 国家、市、区累加补贴不超过机具价格的70%。\n"
    )
    text = found.ask(Query(question, date(2026, 11, 29))).text
    assert ("2.5万元" in text) == works, text
