"""What a library holds is told by what its texts say of it: trades, lines to call, places, old texts."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.asking import asking

DAY = date(2026, 11, 24)
OWN = """桂岭市人民政府办公室
关于印发《桂岭市支持企业稳岗和融资若干措施》的通知
桂府办发〔2026〕5号
各有关单位：
现将《桂岭市支持企业稳岗和融资若干措施》印发给你们，请遵照执行。
桂岭市人民政府办公室
2026年2月10日
桂岭市支持企业稳岗和融资若干措施
第一条 本措施适用于在本市登记的制造业和服务业企业。从事保健食品、化妆品经营的，不在支持之列。
第二条 企业可以缓缴社会保险费，缓缴期限延长至2026年6月底，缓缴期间免收滞纳金。
第三条 对吸纳高校毕业生就业的企业，按每人1500元给予一次性吸纳就业补贴。
第四条 企业可以通过“桂岭融通”微信公众号向市地方金融管理局反映融资需求，由银行对接。
第五条 引进人才的子女入读义务教育阶段学校的，由市教育局在居住地所在区内安排选择一次。
第六条 设立企业稳岗服务专线，受理企业对本措施的咨询，三个工作日内答复。
第七条 本措施自2026年3月1日起施行，《桂岭市稳岗若干措施》（桂府办发〔2023〕8号）同时废止。
"""
OTHER = """关于帮助工业企业复工复产的通知
各县区人民政府，市政府各部门：
为帮助企业复工复产，现就有关事项通知如下：
一、加大财税支持。利用海东市支持工业发展专项资金，对复工复产的企业给予适当补助。
二、减轻企业负担。对承租海东市各县区工业园标准化厂房的企业，减免三个月租金。
三、优化要素保障。对企业用水、用电、用气实行欠费不停供，免收滞纳金。
"""


@pytest.fixture(scope="module")
def answer(assistant_over):
    assistant = assistant_over(own=OWN, other=OTHER)
    return lambda question: assistant.ask(Query(question, DAY))


@pytest.mark.parametrize(
    ("question", "said"),
    [
        pytest.param(
            "我们一家小食品厂，社保费缓缴能到几月", "6月底", id="the trade of the asker's firm"
        ),
        pytest.param("连锁火锅在桂岭有三家店，社保费缓缴到几月", "6月底", id="a chain of shops"),
        pytest.param("做保健品的公司能享受稳岗政策吗", "不在支持之列", id="a longer name of it"),
        pytest.param("引进人才的娃上小学怎么选学校", "选择一次", id="a school by its stage"),
        pytest.param("公司想借钱，金融局有没有能在微信上反映需求的号", "桂岭融通", id="an account"),
    ],
)
def test_held(answer, question: str, said: str) -> None:
    found = answer(question)
    assert found.status == "answered" and said in found.text


def test_a_line_whose_number_is_not_printed(answer) -> None:
    found = answer("企业稳岗服务专线的电话号码是多少")
    assert found.status == "not_stated" and "服务专线" in found.text
    assert [str(c.address.path) for c in found.citations] == ["art6"]
    assert answer("市发展改革委的电话号码是多少").status == "refused"


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "桂岭市承租各县区工业园标准化厂房的企业，租金减免几个月", id="a text of another place"
        ),
        pytest.param("被废掉的桂府办发〔2023〕8号里，吸纳就业原来补多少", id="a repealed text"),
        pytest.param("大桥灯光改造在桂岭市奖多少", id="what nobody speaks of"),
    ],
)
def test_not_held(answer, question: str) -> None:
    found = answer(question)
    assert found.status == "refused" and not found.citations


def test_a_text_that_names_one_place_is_of_it(answer) -> None:
    assert "三个月" in answer("海东市的企业租厂房，租金减免几个月").text


def test_papers_asked_for_by_other_words() -> None:
    assert asking("申请研发补助要填什么表").procedure
    assert asking("申报的时候交哪些附件").procedure
    assert not asking("填平补齐有什么奖励").procedure


def test_a_document_is_named_without_what_is_said_of_it(answer) -> None:
    text = answer("被废掉的桂府办发〔2023〕8号里，吸纳就业原来补多少").text
    assert "库内没有桂府办发〔2023〕8号的文件" in text


def test_what_is_asked_of_a_text_that_has_ended() -> None:
    assert asking("什么时候开始申报").deadline and not asking("什么时候开始申报").validity
    assert asking("什么时候开始施行").validity
    assert not asking("被废掉的29号文里三类证奖多少").validity
    assert asking("29号文废掉了吗").validity


def test_when_to_apply_asked_for_alone(assistant_over) -> None:
    assistant = assistant_over(
        OWN.replace("第七条 ", "第七条 补贴每年集中申报一次，申报时间为4月1日至5月15日。\n第八条 ")
    )
    found = assistant.ask(Query("市里啥时候开始报", DAY))
    assert found.status == "answered" and "4月1日至5月15日" in found.text
