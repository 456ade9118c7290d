"""What a question states of its case, and the kinds that exclude each other."""

from __future__ import annotations

from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from server.sums.facets import conflict, facets_of
from server.sums.facts import stated_facts
from server.sums.written_out import spelt_out


def read(question: str) -> list[tuple[int | float, str]]:
    return [(float(f.value), f.unit) for f in stated_facts(question)]


@pytest.mark.parametrize(
    ("question", "facts"),
    [
        ("花了1200万元", [(12_000_000, "元")]),
        ("三件是1200、900和700块", [(3, "件"), (1200, "元"), (900, "元"), (700, "元")]),
        ("三个项目20、30万元", [(3, "个"), (200_000, "元"), (300_000, "元")]),
        ("花了１２００万元", [(12_000_000, "元")]),
        ("花了1,200万元", [(12_000_000, "元")]),
        ("花了1，200万元", [(12_000_000, "元")]),
        ("到账1.2亿元", [(120_000_000, "元")]),
        ("到账2个亿", [(200_000_000, "元")]),
        ("一亿两千万元的项目", [(120_000_000, "元")]),
        ("投了1亿2000万", [(120_000_000, "元")]),
        ("交了九万六", [(96_000, "元")]),
        ("交了两万五", [(25_000, "元")]),
        ("花了九百六十万", [(9_600_000, "元")]),
        ("三千五百元", [(3_500, "元")]),
        ("500块钱", [(500, "元")]),
        ("面积300㎡", [(300, "平方米")]),
        ("面积300m2，固投2000万", [(300, "平方米"), (20_000_000, "元")]),
        ("面积1500平", [(1_500, "平方米")]),
        ("38个人", [(38, "人")]),
        ("38名员工", [(38, "人")]),
        ("5个职工", [(5, "人")]),
        ("领3个月", [(3, "月")]),
        ("住了240天", [(240, "日")]),
        ("占百分之二十", [(20, "%")]),
        ("2个创新药、1个生物类似药、3个经典名方", [(2, "个"), (1, "个"), (3, "个")]),
        ("2024年投了300万元", [(3_000_000, "元")]),
        ("按31号办法第五条申报", []),
        ("56号文怎么说", []),
        ("完成I期、进入II期", []),
        ("两块一共多少", []),
        ("三块加起来多少", []),
        ("1平方米多少钱", []),
        ("这一个品种能奖多少", []),
        ("", []),
    ],
)
def test_figures_with_their_units(question: str, facts: list) -> None:
    assert read(question) == facts


@pytest.mark.parametrize(
    "question",
    [
        "不是补1000块吗",
        "封顶500万吗",
        "上限是800万元对吧",
        "最高300万元没错吧",
        "奖励1000万元对吗",
        "能拿90万元吗",
    ],
)
def test_what_the_policy_is_taken_to_grant_is_no_fact(question: str) -> None:
    assert stated_facts(question) == ()


@pytest.mark.parametrize(
    "question",
    [
        "领过90万元补助",
        "已享受其他研发补助90万元",
        "已经享受补贴90万元",
        "别处补助90万元",
        "当年已获补助90万元",
        "拿过奖励90万元",
    ],
)
def test_what_was_received_is_a_fact(question: str) -> None:
    assert read(question) == [(900_000, "元")]


def test_each_figure_has_the_words_around_it() -> None:
    facts = stated_facts("国内那份交了72万元，海外那份交了260万元")
    assert [(f.written, f.words) for f in facts] == [
        ("72万元", "国内那份交了72万元"),
        ("260万元", "海外那份交了260万元"),
    ]


def test_a_figure_without_words_is_of_what_the_one_before_is() -> None:
    facts = stated_facts("年度集采金额分别是1.1亿元、4000万元和2000万元")
    assert [f.written for f in facts] == ["1.1亿元", "4000万元", "2000万元"]
    assert len({f.words for f in facts}) == 1
    assert "集采金额" in facts[0].words


def test_counts_of_a_list_have_their_own_words() -> None:
    facts = stated_facts("落地2个创新药、1个生物类似药、3个经典名方")
    assert ["创新药" in f.words for f in facts] == [True, False, False]
    assert ["类似药" in f.words for f in facts] == [False, True, False]
    assert ["名方" in f.words for f in facts] == [False, False, True]


def test_things_told_apart_take_the_place_of_their_number() -> None:
    facts = stated_facts("拿下两张三类证，一张是创新特别审查的，另一张是优先审批的")
    assert [(int(f.value), f.unit) for f in facts] == [(1, "张"), (1, "张")]
    assert all(f.words.startswith("拿下两张三类证；") for f in facts)
    assert "创新特别审查" in facts[0].words and "优先审批" not in facts[0].words
    assert "优先审批" in facts[1].words and "创新特别审查" not in facts[1].words


def test_things_not_all_told_apart_stay_a_number() -> None:
    facts = stated_facts("拿下三张三类证，一张是创新特别审查的")
    assert [int(f.value) for f in facts] == [3, 1]


