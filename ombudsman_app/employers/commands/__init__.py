"""Changing employers."""

from .carrying import carry
from .estimating import keep_estimate, order_estimate
from .joining import join_employers, part_employers
from .observing import (
    BreachInput,
    ObservationInput,
    end_breach,
    observe,
    say_breach,
)
from .opening import open_number
from .registering import EmployerInput, change_employer, register_employer

__all__ = [
    "BreachInput",
    "EmployerInput",
    "ObservationInput",
    "carry",
    "change_employer",
    "end_breach",
    "join_employers",
    "keep_estimate",
    "observe",
    "open_number",
    "order_estimate",
    "part_employers",
    "register_employer",
    "say_breach",
]
