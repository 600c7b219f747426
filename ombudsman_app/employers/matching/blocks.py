"""Which rows are compared at all: lists by number, by whole name, and by word within a regency.

The smaller side is held and indexed, the larger one passes by once, so memory does not grow with it.
What no list brings together is never compared: two rows with neither a number, nor the whole name, nor a
word of the name in one regency in common.
"""

from bisect import bisect_left
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from typing import Final

from rapidfuzz import process
from rapidfuzz.fuzz import ratio

from .party import Party
from .thresholds import BLOCK, RATIO

Lists = defaultdict[str, list[int]]
_ENDS = 4  # letters at both ends, by which names of one word with a slip find each other
_RAREST = 2  # words of a name that are looked up, one more of a long name


def _lists() -> Lists:
    return defaultdict(list)


class Blocks:
    """The held rows by all that may bring them together. Rows are named by their place in the sequence."""

    def __init__(self, held: Sequence[Party]) -> None:
        self.keys: Final = [party.key for party in held]
        self._held = held
        # in the order of the alphabet, so that the nearest of a long list are its neighbours
        order = sorted(range(len(held)), key=self.keys.__getitem__)
        self._nib, self._npwp, self._firm, self._npp = _lists(), _lists(), _lists(), _lists()
        self._whole = _lists()
        self._words: defaultdict[str, Lists] = defaultdict(_lists)  # by regency; "" where it is not known
        self._anywhere = _lists()
        self._frequency: Counter[str] = Counter()
        for place in order:
            self._add(place, held[place])

    def _add(self, place: int, party: Party) -> None:
        for lists, number in ((self._nib, party.nib), (self._npwp, party.npwp), (self._npp, party.npp)):
            if number:
                lists[number].append(place)
        if firm := party.firm:
            self._firm[firm].append(place)
        if not party.key:
            return
        self._whole[party.letters].append(place)
        here = self._words[party.place.name]
        for word in _handles(party):
            here[word].append(place)
            self._anywhere[word].append(place)
            self._frequency[word] += 1

    def candidates(self, party: Party) -> set[int]:
        """Return the places of the held rows that one row is compared with."""
        found = self._by_number(party)
        if not party.key:
            return found
        for place in self._whole.get(party.letters, ())[:BLOCK]:
            if self._could_be_near(party, place):
                found.add(place)
        regency = party.place.name
        for lists in (self._words.get(regency), self._words.get("")) if regency else (self._anywhere,):
            if lists:
                self._by_words(party, lists, found)
        return found

    def _by_number(self, party: Party) -> set[int]:
        found: set[int] = set()
        numbers = ((self._nib, party.nib), (self._npwp, party.npwp), (self._npp, party.npp))
        for lists, number in (*numbers, (self._firm, party.firm)):
            if number and (same := lists.get(number)):
                found.update(same if len(same) <= BLOCK else self._of_a_large_firm(party, same))
        return found

    def _of_a_large_firm(self, party: Party, same: list[int]) -> Iterable[int]:
        """Of a firm with hundreds of branches: those in the same regency, else the first."""
        here = [place for place in same if self._held[place].place.name == party.place.name]
        return (here or same)[:BLOCK]

    def _could_be_near(self, party: Party, place: int) -> bool:
        other = self._held[place]
        if not party.place.name or not other.place.name or party.place.name == other.place.name:
            return True
        return bool(party.branch or other.branch)

    def _by_words(self, party: Party, lists: Lists, found: set[int]) -> None:
        words = [word for word in _handles(party) if word in lists]
        words.sort(key=self._frequency.__getitem__)
        # at most one word of a short name may be written differently, two of a long one: one is left
        for word in words[: _RAREST + (len(words) > _RAREST + 2)] if party.key != party.letters else words:
            near = self._near(party.key, lists[word])
            keys = [self.keys[place] for place in near]
            for _key, _score, at in process.extract(
                party.key, keys, scorer=ratio, score_cutoff=RATIO, limit=None
            ):
                found.add(near[at])

    def _near(self, key: str, places: list[int]) -> list[int]:
        if len(places) <= BLOCK:
            return places
        middle = bisect_left(places, key, key=self.keys.__getitem__)
        return places[max(0, middle - BLOCK // 2) : middle + BLOCK // 2]


def _handles(party: Party) -> list[str]:
    """Return the words of a name; of a name of one word also both its ends."""
    words = list(dict.fromkeys(party.key.split()))
    if len(words) == 1 and len(party.letters) > _ENDS:
        words += [f"{party.letters[:_ENDS]}…", f"…{party.letters[-_ENDS:]}"]
    return words
