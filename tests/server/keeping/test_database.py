"""Opening the database: files only for their owner, schemas, several processes, bad settings."""

from __future__ import annotations

import sqlite3
import stat
import subprocess
import sys
from pathlib import Path

import pytest
import sqlalchemy
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from corpus.errors import InputError, PolicyError, StoreError
from server.keeping import migrations
from server.keeping.database import Database, open_database
from server.keeping.migrating import HEAD
from server.keeping.tables import METADATA, SHARES

ROOT = Path(__file__).resolve().parents[3]


def test_the_steps_lead_to_the_tables_of_the_code(database: Database) -> None:
    with database.reading() as connection:
        assert compare_metadata(MigrationContext.configure(connection), METADATA) == []


def test_the_schema_of_the_code_is_the_last_step() -> None:
    assert ScriptDirectory(str(Path(migrations.__path__[0]))).get_current_head() == HEAD


def test_opened_again_it_is_as_it_was(url: str) -> None:
    for _ in range(2):
        open_database(url).close()


def test_a_newer_schema_is_an_error_and_left_alone(url: str) -> None:
    database = open_database(url)
    with database.writing() as connection:
        connection.execute(sqlalchemy.text("UPDATE alembic_version SET version_num = '9999'"))
    database.close()
    with pytest.raises(StoreError, match=r"更新的版本.*newer.*9999"):
        open_database(url)


def test_processes_that_start_at_once_make_one_schema(url: str) -> None:
    code = "import sys; from server.keeping.database import *; open_database(sys.argv[1]).close()"
    started = [
        subprocess.Popen([sys.executable, "-c", code, url], cwd=ROOT, stderr=subprocess.PIPE)
        for _ in range(4)
    ]
    ends = [(process.communicate(timeout=60)[1], process.returncode) for process in started]
    assert ends == [(b"", 0)] * 4
    database = open_database(url)
    with database.reading() as connection:
        steps = connection.execute(sqlalchemy.text("SELECT count(*) FROM alembic_version"))
        assert steps.scalar() == 1
    database.close()


def test_what_belongs_to_nothing_is_not_written(database: Database) -> None:
    row = SHARES.insert().values(token="t", chat="none", turns=1, created="2026")
    with pytest.raises(StoreError), database.writing() as connection:
        connection.execute(row)


def test_a_step_that_fails_leaves_nothing(database: Database) -> None:
    class Stop(Exception):
        pass

    with pytest.raises(Stop), database.writing() as connection:
        connection.execute(sqlalchemy.text("CREATE TABLE half (a INTEGER)"))
        raise Stop
    with database.reading() as connection:
        assert not sqlalchemy.inspect(connection).has_table("half")


def test_the_file_is_its_owners(tmp_path: Path) -> None:
    path = tmp_path / "new" / "kept" / "tiaowen.db"
    database = open_database(f"sqlite:///{path}")
    with database.writing() as connection:
        connection.execute(sqlalchemy.text("DELETE FROM audit"))
        files = list(path.parent.iterdir())
        assert {file.name for file in files} >= {"tiaowen.db", "tiaowen.db-wal"}
        assert {stat.S_IMODE(file.stat().st_mode) for file in files} == {0o600}
    assert stat.S_IMODE(path.parent.stat().st_mode) == 0o700
    database.close()


def test_a_file_that_is_no_database_is_one_clear_line(tmp_path: Path) -> None:
    path = tmp_path / "notes.db"
    path.write_text("not a database\n" * 100, "utf-8")
    with pytest.raises(StoreError) as caught:
        open_database(f"sqlite:///{path}")
    assert "\n" not in caught.value.message
    assert path.read_text("utf-8").startswith("not a database")


@pytest.mark.parametrize(
    "url", ["", "tiaowen.db", "sqlite://", "sqlite:///:memory:", "mysql://u:hush@h/d", "x" * 9]
)
def test_another_database_is_refused_without_its_password(url: str) -> None:
    with pytest.raises(InputError, match="TIAOWEN_DATABASE") as caught:
        open_database(url)
    assert "hush" not in caught.value.message


def test_a_server_that_is_not_there_is_an_error_without_the_password() -> None:
    pytest.importorskip("psycopg", reason="psycopg is missing: pip install 'tiaowen[postgres]'")
    with pytest.raises(PolicyError) as caught:
        open_database("postgresql://tiaowen:hush@127.0.0.1:1/none")
    assert "hush" not in caught.value.message
    assert "\n" not in caught.value.message


def test_readers_do_not_wait_for_a_writer(tmp_path: Path) -> None:
    path = tmp_path / "tiaowen.db"
    database = open_database(f"sqlite:///{path}")
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    with database.reading() as connection:
        assert connection.execute(sqlalchemy.text("SELECT count(*) FROM audit")).scalar() == 0
    open_database(f"sqlite:///{path}").close()
    other.close()
    database.close()
