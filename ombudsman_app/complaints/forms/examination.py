"""What officers give while a case is examined: notes, answers of the respondent, its review."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from flask_babel import lazy_gettext as _l
from wtforms import HiddenField, RadioField, StringField, TextAreaField
from wtforms.fields.choices import SelectChoice
from wtforms.validators import InputRequired, Length, Optional

from ombudsman_app.complaints.commands import ClarificationInput, Confirmation
from ombudsman_app.complaints.states import AnswerChannel
from ombudsman_app.core import limits
from ombudsman_app.core.sealing import random_token
from ombudsman_app.web import forms
from ombudsman_app.web.fields import VersionedForm, stripped, told, whole_number

from .case import reason_box
from .fields import not_ancient, not_in_future

ANSWER_CHANNELS: dict[AnswerChannel, Any] = {
    AnswerChannel.POST: _l("Post or courier"),
    AnswerChannel.BY_HAND: _l("Handed over at our office"),
    AnswerChannel.MAIL: _l("E-mail"),
    AnswerChannel.PORTAL: _l("Through the portal"),
    AnswerChannel.LINK: _l("By a link for one answer"),
}
_AT_THE_DESK = (AnswerChannel.POST, AnswerChannel.BY_HAND, AnswerChannel.MAIL)
_MESSAGE, _FILE = "message", "file"


class ExamineForm(VersionedForm):
    """Begin to examine the file."""

    reason = reason_box(
        _l("What you look at, and what the file shows so far"), _l("Write what you look at."), rows=5
    )


class ReviewForm(VersionedForm):
    """Put the case to review."""

    reason = reason_box(
        _l("What the answer and the file show, and why the case can be reviewed"),
        _l("Write why the case can be reviewed."),
        rows=6,
    )


class FileAnswerForm(VersionedForm):
    """An answer of the respondent that came by post, at the counter or by mail."""

    channel = RadioField(
        _l("How did it come?"),
        choices=[SelectChoice(one.value, ANSWER_CHANNELS[one]) for one in _AT_THE_DESK],
        validators=[InputRequired(_l("Choose how it came."))],
    )
    received_on = forms.DayField(
        _l("Day on which it reached our office"),
        validators=[InputRequired(_l("Write the day.")), not_in_future, not_ancient],
    )
    reference = StringField(
        _l("Number of their letter"),
        filters=[stripped],
        validators=[Optional(), *told(80)],
        render_kw={"maxlength": 80},
    )
    text = TextAreaField(
        _l("What they answer"),
        filters=[stripped],
        validators=[
            InputRequired(_l("Write what they answer; the papers follow on the next page.")),
            *told(limits.MESSAGE, limits.REASON_LEAST),
        ],
        render_kw={"rows": 10, "maxlength": limits.MESSAGE},
    )
    answer_key = HiddenField(default=random_token, validators=[Length(max=limits.FORM_KEY)])

    def to_input(self) -> ClarificationInput:
        return ClarificationInput(
            text=self.text.data,
            received_on=self.received_on.data,
            channel=AnswerChannel(self.channel.data),
            reference=self.reference.data or "",
            form_key=self.answer_key.data,
        )


class ResolvedForm(VersionedForm):
    """The respondent solved it and the reporter confirms."""

    confirmation = RadioField(
        _l("Where does the reporter confirm it in writing?"),
        validators=[InputRequired(_l("Choose the message or the file."))],
    )
    reason = reason_box(
        _l("What the respondent did, and how the reporter confirmed it"),
        _l("Write what was done. It stands in the notice and the minutes."),
        rows=5,
    )

    def offer(self, messages: Iterable[tuple[int, str]], files: Iterable[tuple[UUID, str]]) -> None:
        """Set what can confirm: messages of the reporter, files of the case."""
        self.confirmation.choices = [
            *(SelectChoice(f"{_MESSAGE}.{number}", words) for number, words in messages),
            *(SelectChoice(f"{_FILE}.{uuid}", name) for uuid, name in files),
        ]

    def to_confirmation(self) -> Confirmation:
        kind, _dot, name = self.confirmation.data.partition(".")
        if kind == _MESSAGE:
            return Confirmation(message_id=whole_number(name))
        return Confirmation(file=UUID(name))
