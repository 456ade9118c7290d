"""Measures of support read from clauses: the traps of the language, and how much of gold is read."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import eval
from corpus.address import Address
from corpus.catalogue import bundled_corpus
from eval.entitlements.command import score_rows
from eval.entitlements.rows import load_rows
from eval.gold import bundled_gold
from indexer.build import read_corpus
from indexer.entitlements import Entitlement, entitlements_of
from indexer.entitlements.entitlement import Quantity, Span
from indexer.entitlements.quantities import find_quantities, read_number
from indexer.entitlements.reader import ClauseReader
from indexer.read import entry_of_file, read_source

ADDRESS = Address.parse("d#art1")
OTHER = Path(eval.__file__).parent / "corpora" / "other"


def rows(text: str) -> list[Entitlement]:
    return [row.frozen() for row in ClauseReader(ADDRESS, text).rows]


def one(text: str) -> Entitlement:
    found = rows(text)
    assert len(found) == 1, [event(row) for row in found]
    return found[0]


def event(row: Entitlement) -> str:
    return "…".join(span.text for span in row.event)


def said(span: Span | None) -> str | None:
    return span.text if span else None


def figure(quantity: Quantity | None) -> str | None:
    return f"{quantity.value:f}{quantity.unit}" if quantity else None


def caps(row: Entitlement) -> list[tuple[str | None, str, bool]]:
    return [(figure(cap.quantity), cap.scope, cap.yearly) for cap in row.caps]


def bounds(row: Entitlement) -> list[tuple[str | None, str, str | None]]:
    return [(said(b.of), b.relation, figure(b.quantity)) for b in row.bounds]


# 分别 pairs lists by their places


def test_three_lists_are_paired_by_position() -> None:
    text = (
        "对在研创新药完成I期临床试验研究后、完成II期临床试验研究后、完成III期临床试验研究后，"
        "分别按实际研发投入费用的10%、20%、30%，分别给予最高不超过200万元、300万元、700万元补助。"
    )
    found = rows(text)
    assert [figure(row.rate) for row in found] == ["10%", "20%", "30%"]
    assert [caps(row)[0][0] for row in found] == ["2000000元", "3000000元", "7000000元"]
    assert ["完成I期" in event(found[0]), "完成II期" in event(found[1])] == [True, True]
    assert {said(row.base) for row in found} == {"实际研发投入费用"}
    assert all(row.at_most for row in found)


def test_a_list_behind_a_semicolon_opens_other_pairs() -> None:
    text = (
        "对进入Ⅰ期、Ⅱ期临床试验的1类新药，分别给予300万元、500万元补助；"
        "对进入Ⅰ期、Ⅱ期临床试验的2类新药，分别给予150万元、250万元补助。"
    )
    found = rows(text)
    assert [figure(row.amount) for row in found] == ["3000000元", "5000000元", "1500000元", "2500000元"]  # fmt: skip
    assert ["1类" in event(row) for row in found] == [True, True, False, False]


@pytest.mark.parametrize(
    ("text", "events"),
    [
        (
            "对承担国内临床试验、海外临床试验的企业，分别给予最高100万元、200万元补助。",
            ["国内临床试验", "海外临床试验"],
        ),
        (
            "对新认定的市级、区级企业技术中心，分别给予50万元、20万元一次性奖励。",
            ["市级", "区级"],
        ),
        (
            "企业自行装修GMP车间、厂房、办公用房的，分别按800元/㎡、300元/㎡、600元/㎡给予补贴。",
            ["GMP车间", "厂房", "办公用房"],
        ),
        (
            "对首件发明专利给予5000元奖励，第二件发明专利给予3000元奖励。",
            ["首件发明专利", "第二件发明专利"],
        ),
        (
            "对入选国家级、市级“专精特新”的企业分别奖励50万元和20万元。",
            ["国家级", "市级"],
        ),
        (
            "对连续两年盈利的企业，按贡献的50%给予奖励；连续三年盈利的，按80%给予奖励。",
            ["连续两年盈利", "连续三年盈利"],
        ),
        (
            "对养老机构给予建设补贴和运营补贴。其中，建设补贴标准为每张床位1万元，运营补贴标准为每人每月200元。",
            ["建设", "运营"],
        ),
        (
            "一等奖人均不超过500元、二等奖人均不超过400元。",
            ["一等奖", "二等奖"],
        ),
        (
            "长护险费用按机构护理75%、居家护理90%的比例支付。",
            ["机构护理", "居家护理"],
        ),
    ],
)
def test_sister_rows_keep_the_words_that_part_them(text: str, events: list[str]) -> None:
    found = rows(text)
    assert len(found) == len(events)
    for row, words in zip(found, events, strict=True):
        assert words in event(row)
        assert not any(other in event(row) for other in events if other not in words)


def test_recipients_that_part_sister_rows_are_in_the_event_too() -> None:
    found = rows("对引进的顶尖人才、领军人才，分别给予200万元、100万元安家补贴。")
    assert [event(row) for row in found] == ["引进…顶尖人才", "引进…领军人才"]


def test_two_kinds_in_one_grant() -> None:
    found = rows("对符合条件的企业给予贷款贴息以及债券、融资租赁费用补贴。")
    assert [(event(row), said(row.form)) for row in found] == [
        ("贷款", "贴息"),
        ("债券、融资租赁费用", "补贴"),
    ]


def test_a_verb_before_a_list_holds_for_all_of_it() -> None:
    text = "企业自行装修GMP车间、办公用房的，分别按800元/㎡、600元/㎡给予补贴。"
    assert [event(row) for row in rows(text)] == ["自行装修…GMP车间", "自行装修…办公用房"]
    assert [said(row.subject) for row in rows(text)] == ["企业", "企业"]


def test_figures_without_a_list_are_not_paired() -> None:
    row = one("对医务工作者按照风险程度，分别给予每人每天300元、200元补助。")
    assert (row.amount, row.rate) == (None, None)
    assert "amount" in row.unread


def test_caps_without_a_list_are_not_paired() -> None:
    row = one("对承办活动的企业按费用的50%给予补助，最高分别不超过100万元、50万元。")
    assert row.caps == ()
    assert "caps" in row.unread


# Tiers, increments, thresholds


def test_tiers_of_a_base() -> None:
    text = (
        "对产业平台，项目投资超过1000万元（含），不超过5000万元（含）部分，按照投资额的10%给予支持；"
        "超过5000万元部分，按照投资额的20%给予支持。单个企业最高支持额度不超过1000万元。"
    )
    row = one(text)
    assert [(figure(t.low), figure(t.high), figure(t.rate)) for t in row.tiers] == [
        ("10000000元", "50000000元", "10%"),
        ("50000000元", None, "20%"),
    ]
    assert row.rate is None
    assert caps(row) == [("10000000元", "recipient", False)]


def test_tiers_behind_a_colon_and_their_cap() -> None:
    text = "对企业新购设备，按投资额给予补贴：500万元至1000万元部分按5%，超过1000万元部分按8%给予补贴，最高不超过200万元。"
    row = one(text)
    assert [figure(tier.rate) for tier in row.tiers] == ["5%", "8%"]
    assert (said(row.base), caps(row)) == ("投资额", [("2000000元", "item", False)])


def test_increments_are_paired_and_added() -> None:
    text = (
        "对首次获批三类医疗器械注册证的，给予单个品种一次性奖励200万元，"
        "通过国家特别审查程序、国家优先审批程序，单个品种资助上限分别再提高200万元、100万元。"
    )
    row = one(text)
    assert [(i.event[-1].text, figure(i.amount)) for i in row.increments] == [
        ("国家特别审查程序", "2000000元"),
        ("国家优先审批程序", "1000000元"),
    ]
    assert (said(row.each), said(row.frequency)) == ("单个品种", "一次性")


def test_thresholds_joined_by_and() -> None:
    row = one("对固定资产投资超过1000万元且年营业收入不低于5000万元的企业，按投资额的10%给予补助。")
    assert bounds(row) == [
        ("固定资产投资", ">", "10000000元"),
        ("年营业收入", ">=", "50000000元"),
    ]


def test_both_ends_of_a_range_bound_what_was_named_before_it() -> None:
    found = rows(
        "对迁入本市的企业，首年营业收入不足3000万元的，给予20万元奖励；3000万元以上不足1亿元的，"
        "给予45万元奖励；1亿元以上的，给予80万元奖励。"
    )
    income = "首年营业收入"
    assert [bounds(row) for row in found] == [
        [(income, "<", "30000000元")],
        [(income, ">=", "30000000元"), (income, "<", "100000000元")],
        [(income, ">=", "100000000元")],
    ]


@pytest.mark.parametrize(
    ("words", "relation"),
    [
        ("超过50人的", ">"),
        ("超过50人（含）的", ">="),
        ("50人以上的", ">="),
        ("50人(含)以上的", ">="),
        ("50人以下的", "<="),
        ("50人(不含)以内的", "<"),
        ("不低于50人的", ">="),
    ],
)
def test_relations_of_thresholds(words: str, relation: str) -> None:
    row = one(f"对新增就业{words}企业，给予5万元奖励。")
    assert [bound.relation for bound in row.bounds] == [relation]


def test_amounts_listed_behind_a_grant() -> None:
    found = rows("对高层次人才给予安家补贴，A类人才200万元，B类人才100万元。")
    assert [
        event(row).endswith(kind) for row, kind in zip(found, ("A类人才", "B类人才"), strict=True)
    ] == [True] * 2
    assert [(figure(row.amount), said(row.form)) for row in found] == [
        ("2000000元", "补贴"),
        ("1000000元", "补贴"),
    ]
    found = rows("毕业生在本市就业的，可申请一次性生活补贴，标准为：博士5万元、硕士3万元。")
    assert [figure(row.amount) for row in found] == ["50000元", "30000元"]
    assert [said(row.subject) for row in found] == ["毕业生"] * 2
    assert [said(row.frequency) for row in found] == ["一次性"] * 2


def test_one_character_may_part_sister_rows() -> None:
    text = "对完成Ⅰ、Ⅱ、Ⅲ期临床试验的，分别给予100万元、200万元、300万元资助。"
    assert [event(row) for row in rows(text)] == [f"完成…{i}…期临床试验" for i in "ⅠⅡⅢ"]


def test_instalments_are_no_shares() -> None:
    text = "对产业化项目，按投资的10%予以补助，按开工、投产两个阶段分别拨付40%、60%。"
    assert [figure(row.rate) for row in rows(text)] == ["10%"]


def test_a_share_that_no_support_may_exceed() -> None:
    text = "对新建平台，给予最高800万元补助。单个项目补助金额不超过项目总投资的30%。"
    assert [span.text for span in one(text).ceilings] == ["项目总投资的30%"]


def test_long_lists_are_paired_at_once() -> None:
    names = [f"第{number}类资质" for number in range(30)]
    amounts = [f"{number + 1}万元" for number in range(30)]
    found = rows(f"对获得{'、'.join(names)}的企业，分别给予{'、'.join(amounts)}奖励。")
    assert [names[i] in event(row) for i, row in enumerate(found)] == [True] * 30
    assert figure(found[29].amount) == "300000元"


def test_figures_in_brackets_are_asides() -> None:
    row = one("对住院的职工参保人员，给予每人每天120元（其中床位费不高于每人每天35元）补贴。")
    assert (figure(row.amount), row.caps) == ("120元", ())


def test_labels_that_are_recipients() -> None:
    found = rows("护理费用支付限额为职工参保人员每人每月300元、居民参保人员每人每月200元。")
    assert [said(row.subject) for row in found] == ["职工参保人员", "居民参保人员"]
    assert [figure(row.amount) for row in found] == ["300元", "200元"]


def test_a_sentence_that_only_leads_up_to_figures() -> None:
    text = "对产业化的医疗器械给予资金支持。对首次获批三类注册证的，给予奖励200万元。"
    assert [figure(row.amount) for row in rows(text)] == ["2000000元"]


def test_thresholds_are_paired_with_amounts() -> None:
    found = rows("对年营业收入首次突破1亿元、5亿元的企业，分别给予10万元、50万元奖励。")
    assert [[figure(b.quantity) for b in row.bounds] for row in found] == [
        ["100000000元"],
        ["500000000元"],
    ]


def test_a_share_of_people_bounds_what_was_granted_before() -> None:
    text = "租用厂房的企业，按租金的50%给予补贴。其中，每年获得支持的建筑面积不超过15平方米/人。"
    assert bounds(one(text)) == [("每年获得支持的建筑面积", "<=", "15平方米/人")]


# Caps over caps, ceilings, deductions, exclusions


def test_caps_over_caps() -> None:
    text = "企业参加境外展会的，按展位费的50%给予补贴，每个展位最高补贴2万元，同一企业每年补贴不超过10万元。"
    row = one(text)
    assert caps(row) == [("20000元", "item", False), ("100000元", "recipient", True)]
    assert row.at_most


def test_a_cap_in_the_next_sentence() -> None:
    text = "对首件辅助器具，实行全额补贴；对第二件辅助器具，补贴60%。一个资助年度内的补贴上限为10000元。"
    found = rows(text)
    assert [figure(row.rate) for row in found] == ["100%", "60%"]
    assert [caps(row) for row in found] == [[("10000元", "recipient", True)]] * 2


def test_a_cap_on_how_many_may_be_applied_for() -> None:
    row = one("对招用毕业生的企业，给予每人1000元一次性补贴，单个企业最多申报5人。")
    assert caps(row) == [("5人", "recipient", False)]


def test_a_cap_behind_the_last_semicolon_holds_for_the_sentence() -> None:
    text = (
        "企业投资达到5000万元以上的，按投资额的8%给予补助；达到1亿元以上的，按10%给予补助；"
        "单个项目最高不超过2000万元。"
    )
    found = rows(text)
    assert [caps(row) for row in found] == [[("20000000元", "item", False)]] * 2
    assert [said(row.base) for row in found] == ["投资额"] * 2
    assert event(found[1]).startswith("投资")


def test_a_cap_of_the_recipient_holds_for_both_sisters() -> None:
    text = "对参展企业，境外展会给予展位费70%补贴，境内展会给予展位费50%补贴，单个企业年度累计不超过20万元。"
    assert [caps(row) for row in rows(text)] == [[("200000元", "recipient", True)]] * 2


def test_a_cap_of_each_sister_stays_with_it() -> None:
    text = "对甲类企业给予租金50%的补贴，单个企业不超过5万元，对乙类企业给予租金20%的补贴，单个企业不超过2万元。"
    assert [caps(row)[0][0] for row in rows(text)] == ["50000元", "20000元"]
    assert [len(row.caps) for row in rows(text)] == [1, 1]


def test_a_cap_for_each_square_metre_is_no_sum() -> None:
    row = one("对租用厂房的企业，按租金的50%给予补贴，每平方米每月最高不超过50元。")
    assert caps(row) == [("50元/平方米/月", "item", False)]


def test_exclusions_of_a_sister_clause(tmp_path: Path) -> None:
    text = (
        "助餐服务办法\n第一条 运营补贴\n长者饭堂按就餐人次享受运营补贴，补贴标准为每人每次3元。\n"
        "邻里互助服务模式不享受运营补贴。\n"
    )
    (row,) = read(text, tmp_path)
    assert [span.text for span in row.exclusions] == ["邻里互助服务模式不享受运营补贴"]


def test_ceilings_in_words() -> None:
    row = one("企业装修厂房的，按300元/㎡给予补贴，且不超过实际装修费用。")
    assert [span.text for span in row.ceilings] == ["实际装修费用"]
    row = one("对申请的辅助器具，给予60%补贴。实际补贴不得超过《目录》中规定的适配上限。")
    assert [span.text for span in row.ceilings] == ["《目录》中规定的适配上限"]


def test_deductions_and_exclusions() -> None:
    text = (
        "企业完成临床试验的，按投入的20%给予补助，同一品种不重复支持。"
        "单个企业每年不超过1000万元，应扣除当年度已享受的其他补助金额。"
    )
    row = one(text)
    assert [span.text for span in row.deductions] == ["应扣除当年度已享受的其他补助金额"]
    assert [span.text for span in row.exclusions] == ["同一品种不重复支持"]
    assert caps(row) == [("10000000元", "recipient", True)]


def test_a_cap_of_the_document_holds_for_all_its_measures(tmp_path: Path) -> None:
    text = (
        "促进产业发展办法\n第一条 企业通过认证的，给予10万元奖励。\n"
        "第二条 对租用厂房的企业，按租金的50%给予补贴。\n"
        "第三条 同一企业年度享受本办法各项资金总额不超过500万元。\n"
    )
    found = read(text, tmp_path)
    assert [caps(row) for row in found] == [[("5000000元", "recipient", True)]] * 2


# Who, what for, in which words


@pytest.mark.parametrize(
    ("text", "subject", "occasion"),
    [
        ("对不裁员的参保企业，给予10万元补助。", "参保企业", "不裁员"),
        ("企业自行装修厂房的，给予10万元补助。", "企业", "自行装修厂房"),
        ("对符合条件的中小文化企业融资，给予贴息。", "符合条件的中小文化企业", "融资"),
        ("对疫情防控重点保障企业给予稳岗补贴。", "疫情防控重点保障企业", "稳岗"),
        ("完成海外交易的，给予许可企业最高500万元奖励。", "许可企业", "完成海外交易"),
        ("采取贴息、担保补助等方式支持企业进行技术改造。", "企业", "技术改造"),
        ("每年安排最高80万元经费支持社区建设。", None, "社区建设"),
    ],
)
def test_who_and_what_for(text: str, subject: str | None, occasion: str) -> None:
    row = one(text)
    assert (said(row.subject), event(row)) == (subject, occasion)


def test_two_recipients_named_apart_are_left_open() -> None:
    row = one("对生产药品的企业，以及对使用药品的医院，给予10万元奖励。")
    assert row.subject is None
    assert "subject" in row.unread


def test_the_figures_of_a_grant_said_before() -> None:
    text = (
        "为企业提供职业介绍服务的服务机构，给予一次性就业补助。补助标准为："
        "推荐上岗人数为50人以上的，补助2.4万元；100人以上的，补助4.5万元。"
    )
    found = rows(text)
    assert [figure(row.amount) for row in found] == ["24000元", "45000元"]
    assert [said(row.subject) for row in found] == ["服务机构"] * 2
    assert [said(row.frequency) for row in found] == ["一次性"] * 2


@pytest.mark.parametrize(
    ("text", "form", "base", "rate"),
    [
        ("企业承租国有房产的，免收2月份房租。", "免收", "2月份房租", None),
        ("承租用于办公用房的，给予2月份租金50%的减免。", "减免", "2月份租金", "50%"),
        ("对不裁员的企业，可返还上年度实际缴纳失业保险费的50%。", "返还", "上年度实际缴纳失业保险费", "50%"),
        ("老年人就餐可享受补贴，补贴标准为就餐费用的四分之一。", "补贴", "就餐费用", "25%"),
        ("对首次认定的企业，按市级资金的2倍给予配套。", "配套", "市级资金", "2倍"),
        ("对获奖的企业，按国家奖励金额的三倍给予奖励。", "奖励", "国家奖励金额", "3倍"),
        ("对获得重大专项的企业，按1:1比例给予配套支持。", "支持", None, "100%"),
        ("职工门诊医疗，报销比例为80%。", "报销", None, "80%"),
        ("对贷款的企业，给予一半的贴息。", "贴息", None, "50%"),
        ("企业担保贷款的，按担保额的1‰给予补贴。", "补贴", "担保额", "1‰"),
    ],
)  # fmt: skip
def test_forms_bases_and_rates(text: str, form: str, base: str | None, rate: str | None) -> None:
    row = one(text)
    assert (said(row.form), said(row.base), figure(row.rate)) == (form, base, rate)


def test_terms_and_what_an_amount_is_for() -> None:
    row = one("在基地就业的青年，可领取每人每月1500元住房补贴，补贴期限最长为2年。")
    assert (figure(row.amount), said(row.frequency), figure(row.years)) == ("1500元", "每月", "2年")
    assert said(row.name) == "住房补贴"
    assert said(one("对送餐的机构，给予每人每次2元补贴。").each) == "每人每次"
    assert figure(one("对送餐的机构，给予2元/人次补贴。").amount) == "2元/人次"


def test_a_third_is_no_exact_share() -> None:
    row = one("对企业贷款，按利息的三分之一给予贴息。")
    assert (row.rate, said(row.base), row.unread) == (None, "利息", ("rate",))


@pytest.mark.parametrize(
    "text",
    [
        "违反本办法的，处以5万元罚款。",
        "到2025年，全区生物医药产业产值达到500亿元。",
        "国开行已发放专项贷款25亿元，支持企业200家。",
        "安排2亿元专项资金，支持医药产业发展。",
        "银行向企业提供最高500万元贷款支持。",
        "鼓励企业减免租金。",
        "争取上级部门予以贷款贴息。",
        "注册资本1000万元的企业可以申请。",
        "增值税税率为3%。",
        "失能评估费用由申请人按100%的比例承担。",
        "个人缴费标准为每人每年300元，给予参保登记。",
        "医疗机构给予的现金奖励，不受总量限制。",
        "建立动态调整机制，逐步提高补贴标准。",
        "财政部预拨疫情防控补助资金80亿元。",
        "急诊留院观察起付标准按住院起付标准确定。",
    ],
)
def test_no_rows(text: str) -> None:
    assert rows(text) == []


# Figures


@pytest.mark.parametrize(
    ("text", "value", "unit", "low"),
    [
        ("200 万元", "2000000", "元", None),
        ("２００万元", "2000000", "元", None),
        ("1.2亿元", "120000000", "元", None),
        ("1,200元", "1200", "元", None),
        ("三千五百元", "3500", "元", None),
        ("两百万元", "2000000", "元", None),
        ("300元/㎡", "300", "元/平方米", None),
        ("3元/人次", "3", "元/人次", None),
        ("40%—100%", "100", "%", "40"),
        ("5万元—10万元", "100000", "元", "50000"),
        ("百分之五", "5", "%", None),
        ("百分之十二点五", "12.5", "%", None),
        ("四分之一", "25", "%", None),
        ("五分之二", "40", "%", None),
        ("3个年度", "3", "年", None),
        ("半年", "6", "月", None),
        ("2倍", "2", "倍", None),
    ],
)
def test_quantities(text: str, value: str, unit: str, low: str | None) -> None:
    (found,) = find_quantities(text)
    assert (found.value, found.unit) == (Decimal(value), unit)
    assert found.low == (Decimal(low) if low else None)
    assert (found.start, found.end) == (0, len(text))


@pytest.mark.parametrize(
    "text", ["2022年5月1日", "第三条", "〔2025〕56号", "2月份", "之一", "一企一策", "下半年"]
)
def test_what_only_looks_like_a_figure(text: str) -> None:
    assert find_quantities(text) == []


def test_read_number_refuses_words() -> None:
    with pytest.raises(ValueError):
        read_number("若干")


# Properties


def spans(value: Any) -> Iterator[Span]:
    if isinstance(value, Span):
        yield value
    elif isinstance(value, tuple):
        for item in value:
            yield from spans(item)
    elif hasattr(value, "__dataclass_fields__"):
        for name in value.__dataclass_fields__:
            yield from spans(getattr(value, name))


@pytest.mark.parametrize("folder", [bundled_corpus(), OTHER], ids=["bundled", "other"])
def test_spans_are_verbatim(folder: Path) -> None:
    checked = 0
    for reading in read_corpus(folder)[0].values():
        for row in entitlements_of(reading.document, reading.outline):
            for span in spans(row):
                text = reading.outline[span.address.path].text
                assert text[span.start : span.end] == span.text != ""
                checked += 1
    assert checked > 100


PHRASES = (
    "对不裁员的企业", "对国家级、省级、市级载体", "企业自行装修厂房的", "分别给予80万元、30万元、20万元奖励",
    "按实际投入的10%、20%", "单个企业每年不超过500万元", "给予补助", "可返还其失业保险费的50%", "免收2月份房租",
    "超过1000万元部分按5%", "不超过5000万元（含）部分", "再提高100万元、50万元", "不重复支持", "应扣除已享受的补助",
    "补贴标准为每人每次3元", "一等奖人均不超过500元、二等奖人均不超过400元", "且年收入超过500万元", "期限最长2年",
    "不超过实际装修费用", "四分之一", "的", "对", "按", "每", "（", "）", "《", "1", "万元", "%", "100人以上的", "再",
    "采取贴息等方式支持企业进行改造", "单个企业最多申报5人", "15平方米/人", "减半", "全额", "“甲”“乙”", "其中", " ",
)  # fmt: skip
TEXTS = st.lists(
    st.tuples(st.sampled_from(PHRASES), st.sampled_from(("，", "；", "。", "：", "、", "", "\n"))),
    max_size=10,
).map(lambda pairs: "".join(a + b for a, b in pairs))


@settings(max_examples=300, deadline=None)
@given(TEXTS)
def test_any_text_is_read_verbatim(text: str) -> None:
    for row in rows(text):
        for span in spans(row):
            assert text[span.start : span.end] == span.text != ""


def test_a_share_of_what_was_said_before_has_no_base() -> None:
    text = "主导制定国际标准的，每项奖励50万元；参与制定的，按三分之一给予奖励。"
    first, second = rows(text)
    assert figure(first.amount) == "500000元"
    assert second.base is None and second.amount is None and second.rate is None


# Fees that are cut, thresholds of what changed


@pytest.mark.parametrize(
    ("text", "share", "form"),
    [
        ("特种设备检验收费标准降低30%。", "30%", "降低"),
        ("对小微企业降低担保综合费率0.5个百分点。", "0.5%", "降低"),
        ("对批发零售企业，基本电费下调5%。", "5%", "下调"),
    ],
)
def test_a_fee_that_is_cut_is_a_measure(text: str, share: str, form: str) -> None:
    row = one(text)
    assert figure(row.rate) == share
    assert said(row.form) == form


@pytest.mark.parametrize(
    "text",
    [
        "力争单位产值能耗降低15%。",
        "融资担保费率降低10%。",
        "基本电费降低0.5个百分点。",
        "推动企业贷款综合融资成本再下降0.5个百分点。",
        "贷款利率降低0.5个百分点的企业不超过三成。",
        "运输费用同比降低20%的企业共有15家。",
    ],
)
def test_what_merely_falls_is_no_measure(text: str) -> None:
    assert not [row for row in rows(text) if row.rate]


def test_a_threshold_of_what_changed_is_of_what_was_named_before() -> None:
    text = "营业收入较上年下降30%以上的，给予10万元补助；下降50%以上的，给予15万元补助。"
    first, second = rows(text)
    assert said(first.bounds[0].of) == said(second.bounds[0].of) == "营业收入较上年下降"
    level = one("职工平均人数与上年相比持平或增长10%（不含）以内的，给予5万元补贴。")
    assert said(level.bounds[0].of) == "职工平均人数与上年相比"


# Floors on the gold rows


def read(text: str, folder: Path) -> tuple[Entitlement, ...]:
    path = folder / "text.txt"
    path.write_text(text, "utf-8")
    reading = read_source(entry_of_file(path))
    return entitlements_of(reading.document, reading.outline)


@pytest.mark.parametrize(
    ("file", "folder", "accuracy", "wrong"),
    [
        ("five-sources.jsonl", bundled_corpus(), 0.992, 0.003),
        ("other-policies.jsonl", OTHER, 0.942, 0.018),
    ],
    ids=["five-sources", "other"],
)
def test_floors_on_gold(file: str, folder: Path, accuracy: float, wrong: float) -> None:
    gold = [row for row in load_rows(bundled_gold() / "entitlements" / file) if row.address]
    texts = {name: (reading, None) for name, reading in read_corpus(folder)[0].items()}
    values = score_rows(gold, texts).values
    assert values["field_accuracy"] >= accuracy
    assert values["wrong_share"] <= wrong


def test_two_ways_to_one_thing_are_no_list_that_amounts_go_with() -> None:
    found = rows(
        "对毕业2年内到本市企业就业或者自主创业的全日制博士、硕士毕业生，"
        "分别按照每月2000元、1200元的标准给予安居补贴。"
    )
    assert [("博士" in event(row), "硕士" in event(row)) for row in found] == [
        (True, False),
        (False, True),
    ]
