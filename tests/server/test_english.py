"""In English mode no Chinese word of the interface is left; words of the corpus are marked as Chinese."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import lxml.html
import pytest
from starlette.testclient import TestClient

from server import phrasing
from server.calculating import calculated, can_be_calculated, inputs_of
from server.language import words_of
from server.phrasing import patterns, phrased, recognised

CHINESE = re.compile("[\u4e00-\u9fff]")
ATTRIBUTES = ("aria-label", "alt", "title", "placeholder", "data-l")
MEASURE = "cqgxq-2024-31%23art4.item1~"
PAGES = [
    "/", "/documents", "/documents?q=奖励&status=in_force", "/documents?q=zzzz", "/documents?area=无",
    "/documents/cqgxq-2024-31", "/documents/cqgxq-2024-31/original?clause=art6",
    "/measures", "/measures?area=重庆高新区&sort=amount&order=down&in_force=true&at_least=100",
    "/measures?subject=zzzz&area=重庆市", "/measures?at_least=abc",
    "/calculator", f"/calculator?measure={MEASURE}2&base=3000&go=1",
    f"/calculator?measure={MEASURE}2&base=abc&go=1", f"/calculator?measure={MEASURE}2&go=1",
    "/calculator?measure=cqgxq-2024-31%23art11.item1~1&base=6800",
    "/compare", f"/compare?measure={MEASURE}1&measure={MEASURE}2", "/compare?measure=none",
    "/compare?document=cqgxq-2024-31&document=cqzfb-2025-56&q=zzzz",
    "/match", "/check", "/login", "/chats", "/none", "/documents/none", "/?q=奖励&as_of=x",
]  # fmt: skip
ANSWERS = [
    "/?q=创新药III期临床花了3000万，高新区最多补多少？",
    "/?q=高新区CRO平台固定资产投了6800万，能补多少？",
    "/?q=我们拿到了二类和三类医疗器械注册证，高新区能奖多少？",
    "/?q=中药经典名方拿到批文，市级和高新区分别奖多少",
    "/?q=国际生物城里有多少家生物医药企业",
    "/?q=养老院的床位补贴是多少", "/?q=52号文还有效吗",
]  # fmt: skip
CHECKED = (
    "根据渝高新发〔2024〕31号第六条，中药经典名方奖励300万元。《上海市条例》第三条另有规定。"
    "渝高新发〔2024〕31号第九十九条规定奖励。"
)


@pytest.fixture(scope="module")
def english(client: TestClient) -> TestClient:
    browser = TestClient(client.app, headers={"accept": "text/html"})
    browser.cookies.set("tiaowen_lang", "en")
    return browser


def left(html: str) -> list[str]:
    """Chinese text outside of what is marked as Chinese, and interface words inside of it."""
    words = {word for word in words_of("en") if len(word) > 3}
    found = []
    for node in lxml.html.fromstring(html).iter():
        # A title in the browser's bar has one language only, and may name a document.
        if not isinstance(node.tag, str) or node.tag in ("script", "style", "title"):
            continue
        # The language of a text behind an element is that of what surrounds it.
        texts = [(node, node.text), (node.getparent(), node.tail)]
        texts += [(node, node.get(name)) for name in ATTRIBUTES]
        for place, text in texts:
            if place is None or not text or not CHINESE.search(text):
                continue
            lang = next(
                (a.get("lang") for a in [place, *place.iterancestors()] if a.get("lang")), ""
            )
            if lang != "zh-CN" or text.strip() in words:
                found.append(f"{place.tag}: {text.strip()[:60]}")
    return [each for each in found if "e.g. " not in each and "xample: " not in each]


@pytest.mark.parametrize("path", PAGES + ANSWERS)
def test_no_chinese_word_of_the_interface_is_left(english, path: str) -> None:
    html = english.get(path).text
    assert '<html lang="en">' in html
    assert left(html) == []


def test_a_match_and_a_check_in_english(english) -> None:
    form = {
        "area": "重庆高新区",
        "product": "创新药",
        "amount": "研发费用",
        "value": "3000",
        "unit": "万元",
    }
    matched = english.post("/match", data=form).text
    assert "you said" in matched
    assert left(matched) == []
    assert left(english.post("/match", data=form | {"value": "abc"}).text) == []
    checked = english.post("/check", data={"text": CHECKED}).text
    assert "outside the library" in checked
    assert left(checked) == []


def lines_of(calculation) -> list[str]:
    steps = [step["text"] if isinstance(step, dict) else step.text for step in calculation["steps"]]
    lines = [*steps, *calculation["assumptions"], *calculation["missing"], calculation["display"]]
    # Arithmetic alone has no words: 3000万元 × 30% = 900万元.
    return [
        line for line in lines if re.search(r"[^\d\s.,%×÷+−=/元万亿个平方米月年天次人倍]", line)
    ]


def test_every_line_of_a_working_is_in_english(assistant, ask) -> None:
    """Sums of questions, and of every measure that the calculator offers."""
    lines = []
    for path in ANSWERS[:3]:
        lines += lines_of(ask(path.removeprefix("/?q="))["calculation"] or pytest.fail(path))
    for question in (
        "高新区，租了2000平方米厂房，12个人，每平方米月租金30元，一年补多少",
        "高新区CRO平台投了500万，能补多少",
        "创新药三期花了3000万，已经拿过别的研发补助100万，高新区能补多少",
    ):
        lines += lines_of(ask(question)["calculation"] or {"steps": [], "assumptions": [],
                          "missing": [], "display": ""})  # fmt: skip
    for row in (r for rows in assistant.index.entitlements.values() for r in rows):
        if not can_be_calculated(row):
            continue
        inputs = inputs_of(row, assistant.index)
        for figure in ("3", "90000"):
            values = {i.name: figure for i in inputs if i.unit}
            done = calculated(assistant.retriever, row, inputs, values).worked
            if done and done.sum.calculation.result is not None:
                found = done.sum.calculation
                lines += lines_of({"steps": found.steps, "assumptions": found.assumptions,
                                   "missing": found.missing, "display": found.display})  # fmt: skip
    assert len(set(lines)) > 30
    assert [line for line in dict.fromkeys(lines) if recognised(line, "en") is None] == []


@pytest.mark.parametrize(
    ("text", "said"),
    [
        ("最高760万元（另一种读法为860万元）", "at most 760万元 (the other reading gives 860万元)"),
        ("重庆市最高1000万元；重庆高新区最高700万元", "重庆市: at most 1000万元; 重庆高新区: at most 700万元"),
        ("重庆市：900万元 超过上限700万元，按700万元", "重庆市: 900万元 exceeds the cap of 700万元: 700万元 counts"),
        ("端午、中秋：2次 × 120人 × 200元 = 4.8万元", "端午、中秋: 2次 × 120人 × 200元 = 4.8万元"),
        ("10万元 − 20万元 = -10万元，按0元", "10万元 − 20万元 = -10万元, counted as 0元"),
        ("您说的是哪一种：甲，还是乙，还是丙？", "Which one do you mean: 甲, or 乙, or 丙?"),
        ("投资额不低于500万元", "投资额 is at least 500万元"),
        # Words of a clause are none of ours.
        ("标准：最高奖励500万元", "标准：最高奖励500万元"),
        ("支持甲、乙、丙，最高奖励3万元。", "支持甲、乙、丙，最高奖励3万元。"),
    ],
)  # fmt: skip
def test_words_of_ours_become_english_and_figures_stay(text: str, said: str) -> None:
    assert re.sub("<[^>]+>", "", phrased(text, "en")) == said


def test_every_phrase_says_all_its_values() -> None:
    table = tomllib.loads((Path(phrasing.__file__).with_name("phrases.toml")).read_text("utf-8"))
    assert len(patterns("en")["patterns"]) == len(table["en"])
    for chinese, english in table["en"].items():
        places = len(re.findall(r"\{[#@=!]?\}", chinese))
        values = [f"<{n}>" for n in range(places)]
        assert all(value in english.format(*values) for value in values), chinese


def test_a_question_asked_back_is_answered_in_the_unit_of_the_clause(english) -> None:
    form = {"area": "重庆高新区", "product": "创新药", "stage": "II期"}
    html = english.post("/match", data=form).text
    assert 'name="amount"' in html
    assert set(re.findall(r'type="hidden" name="unit" value="([^"]+)"', html)) == {"万元"}


def test_values_in_a_phrase_are_text() -> None:
    said = phrased("您填的是<b>{}</b>", "en")
    assert said == "you said &lt;b&gt;{}&lt;/b&gt;"
    assert phrased("没有这句话", "en") == '<span lang="zh-CN">没有这句话</span>'
    found = phrased("共 3 处引用（按 2026-11-24 核对）：数字不符 1 处，库外，未核对 2 处。", "en")
    assert "figure differs: " in found
    assert "outside the library: " in found
    assert "处" not in found
    several = phrased("查有《甲》，引文与原文一致，3万元与条文一致；没有说产品类别", "en")
    assert "found: " in several
    assert "一致" not in several
    assert phrased("您说的3万元，不符合“不少于5万元”；按您的回答", "en").endswith("by your answer")
