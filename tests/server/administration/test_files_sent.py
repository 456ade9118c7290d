"""Files as people send them: broken, huge, in old encodings, with names and words meant to do harm."""

from __future__ import annotations

import io
import json
import os
import time
from pathlib import Path

import pytest
from administrating import SECOND
from pypdf import PdfWriter

from corpus.errors import AbsentError, StateError
from server.administration.drafts import Drafts


def pdf(password: str = "") -> bytes:
    writer = PdfWriter()
    writer.add_blank_page(200, 200)
    if password:
        writer.encrypt(password, algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("name", "content", "told"),
    [
        ("empty.txt", b"", "没有"),
        ("empty.pdf", b"", ""),
        ("scan.pdf", pdf(), "扫描件"),
        ("locked.pdf", pdf("secret"), "加密"),
        ("cut.pdf", pdf()[: len(pdf()) // 2], "损坏"),
        ("cut.docx", b"PK\x03\x04 and nothing more", "损坏"),
        ("noise.bin", bytes(range(256)) * 20, ""),
    ],
)
def test_what_cannot_be_read_is_named_and_not_kept(client, place, name, content, told) -> None:
    before = place.files()
    refused = client.upload(name, content)
    assert refused.status_code == 400
    error = refused.json()["error"]
    assert error["code"] == "unreadable_source" and told in error["message"]
    assert name.split(".")[0] in error["message"] and "Traceback" not in refused.text
    assert client.get("/api/admin/drafts").json()["drafts"] == [] and place.files() == before
    drafts = next(place.settings.administration.glob("*/drafts"))
    assert list(drafts.iterdir()) == []


def test_too_large_is_said_before_it_is_read(client) -> None:
    refused = client.upload("huge.txt", "第一条 很长。\n" * 40_000)
    assert refused.status_code == 413
    assert "292.969 KB" in refused.json()["error"]["message"]


def test_no_file_and_no_form(client) -> None:
    assert client.post("/api/admin/documents", files={"other": ("a.txt", b"a")}).status_code == 400
    assert client.post("/api/admin/documents", json={}).status_code == 400


@pytest.mark.parametrize(
    ("sent", "stem"),
    [
        ("../../../tmp/outside.txt", "outside"),
        ("..\\..\\outside.txt", "outside"),
        ("/etc/outside.txt", "outside"),
        ("....txt", "document"),
        ("办法（试行）.TXT", "办法（试行）"),
        ("a" * 400 + ".txt", "a" * 80),
        ("x\r\nSet-Cookie: a=b.txt", "x"),
    ],
)
def test_a_name_is_only_a_name(client, place, sent: str, stem: str) -> None:
    taken = client.upload(sent, SECOND)
    assert taken.status_code == 201
    draft = taken.json()["drafts"][0]
    assert draft["document"].startswith(stem)
    folder = next(place.settings.administration.glob("*/drafts"))
    inside = [path for path in folder.rglob("*") if path.is_file()]
    assert len([path for path in inside if path.parent.name == "source"]) == 1
    client.delete(f"/api/admin/drafts/{draft['id']}")
    assert not list(folder.iterdir())


def test_an_old_encoding_and_words_that_are_markup(client, server) -> None:
    text = SECOND.replace("低空经济发展办法", "低空<script>alert(1)</script>经济办法")
    draft = client.upload("gb.txt", text.encode("gb18030")).json()["drafts"][0]
    assert draft["doc_number"] == "某某管发〔2026〕21号"
    page = client.get("/admin/documents").text
    assert "<script>alert" not in page and "alert(1)" in page
    client.delete(f"/api/admin/drafts/{draft['id']}")


def test_sent_again_it_is_one_draft(client) -> None:
    ids = [client.upload("a.txt", SECOND).json()["drafts"][0]["id"] for _ in range(2)]
    assert [d["id"] for d in client.get("/api/admin/drafts").json()["drafts"]] == ids[1:]
    assert client.get(f"/api/admin/drafts/{ids[0]}").status_code == 404
    client.delete(f"/api/admin/drafts/{ids[1]}")


def test_drafts_are_few_and_do_not_grow_old(tmp_path: Path) -> None:
    drafts = Drafts(tmp_path / "drafts", most=1)
    sent = drafts.receive("a.txt", io.BytesIO(b"a"))
    folder = drafts.folder / sent.id
    sent.path.parent.parent.rename(folder)
    (folder / "draft.json").write_text(json.dumps({"id": sent.id, "sha256": sent.sha256}))
    # Another process has the same drafts.
    assert Drafts(drafts.folder).read(sent.id)["sha256"] == sent.sha256
    with pytest.raises(StateError):
        drafts.receive("b.txt", io.BytesIO(b"b"))
    old = time.time() - 8 * 24 * 3600
    os.utime(folder, (old, old))
    assert drafts.all() == [] and not folder.exists()
    with pytest.raises(AbsentError):
        drafts.read(sent.id)
