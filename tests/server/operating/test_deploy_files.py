"""Files for deployment name what there is: settings, metrics, commands, files."""

from __future__ import annotations

import re
import stat
from pathlib import Path

import pytest
import yaml
from prometheus_client.parser import text_string_to_metric_families
from starlette.testclient import TestClient

import server
from server.app import create_app
from server.assistant import Assistant
from server.keeping.database import open_database
from server.keeping.gate import Access
from server.keeping.keeper import Keeper
from server.settings import Settings

ROOT = Path(server.__file__).resolve().parents[1]
DEPLOY = ROOT / "server" / "deploy"


@pytest.mark.parametrize("path", sorted(DEPLOY.iterdir()), ids=lambda path: path.name)
def test_settings_that_are_named_exist(path: Path) -> None:
    known = {f"TIAOWEN_{name.upper()}" for name in Settings.model_fields}
    assert set(re.findall(r"\bTIAOWEN_[A-Z_]+", path.read_text("utf-8"))) <= known


def test_alerts_watch_metrics_that_are_there(assistant: Assistant, tmp_path: Path) -> None:
    rules = yaml.safe_load((DEPLOY / "alerts.yml").read_text("utf-8"))["groups"][0]["rules"]
    assert all(rule["annotations"].keys() == {"summary", "action"} for rule in rules)
    watched = {name for rule in rules for name in re.findall(r"tiaowen_\w+", rule["expr"])}
    keeper = Keeper(open_database(f"sqlite:///{tmp_path}/kept.db"))
    client = TestClient(create_app(assistant, access=Access(keeper)))
    client.get("/healthz")
    text = client.get("/metrics").text
    keeper.close()
    families = {family.name for family in text_string_to_metric_families(text)}
    plain = {re.sub(r"_(total|bucket)$", "", name) for name in watched}
    assert plain <= families


def test_the_image_gets_every_package_and_nothing_else() -> None:
    lines = (ROOT / ".dockerignore").read_text("utf-8").splitlines()
    assert lines[1] == "*"
    let_in = {line[1:] for line in lines if line.startswith("!")}
    recipe = (DEPLOY / "Dockerfile").read_text("utf-8")
    copied = {
        name
        for line in re.findall(r"^COPY (?!--from)(.+)$", recipe, re.M)
        for name in line.split()[:-1]
    }
    assert copied == let_in
    assert {path.name for path in ROOT.iterdir() if (path / "__init__.py").is_file()} <= copied
    assert re.search(r"^USER 10001$", recipe, re.M)


def test_compose_builds_this_image_and_keeps_what_must_stay() -> None:
    services = yaml.safe_load((DEPLOY / "compose.yaml").read_text("utf-8"))["services"]
    build = services["tiaowen"]["build"]
    assert (DEPLOY / build["context"]).resolve() == ROOT
    assert (ROOT / build["dockerfile"]).is_file()
    assert all(service["volumes"] for service in services.values())
    assert all(":?" in line for line in re.findall(r".*POSTGRES_PASSWORD: .*", str(services)))


def test_the_audit_can_be_run() -> None:
    assert (ROOT / ".ci" / "audit").stat().st_mode & stat.S_IXUSR
