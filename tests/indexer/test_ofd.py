"""OFD files, written by the tests part by part: reading order, places, templates, damage."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Callable
from pathlib import Path

import pytest

from corpus.errors import LoadError
from indexer.loaders import Source, load
from indexer.loaders.ofd import load_ofd

FILES = Path(__file__).resolve().parents[3] / "shared" / "data" / "real-files" / "ofd"
SPACE = 'xmlns:ofd="http://www.ofdspec.org/2016"'
SIZE = 5.0


def text(words: str, x: float, y: float, size: float = SIZE, extra: str = "") -> str:
    """A line of words whose baseline begins at x, y; each character as wide as the size."""
    deltas = f'DeltaX="g {len(words) - 1} {size}"' if len(words) > 1 else ""
    return (
        f'<ofd:TextObject ID="1" Boundary="{x} {y - size} 150 10" Font="1" Size="{size}"{extra}>'
        f'<ofd:TextCode X="0" Y="{size}" {deltas}>{words}</ofd:TextCode></ofd:TextObject>'
    )


def frame(x: float, y: float, width: float, height: float) -> str:
    return (
        f'<ofd:PathObject ID="2" Boundary="{x} {y} {width} {height}" Stroke="true"><ofd:AbbreviatedData>'
        f"M 0 0 L {width} 0 L {width} {height} L 0 {height} L 0 0 C</ofd:AbbreviatedData></ofd:PathObject>"
    )


def page(*objects: str, before: str = "") -> str:
    layer = f'<ofd:Content><ofd:Layer ID="3">{"".join(objects)}</ofd:Layer></ofd:Content>'
    return f"<ofd:Page {SPACE}>{before}{layer}</ofd:Page>"


def parts(*pages: str, common: str = "", after: str = "") -> dict[str, str]:
    listed = "".join(
        f'<ofd:Page ID="{n}" BaseLoc="Pages/Page_{n}/Content.xml"/>' for n in range(len(pages))
    )
    return {
        "OFD.xml": f"<ofd:OFD {SPACE}><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": (
            f"<ofd:Document {SPACE}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 200 300"
            f"</ofd:PhysicalBox></ofd:PageArea>{common}</ofd:CommonData><ofd:Pages>{listed}</ofd:Pages>{after}</ofd:Document>"
        ),
        **{f"Doc_0/Pages/Page_{n}/Content.xml": content for n, content in enumerate(pages)},
    }


@pytest.fixture
def ofd(tmp_path: Path) -> Callable[[dict[str, str]], Source]:
    """Load an OFD file of the given parts."""

    def write(members: dict[str, str]) -> Source:
        path = tmp_path / "a.ofd"
        with zipfile.ZipFile(path, "w") as archive:
            for name, content in members.items():
                archive.writestr(name, content)
        return load(path)

    return write


Loaded = Callable[[dict[str, str]], Source]
FULL = "一二三四五六七八九十一二三四五六七八九十一二三四五六七八"


def words(source: Source) -> list[str]:
    return [line.text for line in source.lines]


def test_lines_in_reading_order_with_their_places(ofd: Loaded):
    source = ofd(parts(page(text("乙", 20, 120), text("甲", 20, 60), text("丙", 100, 60))))
    assert words(source) == ["甲 丙", "乙"]
    line = source.lines[0]
    assert (line.number, line.page) == (1, 1)
    assert line.box is not None and line.box.page == 1
    assert (line.box.left, line.box.right) == (0.1, 0.525)
    assert line.box.top < 60 / 300 < line.box.bottom


def test_paragraphs_start_at_indents_and_behind_room(ofd: Loaded):
    lines = [
        text("关于补贴的通知", 70, 30, 8),
        text(FULL[2:], 40, 60),
        text(FULL, 30, 70),
        text("到此为止。", 30, 80),
        text("不缩进的段落" + FULL[6:], 30, 90),
        text(FULL[:-1] + "。", 30, 100),
        text("（一）新的一项。", 30, 110),
    ]
    source = ofd(parts(page(*lines), page(text(FULL, 30, 30))))
    starts = [line.starts for line in source.lines]
    assert starts == [True, True, False, False, True, False, True, True]


def test_title_in_larger_print_below_the_masthead(ofd: Loaded):
    head = [
        text("某某局文件", 60, 30, 14),
        text("某发〔2024〕1号", 70, 50),
        text("关于印发某市补贴", 60, 70, 8),
        text("办法的通知", 70, 80, 8),
        text("各区县：", 30, 95),
    ]
    lines = ofd(parts(page(*head, text(FULL[2:] + "。", 40, 105)))).lines
    assert [line.style for line in lines] == [None, None, "title", "title", None, None]
    assert [line.starts for line in lines] == [True, True, True, False, True, True]


def test_text_goes_on_over_the_page_and_page_numbers_do_not_count(ofd: Loaded):
    first = page(*(text(FULL, 30, 60 + 10 * n) for n in range(4)), text("—1—", 95, 285))
    source = ofd(parts(first, page(text("接上页。", 30, 30), text("—2—", 95, 285))))
    assert [(line.text, line.page, line.starts) for line in source.lines][4:] == [
        ("接上页。", 2, False)
    ]


def test_deltas_matrix_and_blocks(ofd: Loaded):
    grouped = (
        '<ofd:PageBlock ID="9"><ofd:PageBlock ID="8"><ofd:TextObject ID="7" CTM="0.5 0 0 0.5 0 0" '
        'Boundary="20 50 100 10" Font="1" Size="10"><ofd:CGTransform CodePosition="0" CodeCount="1" GlyphCount="1">'
        "<ofd:Glyphs>99</ofd:Glyphs></ofd:CGTransform>"
        '<ofd:TextCode X="0" Y="8" DeltaX="10 g 2 10 5 5 g 9 5">路发〔2011〕</ofd:TextCode></ofd:TextObject>'
        "</ofd:PageBlock></ofd:PageBlock>"
    )
    source = ofd(parts(page(grouped)))
    assert words(source) == ["路发〔2011〕"]
    box = source.lines[0].box
    assert box is not None and box.left == pytest.approx(0.1)
    assert box.right == pytest.approx((20 + 0.5 * 55) / 200, abs=0.03)


def test_bold_print_and_watermarks_count_once_or_not_at_all(ofd: Loaded):
    slanted = text("内部资料", 60, 150, extra=' CTM="0.7 0.7 -0.7 0.7 0 0"')
    unseen = text("看不见", 60, 170, extra=' Visible="false"')
    drawn = text("第一条 甲甲", 20, 60), text("第一条 甲甲", 20.2, 60)
    assert words(ofd(parts(page(*drawn, slanted, unseen)))) == ["第一条 甲甲"]


TEMPLATE = '<ofd:TemplatePage ID="50" BaseLoc="Tpls/T.xml"/>'


def test_words_of_a_template_count_once(ofd: Loaded):
    used = '<ofd:Template TemplateID="50" ZOrder="Background"/>'
    pages = (page(text(f"第{n}页的正文", 20, 90), before=used) for n in "一二")
    members = parts(*pages, common=TEMPLATE)
    members["Doc_0/Tpls/T.xml"] = page(text("某某局文件", 60, 40), before=used)
    assert words(ofd(members)) == ["某某局文件", "第一页的正文", "第二页的正文"]


def test_ruled_table(ofd: Loaded):
    cells = [
        *(frame(20 + 40 * c, 100 + 12 * r, 40, 12) for r in range(3) for c in range(3) if (r, c) != (2, 0)),
        text("序号", 22, 108), text("项目", 62, 108), text("标准", 102, 108),
        text("1", 22, 120), text("甲类", 62, 120), text("200元", 102, 120),
        text("乙类", 62, 132), text("50元", 102, 132),
    ]  # fmt: skip
    # The first column's second cell reaches over two rows.
    cells[3] = frame(20, 112, 40, 24)
    source = ofd(parts(page(text("附表如下：", 20, 90), *cells, text("表后的话。", 20, 160))))
    assert [(line.row.header, line.row.cells) for line in source.lines if line.row] == [
        (True, ("序号", "项目", "标准")),
        (False, ("1", "甲类", "200元")),
        (False, ("1", "乙类", "50元")),
    ]
    assert [line.number for line in source.lines] == [1, 2, 3, 4, 5]
    assert (words(source)[0], words(source)[-1]) == ("附表如下：", "表后的话。")


def test_attachments_and_further_documents_are_found(ofd: Loaded):
    members = parts(
        page(text("正文", 20, 60)), after="<ofd:Attachments>Attachs.xml</ofd:Attachments>"
    )
    members["Doc_0/Attachs.xml"] = (
        f'<ofd:Attachments {SPACE}><ofd:Attachment ID="1" Name="申请表"><ofd:FileLoc>Res/1.docx'
        "</ofd:FileLoc></ofd:Attachment></ofd:Attachments>"
    )
    members["OFD.xml"] = members["OFD.xml"].replace(
        "</ofd:OFD>",
        "<ofd:DocBody><ofd:DocRoot>Doc_1/Document.xml</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
    )
    findings = ofd(members).findings
    assert [finding.kind for finding in findings] == ["documents", "attachment"]
    assert "申请表" in findings[1].detail and "1.docx" in findings[1].detail


def test_missing_page_is_found_and_the_others_are_read(ofd: Loaded):
    members = parts(page(text("甲", 20, 60)), page(text("乙", 20, 60)), page(text("丙", 20, 60)))
    del members["Doc_0/Pages/Page_1/Content.xml"]
    source = ofd(members)
    assert [(line.text, line.page) for line in source.lines] == [("甲", 1), ("丙", 3)]
    assert [(finding.kind, finding.page) for finding in source.findings] == [("damaged_page", 2)]


def test_a_picture_among_pages_of_text_is_found(ofd: Loaded):
    image = '<ofd:ImageObject ID="6" Boundary="0 0 200 300" ResourceID="7"/>'
    source = ofd(parts(page(text("甲", 20, 60)), page(image), page()))
    assert words(source) == ["甲"]
    assert [(finding.kind, finding.page) for finding in source.findings] == [("no_text", 2)]


@pytest.mark.parametrize(
    ("old", "new"),
    [
        pytest.param("http://www.ofdspec.org/2016", "http://www.ofdspec.org", id="old-namespace"),
        pytest.param("ofd:", "x:", id="other-prefix"),
        pytest.param('BaseLoc="Pages', 'BaseLoc="/Doc_0/Pages', id="absolute-place"),
        pytest.param('BaseLoc="Pages', 'BaseLoc="./pages', id="other-case"),
        pytest.param("0 0 200 300", "0 0 0 nan", id="no-page-box"),
        pytest.param('Size="5.0"', 'Size="inf"', id="no-size"),
        pytest.param("g 2 5.0", "g 999999999 5", id="steps-without-end"),
    ],
)
def test_what_makers_get_wrong(ofd: Loaded, old: str, new: str):
    members = {
        name: content.replace(old, new).replace(
            "xmlns:ofd=", "xmlns:x=" if new == "x:" else "xmlns:ofd="
        )
        for name, content in parts(page(text("第一条", 20, 60))).items()
    }
    assert words(ofd(members)) == ["第一条"]


@pytest.mark.parametrize(
    ("change", "reason"),
    [
        pytest.param({"OFD.xml": "<a"}, "damaged", id="damaged-entry"),
        pytest.param({"OFD.xml": f"<ofd:OFD {SPACE}/>"}, "no document", id="no-document"),
        pytest.param({"Doc_0/Document.xml": None}, "damaged", id="missing-document"),
        pytest.param({"Doc_0/Document.xml": f"<ofd:Document {SPACE}/>"}, "no page", id="no-pages"),
        pytest.param({"Doc_0/Pages/Page_0/Content.xml": None}, "no page", id="only-page-missing"),
        pytest.param({"Doc_0/Pages/Page_0/Content.xml": page()}, "text layer", id="scanned"),
        pytest.param(
            {"Doc_0/Pages/Page_0/Content.xml": page("<ofd:PageBlock>" * 9000 + "</ofd:PageBlock>" * 9000)},
            "no page",
            id="nested-too-deep",
        ),
        pytest.param({"Encryptions.xml": "<a/>"}, "encrypted", id="encrypted"),
    ],
)  # fmt: skip
def test_unreadable_ofd(ofd: Loaded, change: dict[str, str | None], reason: str):
    members = parts(page(text("正文", 20, 60)))
    changed = {**members, **change}
    with pytest.raises(LoadError, match=reason) as caught:
        ofd({name: content for name, content in changed.items() if content is not None})
    assert re.search("[\u4e00-\u9fff]{4}", caught.value.message)
    assert "a.ofd" in caught.value.message


files = pytest.mark.skipif(not FILES.is_dir(), reason=f"the files are not at {FILES}")


@files
def test_real_reply_of_an_authority():
    source = load_ofd(next(FILES.glob("批复_*")))
    lines = words(source)
    assert lines[1:4] == ["路卫发〔2011〕76号", "关于同意张阿三同志辞职的批复", "区中医院："]
    assert lines[-2] == "2011年3月10日"
    assert [line.text for line in source.lines if line.style == "title"] == [lines[2]]
    assert [line.starts for line in source.lines[4:9]] == [True, False, True, False, True]


@files
def test_real_table():
    rows = [line.row for line in load_ofd(next(FILES.glob("OFD标准_*"))).lines if line.row]
    assert rows[0].header and rows[0].cells == ("名称", "类型", "说明", "可选/必选")
    assert [row.cells[0] for row in rows[1:]] == [
        "CodePosition",
        "CodeCount",
        "GlyphCount",
        "Glyphs",
    ]
    assert rows[2].cells[2].endswith("默认为1")


@files
@pytest.mark.parametrize(
    ("name", "first", "last", "paragraphs"),
    [
        ("函_", "关于加快南货场铁路涵洞下穿建设的函", "2023年7月12日", 5),
        ("拿来主义", "拿来主义", "的，文艺不能自成为新文艺。", 12),
        ("监理大纲", "第二部分 监理大纲（如有时）", "十、对本工程监理的合理化建议。", 12),
    ],
)
def test_real_files(name: str, first: str, last: str, paragraphs: int):
    source = load_ofd(next(FILES.glob(f"{name}*")))
    assert (words(source)[0], words(source)[-1]) == (first, last)
    assert sum(bool(line.starts) for line in source.lines) == paragraphs


@files
def test_real_attachment():
    (finding,) = load_ofd(next(FILES.glob("带附件*"))).findings
    assert finding.kind == "attachment" and "eg_tulip.jpg" in finding.detail
