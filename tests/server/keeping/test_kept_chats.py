"""The contract of chats, answers, links and feedback, over both databases."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor

import pytest
import sqlalchemy
from sqlalchemy import func, select

from corpus.errors import InputError, KeptError
from server.keeping.answers import give_feedback, read_answer
from server.keeping.chats import (
    cut_chat,
    delete_chats,
    list_chats,
    make_chat,
    owned_chat,
    read_chat,
    rename_chat,
    share_chat,
    shared_chat,
    unshare_chat,
)
from server.keeping.database import Database
from server.keeping.inbox import read_feedback
from server.keeping.keeper import Keeper, forget_old
from server.keeping.moments import new_id
from server.keeping.records import Asked, note_answer, store_answer
from server.keeping.tables import ANSWERS, AUDIT, BROWSERS, CHATS, FEEDBACK
from server.keeping.usage import usage_json

OWNER, OTHER = "browser:a", "browser:b"
TRACE = {"index": "8035c533", "embedder": "e5", "model": None, "prompt": "answer.zh@1"}


def shown(status: str = "answered", text: str = "奖励200万元[1]。\n\0\ud83d") -> dict:
    citations = [] if status == "refused" else [{"address": "a#art1"}, {"address": "a#art1"}]
    return {
        "status": status, "answer": text, "citations": citations, "as_of": "2026-11-29",
        "trace": TRACE, "took_ms": 41.5,
    }  # fmt: skip


def keep(database: Database, question: str, chat: str | None = None, **more) -> str:
    id = new_id()
    asked = Asked(question, "ask", owner=more.pop("owner", OWNER), chat=chat, **more)
    answer = shown("refused" if "星" in question else "answered")
    with database.writing() as connection:
        store_answer(connection, id, asked, answer | {"id": id})
        note_answer(connection, id, asked, answer, True)
    return id


def rows(database: Database, table: sqlalchemy.Table) -> int:
    with database.reading() as connection:
        return connection.execute(select(func.count()).select_from(table)).scalar() or 0


def test_a_chat_gives_its_answers_back_as_they_were_shown(database: Database) -> None:
    chat = make_chat(database, OWNER)["id"]
    first = keep(database, "三类证  奖励\n多少？" + "长" * 60, chat, area="重庆市", documents=["a"])
    keep(database, "那二类呢？", chat, as_of="2026-11-01", before=["三类证奖励多少？"])
    read = read_chat(database, OWNER, chat)
    assert read["title"].startswith("三类证 奖励 多少？长")
    assert len(read["title"]) == 40
    assert [turn["n"] for turn in read["turns"]] == [1, 2]
    assert read["turns"][0]["answer"] == shown() | {"id": first}
    assert (read["turns"][0]["area"], read["turns"][0]["documents"]) == ("重庆市", ["a"])
    assert read["turns"][1]["as_of"] == "2026-11-01"
    assert read["updated"] > read["created"]


def test_nobody_else_sees_or_changes_a_chat(database: Database) -> None:
    chat = make_chat(database, OWNER)["id"]
    answer = keep(database, "三类证奖励多少？", chat)
    for attempt in (
        lambda who: read_chat(database, who, chat),
        lambda who: owned_chat(database, who, chat),
        lambda who: rename_chat(database, who, chat, "x"),
        lambda who: delete_chats(database, who, chat),
        lambda who: cut_chat(database, who, chat, 1),
        lambda who: share_chat(database, who, chat),
        lambda who: unshare_chat(database, who, chat),
        lambda who: read_answer(database, answer, who),
    ):
        for who in (OTHER, None, ""):
            with pytest.raises(KeptError):
                attempt(who)
    assert list_chats(database, OTHER) == []
    keep(database, "别人的问题", chat, owner=OTHER)
    assert len(read_chat(database, OWNER, chat)["turns"]) == 1


def test_history_is_searched_by_words_and_turned_page_by_page(database: Database) -> None:
    chats = [make_chat(database, OWNER, f"对话 {n}")["id"] for n in range(3)]
    keep(database, "首台套 100%_Ab 采购奖励", chats[0])
    found = list_chats(database, OWNER)
    assert [chat["id"] for chat in found] == [chats[0], chats[2], chats[1]]
    assert [(chat["turns"], chat["shared"]) for chat in found] == [
        (1, False),
        (0, False),
        (0, False),
    ]
    page = list_chats(database, OWNER, limit=1, before=found[0]["updated"])
    assert [chat["id"] for chat in page] == [chats[2]]
    for words in ("首台套", "采购 首台套", "0%_a", "对话 0"):
        assert [chat["id"] for chat in list_chats(database, OWNER, words)] == [chats[0]]
    for words in ("%首", "首_套", "首台套 没有", "\0", "'; --"):
        assert list_chats(database, OWNER, words) == []


def test_a_question_edited_takes_the_later_ones_away(database: Database) -> None:
    chat = make_chat(database, OWNER)["id"]
    for question in ("一问", "二问", "三问"):
        last = keep(database, question, chat)
    token = share_chat(database, OWNER, chat)
    cut_chat(database, OWNER, chat, 2)
    keep(database, "改过的二问", chat)
    turns = read_chat(database, OWNER, chat)["turns"]
    assert [(turn["n"], turn["question"]) for turn in turns] == [(1, "一问"), (2, "改过的二问")]
    assert [turn["n"] for turn in shared_chat(database, token)["turns"]] == [1]
    with pytest.raises(KeptError):
        read_answer(database, last, OWNER)
    with pytest.raises(KeptError):
        cut_chat(database, OWNER, chat, 3)
    cut_chat(database, OWNER, chat, 1)
    keep(database, "另一个开头", chat)
    assert read_chat(database, OWNER, chat)["title"] == "另一个开头"


def test_a_link_shows_what_there_was_when_it_was_made(database: Database) -> None:
    chat = make_chat(database, OWNER)["id"]
    with pytest.raises(InputError):
        share_chat(database, OWNER, chat)
    first = keep(database, "一问", chat)
    token = share_chat(database, OWNER, chat)
    second = keep(database, "二问", chat)
    assert [turn["id"] for turn in shared_chat(database, token)["turns"]] == [first]
    assert read_answer(database, first, OTHER, token)["question"] == "一问"
    for other in (None, "", "x", token.upper()):
        with pytest.raises(KeptError):
            read_answer(database, first, OTHER, other)
    with pytest.raises(KeptError):
        read_answer(database, second, OTHER, token)
    assert share_chat(database, OWNER, chat) == token
    assert len(shared_chat(database, token)["turns"]) == 2
    unshare_chat(database, OWNER, chat)
    unshare_chat(database, OWNER, chat)
    with pytest.raises(KeptError):
        shared_chat(database, token)


def test_deleting_takes_texts_away_and_leaves_counts(database: Database) -> None:
    chats = [make_chat(database, OWNER)["id"] for _ in range(2)]
    for chat in (*chats, None):
        keep(database, "天上有几颗星？", chat)
    keep(database, "地上有几颗星？", owner=OTHER)
    delete_chats(database, OWNER, chats[0])
    assert (rows(database, CHATS), rows(database, ANSWERS)) == (1, 3)
    delete_chats(database, OWNER)
    assert (rows(database, CHATS), rows(database, ANSWERS)) == (0, 1)
    sums = usage_json(database, 1)
    assert (sums["answers"], sums["refused"], sums["statuses"]) == (4, 4, {"refused": 4})
    assert sums["refused_questions"] == [{"question": "地上有几颗星？", "times": 1}]


def test_the_last_word_on_an_answer_counts(database: Database) -> None:
    answer = keep(database, "那二类呢？", before=["三类证奖励多少？"], area="重庆市")
    give_feedback(database, answer, "wrong_figure", "应为\0100万")
    given = give_feedback(database, answer, "right", None)
    assert given["verdict"] == "right"
    delete_chats(database, OWNER)
    [row] = read_feedback(database)
    assert (row["verdict"], row["note"], row["question"]) == ("right", None, "那二类呢？")
    assert (row["before"], row["addresses"]) == (["三类证奖励多少？"], ["a#art1"])
    with pytest.raises(KeptError):
        give_feedback(database, answer, "right", None)


def test_a_chat_says_what_was_said_of_its_answers(database: Database) -> None:
    chat = make_chat(database, OWNER)["id"]
    first, _ = keep(database, "一", chat), keep(database, "二", chat)
    give_feedback(database, first, "outdated", None)
    turns = read_chat(database, OWNER, chat)["turns"]
    assert [turn["feedback"] for turn in turns] == ["outdated", None]


def test_what_is_old_is_deleted_and_nothing_else(database: Database) -> None:
    kept_chat, old_chat = (make_chat(database, owner)["id"] for owner in (OWNER, OTHER))
    for chat, owner in ((kept_chat, OWNER), (old_chat, OTHER), (None, OTHER)):
        give_feedback(database, keep(database, "问", chat, owner=owner), "right", None)
    forget_old(database, 1)
    assert [rows(database, t) for t in (CHATS, ANSWERS, AUDIT, FEEDBACK, BROWSERS)] == [
        2,
        3,
        3,
        3,
        2,
    ]
    old = "2020-01-01T00:00:00.000000Z"
    with database.writing() as connection:
        for column in (AUDIT.c.at, FEEDBACK.c.at, ANSWERS.c.asked):
            connection.execute(column.table.update().values({column.name: old}))
        mine = CHATS.c.id == old_chat
        connection.execute(CHATS.update().where(mine).values(updated=old))
        connection.execute(BROWSERS.update().where(BROWSERS.c.id == OTHER).values(seen=old))
    forget_old(database, 0)
    assert rows(database, AUDIT) == 3
    forget_old(database, 1)
    assert [rows(database, t) for t in (CHATS, ANSWERS, AUDIT, FEEDBACK, BROWSERS)] == [
        1,
        1,
        0,
        0,
        1,
    ]


def test_turns_written_at_once_follow_one_another(database: Database) -> None:
    chat = make_chat(database, OWNER)["id"]
    with ThreadPoolExecutor(4) as pool:
        list(pool.map(lambda n: keep(database, f"第{n}问", chat), range(12)))
    turns = read_chat(database, OWNER, chat)["turns"]
    assert [turn["n"] for turn in turns] == list(range(1, 13))


def test_an_answer_does_not_wait_for_a_lock(database: Database) -> None:
    keeper = Keeper(database)
    asked = Asked("问", "ask", owner=OWNER)
    assert keeper.keep(asked, shown())["id"]
    with database.writing() as connection:
        if connection.dialect.name == "postgresql":
            lock = "LOCK TABLE answers, audit IN ACCESS EXCLUSIVE MODE"
            connection.execute(sqlalchemy.text(lock))
        started = time.monotonic()
        answers = [keeper.keep(asked, shown()) for _ in range(20)]
        assert time.monotonic() - started < 2
    assert {answer["id"] for answer in answers} == {None}
    keeper.writer.close()
    assert rows(database, AUDIT) == 21


def test_what_is_old_goes_when_the_server_starts(database: Database) -> None:
    keep(database, "问")
    with database.writing() as connection:
        connection.execute(AUDIT.update().values(at="2020-01-01T00:00:00.000000Z"))
    keeper = Keeper(database, days=1)
    keeper.writer.put(lambda: None)
    assert rows(database, AUDIT) == 0
    keeper.writer.close()
