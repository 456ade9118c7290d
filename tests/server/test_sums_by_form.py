"""Sums of one clause that take more than a share or a count: growth, rent, interest, steps, tables."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_over

from retriever.query import Query

TEXT = """临江市产业和民生支持若干规定
第一条 支持外贸企业做大出口。上年度出口额3亿元以上，且当年较上年增长10%以上的，增量部分每满5000万元奖励20万元，单个企业每年最高200万元；不满5000万元的部分不计。
第二条 对新引进的研发企业租用园区载体的，自起租之日起第一年、第二年，分别按照实际支付租金的80%、50%给予补贴，补贴面积不超过500平方米，每年最高30万元。
第三条 零部件企业实施技术改造，设备投资500万元以上的，按设备投资额的8%给予最高500万元补助；设备投资5000万元以上的，按10%给予最高1000万元补助。
第四条 对“揭榜挂帅”项目，按项目研发投入的30%给予最高800万元支持，立项后拨付40%，中期评估合格后拨付30%，验收合格后拨付剩余30%。
第五条 企业为研发项目取得的银行贷款，按不超过同期贷款市场报价利率（LPR）的50%给予贴息，单个企业每年最高100万元，贴息期最长2年。流动资金循环贷款不予贴息。
第六条 新建公共充电桩，直流桩按每千瓦100元、交流桩按每千瓦40元给予建设补贴；单站功率不低于480千瓦的超充站，每千瓦再增加50元。单个运营企业每年最高300万元。
第七条 鼓励向境外许可专利权益，对于实际到位首付款1亿元以上的，按实际到位首付款的2%，给予许可企业最高500万元奖励。里程碑付款不计入。
第八条 对新增固定资产投资额3000万元以上，且单台（套）生产性设备50万元以上的，按当年度生产性设备实际付款金额的10%给予支持，单个企业最高不超过1000万元。
第九条 社会力量新建养老机构的，每张床位给予一次性建设补助12000元，改造的每张6000元；护理型床位每张另增加2000元。建设补助分两期发放，验收合格后拨付60%，运营满1年后拨付40%。
第十条 住院起付标准如下表：
医疗机构级别　职工医保　居民医保
二级　　　　　500元　　400元
三级　　　　　1000元　　800元
一个年度内第二次住院的，起付标准减半。
第十一条 政策范围内住院费用，超过起付标准部分的支付比例如下表：
医疗机构级别　职工在职　职工退休　居民
二级　　　　　88%　　91%　　75%
三级　　　　　84%　　87%　　60%
第十二条 居民大病保险对个人负担的政策范围内费用分段支付：1.5万元以上至5万元（含）支付60%，5万元以上至10万元（含）支付70%，10万元以上支付80%，年度支付限额30万元。
低保对象各段支付比例提高5个百分点，不设年度支付限额。
第十三条 在职职工普通门诊起付标准为500元，退休人员为400元。
第十四条 普通门诊政策范围内费用超过起付标准的部分，在职职工在一级定点医疗机构就医的，支付80%；在三级定点医疗机构就医的，支付55%。
第十五条 租用标准厂房的制造业企业，前两年按实缴租金的100%、第三年按50%给予补贴，面积不超过5000平方米。
第十六条 龙头企业收购农产品的贷款，按贷款市场报价利率的50%给予贴息，省级最高40万元、市级最高20万元。
第十七条 公共充电站充电量达到10万千瓦时的，按每千瓦时0.05元给予运营补助。专用充电站运营补助为每千瓦时0.03元。
第十八条 公租房租金标准为每月每平方米6.5元，押金为3个月租金。
第十九条 本规定自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们外贸企业去年出口4亿，今年做到5.3亿，做大出口能奖多少？",
            "最高40万元", "1.3亿元 ÷ 5000万元 ≈ 2个", id="each-full-part-of-growth",
        ),
        pytest.param(
            "外贸企业去年出口2亿，今年5亿，做大出口能奖多少？",
            "0元", "2亿 未达到3亿元，不能享受", id="threshold-of-last-year",
        ),
        pytest.param(
            "新引进的研发企业租了600平方米园区载体，每平方米每月50元，两年租金一共补多少？",
            "最高39万元", "600平方米 超过上限500平方米，按500平方米", id="rent-by-year",
        ),
        pytest.param(
            "零部件企业技术改造，设备投资6000万元，补助多少？",
            "最高600万元", "6000万元 × 10% = 600万元", id="upper-step",
        ),
        pytest.param(
            "揭榜挂帅项目研发投入1000万元，刚过中期评估，到现在一共能到手多少？",
            "最高210万元（按期拨付，全部为最高300万元）", "120万元 + 90万元 = 210万元", id="paid-so-far",
        ),
        pytest.param(
            "研发项目银行贷款4000万，另外还有500万流动资金循环贷款，LPR3%，贴息两年能拿多少？",
            "每年最高60万元，2年最高120万元", "500万 不计入：流动资金循环贷款不予贴息", id="share-of-interest",
        ),
        pytest.param(
            "新建公共充电桩，建一座超充站直流桩500千瓦，另装10个7千瓦交流桩，建设补贴多少？",
            "最高7.78万元", "10个 × 7千瓦 × 40元 = 2800元", id="measured-units",
        ),
        pytest.param(
            "许可专利权益给境外，首付款合同2亿，实际到位1.2亿，能奖多少？要是只到位8000万呢？",
            "最高240万元；要是只到位8000万，0元", "1.2亿元 × 2% = 240万元", id="another-case",
        ),
        pytest.param(
            "新增固定资产投资4000万，其中每台80万的生产设备实际付了2000万；还有每台二三十万的设备付了500万，补多少？",
            "最高200万元", "500万：每一个二三十万 未达到50万元，不计入", id="price-of-one",
        ),
        pytest.param(
            "社会力量新建养老机构50张床位，其中10张护理型床位，第一笔建设补助能拿多少？",
            "37.2万元（按期拨付，全部为62万元）", "10张 × 2000元 = 2万元", id="added-for-some",
        ),
        pytest.param(
            "职工医保退休，在二级医院住院，今年第一次，政策范围内费用10500元，报多少？",
            "9100元", "1万元 × 91% = 9100元", id="share-of-a-table",
        ),
        pytest.param(
            "居民医保在三级医院第二次住院，政策范围内费用20400元，报多少？",
            "1.2万元", "800元 × 50% = 400元", id="halved-deductible",
        ),
        pytest.param(
            "居民大病保险，个人负担的政策范围内费用7万，能支付多少？",
            "3.5万元", "2.1万元 + 1.4万元 = 3.5万元", id="steps",
        ),
        pytest.param(
            "在职职工在三级医院看普通门诊，政策范围内费用2500元，报多少？",
            "1100元", "2000元 × 55% = 1100元", id="said-once-for-all-levels",
        ),
        pytest.param(
            "制造业企业租了6000平方米标准厂房，每平方米每月15元，三年租金一共补多少？",
            "最高225万元", "180万元 + 45万元 = 225万元", id="first-years-then-the-last",
        ),
        pytest.param(
            "制造业企业租了3000平方米标准厂房，每平方米每月15元，第三年租金补多少？",
            "最高27万元", "15元 × 50% = 7.5元", id="last-year-alone",
        ),
    ],
)  # fmt: skip
def test_worked_out(works, question, display, line) -> None:
    answer = works.ask(Query(question, TODAY))
    assert answer.calculation is not None, answer.text
    assert answer.calculation.display == display
    assert line in [step.text for step in answer.calculation.steps]


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("外贸企业今年出口5亿，做大出口能奖多少？", id="no-growth-said"),
        pytest.param("许可专利权益给境外，里程碑付款到了2亿，能奖多少？", id="does-not-count"),
        pytest.param(
            "居民大病保险，低保对象个人负担的费用7万，能支付多少？", id="treated-otherwise"
        ),
        pytest.param("居民医保转诊到市外三级医院住院，政策范围内费用2万，报多少？", id="elsewhere"),
        pytest.param("揭榜挂帅项目的支持和技术改造的补助各是多少？", id="comparison"),
        pytest.param(
            "省级龙头企业收购农产品贷款3000万，LPR3%，贴息多少？", id="which-limit-is-not-read"
        ),
        pytest.param("公共充电站充了8万千瓦时电，运营补助多少？", id="below-its-threshold"),
        pytest.param(
            "分了45平方米公租房，押的钱加第一个月租金一共交多少？", id="one-more-is-added"
        ),
        pytest.param(
            "在职职工在三级医院看普通门诊，前面已经报过，这次又花了2500元，报多少？",
            id="deductible-used-before",
        ),
    ],
)
def test_no_sum(works, question) -> None:
    answer = works.ask(Query(question, TODAY))
    assert answer.calculation is None or answer.calculation.result is None


def test_what_does_not_count_is_said(works) -> None:
    answer = works.ask(Query("许可专利权益给境外，里程碑付款到了2亿，能奖多少？", TODAY))
    assert "里程碑付款不计入" in answer.text


def test_what_tells_the_figures_apart_is_asked(works) -> None:
    answer = works.ask(Query("居民医保住院，政策范围内费用2万，能报多少？", TODAY))
    assert answer.calculation is not None
    assert answer.calculation.missing == ("您说的是几级医院？",)
