"""Two assessors, one sheet: how often each pair of answers was given. On the diagonal both said the same."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from .heat import LEVELS
from .shape import checked, share


@dataclass(frozen=True)
class Pair:
    """One cell: shade 0 for none, 1 to 4 for few to many."""

    number: int
    level: int
    is_same: bool


@dataclass(frozen=True)
class PairRow:
    """What the second one answered where the first answered `answer`."""

    answer: str
    pairs: list[Pair]


@dataclass(frozen=True)
class Agreement:
    """The whole matrix, answers in their order both ways."""

    answers: list[str]
    rows: list[PairRow]
    same: int
    total: int

    @property
    def share(self) -> float:
        """Return the share of equal answers in hundredths."""
        return share(self.same, self.total)


def agreement(counts: Mapping[tuple[str, str], int], answers: Sequence[str]) -> Agreement:
    """Shade the numbers by quarters of the largest, of 4 at least. Keys are (first, second) answer.

    Raises ImpossibleChart for negative numbers.
    """
    most = max(LEVELS, *(int(checked(number)) for number in counts.values()), 0)

    def pair(one: str, other: str) -> Pair:
        number = counts.get((one, other), 0)
        return Pair(number, -(-number * LEVELS // most), one == other)

    rows = [PairRow(one, [pair(one, other) for other in answers]) for one in answers]
    numbers = [cell.number for row in rows for cell in row.pairs]
    same = sum(cell.number for row in rows for cell in row.pairs if cell.is_same)
    return Agreement(list(answers), rows, same, sum(numbers))
