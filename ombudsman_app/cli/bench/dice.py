"""Numbers that look random and are the same each time: a hash in counter mode. Never for secrets."""

import hashlib
import struct
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from itertools import accumulate
from typing import Generic, TypeVar

T = TypeVar("T")
_NUMBERS = struct.Struct("<16I")
_RANGE_BITS = 32


class Dice:
    """Throws that depend on the key alone. Two complaints have two keys, whatever happens around them."""

    def __init__(self, *key: object) -> None:
        self._key = hashlib.blake2b("\0".join(map(str, key)).encode(), digest_size=32).digest()
        self._block = 0
        self._left: list[int] = []

    def below(self, limit: int) -> int:
        """Return a whole number from 0 to limit - 1."""
        if not self._left:
            counter = self._block.to_bytes(8, "little")
            self._left = list(_NUMBERS.unpack(hashlib.blake2b(counter, key=self._key).digest()))
            self._block += 1
        return self._left.pop() * limit >> _RANGE_BITS

    def between(self, least: int, most: int) -> int:
        """Return a whole number, both ends included."""
        return least + self.below(most - least + 1)

    def share(self) -> float:
        """Return a number from 0 up to but not 1."""
        return self.below(1 << _RANGE_BITS) / (1 << _RANGE_BITS)

    def happens(self, percent: float) -> bool:
        return self.share() * 100 < percent

    def pick(self, among: Sequence[T]) -> T:
        return among[self.below(len(among))]

    def some(self, among: Sequence[T], number: int) -> list[T]:
        """Return different ones, in an order of their own; all of them if there are not so many."""
        left = list(among)
        return [left.pop(self.below(len(left))) for _ in range(min(number, len(left)))]


class Weighted(Generic[T]):
    """Things that are picked by their weight."""

    def __init__(self, weights: Mapping[T, float]) -> None:
        self._things = list(weights)
        self._ends = list(accumulate(weights.values()))

    def pick(self, dice: Dice) -> T:
        return self._things[bisect_right(self._ends, dice.share() * self._ends[-1])]
