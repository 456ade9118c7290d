"""One law in many layouts: the same addresses and the same texts, whatever it is printed as."""

from __future__ import annotations

import zipfile
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from pdfs import CHROMIUM, Sheet, print_html, write_pdf
from test_ofd import page, parts
from test_ofd import text as printed

from indexer.read import entry_of_file, read_source
from indexer.widths import display_width

TITLE = "某某市工程材料检测管理办法"
LAW = (
    TITLE,
    "第一章　总则",
    "第一条　为了加强工程材料检测的管理，保证检测的质量，根据有关法律和行政法规，结合本市的实际，制定本办法。",
    "第二条　在本市行政区域内从事工程材料检测以及对检测的监督管理，适用本办法。",
    "法律、行政法规另有规定的，从其规定。",
    "第三条　市建设主管部门负责本市工程材料检测的监督管理，区县建设主管部门负责本行政区域内的监督管理。",
    "交通、水利等主管部门按照各自的职责，做好工程材料检测的有关工作。",
    "第二章　与检测有关的义务",
    "第四条　检测机构有下列情形之一的，不得承接业务：",
    "（一）未依法取得资质证书的；",
    "（二）资质证书的有效期已经届满，或者被依法吊销、撤销、注销而未重新取得的，以及其他与此相当的情形；",
    "（三）与委托人有利害关系的。",
    "第五条　检测机构应当如实出具报告。",
    "委托人不得要求检测机构出具虚假的报告，也不得以其他方式妨碍检测的独立进行，违反的依法处理。",
    "第六条　对本办法第五条规定的报告有异议的，可以自收到报告之日起十五日内申请复检。",
    "第三章　附则",
    "第七条　本办法自2024年5月1日起施行。",
)
COLUMNS = 30
#: What must not begin a line hangs over its end.
HANGING = "，。；：、）”"
browser = pytest.mark.skipif(CHROMIUM is None, reason="no chromium to print PDFs with")

Outlined = list[tuple[str, str, tuple[str, ...]]]


def outlined(path: Path) -> Outlined:
    """The address, the words and the headings of each clause, blanks aside."""
    reading = read_source(entry_of_file(path))
    assert reading.document.title == TITLE

    def bare(words: str) -> str:
        return "".join(words.split())

    return [
        (str(c.path), bare(c.marker + c.text), tuple(map(bare, c.headings)))
        for c in reading.outline.clauses
    ]


@pytest.fixture
def told(tmp_path: Path) -> Outlined:
    """The law as read from a file with one paragraph a line."""
    path = tmp_path / "plain.txt"
    path.write_text("\n".join(LAW), "utf-8")
    found = outlined(path)
    articles = [address for address, _, _ in found if "." not in address]
    assert articles == [f"art{n}" for n in range(1, 8)]
    assert found[-1][2] == ("第三章附则",)
    return found


def cut(text: str, columns: int) -> list[str]:
    lines: list[str] = []
    while text:
        end = 0
        while end < len(text) and display_width(text[: end + 1]) <= 2 * columns:
            end += 1
        while end < len(text) and text[end] in HANGING:
            end += 1
        lines.append(text[:end])
        text = text[end:]
    return lines


def is_centred(text: str) -> bool:
    return text == TITLE or text[2] == "章"


