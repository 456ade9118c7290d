"""A printed guide from end to end: contents page, parts, measures as tables over pages."""

from __future__ import annotations

import pytest
from pdfs import CHROMIUM, print_html

from corpus.address import ClausePath
from indexer.read import entry_of_file, read_source
from indexer.readings import Reading

pytestmark = pytest.mark.skipif(CHROMIUM is None, reason="chromium is not installed")

LONG = "申报单位应当对材料的真实性、完整性负责，不得以虚假材料套取财政资金。" * 6
CELLS = (
    ("依据文件", "《某市若干措施》（某府发〔2024〕3号）"),
    ("发布日期", "2024年5月6日"),
    ("服务对象", "在本市注册的生物医药企业。"),
    ("服务内容", "给予单个品种一次性奖励{amount}万元，单个企业每年累计不超过{cap}万元。"),
    ("条件要求", f"1．依法纳税；<br>2．{LONG}<br>3．未被列入严重失信主体名单。"),
    ("办理流程", "企业申报→区县初审→公示→拨付。"),
)
PARTS = ("第一部分 研发创新", "第二部分 生产制造")
SECTIONS = ("一、支持新药研发", "二、支持平台建设")
MEASURES = ("（一）上市奖励", "（二）试验补助")


def guide() -> str:
    contents, body, count = "", "", 0
    for part in PARTS:
        contents += entry(part, count + 3)
        body += f"<h2>{part}</h2>"
        for section in SECTIONS:
            contents += entry(section, count + 3)
            body += f"<h3>{section}</h3>"
            for measure in MEASURES:
                count += 1
                contents += entry(measure, count + 3)
                body += f"<h3>{measure}</h3><table>{cells(count)}</table>"
    return (
        '<meta charset="utf-8"><style>@page{size:A4;margin:25mm}body{font:14px/1.7 serif}h2,h3{font-size:16px}'
        "table{border-collapse:collapse;width:100%}td{border:1px solid;padding:4px;vertical-align:top}"
        ".cover{height:700px;padding-top:200px;text-align:center;font-size:28px}.toc{break-after:page}"
        ".e{display:flex}.e i{flex:1;overflow:hidden;white-space:nowrap}</style>"
        '<div class="cover">某市生物医药产业政策申报指南</div>'
        f'<div class="toc"><h2 style="text-align:center">目　录</h2>{contents}</div>{body}'
    )


def entry(words: str, page: int) -> str:
    return f'<div class="e"><span>{words}</span><i>{"." * 200}</i><span>{page}</span></div>'


def cells(count: int) -> str:
    rows = ((label, text.format(amount=100 * count, cap=300 * count)) for label, text in CELLS)
    return "".join(f'<tr><td width="90">{label}</td><td>{text}</td></tr>' for label, text in rows)


@pytest.fixture(scope="module")
def reading(tmp_path_factory: pytest.TempPathFactory) -> Reading:
    path = print_html(tmp_path_factory.mktemp("guide"), "guide", guide())
    return read_source(entry_of_file(path))


def test_every_measure_has_an_address(reading: Reading):
    measures = [clause for clause in reading.outline if clause.details]
    assert [str(clause.path) for clause in measures] == [
        f"part{part}.sec{section}.item{item}"
        for part in (1, 2)
        for section in (1, 2)
        for item in (1, 2)
    ]
    assert [clause.title for clause in measures] == ["上市奖励", "试验补助"] * 4
    assert all(dict(clause.details)["发布日期"] == "2024年5月6日" for clause in measures)


def test_every_cell_is_whole_wherever_the_page_ends(reading: Reading):
    cells = [clause for clause in reading.outline if clause.path.steps[-1].rank == "cell"]
    assert [clause.title for clause in cells] == [label for label, _ in CELLS] * 8
    for count, amount in enumerate(cells[3::6], 1):
        assert amount.text == CELLS[3][1].format(amount=100 * count, cap=300 * count)
    assert {clause.text for clause in cells[4::6]} == {CELLS[4][1].replace("<br>", "\n")}
    assert len({clause.page for clause in cells}) > 2


def test_the_contents_page_is_no_content(reading: Reading):
    outline = reading.outline
    assert reading.document.title == "某市生物医药产业政策申报指南"
    assert [f.kind for f in outline.findings if f.kind != "missing_metadata"] == []
    assert outline[ClausePath.parse("part2.sec1")].headings == ("第二部分 生产制造",)
    assert not any("...." in clause.text for clause in outline)
