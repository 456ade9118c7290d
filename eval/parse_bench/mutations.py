"""Damaged and hostile copies of real files: the same ones in every run, by seed."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from eval.parse_bench import mutated_pdf, mutated_text, mutated_zip

__all__ = ["Mutation", "mutations_of", "without_source"]

Maker = Callable[[bytes, random.Random], bytes]

#: First bytes by which a format is known; noise behind them reaches its loader.
_MAGIC = {
    ".pdf": b"%PDF-1.7\n",
    ".docx": b"PK\x03\x04",
    ".ofd": b"PK\x03\x04",
    ".doc": b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
    ".rtf": b"{\\rtf1",
    ".png": b"\x89PNG\r\n\x1a\n",
    ".jpg": b"\xff\xd8\xff",
    ".tif": b"II*\x00",
    ".bmp": b"BM",
    ".html": b"<!doctype html><html>",
    ".txt": b"",
    ".md": b"",
}
_NOISE = 100_000


@dataclass(frozen=True, slots=True)
class Mutation:
    """One mutated copy: what was done, the suffix it is given, and its bytes when asked for."""

    name: str
    suffix: str
    make: Callable[[], bytes]


def _cut(part: float) -> Maker:
    return lambda content, chance: content[: int(len(content) * part)]


def _flip(content: bytes, chance: random.Random, bits: int) -> bytes:
    damaged = bytearray(content)
    for _ in range(bits):
        if damaged:
            damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


#: What can be done to a file of any format.
_ANY: dict[str, Maker] = {
    "cut at a quarter": _cut(0.25),
    "cut in the middle": _cut(0.5),
    "cut at three quarters": _cut(0.75),
    "cut near the end": _cut(0.98),
    "only the first 64 bytes": lambda content, chance: content[:64],
    "one bit flipped": lambda content, chance: _flip(content, chance, 1),
    "20 bits flipped": lambda content, chance: _flip(content, chance, 20),
    "a bit in a hundred bytes flipped": lambda content, chance: _flip(
        content, chance, len(content) // 100
    ),
    "first half twice": lambda content, chance: content[: len(content) // 2] * 2,
}
_OF_FORMAT: dict[str, dict[str, Maker]] = {
    "docx": mutated_zip.MAKERS | mutated_zip.DOCX_MAKERS,
    "ofd": mutated_zip.MAKERS,
    "pdf": mutated_pdf.MAKERS,
    "html": mutated_text.HTML_MAKERS,
    "text": mutated_text.TEXT_MAKERS,
}
#: The suffix each format is wrongly given.
_WRONG = {
    "docx": (".pdf", ".txt"),
    "ofd": (".docx", ".html"),
    "pdf": (".docx", ".txt"),
    "doc": (".docx", ".pdf"),
    "html": (".doc", ".txt"),
    "text": (".pdf", ".docx", ".html"),
}


def mutations_of(content: bytes, kind: str, suffix: str) -> Iterator[Mutation]:
    """Yield the mutated copies of one real file of a format."""
    seed = hashlib.sha256(content).hexdigest()
    for name, maker in {**_ANY, **_OF_FORMAT.get(kind, {})}.items():
        yield Mutation(name, suffix, _bound(maker, content, f"{seed} {name}"))
    for wrong in _WRONG.get(kind, ()):
        yield Mutation(f"named {wrong}", wrong, lambda: content)


def _bound(maker: Maker, content: bytes, seed: str) -> Callable[[], bytes]:
    # Seeded for each copy: one more mutation leaves the others as they were.
    return lambda: maker(content, random.Random(seed))


def without_source() -> Iterator[Mutation]:
    """Yield files that need no real one: empty, noise, and noise behind a format's first bytes."""
    for suffix, magic in _MAGIC.items():
        noise = random.Random(suffix).randbytes(_NOISE)
        yield Mutation("empty", suffix, bytes)
        yield Mutation("random bytes", suffix, lambda noise=noise: noise)  # type: ignore[misc]
        if magic:
            yield Mutation(
                "random bytes behind the right start",
                suffix,
                lambda start=magic, noise=noise: start + noise,  # type: ignore[misc]
            )
    yield Mutation("picture bomb", ".png", mutated_zip.picture_bomb)
