"""PDFs set by hand and printed by a browser: lines, paragraphs, columns, furniture, tables."""

from __future__ import annotations

import re
import time
from pathlib import Path

import pytest
from pdfs import CHROMIUM, Sheet, paragraph, print_html, write_pdf
from pypdf import PdfReader, PdfWriter

from corpus.errors import LoadError
from indexer.loaders import Line, Source
from indexer.loaders.pdf import load_pdf
from indexer.loaders.pdf_chars import plain

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real-files" / "pdf"
SENTENCE = "申请人应当按照本办法规定的条件和程序提交材料，并对材料的真实性、完整性和合法性负责。"
STYLE = """<style>
@page { size: A4; margin: 25mm }
body { font: 12pt/1.6 "Noto Serif CJK SC", serif; text-align: justify; margin: 0 }
p { text-indent: 2em; margin: 0 } h1 { text-align: center; font-size: 20pt }
table { border-collapse: collapse; width: 100% } td, th { border: 1px solid #000; padding: 3pt }
</style>"""
browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium to print PDFs with")


def paragraphs(source: Source) -> list[str]:
    """The text outside tables, its lines joined as ``starts`` says."""
    joined: list[str] = []
    for line in source.lines:
        if line.row:
            continue
        if line.starts or not joined:
            joined.append(line.text)
        else:
            joined[-1] += line.text
    return joined


def rows(source: Source) -> list[tuple[str, ...]]:
    return [line.row.cells for line in source.lines if line.row]


def loaded(tmp_path: Path, *sheets: Sheet) -> Source:
    return load_pdf(write_pdf(tmp_path / "a.pdf", *sheets))


class TestLines:
    def test_order_is_by_place_not_by_file(self, tmp_path: Path):
        sheet = Sheet().text(72, 300, "下面").text(200, 100, "右上").text(72, 100, "左上")
        texts = [line.text for line in loaded(tmp_path, sheet).lines]
        assert texts == ["左上 右上", "下面"]

    @pytest.mark.parametrize(
        ("words", "gap", "read"),
        [
            pytest.param("规范管理", 0, "规范管理", id="solid"),
            pytest.param("公告通知", 12, "公告通知", id="spaced-out-title"),
            pytest.param("规范 管理", 0, "规范 管理", id="blank-in-file"),
            pytest.param("open data", 0, "open data", id="latin"),
        ],
    )
    def test_blanks(self, tmp_path: Path, words: str, gap: float, read: str):
        assert loaded(tmp_path, Sheet().text(72, 100, words, gap=gap)).lines[0].text == read

    def test_gap_of_a_quarter_character_around_digits_is_no_blank(self, tmp_path: Path):
        sheet = Sheet().text(72, 100, "自").text(87, 100, "2025").text(114, 100, "年起")
        assert loaded(tmp_path, sheet).lines[0].text == "自2025年起"

    def test_text_printed_twice_is_read_once(self, tmp_path: Path):
        sheet = Sheet().text(72, 100, "第一条一一说明11项")
        sheet.text(72.4, 100.2, "第一条一一说明11项")
        assert [line.text for line in loaded(tmp_path, sheet).lines] == ["第一条一一说明11项"]

    def test_slanting_watermark_is_left_out(self, tmp_path: Path):
        sheet = Sheet().text(72, 100, SENTENCE[:30])
        sheet.turned(100, 500, "内部资料", 60, "0.7 0.7 -0.7 0.7")
        assert [line.text for line in loaded(tmp_path, sheet).lines] == [SENTENCE[:30]]

    def test_index_stays_in_its_line(self, tmp_path: Path):
        sheet = Sheet().text(72, 100, "面积100m").text(126, 96, "2", size=6).text(129, 100, "以上")
        assert loaded(tmp_path, sheet).lines[0].text == "面积100m2以上"

    @pytest.mark.parametrize(
        ("char", "meant"),
        [("⽹", "网"), ("⺠", "民"), ("⻔", "门"), ("⻛", "风"), ("⻓", "长"), ("⻅", "见"), ("⺟", "母"),
         ("⻢", "马"), ("⻳", "龟"), ("⺁", "厂"), ("⻬", "齐"), ("⻝", "食"), ("⽴", "立"),
         ("（", "（"), ("，", "，"), ("Ａ", "Ａ"), ("\u200b", ""), ("\ufeff", ""), ("\xad", "-"),
         ("\xa0", " ")],
    )  # fmt: skip
    def test_plain_characters(self, char: str, meant: str):
        assert plain(char) == meant

    def test_lines_are_numbered_through(self, tmp_path: Path):
        source = loaded(tmp_path, Sheet().text(72, 100, "甲"), Sheet().text(72, 100, "乙"))
        assert [(x.number, x.page, x.text) for x in source.lines] == [(1, 1, "甲"), (2, 2, "乙")]


