"""What officers type about figures. What was typed is never thrown away.

Numbers are read as those of a list are (`importing/cells.py`): what a list refuses, the form refuses too.
"""

from collections.abc import Callable, Mapping, Sequence
from decimal import Decimal
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import BooleanField, HiddenField, SelectField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired

from ombudsman_app.core import limits
from ombudsman_app.coverage.checks import Checked, Claim, places_of
from ombudsman_app.coverage.commands import FigureInput, SourceInput
from ombudsman_app.coverage.errors import FigureRefused
from ombudsman_app.coverage.figure_formats import percent_words, title_of
from ombudsman_app.coverage.figure_words import SOURCE_KIND_WORDS, WHY_WORDS, measure_words
from ombudsman_app.coverage.importing.cells import read_count, read_percent
from ombudsman_app.coverage.measure_codes import PROGRAMMES, measure_code, measure_from
from ombudsman_app.coverage.models import CoverageFigure, CoverageSource, SourceKind
from ombudsman_app.coverage.queries import Measure
from ombudsman_app.coverage.states import PARTS, Flag
from ombudsman_app.imports.kinds import CellRefused
from ombudsman_app.web.fields import VersionedForm
from ombudsman_app.web.forms import BaseForm

from .fields import address_box, choices, line, past_day

_NEW = "new"
_MEASURES = [Measure(definition, part) for definition, parts in PARTS.items() for part in parts]
_READERS: dict[str, Callable[[Any, list[tuple[str, str]]], Any]] = {
    "numerator": read_count,
    "denominator": read_count,
    "percent": read_percent,
}
_BOX_OF = {"definition": "measure", "part": "measure", "place_code": "place"}  # fields of a figure
_WHY_OF = {"number": "count", "too_large": "people"}  # codes of a cell that the form says otherwise


