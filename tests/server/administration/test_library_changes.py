"""Documents in, out and back over a real server: each step is asked for an answer."""

from __future__ import annotations

import signal
import time
from pathlib import Path

from administrating import SECOND, Client
from filelock import FileLock
from serving import serving, started

from indexer.build import open_whole
from indexer.index_folder import current_generation
from server.assembly import open_assistant
from server.cli import main
from server.keeping.database import open_database
from server.keeping.keys import make_key
from server.settings import Settings


def cited(answer: dict) -> list[str]:
    return [c["address"] for c in answer["citations"]]


def generation(client, documents: int) -> str:
    found = client.get("/api/admin/generations").json()["generations"]
    return next(g["id"] for g in found if g["documents"] == documents and not g["current"])


def test_from_a_file_to_an_answer_and_back(client, place) -> None:
    before = place.files()
    draft = client.upload("低空.txt", SECOND).json()["drafts"][0]
    assert (draft["title"], draft["doc_number"]) == (
        "《某某区支持低空经济发展办法》", "某某管发〔2026〕21号",
    )  # fmt: skip
    assert [(f["kind"], f["severity"]) for f in draft["findings"]] == [("gap", "serious")]
    # Nothing is in yet.
    assert place.files() == before and client.ask()["status"] == "refused"
    job = client.done(client.post(f"/api/admin/drafts/{draft['id']}/accept"))
    assert job["state"] == "done" and job["result"]["added"][0]["id"] == "低空"
    answer = client.ask()
    assert answer["status"] == "answered" and cited(answer) == ["低空#art2"]
    assert "250万元" in answer["answer"]
    assert client.get(f"/api/admin/drafts/{draft['id']}").status_code == 404
    assert client.get("/api/documents").json()["documents"][1]["source"]["file"] == "低空.txt"

    again = client.upload("copy.txt", SECOND).json()["drafts"][0]
    assert [d["reason"] for d in again["duplicates"]] == ["content"]
    assert client.post(f"/api/admin/drafts/{again['id']}/accept").status_code == 409
    assert client.delete(f"/api/admin/drafts/{again['id']}").status_code == 204

    assert client.done(client.delete("/api/admin/documents/低空"))["state"] == "done"
    assert client.ask()["status"] == "refused" and place.files() == before
    back = generation(client, 2)
    shown = client.get("/api/admin/generations").json()["generations"]
    change = next(g for g in shown if g["id"] == back)
    assert [d["document"] for d in change["returning"]] == ["低空"] and not change["leaving"]
    job = client.done(client.post(f"/api/admin/generations/{back}/restore"))
    assert job["result"]["returned"] == ["低空"]
    assert cited(client.ask()) == ["低空#art2"]
    # Corpus and index agree: what is built anew undoes nothing.
    job = client.done(client.post("/api/admin/reindex"))
    assert not job["result"]["index"]["changed"] and cited(client.ask()) == ["低空#art2"]
    job = client.done(client.post(f"/api/admin/generations/{generation(client, 1)}/restore"))
    assert job["result"]["removed"] == ["低空"] and place.files() == before

    actions = client.get("/api/admin/actions").json()["actions"]
    assert {a["outcome"] for a in actions} == {"done"} and {a["key_name"] for a in actions} == {
        "tests"
    }
    assert [a["action"] for a in reversed(actions)] == [
        "upload", "add", "upload", "discard", "remove", "restore", "reindex", "restore",
    ]  # fmt: skip


def test_several_at_once_and_a_second_edition(client, place) -> None:
    files = [
        ("file", ("one.txt", SECOND.encode())),
        ("file", ("two.txt", SECOND.replace("21号", "22号").encode())),
        ("file", ("bad.pdf", b"%PDF-1.7 broken")),
    ]
    taken = client.post("/api/admin/documents", files=files).json()
    assert [f["file"] for f in taken["failed"]] == ["bad.pdf"]
    ids = [draft["id"] for draft in taken["drafts"]]
    job = client.done(client.post("/api/admin/accept", json={"drafts": ids}))
    assert [d["id"] for d in job["result"]["added"]] == ["one", "two"]
    third = client.upload("three.txt", SECOND.replace("30%", "31%")).json()["drafts"][0]
    assert [(d["document"], d["reason"]) for d in third["duplicates"]] == [
        ("one", "doc_number"), ("two", "title"),
    ]  # fmt: skip
    for name in ("one", "two"):
        client.done(client.delete(f"/api/admin/documents/{name}"))
    assert set(place.files()) == {"first.txt"}


