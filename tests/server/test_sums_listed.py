"""Sums of several things of one question: listed for stages, of two sides, called by codes, by a share."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.facts import stated_facts
from server.sums.stages import years_apart

TEXT = """临江市支持生物医药若干规定
第一条 对创新药完成I期临床试验、II期临床试验、III期临床试验的，分别按该阶段实际研发投入的10%、20%、30%给予补助，分别不超过200万元、300万元、700万元；单个企业每年不超过1000万元。
第二条 支持委托生产。对委托其他企业生产的持有人，按年度新增委托合同金额的3%给予奖励，单个企业每年不超过500万元。对承接生产任务的企业，按年度新增委托合同金额的3%给予奖励，单个企业每年不超过500万元。
第三条 支持国际注册。药品通过世界卫生组织预认证（WHO PQ）的，每个品种奖励80万元。医疗器械获得FDA上市前批准（PMA）的，每个品种奖励100万元；获得FDA 510（k）许可或者欧盟CE（MDR）认证的，每个品种奖励30万元。单个企业每年不超过400万元。
第四条 支持器械上市
（一）首次取得第三类、第二类医疗器械注册证的，每个品种分别奖励120万元、30万元。体外诊断试剂按上述标准的50%执行。单个企业每年不超过600万元。
（二）对手术器械企业购置检测设备的，按设备购置金额的20%给予补助，最高不超过100万元。
（三）二手设备，按照前项标准和上限的30%给予支持。
第五条 支持充电设施
（一）建成并对外开放的公共快充桩，按每千瓦150元给予建设补助。
（二）建成并对外开放的公共超充桩，按每千瓦300元给予建设补助。
第六条 对入托家庭，第一个子女、第二个子女、第三个及以上子女，分别按照每孩每月100元、300元、500元给予托育补贴。
第七条 本规定自2025年1月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)


works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "创新药三个阶段分别花了1500万、2000万、4000万，临床试验隔年一个阶段来申请，总共最多补多少？",
            "最高1150万元", "2000万元 × 20% = 400万元", id="each-stage-its-own-rate",
        ),
        pytest.param(
            "创新药三个阶段分别花了1500万、2000万、4000万，临床试验今年一起报，总共最多补多少？",
            "最高1000万元", "1150万元 超过每年上限1000万元，按1000万元", id="one-year-one-limit",
        ),
        pytest.param(
            "我们今年拿了1个PMA、3个510k，另外有个药过了世卫预认证，国际注册奖励共计多少？",
            "最高270万元", "3个 × 30万元 = 90万元", id="called-by-letters-and-figures",
        ),
        pytest.param(
            "体外诊断试剂企业首次取得4张三类器械注册证，能领多少？",
            "最高240万元", "480万元 × 50% = 240万元", id="share-of-what-stands-above",
        ),
        pytest.param(
            "拿到4张三类器械注册证，不是诊断试剂，能领多少？",
            "最高480万元", "4张 × 120万元 = 480万元", id="a-case-that-is-denied",
        ),
        pytest.param(
            "手术器械企业购置二手设备花了300万元，能补多少？",
            "最高18万元", "60万元 × 30% = 18万元", id="share-of-the-item-before",
        ),
        pytest.param(
            "老三送了托班，入托家庭一共能领几个钱，补贴算3个月？",
            "1500元", "3个月 × 500元 = 1500元", id="which-child",
        ),
    ],
)  # fmt: skip
def test_sum(works: Assistant, question: str, display: str, line: str) -> None:
    calculation = works.ask(Query(question, TODAY)).calculation
    assert calculation is not None
    assert calculation.display == display
    assert line in [step.text for step in calculation.steps]


@pytest.mark.parametrize(
    "question",
    [
        # Two stages of three: which ones is not said.
        "创新药两个阶段分别花了1500万、2000万，临床试验总共最多补多少？",
        # Who gives work out and who takes it on: which amount is whose is not told apart.
        "今年新签委托合同2亿，自己车间也接了6000万，两头加起来奖多少？",
        # Of 10 guns of 120千瓦 each, and of two kinds of pile.
        "新建对外开放的公共充电站，10把120千瓦的快充枪，4把480千瓦的超充枪，建设补助一共多少？",
        # Three things told apart, of which one is in no measure.
        "今年三个品种获批：一个PMA，两个日本认可的，国际注册奖励一共多少？",
        # One of the things is in no measure.
        "我们今年拿了1个PMA，另外有个药过了日本认可，国际注册奖励共计多少？",
    ],
)
def test_no_sum_where_it_is_not_told_apart(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("每个4万5，共2万5千平", [(45_000, "元"), (25_000, "平方米")]),
        ("按25年的文件，给3年", [(3, "年")]),
        ("两年分开报", []),
        ("托小班20个娃、托大班30个娃", [(20, "人"), (30, "人")]),
        ("1个PMA、3个510k", [(1, "个"), (3, "个")]),
    ],
)
def test_figures_as_they_are_said(question: str, facts: list[tuple[int, str]]) -> None:
    assert [(float(f.value), f.unit) for f in stated_facts(question)] == facts


def test_words_of_each_thing_counted() -> None:
    assert [f.words for f in stated_facts("1个PMA、3个510k")] == ["1个PMA", "3个510k"]


@pytest.mark.parametrize(
    ("question", "apart"),
    [("隔年一个阶段来申请", True), ("两年分开报", True), ("不是同一年完成的", True),
     ("三年一共多少", False), ("今年一起报", False)],
)  # fmt: skip
def test_had_in_different_years(question: str, apart: bool) -> None:
    assert years_apart(question) is apart
