"""What officers of the Ombudsman type."""

from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from ombudsman_app.core import limits
from ombudsman_app.core.clock import today
from ombudsman_app.findings.commands import FindingInput, JudgementInput, ReleaseInput, VisitInput
from ombudsman_app.findings.states import Verdict
from ombudsman_app.web.fields import VersionedForm, stripped, told, whole_number
from ombudsman_app.web.forms import BaseForm, DayField

from .fields import text_box

_FIRST_ZONE = "Asia/Jayapura"  # a day that has begun anywhere in Indonesia may be named
_MEASURES = 3  # boxes on the page


class VisitForm(BaseForm):
    """What was seen at an office. It is no score."""

    office = HiddenField(validators=[InputRequired(), Length(max=limits.LINE)])  # chosen on the page before
    visited_on = DayField(
        _l("Day of the visit"), validators=[InputRequired(_l("Write the day of the visit."))]
    )
    seen = text_box(_l("What was seen?"), missing=_l("Write what was seen."), rows=6)
    good_practice = text_box(_l("Good practice"))
    is_study_place = BooleanField(_l("Others can learn here (place for a comparative study)"))
    study_reason = text_box(_l("Why can others learn here?"), rows=3)
    study_until = DayField(_l("Until when does this hold?"), validators=[Optional()])

    def validate_visited_on(self, field: Any) -> None:
        if isinstance(field.data, date) and field.data > today(_FIRST_ZONE):
            raise ValidationError(_("This day lies in the future. Write the day on which it happened."))
        if isinstance(field.data, date) and field.data.year < limits.EARLIEST_YEAR:
            raise ValidationError(_("Check the year: %(year)s is too long ago.", year=field.data.year))

    def validate_more(self) -> bool:
        """A place to learn from needs a reason and an end."""
        if not self.is_study_place.data:
            return True
        if not self.study_reason.data:
            self.study_reason.errors = [*self.study_reason.errors, _("Write why others can learn here.")]
        if not self.study_until.data:
            self.study_until.errors = [*self.study_until.errors, _("Write until when it holds.")]
        return not self.study_reason.errors and not self.study_until.errors

    def to_input(self, office_id: int) -> VisitInput:
        return VisitInput(
            office_id=office_id,
            visited_on=self.visited_on.data,
            seen=self.seen.data,
            good_practice=self.good_practice.data or "",
            is_study_place=bool(self.is_study_place.data),
            study_reason=self.study_reason.data or "",
            study_until=self.study_until.data,
        )


class FindingForm(VersionedForm):
    """What is wrong, by which rule, and what the office is to do."""

    summary = StringField(
        _l("The finding in one line"),
        filters=[stripped],
        validators=[
            InputRequired(_l("Say in one line what is wrong.")),
            *told(limits.NAME, limits.REASON_LEAST),
        ],
        render_kw={"maxlength": limits.NAME},
    )
    description = text_box(
        _l("What was found, and on what evidence?"), missing=_l("Write what was found."), rows=6
    )
    rule = StringField(
        _l("Which rule was not kept?"),
        filters=[stripped],
        validators=[InputRequired(_l("Name the rule with its article.")), *told(limits.SHORT_TEXT)],
        render_kw={"maxlength": limits.SHORT_TEXT},
    )
    measure_1 = text_box(_l("First measure"), missing=_l("Write what the office is to do."), rows=3)
    measure_2 = text_box(_l("Second measure"), rows=3)
    measure_3 = text_box(_l("Third measure"), rows=3)

    def fill(self, given: FindingInput) -> None:
        """Show what stands in the draft."""
        self.summary.data, self.description.data, self.rule.data = (
            given.summary,
            given.description,
            given.rule,
        )
        for place, text in enumerate(given.measures[:_MEASURES], 1):
            self[f"measure_{place}"].data = text

    def to_input(self) -> FindingInput:
        texts = (self[f"measure_{place}"].data for place in range(1, _MEASURES + 1))
        return FindingInput(
            self.summary.data, self.description.data, self.rule.data, [text for text in texts if text]
        )


class JudgementForm(VersionedForm):
    """What another officer says to the answer."""

    verdict = RadioField(
        _l("Is the answer enough?"),
        choices=[
            SelectChoice(Verdict.ENOUGH, _l("Enough: what was promised is watched")),
            SelectChoice(Verdict.NOT_ENOUGH, _l("Not enough: back to the office, with reasons")),
            SelectChoice(Verdict.DONE, _l("Done: nothing is left to do")),
        ],
        validators=[InputRequired(_l("Choose one of the three."))],
    )
    reason = text_box(_l("Why? The office reads it."), missing=_l("Write the reasons."))

    def offer(self, verdicts: list[Verdict]) -> None:
        """Set which judgements are possible now."""
        self.verdict.choices = [one for one in self.verdict.choices if one.value in verdicts]

    def to_input(self) -> JudgementInput:
        return JudgementInput(Verdict(self.verdict.data), self.reason.data)


class ReleaseForm(VersionedForm):
    """A step of the ladder goes out with its letter."""

    words = text_box(_l("What else should the letter say?"), rows=3)

    def to_input(self) -> ReleaseInput:
        return ReleaseInput(self.words.data or "")


__all__ = ["FindingForm", "JudgementForm", "ReleaseForm", "VersionedForm", "VisitForm", "whole_number"]