class FigureForm(BaseForm):
    """One figure with its source. `sources`: those known; `places`: code and name of each place."""

    place = SelectField(_l("Place"), validators=[InputRequired(_l("Choose the place."))])
    measure = SelectField(_l("What is counted"))
    programme = SelectField(_l("Programme"))
    as_of = past_day(_l("Day for which it holds"))
    numerator = line(_l("Number above the line"), 20, inputmode="numeric")
    denominator = line(_l("Number below the line"), 20, inputmode="numeric")
    percent = line(_l("Percentage as the source writes it"), 20, inputmode="decimal")
    says_both = BooleanField(_l("The source gives both so"))
    reason = line(_l("Why more than 100% is right"), 500)
    text = line(_l("What the source says in words"), 500)
    source = SelectField(_l("Source"))
    source_title = line(_l("Title of the source"), 300)
    source_kind = SelectField(_l("Kind of source"), choices=choices(SOURCE_KIND_WORDS))
    source_url = address_box(_l("Address of the source"))
    published_on = past_day(_l("Day of the source"))
    source_place = line(_l("Page, sheet or row"), 100)
    speaker = line(_l("Who said it, and in what function"), 200)
    unit = line(_l("Whom the number counts, in words of the source"), 200)
    note = line(_l("Note"), 1000)
    form_key = HiddenField()

    def __init__(self, *, sources: Sequence[CoverageSource], places: Sequence[tuple[str, str]]) -> None:
        super().__init__()
        self.is_asking = False  # whether the source says both numbers
        self._numbers: dict[str, Any] = {}
        self.place.choices = [
            SelectChoice("", _l("Choose")),
            *(SelectChoice(code, f"{code} {name}") for code, name in places),
        ]
        self.measure.choices = [
            SelectChoice(measure_code(one), measure_words(one.definition, one.part)) for one in _MEASURES
        ]
        self.programme.choices = [
            SelectChoice("", _l("all that the definition means")),
            *(SelectChoice(one, one) for one in PROGRAMMES),
        ]
        self.source.choices = [
            SelectChoice(_NEW, _l("A source that is not here yet")),
            *(SelectChoice(str(one.id), title_of(one)) for one in sources),
        ]

    def fill(self, held: CoverageFigure) -> None:
        """Begin with what a figure says: its revision speaks of the same place and measure."""
        if held.definition:
            self.measure.data = measure_code(Measure(held.definition, held.part))
        self.place.data, self.programme.data = held.place_code, held.programme
        self.as_of.data = None if Flag.APPROXIMATE in held.flags else held.as_of  # that day is the source's
        self.numerator.data = "" if held.numerator is None else str(held.numerator)
        self.denominator.data = "" if held.denominator is None else str(held.denominator)
        if held.quoted is not None:
            sign = "%" if held.quoted < 1 else ""  # without it, it may be a share of one
            self.percent.data = f"{held.quoted:.{held.quoted_places or 0}f}{sign}".replace(".", ",")
        self.reason.data, self.text.data = held.flag_reason, held.text
        self.unit.data, self.speaker.data, self.note.data = held.unit, held.speaker, held.note
        known = {choice.value for choice in self.source.choices}
        self.source.data = str(held.source_id) if str(held.source_id) in known else _NEW

    def validate(self, extra_validators: Mapping[str, Sequence[Any]] | None = None) -> bool:
        """Validate, and say of each number beside it why it cannot be read."""
        is_valid = super().validate(extra_validators)
        for name, read in _READERS.items():
            try:
                self._numbers[name] = read(self._fields[name].data or "", [])
            except CellRefused as refused:
                self._say(name, _why(refused))
                is_valid = False
        if self.source.data == _NEW and not self.source_title.data:
            self._say("source_title", str(WHY_WORDS["no_title"]))
            is_valid = False
        return is_valid

    def to_input(self) -> FigureInput:
        """Return the figure of a valid form."""
        measure = measure_from(self.measure.data or "", _MEASURES)
        percent = self._numbers["percent"]
        said = Claim(
            measure.definition,
            measure.part,
            as_of=self.as_of.data,
            numerator=self._numbers["numerator"],
            denominator=self._numbers["denominator"],
            quoted=None if percent is None else Decimal(percent),
            text=self.text.data or "",
            reason=self.reason.data or "",
        )
        return FigureInput(
            self.place.data or "",
            said,
            programme=self.programme.data or "",
            unit=self.unit.data or "",
            speaker=self.speaker.data or "",
            note=self.note.data or "",
            source_place=self.source_place.data or "",
        )

    def asks(self, claim: Claim, checked: Checked) -> bool:
        """Ask whether the source gives both, where its counts make another percentage; False: it is answered.

        An answer holds for the numbers that it was given for.
        """
        if Flag.DIFFERS not in checked.flags or checked.percent is None or claim.quoted is None:
            return False
        self.is_asking, said = True, f"{claim.numerator}/{claim.denominator}/{claim.quoted}"
        self.says_both.render_kw = {"value": said}
        if self.says_both.raw_data == [said]:
            return False
        self.says_both.data = False
        words = _(
            "The counts make %(computed)s, and the percentage says %(quoted)s. Mend what is wrong, or "
            "confirm that the source gives both so.",
            computed=percent_words(checked.percent),
            quoted=percent_words(claim.quoted, places_of(claim.quoted)),
        )
        self._say("says_both", words)
        return True

    @property
    def known_source(self) -> int | None:
        """Return the id of a known source; None: a new one is written down."""
        return None if self.source.data == _NEW else int(self.source.data)

    def to_source(self) -> SourceInput:
        """Return a new source."""
        return SourceInput(
            SourceKind(self.source_kind.data),
            self.source_title.data or "",
            url=self.source_url.data or "",
            published_on=self.published_on.data,
        )

    def refuse(self, refused: FigureRefused) -> None:
        """Put the sentence of a refusal beside its field."""
        self._say(refused.details["field"], str(WHY_WORDS[refused.details["why"]]))

    def _say(self, name: str, words: str) -> None:
        found = self._fields.get(_BOX_OF.get(name, name))
        if found is None:
            self.form_errors.append(words)
        else:
            found.errors = [*found.errors, words]


def _why(refused: CellRefused) -> str:
    if refused.code == "percent_impossible" and refused.details[0]:
        return str(
            _("This percentage cannot be. Is a comma missing, as in %(guess)s?", guess=refused.details[0])
        )
    code = "impossible" if refused.code == "percent_impossible" else refused.code
    return str(WHY_WORDS[_WHY_OF.get(code, code)])


class RevisionForm(FigureForm):
    """A figure in the place of another one."""

    revision_reason = line(_l("Why is it revised?"), 500, missing=_l("Write the reason."))


class DecideForm(VersionedForm):
    """A proposal is released."""


class RefuseForm(VersionedForm):
    """A proposal goes back, or a released figure is taken back."""

    reason = line(_l("Reason"), limits.LINE, missing=_l("Write the reason."))
