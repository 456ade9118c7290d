"""Questions in a JSON body."""

from __future__ import annotations

import json
from typing import Annotated, Any

from pydantic import AliasChoices, BaseModel, Field, TypeAdapter, ValidationError

from corpus.errors import InputError
from server.batches.reading import COLUMNS, LONGEST
from server.describing.fields import asked_schema

__all__ = ["BatchQuestion", "json_questions"]


def _named(name: str) -> AliasChoices:
    return AliasChoices(*COLUMNS[name])


class BatchQuestion(BaseModel):
    """A question with its limits, which are judged when it is asked."""

    question: str = Field(
        validation_alias=_named("question"),
        max_length=LONGEST,
        json_schema_extra=asked_schema(LONGEST),
    )
    as_of: str | None = Field(
        None, validation_alias=_named("as_of"), description="判断日，ISO 8601"
    )
    area: str | None = Field(None, validation_alias=_named("area"), description="地区")
    documents: list[str] | str | None = Field(
        None, validation_alias=_named("documents"), description="文件 id 或文号"
    )


_Plain = Annotated[str, Field(max_length=LONGEST)]
_Rows = Annotated[list[_Plain | BatchQuestion], Field(min_length=1)]
_ROWS: TypeAdapter[list[str | BatchQuestion]] = TypeAdapter(_Rows)


def json_questions(body: bytes) -> bytes:
    """A JSON body with a list of questions, as JSON lines; raise InputError where it is none."""
    try:
        value: Any = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InputError("请求不是 JSON / not JSON", field="questions") from error
    given = value.get("questions") if isinstance(value, dict) else value
    try:
        rows = _ROWS.validate_python(given)
    except ValidationError as error:
        first = error.errors()[0]
        place = ".".join(str(part) for part in first["loc"][:1])
        raise InputError(
            f"questions 有误 / bad questions: {place}: {first['msg'][:120]}", field="questions"
        ) from error
    plain = (
        {"question": row} if isinstance(row, str) else row.model_dump(exclude_none=True)
        for row in rows
    )
    return "\n".join(json.dumps(row) for row in plain).encode()
