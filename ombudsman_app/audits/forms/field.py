"""What an assessor types in the field: an answer of the kind of its indicator, and evidence for it."""

import re
from dataclasses import replace
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, RadioField, SelectField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from ombudsman_app.audits.commands.evidence import EvidenceInput
from ombudsman_app.audits.commands.sheets import AnswerInput
from ombudsman_app.audits.formats.instruments import evidence_word
from ombudsman_app.audits.models import SheetAnswer
from ombudsman_app.audits.scoring.answers import AnswersInvalid, read_answer
from ombudsman_app.audits.scoring.definition import AnswerType, Indicator
from ombudsman_app.audits.scoring.exact import decimal_of, plain
from ombudsman_app.core import limits
from ombudsman_app.web.fields import VersionedForm, stripped, told
from ombudsman_app.web.forms import BaseForm
from ombudsman_app.web.paging import read_id

from .field_words import answer_problem

_KEY = [Length(max=limits.FORM_KEY)]
_PARTED = re.compile(r"[0-9]{1,3}(\.[0-9]{3})+")
_MOST_DIGITS = 12
_MOST_DAYS = 3
_YES_NO = [SelectChoice("yes", _l("Yes")), SelectChoice("no", _l("No"))]
_NUMBER: dict[str, Any] = {"inputmode": "decimal", "autocomplete": "off", "maxlength": 40}
_COUNT: dict[str, Any] = {"inputmode": "numeric", "autocomplete": "off", "maxlength": _MOST_DIGITS}


class AnswerForm(VersionedForm):
    """The answer to one indicator. `fit` leaves the fields that it needs."""

    answer_key = HiddenField(validators=_KEY)
    choice = RadioField(_l("Answer"), choices=[], validate_choice=False, validators=[Optional()])
    value = StringField(_l("Answer"), filters=[stripped], render_kw=_NUMBER)
    numerator = StringField(_l("How many of them"), filters=[stripped], render_kw=_COUNT)
    denominator = StringField(_l("Of how many"), filters=[stripped], render_kw=_COUNT)
    is_na = BooleanField(_l("Does not apply here"))
    na_reason = TextAreaField(
        _l("Why does it not apply?"),
        filters=[stripped],
        validators=told(limits.REASON),
        render_kw={"rows": 2},
    )
    promised_days = StringField(
        _l("Days that this branch itself promises"),
        filters=[stripped],
        render_kw={"inputmode": "numeric", "autocomplete": "off", "maxlength": _MOST_DAYS},
    )
    note = TextAreaField(
        _l("Note"), filters=[stripped], validators=told(limits.REASON), render_kw={"rows": 3}
    )

    def fit(self, indicator: Indicator, anchors: list[tuple[str, str]]) -> "AnswerForm":
        """Leave what this indicator is answered with. `anchors`: what each step of the scale looks like."""
        self.indicator = indicator
        kind = indicator.answer_type
        if kind is AnswerType.SCALE4:
            self.choice.choices = [SelectChoice(step, words) for step, words in anchors]
        elif kind is AnswerType.YES_NO:
            self.choice.choices = _YES_NO
        wanted = (
            {"choice"} if kind.choices else {"numerator", "denominator"} if kind.is_counted else {"value"}
        )
        for name in {"choice", "value", "numerator", "denominator"} - wanted:
            del self[name]
        if not indicator.may_be_na:
            del self.is_na, self.na_reason
        if indicator.standard_days is None:
            del self.promised_days
        if kind is AnswerType.SURVEY_NEGATIVE:
            self.numerator.label.text = _("How many experienced it")
            self.denominator.label.text = _("Of how many people asked")
        return self

    def fill(self, place: SheetAnswer, *, decimal_comma: bool) -> "AnswerForm":
        """Show what stands there."""
        for name in ("numerator", "denominator", "na_reason", "note"):
            if name in self:
                self[name].data = getattr(place, name) or ""
        if "choice" in self:
            self.choice.data = place.value
        if "value" in self:
            shown = place.value or ""
            self.value.data = shown.replace(".", ",") if decimal_comma else shown
        if "is_na" in self:
            self.is_na.data = place.na_reason is not None
        if "promised_days" in self:
            self.promised_days.data = "" if place.promised_days is None else str(place.promised_days)
        return self

    def validate_more(self) -> bool:
        """Judge the answer as the score will: all that is wrong stands beside its field."""
        self._note_reason()
        self._note_days()
        given = self.to_input()
        if not any(field.errors for field in self) and (answer := given.as_given()) is not None:
            try:
                read_answer(answer, self.indicator)
            except AnswersInvalid as invalid:
                for problem in invalid:
                    self._note(problem.where.rpartition(".")[2], answer_problem(problem))
            else:
                if given.denominator == "0":
                    self._note("denominator", self._nothing_to_divide())
        return not any(field.errors for field in self)

    def _note_reason(self) -> None:
        if "is_na" in self and self.is_na.data and not self.na_reason.data:
            self._note("na_reason", _("Write why it does not apply."))

    def _note_days(self) -> None:
        days = self.promised_days.data if "promised_days" in self else ""
        if days and not (days.isascii() and days.isdigit() and int(days) > 0):
            self._note("promised_days", _("Write the number of days in figures, such as 7."))

    def _nothing_to_divide(self) -> str:
        if self.indicator.may_be_na:
            return str(_("0 of 0 is no share. If there was no case, say that it does not apply, and why."))
        return str(_("0 of 0 is no share. Count at least one case."))

    def _note(self, name: str, words: str) -> None:
        at = (
            name
            if name in self
            else "choice"
            if "choice" in self
            else "value"
            if "value" in self
            else "numerator"
        )
        if name == "na":
            at = "na_reason" if "na_reason" in self else at
        self[at].errors = [*self[at].errors, words]

    def to_input(self) -> AnswerInput:
        """Return what was typed. A number that cannot be read notes so beside its field."""
        days = (self.promised_days.data or "") if "promised_days" in self else ""
        is_number = days.isascii() and days.isdigit() and int(days) > 0
        note = (self.note.data or "") if "note" in self else ""
        said = AnswerInput(note=note, promised_days=int(days) if is_number else None)
        if "is_na" in self and self.is_na.data:
            return replace(said, na_reason=self.na_reason.data or "")
        if "choice" in self:
            return replace(said, value=self.choice.data or None)
        if "value" in self:
            return replace(said, value=self._number())
        return replace(said, numerator=self._count("numerator"), denominator=self._count("denominator"))

    def _number(self) -> str | None:
        text = (self.value.data or "").replace(" ", "")
        if not text:
            return None
        number = None if _PARTED.fullmatch(text) else decimal_of(text.replace(",", ".", 1))
        if number is None:
            self._refuse("value", _("Write a number without dots for thousands, such as 1250 or 1,25."))
            return None
        return plain(number)

    def _count(self, name: str) -> str | None:
        text = (self[name].data or "").replace(" ", "")
        if not text:
            other = self["denominator" if name == "numerator" else "numerator"]
            if (other.data or "").strip():
                self._refuse(name, _("Write both numbers."))
            return None
        if not (text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS):
            self._refuse(name, _("Write a whole number in figures, such as 12."))
            return None
        return str(int(text))

    def _refuse(self, name: str, words: str) -> None:
        if words not in self[name].errors:
            self[name].errors = [*self[name].errors, words]


