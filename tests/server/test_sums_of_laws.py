"""Sums that laws ask for: charges by the day, fines in a range, months of pay, deductions, leave."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.facts import stated_facts

TEXT = """青溪市劳动用工和市场秩序条例
（2024年3月1日青溪市第九届人民代表大会常务委员会第五次会议通过）
第一条 为了规范劳动用工和市场秩序，制定本条例。
第二条 职工生育享受100天产假；难产的，增加产假20天；生育多胞胎的，每多生育1个婴儿，增加产假10天。
第三条 用人单位逾期缴纳技能保障费的，自欠缴之日起，按日加收万分之四的滞纳金。
第四条 未在规定期限内缴纳绿化补偿费的，自欠缴之日起每月加收欠缴绿化补偿费的千分之三的滞纳金。
第五条 到期不缴纳罚款的，每日按罚款数额的百分之二加处罚款，加处罚款的数额不得超出罚款的数额。
第六条 职工因工致残的，由技能保障基金支付一次性安抚补助金，标准为：五级伤残为16个月的本人工资，六级伤残为14个月的本人工资，七级伤残为12个月的本人工资。
第七条 职工因工死亡的，其近亲属领取殡葬补助金，殡葬补助金为5个月的本市上年度职工月平均工资。
第八条 用人单位在法定休假日安排职工值守的，支付不低于日工资百分之三百的值守报酬。
第九条 解除用工合同的经济补偿按职工在本单位工作的年限，每满一年支付一个月工资的标准支付。六个月以上不满一年的，按一年计算；不满六个月的，支付半个月工资的经济补偿。职工月工资高于本市上年度职工月平均工资三倍的，补偿的标准按职工月平均工资三倍的数额支付，支付的年限最高不超过十二年。
第十条 职工和单位技能储蓄金的缴存比例均不得低于职工上一年度月平均工资的4%。
第十一条 企业发生的技术捐赠支出，不超过年度利润总额10%的部分，准予在计算应缴技能保障费时扣除；超过部分，准予在以后年度结转扣除。
第十二条 未取得茶叶经营许可从事茶叶批发的，没收违法所得和茶叶；茶叶货值金额不足二万元的，并处三万元以上八万元以下罚款；货值金额二万元以上的，并处货值金额五倍以上十倍以下罚款；情节严重的，并处货值金额十倍以上二十倍以下罚款，对直接负责的主管人员处其上一年收入百分之十以上百分之三十以下的罚款。
第十三条 在茶叶中掺入染色物质的，并处违法销售的茶叶货值金额八倍以上十五倍以下的罚款；货值金额不足五万元的，按五万元计算。
第十四条 经营者以次等茶叶冒充特级茶叶销售的，消费者可以要求支付价款四倍的赔偿金；赔偿的金额不足六百元的，为六百元。
第十五条 仓储经营者未按照规定登记来源的，责令改正；逾期不改正的，处仓储费用百分之二十以上一倍以下的罚款。
第十六条 仓库负责人未履行防火职责的，按照下列规定处以罚款：
（一）发生小型火情的，处上一年年收入百分之二十的罚款；
（二）发生较大火灾的，处上一年年收入百分之四十五的罚款。
第十七条 本条例自2024年6月1日起施行。
"""


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "单位欠了6万元技能保障费，晚交了50天，滞纳金要交多少？",
            "1200元", "6万元 × 0.04% × 50天 = 1200元", id="by-the-day",
        ),
        pytest.param(
            "绿化补偿费欠缴10万元，拖了4个月，滞纳金一共多少？",
            "1200元", "10万元 × 3‰ × 4个月 = 1200元", id="by-the-month",
        ),
        pytest.param(
            "欠了5万元技能保障费，从欠缴那天起一共拖了30天，加收多少滞纳金？",
            "600元", "5万元 × 0.04% × 30天 = 600元", id="days-in-all",
        ),
        pytest.param(
            "仓库负责人没履行防火职责，发生较大火灾，他去年年收入20万元，罚多少？",
            "9万元", "20万元 × 45% = 9万元", id="of-the-income",
        ),
        pytest.param(
            "罚款3000元，逾期80天没缴，加处的罚款多少？",
            "3000元", "4800元 超过上限（罚款的数额）3000元，按3000元", id="held-to-the-fine",
        ),
        pytest.param(
            "欠技能保障费6万元，拖了50天，连本带滞纳金要交多少？",
            "6.12万元", "6万元 + 1200元 = 6.12万元", id="with-what-is-owed",
        ),
        pytest.param(
            "没有茶叶经营许可就做茶叶批发，货值3万元，罚款最少多少、最多多少？",
            "15万元以上30万元以下", "3万元 × 5倍 = 15万元", id="between-two-multiples",
        ),
        pytest.param(
            "没有茶叶经营许可就做茶叶批发，货值1万元，罚多少？",
            "3万元以上8万元以下", "1万元 不足2万元", id="below-the-threshold",
        ),
        pytest.param(
            "没有茶叶经营许可就做茶叶批发，货值3万元，情节严重，罚多少？",
            "30万元以上60万元以下", "3万元 × 20倍 = 60万元", id="a-grave-case",
        ),
        pytest.param(
            "茶叶里掺染色物质，货值2万元，罚款多少？",
            "40万元以上75万元以下", "2万元 低于最低5万元，按5万元", id="taken-for-the-least",
        ),
        pytest.param(
            "商家用次等茶叶冒充特级茶叶，我花了100元，赔偿金多少？",
            "600元", "400元 低于最低600元，按600元", id="damages-at-least",
        ),
        pytest.param(
            "没登记来源，责令后逾期不改正，仓储费用5万元，罚款多少？",
            "1万元以上5万元以下", "5万元 × 20% = 1万元", id="share-to-multiple",
        ),
        pytest.param(
            "我六级伤残，月工资5000元，一次性安抚补助金拿多少？",
            "70000元", "14个月 × 5000元 = 7万元", id="months-by-grade",
        ),
        pytest.param(
            "职工因工死亡，本市上年度职工月平均工资8000元，殡葬补助金多少？",
            "40000元", "5个月 × 8000元 = 4万元", id="months-of-the-average",
        ),
        pytest.param(
            "日工资200元，法定休假日值守了3天，值守报酬多少？",
            "不低于1800元", "200元 × 300% × 3天 = 1800元", id="share-of-a-days-pay",
        ),
        pytest.param(
            "月工资9000元，在单位干了6年，解除用工合同经济补偿多少？",
            "54000元", "6个月 × 9000元 = 5.4万元", id="a-month-for-each-year",
        ),
        pytest.param(
            "月工资9000元，在单位干了3年4个月，经济补偿多少？",
            "31500元", "0.5个月 × 9000元 = 4500元", id="half-a-month",
        ),
        pytest.param(
            "月工资9000元，在单位干了3年7个月，经济补偿多少？",
            "36000元", "3年 + 1年 = 4年", id="a-year-begun",
        ),
        pytest.param(
            "月薪4万元，在单位干了20年，本市职工月平均工资1万元，经济补偿多少？",
            "36万元", "20年 超过上限12年，按12年", id="pay-above-the-limit",
        ),
        pytest.param(
            "月平均工资8000元，个人和单位都按最低比例交技能储蓄金，每月合计多少？",
            "640元", "320元 + 320元 = 640元", id="both-parties",
        ),
        pytest.param(
            "年度利润总额400万元，技术捐赠60万元，今年能扣多少、结转多少？",
            "扣除40万元，结转20万元以后扣除", "60万元 − 40万元 = 20万元", id="carried-over",
        ),
        pytest.param(
            "年度利润总额400万元，技术捐赠30万元，能扣除多少？",
            "30万元", "30万元 未超过限额40万元", id="within-the-limit",
        ),
        pytest.param(
            "生了双胞胎还难产，产假一共多少天？",
            "130天", "100天 + 20天 + 10天 = 130天", id="days-of-leave",
        ),
        pytest.param(
            "生三胞胎，产假一共多少天？",
            "120天", "100天 + 10天 + 10天 = 120天", id="for-each-more",
        ),
    ],
)  # fmt: skip
def test_sums_that_laws_ask_for(
    works: Assistant, question: str, display: str, line: str, today: date
) -> None:
    works_out(works.ask(Query(question, today)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("欠技能保障费6万元，拖了50天，已经交了2万元，滞纳金多少？", id="partly-paid"),
        pytest.param("欠技能保障费6万元，拖了2个月，滞纳金多少？", id="months-for-days"),
        pytest.param("欠技能保障费6万元，拖了50天，滞纳金和罚款一共多少？", id="a-fine-too"),
        pytest.param("欠技能保障费6万元，约定按3%算，拖了50天，滞纳金多少？", id="another-rate"),
        pytest.param("欠技能保障费6万元，拖了4000天，滞纳金多少？", id="more-than-owed"),
        pytest.param("没有茶叶经营许可就做批发，赚了3万元，罚多少？", id="another-amount"),
        pytest.param("没登记来源，仓储费用5万元，罚款多少？", id="condition-not-told"),
        pytest.param("茶叶里掺染色物质，货值20万元，第二次被查，罚多少？", id="again"),
        pytest.param("十级伤残，月工资5000元，一次性安抚补助金多少？", id="no-such-grade"),
        pytest.param("月工资5000元，一次性安抚补助金多少？", id="grade-not-said"),
        pytest.param("六级伤残，年薪6万元，一次性安抚补助金多少？", id="pay-of-a-year"),
        pytest.param("六级伤残，月工资5000元，一次性就业补助金多少？", id="another-benefit"),
        pytest.param("职工因工死亡，他月工资8000元，殡葬补助金多少？", id="own-for-average"),
        pytest.param("月工资6000元，法定休假日值守了3天，值守报酬多少？", id="pay-of-a-month"),
        pytest.param("月工资9000元，违法解除，干了6年，赔偿金多少？", id="no-rule-for-double"),
        pytest.param("月工资8000元，个人和单位都按3%交技能储蓄金，合计多少？", id="below-the-least"),
        pytest.param("技术捐赠60万元，能扣多少？", id="profit-not-said"),
        pytest.param("利润总额400万元，技术捐赠60万元，以前年度结转10万元，能扣多少？", id="of-before"),
        pytest.param("没有难产，顺产一个，产假多少天？", id="case-denied"),
        pytest.param("剖腹产生了双胞胎，产假一共多少天？", id="case-unsure"),
        pytest.param("难产，产假已经休了30天，还剩多少天？", id="some-taken"),
    ],
)  # fmt: skip
def test_no_sum_where_the_case_is_another(works: Assistant, question: str, today: date) -> None:
    works_out_nothing(works.ask(Query(question, today)))


def test_income_is_no_claim() -> None:
    assert [f.written for f in stated_facts("违法所得5万元，约定报酬20万元")] == ["5万元", "20万元"]
