"""Keys and sessions in the database, and the commands over them."""

from __future__ import annotations

import json
import re
import sys
from datetime import date, timedelta
from types import FrameType

import pytest
from sqlalchemy import event, select

from corpus.errors import InputError, KeptError
from server.cli import main
from server.keeping.database import Database
from server.keeping.keys import (
    any_key,
    find_key,
    key_of_session,
    list_keys,
    make_key,
    note_use,
    revoke_key,
    sign_in,
    sign_out,
)
from server.keeping.tables import API_KEYS, SESSIONS

YESTERDAY = date.today() - timedelta(days=1)


def test_a_key_is_found_by_its_text_of_which_nothing_is_kept(database: Database) -> None:
    key, text = make_key(database, " 批处理 ", ["batch", "read"], date.today())
    assert re.fullmatch(r"tiaowen_[0-9a-f]{12}_[A-Za-z0-9_-]{43}", text)
    found = find_key(database, text)
    assert found == key
    assert (found.name, found.scopes) == ("批处理", ("read", "batch"))
    assert found.allows("batch")
    assert not found.allows("admin")
    with database.reading() as connection:
        row = connection.execute(select(API_KEYS)).one()
    assert not any(text.split("_", 2)[2] in str(value) for value in row)


def test_nearly_a_key_opens_nothing(database: Database) -> None:
    _, text = make_key(database, "a", ["read"])
    head, id, secret = text.split("_", 2)
    other = make_key(database, "b", ["read"])[1].split("_", 2)[2]
    for wrong in (
        "", "any", text[:-1], text + "x", text.upper(), f"{id}_{secret}", f"{head}_{id}_",
        f"{head}_{id}_{other}", f"{head}__{secret}", f"{head}_%_{secret}", f"{head}_\0_{secret}",
        f"{head}_é\ud800_{secret}",
    ):  # fmt: skip
        assert find_key(database, wrong) is None, wrong


def test_an_unknown_id_is_as_much_work_as_a_wrong_secret(database: Database) -> None:
    _, text = make_key(database, "a", ["read"])
    head, id, secret = text.split("_", 2)
    right, wrong, unknown = (
        work(database, each)
        for each in (text, f"{head}_{id}_{secret[::-1]}", f"{head}_{id[::-1]}_{secret}")
    )
    assert wrong == unknown
    # Looked up by its id alone, then compared by digests in a time that tells nothing.
    assert wrong[-2:] == ["digest", "compare_digest"]
    assert right[: len(wrong)] == wrong
    (statement,) = [step for step in wrong if step.startswith("SELECT")]
    where = statement.partition("WHERE")[2]
    assert "id = " in where and "digest" not in where


def work(database: Database, text: str) -> list[str]:
    """What ``find_key`` calls and asks of the database, in order."""
    steps: list[str] = []

    def call(frame: FrameType, event: str, called: object) -> None:
        by = frame if event == "c_call" else frame.f_back
        if by and by.f_code is find_key.__code__:
            if event == "c_call":
                steps.append(getattr(called, "__name__", "").removeprefix("_"))
            elif event == "call":
                steps.append(frame.f_code.co_name)

    def asked(_one: object, _two: object, statement: str, *_: object) -> None:
        steps.append(statement)

    event.listen(database.engine, "before_cursor_execute", asked)
    sys.setprofile(call)
    try:
        find_key(database, text)
    finally:
        sys.setprofile(None)
        event.remove(database.engine, "before_cursor_execute", asked)
    return steps


def test_an_ended_key_and_its_sessions_open_nothing(database: Database) -> None:
    key, text = make_key(database, "a", ["admin"])
    session = sign_in(database, key)
    assert key_of_session(database, session) == key
    revoke_key(database, key.id)
    since = list_keys(database)[0].revoked
    revoke_key(database, key.id)
    assert list_keys(database)[0].revoked == since
    assert find_key(database, text) is None
    assert key_of_session(database, session) is None
    assert not any_key(database)
    with pytest.raises(KeptError):
        revoke_key(database, "none")


def test_a_key_opens_through_its_last_day(database: Database) -> None:
    key, text = make_key(database, "a", ["read"], date.today())
    session = sign_in(database, key)
    with database.writing() as connection:
        connection.execute(API_KEYS.update().values(expires=YESTERDAY.isoformat()))
    assert find_key(database, text) is None
    assert key_of_session(database, session) is None
    with pytest.raises(InputError):
        make_key(database, "a", ["read"], YESTERDAY)


def test_a_session_ends_when_signed_out_or_its_time_is_over(database: Database) -> None:
    key, _ = make_key(database, "a", ["read"])
    first, second = sign_in(database, key), sign_in(database, key)
    sign_out(database, first)
    assert key_of_session(database, first) is None
    assert key_of_session(database, second) == key
    with database.writing() as connection:
        connection.execute(SESSIONS.update().values(expires="2020-01-01T00:00:00.000000Z"))
    assert key_of_session(database, second) is None
    assert key_of_session(database, "") is None


def test_the_last_use_is_noted(database: Database) -> None:
    key, _ = make_key(database, "a", ["read"])
    note_use(database, key.id)
    assert (list_keys(database)[0].used or "") > key.created


@pytest.mark.parametrize("name", ["", "  ", "x" * 81, "a\nb", "\x1b[31m"])
def test_a_name_is_words(database: Database, name: str) -> None:
    with pytest.raises(InputError):
        make_key(database, name, ["read"])


@pytest.fixture
def run(url: str, monkeypatch, capsys):
    monkeypatch.setenv("TIAOWEN_DATABASE", url)

    def _run(*arguments: str) -> tuple[int, str, str]:
        status = main(arguments)
        return status, *capsys.readouterr()

    return _run


def test_keys_are_made_listed_and_revoked_by_command(run) -> None:
    made = json.loads(
        run("keys", "make", "接口", "--scope", "read", "--scope", "batch", "--json")[1]
    )
    assert made["key"].startswith("tiaowen_")
    assert made["scopes"] == ["read", "batch"]
    status, out, _ = run("keys", "make", "another", "--expires", "2099-01-01")
    assert status == 0
    text = out.splitlines()[0]
    listed = run("keys", "list", "--json")[1]
    assert made["key"] not in listed
    assert text not in listed
    keys = json.loads(listed)["keys"]
    assert [(key["name"], key["expires"]) for key in keys] == [
        ("接口", None),
        ("another", "2099-01-01"),
    ]
    assert json.loads(run("keys", "revoke", made["id"], "--json")[1])["revoked"] is True
    assert "不可用" in run("keys", "list")[1]
    assert run("keys", "revoke", "none")[0] == 1
    assert run("keys", "make", "a", "--expires", "2020-01-01")[0] == 2


def test_a_database_that_cannot_be_used_is_one_line(monkeypatch, capsys, tmp_path) -> None:
    (tmp_path / "file").write_text("", "utf-8")
    monkeypatch.setenv("TIAOWEN_DATABASE", f"sqlite:///{tmp_path}/file/a.db")
    assert main(["keys", "list"]) == 1
    out, err = capsys.readouterr()
    assert (out, err.count("\n")) == ("", 1)
