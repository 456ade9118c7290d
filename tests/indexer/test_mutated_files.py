"""Damaged and hostile files: read, or refused by a LoadError that names them, in bounded time."""

from __future__ import annotations

import io
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
from docx import Document
from pypdf import PdfWriter
from pypdf.generic import DecodedStreamObject, DictionaryObject, NameObject

from corpus.errors import LoadError
from eval.parse_bench.mutations import Mutation, mutations_of, without_source
from eval.parse_bench.trial import try_file
from indexer.loaders import load
from indexer.pool import Limits

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real-files"
LIMITS = Limits(seconds=60.0, seconds_a_megabyte=0.0)
LINES = (
    "某市支持办法",
    "第一条 为了支持企业，制定本办法。",
    "第二条 给予下列支持：",
    "（一）奖励；",
    "（二）补助。",
)
#: Copies of 100 MB and bombs of many: minutes, which `tiaowen bench parse` takes and tests do not.
SLOW = ("100 MB", "bomb")


def made_docx() -> bytes:
    document, target = Document(), io.BytesIO()
    for line in LINES:
        document.add_paragraph(line)
    document.save(target)
    return target.getvalue()


def made_pdf() -> bytes:
    writer, target = PdfWriter(), io.BytesIO()
    page = writer.add_blank_page(595, 842)
    font = DictionaryObject(
        {
            NameObject("/Type"): NameObject("/Font"),
            NameObject("/Subtype"): NameObject("/Type1"),
            NameObject("/BaseFont"): NameObject("/Helvetica"),
        }
    )
    fonts = DictionaryObject({NameObject("/F1"): font})
    page[NameObject("/Resources")] = DictionaryObject({NameObject("/Font"): fonts})
    content = DecodedStreamObject()
    content.set_data(b"BT /F1 12 Tf 50 700 Td (Article one of the measures.) Tj ET")
    page[NameObject("/Contents")] = writer._add_object(content)
    writer.write(target)
    return target.getvalue()


def made_ofd() -> bytes:
    name = 'xmlns:ofd="http://www.ofdspec.org/2016"'
    text = "".join(
        f'<ofd:TextObject ID="{10 + n}" Boundary="20 {20 + 10 * n} 150 8" Font="1" Size="5">'
        f'<ofd:TextCode X="0" Y="5">{line}</ofd:TextCode></ofd:TextObject>'
        for n, line in enumerate(LINES)
    )
    members = {
        "OFD.xml": f"<ofd:OFD {name} Version='1.0'><ofd:DocBody><ofd:DocRoot>Doc_0/Document.xml"
        "</ofd:DocRoot></ofd:DocBody></ofd:OFD>",
        "Doc_0/Document.xml": f"<ofd:Document {name}><ofd:CommonData><ofd:PageArea>"
        "<ofd:PhysicalBox>0 0 210 297</ofd:PhysicalBox></ofd:PageArea></ofd:CommonData><ofd:Pages>"
        '<ofd:Page ID="1" BaseLoc="Pages/Page_0/Content.xml"/></ofd:Pages></ofd:Document>',
        "Doc_0/Pages/Page_0/Content.xml": f"<ofd:Page {name}><ofd:Content><ofd:Layer ID='2'>{text}"
        "</ofd:Layer></ofd:Content></ofd:Page>",
    }
    target = io.BytesIO()
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for member, xml in members.items():
            archive.writestr(member, '<?xml version="1.0" encoding="UTF-8"?>' + xml)
    return target.getvalue()


MADE = {
    "docx": (".docx", made_docx),
    "pdf": (".pdf", made_pdf),
    "ofd": (".ofd", made_ofd),
    "html": (".html", lambda: f"<html><body><p>{'</p><p>'.join(LINES)}</p></body></html>".encode()),
    "text": (".txt", lambda: "\n".join(LINES).encode()),
}


def quick(mutations: Iterator[Mutation]) -> list[Mutation]:
    return [m for m in mutations if not any(word in m.name for word in SLOW)]


def wrong_endings(mutations: list[Mutation], folder: Path) -> dict[str, str]:
    """Read each copy; return those that were neither read nor refused by their name."""
    wrong = {}
    for mutation in mutations:
        path = folder / f"mutated{mutation.suffix}"
        path.write_bytes(mutation.make())
        trial = try_file(path, LIMITS)
        said = trial.ending == "read" or path.name in trial.message
        if trial.ending not in ("read", "refused") or not said:
            wrong[f"{mutation.name} {mutation.suffix}"] = f"{trial.ending}: {trial.message}"
    return wrong


@pytest.mark.parametrize("kind", MADE)
def test_mutated_copies_of_made_files(kind: str, tmp_path: Path):
    suffix, make = MADE[kind]
    mutations = quick(mutations_of(make(), kind, suffix))
    assert len(mutations) >= 10
    assert not wrong_endings(mutations, tmp_path)


def test_files_without_any_sense(tmp_path: Path):
    assert not wrong_endings(quick(without_source()), tmp_path)


@pytest.mark.parametrize("kind", ["docx", "doc", "ofd", "html", "pdf"])
def test_cut_and_flipped_copies_of_a_real_file(kind: str, tmp_path: Path):
    if not REAL.is_dir():
        pytest.skip(f"the real files are not at {REAL}")
    files = sorted((REAL / kind).glob(f"*.{kind}"), key=lambda path: path.stat().st_size)
    content = files[0].read_bytes()
    damaged = [
        mutation
        for mutation in mutations_of(content, kind, f".{kind}")
        if "cut" in mutation.name or "flipped" in mutation.name
    ]
    assert len(damaged) >= 7
    assert not wrong_endings(damaged, tmp_path)


@pytest.mark.parametrize("suffix", [".docx", ".ofd", ".pdf", ".doc", ".html", ".txt"])
def test_an_empty_file_is_refused_by_name(suffix: str, tmp_path: Path):
    path = tmp_path / f"empty{suffix}"
    path.write_bytes(b"")
    with pytest.raises(LoadError, match="empty") as refused:
        load(path)
    assert " / " in refused.value.message


@pytest.mark.parametrize("kind", ["docx", "ofd"])
def test_a_bomb_is_refused_before_it_is_unpacked(kind: str, tmp_path: Path):
    suffix, make = MADE[kind]
    (bomb,) = (m for m in mutations_of(make(), kind, suffix) if m.name == "zip bomb")
    path = tmp_path / f"bomb{suffix}"
    path.write_bytes(bomb.make())
    trial = try_file(path, LIMITS)
    assert trial.ending == "refused" and path.name in trial.message
    assert trial.peak_mb is not None and trial.peak_mb < 300
    assert trial.seconds < 5


def test_a_locked_pdf_says_that_it_is_locked(tmp_path: Path):
    mutations = {m.name: m for m in mutations_of(made_pdf(), "pdf", ".pdf")}
    path = tmp_path / "locked.pdf"
    path.write_bytes(mutations["encrypted with a password"].make())
    trial = try_file(path, LIMITS)
    assert trial.ending == "refused"
    assert "encrypted" in trial.message or "password" in trial.message


@pytest.mark.parametrize("kind", ["docx", "ofd", "html", "text"])
def test_the_unharmed_file_is_read(kind: str, tmp_path: Path):
    suffix, make = MADE[kind]
    path = tmp_path / f"whole{suffix}"
    path.write_bytes(make())
    assert try_file(path, LIMITS).ending == "read"