class WordsForm(BaseForm):
    """Words as evidence: what was said, what was seen, an address."""

    item_key = HiddenField(validators=[InputRequired(), *_KEY])
    kind = SelectField(_l("What is it?"), choices=[], validate_choice=False, validators=[InputRequired()])
    text = TextAreaField(
        _l("What was said or seen, or the address of the page"),
        filters=[stripped],
        validators=[InputRequired(_l("Write what was said or seen.")), *told(limits.REASON)],
        render_kw={"rows": 3, "maxlength": limits.REASON},
    )
    counter = SelectField(_l("At which counter?"), choices=[], validate_choice=False, validators=[Optional()])

    def offer(self, kinds: Any, counters: list[tuple[int, str]]) -> "WordsForm":
        """Set what can be chosen: kinds of evidence, counters of the office."""
        self.kind.choices = [(kind.value, evidence_word(kind)) for kind in kinds]
        self.counter.choices = [("", _("The whole office")), *((str(one), name) for one, name in counters)]
        if not counters:
            del self.counter
        return self

    def to_input(self) -> EvidenceInput:
        chosen = read_id(self.counter.data or "") if "counter" in self else None
        allowed = {value for value, _name in self.counter.choices} if "counter" in self else set()
        return EvidenceInput(
            kind=self.kind.data,
            text=self.text.data,
            key=self.item_key.data,
            counter_id=chosen if str(chosen) in allowed else None,
        )


class KindForm(BaseForm):
    """What a file is."""

    kind = StringField(validators=[InputRequired(), Length(max=limits.LINE)])


class SortForm(BaseForm):
    """For which indicator a file stands that was taken in passing."""

    file = StringField(validators=[InputRequired(), Length(max=limits.LINE)])
    indicator = StringField(validators=[InputRequired(), Length(max=limits.LINE)])
