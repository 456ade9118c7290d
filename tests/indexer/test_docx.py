"""DOCX: what is printed and what is not, headings over two lines; broken files."""

from __future__ import annotations

import zipfile
from pathlib import Path

import pytest
from docx_files import NS, cell, lines, paragraph, table, texts, write_docx

from corpus.errors import LoadError
from indexer.loaders import load
from indexer.loaders.docx import load_docx


@pytest.mark.parametrize(
    ("runs", "printed"),
    [
        pytest.param("<w:r><w:t>甲</w:t><w:tab/><w:t>乙</w:t></w:r>", "甲 乙", id="tab"),
        pytest.param("<w:r><w:t>A</w:t><w:noBreakHyphen/><w:t>1</w:t></w:r>", "A-1", id="hyphen"),
        pytest.param(
            '<w:r><w:t>税率</w:t><w:sym w:font="Symbol" w:char="F0B3"/><w:t>5</w:t></w:r>',
            "税率≥5", id="symbol",
        ),
        pytest.param(
            "<w:ins><w:r><w:t>新</w:t></w:r></w:ins><w:del><w:r><w:delText>旧</w:delText></w:r>"
            "</w:del><w:r><w:t>文</w:t></w:r>", "新文", id="changes",
        ),
        pytest.param(
            "<w:moveFrom><w:r><w:t>旧</w:t></w:r></w:moveFrom><w:moveTo><w:r><w:t>新</w:t></w:r>"
            "</w:moveTo>", "新", id="move",
        ),
        pytest.param(
            "<w:r><w:rPr><w:vanish/></w:rPr><w:t>暗</w:t></w:r><w:r><w:rPr>"
            '<w:vanish w:val="0"/></w:rPr><w:t>明</w:t></w:r>', "明", id="hidden",
        ),
        pytest.param(
            '<w:hyperlink><w:r><w:t>链接</w:t></w:r></w:hyperlink><w:smartTag><w:r><w:t>文</w:t>'
            "</w:r></w:smartTag><w:sdt><w:sdtContent><w:r><w:t>控</w:t></w:r></w:sdtContent></w:sdt>",
            "链接文控", id="containers",
        ),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>SEQ 表</w:instrText>'
            '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>7</w:t></w:r><w:r>'
            '<w:fldChar w:fldCharType="end"/></w:r>', "7", id="field",
        ),
        pytest.param(
            '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>eq \\o\\ac(○,3)'
            '</w:instrText></w:r><w:r><w:fldChar w:fldCharType="end"/></w:r>', "③", id="circled",
        ),
        pytest.param(
            '<w:r><w:t>文</w:t></w:r><w:r><w:fldChar w:fldCharType="begin"/></w:r>'
            "<w:r><w:t>字</w:t></w:r>", "文字", id="field-that-never-ends",
        ),
        pytest.param(
            '<w:r><w:t>本法</w:t></w:r><w:r><w:footnoteReference w:customMarkFollows="1" w:id="2"/>'
            '<w:t>①</w:t></w:r><w:r><w:footnoteReference w:id="3"/></w:r>', "本法", id="footnote",
        ),
        pytest.param(
            "<w:ruby><w:rt><w:r><w:t>lǐ</w:t></w:r></w:rt><w:rubyBase><w:r><w:t>里</w:t></w:r>"
            "</w:rubyBase></w:ruby>", "里", id="ruby",
        ),
        pytest.param("<m:oMath><m:r><m:t>x=2</m:t></m:r></m:oMath>", "x=2", id="formula"),
    ],
)  # fmt: skip
def test_printed_text_of_a_paragraph(tmp_path: Path, runs: str, printed: str):
    assert texts(tmp_path, f"<w:p>{runs}</w:p>") == [printed]


def test_text_box_is_read_once(tmp_path: Path):
    box = f"<w:txbxContent>{paragraph('框内')}</w:txbxContent>"
    body = (
        f"<w:p><w:r><mc:AlternateContent><mc:Choice><w:drawing><wps:txbx>{box}</wps:txbx>"
        f"</w:drawing></mc:Choice><mc:Fallback><w:pict><v:textbox>{box}</v:textbox></w:pict>"
        "</mc:Fallback></mc:AlternateContent></w:r><w:r><w:t>正文</w:t></w:r></w:p>"
    )
    assert texts(tmp_path, body) == ["框内", "正文"]


