"""Text files: encodings told by their bytes, limits; Markdown without its marks."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from corpus.errors import LoadError
from indexer.loaders import Source, load
from indexer.loaders.markdown_inline import plain

POLICY = "第一条 为规范管理，制定本办法。\n第二条 一市一策，本办法自公布之日起施行。\n"
CANTONESE = "第一條 為規範管理，制定本辦法。\n第二條 喺期限內提出申請，唔使再交嘅文件。\n"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        pytest.param("utf-16-le", POLICY, id="utf-16-le-unmarked"),
        pytest.param("utf-16-be", POLICY, id="utf-16-be-unmarked"),
        pytest.param("utf-16-le", "Article 1\r\n" + POLICY, id="utf-16-with-ascii"),
        pytest.param("big5hkscs", CANTONESE, id="big5-hkscs"),
    ],
)
def test_text_in_each_encoding(tmp_path: Path, encoding: str, text: str):
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert "\n".join(line.text for line in load(path).lines) == text.replace("\r\n", "\n")


def refused(path: Path, reason: str) -> None:
    with pytest.raises(LoadError, match=reason) as caught:
        load(path)
    assert re.search("[\u4e00-\u9fff]{4}", caught.value.message)
    assert path.name in caught.value.message


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(POLICY.encode() + b"\0" + POLICY.encode(), id="nul-in-utf-8"),
        pytest.param(b"\x7fELF\x02\x01\0\0\0\x03\0\x3e\0" * 50, id="program"),
        pytest.param(b"\0" * 4096, id="only-nul"),
        pytest.param(b"abc\0def\0" * 100, id="nul-between-words"),
    ],
)
def test_bytes_that_are_no_text(tmp_path: Path, content: bytes):
    path = tmp_path / "a.txt"
    path.write_bytes(content)
    refused(path, "not a text file")


@pytest.mark.parametrize(
    ("size", "filler", "reason"),
    [(65 << 20, b"x", "too large"), (2 << 20, b"x\n", "too many lines")],
    ids=["one-line", "many-lines"],
)
def test_texts_beyond_any_document(tmp_path: Path, size: int, filler: bytes, reason: str):
    path = tmp_path / "a.txt"
    path.write_bytes(filler * size)
    refused(path, reason)


@pytest.fixture
def markdown(tmp_path: Path) -> Callable[[str], Source]:
    """Load a Markdown file of the given text."""

    def write(text: str) -> Source:
        path = tmp_path / "a.md"
        path.write_text(text, "utf-8")
        return load(path)

    return write


def test_headings_and_lists(markdown: Callable[[str], Source]):
    source = markdown(
        "# 某市**办法**\n\n## 第一章 总则 ##\n##第二章 分则\n- 条目一\n* [x] 条目二\n1. 第一项\n> 引文\n附则\n"
    )
    assert [(line.number, line.style, line.text) for line in source.lines if line.text] == [
        (1, "title", "某市办法"),
        (3, "heading", "第一章 总则"),
        (4, "heading", "第二章 分则"),
        (5, None, "条目一"),
        (6, None, "条目二"),
        (7, None, "1. 第一项"),
        (8, None, "引文"),
        (9, None, "附则"),
    ]


def test_underlined_heading(markdown: Callable[[str], Source]):
    lines = markdown("某市办法\n====\n第一条 甲。\n").lines
    assert [(line.style, line.text) for line in lines] == [
        ("title", "某市办法"),
        (None, ""),
        (None, "第一条 甲。"),
        (None, ""),
    ]


def test_tables(markdown: Callable[[str], Source]):
    lines = markdown("| 序号 | 标准 |\n|---|:-:|\n| 1 | **100**元<br>起 |\n2 | 甲\\|乙\n\n完").lines
    assert [(line.number, line.row.header, line.row.cells) for line in lines if line.row] == [
        (1, True, ("序号", "标准")),
        (3, False, ("1", "100元\n起")),
        (4, False, ("2", "甲|乙")),
    ]
    assert lines[2].text == "1\t100元\n起"
    assert lines[-1].text == "完"


def test_comments_rules_fences_and_definitions(markdown: Callable[[str], Source]):
    text = "甲<!-- 不\n要 -->乙\n***\n```\n# 代码 *原样*\n```\n[1]: https://a.cn\n丙 <!-- 未完\n"
    lines = [(line.number, line.text) for line in markdown(text).lines if line.text]
    assert lines == [(1, "甲"), (2, "乙"), (5, "# 代码 *原样*"), (8, "丙 <!-- 未完")]


def test_front_matter(markdown: Callable[[str], Source]):
    source = markdown(
        "---\ntitle: '某市办法'\n文号: 某府〔2024〕1号\n发文机关: 甲局、乙局\n成文日期: 2024年3月1日\ndate: 2024-03-05\n---\n正文\n"
    )
    told = source.told
    assert (told.title, told.doc_number) == ("某市办法", "某府〔2024〕1号")
    assert (told.issuers, told.issued) == (("甲局", "乙局"), date(2024, 3, 1))
    assert told.published == date(2024, 3, 5)
    assert [(line.number, line.text) for line in source.lines if line.text] == [(8, "正文")]


def test_dashes_that_open_a_text_are_no_front_matter(markdown: Callable[[str], Source]):
    source = markdown("---\n第一条 甲。\n---\n")
    assert source.told.title is None
    assert [line.text for line in source.lines if line.text] == ["第一条 甲。"]


@pytest.mark.parametrize(
    "text",
    [
        "第一条 申请表填写说明 * 为必填。",
        "（一）3*4=12，5*6=30。",
        "1. 项目",
        "渝府办发[2024](试行)号",
        "见[2020](1)号",
        "____年__月__日",
        "a_b_c 与 2_3_4",
        "注*：甲、乙*。",
        "- 12 -",
        "#话题#",
        "收入<支出，且利润>0",
        "甲|乙",
    ],
)
def test_text_that_is_no_markdown_is_unharmed(markdown: Callable[[str], Source], text: str):
    assert [line.text for line in markdown(f"{text}\n{text}").lines] == [text, text]


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("**第一条** 为*规范*管理", "第一条 为规范管理"),
        ("**重点：**后文", "重点：后文"),
        ("***全部*** ~~旧~~ __新__", "全部 旧 新"),
        ("见[《条例》](https://a.cn/x)第三条", "见《条例》第三条"),
        ("见[办法](./办法.md)", "见办法"),
        ("![图](a.png)完", "完"),
        ("`代码` <https://a.cn>", "代码 https://a.cn"),
        (r"\*不是强调\* 1\. 项", "*不是强调* 1. 项"),
        ("<font color='red'>红</font>字", "红字"),
    ],
)
def test_marks_inside_a_line(text: str, words: str):
    assert plain(text) == words


@pytest.mark.parametrize("text", ["**a" * 6000, "[" * 19_000, "`a``" * 4000, "*a *" * 4900])
def test_marks_without_end_are_bounded(text: str):
    assert len(plain(text)) <= len(text)
