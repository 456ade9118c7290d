"""Word's automatic numbers: they stand in no paragraph and must be counted."""

from __future__ import annotations

from pathlib import Path

import pytest
from docx_files import a_list, level, numbered, paragraph, texts

from indexer.loaders.docx_formats import FORMATS, print_number

FORMAT_SAMPLES = {
    "decimal": "3 11 101", "decimalHalfWidth": "3 11 101", "decimalZero": "03 11 101",
    "decimalFullWidth": "３ １１ １０１", "decimalFullWidth2": "３ １１ １０１",
    "decimalEnclosedCircle": "③ ⑪ 101", "decimalEnclosedCircleChinese": "③ ⑪ 101",
    "decimalEnclosedParen": "⑶ ⑾ 101", "decimalEnclosedFullstop": "⒊ ⒒ 101",
    "numberInDash": "- 3 - - 11 - - 101 -", "chineseCounting": "三 十一 一百零一",
    "chineseCountingThousand": "三 十一 一百零一", "japaneseCounting": "三 十一 一百零一",
    "taiwaneseCounting": "三 十一 一百零一", "taiwaneseCountingThousand": "三 十一 一百零一",
    "chineseLegalSimplified": "叁 壹拾壹 壹佰零壹", "ideographLegalTraditional": "參 拾壹 壹佰零壹",
    "ideographDigital": "三 一一 一〇一", "japaneseDigitalTenThousand": "三 一一 一〇一",
    "taiwaneseDigital": "三 一一 一〇一", "ideographTraditional": "丙 11 101",
    "ideographZodiac": "寅 戌 101", "ideographEnclosedCircle": "㊂ 11 101",
    "upperRoman": "III XI CI", "lowerRoman": "iii xi ci", "upperLetter": "C K WWWW",
    "lowerLetter": "c k wwww", "none": "  ",
}  # fmt: skip


def test_every_format_has_a_sample():
    assert FORMAT_SAMPLES.keys() == FORMATS.keys()


@pytest.mark.parametrize("name", FORMATS)
def test_numbers_are_printed_in_each_format(name: str):
    assert " ".join(print_number(n, name) for n in (3, 11, 101)) == FORMAT_SAMPLES[name]


@pytest.mark.parametrize(
    ("number_format", "pattern", "printed"),
    [
        ("chineseCountingThousand", "第%1条", ["第一条 甲", "第二条 乙"]),
        ("japaneseCounting", "（%1）", ["（一）甲", "（二）乙"]),
        ("chineseCounting", "%1、", ["一、甲", "二、乙"]),
        ("decimal", "%1.", ["1. 甲", "2. 乙"]),
        ("decimalEnclosedCircleChinese", "%1", ["① 甲", "② 乙"]),
        ("bullet", "●", ["甲", "乙"]),
        ("none", "", ["甲", "乙"]),
    ],
)
def test_label_stands_before_the_text(
    tmp_path: Path, number_format: str, pattern: str, printed: list[str]
):
    found = texts(
        tmp_path, numbered("甲"), numbered("乙"), numbering=a_list(level(0, number_format, pattern))
    )
    assert found == printed


def test_levels_restart_under_each_other_and_compose(tmp_path: Path):
    levels = level(0, "decimal", "%1") + level(1, "decimal", "%1.%2")
    body = [numbered("甲"), numbered("乙", level=1), numbered("丙", level=1), numbered("丁")]
    found = texts(tmp_path, *body, numbered("戊", level=1), numbering=a_list(levels))
    assert found == ["1 甲", "1.1 乙", "1.2 丙", "2 丁", "2.1 戊"]


def test_articles_run_on_through_chapters(tmp_path: Path):
    never = '<w:lvlRestart w:val="0"/>'
    levels = level(0, "japaneseCounting", "第%1章") + level(1, "japaneseCounting", "第%2条", never)
    found = texts(tmp_path, numbered("总则"), numbered("甲。", level=1), numbered("附则"), numbered("乙。", level=1),
        numbering=a_list(levels),
    )  # fmt: skip
    assert found == ["第一章 总则", "第一条 甲。", "第二章 附则", "第二条 乙。"]


def test_legal_numbers_are_arabic(tmp_path: Path):
    levels = level(0, "japaneseCounting", "%1、") + level(1, "decimal", "%1.%2", "<w:isLgl/>")
    found = texts(tmp_path, numbered("甲"), numbered("乙", level=1), numbering=a_list(levels))
    assert found == ["一、甲", "1.1 乙"]


def test_override_starts_a_list_anew_and_plain_reuse_goes_on(tmp_path: Path):
    nums = "".join(
        f'<w:num w:numId="{n}"><w:abstractNumId w:val="0"/>{override}</w:num>'
        for n, override in enumerate(
            ("", "", '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="5"/></w:lvlOverride>'), 1
        )
    )
    body = [numbered(t, n) for t, n in (("甲", 1), ("乙", 2), ("丙", 3), ("丁", 3))]
    found = texts(tmp_path, *body, numbering=a_list(level(0, "decimal", "%1、"), nums))
    assert found == ["1、甲", "2、乙", "5、丙", "6、丁"]


def test_number_comes_from_a_style_and_what_it_is_based_on(tmp_path: Path):
    styles = (
        '<w:style w:type="paragraph" w:styleId="base"><w:name w:val="条"/><w:pPr><w:numPr>'
        '<w:numId w:val="1"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="inner"><w:name w:val="项"/><w:basedOn w:val="base"/>'
        '<w:pPr><w:numPr><w:ilvl w:val="1"/></w:numPr></w:pPr></w:style>'
    )
    levels = level(0, "japaneseCounting", "第%1条") + level(1, "japaneseCounting", "（%2）")
    body = [paragraph(t, f'<w:pStyle w:val="{s}"/>') for t, s in (("甲", "base"), ("乙", "inner"))]
    off = '<w:pStyle w:val="base"/><w:numPr><w:numId w:val="0"/></w:numPr>'
    found = texts(tmp_path, *body, paragraph("丙", off), numbering=a_list(levels), styles=styles)
    assert found == ["第一条 甲", "（一）乙", "丙"]


def test_number_never_grows_into_a_figure(tmp_path: Path):
    tight = level(0, "decimal", "%1.", '<w:suff w:val="nothing"/>')
    assert texts(tmp_path, numbered("5G建设"), numbering=a_list(tight)) == ["1. 5G建设"]


def test_circle_of_styles_and_huge_numbers_end(tmp_path: Path):
    styles = "".join(
        f'<w:style w:type="paragraph" w:styleId="{a}"><w:basedOn w:val="{b}"/></w:style>'
        for a, b in ("xy", "yx")
    )
    wild = level(0, "upperRoman", "%1").replace('w:start w:val="1"', f'w:start w:val="{"9" * 40}"')
    body = numbered("甲") + paragraph("乙", '<w:pStyle w:val="x"/>')
    assert texts(tmp_path, body, numbering=a_list(wild), styles=styles) == ["0 甲", "乙"]
