"""The boxes by which the register is asked, and the picture of how old open findings are."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask_babel import gettext as _

from ombudsman_app.findings.queries import AGES, OfficeAges, RegisterFilter
from ombudsman_app.web import charts
from ombudsman_app.web.formats import number

from .words import ORIGINS, STATES


@dataclass(frozen=True)
class Box:
    """A box of the filter: options are (value, words)."""

    name: str
    label: str
    options: list[tuple[str, str]]
    chosen: str


@dataclass(frozen=True)
class AgesPicture:
    """The map of ages, what its lines are called and where their findings are."""

    heat: charts.Heat
    words: dict[str, str]
    links: dict[str, str]


def register_boxes(chosen: RegisterFilter, offices: Mapping[str, str]) -> list[Box]:
    """Return the boxes; of offices those that are on the page or in the picture."""
    names = dict(offices)
    if chosen.office:
        names.setdefault(chosen.office, chosen.office)
    return [
        Box(
            "office",
            _("Office"),
            _any(_("All offices"), sorted(names.items(), key=lambda one: one[1])),
            chosen.office,
        ),
        Box("origin", _("Comes from"), _any(_("Everywhere"), _words(ORIGINS)), chosen.origin or ""),
        Box("state", _("Stage"), _any(_("All stages"), _words(STATES)), chosen.state or ""),
        Box(
            "age",
            _("Days since it was sent"),
            _any(_("Any age"), [(str(place), words) for place, words in enumerate(_ages())]),
            "" if chosen.age is None else str(chosen.age),
        ),
    ]


def _any(words: str, options: Sequence[tuple[str, str]]) -> list[tuple[str, str]]:
    return [("", words), *options]


def _words(table: Mapping[Any, Any]) -> list[tuple[str, str]]:
    return [(key.value, str(words)) for key, words in table.items()]


def _ages() -> list[str]:
    starts = (0, *(most + 1 for most in AGES[:-1]))
    between = [f"{start}–{most}" for start, most in zip(starts, AGES, strict=True)]
    return [*between, f"> {number(AGES[-1])}"]


def ages_picture(ages: Sequence[OfficeAges], link: Callable[[str], str]) -> AgesPicture:
    """Draw how many findings of each office are open, and for how long."""
    columns = _ages()
    counts = {
        (one.slug, columns[place]): held for one in ages for place, held in enumerate(one.numbers) if held
    }
    return AgesPicture(
        charts.heat(counts, [one.slug for one in ages], columns),
        {one.slug: one.name for one in ages},
        {one.slug: link(one.slug) for one in ages},
    )
