"""The page of results, part by part. In: the name of a part and its text. Out: bench/RESULTS.md with it in its place."""

import os
import platform
import re
from datetime import UTC, datetime
from pathlib import Path

from bench import network

RESULTS = Path(__file__).parent / "RESULTS.md"
_PART = re.compile(r"<!-- (\w+) -->\n\n(.*?)(?=\n\n<!-- \w+ -->|\Z)", re.DOTALL)
HEAD = f"""# Results

Written by `python -m bench`, or a part of it by `python -m bench PART`. Under each part stands when and where it was measured.
Look at the ratios: times differ from machine to machine and from day to day. p50 is the median, p99 the 99th percentile.

The graph is generated: {network.CITIES} cities, {network.CITIES * network.PER_CITY:,} people and about {network.PER_PERSON}
trust ties for each. Four in five ties stay in the city. Three in ten facts are confidential, and this viewer may see them.

| question | asks for |
| --- | --- |
| small | one person by id, five fields |
| medium | one city, its first 100 people by name, and the 10 strongest ties of each |
| large | ten such cities |

Both sides of a comparison run in turn, and their answers are first checked to be equal. The grants of the local viewer are
read once at the start, not for each question."""


def put(name: str, text: str, seconds: float, order: list[str]) -> str:
    """Put a part into the page and return it as it stands there. Parts stand in the given order."""
    parts: dict[str, str] = dict(_PART.findall(RESULTS.read_text(encoding="utf-8") if RESULTS.exists() else ""))
    parts[name] = f"{text.strip()}\n\n{_measured(name, seconds)}"
    RESULTS.write_text(page({each: parts[each].strip() for each in order if each in parts}), encoding="utf-8")
    return parts[name]


def page(parts: dict[str, str]) -> str:
    """Return the page of these parts, each under a comment that names it."""
    return "\n\n".join([HEAD, *(f"<!-- {name} -->\n\n{text}" for name, text in parts.items())]) + "\n"


def _measured(name: str, seconds: float) -> str:
    day = datetime.now(UTC).date().isoformat()
    machine = f"{platform.system()} {platform.machine()}, {os.cpu_count()} cores, Python {platform.python_version()}"
    return f"*`python -m bench {name}`, {day}, in {seconds / 60:.1f} minutes, on {machine}.*"