class TestBoxes:
    #: A line of ten characters of 12 points, 72 from the left and its baseline 100 from the top.
    LEFT, RIGHT, TOP = 72 / 595, 192 / 595, 89.7 / 842

    def box(self, line: Line) -> tuple[float, float, float, float]:
        assert line.box is not None
        return (line.box.left, line.box.top, line.box.right, line.box.bottom)

    def test_fractions_from_the_top_left(self, tmp_path: Path):
        left, top, right, bottom = self.box(
            loaded(tmp_path, Sheet().text(72, 100, SENTENCE[:10])).lines[0]
        )
        assert (left, right) == pytest.approx((self.LEFT, self.RIGHT), abs=3e-3)
        assert top == pytest.approx(self.TOP, abs=1e-3)
        assert bottom == pytest.approx(101.7 / 842, abs=1e-3)

    def test_cropped_page(self, tmp_path: Path):
        sheet = Sheet(crop=(50, 42, 550, 792)).text(72, 100, SENTENCE[:10]).text(10, 20, "裁掉")
        (line,) = loaded(tmp_path, sheet).lines
        assert line.text == SENTENCE[:10]
        assert self.box(line)[0] == pytest.approx(22 / 500, abs=1e-3)
        assert self.box(line)[1] == pytest.approx((89.7 - 50) / 750, abs=1e-3)

    @pytest.mark.parametrize(
        ("rotate", "box"),
        [
            # Turned clockwise by 90: what was at the top is at the right.
            pytest.param(90, (740.3 / 842, 72 / 595, 752.3 / 842, 192 / 595), id="90"),
            pytest.param(180, (403 / 595, 740.3 / 842, 523 / 595, 752.3 / 842), id="180"),
            pytest.param(270, (89.7 / 842, 403 / 595, 101.7 / 842, 523 / 595), id="270"),
        ],
    )
    def test_page_shown_turned(self, tmp_path: Path, rotate: int, box: tuple[float, ...]):
        (line,) = loaded(tmp_path, Sheet(rotate=rotate).text(72, 100, SENTENCE[:10])).lines
        assert line.text == SENTENCE[:10]
        assert self.box(line) == pytest.approx((box[0], box[1], box[2], box[3]), abs=2e-3)

    def test_table_set_sideways_is_read_upright(self, tmp_path: Path):
        sheet = Sheet()
        for x, words in ((100, "第一行在上"), (120, "第二行在下")):
            sheet.turned(x, 700, words, 12, "0 1 -1 0")
        source = loaded(tmp_path, sheet)
        assert [line.text for line in source.lines] == ["第一行在上", "第二行在下"]
        left, top, right, bottom = self.box(source.lines[0])
        assert right - left < 0.03 and bottom - top == pytest.approx(60 / 842, abs=2e-3)


