"""Relief of costs: shares by growth told by two numbers, rents and fees that are cut, and what is left of them."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.left_to_pay import asks_what_is_left

TEXT = """澜川市人民政府关于印发《澜川市帮助中小企业纾困若干措施》的通知
澜川政发〔2025〕6号
澜川市帮助中小企业纾困若干措施
第一条 稳定用工。对符合主导产业方向的中小微企业，截至6月底职工平均人数与上年平均人数相比持平或增长10%（不含）以内的，一次性给予3个月应缴纳社会保险费20%的补贴；增长10%（含）以上的，一次性给予3个月应缴纳社会保险费40%的补贴。
第二条 降低担保成本。市属融资担保机构对小微企业降低担保费率0.6个百分点。
第三条 减免国有房产租金。承租市属国有企业房产从事生产经营的小微企业，免收3月份房租；承租写字楼的，给予3月份租金40%的减免。
第四条 减免公房租金。对承租行政事业单位房屋的个体工商户，2个月房租免收、3个月租金减半。
第五条 减免市场摊位租金。对农贸市场内的经营户，可以减半征收2—4个月摊位租金。
第六条 降低检验费用。医疗器械产品检验收费标准降低25%；环境监测服务收费标准下调10%。
第七条 返还失业保险费。对面临暂时性生产经营困难且恢复有望、坚持不裁员的参保企业，返还标准按上年度6个月的当地月人均失业保险金和企业上年度月均参保职工人数确定。
第八条 对不裁员的参保企业，可返还其上年度实际缴纳失业保险费的60%。
第九条 扩大产出。规模以上工业企业年度产值较上年增长15%（含）以上的，给予20万元奖励；增长30%（含）以上的，给予50万元奖励。
第十条 稳住订单。受灾企业当年营业收入较上年下降30%以上的，给予10万元补助；下降50%以上的，给予15万元补助。
第十一条 降低用电成本。对批发零售企业，基本电费下调5%。
第十二条 扩大用工。制鞋企业职工人数较上年增长20%以上的，按每人800元给予补贴。
第十三条 本措施自2025年2月1日起施行，有效期3年。
澜川市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "6月底平均人数比去年多了4%，三个月该缴社保50万元，一次性能补多少？",
            "10万元", "4%，适用10%以下一档", id="share-by-growth",
        ),
        pytest.param(
            "去年平均80人，到6月底平均88人，三个月应缴社保50万元，能补多少？",
            "20万元", "8人 ÷ 80人 = 10%", id="growth-of-two-numbers",
        ),
        pytest.param(
            "去年平均70个人，到6月底平均75个人，三个月应缴社保50万元，能补多少？",
            "10万元", "5人 ÷ 70人 ≈ 7.14%", id="growth-that-is-no-whole-share",
        ),
        pytest.param(
            "平均人数跟去年持平，三个月应缴社保50万元，能补多少？",
            "10万元", "持平，适用10%以下一档", id="no-growth-at-all",
        ),
        pytest.param(
            "去年平均80人，到6月底平均88人，一个月社保该交15万元，能补多少？",
            "18万元", "15万元/月 × 3个月 = 45万元", id="one-month-of-three",
        ),
        pytest.param(
            "去年产值8000万元，今年1亿元，增长奖励多少？",
            "20万元", "2000万元 ÷ 8000万元 = 25%", id="growth-of-two-amounts",
        ),
        pytest.param(
            "产值去年是1个亿，今年1.4亿，能奖多少？",
            "50万元", "增长40%，适用30%以上一档", id="the-higher-step",
        ),
        pytest.param(
            "受灾了，去年营业收入500万元，今年300万元，补助多少？",
            "10万元", "下降40%，适用30%以上一档", id="fall-of-two-amounts",
        ),
        pytest.param(
            "受灾，营业收入比去年下降了55%，补多少？",
            "15万元", "55%，适用50%以上一档", id="fall",
        ),
        pytest.param(
            "小微企业找市属担保公司担保了500万元贷款，担保费率按政策降，一年少交多少担保费？",
            "3万元", "500万元 × 0.6% = 3万元", id="points-of-a-rate",
        ),
        pytest.param(
            "租市属国企的写字楼办公，3月份租金6万元，按减免政策3月还要交多少？",
            "3.6万元", "6万元 − 2.4万元 = 3.6万元", id="left-of-the-rent",
        ),
        pytest.param(
            "租市属国企的写字楼办公，3月份租金6万元，能减免多少？",
            "2.4万元", "6万元 × 40% = 2.4万元", id="off-the-rent",
        ),
        pytest.param(
            "个体户租区政府的房子，月租2000元，前后五个月一共能省多少？",
            "7000元", "4000元 + 3000元 = 7000元", id="all-months-said",
        ),
        pytest.param(
            "个体户租行政单位的房子，月租2000元，这五个月还要交多少房租？",
            "3000元", "1万元 − 7000元 = 3000元", id="left-of-the-months",
        ),
        pytest.param(
            "在农贸市场摆摊，摊位月租1500元，按最长期限减半，能少交多少？",
            "3000元", "4个月 × 1500元/月 = 6000元", id="as-long-as-it-goes",
        ),
        pytest.param(
            "在农贸市场摆摊，摊位月租1500元，减半征收3个月，能少交多少？",
            "2250元", "3个月 × 1500元/月 = 4500元", id="halved-as-the-clause-does",
        ),
        pytest.param(
            "医疗器械检验原来要交8万元，降价以后交多少？",
            "6万元", "8万元 − 2万元 = 6万元", id="left-of-a-fee",
        ),
        pytest.param(
            "环境监测费一年12万元，下调以后要付多少？",
            "10.8万元", "12万元 × 10% = 1.2万元", id="the-other-fee",
        ),
        pytest.param(
            "批发企业，每月基本电费3万元，下调以后每月省多少？",
            "1500元", "3万元 × 5% = 1500元", id="off-a-bill",
        ),
        pytest.param(
            "当地上年度月人均失业保险金1500元，我们上年度月均参保40人，没裁员但经营困难，能返还多少？",
            "36万元", "40人 × 9000元/人 = 36万元", id="months-of-an-average",
        ),
        pytest.param(
            "我们不裁员，去年交了失业保险费10万元，能返多少？",
            "6万元", "10万元 × 60% = 6万元", id="premium-paid-back",
        ),
    ],
)  # fmt: skip
def test_relief_is_worked_out(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("去年平均80人，到6月底平均72人，三个月应缴社保50万元，能补多少？", id="fewer-persons"),
        pytest.param("去年平均80人，到6月底平均88人，一年社保180万元，能补多少？", id="a-year-of-three-months"),
        pytest.param("去年平均80人，到6月底平均88人，6个月社保90万元，能补多少？", id="six-months-of-three"),
        pytest.param("6月底平均人数比去年少了5%，三个月应缴社保50万元，能补多少？", id="a-fall-is-no-growth"),
        pytest.param("产值下降了20%，奖励多少？", id="a-fall-reaches-no-step"),
        pytest.param("产值去年1亿，今年1.1亿，能奖多少？", id="below-the-first-step"),
        pytest.param("受灾，营收比去年涨了40%，补助多少？", id="a-rise-is-no-fall"),
        pytest.param("小企业，市属担保公司担保500万，原来费率2%，降了以后一年交多少担保费？", id="the-rate-before"),
        pytest.param("市属担保公司收了我们5万元担保费，降费率以后能少多少？", id="a-fee-is-no-loan"),
        pytest.param("租市属国企的厂房生产，3月份房租6万元，3月要交多少？", id="all-is-let-off"),
        pytest.param("租市属国企的写字楼办公，5月份租金6万元，能减免多少？", id="another-month"),
        pytest.param("个体户租行政单位的房子，月租2000元，这一年还要交多少房租？", id="months-of-another-number"),
        pytest.param("个体户租行政单位的房子，月租2000元，还要交多少房租？", id="months-nobody-states"),
        pytest.param("在农贸市场摆摊，摊位月租1500元，减半征收6个月，能少交多少？", id="longer-than-it-goes"),
        pytest.param("医疗器械检验，降价后交了6万元，省了多少？", id="paid-after-the-cut"),
        pytest.param("医疗器械检验费已经交了8万元，能退多少？", id="nothing-is-paid-back"),
        pytest.param("月人均失业保险金1500元，没裁员，经营困难，能返还多少？", id="persons-not-stated"),
        pytest.param("制鞋企业去年100人，今年130人，用工补贴多少？", id="for-which-persons"),
    ],
)  # fmt: skip
def test_relief_that_cannot_be_told_gets_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_what_is_left_is_not_what_is_less() -> None:
    assert asks_what_is_left("降价以后交多少")
    assert asks_what_is_left("实际还要付多少租金")
    assert not asks_what_is_left("以后一年少交多少")
    assert not asks_what_is_left("每个月要补贴多少")


