"""A trial of the score: one box for each question that is asked; what is left open is taken as chosen."""

from collections.abc import Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField, StringField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import Optional

from ombudsman_app.audits.formats.answers import unit_of
from ombudsman_app.audits.formats.instruments import choice_word
from ombudsman_app.audits.scoring.answers import Answer, AnswersInvalid, read_answer
from ombudsman_app.audits.scoring.definition import AnswerType, Definition, Indicator
from ombudsman_app.web.fields import stripped, told
from ombudsman_app.web.forms import BaseForm

from .instruments import as_decimal

FULL, ZERO = "full", "zero"
NOT_APPLICABLE = "-"
_BOX = 60
_MANY = 1_000_000  # cases of a share that nobody counted: no small sample


class TrialForm(BaseForm):
    """Answers as one would give them; `indicators` are those with a box."""

    indicators: tuple[Indicator, ...] = ()
    rest = SelectField(
        _l("What is left open counts as"),
        choices=[SelectChoice(FULL, _l("the best answer")), SelectChoice(ZERO, _l("the worst answer"))],
        default=FULL,
    )

    def box(self, place: int) -> Any:
        return self[f"answer_{place}"]

    def read(self, definition: Definition) -> dict[str, Answer] | None:
        """Return an answer for every question; None where one cannot be read, then its box says so."""
        is_best = self.rest.data != ZERO
        answers = {one.id: assumed(one, is_best=is_best) for one in definition.indicators}
        is_sound = True
        for place, indicator in enumerate(self.indicators):
            text = (self.box(place).data or "").strip()
            if not text:
                continue
            try:
                answers[indicator.id] = read_answer(_given(indicator, text), indicator)
            except (AnswersInvalid, ValueError):
                self.box(place).errors = [_("This cannot be read. %(hint)s", hint=hint_of(indicator))]
                is_sound = False
        return answers if is_sound else None


def trial_form(indicators: Sequence[Indicator], label: Any) -> TrialForm:
    """Return a form with a box for each of these; `label` says what it is called."""
    boxes = {f"answer_{place}": _box(one, label(one)) for place, one in enumerate(indicators)}
    made: TrialForm = type("TrialForm", (TrialForm,), {**boxes, "indicators": tuple(indicators)})()
    return made


def hint_of(indicator: Indicator) -> str:
    """Say how a box is filled."""
    words = {
        AnswerType.PERCENTAGE: _("Write it like 18/20."),
        AnswerType.SURVEY_NEGATIVE: _("Write it like 3/40: how many of how many experienced it."),
        AnswerType.MEASURE: _("Write a number (%(unit)s).", unit=unit_of(indicator.unit) or _("no unit")),
        AnswerType.SKM: _("Write the index, 25 to 100."),
    }
    said = words.get(indicator.answer_type, "")
    dash = _("A dash: not applicable.")
    return f"{said} {dash}" if said and indicator.may_be_na else str(said)


def _box(indicator: Indicator, label: str) -> Any:
    choices = indicator.answer_type.choices
    if not choices:
        return StringField(label, filters=[stripped], validators=[Optional(), *told(_BOX)])
    offered = [SelectChoice("", _l("Left open")), *(SelectChoice(one, choice_word(one)) for one in choices)]
    if indicator.may_be_na:
        offered.append(SelectChoice(NOT_APPLICABLE, _l("Not applicable")))
    return SelectField(label, choices=offered, validators=[Optional()], default="")


def _given(indicator: Indicator, text: str) -> dict[str, Any]:
    """Return the answer as a sheet holds it. Raises ValueError."""
    if text == NOT_APPLICABLE:
        return {"na": str(_("trial"))}
    if indicator.answer_type.is_counted:
        part, _sign, whole = text.partition("/")
        if not all(one.strip().isascii() and one.strip().isdigit() for one in (part, whole)):
            raise ValueError(text)
        return {"numerator": int(part), "denominator": int(whole), "evidence": 1}
    return {"value": as_decimal(text), "evidence": 1}


def assumed(indicator: Indicator, *, is_best: bool) -> Answer:
    """Return the best or the worst answer there is."""
    match indicator.answer_type:
        case AnswerType.YES_NO:
            return Answer(value="yes" if is_best else "no", evidence=1)
        case AnswerType.SCALE4:
            return Answer(value="4" if is_best else "0", evidence=1)
        case AnswerType.SKM:
            return Answer(value=Decimal(100 if is_best else 25), evidence=1)
        case AnswerType.MEASURE:
            return Answer(value=_measured(indicator, is_best=is_best), evidence=1)
    has_all = is_best == (indicator.answer_type is AnswerType.PERCENTAGE)
    return Answer(numerator=_MANY if has_all else 0, denominator=_MANY, evidence=1)


def _measured(indicator: Indicator, *, is_best: bool) -> Decimal:
    """Return a number that reaches the highest, or the lowest, step."""
    steps = indicator.thresholds
    wanted = (max if is_best else min)(steps, key=lambda step: step.score)
    if wanted.max is not None:
        return wanted.max
    if wanted.min is not None:
        return wanted.min
    return max((step.max for step in steps if step.max is not None), default=Decimal(-1)) + 1
