"""A bounded least-recently-used cache. In: keys. Out: values that were kept."""

from collections import OrderedDict
from collections.abc import Hashable
from threading import Lock
from typing import Generic, TypeVar

Value = TypeVar("Value")


class Cache(Generic[Value]):
    """Keeps at most `size` values with a total weight of at most `weight`. Safe for threads."""

    def __init__(self, size: int, weight: int = 0) -> None:
        self._size, self._most = size, weight
        self._kept: OrderedDict[Hashable, Value] = OrderedDict()
        self._weights: dict[Hashable, int] = {}
        self.weight = 0
        self._lock = Lock()

    def get(self, key: Hashable) -> Value | None:
        """Return a kept value and mark it as used."""
        with self._lock:
            value = self._kept.get(key)
            if value is not None:
                self._kept.move_to_end(key)
            return value

    def keep(self, key: Hashable, value: Value, weight: int = 0) -> Value:
        """Keep a value and drop the least recently used ones over the limits. A value over the weight alone is not kept."""
        with self._lock:
            self._forget(key)
            if weight > self._most:
                return value
            self._kept[key], self._weights[key] = value, weight
            self.weight += weight
            while len(self._kept) > self._size or self.weight > self._most:
                self._forget(next(iter(self._kept)))
            return value

    def _forget(self, key: Hashable) -> None:
        if self._kept.pop(key, None) is not None:
            self.weight -= self._weights.pop(key)

    def __len__(self) -> int:
        return len(self._kept)
