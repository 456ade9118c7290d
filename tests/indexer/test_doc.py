"""Old Word files and RTF: converted where LibreOffice is, refused with a reason where not."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest

from corpus.errors import LoadError
from indexer.loaders import load

REAL = Path(__file__).resolve().parents[3] / "shared" / "data" / "real-files" / "doc"
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
WORD = "WordDocument".encode("utf-16-le")

needs_office = pytest.mark.skipif(
    not (shutil.which("soffice") or shutil.which("libreoffice")),
    reason="LibreOffice (libreoffice-writer-nogui) is not installed",
)


def rtf(*paragraphs: str) -> bytes:
    def escaped(text: str) -> str:
        return "".join(
            c if ord(c) < 128 else f"\\u{ord(c) - (ord(c) > 32767) * 65536}?" for c in text
        )

    body = "\\par ".join(escaped(text) for text in paragraphs)
    return ("{\\rtf1\\ansi " + body + "\\par}").encode("ascii")


@needs_office
def test_rtf_is_read(tmp_path: Path):
    path = tmp_path / "办法.doc"
    path.write_bytes(rtf("第一条 为了规范管理，制定本办法。", "第二条 本办法自公布之日起施行。"))
    assert [line.text for line in load(path).lines] == [
        "第一条 为了规范管理，制定本办法。", "第二条 本办法自公布之日起施行。",
    ]  # fmt: skip
    assert list(tmp_path.iterdir()) == [path]


@needs_office
@pytest.mark.skipif(not REAL.is_dir(), reason=f"the file is not at {REAL}")
def test_binary_word_file_is_read_with_its_numbers():
    (path,) = REAL.glob("*.doc")
    texts = [line.text for line in load(path).lines]
    assert "1 范围" in texts
    assert any(text.startswith("5.1.1 一般而言") for text in texts)
    assert not any("PAGEREF" in text or "TOC" in text for text in texts)


def test_office_that_is_missing_is_named(tmp_path: Path, monkeypatch: pytest.MonkeyPatch):
    path = tmp_path / "办法.rtf"
    path.write_bytes(rtf("第一条"))
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(LoadError, match=r"libreoffice-writer-nogui.*办法\.rtf"):
        load(path)


@pytest.mark.parametrize(
    ("content", "reason"),
    [
        pytest.param(OLE + "EncryptedPackage".encode("utf-16-le") * 2, "加密", id="encrypted-docx"),
        pytest.param(
            OLE + WORD + bytes(480) + b"\xec\xa5" + bytes(9) + b"\x01" + bytes(600),
            "加密", id="encrypted-doc",
        ),
        pytest.param(OLE + bytes(range(256)) * 40, "损坏", id="no-word-file"),
    ],
)  # fmt: skip
def test_file_that_cannot_be_read_says_why(tmp_path: Path, content: bytes, reason: str):
    path = tmp_path / "密.docx"
    path.write_bytes(content)
    with pytest.raises(LoadError, match=rf"{reason}.*密\.docx"):
        load(path)


@needs_office
@pytest.mark.parametrize(
    "content",
    [
        pytest.param(OLE + WORD + bytes(range(256)) * 40, id="damaged-doc"),
        pytest.param(b"{\\rtf1 {{{{\\bin99999 x", id="damaged-rtf"),
    ],
)
def test_damaged_file_is_a_load_error(tmp_path: Path, content: bytes):
    path = tmp_path / "坏.doc"
    path.write_bytes(content)
    with pytest.raises(LoadError, match=r"坏\.doc"):
        load(path)
    assert list(tmp_path.iterdir()) == [path]
