"""What all tests share: the real model, the real corpus, one index for the session."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from corpus.catalogue import bundled_corpus
from indexer.read import Reading
from server.assembly import open_assistant
from server.assistant import Assistant
from server.settings import Settings

#: The day on which tests that judge validity ask.
TODAY = date(2026, 11, 24)


@pytest.fixture(scope="session")
def assistant() -> Assistant:
    return open_assistant(Settings())


@pytest.fixture(scope="session")
def readings(assistant: Assistant) -> dict[str, Reading]:
    return assistant.index.readings


@pytest.fixture(scope="session")
def corpus_folder() -> Path:
    return bundled_corpus()


@pytest.fixture
def today() -> date:
    return TODAY
