"""Vectors and words of an index in Milvus, where several servers share them."""

from indexer.milvus.collection import MOST, Collection
from indexer.milvus.engine import COLLECTIONS, Engine, drop_collections, name_of
from indexer.milvus.lexical import MilvusLexical
from indexer.milvus.upload import upload
from indexer.milvus.vectors import MilvusVectors

__all__ = [
    "COLLECTIONS",
    "MOST",
    "Collection",
    "Engine",
    "MilvusLexical",
    "MilvusVectors",
    "drop_collections",
    "name_of",
    "upload",
]
