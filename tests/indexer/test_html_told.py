"""Web pages: what a page tells of its document, its title line, its tables."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest

from indexer.loaders import Source, load

PAGES = Path(__file__).resolve().parents[3] / "shared" / "data" / "real-files" / "html"
TEXTS = [
    f"第{n}条　为了规范第{n}类补贴的发放，根据有关规定，制定本条。" for n in "一二三四五六七八九十"
]
BODY = "".join(f"<p>　　{text}</p>" for text in TEXTS)
TITLE = "<h1>某市补贴办法</h1>"
WHOLE = ["某市补贴办法", *TEXTS]


@pytest.fixture
def page(tmp_path: Path) -> Callable[..., Source]:
    """Load a page whose body is given."""

    def write(body: str, head: str = "") -> Source:
        path = tmp_path / "page.html"
        path.write_text(f"<html><head>{head}</head><body>{body}</body></html>", "utf-8")
        return load(path)

    return write


def words(source: Source) -> list[str]:
    return [line.text for line in source.lines]


def rows(source: Source) -> list[tuple[bool, tuple[str, ...]]]:
    return [(line.row.header, line.row.cells) for line in source.lines if line.row]


METADATA = (
    "<table><tr><td>索 引 号：</td><td></td><td>发文机关：</td><td>某市人民政府</td></tr>"
    "<tr><td>文　　号：</td><td>某府发〔2020〕1号</td><td>成文日期：</td><td>2020年01月02日</td></tr></table>"
)


@pytest.mark.parametrize(
    "block",
    [
        pytest.param(METADATA, id="table"),
        pytest.param(
            "<ul><li><span>文　　号：</span>\n 某府发〔2020〕1号</li><li>发文机关：某市人民政府</li>"
            "<li>成文日期：2020-01-02</li><li>有效性：有效</li></ul>",
            id="list",
        ),
        pytest.param(
            "<dl><dt>文号</dt><dd>某府发〔2020〕1号</dd><dt>发文机关</dt><dd>某市人民政府</dd>"
            "<dt>成文日期</dt><dd>2020-1-2</dd></dl>",
            id="definitions",
        ),
        pytest.param(
            "<p>发文机关：某市人民政府 文号：某府发〔2020〕1号 成文日期：2020/01/02</p>",
            id="one-line",
        ),
    ],
)
@pytest.mark.parametrize("outside", [True, False])
def test_metadata_block(page: Callable[..., Source], block: str, outside: bool):
    body = f"{block}<div>{TITLE}{BODY}</div>" if outside else f"<div>{TITLE}{block}{BODY}</div>"
    source = page(body)
    assert words(source) == WHOLE
    told = source.told
    assert (told.doc_number, told.issuers, told.issued) == (
        "某府发〔2020〕1号",
        ("某市人民政府",),
        date(2020, 1, 2),
    )


def test_head_of_the_page(page: Callable[..., Source]):
    head = (
        "<title>某市补贴办法_某市人民政府网站</title><meta name='ArticleTitle' content='某市补贴办法'>"
        "<meta name='PubDate' content='2024-03-04 10:00'><meta name='ContentSource' content='某日报'>"
    )
    told = page(f"<p>某市补贴办法</p>{BODY}", head).told
    assert (told.title, told.published, told.issuers) == ("某市补贴办法", date(2024, 3, 4), ())


@pytest.mark.parametrize(
    ("title", "expected"),
    [
        ("某市行动计划（2022—2024年）_某市人民政府", "某市行动计划（2022—2024年）"),
        ("某市市场监督管理局网站-某市条例", "某市条例"),
        ("某通知_国务院文件_中国政府网", "某通知"),
        ("某办法 - 政务公开 - 某区政府网", "某办法"),
    ],
)
def test_title_without_the_name_of_the_site(page: Callable[..., Source], title: str, expected: str):
    assert page(BODY, f"<title>{title}</title>").told.title == expected


def test_title_over_several_lines(page: Callable[..., Source]):
    head = "<meta name='ArticleTitle' content='某市人民政府关于印发某市补贴办法的通知'>"
    body = f"<p>某府发〔2020〕1号</p><p>某市人民政府<br>关于印发某市补贴办法的通知</p>{BODY}"
    lines = page(f"<h1>某市人民政府关于印发某市补贴办法的通知</h1><div>{body}</div>", head).lines
    assert [(line.style, line.starts, line.text) for line in lines[:3]] == [
        (None, True, "某府发〔2020〕1号"),
        ("title", True, "某市人民政府"),
        ("title", False, "关于印发某市补贴办法的通知"),
    ]


def test_table_with_cells_over_rows_and_columns(page: Callable[..., Source]):
    table = (
        "<table><tr><td colspan='4'>补贴标准表</td></tr><tr><td rowspan='2'>序号</td><td rowspan='2'>类别</td>"
        "<td colspan='2'>标准</td></tr><tr><td>本市</td><td>外市</td></tr><tr><td>1</td><td rowspan='2'><p>甲类</p>"
        "<p>（重点）</p></td><td>200元</td><td>100元</td></tr><tr><td>2</td><td>50元</td><td>20元</td></tr></table>"
    )
    source = page(f"{TITLE}<div>{BODY}{table}<p>第十一条　本办法自公布之日起施行。</p></div>")
    assert rows(source) == [
        (True, ("序号", "类别", "标准", "标准")),
        (True, ("序号", "类别", "本市", "外市")),
        (False, ("1", "甲类\n（重点）", "200元", "100元")),
        (False, ("2", "甲类\n（重点）", "50元", "20元")),
    ]
    assert words(source)[11] == "补贴标准表"
    assert words(source)[12] == "序号\t类别\t标准\t标准"
    assert words(source)[-1] == "第十一条　本办法自公布之日起施行。"


@pytest.mark.parametrize(
    ("table", "headers"),
    [
        pytest.param(
            "<tr><th>项目</th><th>标准</th></tr><tr><td>甲</td><td>乙</td></tr>", 1, id="marked"
        ),
        pytest.param(
            "<tr><td>等级</td><td>金额</td></tr><tr><td>一级</td><td>500元</td></tr>",
            1,
            id="figures",
        ),
        pytest.param(
            "<tr><td>申请对象</td><td>企业</td></tr><tr><td>受理单位</td><td>市科技局</td></tr>",
            0,
            id="card",
        ),
        pytest.param(
            "<tr><td>1</td><td>甲类项目</td><td>100</td></tr><tr><td>2</td><td>乙类项目</td><td>90</td></tr>",
            0,
            id="no-names",
        ),
    ],
)
def test_rows_that_name_the_columns(page: Callable[..., Source], table: str, headers: int):
    found = rows(page(f"<div>{BODY}<table>{table}</table></div>"))
    assert [header for header, _ in found] == [True] * headers + [False] * (len(found) - headers)


def test_list_of_documents_is_no_metadata(page: Callable[..., Source]):
    table = (
        "<table><tr><td>文件名称</td><td>文号</td><td>发布日期</td></tr>"
        "<tr><td>甲办法</td><td>某府发〔2001〕1号</td><td>2001年1月1日</td></tr></table>"
    )
    source = page(f"<div>{table}<p>以上文件自即日起废止。</p></div>")
    assert rows(source)[1] == (False, ("甲办法", "某府发〔2001〕1号", "2001年1月1日"))
    assert source.told.doc_number is None


@pytest.mark.skipif(not PAGES.is_dir(), reason=f"the pages are not at {PAGES}")
def test_real_table():
    found = rows(load(next(PAGES.glob("10b_*"))))
    assert len(found) == 60
    assert [cells for header, cells in found if header][1][1:4] == ("分类", "病种名称", "职工医保")
    assert found[2] == (False, ("1", "一类", "高血压病", "200元/月", "50元/月", "50元/月", "长期"))
