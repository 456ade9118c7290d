"""Rates by steps that are items of one list, and what other articles change of them and for whom."""

from __future__ import annotations

from datetime import date

import pytest
from summing import works_out, works_out_nothing, works_over

from retriever.query import Query
from server.assistant import Assistant
from server.sums.chapters.raises import is_case

TEXT = """岚山市工业企业设备更新资金管理办法
岚山工信〔2025〕7号
第一章 支持标准
第一条 设备更新补助。对设备购置额300万元以上的设备更新项目，按以下标准给予补助：
（一）设备购置额300万元（含）以上、1000万元以下的，按设备购置额的4%给予补助；
（二）设备购置额1000万元（含）以上、3000万元以下的，按设备购置额的6%给予补助；
（三）设备购置额3000万元（含）以上的，按设备购置额的9%给予补助。
单个项目补助最高不超过500万元。
第二条 国家级单项冠军企业、省级“领航”企业实施的项目，在第一条规定的比例基础上提高3个百分点，单个项目补助最高不超过700万元。
第三条 注册地和项目均在望江区、白石县的企业，按第一条计算的补助金额上浮20%，上浮后仍受该条最高限额约束。
第四条 检测平台补助。对新建检测平台的企业，按平台建设费用的30%给予补助，单个平台最高不超过200万元。
第五条 年度预算不足的，第四条规定的补助按同一比例安排，由财政局商工信局确定。
第六条 由外资企业建设的平台，在第四条规定的标准基础上上浮10%。
第七条 节能改造补助。对实施节能改造的企业，按改造费用的20%给予补助，单个企业最高不超过80万元。
第八条 高耗能企业，按第七条规定的比例下调5个百分点执行。
第九条 产品认证补助。对取得产品认证的企业，按认证费用的40%给予补助，单个企业最高不超过20万元。
第十条 出口型企业，第九条规定的补助比例提高到60%，最高限额提高到30万元。
第十一条 示范车间奖励。被评为市级示范车间的，每个车间奖励20万元，单个企业每年最高不超过50万元。
第十二条 智能制造试点企业，第十一条规定的奖励标准增加5万元。
第二章 倾斜支持
第十三条 农机企业的产品认证补助上浮15%。
第三章 附则
第十四条 本办法自2025年2月1日起施行，有效期5年。
"""
TODAY = date(2026, 11, 29)

works = works_over(TEXT)


@pytest.mark.parametrize(
    ("question", "display", "line"),
    [
        pytest.param(
            "岚山市设备更新，设备购置额800万元，补助多少？",
            "最高32万元", "800万元 × 4% = 32万元", id="first-step",
        ),
        pytest.param(
            "岚山市设备更新，设备购置额1000万元，补助多少？",
            "最高60万元", "1000万元 × 6% = 60万元", id="at-an-edge",
        ),
        pytest.param(
            "岚山市设备更新，设备购置额8000万元，补助多少？",
            "最高500万元", "720万元 超过上限500万元，按500万元", id="limit-behind-the-list",
        ),
        pytest.param(
            "岚山市设备更新，设备购置额只有260万元，按4%能补多少？",
            "0元", "设备购置额：260万元 未达到300万元，不能享受", id="below-the-first-step",
        ),
        pytest.param(
            "我们是国家级单项冠军企业，在岚山市做设备更新，设备购置额5000万元，能补多少？",
            "最高600万元", "5000万元 × 3% = 150万元", id="points-with-a-limit-of-their-own",
        ),
        pytest.param(
            "岚山市的省级领航企业设备更新，设备购置额2000万元，能补多少？",
            "最高180万元", "2000万元 × 3% = 60万元", id="the-other-kind",
        ),
        pytest.param(
            "公司注册和项目都在望江区，设备购置额2000万元，岚山市设备更新补助多少？",
            "最高144万元", "120万元 × 20% = 24万元", id="raised-where-it-is",
        ),
        pytest.param(
            "公司和项目都在白石县，设备购置额6000万元，岚山市设备更新补助多少？",
            "最高500万元", "600万元 超过上限500万元，按500万元", id="limit-holds-on",
        ),
        pytest.param(
            "我们不是单项冠军企业，岚山市设备更新，设备购置额2000万元，补多少？",
            "最高120万元", "2000万元 × 6% = 120万元", id="denied",
        ),
        pytest.param(
            "岚山市一家外资企业新建检测平台，平台建设费用500万元，补助多少？",
            "最高165万元", "150万元 × 10% = 15万元", id="raised-below-the-limit",
        ),
        pytest.param(
            "岚山市一家高耗能企业做节能改造，改造费用200万元，补助多少？",
            "最高30万元", "40万元 − 10万元 = 30万元", id="points-less",
        ),
        pytest.param(
            "岚山市一家出口型企业取得产品认证，认证费用60万元，补助多少？",
            "最高30万元", "36万元 超过上限30万元，按30万元", id="raised-to",
        ),
        pytest.param(
            "岚山市一家农机企业取得产品认证，认证费用20万元，补助多少？",
            "最高9.2万元", "8万元 × 15% = 1.2万元", id="named-without-its-article",
        ),
        pytest.param(
            "岚山市一家医药企业取得产品认证，认证费用20万元，补助多少？",
            "最高8万元", "20万元 × 40% = 8万元", id="of-no-case",
        ),
    ],
)  # fmt: skip
def test_steps_and_what_is_changed_of_them(
    works: Assistant, question: str, display: str, line: str
) -> None:
    works_out(works.ask(Query(question, TODAY)), display, line)


@pytest.mark.parametrize(
    "question",
    [
        pytest.param("岚山市望江区的企业设备更新，设备购置额2000万元，补助多少？", id="half-said"),
        pytest.param(
            "国家级单项冠军企业，公司和项目都在望江区，设备购置额2000万元，岚山市设备更新补助多少？",
            id="two-at-once",
        ),
        pytest.param(
            "岚山市一家外资企业新建检测平台，平台建设费用650万元，补助多少？", id="limit-not-told"
        ),
        pytest.param(
            "岚山市一家智能制造试点企业有2个车间被评为市级示范车间，奖励多少？", id="so-much-more"
        ),
    ],
)
def test_no_sum_where_a_change_cannot_be_worked_in(works: Assistant, question: str) -> None:
    works_out_nothing(works.ask(Query(question, TODAY)))


@pytest.mark.parametrize(
    ("who", "question", "given"),
    [
        ("国家级专精特新“小巨人”企业", "我们是专精特新小巨人", "given"),
        ("国家级专精特新“小巨人”企业", "我们是小微企业", "no"),
        ("省级绿色工厂", "我们是市级绿色工厂", "open"),
        ("注册地和项目均在高山区的企业", "注册地在平川区", "no"),
        ("注册地和项目均在高山区的企业", "厂子在高山", "open"),
        ("脱贫县的项目", "不在脱贫县", "no"),
    ],
)
def test_whether_a_case_is_said(who: str, question: str, given: str) -> None:
    assert is_case(who, question) == given
