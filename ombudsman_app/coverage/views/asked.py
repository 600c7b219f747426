"""What the address of a page of figures asks for."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from flask import request
from flask_babel import gettext as _

from ombudsman_app.coverage import queries
from ombudsman_app.coverage.figure_formats import measure_name
from ombudsman_app.coverage.measure_codes import measure_code, measure_from
from ombudsman_app.coverage.queries import Measure
from ombudsman_app.coverage.states import Level
from ombudsman_app.web.formats import day


@dataclass(frozen=True)
class Asked:
    """A measure, a day (None: the newest of each place), and what there is to choose from."""

    measure: Measure
    on: date | None
    held: Sequence[Measure]
    days: Sequence[date]

    @property
    def said(self) -> dict[str, str]:
        """Return the values of the address that are not as they are by themselves."""
        given = {"ukuran": measure_code(self.measure)} if self.held and self.measure != self.held[0] else {}
        return given | ({"tanggal": self.on.isoformat()} if self.on else {})

    def boxes(self) -> list[dict[str, Any]]:
        """Return the two boxes above a map: what is counted, and as of when."""
        days = [("", _("Newest of each place")), *((one.isoformat(), day(one)) for one in self.days)]
        return [
            {
                "name": "ukuran",
                "label": _("What is counted"),
                "options": [(measure_code(one), measure_name(one)) for one in self.held],
                "chosen": measure_code(self.measure),
            },
            {
                "name": "tanggal",
                "label": _("As of"),
                "options": days,
                "chosen": self.on.isoformat() if self.on else "",
            },
        ]


def asked_measure(level: Level, province: str | None = None) -> Asked:
    """Read the address. 2 statements."""
    held = queries.measures_held()
    measure = measure_from(request.args.get("ukuran", "")[:80], held)
    days = queries.days_of(measure, level, province=province)
    return Asked(measure, asked_day("tanggal"), held, days)


def asked_day(name: str) -> date | None:
    """Return a day of the address; None for none and for what is no day."""
    try:
        return date.fromisoformat(request.args.get(name, ""))
    except ValueError:
        return None
