"""Originals: the page of a PDF with the quote marked, the lines of other files, the file itself."""

from __future__ import annotations

import io
import re
import sys
import time
import zlib
from pathlib import Path

import docx
import pytest
from PIL import Image
from starlette.testclient import TestClient

from corpus.catalogue import digest_of
from corpus.errors import LoadError
from indexer.build import build
from indexer.clause_index import ClauseIndex
from indexer.embedder import open_embedder
from indexer.library import add
from indexer.pool import Limits
from retriever.retriever import Retriever
from server.app import create_app
from server.assistant import Assistant
from server.originals.files import Original
from server.originals.workshop import Workshop
from server.settings import Settings

sys.path.insert(0, str(Path(__file__).parents[1] / "indexer"))
from pdfs import Sheet, paragraph, write_pdf

TITLE = "海州区支持花卉产业若干措施"
FIRST = "第一条 对新建花卉大棚的企业，按投资额的百分之二十给予补助，最高补助三十万元。"
LONG = (
    "第二条 对获得国家级花卉奖项的企业，一次性奖励十五万元，同一企业每年只能享受一次，"
    "由区农业农村部门会同区财政部门组织评审，评审结果向社会公示，公示期不少于五个工作日，"
    "公示无异议的，在三十日内拨付。"
)
HTML = (
    "<html><head><title>花卉</title><script>alert(1)</script></head><body><h1>" + TITLE + "</h1>"
    "<p>第一条 本办法适用于本区。</p><p>第二条 对出口花卉的企业奖励八万元。</p></body></html>"
)


def pages() -> list[Sheet]:
    """Two pages: the second article begins on the first and ends on the other."""
    first, second = Sheet(), Sheet()
    first.text(150, 90, TITLE, 18)
    top = paragraph(first, FIRST, 150)
    paragraph(first, LONG[:74], top)
    second.text(72, 90, LONG[74:])
    second.text(96, 110, "第三条 本措施自2026年1月1日起施行。")
    return [first, second]


@pytest.fixture(scope="module")
def folder(tmp_path_factory) -> Path:
    given, corpus = tmp_path_factory.mktemp("given"), tmp_path_factory.mktemp("corpus")
    write_pdf(given / "flowers.pdf", *pages())
    text = TITLE + "\n\n" + FIRST + "\n\n第二条 对出口花卉的企业奖励九万元。\n"
    (given / "gbk.txt").write_bytes(text.encode("gb18030"))
    (given / "page.html").write_text(HTML, "utf-8")
    word = docx.Document()
    for line in (TITLE, FIRST, "第二条 对出口花卉的企业奖励七万元。"):
        word.add_paragraph(line)
    word.save(str(given / "word.docx"))
    assert not add([given], corpus).failed
    return corpus


@pytest.fixture(scope="module")
def over_files(folder: Path, tmp_path_factory) -> Assistant:
    settings = Settings()
    embedder = open_embedder(settings.embedder, settings.models)
    place = tmp_path_factory.mktemp("index")
    build(folder, place, embedder)
    index = ClauseIndex.open(place)
    return Assistant(index, Retriever(index, embedder))


@pytest.fixture(scope="module")
def library(over_files: Assistant) -> TestClient:
    app = create_app(over_files)
    return TestClient(app, headers={"accept": "text/html"}, raise_server_exceptions=False)


def areas(html: str) -> list[tuple[float, ...]]:
    """What is marked on the page that is shown, icons aside."""
    shown = html.split('id="original-view"')[1]
    found = re.findall(r'<rect x="([\d.]+)" y="([\d.]+)" width="([\d.]+)" height="([\d.]+)"', shown)
    return [tuple(float(n) / 1000 for n in each) for each in found]


def test_the_quote_is_marked_where_it_is_printed(library) -> None:
    quote = "最高补助三十万元"
    html = library.get(
        "/documents/flowers/original", params={"clause": "art1", "quote": quote}
    ).text
    assert "sheet-quote" in html
    assert "第 1 页，共 2 页" in html
    # Six characters of twelve points end the first line of a page of 595 by 842, two begin the next.
    first, second = areas(html)
    assert first[2] == pytest.approx(6 * 12 / 595, abs=0.01)
    assert first[1] == pytest.approx((150 - 0.86 * 12) / 842, abs=0.01)
    assert second[2] == pytest.approx(2 * 12 / 595, abs=0.01)
    assert second[0] == pytest.approx(72 / 595, abs=0.01)
    assert 'href="/documents/flowers/source#page=1"' in html


def test_a_passage_over_two_pages_is_marked_on_both(library) -> None:
    first = library.get("/documents/flowers/pages/1", params={"clause": "art2"}).text
    second = library.get("/documents/flowers/pages/2", params={"clause": "art2"}).text
    assert "sheet-quote" in first
    assert "sheet-quote" in second
    assert len(areas(first)) == 2
    assert len(areas(second)) == 1
    assert 'rel="next"' in first
    assert 'rel="prev"' in second


def test_words_that_are_not_there_mark_the_clause_and_nothing_is_said_of_more(library) -> None:
    html = library.get(
        "/documents/flowers/pages/1", params={"clause": "art1", "quote": "甲乙"}
    ).text
    assert "sheet-clause" in html
    assert "没有逐字定位到引文" in html
    plain = library.get("/documents/flowers/pages/2").text
    assert areas(plain) == []


