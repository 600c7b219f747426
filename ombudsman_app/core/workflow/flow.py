"""The state machine: which event leads from which state to which, who may do it, who releases it.

`.state` of a record is set only from `Flow.after`, and buttons ask the same table.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Generic, TypeAlias, TypeVar

from ombudsman_app.core.errors import MoveNotAllowed

S = TypeVar("S", bound=StrEnum)


@dataclass(frozen=True)
class Move(Generic[S]):
    """From any of these states one may go there. An event may have several, from different states.

    `by`: who acts; `system` proposes only, `released_by` is the person who lets it happen.
    `outcome`: how a case ends by it. `regime`: only under this set of rules. `event`: name in the rules.
    """

    from_states: frozenset[S] | set[S]
    to: S
    by: str | None = None
    released_by: str | None = None
    outcome: str | None = None
    regime: str | None = None
    when: str | None = None
    event: str | None = None


@dataclass(frozen=True)
class Transition(Generic[S]):
    """One row of the table: one event from one state. `when` is the condition in the words of the rules."""

    move: str
    from_state: S
    to: S
    by: str | None = None
    released_by: str | None = None
    outcome: str | None = None
    regime: str | None = None
    when: str | None = None
    event: str | None = None


Moves: TypeAlias = Mapping[str, Move[S] | tuple[Move[S], ...]]


class Place(StrEnum):
    """Where side moves begin or end that is no state of the table."""

    ANY_NOT_CLOSED = "any_not_closed"
    NONE = "none"  # there is no record yet
    FOLLOWS_PARENT = "follows_parent"  # the state is the parent's as long as the two are merged
    BEFORE_MERGE = "state_before_merge"


@dataclass(frozen=True)
class SideMove(Generic[S]):
    """A move of the product beside the legal table; shown under its own key, never mixed with it."""

    from_state: S | Place
    to: S | Place
    by: str | None = None
    released_by: str | None = None
    outcome: str | None = None
    regime: str | None = None
    when: str | None = None
    event: str | None = None


class Flow(Generic[S]):
    """One table of moves for one kind of record, indexed by state and event.

    `closed` is the state that "any not closed" leaves out. Raises ValueError when the table is ambiguous.
    """

    def __init__(
        self,
        moves: Moves[S] | Iterable[Transition[S]],
        *,
        side_moves: Mapping[str, SideMove[S]] | None = None,
        closed: S | None = None,
    ) -> None:
        self.transitions = tuple(rows_of(moves) if isinstance(moves, Mapping) else moves)
        self.side_moves = dict(side_moves or {})
        self.closed = closed
        self._index = {(row.from_state, row.move): row for row in self.transitions}
        if len(self._index) != len(self.transitions):
            raise ValueError("one event leads from one state to two places")
        if self.side_moves.keys() & {row.move for row in self.transitions}:
            raise ValueError("a side move has the name of a move")

    def after(self, state: S, event: str, *, regime: str | None = None) -> S:
        """Return the state after the event. Raises MoveNotAllowed (409)."""
        return self.transition(state, event, regime=regime).to

    def transition(self, state: S, event: str, *, regime: str | None = None) -> Transition[S]:
        """Return the row of the table: who acts, who releases, which outcome. Raises MoveNotAllowed."""
        row = self._index.get((state, event))
        if row is None or row.regime not in (None, regime):
            raise MoveNotAllowed(state=str(state), event=event)
        return row

    def open_events(self, state: S, *, regime: str | None = None) -> tuple[str, ...]:
        """Return the events that are possible from here, in the order of the table."""
        return tuple(row.move for row in self.open_transitions(state, regime=regime))

    def open_transitions(self, state: S, *, regime: str | None = None) -> tuple[Transition[S], ...]:
        """Return the rows that are possible from here, in the order of the table."""
        here = (row for row in self.transitions if row.from_state == state)
        return tuple(row for row in here if row.regime in (None, regime))

    def after_side(self, state: S | Place, event: str) -> S | Place:
        """Return where a side move leads. A record that is not there yet, or merged, is at a `Place`.

        Raises MoveNotAllowed.
        """
        if not (row := self.side_moves.get(event)) or not self._starts_at(row, state):
            raise MoveNotAllowed(state=str(state), event=event)
        return row.to

    def open_side_events(self, state: S | Place) -> tuple[str, ...]:
        """Return the side moves that are possible from here."""
        return tuple(name for name, row in self.side_moves.items() if self._starts_at(row, state))

    def _starts_at(self, row: SideMove[S], state: S | Place) -> bool:
        if row.from_state is Place.ANY_NOT_CLOSED:
            return not isinstance(state, Place) and state != self.closed
        return row.from_state == state


def rows_of(moves: Moves[S]) -> Iterator[Transition[S]]:
    """Write the moves out, one row for each state that they leave."""
    for name, given in moves.items():
        for move in [given] if isinstance(given, Move) else given:
            for state in sorted(move.from_states):
                yield Transition(
                    name,
                    state,
                    move.to,
                    move.by,
                    move.released_by,
                    move.outcome,
                    move.regime,
                    move.when,
                    move.event,
                )