def test_deleted_mark_joins_paragraphs(tmp_path: Path):
    body = paragraph("第一条　为了", "<w:rPr><w:del/></w:rPr>") + paragraph("规范。")
    assert texts(tmp_path, body) == ["第一条　为了规范。"]


def test_contents_page_is_left_out(tmp_path: Path):
    styles = '<w:style w:type="paragraph" w:styleId="T"><w:name w:val="toc 1"/></w:style>'
    styled = paragraph("目　录") + paragraph("第一章　总则\t1", '<w:pStyle w:val="T"/>')
    field = (
        '<w:p><w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText>'
        '</w:r><w:r><w:fldChar w:fldCharType="separate"/></w:r><w:r><w:t>第二章</w:t></w:r></w:p>'
        '<w:p><w:r><w:fldChar w:fldCharType="end"/></w:r><w:r><w:t>正文</w:t></w:r></w:p>'
    )
    control = (
        '<w:sdt><w:sdtPr><w:docPartObj><w:docPartGallery w:val="Table of Contents"/></w:docPartObj>'
        f"</w:sdtPr><w:sdtContent>{paragraph('目录')}{paragraph('第三章')}</w:sdtContent></w:sdt>"
    )
    kept = f"<w:sdt><w:sdtContent>{paragraph('控件内')}</w:sdtContent></w:sdt>"
    assert texts(tmp_path, styled, field, control, kept, styles=styles) == ["正文", "控件内"]


def broken(*parts: str, properties: str = "") -> str:
    inner = "<w:br/>".join(f"<w:t>{part}</w:t>" for part in parts)
    return f"<w:p><w:pPr>{properties}</w:pPr><w:r>{inner}</w:r></w:p>"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        pytest.param(["第一条　甲", "（一）乙；"], ["第一条　甲", "（一）乙；"], id="label"),
        pytest.param(["为了规范。", "本法所称"], ["为了规范。", "本法所称"], id="sentence-ended"),
        pytest.param(["第二节　没收、", "返还财物"], ["第二节　没收、返还财物"], id="heading"),
        pytest.param(["某市人民政府", "关于印发办法的通知"], ["某市人民政府关于印发办法的通知"], id="title"),
        pytest.param(["某市人民政府", "2024年5月6日"], ["某市人民政府", "2024年5月6日"], id="date"),
        pytest.param(
            ["一、总体要求", "坚持创新，加快发展。"], ["一、总体要求", "坚持创新，加快发展。"], id="title-and-text"
        ),
        pytest.param(["按照 Good", "Practice"], ["按照 Good Practice"], id="latin"),
    ],
)  # fmt: skip
def test_soft_break(tmp_path: Path, parts: list[str], expected: list[str]):
    assert texts(tmp_path, broken(*parts)) == expected


CENTRED = '<w:jc w:val="center"/>'


@pytest.mark.parametrize(
    ("first", "second", "joined"),
    [
        pytest.param("第一章", "总　则", "第一章 总　则", id="title-below"),
        pytest.param(
            "第二节　请求没收、", "返还违法所得", "第二节　请求没收、返还违法所得", id="cut"
        ),
        pytest.param("第九章　法律责任", "附　则", None, id="附则"),
        pytest.param("第一编　总则", "第一分编　通则", None, id="分编"),
        pytest.param("第一章　总则", "申请表", None, id="short-title-is-whole"),
        pytest.param("第一章", "为了规范。", None, id="sentence"),
    ],
)
def test_heading_over_two_paragraphs(tmp_path: Path, first: str, second: str, joined: str | None):
    found = texts(tmp_path, paragraph(first, CENTRED), paragraph(second, CENTRED))
    assert found == ([joined] if joined else [first, second])


def test_title_and_headings_are_marked(tmp_path: Path):
    large = '<w:rPr><w:sz w:val="44"/></w:rPr>'
    title = f"<w:p><w:pPr>{CENTRED}</w:pPr><w:r>{large}<w:t>某某管理办法</w:t></w:r></w:p>"
    head = f"<w:p><w:pPr>{CENTRED}</w:pPr><w:r>{large}<w:t>某市人民政府文件</w:t></w:r></w:p>"
    outline = paragraph("第一章　总则", '<w:outlineLvl w:val="0"/>')
    found = lines(tmp_path, head, title, outline, paragraph("第一条　为了规范管理，制定本办法。"))
    assert [line.style for line in found] == [None, "title", "heading", None]
    assert all(line.starts for line in found)


