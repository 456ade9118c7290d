"""One collection: rows under numbers of their own, each with its document and a unit vector."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

import numpy as np
from numpy.typing import NDArray

from corpus.errors import IndexFolderError
from indexer.embedder import Matrix
from indexer.milvus.engine import Engine
from indexer.vectors import FLAT, Found, Mask

__all__ = ["MOST", "Collection", "only"]

#: Milvus returns no more rows at once.
MOST = 16_384
#: Rows in one message: a few megabytes, of 64 that a server takes.
_BATCH, _PAGE = 1000, 2000
#: Seconds for what takes long: to build the indexes of a collection, to load it into memory.
_PATIENCE = 3600
#: Above FLAT vectors. Neighbours of each node, and candidates that a build and a search keep: far
#: beyond the usual, so that filters and near copies cost no recall.
_HNSW = {"M": 32, "efConstruction": 360}
_EF = 512

Words = Mapping[int, float]


class Collection:
    """A collection of ``size`` rows, numbered from 0; ``kind`` says of what, for messages."""

    def __init__(self, engine: Engine, name: str, size: int) -> None:
        self.engine, self.name, self.size = engine, name, size
        self._client = engine.connect()

    @classmethod
    def open(cls, engine: Engine, name: str, size: int) -> Collection:
        """Open a whole collection for searching; raise IndexFolderError where it is not."""
        collection = cls(engine, name, size)
        if not collection._call("has_collection"):
            raise IndexFolderError(
                f"Milvus 中没有这个索引的向量，请重建 / Milvus holds no vectors of this index, "
                f"rebuild it with `tiaowen index`: {engine}: {name}",
                field="milvus",
            )
        collection._load()
        return collection

    def create(self, dimension: int, words: bool) -> None:
        """Make the collection, with a field for words where they are searched in it."""
        from pymilvus import DataType

        schema = self._client.create_schema(auto_id=False, enable_dynamic_field=False)
        schema.add_field("number", DataType.INT64, is_primary=True)
        schema.add_field("document", DataType.INT32)
        schema.add_field("vector", DataType.FLOAT_VECTOR, dim=dimension)
        indexes = self._client.prepare_index_params()
        indexes.add_index("document", index_type="INVERTED")
        dense: dict[str, Any] = {"index_type": "FLAT"}
        if self.size > FLAT:
            dense = {"index_type": "HNSW", "params": _HNSW}
        indexes.add_index("vector", metric_type="IP", **dense)
        if words:
            schema.add_field("words", DataType.SPARSE_FLOAT_VECTOR)
            indexes.add_index("words", metric_type="IP", index_type="SPARSE_INVERTED_INDEX")
        # What is searched was written and loaded before: to wait for newer rows would be in vain.
        self._call("create_collection", schema=schema, consistency_level="Bounded")
        # Not waited for: nothing is there to be indexed yet.
        self._call("create_index", index_params=indexes, sync=False)

    def insert(
        self, first: int, documents: Iterable[int], vectors: Matrix, words: Sequence[Words] | None
    ) -> None:
        """Add the rows from number ``first`` on; ``vectors`` is of shape (rows, dimension)."""
        rows: list[dict[str, Any]] = [
            {"number": number, "document": document, "vector": vector}
            for number, (document, vector) in enumerate(zip(documents, vectors, strict=True), first)
        ]
        for row, held in zip(rows, words or (), strict=False):
            row["words"] = held
        for start in range(0, len(rows), _BATCH):
            self._call("insert", rows[start : start + _BATCH], timeout=_PATIENCE)

    def finish(self) -> None:
        """Make what was inserted durable and searchable; raise IndexFolderError if rows lack."""
        self._call("flush", timeout=_PATIENCE)
        self._load()

    def nearest(self, field: str, query: Any, limit: int, within: str = "") -> Found:
        """Return the numbers nearest to a query, and their inner products, best first.

        ``within`` is an expression of Milvus; see ``only``. ``field`` is "vector", with a query of
        shape (dimension,), or "words".
        """
        limit = min(limit, MOST)
        parameters = {"ef": max(_EF, limit)} if field == "vector" and self.size > FLAT else {}
        (hits,) = self._call(
            "search",
            data=[query],
            anns_field=field,
            limit=limit,
            filter=within,
            # Left out, milvus-lite returns every field, vectors as well.
            output_fields=["number"],
            search_params={"metric_type": "IP", "params": parameters},
        )
        numbers = np.fromiter((hit["number"] for hit in hits), np.int64, len(hits))
        return numbers, np.fromiter((hit["distance"] for hit in hits), np.float32, len(hits))

    def vectors(self, numbers: NDArray[np.int64]) -> Matrix:
        """Return the vectors of one number or more, shape (numbers, dimension)."""
        return np.concatenate(list(self._pages(numbers)))

    def _pages(self, numbers: NDArray[np.int64]) -> Iterator[Matrix]:
        for start in range(0, len(numbers), _PAGE):
            page = numbers[start : start + _PAGE]
            rows = self._call(
                "query",
                filter=only("number", np.unique(page)),
                output_fields=["number", "vector"],
            )
            found = {row["number"]: row["vector"] for row in rows}
            try:
                yield np.asarray([found[number] for number in page.tolist()], np.float32)
            except KeyError as error:
                raise self._incomplete(self.size - 1) from error

    def _load(self) -> None:
        self._call("load_collection", timeout=_PATIENCE)
        counted = self._call(
            "query", filter="", output_fields=["count(*)"], consistency_level="Strong"
        )
        if counted[0]["count(*)"] != self.size:
            raise self._incomplete(counted[0]["count(*)"])

    def _incomplete(self, count: int) -> IndexFolderError:
        return IndexFolderError(
            f"Milvus 中的行数与索引不符，请重建 / the rows in Milvus do not fit the index, rebuild "
            f"it with `tiaowen index`: {self.name}: {count} ≠ {self.size}",
            field="milvus",
        )

    def _call(self, verb: str, *arguments: Any, **options: Any) -> Any:
        return self.engine.call(self._client, verb, self.name, *arguments, **options)


def only(field: str, numbers: NDArray[np.int64] | Mask) -> str:
    """Return the expression for rows whose field is one of some numbers.

    A mask stands for the numbers at which it is true; where most are, the others are told.

    >>> only("number", np.array([3, 5]))
    'number in [3,5]'
    >>> only("document", np.array([True, False, True]))
    'document not in [1]'
    """
    verb = "in"
    if numbers.dtype == bool:
        if 2 * int(numbers.sum()) > len(numbers):
            verb, numbers = "not in", ~numbers
        numbers = np.flatnonzero(numbers)
        if verb == "not in" and not len(numbers):
            return ""
    # Written out: milvus-lite does not take templates (``document in {numbers}``).
    return f"{field} {verb} [{','.join(map(str, numbers.tolist()))}]"
