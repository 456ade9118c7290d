"""A reference that an answer prints leads back to its clause."""

from __future__ import annotations

from collections import Counter

import pytest

from corpus.address import Address
from corpus.errors import AddressError
from corpus.wording import label, reference
from server.assistant import Assistant
from server.inputs import read_address


def test_every_printed_reference_leads_back(assistant: Assistant):
    index, read = assistant.index, 0
    for name, reading in index.readings.items():
        document = reading.document
        labels = Counter(label(clause.path) for clause in reading.outline)
        for clause in reading.outline:
            if labels[label(clause.path)] > 1:
                continue
            printed = reference(document.title, document.doc_number, clause.path)
            assert read_address(printed, index) == Address(name, clause.path), printed
            read += 1
    assert read > 100


@pytest.mark.parametrize(
    "text",
    [
        "渝府办发〔2025〕56号第（九十九）条",
        "渝府办发〔2025〕56号",
        "第九百条",
        "",
        "《没有的办法》第一条",
    ],
)
def test_what_names_no_clause(assistant: Assistant, text: str):
    with pytest.raises(AddressError):
        read_address(text, assistant.index)
