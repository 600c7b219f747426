"""Fields and checks that forms of employers share."""

import re
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.employers import money
from ombudsman_app.employers.money import MOST, NoAmount
from ombudsman_app.web.fields import stripped, told
from ombudsman_app.web.forms import DayField

_FIRST_ZONE = "Asia/Jayapura"  # a day that has begun anywhere in Indonesia may be named
_SPAN = re.compile(
    r"([0-9]{1,3}(?:\.[0-9]{3})*|[0-9]{1,7})(?:\s*[-–]\s*([0-9]{1,3}(?:\.[0-9]{3})*|[0-9]{1,7}))?"
)
_MOST_WORKERS = 9_999_999
MOST_WAGE = 999_999_999  # of a month: fits an INTEGER of PostgreSQL
_AMOUNTS = {
    "unreadable": _l("Write whole rupiah in figures, such as 2.500.000.000."),
    "negative": _l("A value cannot be below nothing."),
    "large": _l("This is too much. Count the zeros again."),
}


def line(label: Any, most: int, *checks: Any, missing: Any = None, **more: Any) -> StringField:
    """One line of at most so many characters; with `missing` it must be filled, and says so."""
    needed = [InputRequired(missing)] if missing else [Optional()]
    return StringField(
        label,
        filters=[stripped],
        validators=[*needed, *told(most), *checks],
        render_kw={"maxlength": most, "autocomplete": "off"},
        **more,
    )


def choices(words: dict[Any, Any], first: Any = None) -> list[SelectChoice]:
    """Offer what a table of words holds; `first`: what the empty choice says."""
    nothing = [SelectChoice("", first)] if first is not None else []
    return [*nothing, *(SelectChoice(str(value), label) for value, label in words.items())]


def ticks(label: Any, words: dict[Any, Any], check: Any = None) -> SelectMultipleField:
    """Offer several at once, as boxes to tick."""
    return SelectMultipleField(
        label,
        choices=choices(words),
        validators=[check] if check else [],  # Optional would let an empty word pass that is no choice
        widget=ListWidget(prefix_label=False),
        option_widget=CheckboxInput(),
    )


def text_box(label: Any, missing: Any = None, *, rows: int = 4, most: int = limits.REASON) -> TextAreaField:
    """Several lines; with `missing` they must be filled, with a sentence at least."""
    needed = [InputRequired(missing), *told(most, limits.REASON_LEAST)] if missing else None
    return TextAreaField(
        label,
        filters=[stripped],
        validators=needed or [Optional(), *told(most)],
        render_kw={"rows": rows, "maxlength": most},
    )


def reason_box(label: Any) -> TextAreaField:
    """A reason that must be given."""
    return text_box(label, _l("Write the reason."), rows=3)


def past_day(label: Any, missing: Any = None) -> DayField:
    """A day that lies behind; check it by `refuse_future`. With `missing` it must be given."""
    return DayField(label, validators=[InputRequired(missing)] if missing else [Optional()])


def refuse_future(field: Any) -> None:
    """Raise ValidationError for a day that has begun nowhere in Indonesia, or lies before all records."""
    if isinstance(field.data, date) and field.data > today(_FIRST_ZONE):
        raise ValidationError(_("This day lies in the future. Write the day on which it happened."))
    if isinstance(field.data, date) and field.data.year < limits.EARLIEST_YEAR:
        raise ValidationError(_("Check the year: %(year)s is too long ago.", year=field.data.year))


def read_span(text: str | None) -> tuple[int, int] | None:
    """Read "120" or "100–150" as both ends; None for nothing. Raises ValidationError."""
    if not text:
        return None
    found = _SPAN.fullmatch(text)
    if found is None:
        raise ValidationError(_("Write a number such as 120, or from–to such as 100–150."))
    low = int(found[1].replace(".", ""))
    high = int(found[2].replace(".", "")) if found[2] else low
    if low > high:
        raise ValidationError(_("The first number must not be larger than the second."))
    if high > _MOST_WORKERS:
        raise ValidationError(_("No employer has that many workers. Check the number."))
    return low, high


def rupiah_box(label: Any, most: int = MOST, **more: Any) -> StringField:
    """One amount as people type it, or none; read it by `read_rupiah`."""

    def check(_form: Any, field: Any) -> None:
        read_rupiah(field.data, most)

    return StringField(
        label,
        filters=[stripped],
        validators=[Optional(), *told(limits.CODE), check],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "maxlength": limits.CODE},
        **more,
    )


def read_rupiah(text: str | None, most: int = MOST) -> int | None:
    """Read whole rupiah; None for nothing. Raises ValidationError, with the words for people."""
    try:
        return money.read_rupiah(text or "", most)
    except NoAmount as refused:
        raise ValidationError(str(_AMOUNTS[refused.why])) from None


class PutsIntoRegister:
    """What forms of a new employer say beside its place and their box `sure`."""

    region: Any
    sure: Any

    @property
    def is_sure(self) -> bool:
        """Whether the person has seen what looks the same and says that it is none of it."""
        return bool(self.sure.data)

    def refuse_place(self) -> None:
        """Say beside the place that it is another office's."""
        words = _("Another office of the Ombudsman looks after this place.")
        self.region.errors = [*self.region.errors, words]

    def offer_sureness(self) -> None:
        self.sure.errors = [*self.sure.errors, _("Look at those above first, then tick this box.")]
