"""Real processes: files that crash, loop, hog and lie become one message each, the others go on."""

from __future__ import annotations

import contextlib
import ctypes
import os
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest

from corpus.catalogue import Entry
from corpus.errors import LoadError
from indexer.pool import Limits, reads_here, run_each

LIMITS = Limits(seconds=2, memory=1 << 30)


def loop() -> None:
    while True:
        pass


def fail(error: type[Exception]) -> None:
    raise error("坏文件 / bad file")


def make_noise() -> None:
    os.write(1, b"noise on stdout")
    os.write(2, b"noise on stderr")


BEHAVIOUR = {
    "crash": lambda: ctypes.string_at(0),
    "quit": lambda: os._exit(3),
    "loop": loop,
    "hog": lambda: bytearray(10 << 30),
    "bug": lambda: fail(ZeroDivisionError),
    "deep": lambda: fail(RecursionError),
    "bad": lambda: fail(LoadError),
    "print": make_noise,
    "sleep": lambda: time.sleep(0.3),
    "torch": lambda: "torch" in sys.modules,
    "deaf": lambda: signal.SIGINT in signal.pthread_sigmask(signal.SIG_BLOCK, ()),
}


def behave(entry: Entry) -> tuple[object, int]:
    """Do what a hostile file would make a reader do, by the file's content."""
    what = entry.path.read_text("utf-8").partition(" ")[2]
    return (BEHAVIOUR[what]() if what in BEHAVIOUR else entry.id), os.getpid()


def entries(folder: Path, *contents: str) -> list[Entry]:
    made = []
    for number, content in enumerate(contents):
        path = folder / f"{number}-{content}.pdf"
        path.write_text(f"%PDF- {content}", "utf-8")
        made.append(Entry(str(number), path.name, path, ""))
    return made


def run(made: list[Entry], limits: Limits = LIMITS) -> dict[int, object]:
    return dict(run_each(behave, made, limits))


HOSTILE = {
    "crash": "crashed",
    "quit": "crashed",
    "loop": "more than 2 s",
    "hog": "too much memory",
    "bug": "internal error: ZeroDivisionError",
    "deep": "internal error: RecursionError",
    "bad": "bad file",
}


@pytest.fixture(scope="module")
def mixed(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[Entry], dict[int, object]]:
    """One run over hostile files, each with a good one before and behind it."""
    contents = [content for what in HOSTILE for content in ("", what)]
    made = entries(tmp_path_factory.mktemp("mixed"), *contents, "")
    return made, run(made)


def test_hostile_files_do_not_stop_the_others(mixed) -> None:
    made, results = mixed
    assert sorted(results) == list(range(len(made)))
    good = [i for i, entry in enumerate(made) if entry.file == f"{i}-.pdf"]
    assert len(good) == len(HOSTILE) + 1
    assert [results[i][0] for i in good] == [str(i) for i in good]


@pytest.mark.parametrize("what", HOSTILE)
def test_a_hostile_file_is_one_message(mixed, what: str) -> None:
    made, results = mixed
    (position,) = (i for i, entry in enumerate(made) if entry.file == f"{i}-{what}.pdf")
    error = results[position]
    assert isinstance(error, LoadError)
    assert HOSTILE[what] in error.message
    assert made[position].file in error.message or what == "bad"
    assert any("\u4e00" <= c <= "\u9fff" for c in error.message)


def test_files_are_read_in_other_processes_at_once(tmp_path: Path) -> None:
    results = run(entries(tmp_path, *["sleep"] * 6))
    workers = {pid for _, pid in results.values()}
    assert os.getpid() not in workers
    assert len(workers) == min(6, len(os.sched_getaffinity(0)), 16)


def test_workers_import_no_torch_and_write_to_no_terminal(tmp_path: Path, capfd) -> None:
    results = run(entries(tmp_path, "torch", "print"))
    assert results[0][0] is False
    assert isinstance(results[1], tuple)
    assert capfd.readouterr() == ("", "")


def test_a_larger_file_may_take_longer(tmp_path: Path) -> None:
    path = tmp_path / "large.pdf"
    with path.open("wb") as stream:
        stream.truncate(40 << 20)
    assert Limits(10, 5).time(path) == 210
    assert Limits(10, 5).time(tmp_path / "none.pdf") == 10


