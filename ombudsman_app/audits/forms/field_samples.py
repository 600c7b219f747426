"""What is typed for one thing that was looked at: a waiting time, a claim file, a counter, a person asked."""

from datetime import date
from itertools import pairwise
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from ombudsman_app.audits.commands.samples import SampleInput
from ombudsman_app.audits.scoring.definition import AnswerType, Indicator
from ombudsman_app.audits.scoring.samples import LONGEST_SECONDS
from ombudsman_app.audits.states import SampleKind
from ombudsman_app.core import limits
from ombudsman_app.web.fields import stripped
from ombudsman_app.web.forms import BaseForm, DayField
from ombudsman_app.web.paging import read_id

_MINUTE = 60
_MARK = 40
_FEW: dict[str, Any] = {"inputmode": "numeric", "autocomplete": "off", "maxlength": 4}
_WANTED = {
    SampleKind.TIMING: ("minutes", "seconds", "started_at", "counter"),
    SampleKind.CLAIM_FILE: ("mark", "received_on", "complete_on", "decided_on"),
    SampleKind.COUNTER: ("value", "counter"),
    SampleKind.OFFICER: ("value",),
    SampleKind.USER: ("value",),
}

_ASKED: dict[SampleKind, Any] = {
    SampleKind.COUNTER: _l("What was found at this counter?"),
    SampleKind.OFFICER: _l("How well could this officer answer?"),
    SampleKind.USER: _l("Did this person experience it?"),
}


class SampleForm(BaseForm):
    """One thing that was looked at. `fit` leaves the fields that its kind needs."""

    sample_key = HiddenField(validators=[InputRequired(), Length(max=limits.FORM_KEY)])
    minutes = StringField(_l("Minutes"), filters=[stripped], render_kw=_FEW)
    seconds = StringField(_l("Seconds"), filters=[stripped], render_kw=_FEW)
    started_at = HiddenField(_l("Start of the clock"), validators=[Length(max=limits.LINE)])
    mark = StringField(
        _l("Mark of the file"),
        filters=[stripped],
        validators=[Length(max=_MARK)],
        render_kw={"maxlength": _MARK},
    )
    received_on = DayField(_l("Received"), validators=[Optional()])
    complete_on = DayField(_l("Complete and correct"), validators=[Optional()])
    decided_on = DayField(_l("Decided or paid"), validators=[Optional()])
    value = RadioField(_l("What was found"), choices=[], validate_choice=False, validators=[Optional()])
    counter = SelectField(_l("At which counter?"), choices=[], validate_choice=False, validators=[Optional()])

    def fit(
        self,
        kind: SampleKind,
        indicator: Indicator,
        anchors: list[tuple[str, str]],
        counters: list[tuple[int, str]],
    ) -> "SampleForm":
        """Leave what this kind needs."""
        self.kind = kind
        for name in {one for names in _WANTED.values() for one in names} - set(_WANTED[kind]):
            del self[name]
        if "value" in self:
            scale = [SelectChoice(step, f"{step}: {words}") for step, words in anchors]
            yes_no = [SelectChoice("yes", _("Yes")), SelectChoice("no", _("No"))]
            self.value.choices = scale if indicator.answer_type is AnswerType.SCALE4 else yes_no
            self.value.label.text = str(_ASKED[kind])
        if "counter" in self:
            self.counter.choices = [(str(one), name) for one, name in counters]
            if not counters:
                del self.counter
        return self

    def validate_more(self) -> bool:
        """Say beside the field what is missing or cannot be."""
        if self.kind is SampleKind.TIMING:
            self._check_time()
        elif self.kind is SampleKind.CLAIM_FILE:
            self._check_days()
        elif self.value.data not in [choice.value for choice in self.value.choices]:
            self._note("value", _("Choose one of the answers."))
        return not any(one.errors for one in self)

    def _check_time(self) -> None:
        if not all(not text or (text.isascii() and text.isdigit()) for text in self._times()):
            self._note("minutes", _("Write a whole number in figures, such as 12."))
        elif not 0 < self._seconds() <= LONGEST_SECONDS:
            self._note("minutes", _("Write how long it took, a day at most."))

    def _check_days(self) -> None:
        if not self.mark.data:
            self._note("mark", _("Give the file a mark of your own, such as File 3."))
        days = [(name, self[name].data) for name in ("received_on", "complete_on", "decided_on")]
        known = [(name, one) for name, one in days if isinstance(one, date)]
        for name, one in known:
            if not limits.EARLIEST_YEAR <= one.year < limits.LATEST_YEAR:
                self._note(name, _("Check the year: %(year)s is not possible.", year=one.year))
        for (_first, earlier), (name, later) in pairwise(known):
            if later < earlier:
                self._note(name, _("This day lies before the one above."))

    def _note(self, name: str, words: str) -> None:
        self[name].errors = [*self[name].errors, words]

    def _times(self) -> tuple[str, str]:
        return self.minutes.data or "", self.seconds.data or ""

    def _seconds(self) -> int:
        minutes, seconds = self._times()
        return int(minutes or 0) * _MINUTE + int(seconds or 0)

    def to_input(self) -> SampleInput:
        return SampleInput(self.kind, self._content(), self.sample_key.data, self._counter())

    def _content(self) -> dict[str, Any]:
        match self.kind:
            case SampleKind.TIMING:
                return {"seconds": self._seconds(), "started_at": self.started_at.data or ""}
            case SampleKind.CLAIM_FILE:
                days = {name: self[name].data for name in ("received_on", "complete_on", "decided_on")}
                return {
                    "mark": self.mark.data,
                    **{name: one and one.isoformat() for name, one in days.items()},
                }
            case SampleKind.USER:
                return {"experienced": self.value.data == "yes"}
            case _:
                return {"value": self.value.data}

    def _counter(self) -> int | None:
        if "counter" not in self:
            return None
        allowed = {value for value, _name in self.counter.choices}
        return read_id(self.counter.data or "") if self.counter.data in allowed else None
