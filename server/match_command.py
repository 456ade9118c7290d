"""``tiaowen match``: a company's profile in a file, held against every measure."""

from __future__ import annotations

import argparse
import sys

from pydantic import ValidationError

from corpus.errors import InputError
from server.assembly import open_assistant
from server.console import Bar, print_json, say, write
from server.entitlements import Wanted
from server.fitting.reading import company_of
from server.fitting.schemas import MatchBody
from server.fitting.shown import match_json, match_lines
from server.inputs import read_documents
from server.settings import Settings

__all__ = ["match"]

#: A profile is no longer than this.
_LARGEST = 256 * 1024


def match(options: argparse.Namespace, settings: Settings) -> int:
    """Print what fits a company, what may fit, what does not, and what to ask."""
    body = _profile(options.profile)
    assistant = open_assistant(settings, Bar(), say)
    index = assistant.index
    wanted = Wanted(read_documents(body.documents, index))
    result = match_json(assistant.retriever, company_of(body, index), wanted)
    if options.json:
        print_json(result)
        return 0
    for line in match_lines(result):
        write(line)
    return 0


def _profile(path: str) -> MatchBody:
    """Read the profile of a file, - for standard input; name the field that is wrong."""
    try:
        if path == "-":
            text = sys.stdin.read(_LARGEST + 1)
        else:
            with open(path, encoding="utf-8-sig") as file:
                text = file.read(_LARGEST + 1)
    except (OSError, UnicodeDecodeError) as error:
        raise InputError(f"无法读取 / cannot read {path}: {error}", field="profile") from error
    if len(text) > _LARGEST:
        raise InputError("企业情况太长 / the profile is too long", field="profile")
    try:
        return MatchBody.model_validate_json(text)
    except ValidationError as error:
        first = error.errors(include_url=False)[0]
        field = ".".join(str(part) for part in first["loc"]) or "profile"
        raise InputError(
            f"企业情况有误 / bad profile: {field}: {first['msg']}", field=field
        ) from error
