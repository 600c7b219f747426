"""An answer that came by letter, filed by an officer of the Ombudsman."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError

from ombudsman_app.core.clock import today
from ombudsman_app.findings.commands import PaperInput
from ombudsman_app.findings.formats import POSITIONS
from ombudsman_app.findings.states import PaperChannel, Position
from ombudsman_app.web.fields import stripped, told
from ombudsman_app.web.forms import DayField

from .fields import text_box
from .office import ResponseForm

_FIRST_ZONE = "Asia/Jayapura"  # a day that has begun anywhere in Indonesia may be named
_REFERENCE = 80
REFUSED_DAYS = {
    "in_future": _l("This day lies in the future. Write the day on which it happened."),
    "before_receipt": _l("On this day the office did not have the finding yet, by the proof of receipt."),
    "before_sent": _l("On this day the finding had not been sent yet, or not been given back."),
}


class PaperAnswerForm(ResponseForm):
    """What the office answers, as its letter says it."""

    channel = RadioField(
        _l("How did it come?"),
        choices=[
            SelectChoice(PaperChannel.POST, _l("Post or courier")),
            SelectChoice(PaperChannel.BY_HAND, _l("Handed over at our office")),
            SelectChoice(PaperChannel.MAIL, _l("E-mail")),
        ],
        validators=[InputRequired(_l("Choose how it came."))],
    )
    received_on = DayField(
        _l("Day on which it reached our office"), validators=[InputRequired(_l("Write the day."))]
    )
    position = RadioField(
        _l("What does the office say to this finding?"),
        choices=[SelectChoice(one, POSITIONS[one]) for one in Position],
        validators=[InputRequired(_l("Choose one of the three."))],
    )
    text = text_box(_l("Their answer"), missing=_l("Write what the office answers."), rows=6)
    action = text_box(_l("What does the office do?"))
    reference = StringField(
        _l("Number of their letter"),
        filters=[stripped],
        validators=[Optional(), *told(_REFERENCE)],
        render_kw={"maxlength": _REFERENCE},
    )

    def validate_received_on(self, field: Any) -> None:
        if isinstance(field.data, date) and field.data > today(_FIRST_ZONE):
            raise ValidationError(_("This day lies in the future. Write the day on which it happened."))

    def refuse_day(self, why: str) -> None:
        """Say at the day why it cannot be."""
        self.received_on.errors = [*self.received_on.errors, REFUSED_DAYS[why]]

    def to_paper(self) -> PaperInput:
        return PaperInput(
            answer=self.to_input(),
            channel=PaperChannel(self.channel.data),
            received_on=self.received_on.data,
            reference=self.reference.data or "",
        )
