"""What officers give so that a clock stands still, and what the head says to it."""

from collections.abc import Iterable
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional

from ombudsman_app.complaints.commands import PauseInput
from ombudsman_app.complaints.states import Ground
from ombudsman_app.core import limits
from ombudsman_app.web.fields import VersionedForm, days_box, stripped, told

from .case import reason_box

# What the grounds of pauses.yaml are called; in Indonesian by their id_label.
GROUND_WORDS: dict[str, Any] = {
    "expert_opinion": _l("Waiting for the opinion of an expert"),
    "court_elsewhere": _l("A court examines the same matter"),
    "reporter_unable": _l("The reporter is ill or kept away by force majeure"),
    "respondent_unable": _l("The respondent is kept away by force majeure"),
    "disaster": _l("A disaster declared by the government"),
}


class PauseForm(VersionedForm):
    """Ask to let a clock stand still."""

    ground = RadioField(_l("Why must it stand still?"), validators=[InputRequired(_l("Choose the ground."))])
    days = days_box(_l("How many days?"), _l("Write how many days."))
    reason = reason_box(
        _l("What happened, and what shows it?"),
        _l("Write what happened. Without a reason nothing stands still."),
    )

    def offer(self, grounds: Iterable[Ground]) -> None:
        """Set the grounds that this clock knows."""
        self.ground.choices = [SelectChoice(ground.id, GROUND_WORDS[ground.id]) for ground in grounds]

    def to_input(self) -> PauseInput:
        return PauseInput(self.ground.data, int(self.days.data), self.reason.data)


class DecidePauseForm(VersionedForm):
    """Release or refuse it."""

    verdict = RadioField(
        _l("Shall it stand still?"),
        choices=[
            SelectChoice("release", _l("Yes, from today")),
            SelectChoice("refuse", _l("No, it runs on")),
        ],
        validators=[InputRequired(_l("Choose one of the two."))],
    )
    reason = TextAreaField(
        _l("Why not?"),
        filters=[stripped],
        validators=[Optional(), *told(limits.REASON, limits.REASON_LEAST)],
        render_kw={"rows": 3, "maxlength": limits.REASON},
    )

    @property
    def is_release(self) -> bool:
        return bool(self.verdict.data == "release")

    def validate_more(self) -> bool:
        """Who refuses says why."""
        if self.verdict.data == "refuse" and not self.reason.data:
            self.reason.errors = [*self.reason.errors, _("Write why you refuse it.")]
        return not self.reason.errors


class EndPauseForm(VersionedForm):
    """Let a clock run again before the pause is over."""

    reason = reason_box(_l("Why is the pause over?"), _l("Write why it is over."))
