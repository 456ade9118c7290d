"""Sums of forms of one clause: an amount with one for each person brought, a share of an award above."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """苇塘市人力资源和社会保障局关于进一步做好就业创业补贴工作的通知
苇人社发〔2025〕7号
一、创业补贴。返乡农民工首次创办小微企业，正常经营满6个月的，给予10000元一次性创业补贴；每带动一人就业并缴纳社会保险满6个月，加发2000元，加发部分以20000元为限。
二、网点补贴。新开办家政服务网点的，给予8000元一次性开办补贴，每吸纳1名家政服务人员再给予500元，最高不超过12000元。
三、驿站补贴。新建零工驿站的，给予30000元建设补贴，每新增1名专职人员增加3000元，单个驿站补贴总额不超过45000元。
四、值守补助。对直接护理隔离人员的护士给予每人每天300元补助，对参加值守的其他医务人员给予每人每天200元补助。
五、推荐补助。人力资源服务机构为重点企业推荐成功上岗人数达到一定规模的，可申请一次性推荐补助，人数为50人（含）以上的，补助2万元；100人（含）以上的，补助5万元。为多家企业推荐的，推荐成功上岗人数可累加计算。
六、降低房租成本。对承租国有企业经营性房产的服务业市场主体，可以减半征收1-3个月房租。
七、本通知自2025年2月1日起施行，有效期5年。
苇塘市人力资源和社会保障局
2025年1月10日
"""
CITY = """苇塘市人民政府关于印发《苇塘市支持医疗器械产业发展若干措施》的通知
苇政发〔2025〕5号
苇塘市支持医疗器械产业发展若干措施
第一条 首次取得第三类医疗器械注册证的，每件给予60万元奖励，单个企业每年不超过300万元。
第二条 企业参加境外医疗器械展会的，按展位费的50%给予补助，单个企业每年不超过20万元。
第三条 本措施自2025年2月1日起施行，有效期5年。
苇塘市人民政府
2025年1月10日
"""
ZONE = """苇塘河湾高新区管理委员会关于印发《河湾高新区支持医疗器械企业发展办法》的通知
河管发〔2025〕3号
河湾高新区支持医疗器械企业发展办法
第一条 租用标准厂房的第三类医疗器械生产企业，按租金的60%给予补助，每家企业每年不超过80万元。
第二条 企业获得市级医疗器械注册奖励的，高新区按市级实际拨付金额的50%予以配套，每家企业每年以100万元为限。
第三条 本办法自2025年4月1日起施行，有效期5年。
苇塘河湾高新区管理委员会
2025年3月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.fixture(scope="module")
def levels(assistant_over) -> Assistant:
    return assistant_over(city=CITY, zone=ZONE)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "返乡农民工首次开了个小厂，干满半年了，带动4个人就业，创业补贴能领多少？",
            "最高1.8万元", "1万元 + 8000元 = 1.8万元", id="base-and-each",
        ),
        pytest.param(
            "返乡农民工首次开了个小厂，干满半年了，带动12个人就业，创业补贴能领多少？",
            "最高3万元", "2.4万元 超过上限2万元，按2万元", id="limit-of-what-is-added",
        ),
        pytest.param(
            "新建零工驿站，新增8名专职人员，驿站补贴一共多少？",
            "最高4.5万元", "5.4万元 超过上限4.5万元，按4.5万元", id="limit-of-the-total",
        ),
        pytest.param(
            "2个护士直接护理隔离人员14天，1个其他医务人员参加值守10天，值守补助一共多少？",
            "1.04万元", "2人 × 14天 × 300元 = 8400元", id="several-persons-of-one-kind",
        ),
        pytest.param(
            "疗养院派3个护士直接护理隔离人员、另有2个人参加其他值守，都干了6天，值守补助合计多少？",
            "7800元", "3人 × 6天 × 300元 = 5400元", id="groups-for-one-time",
        ),
        pytest.param(
            "疗养院直接护理隔离人员的护士3人，参加值守的其他医务人员2人，每人都干了6天，值守补助合计多少？",
            "7800元", "5400元 + 2400元 = 7800元", id="groups-told-before-their-numbers",
        ),
        pytest.param(
            "我配偶直接护理隔离人员14天，我是参加值守的其他医务人员干了10天，两口子值守补助加起来多少？",
            "6200元", "10天 × 200元 = 2000元", id="each-person-its-own-days",
        ),
        pytest.param(
            "我们给甲厂推荐了60个人、给乙超市推荐了55个人，都上岗了，推荐补助能拿多少？",
            "5万元", "60人 + 55人 = 115人", id="counted-together",
        ),
        pytest.param(
            "给甲厂推荐了20个人、给乙超市推荐了25个人，都上岗了，推荐补助能拿多少？",
            "0元", "45人 未达到50人，不能享受", id="not-enough-together",
        ),
        pytest.param(
            "开店租的国有企业房子，每月6000，按三个月算，房租能少交多少？",
            "9000元", "3个月 × 6000元/月 = 1.8万元", id="range-of-months-as-stated",
        ),
    ],
)  # fmt: skip
def test_base_and_each(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "新开办家政服务网点，吸纳了6名家政服务人员，开办补贴多少？", id="limit-of-what"
        ),
        pytest.param(
            "返乡农民工首次开了个小厂，才干满3个月，带动4个人就业，创业补贴能领多少？",
            id="not-yet",
        ),
        pytest.param(
            "开店租的国有企业房子，每月6000，按五个月算，房租能少交多少？", id="out-of-range"
        ),
        pytest.param("开店租的国有企业房子，每月6000，房租能少交多少？", id="months-not-stated"),
        pytest.param(
            "疗养院派3个护士直接护理隔离人员、另有2个保安，都干了6天，值守补助合计多少？",
            id="one-group-of-neither",
        ),
        pytest.param(
            "疗养院派3个护士直接护理隔离人员、另有2个人参加其他值守，一共干了6天，值守补助合计多少？",
            id="days-of-whom",
        ),
    ],
)
def test_nothing_where_it_is_not_told(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_a_share_of_what_the_city_gives(levels: Assistant) -> None:
    question = "我们在河湾，今年首次拿了2张三类医疗器械注册证，市里加园区总共能到手多少？"
    answer = levels.ask(Query(question, TODAY))
    works_out(answer, "最高180万元", "苇塘河湾高新区：120万元 × 50% = 60万元")


def test_a_share_of_another_award_is_none_of_this_one(levels: Assistant) -> None:
    question = "我们在河湾，参加境外医疗器械展会，展位费30万，市里加园区总共能到手多少？"
    works_out(levels.ask(Query(question, TODAY)), "最高15万元", "30万元 × 50% = 15万元")
