"""Estimates of arrears, of the fine and of a project."""

import re
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    SelectField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Optional, ValidationError

from ombudsman_app.core.clock import today
from ombudsman_app.employers.estimates.fields import EstimateType
from ombudsman_app.employers.forms.fields import read_rupiah
from ombudsman_app.web.fields import stripped, told
from ombudsman_app.web.forms import DayField

from .base import Box, EstimateForm, iso_day, whole_number

_BILL = re.compile(r"(0?[1-9]|1[0-2])[/-]([0-9]{4})[\s;]+(\S+)(?:[\s;]+(\S+))?", re.ASCII)
_BILLS_TEXT = 4_000
_ZONE = "Asia/Jayapura"


class ArrearsForm(EstimateForm):
    """Billed and not paid: the same each month, or month by month."""

    KIND = EstimateType.ARREARS
    OPTIONAL = frozenset({"billed", "paid", "bills", "paid_on", "first", "last"})

    first = SelectField(_l("From which month?"), validators=[Optional()])
    last = SelectField(_l("To which month?"), validators=[Optional()])
    billed = Box(_l("Billed for each month"), description=_l("Rupiah, the same in every month"))
    paid = Box(_l("Paid of it for each month"), description=_l("Rupiah; leave it empty for nothing"))
    bills = TextAreaField(
        _l("Or month by month"),
        filters=[stripped],
        validators=[Optional(), *told(_BILLS_TEXT)],
        render_kw={"rows": 4, "maxlength": _BILLS_TEXT},
        description=_l("One line a month: month/year, billed, paid. Example: 01/2026 5.000.000 2.000.000"),
    )
    paid_on = DayField(
        _l("The rest is paid, or to be paid, on"),
        validators=[Optional()],
        description=_l("Then the charge of 2 percent a month for lateness is shown, too, beside the total."),
    )

    def validate_bills(self, field: Any) -> None:
        _read_bills(field.data)

    def read(self) -> dict[str, Any]:
        paid_on = iso_day(self.paid_on.data)
        if bills := _read_bills(self.bills.data):
            return {"bills": bills, "paid_on": paid_on}
        billed, paid = read_rupiah(self.billed.data), read_rupiah(self.paid.data)
        return {**self._period(), "billed": billed, "paid": paid, "paid_on": paid_on}


def _read_bills(text: str | None) -> list[dict[str, Any]]:
    """Read one bill a line. Raises ValidationError with the number of the line."""
    found = []
    for line_number, line in enumerate((text or "").splitlines(), 1):
        if not line.strip():
            continue
        parts = _BILL.fullmatch(line.strip())
        try:
            billed = read_rupiah(parts[3]) if parts else None
            paid = read_rupiah(parts[4]) if parts and parts[4] else 0
        except ValidationError:
            billed = None
        if parts is None or billed is None:
            raise ValidationError(
                _(
                    "Line %(num)s is not understood. Write it like this: 01/2026 5.000.000 2.000.000",
                    num=line_number,
                )
            )
        found.append({"month": f"{parts[2]}-{int(parts[1]):02d}", "billed": billed, "paid": paid})
    return found


class FineForm(EstimateForm):
    """0.1 % a month after the second warning."""

    KIND = EstimateType.FINE

    contribution = Box(
        _l("Contribution that should be paid for one month"),
        missing=_l("Write the contribution of one month."),
        description=_l("Rupiah. An estimate of the employer gives it: its fine is 0.1 percent of it."),
    )
    received_on = DayField(
        _l("The employer received the second warning on"), validators=[InputRequired(_l("Write the day."))]
    )
    until = DayField(_l("Count up to"), validators=[InputRequired(_l("Write the day."))])

    def fill(self) -> None:
        super().fill()
        self.until.data = today(_ZONE)

    def read(self) -> dict[str, Any]:
        return {
            "contribution_per_month": read_rupiah(self.contribution.data),
            "warning_2_received_on": iso_day(self.received_on.data),
            "until": iso_day(self.until.data),
        }


class JakonForm(EstimateForm):
    """A project: by its value, or by workers and wages."""

    KIND = EstimateType.JAKON
    OPTIONAL = frozenset({"value", "with_vat", "workers", "wage", "first", "last"})

    value = Box(_l("Value of the contract without VAT"), description=_l("In rupiah"))
    with_vat = Box(
        _l("Value with VAT"), description=_l("Rupiah. It is kept beside the other and not counted.")
    )
    workers = Box(_l("Or by wages: how many workers?"), read=whole_number)
    wage = Box(
        _l("Wage of one worker a month"), description=_l("Rupiah. Empty: the minimum wage of the province.")
    )
    first = SelectField(_l("From which month?"), validators=[Optional()])
    last = SelectField(_l("To which month?"), validators=[Optional()])

    def fill(self) -> None:
        """A project begins with its value: nothing is filled in."""

    def read(self) -> dict[str, Any]:
        value, workers = read_rupiah(self.value.data), whole_number(self.workers.data)
        if value is not None and workers is None:
            return {
                "contract_value_without_vat": value,
                "contract_value_with_vat": read_rupiah(self.with_vat.data),
            }
        wage = read_rupiah(self.wage.data)
        by_wage = {"workers": workers, "wage": wage, **self._period()}
        if workers is not None and wage is None:
            by_wage["region"] = self.start.region
        return {"contract_value_without_vat": value, **(by_wage if workers is not None else {})}