MORE = """临岫市人民政府关于稳定经济若干措施的通知
临岫政发〔2025〕11号
1．一般工商业用电价格下调8%，用水价格下调12%。
2．入驻创业园的企业，上半年房租减免30%。
3．对减免租金的民营市场，按减免租金额的20%给予补助，单个市场最高不超过50万元。
4．参保人数较上年末增长5%以上、10%以下的，每户奖励3万元；增长10%（含）以上的，每户奖励8万元。
5．工业企业营业收入同比增速达到20%以上的，按增量的1%给予奖励；达到10%以上不足20%的，按增量的0.5%给予奖励。
6．商贸企业零售额同比增长10%以上的，按当年零售额的0.2%给予奖励，增长20%以上的，按0.4%给予奖励。
7．对中小微企业，今年失业保险平均人数与去年持平或增长20%以下的，给予企业3个月实际缴纳社会保险费用30%的补贴；平均人数增长20%及以上的，给予企业实际缴纳社会保险费50%的补贴。
8．对受灾停产企业，按上年度3个月的全市月人均失业保险金标准和停产职工人数给予补助。
9．家政企业参加社会保险人数较上年同期每新增1人，按每人600元给予补助，单个企业最高不超过9万元。
"""


@pytest.fixture(scope="module")
def more(assistant_over) -> Assistant:
    return assistant_over(MORE)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "用水一年水费5万元，价格下调后交多少？",
            "4.4万元", "5万元 × 12% = 6000元", id="one-of-two-prices",
        ),
        pytest.param(
            "商业用电价格0.8元一度，下调后多少钱一度？",
            "0.736元", "0.8元 − 0.064元 = 0.736元", id="the-new-price",
        ),
        pytest.param(
            "创业园企业上半年房租12万元，减免后要交多少？",
            "8.4万元", "12万元 − 3.6万元 = 8.4万元", id="left-of-half-a-year",
        ),
        pytest.param(
            "民营市场减免租金100万元，自己还要承担多少？",
            "至少80万元", "100万元 − 20万元 = 80万元", id="left-to-who-bears-it",
        ),
        pytest.param(
            "上年末参保100人，现在110人，奖励多少？",
            "8万元", "增长10%，适用10%以上一档", id="at-the-edge-of-two",
        ),
        pytest.param(
            "营业收入去年1亿元，今年1.15亿元，奖励多少？",
            "7.5万元", "增量1500万元 达到1000万元", id="a-step-that-says-no-growth",
        ),
        pytest.param(
            "营业收入去年1亿元，今年1.05亿元，奖励多少？",
            "0元", "500万元 未达到1000万元，不能享受", id="below-the-lower-step",
        ),
        pytest.param(
            "零售额今年1.3亿元，增长25%，奖励多少？",
            "52万元", "1.3亿元 × 0.4% = 52万元", id="base-not-said-again",
        ),
        pytest.param(
            "中小微企业，今年失业保险平均人数比去年多了20%，实际交社保40万元，补贴多少？",
            "20万元", "20%，适用20%以上一档", id="name-taken-up-again",
        ),
        pytest.param(
            "家政企业，去年同期参保112人，现在参保150人，补助多少？",
            "最高2.28万元", "150人 − 112人 = 38人", id="each-that-is-more",
        ),
        pytest.param(
            "受灾停产，全市月人均失业保险金1200元，停产职工50人，补助多少？",
            "18万元", "50人 × 3600元/人 = 18万元", id="average-of-those-who-stopped",
        ),
    ],
)  # fmt: skip
def test_more_relief_is_worked_out(more: Assistant, question: str, display: str, line: str) -> None:
    works_out(more.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("创业园企业月租2万元，上半年房租还要交多少？", id="a-month-of-half-a-year"),
        pytest.param(
            "失业保险平均人数比去年多了20%，一个月社保交15万元，补贴多少？",
            id="months-said-of-one-share-only",
        ),
        pytest.param("今年水费4.4万元，价格下调前要交多少？", id="before-the-cut"),
        pytest.param("每月水费5000元，价格下调后一年省多少？", id="a-month-of-a-year"),
        pytest.param("商业用电一年电费20万元、水费5万元，下调后一共省多少？", id="two-fees"),
        pytest.param("商业用电价格0.8元，一年用10万度，下调后一年电费多少？", id="price-and-use"),
        pytest.param("零售额今年0.9亿元，下降10%，奖励多少？", id="a-fall-of-the-base"),
        pytest.param("零售额今年1.3亿元，增长9%，奖励多少？", id="no-step-reached"),
        pytest.param("上年末参保100人，现在95人，奖励多少？", id="fewer-insured"),
        pytest.param("家政企业，去年同期参保112人，现在参保100人，补助多少？", id="none-more"),
        pytest.param(
            "家政企业去年参保112人，今年新招了20人参保，补助多少？", id="more-said-itself"
        ),
    ],
)
def test_more_relief_gets_no_sum(more: Assistant, question: str) -> None:
    works_out_nothing(more.ask(Query(question, TODAY)))


