"""Conversations over the bundled corpus: what was said turns before, used, shown and forgotten."""

from __future__ import annotations

from dataclasses import replace
from decimal import Decimal

import pytest

from server.answer import Calculation, Recalled, Step
from server.sums.check import unfounded_line

OTHER = "高新区三类证奖多少？"
SPENT = "我们创新药二期花了1800万，进入三期"
ENTERED = "我们创新药进了三期，高新区能给我们补多少"
INSURED = "我们的国内临床责任险保费60万"
COST = "该阶段实际研发投入费用是多少？"


def said(answer) -> dict[str, bool]:
    return {fact["text"]: fact["used"] for fact in answer["facts"]}


@pytest.mark.parametrize(
    ("conversation", "question", "display", "used"),
    [
        ([SPENT, OTHER], ENTERED, "最高300万元", "二期花了1800万元"),
        ([SPENT, OTHER], "市里对我们创新药二期的研发最高支持多少", "最高300万元", "二期花了1800万元"),
        ([SPENT, OTHER, "不对，二期花了900万"], ENTERED, "最高180万元", "二期花了900万元"),
        (["集采金额8000万元", OTHER], "我们的国采中选品种高新区能奖多少", "最高240万元", "集采金额8000万元"),
        ([INSURED, OTHER], "我们买的国内临床试验责任险，市里能补我们多少", "最高30万元", "国内临床责任险保费60万元"),
        (["我们今年有3个二类证", "市里创新药奖多少"], "我们的二类证高新区能奖多少", "最高150万元", "今年有3个二类证"),
        (
            ["我们做CRO平台，固定资产投资8000万", "集采金额3000万元"],
            "新建CRO平台市里能给我们补多少", "最高1000万元", "固定资产投资8000万元",
        ),
        (
            ["我们二期花了1800万", "三期花了2000万", OTHER],
            "我们的创新药三期申报受理了，高新区能补多少", "最高600万元", "三期花了2000万元",
        ),
    ],
)  # fmt: skip
def test_a_figure_said_before_is_used_where_a_sum_lacks_it(
    ask, conversation, question, display, used
):
    answer = ask(question, conversation=conversation)
    calculation = answer["calculation"]
    assert calculation["display"] == display
    assert calculation["assumptions"][0] == f"按您前面说的：{used}"
    assert used in answer["answer"]
    assert {text for text, is_used in said(answer).items() if is_used} == {used}


def test_what_lessens_or_bars_a_sum_is_put_beside_its_base(ask):
    told = "我们的创新药二期花了1250万元，三期已启动，今年别处领过65万元研发补助"
    answer = ask(ENTERED, conversation=[told, OTHER])
    assert answer["calculation"]["display"] == "最高185万元"
    told = "我们装修了1500平GMP车间，固定资产投资{}万"
    asked = "我们自己装的GMP车间高新区能补多少"
    for invested, display in (("2300", "最高120万元"), ("300", "0元")):
        answer = ask(asked, conversation=[told.format(invested), OTHER])
        assert answer["calculation"]["display"] == display
        assert said(answer)[f"固定资产投资{invested}万元"]


@pytest.mark.parametrize(
    ("conversation", "question", "missing"),
    [
        pytest.param(
            [SPENT, OTHER], "我们的创新药三期做完了，上市申请也受理了，高新区能给我们补多少",
            COST, id="another-stage",
        ),
        pytest.param(
            ["我们改良型新药二期花了1800万", OTHER],
            "我司的创新药做完II期进入III期，高新区能给我们补多少？", COST, id="another-kind",
        ),
        pytest.param(
            [INSURED, OTHER], "我们的海外临床试验责任险，市里能补多少",
            "实际缴纳保费是多少？", id="another-side",
        ),
        pytest.param(
            ["我们固定资产投资8000万", OTHER], "我们租的厂房高新区能补多少租金",
            "实缴租金是多少？", id="another-kind-of-money",
        ),
        pytest.param(
            ["去年研发投入5000万", OTHER], "我们创新药做完I期进入II期，高新区能补多少",
            COST, id="stage-not-said",
        ),
        pytest.param(
            [SPENT.replace("我们", "隔壁公司的"), OTHER], ENTERED, COST, id="of-somebody-else",
        ),
        pytest.param(
            ["如果我们创新药二期花了1800万，补多少", OTHER], ENTERED, COST, id="supposed",
        ),
        pytest.param([SPENT, "忘掉前面说的"], ENTERED, COST, id="taken-back"),
    ],
)  # fmt: skip
def test_a_figure_that_does_not_fit_is_not_used(ask, conversation, question, missing):
    answer = ask(question, conversation=conversation)
    assert answer["calculation"]["result"] is None
    assert answer["calculation"]["missing"][0] == missing
    assert not any(said(answer).values())


def test_a_question_with_its_own_figure_uses_that(ask):
    own = "我们的创新药三期申报受理了，三期花了2200万，高新区补多少"
    answer = ask(own, conversation=[SPENT, OTHER])
    assert answer["calculation"]["display"] == "最高660万元"
    assert said(answer) == {
        "创新药": False, "进入三期": False, "二期花了1800万元": False, "三期花了2200万元": True,
    }  # fmt: skip


