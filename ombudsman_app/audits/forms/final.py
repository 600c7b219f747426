"""What the staff types between the draft and the final result."""

from collections.abc import Mapping
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, Regexp, ValidationError

from ombudsman_app.audits.commands import ProposalInput, RulingInput
from ombudsman_app.audits.commands.correcting import CorrectionInput
from ombudsman_app.audits.scoring.answers import REASON, AnswersInvalid, read_answer
from ombudsman_app.audits.scoring.definition import Indicator
from ombudsman_app.audits.scoring.exact import LONGEST_NUMBER
from ombudsman_app.audits.states import Ruling
from ombudsman_app.core import limits
from ombudsman_app.web.fields import VersionedForm, stripped, told


def _box(label: Any, *, missing: Any = None, rows: int = 4, most: int = limits.REASON) -> Any:
    needed = [InputRequired(missing), *told(most, limits.REASON_LEAST)] if missing else [Optional()]
    return TextAreaField(
        label,
        filters=[stripped],
        validators=[*needed, *told(most)] if not missing else needed,
        render_kw={"rows": rows, "maxlength": most},
    )


def _number(label: Any) -> StringField:
    """A number as it is written, with a point or a comma; what is none is told by the indicator."""
    return StringField(
        label,
        filters=[stripped, lambda typed: typed.replace(",", ".") if isinstance(typed, str) else typed],
        validators=[
            Optional(),
            *told(LONGEST_NUMBER),
            Regexp(r"[0-9]+(\.[0-9]+)?\Z", message=_l("Write a number in figures.")),
        ],
        render_kw={"inputmode": "decimal", "maxlength": LONGEST_NUMBER, "autocomplete": "off"},
    )


class AnswerForm(VersionedForm):
    """Another answer to one indicator, in the fields that it takes."""

    choice = RadioField(_l("The new answer"), validators=[Optional()], choices=[])
    value = _number(_l("The new value"))
    numerator = _number(_l("Cases that met it"))
    denominator = _number(_l("All cases"))
    is_na = BooleanField(_l("The indicator does not apply to this office"))
    na_reason = _box(_l("Why does it not apply?"), rows=2, most=REASON)

    def fit(self, indicator: Indicator, words: Mapping[str, str]) -> None:
        """Leave only what this indicator takes; `words`: its choices."""
        if indicator.answer_type.choices:
            self.choice.choices = [SelectChoice(one, words[one]) for one in indicator.answer_type.choices]
            del self.value, self.numerator, self.denominator
        elif indicator.answer_type.is_counted:
            del self.choice, self.value
        else:
            del self.choice, self.numerator, self.denominator
        if not indicator.may_be_na:
            del self.is_na, self.na_reason

    def show(self, answer: Mapping[str, Any]) -> None:
        """Begin with the answer that stands."""
        for name, key in (
            ("choice", "value"),
            ("value", "value"),
            ("numerator", "numerator"),
            ("denominator", "denominator"),
        ):
            if name in self and key in answer:
                self[name].data = str(answer[key])

    def validate_more(self, indicator: Indicator) -> bool:
        """The new answer is one that the indicator takes."""
        try:
            read_answer(self.answer(), indicator)
        except (AnswersInvalid, ValueError):
            field: Any = next(self[name] for name in ("choice", "value", "denominator") if name in self)
            field.errors = [*field.errors, _("This is no answer to this indicator. Look at it once more.")]
            return False
        if "na" in self.answer() and not self.answer()["na"]:
            self.na_reason.errors = [_("Write why it does not apply.")]
            return False
        return True

    def answer(self) -> dict[str, Any]:
        """Return the new answer as scoring reads it."""
        if "is_na" in self and self.is_na.data:
            return {"na": self.na_reason.data or ""}
        if "numerator" in self:
            return {name: int(self[name].data or "-1") for name in ("numerator", "denominator")}
        return {"value": self["choice" if "choice" in self else "value"].data or ""}


class RulingForm(AnswerForm):
    """Taken over with the new answer, or kept; the reason is read by the office."""

    ruling = RadioField(
        _l("What do you decide?"),
        choices=[
            SelectChoice(Ruling.TAKEN_OVER, _l("Take it over: the answer is changed")),
            SelectChoice(Ruling.KEPT, _l("Keep the answer and its score")),
        ],
        validators=[InputRequired(_l("Choose one of the two."))],
    )
    counts_files = BooleanField(_l("The files of the office count as evidence"))
    reason = _box(_l("Why? The office reads this."), missing=_l("Write why you decide so."))

    def validate_more(self, indicator: Indicator) -> bool:
        """Kept, or taken over with an answer that the indicator takes."""
        return self.ruling.data != Ruling.TAKEN_OVER or super().validate_more(indicator)

    def to_input(self) -> RulingInput:
        ruling = Ruling(self.ruling.data)
        is_change = ruling is Ruling.TAKEN_OVER
        return RulingInput(
            ruling=ruling,
            reason=self.reason.data,
            answer=self.answer() if is_change else None,
            counts_files=is_change and "counts_files" in self and bool(self.counts_files.data),
        )


class CorrectionForm(AnswerForm):
    """The answer as it should have been; everybody reads the reason beside the result."""

    evidence = StringField(
        _l("Items of evidence that there are for it"),
        filters=[stripped],
        validators=[
            InputRequired(_l("Write how many items of evidence there are.")),
            Regexp(r"[0-9]{1,4}\Z", message=_l("Write a number in figures.")),
        ],
        render_kw={"inputmode": "numeric", "maxlength": 4, "autocomplete": "off"},
    )
    reason = _box(
        _l("What was wrong, and how was it found? Everybody reads this."),
        missing=_l("Write what was wrong."),
    )

    def validate_evidence(self, field: StringField) -> None:
        """No more than one case can have."""
        if not field.errors and int(field.data) > limits.STAFF_FILES:
            raise ValidationError(_("Write a number from 0 to %(max)d.", max=limits.STAFF_FILES))

    def to_input(self, indicator: str) -> CorrectionInput:
        answer = self.answer()
        if "na" not in answer:
            answer["evidence"] = int(self.evidence.data or "0")
        return CorrectionInput(indicator, answer, self.reason.data)


class DropCorrectionForm(VersionedForm):
    """Why a correction is not made."""

    drop_reason = _box(_l("Why is it not corrected?"), missing=_l("Write why it is not corrected."), rows=2)


class ProposalForm(VersionedForm):
    """The words of a finding that a low score proposes."""

    summary = StringField(
        _l("The finding in one line"),
        filters=[stripped],
        validators=[
            InputRequired(_l("Say in one line what is wrong.")),
            *told(limits.NAME, limits.REASON_LEAST),
        ],
        render_kw={"maxlength": limits.NAME},
    )
    description = _box(
        _l("What was found, and on what evidence?"), missing=_l("Write what was found."), rows=6
    )
    rule = StringField(
        _l("Which rule was not kept?"),
        filters=[stripped],
        validators=[InputRequired(_l("Name the rule with its article.")), *told(limits.SHORT_TEXT)],
        render_kw={"maxlength": limits.SHORT_TEXT},
    )
    suggestion = _box(_l("Suggestion for improvement"), missing=_l("Write what the office could do better."))

    def to_input(self) -> ProposalInput:
        return ProposalInput(self.summary.data, self.description.data, self.rule.data, self.suggestion.data)


class DropForm(VersionedForm):
    """Why a proposed finding is none."""

    reason = _box(_l("Why is this no finding?"), missing=_l("Write why this is no finding."), rows=3)
