"""What bounds the requests of a feed, and what is asked of a portal. In: options that were checked. Out: Limits and Asked."""

import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlsplit

from graph.load.records import SourceFailed

MIB = 2**20
LEAST = 2
"""Records of the smallest page: neighbours share one."""
FIVE = 5.0


class BadOptions(Exception):
    """Options that open no portal. `problems` are sentences, each with the name of the option and what is accepted."""

    def __init__(self, problems: list[str]) -> None:
        super().__init__("\n".join(problems))
        self.problems = problems


@dataclass(frozen=True)
class Limits:
    """What a reading may cost. `private` says that the operator allows feeds to ask for private addresses.

    Bytes are counted after decompression. Seconds are for one answer with its body. `tries` follow a first failure, after
    `backoff` seconds and twice as many each time. `longest_pause` is the most that a server may ask to wait.
    """

    page_bytes: int = 64 * MIB
    file_bytes: int = 4_096 * MIB
    seconds: float = 60.0
    file_seconds: float = 3_600.0
    per_second: float = FIVE
    pages: int = 100_000
    tries: int = 3
    backoff: float = 1.0
    longest_pause: float = 300.0
    private: bool = False


@dataclass(frozen=True)
class Token:
    """A secret in an environment variable, and the header that carries it, such as `Authorization` with `Bearer `."""

    variable: str
    header: str
    prefix: str = ""

    def value(self) -> str:
        """Read the secret; raise SourceFailed."""
        secret = os.environ.get(self.variable, "").strip()
        if not secret or not re.fullmatch(r"[\x20-\x7e]+", secret):
            raise SourceFailed(
                f"The environment variable {self.variable}, which token_env names, is not set, or is no printable ASCII text."
            )
        return secret


@dataclass(frozen=True)
class Asked:
    """What a feed asks of a portal: the kind's options, checked, and the limits that apply."""

    kind: str
    url: str
    options: Mapping[str, Any] = field(default_factory=dict)
    limits: Limits = field(default_factory=Limits)
    token: Token | None = None

    def option(self, name: str, default: Any = None) -> Any:
        """Return an option, or the default if it is not given."""
        return self.options.get(name, default)

    def text(self, name: str, default: str = "") -> str:
        """Return an option as text."""
        return str(self.options.get(name, default))

    @property
    def size(self) -> int:
        """Records in a page."""
        return max(int(self.options["page_size"]), LEAST)


def origin(url: str) -> tuple[str, str, int]:
    """Return scheme, host and port of a URL."""
    parts = urlsplit(url)
    return parts.scheme, (parts.hostname or "").lower(), parts.port or (443 if parts.scheme == "https" else 80)
