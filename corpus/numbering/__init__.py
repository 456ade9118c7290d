"""Numbering schemes: tables of ranks, so that one parser serves every kind of document."""

from corpus.numbering.scheme import HEADINGS, Label, Rank, Scheme, read_label
from corpus.numbering.schemes import DECIMAL, NOTICE, SCHEMES, STATUTE

__all__ = [
    "DECIMAL",
    "HEADINGS",
    "NOTICE",
    "SCHEMES",
    "STATUTE",
    "Label",
    "Rank",
    "Scheme",
    "read_label",
]
