"""Names and addresses without what does not count. In: texts as sources write them. Out: folded lines, parts of names, hosts.

Names are folded as they are stored: without capitals, accents and punctuation (`schema/language/words.py`).
"""

import re
from dataclasses import dataclass
from functools import lru_cache
from urllib.parse import urlsplit

from schema.language.words import line

LONGEST = 200
"""Most characters of a name that is compared."""
MOST_WORDS = 10
SHORTEST = 5
"""Fewest letters of a name of which one may differ: of shorter names too many would be near."""
PARTED = re.compile(r"[/;|,()\[\]=–—]| - |-|\b(?:and|und|et|y|e)\b", re.IGNORECASE)
"""Where a text with several names is parted."""
LINE = re.compile(r"\n [^\n]* \n")
AROUND = 4
"""Characters that a line has beside its words."""
ANY = 10_000


@dataclass(frozen=True)
class Part:
    """What the line of a name begins or ends with, and how long the line may be."""

    text: str
    least: int = 0
    most: int = ANY


@dataclass(frozen=True)
class Near:
    """Where names are looked for that are almost a name: lines of its parts, and how other names may begin or end."""

    lines: frozenset[str] = frozenset()
    beginnings: tuple[Part, ...] = ()
    endings: tuple[Part, ...] = ()


@dataclass(frozen=True)
class Web:
    """A web address without what does not count: protocol, `www.`, port, query, and a slash at the end."""

    host: str
    path: str


@lru_cache(maxsize=20_000)
def folded(name: str) -> str:
    """Return the line of a name; empty if it has no letter and no digit, or is too long to be a name."""
    return line(name) if len(name) <= LONGEST else ""


def lines_of(stored: str) -> frozenset[str]:
    """Return the lines of names that are stored one after the other."""
    return frozenset(LINE.findall(stored))


def near(name: str) -> Near:
    """Return where names are looked for that are almost this one."""
    whole = folded(name)
    words = whole.split()
    if not words or len(words) > MOST_WORDS:
        return Near()
    runs = [words[:at] for at in range(1, len(words))] + [words[at:] for at in range(1, len(words))]
    lines = {folded(" ".join(run)) for run in runs} | {folded(part) for part in PARTED.split(name)}
    text = " ".join(words)
    beginnings, endings = [Part(f"\n {text} ")], [Part(f" {text} \n")]
    if len(text) >= SHORTEST:
        middle, least, most = len(text) // 2, len(text) - 1 + AROUND, len(text) + 1 + AROUND
        beginnings.append(Part(f"\n {text[:middle]}", least, most))
        endings.append(Part(f"{text[middle:]} \n", least, most))
    return Near(frozenset(lines - {whole, ""}), tuple(beginnings), tuple(endings))


def differ_by_one(one: str, other: str) -> bool:
    """Whether one letter is more, less or another in one of two texts that are not equal."""
    short, long = sorted((one, other), key=len)
    if one == other or len(long) - len(short) > 1:
        return False
    at = next((at for at, letter in enumerate(short) if letter != long[at]), len(short))
    return short[at + 1 :] == long[at + 1 :] if len(short) == len(long) else short[at:] == long[at + 1 :]


def web(address: str | None) -> Web | None:
    """Read a web address; None if it has no host. One without protocol is accepted."""
    if not address or any(letter.isspace() for letter in address):
        return None
    try:
        read = urlsplit(address if "://" in address else f"https://{address}")
        host = (read.hostname or "").rstrip(".").removeprefix("www.")
    except ValueError:
        return None
    return Web(host, read.path.rstrip("/")) if "." in host else None


def spellings(of: Web) -> tuple[str, ...]:
    """Return how an address may be stored: with each protocol, with and without `www.` and the slash at the end."""
    hosts = (of.host, f"www.{of.host}")
    return tuple(
        f"{protocol}://{host}{of.path}{end}" for protocol in ("https", "http") for host in hosts for end in ("", "/")
    )
