"""What a source says of an employer."""

from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import (
    BooleanField,
    HiddenField,
    SelectField,
    TextAreaField,
)
from wtforms.validators import InputRequired, Length, Optional

from ombudsman_app.core import limits
from ombudsman_app.core.sealing import random_token
from ombudsman_app.employers import formats
from ombudsman_app.employers.commands import BreachInput, ObservationInput
from ombudsman_app.employers.errors import ObservationRefused
from ombudsman_app.employers.states import BREACHES, Breach, Programme, SourceKind
from ombudsman_app.web.fields import stripped, told
from ombudsman_app.web.forms import BaseForm, DayField

from .fields import MOST_WAGE, choices, line, read_rupiah, read_span, refuse_future, rupiah_box, ticks


class _SaidForm(BaseForm):
    """Who says it."""

    source_kind = SelectField(
        _l("Who says so?"),
        choices=choices(formats.SOURCES, _l("Choose")),
        validators=[InputRequired(_l("Choose who says so."))],
    )
    source = line(
        _l("In which paper, list or visit?"),
        limits.SHORT_TEXT,
        missing=_l("Name the paper, the list or the visit."),
        description=_l("Never the name of a worker."),
    )

    def refuse(self, refused: ObservationRefused) -> None:
        """Put a refusal of the command beside the field it concerns."""
        field = self._fields.get(refused.details["field"]) or self.source
        words = {
            "future": _("This day lies in the future. Write the day on which it happened."),
            "range": _("The first number must not be larger than the second."),
            "empty": _("Write at least one number, the programmes or a note."),
        }
        field.errors = [*field.errors, words[refused.details["why"]]]


class ObservationForm(_SaidForm):
    """How many work there and how many are registered, by one source."""

    form_key = HiddenField(default=random_token, validators=[Optional(), Length(max=limits.FORM_KEY)])
    observed_on = DayField(
        _l("For which day do the numbers hold?"), validators=[InputRequired(_l("Write the day."))]
    )
    workers = line(
        _l("Workers"), limits.LINE, description=_l("One number, or from–to where it is not sure: 100–150")
    )
    registered = line(_l("Of them registered"), limits.LINE, description=_l("One number, or from–to"))
    wage_paid = rupiah_box(_l("Wage that is paid, on average"), MOST_WAGE, description=_l("Rupiah a month"))
    wage_reported = rupiah_box(
        _l("Wage that was reported, on average"), MOST_WAGE, description=_l("Rupiah a month")
    )
    programmes = ticks(_l("Programmes it takes part in"), formats.PROGRAMMES)
    note = TextAreaField(
        _l("Note"),
        filters=[stripped],
        validators=[Optional(), *told(limits.REASON)],
        render_kw={"rows": 3, "maxlength": limits.REASON},
        description=_l("Never the name of a worker."),
    )

    def validate_observed_on(self, field: Any) -> None:
        refuse_future(field)

    def validate_workers(self, field: Any) -> None:
        read_span(field.data)

    def validate_registered(self, field: Any) -> None:
        read_span(field.data)

    def to_input(self) -> ObservationInput:
        chosen = tuple(Programme(word) for word in self.programmes.data or ())
        return ObservationInput(
            observed_on=self.observed_on.data,
            source_kind=SourceKind(self.source_kind.data),
            source=self.source.data,
            workers=read_span(self.workers.data),
            registered=read_span(self.registered.data),
            wage_paid=read_rupiah(self.wage_paid.data),
            wage_reported=read_rupiah(self.wage_reported.data),
            programmes=chosen or None,
            note=self.note.data or "",
        )


class BreachForm(_SaidForm):
    """In which ways an employer does not comply: several at once."""

    breaches = ticks(
        _l("What does it not keep?"), formats.BREACHES, InputRequired(_l("Choose at least one."))
    )
    found_on = DayField(_l("Since when is it known?"), validators=[InputRequired(_l("Write the day."))])
    is_proven = BooleanField(_l("It is proven by an act of a public body, named above"))

    @property
    def hints(self) -> dict[str, str]:
        """The articles that are broken, beside each choice."""
        return {str(rule.id): rule.breach for rule in BREACHES.values()}

    def validate_found_on(self, field: Any) -> None:
        refuse_future(field)

    def to_inputs(self) -> list[BreachInput]:
        return [
            BreachInput(
                Breach(word),
                self.found_on.data,
                SourceKind(self.source_kind.data),
                self.source.data,
                bool(self.is_proven.data),
            )
            for word in self.breaches.data
        ]
