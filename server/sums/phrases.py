"""What stands between the marks of a text: its sentences, and the phrases of a question."""

from __future__ import annotations

import re

__all__ = ["PHRASE", "SENTENCE", "WHOLE_SENTENCE"]

#: A sentence of a clause, or what of it stands before a semicolon.
SENTENCE = re.compile(r"[^。；;\n]+")
#: A sentence with all that its semicolons part.
WHOLE_SENTENCE = re.compile(r"[^。\n]+")
#: What of a question stands between two marks.
PHRASE = re.compile(r"[^，,。；;！!？?\n]+")
