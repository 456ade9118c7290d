"""A text is a notice by whom it addresses and what it tells them, whatever its title was cut to."""

from __future__ import annotations

from pathlib import Path

import pytest

from corpus.document import Document
from indexer.read import entry_of_file, read_source


def read(folder: Path, text: str) -> Document:
    path = folder / "source.txt"
    path.write_text(text, encoding="utf-8")
    return read_source(entry_of_file(path)).document


@pytest.mark.parametrize(
    "text",
    [
        "关于做好春耕物资供应帮助农户\n\n关于做好春耕物资供应帮助农户 各乡镇人民政府，园区管委会，县政府各部门： 为保障春耕，现就有关事项通知如下： 一、备足种子化肥。 二、开辟运输专道。\n",
        "青溪区医疗保障局\n各定点医疗机构：\n为方便群众就医，现将门诊结算有关事项通知如下：\n一、门诊费用可以直接结算。\n",
    ],
)
def test_a_notice_to_offices_is_normative(tmp_path: Path, text: str) -> None:
    document = read(tmp_path, text)
    assert (document.authority, document.kind) == ("normative", "通知")


@pytest.mark.parametrize(
    "text",
    [
        "青溪区出台政策帮助农户\n\n青溪区出台政策帮助农户 区政府近日印发通知，要求各乡镇人民政府做好春耕物资供应。通知明确：一要备足种子。二要开辟专道。\n",
        "致全区市民的一封信\n广大市民朋友们：\n春节将至，现将有关提示通知如下，请大家留意。\n少聚集，勤通风。\n",
        "青溪区召开春耕会议\n会议要求，各乡镇要备足种子：一是提前调运，二是严查假种。现场还发放了资料。\n",
    ],
)
def test_what_tells_of_a_notice_is_none(tmp_path: Path, text: str) -> None:
    assert read(tmp_path, text).authority == "informational"
