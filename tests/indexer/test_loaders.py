"""Files of every supported format and encoding; what cannot be read is said, in two languages."""

from __future__ import annotations

import re
from collections.abc import Callable
from pathlib import Path

import docx
import pytest
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from corpus.errors import LoadError
from indexer.loaders import SUFFIXES, load
from indexer.loaders.every import LOADERS

POLICY = "第一条 为规范管理，制定本办法。\n第二条 本办法自公布之日起施行。\n"
#: Long enough that no other decoder takes it by chance.
TRADITIONAL = "第一條 為規範管理，制定本辦法。\n第二條 申請應於期限內提出。\n"


@pytest.mark.parametrize(
    ("encoding", "text"),
    [
        pytest.param("utf-8", POLICY, id="utf-8"),
        pytest.param("utf-8-sig", POLICY, id="utf-8-bom"),
        pytest.param("gb18030", POLICY, id="gb18030"),
        pytest.param("gbk", POLICY, id="gbk"),
        pytest.param("utf-16", POLICY, id="utf-16-bom"),
        pytest.param("gb18030", POLICY + "㎡—“”〔2024〕𠮷", id="gb18030-four-bytes"),
        pytest.param(
            "big5",
            TRADITIONAL,
            id="big5",
        ),
    ],
)
def test_text_in_each_encoding(tmp_path: Path, encoding: str, text: str):
    path = tmp_path / "a.txt"
    path.write_bytes(text.encode(encoding))
    assert "\n".join(line.text for line in load(path).lines) == text


