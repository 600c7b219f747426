"""Fields and checks that several forms of complaints share."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from wtforms import Field, Form
from wtforms.validators import Optional, ValidationError

from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.web import forms

# A day that has begun anywhere in Indonesia may be named; WIT is the first zone to reach it.
_FIRST_ZONE = "Asia/Jayapura"


def not_in_future(_form: Form, field: Field) -> None:
    """An event lies in the past; today counts."""
    if isinstance(field.data, date) and field.data > today(_FIRST_ZONE):
        raise ValidationError(_("This day lies in the future. Write the day on which it happened."))


def not_ancient(_form: Form, field: Field) -> None:
    """A year before 1900 is a slip of the finger."""
    if isinstance(field.data, date) and field.data.year < limits.EARLIEST_YEAR:
        raise ValidationError(_("Check the year: %(year)s is too long ago.", year=field.data.year))


class DayField(forms.DayField):
    """A day of something that happened, or nothing."""

    def __init__(self, label: Any, **more: Any) -> None:
        super().__init__(label, validators=[Optional(), not_in_future, not_ancient], **more)
