"""Tokens of questions are those of the tokenizers library, whatever the text."""

from __future__ import annotations

import json
import random
from pathlib import Path

import pytest
from tokenizers import Tokenizer

from indexer.default_model import ensure_default_model
from indexer.question_tokens import QuestionTokens
from server.settings import Settings

TEXTS = (
    "高新区三类医疗器械注册证奖励多少？",
    "按3%给予最高1.2亿元，租金300 元/㎡",
    "Can a CDMO get 500万 for a Class III certificate? ",
    "财政龘靐齉财政",
    "　全角　空格～与波浪～",
    "▁▁ a ▁",
    "",
    "😀😀好",
    "ﷺ é ＜s＞",
    "<s>好</s> 奖励 <mask>吗",
    "长" * 1500,
)


@pytest.fixture(scope="module")
def file() -> Path:
    return ensure_default_model(Settings().models) / "tokenizer.json"


@pytest.fixture(scope="module")
def library(file: Path) -> Tokenizer:
    tokenizer = Tokenizer.from_file(str(file))
    tokenizer.enable_truncation(512)
    return tokenizer


@pytest.fixture(scope="module")
def tokens(file: Path) -> QuestionTokens:
    return QuestionTokens(file, 512)


def character(rng: random.Random) -> str:
    """Often what questions hold, at times anything that Unicode knows."""
    spans = ((0x4E00, 0xA000), (32, 127), (0x2010, 0x3100), (0xA0, 0x600), (0xFE00, 0xFFFF))
    first, end = rng.choices([*spans, (0x10000, 0x110000)], (40, 30, 10, 8, 8, 4))[0]
    return chr(rng.randrange(first, end))


def test_ids_are_those_of_the_library(tokens: QuestionTokens, library: Tokenizer) -> None:
    rng = random.Random(20261129)
    made = ["".join(character(rng) for _ in range(rng.randrange(1, 50))) for _ in range(3000)]
    vocabulary = list(library.get_vocab())
    made += ["".join(rng.choices(vocabulary, k=6)) for _ in range(1000)]
    asked = [f"query: {text}" for text in (*TEXTS, *made)]
    wrong = [t for t in asked if tokens.encode([t]) != [library.encode(t).ids]]
    assert not wrong, wrong[:3]


def test_questions_need_no_table_of_the_library(file: Path) -> None:
    tokens = QuestionTokens(file, 512)
    tokens.encode(["query: 高新区三类医疗器械注册证奖励多少？"])
    assert "_library" not in vars(tokens)


def test_another_kind_of_tokenizer_is_left_to_the_library(tmp_path: Path, file: Path) -> None:
    told = json.loads(file.read_bytes())
    told["model"]["vocab"] = [*told["model"]["vocab"][:300], ["▁奖", -2.0], ["励", -2.5]]
    told["added_tokens"] = told["added_tokens"][:4]
    told["normalizer"] = None
    other = tmp_path / "tokenizer.json"
    other.write_text(json.dumps(told), "utf-8")
    tokens, library = QuestionTokens(other, 512), Tokenizer.from_file(str(other))
    assert tokens.encode(["奖励 ABC"]) == [library.encode("奖励 ABC").ids]
    assert "_library" in vars(tokens)
