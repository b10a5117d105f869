"""Files in a ZIP archive. In: what writes each file. Out: an archive; equal files make equal bytes, whenever they are written."""

from collections.abc import Callable, Mapping
from typing import BinaryIO, cast
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

BEGINNING = (1980, 1, 1, 0, 0, 0)
"""The first time that an archive can state."""
UNIX = 3


def write_zip(files: Mapping[str, Callable[[BinaryIO], None]], to: BinaryIO, *, large: bool) -> None:
    """Write files one after the other. A file that is not `large` has at most 2 GiB."""
    with ZipFile(to, "w", ZIP_DEFLATED) as archive:
        for name, write in files.items():
            info = ZipInfo(name, BEGINNING)
            info.compress_type, info.create_system, info.external_attr = ZIP_DEFLATED, UNIX, 0o600 << 16
            with archive.open(info, "w", force_zip64=large) as file:
                write(cast(BinaryIO, file))