class TestParagraphs:
    def test_indent_begins_a_paragraph(self, tmp_path: Path):
        sheet, texts = Sheet(), [SENTENCE * 3, SENTENCE * 2, SENTENCE * 4]
        top = 100.0
        for text in texts:
            top = paragraph(sheet, text, top)
        assert paragraphs(loaded(tmp_path, sheet)) == texts

    def test_paragraph_goes_on_over_a_page(self, tmp_path: Path):
        whole = SENTENCE * 5
        first, second = Sheet(), Sheet()
        top = paragraph(first, SENTENCE * 3, 100)
        paragraph(first, whole[: 36 + 38 * 2], top)
        top = 100.0
        for start in range(36 + 38 * 2, len(whole), 38):
            second.text(72, top, whole[start : start + 38])
            top += 20
        paragraph(second, SENTENCE * 2, top)
        assert paragraphs(loaded(tmp_path, first, second)) == [SENTENCE * 3, whole, SENTENCE * 2]

    def test_number_at_the_margin_is_a_reference(self, tmp_path: Path):
        text = (
            "申请人有下列情形之一的，不予受理，已经受理的，应当依照本办法的有关规定办理；依照本办法"
        )
        text = text[:36] + "第五条规定处理的，" + SENTENCE * 2
        sheet = Sheet()
        top = paragraph(sheet, SENTENCE * 3, 100)
        paragraph(sheet, text, top)
        lines = loaded(tmp_path, sheet).lines
        at = next(line for line in lines if line.text.startswith("第五条"))
        assert at.starts is False

    def test_layout_without_indent(self, tmp_path: Path):
        sheet, top = Sheet(), 100.0
        texts = [f"第{n}条 {SENTENCE * 2}" for n in "一二三四"]
        for text in texts:
            top = paragraph(sheet, text, top, indent=0)
        assert paragraphs(loaded(tmp_path, sheet)) == texts

    def test_title_over_two_lines(self, tmp_path: Path):
        sheet = Sheet().text(140, 100, "某某市人民政府办公厅关于印发某某", 20)
        sheet.text(210, 132, "若干政策措施的通知", 20)
        top = paragraph(sheet, SENTENCE * 2, 180)
        paragraph(sheet, SENTENCE * 3, top)
        lines = loaded(tmp_path, sheet).lines
        assert [(x.style, x.starts) for x in lines[:3]] == [
            ("title", True),
            ("title", False),
            (None, True),
        ]

    def test_red_head_is_no_title(self, tmp_path: Path):
        sheet = Sheet().text(120, 100, "某某市人民政府文件", 40)
        sheet.text(220, 150, "某府发〔2025〕1号", 14).text(201, 200, "关于促进发展的意见", 22)
        paragraph(sheet, SENTENCE * 4, 260)
        titles = [x.text for x in loaded(tmp_path, sheet).lines if x.style == "title"]
        assert titles == ["关于促进发展的意见"]

    def test_signature_lines_stand_alone(self, tmp_path: Path):
        sheet = Sheet()
        top = paragraph(sheet, SENTENCE * 4, 100)
        sheet.text(400, top + 40, "某某市人民政府").text(400, top + 60, "2025年3月1日")
        assert paragraphs(loaded(tmp_path, sheet))[-2:] == ["某某市人民政府", "2025年3月1日"]

    def test_unread_page_ends_the_paragraph(self, tmp_path: Path):
        path = write_pdf(
            tmp_path / "a.pdf",
            Sheet().text(72, 100, SENTENCE[:38]).text(72, 120, "第一页" + SENTENCE[:35]),
            Sheet().line(72, 100, 300, 100),
            Sheet().text(72, 100, "第三页" + SENTENCE[:35]).text(72, 120, SENTENCE[:38]),
        )
        assert next(x for x in load_pdf(path).lines if x.page == 3).starts is True


