"""What is wanted of a network. In: selections of a question. Out: Wanted: a tree of fields with their arguments."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

TYPE = "__typename"


@dataclass(frozen=True)
class Wanted:
    """A field of an answer: its key and name, its arguments, and what is wanted of its value, which is of a `type`."""

    key: str
    name: str
    asked: Mapping[str, Any] = field(default_factory=dict)
    below: tuple["Wanted", ...] = ()
    type: str = ""

    def named(self, name: str) -> Iterator["Wanted"]:
        """Yield the fields with a name, here and below."""
        if self.name == name:
            yield self
        for each in self.below:
            yield from each.named(name)


def picked(value: Any, wanted: Wanted) -> Any:
    """Return what is wanted of a value: of objects the fields, of lists the same of each entry."""
    if isinstance(value, Mapping):
        return {each.key: picked(value[each.name], each) if each.name != TYPE else wanted.type for each in wanted.below}
    if isinstance(value, list | tuple):
        return [picked(each, wanted) for each in value]
    return value
