"""What people type about rounds, teams and visits."""

from collections.abc import Iterable, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from flask_babel import ngettext
from wtforms import (
    BooleanField,
    HiddenField,
    RadioField,
    SelectField,
    SelectMultipleField,
    StringField,
    TextAreaField,
)
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional, ValidationError

from ombudsman_app.audits.commands.planning import TeamInput
from ombudsman_app.audits.commands.rounds import RoundInput
from ombudsman_app.audits.formats.stages import instrument_word, scheme_word
from ombudsman_app.audits.models import AuditMember, AuditRound, AuditScheme, InstrumentVersion
from ombudsman_app.audits.queries.teams import Candidate
from ombudsman_app.audits.states import Seat
from ombudsman_app.core import limits
from ombudsman_app.web.fields import VersionedForm, stripped, told, whole_number
from ombudsman_app.web.forms import BaseForm, DayField

_BY_YEAR = ""  # the scheme of the year in which the period ends


def _day(label: Any, missing: Any) -> DayField:
    return DayField(label, validators=[InputRequired(missing), _in_a_year_of_ours])


def _in_a_year_of_ours(_form: Any, field: Any) -> None:
    if field.data and not limits.EARLIEST_YEAR <= field.data.year <= limits.LATEST_YEAR:
        raise ValidationError(_("Check the year: %(year)s cannot be.", year=field.data.year))


def _lines(label: Any, missing: Any = None, *, rows: int = 4) -> TextAreaField:
    needed = (
        [InputRequired(missing), *told(limits.REASON, limits.REASON_LEAST)]
        if missing
        else [Optional(), *told(limits.REASON)]
    )
    return TextAreaField(
        label, filters=[stripped], validators=needed, render_kw={"rows": rows, "maxlength": limits.REASON}
    )


class RoundForm(VersionedForm):
    """A round: what, when, with which instrument, and how it is assessed."""

    form_key = HiddenField(validators=[Optional(), Length(max=limits.FORM_KEY)])
    office = SelectField(_l("Office of the Ombudsman that audits"))
    title = StringField(
        _l("Name of the round"),
        filters=[stripped],
        validators=[InputRequired(_l("Give the round a name.")), *told(limits.LINE, 4)],
        render_kw={"maxlength": limits.LINE},
    )
    purpose = _lines(_l("Purpose"))
    instrument = SelectField(_l("Instrument"), validators=[InputRequired(_l("Choose the instrument."))])
    scheme = SelectField(_l("Scheme of categories"), validators=[Optional()])
    period_from = _day(_l("First day"), _l("Write the first day of the period."))
    period_until = _day(_l("Last day"), _l("Write the last day of the period."))
    assessors = RadioField(
        _l("How is an office assessed?"),
        choices=[
            SelectChoice("together", _l("One sheet: the team assesses together")),
            SelectChoice("blind", _l("Blind: two assessors do not see each other's sheet, a third settles")),
        ],
        default="together",
        validators=[InputRequired(_l("Choose one of the two."))],
    )
    has_cap = BooleanField(_l("A failed critical indicator caps the category"), default=True)

    def offer(
        self,
        offices: Iterable[tuple[int, str]],
        versions: Iterable[InstrumentVersion],
        schemes: Iterable[AuditScheme],
    ) -> None:
        """Set what can be chosen."""
        self.office.choices = [SelectChoice(str(id_), name) for id_, name in offices]
        self.instrument.choices = [SelectChoice(str(one.id), instrument_word(one)) for one in versions]
        self.scheme.choices = [
            SelectChoice(_BY_YEAR, _("That of the year in which the period ends")),
            *(SelectChoice(str(one.id), _scheme_label(one)) for one in schemes),
        ]

    def validate_period_until(self, field: Any) -> None:
        first = self.period_from.data
        if first and field.data and field.data < first:
            raise ValidationError(_("The last day lies before the first one."))
        if first and field.data and (field.data - first).days > limits.ROUND_DAYS:
            raise ValidationError(_("A round lasts two years at most."))

    def fill(self, found: AuditRound) -> None:
        """Show what the round says."""
        self.title.data, self.purpose.data = found.title, found.purpose
        self.instrument.data, self.scheme.data = str(found.instrument_version_id), str(found.scheme_id)
        self.period_from.data, self.period_until.data = found.period_from, found.period_until
        self.assessors.data = "blind" if found.is_blind else "together"
        self.has_cap.data = found.has_cap

    @property
    def office_id(self) -> int:
        return whole_number(self.office.data)

    def to_input(self) -> RoundInput:
        return RoundInput(
            title=self.title.data,
            purpose=self.purpose.data or "",
            version_id=whole_number(self.instrument.data),
            scheme_id=whole_number(self.scheme.data) or None,
            period_from=self.period_from.data,
            period_until=self.period_until.data,
            is_blind=self.assessors.data == "blind",
            has_cap=bool(self.has_cap.data),
            form_key=self.form_key.data or "",
        )


def _scheme_label(scheme: AuditScheme) -> str:
    until = str(scheme.year_until) if scheme.year_until else ""
    years = f"{scheme.year_from}–{until}"
    if scheme.content.get("verified") == "unverified":
        return str(_("%(scheme)s (%(years)s, unverified)", scheme=scheme_word(scheme), years=years))
    return f"{scheme_word(scheme)} ({years})"


