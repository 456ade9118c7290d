"""The linter finds what makes a gold set a bad judge, and lets good questions pass."""

from __future__ import annotations

import time
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from corpus.address import Address
from eval.gold import GoldQuestion, bundled_gold, load_gold
from eval.lint import TYPES, lint
from eval.sets import bundled_sets

A6 = Address.parse("cqgxq-2024-31#art6")
A10 = Address.parse("cqgxq-2024-31#art10")
GOOD = GoldQuestion(
    "t1", "高新区一家药企靠经典名方一年封顶能拿多少？", "single_fact", "answered", (A6,),
    (("200万元", "200 万元"),), (),
)  # fmt: skip
COLLECTIVE = replace(GOOD, question="国采中选后一年到手封顶几多？", facts=(("500万元",),))
LEFT_OPEN = replace(GOOD, type="not_stated", status="not_stated", facts=())
REFUSED = GoldQuestion(
    "r1", "高新区办法第三十条写了什么内容？", "out_of_scope", "refused", (), (), ()
)  # fmt: skip


@pytest.fixture
def kinds(readings):
    """The kinds and ids of the errors, and of the warnings on single questions."""

    def _kinds(*questions: GoldQuestion, others=None) -> set[tuple[str, str]]:
        return {(r.kind, r.id) for r in lint(questions, readings, others or {}) if r.id}

    return _kinds


@pytest.mark.parametrize(
    "question",
    [
        GOOD,
        REFUSED,
        LEFT_OPEN,
        pytest.param(
            replace(GOOD, facts=(("促进重庆高新区生物医药产业发展",),)), id="in-the-title"
        ),
        pytest.param(replace(GOOD, type="sum", facts=(("150万元",),)), id="computed"),
        pytest.param(replace(GOOD, forbid=("100万元",)), id="forbids-another-figure"),
        pytest.param(
            replace(GOOD, type="lookup", question="第六条“中药经典名方复方制剂药品注册许可证”"),
            id="a-lookup-may-quote",
        ),
        pytest.param(replace(COLLECTIVE, addresses=(A10,), type="lookup"), id="a-lookup-names-it"),
    ],
)
def test_a_good_question_passes(kinds, question: GoldQuestion) -> None:
    assert kinds(question) == set()


@pytest.mark.parametrize(
    ("changes", "kind"),
    [
        pytest.param(
            {"question": "企业通过注册申请或引进方式取得中药经典名方复方制剂药品注册许可证？"},
            "leak", id="whole-sentence",
        ),
        pytest.param(
            {"question": "听说我们老板去年花了不少心思才取得中药经典名方复方制剂药品这回事，接下来该找哪个科室的人去问呢？"},
            "leak", id="long-run-in-own-words",
        ),
        pytest.param({"question": "实现产业化，单个品种奖励多少，单个企业每年不超过多少？"}, "leak", id="short-copy"),
        ({"facts": (("201万元",),)}, "fact"),
        pytest.param({"forbid": ("200 万元",)}, "forbid", id="forbids-the-fact"),
        pytest.param({"forbid": ("50万元",)}, "forbid", id="forbids-its-sentence"),
        pytest.param({"type": "sum", "facts": (("150万元",),), "forbid": ("50万元",)}, "forbid",
                     id="forbids-a-part-of-the-fact"),
        ({"type": "not_stated"}, "status"),
        ({"type": "news_only"}, "status"),
        ({"type": "out_of_scope"}, "status"),
        ({"type": "follow_up"}, "conversation"),
        ({"conversation": ("前一问",)}, "conversation"),
        ({"type": "riddle"}, "type"),
    ],
)  # fmt: skip
def test_a_fault_is_named(kinds, changes, kind: str) -> None:
    assert kinds(replace(GOOD, **changes)) == {(kind, "t1")}


def test_an_address_that_can_be_narrowed_is_told(readings) -> None:
    remarks = lint([replace(COLLECTIVE, addresses=(A10,))], readings)
    (remark,) = [r for r in remarks if r.id]
    assert (remark.level, remark.kind) == ("warning", "breadth")
    assert remark.detail.endswith("item2")
    # Facts of two items need the article.
    both = replace(COLLECTIVE, addresses=(A10,), facts=(("500万元",), ("20%",)))
    assert not [r for r in lint([both], readings) if r.id]


