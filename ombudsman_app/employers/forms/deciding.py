"""What is decided about an employer: what is over, what is one, what is opened."""

from collections.abc import Sequence

from flask_babel import lazy_gettext as _l
from wtforms import (
    HiddenField,
    RadioField,
)
from wtforms.validators import InputRequired

from ombudsman_app.employers import formats
from ombudsman_app.employers.states import Breach, BreachEnd
from ombudsman_app.web.forms import BaseForm

from .fields import choices, reason_box


class EndBreachForm(BaseForm):
    """What is over, and how it ended."""

    breach = RadioField(_l("What is over?"), validators=[InputRequired(_l("Choose one."))])
    ended_as = RadioField(
        _l("How did it end?"),
        choices=choices(formats.ENDS),
        validators=[InputRequired(_l("Choose one."))],
    )
    reason = reason_box(_l("By what is it known?"))

    def __init__(self, *, breaches: Sequence[Breach]) -> None:
        super().__init__()
        self.breach.choices = choices({one: formats.BREACHES[one] for one in breaches})

    @property
    def end(self) -> BreachEnd:
        return BreachEnd(self.ended_as.data)


class OpenNumberForm(BaseForm):
    """Why the number of a human being must be seen."""

    reason = reason_box(_l("Why do you need the number?"))


class SameForm(BaseForm):
    """Two rows are one employer, or are not."""

    other = HiddenField()
    reason = reason_box(_l("How do you know?"))
