"""Fields that forms of coverage share."""

from collections.abc import Iterable
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.web.fields import stripped, told
from ombudsman_app.web.forms import DayField

_FIRST_ZONE = "Asia/Jayapura"  # a day that has begun anywhere in Indonesia may be named


def line(label: Any, most: int, *, missing: Any = None, **look: Any) -> StringField:
    """One line of at most so many characters; with `missing` it must be filled, and says so."""
    needed = [InputRequired(missing)] if missing else [Optional()]
    return StringField(
        label,
        filters=[stripped],
        validators=[*needed, *told(most)],
        render_kw={"maxlength": most, "autocomplete": "off", **look},
    )


def address_box(label: Any, *, missing: Any = None) -> StringField:
    """An address of the web. It is shown and never fetched."""
    return line(label, limits.ADDRESS, missing=missing, inputmode="url", spellcheck="false")


def text_box(label: Any, missing: Any = None, *, rows: int = 4) -> TextAreaField:
    """Several lines; with `missing` they must be filled, with a sentence at least."""
    needed = [InputRequired(missing), *told(limits.REASON, limits.REASON_LEAST)] if missing else None
    return TextAreaField(
        label,
        filters=[stripped],
        validators=needed or [Optional(), *told(limits.REASON)],
        render_kw={"rows": rows, "maxlength": limits.REASON},
    )


def reason_box(label: Any) -> TextAreaField:
    """A reason that must be given."""
    return text_box(label, _l("Write the reason."), rows=3)


def past_day(label: Any, missing: Any = None) -> DayField:
    """A day that lies behind; with `missing` it must be given."""
    needed = [InputRequired(missing)] if missing else [Optional()]
    return DayField(label, validators=[*needed, _no_future])


def _no_future(_form: Any, field: Any) -> None:
    if isinstance(field.data, date) and field.data > today(_FIRST_ZONE):
        raise ValidationError(_("This day lies in the future. Write the day on which it happened."))
    if isinstance(field.data, date) and field.data.year < limits.EARLIEST_YEAR:
        raise ValidationError(_("Check the year: %(year)s is too long ago.", year=field.data.year))


def choices(
    words: dict[Any, Any], first: Any = None, only: Iterable[Any] | None = None
) -> list[SelectChoice]:
    """Offer what a table of words holds; `first`: what the empty choice says; `only`: which of them."""
    nothing = [SelectChoice("", first)] if first is not None else []
    shown = words if only is None else [one for one in words if one in set(only)]
    return [*nothing, *(SelectChoice(str(value), words[value]) for value in shown)]
