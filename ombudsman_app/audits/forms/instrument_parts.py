"""What people type about a dimension, a question, or where a part stands."""

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField, SelectMultipleField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ombudsman_app.audits.formats.instruments import (
    ANSWER_TYPES,
    CHOICES,
    COMPONENTS,
    EVIDENCE,
    MALADMINISTRATION,
    VERIFIED,
)
from ombudsman_app.audits.scoring.definition import AnswerType
from ombudsman_app.audits.scoring.definition.pieces import ANCHOR
from ombudsman_app.audits.scoring.definition.reading import TEXT, TITLE
from ombudsman_app.audits.scoring.definition.reading_indicators import LEGAL, NA_REASON, QUESTION, UNIT
from ombudsman_app.audits.scoring.definition.thresholds import MOST_THRESHOLDS
from ombudsman_app.audits.scoring.reader import ID_CHARACTERS
from ombudsman_app.web.fields import VersionedForm, whole_number

from .instruments import (
    as_decimal,
    as_shown,
    as_whole,
    box,
    fill_anchors,
    filled,
    line,
    needed_line,
    number_line,
    read_anchors,
)

STEPS = range(1, MOST_THRESHOLDS + 1)
_EMPTY_STEPS = 2  # offered behind those that are there
_TEXTS = ("id", "variable", "question_id", "question_en", "legal_basis", "na_reason", "unit")


class ArrangeForm(VersionedForm):
    """Move a part by one, take it out, or have it twice."""

    dimension = HiddenField(validators=[InputRequired()])
    indicator = HiddenField(validators=[Optional()])
    act = HiddenField(validators=[InputRequired()])

    @property
    def place(self) -> int:
        return whole_number(self.dimension.data)

    @property
    def number(self) -> int | None:
        return whole_number(self.indicator.data) if self.indicator.data else None


class DimensionForm(VersionedForm):
    """A part of the instrument with its share of the total."""

    id = needed_line(_l("Id"), ID_CHARACTERS, _l("Give it an id."))
    title_id = line(_l("Title in Indonesian"), TITLE)
    title_en = line(_l("Title in English"), TITLE)
    description_id = box(_l("Description in Indonesian"), TEXT, 2)
    description_en = box(_l("Description in English"), TEXT, 2)
    weight = number_line(_l("Weight in the total, of 100"))

    def fill(self, part: Mapping[str, Any]) -> None:
        """Show what stands in the draft."""
        for name in ("id", "title_id", "title_en", "description_id", "description_en"):
            self[name].data = str(part.get(name, ""))
        self.weight.data = as_shown(part.get("weight", ""))

    def to_part(self) -> dict[str, Any]:
        return filled(
            id=self.id.data,
            title_id=self.title_id.data,
            title_en=self.title_en.data,
            description_id=self.description_id.data,
            description_en=self.description_en.data,
            weight=as_decimal(self.weight.data),
        )


def _choices(words: Mapping[str, Any], first: Any = None) -> list[SelectChoice]:
    offered = [SelectChoice(str(value), label) for value, label in words.items()]
    return [SelectChoice("", first), *offered] if first is not None else offered


def _ticks(label: Any, words: Mapping[str, Any]) -> SelectMultipleField:
    return SelectMultipleField(
        label,
        choices=_choices(words),
        validators=[Optional()],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )


