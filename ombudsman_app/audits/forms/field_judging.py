"""What a third and a reviewer type: whose answer holds, what is changed and why."""

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length

from ombudsman_app.audits.commands.settling import SettlingInput, Taken
from ombudsman_app.audits.scoring.definition import Indicator
from ombudsman_app.core import limits
from ombudsman_app.web.fields import VersionedForm, stripped, told
from ombudsman_app.web.forms import BaseForm

from .field import AnswerForm


class SettleForm(AnswerForm):
    """Whose answer holds: of the first, of the second, or another one."""

    taken = RadioField(
        _l("Which answer holds?"),
        choices=[
            SelectChoice(Taken.FIRST, _l("That of the first sheet")),
            SelectChoice(Taken.SECOND, _l("That of the second sheet")),
            SelectChoice(Taken.OTHER, _l("Another one")),
        ],
        validators=[InputRequired(_l("Choose one of the three."))],
    )
    reason = TextAreaField(
        _l("Why?"),
        filters=[stripped],
        validators=[
            InputRequired(_l("Write the reasons.")),
            *told(limits.REASON, limits.REASON_LEAST),
        ],
        render_kw={"rows": 3, "maxlength": limits.REASON},
    )

    def fit(self, indicator: Indicator, anchors: list[tuple[str, str]]) -> "SettleForm":
        super().fit(indicator, anchors)
        for name in ("note", "promised_days"):
            if name in self:
                del self[name]
        return self

    def validate_more(self) -> bool:
        """Judge the other answer only where it is the one that holds."""
        if self.taken.data != Taken.OTHER:
            return True
        if self.to_input().as_given() is None and not any(one.errors for one in self):
            self._note("value", _("Write the answer that holds."))
        return super().validate_more()

    def to_settling(self) -> SettlingInput:
        return SettlingInput(Taken(self.taken.data), self.reason.data, self.to_input())


class ChangeForm(AnswerForm):
    """Another answer, and why."""

    reason = TextAreaField(
        _l("Why is the answer changed? The branch may read it."),
        filters=[stripped],
        validators=[
            InputRequired(_l("Write the reasons.")),
            *told(limits.REASON, limits.REASON_LEAST),
        ],
        render_kw={"rows": 3, "maxlength": limits.REASON},
    )


class RemarkForm(BaseForm):
    """A remark to one indicator."""

    remark_key = HiddenField(validators=[InputRequired(), Length(max=limits.FORM_KEY)])
    remark = TextAreaField(
        _l("Remark for the team"),
        filters=[stripped],
        validators=[InputRequired(_l("Write the remark.")), *told(limits.REASON)],
        render_kw={"rows": 3, "maxlength": limits.REASON},
    )


class GiveBackForm(VersionedForm):
    """Why the audit goes back to the team."""

    back_reason = TextAreaField(
        _l("What must the team do?"),
        filters=[stripped],
        validators=[
            InputRequired(_l("Write the reasons.")),
            *told(limits.REASON, limits.REASON_LEAST),
        ],
        render_kw={"rows": 3, "maxlength": limits.REASON},
    )