@pytest.mark.parametrize(
    ("question", "again"),
    [
        (GOOD, replace(GOOD, question="高新区一家药企靠经典名方一年封顶能拿几多呢？")),
        pytest.param(
            GOOD, replace(GOOD, facts=(("每年不超过200万元",),)), id="fact-told-at-length"
        ),
        pytest.param(GOOD, replace(GOOD, facts=(("50万元",),)), id="same-words-contradict"),
        pytest.param(LEFT_OPEN, replace(LEFT_OPEN, facts=(("名方",),)), id="fact-optional"),
        (REFUSED, replace(REFUSED, question="高新区办法第三十条写的什么内容")),
    ],
)
def test_a_question_is_asked_once(kinds, question: GoldQuestion, again: GoldQuestion) -> None:
    again = replace(again, id="t2")
    assert kinds(question, again) == {("duplicate", "t2")}
    assert kinds(again, others={"blind": [question]}) == {("duplicate", "t2")}


@pytest.mark.parametrize(
    ("question", "other"),
    [
        pytest.param(
            GOOD,
            replace(GOOD, question=GOOD.question.replace("一年封顶", "一个品种"),
                    facts=(("50万元",),)),
            id="another-figure-expected",
        ),
        pytest.param(
            GOOD,
            replace(GOOD, question=GOOD.question + "呢", addresses=(A6.parse("cqgxq-2024-31#art7"),),
                    facts=(("300万元",),)),
            id="another-clause-expected",
        ),
        pytest.param(
            replace(GOOD, type="sum", facts=(("50万元",),)),
            replace(GOOD, type="sum", facts=(("150万元",),), question=GOOD.question + "呢"),
            id="a-figure-that-ends-alike",
        ),
        pytest.param(
            REFUSED, replace(REFUSED, question="高新区办法第四十条写了什么内容？"),
            id="another-article-that-is-not-there",
        ),
        pytest.param(GOOD, replace(GOOD, as_of=date(2020, 1, 1)), id="another-day"),
        pytest.param(
            replace(GOOD, type="follow_up", question="一年呢？", conversation=("经典名方奖多少？",)),
            replace(GOOD, type="follow_up", question="一年呢？", conversation=("药企封顶讲了吗",)),
            id="another-conversation",
        ),
    ],
)  # fmt: skip
def test_questions_of_one_pattern_are_two(kinds, question: GoldQuestion, other) -> None:
    assert kinds(question, replace(other, id="t2")) == set()


def test_imbalance_is_told_for_the_set(readings) -> None:
    remarks = lint([GOOD] * 3, readings)
    told = "\n".join(r.detail for r in remarks if r.kind == "imbalance")
    assert all(r.level == "warning" and not r.id for r in remarks if r.kind == "imbalance")
    for said in (
        "too many of type single_fact: 3", "few of type sub_item: 0", "of status refused",
        "cqzfb-2025-56 没有题", "cqgxq-2024-31 的中、后部没有题", f"too often: {A6} 3",
    ):  # fmt: skip
        assert said in told
    assert "status answered" not in told


def test_a_balanced_set_is_not_scolded(readings) -> None:
    """Each clause asked once, by every type in turn."""
    addresses = [Address(n, c.path) for n, r in readings.items() for c in r.outline]
    statuses = ("answered", "not_stated", "informational", "refused")
    types = [name for name in TYPES if name != "riddle"]
    asked = [
        replace(GOOD, id=str(i), type=types[i % len(types)], status=statuses[i % 4], addresses=(a,))
        for i, a in enumerate(addresses)
    ]
    assert [r for r in lint(asked, readings) if r.kind == "imbalance"] == []


def test_350_questions_are_checked_in_two_seconds(readings) -> None:
    questions = load_gold(bundled_sets()["five-sources"].gold, readings)
    blind = load_gold(bundled_sets()["blind"].gold, readings)
    many = (questions * 2)[:350]
    # Of the processor, which others may use too.
    started = time.process_time()
    lint(many, readings, {"blind": blind, "more": many})
    assert time.process_time() - started < 2


def test_the_example_of_the_guide_is_a_good_question(tmp_path: Path, readings) -> None:
    guide = (bundled_gold() / "README.md").read_text("utf-8")
    example = tmp_path / "example.jsonl"
    example.write_text(guide.split("```json\n")[1].split("```")[0], "utf-8")
    questions = load_gold(example, readings)
    assert [question.id for question in questions] == ["g900"]
    assert not [r for r in lint(questions, readings) if r.id]
    assert all(f"`{name}`" in guide for name in TYPES)
