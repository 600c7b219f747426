"""What officers type about innovations. What was typed is never thrown away."""

import re
from collections.abc import Sequence
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, ValidationError

from ombudsman_app.core import limits
from ombudsman_app.core.workflow.rules import Mark
from ombudsman_app.coverage.commands import SourceInput
from ombudsman_app.coverage.commands.innovation_inputs import EvaluationInput, FactsInput, StatementInput
from ombudsman_app.coverage.errors import FigureRefused, InnovationRefused
from ombudsman_app.coverage.figure_words import SOURCE_KIND_WORDS, WHY_WORDS
from ombudsman_app.coverage.innovation_words import ASPECTS, MARKS, STATUSES, criteria_words
from ombudsman_app.coverage.innovations import Aspect, InnovationStatus
from ombudsman_app.coverage.models import CoverageSource, Innovation, SourceKind
from ombudsman_app.coverage.queries.local_rule_page import PlaceChoice
from ombudsman_app.coverage.shipped_innovations import criteria
from ombudsman_app.web.fields import VersionedForm

from .fields import address_box, choices, line, past_day, reason_box, text_box

_NEW = "new"
_YEAR = re.compile(r"[0-9]{4}")
WHY: dict[str, Any] = {
    "no_year": _l("This cannot be the year in which it began. Leave it empty where no source names one."),
    "future": _l("This day lies in the future. Write the day on which it happened."),
    "no_day": _l("Write on which day the source says so."),
    "before_start": _l("On this day it had not begun yet. Check the two."),
    "twin": _l("This place has an innovation of this name. Open it and propose other facts there."),
    "waits": _l("Another proposal waits for release. Only when it is decided on can the next one be made."),
    "nothing_new": _l("Nothing here differs from what is released."),
    "no_title": WHY_WORDS["no_title"],
    "said_already": _l("This quote of this source is here already."),
    "no_evidence": _l("Write on what this finding rests."),
    "no_finding": _l("Write what you find, or leave the evidence empty too."),
    "nothing_judged": _l("Judge at least one criterion. What no source tells can stay empty."),
}


class _WithRefusals(VersionedForm):
    """A form that says beside the field what the command refused."""

    def refuse(self, refused: InnovationRefused | FigureRefused) -> None:
        """Put the sentence of a refusal beside its field."""
        words = WHY if isinstance(refused, InnovationRefused) else WHY_WORDS
        told = str(words[refused.details["why"]])
        found = self._fields.get(refused.details["field"])
        if found is None:
            self.form_errors.append(told)
        else:
            found.errors = [*found.errors, told]


class FactsForm(_WithRefusals):
    """Name, owner, year and status of an innovation."""

    name = line(_l("Name of the innovation"), limits.LINE, missing=_l("Write the name."))
    owner = line(_l("Owner"), 200, missing=_l("Write to whom it belongs."))
    since = line(_l("Running since (year)"), 4, inputmode="numeric")
    status = SelectField(
        _l("How far is it?"), choices=choices(STATUSES), default=InnovationStatus.UNKNOWN.value
    )
    status_on = past_day(_l("As of"))
    notes = text_box(_l("What the sources do not tell"), rows=5)

    def validate_since(self, field: Any) -> None:
        if field.data and not _YEAR.fullmatch(field.data):
            raise ValidationError(_("Write the year in four figures, such as 2023."))

    def fill(self, held: Innovation) -> None:
        """Show the innovation as it is released, or as it was first written."""
        self.name.data, self.owner.data, self.since.data = held.name, held.owner, str(held.since or "")
        self.status.data, self.status_on.data = held.status.value, held.status_on
        self.notes.data, self.version.data = held.notes, str(held.version)

    def to_input(self) -> FactsInput:
        return FactsInput(
            name=self.name.data,
            owner=self.owner.data,
            since=int(self.since.data) if self.since.data else None,
            status=InnovationStatus(self.status.data),
            status_on=self.status_on.data,
            notes="\n".join((self.notes.data or "").splitlines()),
        )


