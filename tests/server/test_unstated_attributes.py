"""What policies name and say nothing of, what they leave to a later text, and who is beside it."""

from __future__ import annotations

from datetime import date

import pytest

from retriever.query import Query
from server.answer import Answer
from server.assistant import Assistant

DAY = date(2026, 11, 29)
CITY = """合肥市支持智能机器人产业发展若干措施
合政发〔2024〕8号
第一条 以蜀山实验室为引领，集聚智能机器人企业，对入驻的企业给予一次性奖励20万元。
第二条 企业租用研发用房的，第一年按实际租金的60%给予补贴，补贴面积最高900平方米。手术机器人按照生物医药产业政策执行，不适用本措施。
第三条 对新评定为五星级、四星级旅游饭店并采购服务机器人的，分别给予60万元、30万元奖励。
第四条 每年遴选不超过6个机器人应用场景，每个场景奖励40万元。遴选标准以年度申报通知为准。
第五条 设立总规模12亿元的智能机器人产业基金，由江淮投资公司负责管理。
第六条 市级平台的认定条件由市经信局会同市科技局另行制定。
第七条 同一单位的同一项目已获得市级财政资助的，不再重复资助。市、区两级资助可以叠加，叠加总额不得超过项目实际投入。
第八条 本措施自2024年5月1日起施行，有效期5年，由市经信局负责解释。
"""
OTHER = """南京市促进生物医药产业发展若干措施
宁政发〔2023〕11号
第一条 对新取得特殊医学用途配方食品注册证书的企业，每个品种奖励90万元。
第二条 对获得美国FDA、欧盟EMA批准上市的药品，每个品种给予210万元奖励。
第三条 临床研究中心应当有专职研究人员20名以上，申请时填写《临床研究中心备案申请表》。
第四条 医药批发和零售企业不适用本措施。
第五条 本措施自2023年6月1日起施行，有效期5年。
"""
THIRD = """无锡市生物医药产业扶持办法
锡政发〔2024〕3号
第一条 对首次获得美国食品药品监督管理局（FDA）批准上市的药品，每个品种给予最高350万元奖励。
第二条 支持在自贸区建立研发用物品进口“白名单”制度，进口时无需提供通关单。
第三条 本办法自2024年3月1日起施行，有效期5年。
"""
PLAN = """长三角机器人产业园建设三年行动计划（2022—2024年）
合政办〔2022〕5号
一、引进机器人领域领军人才不少于25名。
二、到2024年，建设公共服务平台4个。
三、推广“徽惠保”，对投保企业按实际缴纳保费的30%给予补贴。
"""


@pytest.fixture(scope="module")
def assistant(assistant_over) -> Assistant:
    found: Assistant = assistant_over(a=CITY, b=OTHER, c=THIRD, d=PLAN)
    return found


def ask(assistant: Assistant, question: str) -> Answer:
    return assistant.ask(Query(question, DAY))


@pytest.mark.parametrize(
    "question",
    [
        "蜀山实验室现在有多少科研人员？",
        "无锡给FDA批准上市的奖励，申请时要填哪张表？",
        "合肥给应用场景的奖励，财政一年安排了多少预算？",
        "管机器人产业基金的江淮投资公司，注册资本是多少？",
        "合肥新评上三星级旅游饭店、买了服务机器人的奖多少？",
        "机器人产业园2025—2027年的行动计划要引进多少名领军人才？",
        "合肥2021年那版机器人政策里，租研发用房补几成？",
        "合肥的生物医药企业租研发用房，租金补贴怎么算？",
        "到2030年，机器人产业园要建成几个公共服务平台？",
        "“徽惠保”今年一个人要交多少保费？",
        "无锡的企业拿到特殊医学用途配方食品注册证书，每个品种奖多少？",
    ],
)
def test_refused(assistant: Assistant, question: str) -> None:
    answer = ask(assistant, question)
    assert answer.status == "refused", answer.text


@pytest.mark.parametrize(
    ("question", "said"),
    [
        ("南京的临床研究中心要有多少研究人员？", "20名"),
        ("南京临床研究中心备案，申请要填哪张表？", "申请表"),
        ("合肥的机器人产业基金总规模多大？", "12亿元"),
        ("合肥新评上四星级旅游饭店、买了服务机器人的奖多少？", "30万元"),
        ("机器人产业园2022—2024年的行动计划要引进多少名领军人才？", "25名"),
        ("到2024年，机器人产业园要建成几个公共服务平台？", "4个"),
        ("买了“徽惠保”，保费补几成？", "30%"),
        ("合肥的机器人企业租研发用房，租金补几成？", "60%"),
        ("合肥的市级资助和区级资助能一起拿吗？", "可以叠加"),
        ("合肥机器人那个措施什么时候到期，归谁解释？", "市经信局负责解释"),
        ("开连锁药店的，能享受南京的生物医药政策吗？", "不适用本措施"),
        ("无锡自贸区的研发用物品进了白名单，进口还要通关单吗？", "无需提供"),
    ],
)
def test_answered_where_it_is_stated(assistant: Assistant, question: str, said: str) -> None:
    answer = ask(assistant, question)
    assert answer.status == "answered" and said in answer.text, answer.text


@pytest.mark.parametrize(
    ("question", "clause"),
    [
        ("合肥评机器人应用场景，按什么标准来挑？", "a#art4"),
        ("合肥市级平台的认定要满足哪些条件？", "a#art6"),
    ],
)
def test_terms_left_to_a_later_text(assistant: Assistant, question: str, clause: str) -> None:
    answer = ask(assistant, question)
    assert answer.status == "not_stated", answer.text
    assert [str(c.address) for c in answer.citations] == [clause]


def test_an_office_in_the_name_of_an_approval_is_no_industry(assistant: Assistant) -> None:
    answer = ask(assistant, "一个药拿到FDA批准上市，无锡和南京分别奖励多少？")
    assert answer.status == "answered"
    assert "350万元" in answer.text and "210万元" in answer.text
    assert "没有找到相应条款" not in answer.text
