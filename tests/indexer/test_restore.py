"""The scrambled action plan 渝府办〔2021〕17号: what is certain keeps its number, nothing else does."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.address import ClausePath
from corpus.outline import Outline
from indexer.clean import Paragraph, clean
from indexer.loaders import load
from indexer.readings import Reading
from indexer.restore import is_scrambled, restore
from indexer.runon import part_run_on, split_inline

Split = Callable[[str], list[Paragraph]]

#: Passages whose place the source does not attest, by words of theirs.
PLACELESS = {
    "fund": "共同设立医药健康产业基金",
    "risk": "每年给予1500万元定向支持",
    "financing": "资产证券化以及知识产权作价入股",
    "insurance": "全生命周期的专属保险产品",
    "rehabilitation": "重庆康养照护中心",
    "infrastructure": "力争完成重庆国际生物城示范区建设",
}


@pytest.fixture(scope="module")
def plan(sources: dict[str, Reading]) -> Outline:
    return sources["cqzfb-2021-17"].outline


def numbers(outline: Outline, rank: str) -> list[int]:
    steps = (clause.path.steps[-1] for clause in outline)
    return [step.number for step in steps if step.rank == rank]


def test_only_attested_numbers_exist_in_order(plan: Outline):
    assert numbers(plan, "num") == [1, 2, 3, 4, 5, 6, 7, 8, 9, 12, 13, 14, 17, 18, 19]
    assert numbers(plan, "item") == [1, 2, 3, 4, 6]
    assert numbers(plan, "sec") == [1, 2, 3, 4]


def test_gaps_are_findings(plan: Outline):
    gaps = [finding.detail for finding in plan.findings if finding.kind == "gap"]
    assert gaps == ["缺号：（五）", "缺号：10．", "缺号：11．", "缺号：15．", "缺号：16．"]


def test_repeated_headings_are_findings(plan: Outline):
    repeats = [f.detail.partition("：")[2] for f in plan.findings if f.kind == "repeat"]
    assert [detail[:2] for detail in repeats] == [
        "一、", "二、", "2．", "3．", "4．", "7．", "8．", "（三",
    ]  # fmt: skip


@pytest.mark.parametrize("words", PLACELESS.values(), ids=PLACELESS)
def test_placeless_text_stands_under_no_number(plan: Outline, words: str):
    (clause,) = [clause for clause in plan if words in clause.text]
    assert clause.path.steps[0].rank == "passage"
    assert any(f.kind == "displaced" for f in plan.findings)


def test_consumables_belong_to_the_supply_chain(plan: Outline):
    (clause,) = [clause for clause in plan if "耗材" in clause.text]
    assert str(clause.path) == "num8"
    assert clause.text.startswith("完善产业链布局。积极引育")


def test_digital_economy_belongs_to_number_6(plan: Outline):
    (clause,) = [clause for clause in plan if "生物计算产业生态" in clause.text]
    assert str(clause.path) == "num6"


def test_sections_hold_their_own_text_only(plan: Outline):
    assert plan[ClausePath.parse("sec2")].text.endswith("突破2000亿元。")
    assert plan[ClausePath.parse("sec4")].text.endswith("担任副组长。")
    assert plan[ClausePath.parse("num9")].headings[-1] == "（三）加快推进人才梯队建设。"
    for number in (17, 18, 19):
        assert plan[ClausePath.parse(f"num{number}")].headings == ("三、重点任务",)


def test_every_sentence_is_kept_once(corpus_folder: Path, plan: Outline):
    source = (corpus_folder / "documents" / "001_584cc74ce0b9942d.txt").read_text("utf-8")
    kept = "".join(c.marker + (c.title or "") + c.text for c in plan)
    sentences = re.findall("[^。]+。", kept)
    assert len(sentences) == len(set(sentences))
    for body in re.findall("[^。\n]{12,}。", source.partition("三、重点任务")[2]):
        assert re.split(r"[．]|（[一二三四五六]）", body)[-1] in kept, body


def test_one_scrambled_source_and_no_other(corpus_folder: Path):
    scrambled = [
        path.name[:3]
        for path in sorted((corpus_folder / "documents").iterdir())
        if is_scrambled(split_inline(part_run_on(clean(load(path).lines))))
        and len(split_inline(part_run_on(clean(load(path).lines)))) > len(clean(load(path).lines))
    ]
    assert scrambled == ["001"]


def test_made_up_shuffle_is_ordered_and_nothing_is_invented(paragraphs: Split):
    restored = restore(
        paragraphs("""
        一、重点任务
        （一）强基础。
        1．甲。甲一。
        2．乙。乙一。
        4．丁。丁一。
        2．乙。乙一。
        3．丙。丙一。
        1．甲。甲一。
        2．乙。外来的话。
        4．丁。丁一。""")
    )
    assert [p.text for p in restored.paragraphs] == [
        "一、重点任务",
        "（一）强基础。",
        "1．甲。甲一。",
        "2．乙。乙一。",
        "3．丙。丙一。",
        "4．丁。丁一。",
    ]
    assert [p.text for p in restored.passages] == ["外来的话。"]
    assert [f.kind for f in restored.findings] == ["repeat"] * 4 + ["displaced"]


def test_ordinary_text_is_not_split(paragraphs: Split):
    text = "一、甲\n（一）乙。\n1．丙。依照（一）办理。\n2．丁。\n二、戊\n己。"
    ordinary = tuple(paragraphs(text))
    assert split_inline(ordinary) == ordinary
