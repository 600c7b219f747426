"""What people type about compliance cases, in this house and in the portal."""

from collections.abc import Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from ombudsman_app.core import limits
from ombudsman_app.employers.commands.cases import (
    CaseInput,
    DelayFinding,
    EndInput,
    ForwardInput,
    ReviewInput,
    StepInput,
)
from ombudsman_app.employers.errors import StepRefused
from ombudsman_app.employers.forms.fields import line, read_rupiah, rupiah_box, text_box, ticks
from ombudsman_app.employers.models import CaseStep
from ombudsman_app.employers.origins import Origin
from ombudsman_app.employers.queries.cases import BodyChoice
from ombudsman_app.employers.states import Breach
from ombudsman_app.web.fields import VersionedForm, stripped, told, whole_number
from ombudsman_app.web.forms import BaseForm, DayField

from .rules import TMP2T_SERVICES, CaseSource, LadderAct, Recipient, Review
from .words import ACTS, ENDS, REVIEWS, SOURCES, service_word

_KEY = [Length(max=limits.FORM_KEY)]
_NUMBER = 80
REFUSED_DAYS = {
    "in_future": _l("This day lies in the future. Write the day on which it happened."),
    "too_early": _l("Check the year: it is too long ago."),
    "before_letter": _l("This day lies before the day of the letter."),
    "before_step": _l("An earlier step of the ladder bears a later day. Check both letters."),
    "after_step": _l("A later step of the ladder bears an earlier day. Check both letters."),
    "unknown": _l("Choose from the list."),
}


def _named(office: BodyChoice) -> str:
    return str(_("%(office)s (same regency)", office=office.name)) if office.is_near else office.name


class OpenCaseForm(BaseForm):
    """Which open kinds of an employer a case is about, and what it began with; never who."""

    _origin: Origin | None = None
    breaches = ticks(_l("What is the case about?"), {})
    source = RadioField(
        _l("What did it begin with?"),
        choices=[SelectChoice(one, SOURCES[one]) for one in CaseSource],
        validators=[InputRequired(_l("Choose one."))],
    )
    note = text_box(_l("Note for colleagues"), rows=3)
    earlier = HiddenField(validators=[Length(max=limits.ID_DIGITS)])
    form_key = HiddenField(validators=_KEY)

    def offer(self, breaches: Sequence[Breach], words: Any) -> None:
        """Set which kinds can be followed: open ones that no open case follows."""
        self.breaches.choices = [SelectChoice(one.value, words[one]) for one in breaches]

    def begin_with(self, origin: Origin) -> None:
        """Ask no more what it began with: it is opened from a record that says it."""
        self._origin = origin
        del self.source

    def start(self, chosen: Sequence[str], earlier: int | None, source: str = "") -> None:
        """Fill the form of a new page: everything that can be followed is ticked.

        `source`: what the page that led here says it began with; anything else than a source is nothing.
        """
        if self.source:
            self.source.data = source if source in tuple(CaseSource) else None
        self.breaches.data, self.earlier.data = list(chosen), str(earlier or "")
        self.form_key.data = uuid4().hex

    def validate_more(self) -> bool:
        if not self.breaches.data:
            self.breaches.errors = [*self.breaches.errors, _("Choose at least one.")]
        return not self.breaches.errors

    def to_input(self) -> CaseInput:
        return CaseInput(
            breaches=[Breach(one) for one in self.breaches.data or ()],
            source=self._origin.source if self._origin else CaseSource(self.source.data),
            note=self.note.data or "",
            subject=self._origin.subject if self._origin else None,
            earlier_case_id=whole_number(self.earlier.data) or None,
            form_key=self.form_key.data or "",
        )


class VerifyForm(VersionedForm):
    """How a report was checked."""

    text = text_box(
        _l("How was it checked? Whom did you ask, what did you see?"),
        _l("Write how it was checked."),
    )


class NoteForm(BaseForm):
    """A note for this house alone."""

    note = text_box(_l("Note for colleagues"), _l("Write the note."), rows=3)
    form_key = HiddenField(validators=_KEY)

    def renew(self) -> None:
        """Give the form of a new page its key."""
        self.form_key.data = uuid4().hex


class HandOverForm(VersionedForm):
    """Another officer takes a case."""

    officer = SelectField(
        _l("Who handles the case from now on?"),
        coerce=whole_number,
        validators=[InputRequired(_l("Choose a colleague."))],
    )

    def offer(self, people: Sequence[tuple[int, str]]) -> None:
        self.officer.choices = [SelectChoice(str(number), name) for number, name in people]


class ForwardForm(VersionedForm):
    """To which office a case goes, and what that office may read."""

    office = SelectField(
        _l("To which office?"), coerce=whole_number, validators=[InputRequired(_l("Choose an office."))]
    )
    summary = text_box(_l("Summary for the office"), _l("Write what the office must know."), rows=8)

    def offer(self, offices: Sequence[BodyChoice]) -> None:
        """Offer the offices, the one that is proposed first."""
        self.office.choices = [SelectChoice(str(one.id), _named(one)) for one in offices]

    def to_input(self, recipient: Recipient) -> ForwardInput:
        return ForwardInput(recipient, int(self.office.data), self.summary.data)


