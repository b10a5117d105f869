"""What the measures of learning are computed on. In: facts as one viewer sees them. Out: frozen dataclasses of ids, dates, words.

Dates are as stated, with the first and the last day that they may mean. Words are those of the choices in schema/domain.
"""

from dataclasses import dataclass

from schema.language.edtf import When

HELD, PROPOSED, ENDED = "HELD", "PROPOSED", "ENDED"


@dataclass(frozen=True)
class Visit:
    """A visit. `subjects` are the topics and practices that it is about, with all broader ones; `when` is its beginning."""

    id: str
    visitors: tuple[str, ...]
    hosts: tuple[str, ...]
    when: When | None = None
    status: str = HELD
    subjects: frozenset[str] = frozenset()


@dataclass(frozen=True)
class Lesson:
    """A lesson of one city. `sources` are places that it is from; `subjects` are as of a visit; `carriers` carried it."""

    id: str
    city: str
    sources: tuple[str, ...] = ()
    when: When | None = None
    subjects: frozenset[str] = frozenset()
    carriers: tuple[str, ...] = ()
    gained_on: tuple[str, ...] = ()


@dataclass(frozen=True)
class Adoption:
    """A city's use of a practice. `lessons` it drew on; `led_to_by` are visits and programmes that a source says led to it."""

    id: str
    city: str
    practice: str | None
    status: str
    since: When | None = None
    until: When | None = None
    lessons: tuple[str, ...] = ()
    led_to_by: tuple[str, ...] = ()
    replaced_by: tuple[str, ...] = ()

    @property
    def used(self) -> bool:
        """Whether the practice is or was in use, if only on trial."""
        return self.status != PROPOSED

    @property
    def ended(self) -> bool:
        """Whether the use has ended."""
        return self.status == ENDED or self.until is not None


@dataclass(frozen=True)
class Outcome:
    """A result of adoptions, visits or programmes. `stated_years`: years from lesson to result, if a text gives no dates."""

    id: str
    results_of: tuple[str, ...]
    when: When | None = None
    stated_years: int | None = None


@dataclass(frozen=True)
class Contact:
    """One city travelled to another, on a visit, whose subjects are given."""

    visitor: str
    host: str
    visit: str
    when: When | None = None
    subjects: frozenset[str] = frozenset()
