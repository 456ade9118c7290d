"""The examples in docstrings are what the code does."""

from __future__ import annotations

import doctest
import importlib
import pkgutil
from collections.abc import Iterator

import pytest

PACKAGES = ("corpus", "indexer", "retriever", "prompts", "server", "eval")
#: Run by their tools, not imported: the steps of the database.
NOT_IMPORTED = ("server.keeping.migrations",)


def modules() -> Iterator[str]:
    for package in PACKAGES:
        folder = importlib.import_module(package).__path__
        for module in pkgutil.walk_packages(folder, f"{package}."):
            if not module.name.startswith(NOT_IMPORTED) and not module.name.endswith("__main__"):
                yield module.name


def test_examples() -> None:
    results = {name: doctest.testmod(importlib.import_module(name)) for name in modules()}
    assert not {name: result.failed for name, result in results.items() if result.failed}
    assert sum(result.attempted for result in results.values()) > 200


@pytest.mark.parametrize("text", [">>> 1 + 1\n3\n"])
def test_a_wrong_example_is_found(text: str) -> None:
    test = doctest.DocTestParser().get_doctest(text, {}, "wrong", None, 0)
    assert doctest.DocTestRunner(verbose=False).run(test, out=lambda _: None).failed == 1