SHARES = """石屏市人民政府关于促进工业提质的若干政策
石屏政发〔2025〕8号
第一条 研发投入占营业收入比重达到5%以上的企业，按研发投入的10%给予补助，最高不超过100万元。
第二条 出口额同比增长15%以上的外贸企业，按出口额的1%给予奖励。
第三条 设备投资占总投资比例超过40%的项目，按设备投资额的8%给予补助。
第四条 利润总额下降20%以上的困难企业，按上年度缴纳社会保险费的30%给予补贴；下降40%以上的，按50%给予补贴。
第五条 对年纳税额同比增长的企业，按增长部分地方留成的50%给予奖励。
第六条 新引进的企业，前三年房租减半，后两年房租减免30%。
"""


@pytest.fixture(scope="module")
def shares(assistant_over) -> Assistant:
    return assistant_over(SHARES)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "研发投入500万元，占营收4%，补助多少？",
            "0元", "研发投入占营业收入比重：4% 未达到5%，不能享受", id="share-of-another-amount",
        ),
        pytest.param(
            "出口额2000万元，同比增长10%，奖励多少？",
            "0元", "出口额同比：10% 未达到15%，不能享受", id="growth-not-reached",
        ),
        pytest.param(
            "利润下降了45%，去年社保费40万元，补多少？",
            "20万元", "45%，适用40%以上一档", id="fall-of-another-amount",
        ),
    ],
)  # fmt: skip
def test_shares_are_held_against_thresholds(
    shares: Assistant, question: str, display: str, line: str
) -> None:
    works_out(shares.ask(Query(question, TODAY)), display, line)


def test_growth_of_something_else_is_assumed(shares: Assistant) -> None:
    answer = shares.ask(Query("出口额2000万元，利润增长20%，奖励多少？", TODAY))
    assert answer.calculation is not None
    assert answer.calculation.assumptions == ("出口额同比不低于15%",)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("设备投资1000万元，总投资2000万元，补多少？", id="the-whole-is-no-base"),
        pytest.param("利润增长了45%，去年社保费40万元，补多少？", id="a-rise-of-profit"),
        pytest.param("年纳税额去年100万，今年150万，奖励多少？", id="what-the-place-keeps"),
        pytest.param("新引进企业年租金20万元，第一年还要交多少？", id="which-years"),
    ],
)
def test_shares_of_something_else_get_no_sum(shares: Assistant, question: str) -> None:
    works_out_nothing(shares.ask(Query(question, TODAY)))
