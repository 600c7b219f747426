"""How questions, answers and evidence of a sheet look in words."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from flask_babel import get_locale
from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l

from ombudsman_app.attachments.queries import FileLine
from ombudsman_app.audits.formats.instruments import evidence_word
from ombudsman_app.audits.models import SheetAnswer, SheetEvidence
from ombudsman_app.audits.queries.sheet import SheetState
from ombudsman_app.audits.scoring.answers import AnswersInvalid, read_answer
from ombudsman_app.audits.scoring.definition import AnswerType, Definition, Dimension, Indicator
from ombudsman_app.audits.scoring.evidence_kinds import file_kinds
from ombudsman_app.audits.scoring.exact import half_up
from ombudsman_app.audits.scoring.formula import MAJOR_BELOW, MINOR_BELOW
from ombudsman_app.audits.scoring.refusals import (
    DimensionNotApplicable,
    NotAllowedToBeNotApplicable,
    NothingToDivide,
    ReasonMissing,
    SheetIncomplete,
    SheetRefused,
)
from ombudsman_app.audits.scoring.score import score_of
from ombudsman_app.web.formats import number, score

from .answers import answer_words, unit_of


def language() -> str:
    """Return the language of the reader."""
    locale = get_locale()
    return locale.language if locale else "id"


def is_english() -> bool:
    return language() == "en"


def question(indicator: Indicator) -> str:
    """Return what is asked, in the language of the reader."""
    return indicator.question_en if is_english() else indicator.question_id


def dimension_title(dimension: Dimension) -> str:
    return dimension.title_en if is_english() else dimension.title_id


def sheet_answer(definition: Definition, place: SheetAnswer) -> str:
    """Say what stands there; empty where nothing is answered."""
    given = place.as_given(0)
    if given is None:
        return ""
    return given_words(definition, place.indicator, given)


def given_words(definition: Definition, name: str, given: Mapping[str, Any]) -> str:
    """Say an answer as it is handed to the score."""
    indicator = definition.by_id[name]
    anchors = dict(definition.anchors(indicator, language()))
    return answer_words(indicator, given, anchors.get(str(given.get("value", "")), ""))


def points(definition: Definition, place: SheetAnswer) -> Decimal | None:
    """Return what an answer is worth of 100, before the rule of evidence; None where it has no points."""
    given = place.as_given(0)
    if given is None or "na" in given:
        return None
    indicator = definition.by_id[place.indicator]
    try:
        return half_up(score_of(indicator, read_answer(given, indicator)), 2)
    except (AnswersInvalid, SheetRefused):
        return None


def points_words(value: Decimal) -> str:
    """Say what an answer is worth: 75,00 of 100 points."""
    return str(_("%(points)s of 100 points", points=score(value)))


def points_tone(value: Decimal | None) -> str:
    """Return the colour of points: below 50 a grave finding, below 75 a small one."""
    if value is None:
        return "neutral"
    return "danger" if value < MAJOR_BELOW else "warning" if value < MINOR_BELOW else "success"


def steps_of(indicator: Indicator) -> list[tuple[str, str]]:
    """Return the thresholds of a measure in words, each with its points, the best first."""
    steps = []
    for step in indicator.thresholds:
        unit = unit_of(indicator.unit)
        if step.max is not None:
            words = _("up to %(bound)s %(unit)s", bound=number(step.max), unit=unit)
        elif step.min:
            words = _("from %(bound)s %(unit)s on", bound=number(step.min), unit=unit)
        else:
            words = _("all the rest")
        steps.append((str(words).strip(), number(step.score)))
    return steps


def limit_words(indicator: Indicator) -> str:
    """Say within how many days of which kind something must be done; empty where nothing is said."""
    if indicator.standard_days is None:
        return ""
    kind = _("working days") if str(indicator.standard_day_type) == "working" else _("calendar days")
    return f"{number(indicator.standard_days)} {kind}"


def counts_limit(indicator: Indicator, promised: int | None) -> str:
    """Say which limit counts: the promise of the branch where it is shorter (domain/audits.md §5)."""
    if indicator.standard_days is None or promised is None:
        return ""
    if promised < indicator.standard_days:
        return str(
            _(
                "The promise counts: it is shorter than the limit of the rule (%(limit)s).",
                limit=limit_words(indicator),
            )
        )
    return str(
        _(
            "The limit of the rule counts (%(limit)s): the promise is not shorter.",
            limit=limit_words(indicator),
        )
    )


@dataclass(frozen=True)
class ShownItem:
    """An item of evidence: words, an address, or a file."""

    item: SheetEvidence
    kind: str
    file: FileLine | None

    @property
    def address(self) -> str:
        """What can be followed; an address without encryption is shown, not linked."""
        return self.item.text if self.item.text.startswith("https://") else ""


def shown_items(items: Sequence[SheetEvidence], files: Mapping[Any, FileLine]) -> list[ShownItem]:
    """Return evidence as lists show it."""
    return [
        ShownItem(one, evidence_word(one.kind), files.get(one.attachment_id) if one.attachment_id else None)
        for one in items
    ]


@dataclass(frozen=True)
class ShownQuestion:
    """One indicator in the list of a sheet."""

    id: str
    question: str
    answer: str
    is_critical: bool
    is_answered: bool
    lacks_evidence: bool
    evidence: int
    word: str
    tone: str


@dataclass(frozen=True)
class ShownDimension:
    """A dimension in that list. `answered` of `all` are answered, also those that a search hides."""

    title: str
    answered: int
    all: int
    rows: list[ShownQuestion]


def shown_dimensions(state: SheetState, text: str, *, only_open: bool) -> list[ShownDimension]:
    """Return the questions of a sheet by dimension: those that hold the words, or lack something."""
    words = text.lower().split()
    shown = []
    for dimension in state.definition.dimensions:
        asked = [one for one in dimension.indicators if one.id in state.asked]
        rows = [shown_question(state, one) for one in asked]
        found = [
            row
            for row in rows
            if all(word in f"{row.id} {row.question}".lower() for word in words)
            and not (only_open and row.is_answered and not row.lacks_evidence)
        ]
        answered = sum(row.is_answered for row in rows)
        if found:
            shown.append(ShownDimension(dimension_title(dimension), answered, len(rows), found))
    return shown


def shown_question(state: SheetState, indicator: Indicator) -> ShownQuestion:
    """Return one question with where it stands, in words."""
    name = indicator.id
    is_answered, lacks = state.is_answered(name), state.lacks_evidence(name)
    word = _("Not answered yet") if not is_answered else _("Evidence missing") if lacks else _("Answered")
    place = state.answers.get(name)
    return ShownQuestion(
        id=name,
        question=question(indicator),
        answer=sheet_answer(state.definition, place) if place else "",
        is_critical=indicator.critical,
        is_answered=is_answered,
        lacks_evidence=lacks,
        evidence=len(state.items.get(name, ())),
        word=str(word),
        tone="neutral" if not is_answered else "warning" if lacks else "success",
    )


_REFUSED: dict[str, Any] = {
    SheetIncomplete.code: _l("These questions have no answer."),
    NothingToDivide.code: _l("0 of 0 is no share. Say that it does not apply, and why."),
    DimensionNotApplicable.code: _l("In these dimensions nothing applies, so they cannot be scored."),
    NotAllowedToBeNotApplicable.code: _l("These questions always apply: answer them."),
    ReasonMissing.code: _l("What does not apply needs a written reason."),
}


def refused_sheet(why: str) -> str:
    """Say why a sheet cannot be scored."""
    return str(_REFUSED.get(why, ""))


def takes_files(indicator: Indicator) -> bool:
    """Whether a file can prove an answer to it."""
    return bool(file_kinds(indicator))


def is_counted(indicator: Indicator) -> bool:
    """Whether it is answered by two numbers."""
    return indicator.answer_type.is_counted


def is_survey(indicator: Indicator) -> bool:
    return indicator.answer_type is AnswerType.SURVEY_NEGATIVE


FILTERS = {
    "counts_limit": counts_limit,
    "dimension_title": dimension_title,
    "limit_words": limit_words,
    "points_tone": points_tone,
    "points_words": points_words,
    "question": question,
    "refused_sheet": refused_sheet,
    "steps_of": steps_of,
    "takes_files": takes_files,
}
