"""Forms about more time, which offices ask for and staff grant or refuse; the same in every domain."""

from typing import Any
from uuid import uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, Regexp

from ombudsman_app.core import limits
from ombudsman_app.core.errors import MoreTimeRefused

from .fields import VersionedForm, days_box, stripped, told
from .forms import BaseForm

# What the person can put right in the form; anything else has changed meanwhile.
OF_THE_FORM = ("too_long",)


class MoreTimeForm(BaseForm):
    """An office asks for more time to answer."""

    days = days_box(_l("How many days more?"), _l("Write how many days."))
    reason = TextAreaField(
        _l("Why is the time too short?"),
        filters=[stripped],
        validators=[
            InputRequired(_l("Write why the time is too short.")),
            *told(limits.REASON, limits.REASON_LEAST),
        ],
        render_kw={"rows": 4, "maxlength": limits.REASON},
    )
    form_key = HiddenField(validators=[Length(max=limits.FORM_KEY)])

    def renew(self) -> None:
        """Give the form of a new page its key."""
        self.form_key.data = uuid4().hex


class DecideTimeForm(VersionedForm):
    """Grant more time, all or fewer days, or refuse it."""

    time_verdict = RadioField(
        _l("Do you grant more time?"),
        choices=[SelectChoice("grant", _l("Yes")), SelectChoice("refuse", _l("No"))],
        validators=[InputRequired(_l("Choose one of the two."))],
    )
    granted = StringField(
        _l("How many days?"),
        filters=[stripped],
        validators=[
            Optional(),
            Regexp(r"[0-9]{1,3}\Z", message=_l("Write the number of days in figures, such as 7.")),
        ],
        render_kw={"inputmode": "numeric", "maxlength": 3, "autocomplete": "off"},
    )
    decision = TextAreaField(
        _l("Why? The office reads it."),
        filters=[stripped],
        validators=[Optional(), *told(limits.REASON, limits.REASON_LEAST)],
        render_kw={"rows": 3, "maxlength": limits.REASON},
    )

    def validate_more(self) -> bool:
        """Who grants says how many days, who refuses says why."""
        if self.time_verdict.data == "grant" and not self.granted.errors and not int(self.granted.data or 0):
            self.granted.errors = [_("Write how many days.")]
        if self.time_verdict.data == "refuse" and not self.decision.data:
            self.decision.errors = [*self.decision.errors, _("Write why you refuse it.")]
        return not self.granted.errors and not self.decision.errors

    @property
    def granted_days(self) -> int:
        """The days granted, 0 where it is refused."""
        return int(self.granted.data) if self.time_verdict.data == "grant" else 0


def say_most(field: Any, refused: MoreTimeRefused) -> bool:
    """Say beside the field how many days are possible; False where that is not what was refused."""
    if refused.details["why"] not in OF_THE_FORM:
        return False
    field.errors = [_("At most %(most)s days are possible.", most=refused.details["most"])]
    return True
