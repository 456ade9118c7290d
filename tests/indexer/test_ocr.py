"""Scanned pages and pictures: recognised where the extra is installed, said to be so otherwise."""

from __future__ import annotations

import struct
import zlib
from pathlib import Path

import pytest
from pdfs import Sheet, paragraph, write_pdf

from corpus.errors import LoadError
from indexer.loaders import Source, load
from indexer.loaders.image import load_image
from indexer.loaders.ocr import is_installed
from indexer.loaders.pdf import load_pdf

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real-files" / "pdf"
SENTENCE = "申请人应当按照本办法规定的条件和程序提交材料，并对材料的真实性、完整性和合法性负责。"
without = pytest.mark.skipif(is_installed(), reason="the extra ocr is installed")
recognising = pytest.mark.skipif(not is_installed(), reason="the extra ocr is not installed")


def scan(width: int = 60, height: int = 80) -> tuple[bytes, bytes]:
    """A grey picture: the object of a PDF, and the drawing that fills a page with it."""
    pixels = zlib.compress(bytes([200]) * width * height)
    head = (
        f"<< /Type /XObject /Subtype /Image /Width {width} /Height {height} /ColorSpace /DeviceGray "
        f"/BitsPerComponent 8 /Filter /FlateDecode /Length {len(pixels)} >>\nstream\n"
    )
    return head.encode() + pixels + b"\nendstream", b"q 595 0 0 842 0 0 cm /I1 Do Q"


def scanned(stamp: str = "") -> Sheet:
    picture, drawing = scan()
    sheet = Sheet(picture=picture)
    sheet.drawn.append(drawing.decode())
    return sheet.text(280, 800, stamp, 10) if stamp else sheet


def set_page() -> Sheet:
    sheet = Sheet()
    paragraph(sheet, SENTENCE * 4, 100)
    return sheet


def png(width: int, height: int, rows: bytes) -> bytes:
    def chunk(kind: bytes, content: bytes) -> bytes:
        crc = struct.pack(">I", zlib.crc32(kind + content))
        return struct.pack(">I", len(content)) + kind + content + crc

    head = struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0)
    content = chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(rows)) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + content


@without
@pytest.mark.parametrize("stamp", ["", "— 1 —"], ids=["no-text", "only-a-page-number"])
def test_scan_without_the_extra_says_what_to_install(tmp_path: Path, stamp: str):
    path = write_pdf(tmp_path / "a.pdf", scanned(stamp))
    with pytest.raises(LoadError, match=r"没有文字层.*no text layer.*tiaowen\[ocr\].*a\.pdf"):
        load_pdf(path)


@without
def test_scanned_page_among_others_is_a_finding(tmp_path: Path):
    source = load_pdf(write_pdf(tmp_path / "a.pdf", set_page(), scanned(), set_page()))
    (finding,) = source.findings
    assert (finding.kind, finding.page) == ("no_text", 2)
    assert "第2页" in finding.detail and "tiaowen[ocr]" in finding.detail
    assert {line.page for line in source.lines} == {1, 3}


@pytest.mark.parametrize("blank", [Sheet()], ids=["empty"])
def test_blank_page_is_no_finding(tmp_path: Path, blank: Sheet):
    assert not load_pdf(write_pdf(tmp_path / "a.pdf", set_page(), blank)).findings


def test_page_with_text_over_a_picture_is_not_recognised(tmp_path: Path):
    sheet = scanned()
    paragraph(sheet, SENTENCE * 4, 100)
    source = load_pdf(write_pdf(tmp_path / "a.pdf", sheet))
    assert not source.findings and "".join(line.text for line in source.lines) == SENTENCE * 4


@without
@pytest.mark.parametrize("name", ["a.png", "a.tiff", "a.jpg", "a.bmp"])
def test_picture_without_the_extra_says_what_to_install(tmp_path: Path, name: str):
    path = tmp_path / name
    path.write_bytes(png(40, 40, (b"\0" + b"\xff" * 40) * 40))
    with pytest.raises(LoadError, match=rf"识别组件.*tiaowen\[ocr\].*{name}"):
        load_image(path)


@recognising
@pytest.mark.parametrize(
    ("content", "words"),
    [
        pytest.param(
            png(40, 40, (b"\0" + b"\xff" * 40) * 40), "no text was recognised", id="blank"
        ),
        pytest.param(png(40, 40, b"\0")[:60], "damaged", id="truncated"),
        pytest.param(png(60_000, 60_000, b"\0"), "too large", id="bomb"),
        pytest.param(b"\x89PNG\r\n\x1a\n" + b"\0" * 50, "damaged", id="noise"),
    ],
)
def test_picture_that_cannot_be_read(tmp_path: Path, content: bytes, words: str):
    path = tmp_path / "a.png"
    path.write_bytes(content)
    with pytest.raises(LoadError, match=rf"{words}.*a\.png"):
        load(path)


@pytest.fixture(scope="module")
def pictures(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Two pages of a law as a scanned PDF and as pictures."""
    if not REAL.is_dir():
        pytest.skip(f"the real files are not at {REAL}")
    import pypdfium2 as pdfium

    folder = tmp_path_factory.mktemp("scans")
    document = pdfium.PdfDocument(next(REAL.glob("民营*.pdf")))
    first, second = (document[i].render(scale=150 / 72).to_pil().convert("L") for i in (1, 2))
    first.save(folder / "a.tiff", compression="tiff_lzw", save_all=True, append_images=[second])
    first.copy().save(folder / "a.pdf", resolution=150, save_all=True, append_images=[second])
    return folder


def articles(source: Source) -> list[str]:
    return [x.text[:3] for x in source.lines if x.starts and x.text.startswith("第")]


@recognising
@pytest.mark.parametrize("name", ["a.pdf", "a.tiff"])
def test_pages_are_recognised_in_paragraphs(pictures: Path, name: str):
    source = load(pictures / name)
    assert articles(source) == ["第二条", "第三条", "第四条", "第五条", "第六条", "第七条"]
    assert [finding.kind for finding in source.findings] == ["ocr"]
    assert {line.page for line in source.lines} == {1, 2}
    for line in source.lines:
        assert line.ocr is not None and line.ocr > 0.8
        assert line.box is not None and line.box.right - line.box.left > 0.03
    # The page number is at the foot of the page, and no text.
    assert not any("2" in line.text or "3" in line.text for line in source.lines)