def wrapped(indent: str, between: str) -> str:
    blocks = []
    for text in LAW:
        room = "\u3000" * ((COLUMNS - len(text)) // 2) if indent else ""
        lines = [room + text] if is_centred(text) else cut(indent + text, COLUMNS)
        blocks.append("\n".join(lines))
    return between.join(blocks)


@pytest.mark.parametrize(
    ("indent", "between"),
    [
        pytest.param("\u3000\u3000", "\n", id="indented"),
        pytest.param("\u3000\u3000", "\n\n", id="indented-and-apart"),
        pytest.param("", "\n\n", id="apart"),
    ],
)
def test_text_cut_at_a_margin(tmp_path: Path, told: Outlined, indent: str, between: str):
    path = tmp_path / "cut.txt"
    path.write_bytes(wrapped(indent, between).encode("gb18030"))
    assert outlined(path) == told


def set_lines(indent: float, left: float, size: float) -> list[tuple[str, float, float, bool]]:
    """Lines with their left edge, their size, and whether each begins a paragraph."""
    lines = []
    middle = left + COLUMNS * size / 2
    for text in LAW:
        if is_centred(text):
            large = 1.5 * size if text == TITLE else size
            lines.append((text, middle - large * len(text) / 2, large, True))
            continue
        first = cut("\u3000" * int(indent) + text, COLUMNS)
        for n, line in enumerate(first):
            shift = 0.0 if n else indent * size
            lines.append((line.strip("\u3000"), left + shift, size, n == 0))
    return lines


def test_ofd_with_marks_over_the_margin(tmp_path: Path, told: Outlined):
    size = 5.0
    drawn = [
        printed(line, left, 30 + 8 * n, large)
        for n, (line, left, large, _) in enumerate(set_lines(2, 25, size))
    ]
    path = tmp_path / "law.ofd"
    with zipfile.ZipFile(path, "w") as archive:
        for name, content in parts(page(*drawn)).items():
            archive.writestr(name, content)
    assert outlined(path) == told


def test_pdf_with_paragraphs_apart(tmp_path: Path, told: Outlined):
    """Most paragraphs have one line, so that the usual distance is that of paragraphs."""
    sheet, top = Sheet(), 60.0
    for line, left, size, begins in set_lines(0, 72, 12):
        top += 27 if begins else 18
        sheet.text(left, top, line, size)
    assert outlined(write_pdf(tmp_path / "apart.pdf", sheet)) == told


STYLES = {
    "justified": "text-indent: 2em; text-align: justify",
    "apart": "margin: 0 0 7pt 0; line-height: 1.4",
    "narrow": "text-indent: 2em; width: 20em",
    "tall": "text-indent: 2em; line-height: 2.4; font-size: 16pt",
}


@browser
@pytest.mark.parametrize("style", STYLES.values(), ids=STYLES)
def test_pdf_of_the_browser(tmp_path: Path, told: Outlined, style: str):
    """The blank behind 第二章 is a narrow one, which a browser leaves out of its PDF."""
    body = "".join(
        f"<p class={'h' if is_centred(text) else 'p'}>{text.replace('章　', '章 ')}</p>"
        for text in LAW[1:]
    )
    css = f"p {{ margin: 0; {style} }} .h {{ text-align: center; text-indent: 0 }} h1 {{ text-align: center }}"
    font = "body { font: 12pt/1.6 'Noto Serif CJK SC', serif }"
    html = f"<style>{font} {css}</style><h1>{TITLE}</h1>{body}"
    assert outlined(print_html(tmp_path, "law", html)) == told


def typed(document: docx.document.Document) -> None:
    for text in LAW:
        document.add_paragraph(text)


def on_two_lines(document: docx.document.Document) -> None:
    """Headings over two paragraphs, items behind soft line breaks."""
    for text in LAW:
        if is_centred(text) and text != TITLE:
            for part in text.split("\u3000"):
                document.add_paragraph(part)
        elif text.startswith("（"):
            document.paragraphs[-1].add_run().add_break()
            document.paragraphs[-1].add_run(text)
        else:
            document.add_paragraph(text)


@pytest.mark.parametrize("write", [typed, on_two_lines])
def test_docx(tmp_path: Path, told: Outlined, write: Callable[[docx.document.Document], None]):
    document = docx.Document()
    write(document)
    document.save(str(tmp_path / "law.docx"))
    assert outlined(tmp_path / "law.docx") == told


PAGE = (
    "<html><head><title>{title}_某某市政府</title></head><body><div class=nav><ul><li><a href=/a>首页</a>"
    "<li><a href=/b>政务公开</a><li><a href=/c>互动交流</a></ul></div><h1>{title}</h1>"
    "<div>发布时间：2024-03-08 16:30　来源：某某市政府</div><div id=zoom>{body}</div>"
    "<div class=footer><p>主办：某某市政府办公室</p></div></body></html>"
)


@pytest.mark.parametrize(
    "body",
    [
        pytest.param("".join(f"<p>　　{text}</p>" for text in LAW[1:]), id="paragraphs"),
        pytest.param("<br>".join(f"　　{text}" for text in LAW[1:]), id="breaks"),
        pytest.param(
            "".join(f"<p><span><b>{t[:2]}</b><span>{t[2:]}</span></span></p>" for t in LAW[1:]),
            id="spans",
        ),
        pytest.param(
            f"<table><tr><td>{''.join(f'<p>{text}</p>' for text in LAW[1:])}</td></tr></table>",
            id="layout-table",
        ),
    ],
)
def test_page_of_a_government_site(tmp_path: Path, told: Outlined, body: str):
    path = tmp_path / "law.html"
    path.write_text(PAGE.format(title=TITLE, body=body), "utf-8")
    assert outlined(path) == told
