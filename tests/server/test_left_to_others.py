"""What a clause leaves to another text or office, and what it names only to rule it out."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query

DAY = date(2026, 11, 24)
SOURCE = """梧溪市人民政府
关于印发《梧溪市低空物流和人才住房若干措施》的通知
梧府发〔2026〕12号
各有关单位：
现将《梧溪市低空物流和人才住房若干措施》印发给你们，请遵照执行。
梧溪市人民政府
2026年3月1日
梧溪市低空物流和人才住房若干措施
第一条 为支持低空物流和人才住房，制定本措施。
第二条 开通低空物流航线，年度飞行2000架次以上的，按大型无人驾驶航空器每架次30元给予补贴，单个企业每年不超过90万元。
第三条 对主导制定茶叶国家标准的企业给予奖励，具体金额由市农业农村局会同市财政局研究确定。
第四条 重点企业的人才住房配租额度由市政府专题研究确定。
第五条 检测数据共享的企业，每年奖励20万元。数据使用的收费标准由市数据局另行制定。
第六条 新市民首次使用住房公积金贷款的，最高贷款额度上浮15%。
第七条 技能证书的认定目录由市人力社保局另行发布。取得目录内证书的，每人奖励800元。
第八条 参加境内展会的企业，展位费按50%给予补助。境内展会特装费按每平方米400元给予补助。
第九条 对新引进并在本市落地经营的低空经济企业，按实缴资本的3%给予落户奖励。
第十条 居家照护的老年人每月补贴260元。已经享受长期护理保险待遇的，不享受照护补贴。
第十一条 有弄虚作假、拖欠工资情形的企业，不予支持。
第十五条 重度失智老年人每人每月补贴300元。轻度失智老年人的补贴标准，由市民政局另行制定。
第十二条 本措施由市发展改革委组织申报，申报时间为每年4月1日至4月30日。申报材料清单由市发展改革委另行公布。
第十四条 规模以上工厂申请职工宿舍，不超过12套。
第十三条 政策咨询：市发展改革委产业科，0711-6620 3318（工作日）。
"""


@pytest.fixture(scope="module")
def answer(assistant_over):
    assistant = assistant_over(SOURCE)
    return lambda question: assistant.ask(Query(question, DAY))


@pytest.mark.parametrize(
    ("question", "path"),
    [
        pytest.param("企业牵头搞了个茶叶国标，市里给几十万？", "art3", id="an office sets it"),
        pytest.param("重点企业的人才住房能分几套", "art4", id="number of homes"),
        pytest.param("共享检测数据，数据使用怎么收费", "art5", id="how, left to a later text"),
        pytest.param(
            "第一次用公积金贷款，最高额度是多少万", "art6", id="only by how much it is raised"
        ),
        pytest.param("哪些技能证书算在认定目录里", "art7", id="contents of a list"),
        pytest.param("老人是轻度失智，每月能领多少", "art15", id="another degree is left open"),
        pytest.param("申报要准备哪些材料？", "art12", id="papers, published later"),
    ],
)
def test_left_open(answer, question: str, path: str) -> None:
    found = answer(question)
    assert found.status == "not_stated"
    assert {str(c.address.path) for c in found.citations} == {path}


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param("大型无人机送货，一架次补多少", "30元", id="a drone by its long name"),
        pytest.param("我们公司落户梧溪市，实缴资本奖几个点", "3%", id="a company that settles"),
        pytest.param("什么样的企业不给钱", "拖欠工资", id="whom nothing is given"),
        pytest.param("规模以上工厂的职工宿舍最多给几套", "12套", id="a number that is stated"),
        pytest.param("什么时候申报", "4月1日", id="days set beside papers left open"),
        pytest.param(
            "享受长期护理保险后照护补贴领多少", "不享受照护补贴", id="what is ruled out, asked for"
        ),
        pytest.param("重度失智的老人每月能领多少", "300元", id="the degree that is stated"),
        pytest.param("低空政策咨询打哪个电话", "0711-6620 3318", id="a number that is printed"),
    ],
)
def test_stated(answer, question: str, said: str) -> None:
    found = answer(question)
    assert found.status == "answered" and said in found.text


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("长期护理保险每个月能报销多少", id="named only to rule it out"),
        pytest.param("隔壁桐漓市的低空物流一架次补多少", id="a place no list has"),
        pytest.param("出国参展的展台特装每平方米补多少", id="abroad, where it is at home"),
        pytest.param("市农业农村局的电话是多少", id="the number of another office"),
        pytest.param("梧溪市电动摩托车生产企业奖多少", id="an industry nobody speaks of"),
    ],
)
def test_refused(answer, question: str) -> None:
    found = answer(question)
    assert found.status == "refused" and not found.citations


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("药厂做技改贷了款，市里给贴几个点的利息？", "cqzfb-2025-56#item22"),
        ("高新区租厂房，到底是按四成补还是全额补，怎么定的？", "cqgxq-2024-31#art12.item2"),
        ("中医院把院内制剂的知识产权卖给企业做新药，市里给医院奖几万？", "cqzfb-2025-56#item4"),
    ],
)
def test_left_open_in_the_bundled_documents(ask, question: str, address: str) -> None:
    found = ask(question)
    assert found["status"] == "not_stated"
    assert {c["address"] for c in found["citations"]} == {address}


@pytest.mark.parametrize(
    ("question", "address"),
    [
        ("市里对中药经典名方给多少，武汉来的企业行不行", "cqzfb-2025-56#item10"),
        ("医院想买外头药厂的新药，一年买了500万", "cqgxq-2024-31#art10.item1"),
        ("公司落户高新区，1类药批下来投产能拿多少", "cqgxq-2024-31#art4.item3"),
    ],
)
def test_stated_in_the_bundled_documents(ask, question: str, address: str) -> None:
    found = ask(question)
    assert found["status"] == "answered"
    assert address in {c["address"] for c in found["citations"]}


def test_what_a_district_itself_gives_is_not_told_by_rules_of_its_city(ask) -> None:
    assert ask("我在两江新区，创新药获批之后新区财政奖多少？")["status"] == "refused"
    assert ask("我在两江新区，1类新药获批投产之后市里奖多少？")["status"] == "answered"
