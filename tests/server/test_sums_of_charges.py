"""What must be paid and what of it is let off: taxes by parts, contributions over months, prices; what
a higher level pays of what a lower one paid."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """关于应对特大洪灾支持企业渡过难关有关政策的通知
财税灾〔2026〕8号
各省、自治区、直辖市人民政府：
一、小型微利企业年应纳税所得额不超过80万元的部分，减按20%计入应纳税所得额，按25%的税率缴纳企业所得税；对年应纳税所得额超过80万元但不超过200万元的部分，减按60%计入应纳税所得额，按25%的税率缴纳企业所得税。
二、企业用于抗洪救灾的公益性捐赠支出，在年度利润总额10%以内的部分，可在计算应纳税所得额时扣除，超过部分可结转以后三年扣除。
三、企业用于防洪技术的研发费用，按实际发生额的80%在税前加计扣除。
四、自2026年7月起，各省、自治区、直辖市（除甘肃省外）可免征小微企业工伤保险、失业保险单位缴费部分，免征期限不超过4个月；对大型企业等其他参保单位（不含机关事业单位）单位缴费部分可减半征收，减征期限不超过6个月。
五、自2026年7月起，甘肃省可免征各类参保单位（不含机关事业单位）工伤保险、失业保险单位缴费部分，免征期限不超过6个月。
六、对受灾企业生产用水实行临时降价，降价幅度为非居民用水价格（不含水资源税）的15%。
七、农业担保机构办理受灾农户担保项目，减按40%收取再担保费。
八、对不裁员的企业，返还上年度实际缴纳工会经费的30%；受灾严重地区的企业返还比例可提高至45%。
九、对参加堤防抢险的人员给予临时性工作补助。对于直接参加堵口、抢护的一线人员，中央财政按照每人每天260元予以补助；对于参加抢险的其他人员和后勤工作者，中央财政按照每人每天150元予以补助。
十、灾民安置费用由地方财政先行支付，中央财政对地方财政按实际支出费用的70%予以补助。
十一、各县财政按上年蓄洪区补助额度的60%提前拨付2026年蓄洪区补助资金。
十二、融资租赁公司为受灾企业提供设备租赁的，市县财政按照当年实际租赁金额的2‰给予租赁补贴，省财政按照市县实际补贴金额的40%给予市县财政奖励。
十三、集成电路企业减按12%的税率缴纳企业所得税。
十四、政府性担保机构对受灾地区粮油加工企业，担保费率降至0.8%以下；对受灾地区学校，可免收担保费。
十五、县级财政按照受灾企业新增贷款额的1%给予纾困补助，市财政按县级实际补助金额的30%给予县级财政补助，最高不超过50万元。
十六、对受灾种植户的春耕贷款，按实际贷款利率的40%给予贴息；个人重建住房贷款可享受一年全额贴息，商铺重建可获得60%贴息。
财政部 税务总局
2026年7月1日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "小型微利企业应纳税所得额150万元，要交多少企业所得税？",
            "14.5万元", "70万元 × 60% × 25% = 10.5万元", id="tax-by-parts",
        ),
        pytest.param(
            "我们是小型微利企业，今年应纳税所得额60万，企业所得税交多少？",
            "3万元", "60万元 × 20% × 25% = 3万元", id="tax-of-the-first-part",
        ),
        pytest.param(
            "利润总额600万，抗洪救灾公益性捐赠85万，多少要结转到以后年度扣？",
            "结转25万元以后扣除（当年扣除60万元）", "85万元 − 60万元 = 25万元", id="carried-over",
        ),
        pytest.param(
            "防洪技术研发花了50万元，除了这50万税前还能额外多扣多少？",
            "40万元", "50万元 × 80% = 40万元", id="deducted-on-top",
        ),
        pytest.param(
            "防洪技术研发费用50万元，未形成无形资产，能加计扣除多少？",
            "40万元", "50万元 × 80% = 40万元", id="deducted-on-top-not-capitalised",
        ),
        pytest.param(
            "防洪技术研发费用50万元，税前一共能扣多少？",
            "90万元", "50万元 + 40万元 = 90万元", id="deducted-with-it",
        ),
        pytest.param(
            "小微企业，工伤失业保险单位部分每月交2.5万元，最多能免多少？",
            "最高10万元", "4个月 × 2.5万元/月 = 10万元", id="months-at-most",
        ),
        pytest.param(
            "我们是大型企业，失业和工伤保险单位缴费一个月30万，减征按最长期限算能少缴多少？",
            "最高90万元", "180万元 × 50% = 90万元", id="months-by-half",
        ),
        pytest.param(
            "甘肃的大型企业，工伤失业保险单位缴费每月30万，顶格能省多少？",
            "最高180万元", "6个月 × 30万元/月 = 180万元", id="months-of-a-place",
        ),
        pytest.param(
            "小微企业工伤失业保险单位缴费每月2万，免3个月能省多少？",
            "6万元", "3个月 × 2万元/月 = 6万元", id="months-said",
        ),
        pytest.param(
            "受灾企业水价4元一吨（不含水资源税），一个月用3000吨，降价后每月能省多少水费？",
            "1800元", "3000吨 × 4元/吨 = 1.2万元", id="price",
        ),
        pytest.param(
            "受灾农户担保项目原来再担保费5万元，现在只要交多少？",
            "2万元", "5万元 × 40% = 2万元", id="share-charged",
        ),
        pytest.param(
            "受灾农户担保项目原来再担保费5万元，现在能少交多少？",
            "3万元", "5万元 − 2万元 = 3万元", id="share-not-charged",
        ),
        pytest.param(
            "受灾农户担保项目原来再担保费5万元，现在交多少？",
            "2万元", "5万元 × 40% = 2万元", id="share-charged-now",
        ),
        pytest.param(
            "公司在受灾严重的县，没裁员，去年缴了工会经费20万元，能返还多少？",
            "9万元", "20万元 × 45% = 9万元", id="raised-share",
        ),
        pytest.param(
            "公司没裁员，去年缴了工会经费20万元，能返还多少？",
            "6万元", "20万元 × 30% = 6万元", id="share-not-raised",
        ),
        pytest.param(
            "不在受灾严重地区，没裁员，去年缴了工会经费20万元，能返还多少？",
            "6万元", "20万元 × 30% = 6万元", id="share-said-not-to-be-raised",
        ),
        pytest.param(
            "街道派了8名人员，没有直接参加堵口，干了10天后勤，中央财政补助多少？",
            "1.2万元", "8人 × 10天 × 150元 = 1.2万元", id="the-others-by-what-they-do-not",
        ),
        pytest.param(
            "8名一线人员直接参加抢护10天，中央财政补助一共多少？",
            "2.08万元", "8人 × 10天 × 260元 = 2.08万元", id="those-who-do",
        ),
        pytest.param(
            "县里垫付了灾民安置费用90万元，中央财政能给我们补多少？",
            "63万元", "90万元 × 70% = 63万元", id="of-what-was-spent",
        ),
        pytest.param(
            "去年拿到的蓄洪区补助是150万元，今年县财政该提前拨多少？",
            "90万元", "150万元 × 60% = 90万元", id="ahead",
        ),
        pytest.param(
            "租赁公司当年为受灾企业实际租赁金额5000万元，市财政按规定给了租赁补贴，省财政奖给市里多少？",
            "4万元", "10万元 × 40% = 4万元", id="of-what-is-paid",
        ),
        pytest.param(
            "市财政已发了租赁补贴10万元，省财政会奖励给市里多少？",
            "4万元", "10万元 × 40% = 4万元", id="of-what-was-paid",
        ),
        pytest.param(
            "租赁公司当年为受灾企业实际租赁金额5000万元，市财政能补贴多少？",
            "10万元", "5000万元 × 2‰ = 10万元", id="what-the-lower-one-pays",
        ),
        pytest.param(
            "集成电路企业应纳税所得额500万元，要交多少企业所得税？",
            "60万元", "500万元 × 12% = 60万元", id="tax-at-a-lower-rate",
        ),
        pytest.param(
            "商铺重建贷款50万元，利率4%，享受60%贴息，一年贴息多少？",
            "1.2万元", "2万元 × 60% = 1.2万元", id="share-of-interest",
        ),
        pytest.param(
            "个人重建住房贷款20万元，年利率3.5%，一年贴息多少？",
            "7000元", "20万元 × 3.5% = 7000元", id="all-of-the-interest",
        ),
        pytest.param(
            "县财政已发了受灾企业纾困补助300万元，市财政补助县里多少？",
            "最高50万元", "90万元 超过上限50万元，按50万元", id="within-its-limit",
        ),
        pytest.param(
            "政府性担保机构给受灾地区粮油加工企业担保贷款500万元，一年担保费最多多少？",
            "最高4万元", "500万元 × 0.8% = 4万元", id="fee-at-its-rate",
        ),
    ],
)  # fmt: skip
def test_works_out(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("小型微利企业应纳税所得额220万元，要交多少企业所得税？", id="above-all-parts"),
        pytest.param("一般企业应纳税所得额150万元，要交多少企业所得税？", id="tax-of-others"),
        pytest.param("小型微利企业应纳税所得额150万元，比原来省多少税？", id="tax-saved"),
        pytest.param("防洪技术研发费用50万元，加计扣除能省多少税？", id="tax-saved-by-deduction"),
        pytest.param("防洪技术研发形成无形资产50万元，额外能多扣多少？", id="written-off"),
        pytest.param("企业工伤失业保险单位缴费每月3万，最多能少缴多少？", id="size-untold"),
        pytest.param("我们是事业单位，工伤保险单位缴费每月3万，最多能减多少？", id="left-out"),
        pytest.param("大型企业工伤保险单位缴费每月30万，减8个月能少缴多少？", id="too-many-months"),
        pytest.param("小微企业工伤失业保险单位缴费每月2万，能免多少？", id="months-untold"),
        pytest.param("受灾企业水价4元一吨，一个月用3000吨，每月能省多少水费？", id="price-of-what"),
        pytest.param(
            "受灾企业水价4元一吨（不含水资源税），一个月用3000吨，一年能省多少？",
            id="price-over-a-year",
        ),
        pytest.param("8名人员抢险干了10天，中央财政补助一共多少？", id="who-is-not-told"),
        pytest.param(
            "商贸企业应纳税所得额500万元，要交多少企业所得税？", id="tax-at-no-lower-rate"
        ),
        pytest.param(
            "集成电路企业，小型微利企业，应纳税所得额150万元，省了多少企业所得税？",
            id="tax-saved-of-two",
        ),
        pytest.param(
            "政府性担保机构给受灾地区学校担保贷款500万元，一年担保费多少？", id="fee-let-off"
        ),
        pytest.param(
            "政府性担保机构给受灾地区粮油加工企业担保贷款500万元，一年少交多少担保费？",
            id="fee-saved",
        ),
        pytest.param(
            "融资租赁公司当年实际租赁金额5000万元，省财政补贴租赁公司多少？",
            id="what-the-higher-one-does-not-pay",
        ),
        pytest.param("8名一线人员直接参加抢护10天，每人多少？", id="what-one-gets"),
        pytest.param("小微企业每月交社保2万元，最多能免多少？", id="part-untold"),
        pytest.param("个人重建住房贷款20万元，利率3.5%，两年贴息多少？", id="longer-than-a-year"),
        pytest.param("今年蓄洪区补助150万元，提前拨多少？", id="not-of-last-year"),
    ],
)
def test_works_out_nothing(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))
