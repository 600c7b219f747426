"""The port: pairs of two lists. What stands behind it may change (docs/adr/0026); callers see only this."""

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from heapq import heappush, heappushpop
from typing import NamedTuple, Protocol

from .blocks import Blocks
from .compare import Decision, Verdict, compare
from .party import Party
from .thresholds import PAIRS_OF_A_ROW


class Pair(NamedTuple):
    """Two rows that are the same employer or are for a person to look at."""

    left: Party
    right: Party
    verdict: Verdict


class Engine(Protocol):
    """Finds the pairs of two lists; only `same` and `review`, at most PAIRS_OF_A_ROW for a row of `held`."""

    def pairs(self, held: Sequence[Party], passing: Iterable[Party]) -> Iterator[Pair]: ...


class InMemory:
    """One process: the smaller list in memory, the larger passes by.

    Measured in docs/measurements.md. `compared` counts the pairs that were looked at.
    """

    def __init__(self) -> None:
        self.compared = 0

    def pairs(self, held: Sequence[Party], passing: Iterable[Party]) -> Iterator[Pair]:
        """Yield pairs by the order of `held`, the best first. `left` is the row of `held`."""
        blocks = Blocks(held)
        best: defaultdict[int, list[_Ranked]] = defaultdict(list)
        for number, party in enumerate(passing):
            candidates = blocks.candidates(party)
            self.compared += len(candidates)
            for place in candidates:
                verdict = compare(held[place], party)
                if verdict.decision is not Decision.NONE:
                    _keep(best[place], _Ranked(_rank(verdict), -number, verdict, party))
        for place in sorted(best):
            for ranked in sorted(best[place], key=lambda one: one[:2], reverse=True):
                yield Pair(held[place], ranked.party, ranked.verdict)


class _Ranked(NamedTuple):
    rank: tuple[bool, int]
    order: int  # unique: of equals the earlier wins, and nothing behind it is ever compared
    verdict: Verdict
    party: Party


def _rank(verdict: Verdict) -> tuple[bool, int]:
    return verdict.decision is Decision.SAME, verdict.score


def _keep(kept: list[_Ranked], ranked: _Ranked) -> None:
    if len(kept) < PAIRS_OF_A_ROW:
        heappush(kept, ranked)
    else:
        heappushpop(kept, ranked)
