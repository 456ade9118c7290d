"""What a clause leaves open of just the case asked about, whatever it states of other cases."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.left_to_cases import gives_openly, of_a_base_unknown

DAY = date(2026, 11, 24)
SOURCE = """澜川市人民政府
关于印发《澜川市人才和民生补贴若干办法》的通知
澜府发〔2026〕3号
各有关单位：
现将《澜川市人才和民生补贴若干办法》印发给你们，请遵照执行。
澜川市人民政府
2026年3月1日
澜川市人才和民生补贴若干办法
第一条 为支持人才和改善民生，制定本办法。
第二条 人才按下列标准分类：
（一）甲类：两院院士、国家最高科学技术奖获得者等顶尖人才；
（二）乙类：省级人才工程入选者、正高级职称人员；
（三）丙类：博士研究生、高级技师。
第三条 新引进人才享受生活补贴，乙类每月4000元、丙类每月2500元，发放期均为四年。甲类人才实行一事一议。
第四条 低保家庭的适老化改造，按每户不超过5000元给予补助。其他家庭的补助标准由县区自行确定。
第五条 人才公寓每次签约租期最长3年。期满仍符合条件的，续租期限由市住建局另行规定。
第六条 文旅消费券面额分为满100元减20元、满300元减80元两种，每人每月限领1张。消费券发放总额视资金筹集情况确定。
第七条 重度残疾人护理补贴由每人每月90元提高到110元。困难残疾人生活补贴的提高标准由市民政局另行通知。
第八条 就业见习补贴以最低工资标准为基数，按60%计发。
第九条 申报单位在本市的注册年限，在年度申报通知中明确。
第十条 澜川高新区的配套政策是否相应调整，由高新区管委会自行决定。
第十一条 对完成新药临床试验的主要研究者医院，依法依规给予奖励。企业的新药临床试验按投入的15%给予补助，最高80万元。
第十二条 小微企业承租国有房产的，免收两个月租金，第三个月减半。对给小微企业减租的房东，给予一定资金补贴。
第十三条 每个村级快递站每年补助运营费7000元。边远山区的加补标准由市商务局另行确定。
第十四条 设立总规模20亿元的产业基金，首期规模8亿元，投向初创企业。
第十六条 投资1亿元以上的项目，按设备投资额的8%给予补助，最高900万元。对投资超过50亿元的特别重大项目，采取“一事一议”方式给予支持。
第十七条 列入省首批次目录的产品，每个给予30万元奖励。列入国家首批次目录的，按照国家和省有关规定执行。
第十八条 申报时间和申报材料以市发展改革委年度申报通知为准。
第十九条 取得中级、高级技能等级证书的，分别补贴1500元、2000元；技师、高级技师的补贴标准另行公布。
第二十条 高校毕业生首次创业的，给予一次性创业补贴7000元。退役军人创业的，参照执行。
第二十一条 各区县可以结合实际提高补贴标准，所需资金由区县承担。
第二十二条 咨询电话由各区县另行公布。
第十五条 首次取得第二类医疗器械注册证的，经评审给予每件20万元奖励。
"""


@pytest.fixture(scope="module")
def answer(assistant_over):
    assistant = assistant_over(SOURCE)
    return lambda question: assistant.ask(Query(question, DAY))


@pytest.mark.parametrize(
    ("question", "path", "said", "not_said"),
    [
        pytest.param(
            "院士来我们公司，每月生活补贴多少钱", "art3", "一事一议", "4000", id="by definition"
        ),
        pytest.param("甲类人才每月生活补贴多少", "art3", "一事一议", "4000", id="by its class"),
        pytest.param(
            "不是低保的家庭做适老化改造补多少", "art4", "县区自行确定", "5000", id="all others"
        ),
        pytest.param("人才公寓住满3年后还能续几年", "art5", "另行规定", "3年", id="what is done"),
        pytest.param("文旅消费券总共发多少钱", "art6", "总额视资金", "100元", id="the total"),
        pytest.param(
            "困难残疾人的生活补贴涨到多少了", "art7", "另行通知", "110", id="a change to come"
        ),
        pytest.param("见习补贴一个月多少块钱", "art8", "最低工资标准", None, id="an unknown base"),
        pytest.param("申报单位要注册满几年", "art9", "年度申报通知", None, id="a yearly notice"),
        pytest.param("投资60亿的特别重大项目能补多少", "art16", "一事一议", "8%", id="by its name"),
        pytest.param(
            "特别重大的项目按设备投资额最高能突破到多少支持",
            "art16",
            "一事一议",
            "900",
            id="what stands out, in the words of the others",
        ),
        pytest.param("国家首批次目录的产品奖多少", "art17", "有关规定", "30", id="another list"),
        pytest.param("什么时候开始申报", "art18", "申报通知", None, id="days in a notice"),
        pytest.param("申报要哪些材料", "art18", "申报通知", None, id="papers in a notice"),
        pytest.param("高级技师证考下来能拿几千", "art19", "另行公布", "1500", id="a higher grade"),
        pytest.param("各区县一般提高多少", "art21", "结合实际", None, id="by how much"),
        pytest.param("咨询打哪个电话", "art22", "另行公布", None, id="a number to come"),
        pytest.param("给小微减租的房东补多少", "art12", "一定资金", "两个月", id="support alone"),
        pytest.param("快递站除了七千还能多补多少", "art13", "加补标准", None, id="on top"),
        pytest.param(
            "产业基金对一个初创企业最多投多少钱", "art14", "规模", None, id="a fund's size"
        ),
        pytest.param("二类证奖励的评审是哪些专家来做", "art15", "经评审", None, id="who judges"),
        pytest.param(
            "澜川高新区的配套政策是不是也跟着调整", "art10", "自行决定", None, id="whether at all"
        ),
    ],
)
def test_left_open(answer, question: str, path: str, said: str, not_said: str | None) -> None:
    found = answer(question)
    assert found.status == "not_stated" and said in found.text
    assert {str(c.address.path) for c in found.citations} == {path}
    assert not_said is None or not_said not in found.text.partition("**依据**")[0]


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("正高职称的人来，每月生活补贴多少钱", "4000元", id="a class with an amount"),
        pytest.param("低保家庭做适老化改造补多少", "5000元", id="who is named"),
        pytest.param("人才公寓每次签约租几年", "3年", id="what has a term"),
        pytest.param("重度残疾人的护理补贴涨到多少了", "110元", id="a change that is stated"),
        pytest.param("就业见习补贴按最低工资的几成发", "60%", id="the share itself"),
        pytest.param("企业做新药临床试验，按投入补多少", "15%", id="who gets a share"),
        pytest.param("租国有房产的小微企业租金减免几个月", "两个月", id="what is let off"),
        pytest.param("产业基金总规模多大", "20亿元", id="the size itself"),
        pytest.param("退役军人创业给多少", "7000元", id="as those before it"),
        pytest.param("省首批次目录的产品奖多少", "30万元", id="the list with an amount"),
    ],
)
def test_stated(answer, question: str, said: str) -> None:
    found = answer(question)
    assert found.status == "answered" and said in found.text


def test_an_amount_of_the_base_that_is_stated() -> None:
    quote = "以最低工资标准为基数，按60%计发。"
    assert of_a_base_unknown("见习补贴多少钱", quote, quote)
    assert not of_a_base_unknown("见习补贴多少钱", quote, "最低工资标准为每月2100元。")
    assert not of_a_base_unknown("见习补贴是几成", quote, quote)
    assert not of_a_base_unknown("培训补贴多少钱", "按实际费用的60%给予补贴", "")


def test_what_is_given_without_an_amount() -> None:
    assert gives_openly("依法依规给予奖励。") and not gives_openly("按投入的15%给予补助。")


def test_a_hospital_in_the_bundled_documents(ask) -> None:
    found = ask("医院当组长单位把新药临床试验做完了，市里2025年的措施给多少万？")
    assert found["status"] == "not_stated"
    assert [c["address"] for c in found["citations"]] == ["cqzfb-2025-56#item7"]
