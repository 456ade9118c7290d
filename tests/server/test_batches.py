"""Files of questions: read, kept, answered once each, given back."""

from __future__ import annotations

import io
import json
import time

import pytest
from openpyxl import Workbook, load_workbook
from starlette.testclient import TestClient

from corpus.errors import InputError
from server.app import create_app
from server.batches.reading import read_questions
from server.batches.result import json_lines, workbook
from server.batches.store import Jobs
from server.batches.worker import Worker
from server.cli import main

QUESTIONS = ["中药经典名方奖励多少？", "上海张江的补贴", "同位素药物奖励多少"]


def sheet(rows: list[tuple]) -> bytes:
    book, written = Workbook(), io.BytesIO()
    for row in rows:
        book.active.append(row)
    book.save(written)
    return written.getvalue()


CSV = '问题,判断日,文件\n奖励多少,2026-11-24,a;b\n,,\n"几条，\n能写两行",,\n'


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        ("一问\n\n二问\n".encode(), [("一问", None, ()), ("二问", None, ())]),
        (CSV.encode("gb18030"), [("奖励多少", "2026-11-24", ("a", "b")), ("几条，\n能写两行", None, ())]),
        (b'{"question": "q", "documents": ["a"]}\n', [("q", None, ("a",))]),
        (sheet([("question", "as_of"), ("问", "2026-11-24")]), [("问", "2026-11-24", ())]),
        (sheet([("一问",), ("二问",)]), [("一问", None, ()), ("二问", None, ())]),
    ],
)  # fmt: skip
def test_questions_are_read_from_each_kind(content: bytes, expected: list) -> None:
    found = [(a.question, a.as_of, a.documents) for a in read_questions(content, 10)]
    assert found == expected


@pytest.mark.parametrize(
    "content", [b"", b"\n\n", b'{"question": 1}\n[]\n', b"PK\x03\x04broken", b"\xff\xfe\x00\x01", b"a\n" * 11]
)  # fmt: skip
def test_what_is_no_list_of_questions_is_refused(content: bytes) -> None:
    with pytest.raises(InputError):
        read_questions(content, 10)


@pytest.fixture
def served(assistant, tmp_path):
    with TestClient(create_app(assistant, batches=tmp_path / "jobs")) as client:
        yield client


def finished(client, name: str) -> dict:
    for _ in range(300):
        state = client.get(f"/api/batches/{name}").json()
        if state["state"] == "done":
            return state
        time.sleep(0.1)
    raise AssertionError(state)


def test_a_batch_from_file_to_workbook(served) -> None:
    lines = "\n".join(QUESTIONS) + "\n"
    made = served.post("/api/batches", files={"file": ("问.txt", lines.encode())})
    assert made.status_code == 202 and made.json()["total"] == 3
    name = made.json()["id"]
    assert finished(served, name) | {"done": 3, "failed": 0, "missing": 0} == finished(served, name)
    result = served.get(f"/api/batches/{name}/result", params={"format": "jsonl"})
    rows = [json.loads(line) for line in result.text.splitlines()]
    assert [row["question"] for row in rows] == QUESTIONS
    assert [row["answer"]["status"] for row in rows] == ["answered", "refused", "answered"]
    book = load_workbook(io.BytesIO(served.get(f"/api/batches/{name}/result").content)).active
    assert "50万元" in book["G2"].value and book["F3"].value == "库内无依据"
    assert served.delete(f"/api/batches/{name}").status_code == 204
    assert served.get(f"/api/batches/{name}").status_code == 404


def test_one_bad_row_fails_alone(served) -> None:
    body = {
        "questions": [
            "中药经典名方奖励多少？",
            {"question": "问", "as_of": "昨天"},
            {"question": "问", "documents": ["无此文件"]},
        ]
    }
    name = served.post("/api/batches", json=body).json()["id"]
    assert finished(served, name)["failed"] == 2
    rows = served.get(f"/api/batches/{name}/result?format=jsonl").text.splitlines()
    assert [json.loads(row)["state"] for row in rows] == ["answered", "failed", "failed"]