class TestFurniture:
    @pytest.mark.parametrize(
        "number",
        ["{}", "- {} -", "－{}－", "— {} —", "第{}页", "第{}页 共9页", "第 {} 页 / 共 9 页", "{}/9",
         "Page {} of 9", "·{}·"],
    )  # fmt: skip
    def test_page_numbers(self, tmp_path: Path, number: str):
        sheets = []
        for page in (3, 4):
            sheet = Sheet().text(280, 790, number.format(page), 10)
            paragraph(sheet, SENTENCE * 4, 100)
            sheets.append(sheet)
        assert paragraphs(loaded(tmp_path, *sheets)) == [SENTENCE * 4] * 2

    def test_roman_page_number(self, tmp_path: Path):
        sheet = Sheet().text(290, 800, "iv", 10)
        paragraph(sheet, SENTENCE * 4, 100)
        assert paragraphs(loaded(tmp_path, sheet)) == [SENTENCE * 4]

    def test_running_header(self, tmp_path: Path):
        sheets = []
        for page in range(1, 4):
            sheet = Sheet().text(200, 50, f"某某市政策汇编 {page}", 10)
            paragraph(sheet, SENTENCE * 4, 110)
            sheets.append(sheet)
        assert paragraphs(loaded(tmp_path, *sheets)) == [SENTENCE * 4] * 3

    def test_label_and_annex_at_the_head_of_pages_stay(self, tmp_path: Path):
        sheets = []
        for page in range(1, 4):
            sheet = Sheet().text(72, 80, f"附件{page}").text(96, 110, "一、基本情况")
            paragraph(sheet, SENTENCE * 4, 140)
            sheets.append(sheet)
        texts = paragraphs(loaded(tmp_path, *sheets))
        assert texts == [x for n in (1, 2, 3) for x in (f"附件{n}", "一、基本情况", SENTENCE * 4)]

    def test_number_inside_the_text_stays(self, tmp_path: Path):
        sheet, top = Sheet(), 100.0
        for text in (SENTENCE * 3, "2024", SENTENCE * 3):
            top = paragraph(sheet, text, top)
        assert "2024" in paragraphs(loaded(tmp_path, sheet))

    @browser
    def test_lines_of_the_browser(self, tmp_path: Path):
        body = "".join(f"<p>第{n}条　{SENTENCE * 8}</p>" for n in "一二三四五六七八九十")
        path = print_html(tmp_path, "a", f"{STYLE}<title>办法_政府网</title>{body}", header=True)
        texts = paragraphs(load_pdf(path))
        assert len(texts) == 10
        assert not any(re.search("政府网|file:|/[23]", text) for text in texts)
        assert all(text.endswith(SENTENCE) for text in texts)


class TestColumns:
    def columned(self, sheet: Sheet, left: float, top: float, text: str) -> float:
        for start in range(0, len(text), 16):
            sheet.text(left, top, text[start : start + 16])
            top += 20
        return top

    def test_two_columns_under_a_title(self, tmp_path: Path):
        sheet = Sheet().text(150, 80, "关于促进某某高质量发展的意见", 20)
        self.columned(sheet, 72, 140, SENTENCE * 4)
        self.columned(sheet, 310, 140, "右栏" + SENTENCE * 3)
        assert (
            paragraphs(loaded(tmp_path, sheet))
            == [
                "关于促进某某高质量发展的意见",
                SENTENCE * 4,
                "右栏" + SENTENCE * 3,
            ]
            or "".join(paragraphs(loaded(tmp_path, sheet))[1:])
            == SENTENCE * 4 + "右栏" + SENTENCE * 3
        )

    def test_names_beside_figures_are_no_columns(self, tmp_path: Path):
        sheet = Sheet()
        for n in range(8):
            sheet.text(72, 100 + 20 * n, f"项目{n}" + "甲" * (n % 4)).text(
                330, 100 + 20 * n, f"{n}万元"
            )
        texts = [line.text for line in loaded(tmp_path, sheet).lines]
        assert texts[0] == "项目0 0万元" and len(texts) == 8

    @browser
    def test_columns_over_pages(self, tmp_path: Path):
        body = "".join(f"<p>第{n}条　{SENTENCE * 7}</p>" for n in "一二三四五六七八九十")
        html = (
            f"<h1>若干措施</h1><div style='columns:2;column-gap:2em'>{body}</div><p>{SENTENCE}</p>"
        )
        texts = paragraphs(load_pdf(print_html(tmp_path, "a", STYLE + html)))
        assert texts[0] == "若干措施" and texts[-1] == SENTENCE
        assert [text[:3] for text in texts[1:-1]] == [f"第{n}条" for n in "一二三四五六七八九十"]
        assert all(text.endswith(SENTENCE * 7) for text in texts[1:-1])


