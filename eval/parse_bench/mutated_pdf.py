"""Mutations of PDF: locked, deeply nested, swollen, and running in circles."""

from __future__ import annotations

import io
import random
import zlib
from collections.abc import Callable

from pypdf import PdfReader, PdfWriter

from eval.parse_bench.mutated_zip import DEPTH

__all__ = ["MAKERS"]

_BLAST = 600 << 20
_BLOCK = 1 << 20


def _encrypted(password: str) -> Callable[[bytes, random.Random], bytes]:
    """Lock a file with a password; an empty one is what many public files have."""

    def make(content: bytes, chance: random.Random) -> bytes:
        writer = PdfWriter(clone_from=PdfReader(io.BytesIO(content)))
        writer.encrypt(password, owner_password="owner", algorithm="RC4-128")
        target = io.BytesIO()
        writer.write(target)
        return target.getvalue()

    return make


def _pdf(page: bytes, content: bytes = b"", filters: bytes = b"") -> bytes:
    """Return a one-page file: ``page`` stands in the page's dictionary."""
    bodies = (
        b"<< /Type /Catalog /Pages 2 0 R >>",
        b"<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        b"<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R " + page + b" >>",
        b"<< /Length %d %s >>\nstream\n%s\nendstream" % (len(content), filters, content),
    )
    target, places = bytearray(b"%PDF-1.7\n"), []
    for number, body in enumerate(bodies, 1):
        places.append(len(target))
        target += b"%d 0 obj\n%s\nendobj\n" % (number, body)
    start = len(target)
    target += b"xref\n0 %d\n0000000000 65535 f \n" % (len(bodies) + 1)
    target += b"".join(b"%010d 00000 n \n" % place for place in places)
    target += b"trailer\n<< /Size %d /Root 1 0 R >>\n" % (len(bodies) + 1)
    return bytes(target + b"startxref\n%d\n%%%%EOF\n" % start)


def _nested_in_page(content: bytes, chance: random.Random) -> bytes:
    return _pdf(b"/Annots " + b"[" * DEPTH + b"]" * DEPTH)


def _nested_dictionaries(content: bytes, chance: random.Random) -> bytes:
    return _pdf(b"/Resources " + b"<< /A " * DEPTH + b"1" + b" >>" * DEPTH)


def _nested_in_text(content: bytes, chance: random.Random) -> bytes:
    return _pdf(b"", b"BT " + b"[" * DEPTH + b"]" * DEPTH + b" TJ ET")


def _stream_bomb(content: bytes, chance: random.Random) -> bytes:
    squeezer = zlib.compressobj(9)
    blocks = [squeezer.compress(b" " * _BLOCK) for _ in range(_BLAST // _BLOCK)]
    return _pdf(b"", b"".join(blocks) + squeezer.flush(), b"/Filter /FlateDecode")


def _circle_of_forms(content: bytes, chance: random.Random) -> bytes:
    """A page whose content draws itself."""
    page = b"/Resources << /XObject << /X 4 0 R >> >>"
    return _pdf(page, b"/X Do", b"/Type /XObject /Subtype /Form /BBox [0 0 9 9] " + page)


def _endless_pages(content: bytes, chance: random.Random) -> bytes:
    """A page tree that holds itself."""
    return _pdf(b"").replace(b"/Kids [3 0 R]", b"/Kids [2 0 R]")


def _wide(content: bytes, chance: random.Random) -> bytes:
    """A page larger than any paper: drawing it would fill the memory."""
    return _pdf(b"/UserUnit 1000").replace(b"[0 0 595 842]", b"[0 0 9999999 9999999]")


MAKERS: dict[str, Callable[[bytes, random.Random], bytes]] = {
    "encrypted with a password": _encrypted("secret"),
    "encrypted, opens without a password": _encrypted(""),
    "arrays nested 10,000 deep": _nested_in_page,
    "dictionaries nested 10,000 deep": _nested_dictionaries,
    "arrays nested 10,000 deep in the text": _nested_in_text,
    "stream bomb": _stream_bomb,
    "content that draws itself": _circle_of_forms,
    "page tree that holds itself": _endless_pages,
    "page of ten million points": _wide,
}
