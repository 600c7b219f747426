"""Buttons that other parts of the house put on the pages of employers. They register at start."""

from collections.abc import Callable
from dataclasses import dataclass

from ombudsman_app.core.policy import Actor

from .models import Employer


@dataclass(frozen=True)
class Door:
    """One button: its words and where it leads."""

    words: str
    href: str


OfRegister = Callable[[Actor], Door | None]
OfEmployer = Callable[[Actor, Employer], Door | None]
_of_register: list[OfRegister] = []
_of_employer: list[OfEmployer] = []


def on_register(door: OfRegister) -> None:
    """Put a button above the register; None: not for this person."""
    _of_register.append(door)


def on_employer(door: OfEmployer) -> None:
    """Put a button on the page of an employer; None: not for this person or employer."""
    _of_employer.append(door)


def doors_of_register(actor: Actor) -> list[Door]:
    return [found for door in _of_register if (found := door(actor))]


def doors_of(actor: Actor, employer: Employer) -> list[Door]:
    return [found for door in _of_employer if (found := door(actor, employer))]
