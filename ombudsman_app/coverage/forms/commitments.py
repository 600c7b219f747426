"""What people type about commitments."""

from collections.abc import Mapping, Sequence
from typing import Any
from uuid import uuid4

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ombudsman_app.coverage.commands.commitments import CommitmentInput, ReportInput
from ombudsman_app.coverage.meeting_errors import CommitmentRefused
from ombudsman_app.coverage.queries.meetings import BodyChoice
from ombudsman_app.web.fields import VersionedForm, whole_number
from ombudsman_app.web.forms import BaseForm, DayField

from .meeting_fields import KEY, lines

_REFUSED = {
    "whose": _l("Choose a place, a body, or both."),
    "place": _l("Another office of the Ombudsman looks after this place."),
    "too_early": _l("This day lies before the meeting, or on its day."),
    "too_late": _l("This is too far away to be followed. At most five years."),
    "in_future": _l("This day lies in the future. Write the day on which it happened."),
}


class _Refusing:
    """A form that says what a command refused beside its field."""

    def refuse(self, refused: CommitmentRefused) -> None:
        found: Any = self
        words = _REFUSED.get(refused.details.get("why", ""), _l("Look at this again."))
        field = found[refused.details.get("field", "text")]
        field.errors = [*field.errors, str(words)]


class CommitmentForm(_Refusing, BaseForm):
    """What a body promised."""

    text = lines(_l("What was promised?"), _l("Write what was promised."), rows=3)
    region = SelectField(_l("For which place?"), choices=[])
    office = SelectField(_l("By which body?"), choices=[])
    due_on = DayField(_l("By when?"), validators=[InputRequired(_l("Write the last day."))])
    form_key = HiddenField(validators=KEY)

    def offer(self, places: Mapping[int, str], bodies: Sequence[BodyChoice]) -> None:
        """Set what can be chosen."""
        nothing = SelectChoice("", _l("Not for one place"))
        self.region.choices = [nothing, *(SelectChoice(str(key), name) for key, name in places.items())]
        nobody = SelectChoice("", _l("Not in the list of offices"))
        self.office.choices = [nobody, *(SelectChoice(str(one.id), one.name) for one in bodies)]

    def renew(self) -> None:
        self.form_key.data = uuid4().hex

    def to_input(self) -> CommitmentInput:
        return CommitmentInput(
            text=self.text.data,
            due_on=self.due_on.data,
            region_id=whole_number(self.region.data) or None,
            office_id=whole_number(self.office.data) or None,
            form_key=self.form_key.data or "",
        )


class ReportForm(_Refusing, VersionedForm):
    """It is done: since when, and how it can be seen."""

    done_on = DayField(_l("Done on"), validators=[InputRequired(_l("Write the day."))])
    text = lines(_l("What was done? How can it be seen?"), _l("Write what was done."), rows=4)
    form_key = HiddenField(validators=KEY)

    def renew(self) -> None:
        self.form_key.data = uuid4().hex

    def to_input(self) -> ReportInput:
        return ReportInput(self.done_on.data, self.text.data, self.form_key.data or "")


class ConfirmForm(VersionedForm):
    """Another person has looked."""

    text = lines(_l("What did you look at?"), rows=3)


class ReasonForm(VersionedForm):
    """A report is returned, or a commitment dropped."""

    text = lines(_l("Reason"), _l("Write the reason."), rows=3)