def test_only_a_little_plain_text_is_read_in_this_process(tmp_path: Path) -> None:
    def entry(name: str, content: bytes) -> Entry:
        path = tmp_path / name
        path.write_bytes(content)
        return Entry(name, name, path, "")

    text = entry("a.txt", "第一条 甲。".encode())
    (_, (name, pid)), (_, (_, other)) = run_each(behave, [text, text], LIMITS)
    assert (name, pid, other) == ("a.txt", os.getpid(), os.getpid())
    assert not reads_here([entry("b.txt", b"%PDF-1.7")])
    assert not reads_here([entry("c.txt", b"PK\x03\x04")])
    assert not reads_here([entry("d.html", b"<html>")])
    assert not reads_here([entry("e.txt", b"x" * (300 << 10))])
    assert not reads_here([text, entry("f.txt", b"x" * (250 << 10)), entry("g.txt", b"x" * 9000)])
    assert not reads_here([Entry("h", "h", tmp_path / "none.txt", "")])


def test_workers_do_not_hear_what_interrupts_the_program(tmp_path: Path) -> None:
    found = run_each(behave, entries(tmp_path, "deaf", "deaf"), LIMITS)
    assert [heard for _, (heard, _) in found] == [True, True]
    assert signal.SIGINT not in signal.pthread_sigmask(signal.SIG_BLOCK, ())


PROGRAM = """
import signal
import sys
from pathlib import Path
from corpus.catalogue import Entry
from indexer.pool import Limits, run_each
from test_pool import behave, entries

# A shell starts what it runs in the background deaf to Ctrl-C.
signal.signal(signal.SIGINT, signal.default_int_handler)
made = entries(Path(sys.argv[1]), "", *["loop"] * 4)
for position, result in run_each(behave, made, Limits(seconds=60)):
    print(position, flush=True)
"""


def members(group: int) -> list[str]:
    """The processes of a group that are not dead yet."""
    found = []
    for path in Path("/proc").glob("[0-9]*/stat"):
        with contextlib.suppress(OSError):
            pid, _, rest = path.read_text().partition(" (")
            state, _, of = rest.rpartition(") ")[2].split()[:3]
            if int(of) == group and state not in "ZX":
                found.append(pid)
    return found


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="processes are listed in /proc")
@pytest.mark.parametrize("ending", [signal.SIGINT, signal.SIGKILL])
def test_a_run_that_is_ended_leaves_no_process(tmp_path: Path, ending: signal.Signals) -> None:
    program = tmp_path / "program.py"
    program.write_text(PROGRAM, "utf-8")
    process = subprocess.Popen(
        [sys.executable, program, tmp_path],
        env=os.environ | {"PYTHONPATH": os.pathsep.join(sys.path)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        start_new_session=True,
    )
    assert process.stdout is not None
    # The first file is read, so the workers are there, and now loop.
    assert process.stdout.readline() == b"0\n"
    # As a terminal does on Ctrl-C, to all; a kill reaches the parent only.
    if ending == signal.SIGINT:
        os.killpg(process.pid, ending)
    else:
        process.send_signal(ending)
    _, stderr = process.communicate(timeout=60)
    if ending == signal.SIGINT:
        assert stderr.rstrip().endswith(b"KeyboardInterrupt") and stderr.count(b"Traceback") == 1
    assert_none_left(process.pid)


LATE = """
import sys
import time
from pathlib import Path
from indexer.pool import _context, _end_with_parent

def late(folder):
    (folder / "there").touch()
    while not (folder / "gone").exists():
        time.sleep(0.01)
    _end_with_parent()
    while True:
        pass

if __name__ == "__main__":
    import late
    _context("late").Process(target=late.late, args=(Path(sys.argv[1]),)).start()
    time.sleep(60)
"""


@pytest.mark.skipif(not Path("/proc/self/stat").is_file(), reason="processes are listed in /proc")
def test_a_worker_that_starts_after_its_parent_is_gone_ends(tmp_path: Path) -> None:
    program = tmp_path / "late.py"
    program.write_text(LATE, "utf-8")
    process = subprocess.Popen(
        [sys.executable, program, tmp_path],
        env=os.environ | {"PYTHONPATH": os.pathsep.join([*sys.path, str(tmp_path)])},
        start_new_session=True,
    )
    for _ in range(600):
        if (tmp_path / "there").exists():
            break
        time.sleep(0.1)
    process.kill()
    process.wait(60)
    assert members(process.pid)
    (tmp_path / "gone").touch()
    assert_none_left(process.pid)


def assert_none_left(group: int) -> None:
    for _ in range(100):
        left = members(group)
        if not left:
            return
        time.sleep(0.1)
    os.killpg(group, signal.SIGKILL)
    raise AssertionError(f"workers go on: {left}")
