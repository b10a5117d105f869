"""The server's home folder. In: settings. Out: folders, configuration and a password; a half-made home begins anew."""

import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from graph.managed import conf
from graph.managed.files import last_lines, make_private, write_private
from graph.managed.settings import ManagedServerError, ManagedSettings

INITIAL_PASSWORD = "neo4j"  # noqa: S105  what Neo4j itself starts with; replaced before the server is handed out
_FOLDERS = ("conf", "data", "logs", "run", "import", "plugins")


@dataclass(frozen=True)
class Home:
    """One home folder: `data` belongs to Neo4j, `run` holds locks and the state of a running server."""

    root: Path

    @property
    def conf(self) -> Path:
        return self.root / "conf"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def console(self) -> Path:
        """Return the file that takes what the server's processes print."""
        return self.root / "logs" / "console.log"

    @property
    def password_file(self) -> Path:
        """Return the file whose existence says that the server has taken the password that it holds."""
        return self.root / "password"

    @property
    def pending_file(self) -> Path:
        """Return the file with the password that the server has not confirmed yet."""
        return self.root / "password.pending"

    def is_ready(self) -> bool:
        """Say whether this home has once been handed out."""
        return self.password_file.exists()

    def password(self) -> str:
        """Return the password, confirmed or pending."""
        return (self.password_file if self.is_ready() else self.pending_file).read_text(encoding="utf-8")

    def confirm_password(self) -> None:
        """Record that the server took the pending password; from here on the data are never removed."""
        self.pending_file.replace(self.password_file)

    def log_tail(self) -> str:
        """Return the last lines of neo4j.log and of what the processes printed."""
        lines = last_lines(self.root / "logs" / "neo4j.log") + last_lines(self.console)
        return "\n".join(f"  {line}" for line in lines) or "  (the logs are empty)"


def home_of(settings: ManagedSettings) -> Home:
    """Return the home's paths; nothing is made."""
    return Home(settings.home)


def prepare(settings: ManagedSettings) -> Home:
    """Make the folders, and a pending password where the home is new. Only called while no server runs."""
    home = home_of(settings)
    try:
        make_private(home.root)
        if not home.is_ready():
            _begin_anew(home)
        for name in _FOLDERS:
            make_private(home.root / name)
    except OSError as error:
        raise ManagedServerError(
            f"the data folder {home.root} cannot be used: {error.strerror}. CITYGRAPH_DATA_DIR names another one."
        ) from error
    return home


def write_conf(home: Home, settings: ManagedSettings, port: int) -> None:
    """Write neo4j.conf and the two log configurations."""
    write_private(home.conf / "neo4j.conf", conf.neo4j_conf(port, settings.heap, settings.page_cache))
    write_private(home.conf / "server-logs.xml", conf.server_logs())
    write_private(home.conf / "user-logs.xml", conf.user_logs())


def _begin_anew(home: Home) -> None:
    databases = home.root / "data"
    if databases.exists() and not home.pending_file.exists():
        raise ManagedServerError(
            f"{home.password_file} is gone, so nobody can log in; the data in {databases} are unharmed. "
            f"Put the file back, or move {home.root} away to begin with an empty database."
        )
    if databases.exists():
        # Renamed first, so that a kill in between leaves no half of a database behind.
        shutil.rmtree(databases.rename(tempfile.mkdtemp(prefix="unfinished-", dir=home.root) + "/data").parent)
    write_private(home.pending_file, secrets.token_urlsafe(32))
