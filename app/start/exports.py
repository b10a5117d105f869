"""Where the files of the catalogue are kept. In: settings. Out: a folder of the data folder, for each database its own."""

import hashlib
from pathlib import Path

from app.start.secrets import data_folder
from app.start.settings import Settings

FOLDER = "exports"


def exports_folder(settings: Settings) -> Path:
    """Return the folder for the files of what everybody may see in the database of these settings."""
    database = f"{settings.neo4j_uri or ''} {settings.neo4j_database}"
    return data_folder(settings) / FOLDER / hashlib.blake2b(database.encode(), digest_size=8).hexdigest()
