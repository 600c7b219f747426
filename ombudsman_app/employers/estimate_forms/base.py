"""What the forms of estimates have in common: boxes for amounts and months, refusals beside the box."""

from collections.abc import Callable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    SelectField,
    StringField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.core.sealing import random_token
from ombudsman_app.employers.estimate_problems import problem_words
from ombudsman_app.employers.estimate_words import CLASSES, class_words
from ombudsman_app.employers.estimates.fields import EstimateType
from ombudsman_app.employers.estimates.months import Month, month_of
from ombudsman_app.employers.estimates.problems import EstimateRefused
from ombudsman_app.employers.estimates.rates import rates
from ombudsman_app.employers.forms.fields import read_rupiah
from ombudsman_app.employers.money import NoAmount
from ombudsman_app.employers.money import read_rupiah as read_plain
from ombudsman_app.employers.queries import EstimateStart
from ombudsman_app.web.fields import stripped, told
from ombudsman_app.web.formats import month_long
from ombudsman_app.web.forms import BaseForm

_ZONE = "Asia/Jayapura"  # a month that has begun anywhere in Indonesia may be named
_MONTHS_BACK = 12
_LINE = 40
# of the input, by the names of the form
_FIELDS = {
    **{"from": "first", "to": "last", "months": "last", "programs": "programmes", "scale": "programmes"},
    **{"joined": "programmes", "true_wage": "wage", "region": "wage", "wage_is_assumed": "assumed"},
    **{"jp_ceiling_above_wage": "first", "warning_2_received_on": "received_on"},
    **{"contract_value_without_vat": "value", "contract_value_with_vat": "with_vat"},
    **{"contribution_per_month": "contribution"},
}


def whole_number(text: str | None) -> int | None:
    """Read a number of workers as people write it: 1.200; None for nothing. Raises ValidationError."""
    try:
        return read_plain(text or "")
    except NoAmount:
        raise ValidationError(_("Write a number such as 120.")) from None


class Box(StringField):  # type: ignore[misc]  # WTForms has no types
    """A box for one number."""

    def __init__(
        self, label: Any, *, missing: Any = None, read: Callable[..., Any] = read_rupiah, **more: Any
    ):
        needed = InputRequired(missing) if missing else Optional()
        super().__init__(
            label,
            filters=[stripped],
            validators=[needed, *told(_LINE), lambda _form, field: read(field.data) and None],
            render_kw={"maxlength": _LINE, "autocomplete": "off", "inputmode": "numeric"},
            **more,
        )


def month_box(label: Any) -> SelectField:
    return SelectField(label, validators=[InputRequired(_l("Choose the month."))])


def _class_choices() -> list[SelectChoice]:
    return [SelectChoice("", _("Choose")), *(SelectChoice(name, class_words(name)) for name in CLASSES)]


class EstimateForm(BaseForm):
    """What all types have. `KIND`: which; `OPTIONAL`: boxes that may stay empty."""

    KIND: EstimateType
    OPTIONAL: frozenset[str] = frozenset()
    SHORT = frozenset(
        {"workers", "wage", "reported_wage", "billed", "paid", "value", "with_vat", "contribution"}
    )

    form_key = HiddenField(default=random_token, validators=[Optional(), Length(max=limits.FORM_KEY)])

    def __init__(self, start: EstimateStart) -> None:
        super().__init__()
        self.start = start
        if "first" in self._fields:
            choices = [SelectChoice("", _("Choose")), *_months()]
            self["first"].choices = self["last"].choices = choices
        if "jkk_class" in self._fields:
            self["jkk_class"].choices = _class_choices()

    @property
    def shown(self) -> list[Any]:
        """The boxes in their order, without what is hidden."""
        return [field for field in self if field.name != "csrf_token" and field.type != "HiddenField"]

    def fill(self) -> None:
        """Start from what the newest observations say."""
        if "first" in self._fields:
            last = month_of(today(_ZONE)).plus(-1)
            self["first"].data, self["last"].data = str(last.plus(1 - _MONTHS_BACK)), str(last)

    def to_input(self) -> dict[str, Any]:
        """Return the input of `estimates.estimate`."""
        found = {key: value for key, value in self.read().items() if value not in (None, "", [])}
        return {"type": str(self.KIND), **found}

    def read(self) -> dict[str, Any]:
        """Return what its own boxes hold; each form says it."""
        return {}

    def refuse(self, refused: EstimateRefused) -> None:
        """Put each problem beside the box that it is about."""
        for problem in refused.problems:
            name = problem.field.partition("[")[0]
            box = self._fields.get(_FIELDS.get(name, name)) or self.shown[0]
            words = problem_words(problem)
            if words not in box.errors:
                box.errors = [*box.errors, words]

    def _period(self) -> dict[str, Any]:
        return {"from": self["first"].data, "to": self["last"].data}


def _months() -> list[SelectChoice]:
    """All months since employers must join, the newest first."""
    newest = month_of(today(_ZONE))
    found = (newest.plus(-back) for back in range(newest.number - rates().first.number + 1))
    return [SelectChoice(str(month), _named(month)) for month in found]


def _named(month: Month) -> str:
    return month_long(month.first_day)


def written(value: int | None) -> str | None:
    return None if value is None else f"{value:,}".replace(",", ".")


def iso_day(day: date | None) -> str | None:
    return day.isoformat() if day else None
