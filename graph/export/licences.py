"""Licences of sources. In: the free text that a source states. Out: the address of a licence that is known, or none.

The codes are those of the EU's authority table of licences (op.europa.eu, "licence") where it has the licence, else those of the
SPDX list (spdx.org/licenses). A text that is not exactly a name of a licence stays what it is: nothing is guessed.
"""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

EU = "http://publications.europa.eu/resource/authority/licence/"
SPDX = "https://spdx.org/licenses/"
UNKNOWN = "unknown"
"""What is said of the licence of a fact none of whose sources states one."""

KNOWN: Mapping[str, tuple[str, tuple[str, ...]]] = {
    EU + "CC0": ("CC0 1.0", ("cc0", "cc0-1.0", "cc0 1.0", "creativecommons.org/publicdomain/zero/1.0")),
    EU + "CC_BY_4_0": ("CC BY 4.0", ("cc by 4.0", "cc-by-4.0", "creativecommons.org/licenses/by/4.0")),
    EU + "CC_BYSA_4_0": ("CC BY-SA 4.0", ("cc by-sa 4.0", "cc-by-sa-4.0", "creativecommons.org/licenses/by-sa/4.0")),
    SPDX + "CC-BY-3.0": ("CC BY 3.0", ("cc by 3.0", "cc-by-3.0", "creativecommons.org/licenses/by/3.0")),
    SPDX + "CC-BY-2.0": ("CC BY 2.0", ("cc by 2.0", "cc-by-2.0", "creativecommons.org/licenses/by/2.0")),
    SPDX + "CC-BY-SA-3.0": ("CC BY-SA 3.0", ("cc by-sa 3.0", "cc-by-sa-3.0", "creativecommons.org/licenses/by-sa/3.0")),
    SPDX + "ODbL-1.0": ("ODbL 1.0", ("odbl", "odbl-1.0", "odbl 1.0", "opendatacommons.org/licenses/odbl/1-0")),
    SPDX + "ODC-By-1.0": ("ODC-By 1.0", ("odc-by", "odc-by-1.0", "odc-by 1.0", "opendatacommons.org/licenses/by/1-0")),
    SPDX + "PDDL-1.0": ("PDDL 1.0", ("pddl", "pddl-1.0", "pddl 1.0", "opendatacommons.org/licenses/pddl/1-0")),
    SPDX + "MIT": ("MIT", ("mit", "mit license", "opensource.org/licenses/mit")),
    SPDX + "Apache-2.0": ("Apache 2.0", ("apache-2.0", "apache 2.0", "apache license 2.0")),
    SPDX + "OGL-UK-3.0": ("OGL 3.0", ("ogl-uk-3.0",)),
    SPDX + "etalab-2.0": ("Etalab 2.0", ("etalab-2.0", "etalab 2.0")),
    "http://dcat-ap.de/def/licenses/dl-by-de/2.0": ("DL-DE BY 2.0", ("dl-de/by-2-0", "govdata.de/dl-de/by-2-0")),
    "http://dcat-ap.de/def/licenses/dl-zero-de/2.0": (
        "DL-DE Zero 2.0",
        ("dl-de/zero-2-0", "govdata.de/dl-de/zero-2-0"),
    ),
}
"""Address, short name, and the texts that mean the licence: in small letters, without `https://www.` and a last slash."""


@dataclass(frozen=True, order=True)
class Terms:
    """The terms of some facts of a data set: what their sources state, its address if it is a known licence, and how many facts.

    A fact with several sources counts for the terms of each.
    """

    text: str
    address: str = ""
    facts: int = 0


def address_of(text: str) -> str:
    """Return the address of the licence that a text names; an empty text if it names none that is known."""
    plain = _plain(text)
    return next((address for address, (_, texts) in KNOWN.items() if plain in (*texts, _plain(address))), "")


def _plain(text: str) -> str:
    small = " ".join(text.lower().split()).removeprefix("https://").removeprefix("http://")
    return small.removeprefix("www.").removesuffix("/deed.en").removesuffix("/")


class Tally:
    """Counts the facts of a data set by the sources that they name."""

    def __init__(self) -> None:
        self.sources: Counter[str] = Counter()
        self.without = 0

    def count(self, sources: Iterable[str]) -> None:
        """Count one fact."""
        ids = tuple(sources)
        self.sources.update(ids)
        self.without += not ids

    def terms(self, stated: Mapping[str, str | None]) -> tuple[Terms, ...]:
        """Return the terms of all facts, by what each source states; the most frequent first."""
        facts: Counter[str] = Counter()
        for source, number in self.sources.items():
            facts[stated.get(source) or UNKNOWN] += number
        if self.without:
            facts[UNKNOWN] += self.without
        every = (Terms(text, address_of(text), number) for text, number in facts.items())
        return tuple(sorted(every, key=lambda terms: (-terms.facts, terms.text)))
