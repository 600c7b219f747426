"""What officers of an audited office type about one indicator of the draft."""

from collections.abc import Sequence
from typing import Any
from uuid import UUID

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional
from wtforms.widgets import CheckboxInput

from ombudsman_app.attachments.queries import FileLine
from ombudsman_app.audits.commands import ResponseInput
from ombudsman_app.audits.states import Stance
from ombudsman_app.core import limits
from ombudsman_app.web.fields import VersionedForm, stripped, told


class ResponseForm(VersionedForm):
    """Accept, dispute or remark. `version`: the id of the last thing said, so that no word is passed over."""

    stance = RadioField(
        _l("What does your office say to this score?"),
        choices=[
            SelectChoice(Stance.ACCEPT, _l("We accept it")),
            SelectChoice(Stance.DISPUTE, _l("We dispute it")),
            SelectChoice(Stance.REMARK, _l("We have a remark")),
        ],
        validators=[InputRequired(_l("Choose one of the three."))],
    )
    text = TextAreaField(
        _l("Your words"),
        filters=[stripped],
        validators=[Optional(), *told(limits.REASON)],
        render_kw={"rows": 5, "maxlength": limits.REASON},
    )
    files = SelectMultipleField(
        _l("Which of your files show it?"), validate_choice=True, option_widget=CheckboxInput()
    )
    form_key = HiddenField(validators=[Length(max=limits.FORM_KEY)])

    def offer(self, files: Sequence[FileLine]) -> None:
        """Let the office name files that it has sent."""
        self.files.choices = [SelectChoice(str(one.uuid), one.name) for one in files]

    def validate_more(self) -> bool:
        """Whoever disputes or remarks says why; accepting needs no word."""
        text: Any = self.text
        if self.stance.data in (Stance.DISPUTE, Stance.REMARK) and len(text.data or "") < limits.REASON_LEAST:
            text.errors = [
                *text.errors,
                _("Tell a little more: at least %(min)d characters.", min=limits.REASON_LEAST),
            ]
        return not text.errors

    def to_input(self, indicator: str) -> ResponseInput:
        return ResponseInput(
            indicator=indicator,
            stance=Stance(self.stance.data),
            text=self.text.data or "",
            files=[UUID(one) for one in self.files.data or ()],
            form_key=self.form_key.data or "",
        )