def test_pages_by_drawn_breaks_and_by_the_authors(tmp_path: Path):
    drawn = "<w:p><w:r><w:lastRenderedPageBreak/><w:t>乙</w:t></w:r></w:p>"
    forced = '<w:p><w:r><w:br w:type="page"/><w:t>乙</w:t></w:r></w:p>'
    assert [line.page for line in lines(tmp_path, paragraph("甲"), drawn)] == [1, 2]
    assert [line.page for line in lines(tmp_path, paragraph("甲"), forced)] == [1, 2]
    assert [line.page for line in lines(tmp_path, paragraph("甲"), paragraph("乙"))] == [None, None]
    # More than a page of text before the author's break: where it stands is not known.
    assert [line.page for line in lines(tmp_path, paragraph("甲" * 3000), forced)] == [None, None]


def archive_of(path: Path, **members: str) -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, content in members.items():
            archive.writestr(f"word/{name}.xml", content)
    return path


LAUGHS = '<!DOCTYPE w [<!ENTITY a "哈哈哈哈"><!ENTITY b "&a;&a;&a;&a;">]>'


@pytest.mark.parametrize(
    "members",
    [
        pytest.param({"styles": "<w/>"}, id="no-document"),
        pytest.param({"document": "<w:document"}, id="broken-xml"),
        pytest.param({"document": ""}, id="empty-part"),
        pytest.param({"document": f"<w:document {NS}/>"}, id="no-body"),
        pytest.param(
            {
                "document": f"{LAUGHS}<w:document {NS}><w:body>{paragraph('&b;')}</w:body></w:document>"
            },
            id="entities",
        ),
        pytest.param({"document": " " * (60 << 20)}, id="bomb"),
        pytest.param(
            {
                "document": f"<w:document {NS}><w:body>{paragraph('甲')}</w:body></w:document>",
                "numbering": "<broken",
            },
            id="broken-numbering",
        ),
        pytest.param(
            {"document": f"<w:document {NS}><w:body>{'<w:sdt>' * 400}</w:body></w:document>"},
            id="too-deep",
        ),
    ],
)
def test_broken_file_is_a_load_error(tmp_path: Path, members: dict[str, str]):
    path = archive_of(tmp_path / "坏.docx", **members)
    with pytest.raises(LoadError, match=r"坏\.docx"):
        load_docx(path)


def test_truncated_file_is_a_load_error(tmp_path: Path):
    path = write_docx(tmp_path / "半.docx", paragraph("甲"))
    path.write_bytes(path.read_bytes()[:-40])
    with pytest.raises(LoadError, match=r"半\.docx"):
        load(path)


def test_deep_nesting_and_wide_merges_end(tmp_path: Path):
    body = paragraph("甲")
    for _ in range(50):
        body = f"<w:tbl><w:tr><w:tc>{body}</w:tc></w:tr></w:tbl>"
    wide = table(
        cell("乙", '<w:gridSpan w:val="999999999"/>') + cell("丙"), cell("丁") + cell("戊")
    )
    found = load(write_docx(tmp_path / "深.docx", body + wide)).lines
    assert found[0].text == "甲"
    assert found[1].row and len(found[1].row.cells) <= 4


def test_cell_merged_over_thousands_of_rows_is_refused(tmp_path: Path):
    rows = cell("", "<w:vMerge/>") + cell("乙")
    huge = table(cell("甲" * 100_000, '<w:vMerge w:val="restart"/>') + cell("丙"), *[rows] * 800)
    with pytest.raises(LoadError, match=r"表\.docx"):
        load(write_docx(tmp_path / "表.docx", huge))


def test_tracked_changes_are_told(tmp_path: Path):
    changed = "<w:p><w:ins><w:r><w:t>新文</w:t></w:r></w:ins></w:p>"
    plain = load(write_docx(tmp_path / "文.docx", paragraph("文")))
    found = load(write_docx(tmp_path / "改.docx", changed))
    assert (plain.findings, [f.kind for f in found.findings]) == ((), ["tracked_changes"])
