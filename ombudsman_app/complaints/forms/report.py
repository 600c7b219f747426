"""What examiners type in a report: one form a part, one for a corrective action."""

from collections.abc import Iterable, Mapping
from typing import Any

from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional
from wtforms.widgets import CheckboxInput, ListWidget

from ombudsman_app.complaints.commands import ActionInput, PartInput
from ombudsman_app.complaints.states import FORMS, Addressee, Conclusion, Part
from ombudsman_app.complaints.states.words import FORM_WORDS
from ombudsman_app.core import limits
from ombudsman_app.web.fields import VersionedForm, stripped, told, whole_number

from .case import reason_box
from .letters import LetterForm

PART_WORDS: dict[Part, Any] = {
    Part.PARTIES: _l("Parties and alleged maladministration"),
    Part.ACCOUNT: _l("Account of the report"),
    Part.RESULT: _l("Result of the examination"),
    Part.OPINION: _l("Opinion of the Ombudsman"),
    Part.CONCLUSION: _l("Conclusion"),
    Part.ACTIONS: _l("Corrective actions"),
    Part.REPORTER: _l("Words for the reporter"),
}
CONCLUSION_WORDS: dict[Conclusion, Any] = {
    Conclusion.FOUND: _l("Maladministration was found"),
    Conclusion.NOT_FOUND: _l("No maladministration was found"),
    Conclusion.DISCONTINUED: _l("The examination is discontinued"),
}
ADDRESSEE_WORDS: dict[Addressee, Any] = {
    Addressee.RESPONDENT: _l("Respondent"),
    Addressee.SUPERIOR: _l("Superior of the respondent"),
    Addressee.AGENCY: _l("Related agency"),
}


def _text(label: Any, limit: int = limits.LETTER, rows: int = 14) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[stripped],
        validators=[InputRequired(_l("Write this part.")), *told(limit, limits.REASON_LEAST)],
        render_kw={"rows": rows, "maxlength": limit},
    )


class PartForm(VersionedForm):
    """One part that is a text. `version` is that of the report, 0 before there is one."""

    text = _text(_l("Text of this part"))

    def fill(self, text: str, conclusion: Conclusion | None, forms: Iterable[str]) -> None:  # noqa: ARG002
        self.text.data = text

    def to_input(self) -> PartInput:
        return PartInput(self.text.data)


class ConclusionForm(PartForm):
    """What the examination comes to, with the forms of maladministration where some were found."""

    conclusion = RadioField(
        _l("What does the examination come to?"),
        choices=[SelectChoice(one.value, words) for one, words in CONCLUSION_WORDS.items()],
        validators=[InputRequired(_l("Choose one of them."))],
    )
    forms = SelectMultipleField(
        _l("Forms of maladministration, only where it was found"),
        choices=[SelectChoice(name, _l(FORM_WORDS[name])) for name in FORMS],
        validators=[Optional()],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    text = _text(_l("Conclusion in the words of the paper"), rows=8)

    def fill(self, text: str, conclusion: Conclusion | None, forms: Iterable[str]) -> None:
        self.text.data, self.forms.data = text, list(forms)
        self.conclusion.data = conclusion.value if conclusion else None

    def to_input(self) -> PartInput:
        return PartInput(self.text.data, Conclusion(self.conclusion.data), tuple(self.forms.data or ()))


class ActionForm(VersionedForm):
    """Who is to do what, by which rule, on what evidence."""

    addressee = RadioField(
        _l("Who is to act?"),
        choices=[SelectChoice(one.value, words) for one, words in ADDRESSEE_WORDS.items()],
        validators=[InputRequired(_l("Choose who is to act."))],
    )
    agency = SelectField(_l("Which related agency"), validators=[Optional()])
    form = SelectField(_l("Which form it puts right"), validators=[InputRequired(_l("Choose the form."))])
    text = _text(_l("What is to be done"), limits.REASON, rows=4)
    rule = _text(_l("By which rule"), limits.SHORT_TEXT, rows=2)
    evidence = _text(_l("What was found, on what evidence"), limits.REASON, rows=5)

    def offer(self, forms: Iterable[str], offices: Iterable[tuple[int, str]]) -> None:
        """Set the forms that the conclusion names, and the offices of the directory."""
        self.form.choices = [SelectChoice(name, str(_l(FORM_WORDS[name]))) for name in forms]
        self.agency.choices = [
            SelectChoice("", _l("Choose an office")),
            *(SelectChoice(str(number), name) for number, name in offices),
        ]

    def fill(self, addressee: Addressee, form: str, office_id: int, words: Mapping[str, str]) -> None:
        self.addressee.data, self.form.data = addressee.value, form
        self.agency.data = str(office_id) if addressee is Addressee.AGENCY else ""
        self.text.data, self.rule.data, self.evidence.data = words["text"], words["rule"], words["evidence"]

    def to_input(self) -> ActionInput:
        return ActionInput(
            addressee=Addressee(self.addressee.data),
            form=self.form.data,
            text=self.text.data,
            rule=self.rule.data,
            evidence=self.evidence.data,
            office_id=whole_number(self.agency.data) or None,
        )


class ExamineAgainForm(VersionedForm):
    """Why more evidence is needed."""

    reason = reason_box(_l("What is still to be examined, and why"), _l("Write what is missing."), rows=5)


class MonitorForm(VersionedForm):
    """Begin to watch the corrective actions."""

    reason = reason_box(
        _l("How you watch it, and what the receipt shows"), _l("Write how you watch it."), rows=4
    )


class CloseReportForm(VersionedForm):
    """End a case after its report."""

    reason = reason_box(
        _l("Why the case ends"), _l("Write why. It stands in the notice and the minutes."), rows=5
    )


class HandOverForm(VersionedForm):
    """Give a case on to resolution."""

    reason = reason_box(
        _l("What was watched, and what was not done"), _l("Write what was watched and not done."), rows=5
    )


class InterimForm(LetterForm):
    """What was found so far, for the reporter (older rules)."""

    words = _text(_l("Interim result, in plain words"), rows=10)
