"""A start that cannot succeed names the cause; logs in files have no colours."""

import asyncio
import io
import logging
import sys
from contextlib import suppress
from pathlib import Path

import pytest

from app.start.database import unless_it_fails
from app.start.logs import set_up_logs
from app.start.port import bound_socket
from app.start.secrets import data_folder, kept_secret
from app.start.settings import Profile, Settings, SettingsError
from graph.managed.settings import ManagedServerError

FULL = "the disk is full: 0 MiB are free"


async def never_ends() -> None:
    """Work that does not end even when it is cancelled, as when a connection is closed that nobody answers on."""
    while True:
        with suppress(asyncio.CancelledError):
            await asyncio.sleep(3_600)


class Terminal(io.StringIO):
    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("host", "words"),
    [
        ("nohost.invalid", "CITYGRAPH_HOST: nohost.invalid is not an address of this machine"),
        ("192.0.2.1", "CITYGRAPH_HOST: 192.0.2.1 is not an address of this machine (Cannot assign requested address)"),
    ],
)
def test_an_unknown_host_is_named_and_no_other_port_is_advised(host: str, words: str) -> None:
    with pytest.raises(SettingsError) as caught:
        bound_socket(Settings(host=host, port=8139))
    assert words in str(caught.value)
    assert "PORT" not in str(caught.value)


def test_a_port_in_use_is_named() -> None:
    with bound_socket(Settings(port=0)) as bound:
        bound.listen()
        with pytest.raises(SettingsError, match=r"port \d+ of 127.0.0.1 \(Address already in use\).*CITYGRAPH_PORT"):
            bound_socket(Settings(port=bound.getsockname()[1]))


@pytest.mark.parametrize(
    ("stream", "no_color", "coloured"),
    [(io.StringIO, "", False), (Terminal, "", True), (Terminal, "1", False)],
    ids=["a file", "a terminal", "a terminal with NO_COLOR"],
)
def test_only_a_terminal_gets_colours(
    monkeypatch: pytest.MonkeyPatch, stream: type[io.StringIO], no_color: str, coloured: bool
) -> None:
    monkeypatch.setenv("NO_COLOR", no_color)
    written = stream()
    monkeypatch.setattr(sys, "stderr", written)
    set_up_logs(Settings(profile=Profile.LOCAL))
    try:
        raise ValueError("wrong")
    except ValueError:
        logging.getLogger("tests").exception("statement failed", extra={"code": "X"})
    assert "statement failed" in written.getvalue()
    assert "ValueError" in written.getvalue()
    assert ("\x1b" in written.getvalue()) is coloured


def test_a_tilde_is_the_home(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("HOME", str(tmp_path))
    for name in ("DATA_DIR", "CACHE_DIR", "TRUSTED_DIR", "NEO4J_HOME"):
        monkeypatch.setenv(f"CITYGRAPH_{name}", "~/x")
    settings = Settings()
    folders = (data_folder(settings), settings.cache_dir, settings.trusted_dir, settings.neo4j_home)
    assert folders == (tmp_path / "x",) * 4


def test_a_secret_that_cannot_be_made_is_named(tmp_path: Path) -> None:
    (tmp_path / "file").touch()
    with pytest.raises(
        SettingsError, match=rf"{tmp_path}/file/key.secret cannot be read or made: .*CITYGRAPH_DATA_DIR"
    ):
        kept_secret(tmp_path / "file", "key.secret")


def test_work_on_the_database_ends_when_the_server_cannot_go_on(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    looks = iter([None, None, FULL, None, FULL])
    monkeypatch.setattr("app.start.database.LOOK_SECONDS", 0.01)
    monkeypatch.setattr("app.start.database.cause", lambda _: next(looks))
    managed, other = Settings(data_dir=tmp_path), Settings(neo4j_uri="bolt://127.0.0.1:1", neo4j_password="x")
    assert asyncio.run(unless_it_fails(managed, asyncio.sleep(0, "done"))) == "done"
    with pytest.raises(ManagedServerError, match="the disk is full"):
        asyncio.run(unless_it_fails(managed, asyncio.sleep(60)))
    with pytest.raises(ManagedServerError, match="the disk is full"):
        asyncio.run(unless_it_fails(managed, never_ends()))
    assert asyncio.run(unless_it_fails(other, asyncio.sleep(0.05, "done"))) == "done"
