"""Secrets of a local server. In: a folder. Out: random texts, each kept in a file of mode 0600 that is made when needed."""

import os
import secrets
import tempfile
from pathlib import Path

import platformdirs

from app.start.settings import Settings

KEY_FILE = "key.secret"
TOKEN_FILE = "steward.token"  # noqa: S105  # the name of a file


def kept_secret(folder: Path, name: str) -> str:
    """Return the secret in a file; make it if there is none. Processes that ask at the same time get the same secret."""
    path = folder / name
    folder.mkdir(mode=0o700, parents=True, exist_ok=True)
    if not path.exists():
        handle, draft = tempfile.mkstemp(prefix=f".{name}.", dir=folder)
        with os.fdopen(handle, "w") as file:
            file.write(secrets.token_urlsafe(32))
            file.flush()
            os.fsync(file.fileno())
        try:
            os.link(draft, path)
        except FileExistsError:
            pass
        finally:
            Path(draft).unlink()
    return path.read_text().strip()


def data_folder(settings: Settings) -> Path:
    """Return the folder of the managed server's data and of local secrets."""
    return settings.data_dir or Path(platformdirs.user_data_dir("citygraph"))


def local_token(settings: Settings) -> str | None:
    """Return the token of the local steward; None outside local mode."""
    return kept_secret(data_folder(settings), TOKEN_FILE) if settings.local else None
