"""Who acts, and what he may see and write. In: rights and edits. Out: the Viewer that every route passes on."""

from collections.abc import Collection
from dataclasses import dataclass, field

from graph.access.rights import Rights
from schema.derived.rows import REPORT


@dataclass(frozen=True)
class Permit:
    """A city whose facts may be written: all facts, or those of the labels and relationship types in `only`."""

    city: str
    only: frozenset[str] | None = None

    def covers(self, of: str) -> bool:
        """Whether facts of a label or relationship type may be written."""
        return self.only is None or of in self.only


@dataclass(frozen=True)
class Edits:
    """What a viewer may write; nothing by default. `everywhere` is for the local steward, who writes for every city."""

    permits: tuple[Permit, ...] = ()
    everywhere: bool = False

    def may_write(self, of: str, holders: Collection[str]) -> bool:
        """Whether a fact of a label or relationship type with these holders may be written.

        Each holder must permit it. A fact without holders needs one city that permits it. Facts for reports only are loaded
        from files, so no viewer may write them.
        """
        if any(holder.endswith(REPORT) for holder in holders):
            return False
        if self.everywhere:
            return True
        cities = {permit.city for permit in self.permits if permit.covers(of)}
        return bool(cities) and cities.issuperset(holders)


@dataclass(frozen=True)
class Viewer:
    """One who asks or writes. `actor` is None for everybody, `steward` for the local token, and `key/<id>` for an API key.

    `owner` is the actor to whom a key belongs.
    """

    actor: str | None = None
    rights: Rights = field(default_factory=Rights)
    edits: Edits = field(default_factory=Edits)
    owner: str | None = None

    @property
    def client(self) -> str | None:
        """Return the name under which he shares what is scarce. All keys of one owner are one client."""
        return self.owner or self.actor