def test_what_cannot_be_done_is_said_and_not_begun(client, place) -> None:
    assert client.delete("/api/admin/documents/none").status_code == 404
    assert client.delete("/api/admin/documents/first").status_code == 409
    current = current_generation(place.index).name
    assert client.post(f"/api/admin/generations/{current}/restore").status_code == 409
    assert client.post("/api/admin/generations/g-0-0/restore").status_code == 404
    for path in ("drafts/none/accept", "drafts/..%2f..%2fx/accept"):
        assert client.post(f"/api/admin/{path}").status_code == 404
    assert client.get("/api/admin/jobs/../jobs").status_code == 200
    assert client.get("/api/admin/jobs/none").status_code == 404


def test_one_change_at_a_time_among_all_processes(client, place) -> None:
    logged = len(client.get("/api/admin/actions").json()["actions"])
    lock = next(place.settings.administration.glob("*/jobs")) / ".lock"
    with FileLock(lock):
        refused = client.post("/api/admin/reindex")
    assert refused.status_code == 409 and refused.json()["error"]["code"] == "conflict"
    assert len(client.get("/api/admin/actions").json()["actions"]) == logged


def test_going_back_loses_nothing_that_was_done_by_hand(client, place) -> None:
    client.done(
        client.post(
            f"/api/admin/drafts/{client.upload('b.txt', SECOND).json()['drafts'][0]['id']}/accept"
        )
    )
    (place.corpus / "b.txt").write_text(SECOND.replace("18万元", "19万元"), "utf-8")
    job = client.done(client.post(f"/api/admin/generations/{generation(client, 1)}/restore"))
    assert (job["state"], job["error"]["code"]) == ("failed", "conflict")
    assert "19万元" in (place.corpus / "b.txt").read_text("utf-8")
    client.done(client.post("/api/admin/reindex"))
    assert "19万元" in client.post("/api/ask", json={"question": "开通低空物流航线奖励多少"}).text
    client.done(client.delete("/api/admin/documents/b"))


def test_what_the_command_adds_is_served_too(client, place, tmp_path, capsys) -> None:
    file = tmp_path / "cli.txt"
    file.write_text(SECOND, "utf-8")
    assert main(["add", str(file), "--index", str(place.index)]) == 0
    for _ in range(100):
        if client.get("/readyz").json()["documents"] == 2:
            break
        time.sleep(0.1)
    assert cited(client.ask()) == ["cli#art2"]
    client.done(client.delete("/api/admin/documents/cli"))


def test_killed_in_the_midst_the_old_generation_is_whole(make_place, tmp_path: Path) -> None:
    place = make_place()
    place.settings.home.mkdir()
    (place.settings.home / "models").symlink_to(Settings().models)
    database = open_database(f"sqlite:///{tmp_path}/kept/tiaowen.db")
    key = make_key(database, "tests", ["admin"])[1]
    database.close()
    long = SECOND + "".join(f"第{n}条 对第{n}类项目奖励{n}万元。\n" for n in range(6, 90))
    settings = place.settings
    own = {
        "TIAOWEN_CORPUS": settings.corpus, "TIAOWEN_INDEX": settings.index,
        "TIAOWEN_HOME": settings.home, "TIAOWEN_DATABASE": f"sqlite:///{tmp_path}/kept/tiaowen.db",
    }  # fmt: skip
    environment = {name: str(value) for name, value in own.items()}
    with started(tmp_path / "log", ends=signal.SIGKILL, **environment) as (_, url):
        headers = {"Authorization": f"Bearer {key}"}
        with Client(base_url=url, headers=headers, timeout=60) as client:
            draft = client.upload("long.txt", long).json()["drafts"][0]["id"]
            old = current_generation(place.index).name
            job = client.post(f"/api/admin/drafts/{draft}/accept").json()["id"]
            for _ in range(200):
                if client.get(f"/api/admin/jobs/{job}").json()["stage"] == "embed":
                    break
                time.sleep(0.02)
    assert current_generation(place.index).name == old
    assert open_whole(place.index)
    # The next server says so, and the same can be done again.
    again = open_assistant(place.settings)
    with (
        serving(again, tmp_path, settings=place.settings) as (url, key),
        Client(base_url=url, headers={"Authorization": f"Bearer {key}"}, timeout=60) as client,
    ):
        assert client.ask()["status"] == "refused"
        ended = client.get(f"/api/admin/jobs/{job}").json()
        assert (ended["state"], ended["error"]["code"]) == ("interrupted", "interrupted")
        log = client.get("/api/admin/actions").json()["actions"]
        assert log[0]["action"] == "add" and log[0]["outcome"] == "begun"
        done = client.done(client.post(f"/api/admin/drafts/{draft}/accept"))
        assert done["state"] == "done" and cited(client.ask()) == ["long#art2"]
