"""Make PDFs for tests: by hand, each character and line in its place, or by a browser."""

from __future__ import annotations

import shutil
import subprocess
from dataclasses import dataclass, field
from itertools import pairwise
from pathlib import Path

__all__ = ["CHROMIUM", "Sheet", "paragraph", "print_html", "write_pdf"]

CHROMIUM = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("chrome")


@dataclass
class Sheet:
    """A page drawn from the top left, in points."""

    width: float = 595
    height: float = 842
    rotate: int = 0
    crop: tuple[float, float, float, float] | None = None
    drawn: list[str] = field(default_factory=list)
    picture: bytes | None = None

    def text(self, x: float, y: float, words: str, size: float = 12, gap: float = 0) -> Sheet:
        """Set words with their baseline at y; ``gap`` is left between characters."""
        code = words.encode("utf-16-be").hex()
        self.drawn.append(
            f"BT /F1 {size} Tf {gap} Tc 1 0 0 1 {x} {self.height - y} Tm <{code}> Tj ET"
        )
        return self

    def turned(self, x: float, y: float, words: str, size: float, matrix: str) -> Sheet:
        """Set words in another direction."""
        code = words.encode("utf-16-be").hex()
        self.drawn.append(f"BT /F1 {size} Tf {matrix} {x} {self.height - y} Tm <{code}> Tj ET")
        return self

    def line(self, x0: float, y0: float, x1: float, y1: float) -> Sheet:
        """Stroke a line."""
        self.drawn.append(f"0.5 w {x0} {self.height - y0} m {x1} {self.height - y1} l S")
        return self

    def frame(self, left: float, top: float, right: float, bottom: float) -> Sheet:
        """Stroke a rectangle."""
        self.drawn.append(f"0.5 w {left} {self.height - bottom} {right - left} {bottom - top} re S")
        return self

    def grid(self, xs: list[float], ys: list[float]) -> Sheet:
        """Rule a table, each border of each cell by itself, as office programs do."""
        for y in ys:
            for x0, x1 in pairwise(xs):
                self.line(x0, y, x1, y)
        for x in xs:
            for y0, y1 in pairwise(ys):
                self.line(x, y0, x, y1)
        return self


def paragraph(sheet: Sheet, words: str, top: float, columns: int = 38, indent: int = 2) -> float:
    """Set a paragraph of ``columns`` characters a line from 72 points; return where it ends."""
    size, left = 12, 72
    first, rest = words[: columns - indent], words[columns - indent :]
    sheet.text(left + indent * size, top, first, size)
    while rest:
        top += 20
        sheet.text(left, top, rest[:columns], size)
        rest = rest[columns:]
    return top + 20


def write_pdf(path: Path, *sheets: Sheet) -> Path:
    """Write pages with one font that every reader knows: not embedded, Chinese by Unicode."""
    objects = [
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Count %d /Kids [%s] >>"
        % (len(sheets), b" ".join(b"%d 0 R" % (6 + 3 * i) for i in range(len(sheets)))),
        b"<< /Type /Font /Subtype /Type0 /BaseFont /STSong-Light /Encoding /UniGB-UCS2-H "
        b"/DescendantFonts [4 0 R] >>",
        b"<< /Type /Font /Subtype /CIDFontType0 /BaseFont /STSong-Light /DW 1000 "
        b"/W [1 95 500] /FontDescriptor 5 0 R "
        b"/CIDSystemInfo << /Registry (Adobe) /Ordering (GB1) /Supplement 2 >> >>",
        b"<< /Type /FontDescriptor /FontName /STSong-Light /Flags 6 /Ascent 880 /Descent -120 "
        b"/CapHeight 880 /StemV 93 /ItalicAngle 0 /FontBBox [-25 -254 1000 880] >>",
    ]
    for number, sheet in enumerate(sheets):
        crop = f"/CropBox [{' '.join(map(str, sheet.crop))}]" if sheet.crop else ""
        picture = f"/XObject << /I1 {8 + 3 * number} 0 R >>" if sheet.picture else ""
        objects.append(
            f"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 {sheet.width} {sheet.height}] {crop} "
            f"/Rotate {sheet.rotate} /Contents {7 + 3 * number} 0 R "
            f"/Resources << /Font << /F1 3 0 R >> {picture} >> >>".encode()
        )
        stream = "\n".join(sheet.drawn).encode()
        objects.append(b"<< /Length %d >>\nstream\n%s\nendstream" % (len(stream), stream))
        objects.append(sheet.picture or b"null")
    path.write_bytes(_file(objects))
    return path


def _file(objects: list[bytes]) -> bytes:
    content, places = b"%PDF-1.7\n", []
    for number, each in enumerate(objects, 1):
        places.append(len(content))
        content += b"%d 0 obj\n%s\nendobj\n" % (number, each)
    start = len(content)
    table = b"".join(b"%010d 00000 n \n" % place for place in places)
    content += b"xref\n0 %d\n0000000000 65535 f \n%s" % (len(objects) + 1, table)
    return content + b"trailer\n<< /Size %d /Root 1 0 R >>\nstartxref\n%d\n%%%%EOF\n" % (
        len(objects) + 1,
        start,
    )


def print_html(folder: Path, name: str, html: str, header: bool = False) -> Path:
    """Print a page by the browser; ``header`` keeps the lines that it puts around each page."""
    source, target = folder / f"{name}.html", folder / f"{name}.pdf"
    source.write_text(f"<!doctype html><meta charset=utf-8>{html}", "utf-8")
    options = [] if header else ["--no-pdf-header-footer"]
    subprocess.run(
        [
            str(CHROMIUM), "--headless", "--no-sandbox", "--disable-gpu", *options,
            f"--user-data-dir={folder / 'profile'}", f"--print-to-pdf={target}", source.as_uri(),
        ],
        check=True, capture_output=True, timeout=120,
    )  # fmt: skip
    return target