class StepForm(VersionedForm):
    """An act of a public body, as its letter says it."""

    act = RadioField(_l("Which step was taken?"), validators=[InputRequired(_l("Choose the step."))])
    number = line(_l("Number of the letter"), _NUMBER, missing=_l("Write the number of the letter."))
    dated_on = DayField(
        _l("Day of the letter"), validators=[InputRequired(_l("Write the day of the letter."))]
    )
    delivered_on = DayField(_l("Day on which it reached the employer"), validators=[Optional()])
    signed_as = line(_l("Signed by (office held)"), limits.NAME)
    admin_fine = rupiah_box(_l("Administrative fine, 0.1% a month (rupiah)"))
    late_charge = rupiah_box(_l("Late charge, 2% a month (rupiah)"))
    services = ticks(_l("Which public services?"), {})
    asked_office = SelectField(
        _l("Of which government was it requested?"), coerce=whole_number, validators=[Optional()]
    )
    note = text_box(_l("What else does the letter say?"), rows=3)
    form_key = HiddenField(validators=_KEY)

    def offer(self, acts: Sequence[LadderAct], governments: Sequence[BodyChoice]) -> None:
        """Set which steps can be recorded now, and of whom a TMP2T can be requested."""
        self.act.choices = [SelectChoice(one.value, ACTS[one]) for one in acts]
        self.services.choices = [SelectChoice(one, service_word(one)) for one in TMP2T_SERVICES]
        self.asked_office.choices = [
            SelectChoice("0", _("Not known")),
            *(SelectChoice(str(one.id), one.name) for one in governments),
        ]

    def fill(self, step: CaseStep) -> None:
        """Show what was recorded, to be corrected."""
        self.act.data = step.act.value
        self.number.data, self.signed_as.data, self.note.data = step.number, step.signed_as, step.note
        self.dated_on.data, self.delivered_on.data = step.dated_on, step.delivered_on
        self.admin_fine.data = str(step.admin_fine) if step.admin_fine is not None else ""
        self.late_charge.data = str(step.late_charge) if step.late_charge is not None else ""
        self.services.data = list(step.services or ())
        self.asked_office.data = step.asked_office_id or 0

    def renew(self) -> None:
        """Give the form of a new page its key."""
        self.form_key.data = uuid4().hex

    def refuse(self, refused: StepRefused) -> None:
        """Say at the field what cannot be."""
        field = self[refused.details["field"]]
        field.errors = [*field.errors, REFUSED_DAYS[refused.details["why"]]]

    def to_input(self) -> StepInput:
        delivered: date | None = self.delivered_on.data
        return StepInput(
            act=LadderAct(self.act.data),
            number=self.number.data,
            dated_on=self.dated_on.data,
            delivered_on=delivered,
            signed_as=self.signed_as.data or "",
            asked_office_id=int(self.asked_office.data or 0) or None,
            admin_fine=read_rupiah(self.admin_fine.data),
            late_charge=read_rupiah(self.late_charge.data),
            services=list(self.services.data or ()),
            note=self.note.data or "",
            form_key=self.form_key.data or "",
        )


class DisputeForm(VersionedForm):
    """A protest: of the employer through the branch, or of the branch."""

    text = text_box(_l("What is disputed, and why?"), _l("Write what is disputed and why."), rows=6)
    form_key = HiddenField(validators=_KEY)

    def renew(self) -> None:
        """Give the form of a new page its key."""
        self.form_key.data = uuid4().hex


class ReviewForm(VersionedForm):
    """What another officer says to a protest."""

    review = RadioField(
        _l("Is the protest right?"),
        choices=[SelectChoice(one, REVIEWS[one]) for one in Review],
        validators=[InputRequired(_l("Choose one of the two."))],
    )
    reason = text_box(_l("Why? The branch reads it."), _l("Write the reasons."))

    def to_input(self) -> ReviewInput:
        return ReviewInput(Review(self.review.data), self.reason.data)


class EndForm(VersionedForm):
    """How a case ends, and why."""

    end = RadioField(_l("How does the case end?"), validators=[InputRequired(_l("Choose one."))])
    end_reason = text_box(_l("Why? The offices that know the case read it."), _l("Write the reasons."))

    def offer(self, events: Sequence[str]) -> None:
        """Set which ends are possible now."""
        self.end.choices = [SelectChoice(name, words) for name, words in ENDS.items() if name in events]

    def to_input(self) -> EndInput:
        return EndInput(self.end.data, self.end_reason.data)


class DelayForm(VersionedForm):
    """The finding that a delay becomes. It names the case by its number, never the employer."""

    summary = StringField(
        _l("The finding in one line"),
        filters=[stripped],
        validators=[
            InputRequired(_l("Say in one line what is wrong.")),
            *told(limits.NAME, limits.REASON_LEAST),
        ],
        render_kw={"maxlength": limits.NAME},
    )
    description = text_box(_l("What was found, and on what evidence?"), _l("Write what was found."), rows=6)
    rule = line(
        _l("Which rule was not kept?"), limits.SHORT_TEXT, missing=_l("Name the rule with its article.")
    )
    measure = text_box(_l("What is the office to do?"), _l("Write what the office is to do."), rows=3)

    def fill(self, given: DelayFinding) -> None:
        """Show what is proposed."""
        self.summary.data, self.description.data = given.summary, given.description
        self.rule.data, self.measure.data = given.rule, given.measure

    def to_input(self) -> DelayFinding:
        return DelayFinding(self.summary.data, self.description.data, self.rule.data, self.measure.data)


class DropDelayForm(VersionedForm):
    """Why a delay becomes no finding."""

    reason = text_box(_l("Why is it no finding?"), _l("Write the reason."), rows=3)
