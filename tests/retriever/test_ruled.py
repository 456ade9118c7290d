"""Questions for what closing clauses say: what is left out, by when, who bears it, what goes together."""

from __future__ import annotations

import pytest

from retriever.ruled import RULES


@pytest.mark.parametrize(
    ("name", "question", "told", "other"),
    [
        (
            "excluded",
            "哪些情况护理补贴是拿不到的",
            "有下列情形之一的，不予补贴：\n正在服刑的",
            "符合下列条件的，给予补贴：",
        ),
        ("excluded", "什么样的单位不给补", "列入失信名单的，不得享受本办法", "补贴标准为每月100元"),
        (
            "applied",
            "托育补贴啥时候交申请",
            "每季度首月20日前向街道提出申请",
            "本办法自2025年3月1日起施行",
        ),
        ("applied", "材料最晚几号前要报上去", "应于每年4月30日前提交材料", "补贴每月发放一次"),
        ("borne", "这笔钱市财政跟区财政怎么摊", "由市、区按6∶4分担", "由市财政局负责解释"),
        (
            "again",
            "去年领过了，今年改版能再领吗",
            "同一产品已享受补贴的，改版后再次流片不予补贴",
            "按流片费用的30%给予补贴",
        ),
        ("again", "同一台设备还能领一次补贴么", "每台设备只支持一次", "每台设备补贴100元"),
        ("both", "两项补贴能同时享受吗", "同一事项按就高不重复原则执行", "补贴标准为每月100元"),
    ],
)
def test_a_rule_is_told_by_its_clause(name: str, question: str, told: str, other: str) -> None:
    assert [n for n, rule in RULES.items() if rule.asked.search(question)] == [name]
    assert RULES[name].told.search(told)
    assert not RULES[name].told.search(other)


@pytest.mark.parametrize("question", ["新药奖励多少", "谁来审核", "什么是首台套", "怎么申请"])
def test_no_rule_is_asked_for(question: str) -> None:
    assert not any(rule.asked.search(question) for rule in RULES.values())