def test_utf_16_big_endian(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_bytes(b"\xfe\xff" + POLICY.encode("utf-16-be"))
    assert load(path).lines[0].text == POLICY.split("\n")[0]


@pytest.mark.parametrize("line_end", ["\n", "\r\n", "\r"])
def test_lines_are_numbered_from_one(tmp_path: Path, line_end: str):
    path = tmp_path / "a.md"
    path.write_bytes(line_end.join(["甲", "", " 乙"]).encode())
    lines = load(path).lines
    assert [(line.number, line.text, line.page) for line in lines] == [
        (1, "甲", None),
        (2, "", None),
        (3, " 乙", None),
    ]


def test_form_feed_starts_a_page(tmp_path: Path):
    path = tmp_path / "a.txt"
    path.write_text("甲\n\f乙\n丙\n\f丁", "utf-8")
    lines = [(line.text, line.page) for line in load(path).lines]
    assert lines == [("甲", 1), ("乙", 2), ("丙", 2), ("丁", 3)]


def printed_pdf(path: Path, *pages: str) -> None:
    writer = PdfWriter()
    font = {"/Type": "/Font", "/Subtype": "/Type1", "/BaseFont": "/Helvetica"}
    fonts = DictionaryObject({NameObject(k): NameObject(v) for k, v in font.items()})
    for words in pages:
        page = writer.add_blank_page(width=595, height=842)
        stream = DecodedStreamObject()
        stream.set_data(f"BT /F1 12 Tf 72 700 Td ({words}) Tj 0 -20 Td (next) Tj ET".encode())
        page[NameObject("/Contents")] = stream
        page[NameObject("/Resources")] = DictionaryObject(
            {NameObject("/Font"): DictionaryObject({NameObject("/F1"): fonts})}
        )
    writer.write(path)


def test_pdf_lines_carry_their_page(tmp_path: Path):
    printed_pdf(tmp_path / "a.pdf", "first", "second")
    lines = [line for line in load(tmp_path / "a.pdf").lines if line.text.strip()]
    assert [(line.text.strip(), line.page) for line in lines] == [
        ("first", 1),
        ("next", 1),
        ("second", 2),
        ("next", 2),
    ]


def test_pdf_lines_are_numbered_through(tmp_path: Path):
    printed_pdf(tmp_path / "a.pdf", "first", "second")
    numbers = [line.number for line in load(tmp_path / "a.pdf").lines]
    assert numbers == list(range(1, len(numbers) + 1))


def write_bytes(content: bytes) -> Callable[[Path], None]:
    return lambda path: path.write_bytes(content) and None


def blank_pdf(path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.write(path)


def encrypted_pdf(path: Path) -> None:
    writer = PdfWriter()
    writer.add_blank_page(width=595, height=842)
    writer.encrypt("secret", algorithm="RC4-128")
    writer.write(path)


def truncated_pdf(path: Path) -> None:
    blank_pdf(path)
    path.write_bytes(path.read_bytes()[:150])


def folder(path: Path) -> None:
    path.mkdir()


@pytest.mark.parametrize(
    ("name", "write", "words"),
    [
        pytest.param("a.txt", write_bytes(b"\n"), "holds no text", id="blank-text"),
        pytest.param("b.txt", lambda path: path.touch(), "holds no text", id="empty-file"),
        pytest.param("a.txt", write_bytes(b"\xef\xbb\xbf"), "holds no text", id="only-a-bom"),
        pytest.param(
            "a.txt",
            write_bytes(bytes(range(256)) * 4),
            "not a text file",
            id="binary-bytes",
        ),
        pytest.param("a.txt", write_bytes(b"PK\x03\x04\0\0\0\0"), "unsupported format", id="zip"),
        pytest.param("a.docx", write_bytes(b"PK"), "damaged", id="text-named-docx"),
        pytest.param("a.docx", write_bytes(b"PK\x03\x04\0\0"), "damaged", id="truncated-docx"),
        pytest.param("a.ofd", write_bytes(b"PK\x03\x04\0\0"), "damaged", id="truncated-ofd"),
        pytest.param("a.xlsx", write_bytes(b"x"), "unsupported format", id="unsupported"),
        pytest.param("a", write_bytes(b"x"), "unsupported format", id="no-suffix"),
        pytest.param("a.txt", folder, "cannot read the file", id="folder"),
        pytest.param("none.txt", lambda path: None, "cannot read the file", id="missing"),
        pytest.param("a.pdf", blank_pdf, "no text layer", id="scanned-pdf"),
        pytest.param("a.pdf", encrypted_pdf, "encrypted", id="encrypted-pdf"),
        pytest.param("a.pdf", truncated_pdf, "damaged", id="truncated-pdf"),
        pytest.param("a.pdf", lambda path: path.touch(), "damaged", id="empty-pdf"),
        pytest.param("a.pdf", write_bytes(b"hello"), "damaged", id="text-named-pdf"),
    ],
)
def test_unreadable_file(tmp_path: Path, name: str, write: Callable[[Path], None], words: str):
    path = tmp_path / name
    write(path)
    with pytest.raises(LoadError, match=words) as caught:
        load(path)
    assert re.search("[\u4e00-\u9fff]{4}", caught.value.message) and name in caught.value.message


def test_suffixes_are_told_in_any_case(tmp_path: Path):
    path = tmp_path / "A.TXT"
    path.write_text(POLICY, "utf-8")
    assert len(load(path).lines) == 3
    assert set(SUFFIXES) >= {".txt", ".md", ".html", ".pdf", ".docx", ".doc", ".ofd", ".png"}
    assert set(LOADERS) == {"text", "html", "pdf", "docx", "doc", "ofd", "image"}


def written_docx(path: Path) -> None:
    document = docx.Document()
    for line in POLICY.splitlines():
        document.add_paragraph(line)
    with path.open("wb") as stream:
        document.save(stream)


def written_page(path: Path) -> None:
    paragraphs = "".join(f"<p>{line}</p>" for line in POLICY.splitlines())
    path.write_text(f"<html><body>{paragraphs}</body></html>", "utf-8")


@pytest.mark.parametrize(
    ("name", "write"),
    [
        pytest.param("a.doc", written_docx, id="docx-named-doc"),
        pytest.param("a.txt", written_docx, id="docx-named-txt"),
        pytest.param("a.doc", written_page, id="page-named-doc"),
        pytest.param("a.txt", written_page, id="page-named-txt"),
    ],
)
def test_a_wrong_suffix_is_told_by_content(
    tmp_path: Path, name: str, write: Callable[[Path], None]
):
    write(tmp_path / name)
    assert [line.text for line in load(tmp_path / name).lines] == POLICY.splitlines()
