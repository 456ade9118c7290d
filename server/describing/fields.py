"""Fields that several calls take or give. Limits are told here; where a value is read, they hold.

What is checked by hand (for errors in Chinese and English) is only described here: the
description must allow nothing that is refused.
"""

from __future__ import annotations

from typing import Annotated, Any

from pydantic import BeforeValidator, Field, StrictInt, WithJsonSchema

__all__ = [
    "EVENTS",
    "FILE",
    "SAID",
    "AsOf",
    "AtLeast",
    "Day",
    "Question",
    "Stages",
    "Whole",
    "asked_schema",
    "form_of",
    "question_schema",
]

#: At least one character that is no blank, as Python tells blanks.
SAID = r"[^\s\x1c-\x1f\x85]"
_LONGEST_QUESTION = 2000
_BLANK = {"type": "string", "pattern": r"^\s*$"}
_STAGES = "临床前|(I|II|III|IV|一|二|三|四|1|2|3|4)期"


def asked_schema(most: int, **more: Any) -> dict[str, Any]:
    """A text that must say something, of so many characters at most."""
    return {"minLength": 1, "maxLength": most, "pattern": SAID} | more


def question_schema(**more: Any) -> dict[str, Any]:
    """A question."""
    return asked_schema(_LONGEST_QUESTION, **more)


def _whole(value: Any) -> Any:
    """A number as JSON may write it: 2.0 is 2."""
    return int(value) if isinstance(value, float) and value.is_integer() else value


#: A whole number, and nothing that is merely taken for one (true, "2").
Whole = Annotated[StrictInt, BeforeValidator(_whole)]
Question = Annotated[
    str,
    Field(description=f"问题，不超过 {_LONGEST_QUESTION} 字", json_schema_extra=question_schema()),
]
AsOf = Annotated[
    str | None,
    WithJsonSchema(
        {
            "anyOf": [{"type": "string", "format": "date"}, _BLANK, {"type": "null"}],
            "description": "判断日，ISO 8601；默认今天",
            "examples": ["2026-11-24"],
        }
    ),
]
Stages = Annotated[
    str | None,
    WithJsonSchema(
        {
            "anyOf": [{"type": "string", "pattern": f"^({_STAGES})?$"}, {"type": "null"}],
            "description": "临床阶段：临床前、I期、II期、III期、IV期",
            "examples": ["III期"],
        }
    ),
]
AtLeast = Annotated[
    str | None,
    WithJsonSchema(
        {
            "anyOf": [
                {"type": "string", "pattern": r"^([0-9]{1,12}(\.[0-9]{1,4})?)?$"},
                {"type": "null"},
            ],
            "description": "数额或单项上限（没有的看单位上限）不少于这么多万元",
            "examples": ["100"],
        }
    ),
]
#: Events of a stream, whose data are JSON.
EVENTS: dict[str, Any] = {
    "schema": {
        "type": "object",
        "description": "一个事件；data 是 JSON",
        "properties": {
            "event": {"type": "string"},
            "data": {"type": "string", "contentMediaType": "application/json"},
        },
        "required": ["data"],
    }
}
#: A reply that is a file.
FILE: dict[str, Any] = {"schema": {"type": "string", "format": "binary"}}
#: A day in a reply.
Day = Annotated[
    str, WithJsonSchema({"type": "string", "format": "date", "examples": ["2026-11-24"]})
]


def form_of(file: dict[str, Any]) -> dict[str, Any]:
    """Describe a form whose field ``file`` is of this schema."""
    return {"schema": {"type": "object", "properties": {"file": file}, "required": ["file"]}}
