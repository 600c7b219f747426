"""What officers of an office that was asked type."""

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, StringField, TextAreaField
from wtforms.validators import InputRequired, Length, Optional

from ombudsman_app.complaints.commands import OfficeAnswer
from ombudsman_app.core import limits
from ombudsman_app.web.fields import stripped, told
from ombudsman_app.web.forms import BaseForm

REFERENCE = 80  # characters of the number of a letter of theirs


class OfficeAnswerForm(BaseForm):
    """The written explanation of an office."""

    text = TextAreaField(
        _l("Your explanation"),
        filters=[stripped],
        validators=[
            InputRequired(_l("Write the explanation of your office.")),
            *told(limits.MESSAGE, limits.REASON_LEAST),
        ],
        render_kw={"rows": 14, "maxlength": limits.MESSAGE},
    )
    reference = StringField(
        _l("Number of your letter"),
        filters=[stripped],
        validators=[Optional(), *told(REFERENCE)],
        render_kw={"maxlength": REFERENCE},
    )
    form_key = HiddenField(validators=[Length(max=limits.FORM_KEY)])

    def to_input(self) -> OfficeAnswer:
        return OfficeAnswer(
            text=self.text.data, reference=self.reference.data or "", form_key=self.form_key.data or ""
        )
