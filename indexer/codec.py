"""Readings to JSON values and back, led by the types of their fields.

A value is written as its type says: a dataclass as an object without the fields that hold their
default, a tuple as a list, a date, a path or an address as it prints. A field that is added to a
dataclass needs no line here; one of a type that is not known raises TypeError, in both directions.
"""

from __future__ import annotations

import dataclasses
import types
from collections.abc import Callable
from datetime import date
from decimal import Decimal
from functools import cache, lru_cache
from typing import Any, Literal, TypeVar, Union, get_args, get_origin, get_type_hints

from corpus.address import Address, ClausePath
from corpus.document import Document
from corpus.errors import AddressError
from indexer.entitlements import Entitlement
from indexer.readings import Reading

__all__ = [
    "decode_document",
    "decode_entitlements",
    "decode_reading",
    "encode_document",
    "encode_entitlements",
    "encode_reading",
]

Codec = Callable[[Any], Any]
_T = TypeVar("_T")

#: Types that JSON carries as they are.
_SCALARS = (str, int, float, bool)
# Readings hold the same few paths over and over: parsing each once halves the time of opening.
_parse_path = lru_cache(maxsize=1 << 16)(ClausePath.parse)
#: Types that print to a string and parse from it without loss.
_PRINTED: dict[type, tuple[Codec, Codec]] = {
    ClausePath: (str, _parse_path),
    Address: (str, Address.parse),
    date: (date.isoformat, date.fromisoformat),
    Decimal: (str, Decimal),
}


def encode_reading(reading: Reading) -> dict[str, Any]:
    """Turn a reading into plain JSON values."""
    values: dict[str, Any] = _codec(Reading)[0](reading)
    return values


def decode_reading(values: dict[str, Any]) -> Reading:
    """Turn the JSON values of encode_reading back into a reading; raise ValueError where broken."""
    return _decoded(Reading, values)


def encode_entitlements(rows: tuple[Entitlement, ...]) -> list[Any]:
    """Turn measures of support into plain JSON values."""
    values: list[Any] = _codec(tuple[Entitlement, ...])[0](rows)
    return values


def decode_entitlements(values: list[Any]) -> tuple[Entitlement, ...]:
    """Turn the JSON values of encode_entitlements back; raise ValueError where broken."""
    return _decoded(tuple[Entitlement, ...], values)


def encode_document(document: Document) -> dict[str, Any]:
    """Turn the metadata of a document into plain JSON values."""
    values: dict[str, Any] = _codec(Document)[0](document)
    return values


def decode_document(values: dict[str, Any]) -> Document:
    """Turn the JSON values of encode_document back; raise ValueError where broken."""
    return _decoded(Document, values)


def _decoded(kind: type[_T], values: Any) -> _T:
    try:
        decode: Codec = _codec(kind)[1]  # type: ignore[arg-type]
        value: _T = decode(values)
    except (TypeError, KeyError, AttributeError, AddressError) as error:
        raise ValueError(f"not a {kind.__name__}: {error!r}") from error
    return value


@cache
def _codec(kind: Any) -> tuple[Codec, Codec]:
    """Return how values of a type are encoded and decoded."""
    if kind in _SCALARS or get_origin(kind) is Literal:
        return _same, _same
    if kind in _PRINTED:
        return _PRINTED[kind]
    if dataclasses.is_dataclass(kind) and isinstance(kind, type):
        return _of_dataclass(kind)
    if get_origin(kind) is tuple:
        return _of_tuple(get_args(kind))
    if get_origin(kind) in (Union, types.UnionType):
        return _of_optional(get_args(kind))
    raise TypeError(f"no JSON form is known for {kind!r}")


def _same(value: _T) -> _T:
    return value


def _of_optional(kinds: tuple[Any, ...]) -> tuple[Codec, Codec]:
    """The codec of ``X | None``."""
    (kind,) = (kind for kind in kinds if kind is not type(None))
    encode, decode = _codec(kind)
    return (
        lambda value: None if value is None else encode(value),
        lambda value: None if value is None else decode(value),
    )


def _of_tuple(kinds: tuple[Any, ...]) -> tuple[Codec, Codec]:
    """The codec of ``tuple[X, ...]`` or of a tuple of fixed length, such as ``tuple[X, Y]``."""
    if kinds[1:] == (Ellipsis,):
        encode, decode = _codec(kinds[0])
        return lambda values: [encode(v) for v in values], lambda values: tuple(map(decode, values))
    codecs = [_codec(kind) for kind in kinds]
    return (
        lambda values: [code(v) for (code, _), v in zip(codecs, values, strict=True)],
        lambda values: tuple(code(v) for (_, code), v in zip(codecs, values, strict=True)),
    )


def _of_dataclass(kind: type) -> tuple[Codec, Codec]:
    hints = get_type_hints(kind)
    fields = [field for field in dataclasses.fields(kind) if field.init]
    coders = [(f.name, *_codec(hints[f.name]), f.default) for f in fields]
    known = {name: (None if code is _same else code) for name, _, code, _ in coders}

    def encode(value: Any) -> dict[str, Any]:
        pairs = ((name, code, getattr(value, name), default) for name, code, _, default in coders)
        return {name: code(held) for name, code, held, default in pairs if held != default}

    def decode(values: dict[str, Any]) -> Any:
        decoded = {}
        for name, value in values.items():
            code = known[name]
            decoded[name] = value if code is None else code(value)
        return kind(**decoded)

    return encode, decode