class InnovationForm(FactsForm):
    """A new innovation. `places`: where it may be."""

    region = SelectField(_l("Place"), validators=[InputRequired(_l("Choose the place."))])

    def __init__(self, *, places: Sequence[PlaceChoice]) -> None:
        super().__init__()
        self.region.choices = [
            SelectChoice("", _l("Choose")),
            *(SelectChoice(str(place.id), f"{place.code} {place.name}") for place in places),
        ]

    def refuse_place(self) -> None:
        """Say beside the place that it is another office's."""
        words = _("Another office of the Ombudsman looks after this place.")
        self.region.errors = [*self.region.errors, words]


class StatementForm(_WithRefusals):
    """What one source says. `sources`: those that are known."""

    aspect = SelectField(_l("What is it about?"), choices=choices(ASPECTS), default=Aspect.WHAT.value)
    quote = text_box(_l("Word for word"), _l("Write what the source says, word for word."))
    text = line(_l("In plain words"), 500, missing=_l("Say it in plain words."))
    speaker = line(
        _l("Who said it, and in what function"), 200, missing=_l("Write who said it, and in what function.")
    )
    as_of = past_day(_l("Said on"), _l("Write the day on which it was said."))
    verified = SelectField(_l("How sure is it?"), choices=choices(MARKS), default=Mark.PRESS.value)
    source = SelectField(_l("Source"))
    source_title = line(_l("Title of the source"), 300)
    source_kind = SelectField(
        _l("Kind of source"), choices=choices(SOURCE_KIND_WORDS), default=SourceKind.PRESS.value
    )
    source_url = address_box(_l("Address of the source"))
    published_on = past_day(_l("Day of the source"))

    def __init__(self, *, sources: Sequence[CoverageSource]) -> None:
        super().__init__()
        self.source.choices = [
            SelectChoice(_NEW, _l("A source that is not here yet")),
            *(SelectChoice(str(one.id), one.title) for one in sources),
        ]

    def to_input(self) -> StatementInput:
        return StatementInput(
            aspect=Aspect(self.aspect.data),
            text=self.text.data,
            quote=self.quote.data,
            speaker=self.speaker.data,
            as_of=self.as_of.data,
            verified=Mark(self.verified.data),
            source=self._new_source() if self.source.data == _NEW else int(self.source.data),
        )

    def _new_source(self) -> SourceInput:
        return SourceInput(
            SourceKind(self.source_kind.data),
            self.source_title.data or "",
            url=self.source_url.data or "",
            published_on=self.published_on.data,
        )


class _CriteriaForm(_WithRefusals):
    """What is asked beside the criteria."""

    as_of = past_day(_l("As of"), _l("Write the day of the evaluation."))

    def begin(self, day: date) -> None:
        """Show today as the day of the evaluation."""
        self.as_of.data = day

    @property
    def asked(self) -> list[tuple[Any, Any, Any]]:
        """Each criterion with the fields of finding and evidence."""
        return [(one, self[one.id], self[f"{one.id}_evidence"]) for one in criteria_words()]

    def to_input(self) -> EvaluationInput:
        judgements = {
            one.id: (finding.data or "", evidence.data or "") for one, finding, evidence in self.asked
        }
        return EvaluationInput(self.as_of.data, self["conclusion"].data, judgements)


def _boxes() -> dict[str, Any]:
    """Two fields for each criterion of the rules, and what follows from them."""
    boxes: dict[str, Any] = {}
    for one in criteria():
        boxes[one.id] = text_box(_l("What you find"), rows=3)
        boxes[f"{one.id}_evidence"] = text_box(_l("Evidence"), rows=2)
    boxes["conclusion"] = text_box(_l("Conclusion"), _l("Write what follows from all this."))
    return boxes


EvaluationForm = type("EvaluationForm", (_CriteriaForm,), _boxes())


class ReleaseForm(VersionedForm):
    """What another person wrote is released."""


class BackForm(VersionedForm):
    """A proposal goes back, or what was released is taken back."""

    reason = reason_box(_l("Reason"))
