"""What officers of the Ombudsman and of a Pemda type about duties of Inpres 2/2021."""

from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ombudsman_app.coverage.commands.duty_inputs import DutyInput
from ombudsman_app.coverage.duties import DutyState
from ombudsman_app.coverage.duty_words import STATES
from ombudsman_app.coverage.errors import DutyRefused
from ombudsman_app.coverage.local_rule_words import rule_name
from ombudsman_app.coverage.models import LocalRule
from ombudsman_app.web.fields import VersionedForm

from .fields import address_box, choices, past_day, reason_box, text_box

WHY: dict[str, Any] = {
    "future": _l("This day lies in the future. Write the day on which it happened."),
    "before_instruction": _l("The instruction is of 2021: no state before it can be told."),
    "no_reason": _l("Write the reason: this state needs one."),
    "no_evidence": _l("Say what shows it: in words, by an address, or by a local rule."),
    "no_address": _l("Write the whole address of the page; it begins with https:// and holds no blanks."),
    "other_place": _l("Choose a rule of the same place."),
    "waits": _l("A proposal about this duty waits already. Withdraw it first, or wait for the answer."),
}
_OF_PEMDA = (DutyState.MET, DutyState.IN_PROGRESS, DutyState.NONE, DutyState.NOT_APPLICABLE)


class DutyForm(VersionedForm):
    """The state of a duty with its evidence. `rules`: local rules of the place."""

    status = RadioField(
        _l("How far is it kept?"),
        choices=choices(STATES),
        validators=[InputRequired(_l("Choose one of these."))],
    )
    as_of = past_day(_l("As of"), _l("Write the day to which this refers."))
    evidence = text_box(_l("What shows it?"))
    local_rule = SelectField(_l("Local rule of the place"))
    evidence_url = address_box(_l("Address where it can be read"))
    reason = text_box(_l("Reason"), rows=3)

    def __init__(self, *, rules: Sequence[LocalRule]) -> None:
        super().__init__()
        self.local_rule.choices = [
            SelectChoice("", _l("None")),
            *(SelectChoice(str(one.id), f"{rule_name(one)}: {one.title}"[:120]) for one in rules),
        ]

    def begin(self, version: int, day: date) -> None:
        """Show an empty form of today."""
        self.version.data, self.as_of.data = str(version), day

    def refuse(self, refused: DutyRefused) -> None:
        """Put the sentence of a refusal beside its field."""
        found = self._fields[refused.details["field"]]
        found.errors = [*found.errors, str(WHY[refused.details["why"]])]

    def to_input(self) -> DutyInput:
        return DutyInput(
            status=DutyState(self.status.data),
            as_of=self.as_of.data,
            reason=self.reason.data or "",
            evidence=self.evidence.data or "",
            evidence_url=self.evidence_url.data or "",
            local_rule_id=int(self.local_rule.data) if self.local_rule.data else None,
        )


class ProposeDutyForm(DutyForm):
    """The same from the Pemda itself, which cannot say that it was not assessed."""

    status = RadioField(
        _l("How far is it kept?"),
        choices=choices(STATES, only=_OF_PEMDA),
        validators=[InputRequired(_l("Choose one of these."))],
    )


class ReturnProposalForm(VersionedForm):
    """Why a proposal goes back."""

    reason = reason_box(_l("Why does it go back? The Pemda reads this."))
