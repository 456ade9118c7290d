"""tiaowen doctor: finds what is wrong, says what to do, changes nothing and tells no secret."""

from __future__ import annotations

import json
import shutil
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import pytest
from sqlalchemy import text

from server.assistant import Assistant
from server.cli import main
from server.keeping.database import open_database
from server.keeping.keys import make_key, revoke_key
from server.operating.doctor.machine import check_clock

SECRETS = ("sk-verysecret", "hunter2", "milvuspass")


@pytest.fixture
def run(assistant: Assistant, monkeypatch, tmp_path: Path, capsys):
    """Lines by check, and the status; the assistant has built its index."""
    monkeypatch.setenv("TIAOWEN_DATABASE", f"sqlite:///{tmp_path}/kept.db")
    monkeypatch.setenv("TZ", "Asia/Shanghai")

    def _run(*arguments: str, **settings: str) -> tuple[int, dict[str, list[dict]]]:
        for name, value in settings.items():
            monkeypatch.setenv(f"TIAOWEN_{name.upper()}", value)
        status = main(["doctor", "--json", *arguments])
        told = json.loads(capsys.readouterr().out)
        assert told["ok"] is (status == 0)
        lines: dict[str, list[dict]] = {}
        for line in told["lines"]:
            assert (line["advice"] is None) is (line["level"] == "ok")
            lines.setdefault(line["check"], []).append(line)
        return status, lines

    return _run


def levels(lines: dict[str, list[dict]], check: str) -> list[str]:
    return [line["level"] for line in lines[check]]


def test_an_installation_that_is_well(run, tmp_path: Path, capsys) -> None:
    status, lines = run()
    assert status == 0, lines
    names = (
        "python packages extras settings model corpus index programs database keys llm disk clock"
    )
    assert set(lines) == set(names.split())
    assert not (tmp_path / "kept.db").exists()
    assert levels(lines, "index") == levels(lines, "model") == levels(lines, "settings") == ["ok"]
    assert main(["doctor"]) == 0
    out = capsys.readouterr().out
    assert "[正常 / ok] model: " in out


def test_secrets_stay_secret(run, capsys) -> None:
    status, lines = run(
        database=f"postgresql://me:{SECRETS[1]}@127.0.0.1:1/db",
        llm_url=f"http://u:{SECRETS[1]}@127.0.0.1:1/v1?key={SECRETS[0]}",
        llm_model="m",
        llm_key=SECRETS[0],
        judge_key=SECRETS[0],
        milvus_token=f"root:{SECRETS[2]}",
        retention_day=SECRETS[0],
        limit_store=f"redis://:{SECRETS[1]}@127.0.0.1:1",
    )
    assert status == 1
    assert levels(lines, "database") == levels(lines, "llm") == ["error"]
    # The key of no judge, the token of no Milvus, the setting that is none.
    assert levels(lines, "settings") == ["warning"] * 3
    everything = json.dumps(lines, ensure_ascii=False) + capsys.readouterr().err
    assert not [secret for secret in SECRETS if secret in everything]
    assert "TIAOWEN_RETENTION_DAYS" in everything


def test_unsafe_and_contradicting_settings(run) -> None:
    status, lines = run("--host", "0.0.0.0")
    assert (status, levels(lines, "keys")) == (1, ["error", "ok"])
    status, lines = run("--host", "0.0.0.0", open="1", limit_address="", retention_days="0")
    assert (status, levels(lines, "keys")) == (0, ["warning", "ok"])
    assert levels(lines, "settings") == ["warning", "warning"]
    status, lines = run(llm_url="https://model.example/v1", proxy="0.0.0.0/0")
    assert (status, levels(lines, "settings")) == (1, ["error", "error", "warning", "warning"])


@pytest.mark.parametrize("name", ["limit_key", "limit_widget", "limit_failures"])
def test_a_limit_that_is_none(run, name: str) -> None:
    status, lines = run(**{name: "often"})
    assert (status, levels(lines, "settings")) == (1, ["error"])


def test_keys_that_open(run, tmp_path: Path) -> None:
    database = open_database(f"sqlite:///{tmp_path}/kept.db")
    key, secret = make_key(database, "a", ["read"])
    status, lines = run("--host", "0.0.0.0")
    assert (status, levels(lines, "keys"), levels(lines, "database")) == (0, ["ok"], ["ok"])
    assert secret not in json.dumps(lines)
    revoke_key(database, key.id)
    assert run("--host", "0.0.0.0")[0] == 1
    with database.writing() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = 'future'"))
    database.close()
    status, lines = run()
    assert (status, levels(lines, "database")) == (1, ["error"])


def test_an_index_that_is_damaged_or_of_another_corpus(
    run, assistant: Assistant, tmp_path: Path
) -> None:
    name = assistant.index.folder.name
    shutil.copytree(assistant.index.folder, tmp_path / "index" / name)
    (tmp_path / "index" / "current").write_text(name, "utf-8")
    assert run("--index", str(tmp_path / "index"))[0] == 0
    manifest = tmp_path / "index" / name / "manifest.json"
    values = json.loads(manifest.read_text("utf-8"))
    manifest.write_text(json.dumps(values | {"fingerprint": "0" * 64}), "utf-8")
    status, lines = run("--index", str(tmp_path / "index"))
    assert (status, levels(lines, "index")) == (1, ["error"])
    (tmp_path / "index" / name / "glossary.json").write_text("{}", "utf-8")
    status, lines = run("--index", str(tmp_path / "index"))
    assert (status, levels(lines, "index"), levels(lines, "corpus")) == (1, ["error"], ["ok"])
    status, lines = run("--index", str(tmp_path / "none"))
    assert (status, levels(lines, "index")) == (1, ["error"])


@contextmanager
def model_server(status: int, body: bytes) -> Iterator[str]:
    class Answering(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            self.send_response(status)
            self.send_header("Content-Length", str(len(body)))
            self.end_headers()
            self.wfile.write(body)

        def log_message(self, *arguments: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Answering)
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}/v1"
    finally:
        server.shutdown()
        server.server_close()


@pytest.mark.parametrize(
    ("status", "body", "level"),
    [
        (200, b'{"data": [{"id": "m"}]}', "ok"),
        (200, b'{"data": [{"id": "other"}]}', "warning"),
        (200, b"<html>", "warning"),
        (200, b"[1]", "warning"),
        (404, b"", "warning"),
        (401, b"sk-verysecret", "error"),
    ],
)
def test_the_language_model(run, status: int, body: bytes, level: str) -> None:
    with model_server(status, body) as url:
        _, lines = run(llm_url=url, llm_model="m", llm_key=SECRETS[0])
    assert levels(lines, "llm") == [level]
    assert SECRETS[0] not in json.dumps(lines)


def test_a_setting_that_cannot_be_read_is_named_and_not_shown(monkeypatch, capsys) -> None:
    monkeypatch.setenv("TIAOWEN_RETENTION_DAYS", "hunter2")
    assert main(["doctor"]) == 2
    err = capsys.readouterr().err
    assert "TIAOWEN_RETENTION_DAYS" in err
    assert "hunter2" not in err
    assert err.count("\n") == 1


def test_a_clock_behind_the_index() -> None:
    assert [line.level for line in check_clock("2099-01-01T00:00:00+00:00")] == ["error"]
