"""Whatever stands in a text file, it becomes a reading that an index can keep, or a LoadError."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from corpus.errors import LoadError
from corpus.wording import label
from indexer.codec import decode_reading, encode_reading
from indexer.passages import passages_of
from indexer.read import entry_of_file, read_source
from indexer.readings import Reading

#: Pieces that official texts are made of, in any disorder.
PIECES = (
    "第一条 甲", "第二条 乙", "第三条", "第一百二十条之一 丙", "第一千零一条 丁", "（一）戊", "（二）己",
    "(三)庚", "（十十）辛", "1．壬", "2、癸", "（1）子", "一、丑", "二、寅", "第一章 总则", "第二编",
    "第三节 卯", "附件", "附件1：", "目 录", "支持企业发展，", "给予奖励；", "。", "·", "\f", "　　", " ", "\n",
    "2024年13月45日", "自2024年2月30日起施行。", "自公布之日起30日后施行。", "有效期三年。", "2022—2024年",
    "某府发〔2024〕1号", "某市人民政府", "2024年1月2日", "（此件公开发布）", "发布日期:2024-13-99",
    "关于印发《某办法》的通知", "某办法", "《某办法》同时废止。", "各区人民政府：", "（2021年3月4日通过）",
    "第〇条 辰", "第10000条 巳", "0．午", "（一）", "（零）未", "有效期9999年。", "自公布之日起9999999日后施行。",
)  # fmt: skip
TEXTS = st.lists(st.sampled_from(PIECES), min_size=1, max_size=40).map("".join)
LINES = st.lists(TEXTS, min_size=1, max_size=20).map("\n".join)


@pytest.fixture(scope="module")
def read(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Reading]:
    path: Path = tmp_path_factory.mktemp("made-up") / "x.txt"

    def read_text(text: str) -> Reading:
        path.write_text(text, "utf-8")
        return read_source(entry_of_file(path))

    return read_text


def check(reading: Reading) -> None:
    paths = [clause.path for clause in reading.outline]
    assert paths and len(paths) == len(set(paths))
    assert all(label(path) and reading.outline.text(path) is not None for path in paths)
    assert decode_reading(encode_reading(reading)) == reading
    assert all(p.whole.strip() for p in passages_of(reading.document, reading.outline))


@settings(max_examples=150, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(LINES)
def test_any_disorder_is_read(read: Callable[[str], Reading], text: str):
    try:
        reading = read(text)
    except LoadError:
        return
    check(reading)


ODD = {
    "empty-item": "第一条 甲：\n（一）\n（二）丙\n第二条 乙。",
    "article-past-9999": "第一条 甲。\n第10000条 乙。\n第三条 丙。",
    "article-past-99999": "第一条 甲。\n第123456条 乙。\n第三条 丙。",
    "article-zero": "第一条 甲。\n第〇条 乙。\n第三条 丙。",
    "number-zero": "一、甲\n1．乙。\n0．5%以下的部分。",
    "endless-term": "第一条 甲。\n第二条 自2024年1月1日起施行，有效期9999年。",
    "endless-delay": "某府发〔2024〕1号\n一、甲\n自公布之日起9999999日后施行。\n2024年1月2日",
    "branch-zero": "第一条 甲。\n第二条之零 乙。\n第三条 丙。",
    "empty-article": "第一条\n第二条 乙。",
    "only-numbers": "一、\n二、\n三、",
    "no-such-day": "第一条 甲。\n第二条 自2024年2月30日起施行。",
}


@pytest.mark.parametrize("text", ODD.values(), ids=ODD)
def test_odd_text_is_read(read: Callable[[str], Reading], text: str):
    check(read(f"某市试验办法\n{text}"))
