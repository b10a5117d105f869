"""What a typed Python client costs. In: the SDL. Out: seconds of CPU and MB to import what ariadne-codegen makes of one document.

It installs ariadne-codegen into a temporary environment; the product does not need it.
"""

import subprocess
import tempfile
import venv
from dataclasses import dataclass
from pathlib import Path

GENERATOR = "ariadne-codegen==0.19.0"
DOCUMENT = "query cities($where: CityWhere) { cities(where: $where, first: 5) { nodes { id name } } }"
CONFIGURATION = """[tool.ariadne-codegen]
schema_path = "schema.graphql"
queries_path = "queries.graphql"
include_all_inputs = false
include_all_enums = false
"""
IMPORT = """import time
import {module}
spent = time.process_time()
[peak] = [line.split()[1] for line in open("/proc/self/status") if line.startswith("VmHWM")]
print(spent, int(peak) / 1024)"""
"""The peak comes from /proc: ru_maxrss of a new process begins with that of its parent."""
ROUNDS = 5


@dataclass(frozen=True)
class Client:
    """Seconds of CPU and MB of memory to import the client, and to import pydantic and httpx, which every such client uses."""

    cpu: float
    memory: float
    base_cpu: float
    base_memory: float


def measure(sdl: str) -> Client:
    """Generate a client in a temporary environment and import it in new processes; the best of several."""
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        venv.create(folder / "venv", with_pip=True)
        _run(folder, "-m", "pip", "install", "--quiet", "--disable-pip-version-check", GENERATOR)
        for file, text in {"schema.graphql": sdl, "queries.graphql": DOCUMENT, "pyproject.toml": CONFIGURATION}.items():
            (folder / file).write_text(text, encoding="utf-8")
        _run(folder, "-m", "ariadne_codegen")
        cpu, memory = _imported(folder, "graphql_client")
        base_cpu, base_memory = _imported(folder, "pydantic, httpx")
    return Client(cpu, memory, base_cpu, base_memory)


def _imported(folder: Path, module: str) -> tuple[float, float]:
    rounds = [_run(folder, "-c", IMPORT.format(module=module)).split() for _ in range(ROUNDS)]
    cpu, memory = min((float(cpu), float(memory)) for cpu, memory in rounds)
    return cpu, memory


def _run(folder: Path, *arguments: str) -> str:
    python = folder / "venv" / "bin" / "python"
    return subprocess.run([python, *arguments], cwd=folder, capture_output=True, text=True, check=True).stdout
