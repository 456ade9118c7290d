"""The profile as a form: fields that repeat are rows, blank rows are none."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any
from urllib.parse import parse_qs

from pydantic import ValidationError

from corpus.errors import InputError
from indexer.clause_index import ClauseIndex
from server.entitlements import Wanted, rows_wanted
from server.fitting.schemas import STAGES, MatchBody

__all__ = ["choices", "profile_in", "read_form"]

Form = Mapping[str, list[str]]

#: What a form may hold at most.
_MOST_FIELDS = 400
#: Classes of products that measures tell apart.
_CLASSES = (
    "创新药", "改良型新药", "生物类似药", "仿制药", "中药经典名方复方制剂", "同位素药物",
    "疫苗佐剂", "三类医疗器械", "二类医疗器械",
)  # fmt: skip
_KINDS = ("药品企业", "器械企业", "服务平台", "医疗机构")
#: An answer in the form is named a:ID.
_ANSWER = "a:"


def read_form(body: bytes) -> dict[str, list[str]]:
    """Read a form as browsers send it."""
    try:
        text = body.decode("ascii")
        return parse_qs(text, keep_blank_values=True, max_num_fields=_MOST_FIELDS)
    except (UnicodeDecodeError, ValueError) as error:
        raise InputError("表单有误 / not a form", field="form") from error


def choices(index: ClauseIndex) -> dict[str, Any]:
    """What the form suggests: the names that the documents themselves use."""
    names: dict[str, None] = {"研发费用": None, "固定资产投资额": None}
    for row in rows_wanted(index, Wanted()):
        spans = [row.base, *row.ceilings, *(bound.of for bound in row.bounds)]
        names |= {"".join(span.text.split()): None for span in spans if span}
    return {
        "kinds": _KINDS,
        "classes": _CLASSES,
        "stages": STAGES,
        "amounts": sorted(names),
        "areas": sorted(index.areas),
        "units": ("万元", "元", "亿元"),
    }


def profile_in(form: Form) -> MatchBody:
    """Check the profile of a form; the first wrong field is named in words."""
    body: dict[str, Any] = {
        "area": _one(form, "area") or None,
        "kind": [kind for kind in form.get("kind", []) if kind],
        "products": list(_products(form)),
        "spending": list(_amounts(form)),
        "floor_area": list(_areas(form)),
        "employees": _count(_one(form, "employees")),
        "as_of": _one(form, "as_of") or None,
        "text": _one(form, "text"),
        "answers": {
            name.removeprefix(_ANSWER): values[-1] == "yes"
            for name, values in form.items()
            if name.startswith(_ANSWER) and values[-1] in ("yes", "no")
        },
    }
    try:
        return MatchBody.model_validate(body)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        names = {"spending": "金额", "floor_area": "面积", "employees": "人数", "products": "产品"}
        field = str(first["loc"][0]) if first["loc"] else "form"
        said = f"{names.get(field, field)}有误，请只填数字，例如 6800"
        raise InputError(f"{said} / {first['msg']}", field=field) from error


def _count(text: str) -> int | str | None:
    """Digits as a number; what is none is left to be refused."""
    return int(text) if text.isdecimal() and len(text) < 18 else text or None


def _one(form: Form, name: str) -> str:
    return (form.get(name) or [""])[-1].strip()


def _rows(form: Form, *names: str) -> Iterator[tuple[str, ...]]:
    """The fields that repeat, row by row; short lists are filled up."""
    columns = [form.get(name, []) for name in names]
    for number in range(max(map(len, columns), default=0)):
        yield tuple(column[number].strip() if number < len(column) else "" for column in columns)


def _products(form: Form) -> Iterator[dict[str, Any]]:
    for name, stage, made in _rows(form, "product", "stage", "made"):
        if name:
            stages = [step for step in (stage, "产业化" if made == "yes" else "") if step]
            yield {"class": name, "stages": stages}


def _amounts(form: Form) -> Iterator[dict[str, Any]]:
    for kind, value, unit, stage in _rows(form, "amount", "value", "unit", "of_stage"):
        if kind and value:
            plain = value.replace(",", "").replace("，", "")
            yield {"kind": kind, "value": plain, "unit": unit or "万元", "stage": stage or None}


def _areas(form: Form) -> Iterator[dict[str, Any]]:
    for of, value in _rows(form, "area_of", "area_value"):
        if value:
            yield {"of": of, "value": value.replace(",", "")}
