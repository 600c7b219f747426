"""Fields that forms of meetings and commitments share."""

from typing import Any

from wtforms import SelectMultipleField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ombudsman_app.core import limits
from ombudsman_app.web.fields import stripped, told

KEY = [Length(max=limits.FORM_KEY)]
LIST = 20_000  # of a box with one thing a line


def line(label: Any, most: int, missing: Any = None, **more: Any) -> StringField:
    """One line of at most so many characters; with `missing` it must be filled, and says so."""
    needed = [InputRequired(missing)] if missing else [Optional()]
    given = {"maxlength": most, **more}
    return StringField(label, filters=[stripped], validators=[*needed, *told(most)], render_kw=given)


def lines(label: Any, missing: Any = None, *, rows: int = 4, most: int = limits.REASON) -> TextAreaField:
    """Several lines; with `missing` they must be filled, and say so."""
    needed = [InputRequired(missing)] if missing else [Optional()]
    return TextAreaField(
        label,
        filters=[stripped],
        validators=[*needed, *told(most)],
        render_kw={"rows": rows, "maxlength": most},
    )


def ticks(label: Any) -> SelectMultipleField:
    """Offer several at once, as boxes to tick."""
    return SelectMultipleField(
        label, choices=[], widget=ListWidget(prefix_label=False), option_widget=CheckboxInput()
    )


def parted(text: str | None) -> list[list[str]]:
    """Read a box with one thing a line, its parts behind semicolons; empty lines are left out."""
    return [
        [part.strip() for part in row.split(";")] for row in (text or "").splitlines() if row.strip(" ;\t")
    ]
