"""The home folder of the server. In: settings. Out: folders, configuration, a password; a half-made home is made again."""

import secrets
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from graph.managed import conf
from graph.managed.files import make_private, why, write_private
from graph.managed.settings import ManagedServerError, ManagedSettings

INITIAL_PASSWORD = "neo4j"  # noqa: S105  Neo4j's own default; it is replaced before anybody gets the server's address
_FOLDERS = ("conf", "data", "logs", "run", "import", "plugins")


@dataclass(frozen=True)
class Home:
    """One home folder: `data` belongs to Neo4j, `run` has the locks and the state of a running server."""

    root: Path

    @property
    def conf(self) -> Path:
        return self.root / "conf"

    @property
    def run(self) -> Path:
        return self.root / "run"

    @property
    def console(self) -> Path:
        """Return the file that gets the output of the server's processes."""
        return self.root / "logs" / "console.log"

    @property
    def password_file(self) -> Path:
        """Return the file with the password. It exists as soon as the server has taken this password."""
        return self.root / "password"

    @property
    def pending_file(self) -> Path:
        """Return the file with the password that the server has not taken yet."""
        return self.root / "password.pending"

    @property
    def imported_file(self) -> Path:
        """Return the file that says that the database was imported whole before the server was first started."""
        return self.root / "imported"

    def is_ready(self) -> bool:
        """Return whether the server has taken its password; before that the home is only half made."""
        return self.password_file.exists()

    def password(self) -> str:
        """Return the password, taken by the server or not yet."""
        return (self.password_file if self.is_ready() else self.pending_file).read_text(encoding="utf-8")

    def confirm_password(self) -> None:
        """Record that the server took the pending password. From now on the data is never removed."""
        self.pending_file.replace(self.password_file)


def home_of(settings: ManagedSettings) -> Home:
    """Return the home of these settings, without making any folder."""
    return Home(settings.home)


def prepare(settings: ManagedSettings) -> Home:
    """Make the folders, and a pending password if the home is new; raise ManagedServerError. No server may be running."""
    home = home_of(settings)
    try:
        make_private(home.root)
        if not home.is_ready():
            _begin_anew(home)
        for name in _FOLDERS:
            make_private(home.root / name)
    except OSError as error:
        raise ManagedServerError(
            f"the data folder {home.root} cannot be used: {why(error)}. Set CITYGRAPH_DATA_DIR to another folder."
        ) from error
    return home


def write_conf(
    home: Home, settings: ManagedSettings, port: int, *, mending: bool = False, browser: int | None = None
) -> None:
    """Write neo4j.conf and the two log configurations; `browser` is the port of Neo4j Browser, None for none."""
    text = conf.neo4j_conf(
        port,
        settings.heap,
        settings.page_cache,
        mending=mending,
        read_only=settings.read_only,
        browser=browser,
    )
    write_private(home.conf / "neo4j.conf", text)
    write_private(home.conf / "server-logs.xml", conf.server_logs())
    write_private(home.conf / "user-logs.xml", conf.user_logs())


def _begin_anew(home: Home) -> None:
    databases = home.root / "data"
    if databases.exists() and not home.pending_file.exists():
        raise ManagedServerError(
            f"{home.password_file} is gone, so nobody can log in; the data in {databases} is unharmed. "
            f"Put the file back, or move {home.root} away to start with an empty database."
        )
    if databases.exists() and home.imported_file.exists():
        return
    if databases.exists():
        # Renamed before it is removed: if this process is killed in between, no half of a database stays in place.
        shutil.rmtree(databases.rename(tempfile.mkdtemp(prefix="unfinished-", dir=home.root) + "/data").parent)
    write_private(home.pending_file, secrets.token_urlsafe(32))