@pytest.mark.parametrize(
    "question", [OTHER, "56号文什么时候失效？", "高新区租厂房的企业租金怎么补？"]
)
def test_a_question_on_something_else_is_answered_as_alone(ask, question: str):
    alone, later = ask(question), ask(question, conversation=[SPENT, "能补多少？"])
    for answer in (alone, later):
        answer.pop("took_ms"), answer.pop("facts")
    assert later == alone


def test_a_conversation_of_five_turns(ask):
    turns = [
        "我们在高新区，创新药二期花了1800万，已进入三期", "能补多少？", "市里呢？",
        "我们还买了国内临床责任险，保费60万，市里补多少", "那三期如果花3000万、申报上市受理呢",
    ]  # fmt: skip
    displays = []
    for place, question in enumerate(turns):
        answer = ask(question, conversation=turns[:place])
        displays.append((answer["calculation"] or {}).get("display"))
    assert displays == [None, "最高300万元", "最高300万元", "最高30万元", "最高600万元"]
    assert [(f["kind"], f["text"], f["turn"]) for f in answer["facts"]] == [
        ("place", "高新区", 1), ("product", "创新药", 1), ("stage", "已进入三期", 1),
        ("amount", "二期花了1800万元", 1), ("amount", "保费60万元", 4),
    ]  # fmt: skip


@pytest.mark.parametrize(
    ("told", "display"),
    [
        ("不对，是900万", "最高180万元"),
        ("不是1800万，是900万", "最高180万元"),
        ("说错了，二期花了900万", "最高180万元"),
        # Of another stage: another case, never the other figure at this one's rate.
        ("三期花了2000万", "最高600万元"),
    ],
)
def test_a_figure_told_after_a_sum_is_worked_out_in_its_place(ask, told: str, display: str):
    answer = ask(told, conversation=[SPENT, "高新区能补多少？"])
    assert answer["calculation"]["display"] == display


def test_a_follow_up_goes_on_with_the_question_that_it_speaks_of(ask):
    turns = [SPENT, "高新区能补多少？", INSURED + "，市里补多少"]
    answer = ask("那二期的呢", conversation=turns)
    assert answer["calculation"]["display"] == "最高300万元"


def test_words_that_take_back_are_answered_so(ask):
    answer = ask("忘掉前面说的", conversation=[SPENT])
    assert (answer["status"], answer["claims"], answer["citations"]) == ("answered", [], [])
    assert "不再算数" in answer["answer"]
    assert answer["facts"] == []
    answer = ask("重新开始。" + ENTERED, conversation=[SPENT])
    assert answer["calculation"]["missing"] == [COST]


@pytest.mark.parametrize("forget", [["二期花了1800万元"], [1], ["没说过", 1, 2]])
def test_what_is_forgotten_is_neither_used_nor_shown(ask, forget):
    answer = ask(ENTERED, conversation=[SPENT, OTHER], forget=forget)
    assert answer["calculation"]["missing"] == [COST]
    assert "二期花了1800万元" not in said(answer)
    # Nor does a follow-up take it from the question before.
    answer = ask("能补多少？", conversation=[SPENT], forget=[one for one in forget if one != 2])
    assert not (answer["calculation"] or {}).get("display")


@pytest.mark.parametrize("forget", [[0], [True], [1.5], [None], "二期", [" "], [["x"]], ["x"] * 51])
def test_what_to_forget_is_checked(client, forget):
    body = {"question": OTHER, "conversation": [SPENT, OTHER], "forget": forget}
    for path in ("/api/ask", "/api/ask/stream"):
        response = client.post(path, json=body)
        assert response.status_code == 400
        assert response.json()["error"]["field"] == "forget"


def test_a_stream_forgets_too(client):
    body = {"question": ENTERED, "conversation": [SPENT, OTHER]}
    assert "按您前面说的" in client.post("/api/ask/stream", json=body).text
    told = client.post("/api/ask/stream", json=body | {"forget": ["二期花了1800万元"]}).text
    assert "按您前面说的" not in told


def test_the_check_of_a_working_wants_the_figure_in_the_question_named():
    figure = (Decimal(8_000_000), "元")
    recalled = Recalled("集采金额800万元", "amount", 1, figure, used=True)
    step = Step("800万元 × 3% = 24万元", ())
    calculation = Calculation(Decimal(240_000), "元", "24万元", (step,), recalled=(recalled,))
    quotes = ["给予3%的奖励"]
    assert unfounded_line(calculation, "能奖多少", quotes, ["集采金额800万元"]) is None
    for earlier in ([], ["集采金额900万元"], ["", "集采金额800万元"]):
        assert unfounded_line(calculation, "能奖多少", quotes, earlier) == recalled.text
    silent = replace(calculation, recalled=())
    assert unfounded_line(silent, "能奖多少", quotes, ["集采金额800万元"]) == step.text
