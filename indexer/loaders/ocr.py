"""Recognition of scanned pages and pictures, by models that lie in the package of the extra."""

from __future__ import annotations

from dataclasses import dataclass, replace
from importlib.util import find_spec
from pathlib import Path
from statistics import median
from typing import Any

import numpy as np

from corpus.errors import LoadError
from corpus.outline import Finding
from indexer.loaders.base import Line
from indexer.loaders.pdf_columns import Region, Spot, regions_of
from indexer.loaders.pdf_lines import Printed

__all__ = ["INSTALL", "Recogniser", "is_installed", "recognition_findings", "regions_of_spots"]

INSTALL = "pip install 'tiaowen[ocr]'"
#: Lines recognised with less confidence are to be compared with the original.
_DOUBTFUL = 0.8
#: Recognised sizes of one page that differ by less are the same size.
_SAME_SIZE = 0.2
#: Pages at 200 dots an inch are this long on their longer side; more does not read better.
_LONGEST_SIDE = 2400
#: Lines whose middles are this close, in parts of the height, are of one row.
_SAME_ROW = 0.5
_MOST_NAMED = 30


@dataclass(frozen=True, slots=True)
class Recogniser:
    """Reads pictures of text; holds the models, so that they are loaded once a document."""

    engine: Any

    @classmethod
    def load(cls, name: str) -> Recogniser:
        """Load the models; raise LoadError, naming the file that needs them, without the extra."""
        if not is_installed():
            raise LoadError(
                f"识别图片或扫描件需要安装识别组件：{INSTALL} / "
                f"reading a picture or scan needs the extra: {INSTALL}: {name}",
                field="file",
            )
        import rapidocr

        # Without its models the package would fetch them; nothing is fetched here.
        models = [path.name for path in (Path(rapidocr.__file__).parent / "models").glob("*.onnx")]
        if not all(any(part in model for model in models) for part in ("det", "rec", "cls")):
            raise LoadError(
                f"识别组件缺少模型，请重新安装：{INSTALL} / "
                f"the extra lacks its models; install it again: {INSTALL}: {name}",
                field="file",
            )
        params = {"Global.log_level": "critical", "Global.max_side_len": _LONGEST_SIDE}
        return cls(rapidocr.RapidOCR(params=params))

    def read(self, image: np.ndarray[Any, Any], scale: float) -> list[Spot]:
        """Return the lines of a picture (rows of blue, green, red), at its size times ``scale``."""
        result = self.engine(image)
        if result.boxes is None or result.txts is None:
            return []
        lines = [
            _line(box, text, float(score), scale)
            for box, text, score in zip(result.boxes, result.txts, result.scores, strict=True)
            if text.strip()
        ]
        return _spots(_evened(lines))


def is_installed() -> bool:
    """Whether the extra is there."""
    return find_spec("rapidocr") is not None and find_spec("onnxruntime") is not None


def regions_of_spots(spots: list[Spot]) -> tuple[Region, ...]:
    """Return recognised lines in reading order."""
    return tuple(regions_of(spots))


def recognition_findings(lines: tuple[Line, ...], pages: list[int]) -> list[Finding]:
    """Say which pages were recognised, and where that is doubtful."""
    if not pages:
        return []
    named = "、".join(map(str, pages[:_MOST_NAMED])) + ("……" if len(pages) > _MOST_NAMED else "")
    findings = [
        Finding(
            "ocr",
            f"第{named}页为扫描件，文字由识别得到，请核对原件 / text recognised from a scan",
            page=pages[0],
        )
    ]
    for page in pages:
        low = [x for x in lines if x.page == page and x.ocr is not None and x.ocr < _DOUBTFUL]
        if low:
            detail = f"第{page}页有{len(low)}行识别把握不足 / {len(low)} lines recognised with low confidence"
            findings.append(
                Finding("low_ocr_confidence", detail, page=page, line=low[0].number)
            )  # fmt: skip
    return findings


def _line(box: Any, text: str, score: float, scale: float) -> Printed:
    xs, ys = [float(x) * scale for x, _ in box], [float(y) * scale for _, y in box]
    left, top, right, bottom = min(xs), min(ys), max(xs), max(ys)
    columns = sum(1.0 if ord(char) > 0x2000 else 0.5 for char in text)
    # The box is higher than the characters; their width is their size.
    size = min((right - left) / columns, bottom - top) if columns >= 4 else 0.8 * (bottom - top)
    base = bottom - 0.2 * (bottom - top)
    return Printed(text, left, top, right, bottom, base, max(size, 0.5), round(score, 4))


def _evened(lines: list[Printed]) -> list[Printed]:
    """Give lines of nearly the usual size that size: measured sizes vary from line to line."""
    if not lines:
        return []
    usual = median(line.size for line in lines)
    return [
        replace(line, size=usual) if abs(line.size / usual - 1) < _SAME_SIZE else line
        for line in lines
    ]


def _spots(lines: list[Printed]) -> list[Spot]:
    spots: list[Spot] = []
    row, middle = -1, float("-inf")
    for line in sorted(lines, key=lambda each: each.top + each.bottom):
        at = (line.top + line.bottom) / 2
        if at - middle > _SAME_ROW * (line.bottom - line.top):
            row, middle = row + 1, at
        spots.append(
            Spot(line.left, line.top, line.right, line.bottom, line.size, row, line=line)
        )  # fmt: skip
    return spots
