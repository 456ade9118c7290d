"""The two forms of a log line."""

from __future__ import annotations

import io
import json
import logging
from collections.abc import Iterator

import pytest

from server.operating.logs import JsonLines, TextLines, as_line

EVIL = "a\r\nb\x1b[31m\x9b2J\u202e\u2028\x7f\x00\U000e0041"


@pytest.fixture
def logged() -> Iterator[tuple[logging.Logger, io.StringIO, logging.StreamHandler]]:
    stream = io.StringIO()
    handler = logging.StreamHandler(stream)
    logger = logging.getLogger("tiaowen.lines")
    logger.addHandler(handler)
    logger.propagate = False
    yield logger, stream, handler
    logger.removeHandler(handler)


def fail(logger: logging.Logger) -> None:
    try:
        try:
            raise ValueError(f"秘密的问题 {EVIL}")
        except ValueError as error:
            raise RuntimeError("外层") from error
    except RuntimeError:
        logger.exception("failed: %s", EVIL)


def test_json_gives_back_what_was_logged(logged) -> None:
    logger, stream, handler = logged
    handler.setFormatter(JsonLines(texts=True))
    fail(logger)
    (line,) = stream.getvalue().split("\n")[:-1]
    assert line.isprintable()
    record = json.loads(line)
    assert record["message"] == f"failed: {EVIL}"
    assert record["level"] == "error"
    assert record["time"].endswith("Z")
    assert "RuntimeError: 外层" in record["exception"]
    assert "ValueError: 秘密的问题" in record["exception"]


def test_text_keeps_one_line_and_sets_the_error_in(logged) -> None:
    logger, stream, handler = logged
    handler.setFormatter(TextLines(texts=True))
    fail(logger)
    first, *others = stream.getvalue().split("\n")[:-1]
    assert r"failed: a\u000d\u000ab\u001b[31m\u009b2J" in first
    assert others
    assert all(line.startswith("    | ") for line in others)
    assert all(line.isprintable() for line in (first, *others))


@pytest.mark.parametrize("kind", [JsonLines, TextLines])
def test_where_no_questions_are_kept_errors_do_not_quote(logged, kind) -> None:
    logger, stream, handler = logged
    handler.setFormatter(kind(texts=False))
    fail(logger)
    text = stream.getvalue()
    assert "秘密" not in text
    assert "ValueError" in text
    assert "test_log_lines.py" in text


def test_escapes_are_those_of_json() -> None:
    assert json.loads(f'"{as_line(EVIL)}"') == EVIL
