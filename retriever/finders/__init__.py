"""Finders, each one kind of evidence for a clause."""

from retriever.finders.base import Finder
from retriever.finders.dense import DenseFinder
from retriever.finders.heading import HeadingFinder
from retriever.finders.lexical import LexicalFinder
from retriever.finders.named import NamedFinder
from retriever.finders.place import PlaceFinder
from retriever.finders.term import TermFinder

__all__ = [
    "DenseFinder",
    "Finder",
    "HeadingFinder",
    "LexicalFinder",
    "NamedFinder",
    "PlaceFinder",
    "TermFinder",
]
