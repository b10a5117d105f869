"""The home folder: modes, passwords, and homes that were never finished."""

import json
import stat
from pathlib import Path

import pytest

from graph.managed import conf, home, server, state
from graph.managed.settings import ManagedServerError, ManagedSettings


@pytest.fixture
def plain(tmp_path: Path) -> ManagedSettings:
    return ManagedSettings(tmp_path / "cache", tmp_path / "data")


def mode(path: Path) -> int:
    return stat.S_IMODE(path.stat().st_mode)


def test_folders_and_password_are_private(plain: ManagedSettings) -> None:
    made = home.prepare(plain)
    home.write_conf(made, plain, 7000)
    assert mode(made.root) == 0o700
    assert {mode(path) for path in made.root.rglob("*") if path.is_file()} == {0o600}
    assert {mode(path) for path in made.root.rglob("*") if path.is_dir()} == {0o700}
    assert len(made.password()) >= 32


def test_two_homes_have_two_passwords(tmp_path: Path) -> None:
    made = [home.prepare(ManagedSettings(tmp_path, tmp_path / name)).password() for name in ("a", "b")]
    assert made[0] != made[1]


def test_a_home_that_was_never_ready_begins_anew(plain: ManagedSettings) -> None:
    made = home.prepare(plain)
    first = made.password()
    (made.root / "data" / "half").write_text("made")
    home.prepare(plain)
    assert not (made.root / "data" / "half").exists()
    assert made.password() != first


def test_a_ready_home_is_never_emptied(plain: ManagedSettings) -> None:
    made = home.prepare(plain)
    made.confirm_password()
    first = made.password()
    (made.root / "data" / "facts").write_text("kept")
    assert home.prepare(plain).password() == first
    assert (made.root / "data" / "facts").read_text() == "kept"


def test_data_without_a_password_are_left_alone(plain: ManagedSettings) -> None:
    made = home.prepare(plain)
    made.confirm_password()
    made.password_file.unlink()
    (made.root / "data" / "facts").write_text("kept")
    with pytest.raises(ManagedServerError, match=r"password is gone.*unharmed"):
        home.prepare(plain)
    assert (made.root / "data" / "facts").read_text() == "kept"


def test_a_data_folder_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "data").write_text("a file")
    with pytest.raises(ManagedServerError, match="CITYGRAPH_DATA_DIR"):
        home.prepare(ManagedSettings(tmp_path, tmp_path / "data"))


def test_the_configuration_listens_on_loopback_only() -> None:
    lines = conf.neo4j_conf(7000, "512m", "128m").splitlines()
    assert "server.bolt.listen_address=127.0.0.1:7000" in lines
    assert "server.http.enabled=false" in lines
    assert "server.https.enabled=false" in lines
    assert "dbms.security.allow_csv_import_from_file_urls=false" in lines
    # From 2025 on the names of these files begin at another folder than before; those that are the default fit every version.
    assert not [line for line in lines if line.startswith("server.logs.")]


def test_a_folder_that_is_no_neo4j_is_named(tmp_path: Path) -> None:
    with pytest.raises(ManagedServerError, match="CITYGRAPH_NEO4J_HOME") as caught:
        server.classpath(ManagedSettings(tmp_path, tmp_path, neo4j_home=tmp_path / "nothing"))
    assert str(tmp_path / "nothing") in str(caught.value)


@pytest.mark.parametrize(
    ("release", "main"),
    [("5.26.30", "org.neo4j.server.CommunityEntryPoint"), ("2025.10.1", "org.neo4j.server.Neo4jCommunity")],
)
def test_an_unpacked_distribution_gives_classpath_and_main_class(tmp_path: Path, release: str, main: str) -> None:
    (tmp_path / "lib").mkdir()
    (tmp_path / "lib" / f"neo4j-server-{release}.jar").touch()
    jars = server.classpath(ManagedSettings(tmp_path, tmp_path, neo4j_home=tmp_path))
    assert server.main_class(jars) == main


def test_the_state_of_a_server_that_another_version_started_is_read(plain: ManagedSettings) -> None:
    made, known = home.prepare(plain), state.State((1, "a"), (2, "b"), "bolt://127.0.0.1:7000", listening=True)
    state.write(made, known)
    (path,) = made.run.glob("state.json")
    path.write_text(json.dumps(json.loads(path.read_text()) | {"port": 7000}))
    assert state.read(made) == known
