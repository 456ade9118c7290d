"""The exception tree. Refusal and absence are statuses, not exceptions.

PolicyError
├── CatalogueError   a corpus folder or its catalogue cannot be used
├── LoadError        a source file cannot be read as text
├── AddressError     a string is not an address, or names no clause
├── DocumentError    no document goes by this name
├── IndexFolderError an index folder is missing or damaged
│   └── IndexMismatch  … or of another make
├── ModelError       a model cannot be had, run or reached
├── ServeError       the server cannot listen where it was told to
├── StoreError       the database of chats and keys cannot be used
├── KeptError        nothing is kept under this name
└── InputError       a question, date or parameter is not usable
    ├── AbsentError  … names something that is not here
    ├── StateError   … asks for what cannot be done as things are
    └── BusyError    … comes while too much is under way
"""

from __future__ import annotations

__all__ = [
    "AbsentError",
    "AddressError",
    "BusyError",
    "CatalogueError",
    "DocumentError",
    "IndexFolderError",
    "IndexMismatch",
    "InputError",
    "KeptError",
    "LoadError",
    "ModelError",
    "PolicyError",
    "ServeError",
    "StateError",
    "StoreError",
]


class PolicyError(Exception):
    """Carry one message, in Chinese and English, that a user can act on."""

    code = "error"

    def __init__(self, message: str, field: str | None = None) -> None:
        super().__init__(message)
        self.message = message
        self.field = field


class CatalogueError(PolicyError):
    """A corpus folder or its catalogue cannot be used."""

    code = "bad_corpus"


class LoadError(PolicyError):
    """A source file cannot be read as text."""

    code = "unreadable_source"


class AddressError(PolicyError):
    """A string is not an address, or names no clause."""

    code = "unknown_address"


class DocumentError(PolicyError):
    """No document of the corpus goes by this name."""

    code = "unknown_document"


class IndexFolderError(PolicyError):
    """An index folder is missing or damaged."""

    code = "bad_index"


class IndexMismatch(IndexFolderError):
    """An index was made by another embedder, format or corpus than the one in use."""

    code = "index_mismatch"


class ModelError(PolicyError):
    """A model, for embedding or for language, cannot be had, run or reached."""

    code = "model_unavailable"


class ServeError(PolicyError):
    """The server cannot listen where it was told to."""

    code = "cannot_serve"


class StoreError(PolicyError):
    """The database of chats and keys cannot be used."""

    code = "store_unavailable"


class KeptError(PolicyError):
    """No chat, answer, share or key goes by this name, or not for this asker."""

    code = "not_found"


class InputError(PolicyError):
    """A question, date or parameter is not usable."""

    code = "bad_input"


class AbsentError(InputError):
    """Something that a request names is not here: a document, an earlier question."""

    code = "not_found"


class StateError(InputError):
    """What is asked for cannot be done as things are."""

    code = "conflict"


class BusyError(InputError):
    """Too much is under way already."""

    code = "too_busy"
