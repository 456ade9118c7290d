"""Sums of items whose line above, or paragraph beside, says for how long and how much at most; supports named and added."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant

TEXT = """临溪市人民政府关于印发《临溪市集聚青年人才若干政策》的通知
临溪政发〔2025〕9号
临溪市集聚青年人才若干政策
为集聚青年人才，制定如下政策。
一、发放租房补助。
对毕业3年内首次在临溪市单位就业、签订2年以上劳动合同并连续缴纳社会保险3个月以上的毕业生，按照以下标准按月发放租房补助，最长24个月：
（一）博士研究生，每人每月2000元；
（二）全日制硕士研究生，每人每月1200元；
（三）全日制本科毕业生，每人每月600元；
（四）技工院校高级工班毕业生，每人每月300元。
二、支持青年创业。
（一）毕业生毕业4年内初次开办企业，正常经营1年以上的，给予2万元一次性开业补贴；
（二）开业企业吸纳就业的，按照每吸纳1人3000元给予吸纳就业补贴，最高5万元；
（三）个人开业贷款额度最高20万元。
三、支持绿色车辆。
企业新购置并在本市登记的电动商用车，按照车型给予补助：
（一）小型客车（含面包车），每辆8000元；
（二）中型客车，每辆1.5万元；
（三）大型客车（不含公交车），每辆4万元。
单个企业每年补助最高60万元。
四、支持节能服务。
（一）节能设备补助。对实施节能改造的企业，按照设备投资额的10%给予补助，单个项目最高300万元。
（二）节能改造示范补助。对列入节能改造示范名单的项目，按照设备投资额的15%给予补助，最高400万元。
（三）节能诊断。服务机构每完成1家企业节能诊断并通过验收的，给予2万元服务费；诊断后企业实施节能改造且设备投资达到200万元的，每家再给予服务机构1万元奖励。
（四）节能改造贷款贴息。对企业为实施节能改造取得的银行贷款，按照不超过年利率1.5%给予贴息，单个企业每年最高100万元，贴息期限不超过3年。已享受本节（一）项补助的项目，不再给予贷款贴息。
五、支持通道建设。
（一）对新开通的货运包机航线，每往返航班补助8万元；单条航线每年最高800万元；年度执行不足20个往返航班的，不予补助。
（二）对组织铁海联运业务的企业，市内货源按照每标箱100元、市外货源按照每标箱300元给予补助；年度完成不足200标箱的，不予补助。单个企业每年最高90万元。
六、附则。
（一）本政策所称标箱，是指20英尺标准集装箱，1个40英尺集装箱折算为2个标箱。
（二）本政策自2025年3月1日起施行，有效期5年。
临溪市人民政府
2025年2月20日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我是全日制硕士，今年毕业就来临溪上班，劳动合同签了两年，租房补助领满一共多少？",
            "2.88万元", "24个月 × 1200元 = 2.88万元", id="as-long-as-the-line-above-says",
        ),
        pytest.param(
            "博士到临溪的单位就业，租房补助最长能领多少钱？",
            "4.8万元", "24个月 × 2000元 = 4.8万元", id="another-grade",
        ),
        pytest.param(
            "本科毕业两年，来临溪就业，租房补助拿满多少钱？",
            "1.44万元", "24个月 × 600元 = 1.44万元", id="a-time-that-is-met",
        ),
        pytest.param(
            "毕业两年，在临溪头一次办公司，已经正常经营一年多，招了6个人，开业补贴和吸纳就业补贴合计多少？",
            "最高3.8万元", "2万元 + 1.8万元 = 3.8万元", id="two-supports-of-items",
        ),
        pytest.param(
            "毕业两年，在临溪头一次办公司，已经正常经营两年，招了30个人，开业补贴和吸纳就业补贴加起来多少？",
            "最高7万元", "9万元 超过上限5万元，按5万元", id="two-supports-one-held",
        ),
        pytest.param(
            "公司在临溪新买了5辆电动面包车、2辆电动大型客车，都上了本地牌，补助一共多少？",
            "最高12万元", "4万元 + 8万元 = 12万元", id="named-in-brackets",
        ),
        pytest.param(
            "公司在临溪新买了20辆电动大型客车，补助多少？",
            "最高60万元", "80万元 超过每年上限60万元，按60万元", id="one-kind-and-the-limit-beside",
        ),
        pytest.param(
            "我们给临溪的企业做节能诊断，今年完成12家诊断都验收了，其中5家后来真改造了，设备投资都够200万元，能拿多少钱？",
            "29万元", "24万元 + 5万元 = 29万元", id="more-for-some-of-them",
        ),
        pytest.param(
            "我们给临溪的企业做节能诊断，完成12家企业诊断并通过验收，能拿多少服务费？",
            "24万元", "12家 × 2万元 = 24万元", id="nothing-more",
        ),
        pytest.param(
            "临溪企业为节能改造向银行贷了4000万元，两年内本金没还，两年下来最多贴息多少？",
            "最高120万元", "60万元/年 × 2年 = 120万元", id="interest-over-years",
        ),
        pytest.param(
            "临溪企业为节能改造向银行贷了1亿元，三年下来最多贴息多少？",
            "最高300万元", "150万元 超过每年上限100万元，按100万元", id="interest-held-each-year",
        ),
        pytest.param(
            "临溪的企业今年组织了500个40英尺的市外铁海联运集装箱，能补多少钱？",
            "最高30万元", "500个 × 2个标箱 = 1000标箱", id="counted-as-two",
        ),
        pytest.param(
            "临溪的企业今年铁海联运市内货源400标箱、市外货源3000标箱，能补多少钱？",
            "最高90万元", "94万元 超过每年上限90万元，按90万元", id="by-what-is-its-own",
        ),
    ],
)  # fmt: skip
def test_a_sum_is_worked_out(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("全日制硕士，毕业六年到临溪就业，租房补助领满一共多少？", id="too-late"),
        pytest.param(
            "全日制硕士到临溪就业，劳动合同签了一年，租房补助领满一共多少？", id="too-short"
        ),
        pytest.param("非全日制硕士到临溪就业，租房补助领满一共多少？", id="another-way"),
        pytest.param("我和女朋友都是全日制本科，到临溪就业，租房补助领满一共多少？", id="two"),
        pytest.param("博士后到临溪就业，租房补助领满一共多少？", id="another-grade"),
        pytest.param("高级工到临溪就业，租房补助领满一共多少？", id="a-class-is-no-grade"),
        pytest.param(
            "毕业六年，在临溪头一次办公司，正常经营一年多，招了6个人，开业补贴和吸纳就业补贴合计多少？",
            id="support-not-had",
        ),
        pytest.param(
            "毕业两年，在临溪头一次办公司，正常经营不到一年，招了6个人，开业补贴和吸纳就业补贴合计多少？",
            id="not-quite-a-year",
        ),
        pytest.param(
            "公司在临溪新买了5辆电动公交车、2辆中型客车，补助一共多少？", id="left-out-in-brackets"
        ),
        pytest.param(
            "公司在临溪新买了5辆大型面包车、2辆中型客车，补助一共多少？", id="of-two-kinds"
        ),
        pytest.param(
            "我们给临溪的企业做节能诊断，完成12家诊断都验收了，其中5家实施改造，设备投资只有100万元，能拿多少钱？",
            id="threshold-not-reached",
        ),
        pytest.param(
            "我们给临溪的企业做节能诊断，完成12家诊断都验收了，其中5家后来没有改造，能拿多少钱？",
            id="denied-of-some",
        ),
        pytest.param(
            "临溪企业为节能改造向银行贷了1亿元，18个月最多贴息多少？", id="limit-of-half-a-year"
        ),
        pytest.param(
            "临溪企业为节能改造向银行贷了4000万元，设备补助已经拿了设备补助，贴息还能拿多少？",
            id="had-what-rules-it-out",
        ),
        pytest.param(
            "临溪的企业今年组织了500个45英尺的市外铁海联运集装箱，能补多少钱？", id="another-size"
        ),
        pytest.param("临溪的企业今年铁海联运做了900标箱，能补多少钱？", id="neither-of-two"),
    ],
)
def test_no_sum_where_it_is_not_told(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


@pytest.mark.parametrize(
    ("question", "words"),
    [
        pytest.param(
            "临溪新开的货运包机航线，今年只飞了15个往返，能补多少钱？",
            "不足20个往返航班的，不予补助", id="fewer-than-needed",
        ),
        pytest.param(
            "临溪的企业今年组织了90个40英尺的市外铁海联运集装箱，能补多少钱？",
            "不足200标箱的，不予补助", id="as-they-are-counted",
        ),
        pytest.param(
            "临溪的企业今年铁海联运市内货源80标箱、市外货源100标箱，能补多少钱？",
            "不足200标箱的，不予补助", id="all-together",
        ),
    ],
)  # fmt: skip
def test_what_is_too_little_gets_the_words_on_it(
    works: Assistant, question: str, words: str
) -> None:
    answer = works.ask(Query(question, TODAY))
    works_out_nothing(answer)
    assert words in answer.text


def test_enough_is_not_denied(works: Assistant) -> None:
    answer = works.ask(Query("临溪新开的货运包机航线，今年飞了25个往返航班，能补多少钱？", TODAY))
    assert "8万元" in answer.text
