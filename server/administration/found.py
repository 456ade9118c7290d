"""Findings on a source for those who decide whether to take it: how bad, and what it means."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any, Literal

__all__ = ["SEVERITIES", "Severity", "weighed"]

Severity = Literal["serious", "check", "note"]
SEVERITIES: tuple[Severity, ...] = ("serious", "check", "note")

#: By kind: how bad it is, and in plain words what it means for answers.
_MEANINGS: dict[str, tuple[Severity, str]] = {
    "gap": ("serious", "编号不连续，可能缺条：缺的内容答不出来"),
    "out_of_order": ("serious", "编号次序不对：引用的条号可能有误"),
    "displaced": ("serious", "有的段落不知属于哪一条：不会按条号引用"),
    "cut_off": ("serious", "结尾不完整，文件可能被截断"),
    "no_text": ("serious", "有扫描页没有识别出文字：这些页答不出来"),
    "damaged_page": ("serious", "有损坏的页：这些页答不出来"),
    "low_ocr_confidence": ("serious", "文字识别没有把握：数字可能认错，请对照原件"),
    "repeat": ("check", "有重号，或同一份文字出现两次：请看是否多收了一份"),
    "duplicate": ("check", "有两处文字完全相同：请看是否重复排印"),
    "empty": ("check", "有的条款没有内容"),
    "attachment": ("check", "附件没有读入：条文提到的附件要另外收入"),
    "tracked_changes": ("check", "文件里有修订痕迹：请确认是定稿"),
    "documents": ("check", "文件包里不止一份文件：请看收的是哪一份"),
    "missing_metadata": ("check", "没有找到标题、文号、机关或日期：可在目录文件里补上"),
    "dangling": ("note", "提到的条款不在文中，多半是指别的文件"),
}
_UNKNOWN: tuple[Severity, str] = ("check", "请对照原件核对")


def weighed(findings: Iterable[dict[str, Any]]) -> list[dict[str, Any]]:
    """Findings with their severity and meaning, the worst first, in Chinese."""
    told = []
    for finding in findings:
        severity, meaning = _MEANINGS.get(finding["kind"], _UNKNOWN)
        detail = finding["detail"].partition(" / ")[0]
        told.append(finding | {"detail": detail, "severity": severity, "meaning": meaning})
    return sorted(told, key=lambda one: SEVERITIES.index(one["severity"]))