class IndicatorForm(VersionedForm):
    """One question: how it is asked, answered, weighed, proved and judged."""

    dimension = SelectField(_l("Dimension"), validators=[InputRequired(_l("Choose a dimension."))])
    id = needed_line(_l("Id"), ID_CHARACTERS, _l("Give it an id."))
    question_id = box(_l("Question in Indonesian"), QUESTION)
    question_en = box(_l("Question in English"), QUESTION)
    weight = number_line(_l("Weight in the dimension, of 100"))
    variable = line(_l("Variable"), ID_CHARACTERS)
    component = SelectField(
        _l("Component of the service standard"),
        choices=_choices(COMPONENTS, _l("Choose")),
        validators=[Optional()],
    )
    legal_basis = box(_l("Legal basis"), LEGAL, 2)
    maladministration_if_fail = SelectField(
        _l("Form of maladministration if it fails"),
        choices=_choices(MALADMINISTRATION, _l("Choose")),
        validators=[Optional()],
    )
    answer_type = SelectField(
        _l("How it is answered"), choices=_choices(ANSWER_TYPES, _l("Choose")), validators=[Optional()]
    )
    unit = line(_l("Unit"), UNIT)
    threshold_kind = SelectField(
        _l("What the bounds mean"),
        choices=[
            SelectChoice("max", _l("Up to: less is better")),
            SelectChoice("min", _l("From … on: more is better")),
        ],
        validators=[Optional()],
        default="max",
    )
    standard_days = number_line(_l("Promised days"))
    standard_day_type = SelectField(
        _l("Kind of days"),
        choices=[
            SelectChoice("", _l("Choose")),
            SelectChoice("working", _l("Working days")),
            SelectChoice("calendar", _l("Calendar days")),
        ],
        validators=[Optional()],
    )
    standard_verified = SelectField(
        _l("How sure the promise is"), choices=_choices(VERIFIED, _l("Choose")), validators=[Optional()]
    )
    respondents = number_line(_l("How many are asked"))
    evidence = _ticks(_l("Kinds of evidence"), EVIDENCE)
    critical = BooleanField(_l("Critical: below 50 it caps the category and makes a major finding"))
    may_be_na = BooleanField(_l("May be not applicable, with a written reason"))
    na_reason = line(_l("When it does not apply"), NA_REASON)
    relevant_indicator = SelectField(_l("Asked only if this was answered"), validators=[Optional()])
    relevant_is = _ticks(_l("with one of these"), CHOICES)
    anchor_id_0 = line(_l("Step %(step)s in Indonesian", step=0), ANCHOR)
    anchor_id_1 = line(_l("Step %(step)s in Indonesian", step=1), ANCHOR)
    anchor_id_2 = line(_l("Step %(step)s in Indonesian", step=2), ANCHOR)
    anchor_id_3 = line(_l("Step %(step)s in Indonesian", step=3), ANCHOR)
    anchor_id_4 = line(_l("Step %(step)s in Indonesian", step=4), ANCHOR)
    anchor_en_0 = line(_l("Step %(step)s in English", step=0), ANCHOR)
    anchor_en_1 = line(_l("Step %(step)s in English", step=1), ANCHOR)
    anchor_en_2 = line(_l("Step %(step)s in English", step=2), ANCHOR)
    anchor_en_3 = line(_l("Step %(step)s in English", step=3), ANCHOR)
    anchor_en_4 = line(_l("Step %(step)s in English", step=4), ANCHOR)

    def offer(self, dimensions: Sequence[str], others: Iterable[tuple[str, str]]) -> None:
        """Set the dimensions by their places, and the questions on which this one may depend."""
        self.dimension.choices = [SelectChoice(str(place), name) for place, name in enumerate(dimensions)]
        self.relevant_indicator.choices = [
            SelectChoice("", _l("Always asked")),
            *(SelectChoice(name, words) for name, words in others),
        ]

    def fill(self, part: Mapping[str, Any]) -> None:
        """Show what stands in the draft."""
        for name in _TEXTS:
            self[name].data = str(part.get(name, ""))
        self.weight.data = as_shown(part.get("weight", ""))
        for name in ("respondents", "standard_days"):
            self[name].data = str(part.get(name, ""))
        for name in ("component", "maladministration_if_fail", "answer_type"):
            self[name].data = str(part.get(name, ""))
        for name in ("standard_day_type", "standard_verified"):
            self[name].data = str(part.get(name, ""))
        self.critical.data, self.may_be_na.data = bool(part.get("critical")), bool(part.get("may_be_na"))
        self.evidence.data = list(part.get("evidence", ()))
        condition = part.get("relevant_if") or {}
        self.relevant_indicator.data = str(condition.get("indicator", ""))
        self.relevant_is.data = list(condition.get("is", ()))
        self._fill_steps(part.get("thresholds") or ())
        fill_anchors(self, part)

    def _fill_steps(self, steps: Sequence[Mapping[str, Any]]) -> None:
        self.threshold_kind.data = "min" if any(step.get("min") is not None for step in steps) else "max"
        for place, step in zip(STEPS, steps, strict=False):
            bound = step.get(self.threshold_kind.data)
            self[f"bound_{place}"].data = "" if bound is None else as_shown(bound)
            self[f"score_{place}"].data = as_shown(step.get("score", ""))

    @property
    def steps(self) -> list[tuple[Any, Any]]:
        """The rows of thresholds that are offered: those in use and some empty ones."""
        used = [at for at in STEPS if self[f"bound_{at}"].data or self[f"score_{at}"].data]
        shown = min(MOST_THRESHOLDS, max(used, default=0) + _EMPTY_STEPS)
        return [(self[f"bound_{at}"], self[f"score_{at}"]) for at in STEPS if at <= max(shown, 3)]

    @property
    def place(self) -> int:
        return whole_number(self.dimension.data)

    def to_part(self) -> dict[str, Any]:
        """Return the question; what belongs to another kind of answer is left out."""
        kind = self.answer_type.data
        return filled(
            **{name: self[name].data for name in _TEXTS},
            weight=as_decimal(self.weight.data),
            component=self.component.data,
            maladministration_if_fail=self.maladministration_if_fail.data,
            answer_type=kind,
            evidence=list(self.evidence.data or ()),
            respondents=as_whole(self.respondents.data),
            critical=bool(self.critical.data),
            may_be_na=bool(self.may_be_na.data),
            thresholds=self._steps() if kind == AnswerType.MEASURE else None,
            relevant_if=self._condition(),
            **(read_anchors(self) if kind == AnswerType.SCALE4 else {}),
            **(self._standard() if kind == AnswerType.PERCENTAGE else {}),
        )

    def _steps(self) -> list[dict[str, str]]:
        end = self.threshold_kind.data or "max"
        rows = ((self[f"bound_{at}"].data, self[f"score_{at}"].data) for at in STEPS)
        return [
            filled(**{end: as_decimal(bound), "score": as_decimal(score)})
            for bound, score in rows
            if bound or score
        ]

    def _standard(self) -> dict[str, Any]:
        if not self.standard_days.data:
            return {}
        return {
            "standard_days": as_whole(self.standard_days.data),
            "standard_day_type": self.standard_day_type.data,
            "standard_verified": self.standard_verified.data,
        }

    def _condition(self) -> dict[str, Any] | None:
        if not self.relevant_indicator.data:
            return None
        return {"indicator": self.relevant_indicator.data, "is": list(self.relevant_is.data or ())}


for _at in STEPS:
    setattr(IndicatorForm, f"bound_{_at}", number_line(_l("Bound %(step)s", step=_at)))
    setattr(IndicatorForm, f"score_{_at}", number_line(_l("Score %(step)s", step=_at)))


class WeightsForm(VersionedForm):
    """All weights of one level side by side; the boxes are made for what is there (`weights_form`)."""

    names: tuple[str, ...] = ()

    @property
    def boxes(self) -> list[Any]:
        return [self[name] for name in self.names]

    @property
    def weights(self) -> list[str]:
        return [as_decimal(one.data) for one in self.boxes]


def weights_form(parts: Sequence[Mapping[str, Any]], version: int, **more: Any) -> WeightsForm:
    """Return a form with one box for each part, in their order."""
    names = tuple(f"weight_{place}" for place in range(len(parts)))
    boxes = {
        name: number_line(str(part.get("id") or _("no id")), default=as_shown(part.get("weight", "")))
        for name, part in zip(names, parts, strict=True)
    }
    made: WeightsForm = type("WeightsForm", (WeightsForm,), {**boxes, "names": names})(
        version=version, **more
    )
    return made
