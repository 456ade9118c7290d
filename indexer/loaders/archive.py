"""Zipped formats (DOCX, OFD): opened with limits, so that a small file cannot fill the memory."""

from __future__ import annotations

import zipfile
from pathlib import Path

from lxml import etree

from corpus.errors import LoadError

__all__ = ["Archive"]

#: No official document comes near these; a zip bomb is far beyond them.
_MOST_MEMBERS = 20_000
_LARGEST_MEMBER = 256 << 20
_LARGEST_IN_ALL = 1 << 30
_HIGHEST_RATIO = 300
_SMALL = 8 << 20


class Archive:
    """A zip file whose members are read one by one; every oddity is a LoadError."""

    def __init__(self, path: Path) -> None:
        self.path = path
        try:
            self._zip = zipfile.ZipFile(path)
            members = self._zip.infolist()
        except (zipfile.BadZipFile, OSError, ValueError, NotImplementedError) as error:
            raise self._damaged(error) from error
        sizes = [member.file_size for member in members]
        bomb = any(
            m.file_size > max(_SMALL, _HIGHEST_RATIO * max(m.compress_size, 1)) for m in members
        )
        if len(members) > _MOST_MEMBERS or sum(sizes) > _LARGEST_IN_ALL or bomb:
            raise LoadError(
                f"压缩内容过大，拒绝读取 / the file unpacks to too much: {path.name}", field="file"
            )
        self.names = frozenset(member.filename for member in members)

    def read(self, name: str) -> bytes:
        """Return a member's bytes; raise LoadError where it is missing, damaged or too large."""
        try:
            with self._zip.open(name) as stream:
                content = stream.read(_LARGEST_MEMBER + 1)
        # zipfile and zlib report damage with errors of many kinds.
        except Exception as error:
            raise self._damaged(error) from error
        if len(content) > _LARGEST_MEMBER:
            raise LoadError(
                f"压缩内容过大，拒绝读取 / the file unpacks to too much: {self.path.name}",
                field="file",
            )
        return content

    def xml(self, name: str) -> etree._Element:
        """Return a member as XML: no entity is resolved, nothing is fetched."""
        parser = etree.XMLParser(
            resolve_entities=False, no_network=True, load_dtd=False, recover=False, huge_tree=False
        )
        try:
            return etree.fromstring(self.read(name), parser)
        except (etree.XMLSyntaxError, ValueError) as error:
            raise self._damaged(error) from error

    def _damaged(self, error: Exception) -> LoadError:
        return LoadError(
            f"文件损坏或不完整 / the file is damaged: {self.path.name}: {error}", field="file"
        )
