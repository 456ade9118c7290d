"""Answers as files: what they hold, and what a client may not smuggle in."""

from __future__ import annotations

import json
from datetime import date
from io import BytesIO

import pytest
from docx import Document
from pypdf import PdfReader

from corpus.errors import InputError
from server.exports.export import export

QUESTION = "中药经典名方拿到批文，市级和高新区分别奖多少"
SUM = "创新药二期花了1250万元，三期已启动，今年别处领过65万元研发补助，高新区能补多少？"


def word_text(content: bytes) -> str:
    document = Document(BytesIO(content))
    cells = [c.text for t in document.tables for row in t.rows for c in row.cells]
    return "\n".join([*(p.text for p in document.paragraphs), *cells])


def pdf_text(content: bytes) -> str:
    pages = PdfReader(BytesIO(content)).pages
    return "".join("".join(page.extract_text().split()) for page in pages)


READERS = {"md": bytes.decode, "docx": word_text, "pdf": pdf_text}


@pytest.mark.parametrize("format", READERS)
def test_a_file_holds_the_whole_answer(client, ask, format: str) -> None:
    answer = ask(QUESTION)
    response = client.post("/api/export", json={"answer": answer, "format": format})
    assert response.status_code == 200
    assert f".{format}" in response.headers["content-disposition"]
    text = READERS[format](response.content)
    for words in (
        "判断日：2026-11-24", "条文有据", "对照", "每个奖励100万元（较高）", "渝高新发〔2024〕31号",
        "第4页", "现行有效", "申报以主管部门公布的为准", answer["trace"]["index"],
    ):  # fmt: skip
        assert "".join(words.split()) in "".join(text.split()), words
    for citation in answer["citations"]:
        assert "".join(citation["quote"].split()) in "".join(text.split())


def test_the_working_of_a_sum_is_in_it(client) -> None:
    body = {"question": SUM, "as_of": "2026-11-24", "format": "docx"}
    text = word_text(client.post("/api/export", json=body).content)
    assert "1250万元 × 20% = 250万元[1]" in text and "结果：最高185万元" in text


def test_a_refusal_is_exported_as_one(client) -> None:
    body = {"question": "上海张江的补贴", "format": "pdf"}
    text = pdf_text(client.post("/api/export", json=body).content)
    assert "库内无依据" in text and "依据公开文件整理" in text


HOSTILE = {
    "question": "<b>问</b>\x00\u202e=1+1",
    "as_of": "2026-11-24",
    "status": "answered",
    "claims": [{"text": "<font color=red>红</font> & <a href='http://x'>y</a> 😀[点](http://x)"}],
    "citations": [
        {
            "n": 1,
            "title": "</para><img src=x>",
            "quote": "# 一\n| 二 |",
            "url": "http://evil",
            "x": 1,
        }
    ],
    "notes": ["![p](http://x/p.png)"],
    "unknown": {"a": ["b"] * 1000},
}


@pytest.mark.parametrize("format", READERS)
def test_what_is_sent_in_is_text(format: str) -> None:
    file = export(HOSTILE, format, date(2026, 11, 29))
    text = READERS[format](file.content)
    assert "evil" not in text and "\u202e" not in text and "\x00" not in text
    if format == "md":
        assert (
            "<b>" not in text and "](http" not in text.replace("\\](", "") and "\n# 一" not in text
        )
    else:
        assert "<b>问</b>" in text
    assert file.headers["Content-Disposition"].count('"') == 2 and file.name.isprintable()


@pytest.mark.parametrize(
    "change",
    [
        {"status": "sure"}, {"as_of": "today"}, {"claims": [{"text": "字" * 40_001}]},
        {"citations": [{"n": 10**9, "title": "t"}]}, {"notes": ["n"] * 101}, {"claims": None},
        {"claims": [{"text": "字" * 39_000}] * 6},
    ],
)  # fmt: skip
def test_what_is_no_answer_is_refused(change: dict) -> None:
    with pytest.raises(InputError):
        export(HOSTILE | change, "md")


def test_wrong_requests(client) -> None:
    for body in (
        {"format": "docx"},
        {"format": "exe", "question": "问"},
        {"format": "md", "answer": {}},
    ):
        response = client.post("/api/export", json=body)
        assert response.status_code == 400 and response.json()["error"]["message"]
    for fields in ({"answer": "[" * 5_000, "format": "md"}, {"answer": "{}", "format": "x"}):
        assert client.post("/export", data=fields).status_code == 400


def test_the_page_carries_its_answer_along(client) -> None:
    page = client.get("/", params={"q": "首台套采购奖励多少", "as_of": "2026-11-24"}).text
    start = page.index('name="answer" value=\'') + len('name="answer" value=\'')
    sent = page[start : page.index("'", start)]
    assert json.loads(sent)["question"] == "首台套采购奖励多少"
    response = client.post("/export", files={"answer": (None, sent), "format": (None, "docx")})
    assert response.status_code == 200 and "20%" in word_text(response.content)
