"""What officers of the bodies under watch type."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from ombudsman_app.core import limits
from ombudsman_app.findings.commands import ProgressInput, ResponseInput
from ombudsman_app.findings.states import Position
from ombudsman_app.web.fields import VersionedForm, stripped, told
from ombudsman_app.web.forms import BaseForm, DayField

from .fields import text_box

_KEY = [Length(max=limits.FORM_KEY)]


class ResponseForm(VersionedForm):
    """Accept, in part or dispute; what is done, by whom, by when."""

    position = RadioField(
        _l("What does your office say to this finding?"),
        choices=[
            SelectChoice(Position.ACCEPT, _l("We accept it")),
            SelectChoice(Position.IN_PART, _l("We accept it in part")),
            SelectChoice(Position.DISPUTE, _l("We dispute it")),
        ],
        validators=[InputRequired(_l("Choose one of the three."))],
    )
    text = text_box(_l("Your answer"), missing=_l("Write the answer of your office."), rows=6)
    action = text_box(_l("What is done?"))
    responsible = StringField(
        _l("Which office or position does it?"),
        filters=[stripped],
        validators=[Optional(), *told(limits.NAME)],
        render_kw={"maxlength": limits.NAME},
    )
    by_on = DayField(_l("By when?"), validators=[Optional()])
    form_key = HiddenField(validators=_KEY)

    def validate_more(self) -> bool:
        """Whoever accepts says what is done and by when; whoever disputes says why, which the text does."""
        if self.position.data == Position.DISPUTE:
            return True
        if not self.action.data:
            self.action.errors = [*self.action.errors, _("Write what your office does about it.")]
        if not self.by_on.data:
            self.by_on.errors = [*self.by_on.errors, _("Write the day by which it is done.")]
        return not self.action.errors and not self.by_on.errors

    def to_input(self) -> ResponseInput:
        return ResponseInput(
            position=Position(self.position.data),
            text=self.text.data,
            action=self.action.data or "",
            responsible=self.responsible.data or "",
            by_on=self.by_on.data,
            form_key=self.form_key.data or "",
        )


class ProgressForm(BaseForm):
    """How far the office is."""

    text = text_box(_l("How far are you?"), missing=_l("Write what has been done so far."))
    form_key = HiddenField(validators=_KEY)

    def to_input(self) -> ProgressInput:
        return ProgressInput(self.text.data, self.form_key.data or "")
