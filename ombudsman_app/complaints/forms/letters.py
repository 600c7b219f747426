"""What officers write for a letter about a case: one form for each kind, kept as its answers."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from flask_babel import gettext as _
from flask_babel import lazy_gettext as _l
from wtforms import RadioField, SelectField, SelectMultipleField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Optional, ValidationError
from wtforms.widgets import CheckboxInput, ListWidget

from ombudsman_app.complaints.models import ComplaintCheck
from ombudsman_app.complaints.states import FORMAL_ITEMS, RULES, Verdict
from ombudsman_app.core import limits
from ombudsman_app.web.fields import VersionedForm, stripped, told

from .case import reason_box
from .choices import ITEM_WORDS
from .fields import DayField


def _words(label: Any, missing: Any, *, rows: int = 8) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[stripped],
        validators=[InputRequired(missing), *told(limits.LETTER, limits.REASON_LEAST)],
        render_kw={"rows": rows, "maxlength": limits.LETTER},
    )


class LetterForm(VersionedForm):
    """The base: a subject that may be read on an envelope, and the answers of the kind."""

    hidden_names: tuple[str, ...] = ()  # of the office complained about, where the report is confidential
    subject = StringField(
        _l("Subject"),
        filters=[stripped],
        validators=[InputRequired(_l("Write what the letter is about.")), *told(limits.NAME)],
        render_kw={"maxlength": limits.NAME},
    )

    def answers(self) -> dict[str, Any]:
        """Return what was typed, as the letter keeps it."""
        left_out = {"subject", "version", "csrf_token"}
        return {name: _plain(field.data) for name, field in self._fields.items() if name not in left_out}

    def fill(self, answers: Mapping[str, Any]) -> None:
        """Put kept answers back into the boxes."""
        for name, field in self._fields.items():
            if name in answers:
                kept = answers[name]
                field.data = date.fromisoformat(kept) if isinstance(field, DayField) and kept else kept

    def propose(self, checks: Mapping[str, ComplaintCheck], people: str, today: date) -> None:
        """Fill in what the case says already."""


def _plain(value: Any) -> Any:
    return value.isoformat() if isinstance(value, date) else value


class CompletionForm(LetterForm):
    """What is missing (UU 37/2008 Pasal 25)."""

    items = SelectMultipleField(
        _l("What is missing?"),
        choices=[SelectChoice(item.id, ITEM_WORDS[item.id]) for item in FORMAL_ITEMS],
        validators=[InputRequired(_l("Choose at least one item."))],
        option_widget=CheckboxInput(),
        widget=ListWidget(prefix_label=False),
    )
    words = _words(_l("What the reporter should send"), _l("Write in plain words what is needed."))

    def propose(self, checks: Mapping[str, ComplaintCheck], people: str, today: date) -> None:  # noqa: ARG002
        self.items.data = [name for name, row in checks.items() if row.verdict is Verdict.MISSING]


class _DecidedForm(LetterForm):
    """A letter that tells what the meeting decided; the minutes are made of it too."""

    held_on = DayField(_l("Day of the meeting"))
    participants = TextAreaField(
        _l("Who was there"),
        filters=[stripped],
        validators=[InputRequired(_l("Write who was there, one person a line.")), *told(limits.REASON)],
        render_kw={"rows": 4, "maxlength": limits.REASON},
    )
    considerations = reason_box(
        _l("What did the meeting consider?"),
        _l("Write what the meeting considered."),
        least=limits.CONSIDERATIONS_LEAST,
        rows=6,
    )

    def propose(self, checks: Mapping[str, ComplaintCheck], people: str, today: date) -> None:  # noqa: ARG002
        self.participants.data = people
        self.held_on.data = today


def _advice(label: Any) -> TextAreaField:
    return TextAreaField(
        label,
        filters=[stripped],
        validators=[Optional(), *told(limits.REASON)],
        render_kw={"rows": 4, "maxlength": limits.REASON},
    )


def _copies() -> TextAreaField:
    return TextAreaField(
        _l("Who gets a copy"),
        filters=[stripped],
        validators=[Optional(), *told(limits.REASON), _names_no_hidden_office],
        render_kw={"rows": 2, "maxlength": limits.REASON},
    )


def _names_no_hidden_office(form: LetterForm, field: TextAreaField) -> None:
    """A list of copies gives away whom a confidential report is about (privacy.md §3)."""
    told_of = (field.data or "").casefold()
    if any(name.casefold() in told_of for name in form.hidden_names):
        raise ValidationError(_("The report is confidential: the office complained about gets no copy."))


class RefusalForm(_DecidedForm):
    """Why the report is refused (UU 37/2008 Pasal 36)."""

    ground = RadioField(
        _l("Ground of refusal"),
        choices=[SelectChoice(row.id, row.id_label) for row in RULES.refusal_grounds],
        validators=[InputRequired(_l("Choose the ground."))],
    )
    words = _words(_l("Reasons, in the words of the letter"), _l("Write the reasons."))
    advice = _advice(_l("What the reporter can do instead"))
    copies = _copies()


class NotCompetentForm(_DecidedForm):
    """Why the Ombudsman may not go on, and who can help (UU 37/2008 Pasal 27)."""

    words = _words(_l("Reasons, in the words of the letter"), _l("Write the reasons."))
    agency = StringField(
        _l("Agency that can help"),
        filters=[stripped],
        validators=[Optional(), *told(limits.NAME)],
        render_kw={"maxlength": limits.NAME},
    )
    advice = _advice(_l("How it can help, and how one reaches it"))
    copies = _copies()


class TransferForm(_DecidedForm):
    """To which office the case goes (58/2023 Pasal 16-17)."""

    to_office = SelectField(
        _l("Office that takes the case"), validators=[InputRequired(_l("Choose the office."))]
    )
    words = _words(
        _l("What the two offices agreed, in the words of the letter"), _l("Write what was agreed."), rows=6
    )

    copies = _copies()

    def offer(self, offices: list[tuple[int, str]]) -> None:
        """Set which offices can take it."""
        self.to_office.choices = [
            SelectChoice("", _l("Choose an office")),
            *(SelectChoice(str(number), name) for number, name in offices),
        ]


class ClarificationForm(LetterForm):
    """What the respondent is asked, and the summary that is released for it (UU 37/2008 Pasal 33, PD3)."""

    summary = _words(
        _l("Summary for the respondent"), _l("Write what the report is about, without whoever reports.")
    )
    questions = _words(_l("What we ask"), _l("Write at least one question."), rows=6)
    copies = _copies()


class CloseForm(VersionedForm):
    """End a report that was withdrawn, or counts as withdrawn."""

    reason = reason_box(
        _l("What you checked, and why it ends"),
        _l("Write what you checked. It stands in the notice and the minutes."),
        rows=5,
    )


class CompletedForm(VersionedForm):
    """What was missing came another way."""

    reason = reason_box(_l("What came, and how"), _l("Write what came and how."))
