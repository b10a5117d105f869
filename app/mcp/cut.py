"""Long answers are cut. In: JSON and a number of bytes. Out: as much of it as fits, and where what was left out begins."""

from dataclasses import dataclass, field
from typing import Any

import orjson

from app.mcp.tools import ToolFailed, quoted

LEAST_OF_TEXT = 200
"""Characters of a text that are shown at least."""


@dataclass(frozen=True)
class Cut:
    """A list or a text of which a part is shown: from the entry or character `first` to the one before `end`."""

    at: str
    first: int
    end: int
    total: int

    def shows(self, pointer: str) -> bool:
        """Whether what a pointer names is shown, as far as this cut is concerned."""
        if not pointer.startswith(f"{self.at}/"):
            return True
        index = pointer[len(self.at) + 1 :].partition("/")[0]
        return not index.isdecimal() or self.first <= int(index) < self.end


@dataclass
class Cutting:
    """Cuts JSON. Fields of an object share the room: who needs less than his share leaves the rest to the others."""

    cuts: list[Cut] = field(default_factory=list)
    _sizes: dict[int, int] = field(default_factory=dict)

    def fit(self, value: Any, room: int, at: str = "", first: int = 0) -> Any:
        """Return as much of a value as fits into so many bytes; of a list or a text from an index on."""
        if not first and self._size(value) <= room:
            return value
        if isinstance(value, dict):
            return self._object(value, room, at)
        if isinstance(value, list):
            return self._list(value, room, at, first)
        if isinstance(value, str):
            return self._text(value, room, at, first)
        return value

    def _object(self, value: dict[str, Any], room: int, at: str) -> dict[str, Any]:
        left = room - sum(len(key) + 4 for key in value)
        given: dict[str, int] = {}
        for number, key in enumerate(sorted(value, key=lambda key: self._size(value[key]))):
            given[key] = max(0, min(self._size(value[key]), left // (len(value) - number)))
            left -= given[key]
        return {key: self.fit(each, given[key], f"{at}/{escaped(key)}") for key, each in value.items()}

    def _list(self, value: list[Any], room: int, at: str, first: int) -> list[Any]:
        end, left = first, room
        while end < len(value) and (size := self._size(value[end]) + 1) <= left:
            end, left = end + 1, left - size
        shown = value[first:end]
        if not shown and first < len(value):
            shown, end = [self.fit(value[first], room, f"{at}/{first}")], first + 1
        if first or end < len(value):
            self.cuts.append(Cut(at, first, end, len(value)))
        return shown

    def _text(self, value: str, room: int, at: str, first: int) -> str:
        # A character takes up to six bytes of JSON.
        end = min(len(value), first + max(room // 6, LEAST_OF_TEXT))
        self.cuts.append(Cut(at, first, end, len(value)))
        return value[first:end]

    def _size(self, value: Any) -> int:
        """Return the bytes of a value as JSON. Sizes of what has parts are kept, because they are asked at each level."""
        if not isinstance(value, dict | list):
            return len(orjson.dumps(value))
        known = self._sizes.get(id(value))
        if known is None:
            if isinstance(value, dict):
                known = 2 + sum(len(orjson.dumps(key)) + 2 + self._size(each) for key, each in value.items())
            else:
                known = 2 + sum(self._size(each) + 1 for each in value)
            self._sizes[id(value)] = known
        return known


def escaped(key: str) -> str:
    """Return a key as a JSON pointer has it."""
    return key.replace("~", "~0").replace("/", "~1")


def at_pointer(value: Any, pointer: str) -> Any:
    """Return what a JSON pointer names; raise ToolFailed if there is nothing."""
    begin, *steps = pointer.split("/")
    for step in steps if not begin else [pointer]:
        key = step.replace("~1", "/").replace("~0", "~")
        if isinstance(value, dict) and key in value:
            value = value[key]
        elif isinstance(value, list) and key.isascii() and key.isdecimal() and int(key[:9]) < len(value):
            value = value[int(key[:9])]
        else:
            raise ToolFailed(f"There is nothing at {quoted(pointer)} of this answer; take `at` from what was cut.")
    return value
