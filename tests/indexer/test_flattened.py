"""Texts that were flattened to one line, and file names in an old encoding."""

from __future__ import annotations

import os
from pathlib import Path

import pytest

from corpus.catalogue import printable, read_catalogue
from indexer.read import entry_of_file, read_source

FLAT = (
    "某市关于支持企业复工的通知 各区县人民政府，市政府各部门： 为支持企业复工，现就有关事项通知如下： "
    "一、对租用国有房屋的企业，免收两个月租金。免收部分由业主单位承担，不得转嫁。 "
    "二、对新招用员工的企业，按每人1000元给予补贴。 （一）补贴由区县受理。 （二）补贴按月拨付。 "
    "三、本通知自2020年2月10日起施行，有效期一年。此前规定与本通知不一致的，以本通知为准。"
)


def test_flattened_notice_keeps_its_title_and_its_numbers(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(FLAT, "utf-8")
    reading = read_source(entry_of_file(path))
    assert reading.document.title == "某市关于支持企业复工的通知"
    labels = {str(clause.path): clause.text for clause in reading.outline}
    assert labels["sec2.item1"] == "补贴由区县受理。"
    assert "1000元" in labels["sec2"]
    assert {"sec1", "sec2", "sec2.item2", "sec3"} <= set(labels)


HEADED = (
    "某市关于帮助商户的若干措施 一、减轻负担 1.停收占道费两个月。（责任单位：市财政局） "
    "2.对租用国有商铺的商户，免收一个月租金。（责任单位：市国资委） "
    "二、稳定用工 3．每新招一人给予800元补贴，2020年起执行。（责任单位：市人社局） "
    "本措施自印发之日起施行，有效期至2020年12月31日。 某市人民政府 2020年3月2日"
)


def test_flattened_numbers_behind_headings_and_units_in_charge_open_clauses(
    tmp_path: Path,
) -> None:
    path = tmp_path / "a.txt"
    path.write_text(HEADED, "utf-8")
    clauses = {str(c.path): (c.text, c.headings) for c in read_source(entry_of_file(path)).outline}
    text, headings = clauses["num1"]
    assert text.startswith("停收占道费") and headings == ("一、减轻负担",)
    assert clauses["num2"][0].startswith("对租用国有商铺") and "800元" not in clauses["num2"][0]
    said = [text for text, _ in clauses.values() if "有效期至" in text]
    assert said and not any("市人社局" in text for text in said)


def test_number_of_a_flattened_head_tells_the_province(tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text(
        "关于支持商户的通知 省商务厅 关于支持商户的通知 鲁商发〔2021〕8号 各市商务局： "
        "为支持商户，按鲁财〔2020〕3号文件，现通知如下： 一、免收一个月租金。租金由省级补助，按月拨付到户。 "
        "二、每新招一人给予800元补贴，补贴由各市商务局受理，按季拨付到各商户的账户，不得截留。",
        "utf-8",
    )
    document = read_source(entry_of_file(path)).document
    assert document.doc_number == "鲁商发〔2021〕8号" and document.area == "山东省"


@pytest.mark.parametrize(
    "text",
    [
        pytest.param("今日新增病例三例。" * 30, id="no-title-no-number"),
        pytest.param("一" * 300, id="no-stop"),
        pytest.param("短短一句话。", id="one-sentence"),
    ],
)
def test_text_without_any_structure_is_not_lost(tmp_path: Path, text: str) -> None:
    path = tmp_path / "a.txt"
    path.write_text(text, "utf-8")
    outline = read_source(entry_of_file(path)).outline
    assert "".join(clause.text for clause in outline) == text


def test_file_name_in_an_old_encoding_is_read(tmp_path: Path) -> None:
    name = os.fsdecode(tmp_path) + "/" + "政策".encode("gb18030").decode("utf-8", "surrogateescape")
    Path(name + ".txt").write_text("第一条 甲。\n第二条 乙。", "utf-8")
    (entry,) = read_catalogue(tmp_path, (".txt",))
    assert entry.id == "政策" and entry.path.is_file()


def test_printable_leaves_ordinary_names_alone() -> None:
    assert printable("办法（修订）.pdf") == "办法（修订）.pdf"