@pytest.mark.parametrize(
    ("question", "amounts"),
    [
        ("办两场区级论坛，各花30万元", [300_000] * 2),
        ("两个品种进集采，每个品种年度集采金额5000万元", [50_000_000] * 2),
        ("三个AI产品，各投入500万元", [5_000_000] * 3),
        # Said one by one, or of something else.
        ("两个新药做完三期，三期各烧了3000万元和2000万元", [30_000_000, 20_000_000]),
        ("两个品种，一共5000万元", [50_000_000]),
        ("两个品种，各级补助领过50万元", [500_000]),
        ("两个品种，每年花300万元", [3_000_000]),
        ("委托合同2亿元，两家各自奖励多少", [200_000_000]),
    ],
)
def test_an_amount_of_each_of_several_things(question: str, amounts: list[int]) -> None:
    assert [int(f.value) for f in stated_facts(question) if f.unit == "元"] == amounts


@pytest.mark.parametrize("currency", ["美元", "欧元", "港元", "日元", "英镑"])
def test_money_of_another_country_is_no_yuan(currency: str) -> None:
    assert read(f"投入1200万{currency}") == [(12_000_000, currency)]


def test_what_was_received_in_several_parts() -> None:
    facts = stated_facts("投入1200万元，别处领过20万元和30万元补助")
    assert [int(f.value) for f in facts] == [12_000_000, 200_000, 300_000]
    assert all("领过" in fact.words for fact in facts[1:])
    assert "领过" not in facts[0].words


def test_a_marker_before_an_amount_counts_nothing() -> None:
    assert read("全年金额一个1.2亿元，一个5000万元") == [(120_000_000, "元"), (50_000_000, "元")]


@pytest.mark.parametrize(
    ("question", "past"),
    [
        ("已经干满1年", True),
        ("干了2年", True),
        ("住满6个月", True),
        ("再干3年", False),
        ("补3年", False),
        ("租期3年", False),
        ("花了300万元", False),
    ],
)
def test_time_behind_somebody(question: str, past: bool) -> None:
    (fact,) = stated_facts(question)
    assert fact.past is past


@pytest.mark.parametrize("text", ["0一亿0万", "1一万二", "一1亿三", "二百3万五", "1.2亿三"])
def test_what_is_no_number_stays_as_it_is(text: str) -> None:
    assert spelt_out(text) == text


def test_hundreds_belong_to_a_spoken_amount() -> None:
    assert spelt_out("二百三十万五") == "230.5万"


@pytest.mark.parametrize(
    ("text", "persons"),
    [
        ("我们两口子：我返乡办了厂，老婆失业3个月，两个人加起来能拿多少", False),
        ("我们两口子租房能补多少", True),
        ("我招了两个人，爱人也在厂里", True),
    ],
)
def test_a_couple_told_of_one_by_one_is_no_number(text: str, persons: bool) -> None:
    assert any(fact.unit == "人" for fact in stated_facts(text)) is persons


@given(st.integers(1, 9), st.integers(1, 9), st.sampled_from("万亿"))
def test_spoken_amounts(whole: int, tenth: int, scale: str) -> None:
    numerals = "零一二三四五六七八九"
    spoken = f"花了{numerals[whole]}{scale}{numerals[tenth]}"
    (fact,) = stated_facts(spoken)
    step = Decimal({"万": 10_000, "亿": 100_000_000}[scale])
    assert fact.value == (whole + Decimal(tenth) / 10) * step


@given(st.text("花了一二两三万亿千百十0123456789.,，元平㎡m个块年月满再补 ", max_size=14))
def test_facts_stand_where_they_say(question: str) -> None:
    spelt = spelt_out(question)
    assert spelt_out(spelt) == spelt
    for fact in stated_facts(question):
        assert fact.value >= 0
        at = "".join(spelt[fact.start :].split())
        assert at.startswith(fact.written)


@pytest.mark.parametrize(
    ("text", "group", "values"),
    [
        ("改良型新药完成Ⅰ期，进入Ⅱ期", "stage", {"I"}),
        ("完成II期临床试验研究并进入III期", "stage", {"II"}),
        ("三期花了1000万", "stage", {"III"}),
        ("临床前研究", "stage", {"临床前"}),
        ("2类改良型新药", "drug", {"改良"}),
        ("1类新药", "drug", {"创新药"}),
        ("生物类似药", "drug", {"类似"}),
        ("经典名方", "drug", {"名方"}),
        ("二类证", "class", {"二类"}),
        ("三类医疗器械注册证", "class", {"三类"}),
        ("国际性/全国性", "level", {"国家级"}),
        ("市级、区级", "level", {"市级", "区级"}),
        ("海外临床试验", "side", {"境外"}),
        ("国内试验", "side", {"境内"}),
    ],
)
def test_what_a_text_names(text: str, group: str, values: set[str]) -> None:
    assert facets_of(text)[group] == values


@pytest.mark.parametrize(
    ("left", "right", "against"),
    [
        ("三期花了1000万", "完成II期临床试验", True),
        ("三期花了1000万", "完成Ⅲ期临床试验", False),
        ("二类证", "三类医疗器械注册证", True),
        ("二类证", "二类医疗器械注册证", False),
        ("创新药", "改良型新药", True),
        ("生物类似药", "改良型新药、生物类似药", False),
        ("国内保险", "海外临床试验", True),
        ("市级论坛", "区级", True),
        ("二级医院", "三级医院", True),
        # What only one of them names excludes nothing.
        ("花了1000万", "完成II期临床试验", False),
        ("二类证", "完成II期临床试验", False),
        ("", "", False),
    ],
)
def test_kinds_that_exclude_each_other(left: str, right: str, against: bool) -> None:
    assert conflict(facets_of(left), facets_of(right)) is against
    assert conflict(facets_of(right), facets_of(left)) is against
