"""What notices do to clauses of other texts, in the words that authorities use for it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.address import Address, ClausePath
from corpus.document import Change
from indexer.amendments import apply_amendments
from indexer.read import entry_of_file, read_source
from indexer.readings import Reading

OLD = """澜川市人民政府关于印发《澜川市新居民安居支持办法》的通知
澜府发〔2023〕17号
各区县人民政府：
现印发给你们，请遵照执行。
澜川市人民政府
2023年5月10日
澜川市新居民安居支持办法
一、补贴
（一）租房补贴
1.本科每月500元，最长24个月。
2.大专每月300元。
（二）购房补贴每户2万元。
二、附则
（一）申请人毕业不超过5年。
（二）网约配送员以外的就业人员可以申请。
（三）招用比例达到15%、8%的，给予奖励。
"""
HEAD = """澜川市人民政府关于调整安居支持政策有关事项的通知
澜府发〔2025〕9号
各区县人民政府：
经研究，现就《澜川市新居民安居支持办法》（{number}以下简称《办法》）有关事项调整如下：
{text}
二、本通知自2025年10月1日起施行。
澜川市人民政府
2025年9月1日
"""


def changes(folder: Path, text: str, number: str = "澜府发〔2023〕17号，") -> list[tuple[str, str]]:
    readings: dict[str, Reading] = {}
    for name, words in (("old", OLD), ("new", HEAD.format(text=text, number=number))):
        (folder / f"{name}.txt").write_text(words, "utf-8")
        readings[name] = read_source(entry_of_file(folder / f"{name}.txt"))
    return [(str(c.path), c.kind) for c in apply_amendments(readings)["old"].changes]


@pytest.mark.parametrize(
    ("text", "found"),
    [
        (
            "一、《办法》第一部分第（一）项第1目修改为：“本科每月600元。”",
            [("sec1.item1.num1", "replaced")],
        ),
        (
            "一、提高标准。《办法》第一部分第（二）项规定的购房补贴由每户2万元提高至3万元。",
            [("sec1.item2", "replaced")],
        ),
        (
            "一、《办法》第二部分第（一）项中的“不超过5年”调整为“不超过8年”。",
            [("sec2.item1", "replaced")],
        ),
        (
            "一、关于《澜川市新居民安居支持办法》\n（一）将第一部分第（二）项中的“每户2万元”修改为“每户3万元”。",
            [("sec1.item2", "replaced")],
        ),
        (
            "一、将《办法》“二、附则”第（一）项中的“不超过5年”修改为“不超过8年”。",
            [("sec2.item1", "replaced")],
        ),
        (
            "一、删去《办法》第二部分第（三）项中的“、8%”。",
            [("sec2.item3", "replaced")],
        ),
        (
            "一、自2026年1月1日起，停止实施《办法》第一部分第（二）项规定的购房补贴。",
            [("sec1.item2", "deleted")],
        ),
        ("一、删除《办法》第一部分第（二）项。", [("sec1.item2", "deleted")]),
        ("一、将残疾人纳入《办法》第二部分第（二）项规定的对象。", [("sec2.item2", "added")]),
        (
            "一、《办法》第二部分第（三）项中的“15%”“8%”分别调整为“10%”“5%”。",
            [("sec2.item3", "replaced")],
        ),
        # Followed, not changed.
        ("一、按照《办法》第一部分第（二）项执行，补贴由市财政承担的比例提高至60%。", []),
        # Words that the text does not hold are of another version of it.
        ("一、《办法》第二部分第（一）项中的“不超过3年”调整为“不超过8年”。", []),
    ],
)
def test_changes_are_read(tmp_path: Path, text: str, found: list[tuple[str, str]]) -> None:
    assert changes(tmp_path, text) == found


@pytest.mark.parametrize("number", ["澜府发〔2023〕17号，", "澜府发〔2023〕17号）（", ""])
def test_the_short_name_stands_for_the_whole(tmp_path: Path, number: str) -> None:
    text = "一、删除《办法》第一部分第（二）项。"
    assert changes(tmp_path, text, number) == [("sec1.item2", "deleted")]


def test_what_is_added_to_a_section_stands_beside_its_clauses() -> None:
    by = Address.parse("new#sec1")
    section = Change(ClausePath.parse("sec3"), "added", by)
    assert section.touches(ClausePath.parse("sec3"))
    assert not section.touches(ClausePath.parse("sec3.item2"))
    article = Change(ClausePath.parse("art3"), "added", by)
    assert article.touches(ClausePath.parse("art3.item2"))
    assert Change(ClausePath.parse("sec3"), "deleted", by).touches(ClausePath.parse("sec3.item2"))


def test_a_lead_names_the_text_that_its_items_change(tmp_path: Path) -> None:
    text = (
        "一、调整安居政策\n对《澜川市新居民安居支持办法》（澜府发〔2023〕17号）作如下修改：\n"
        "（一）将第一部分第（二）项规定的购房补贴由每户2万元提高到每户3万元。\n"
        "（二）在第二部分第（二）项中增加规定：残疾人可以优先申请。"
    )
    assert changes(tmp_path, text) == [("sec1.item2", "replaced"), ("sec2.item2", "added")]


@pytest.mark.parametrize(
    "text",
    [
        "一、《办法》有效期延长至2028年8月31日。",
        "一、调整安居政策\n对《澜川市新居民安居支持办法》（澜府发〔2023〕17号）作如下修改：\n"
        "（一）该办法有效期延长至2028年8月31日。",
    ],
)
def test_a_term_is_put_off(tmp_path: Path, text: str) -> None:
    old = OLD + "三、本办法自2023年6月1日起施行，有效期2年。\n"
    (tmp_path / "old.txt").write_text(old, "utf-8")
    (tmp_path / "new.txt").write_text(HEAD.format(text=text, number=""), "utf-8")
    files = [tmp_path / name for name in ("old.txt", "new.txt")]
    readings = {f.stem: read_source(entry_of_file(f)) for f in files}
    assert readings["old"].document.term.end == date(2025, 6, 1)
    document = apply_amendments(readings)["old"]
    assert document.term.end == date(2028, 8, 31)
    assert [str(c.path) for c in document.changes] == ["sec3"]


def test_a_heading_that_is_only_the_name_of_a_text(tmp_path: Path) -> None:
    text = (
        "一、《澜川市新居民安居支持办法》（澜府发〔2023〕17号）\n"
        "（一）将第一部分第（二）项修改为：“购房补贴每户3万元。”\n"
        "（二）删去第二部分第（二）项。"
    )
    assert changes(tmp_path, text) == [("sec1.item2", "replaced"), ("sec2.item2", "deleted")]


def test_a_change_for_a_while_has_a_last_day(tmp_path: Path) -> None:
    text = "一、自2025年11月1日起至2026年6月30日止，对新签合同的，《办法》第一部分第（二）项规定的补贴由每户2万元提高为3万元。"
    readings: dict[str, Reading] = {}
    for name, words in (
        ("old", OLD),
        ("new", HEAD.format(text=text, number="澜府发〔2023〕17号，")),
    ):
        (tmp_path / f"{name}.txt").write_text(words, "utf-8")
        readings[name] = read_source(entry_of_file(tmp_path / f"{name}.txt"))
    (change,) = apply_amendments(readings)["old"].changes
    assert str(change.path) == "sec1.item2"
    assert (change.since, change.until) == (date(2025, 11, 1), date(2026, 6, 30))