class TestTables:
    XS, YS = [72.0, 120.0, 300.0, 520.0], [100.0, 130.0, 190.0, 250.0]

    def table(self) -> Sheet:
        sheet = Sheet().grid(self.XS, self.YS)
        for x, words in zip(self.XS, ("序号", "项目", "标准"), strict=False):
            sheet.text(x + 5, 120, words)
        for y, cells in ((150, ("1", "研发补助", "最高500万元")), (210, ("2", "贴息", "100万元"))):
            for x, words in zip(self.XS, cells, strict=False):
                sheet.text(x + 5, y, words)
        return sheet

    def test_rows_with_names(self, tmp_path: Path):
        source = loaded(tmp_path, self.table().text(96, 300, "以上标准自发布之日起施行。"))
        assert rows(source) == [
            ("序号", "项目", "标准"),
            ("1", "研发补助", "最高500万元"),
            ("2", "贴息", "100万元"),
        ]
        assert [x.row.header for x in source.lines if x.row] == [True, False, False]
        assert source.lines[1].text == "1\t研发补助\t最高500万元"
        assert source.lines[-1].text == "以上标准自发布之日起施行。"
        assert source.lines[1].box is not None and source.lines[1].box.top == pytest.approx(
            130 / 842, abs=1e-3
        )

    def test_open_sides(self, tmp_path: Path):
        sheet = Sheet()
        for y in (100, 130, 160):
            sheet.line(72, y, 520, y)
        sheet.line(300, 100, 300, 160)
        for y, cells in ((120, ("甲", "乙")), (150, ("丙", "丁"))):
            sheet.text(80, y, cells[0]).text(310, y, cells[1])
        assert rows(loaded(tmp_path, sheet)) == [("甲", "乙"), ("丙", "丁")]

    def test_wrapped_lines_and_paragraphs_of_a_cell(self, tmp_path: Path):
        sheet = Sheet().grid([72, 160, 300], [100, 260]).text(78, 120, "条件")
        for n, words in enumerate(
            ("（一）有研发机构；", "（二）近三年内没有发", "生安全事故。", "另有规定")
        ):
            sheet.text(165, 120 + 20 * n, words)
        sheet.text(165, 200, "的除外")
        assert rows(loaded(tmp_path, sheet)) == [
            ("条件", "（一）有研发机构；\n（二）近三年内没有发生安全事故。\n另有规定\n的除外")
        ]

    def test_box_around_text_is_no_table(self, tmp_path: Path):
        sheet = Sheet().frame(60, 70, 540, 400)
        paragraph(sheet, SENTENCE * 4, 100)
        source = loaded(tmp_path, sheet)
        assert not rows(source) and paragraphs(source) == [SENTENCE * 4]

    def test_rules_under_words_are_no_table(self, tmp_path: Path):
        sheet = Sheet().line(72, 60, 520, 60).line(72, 780, 520, 780)
        paragraph(sheet, SENTENCE * 4, 100)
        assert not rows(loaded(tmp_path, sheet))

    def test_card_has_no_header(self, tmp_path: Path):
        sheet = Sheet().grid([72, 160, 520], [100, 130, 160])
        for y, cells in ((120, ("事项名称", "奖励项目")), (150, ("申报条件", "有研发机构"))):
            sheet.text(78, y, cells[0]).text(166, y, cells[1])
        assert not any(x.row.header for x in loaded(tmp_path, sheet).lines if x.row)

    def page_of(self, cells: list[tuple[str, ...]], bottom: float | None = None) -> Sheet:
        ys = [100.0 + 40 * i for i in range(len(cells) + 1)]
        sheet = Sheet().grid(self.XS, ys)
        for y, row in zip(ys, cells, strict=False):
            for x, words in zip(self.XS, row, strict=False):
                sheet.text(x + 5, y + 18, words)
        return sheet

    NAMES = ("序号", "项目", "标准")

    def test_table_goes_on_without_its_repeated_head(self, tmp_path: Path):
        first = self.page_of([self.NAMES, ("1", "甲", "10万元")])
        second = self.page_of([self.NAMES, ("2", "乙", "20万元")])
        source = loaded(tmp_path, first, second)
        assert rows(source) == [self.NAMES, ("1", "甲", "10万元"), ("2", "乙", "20万元")]
        assert {x.row.table for x in source.lines if x.row} == {1}

    def test_other_columns_are_another_table(self, tmp_path: Path):
        first = self.page_of([self.NAMES, ("1", "甲", "10万元")])
        second = Sheet().grid([72, 200, 520], [100, 140]).text(80, 120, "甲").text(210, 120, "乙")
        source = loaded(tmp_path, first, second)
        assert [x.row.table for x in source.lines if x.row] == [1, 1, 2]

    def test_row_cut_by_the_page(self, tmp_path: Path):
        # The last cell is full, ends within a sentence, and goes on under an empty first cell.
        cut = "具有独立法人资格并且在本市范围内依法"
        first = self.page_of([self.NAMES, ("1", "甲", cut)])
        second = self.page_of([("", "", "登记注册的企业。"), ("2", "乙", "无")])
        source = loaded(tmp_path, first, second)
        assert rows(source)[1:] == [("1", "甲", cut + "登记注册的企业。"), ("2", "乙", "无")]

    def test_row_under_a_merged_cell_is_its_own(self, tmp_path: Path):
        first = self.page_of([self.NAMES, ("1", "甲", "10万元")])
        second = self.page_of([("", "乙", "20万元")])
        assert rows(loaded(tmp_path, first, second))[-1] == ("", "乙", "20万元")

    @browser
    def test_merged_cells_stand_in_all_they_cover(self, tmp_path: Path):
        html = """<table><tr><th rowspan=2>类别<th rowspan=2>项目<th colspan=2>补助标准</tr>
            <tr><th>市级<th>区级</tr><tr><td rowspan=2>研发类<td>首仿药<td>500<td>200</tr>
            <tr><td>器械<td colspan=2>不超过1000万元</tr></table>"""
        source = load_pdf(print_html(tmp_path, "a", STYLE + html))
        assert rows(source) == [
            ("类别", "项目", "补助标准", "补助标准"),
            ("类别", "项目", "市级", "区级"),
            ("研发类", "首仿药", "500", "200"),
            ("研发类", "器械", "不超过1000万元", "不超过1000万元"),
        ]
        assert [x.row.header for x in source.lines if x.row] == [True, True, False, False]

    @browser
    def test_long_table_of_the_browser(self, tmp_path: Path):
        cells = [(f"{n}", f"项目{n}", SENTENCE * (1 + n % 4), f"{n}0万元") for n in range(1, 21)]
        html = "".join(f"<tr><td>{'<td>'.join(row)}</tr>" for row in cells)
        html = f"<table><thead><tr><th>序号<th>项目<th>条件<th>标准</tr></thead>{html}</table>"
        source = load_pdf(
            print_html(tmp_path, "a", f"{STYLE}<p>{SENTENCE}</p>{html}<p>{SENTENCE}</p>")
        )
        assert rows(source) == [("序号", "项目", "条件", "标准"), *cells]
        assert {x.row.table for x in source.lines if x.row} == {1}
        assert paragraphs(source) == [SENTENCE] * 2

    def test_page_of_far_too_many_lines(self, tmp_path: Path):
        sheet = Sheet()
        paragraph(sheet, SENTENCE * 4, 100)
        sheet.drawn.append("\n".join(f"{n % 500} {n % 800} m 9 9 l S" for n in range(100_000)))
        started = time.monotonic()
        assert paragraphs(loaded(tmp_path, sheet)) == [SENTENCE * 4]
        assert time.monotonic() - started < 20


