"""Files of the pages, kept packed in memory. In: a name, the bytes. Out: a response, or that nothing has changed.

A page is some dozens of small files. To look each up in a thread and to pack it anew took longer than to send it.
"""

import gzip
import hashlib
import mimetypes
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from starlette.requests import Request
from starlette.responses import Response

LEAST = 1_000
"""Bytes from which a file is packed."""


@dataclass(frozen=True)
class Packed:
    """A file: its bytes as they are, packed if that is worth it, its type and what tells versions apart."""

    plain: bytes = field(repr=False)
    packed: bytes | None = field(repr=False)
    media_type: str
    etag: str

    @classmethod
    def of(cls, name: str, content: bytes) -> "Packed":
        """Pack a file."""
        media_type = mimetypes.guess_type(name)[0] or "text/plain"
        packed = gzip.compress(content, mtime=0) if len(content) >= LEAST else None
        return cls(content, packed, media_type, f'W/"{hashlib.sha256(content).hexdigest()[:32]}"')

    def response(self, request: Request, headers: Mapping[str, str]) -> Response:
        """Return the file in the form that the client takes; 304 if the client has it."""
        given = {**headers, "etag": self.etag, "vary": "Accept-Encoding"}
        if self.etag in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=given)
        if self.packed is not None and "gzip" in request.headers.get("accept-encoding", ""):
            return Response(self.packed, headers=given | {"content-encoding": "gzip"}, media_type=self.media_type)
        return Response(self.plain, headers=given, media_type=self.media_type)


@dataclass(frozen=True)
class Folder:
    """Files by their paths below a folder. One that has changed is read again; one that is new is not seen."""

    paths: Mapping[str, Path]
    _kept: dict[str, tuple[tuple[int, int], Packed]] = field(default_factory=dict, repr=False)

    @classmethod
    def of(cls, root: Path, endings: tuple[str, ...]) -> "Folder":
        """List the files of a folder whose names end in one of `endings`."""
        return cls({path.relative_to(root).as_posix(): path for path in root.rglob("*") if path.name.endswith(endings)})

    def file(self, name: str) -> Packed | None:
        """Return a file; None if there is none of this path."""
        path = self.paths.get(name)
        if path is None or not path.is_file():
            return None
        about = path.stat()
        version = about.st_mtime_ns, about.st_size
        kept = self._kept.get(name)
        if kept is None or kept[0] != version:
            kept = self._kept[name] = version, Packed.of(path.name, path.read_bytes())
        return kept[1]
