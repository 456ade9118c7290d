"""What is fuzzed: functions of bytes that may refuse with an error of ours, and nothing else."""

from __future__ import annotations

import tempfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

from fuzz_seeds import _OFD, zipped

from corpus.address import Address, ClausePath
from corpus.charge import read_charge
from corpus.errors import InputError, PolicyError
from corpus.mentions import find_mentions
from corpus.numerals import read_numeral, write_numeral
from corpus.references import references
from corpus.wording import label
from indexer.codec import decode_reading, encode_reading
from indexer.entitlements import entitlements_of
from indexer.entitlements.quantities import find_quantities, read_number
from indexer.loaders import load
from indexer.passages import passages_of
from indexer.read import entry_of_file, read_source
from retriever import asked, clearing, followup, orders, sides
from server.asking import asking, asking_last
from server.batches.reading import read_questions
from server.checks import figures
from server.premise import asks_a_condition
from server.said import said_in
from server.sums.facts import facts_of_case, stated_facts
from server.wanted import asks_for_contents, wanted

__all__ = ["TARGETS", "TEXTS", "run"]

Target = Callable[[bytes], None]


def run(target: str, content: bytes) -> None:
    """Feed a target; what it raises that is not an error of ours comes through."""
    try:
        TARGETS[target](content)
    except PolicyError as error:
        assert " / " in error.message, error.message


@cache
def _folder() -> Path:
    # In memory where there is such a place: millions of small files are written.
    shared = Path("/dev/shm")
    return Path(tempfile.mkdtemp(prefix="fuzz-", dir=shared if shared.is_dir() else None))


def _file(suffix: str, content: bytes) -> Path:
    path = _folder() / f"x{suffix}"
    path.write_bytes(content)
    return path


def _loads(suffix: str, head: bytes = b"") -> Target:
    return lambda content: _read(
        _file(suffix, content if content.startswith(head) else head + content)
    )


def _read(path: Path) -> None:
    load(path)


def _docx(content: bytes) -> None:
    """The parts of a DOCX, with a mark between: text, numbering, styles."""
    names = ("word/document.xml", "word/numbering.xml", "word/styles.xml")
    parts = content.split(b"\x00\x00")
    _read(_file(".docx", zipped(dict(zip(names, parts, strict=False)))))


def _ofd(content: bytes) -> None:
    """A page of an OFD in a package that is whole."""
    document = (
        f"<ofd:Document {_OFD}><ofd:CommonData><ofd:PageArea><ofd:PhysicalBox>0 0 210 297"
        "</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        '<ofd:Page ID="1" BaseLoc="Page.xml"/></ofd:Pages></ofd:Document>'
    )
    body = "<ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml</ofd:DocRoot></ofd:DocBody>"
    head = f"<ofd:OFD {_OFD} Version='1.0'>{body}</ofd:OFD>"
    parts = {"OFD.xml": head.encode(), "Doc_0/Document.xml": document.encode()}
    _read(_file(".ofd", zipped(parts | {"Doc_0/Page.xml": content})))


def _zip(content: bytes) -> None:
    for suffix in (".docx", ".ofd"):
        try:
            _read(_file(suffix, content))
        except PolicyError:
            continue


def _parser(content: bytes) -> None:
    """Text to clauses, and back from where they are kept."""
    reading = read_source(entry_of_file(_file(".txt", content)))
    paths = [clause.path for clause in reading.outline]
    assert paths and len(paths) == len(set(paths))
    assert all(label(path) for path in paths)
    assert decode_reading(encode_reading(reading)) == reading
    assert all(p.whole.strip() for p in passages_of(reading.document, reading.outline))
    for clause in list(reading.outline)[:20]:
        here = Address(reading.document.id, clause.path)
        references(clause.text, here, reading.outline)


def _measures(content: bytes) -> None:
    """A clause to what it grants: every figure is of its text."""
    text = "某市办法\n第一条 甲。\n第二条 " + _text(content).replace("\r", "")
    reading = read_source(entry_of_file(_file(".txt", text.encode())))
    for one in entitlements_of(reading.document, reading.outline):
        assert one.amount is None or one.amount.value >= 0


def _numerals(content: bytes) -> None:
    text = _text(content)
    for reads in (read_numeral, read_number):
        try:
            number = reads(text)
        except ValueError:
            continue
        assert number >= 0
        if reads is read_numeral and 0 < number < 10_000:
            assert read_numeral(write_numeral(int(number))) == number
    for found in find_quantities(text):
        assert 0 <= found.start < found.end <= len(text)
    figures(text)
    read_charge(text)


def _addresses(content: bytes) -> None:
    text = _text(content)
    for parse in (Address.parse, ClausePath.parse):
        try:
            assert str(parse(text)) == text
        except PolicyError:
            continue
    for mention in find_mentions(text):
        assert all(label(path) for path in mention.candidates)


def _questions(content: bytes) -> None:
    """All that reads a question by its words."""
    text = _text(content)
    before, _, question = text.rpartition("\n")
    orders.without_orders(text)
    orders.asks_nothing(text)
    asked.asks_for_list(text)
    clearing.takes_back(text)
    clearing.parted(text)
    followup.is_marked(text)
    followup.is_supposed(text)
    followup.is_correction(text)
    followup.tiers(text)
    followup.named_anew(text)
    followup.joined(before, question, ("某市", "某某区"))
    sides.sub_questions(text)
    asking(text, ("某某办法",))
    asking_last(before, question)
    asks_a_condition(text)
    asks_for_contents(text)
    wanted(text)


def _sums(content: bytes) -> None:
    """The figures that a question states."""
    text = _text(content)
    before, _, question = text.rpartition("\n")
    stated_facts(text)
    facts_of_case(text, question)
    said_in(question, 1, ("某市", "某某区"), before)


def _batches(content: bytes) -> None:
    found = read_questions(content, 1000)
    assert found and all(one.question for one in found)


def _text(content: bytes) -> str:
    text = content.decode("utf-8", "replace")
    # No longer than a question may be.
    if len(text) > 2000:
        raise InputError("太长 / too long")
    return text


TARGETS: dict[str, Target] = {
    "pdf": _loads(".pdf"),
    "docx": _docx,
    "ofd": _ofd,
    "zip": _zip,
    "html": _loads(".html"),
    "doc": _loads(".doc"),
    "text": _loads(".txt"),
    "parser": _parser,
    "measures": _measures,
    "numerals": _numerals,
    "addresses": _addresses,
    "questions": _questions,
    "sums": _sums,
    "batches": _batches,
}
#: Targets whose bytes are text: mutated by words too, as bytes alone would mostly break UTF-8.
TEXTS = frozenset(
    (
        "parser",
        "measures",
        "numerals",
        "addresses",
        "questions",
        "sums",
        "html",
        "docx",
        "ofd",
        "text",
    )
)
