"""What officers give when they move, open, take or leave a case."""

from collections.abc import Iterable
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from ombudsman_app.complaints.commands import DecisionInput
from ombudsman_app.core import limits
from ombudsman_app.web.fields import VersionedForm, stripped, told
from ombudsman_app.web.forms import BaseForm

from .fields import DayField


def reason_box(label: Any, missing: Any, *, least: int = limits.REASON_LEAST, rows: int = 3) -> TextAreaField:
    """A box for grounds that must be given."""
    return TextAreaField(
        label,
        filters=[stripped],
        validators=[InputRequired(missing), *told(limits.REASON, least)],
        render_kw={"rows": rows, "maxlength": limits.REASON},
    )


class BeginForm(VersionedForm):
    """Take a received complaint and begin the formal check."""


class OpenIdentityForm(BaseForm):
    """Why the identity is opened (PD2)."""

    reason = reason_box(
        _l("Why do you need to know who reports?"),
        _l("Without a reason the identity stays sealed."),
    )


class DeclarationForm(BaseForm):
    """Has this person an interest in the case? (UU 37/2008 Pasal 40)"""

    interest = RadioField(
        _l("Do you have an interest in this case?"),
        choices=[
            SelectChoice("no", _l("No, I have no interest in it")),
            SelectChoice("yes", _l("Yes, I have an interest in it")),
        ],
        validators=[InputRequired(_l("Choose one of the two."))],
    )
    reason = TextAreaField(
        _l("What is the interest?"),
        filters=[stripped],
        validators=[Optional(), *told(limits.REASON)],
        render_kw={"rows": 3, "maxlength": limits.REASON},
    )


class _ExaminerForm(VersionedForm):
    examiner = RadioField(_l("Who examines it?"), validators=[InputRequired(_l("Choose an examiner."))])

    def offer(self, examiners: Iterable[tuple[int, str]]) -> None:
        """Set who can be chosen: (id, name)."""
        self.examiner.choices = [SelectChoice(str(number), name) for number, name in examiners]

    @property
    def examiner_id(self) -> int:
        return int(self.examiner.data)


class DecisionForm(_ExaminerForm):
    """The meeting accepts the report and gives it to an examiner."""

    considerations = reason_box(
        _l("What did the meeting consider?"),
        _l("Write why the report is accepted."),
        least=limits.CONSIDERATIONS_LEAST,
        rows=6,
    )

    held_on = DayField(_l("Day of the meeting"))
    participants = TextAreaField(
        _l("Who was there"),
        filters=[stripped],
        validators=[Optional(), *told(limits.REASON)],
        render_kw={"rows": 3, "maxlength": limits.REASON},
    )

    def to_input(self) -> DecisionInput:
        return DecisionInput(
            self.considerations.data, self.examiner_id, self.held_on.data, self.participants.data or ""
        )


class AssignForm(_ExaminerForm):
    """Another examiner gets the case."""

    reason = reason_box(_l("Why does the case go to somebody else?"), _l("Write why."))
