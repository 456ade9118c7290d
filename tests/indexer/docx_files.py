"""DOCX files written by hand, part by part, for the tests that read them."""

from __future__ import annotations

import zipfile
from pathlib import Path

from indexer.loaders import Line, load

NS = (
    'xmlns:w="http://schemas.openxmlformats.org/wordprocessingml/2006/main" '
    'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006" '
    'xmlns:v="urn:schemas-microsoft-com:vml" '
    'xmlns:wps="http://schemas.microsoft.com/office/word/2010/wordprocessingShape" '
    'xmlns:m="http://schemas.openxmlformats.org/officeDocument/2006/math"'
)


def paragraph(text: str, properties: str = "") -> str:
    return (
        f'<w:p><w:pPr>{properties}</w:pPr><w:r><w:t xml:space="preserve">{text}</w:t></w:r></w:p>'
    )


def numbered(text: str, list_id: int = 1, level: int = 0) -> str:
    return paragraph(
        text, f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{list_id}"/></w:numPr>'
    )


def level(at: int, number_format: str, text: str, more: str = "") -> str:
    return (
        f'<w:lvl w:ilvl="{at}"><w:start w:val="1"/><w:numFmt w:val="{number_format}"/>'
        f'{more}<w:lvlText w:val="{text}"/></w:lvl>'
    )


def a_list(
    levels: str, nums: str = '<w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num>'
) -> str:
    return f'<w:abstractNum w:abstractNumId="0">{levels}</w:abstractNum>{nums}'


def cell(text: str, properties: str = "") -> str:
    inner = "".join(paragraph(part) for part in text.split("\n"))
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{inner}</w:tc>"


def table(*rows: str, properties: str = "") -> str:
    return f"<w:tbl>{properties}" + "".join(f"<w:tr>{row}</w:tr>" for row in rows) + "</w:tbl>"


def plain_table(*rows: tuple[str, ...]) -> str:
    return table(*("".join(cell(text) for text in row) for row in rows))


def write_docx(path: Path, body: str, numbering: str = "", styles: str = "") -> Path:
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        archive.writestr(
            "word/document.xml", f"<w:document {NS}><w:body>{body}</w:body></w:document>"
        )
        if numbering:
            archive.writestr("word/numbering.xml", f"<w:numbering {NS}>{numbering}</w:numbering>")
        if styles:
            archive.writestr("word/styles.xml", f"<w:styles {NS}>{styles}</w:styles>")
    return path


def lines(folder: Path, *parts: str, **more: str) -> list[Line]:
    """Write a body into a DOCX and read it."""
    return list(load(write_docx(folder / "文件.docx", "".join(parts), **more)).lines)


def texts(folder: Path, *parts: str, **more: str) -> list[str]:
    return [line.text for line in lines(folder, *parts, **more)]


def rows_of(found: list[Line]) -> list[tuple[tuple[str, ...], bool]]:
    return [(line.row.cells, line.row.header) for line in found if line.row]
