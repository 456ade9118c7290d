"""Mutations of zipped XML (DOCX, OFD), and of a picture, which is deflated as they are."""

from __future__ import annotations

import io
import random
import re
import struct
import zipfile
import zlib
from collections.abc import Callable

__all__ = ["DEPTH", "DOCX_MAKERS", "MAKERS", "picture_bomb"]

#: How deep brackets, tags and elements are nested.
DEPTH = 10_000
#: Bytes that a bomb unpacks to.
_BLAST = 600 << 20
_QUIET_BLAST = 200 << 20
_BLOCK = 1 << 20
#: The member with a document's text: word/document.xml, or a page of an OFD.
_TEXT = re.compile(r"(?:.*/)?(?:document|Content)\.xml")
_ENTITIES = (
    '<!DOCTYPE x [<!ENTITY a0 "条条条条条条条条条条">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)

Change = Callable[[bytes, random.Random], bytes]


def _repack(
    content: bytes, change: Callable[[bytes], bytes], tail: int = 0, noise: int = 0
) -> bytes:
    """Return an archive with its text member changed and a blank tail of ``tail`` bytes on it.

    ``noise`` bytes in each block of the tail cannot be compressed.
    """
    target = io.BytesIO()
    with (
        zipfile.ZipFile(io.BytesIO(content)) as old,
        zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED, compresslevel=1) as new,
    ):
        chosen = _text_member(old)
        for name in old.namelist():
            if name != chosen:
                new.writestr(zipfile.ZipInfo(name), old.read(name), zipfile.ZIP_DEFLATED)
        with new.open(zipfile.ZipInfo(chosen), "w", force_zip64=True) as stream:
            stream.write(change(old.read(chosen)))
            _fill(stream.write, tail, noise)
    return target.getvalue()


def _fill(write: Callable[[bytes], int], size: int, noise: int) -> None:
    mark = random.Random(size).randbytes(noise // 2).hex().encode()
    block = (b"<!--" + mark + b"-->" if noise else b"").ljust(_BLOCK)
    for _ in range(size // _BLOCK):
        write(block)


def _text_member(archive: zipfile.ZipFile) -> str:
    members = [m for m in archive.infolist() if _TEXT.fullmatch(m.filename)]
    return max(members or archive.infolist(), key=lambda member: member.file_size).filename


def _same(xml: bytes) -> bytes:
    return xml


def _deeper(opening: str, closing: str) -> Change:
    """Nest elements before the end of the document element."""
    inner = (opening * DEPTH + closing * DEPTH).encode()

    def change(content: bytes, chance: random.Random) -> bytes:
        return _repack(content, lambda xml: inner.join(_before_end(xml)))

    return change


def _before_end(xml: bytes) -> tuple[bytes, bytes]:
    # In a DOCX the body, in other formats the document element itself.
    at = xml.rfind(b"</w:body>")
    at = at if at >= 0 else xml.rfind(b"</")
    return xml[:at], xml[at:]


def _flipped_inside(content: bytes, chance: random.Random) -> bytes:
    """Flip bits in the text member itself: the archive stays whole, its sums are right."""

    def change(xml: bytes) -> bytes:
        damaged = bytearray(xml)
        for _ in range(20):
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
        return bytes(damaged)

    return _repack(content, change)


def _entities(content: bytes, chance: random.Random) -> bytes:
    def change(xml: bytes) -> bytes:
        at = xml.find(b"?>") + 2 if b"<?xml" in xml[:8] else 0
        before, after = _before_end(xml[at:])
        return xml[:at] + _ENTITIES.encode() + before + b"<x>&a9;</x>" + after

    return _repack(content, change)


def _locked(content: bytes, chance: random.Random) -> bytes:
    """Set the mark of encryption on every member, in both places where a zip has it."""
    marked = bytearray(content)
    for start, offset in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        at = content.find(start)
        while at >= 0:
            marked[at + offset] |= 1
            at = content.find(start, at + 4)
    return bytes(marked)


def _half_the_text(content: bytes, chance: random.Random) -> bytes:
    return _repack(content, lambda xml: xml[: len(xml) // 2])


def _no_text(content: bytes, chance: random.Random) -> bytes:
    return _repack(content, lambda xml: b"")


MAKERS: dict[str, Change] = {
    "bits flipped inside": _flipped_inside,
    "text member cut": _half_the_text,
    "text member empty": _no_text,
    "zip bomb": lambda content, chance: _repack(content, _same, _BLAST),
    "bomb beneath the usual ratio": lambda content, chance: _repack(
        content, _same, _QUIET_BLAST, _BLOCK // 250
    ),
    "elements nested 10,000 deep": _deeper("<x>", "</x>"),
    "entities that expand": _entities,
    "members marked encrypted": _locked,
}
DOCX_MAKERS: dict[str, Change] = {
    "tables nested 10,000 deep": _deeper("<w:tbl><w:tr><w:tc>", "</w:tc></w:tr></w:tbl>"),
    "one paragraph of 100 MB": lambda content, chance: _repack(
        content, lambda xml: _long_paragraph().join(_before_end(xml))
    ),
}


def _long_paragraph() -> bytes:
    chance = random.Random(0)
    # Varied enough that its ratio is that of text, not of a bomb.
    words = "".join(chance.choices("为了规范支持企业发展制定本办法，给予奖励。", k=1 << 16))
    return b"<w:p><w:r><w:t>" + words.encode() * (100 * _BLOCK // (3 << 16)) + b"</w:t></w:r></w:p>"


def picture_bomb() -> bytes:
    """Return a small PNG of 60,000 by 60,000 black points."""
    side = 60_000
    squeezer = zlib.compressobj(1)
    row = b"\0" * (1 + side // 8)
    body = b"".join(squeezer.compress(row) for _ in range(side)) + squeezer.flush()
    head = struct.pack(">IIBBBBB", side, side, 1, 0, 0, 0, 0)
    chunks = (_chunk(b"IHDR", head), _chunk(b"IDAT", body), _chunk(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(chunks)


def _chunk(name: bytes, body: bytes) -> bytes:
    return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))
