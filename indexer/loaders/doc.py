"""Old binary DOC and WPS, and RTF: converted by LibreOffice, then read as DOCX."""

from __future__ import annotations

import contextlib
import os
import shutil
import signal
import subprocess
import tempfile
from pathlib import Path

from corpus.errors import LoadError
from indexer.loaders.base import Source
from indexer.loaders.docx import load_docx

__all__ = ["find_office", "load_doc"]

#: Seconds that one conversion may take; a page takes less than a tenth of a second.
_LONGEST = 120
#: An encrypted DOCX is an OLE file with this stream, and no words that could be read.
_ENCRYPTED_PACKAGE = "EncryptedPackage".encode("utf-16-le")
#: The stream of the text; an OLE file without it is a spreadsheet, an e-mail or damaged.
_WORD_STREAM = "WordDocument".encode("utf-16-le")
#: The head of that stream: its mark, and the bit that says encrypted.
_WORD, _WORD_FLAGS, _WORD_ENCRYPTED, _SECTOR = b"\xec\xa5", 10, 0x0100, 512
#: No macro runs, no link is followed, nothing is fetched.
_SETTINGS = (
    ("Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("Common/Security/Scripting", "DisableActiveContent", "true"),
    ("Writer/Content/Update", "Link", "0"),
)


def load_doc(path: Path) -> Source:
    """Convert a DOC, WPS or RTF in a folder of its own and read what comes of it."""
    read_by = _filter_of(path)
    office = find_office()
    if office is None:
        raise LoadError(
            f"读取旧版 Word 文件需要 LibreOffice（apt-get install libreoffice-writer-nogui），"
            f"或将文件另存为 DOCX / reading old Word files needs LibreOffice "
            f"(libreoffice-writer-nogui), or save the file as DOCX: {path.name}",
            field="file",
        )
    with tempfile.TemporaryDirectory(prefix="doc-", ignore_cleanup_errors=True) as folder:
        converted = _convert(office, read_by, path, Path(folder))
        try:
            return load_docx(converted)
        except LoadError as error:
            # The message names a file that the user has never seen.
            raise LoadError(
                error.message.replace(converted.name, path.name), field="file"
            ) from error


def find_office() -> str | None:
    """LibreOffice, where it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def _convert(office: str, read_by: str, path: Path, folder: Path) -> Path:
    """Return the DOCX that LibreOffice makes of a file; raise LoadError where it makes none."""
    source, profile = folder / "source.doc", folder / "profile"
    shutil.copyfile(path, source)
    _write_settings(profile)
    command = [
        office, f"-env:UserInstallation={profile.as_uri()}", "--headless", "--norestore",
        "--nolockcheck", "--nodefault", f"--infilter={read_by}", "--convert-to", "docx:MS Word 2007 XML",
        "--outdir", str(folder), str(source),
    ]  # fmt: skip
    # Should this process be killed, its children must still end by themselves.
    if (limiter := shutil.which("timeout")) is not None:
        command = [limiter, "-k", "5", str(_LONGEST + 5), *command]
    _run(command, folder, path)
    converted = source.with_suffix(".docx")
    if not converted.is_file():
        raise LoadError(
            f"文件损坏或无法转换 / the file is damaged or cannot be converted: {path.name}",
            field="file",
        )
    return converted


def _run(command: list[str], folder: Path, path: Path) -> None:
    """Run a command, at most so long, and leave none of its processes behind."""
    environment = {**os.environ, "HOME": str(folder), "TMPDIR": str(folder)}
    with subprocess.Popen(
        command,
        cwd=folder,
        env=environment,
        stdin=subprocess.DEVNULL,
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
        start_new_session=True,
    ) as process:
        try:
            process.wait(timeout=_LONGEST)
        except subprocess.TimeoutExpired as error:
            raise LoadError(
                f"转换超时 / the conversion took too long: {path.name}", field="file"
            ) from error
        finally:
            with contextlib.suppress(ProcessLookupError, PermissionError):
                os.killpg(process.pid, signal.SIGKILL)


def _write_settings(profile: Path) -> None:
    items = "".join(
        f'<item oor:path="/org.openoffice.Office.{place}"><prop oor:name="{name}" oor:op="fuse">'
        f"<value>{setting}</value></prop></item>"
        for place, name, setting in _SETTINGS
    )
    folder = profile / "user"
    folder.mkdir(parents=True)
    (folder / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<oor:items xmlns:oor='
        f'"http://openoffice.org/2001/registry">{items}</oor:items>\n',
        "utf-8",
    )


def _filter_of(path: Path) -> str:
    """Name the filter to read a file with: left to itself, LibreOffice takes damage for text."""
    content = path.read_bytes()
    if content.startswith(b"{\\rtf"):
        return "Rich Text Format"
    if _ENCRYPTED_PACKAGE in content or _has_encrypted_text(content):
        raise LoadError(
            f"文件已加密，请解除密码后再试 / the file is encrypted: {path.name}", field="file"
        )
    if _WORD_STREAM not in content:
        raise LoadError(
            f"文件损坏或不是 Word 文件 / the file is damaged or no Word file: {path.name}",
            field="file",
        )
    return "MS Word 97"


def _has_encrypted_text(content: bytes) -> bool:
    # Streams of an OLE file begin at its sectors; the first that Word marks is the text.
    for at in range(_SECTOR, len(content) - _WORD_FLAGS - 1, _SECTOR):
        if content.startswith(_WORD, at):
            flags = int.from_bytes(content[at + _WORD_FLAGS : at + _WORD_FLAGS + 2], "little")
            return bool(flags & _WORD_ENCRYPTED)
    return False