def test_wrong_requests(served, client) -> None:
    assert served.post("/api/batches", content=b" ").status_code == 400
    assert served.post("/api/batches", files={"x": ("a", b"1")}).status_code == 400
    assert served.post("/api/batches", json={"a": 1}).status_code == 400
    for name in ("0" * 32, "..%2F..%2Fetc", "x"):
        assert served.get(f"/api/batches/{name}").status_code == 404
        assert served.delete(f"/api/batches/{name}").status_code == 404
    assert client.post("/api/batches", content=b"q").status_code == 503


def test_a_job_goes_on_after_a_crash_and_asks_nothing_twice(assistant, tmp_path) -> None:
    jobs = Jobs(tmp_path)
    job = jobs.create(read_questions("\n".join(QUESTIONS).encode(), 10))
    jobs.add(job.id, 1, {"error": {"code": "x", "message": "早先的结果", "field": None}})
    # The process was ended while it wrote the second result.
    with (tmp_path / f"{job.id}.jsonl").open("ab") as file:
        file.write(b'{"n": 2, "answer": {"sta')
    assert jobs.read(job.id).open == [2, 3] and jobs.progress(job.id).missing == 2
    worker = Worker(jobs, lambda: assistant)
    worker.start()
    for _ in range(200):
        if not jobs.progress(job.id).missing:
            break
        time.sleep(0.1)
    worker.stop()
    lines = (tmp_path / f"{job.id}.jsonl").read_text("utf-8").splitlines()
    assert [json.loads(line)["n"] for line in lines[4:]] == [1, 2, 3]
    assert jobs.read(job.id).results[1]["error"]["message"] == "早先的结果"


def test_a_job_that_another_process_works_on_is_left_alone(assistant, tmp_path) -> None:
    jobs = Jobs(tmp_path)
    job = jobs.create(read_questions(b"q", 10))
    with jobs.working(job.id) as mine, Jobs(tmp_path).working(job.id) as other:
        assert mine and not other


def test_formulas_are_text_and_what_is_missing_is_said(tmp_path) -> None:
    jobs = Jobs(tmp_path)
    asked = ["=1+1", "+cmd|' /C calc'!A0", "-2", "@SUM(A1)", "\x07铃"]
    job = jobs.create(
        read_questions(b"".join(json.dumps({"question": q}).encode() + b"\n" for q in asked), 10)
    )
    sheet = load_workbook(io.BytesIO(workbook(job))).active
    for row, text in enumerate(asked[:4], 2):
        cell = sheet.cell(row, 2)
        assert (cell.value, cell.data_type, cell.quotePrefix) == (text, "s", True)
    assert sheet["F2"].value == "尚未作答"
    assert [json.loads(row)["state"] for row in json_lines(job).splitlines()] == ["missing"] * 5


def test_the_command_resumes(tmp_path, capsys) -> None:
    file, out = tmp_path / "问.txt", tmp_path / "答.jsonl"
    file.write_text("\n".join(QUESTIONS[:2]), "utf-8")
    jobs = Jobs(tmp_path / ".答.jsonl.batch")
    job = jobs.create(read_questions(file.read_bytes(), 10))
    jobs.add(job.id, 1, {"error": {"code": "x", "message": "早先的结果", "field": None}})
    assert main(["batch", str(file), "--out", str(out), "--resume"]) == 1
    rows = [json.loads(line) for line in out.read_text("utf-8").splitlines()]
    assert rows[0]["error"]["message"] == "早先的结果" and rows[1]["answer"]["status"] == "refused"
    assert not jobs.folder.exists()
    assert main(["batch", str(file), "--out", str(tmp_path / "a.pdf")]) == 2
    assert main(["batch", str(tmp_path / "none"), "--out", str(out)]) == 2
