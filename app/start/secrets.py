"""Secrets of a local server. In: a folder. Out: random texts, each kept in a file of mode 0600 that is made when needed."""

import os
import secrets
import tempfile
from contextlib import suppress
from pathlib import Path

import platformdirs

from app.start.settings import Settings, SettingsError
from graph.managed.files import why

KEY_FILE = "key.secret"
TOKEN_FILE = "steward.token"  # noqa: S105  # the name of a file


def kept_secret(folder: Path, name: str) -> str:
    """Return the secret in a file; make it if there is none. Processes that ask at the same time get the same secret.

    Raise SettingsError if the file cannot be read or made.
    """
    path = folder / name
    try:
        folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        if not path.exists():
            _make(folder, path)
        return path.read_text().strip()
    except OSError as error:
        raise SettingsError(
            f"The secret in {path} cannot be read or made: {why(error)}. Set CITYGRAPH_DATA_DIR to another folder."
        ) from error


def _make(folder: Path, path: Path) -> None:
    handle, draft = tempfile.mkstemp(prefix=f".{path.name}.", dir=folder)
    try:
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        with suppress(FileExistsError):
            os.link(draft, path)
    finally:
        Path(draft).unlink()


def data_folder(settings: Settings) -> Path:
    """Return the folder of the managed server's data and of local secrets."""
    return settings.data_dir or Path(platformdirs.user_data_dir("citygraph"))


def local_token(settings: Settings) -> str | None:
    """Return the token of the local steward; None outside local mode."""
    return kept_secret(data_folder(settings), TOKEN_FILE) if settings.local else None