class TestTrouble:
    def written(self, path: Path) -> bytes:
        sheet = Sheet()
        paragraph(sheet, SENTENCE * 10, 100)
        return write_pdf(path, sheet, sheet).read_bytes()

    def outcome(self, path: Path, content: bytes) -> None:
        """A result or a LoadError that names the file; anything else fails the test."""
        path.write_bytes(content)
        try:
            assert load_pdf(path).lines
        except LoadError as error:
            assert path.name in error.message

    def test_empty_user_password_is_none(self, tmp_path: Path):
        self.written(tmp_path / "a.pdf")
        writer = PdfWriter(clone_from=PdfReader(tmp_path / "a.pdf"))
        writer.encrypt("", "owner", algorithm="RC4-128")
        writer.write(tmp_path / "b.pdf")
        assert paragraphs(load_pdf(tmp_path / "b.pdf"))[0] == SENTENCE * 10

    def test_user_password_is_said(self, tmp_path: Path):
        self.written(tmp_path / "a.pdf")
        writer = PdfWriter(clone_from=PdfReader(tmp_path / "a.pdf"))
        writer.encrypt("secret", algorithm="RC4-128")
        writer.write(tmp_path / "b.pdf")
        with pytest.raises(LoadError, match=r"已加密.*encrypted.*b\.pdf"):
            load_pdf(tmp_path / "b.pdf")

    @pytest.mark.parametrize("part", [0.1, 0.3, 0.5, 0.7, 0.9, 0.99])
    def test_truncated(self, tmp_path: Path, part: float):
        content = self.written(tmp_path / "a.pdf")
        self.outcome(tmp_path / "b.pdf", content[: int(part * len(content))])

    @pytest.mark.parametrize("seed", range(20))
    def test_flipped_bytes(self, tmp_path: Path, seed: int):
        content = bytearray(self.written(tmp_path / "a.pdf"))
        for n in range(seed + 1):
            content[(seed * 7919 + n * 104_729) % len(content)] ^= 1 << (n % 8)
        self.outcome(tmp_path / "b.pdf", bytes(content))

    @pytest.mark.parametrize("nested", [b"[", b"<<", b"<< /A ", b"("])
    def test_nested_brackets(self, tmp_path: Path, nested: bytes):
        content = self.written(tmp_path / "a.pdf")
        self.outcome(tmp_path / "b.pdf", content.replace(b"/Type /Pages", nested * 10_000))

    def test_nested_content(self, tmp_path: Path):
        sheet = Sheet().text(72, 100, SENTENCE[:20])
        sheet.drawn.append("[" * 10_000 + "q " * 10_000)
        self.outcome(tmp_path / "b.pdf", write_pdf(tmp_path / "a.pdf", sheet).read_bytes())

    def test_pages_in_a_circle(self, tmp_path: Path):
        content = self.written(tmp_path / "a.pdf")
        self.outcome(tmp_path / "b.pdf", content.replace(b"/Kids [6 0 R", b"/Kids [2 0 R"))


