"""Counting anew, in batches, what runs when a calendar changed (DI7). What is counted, each domain says."""

from collections.abc import Callable
from dataclasses import dataclass

from ombudsman_app.core.policy import Actor

AT_ONCE = 500  # times in one transaction, so that nobody waits long for a lock


@dataclass(frozen=True)
class Recount:
    """How many times moved to a later day, and how many wait on an earlier one, older proposals too."""

    moved: int = 0
    waiting: int = 0


Step = Callable[[int, Actor], tuple[int, Recount] | None]


def recount_all(step: Step, actor: Actor) -> Recount:
    """Take a step behind the last id again and again until it returns None, and return the sum.

    Each step commits by itself: what a broken run left undone, the next one does.
    """
    after, moved, waiting = 0, 0, 0
    while batch := step(after, actor):
        after, found = batch
        moved, waiting = moved + found.moved, waiting + found.waiting
    return Recount(moved, waiting)
