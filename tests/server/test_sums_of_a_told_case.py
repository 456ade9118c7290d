"""Cases as people tell them: results claimed, things told one by one, names said once, the age of a company."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.claimed import claimed_in
from server.sums.facts import stated_facts
from server.sums.parts_told import divisions

TEXT = """青岚市人民政府关于印发《青岚市支持生命科学产业若干措施》的通知
青岚政发〔2025〕11号
青岚市支持生命科学产业若干措施
第一条 支持临床研究。创新药完成II期、III期临床试验的，分别按该期研发投入的20%、25%给予补助，最高分别为400万元、800万元；改良型新药完成II期、III期临床试验的，分别按该期研发投入的20%、25%给予补助，最高分别为150万元、300万元。单个企业每年最高1000万元。
第二条 支持委托生产。上市许可持有人委托无关联企业生产其产品的，按年度合同金额的4%给予委托企业奖励，每年最高200万元。对承担委托生产任务的企业，按年度合同金额的4%给予奖励，每年最高200万元。
第三条 支持算力。企业租用算力的，按不超过合同金额的40%给予资助，每年最高300万元；其中，成立未满3年的企业资助比例提高至50%，每年最高100万元。
第四条 支持数据。企业采购数据产品的，按合同金额的20%给予补贴，每年最高50万元。
第五条 支持注册。首次取得第三类医疗器械注册证的，每个品种奖励90万元；首次取得第二类医疗器械注册证的，每个品种奖励30万元。体外诊断试剂不适用第二类医疗器械注册证奖励。
第六条 支持引才。企业年度新增人才达到10人以上的，按照新增博士每人8000元、硕士每人3000元给予奖励，每年最高40万元。
第七条 支持安居。企业整体租赁人才公寓供本企业人才使用且不少于20套的，按每套每年4000元给予补助，每年最高30万元。
第八条 支持出海。海外授权实际到账5000万元以上的，按实际到账金额的2%给予奖励，每年最高300万元。
第九条 本措施自2025年6月1日起施行，有效期3年。
青岚市人民政府
2025年5月6日
"""
TODAY = date(2026, 12, 1)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "海外授权到账8000万，能给我们200万不？",
            "不是200万元，最高160万元", "8000万元 × 2% = 160万元", id="another-result",
        ),
        pytest.param(
            "海外授权签了9000万，实际到账4000万，按2%给80万吧",
            "不是80万元，0元", "海外授权实际到账：4000万 未达到5000万元，不能享受", id="below-the-threshold",
        ),
        pytest.param(
            "海外授权到账8000万人民币，奖励多少",
            "最高160万元", "8000万元 × 2% = 160万元", id="人民币-is-no-人",
        ),
        pytest.param(
            "一个创新药三期做完了，三期花了2000万；另一个改良型新药同样走到这一步，三期花了1600万，一共补多少",
            "最高800万元", "500万元 + 300万元 = 800万元", id="names-said-before-the-amount",
        ),
        pytest.param(
            "我们委托外面的厂生产，合同3000万；同时又承接了别家6000万的代工单，各奖多少",
            "最高320万元", "200万元 + 120万元 = 320万元", id="both-sides-of-contracts",
        ),
        pytest.param(
            "公司刚成立两年，租算力签了300万合同，补多少",
            "最高100万元", "300万元 × 50% = 150万元", id="young",
        ),
        pytest.param(
            "公司成立6年了，租算力签了300万合同，补多少",
            "最高120万元", "300万元 × 40% = 120万元", id="old",
        ),
        pytest.param(
            "公司成立6年了，租算力签了300万合同，另外采购数据产品花了100万，两块合计大概多少？",
            "最高140万元", "300万元 × 40% = 120万元", id="told-behind-commas",
        ),
        pytest.param(
            "今年首次拿二类证5个，其中2个是体外诊断试剂，奖励多少",
            "90万元", "5个 − 2个 = 3个", id="a-part-that-one-class-leaves-out",
        ),
        pytest.param(
            "新增博士4个、硕士9个，引才奖励多少",
            "最高5.9万元", "4人 × 8000元 = 3.2万元", id="one-threshold-for-all-kinds",
        ),
        pytest.param(
            "整租了30套人才公寓给员工住，补助多少",
            "最高12万元", "30套 × 4000元 = 12万元", id="each-by-the-year",
        ),
        pytest.param(
            "整租了15套人才公寓给员工住，补助多少",
            "0元", "15套 未达到20套，不能享受", id="too-few",
        ),
        pytest.param(
            "新增博士4个、硕士9个，还整租了30套人才公寓，一共多少",
            "最高17.9万元", "5.9万元 + 12万元 = 17.9万元", id="one-more-thing-counted",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("新增博士4个、硕士9个，还买了30台车，一共多少", id="one-more-of-no-measure"),
        pytest.param("去年租算力花了100万，今年200万，合计补多少", id="two-years"),
    ],
)
def test_no_sum(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


def test_what_one_class_leaves_out_the_other_takes(works: Assistant) -> None:
    answer = works.ask(Query("首次拿三类医疗器械注册证2个，都是体外诊断试剂，奖励多少", TODAY))
    assert answer.calculation is None or "60万元" not in answer.calculation.display


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("合同2000万，能给60万不？", "60万"),
        ("按3%给60万吧", None),  # Nothing that it would be of is stated.
        ("首台套奖200万吗", None),
    ],
)
def test_claim(question: str, written: str | None) -> None:
    claim = claimed_in(question)
    assert (claim.written if claim else None) == written


@pytest.mark.parametrize(
    ("question", "ways"),
    [
        ("买软件花了300万，买设备花了500万，合计能补多少？", [2]),
        ("买软件花了300万；买设备花了500万，另外培训了30个人。合计能补多少？", [3]),
        # How many there are is said, and it is another number.
        ("买软件花了300万，买设备花了500万，三项加起来补多少？", []),
        ("买软件花了300万，能补多少？", []),
        # Supports are named, and each is of all that is told.
        ("面积2万平方米，花了80万广告费，规模、国际两项加起来多少", []),
    ],
)
def test_divisions(question: str, ways: list[int]) -> None:
    assert [len(things) for things in divisions(question)] == ways


def test_things_of_a_name_that_begins_with_person_are_counted() -> None:
    facts = stated_facts("有两个人工智能大模型过了备案，还租了30套人才公寓")
    assert [(fact.written, fact.unit) for fact in facts] == [("两个", "个"), ("30套", "套")]


def test_what_can_be_worked_out_is_told_where_another_part_cannot(works: Assistant) -> None:
    question = (
        "公司成立6年了，租算力签了300万合同，另外海外授权签了框架协议、钱还没到，分别能拿多少？"
    )
    calculation = works.ask(Query(question, TODAY)).calculation
    assert calculation is not None
    assert calculation.result is None
    assert calculation.display == "能测算的部分：最高120万元"
    assert "海外授权签了框架协议" in calculation.missing[0]


def test_no_sum_without_one_more_thing_that_has_no_figure(works: Assistant) -> None:
    question = "海外授权到账8000万，还第一次认定了高企，一共能拿多少"
    calculation = works.ask(Query(question, TODAY)).calculation
    assert calculation is None or calculation.result is None
