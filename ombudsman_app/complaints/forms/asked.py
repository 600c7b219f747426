"""What officers of an office that was asked type."""

from collections.abc import Iterable

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from ombudsman_app.complaints.commands import OfficeAnswer, Signer
from ombudsman_app.core import limits
from ombudsman_app.core.sealing import as_crockford
from ombudsman_app.documents.models import Document
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


class OpenLinkForm(BaseForm):
    """Who opens a link, for the office."""

    name = StringField(
        _l("Your full name"),
        filters=[stripped],
        validators=[InputRequired(_l("Write your name.")), *told(limits.NAME, 3)],
        render_kw={"maxlength": limits.NAME, "autocomplete": "name"},
    )
    position = StringField(
        _l("Your position in the office"),
        filters=[stripped],
        validators=[InputRequired(_l("Write your position.")), *told(limits.LINE, 3)],
        render_kw={"maxlength": limits.LINE, "autocomplete": "organization-title"},
    )
    answers_for_office = BooleanField(
        _l("I answer for this office"),
        validators=[InputRequired(_l("Only who answers for the office opens its letter."))],
    )

    code = StringField(
        _l("Code"),
        filters=[stripped],
        validators=[InputRequired(_l("Write the code that the office got apart from the link."))],
        render_kw={
            "maxlength": 40,
            "autocomplete": "off",
            "autocapitalize": "characters",
            "spellcheck": "false",
        },
    )

    def to_signer(self) -> Signer:
        return Signer(self.name.data, self.position.data, as_crockford(self.code.data))

    def say_wrong_code(self) -> None:
        """Say that the code is another one."""
        self.code.errors = [
            _("This is not the code of the link. Look at it again, or ask the office that gave you the link.")
        ]


class AnswerLinkForm(BaseForm):
    """For which letter a link is made."""

    letter = RadioField(_l("For which letter?"), validators=[InputRequired(_l("Choose the letter."))])

    def offer(self, letters: Iterable[Document]) -> None:
        """Set the letters that stand."""
        self.letter.choices = [SelectChoice(str(one.id), one.number or "") for one in letters]
        if len(self.letter.choices) == 1 and not self.is_submitted():
            self.letter.data = self.letter.choices[0].value