def test_a_picture_is_bounded_and_kept(library) -> None:
    reply = library.get("/documents/flowers/pages/1.png")
    assert reply.headers["content-type"] == "image/png"
    assert reply.headers["x-content-type-options"] == "nosniff"
    with Image.open(io.BytesIO(reply.content)) as image:
        assert image.size[0] == 1240
    started = time.perf_counter()
    again = library.get(
        "/documents/flowers/pages/1.png", headers={"if-none-match": reply.headers["etag"]}
    )
    assert again.status_code == 304
    assert time.perf_counter() - started < 0.2
    for path in (
        "pages/3.png",
        "pages/3",
        "pages/0",
        "pages/99999999999999",
        "pages/-1",
        "pages/x",
    ):
        assert library.get(f"/documents/flowers/{path}").status_code in (400, 404), path
    assert library.get("/documents/none/pages/1").status_code == 404
    assert library.get("/documents/gbk/pages/1").status_code == 404


@pytest.mark.parametrize(("name", "amount"), [("gbk", "九"), ("page", "八"), ("word", "七")])
def test_lines_of_other_files_are_shown_with_the_passage_marked(library, name, amount) -> None:
    params = {"clause": "art2", "quote": f"企业奖励{amount}万元"}
    html = library.get(f"/documents/{name}/original", params=params).text
    assert f'<mark id="mark">企业奖励{amount}万元</mark>' in html
    assert "第一条" in html
    assert "<script>alert" not in html


def test_the_file_itself_is_sent_so_that_it_can_do_nothing(library, folder) -> None:
    pdf = library.get("/documents/flowers/source")
    assert pdf.headers["content-type"] == "application/pdf"
    assert pdf.headers["content-disposition"].startswith("inline")
    assert pdf.content == (folder / "flowers.pdf").read_bytes()
    html = library.get("/documents/page/source")
    assert html.headers["content-type"] == "application/octet-stream"
    assert html.headers["content-disposition"].startswith("attachment")
    text = library.get("/documents/gbk/source")
    assert text.headers["content-type"] == "text/plain; charset=gb18030"
    for reply in (pdf, html, text):
        assert reply.headers["x-content-type-options"] == "nosniff"
        assert "default-src 'none'" in reply.headers["content-security-policy"]
        assert "script-src" not in reply.headers["content-security-policy"]
    assert "sandbox" in html.headers["content-security-policy"]


def test_what_was_changed_or_is_gone_is_not_sent_and_the_text_is_shown(library, folder) -> None:
    place = folder / "word.docx"
    whole = place.read_bytes()
    try:
        place.write_bytes(b"PK secret")
        assert library.get("/documents/word/source").status_code == 404
        place.unlink()
        reply = library.get("/documents/word/original", params={"clause": "art2"})
        assert reply.status_code == 200
        assert "原件不在这台服务器上" in reply.text
        assert "奖励七万元" in reply.text
    finally:
        place.write_bytes(whole)
    assert library.get("/documents/word/source").status_code == 200


@pytest.mark.parametrize("clause", ["art99", "../../etc", "art1#x", "a" * 201])
def test_a_clause_that_is_none_is_named(library, clause) -> None:
    reply = library.get("/documents/gbk/original", params={"clause": clause})
    assert reply.status_code in (400, 404)


def bomb(path: Path) -> Path:
    """A page whose forms draw each other thirty times, six deep: minutes of work in a few bytes."""
    forms = []
    for level in range(6):
        own = b" ".join(b"/F%d Do" % (level + 1) for _ in range(30))
        forms.append(own if level < 5 else b"0 0 m " + b"600 800 l 3 9 l S " * 400)
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count 1 /Kids [3 0 R] >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R "
        b"/Resources << /XObject << /F0 5 0 R >> >> >>",
        b"<< /Length 6 >>\nstream\n/F0 Do\nendstream",
    ]
    for level, content in enumerate(forms):
        packed = zlib.compress(content)
        below = b"/XObject << /F%d %d 0 R >>" % (level + 1, level + 6) if level < 5 else b""
        objects.append(
            b"<< /Type /XObject /Subtype /Form /BBox [0 0 595 842] /Filter /FlateDecode "
            b"/Resources << %s >> /Length %d >>\nstream\n%s\nendstream"
            % (below, len(packed), packed)
        )
    body, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(body))
        body += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    path.write_bytes(
        body + b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
        + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (len(objects) + 1, len(body))
    )  # fmt: skip
    return path


def test_a_page_made_to_hang_is_ended_and_remembered(folder) -> None:
    path = bomb(folder.parent / "bomb.pdf")
    original = Original("bomb", path, "bomb.pdf", digest_of(path), "pdf")
    workshop = Workshop(Limits(seconds=1.5, seconds_a_megabyte=0, memory=1 << 30))
    started = time.perf_counter()
    with pytest.raises(LoadError, match=r"1\.5"):
        workshop.picture(original, 1)
    assert time.perf_counter() - started < 10
    started = time.perf_counter()
    with pytest.raises(LoadError, match=r"1\.5"):
        workshop.picture(original, 1)
    assert time.perf_counter() - started < 0.1
