"""What stands on the page of an audit. Each slice adds its part from its own file, when its views are read.

    @part(40)
    def field_part(actor: Actor, audit: Audit) -> Part | None:
        return Part("audits/staff/_field.html", {"field": …}) if … else None

The parts stand in the order of their numbers: 10 steps and team, 20 field, 30 review, 40 draft and answers,
50 findings, 60 publication, 70 papers. `next`: what is to be done now, above everything.
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

from ombudsman_app.core.policy import Actor

from .models import Audit


@dataclass(frozen=True)
class Part:
    """One piece of the page: a template that is included, and its values under names of their own."""

    template: str
    values: Mapping[str, Any] = field(default_factory=dict)
    place: Literal["next", "main", "aside"] = "main"


Maker = Callable[[Actor, Audit], Part | None]
_makers: list[tuple[int, Maker]] = []


def part(order: int) -> Callable[[Maker], Maker]:
    """Add a part to the page of an audit."""

    def add(maker: Maker) -> Maker:
        _makers.append((order, maker))
        _makers.sort(key=lambda one: one[0])
        return maker

    return add


def parts_of(actor: Actor, audit: Audit, changed: Mapping[str, Any]) -> Sequence[Part]:
    """Return the parts that this person is shown; `changed` puts a form with its errors in place of one."""
    found = [one for _, maker in _makers if (one := maker(actor, audit)) is not None]
    return [
        Part(
            one.template,
            {**one.values, **{key: value for key, value in changed.items() if key in one.values}},
            one.place,
        )
        for one in found
    ]
