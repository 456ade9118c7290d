"""Several amounts, areas and persons each at their own rate; further cases; parts paid by a ratio."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.facts import stated_facts

TEXT = """岚山市人民政府关于印发《岚山市支持新材料产业若干措施》的通知
岚山政发〔2025〕8号
岚山市支持新材料产业若干措施
第一条 支持装修厂房。对自行装修实验室的企业，按照最高700元/平方米标准给予装修补贴；对自行装修普通厂房的，按照最高200元/平方米标准给予装修补贴。单个企业装修补贴不超过150万元。
第二条 支持药物研发。对1类创新药项目，按照Ⅰ期临床试验、Ⅱ期临床试验、Ⅲ期临床试验3个阶段分别立项，给予不超过研发投入总经费10%的资金支持，最高分别支持100万元、250万元、900万元。
第三条 支持引才。企业新引进年薪40万元以上的工程师，按其年薪的20%给予企业补助，每引进1人不超过16万元，同一企业每年不超过60万元。
第四条 支持产品认定。对列入新产品目录的产品，复合材料每个奖励40万元，金属材料每个奖励60万元；属于国内同类前三家列入的，每个产品再增加15万元。
第五条 支持产品上市。对取得产品注册证书的企业，按产品类别给予一次性奖励：1类产品每个品种300万元，2类产品每个品种90万元。奖励资金分两期兑现，取得注册证书后拨付30%，产品上市销售后拨付其余70%。
第六条 支持人才创业。对经认定的甲类、乙类、丙类人才创办的新材料企业，经评审分别给予400万元、200万元、80万元创业扶持资金，扶持资金按5∶3∶2分三年拨付，年度考核不合格的停止拨付。
第七条 支持技能人才。企业新引进年薪20万元以上的高级技师，按年薪的10%给予企业补贴，每人不超过4万元，单个企业每年不超过30万元。
第八条 本措施自2025年2月1日起施行，有效期5年。
岚山市人民政府
2025年1月10日
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "我们自己装修了600平方米实验室和1000平方米普通厂房，装修补贴最高多少？",
            "最高62万元", "1000平方米 × 200元/平方米 = 20万元", id="area-of-each-kind",
        ),
        pytest.param(
            "同一个1类创新药先后做了Ⅰ期和Ⅱ期两个项目，研发总经费分别是900万元和3000万元，一共支持多少？",
            "最高340万元", "300万元 超过上限250万元，按250万元", id="stage-of-each-amount",
        ),
        pytest.param(
            "同一个1类创新药Ⅲ期和Ⅰ期研发总经费分别是2000万元和1500万元，一共支持多少？",
            "最高300万元", "150万元 超过上限100万元，按100万元", id="stages-in-another-order",
        ),
        pytest.param(
            "今年新引进三位工程师，年薪分别是50万元、60万元和100万元，企业引才补助一共多少？",
            "最高38万元", "20万元 超过上限16万元，按16万元", id="each-persons-limit",
        ),
        pytest.param(
            "今年新引进两位工程师，年薪分别是30万元和60万元，企业引才补助一共多少？",
            "最高12万元", "30万元 未达到40万元，不计入", id="each-persons-threshold",
        ),
        pytest.param(
            "新引进两名高级技师，年薪分别为30万元和60万元，企业补贴多少？",
            "最高7万元", "6万元 超过上限4万元，按4万元", id="limit-of-each-person",
        ),
        pytest.param(
            "我们有两个金属材料列入新产品目录，其中一个是国内同类前三家，一共奖多少？",
            "135万元", "120万元 + 15万元 = 135万元", id="further-case-of-one",
        ),
        pytest.param(
            "我们有三个复合材料列入新产品目录，都是国内同类前三家列入的，一共奖多少？",
            "165万元", "3个 × 15万元 = 45万元", id="further-case-of-all",
        ),
        pytest.param(
            "我们有两个金属材料列入新产品目录，都不是国内同类前三家列入的，一共奖多少？",
            "120万元", "2个 × 60万元 = 120万元", id="further-case-denied",
        ),
        pytest.param(
            "两个金属材料和一个复合材料列入新产品目录，其中一个是国内同类前三家，一共奖多少？",
            "175万元", "2个 × 60万元 = 120万元", id="further-case-of-one-of-two-kinds",
        ),
        pytest.param(
            "某公司2类产品取得产品注册证书，上市奖励第一期能拨多少？",
            "27万元（按期拨付，全部为90万元）", "90万元 × 30% = 27万元", id="first-of-a-list",
        ),
        pytest.param(
            "乙类人才创办新材料企业，评审过了，第二年能拿多少扶持资金？考核是合格的。",
            "60万元（按期拨付，全部为200万元）", "200万元 × 30% = 60万元", id="by-a-ratio",
        ),
    ],
)  # fmt: skip
def test_works_out(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param(
            "我们自己装修了600平方米实验室和1000平方米食堂，装修补贴最高多少？",
            id="area-of-nothing",
        ),
        pytest.param(
            "今年新引进5位工程师，年薪分别是50万元、60万元和100万元，企业引才补助一共多少？",
            id="more-persons-than-amounts",
        ),
        pytest.param(
            "今年新引进三位工程师，年薪分别是50万元、60万元和100万元，其中一位是兼职的，引才补助多少？",
            id="one-of-the-persons",
        ),
        pytest.param(
            "丁类人才创办新材料企业，评审过了，第二年能拿多少扶持资金？", id="no-such-label"
        ),
        pytest.param(
            "乙类人才创办新材料企业，年度考核没合格，第二年能拿多少扶持资金？", id="stopped"
        ),
    ],
)
def test_works_out_nothing(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_a_rank_is_no_number() -> None:
    assert not [f for f in stated_facts("属于国内同类前三家的") if f.value == 3]
    assert [f.value for f in stated_facts("目前三家企业")] == [3]