class PickForm(VersionedForm):
    """Which offices are added: many ticks at once."""

    items = SelectMultipleField(coerce=whole_number, validate_choice=False)

    def validate_items(self, field: Any) -> None:
        if not field.data:
            raise ValidationError(_("Tick at least one office."))

    @property
    def office_ids(self) -> list[int]:
        return [one for one in self.items.data or [] if one]


class TeamForm(VersionedForm):
    """Who sits in the team. A blind audit has two assessors and a third who settles."""

    lead = SelectField(_l("Lead"), validators=[InputRequired(_l("Choose who leads."))])
    assessor_1 = SelectField(_l("Assessor"), validators=[Optional()])
    assessor_2 = SelectField(_l("One more assessor"), validators=[Optional()])
    adjudicator = SelectField(_l("Adjudicator: settles where two differ"), validators=[Optional()])
    reviewer = SelectField(_l("Reviewer"), validators=[InputRequired(_l("Choose who reviews."))])

    _seats = (
        ("lead", Seat.LEAD),
        ("assessor_1", Seat.ASSESSOR),
        ("assessor_2", Seat.ASSESSOR),
        ("adjudicator", Seat.ADJUDICATOR),
        ("reviewer", Seat.REVIEWER),
    )

    def offer(self, people: Sequence[Candidate], *, is_blind: bool) -> None:
        """Set who can be chosen for each seat, with what each has to do already."""
        left_out = "assessor_2" if is_blind else "adjudicator"
        del self[left_out]
        for name, seat in self._named_seats():
            can = [one for one in people if seat in one.seats]
            self[name].choices = [
                SelectChoice("", _("Nobody yet")),
                *(SelectChoice(str(one.user_id), _candidate(one)) for one in can),
            ]

    def _named_seats(self) -> list[tuple[str, Seat]]:
        return [(name, seat) for name, seat in self._seats if name in self._fields]

    def fill(self, members: Iterable[AuditMember]) -> None:
        """Show who sits already."""
        left = [(one.seat, one.user_id) for one in members]
        for name, seat in self._named_seats():
            held = next(((kind, person) for kind, person in left if kind is seat), None)
            self[name].data = str(held[1]) if held else ""
            if held:
                left.remove(held)

    def validate_more(self) -> bool:
        """Nobody has two seats."""
        seen: set[str] = set()
        for name, _seat in self._named_seats():
            person = self[name].data
            if person and person in seen:
                self[name].errors = [*self[name].errors, _("This person has another seat already.")]
            seen.add(person or "")
        return not self.errors

    def to_input(self) -> TeamInput:
        return TeamInput(
            {whole_number(self[name].data): seat for name, seat in self._named_seats() if self[name].data}
        )


def _candidate(one: Candidate) -> str:
    number = ngettext("%(num)d open audit", "%(num)d open audits", one.open_audits)
    return f"{one.name} – {number}"


class VisitDaysForm(VersionedForm):
    """When the office is visited."""

    first = _day(_l("First day of the visit"), _l("Write the first day of the visit."))
    last = _day(_l("Last day of the visit"), _l("Write the last day of the visit."))

    def refuse(self, why: str) -> None:
        """Say beside the last day why these days are none."""
        words = {
            "order": _("The last day lies before the first one."),
            "too_long": _("A visit takes %(num)d days at most.", num=limits.VISIT_DAYS),
            "period": _("These days lie outside the period of the round."),
        }
        self.last.errors = [*self.last.errors, words[why]]


class StartForm(VersionedForm):
    """The lead goes into the field."""

    has_no_interest = BooleanField(
        _l("I have no interest in this office: no relative, no business, no dispute."),
        validators=[InputRequired(_l("Say that you have no interest in this office, or declare it."))],
    )


class CancelForm(VersionedForm):
    """Why an audit ends without a result."""

    reason = _lines(_l("Why is the audit cancelled?"), _l("Write why the audit is cancelled."))


class InterestForm(BaseForm):
    """Whether somebody has an interest in the office that is audited (UU 37/2008 Pasal 40)."""

    interest = RadioField(
        _l("Do you have an interest in this office?"),
        choices=[
            SelectChoice("no", _l("No: no relative, no business, no dispute")),
            SelectChoice("yes", _l("Yes, or it could look like it")),
        ],
        validators=[InputRequired(_l("Choose one of the two."))],
    )
    reason = _lines(_l("Which interest?"), rows=3)

    def validate_more(self) -> bool:
        """An interest is named."""
        if self.interest.data == "yes" and not self.reason.data:
            self.reason.errors = [*self.reason.errors, _("Say in a few words which interest it is.")]
        return not self.errors


class AssignmentForm(VersionedForm):
    """The letter that sends people to an office."""

    subject = StringField(
        _l("Subject"),
        filters=[stripped],
        validators=[InputRequired(_l("Write what the letter is about.")), *told(limits.NAME)],
        render_kw={"maxlength": limits.NAME},
    )
    words = _lines(_l("What they are sent for"), _l("Write what they are sent for."))
    copies = _lines(_l("Who gets a copy"), rows=2)

    def answers(self) -> dict[str, str]:
        """Return what was typed, as the letter keeps it."""
        return {"words": self.words.data, "copies": self.copies.data or ""}