@pytest.mark.skipif(not REAL.is_dir(), reason=f"the real files are not at {REAL}")
class TestRealFiles:
    def read(self, name: str) -> Source:
        return load_pdf(next(REAL.glob(name)))

    def test_every_word_of_a_notice(self):
        letters = re.compile(r"[^\u4e00-\u9fff0-9]")
        truth = next(REAL.glob("GovDocCN_397.txt")).read_text("utf-8")
        read = "".join(paragraphs(self.read("GovDocCN_397_*.pdf")))
        words = [
            # In the red head one word stands beside two lines; either order is right.
            letters.sub("", re.sub(r"—\s*\d+\s*—", "", text)).partition("发改办财金规")[2]
            for text in (truth, read)
        ]
        assert words[0] == words[1] and len(words[0]) > 2000

    @pytest.mark.parametrize(
        ("name", "articles"), [("民营*.pdf", 78), ("G05*.pdf", 64)], ids=["law", "measures"]
    )
    def test_articles_begin_paragraphs(self, name: str, articles: int):
        label = re.compile(r"第[一二三四五六七八九十]+条 ")
        texts = paragraphs(self.read(name))
        assert sum(bool(label.match(text)) for text in texts) == articles

    def test_browser_lines_are_gone(self):
        for name in ("G03*.pdf", "G05*.pdf", "G08*.pdf", "G10*.pdf"):
            text = "".join(paragraphs(self.read(name)))
            assert "https://" not in text and "中国政府网" not in text

    def test_speed(self):
        pages, started = 0, time.process_time()
        for path in REAL.glob("*.pdf"):
            pages += max(line.page or 0 for line in load_pdf(path).lines)
        assert pages / (time.process_time() - started) > 10
