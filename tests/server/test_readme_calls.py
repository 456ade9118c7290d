"""The calls that the READMEs show, made with curl as they stand, against a real server."""

from __future__ import annotations

import csv
import json
import re
import shutil
import subprocess
import zipfile
from pathlib import Path

import pytest
from serving import serving

ROOT = Path(__file__).resolve().parents[2]
#: Blocks of commands.
_BLOCK = re.compile(r"```sh\n(.*?)```", re.DOTALL)


def calls(readme: str) -> list[str]:
    blocks = _BLOCK.findall((ROOT / readme).read_text("utf-8"))
    return [call for block in blocks for call in _whole(block)]


def _whole(block: str) -> list[str]:
    """The curl calls of a block; one goes on after a backslash and inside quotation marks."""
    found: list[str] = []
    for line in block.splitlines():
        if found and (found[-1].endswith("\\") or found[-1].count("'") % 2):
            found[-1] += "\n" + line
        elif found and not found[-1].startswith("curl"):
            found[-1] = line
        else:
            found.append(line)
    return [call for call in found if call.startswith("curl ")]


@pytest.mark.skipif(not shutil.which("curl"), reason="curl is missing")
@pytest.mark.parametrize("readme", ["README.md", "README.zh-CN.md"])
def test_each_call_is_answered(assistant, tmp_path: Path, readme: str) -> None:
    (tmp_path / "问题.csv").write_text("question\n三类证奖励多少\n", "utf-8")
    (tmp_path / "served").mkdir()
    found = calls(readme)
    assert len(found) >= 9
    job = ""
    with serving(assistant, tmp_path / "served") as (url, key):
        for call in found:
            command = re.sub("(localhost|HOST|主机):8000", url, call)
            command = command.replace("tiaowen_…", key).replace("/batches/ID", f"/batches/{job}")
            command = re.sub(r"^curl ", "curl --fail-with-body -D headers ", command)
            made = set(tmp_path.iterdir())
            done = subprocess.run(
                ["bash", "-c", command], cwd=tmp_path, capture_output=True, timeout=120
            )
            headers = (tmp_path / "headers").read_text("utf-8", "replace").lower()
            assert done.returncode == 0, (call, done.stdout[:400], done.stderr)
            assert re.search(r"^http/1.1 2\d\d", headers, re.MULTILINE), call
            kind = re.search(r"^content-type: ([^;\s]+)", headers, re.MULTILINE)
            files = set(tmp_path.iterdir()) - made - {tmp_path / "headers"}
            body = next((file.read_bytes() for file in files if file.is_file()), done.stdout)
            value = parsed(kind[1] if kind else "", body, tmp_path)
            if "-F file=" in call:
                job = value["id"]


def parsed(kind: str, body: bytes, folder: Path):
    """The body of a reply, read as what it says it is."""
    if kind == "application/json":
        return json.loads(body)
    if kind == "text/csv":
        return list(csv.reader(body.decode("utf-8-sig").splitlines()))
    if "openxmlformats" in kind:
        file = folder / "reply"
        file.write_bytes(body)
        assert zipfile.ZipFile(file).testzip() is None
        file.unlink()
        return None
    assert body.startswith(b"%PDF") if kind == "application/pdf" else body.decode("utf-8").strip()
    return None
