"""What a head types about a place where others can learn."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import TextAreaField
from wtforms.validators import InputRequired, ValidationError

from ombudsman_app.audits.commands.study_places import StudyPlaceInput
from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.web.fields import VersionedForm, stripped, told
from ombudsman_app.web.forms import DayField

_LAST_ZONE = "Asia/Jakarta"  # a day that is over there is over everywhere


def _reason(label: Any, missing: Any) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[stripped],
        validators=[InputRequired(missing), *told(limits.REASON, limits.REASON_LEAST)],
        render_kw={"rows": 3, "maxlength": limits.REASON},
    )


class StudyPlaceForm(VersionedForm):
    """Why others can learn there, and until when."""

    reason = _reason(_l("Why can others learn here?"), _l("Write why others can learn here."))
    until = DayField(
        _l("Until when does this hold?"), validators=[InputRequired(_l("Write until when it holds."))]
    )

    def validate_until(self, field: Any) -> None:
        if isinstance(field.data, date) and field.data < today(_LAST_ZONE):
            raise ValidationError(_("This day is over. Write a day to come."))
        if isinstance(field.data, date) and field.data.year > limits.LATEST_YEAR:
            raise ValidationError(_("Check the year: %(year)s is too far away.", year=field.data.year))

    def to_input(self) -> StudyPlaceInput:
        return StudyPlaceInput(self.reason.data, self.until.data)


class EndStudyPlaceForm(VersionedForm):
    """Why it ends before its day."""

    end_reason = _reason(_l("Why does it end before its day?"), _l("Write why it ends."))
