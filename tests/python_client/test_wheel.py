"""The client as it is installed: a wheel of its own, which needs two packages and nothing of the server."""

import json
import os
import subprocess
import tomllib
import venv
from pathlib import Path
from typing import Any

from packaging.requirements import Requirement

from tests.http.running import Running
from tests.kit.paths import ROOT
from tests.kit.wheel import build, names, pip
from tests.wheel.test_wheel import NOT_SEEN, constraints

CLIENT = ROOT / "client"
ASKS = """
import json, sys
from importlib.metadata import distributions
import citygraph_client
with citygraph_client.Client(sys.argv[1]) as client:
    data = client.query("{ cities { totalCount } }")
    try:
        client.network(city="city/us-wa-seattle")
    except citygraph_client.MissingExtra as error:
        missing = str(error)
there = sorted(each.metadata["Name"].lower() for each in distributions())
print(json.dumps([citygraph_client.__file__, data, missing, there]))
"""


def test_a_wheel_imports_and_asks_in_an_empty_environment(server: Running, tmp_path: Path) -> None:
    wheel = build(CLIENT, tmp_path / "built")
    files = {
        path.relative_to(CLIENT).as_posix() for path in (CLIENT / "citygraph_client").glob("*[a-z]") if path.is_file()
    }
    about = f"citygraph_client-{declared()['version']}.dist-info"
    assert names(wheel) == files | {f"{about}/{name}" for name in ("METADATA", "WHEEL", "RECORD", "licenses/LICENSE")}
    (tmp_path / "constraints.txt").write_text(constraints_of_tests(), encoding="utf-8")
    venv.create(tmp_path / "venv", with_pip=True, symlinks=True)
    python = tmp_path / "venv" / "bin" / "python"
    pip(python, "install", "--quiet", "--constraint", tmp_path / "constraints.txt", wheel)
    environment = {name: value for name, value in os.environ.items() if not name.startswith(NOT_SEEN)}
    done = subprocess.run(
        [python, "-c", ASKS, f"http://127.0.0.1:{server.port}"],
        cwd=tmp_path, env=environment, capture_output=True, text=True, check=True,
    )  # fmt: skip
    file, data, missing, there = json.loads(done.stdout)
    assert Path(file).is_relative_to(tmp_path / "venv")
    assert data == server.ask("{ cities { totalCount } }").json()["data"]
    assert missing == "networkx is not installed: pip install 'citygraph-client[networkx]'"
    httpx_needs = {"anyio", "certifi", "h11", "httpcore", "idna", "sniffio", "typing_extensions"}
    assert {*there} - httpx_needs - {"pip", "setuptools"} == {"citygraph-client", "httpx", "websockets"}


def declared() -> dict[str, Any]:
    found: dict[str, Any] = tomllib.loads((CLIENT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    return found


def constraints_of_tests() -> str:
    """Return the versions of the tests: httpx is no dependency of the server."""
    return constraints("test.lock")


def test_the_tests_run_with_versions_that_are_declared() -> None:
    locked = dict(line.split(" ")[0].split("==") for line in constraints_of_tests().splitlines())
    needed = [
        *declared()["dependencies"],
        *(each for some in declared()["optional-dependencies"].values() for each in some),
    ]
    for each in map(Requirement, needed):
        assert each.specifier.contains(locked[each.name]), each


def test_it_has_the_licence_of_the_server() -> None:
    assert (CLIENT / "LICENSE").read_bytes() == (ROOT / "LICENSE").read_bytes()
