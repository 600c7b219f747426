"""Estimates of workers: not registered, wages too low, programmes missing."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    SelectField,
)
from wtforms.validators import InputRequired, Optional

from ombudsman_app.employers.estimate_words import PROGRAMME_NAMES
from ombudsman_app.employers.estimates.fields import EstimateType
from ombudsman_app.employers.estimates.rates import rates
from ombudsman_app.employers.forms.fields import read_rupiah, ticks
from ombudsman_app.employers.states import Programme
from ombudsman_app.web.forms import DayField

from .base import Box, EstimateForm, iso_day, month_box, whole_number, written


class _WorkersForm(EstimateForm):
    """Workers and a wage, month by month."""

    OPTIONAL = frozenset({"wage", "paid_on"})

    workers = Box(_l("How many workers?"), missing=_l("Write how many workers."), read=whole_number)
    wage = Box(
        _l("Wage of one worker a month"),
        description=_l(
            "Rupiah. Leave it empty where nobody knows it: the minimum wage of the province is taken."
        ),
    )
    assumed = BooleanField(_l("This wage is an assumption, such as the minimum wage of the regency"))
    first = month_box(_l("From which month?"))
    last = month_box(_l("To which month?"))
    jkk_class = SelectField(
        _l("Class of risk of the work (JKK)"), description=_l("Asked where JKK is counted.")
    )
    programmes = ticks(
        _l("Which programmes?"), PROGRAMME_NAMES, InputRequired(_l("Choose at least one programme."))
    )
    paid_on = DayField(
        _l("Paid, or to be paid, on"),
        validators=[Optional()],
        description=_l("Then the charge of 2 percent a month for lateness is shown, too, beside the total."),
    )

    def fill(self) -> None:
        super().fill()
        self.wage.data = written(self.start.wage_paid)
        self.programmes.data = [str(p) for p in self._asked()]
        self.workers.data = written(self._workers())

    def read(self) -> dict[str, Any]:
        return {
            "workers": whole_number(self.workers.data),
            **self._wage("wage"),
            **self._period(),
            "jkk_class": self.jkk_class.data,
            "programs": self.programmes.data,
            "paid_on": iso_day(self.paid_on.data),
        }

    def _wage(self, name: str) -> dict[str, Any]:
        wage = read_rupiah(self.wage.data)
        if wage is None:
            return {"region": self.start.region}
        return {name: wage, "wage_is_assumed": bool(self.assumed.data) or None}

    def _workers(self) -> int | None:
        return self.start.workers

    def _required(self) -> tuple[Programme, ...]:
        return rates().required.get(str(self.start.scale or ""), ())

    def _asked(self) -> tuple[Programme, ...]:
        return self._required()


class PwbdForm(_WorkersForm):
    """Nobody is registered."""

    KIND = EstimateType.PWBD


class LeftOutForm(_WorkersForm):
    """Some are not registered."""

    KIND = EstimateType.PDS_WORKERS

    def _workers(self) -> int | None:
        return self.start.left_out


class LowWageForm(_WorkersForm):
    """The wage was reported too low."""

    KIND = EstimateType.PDS_WAGE

    reported_wage = Box(
        _l("Wage that was reported to BPJS"),
        missing=_l("Write the reported wage."),
        description=_l("Rupiah a month"),
    )

    def fill(self) -> None:
        super().fill()
        self.reported_wage.data = written(self.start.wage_reported)

    def read(self) -> dict[str, Any]:
        return {
            **super().read(),
            **self._wage("true_wage"),
            "reported_wage": read_rupiah(self.reported_wage.data),
        }

    def to_input(self) -> dict[str, Any]:
        return {key: value for key, value in super().to_input().items() if key != "wage"}

    def _workers(self) -> int | None:
        return self.start.registered or self.start.workers


class MissingProgrammeForm(_WorkersForm):
    """Programmes are missing."""

    KIND = EstimateType.PDS_PROGRAM

    def fill(self) -> None:
        super().fill()
        self.programmes.label.text = _("Which programmes are missing?")

    def _asked(self) -> tuple[Programme, ...]:
        return tuple(p for p in self._required() if p not in self.start.programmes)
